/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcoverlay on frames that nobody can map: downstream draws, or there is an error in words. */
#include <string.h>
#include "tests/gst/common/card.h"
#include "tests/gst/common/properties.h"
#include "tests/gst/overlay/overlay-bench.h"

#define SIZE "width=320,height=240,framerate=25/1"
#define CARD "video/x-raw(" CARD_FEATURE "),format=NV12," SIZE
#define PLAIN "video/x-raw,format=NV12," SIZE
#define COMPOSITION GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION

typedef struct {
  GstHarness *h;
  GstBus *bus;
} Bench;

/* takes: what the element behind accepts. */
static Bench
bench_new (const gchar *settings, const gchar *takes)
{
  g_autofree gchar *launch = g_strconcat ("tfcoverlay draw-labels=false ", settings, NULL);
  GstElement *overlay = gst_object_ref_sink (gst_parse_launch (launch, NULL));
  Bench b = {gst_harness_new_with_element (overlay, "sink", "src"), gst_bus_new ()};

  gst_object_unref (overlay);

  gst_element_set_bus (b.h->element, b.bus);
  gst_harness_set_sink_caps_str (b.h, takes);
  return b;
}

static void
bench_free (Bench *b)
{
  gst_element_set_bus (b->h->element, NULL);
  gst_object_unref (b->bus);
  gst_harness_teardown (b->h);
}

static GstBuffer *
frame (void)
{
  GstBuffer *buffer = card_buffer (320 * 240, 0);

  add_box (buffer);
  return buffer;
}

/* An error about formats with both words in it, or none where one is NULL. */
static void
assert_told (Bench *b, const gchar *one, const gchar *other)
{
  GstMessage *message = gst_bus_pop_filtered (b->bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) error = NULL;

  fail_unless ((message != NULL) == (one != NULL), "%s", one);
  if (!message)
    return;
  gst_message_parse_error (message, &error, NULL);
  fail_unless (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_FORMAT));
  fail_unless (strstr (error->message, one) && strstr (error->message, other), "%s",
               error->message);
  gst_message_unref (message);
}

/* The memory passes, the drawing lies on the buffer, and caps and buffers go on so after new
 * caps; kinds of memory that nobody knows the format of too. */
GST_START_TEST (test_attached)
{
  static const gchar *const inputs[] = {
      CARD, "video/x-raw(" CARD_FEATURE "),format=RGBA," SIZE,
      "video/x-raw(memory:DMABuf),format=DMA_DRM,drm-format=NV12:0x1," SIZE,
      "video/x-raw(memory:VAMemory," COMPOSITION "),format=NV12," SIZE};
  Bench b = bench_new ("", "video/x-raw(ANY)");

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++) {
    g_autoptr (GstCaps) caps = NULL;
    GstBuffer *in = frame (), *out;
    GstMemory *memory = gst_buffer_peek_memory (in, 0);
    GstVideoOverlayCompositionMeta *meta;
    gst_harness_set_src_caps_str (b.h, inputs[i]);
    gst_buffer_ref (in); /* as behind a tee */
    out = gst_harness_push_and_pull (b.h, in);
    gst_buffer_unref (in);
    fail_unless (gst_buffer_peek_memory (out, 0) == memory);
    meta = gst_buffer_get_video_overlay_composition_meta (out);
    fail_unless (meta && gst_video_overlay_composition_n_rectangles (meta->overlay) >= 1);
    caps = gst_pad_get_current_caps (b.h->sinkpad);
    fail_unless (gst_caps_features_contains (gst_caps_get_features (caps, 0), COMPOSITION));
    gst_buffer_unref (out);
  }
  /* With nothing to draw the very same buffer passes. */
  GstBuffer *plain = card_buffer (320 * 240, 0), *out = gst_harness_push_and_pull (b.h, plain);
  fail_unless (out == plain);
  gst_buffer_unref (out);
  assert_told (&b, NULL, NULL);
  bench_free (&b);
}
GST_END_TEST;

/* Back in the system's memory it draws itself where downstream does not. */
GST_START_TEST (test_both)
{
  Bench b = bench_new ("", "video/x-raw(" CARD_FEATURE "," COMPOSITION "); video/x-raw");
  GstVideoInfo info;

  for (guint i = 0; i < 2; i++) {
    gst_harness_set_src_caps_str (b.h, CARD);
    GstBuffer *out = gst_harness_push_and_pull (b.h, frame ());
    fail_unless (gst_buffer_get_video_overlay_composition_meta (out) != NULL);
    gst_buffer_unref (out);
    gst_video_info_set_format (&info, GST_VIDEO_FORMAT_RGB, 320, 240);
    gst_harness_set_src_caps (b.h, gst_video_info_to_caps (&info));
    GstBuffer *in = gst_buffer_new_allocate (NULL, info.size, NULL);
    gst_buffer_memset (in, 0, 0, -1);
    add_box (in);
    out = gst_harness_push_and_pull (b.h, in);
    fail_unless (gst_buffer_get_video_overlay_composition_meta (out) == NULL);
    GstMapInfo map;
    gst_buffer_map (out, &map, GST_MAP_READ);
    fail_unless (memchr (map.data, 255, map.size) != NULL);
    gst_buffer_unmap (out, &map);
    gst_buffer_unref (out);
  }
  bench_free (&b);
}
GST_END_TEST;

static gboolean
is_offered (Bench *b, const gchar *caps)
{
  g_autoptr (GstCaps) offered = gst_pad_peer_query_caps (b->h->srcpad, NULL);
  g_autoptr (GstCaps) wanted = gst_caps_from_string (caps);

  return gst_caps_can_intersect (offered, wanted);
}

/* A decoder that can do both is led to what works. */
GST_START_TEST (test_offered)
{
  static const struct {
    const gchar *settings, *takes;
    gboolean card, system;
  } cases[] = {
      {"", "video/x-raw(ANY)", TRUE, TRUE},
      {"", "video/x-raw(" CARD_FEATURE "," COMPOSITION ")", TRUE, FALSE},
      {"", "video/x-raw(" CARD_FEATURE "); video/x-raw", FALSE, TRUE}, /* an encoder */
      {"", "video/x-raw", FALSE, TRUE},
      {"privacy=blur", "video/x-raw(ANY)", FALSE, TRUE},
      {"mask=tint", "video/x-raw(ANY)", FALSE, TRUE},
      {"mirror=true", "video/x-raw(ANY)", FALSE, TRUE},
      {"privacy=blur", "video/x-raw(" CARD_FEATURE "," COMPOSITION ")", FALSE, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Bench b = bench_new (cases[i].settings, cases[i].takes);
    fail_unless (is_offered (&b, CARD) == cases[i].card, "%u", i);
    fail_unless (is_offered (&b, "video/x-raw,format=NV12," SIZE) == cases[i].system, "%u", i);
    bench_free (&b);
  }
}
GST_END_TEST;

/* Who sends such frames all the same is told why not. */
GST_START_TEST (test_refused)
{
  static const struct {
    const gchar *settings, *takes, *one, *other;
  } cases[] = {
      {"", "video/x-raw(" CARD_FEATURE ")", "does not draw", "gloverlaycompositor"},
      {"", "video/x-raw", "does not draw", "gldownload"},
      {"privacy=blur", "video/x-raw(ANY)", "privacy changes the pixels", "gldownload"},
      {"mask=blur-background", "video/x-raw(ANY)", "mask changes the pixels", "vapostproc"},
      {"mirror=true", "video/x-raw(ANY)", "mirror changes the pixels", "vapostproc"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Bench b = bench_new (cases[i].settings, cases[i].takes);
    gst_harness_set_src_caps_str (b.h, CARD);
    fail_unless_equals_int (gst_harness_push (b.h, frame ()), GST_FLOW_NOT_NEGOTIATED);
    assert_told (&b, cases[i].one, cases[i].other);
    bench_free (&b);
  }
}
GST_END_TEST;

/* A bin asks whether they are taken and passes on no caps: the element says why not all the same,
 * once. */
GST_START_TEST (test_refused_in_bin)
{
  g_autoptr (GstElement) bin =
      gst_parse_bin_from_description ("tfcoverlay privacy=blur", TRUE, NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (bin, "sink");
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autoptr (GstCaps) card = gst_caps_from_string (CARD), plain = gst_caps_from_string (PLAIN);
  g_autoptr (GError) warning = NULL;
  GstMessage *message;

  gst_element_set_bus (bin, bus);
  gst_element_set_state (bin, GST_STATE_PAUSED);
  fail_if (gst_pad_query_accept_caps (pad, card));
  fail_if (gst_pad_query_accept_caps (pad, card));
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING);
  fail_unless (message != NULL);
  gst_message_parse_warning (message, &warning, NULL);
  fail_unless (strstr (warning->message, "privacy changes the pixels") != NULL);
  gst_message_unref (message);
  fail_unless (gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING) == NULL);
  fail_unless (gst_pad_query_accept_caps (pad, plain));
  gst_element_set_state (bin, GST_STATE_NULL);
  gst_element_set_bus (bin, NULL);
}
GST_END_TEST;

/* So is who sent them to an element that drew and does not any more. */
GST_START_TEST (test_downstream_changes)
{
  Bench b = bench_new ("", "video/x-raw(ANY)");

  gst_harness_set_src_caps_str (b.h, CARD);
  gst_buffer_unref (gst_harness_push_and_pull (b.h, frame ()));
  gst_harness_set_sink_caps_str (b.h, "video/x-raw(" CARD_FEATURE ")");
  fail_unless_equals_int (gst_harness_push (b.h, frame ()), GST_FLOW_NOT_NEGOTIATED);
  assert_told (&b, "does not draw", "gloverlaycompositor");
  bench_free (&b);
}
GST_END_TEST;

/* Set while such frames flow: what hides fails closed, with a warning; a mirror cannot mirror. */
GST_START_TEST (test_set_while_playing)
{
  static const struct {
    const gchar *property, *value;
    gboolean passes;
  } cases[] = {
      {"privacy", "fill", FALSE}, {"mask", "blur-background", FALSE}, {"mirror", "true", TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Bench b = bench_new ("", "video/x-raw(ANY)");
    gst_harness_set_src_caps_str (b.h, CARD);
    gst_buffer_unref (gst_harness_push_and_pull (b.h, frame ()));
    gst_util_set_object_arg (G_OBJECT (b.h->element), cases[i].property, cases[i].value);
    fail_unless_equals_int (gst_harness_push (b.h, frame ()), GST_FLOW_OK);
    fail_unless_equals_int (gst_harness_buffers_in_queue (b.h), cases[i].passes ? 1 : 0);
    GstMessage *warning = gst_bus_pop_filtered (b.bus, GST_MESSAGE_WARNING);
    fail_unless ((warning == NULL) == cases[i].passes);
    g_clear_pointer (&warning, gst_message_unref);
    bench_free (&b);
  }
}
GST_END_TEST;

static Suite *
memory_suite (void)
{
  Suite *s = suite_create ("tfcoverlay-memory");
  TCase *tc = tcase_create ("general");
  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_attached);
  tcase_add_test (tc, test_both);
  tcase_add_test (tc, test_offered);
  tcase_add_test (tc, test_refused);
  tcase_add_test (tc, test_refused_in_bin);
  tcase_add_test (tc, test_downstream_changes);
  tcase_add_test (tc, test_set_while_playing);
  return s;
}

GST_CHECK_MAIN (memory);
