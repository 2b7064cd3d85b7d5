/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "config.h"
#include <math.h>
#include <gst/video/video.h>
#include "gst/analyzer/gsttfcexport.h"
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#endif

guint
gst_tfc_results_size (const GstTfcResults *results)
{
  guint n = 0;

  if (!gst_tfc_results_get_detections (results, &n))
    gst_tfc_results_get_faces (results, &n);
  return n;
}

GstTfcObject
gst_tfc_results_nth (const GstTfcResults *results, guint index)
{
  guint n;
  const GstTfcDetection *d = gst_tfc_results_get_detections (results, &n);
  const GstTfcFace *f;

  if (d) {
    d += index;
    return (GstTfcObject){d->x, d->y, d->w, d->h, d->score, d->class_id, d->track_id, d->label};
  }
  f = gst_tfc_results_get_faces (results, &n) + index;
  return (GstTfcObject){f->x, f->y, f->w, f->h, f->score, 0, f->track_id, "face"};
}

/* Whole pixels that the box touches inside the frame; FALSE if there are none. */
static gboolean
clip (const GstTfcObject *s, guint width, guint height, GstVideoRectangle *r)
{
  gint left = floorf (CLAMP (s->x, 0, 1) * width), top = floorf (CLAMP (s->y, 0, 1) * height);
  gint right = ceilf (CLAMP (s->x + s->w, 0, 1) * width);
  gint bottom = ceilf (CLAMP (s->y + s->h, 0, 1) * height);

  *r = (GstVideoRectangle){left, top, right - left, bottom - top};
  return r->w > 0 && r->h > 0;
}

/* An int for other tools: 0 only for what is not tracked. */
static gint
fold_id (guint64 track_id)
{
  return track_id ? 1 + (gint)((track_id - 1) % G_MAXINT) : 0;
}

static void
attach_region (GstBuffer *buffer, const GstTfcObject *s, const GstVideoRectangle *r)
{
  GQuark type = g_quark_from_string (s->label);
  GstVideoRegionOfInterestMeta *meta =
      gst_buffer_add_video_region_of_interest_meta_id (buffer, type, r->x, r->y, r->w, r->h);

  meta->id = fold_id (s->track_id);
  // clang-format off
  gst_video_region_of_interest_meta_add_param (meta, gst_structure_new ("detection",
      "score", G_TYPE_DOUBLE, (gdouble) s->score,
      "confidence", G_TYPE_DOUBLE, (gdouble) s->score, /* as other tools call it */
      "label_id", G_TYPE_INT, s->class_id,
      "track-id", G_TYPE_UINT64, s->track_id,
      "x_min", G_TYPE_DOUBLE, (gdouble) s->x,
      "y_min", G_TYPE_DOUBLE, (gdouble) s->y,
      "x_max", G_TYPE_DOUBLE, (gdouble) s->x + s->w,
      "y_max", G_TYPE_DOUBLE, (gdouble) s->y + s->h, NULL));
  // clang-format on
}

#if HAVE_ANALYTICS
static void
attach_analytics (GstAnalyticsRelationMeta *relations, const GstTfcObject *s,
                  const GstVideoRectangle *r, GstClockTime pts)
{
  GstAnalyticsODMtd object;
  GstAnalyticsTrackingMtd tracking;

  if (!gst_analytics_relation_meta_add_od_mtd (relations, g_quark_from_string (s->label), r->x,
                                               r->y, r->w, r->h, s->score, &object))
    return;
  if (s->track_id &&
      gst_analytics_relation_meta_add_tracking_mtd (relations, s->track_id, pts, &tracking))
    gst_analytics_relation_meta_set_relation (relations, GST_ANALYTICS_REL_TYPE_RELATE_TO,
                                              object.id, tracking.id);
}
#endif

void
gst_tfc_attach (GstBuffer *buffer, GstTfcResults *results, gboolean held, GstTfcAttach flags,
                guint width, guint height)
{
  guint n = gst_tfc_results_size (results);
#if HAVE_ANALYTICS
  GstAnalyticsRelationMeta *relations = n && flags & GST_TFC_ATTACH_ANALYTICS
                                            ? gst_buffer_add_analytics_relation_meta (buffer)
                                            : NULL;
#endif

  if (flags & GST_TFC_ATTACH_OWN)
    gst_buffer_add_tfc_results (buffer, results, held);
  if (!(flags & (GST_TFC_ATTACH_ROI | GST_TFC_ATTACH_ANALYTICS)))
    return;
  for (guint i = 0; i < n; i++) {
    GstTfcObject seen = gst_tfc_results_nth (results, i);
    GstVideoRectangle r;
    if (!clip (&seen, width, height, &r))
      continue;
    if (flags & GST_TFC_ATTACH_ROI)
      attach_region (buffer, &seen, &r);
#if HAVE_ANALYTICS
    if (relations)
      attach_analytics (relations, &seen, &r, GST_BUFFER_PTS (buffer));
#endif
  }
}

static void
append_seen (GValue *array, const GstTfcResults *results, guint index)
{
  GstTfcObject s = gst_tfc_results_nth (results, index);
  guint n_faces;
  const GstTfcFace *faces = gst_tfc_results_get_faces (results, &n_faces);
  GValue value = G_VALUE_INIT;
  // clang-format off
  GstStructure *one = gst_structure_new (faces ? "face" : "detection",
      "label", G_TYPE_STRING, s.label, "class_id", G_TYPE_INT, s.class_id,
      "score", G_TYPE_FLOAT, s.score, "track_id", G_TYPE_UINT64, s.track_id,
      "x", G_TYPE_FLOAT, s.x, "y", G_TYPE_FLOAT, s.y,
      "w", G_TYPE_FLOAT, s.w, "h", G_TYPE_FLOAT, s.h, NULL);

  if (faces)
    gst_structure_set (one, "presence", G_TYPE_FLOAT, faces[index].presence,
        "rotation", G_TYPE_FLOAT, faces[index].rotation,
        "n_points", G_TYPE_UINT, faces[index].n_points, NULL);
  // clang-format on
  g_value_init (&value, GST_TYPE_STRUCTURE);
  g_value_take_boxed (&value, one);
  gst_value_array_append_and_take_value (array, &value);
}

GstStructure *
gst_tfc_results_structure (const GstTfcResults *results, const gchar *name,
                           const GstTfcTimes *times)
{
  guint n = gst_tfc_results_size (results), n_faces;
  GValue array = G_VALUE_INIT;
  // clang-format off
  GstStructure *s = gst_structure_new (name,
      "timestamp", G_TYPE_UINT64, times->pts,
      "stream-time", G_TYPE_UINT64, times->stream,
      "running-time", G_TYPE_UINT64, times->running,
      "model", G_TYPE_STRING, gst_tfc_results_get_model (results), NULL);
  // clang-format on

  g_value_init (&array, GST_TYPE_ARRAY);
  for (guint i = 0; i < n; i++)
    append_seen (&array, results, i);
  gst_structure_take_value (
      s, gst_tfc_results_get_faces (results, &n_faces) ? "faces" : "detections", &array);
  return s;
}

/* How often label (interned) occurs. */
static guint
count_label (const GstTfcResults *results, const gchar *label)
{
  guint n = results ? gst_tfc_results_size (results) : 0, count = 0;

  for (guint i = 0; i < n; i++)
    count += g_str_equal (gst_tfc_results_nth (results, i).label, label);
  return count;
}

gboolean
gst_tfc_results_differ (const GstTfcResults *a, const GstTfcResults *b)
{
  guint n = a ? gst_tfc_results_size (a) : 0;

  if (n != (b ? gst_tfc_results_size (b) : 0))
    return TRUE;
  for (guint i = 0; i < n; i++) {
    const gchar *label = gst_tfc_results_nth (a, i).label;
    if (count_label (a, label) != count_label (b, label))
      return TRUE;
  }
  return FALSE;
}
