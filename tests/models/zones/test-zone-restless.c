/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Who trembles on a line or an edge, as real boxes do: by chance, and so now and then for longer
 * than the inertia on one side. And who is reported a moment after it was first seen. */
#include "tests/models/zones/zone-script.h"

#define GATE "[line gate]|from=0.5,0.9|to=0.5,0.3|"
#define HALF "[zone half]|polygon=0.5,0;1,0;1,1;0.5,1|"
#define N_SEEDS 10

static const guint steps[] = {40, 120, 200};

/* Comes from the left, stands for six seconds, and goes on to the right or back. */
static void
tremble (Script *s, guint step, guint32 seed, gdouble by, gboolean back)
{
  GRand *chance = g_rand_new_with_seed (seed);

  for (guint ms = 0; ms < 12000; ms += step) {
    gdouble x = 0.5;
    if (ms < 2000)
      x = 0.2 + 0.3 * ms / 2000;
    else if (ms < 8000)
      x += g_rand_double_range (chance, -by, by);
    else
      x += (back ? -0.3 : 0.3) * (ms - 8000) / 4000;
    script_step (s, ms, 7, x, 0.6);
  }
  g_rand_free (chance);
}

static guint64
crossings (const gchar *zones, guint step, guint32 seed, gdouble by, gboolean back, guint which)
{
  const TfcZoneCounts *counts;
  guint64 total;
  Script s;

  script_begin (&s, zones);
  tremble (&s, step, seed, by, back);
  counts = tfc_zone_watch_counts (s.watch, 0);
  total = counts->total[which];
  g_assert_cmpint (counts->total[0] - counts->total[1], ==, back ? 0 : 1);
  script_end (&s);
  return total;
}

/* Whatever it does there, it has passed once; or, going back, at most once to and fro. */
static void
check_trembling (gconstpointer zones)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    for (guint32 seed = 1; seed <= N_SEEDS; seed++) {
      for (guint by = 1; by <= 3; by++) {
        g_assert_cmpuint (crossings (zones, steps[i], seed, by * 0.004, FALSE, 0), ==, 1);
        g_assert_cmpuint (crossings (zones, steps[i], seed, by * 0.004, TRUE, 1), <=, 1);
      }
    }
  }
}

/* To and fro at once is no trembling. */
static void
test_to_and_fro (void)
{
  Script s;

  script_begin (&s, GATE);
  for (guint i = 0; i < 4; i++) {
    script_walk (&s, 1600 * i, 1600 * i + 760, 40, 7, 0.35, 0.6, 0.65, 0.6);
    script_walk (&s, 1600 * i + 800, 1600 * i + 1560, 40, 7, 0.65, 0.6, 0.35, 0.6);
  }
  script_expect (&s, "ab:7 ba:7 ab:7 ba:7 ab:7 ba:7 ab:7 ba:7");
  script_end (&s);
}

/* A short visit, deep enough, from just outside. */
static void
test_visit (void)
{
  Script s;

  script_begin (&s, HALF);
  script_walk (&s, 0, 1000, 40, 7, 0.48, 0.6, 0.48, 0.6);
  script_walk (&s, 1040, 1960, 40, 7, 0.6, 0.6, 0.6, 0.6);
  script_walk (&s, 2000, 2400, 40, 7, 0.48, 0.6, 0.48, 0.6);
  script_expect (&s, "+half:7 -half:7/960");
  script_end (&s);
}

/* Who has trembled and then stays near the line has come to that side after all. */
static void
test_stays_near (void)
{
  Script s;

  script_begin (&s, GATE);
  tremble (&s, 40, 3, 0.01, TRUE);
  g_string_truncate (s.told, 0);
  script_walk (&s, 12040, 12200, 40, 7, 0.21, 0.6, 0.49, 0.6);
  for (guint i = 0; i < 20; i++)
    script_step (&s, 12240 + 40 * i, 7, i % 2 ? 0.491 : 0.509, 0.6);
  script_walk (&s, 13040, 18800, 40, 7, 0.502, 0.6, 0.502, 0.6);
  script_expect (&s, "ab:7");
  script_end (&s);
}

/* A label flickers: every third frame is wrong, or 300 ms of two seconds are. */
static void
test_labels (void)
{
  TfcZoneObject object = script_object (7, 0.7, 0.6);
  Script s;

  for (guint by = 0; by < 2; by++) {
    script_begin (&s, "[zone half]|labels=person|polygon=0.5,0;1,0;1,1;0.5,1|");
    for (guint i = 0; i < 150; i++) {
      const gboolean wrong = by ? i % 3 == 0 : i % 50 >= 43;
      object.label = wrong ? "cat" : "person";
      script_frame (&s, 40 * i, &object, 1);
    }
    script_expect (&s, "+half:7");
    script_end (&s);
  }
}

/* Over the line before it is told of: its age and speed say from where. */
static void
test_first_seen_before (void)
{
  TfcZoneObject object = script_object (7, 0.6, 0.6);
  Script s;

  object.age = 120 * MS;
  object.speed_x = 2; /* was at 0.36 */
  script_begin (&s, HALF GATE);
  for (guint i = 0; i < 10; i++)
    script_frame (&s, 1000 + 40 * i, &object, 1);
  script_expect (&s, "+half:7 ab:7");
  script_end (&s);
  object.age = 10000 * MS; /* long ago: nobody knows */
  script_begin (&s, GATE);
  for (guint i = 0; i < 10; i++)
    script_frame (&s, 1000 + 40 * i, &object, 1);
  script_expect (&s, "");
  script_end (&s);
}

/* The time in a zone begins when it was first seen. */
static void
test_dwell_of_age (void)
{
  TfcZoneObject object = script_object (7, 0.6, 0.6);
  Script s;

  object.age = 120 * MS;
  script_begin (&s, HALF);
  for (guint i = 0; i < 10; i++)
    script_frame (&s, 1000 + 40 * i, &object, 1);
  script_walk (&s, 1400, 2000, 40, 7, 0.3, 0.6, 0.3, 0.6);
  script_expect (&s, "+half:7 -half:7/520");
  script_end (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/zone-restless/line", GATE, check_trembling);
  g_test_add_data_func ("/zone-restless/zone", HALF, check_trembling);
  g_test_add_func ("/zone-restless/to-and-fro", test_to_and_fro);
  g_test_add_func ("/zone-restless/visit", test_visit);
  g_test_add_func ("/zone-restless/stays-near", test_stays_near);
  g_test_add_func ("/zone-restless/labels", test_labels);
  g_test_add_func ("/zone-restless/first-seen-before", test_first_seen_before);
  g_test_add_func ("/zone-restless/dwell-of-age", test_dwell_of_age);
  return g_test_run ();
}
