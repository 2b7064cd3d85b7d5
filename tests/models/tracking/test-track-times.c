/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* How old followed things are and how fast they move. */
#include "models/tracking/track_times.h"

#define MS(n) ((guint64)(n)*1000000)
#define UNKNOWN G_MAXUINT64
#define near(a, b, e) g_assert_cmpfloat_with_epsilon (a, b, e)

static TfcTrackState
see (TfcTrackTimes *times, guint64 id, gfloat x, gfloat y, guint64 pts)
{
  const TfcBox box = {x - 0.1f, y - 0.05f, 0.2f, 0.1f};

  return tfc_track_times_see (times, id, &box, pts);
}

static void
test_motion (void)
{
  TfcTrackTimes times = {0};
  TfcTrackState state = see (&times, 7, 0.2f, 0.5f, MS (1000));

  g_assert_true (state.seen && state.age == 0 && state.speed_x == 0 && state.speed_y == 0);
  state = see (&times, 7, 0.24f, 0.49f, MS (1040));
  g_assert_cmpuint (state.age, ==, MS (40));
  near (state.speed_x, 1, 1e-4); /* 0.04 in 40 ms: the first way is the speed */
  near (state.speed_y, -0.25, 1e-4);
  for (guint i = 2; i < 30; i++) /* it stands */
    state = see (&times, 7, 0.24f, 0.49f, MS (1000 + 40 * i));
  g_assert_cmpuint (state.age, ==, MS (40 * 29));
  near (state.speed_x, 0, 0.01);
  for (guint i = 1; i < 30; i++)
    state = see (&times, 7, 0.24f + 0.01f * i, 0.49f, MS (2200 + 100 * i));
  near (state.speed_x, 0.1, 0.001);
}

/* Each thing for itself; time that stands, runs back or is unknown. */
static void
test_times (void)
{
  TfcTrackTimes times = {0};
  TfcTrackState a, b;

  see (&times, 1, 0.2f, 0.2f, MS (100));
  b = see (&times, 2, 0.8f, 0.8f, MS (200));
  g_assert_true (b.age == 0 && b.speed_x == 0);
  a = see (&times, 1, 0.3f, 0.2f, MS (300));
  g_assert_cmpuint (a.age, ==, MS (200));
  near (a.speed_x, 0.5, 1e-4);
  a = see (&times, 1, 0.9f, 0.9f, MS (300));
  near (a.speed_x, 0.5, 1e-4);
  a = see (&times, 1, 0.3f, 0.2f, MS (50));
  g_assert_cmpuint (a.age, ==, 0);
  a = see (&times, 1, 0.3f, 0.2f, MS (90));
  g_assert_cmpuint (a.age, ==, MS (40));
  a = see (&times, 1, 0.3f, 0.2f, UNKNOWN);
  g_assert_true (a.seen && a.age == 0 && a.speed_x == 0);
  a = see (&times, 1, 0.3f, 0.2f, MS (100));
  g_assert_cmpuint (a.age, ==, MS (50));
}

/* What was seen longest ago makes room. */
static void
test_many (void)
{
  TfcTrackTimes times = {0};

  for (guint id = 1; id <= TFC_TRACK_TIMES; id++)
    see (&times, id, 0.5f, 0.5f, MS (id));
  see (&times, 1, 0.5f, 0.5f, MS (100));
  see (&times, 1000, 0.5f, 0.5f, MS (100)); /* in place of 2 */
  g_assert_cmpuint (see (&times, 1, 0.5f, 0.5f, MS (101)).age, ==, MS (100));
  g_assert_cmpuint (see (&times, 1000, 0.5f, 0.5f, MS (101)).age, ==, MS (1));
  g_assert_cmpuint (see (&times, 3, 0.5f, 0.5f, MS (101)).age, ==, MS (98));
  g_assert_cmpuint (see (&times, 2, 0.5f, 0.5f, MS (102)).age, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track-times/motion", test_motion);
  g_test_add_func ("/track-times/times", test_times);
  g_test_add_func ("/track-times/many", test_many);
  return g_test_run ();
}
