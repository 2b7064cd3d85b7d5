/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of tfcdetect share. */
#include <gst/check/gstharness.h>
#include <gst/gst.h>
#include <gst/video/video.h>
#include "gst/lib/tfc.h"
#include "tests/gst/common/properties.h"
#include "tests/gst/common/runner.h"

/* Path under the shared mirror; g_free. */
gchar *shared_path (const gchar *name);
/* FALSE: the mirror has no such file, and the test was skipped. */
gboolean have_shared (const gchar *name);
/* The same of the model of detect_new. */
gboolean have_model (void);
/* How many threads a model has that was asked for so many, 0: for as many as it likes. No more than there are CPUs to use;
 * one without XNNPACK. */
guint threads_of (guint wanted);

/* A tfcdetect with the mirror's small model and properties as set_properties takes them; not started.
 * (floating) */
GstElement *detect_new (const gchar *first_property, ...) G_GNUC_NULL_TERMINATED;
/* Playing in a harness; bus gets its messages if it is not NULL. Takes element. */
GstHarness *detect_play (GstElement *element, GstBus **bus);

/* The mirror's picture as width x height (0: its own size) in format. */
GstBuffer *photo (const gchar *name, const gchar *format, guint width, guint height, GstCaps **caps);
/* A picture of a cat as width x height (0: its own size) in format. */
GstBuffer *cat (const gchar *format, guint width, guint height, GstCaps **caps);
GstCaps *caps_of (const gchar *format, guint width, guint height);

/* Pushes buffer (taken) and gives what comes out. */
GstBuffer *through (GstHarness *h, GstBuffer *buffer);
/* A cat as width x height in format, with its caps, through h. */
GstBuffer *detect_in (GstHarness *h, const gchar *format, guint width, guint height);
/* The first error or warning on bus; asserts domain and code, and that the text holds each word. */
void assert_message (GstBus *bus, GstMessageType type, GQuark domain, gint code, const gchar *word);
/* element, which is taken, does not start, and says so with this error. */
void assert_refused (GstElement *element, GQuark domain, gint code, const gchar *word);
/* Every property that can be read has its default; of a fresh element. */
void assert_defaults (GstElement *element);
/* Pops element messages until one has this name (NULL if none comes in a minute). */
GstStructure *wait_message (GstBus *bus, const gchar *name);
void detect_done (GstHarness *h, GstBus *bus);

/* The frame-th buffer (30 a second) with the cat's picture as NV12 of 320 x 240, made once for a program; caps are set
 * on h with frame 0. */
GstBuffer *cat_at (GstHarness *h, guint frame);
/* Pushes that; detections, or -1 without a meta. held: NULL is allowed. */
gint count_at (GstHarness *h, guint frame, gboolean *held);
/* Frees the picture: the teardown of programs that use the two above. */
void forget_cat (void);
