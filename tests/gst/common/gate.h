/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* mode=latest made deterministic: pictures lie in memory that cannot be mapped before a gate opens,
 * so that a test decides when an analysis goes on. One gate for a program. */
#include "tests/gst/common/detect.h"

#define WIDTH 64
#define HEIGHT 48
#define PTS(n) ((n)*GST_SECOND / 30)

/* Setup and teardown of the program. */
void gate_init (void);
void gate_done (void);
/* Where a picture's bytes really are. */
const guint8 *gate_data (GstMemory *memory);
/* Nobody passes but the calling thread. */
void gate_close (void);
/* The next n that map a picture pass. */
void gate_open (guint n);
/* Blocks until the analyser waits to map a picture. */
void gate_wait (void);
/* A tfcdetect with mode=latest and post-messages=all, and a closed gate. */
GstHarness *gate_play (GstBus **bus);
/* The n-th picture, in such memory. */
GstBuffer *gate_picture (guint n, gsize size);
/* Pushes the n-th picture and gives what comes out, which is at once. */
GstBuffer *pass (GstHarness *h, guint n);
/* The same, and nobody wants what comes out. */
void pass_on (GstHarness *h, guint n);
/* A number of the element's stats. */
guint64 gate_count (GstHarness *h, const gchar *name);
/* The next analysis to be told of is the n-th picture's. */
void assert_analysed (GstBus *bus, guint n);
/* No analysis was told of since. */
void assert_nothing_analysed (GstBus *bus);
/* Result of the n-th picture on what comes out; n < 0: none. */
void assert_result (GstBuffer *out, gint n);
/* The engine works on picture 0, picture n waits. */
void fill (GstHarness *h, guint n);
/* Opens when all pictures that waited are gone. */
gpointer gate_open_later (gpointer data);
