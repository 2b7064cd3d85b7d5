/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* When a buffer is shown: for every element, whatever its segment's format. */
#include <gst/base/gstbasetransform.h>

/* Running time and stream time of buffer's PTS in trans's segment; both GST_CLOCK_TIME_NONE where the
 * segment is not in time, or the PTS is unknown or outside of the segment. Streaming thread. */
static inline void
gst_tfc_buffer_times (GstBaseTransform *trans, GstBuffer *buffer, GstClockTime *running,
                      GstClockTime *stream)
{
  const GstSegment *segment = &trans->segment;
  const GstClockTime pts = GST_BUFFER_PTS (buffer);

  *running = *stream = GST_CLOCK_TIME_NONE;
  if (segment->format != GST_FORMAT_TIME)
    return;
  *running = gst_segment_to_running_time (segment, GST_FORMAT_TIME, pts);
  *stream = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, pts);
}
