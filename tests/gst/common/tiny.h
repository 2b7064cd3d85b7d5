/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* tfcdetect with a detector of the test's own (tiny-ssd.h): nothing from the mirror is needed. */
#include "tests/gst/common/detect.h"

/* Made by tiny_init, removed by tiny_done. Labels: three names each, save short_labels with two,
 * which no network here takes. */
extern gchar *tiny_model, *tiny_copy, *tiny_labels, *other_labels, *short_labels;
void tiny_init (void);
void tiny_done (void);

/* A tfcdetect, as detect_new. On a white picture it sees one object, of the first class that it is
 * to report: "ape", or "ant" by other_labels. */
GstElement *tiny_new (const gchar *first_property, ...) G_GNUC_NULL_TERMINATED;
/* Playing, with caps of 16 x 16 pixels. */
GstHarness *tiny_play (GstElement *element, GstBus **bus);
/* The n-th frame of 30 a second, white, with flags. */
GstBuffer *white (guint n, GstBufferFlags flags);
/* Pushes it; what its metadata says. */
typedef struct {
  gint n; /* -1: no metadata */
  gboolean held;
  GstClockTime pts;
  const gchar *label; /* of the first, interned or NULL */
  guint64 track_id;   /* its */
  const gchar *model; /* interned */
} Sight;
Sight sight_of (GstBuffer *out);
Sight look_at (GstHarness *h, guint n);

guint64 stat_of (GstElement *element, const gchar *name);
/* Downstream says that it got a frame of that time so late (negative: early). */
void send_qos (GstHarness *h, GstClockTimeDiff late, GstClockTime at);
/* Pops all messages of the types; how many. */
guint pop_messages (GstBus *bus, GstMessageType type);
/* RGB, 16 x 16 pixels, so many frames a second. */
GstCaps *caps_at (gint rate);
