/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalytics.h"
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#include <math.h>
#include "gst/analyzer/gsttfcobject.h"
#include "models/result/result.h"

/* ---- boxes and their tracks ---- */

static void
attach_track (GstAnalyticsRelationMeta *relations, guint object_id, const GstTfcObject *o,
              GstClockTime pts, GstClockTime analysed)
{
  const GstClockTime first = GST_CLOCK_TIME_IS_VALID (pts) && pts > o->age ? pts - o->age : 0;
  GstAnalyticsTrackingMtd tracking;

  if (!gst_analytics_relation_meta_add_tracking_mtd (
          relations, o->track_id, GST_CLOCK_TIME_IS_VALID (pts) ? first : pts, &tracking))
    return;
  gst_analytics_tracking_mtd_update_last_seen (&tracking, analysed);
  if (!o->seen)
    gst_analytics_tracking_mtd_set_lost (&tracking);
  gst_analytics_relation_meta_set_relation (relations, GST_ANALYTICS_REL_TYPE_RELATE_TO, object_id,
                                            tracking.id);
}

static void
attach_boxes (GstAnalyticsRelationMeta *relations, const GstTfcResults *results, GstClockTime pts,
              guint width, guint height)
{
  const guint n = gst_tfc_results_size (results);
  GstAnalyticsODMtd object;
  GstVideoRectangle r;

  for (guint i = 0; i < n; i++) {
    const GstTfcObject o = gst_tfc_results_nth (results, i);
    if (gst_tfc_object_pixels (&o, width, height, &r) &&
        gst_analytics_relation_meta_add_od_mtd (relations, g_quark_from_string (o.label), r.x, r.y,
                                                r.w, r.h, o.score, &object) &&
        o.track_id)
      attach_track (relations, object.id, &o, pts, gst_tfc_results_get_pts (results));
  }
}

/* ---- classes ---- */

static guint64
track_of (GstAnalyticsRelationMeta *relations, guint object_id)
{
  GstAnalyticsTrackingMtd tracking;
  guint64 id = 0;

  if (gst_analytics_relation_meta_get_direct_related (
          relations, object_id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
          gst_analytics_tracking_mtd_get_mtd_type (), NULL, &tracking))
    gst_analytics_tracking_mtd_get_info (&tracking, &id, NULL, NULL, NULL);
  return id;
}

/* Ids of classified objects are those of their tracks, or count objects that have none. */
static void
relate_to_object (GstAnalyticsRelationMeta *relations, guint64 object_id, guint group_id)
{
  GstAnalyticsMtd object;
  gpointer state = NULL;

  for (guint64 n = 1;
       object_id && gst_analytics_relation_meta_iterate (
                        relations, &state, gst_analytics_od_mtd_get_mtd_type (), &object);
       n++) {
    const guint64 track = track_of (relations, object.id);
    if ((track ? track : n) != object_id)
      continue;
    gst_analytics_relation_meta_set_relation (relations, GST_ANALYTICS_REL_TYPE_RELATE_TO,
                                              object.id, group_id);
    return;
  }
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
    if (gst_analytics_relation_meta_add_cls_mtd (relations, k, scores, labels, &group))
      relate_to_object (relations, classes[first].object_id, group.id);
  }
}

/* ---- masks ---- */

#if GST_CHECK_VERSION(1, 26, 0)
#define MAX_REGIONS 256 /* of 8-bit values */

/* 1 where a person is more likely than not. */
static GstBuffer *
cut_person (const GstTfcMask *mask, gsize n)
{
  guint8 *regions = g_try_malloc (n);

  if (!regions)
    return NULL;
  for (gsize i = 0; i < n; i++)
    regions[i] = mask->data[i] >> 7;
  return gst_buffer_new_wrapped (regions, n);
}

/* As a GRAY8 image; values of parts and people are regions already. NULL: no memory. */
static GstBuffer *
regions_of (GstTfcResults *results, const GstTfcMask *mask)
{
  g_autoptr (GBytes) values = gst_tfc_results_dup_mask_bytes (results);
  const gsize offset[GST_VIDEO_MAX_PLANES] = {0};
  const gint stride[GST_VIDEO_MAX_PLANES] = {(gint)mask->width};
  GstBuffer *buffer = mask->kind == GST_TFC_MASK_KIND_PERSON
                          ? cut_person (mask, g_bytes_get_size (values))
                          : gst_buffer_new_wrapped_bytes (values);

  if (buffer)
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8,
                                    mask->width, mask->height, 1, offset, stride);
  return buffer;
}

/* The names of regions: for readers that take any relation, and those of upstream's overlay. */
static void
name_regions (GstAnalyticsRelationMeta *relations, guint mask_id, const GstTfcMask *mask, guint n)
{
  gfloat scores[MAX_REGIONS];
  GQuark labels[MAX_REGIONS];
  GstAnalyticsClsMtd names;

  for (guint i = 0; i < n; i++) {
    const gchar *label = mask->labels && i ? mask->labels[i - 1] : "person";
    scores[i] = -1; /* not known */
    labels[i] = g_quark_from_string (i ? label : "background");
  }
  if (gst_analytics_relation_meta_add_cls_mtd (relations, n, scores, labels, &names))
    gst_analytics_relation_meta_set_relation (
        relations, GST_ANALYTICS_REL_TYPE_RELATE_TO | GST_ANALYTICS_REL_TYPE_N_TO_N, mask_id,
        names.id);
}

static void
attach_mask (GstAnalyticsRelationMeta *relations, GstTfcResults *results, guint width, guint height)
{
  const GstTfcMask *m = gst_tfc_results_get_mask (results);
  const gint left = (gint)roundf (m->x * width), top = (gint)roundf (m->y * height);
  const gint right = (gint)roundf ((m->x + m->w) * width),
             bottom = (gint)roundf ((m->y + m->h) * height);
  const guint n = m->kind == GST_TFC_MASK_KIND_PERSON ? 2 : MIN (m->n_indices + 1, MAX_REGIONS);
  const GstSegmentationType type = m->kind == GST_TFC_MASK_KIND_PEOPLE
                                       ? GST_SEGMENTATION_TYPE_INSTANCE
                                       : GST_SEGMENTATION_TYPE_SEMANTIC;
  GstAnalyticsSegmentationMtd mask;
  guint ids[MAX_REGIONS];
  GstBuffer *regions;

  if (!m->data || right <= left || bottom <= top || !(regions = regions_of (results, m)))
    return;
  for (guint i = 0; i < n; i++)
    ids[i] = i;
  if (gst_analytics_relation_meta_add_segmentation_mtd (relations, regions, type, n, ids, left, top,
                                                        (guint)(right - left),
                                                        (guint)(bottom - top), &mask))
    name_regions (relations, mask.id, m, n);
  else
    gst_buffer_unref (regions);
}
#endif

/* ---- the door ---- */

void
gst_tfc_attach_analytics (GstBuffer *buffer, GstTfcResults *results, guint width, guint height)
{
  const GstTfcClass *classes;
  guint n_classes;

  if (!gst_tfc_results_size (results))
    return;
  if (gst_tfc_results_have_boxes (results))
    attach_boxes (gst_buffer_add_analytics_relation_meta (buffer), results, GST_BUFFER_PTS (buffer),
                  width, height);
  else if ((classes = gst_tfc_results_get_classes (results, &n_classes)))
    attach_classes (gst_buffer_add_analytics_relation_meta (buffer), classes, n_classes);
#if GST_CHECK_VERSION(1, 26, 0)
  else if (gst_tfc_results_get_mask (results))
    attach_mask (gst_buffer_add_analytics_relation_meta (buffer), results, width, height);
#endif
}
#endif
