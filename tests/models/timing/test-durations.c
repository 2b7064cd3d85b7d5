/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Times that are measured again and again. */
#include "models/durations.h"

static void
test_none (void)
{
  const TfcDurations none = {0};
  const TfcDurationSummary s = tfc_durations_summary (&none);

  g_assert_cmpuint (s.count, ==, 0);
  g_assert_cmpint (s.mean + s.p50 + s.p95 + s.max, ==, 0);
  g_assert_cmpint (tfc_durations_bound (&none), ==, 0);
}

/* 100, 99, …, 1. */
static void
test_summary (void)
{
  TfcDurations *d = g_new0 (TfcDurations, 1);
  TfcDurationSummary s;

  for (gint i = 100; i > 0; i--)
    tfc_durations_add (d, i);
  s = tfc_durations_summary (d);
  g_assert_cmpuint (s.count, ==, 100);
  g_assert_cmpint (s.mean, ==, 50);
  g_assert_cmpint (s.p50, ==, 50);
  g_assert_cmpint (s.p95, ==, 95);
  g_assert_cmpint (s.max, ==, 100);
  g_free (d);
}

/* Count, mean and maximum are of all, percentiles of the kept ones. */
static void
test_kept (void)
{
  TfcDurations *d = g_new0 (TfcDurations, 1);
  TfcDurationSummary s;

  for (guint i = 0; i < 2 * TFC_DURATIONS_KEPT; i++)
    tfc_durations_add (d, i < TFC_DURATIONS_KEPT ? 1000 : 10);
  s = tfc_durations_summary (d);
  g_assert_cmpuint (s.count, ==, 2 * TFC_DURATIONS_KEPT);
  g_assert_cmpint (s.mean, ==, 505);
  g_assert_cmpint (s.p50, ==, 10);
  g_assert_cmpint (s.p95, ==, 10);
  g_assert_cmpint (s.max, ==, 1000);
  g_free (d);
}

static void
test_bound (void)
{
  TfcDurations *d = g_new0 (TfcDurations, 1);

  tfc_durations_add (d, 9000);
  g_assert_cmpint (tfc_durations_bound (d), ==, 9000); /* it is all there is */
  tfc_durations_add (d, 7);
  g_assert_cmpint (tfc_durations_bound (d), ==, 7);
  for (guint i = 0; i < 18; i++)
    tfc_durations_add (d, 7);
  tfc_durations_add (d, 500); /* one of twenty */
  g_assert_cmpint (tfc_durations_bound (d), ==, 7);
  tfc_durations_add (d, 500);
  g_assert_cmpint (tfc_durations_bound (d), ==, 500);
  for (guint i = 0; i < 64; i++)
    tfc_durations_add (d, 3);
  g_assert_cmpint (tfc_durations_bound (d), ==, 3); /* of the last 64 */
  for (guint i = 0; i < 300; i++)
    tfc_durations_add (d, 4);
  g_assert_cmpint (tfc_durations_bound (d), ==, 4); /* around the ring */
  g_free (d);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/durations/none", test_none);
  g_test_add_func ("/durations/summary", test_summary);
  g_test_add_func ("/durations/kept", test_kept);
  g_test_add_func ("/durations/bound", test_bound);
  return g_test_run ();
}
