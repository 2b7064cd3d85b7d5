/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Properties of tfcoverlay: defaults, changes while frames flow, and what is left when it stops. */
#include <malloc.h>
#include "tests/gst/overlay/overlay-bench.h"

/* Bytes that malloc has given out; 0 under a sanitizer's. */
static gsize
heap_in_use (void)
{
  struct mallinfo2 m = mallinfo2 ();
  return m.uordblks + m.hblkhd;
}

/* Every property's default is what a new element has, and what is set is got. */
GST_START_TEST (test_properties)
{
  GstElement *e = gst_element_factory_make ("tfcoverlay", NULL);
  guint n;
  GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (e), &n);
  for (guint i = 0; i < n; i++) {
    GValue value = G_VALUE_INIT;
    if (specs[i]->owner_type != G_OBJECT_TYPE (e))
      continue;
    g_value_init (&value, specs[i]->value_type);
    g_object_get_property (G_OBJECT (e), specs[i]->name, &value);
    fail_unless (g_param_value_defaults (specs[i], &value), "%s", specs[i]->name);
    g_value_unset (&value);
  }
  g_free (specs);
  gchar *font;
  guint color;
  g_object_set (e, "font", "Serif Italic 9", "mesh-color", 0x80123456u, NULL);
  g_object_get (e, "font", &font, "mesh-color", &color, NULL);
  fail_unless_equals_string (font, "Serif Italic 9");
  fail_unless_equals_int_hex (color, 0x80123456u);
  g_free (font);
  gst_object_unref (e);
}
GST_END_TEST;

/* A stopped element holds next to nothing, however large the pictures were. */
GST_START_TEST (test_stopped)
{
  static const struct {
    const gchar *settings, *format;
    gboolean attached;
  } cases[] = {{"privacy=blur", "BGRx", FALSE},
               {"font=\"Sans 200\"", "I420", FALSE},
               {"font=\"Sans 200\"", "GRAY8", FALSE},
               {"mesh=true", "NV12", TRUE}};
  gsize level = 0;
  for (guint i = 0; i < 3 * G_N_ELEMENTS (cases); i++) {
    const guint k = i % G_N_ELEMENTS (cases);
    OverlayBench b =
        overlay_bench_new (cases[k].settings, cases[k].format, 1920, 1080, cases[k].attached);
    GstBuffer *in = grey (&b);
    add_box (in);
    add_face (in, 0.4f);
    GstElement *e = gst_object_ref (b.h->element);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, in));
    overlay_bench_free (&b);
    gst_element_set_state (e, GST_STATE_NULL);
    if (i == 2 * G_N_ELEMENTS (cases)) /* what libraries keep was kept twice before */
      level = heap_in_use ();
    if (i > 2 * G_N_ELEMENTS (cases))
      fail_unless (heap_in_use () < level + 200000, "%s keeps %zu bytes", cases[k].settings,
                   heap_in_use () - level);
    gst_object_unref (e);
  }
}
GST_END_TEST;

static gint churning;

/* Everything that can be set is set to anything, as often as it goes. */
static gpointer
churn (gpointer element)
{
  static const gchar *const fonts[] = {"Arial Bold 24", "Sans 9", "Nowhere Italic 60", ""};
  for (guint i = 0; g_atomic_int_get (&churning); i++) {
    gchar *font;
    g_object_set (element, "mirror", i % 5 == 0, "draw-stats", i % 2, "mesh", i % 3 > 0, "privacy",
                  i % 4, "privacy-hold", i % 3 * 100, "privacy-unknown", i % 2, "font",
                  fonts[i % G_N_ELEMENTS (fonts)], "label-format", i % 3, "point-cloud", i % 7 == 0,
                  "triangulate-mesh", i % 2, "contours-only", i % 3 == 1, "mesh-width",
                  (i % 50) / 10.0, "box-width", (gdouble)(i % 9), "scale", i % 2, "draw-labels",
                  i % 4 > 0, "box-color", 0x01010101u * i, "cloud-yaw", (gdouble)(i % 360) - 180,
                  NULL);
    g_object_get (element, "font", &font, NULL);
    g_free (font);
    g_usleep (200);
  }
  return NULL;
}

/* Also with other sizes and formats meanwhile. */
GST_START_TEST (test_churn)
{
  const struct {
    const gchar *format;
    gint w, h;
  } steps[] = {{"BGRx", 320, 240}, {"I420", 201, 101}, {"YUY2", 64, 64}, {"RGB", 640, 360}};
  OverlayBench b = overlay_bench_new ("draw-stats=true", "BGRx", 128, 96, FALSE);
  g_atomic_int_set (&churning, 1);
  GstElement *overlay = gst_harness_find_element (b.h, "tfcoverlay");
  GThread *thread = g_thread_new ("churn", churn, overlay);
  for (guint i = 0; i < 200; i++) {
    if (i % 10 == 0) {
      gst_video_info_set_format (&b.info, gst_video_format_from_string (steps[i / 10 % 4].format),
                                 steps[i / 10 % 4].w, steps[i / 10 % 4].h);
      gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&b.info));
    }
    GstBuffer *in = grey (&b);
    add_box (in);
    add_face (in, 0.3f);
    GstBuffer *out = gst_harness_push_and_pull (b.h, in);
    fail_unless (out != NULL);
    gst_buffer_unref (out);
  }
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_object_unref (overlay);
  overlay_bench_free (&b);
}
GST_END_TEST;

static Suite *
properties_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-properties");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_set_timeout (tc, 120);
  tcase_add_test (tc, test_properties);
  tcase_add_test (tc, test_stopped);
  tcase_add_test (tc, test_churn);
  return s;
}

GST_CHECK_MAIN (properties);
