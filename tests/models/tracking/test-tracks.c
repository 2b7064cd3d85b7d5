/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The tracker alone: assignment against all permutations, and squares that pass before and behind
 * each other, whose hidden ones' meshes slip onto those before them. */
#include "models/tracking/assign.h"
#include "models/tracking/track.h"
#include <math.h>
#include <string.h>

#define MAX_SQUARES 4
#define PLAYS 400

static gdouble
best_of (const gdouble *cost, guint rows, guint columns, guint row, guint used)
{
  gdouble best = INFINITY;
  if (row == rows)
    return 0;
  for (guint k = 0; k < columns; k++) {
    if (!(used >> k & 1))
      best = fmin (best, cost[row * columns + k] +
                             best_of (cost, rows, columns, row + 1, used | 1u << k));
  }
  return best;
}

static void
test_assign (void)
{
  GRand *rand = g_rand_new_with_seed (7);
  for (guint round = 0; round < 2000; round++) {
    gdouble cost[36], sum = 0;
    guint rows = g_rand_int_range (rand, 0, 6), columns = g_rand_int_range (rand, (gint)rows, 7);
    guint column[6], used = 0;
    for (guint i = 0; i < rows * columns; i++)
      cost[i] = round % 2 ? g_rand_double_range (rand, -5, 100) : g_rand_int_range (rand, 0, 4);
    tfc_assign (cost, rows, columns, column);
    for (guint i = 0; i < rows; i++) {
      g_assert_cmpuint (column[i], <, columns);
      g_assert_false (used >> column[i] & 1);
      used |= 1u << column[i];
      sum += cost[i * columns + column[i]];
    }
    g_assert_cmpfloat_with_epsilon (sum, best_of (cost, rows, columns, 0, 0), 1e-9);
  }
  g_rand_free (rand);
}

/* Costs that are not finite are the last to be taken, and end. */
static void
test_assign_odd (void)
{
  const gdouble cost[] = {NAN, 1, INFINITY, -INFINITY, NAN, 3, NAN, NAN, NAN};
  guint column[3];
  tfc_assign (cost, 3, 3, column);
  g_assert_cmpuint (column[0], ==, 1);
  g_assert_cmpuint (column[1], ==, 2);
  g_assert_cmpuint (column[2], ==, 0);
}

/* Of several that overlap, the pairs with the largest sum of overlaps: the better score does not
 * choose first. */
static void
test_update (void)
{
  TfcTracks *t = g_new0 (TfcTracks, 1);
  const TfcRegion held[2] = {{100, 100, 100, 0}, {150, 100, 100, 0}};
  const TfcRegion found[2] = {{128, 100, 100, 0}, {155, 100, 100, 0}};
  const gfloat first[2] = {0.9f, 0.8f}, second[2] = {0.7f, 0.6f};
  tfc_tracks_init (t);
  tfc_tracks_update (t, held, first, 2, 4);
  tfc_tracks_update (t, found, second, 2, 4);
  g_assert_cmpuint (t->n, ==, 2);
  g_assert_cmpfloat (t->track[0]->score, ==, 0.7f);
  g_assert_cmpfloat (t->track[1]->score, ==, 0.6f);
  g_free (t);
}

typedef struct {
  gdouble at[2], speed[2], size;
  TfcAppearance appearance;
  guint64 id;
  guint frames_hidden;
} Square;

typedef struct {
  Square square[MAX_SQUARES]; /* later ones stand before earlier ones */
  guint n, frames;
  TfcTracks tracks;
  GRand *rand;
} Play;

static gdouble
noise (Play *p, gdouble most)
{
  return g_rand_double_range (p->rand, -most, most);
}

/* They meet in the middle of the play, from all around; alike: all of one appearance. */
static void
begin (Play *p, guint32 seed, gboolean alike)
{
  memset (p, 0, sizeof *p);
  p->rand = g_rand_new_with_seed (seed);
  p->n = g_rand_int_range (p->rand, 2, MAX_SQUARES + 1);
  p->frames = g_rand_int_range (p->rand, 40, 121);
  const gdouble turn = g_rand_double_range (p->rand, 0, 2 * G_PI);
  for (guint i = 0; i < p->n; i++) {
    Square *s = &p->square[i];
    const gdouble angle = turn + 2 * G_PI * i / p->n;
    s->size = g_rand_double_range (p->rand, 90, 150);
    for (guint k = 0; k < 2; k++) {
      const gdouble way = 300 * (k ? sin (angle) : cos (angle));
      s->at[k] = 500 + way + noise (p, 20);
      s->speed[k] = -2 * way / p->frames;
    }
    for (guint k = 0; k < TFC_APPEARANCE; k++) {
      for (guint c = 0; c < 3; c++)
        s->appearance.color[k][c] = alike ? 0.5f : 0.3f + 0.1f * i;
    }
    s->appearance.known = TRUE;
  }
  tfc_tracks_init (&p->tracks);
}

/* How much of a face is left to see: 1 all, 0 nothing. */
static gdouble
visible (const Play *p, guint i, guint *before)
{
  gdouble least = 1;
  for (guint k = i + 1; k < p->n; k++) {
    const Square *a = &p->square[i], *b = &p->square[k];
    const gdouble face = (a->size + b->size) / 3; /* regions are half as large again */
    const gdouble far = hypot (a->at[0] - b->at[0], a->at[1] - b->at[1]) / face;
    if (far < least) {
      least = far;
      *before = k;
    }
  }
  return MIN (1, least);
}

/* What the mesh in a region sees: the face that is nearest to its middle, or of one that is half
 * hidden something between it and the one before it. */
static TfcSighting
look (Play *p, const TfcRegion *region)
{
  guint nearest = 0, before = 0;
  gdouble best = INFINITY;
  for (guint i = 0; i < p->n; i++) {
    const Square *s = &p->square[i];
    const gdouble far = hypot (s->at[0] - region->cx, s->at[1] - region->cy);
    if (far < best && visible (p, i, &before) > 0.3) {
      best = far;
      nearest = i;
    }
  }
  if (best > 0.7 * region->size)
    return (TfcSighting){FALSE};
  const Square *s = &p->square[nearest], *b = s;
  const gdouble shown = visible (p, nearest, &before);
  gfloat slip = 0;
  if (shown < 0.7) {
    b = &p->square[before];
    slip = (gfloat)(0.7 - shown);
  }
  TfcSighting seen = {TRUE,
                      {s->at[0] + slip * (b->at[0] - s->at[0]) + noise (p, 1),
                       s->at[1] + slip * (b->at[1] - s->at[1]) + noise (p, 1),
                       (s->size + slip * (b->size - s->size)) * (1 + noise (p, 0.01)), 0},
                      s->appearance};
  tfc_appearance_learn (&seen.appearance, &b->appearance, slip);
  for (guint k = 0; k < TFC_APPEARANCE; k++)
    seen.appearance.color[k][k % 3] += (gfloat)noise (p, 0.02);
  return seen;
}

static void
detect (Play *p)
{
  TfcRegion found[MAX_SQUARES];
  const gfloat scores[MAX_SQUARES] = {0.9f, 0.8f, 0.7f, 0.6f};
  guint n = 0, before;
  for (guint i = 0; i < p->n; i++) {
    const Square *s = &p->square[i];
    if (visible (p, i, &before) > 0.6)
      found[n++] = (TfcRegion){s->at[0] + noise (p, 4), s->at[1] + noise (p, 4),
                               s->size * (1 + noise (p, 0.1)), 0};
  }
  tfc_tracks_update (&p->tracks, found, scores, n, MAX_SQUARES);
}

static const TfcTrack *
track_at (const Play *p, const Square *s)
{
  for (guint i = 0; i < p->tracks.n; i++) {
    const TfcRegion *r = &p->tracks.track[i]->region;
    if (hypot (r->cx - s->at[0], r->cy - s->at[1]) < 0.1 * s->size)
      return p->tracks.track[i];
  }
  return NULL;
}

/* Returns how often a face that is all to see had another's id, or one never hidden another one
 * than before. */
static guint
step (Play *p, guint frame)
{
  TfcSighting seen[TFC_MAX_FACES];
  guint from[TFC_MAX_FACES], wrong = 0, before;
  if (frame % 5 == 0 && p->tracks.n < p->n)
    detect (p);
  for (guint i = 0; i < p->tracks.n; i++)
    seen[i] = look (p, &p->tracks.track[i]->region);
  const guint n = tfc_tracks_observe (&p->tracks, seen, from);
  g_assert_cmpuint (n, ==, p->tracks.n);
  for (guint i = 0; i < p->n; i++) {
    Square *s = &p->square[i];
    const TfcTrack *track = track_at (p, s);
    if (visible (p, i, &before) < 1)
      s->frames_hidden++;
    else if (track && !s->id)
      s->id = track->id;
    else if (track && !s->frames_hidden)
      wrong += track->id != s->id;
    for (guint k = 0; k < p->n && track && visible (p, i, &before) == 1; k++)
      wrong += k != i && p->square[k].id == track->id;
  }
  for (guint i = 0; i < p->n; i++) {
    for (guint k = 0; k < 2; k++)
      p->square[i].at[k] += p->square[i].speed[k];
  }
  return wrong;
}

static void
test_passing (gconstpointer alike)
{
  Play *p = g_new (Play, 1);
  guint bad = 0, back = 0, away = 0;
  for (guint32 seed = 0; seed < PLAYS; seed++) {
    guint wrong = 0;
    begin (p, seed, GPOINTER_TO_INT (alike));
    for (guint i = 0; i < p->frames; i++)
      wrong += step (p, i);
    for (guint i = 0; i < p->n; i++) {
      const TfcTrack *track = track_at (p, &p->square[i]);
      back += p->square[i].frames_hidden && track && track->id == p->square[i].id;
      away += p->square[i].frames_hidden && !(track && track->id == p->square[i].id);
    }

    g_assert_cmpuint (wrong, <=, 6); /* for a few frames it may be in doubt */
    bad += wrong > 0;
    if (wrong)
      g_test_message ("seed %u, %u squares, %u frames: %u times wrong", seed, p->n, p->frames,
                      wrong);
    g_rand_free (p->rand);
  }
  g_test_message ("%u of %u plays went wrong; of the hidden %u came back, %u were new", bad, PLAYS,
                  back, away);
  g_assert_cmpuint (bad * 40, <=, PLAYS);
  g_assert_cmpuint (back, >, 2 * away);
  g_free (p);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tracks/assign", test_assign);
  g_test_add_func ("/tracks/assign-odd", test_assign_odd);
  g_test_add_func ("/tracks/update", test_update);
  g_test_add_data_func ("/tracks/passing", GINT_TO_POINTER (FALSE), test_passing);
  g_test_add_data_func ("/tracks/passing-alike", GINT_TO_POINTER (TRUE), test_passing);
  return g_test_run ();
}
