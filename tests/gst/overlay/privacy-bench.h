/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A tfcoverlay with privacy in a harness, pictures of 25 a second with metadata for it, and what of
 * them is hidden. The face of with_face and with_box takes 0.2 of the width and height;
 * is_face_hidden and check_frame get its left edge. */
#include <gst/check/gstcheck.h>
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include "gst/lib/tfc.h"

#define PLAIN " mesh=false draw-boxes=false draw-labels=false draw-irises=false "
#define FRAME (40 * GST_MSECOND)

typedef struct {
  GstHarness *h;
  GstVideoInfo info;
  GstClockTime next; /* PTS */
} PrivacyBench;

PrivacyBench privacy_bench_new_interlaced (const gchar *settings, const gchar *format, gint w,
                                           gint h, GstVideoInterlaceMode mode);
PrivacyBench privacy_bench_new (const gchar *settings, const gchar *format, gint w, gint h);
void privacy_bench_free (PrivacyBench *b);
/* Any bytes that are a picture: the padding bits of every format are 0. */
GstBuffer *picture (PrivacyBench *b);
/* buffer with metadata: n faces at x; one at x; none; n persons at 0.4. Gives buffer. */
GstBuffer *with_faces (GstBuffer *buffer, guint n, gfloat x, gboolean held, GstClockTime pts);
GstBuffer *with_face (GstBuffer *buffer, gfloat x);
GstBuffer *with_nobody (GstBuffer *buffer);
GstBuffer *with_box (GstBuffer *buffer, guint n);
/* One row as 16 bits a component: A, then Y, U, V or R, G, B. */
void read_row (GstVideoFrame *frame, gint y, guint16 *out);
/* Which part of the pixels of [x0, x1) x [y0, y1), fractions, is black. */
gdouble black (const PrivacyBench *b, GstBuffer *buffer, gdouble x0, gdouble y0, gdouble x1,
               gdouble y1);
gboolean is_hidden_whole (const PrivacyBench *b, GstBuffer *buffer);
gboolean is_face_hidden (const PrivacyBench *b, GstBuffer *buffer, gdouble x);
/* Pushes in; the face at x must be hidden, and not everything; or nothing must be (x < 0). */
void check_frame (PrivacyBench *b, GstBuffer *in, gdouble x);
/* Whether privacy takes the format at all. */
gboolean can_be_hidden (const GstVideoFormatInfo *f);
