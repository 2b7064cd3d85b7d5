/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A picture file as the background of a video: scaled to cover the frame, what is too much cut off on both sides, and
 * converted to its format once. */
#include <gst/video/video.h>

typedef struct {
  gchar *file;       /* what was read, or could not be; NULL: nothing yet */
  GstVideoInfo info; /* for which */
  GstBuffer *buffer; /* NULL: there is none */
  GstVideoFrame frame;
} GstTfcBackground;

/* Makes sure that background shows file in the format and size of info. Reads only where one of them has changed.
 * FALSE: it cannot be had; error is set the first time that this is found out. The thread that draws. */
gboolean gst_tfc_background_load (GstTfcBackground *background, const gchar *file, const GstVideoInfo *info,
                                  GError **error);
void gst_tfc_background_clear (GstTfcBackground *background);
