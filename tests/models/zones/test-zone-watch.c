/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Zones: enter, leave, dwell, loiter and the number inside. */
#include "tests/models/zones/zone-script.h"
#include <string.h>

#define PORCH "[zone porch]|polygon=0.4,0.4;0.6,0.4;0.6,0.8;0.4,0.8|"
#define FRAME 40

static void
test_visit (void)
{
  static const guint steps[] = {20, 40, 100, 200};
  Script s;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    script_begin (&s, PORCH);
    script_walk (&s, 0, 900, steps[i], 7, 0.3, 0.6, 0.3, 0.6);
    script_walk (&s, 1000, 3000, steps[i], 7, 0.5, 0.6, 0.5, 0.6);
    script_expect (&s, "+porch:7 =porch:1");
    script_walk (&s, 3000 + steps[i], 4000, steps[i], 7, 0.7, 0.6, 0.7, 0.6);
    g_assert_true (g_str_has_prefix (s.told->str, "-porch:7/20") ||
                   g_str_has_prefix (s.told->str, "-porch:7/21") ||
                   g_str_has_prefix (s.told->str, "-porch:7/22"));
    g_assert_true (g_str_has_suffix (s.told->str, "=porch:0 "));
    script_end (&s);
  }
}

/* Trembling on the edge, and short visits, are no events. */
static void
test_inertia (void)
{
  Script s;

  script_begin (&s, PORCH);
  for (guint i = 0; i < 200; i++)
    script_step (&s, FRAME * i, 7, i % 2 ? 0.395 : 0.405, 0.6);
  for (guint i = 0; i < 10; i++) {
    script_walk (&s, 8000 + 400 * i, 8160 + 400 * i, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
    script_walk (&s, 8200 + 400 * i, 8360 + 400 * i, FRAME, 7, 0.3, 0.6, 0.3, 0.6);
  }
  script_expect (&s, "");
  script_end (&s);
  script_begin (&s, PORCH "inertia=0|");
  script_step (&s, 0, 7, 0.5, 0.6);
  script_step (&s, 40, 7, 0.3, 0.6);
  script_expect (&s, "+porch:7 -porch:7/40");
  script_end (&s);
}

static void
test_loiter (void)
{
  Script s;

  script_begin (&s, PORCH "loiter=3000|");
  script_walk (&s, 0, 2960, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "+porch:7");
  script_walk (&s, 3000, 9000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "~porch:7/3000"); /* once a visit */
  script_walk (&s, 9040, 9400, FRAME, 7, 0.7, 0.6, 0.7, 0.6);
  script_expect (&s, "-porch:7/9040");
  script_walk (&s, 9440, 13000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "+porch:7 ~porch:7/3000");
  script_end (&s);
}

/* Within the grace nothing happens; after it, the visit ended when it was last seen. */
static void
test_lost (void)
{
  Script s;

  script_begin (&s, PORCH);
  script_walk (&s, 0, 1000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_walk (&s, 1040, 1400, FRAME, 0, 0, 0, 0, 0);
  script_walk (&s, 1440, 2000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "+porch:7");
  script_walk (&s, 2040, 2600, FRAME, 0, 0, 0, 0, 0);
  script_expect (&s, "-porch:7/2000");
  script_walk (&s, 2640, 3000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_walk (&s, 3040, 3080, FRAME, 7, 0.7, 0.6, 0.7, 0.6);
  script_walk (&s, 3120, 4000, FRAME, 0, 0, 0, 0, 0); /* outside, and not for long enough */
  script_expect (&s, "+porch:7 -porch:7/440");
  script_end (&s);
}

/* Predicted only: as not seen. */
static void
test_predicted (void)
{
  TfcZoneObject object = script_object (7, 0.5, 0.6);
  Script s;

  script_begin (&s, PORCH);
  script_walk (&s, 0, 1000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  object.seen = FALSE;
  for (guint i = 1; i < 20; i++)
    script_frame (&s, 1000 + FRAME * i, &object, 1);
  script_expect (&s, "+porch:7 -porch:7/1000");
  script_end (&s);
}

/* A frame a second: who is there in each has not been lost. */
static void
test_slow (void)
{
  Script s;

  script_begin (&s, PORCH "loiter=3000|");
  script_walk (&s, 0, 5000, 1000, 7, 0.5, 0.6, 0.5, 0.6);
  script_walk (&s, 6000, 8000, 1000, 0, 0, 0, 0, 0);
  script_expect (&s, "+porch:7 ~porch:7/3000 -porch:7/5000");
  script_end (&s);
}

static void
test_two (void)
{
  TfcZoneObject both[] = {script_object (1, 0.45, 0.6), script_object (2, 0.55, 0.6)};
  const TfcZoneCounts *counts;
  Script s;

  both[1].label = "cat";
  script_begin (&s, PORCH "[zone cats]|labels=cat|polygon=0,0;1,0;1,1;0,1|");
  counts = tfc_zone_watch_counts (s.watch, 0);
  for (guint i = 0; i < 10; i++)
    script_frame (&s, FRAME * i, both, 2);
  script_expect (&s, "+porch:1 +porch:2 +cats:2 =porch:2 =cats:1");
  g_assert_cmpuint (counts->count, ==, 2);
  for (guint i = 10; i < 30; i++)
    script_frame (&s, FRAME * i, both, 1);
  script_expect (&s, "-porch:2/360 -cats:2/360 =porch:1 =cats:0");
  g_assert_cmpuint (counts->count, ==, 1);
  g_assert_cmpuint (counts->total[0], ==, 2);
  g_assert_cmpuint (counts->total[1], ==, 1);
  g_assert_cmpuint (counts->n_tallies, ==, 2);
  g_assert_cmpuint (counts->tallies[0].count, ==, 1);
  g_assert_cmpuint (counts->tallies[1].count, ==, 0);
  g_assert_cmpuint (counts->tallies[1].total[1], ==, 1);
  script_end (&s);
}

/* It becomes a cat in the zone: for a zone of all labels it is who came in, for one of people it
 * left. */
static void
test_label_changes (void)
{
  TfcZoneObject object = script_object (7, 0.5, 0.6);
  const TfcZoneEvent *events;
  Script s;
  guint n, told = 0;

  script_begin (&s, PORCH "[zone people]|labels=person|polygon=0,0;1,0;1,1;0,1|");
  script_walk (&s, 0, 1000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "+porch:7 +people:7");
  object.label = "cat";
  for (guint i = 1; i <= 11; i++)
    script_frame (&s, 1000 + FRAME * i, &object, 1);
  script_expect (&s, "-people:7/1040");
  for (guint i = 0; i < 20; i++) {
    events = tfc_zone_watch_update (s.watch, NULL, 0, (2000 + FRAME * i) * MS, &n);
    told += n && events->type == TFC_ZONE_LEAVE && !g_strcmp0 (events->label, "person");
  }
  g_assert_cmpuint (told, ==, 1);
  script_end (&s);
}

/* Counted while they are seen, when their number has lasted; no other events. */
static void
test_untracked (void)
{
  Script s;

  script_begin (&s, PORCH);
  for (guint i = 0; i < 50; i++) {
    const TfcZoneObject objects[] = {script_object (0, 0.5, 0.6), script_object (0, 0.5, 0.7)};
    script_frame (&s, FRAME * i, objects, i == 20 ? 1 : 2); /* one is missed for a frame */
  }
  script_expect (&s, "=porch:2");
  g_assert_true (tfc_zone_watch_saw_untracked (s.watch));
  script_walk (&s, 2000, 2400, FRAME, 0, 0, 0, 0, 0);
  script_expect (&s, "=porch:0");
  script_end (&s);
}

/* Time goes back (a seek, a restarted source): all have left. A little back is no matter. */
static void
test_time_back (void)
{
  Script s;

  script_begin (&s, PORCH);
  script_walk (&s, 60000, 61000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_step (&s, 60990, 7, 0.5, 0.6);
  script_expect (&s, "+porch:7");
  script_step (&s, 0, 7, 0.5, 0.6);
  script_expect (&s, "-porch:7/1000 =porch:0");
  script_walk (&s, 40, 400, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_expect (&s, "+porch:7");
  script_step (&s, 500000, 8, 0.5, 0.6); /* far ahead: 7 is gone */
  script_expect (&s, "-porch:7/400");
  script_end (&s);
}

/* Other zones take the counters of those that are named alike. */
static void
test_inherit (void)
{
  const TfcZoneCounts *counts;
  Script s, other;

  script_begin (&s, PORCH "[line porch]|from=0,0|to=1,1|");
  script_walk (&s, 0, 1000, FRAME, 7, 0.5, 0.6, 0.5, 0.6);
  script_begin (&other, "[zone new]|polygon=0,0;1,0;1,1|" PORCH);
  tfc_zone_watch_inherit (other.watch, s.watch);
  script_end (&s);
  counts = tfc_zone_watch_counts (other.watch, 1);
  g_assert_cmpuint (counts->total[0], ==, 1);
  g_assert_cmpuint (counts->total[1], ==, 1);
  script_step (&other, 1040, 0, 0, 0);
  script_expect (&other, "=porch:0");
  script_end (&other);
}

/* More tracks than are followed: those that were lost make room, then no more are taken in. */
static void
test_bounds (void)
{
  static TfcZoneObject objects[TFC_MAX_ZONE_TRACKS + 10];
  Script s;

  script_begin (&s, PORCH "inertia=0|");
  for (guint round = 1; round < 4; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
      objects[i] = script_object (1000 * round + i, 0.5, 0.6);
    script_frame (&s, 10000 * round, objects, G_N_ELEMENTS (objects));
    g_assert_cmpuint (tfc_zone_watch_counts (s.watch, 0)->count, ==, TFC_MAX_ZONE_TRACKS);
    script_step (&s, 10000 * round + 600, 0, 0, 0);
    g_assert_cmpuint (tfc_zone_watch_counts (s.watch, 0)->count, ==, 0);
  }
  g_assert_cmpuint (tfc_zone_watch_counts (s.watch, 0)->total[0], ==, 3 * TFC_MAX_ZONE_TRACKS);
  g_assert_cmpuint (tfc_zone_watch_dropped (s.watch), >=, 30);
  script_end (&s);
}

/* More labels than tallies. */
static void
test_tallies (void)
{
  const TfcZoneCounts *counts;
  Script s;

  script_begin (&s, PORCH "inertia=0|");
  for (guint i = 0; i < 100; i++) {
    TfcZoneObject object = script_object (1 + i, 0.5, 0.6);
    guint n;
    g_autofree gchar *label = g_strdup_printf ("label %u", i);
    object.label = i ? g_intern_string (label) : NULL;
    tfc_zone_watch_update (s.watch, &object, 1, 40 * MS * i, &n);
  }
  counts = tfc_zone_watch_counts (s.watch, 0);
  g_assert_cmpuint (counts->n_tallies, ==, TFC_MAX_ZONE_TALLIES);
  g_assert_cmpstr (counts->tallies[0].label, ==, "unknown");
  g_assert_cmpstr (counts->tallies[31].label, ==, "others");
  g_assert_cmpuint (counts->tallies[31].total[0], ==, 69);
  script_end (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zone-watch/visit", test_visit);
  g_test_add_func ("/zone-watch/inertia", test_inertia);
  g_test_add_func ("/zone-watch/loiter", test_loiter);
  g_test_add_func ("/zone-watch/lost", test_lost);
  g_test_add_func ("/zone-watch/predicted", test_predicted);
  g_test_add_func ("/zone-watch/slow", test_slow);
  g_test_add_func ("/zone-watch/two", test_two);
  g_test_add_func ("/zone-watch/label-changes", test_label_changes);
  g_test_add_func ("/zone-watch/untracked", test_untracked);
  g_test_add_func ("/zone-watch/time-back", test_time_back);
  g_test_add_func ("/zone-watch/inherit", test_inherit);
  g_test_add_func ("/zone-watch/bounds", test_bounds);
  g_test_add_func ("/zone-watch/tallies", test_tallies);
  return g_test_run ();
}
