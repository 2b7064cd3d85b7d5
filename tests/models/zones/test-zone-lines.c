/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lines: who passes is counted once, in the right direction, whatever the distance of frames. */
#include "tests/models/zones/zone-script.h"

/* Upwards: a is at the left. */
#define GATE "[line gate]|from=0.5,0.9|to=0.5,0.3|"

static void
assert_totals (const Script *s, guint64 a_b, guint64 b_a)
{
  const TfcZoneCounts *counts = tfc_zone_watch_counts (s->watch, 0);

  g_assert_cmpuint (counts->total[0], ==, a_b);
  g_assert_cmpuint (counts->total[1], ==, b_a);
}

/* At any distance of frames, even and uneven. */
static void
test_passing (void)
{
  static const guint steps[] = {20, 33, 40, 100, 200, 500, 1000};
  Script s;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    script_begin (&s, GATE);
    script_walk (&s, 0, 4000, steps[i], 7, 0.1, 0.6, 0.9, 0.6);
    script_expect (&s, "ab:7");
    script_walk (&s, 5000, 9000, steps[i], 7, 0.9, 0.6, 0.1, 0.6);
    script_expect (&s, "ba:7");
    assert_totals (&s, 1, 1);
    script_end (&s);
  }
  script_begin (&s, GATE);
  for (guint64 ms = 0, i = 0; ms < 4000; i++, ms += 10 + i * i * 7 % 311)
    script_step (&s, ms, 7, 0.1 + 0.8 * (gdouble)ms / 4000, 0.6);
  script_expect (&s, "ab:7");
  script_end (&s);
}

/* The sides of a level line: a is above one who goes to the right. */
static void
test_sides (void)
{
  Script s;

  script_begin (&s, "[line step]|from=0.2,0.5|to=0.8,0.5|");
  script_walk (&s, 0, 2000, 40, 1, 0.5, 0.3, 0.5, 0.7);
  script_walk (&s, 3000, 5000, 40, 2, 0.5, 0.7, 0.5, 0.3);
  script_expect (&s, "ab:1 ba:2");
  script_end (&s);
}

/* Trembling on the line a hundred times, and going on or back. */
static void
test_jitter (void)
{
  for (guint back = 0; back < 2; back++) {
    Script s;
    script_begin (&s, GATE);
    script_walk (&s, 0, 1000, 40, 7, 0.2, 0.6, 0.49, 0.6);
    for (guint i = 0; i < 100; i++)
      script_step (&s, 1040 + 40 * i, 7, i % 2 ? 0.492 : 0.508, 0.6);
    script_expect (&s, "");
    script_walk (&s, 5040, 6000, 40, 7, back ? 0.49 : 0.51, 0.6, back ? 0.2 : 0.8, 0.6);
    script_expect (&s, back ? "" : "ab:7");
    script_end (&s);
  }
}

/* It trembles where it is first seen: nobody knows where it came from. */
static void
test_begins_on_line (void)
{
  Script s;

  script_begin (&s, GATE);
  for (guint i = 0; i < 20; i++)
    script_step (&s, 40 * i, 7, i % 2 ? 0.508 : 0.492, 0.6);
  script_walk (&s, 800, 2000, 40, 7, 0.52, 0.6, 0.9, 0.6);
  script_expect (&s, "");
  script_end (&s);
}

/* Two frames, on both sides; and one that is gone soon after. */
static void
test_fast (void)
{
  Script s;

  script_begin (&s, GATE);
  script_step (&s, 0, 7, 0.1, 0.6);
  script_walk (&s, 40, 400, 40, 7, 0.9, 0.6, 0.9, 0.6);
  script_expect (&s, "ab:7");
  script_step (&s, 3000, 8, 0.9, 0.6);
  script_step (&s, 3040, 8, 0.1, 0.6);
  script_walk (&s, 3080, 3800, 40, 0, 0, 0, 0, 0);
  script_expect (&s, "ba:8");
  script_end (&s);
}

/* Round the end of the line: no crossing, and the way back over it is one. */
static void
test_line_end (void)
{
  Script s;

  script_begin (&s, GATE);
  script_walk (&s, 0, 1000, 40, 7, 0.2, 0.2, 0.8, 0.25);
  script_walk (&s, 1040, 2000, 40, 7, 0.8, 0.25, 0.8, 0.6);
  script_expect (&s, "");
  script_walk (&s, 2040, 3000, 40, 7, 0.8, 0.6, 0.2, 0.6);
  script_expect (&s, "ba:7");
  script_end (&s);
}

/* Not seen for a while, on the line: the way between counts, also after the grace. */
static void
test_lost (void)
{
  static const guint gaps[] = {400, 600, 4000};
  Script s;

  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    script_begin (&s, GATE);
    script_walk (&s, 0, 1000, 40, 7, 0.2, 0.6, 0.45, 0.6);
    script_walk (&s, 1040, 1000 + gaps[i], 40, 0, 0, 0, 0, 0);
    script_walk (&s, 1040 + gaps[i], 2000 + gaps[i], 40, 7, 0.55, 0.6, 0.8, 0.6);
    script_expect (&s, "ab:7");
    script_end (&s);
  }
}

/* Predicted boxes go over the line, the object does not. */
static void
test_predicted (void)
{
  TfcZoneObject object = script_object (7, 0.7, 0.6);
  Script s;

  object.seen = FALSE;
  script_begin (&s, GATE);
  script_walk (&s, 0, 1000, 40, 7, 0.2, 0.6, 0.45, 0.6);
  for (guint i = 0; i < 10; i++)
    script_frame (&s, 1040 + 40 * i, &object, 1);
  script_walk (&s, 1440, 2000, 40, 7, 0.45, 0.6, 0.2, 0.6);
  script_expect (&s, "");
  script_end (&s);
}

/* Two at once, opposite ways, one id as two kinds: four objects. */
static void
test_several (void)
{
  Script s;

  script_begin (&s, GATE);
  for (guint i = 0; i <= 50; i++) {
    const gdouble x = 0.1 + 0.016 * i;
    TfcZoneObject objects[] = {script_object (1, x, 0.6), script_object (2, 1 - x, 0.6),
                               script_object (1, 1 - x, 0.7), script_object (0, x, 0.6),
                               script_object (1, 0.1, 0.6)};
    objects[2].kind = 1;
    script_frame (&s, 40 * i, objects, G_N_ELEMENTS (objects));
  }
  assert_totals (&s, 1, 2); /* the last is the first's double */
  script_end (&s);
}

static void
test_labels (void)
{
  const TfcZoneCounts *counts;
  Script s;

  script_begin (&s, GATE "labels=Cat;dog|[line all]|from=0.5,0.9|to=0.5,0.3|");
  for (guint i = 0; i <= 50; i++) {
    TfcZoneObject objects[] = {script_object (1, 0.1 + 0.016 * i, 0.6),
                               script_object (2, 0.1 + 0.016 * i, 0.7)};
    objects[1].label = "cat";
    script_frame (&s, 40 * i, objects, 2);
  }
  assert_totals (&s, 1, 0);
  counts = tfc_zone_watch_counts (s.watch, 1);
  g_assert_cmpuint (counts->n_tallies, ==, 2);
  g_assert_cmpstr (counts->tallies[0].label, ==, "person");
  g_assert_cmpuint (counts->tallies[1].total[0], ==, 1);
  script_end (&s);
}

/* The middle of the box passes, its lower edge does not. */
static void
test_anchor (void)
{
  Script s;

  script_begin (&s, "[line step]|from=0.2,0.5|to=0.8,0.5|anchor=center|");
  script_walk (&s, 0, 2000, 40, 7, 0.5, 0.55, 0.5, 0.7);
  script_expect (&s, "ab:7");
  script_end (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone-lines/passing", test_passing);
  g_test_add_func ("/zone-lines/sides", test_sides);
  g_test_add_func ("/zone-lines/jitter", test_jitter);
  g_test_add_func ("/zone-lines/begins-on-line", test_begins_on_line);
  g_test_add_func ("/zone-lines/fast", test_fast);
  g_test_add_func ("/zone-lines/line-end", test_line_end);
  g_test_add_func ("/zone-lines/lost", test_lost);
  g_test_add_func ("/zone-lines/predicted", test_predicted);
  g_test_add_func ("/zone-lines/several", test_several);
  g_test_add_func ("/zone-lines/labels", test_labels);
  g_test_add_func ("/zone-lines/anchor", test_anchor);
  return g_test_run ();
}
