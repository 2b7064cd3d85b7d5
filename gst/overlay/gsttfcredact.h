/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Hides regions in a video frame of almost any raw format: straight on the planes where samples are bytes of
 * their own, else through the format's own unpacking (then the scratch is a whole picture of 4 or 8 bytes a
 * pixel). Both fields of an interlaced frame. */
#include <gst/video/video.h>
#include "overlay/redact.h"

typedef struct {
  guint8 *pixels; /* unpacked, kept from frame to frame */
  gsize size;
} GstTfcRedactScratch;

/* FALSE for formats whose pictures cannot be hidden: ones with a palette, opaque ones, and
 * MT2110T and MT2110R, of which GStreamer packs not all pixels. */
gboolean gst_tfc_redact_supports (const GstVideoFormatInfo *format);

/* frame is mapped for reading and writing. FALSE if its format is not supported or there was no memory:
 * then the frame must not be shown. */
gboolean gst_tfc_redact_frame (GstTfcRedactScratch *scratch, TfcOverlay *overlay, GstVideoFrame *frame,
                             TfcPrivacy privacy, const TfcRedaction *redactions, guint n);
void gst_tfc_redact_scratch_clear (GstTfcRedactScratch *scratch);
