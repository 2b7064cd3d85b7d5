/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Left and right exchanged, in place, in every raw format: sample by sample where a component's samples
 * are whole bytes, pixel by pixel where pixels are, else through the format's own unpacking. */
#include <gst/video/video.h>

/* FALSE for formats that cannot be mirrored: tiled and opaque ones. */
gboolean gst_tfc_mirror_supports (const GstVideoFormatInfo *format);
/* frame is mapped for reading and writing. FALSE if its format cannot be mirrored or there was no memory: then
 * it may be half done. */
gboolean gst_tfc_mirror_frame (GstVideoFrame *frame);
