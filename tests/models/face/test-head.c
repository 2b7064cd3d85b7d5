/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Head pose, eyes, mouth and gaze of meshes whose pose is known, and blinks over time. */
#include "models/face/head.h"
#include "models/tracking/blink.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

static const struct {
  guint point;
  gfloat at[3];
} shape[] = {
#include "models/face/head_geometry.inc"
};

/* An eye's corners, lids and iris: upright in head coordinates around x, looking by (dx, dy) head
 * units. */
static void
put_eye (TfcPoint *p, gboolean left, gfloat open, gfloat dx, gfloat dy)
{
  static const guint lids[2][3][2] = {{{159, 145}, {158, 153}, {160, 144}},
                                      {{386, 374}, {385, 380}, {387, 373}}};
  const guint outer = left ? 263 : 33, inner = left ? 362 : 133, iris = left ? 468 : 473;
  const gfloat cx = (p[outer].x + p[inner].x) / 2, cy = (p[outer].y + p[inner].y) / 2;
  const gfloat width = hypotf (p[outer].x - p[inner].x, p[outer].y - p[inner].y);
  for (guint i = 0; i < 3; i++) {
    p[lids[left][i][0]] = (TfcPoint){cx, cy - open * width / 2, p[inner].z};
    p[lids[left][i][1]] = (TfcPoint){cx, cy + open * width / 2, p[inner].z};
  }
  p[iris] = (TfcPoint){cx + dx, cy - 0.018f + dy, p[inner].z};
}

/* A face in head coordinates. */
static void
make_face (TfcPoint *p, gfloat open_left, gfloat open_right, gfloat mouth, gfloat dx, gfloat dy)
{
  memset (p, 0, TFC_FACE_POINTS * sizeof *p);
  for (guint i = 0; i < G_N_ELEMENTS (shape); i++)
    p[shape[i].point] = (TfcPoint){shape[i].at[0], shape[i].at[1], shape[i].at[2]};
  put_eye (p, TRUE, open_left, dx, dy);
  put_eye (p, FALSE, open_right, dx, dy);
  p[78] = (TfcPoint){-0.25f, 0.75f, -0.2f};
  p[308] = (TfcPoint){0.25f, 0.75f, -0.2f};
  p[13] = (TfcPoint){0, 0.75f - mouth * 0.25f, -0.3f};
  p[14] = (TfcPoint){0, 0.75f + mouth * 0.25f, -0.3f};
}

/* Turns by roll, then pitch, then yaw as head.h means them. */
static void
turn (TfcPoint *p, guint n, gdouble yaw, gdouble pitch, gdouble roll, gdouble scale,
      const gdouble shift[3])
{
  for (guint i = 0; i < n; i++) {
    const gdouble x = p[i].x * cos (roll) - p[i].y * sin (roll);
    const gdouble y = p[i].x * sin (roll) + p[i].y * cos (roll), z = p[i].z;
    const gdouble y2 = y * cos (pitch) + z * sin (pitch), z2 = -y * sin (pitch) + z * cos (pitch);
    const gdouble x3 = x * cos (yaw) - z2 * sin (yaw), z3 = x * sin (yaw) + z2 * cos (yaw);
    p[i] = (TfcPoint){(gfloat)(scale * x3 + shift[0]), (gfloat)(scale * y2 + shift[1]),
                      (gfloat)(scale * z3 + shift[2])};
  }
}

static void
test_poses (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint round = 0; round < 200; round++) {
    const gdouble yaw = g_rand_double_range (rand, -1.2, 1.2),
                  pitch = g_rand_double_range (rand, -1, 1);
    const gdouble roll = g_rand_double_range (rand, -3, 3),
                  scale = g_rand_double_range (rand, 20, 500);
    const gdouble shift[3] = {g_rand_double_range (rand, -50, 900),
                              g_rand_double_range (rand, -50, 900), 3};
    TfcPoint p[TFC_FACE_POINTS];
    TfcHead head;
    make_face (p, 0.3f, 0.2f, 0.5f, 0, 0);
    turn (p, TFC_FACE_POINTS, yaw, pitch, roll, scale, shift);
    tfc_head_from_mesh (&head, p, TFC_FACE_POINTS);
    g_assert_true (head.known);
    g_assert_cmpfloat_with_epsilon (head.yaw, yaw, 1e-3);
    g_assert_cmpfloat_with_epsilon (head.pitch, pitch, 1e-3);
    g_assert_cmpfloat_with_epsilon (head.roll, roll, 1e-3);
    for (guint i = 0; i < 3; i++)
      g_assert_cmpfloat_with_epsilon (head.matrix[i][3], shift[i], 1e-3 * scale);
    g_assert_cmpfloat_with_epsilon (head.eye_openness[0], (0.3 - 0.08) / 0.27, 2e-3);
    g_assert_cmpfloat_with_epsilon (head.eye_openness[1], (0.2 - 0.08) / 0.27, 2e-3);
    g_assert_cmpfloat_with_epsilon (head.mouth_openness, 0.5, 2e-3);
    g_assert_true (head.gaze_known); /* ahead: out of the face */
    g_assert_cmpfloat_with_epsilon (head.gaze[0], sin (yaw) * cos (pitch), 5e-3);
    g_assert_cmpfloat_with_epsilon (head.gaze[1], -sin (pitch), 5e-3);
    g_assert_cmpfloat_with_epsilon (head.gaze[2], -cos (yaw) * cos (pitch), 5e-3);
  }
  g_rand_free (rand);
}

static void
test_gaze (void)
{
  TfcPoint p[TFC_FACE_POINTS];
  TfcHead head;
  make_face (p, 0.3f, 0.3f, 0, 0.06f, 0); /* half an eyeball to the picture's right: 30 degrees */
  tfc_head_from_mesh (&head, p, TFC_FACE_POINTS);
  g_assert_cmpfloat_with_epsilon (head.gaze[0], 0.5, 1e-3);
  make_face (p, 0.3f, 0.3f, 0, 0, -0.06f);
  tfc_head_from_mesh (&head, p, TFC_FACE_POINTS);
  g_assert_cmpfloat_with_epsilon (head.gaze[1], -0.5, 1e-3);
  make_face (p, 0.1f, 0.1f, 0, 0.06f, 0); /* eyes shut */
  tfc_head_from_mesh (&head, p, TFC_FACE_POINTS);
  g_assert_true (head.known && !head.gaze_known && head.gaze[2] == 0);
  make_face (p, 0.3f, 0.3f, 0, 0.06f, 0); /* no irises */
  tfc_head_from_mesh (&head, p, TFC_MESH_POINTS);
  g_assert_true (head.known && !head.gaze_known);
}

/* Nonsense gives nothing, never a number that is not one. */
static void
test_hostile (void)
{
  static const gfloat bad[] = {NAN, INFINITY, -INFINITY, 3e38f, -3e38f, 0};
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint round = 0; round < 2000; round++) {
    TfcPoint p[TFC_FACE_POINTS];
    TfcHead head;
    make_face (p, 0.3f, 0.3f, 0.5f, 0, 0);
    const gboolean all = g_rand_int_range (rand, 0, 10) == 0;
    for (guint i = 0; i < (all ? 3u * TFC_FACE_POINTS : 3u); i++)
      (&p[0].x)[all ? (gint)i : g_rand_int_range (rand, 0, 3 * TFC_FACE_POINTS)] =
          bad[g_rand_int_range (rand, 0, G_N_ELEMENTS (bad))];
    tfc_head_from_mesh (&head, p, TFC_FACE_POINTS);
    g_assert_true (isfinite (head.yaw + head.pitch + head.roll + head.mouth_openness));
    g_assert_true (isfinite (head.eye_openness[0] + head.eye_openness[1]));
    for (guint i = 0; i < 12; i++)
      g_assert_true (isfinite (head.matrix[i / 4][i % 4]));
    for (guint i = 0; i < 3; i++)
      g_assert_true (isfinite (head.gaze[i]));
  }
  g_rand_free (rand);
}

/* Runs at fps: eyes open for a second, closed for ms, open again for a second. */
static guint
blinks (gdouble fps, gdouble ms, guint64 pts_step, gfloat open, gfloat shut)
{
  TfcBlink state = {0};
  guint64 frames = (guint64)(fps * (2 + ms / 1000));
  for (guint64 i = 0; i < frames; i++) {
    const gboolean closed = (gdouble)i >= fps && (gdouble)i < fps * (1 + ms / 1000);
    tfc_blink_update (&state, closed ? shut : open, pts_step ? i * pts_step : G_MAXUINT64);
    g_assert_true (state.closed == closed);
  }
  return state.count;
}

static void
test_blinks (void)
{
  const guint64 at30 = G_GUINT64_CONSTANT (33333333);
  g_assert_cmpuint (blinks (30, 200, at30, 0.8f, 0.1f), ==, 1);
  g_assert_cmpuint (blinks (30, 200, 0, 0.8f, 0.1f), ==, 1);     /* no timestamps */
  g_assert_cmpuint (blinks (30, 200, at30, 0.4f, 0.05f), ==, 1); /* narrow eyes */
  g_assert_cmpuint (blinks (30, 800, at30, 0.8f, 0.1f), ==, 0);  /* closed, no blink */
  g_assert_cmpuint (blinks (30, 0, at30, 0.8f, 0.1f), ==, 0);
  TfcBlink state = {0};
  for (guint64 i = 0; i < 60; i++) /* squinting by a third is none */
    tfc_blink_update (&state, i % 10 < 3 ? 0.55f : 0.8f, i * at30);
  g_assert_cmpuint (state.count, ==, 0);
  for (guint64 i = 0; i < 3; i++)
    tfc_blink_update (&state, 0.1f, (60 + i) * at30);
  g_assert_true (state.closed);
  tfc_blink_update (&state, NAN, 63 * at30);
  g_assert_true (state.closed);
  tfc_blink_update (&state, 0.8f, 5); /* the stream began anew */
  g_assert_true (!state.closed && state.count == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head/poses", test_poses);
  g_test_add_func ("/head/gaze", test_gaze);
  g_test_add_func ("/head/hostile", test_hostile);
  g_test_add_func ("/head/blinks", test_blinks);
  return g_test_run ();
}
