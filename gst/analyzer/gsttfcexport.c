/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "config.h"
#include <gst/video/video.h>
#include "gst/analyzer/gsttfcexport.h"
#include "gst/analyzer/gsttfcobject.h"
#if HAVE_ANALYTICS
#include "gst/analyzer/gsttfcanalytics.h"
#endif

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

static void
attach_regions (GstBuffer *buffer, GstTfcResults *results, guint width, guint height)
{
  const guint n = gst_tfc_results_size (results);

  for (guint i = 0; i < n; i++) {
    const GstTfcObject seen = gst_tfc_results_nth (results, i);
    GstVideoRectangle r;
    if (gst_tfc_object_pixels (&seen, width, height, &r))
      attach_region (buffer, &seen, &r);
  }
}

void
gst_tfc_attach (GstBuffer *buffer, GstTfcResults *results, gboolean held, GstTfcAttach flags,
                guint width, guint height)
{
#if HAVE_ANALYTICS
  if (flags & GST_TFC_ATTACH_ANALYTICS)
    gst_tfc_attach_analytics (buffer, results, width, height);
#endif
  if (flags & GST_TFC_ATTACH_OWN)
    gst_buffer_add_tfc_results (buffer, results, held);
  if (flags & GST_TFC_ATTACH_ROI && gst_tfc_results_have_boxes (results))
    attach_regions (buffer, results, width, height);
}
