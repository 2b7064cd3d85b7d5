/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "config.h"
#include <math.h>
#include <gst/video/video.h>
#include "gst/analyzer/gsttfcexport.h"
#include "gst/analyzer/gsttfcobject.h"
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#include "models/result/result.h"
#endif

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

/* One group for each object that was classified, or for the frame: those of an object lie together.
 */
static void
attach_classes (GstAnalyticsRelationMeta *relations, const GstTfcClass *classes, guint n)
{
  gfloat scores[TFC_MAX_CLASSES];
  GQuark labels[TFC_MAX_CLASSES];
  GstAnalyticsClsMtd group;

  for (guint first = 0, k; first < n; first += k) {
    for (k = 0; first + k < n && k < TFC_MAX_CLASSES; k++) {
      if (classes[first + k].object_id != classes[first].object_id)
        break;
      scores[k] = classes[first + k].score;
      labels[k] = g_quark_from_string (classes[first + k].label);
    }
    gst_analytics_relation_meta_add_cls_mtd (relations, k, scores, labels, &group);
  }
}
#endif

static void
attach_boxes (GstBuffer *buffer, GstTfcResults *results, gboolean regions, gpointer relations,
              guint width, guint height)
{
  guint n = gst_tfc_results_size (results);

  for (guint i = 0; i < n; i++) {
    GstTfcObject seen = gst_tfc_results_nth (results, i);
    GstVideoRectangle r;
    if (!clip (&seen, width, height, &r))
      continue;
    if (regions)
      attach_region (buffer, &seen, &r);
#if HAVE_ANALYTICS
    if (relations)
      attach_analytics (relations, &seen, &r, GST_BUFFER_PTS (buffer));
#endif
  }
}

void
gst_tfc_attach (GstBuffer *buffer, GstTfcResults *results, gboolean held, GstTfcAttach flags,
                guint width, guint height)
{
  const gboolean boxes = gst_tfc_results_have_boxes (results);
  gpointer relations = NULL;
#if HAVE_ANALYTICS
  guint n_classes;
  const GstTfcClass *classes = gst_tfc_results_get_classes (results, &n_classes);

  if (flags & GST_TFC_ATTACH_ANALYTICS && (boxes || classes) && gst_tfc_results_size (results))
    relations = gst_buffer_add_analytics_relation_meta (buffer);
  if (relations && classes)
    attach_classes (relations, classes, n_classes);
#endif
  if (flags & GST_TFC_ATTACH_OWN)
    gst_buffer_add_tfc_results (buffer, results, held);
  if (boxes && (relations || flags & GST_TFC_ATTACH_ROI))
    attach_boxes (buffer, results, flags & GST_TFC_ATTACH_ROI, relations, width, height);
}
