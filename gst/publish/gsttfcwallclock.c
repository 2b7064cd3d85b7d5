/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcwallclock.h"
#include <stdlib.h>

void
gst_tfc_wall_clock_init (GstTfcWallClock *wall)
{
  *wall = (GstTfcWallClock){.stale = GST_CLOCK_TIME_NONE};
}

void
gst_tfc_wall_clock_restart (GstTfcWallClock *wall, GstElement *element)
{
  wall->stale = gst_element_get_base_time (element);
}

/* Its base time is of now: a pipeline gives it to an element right before that plays. */
static gboolean
plays (const GstTfcWallClock *wall, GstElement *element, GstClockTime base)
{
  GstState state = GST_STATE_NULL;

  gst_element_get_state (element, &state, NULL, 0);
  return state == GST_STATE_PLAYING && GST_CLOCK_TIME_IS_VALID (base) && base != wall->stale;
}

gint64
gst_tfc_wall_clock_of (GstTfcWallClock *wall, GstElement *element, GstClockTime running)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (element);
  const GstClockTime base = gst_element_get_base_time (element);
  const gint64 now = g_get_real_time ();

  if (!clock || !GST_CLOCK_TIME_IS_VALID (running) || !plays (wall, element, base))
    return now;
  const gint64 offset = now - (gint64)(gst_clock_get_time (clock) / GST_USECOND);
  if (!wall->known || llabs (offset - wall->offset) > GST_TFC_WALL_CLOCK_SLACK)
    *wall = (GstTfcWallClock){TRUE, offset, wall->stale};
  return (gint64)((base + running) / GST_USECOND) + wall->offset;
}
