/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* QoS: late frames pass unanalysed, with a message each; the property is the base class's. */
#include <gst/base/gstbasetransform.h>
#include "tests/gst/common/tiny.h"

/* Late frames pass unanalysed with what was last seen; after a second one is analysed all the same.
 */
static void
test_skips (void)
{
  GstHarness *h;
  GstStructure *stats;
  guint64 skipped, frames;
  gboolean held;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", TRUE, NULL), NULL);
  g_assert_cmpint (count_at (h, 0, &held), >=, 1);
  g_assert_false (held);
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 1; i < 31; i++) {
    g_assert_cmpint (count_at (h, i, &held), >=, 1);
    g_assert_true (held);
  }
  g_assert_cmpint (count_at (h, 31, &held), >=, 1);
  g_assert_false (held);
  g_assert_cmpint (count_at (h, 32, &held), >=, 1);
  g_assert_true (held);
  send_qos (h, -GST_MSECOND, GST_SECOND);
  g_assert_cmpint (count_at (h, 33, &held), >=, 1);
  g_assert_false (held);
  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, "skipped", G_TYPE_UINT64, &skipped, "frames",
                                    G_TYPE_UINT64, &frames, NULL));
  g_assert_cmpuint (skipped, ==, 31);
  g_assert_cmpuint (frames, ==, 34);
  gst_structure_free (stats);
  detect_done (h, NULL);
}

static void
assert_qos (GstBus *bus, guint frame, guint64 expected_analysed, guint64 expected_skipped)
{
  g_autoptr (GstMessage) m = gst_bus_pop_filtered (bus, GST_MESSAGE_QOS);
  const GstClockTime pts = frame * (GST_SECOND / 30);
  guint64 running, stream, timestamp, duration, processed, dropped;
  gint64 jitter;
  gdouble proportion;
  GstFormat format;
  gboolean live;

  g_assert_nonnull (m);
  gst_message_parse_qos (m, &live, &running, &stream, &timestamp, &duration);
  g_assert_true (running == pts && stream == pts && timestamp == pts);
  g_assert_cmpuint (duration, ==, GST_SECOND / 30);
  gst_message_parse_qos_values (m, &jitter, &proportion, NULL);
  g_assert_cmpint (jitter, ==, (gint64)(10 * GST_SECOND - pts));
  g_assert_cmpfloat (proportion, ==, 1.5);
  gst_message_parse_qos_stats (m, &format, &processed, &dropped);
  g_assert_cmpint (format, ==, GST_FORMAT_BUFFERS);
  g_assert_cmpuint (processed, ==, expected_analysed);
  g_assert_cmpuint (dropped, ==, expected_skipped);
}

/* A message for each frame that is skipped; the frame itself passes with what was seen last. */
static void
test_messages (void)
{
  GstHarness *h;
  GstEvent *event;
  GstBus *bus;

  h = tiny_play (tiny_new ("qos", TRUE, NULL), &bus);
  g_assert_cmpint (look_at (h, 0).n, ==, 1);
  send_qos (h, 10 * GST_SECOND, 0);
  g_assert_nonnull ((event = gst_harness_pull_upstream_event (h))); /* RECONFIGURE or QOS */
  gst_event_unref (event);
  for (guint i = 1; i < 4; i++) {
    const Sight sight = look_at (h, i);
    g_assert_cmpint (sight.n, ==, 1);
    g_assert_true (sight.held);
    assert_qos (bus, i, 1, i);
  }
  g_object_set (h->element, "qos", FALSE, NULL);
  g_assert_false (look_at (h, 4).held);
  g_assert_cmpuint (pop_messages (bus, GST_MESSAGE_QOS), ==, 0);
  detect_done (h, bus);
}

/* The property is the base class's, whoever sets it; and the base class drops nothing. */
static void
test_qos_property (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  GstBaseTransform *trans = GST_BASE_TRANSFORM (h->element);
  gboolean qos;

  g_assert_false (gst_base_transform_is_qos_enabled (trans));
  g_object_set (trans, "qos", TRUE, NULL);
  g_assert_true (gst_base_transform_is_qos_enabled (trans));
  gst_base_transform_set_qos_enabled (trans, FALSE);
  g_object_get (trans, "qos", &qos, NULL);
  g_assert_false (qos);
  gst_base_transform_set_qos_enabled (trans, TRUE);
  look_at (h, 0);
  send_qos (h, 10 * GST_SECOND, 0);
  for (guint i = 1; i < 4; i++)
    g_assert_true (look_at (h, i).held); /* it comes out */
  detect_done (h, NULL);
}

static void
forget_all (void)
{
  tiny_done ();
  forget_cat ();
}

static const TestCase cases[] = {
    {"/qos/skips", test_skips},
    {"/qos/messages", test_messages},
    {"/qos/property", test_qos_property},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, forget_all);
}
