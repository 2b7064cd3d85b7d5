/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/soak/stream-private.h"

#include <gst/app/gstappsrc.h>

#define WAITING 4 /* frames in the source */

static const gint rates[N_RATES][2] = {{30, 1}, {15, 1}, {25, 1}, {30000, 1001}, {10, 1}, {0, 1}};

/* Under the lock, as the next one. */
static void
tell_caps (Stream *s)
{
  GstCaps *caps = gst_caps_copy (s->looks->looks[s->look].caps);

  gst_caps_set_simple (caps, "framerate", GST_TYPE_FRACTION, rates[s->rate][0], rates[s->rate][1],
                       "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  gst_app_src_set_caps (GST_APP_SRC (s->source), caps);
  gst_caps_unref (caps);
  s->changed = FALSE;
}

static void
push (Stream *s)
{
  const gint *rate = rates[s->rate];
  GstClockTime now = gst_element_get_current_running_time (s->pipeline);
  guint64 waiting;
  GstBuffer *frame;

  if (!GST_CLOCK_TIME_IS_VALID (now))
    return;
  g_object_get (s->source, "current-level-buffers", &waiting, NULL);
  if (waiting >= WAITING) {
    s->count.overruns++;
    return;
  }
  if (s->changed)
    tell_caps (s);
  now += s->offset;
  if (GST_CLOCK_TIME_IS_VALID (s->last_in) && now <= s->last_in)
    now = s->last_in + 1;
  s->last_in = now;
  frame = look_frame (&s->looks->looks[s->look], s->count.pushed / 7);
  GST_BUFFER_PTS (frame) = now;
  GST_BUFFER_OFFSET (frame) = s->count.pushed;
  if (rate[0])
    GST_BUFFER_DURATION (frame) = gst_util_uint64_scale_int (GST_SECOND, rate[1], rate[0]);
  if (s->gaps) {
    GST_BUFFER_FLAG_SET (frame, GST_BUFFER_FLAG_GAP);
    s->gaps--;
  }
  s->in_flight[s->count.pushed % G_N_ELEMENTS (s->in_flight)] = now;
  s->count.pushed++;
  gst_app_src_push_buffer (GST_APP_SRC (s->source), frame);
}

gpointer
stream_camera (gpointer data)
{
  Stream *s = data;

  g_mutex_lock (&s->lock);
  while (!s->quit) {
    const gint *rate = rates[s->rate];
    gint64 next = g_get_monotonic_time () + (rate[0] ? 1000000 * rate[1] / rate[0] : 70000);
    if (s->on)
      push (s);
    while (!s->quit && g_cond_wait_until (&s->wake, &s->lock, next))
      ;
  }
  g_mutex_unlock (&s->lock);
  return NULL;
}
