/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcannotations.h"
#include "gst/lib/tfc.h"
#if HAVE_ANALYTICS
#include <gst/analytics/analytics.h>
#endif

static void
mirror_results (GstBuffer *buffer, GstTfcResults *results, gboolean held)
{
  g_autoptr (GstTfcResults) other = gst_tfc_results_new_mirrored (results);
  if (other)
    gst_buffer_add_tfc_results (buffer, other, held);
}

/* Where what is width wide begins, pixels; outside if x is. */
static gint64
mirrored (gint64 frame_width, gint64 x, gint64 width)
{
  return frame_width - x - width;
}

static void
mirror_region (GstVideoRegionOfInterestMeta *roi, guint width)
{
  gint64 x = mirrored (width, roi->x, roi->w);
  if (x < 0)
    roi->w = (guint)MAX ((gint64)roi->w + x, 0);
  roi->x = (guint)MAX (x, 0);
}

/* The place alone: what is drawn there, text above all, stays readable. */
static void
mirror_composition (GstBuffer *buffer, const GstVideoOverlayCompositionMeta *meta, guint width)
{
  GstVideoOverlayComposition *all = gst_video_overlay_composition_new (NULL);
  guint n = gst_video_overlay_composition_n_rectangles (meta->overlay);
  for (guint i = 0; i < n; i++) {
    GstVideoOverlayRectangle *r = gst_video_overlay_rectangle_copy (
        gst_video_overlay_composition_get_rectangle (meta->overlay, i));
    gint x, y;
    guint w, h;
    gst_video_overlay_rectangle_get_render_rectangle (r, &x, &y, &w, &h);
    gst_video_overlay_rectangle_set_render_rectangle (r, (gint)mirrored (width, x, w), y, w, h);
    gst_video_overlay_composition_add_rectangle (all, r);
    gst_video_overlay_rectangle_unref (r);
  }
  gst_buffer_add_video_overlay_composition_meta (buffer, all);
  gst_video_overlay_composition_unref (all);
}

#if HAVE_ANALYTICS
/* Nothing in it has a place on the picture: classes and ids of tracks are all. */
static gboolean
is_placeless (GstAnalyticsRelationMeta *relations)
{
  GstAnalyticsMtd mtd;
  gpointer state = NULL;
  while (
      gst_analytics_relation_meta_iterate (relations, &state, GST_ANALYTICS_MTD_TYPE_ANY, &mtd)) {
    GstAnalyticsMtdType type = gst_analytics_mtd_get_mtd_type (&mtd);
    if (type != gst_analytics_cls_mtd_get_mtd_type () &&
        type != gst_analytics_tracking_mtd_get_mtd_type ())
      return FALSE;
  }
  return TRUE;
}
#endif

/* FALSE if meta stays (mirrored where it has a place), TRUE if it is to be removed. */
static gboolean
mirror_meta (GstBuffer *buffer, GstMeta *meta, guint width)
{
  const GType api = meta->info->api;
  GstVideoCropMeta *crop = (GstVideoCropMeta *)meta;
  gboolean held;
  GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
  if (results)
    mirror_results (buffer, results, held);
  else if (api == GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)
    mirror_region ((GstVideoRegionOfInterestMeta *)meta, width);
  else if (api == GST_VIDEO_CROP_META_API_TYPE)
    crop->x = (guint)MAX (mirrored (width, crop->x, crop->width), 0);
  else if (api == GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE)
    mirror_composition (buffer, (GstVideoOverlayCompositionMeta *)meta, width);
#if HAVE_ANALYTICS
  else if (api == GST_ANALYTICS_RELATION_META_API_TYPE)
    return !is_placeless ((GstAnalyticsRelationMeta *)meta);
#endif
  return results || api == GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE;
}

static gboolean
list_meta (GstBuffer *buffer, GstMeta **meta, gpointer list)
{
  (void)buffer;
  g_ptr_array_add (list, *meta);
  return TRUE;
}

void
gst_tfc_annotations_mirror_metas (GstBuffer *buffer, guint width)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new (); /* those that are added meanwhile are not in it */
  gst_buffer_foreach_meta (buffer, list_meta, list);
  for (guint i = 0; i < list->len; i++)
    if (mirror_meta (buffer, list->pdata[i], width))
      gst_buffer_remove_meta (buffer, list->pdata[i]);
}
