/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The steps of the hand chain alone, on made-up palms, points and tensors: regions by hand and
 * turned with their hands, the overlap rule, who is followed, decoding of whatever a network may
 * say. */
#include <math.h>
#include <string.h>
#include "models/hand/hand_follow.h"
#include "models/hand/hand_landmarks.h"
#include "models/hand/palm_detector.h"
#include "tests/seed.h"

static void
assert_region (const TfcRegion *r, gdouble cx, gdouble cy, gdouble size, gdouble angle)
{
  g_assert_cmpfloat_with_epsilon (r->cx, cx, 1e-3);
  g_assert_cmpfloat_with_epsilon (r->cy, cy, 1e-3);
  g_assert_cmpfloat_with_epsilon (r->size, size, 1e-3);
  g_assert_cmpfloat_with_epsilon (r->angle, angle, 1e-5);
}

/* An upright palm, one that points right, one that is wider than high. */
static void
test_region_from_palm (void)
{
  TfcPalm palm = {100, 150, 80, 100, {100, 200}, {100, 100}, 1};
  TfcRegion r = tfc_hand_region_from_palm (&palm);
  assert_region (&r, 100, 100, 260, 0);
  palm.wrist = (TfcPalmPoint){50, 150};
  palm.middle = (TfcPalmPoint){150, 150};
  r = tfc_hand_region_from_palm (&palm);
  assert_region (&r, 150, 150, 260, G_PI_2);
  palm = (TfcPalm){100, 150, 120, 100, {100, 200}, {100, 100}, 1};
  r = tfc_hand_region_from_palm (&palm);
  assert_region (&r, 100, 100, 312, 0);
}

/* Wrist at the bottom, knuckles 100 above, 60 wide; tips, which do not count, far away. */
static void
made_hand (TfcPoint *points)
{
  for (guint i = 0; i < TFC_HAND_POINTS; i++)
    points[i] = (TfcPoint){100, 200, 0};
  for (guint finger = 0; finger < 4; finger++) {
    for (guint joint = 0; joint < 4; joint++)
      points[5 + 4 * finger + joint] = (TfcPoint){70 + 20 * finger, 100 - 20.0f * (joint == 1), 0};
  }
  points[8] = points[12] = points[4] = (TfcPoint){-900, -900, 0};
}

static void
test_region_from_points (void)
{
  TfcPoint points[TFC_HAND_POINTS];
  made_hand (points);
  /* Knuckles of index, middle and ring at 70, 90, 110: their middle is 90, 100 above the wrist. */
  const TfcRegion r = tfc_hand_region_from_points (points);
  const gdouble angle = atan2 (-10, 100);
  g_assert_cmpfloat_with_epsilon (r.angle, angle, 1e-6);
  /* The box is about 120 high; turned, a little more. */
  g_assert_cmpfloat (r.size, >, 2 * 120);
  g_assert_cmpfloat (r.size, <, 2 * 125);
}

/* A hand that is turned, moved and enlarged takes its region with it. */
static void
test_region_turns (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcPoint points[TFC_HAND_POINTS], moved[TFC_HAND_POINTS];
  for (guint k = 0; k < 200; k++) {
    const gdouble angle = g_rand_double_range (rand, -3, 3),
                  dx = g_rand_double_range (rand, -50, 50),
                  dy = g_rand_double_range (rand, -50, 50),
                  scale = g_rand_double_range (rand, 0.5, 2);
    const gdouble c = scale * cos (angle), s = scale * sin (angle);
    for (guint i = 0; i < TFC_HAND_POINTS; i++) {
      const gdouble x = g_rand_double_range (rand, 0, 100), y = g_rand_double_range (rand, 0, 100);
      points[i] = (TfcPoint){x, y, 0};
      moved[i] = (TfcPoint){c * x - s * y + dx, s * x + c * y + dy, 0};
    }
    const TfcRegion a = tfc_hand_region_from_points (points),
                    b = tfc_hand_region_from_points (moved);
    g_assert_cmpfloat_with_epsilon (b.cx, c * a.cx - s * a.cy + dx, 0.02);
    g_assert_cmpfloat_with_epsilon (b.cy, s * a.cx + c * a.cy + dy, 0.02);
    g_assert_cmpfloat_with_epsilon (b.size, scale * a.size, 0.02);
    g_assert_cmpfloat_with_epsilon (cos (b.angle - a.angle - angle), 1, 1e-4);
    g_assert_true (tfc_hand_region_is_sound (&b));
  }
  g_rand_free (rand);
}

/* Where a pixel of the network's input lies is where its point lies. */
static void
test_map (void)
{
  const TfcRegion r = {40, 60, 112, 0.3};
  const TfcMap map = tfc_hand_region_map (&r, 224);
  gfloat landmarks[3 * TFC_HAND_POINTS], world[3 * TFC_HAND_POINTS] = {0};
  TfcHandSight sight;
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    landmarks[3 * i] = 10 * i;
    landmarks[3 * i + 1] = 220 - 7.0f * i;
    landmarks[3 * i + 2] = -22.4f;
  }
  world[0] = 0.1f;
  tfc_hand_decode (landmarks, world, &r, &sight);
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    const gdouble x = landmarks[3 * i], y = landmarks[3 * i + 1];
    g_assert_cmpfloat_with_epsilon (sight.points[i].x, map.xx * x + map.xy * y + map.x0, 1e-4);
    g_assert_cmpfloat_with_epsilon (sight.points[i].y, map.yx * x + map.yy * y + map.y0, 1e-4);
    g_assert_cmpfloat_with_epsilon (sight.points[i].z, -28, 1e-4); /* 0.1 of 112, over 0.4 */
  }
  g_assert_cmpfloat_with_epsilon (sight.world[0].x, 0.1 * cos (0.3), 1e-6);
  g_assert_cmpfloat_with_epsilon (sight.world[0].y, 0.1 * sin (0.3), 1e-6);
  const TfcRegion whole = {320, 240, 640, 0};
  const TfcMap fitted = tfc_hand_region_map (&whole, 192);
  g_assert_cmpfloat (fitted.x0, ==, 0);
  g_assert_cmpfloat (fitted.y0, ==, -80);
}

static TfcHandRegion
region (gdouble cx, guint64 id)
{
  return (TfcHandRegion){{cx, 0, 100, 0}, id};
}

static void
test_separate (void)
{
  /* 100 wide: two that are 20 apart overlap by 0.67, 40 apart by 0.43. */
  TfcHandRegion regions[] = {region (0, 1), region (200, 2), region (20, 3), region (240, 4),
                             region (222, 5)};
  g_assert_cmpuint (tfc_hand_regions_separate (regions, G_N_ELEMENTS (regions)), ==, 2);
  g_assert_cmpuint (regions[0].id, ==, 3);
  g_assert_cmpuint (regions[1].id, ==, 5);
}

static void
test_follow (void)
{
  TfcHandState *s = tfc_hand_state_new ();
  TfcHandRegion regions[2 * TFC_MAX_POSES] = {region (0, 0), region (200, 0)};
  g_assert_cmpuint (tfc_hand_state_add (s, regions, 2, 4), ==, 2);
  tfc_hand_state_hold (s, regions, 2);
  g_assert_cmpuint (regions[0].id, ==, 1);
  g_assert_cmpuint (regions[1].id, ==, 2);
  /* The first is found again, nearly where it is; the second is missed; two are new, for one there
   * is room. */
  const TfcHandRegion found[] = {region (400, 0), region (10, 0), region (600, 0)};
  memcpy (regions, found, sizeof found);
  g_assert_cmpuint (tfc_hand_state_add (s, regions, 3, 3), ==, 3);
  g_assert_cmpfloat (regions[0].region.cx, ==, 400);
  g_assert_cmpfloat (regions[1].region.cx, ==, 0);
  g_assert_cmpuint (regions[1].id, ==, 1);
  g_assert_cmpuint (regions[2].id, ==, 2);
  memcpy (regions, found, sizeof found);
  g_assert_cmpuint (tfc_hand_state_replace (s, regions, 3), ==, 3);
  g_assert_cmpuint (regions[0].id, ==, 0);
  g_assert_cmpfloat (regions[1].region.cx, ==, 10);
  g_assert_cmpuint (regions[1].id, ==, 1);
  tfc_hand_state_hold (s, regions, 3);
  g_assert_cmpuint (regions[0].id, ==, 3);
  g_assert_cmpuint (regions[2].id, ==, 4);
  g_assert_cmpuint (tfc_hand_state_follow (s, regions), ==, 3);
  tfc_hand_state_reset (s);
  g_assert_cmpuint (tfc_hand_state_follow (s, regions), ==, 0);
  regions[0] = region (0, 0);
  tfc_hand_state_hold (s, regions, 1);
  g_assert_cmpuint (regions[0].id, ==, 5);
  tfc_hand_state_free (s);
}

/* A hand that trembles trembles less, one that comes anew starts anew; all have filters of their
 * own. */
static void
test_smooth (void)
{
  TfcHandState *s = tfc_hand_state_new ();
  TfcHandRegion regions[TFC_MAX_POSES];
  for (guint i = 0; i < TFC_MAX_POSES; i++)
    regions[i] = region (200 * i, 0);
  for (guint round = 0; round < 3; round++) {
    tfc_hand_state_hold (s, regions, TFC_MAX_POSES);
    for (guint frame = 0; frame < 40; frame++) {
      for (guint i = 0; i < TFC_MAX_POSES; i++) {
        TfcPoint points[TFC_HAND_POINTS] = {{0}}, world[TFC_HAND_POINTS] = {{0}};
        points[0].x = 200 * i + frame % 2;
        world[0].x = 0.001f * (frame % 2);
        tfc_hand_state_smooth (s, regions[i].id, points, world, 100, frame * (guint64)33333333);
        if (frame == 0)
          g_assert_cmpfloat (points[0].x, ==, 200 * i);
        if (frame > 20) {
          g_assert_cmpfloat (fabs (points[0].x - 200 * i - 0.5), <, 0.35);
          g_assert_cmpfloat (fabs (world[0].x - 0.0005), <, 0.00035);
        }
      }
    }
    for (guint i = 0; i < TFC_MAX_POSES; i++)
      regions[i].id = 0; /* others */
  }
  tfc_hand_state_free (s);
}

/* ---- decoding ---- */

typedef struct {
  gfloat logit[TFC_PALM_ANCHORS], row[TFC_PALM_ANCHORS][18];
  TfcCandidate candidate[TFC_PALM_ANCHORS];
} Answers;

static guint
decode (Answers *a, gfloat confidence, TfcPalm *palms, guint max)
{
  const TfcPalmAnswers answers = {a->logit, a->row[0], 1, 18};
  return tfc_palms_decode (&answers, confidence, 640, 480, a->candidate, palms, max);
}

static Answers *
no_palms (void)
{
  Answers *a = g_new0 (Answers, 1);
  for (guint i = 0; i < TFC_PALM_ANCHORS; i++)
    a->logit[i] = -10;
  return a;
}

/* One palm at the last anchor of each grid: of 24 cells at 23.5 / 24, of 12 at 11.5 / 12; 640 x 480
 * has 80 lines of border above. */
static void
test_palms (void)
{
  Answers *a = no_palms ();
  TfcPalm palms[TFC_MAX_POSES];
  g_assert_cmpuint (decode (a, 0.5f, palms, 20), ==, 0);
  a->logit[1151] = 2;
  a->logit[2015] = 1;
  a->row[1151][2] = a->row[2015][2] = 19.2f;
  a->row[1151][3] = a->row[2015][3] = 9.6f;
  a->row[2015][0] = -96;
  a->row[2015][4] = 3;
  a->row[2015][5] = 6;
  a->row[2015][8] = -3;
  g_assert_cmpuint (decode (a, 0.5f, palms, 20), ==, 2);
  g_assert_cmpfloat_with_epsilon (palms[0].cx, 640 * 23.5 / 24, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[0].cy, 640 * 23.5 / 24 - 80, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[0].w, 64, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[0].h, 32, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[0].score, 1 / (1 + exp (-2)), 1e-6);
  g_assert_cmpfloat_with_epsilon (palms[1].cx, 640 * 11.5 / 12 - 320, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[1].wrist.x, 640 * 11.5 / 12 + 10, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[1].wrist.y, 640 * 11.5 / 12 - 80 + 20, 1e-3);
  g_assert_cmpfloat_with_epsilon (palms[1].middle.x, 640 * 11.5 / 12 - 10, 1e-3);
  g_assert_cmpuint (decode (a, 0.8f, palms, 20), ==, 1);
  g_assert_cmpuint (decode (a, 0.5f, palms, 1), ==, 1);
  a->row[1151][2] = -1; /* no box has such a width */
  g_assert_cmpuint (decode (a, 0.5f, palms, 20), ==, 1);
  g_free (a);
}

/* Neighbours that overlap are one palm; the better wins, and of equals the first. */
static void
test_suppression (void)
{
  Answers *a = no_palms ();
  TfcPalm palms[TFC_MAX_POSES];
  for (guint i = 600; i < 604; i++) {
    a->logit[i] = 1 + (i == 602);
    a->row[i][2] = a->row[i][3] = 50;
  }
  g_assert_cmpuint (decode (a, 0.5f, palms, 20), ==, 1);
  g_assert_cmpfloat_with_epsilon (palms[0].cx, 640 * (301 % 24 + 0.5) / 24, 1e-3);
  a->logit[602] = 1;
  g_assert_cmpuint (decode (a, 0.5f, palms, 20), ==, 1);
  g_assert_cmpfloat_with_epsilon (palms[0].cx, 640 * (300 % 24 + 0.5) / 24, 1e-3);
  g_free (a);
}

static gfloat
wild (GRand *rand)
{
  static const gfloat values[] = {NAN, INFINITY, -INFINITY, G_MAXFLOAT, -G_MAXFLOAT, 0, 1e-40f};
  const guint k = g_rand_int_range (rand, 0, 4 * G_N_ELEMENTS (values));
  return k < G_N_ELEMENTS (values) ? values[k] : (gfloat)g_rand_double_range (rand, -300, 300);
}

/* Whatever a network says, palms are numbers, and regions are sound or left out. */
static void
test_wild (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  Answers *a = g_new0 (Answers, 1);
  for (guint k = 0; k < 50; k++) {
    TfcPalm palms[TFC_MAX_POSES];
    for (guint i = 0; i < TFC_PALM_ANCHORS; i++) {
      a->logit[i] = wild (rand);
      for (guint j = 0; j < 18; j++)
        a->row[i][j] = k % 4 ? (gfloat)g_rand_double_range (rand, -300, 300) : wild (rand);
    }
    const guint n = decode (a, k % 2 ? 0 : 0.5f, palms, TFC_MAX_POSES);
    g_assert_cmpuint (n, <=, TFC_MAX_POSES);
    for (guint i = 0; i < n; i++) {
      g_assert_true (isfinite (palms[i].cx) && isfinite (palms[i].cy) && isfinite (palms[i].w) &&
                     isfinite (palms[i].h) && isfinite (palms[i].wrist.x) &&
                     isfinite (palms[i].middle.y));
      g_assert_true (palms[i].score >= 0 && palms[i].score <= 1);
    }
    gfloat landmarks[3 * TFC_HAND_POINTS], world[3 * TFC_HAND_POINTS];
    TfcHandSight sight;
    for (guint i = 0; i < 3 * TFC_HAND_POINTS; i++) {
      landmarks[i] = k < 25 ? wild (rand) : (gfloat)g_rand_double (rand) * 224;
      world[i] = k % 2 ? 0.1f : wild (rand);
    }
    const TfcRegion r = {100, 100, 200, 1};
    tfc_hand_decode (landmarks, world, &r, &sight);
    const TfcRegion next = tfc_hand_region_from_points (sight.points);
    if (tfc_hand_region_is_sound (&next))
      g_assert_true (isfinite (next.cx) && isfinite (next.cy) && next.size >= 1 &&
                     next.size <= 1e6);
    else
      g_assert_cmpuint (k, <, 25);
    sight.presence = sight.handedness = k % 10 ? 1 : NAN;
    gboolean finite = k % 10 != 0;
    for (guint i = 0; i < TFC_HAND_POINTS; i++)
      finite = finite && isfinite (sight.points[i].x) && isfinite (sight.points[i].y) &&
               isfinite (sight.points[i].z) && isfinite (sight.world[i].x) &&
               isfinite (sight.world[i].y) && isfinite (sight.world[i].z);
    g_assert_cmpint (tfc_hand_sight_is_finite (&sight), ==, finite);
  }
  g_free (a);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hand/region/palm", test_region_from_palm);
  g_test_add_func ("/hand/region/points", test_region_from_points);
  g_test_add_func ("/hand/region/turns", test_region_turns);
  g_test_add_func ("/hand/region/map", test_map);
  g_test_add_func ("/hand/region/separate", test_separate);
  g_test_add_func ("/hand/follow", test_follow);
  g_test_add_func ("/hand/smooth", test_smooth);
  g_test_add_func ("/hand/palms/by-hand", test_palms);
  g_test_add_func ("/hand/palms/suppression", test_suppression);
  g_test_add_func ("/hand/wild", test_wild);
  return g_test_run ();
}
