/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Whose id a sighting gets where motion alone does not tell: a face that nobody followed comes
 * before one that is followed; one that was lost comes out where it was not expected. */
#include "models/tracking/track.h"

#define SIZE 100.0
#define SETTLE 30 /* frames */

static TfcTracks *tracks;
static guint from[TFC_MAX_FACES];

/* One of several people: each point of the face has a colour of its own. */
static TfcAppearance
person (guint seed, gfloat light)
{
  GRand *rand = g_rand_new_with_seed (seed);
  TfcAppearance a = {.known = TRUE};
  for (guint i = 0; i < TFC_APPEARANCE; i++) {
    for (guint c = 0; c < 3; c++)
      a.color[i][c] = light * (gfloat)g_rand_double_range (rand, 0.3, 0.9);
  }
  g_rand_free (rand);
  return a;
}

static TfcSighting
sighting (gdouble x, const TfcAppearance *a)
{
  return (TfcSighting){TRUE, {x, 200, SIZE, 0}, *a};
}

static void
detect (gdouble x, guint max)
{
  const TfcRegion found = {x, 200, SIZE, 0};
  const gfloat score = 0.9f;
  tfc_tracks_update (tracks, &found, &score, 1, max);
}

/* Sees the first track at x; returns its id, 0 if nobody is left. */
static guint64
see (gdouble x, const TfcAppearance *a)
{
  const TfcSighting seen = sighting (x, a);
  return tfc_tracks_observe (tracks, &seen, from) ? tracks->track[0]->id : 0;
}

/* One face, from x on, at speed; returns its id. */
static guint64
begin (gdouble x, gdouble speed, const TfcAppearance *a, guint max)
{
  guint64 id = 0;
  tfc_tracks_init (tracks);
  detect (x, max);
  for (guint i = 0; i < SETTLE; i++)
    id = see (x + speed * i, a);
  g_assert_cmpuint (id, ==, 1);
  g_assert_false (tfc_tracks_want_detector (tracks));
  return id;
}

/* The mesh goes over to another face, which the detector has seen beside it: a new id, with one
 * that may be followed as with several. */
static void
test_covered (void)
{
  const TfcAppearance a = person (1, 1), b = person (2, 1);
  for (guint max = 1; max <= 2; max++) {
    begin (300, 0, &a, max);
    g_assert_cmpuint (see (302, &b), ==, 1);
    g_assert_true (tfc_tracks_want_detector (tracks));
    detect (330, 1);
    g_assert_false (tfc_tracks_want_detector (tracks));
    g_assert_cmpuint (see (315, &b), ==, 2);
    for (gdouble x = 315; x > 100; x -= 10)
      g_assert_cmpuint (see (x, &b), ==, 2);
  }
}

/* The one that was hidden is seen again in the same region: it has its id back. */
static void
test_uncovered (void)
{
  const TfcAppearance a = person (1, 1), b = person (2, 1);
  begin (300, 0, &a, 2);
  see (302, &b);
  detect (330, 1);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (see (315, &b), ==, 2);
  g_assert_cmpuint (see (301, &a), ==, 1);
}

/* The detector sees nobody else: the face has turned, or something is before it. */
static void
test_changed (void)
{
  const TfcAppearance a = person (1, 1), b = person (2, 1);
  begin (300, 0, &a, 2);
  for (guint i = 0; i < 20; i++) {
    g_assert_cmpuint (see (315, &b), ==, 1);
    if (tfc_tracks_want_detector (tracks))
      detect (317, 1);
  }
  g_assert_false (tfc_tracks_want_detector (tracks)); /* it is used to it */
}

/* Another face is beside it, but its own look has not changed. */
static void
test_beside (void)
{
  const TfcAppearance a = person (1, 1);
  begin (300, 0, &a, 2);
  detect (340, 1);
  for (gdouble x = 300; x < 330; x += 3)
    g_assert_cmpuint (see (x, &a), ==, 1);
}

/* Light comes and goes; channels differ, as under a lamp. */
static void
test_light (void)
{
  const TfcAppearance a = person (1, 1);
  TfcAppearance lit = person (1, 0.5f);
  for (guint i = 0; i < TFC_APPEARANCE; i++)
    lit.color[i][2] *= 0.6f;
  g_assert_cmpfloat (tfc_appearance_distance (&a, &lit), >, 0.2);
  g_assert_cmpfloat (tfc_appearance_pattern_distance (&a, &lit), <, 1e-5);
  begin (300, 0, &a, 2);
  for (guint i = 0; i < 20; i++) {
    detect (330, 1);
    g_assert_cmpuint (see (315, i / 5 % 2 ? &a : &lit), ==, 1);
    g_assert_false (tfc_tracks_want_detector (tracks));
  }
}

/* Goes right, is hidden for some frames, and is found where it was: it has turned back. Somebody
 * else who is found there is new. */
static void
test_turned_back (void)
{
  const TfcAppearance a = person (1, 1), b = person (2, 1);
  const TfcSighting none = {FALSE};
  for (guint other = 0; other < 2; other++) {
    begin (300, 5, &a, 2);
    for (guint i = 0; i < 15; i++)
      tfc_tracks_observe (tracks, &none, from);
    detect (400, 2);
    g_assert_cmpuint (see (400, other ? &b : &a), ==, other ? 2 : 1);
  }
}

/* Further than it can have gone. */
static void
test_too_far (void)
{
  const TfcAppearance a = person (1, 1);
  const TfcSighting none = {FALSE};
  begin (300, 5, &a, 2);
  for (guint i = 0; i < 5; i++)
    tfc_tracks_observe (tracks, &none, from);
  detect (800, 2);
  g_assert_cmpuint (see (800, &a), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tracks = g_new0 (TfcTracks, 1);
  g_test_add_func ("/track-identity/covered", test_covered);
  g_test_add_func ("/track-identity/uncovered", test_uncovered);
  g_test_add_func ("/track-identity/changed", test_changed);
  g_test_add_func ("/track-identity/beside", test_beside);
  g_test_add_func ("/track-identity/light", test_light);
  g_test_add_func ("/track-identity/turned-back", test_turned_back);
  g_test_add_func ("/track-identity/too-far", test_too_far);
  const int status = g_test_run ();
  g_free (tracks);
  return status;
}
