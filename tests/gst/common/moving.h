/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A picture that moves over a grey frame, 25 frames a second. */
#include "tests/gst/common/detect.h"

#define MOVING_WIDTH 640
#define MOVING_HEIGHT 480
/* Of the picture. */
#define MOVING_W 320
#define MOVING_H 240
#define MOVING_Y 100

typedef struct {
  const gchar *name; /* as photo() takes it */
  GstBuffer *pixels; /* NULL until it is needed */
} MovingPicture;

GstCaps *moving_caps (void);
/* The frame-th frame, in BGRx, with the picture's left edge at x pixels (0..320); negative: without
 * it. */
GstBuffer *moving_frame (MovingPicture *picture, guint frame, gint x);
/* Plays element in a harness with such frames. */
GstHarness *moving_play (GstElement *element);
/* The surest cat that is told of the frame-th frame; score 0 where there is none. */
GstTfcDetection moving_see (GstHarness *h, MovingPicture *picture, guint frame, gint x);
void moving_clear (MovingPicture *picture);
