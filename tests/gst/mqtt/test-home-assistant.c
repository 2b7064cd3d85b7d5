/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfczones and tfcpublish with home-assistant: who comes into a zone and leaves it is a number on
 * the broker, and Home Assistant is told of it. */
#include <cjson/cJSON.h>
#include <gst/check/gstharness.h>

#include "gst/lib/tfc.h"
#include "tests/gst/common/runner.h"
#include "tests/gst/mqtt/broker.h"

#define ZONES "[zone porch]|polygon=0,0;0.5,0;0.5,1;0,1"
#define FRAMES 25 /* a second */

/* The i-th frame, with a person at x. */
static void
push (GstHarness *h, guint i, gfloat x)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  GstTfcDetection d = {.x = x, .y = 0.4f, .w = 0.1f, .h = 0.2f, .score = 0.9f};

  d.track_id = 7;
  d.seen = TRUE;
  d.label = "person";
  GST_BUFFER_PTS (buffer) = i * GST_SECOND / FRAMES;
  gst_buffer_add_tfc_detection_meta (buffer, "m", GST_BUFFER_PTS (buffer), FALSE, &d, 1);
  gst_buffer_unref (gst_harness_push_and_pull (h, buffer));
}

/* Waits for text on topic, whatever was there before. */
static void
expect (const Broker *broker, const gchar *topic, const gchar *text)
{
  Listener *listener = listener_new (broker); /* told what is retained */
  g_autofree gchar *heard = NULL;

  do {
    g_free (heard);
    heard = listener_next (listener, topic, NULL);
    g_assert_nonnull (heard);
  } while (!g_str_equal (heard, text));
  listener_free (listener);
}

/* The names of the first n announcements of a component; g_strfreev. */
static gchar **
announced (const Broker *broker, const gchar *start, guint n)
{
  Listener *listener = listener_new (broker);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < n; i++) {
    g_autofree gchar *text = listener_next_under (listener, start);
    cJSON *object = cJSON_Parse (text);
    const cJSON *name = cJSON_GetObjectItemCaseSensitive (object, "name");
    g_assert_nonnull (cJSON_GetStringValue (name));
    g_strv_builder_add (names, cJSON_GetStringValue (name));
    cJSON_Delete (object);
  }
  listener_free (listener);
  return g_strv_builder_end (names);
}

static void
test_zone (void)
{
  Broker *broker = broker_new (NULL);
  g_autofree gchar *launch = NULL;
  g_auto (GStrv) sensors = NULL;
  g_auto (GStrv) occupancies = NULL;
  GstHarness *h;
  guint i = 0;

  if (!broker)
    return;
  broker_start (broker);
  launch = g_strdup_printf ("tfczones zones=\"" ZONES "\" ! tfcpublish source=door when=events "
                            "home-assistant=true address=mqtt://127.0.0.1:%u",
                            broker_port (broker));
  h = gst_harness_new_parse (launch);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=64,height=48,framerate=25/1");
  for (; i < FRAMES; i++)
    push (h, i, 0.2f);
  expect (broker, "tfc/door/zone/porch", "1");
  expect (broker, "tfc/door/zone/porch/person", "1");
  expect (broker, "tfc/door/count/person", "1");
  sensors = announced (broker, "homeassistant/sensor/", 3);
  occupancies = announced (broker, "homeassistant/binary_sensor/", 3);
  g_assert_true (g_strv_contains ((const gchar *const *)sensors, "porch count"));
  g_assert_true (g_strv_contains ((const gchar *const *)sensors, "porch person count"));
  g_assert_true (g_strv_contains ((const gchar *const *)occupancies, "porch occupancy"));
  for (; i < 2 * FRAMES; i++)
    push (h, i, 0.8f);
  expect (broker, "tfc/door/zone/porch", "0");
  expect (broker, "tfc/door/zone/porch/person", "0");
  gst_harness_teardown (h);
  expect (broker, "tfc/door/status", "offline");
  broker_free (broker);
}

/* A stream of one frame, which ends at once: no number is left behind. */
static void
test_numbers_at_the_end (void)
{
  Broker *broker = broker_new (NULL);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 16, NULL);
  GstTfcDetection objects[64] = {0};
  g_autofree gchar *launch = NULL;
  GstHarness *h;

  if (!broker) {
    gst_buffer_unref (buffer);
    return;
  }
  broker_start (broker);
  launch = g_strdup_printf ("tfcpublish source=door home-assistant=true "
                            "address=mqtt://127.0.0.1:%u",
                            broker_port (broker));
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    g_autofree gchar *label = g_strdup_printf ("thing %u", i);
    objects[i] = (GstTfcDetection){.w = 0.1f, .h = 0.1f, .score = 0.9f};
    objects[i].label = g_intern_string (label);
  }
  GST_BUFFER_PTS (buffer) = 0;
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, objects, G_N_ELEMENTS (objects));
  h = gst_harness_new_parse (launch);
  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=64,height=48,framerate=25/1");
  gst_buffer_unref (gst_harness_push_and_pull (h, buffer));
  gst_harness_push_event (h, gst_event_new_eos ());
  gst_harness_teardown (h);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i += 21) {
    g_autofree gchar *topic = g_strdup_printf ("tfc/door/count/thing %u", i);
    expect (broker, topic, "1");
  }
  broker_free (broker);
}

static const TestCase cases[] = {
    {"/mqtt/home-assistant/numbers-at-the-end", test_numbers_at_the_end},
    {"/mqtt/home-assistant/zone", test_zone},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
