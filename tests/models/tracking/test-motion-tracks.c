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
test_low_starts_nothing (Scene *s, gconstpointer data)
{
  (void)data;
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
  for (guint i = 25; i < 49; i++) {
    look (s, MS (40 * i));
    g_assert_cmpuint (s->n, ==, 1);
    g_assert_false (s->out[0].track.seen);
    g_assert_cmpuint (s->index[0], ==, G_MAXUINT);
    g_assert_cmpfloat_with_epsilon (s->out[0].box.x, 0.1f + 0.008f * i, 0.02f);
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
    const gfloat left = 0.1f + 0.007f * i, right = 0.8f - 0.007f * i;
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
    add (s, (TfcBox){0.205f, 0.305f, 0.09f, 0.2f}, i % 2 ? 0.95f : 0.4f, PERSON);
    if (i % 5 != 4)
      add_person (s, 0.2f, 0.9f);
    look (s, MS (40 * i));
    if (i % 5 == 4)
      continue; /* the part is alone */
    g_assert_cmpuint (s->n, ==, 1);
    g_assert_cmpuint (s->index[0], ==, 1);
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
  s->n = tfc_motion_tracks_update (s->tracks, NULL, NULL, 0, 0, &s->options, s->out, s->index, 0);
  g_assert_cmpuint (s->n, ==, 0);
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
  g_test_add_func ("/motion-tracks/later", test_later);
  return g_test_run ();
}
