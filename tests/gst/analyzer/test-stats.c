/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The stats property: times of the stages, and how often it notifies. */
#include "tests/gst/common/tiny.h"

static void
test_stats (void)
{
  static const gchar *const stages[] = {"sample", "network", "decode", "total"};
  GstHarness *h;
  GstStructure *stats, *stage;
  guint64 count, mean, p50, p95, max, bytes, sum = 0;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("qos", FALSE, NULL), NULL);
  for (guint i = 0; i < 5; i++)
    count_at (h, i, NULL);
  g_object_get (h->element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, "bytes", G_TYPE_UINT64, &bytes, NULL));
  g_assert_cmpuint (bytes, >, 1000000);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++) {
    g_assert_true (gst_structure_get (stats, stages[i], GST_TYPE_STRUCTURE, &stage, NULL));
    g_assert_true (gst_structure_get (stage, "count", G_TYPE_UINT64, &count, "mean", G_TYPE_UINT64,
                                      &mean, "p50", G_TYPE_UINT64, &p50, "p95", G_TYPE_UINT64, &p95,
                                      "max", G_TYPE_UINT64, &max, NULL));
    g_assert_cmpuint (count, ==, 5);
    g_assert_cmpuint (p50, <=, p95);
    g_assert_cmpuint (p95, <=, max);
    g_assert_cmpuint (mean, <=, max);
    if (i < 3)
      sum += mean;
    gst_structure_free (stage);
  }
  g_assert_cmpuint (sum, >, 0);
  g_assert_cmpuint (sum, <=, mean + 3); /* the stages are parts of the total */
  gst_structure_free (stats);
  detect_done (h, NULL);
}

static void
count_up (GObject *object, GParamSpec *spec, gpointer n)
{
  (*(guint *)n)++;
}

/* While frames flow whoever connected is told once a second, not once a frame. */
static void
test_stats_notify (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);
  const gint64 start = g_get_monotonic_time ();
  guint n = 0;

  g_signal_connect (h->element, "notify::stats", G_CALLBACK (count_up), &n);
  for (guint i = 0; i < 100; i++)
    look_at (h, i);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 1 + (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_signal_handlers_disconnect_by_data (h->element, &n);
  detect_done (h, NULL);
}

static void
forget_all (void)
{
  tiny_done ();
  forget_cat ();
}

static const TestCase cases[] = {
    {"/stats/stages", test_stats},
    {"/stats/notify", test_stats_notify},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, forget_all);
}
