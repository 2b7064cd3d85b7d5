/* SPDX-License-Identifier: LGPL-2.1-or-later */
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
#include "frame.h"

/* Fills in all that the caps decide, no pixels. FALSE if the format is not in the table. */
gboolean gst_tfc_frame_setup (TfcFrame *view, const GstVideoInfo *info);
/* Points view, which setup filled, at a frame mapped for reading; it borrows the pixels until unmap. */
void gst_tfc_frame_show (TfcFrame *view, const GstVideoFrame *frame);
