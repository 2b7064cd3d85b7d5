/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which box goes to which track: against all ways to pair few of them, and rules for many. */
#include "models/tracking/motion_match.h"

#define FEW 4

typedef struct {
  gfloat cost[FEW][FEW]; /* negative: no pair */
  guint pairs;           /* of the best way */
  gfloat sum;
} Table;

static void
try_all (Table *t, guint track, guint used, guint pairs, gfloat sum)
{
  if (track == FEW) {
    if (pairs > t->pairs || (pairs == t->pairs && sum < t->sum)) {
      t->pairs = pairs;
      t->sum = sum;
    }
    return;
  }
  try_all (t, track + 1, used, pairs, sum);
  for (guint k = 0; k < FEW; k++)
    if (t->cost[track][k] >= 0 && !(used >> k & 1))
      try_all (t, track + 1, used | 1u << k, pairs + 1, sum + t->cost[track][k]);
}

static void
test_few (void)
{
  TfcMotionMatch *match = g_new0 (TfcMotionMatch, 1);
  for (guint round = 0; round < 2000; round++) {
    Table t = {.sum = 0};
    guint of_track[TFC_MAX_MOTION_TRACKS], pairs = 0;
    gfloat sum = 0;
    for (guint i = 0; i < TFC_MAX_MOTION_TRACKS; i++)
      of_track[i] = G_MAXUINT;
    for (guint i = 0; i < FEW; i++)
      for (guint k = 0; k < FEW; k++) {
        t.cost[i][k] =
            g_test_rand_int_range (0, 3) ? (gfloat)g_test_rand_int_range (0, 1000) / 1000 : -1;
        if (t.cost[i][k] >= 0)
          tfc_motion_match_add (match, 50 * i, 100 * k + 3, t.cost[i][k]);
      }
    try_all (&t, 0, 0, 0, 0);
    tfc_motion_match_solve (match, of_track);
    g_assert_cmpuint (match->n, ==, 0);
    for (guint i = 0; i < FEW; i++) {
      const guint k = of_track[50 * i] == G_MAXUINT ? FEW : (of_track[50 * i] - 3) / 100;
      if (k == FEW)
        continue;
      g_assert_true (k < FEW && t.cost[i][k] >= 0);
      pairs++;
      sum += t.cost[i][k];
    }
    g_assert_cmpuint (pairs, ==, t.pairs);
    g_assert_cmpfloat_with_epsilon (sum, t.sum, 1e-4);
  }
  g_free (match);
}

/* All of them are one group, and more pairs than there is room for. */
static void
test_many (void)
{
  TfcMotionMatch *match = g_new0 (TfcMotionMatch, 1);
  guint of_track[TFC_MAX_MOTION_TRACKS], pairs = 0;
  gboolean taken[TFC_MOTION_FOUND] = {FALSE};
  for (guint i = 0; i < TFC_MAX_MOTION_TRACKS; i++) {
    of_track[i] = G_MAXUINT;
    for (guint k = 0; k < 20; k++)
      tfc_motion_match_add (match, i, (7 * i + 11 * k) % TFC_MOTION_FOUND, (gfloat)(k % 10) / 10);
  }
  g_assert_cmpuint (match->n, ==, TFC_MOTION_PAIRS);
  tfc_motion_match_solve (match, of_track);
  for (guint i = 0; i < TFC_MAX_MOTION_TRACKS; i++) {
    if (of_track[i] == G_MAXUINT)
      continue;
    g_assert_cmpuint (of_track[i], <, TFC_MOTION_FOUND);
    g_assert_false (taken[of_track[i]]);
    taken[of_track[i]] = TRUE;
    pairs++;
  }
  g_assert_cmpuint (pairs, >, 150);
  g_free (match);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/motion-match/few", test_few);
  g_test_add_func ("/motion-match/many", test_many);
  return g_test_run ();
}
