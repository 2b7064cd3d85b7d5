/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A tfcoverlay in a harness, pictures with metadata for it, and what comes of them. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include "gst/lib/tfc.h"

#define RED_BOX "draw-labels=false"

typedef struct {
  GstHarness *h;
  GstVideoInfo info;
} OverlayBench;

/* settings: as gst-launch has them; downstream_blends: whether downstream takes the drawing as
 * metadata. */
OverlayBench overlay_bench_new (const gchar *settings, const gchar *format, gint w, gint h,
                                gboolean downstream_blends);
void overlay_bench_free (OverlayBench *b);
/* A picture of noise, the same each time. */
GstBuffer *picture (const OverlayBench *b);
/* One of a single grey: quicker. */
GstBuffer *grey (const OverlayBench *b);
/* A box in the middle, half as wide and high as the picture. */
void add_box (GstBuffer *buffer);
/* A face of 478 points in the middle, so large (half its width). */
void add_face (GstBuffer *buffer, gfloat size);
/* How many bytes differ. */
gsize differences (GstBuffer *a, GstBuffer *b);
/* By how much bytes differ at most. */
gint furthest (GstBuffer *a, GstBuffer *b);
/* The value of a component at a pixel. */
gint sample (const OverlayBench *b, GstBuffer *buffer, guint c, gint x, gint y);
