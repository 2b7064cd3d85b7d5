/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What was found stays reported, unseen, while nobody looks there: for a while, shorter where
 * something moves, shorter still where a crop looks for it in vain. */
#include "models/detection/regions_private.h"

static const TfcBox whole = {0, 0, 1, 1};
static const TfcDetection thing = {
    .box = {0.9f, 0.8f, 0.01f, 0.03f}, .score = 0.7f, .class_id = 2, .track.seen = TRUE};

typedef struct {
  TfcRegions *r;
  TfcRegionFrame frame;
  TfcSsdOptions options;
} Fixture;

static void
set_up (Fixture *t, gconstpointer data)
{
  (void)data;
  t->r = tfc_regions_new ();
  t->frame = (TfcRegionFrame){.n_areas = 1, .areas = &whole};
  t->options = (TfcSsdOptions){.score_threshold = 0.5f};
  tfc_regions_learn (t->r, &thing, 1, FALSE);
}

static void
tear_down (Fixture *t, gconstpointer data)
{
  (void)data;
  tfc_regions_free (t->r);
}

/* Frames on which it is held when nothing else is found; at most 100. */
static guint
frames_held (Fixture *t)
{
  for (guint i = 0; i < 100; i++) {
    TfcDetection found[4];
    guint n;
    tfc_regions_note_motion (t->r, &t->frame);
    n = tfc_regions_hold (t->r, &t->options, found, 0, 4);
    if (n == 0)
      return i;
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpmem (&found[0].box, sizeof thing.box, &thing.box, sizeof thing.box);
    g_assert_cmpint (found[0].class_id, ==, 2);
    g_assert_false (found[0].track.seen);
    tfc_regions_learn (t->r, found, n, FALSE);
  }
  return 100;
}

static void
test_stands (Fixture *t, gconstpointer data)
{
  guint held = frames_held (t);

  (void)data;
  g_assert_cmpuint (held, ==, 50);
  tfc_regions_learn (t->r, &thing, 1, FALSE);
  t->r->ticks = 2;
  held = frames_held (t);
  g_assert_cmpuint (held, ==, 25);
  tfc_regions_learn (t->r, &thing, 1, FALSE);
  t->r->ticks = 3; /* it may have gone far */
  held = frames_held (t);
  g_assert_cmpuint (held, ==, 0);
}

static void
test_moves (Fixture *t, gconstpointer data)
{
  static const TfcBox there = {0.905f, 0.82f, 0.02f, 0.02f}, elsewhere = {0.1f, 0.1f, 0.1f, 0.1f};
  const TfcBox moving[] = {elsewhere, there};
  guint held;

  (void)data;
  t->frame.moving = moving;
  t->frame.n_moving = 2;
  held = frames_held (t);
  g_assert_cmpuint (held, ==, 12);
  tfc_regions_learn (t->r, &thing, 1, FALSE); /* found again */
  t->frame.n_moving = 1;
  held = frames_held (t);
  g_assert_cmpuint (held, ==, 50);
}

/* Who has left leaves a place where nothing moves any more. */
static void
test_left (Fixture *t, gconstpointer data)
{
  static const TfcBox there = {0.905f, 0.82f, 0.02f, 0.02f};
  guint held;

  (void)data;
  t->frame.moving = &there;
  t->frame.n_moving = 1;
  tfc_regions_note_motion (t->r, &t->frame);
  t->frame.n_moving = 0;
  held = frames_held (t);
  g_assert_cmpuint (held, ==, 12);
}

static void
test_looked_at (Fixture *t, gconstpointer data)
{
  static const struct {
    TfcBox box;
    gfloat width, height; /* the frame's, at the crop's scale */
    guint held;
  } rows[] = {{{0.8f, 0.7f, 0.2f, 0.3f}, 1920, 1080, 50 / 6},
              {{0.5f, 0.7f, 0.4f, 0.3f}, 1920, 1080, 50}, /* beside it */
              {{0, 0, 1, 1}, 169, 95, 50}};               /* too small in it */

  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint held;
    tfc_regions_learn (t->r, &thing, 1, FALSE);
    t->r->crop[0] = (TfcCrop){rows[i].box, whole, rows[i].width, rows[i].height};
    t->r->n_crops = 1;
    held = frames_held (t);
    g_assert_cmpuint (held, ==, rows[i].held);
  }
}

/* What is found there now is what is there, and what nobody asks for is not told. */
static void
test_left_out (Fixture *t, gconstpointer data)
{
  const guint8 classes[] = {1, 1, 0};
  TfcDetection found[4] = {thing};

  (void)data;
  found[0].box.x += 0.003f;
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 1, 4), ==, 1);
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 0, 0), ==, 0);
  found[0].class_id = 1;
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 1, 1), ==, 1);
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 1, 4), ==, 2);
  t->options.score_threshold = 0.71f;
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 0, 4), ==, 0);
  t->options.score_threshold = 0.5f;
  t->options.classes = classes;
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 0, 4), ==, 0);
}

static void
test_sorted (Fixture *t, gconstpointer data)
{
  TfcDetection found[4] = {{.box = {0.1f, 0.1f, 0.1f, 0.1f}, .score = 0.9f},
                           {.box = {0.3f, 0.1f, 0.1f, 0.1f}, .score = 0.6f}};

  (void)data;
  g_assert_cmpuint (tfc_regions_hold (t->r, &t->options, found, 2, 4), ==, 3);
  g_assert_cmpfloat (found[0].score, ==, 0.9f);
  g_assert_cmpfloat (found[1].score, ==, 0.7f);
  g_assert_cmpfloat (found[2].score, ==, 0.6f);
}

#define ADD(name, test) g_test_add ("/regions-hold/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("stands", test_stands);
  ADD ("moves", test_moves);
  ADD ("left", test_left);
  ADD ("looked-at", test_looked_at);
  ADD ("left-out", test_left_out);
  ADD ("sorted", test_sorted);
  return g_test_run ();
}
