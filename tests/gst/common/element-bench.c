/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/common/element-bench.h"

#include <glib/gstdio.h>
#include <string.h>
#include "tests/gst/common/tiny-ssd.h"

static gchar *model;

ElementBench
element_bench_new (const gchar *element, const gchar *property, const gchar *value)
{
  GstElement *e = gst_element_factory_make (element, NULL);
  ElementBench b;

  g_assert_nonnull (e);
  if (g_str_equal (element, "tfcdetect"))
    g_object_set (e, "model-file", model, "threads", 1, NULL);
  if (property)
    gst_util_set_object_arg (G_OBJECT (e), property, value);
  b.h = gst_harness_new_with_element (e, "sink", "src");
  b.bus = gst_bus_new ();
  gst_element_set_bus (e, b.bus);
  gst_object_unref (e);
  return b;
}

void
element_bench_free (ElementBench *b)
{
  gst_element_set_bus (b->h->element, NULL);
  gst_harness_teardown (b->h);
  gst_object_unref (b->bus);
}

void
assert_format_error (GError *error, const gchar *const *words)
{
  g_assert_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT);
  g_test_message ("%s", error->message);
  for (guint i = 0; words[i]; i++)
    g_assert_nonnull (strstr (error->message, words[i]));
  g_error_free (error);
}

void
element_bench_assert_error (ElementBench *b, const gchar *const *words)
{
  GstMessage *message = gst_bus_pop_filtered (b->bus, GST_MESSAGE_ERROR);
  GError *error = NULL;

  g_assert_nonnull (message);
  gst_message_parse_error (message, &error, NULL);
  gst_message_unref (message);
  assert_format_error (error, words);
}

gboolean
is_direct (const TfcFormat *f)
{
  return f->bits == 8 && !f->alpha_plane && f->component[1].sub_x < 2 && f->component[1].sub_y < 2;
}

void
element_bench_init (void)
{
  model = tiny_ssd_write ();
}

void
element_bench_done (void)
{
  g_unlink (model);
  g_clear_pointer (&model, g_free);
}

const gchar *
element_bench_model (void)
{
  return model;
}
