/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/moving.h"

#include <string.h>

GstCaps *
moving_caps (void)
{
  return caps_of ("BGRx", MOVING_WIDTH, MOVING_HEIGHT);
}

static void
paste (GstBuffer *pixels, guint8 *frame, guint x)
{
  GstMapInfo from;

  g_assert_true (gst_buffer_map (pixels, &from, GST_MAP_READ));
  for (gsize y = 0; y < MOVING_H; y++)
    memcpy (frame + 4 * (MOVING_WIDTH * (y + MOVING_Y) + x), from.data + 4 * MOVING_W * y,
            4 * MOVING_W);
  gst_buffer_unmap (pixels, &from);
}

GstBuffer *
moving_frame (MovingPicture *picture, guint frame, gint x)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, (gsize)MOVING_WIDTH * MOVING_HEIGHT * 4, NULL);
  GstMapInfo map;

  if (!picture->pixels)
    picture->pixels = photo (picture->name, "BGRx", MOVING_W, MOVING_H, NULL);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  memset (map.data, 120, map.size);
  if (x >= 0)
    paste (picture->pixels, map.data, (guint)x);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = frame * 40 * GST_MSECOND;
  GST_BUFFER_DURATION (buffer) = 40 * GST_MSECOND;
  return buffer;
}

GstHarness *
moving_play (GstElement *element)
{
  GstHarness *h = detect_play (element, NULL);

  gst_harness_set_src_caps (h, moving_caps ());
  return h;
}

GstTfcDetection
moving_see (GstHarness *h, MovingPicture *picture, guint frame, gint x)
{
  GstBuffer *out = through (h, moving_frame (picture, frame, x));
  const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
  GstTfcDetection found = {0};

  for (guint i = 0; meta && i < meta->n_detections; i++)
    if (!g_strcmp0 (meta->detections[i].label, "cat") && meta->detections[i].score > found.score)
      found = meta->detections[i];
  gst_buffer_unref (out);
  return found;
}

void
moving_clear (MovingPicture *picture)
{
  gst_clear_buffer (&picture->pixels);
}
