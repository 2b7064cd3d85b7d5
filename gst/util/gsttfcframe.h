/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* GstVideoFrame -> frame view: the only file that reads GstVideoInfo.
 *
 * Colour: matrix and range as the caps say; where they are silent GStreamer fills in BT.601 up to 576
 * lines and BT.709 above. A matrix that is unknown even then is BT.601 below 720 lines and BT.709 from
 * there on; SMPTE 240M counts as its near twin BT.709, FCC as BT.601. An unknown range is limited for
 * YUV and full for gray. RGB is always full range.
 *
 * Interlaced frames (both fields woven into one buffer): the top field alone is shown, at half the
 * height, because moving edges of a woven picture are combs that no network has learnt. Results are
 * fractions of the frame and hold for both fields. One field per buffer (interlace-mode=alternate) is
 * not in the caps.
 *
 * Pixels that are not square: nothing to do. Results are fractions of the frame, and a network sees the
 * frame stretched to its own input in any case; the stretch is the pixels' shape times the frame's. */
#include <gst/video/video.h>
#include "models/frame/frame.h"

/* What analysers take: the formats of the table, at any size and frame rate, in system memory. Those of
 * bytes, without a plane of alpha, come first, so that a source that can make anything makes what costs
 * least. The caller's. */
GstCaps *gst_tfc_frame_caps (void);
/* Fills in all that the caps decide, no pixels. FALSE with a GST_STREAM_ERROR (error may be NULL) if the
 * format is not in the table, or frames of that size have a plane that is too big to be read
 * (frame.h). */
gboolean gst_tfc_frame_setup (TfcFrame *view, const GstVideoInfo *info, GError **error);

/* gst_video_info_from_caps; FALSE with a GST_STREAM_ERROR that names the caps where that fails: they
 * lack something, or a frame has more bytes than GStreamer counts. */
gboolean gst_tfc_frame_parse_caps (GstVideoInfo *info, const GstCaps *caps, GError **error);

/* FALSE with a GST_STREAM_ERROR if a plane of frames like info, of whatever format, is too big. */
gboolean gst_tfc_frame_check_size (const GstVideoInfo *info, GError **error);

/* gst_video_frame_map, of any format, that does not trust a buffer's GstVideoMeta: FALSE with a
 * GST_STREAM_ERROR, and nothing mapped, where meta and caps contradict each other, or where a plane's
 * offset, stride and height reach outside of its memory or are too big. Of a meta whose picture is larger than
 * the caps say the top left part is mapped. */
gboolean gst_tfc_frame_map (GstVideoFrame *frame, const GstVideoInfo *info, GstBuffer *buffer,
                            GstMapFlags flags, GError **error);
/* A mapped frame's own size in place of the caps': what a GstVideoMeta that is larger than they are puts around the
 * picture comes into view. FALSE, and nothing changed, where that reaches outside of the memory. */
gboolean gst_tfc_frame_show_all (GstVideoFrame *frame);
/* Points view, which setup filled, at a frame that gst_tfc_frame_map mapped for reading; it borrows the
 * pixels until unmap. */
void gst_tfc_frame_show (TfcFrame *view, const GstVideoFrame *frame);
