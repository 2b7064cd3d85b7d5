/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Any element of ours by name, in a harness. */
#include <gst/check/gstharness.h>
#include "gst/lib/tfc.h"
#include "models/frame/sample.h"
#include "tests/gst/common/runner.h"

/* Setup and teardown of the program: a model for tfcdetect. */
void element_bench_init (void);
void element_bench_done (void);
/* The model, between the two. */
const gchar *element_bench_model (void);

typedef struct {
  GstHarness *h;
  GstBus *bus;
} ElementBench;

/* An element with a property set (NULL: none), and its messages on bus. */
ElementBench element_bench_new (const gchar *element, const gchar *property, const gchar *value);
void element_bench_free (ElementBench *b);
/* The first error on bus, as assert_format_error. */
void element_bench_assert_error (ElementBench *b, const gchar *const *words);
/* Formats that are drawn on directly; others GStreamer blends, in BT.709's colours always. */
gboolean is_direct (const TfcFormat *f);
/* error, which is taken, is GST_STREAM_ERROR_FORMAT and has all the words (up to NULL) in its text.
 */
void assert_format_error (GError *error, const gchar *const *words);
