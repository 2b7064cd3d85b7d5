/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where tfcoverlay's strokes go when not straight onto a frame's planes: area by area into a scratch
 * picture that GStreamer blends into a frame of a format that is not in our table, or into rectangles of
 * an overlay composition for downstream to blend. Areas are tfc_layout_areas. */
#include <gst/video/video.h>
#include "overlay/overlay.h"

#define GST_TFC_OVERLAY_BLENDER_AREAS 64

typedef struct {
  const TfcFormat *argb; /* of overlay rectangles */
  guint8 *scratch; /* one area's pixels, kept */
  gsize scratch_size;
  GPtrArray *buffers; /* of rectangles, used again when downstream has let go of them */
} GstTfcOverlayBlender;

void gst_tfc_overlay_blender_init (GstTfcOverlayBlender *blender);
void gst_tfc_overlay_blender_finish (GstTfcOverlayBlender *blender);

/* The frame is mapped for reading and writing. FALSE: out of memory or a format that cannot be blended. */
gboolean gst_tfc_overlay_blender_blend (GstTfcOverlayBlender *blender, TfcLayout *layout, GstVideoFrame *frame,
                               const TfcArea *areas, guint n);
/* Adds a composition of the areas (or adds them to the one that is there) to a writable buffer. */
gboolean gst_tfc_overlay_blender_attach (GstTfcOverlayBlender *blender, TfcLayout *layout, GstBuffer *buffer,
                                const TfcArea *areas, guint n);
