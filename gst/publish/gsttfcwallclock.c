/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/publish/gsttfcwallclock.h"
#include <stdlib.h>

gint64
gst_tfc_wall_clock_of (GstTfcWallClock *wall, GstElement *element, GstClockTime running)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (element);
  const GstClockTime base = gst_element_get_base_time (element);
  const gint64 now = g_get_real_time ();

  if (!clock || !GST_CLOCK_TIME_IS_VALID (running) || !GST_CLOCK_TIME_IS_VALID (base))
    return now;
  const gint64 offset = now - (gint64)(gst_clock_get_time (clock) / GST_USECOND);
  if (!wall->known || llabs (offset - wall->offset) > GST_TFC_WALL_CLOCK_SLACK)
    *wall = (GstTfcWallClock){TRUE, offset};
  return (gint64)((base + running) / GST_USECOND) + wall->offset;
}
