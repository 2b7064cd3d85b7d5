/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Times of a buffer that are safe to ask for. Not every stream is timed: appsrc's segments are in
 * bytes unless the application says otherwise, and GStreamer's conversions refuse those with a
 * critical warning. */
#include <gst/base/gstbasetransform.h>

/* Running and stream time (ns) of buffer in trans's current segment; GST_CLOCK_TIME_NONE where the
 * segment is not in time, the buffer has no PTS or the PTS lies outside the segment. Either may be
 * NULL: not wanted. The streaming thread. */
static inline void
gst_tfc_buffer_times (GstBaseTransform *trans, GstBuffer *buffer, GstClockTime *running,
                      GstClockTime *stream)
{
  const GstSegment *segment = &trans->segment;
  const gboolean timed = segment->format == GST_FORMAT_TIME;
  const GstClockTime pts = GST_BUFFER_PTS (buffer);

  if (running)
    *running = timed ? gst_segment_to_running_time (segment, GST_FORMAT_TIME, pts)
                     : GST_CLOCK_TIME_NONE;
  if (stream)
    *stream = timed ? gst_segment_to_stream_time (segment, GST_FORMAT_TIME, pts)
                    : GST_CLOCK_TIME_NONE;
}
