/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Things followed by how they move, on scripted scenes: a person is a box of 0.1 x 0.4. */
#include <math.h>

#include "models/tracking/motion_tracks.h"

#define MS(n) ((guint64)(n)*1000000)
#define PERSON 1
#define DOG 18
#define HORSE 19

typedef struct {
  TfcMotionTracks *tracks;
  TfcMotionOptions options;
  TfcMotionCue cue[8];
  TfcDetection found[8], out[TFC_MAX_MOTION_TRACKS];
  guint index[TFC_MAX_MOTION_TRACKS];
  guint n_found, n;
} Scene;

static void
set_up (Scene *s, gconstpointer data)
{
  (void)data;
  s->tracks = tfc_motion_tracks_new ();
  s->options = (TfcMotionOptions){0.5f, MS (1000), 2};
  s->n_found = s->n = 0;
}

static void
tear_down (Scene *s, gconstpointer data)
{
  (void)data;
  tfc_motion_tracks_free (s->tracks);
}

static void
add (Scene *s, TfcBox box, gfloat score, gint class_id)
{
  s->found[s->n_found++] = (TfcDetection){.box = box, .score = score, .class_id = class_id};
}

static void
add_person (Scene *s, gfloat x, gfloat score)
{
  add (s, (TfcBox){x, 0.3f, 0.1f, 0.4f}, score, PERSON);
}

static void
look (Scene *s, guint64 pts)
{
  s->n = tfc_motion_tracks_update (s->tracks, s->found, NULL, s->n_found, pts, &s->options, s->out,
                                   s->index, G_N_ELEMENTS (s->out));
  s->n_found = 0;
}

static void
look_with_cues (Scene *s, guint64 pts)
{
  s->n = tfc_motion_tracks_update (s->tracks, s->found, s->cue, s->n_found, pts, &s->options,
                                   s->out, s->index, G_N_ELEMENTS (s->out));
  s->n_found = 0;
}

/* All of one colour. */
static TfcMotionCue
cue_of (guint color)
{
  TfcMotionCue cue = {.known = TRUE};
  for (guint i = 0; i < 3 * TFC_MOTION_CUE_PARTS; i++)
    cue.bin[8 * i + color] = 255;
  return cue;
}

static void
test_begins (Scene *s, gconstpointer data)
{
  (void)data;
  add_person (s, 0.2f, 0.6f);
  look (s, MS (0));
  g_assert_cmpuint (s->n, ==, 0); /* once is not enough */
  add_person (s, 0.21f, 0.6f);
  look (s, MS (40));
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpuint (s->out[0].track_id, ==, 1);
  g_assert_cmpuint (s->out[0].track.age, ==, MS (40));
  g_assert_true (s->out[0].track.seen);
  g_assert_cmpuint (s->index[0], ==, 0);
  add_person (s, 0.7f, 0.8f);
  add_person (s, 0.22f, 0.3f);
  look (s, MS (80)); /* sure at once, and kept alive by a low one */
  g_assert_cmpuint (s->n, ==, 2);
  g_assert_cmpuint (s->out[0].track_id, ==, 2);
  g_assert_cmpuint (s->out[1].track_id, ==, 1);
  g_assert_true (s->out[1].track.seen);
}

static void
test_low_starts_nothing (Scene *s, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < 20; i++) {
    add_person (s, 0.2f, 0.49f);
    look (s, MS (40 * i));
    g_assert_cmpuint (s->n, ==, 0);
  }
}

/* Moving by 0.2 frames a second; missed for a while, then found where it must be. */
static void
test_predicted (Scene *s, gconstpointer data)
{
  (void)data;
  for (guint i = 0; i < 25; i++) {
    add_person (s, 0.1f + 0.008f * i, 0.9f);
    look (s, MS (40 * i));
  }
  g_assert_cmpfloat_with_epsilon (s->out[0].track.speed_x, 0.2f, 0.02f);
  g_assert_cmpfloat_with_epsilon (s->out[0].track.speed_y, 0, 0.02f);
  g_assert_cmpfloat_with_epsilon (s->out[0].box.x, 0.1f + 0.008f * 24, 0.005f);
  gfloat before = s->out[0].box.x;
  for (guint i = 25; i < 49; i++) {
    look (s, MS (40 * i));
    g_assert_cmpuint (s->n, ==, 1);
    g_assert_false (s->out[0].track.seen);
    g_assert_cmpuint (s->index[0], ==, G_MAXUINT);
    g_assert_cmpfloat (s->out[0].box.x, >, before); /* on, but ever slower */
    g_assert_cmpfloat (s->out[0].box.x, <=, 0.1f + 0.008f * i);
    before = s->out[0].box.x;
  }
  add_person (s, 0.1f + 0.008f * 49, 0.9f);
  look (s, MS (40 * 49));
  g_assert_cmpuint (s->out[0].track_id, ==, 1);
  g_assert_cmpuint (s->out[0].track.age, ==, MS (40 * 49));
}

static void
test_forgotten (Scene *s, gconstpointer data)
{
  (void)data;
  add_person (s, 0.2f, 0.9f);
  look (s, MS (0));
  look (s, MS (1000));
  g_assert_cmpuint (s->n, ==, 1);
  look (s, MS (1001));
  g_assert_cmpuint (s->n, ==, 0);
  add_person (s, 0.2f, 0.9f);
  look (s, MS (1040));
  g_assert_cmpuint (s->out[0].track_id, ==, 2);
  tfc_motion_tracks_reset (s->tracks);
  add_person (s, 0.2f, 0.9f);
  look (s, MS (1080));
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpuint (s->out[0].track_id, ==, 3);
}

/* Two analyses a second of somebody who walks by more than his own width between them. */
static void
test_slow_analyses (Scene *s, gconstpointer data)
{
  (void)data;
  for (guint i = 0; i < 6; i++) {
    add_person (s, 0.1f + 0.13f * i, 0.9f);
    look (s, MS (500 * i));
    g_assert_cmpuint (s->n, ==, 1);
    g_assert_cmpuint (s->out[0].track_id, ==, 1);
  }
}

/* data: frames for which only one of two who cross is found. */
static void
test_crossing (Scene *s, gconstpointer data)
{
  const gint hidden = GPOINTER_TO_INT (data);
  for (gint i = 0; i < 100; i++) {
    const gfloat left = 0.1f + 0.007f * i, right = 0.803f - 0.007f * i;
    add_person (s, left, 0.9f);
    if (ABS (2 * i - 100) >= hidden)
      add_person (s, right, 0.85f);
    look (s, MS (40 * i));
    for (guint k = 0; k < s->n; k++)
      if (s->index[k] != G_MAXUINT)
        g_assert_cmpuint (s->out[k].track_id, ==, s->index[k] + 1);
  }
  g_assert_cmpuint (s->n, ==, 2);
}

static void
test_votes (Scene *s, gconstpointer data)
{
  const TfcBox box = {0.4f, 0.5f, 0.3f, 0.25f};
  (void)data;
  for (guint i = 0; i < 60; i++) {
    const gboolean mistaken = i % 4 == 3;
    add (s, box, mistaken ? 0.7f : 0.6f, mistaken ? HORSE : DOG);
    look (s, MS (40 * i));
    g_assert_cmpuint (s->n, ==, i > 0);
    if (!i)
      continue;
    g_assert_cmpuint (s->out[0].track_id, ==, 1);
    g_assert_cmpint (s->out[0].class_id, ==, DOG);
  }
}

/* An upper half in a whole one, above the threshold and below. */
static void
test_parts (Scene *s, gconstpointer data)
{
  (void)data;
  for (guint i = 0; i < 30; i++) {
    add (s, (TfcBox){0.1f, 0.1f, 0.4f, 0.7f}, 0.2f, PERSON); /* too weak to have parts */
    add (s, (TfcBox){0.205f, 0.305f, 0.09f, 0.2f}, i % 2 ? 0.95f : 0.4f, PERSON);
    if (i % 5 != 4)
      add_person (s, 0.2f, 0.9f);
    look (s, MS (40 * i));
    if (i % 5 == 4)
      continue; /* the part is alone */
    g_assert_cmpuint (s->n, ==, 1);
    g_assert_cmpuint (s->index[0], ==, 2);
    g_assert_cmpuint (s->out[0].track_id, ==, 1);
  }
}

static void
test_time (Scene *s, gconstpointer data)
{
  static const guint64 pts[] = {G_MAXUINT64, MS (100), MS (90), MS (100), G_MAXUINT64, MS (140)};
  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (pts); i++) {
    add_person (s, 0.2f, 0.9f);
    look (s, pts[i]);
    g_assert_cmpuint (s->out[0].track_id, ==, 1);
  }
  add_person (s, 0.2f, 0.9f);
  look (s, MS (140) + G_GUINT64_CONSTANT (1000000000000000000)); /* thirty years later */
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpuint (s->out[0].track_id, ==, 2);
  add_person (s, 0.2f, 0.9f);
  look (s, MS (140));
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpuint (s->out[0].track_id, ==, 3);
}

static void
test_room (Scene *s, gconstpointer data)
{
  (void)data;
  add_person (s, 0.2f, 0.9f);
  add_person (s, 0.6f, 0.9f);
  s->n =
      tfc_motion_tracks_update (s->tracks, s->found, NULL, 2, 0, &s->options, s->out, s->index, 1);
  g_assert_cmpuint (s->n, ==, 1);
  s->n = tfc_motion_tracks_update (s->tracks, NULL, NULL, 0, 0, &s->options, s->out, s->index, 1);
  g_assert_cmpuint (s->n, ==, 1);
}

/* Two meet, stand together as one box for 1.2 s, and part: who goes where only their looks tell.
 * data: whether they turn back. */
static void
test_looks (Scene *s, gconstpointer data)
{
  const gboolean back = data != NULL;
  for (guint i = 0; i < 100; i++) {
    const guint k = i < 35 ? i : 100 - i;
    const gboolean swapped = i > 35 && !back, together = i >= 35 && i < 65;
    if (!together) {
      const gfloat step = 0.008f * MIN (k, 35);
      add_person (s, 0.1f + step, 0.9f);
      add_person (s, 0.66f - step, 0.9f);
      s->cue[0] = cue_of (swapped ? 5 : 1);
      s->cue[1] = cue_of (swapped ? 1 : 5);
    } else {
      add_person (s, 0.38f, 0.9f);
      s->cue[0] = cue_of (3);
    }
    look_with_cues (s, MS (40 * i));
    for (guint m = 0; m < s->n; m++)
      if (s->index[m] != G_MAXUINT && !together)
        g_assert_cmpuint (s->out[m].track_id, ==, swapped ? 2 - s->index[m] : 1 + s->index[m]);
  }
  g_assert_cmpuint (s->n, ==, 2);
}

/* Another one stands where one stood until a moment ago. */
static void
test_other_look (Scene *s, gconstpointer data)
{
  (void)data;
  for (guint i = 0; i < 40; i++) {
    if (i != 10)
      add_person (s, 0.4f, 0.9f);
    s->cue[0] = cue_of (i < 10 ? 1 : 6);
    look_with_cues (s, MS (40 * i));
  }
  g_assert_cmpuint (s->out[0].track_id, ==, 2);
  g_assert_true (s->out[0].track.seen);
}

static void
test_cut (Scene *s, gconstpointer data)
{
  const TfcMotionCue day = cue_of (6), night = cue_of (1), unknown = {0};
  (void)data;
  g_assert_false (tfc_motion_tracks_scene (s->tracks, &day));
  add_person (s, 0.4f, 0.9f);
  look (s, MS (0));
  g_assert_false (tfc_motion_tracks_scene (s->tracks, &unknown));
  g_assert_false (tfc_motion_tracks_scene (s->tracks, &day));
  add_person (s, 0.4f, 0.9f);
  look (s, MS (40));
  g_assert_cmpuint (s->out[0].track_id, ==, 1);
  g_assert_true (tfc_motion_tracks_scene (s->tracks, &night));
  add_person (s, 0.4f, 0.9f);
  look (s, MS (80));
  g_assert_cmpuint (s->n, ==, 1);
  g_assert_cmpuint (s->out[0].track_id, ==, 2);
}

/* A box between two who are followed, for half a second: nobody new. */
static void
test_between (Scene *s, gconstpointer data)
{
  (void)data;
  for (guint i = 0; i < 30; i++) {
    add_person (s, 0.40f, 0.9f);
    add_person (s, 0.48f, 0.9f);
    if (i >= 10 && i < 22)
      add (s, (TfcBox){0.42f, 0.3f, 0.15f, 0.4f}, 0.95f, PERSON);
    look (s, MS (40 * i));
    g_assert_cmpuint (s->n, ==, 2);
  }
}

/* The same input gives the same, after whatever was there before. */
static void
test_again (Scene *s, gconstpointer data)
{
  guint64 first[2] = {0}, sum[2] = {0};
  (void)data;
  for (guint run = 0; run < 2; run++) {
    GRand *rand = g_rand_new_with_seed (4);
    tfc_motion_tracks_reset (s->tracks);
    for (guint i = 0; i < 200; i++) {
      for (guint k = g_rand_int_range (rand, 0, 9); k > 0; k--)
        add_person (s, (gfloat)g_rand_double_range (rand, 0, 0.9),
                    (gfloat)g_rand_double_range (rand, 0.1, 1));
      look (s, MS (40 * i));
      for (guint k = 0; k < s->n; k++) {
        first[run] = first[run] ? first[run] : s->out[k].track_id;
        sum[run] = sum[run] * 31 + s->out[k].track_id - first[run] +
                   (guint64)(gint64)(1e6f * s->out[k].box.x);
      }
    }
    g_rand_free (rand);
  }
  g_assert_true (first[1] > first[0] && sum[1] == sum[0]);
}

static void
test_later (void)
{
  const TfcBox box = {0.1f, 0.2f, 0.3f, 0.4f};
  TfcBox b = tfc_motion_box_later (&box, 0.2f, -0.1f, MS (500));
  g_assert_cmpfloat_with_epsilon (b.x, 0.2f, 1e-6);
  g_assert_cmpfloat_with_epsilon (b.y, 0.15f, 1e-6);
  g_assert_true (b.w == box.w && b.h == box.h);
  b = tfc_motion_box_later (&box, 0.2f, 0, G_MAXUINT64);
  g_assert_cmpfloat_with_epsilon (b.x, 0.3f, 1e-6);
  b = tfc_motion_box_later (&box, NAN, 0, MS (500));
  g_assert_true (b.x == box.x && b.y == box.y);
}

#define CASE(name, data, test) \
  g_test_add ("/motion-tracks/" name, Scene, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("begins", NULL, test_begins);
  CASE ("low", NULL, test_low_starts_nothing);
  CASE ("predicted", NULL, test_predicted);
  CASE ("forgotten", NULL, test_forgotten);
  CASE ("slow-analyses", NULL, test_slow_analyses);
  CASE ("crossing", GINT_TO_POINTER (0), test_crossing);
  CASE ("crossing-hidden", GINT_TO_POINTER (16), test_crossing);
  CASE ("votes", NULL, test_votes);
  CASE ("parts", NULL, test_parts);
  CASE ("time", NULL, test_time);
  CASE ("room", NULL, test_room);
  CASE ("looks-pass", NULL, test_looks);
  CASE ("looks-turn", GINT_TO_POINTER (1), test_looks);
  CASE ("other-look", NULL, test_other_look);
  CASE ("cut", NULL, test_cut);
  CASE ("between", NULL, test_between);
  CASE ("again", NULL, test_again);
  g_test_add_func ("/motion-tracks/later", test_later);
  return g_test_run ();
}
