/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Skeletons of bodies and hands: what is drawn where in which colour, and that no numbers do harm.
 */
#include <math.h>
#include <string.h>

#include "models/result/skeleton.h"
#include "overlay/overlay.h"

#define SIDE 480

static guint32 canvas[SIDE * SIDE];

/* Draws poses on black. */
static void
draw (const TfcStyle *style, const TfcPose *poses, guint n)
{
  const TfcPixels pixels = {.width = SIDE,
                            .height = SIDE,
                            .plane = {(guint8 *)canvas},
                            .stride = {4 * SIDE},
                            .format = tfc_format_find ("BGRx")};
  const TfcAnnotations annotations = {.poses = poses, .n_poses = n};
  TfcOverlay *overlay = tfc_overlay_new ();

  memset (canvas, 0, sizeof canvas);
  tfc_layout_paint_pixels (tfc_overlay_lay_out (overlay, SIDE, SIDE, style, &annotations), &pixels,
                           0, 0);
  tfc_overlay_free (overlay);
}

static guint32
at (gdouble x, gdouble y)
{
  return canvas[(guint)(y * SIDE) * SIDE + (guint)(x * SIDE)] & 0xffffff;
}

static guint
n_painted (void)
{
  guint n = 0;

  for (guint i = 0; i < SIDE * SIDE; i++)
    n += (canvas[i] & 0xffffff) != 0;
  return n;
}

/* All points on a circle. */
static TfcPose
wheel (TfcPointLayout layout)
{
  TfcPose pose = {.box = {0.1f, 0.1f, 0.8f, 0.8f},
                  .score = 0.9f,
                  .layout = layout,
                  .n_points = tfc_skeleton_of (layout)->n_points};

  for (guint i = 0; i < pose.n_points; i++) {
    const gdouble angle = 2 * G_PI * i / pose.n_points;
    pose.points[i] = (TfcKeypoint){(gfloat)(0.5 + 0.4 * cos (angle)),
                                   (gfloat)(0.5 + 0.4 * sin (angle)), 0, 0.9f};
  }
  return pose;
}

static gboolean
is_drawn (const TfcKeypoint *p)
{
  return at (p->x, p->y) != 0;
}

/* Every point shows, and the middle of every line. */
static void
test_all (void)
{
  for (guint layout = 0; layout <= TFC_LAYOUT_HAND_21; layout++) {
    const TfcSkeleton *skeleton = tfc_skeleton_of ((TfcPointLayout)layout);
    const TfcPose pose = wheel ((TfcPointLayout)layout);
    draw (&tfc_style_defaults, &pose, 1);
    for (guint i = 0; i < pose.n_points; i++)
      g_assert_true (is_drawn (&pose.points[i]));
    for (guint e = 0; e < skeleton->n_edges; e++) {
      const TfcKeypoint *a = &pose.points[skeleton->edges[e][0]],
                        *b = &pose.points[skeleton->edges[e][1]];
      g_assert_cmphex (at ((a->x + b->x) / 2, (a->y + b->y) / 2), !=, 0);
    }
  }
}

/* Points are the person's left and right, also in a mirror, where they are elsewhere; a hand's are
 * all its own. */
static void
test_sides (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcPose pose = wheel (TFC_LAYOUT_COCO_17), hand = wheel (TFC_LAYOUT_HAND_21);
  guint32 color[3];

  style.draw_skeletons = FALSE;
  draw (&style, &pose, 1);
  for (guint i = 0; i < 3; i++) /* shoulders, nose */
    color[i] = at (pose.points[i ? 4 + i : 0].x, pose.points[i ? 4 + i : 0].y);
  g_assert_cmphex (color[0], ==, 0xffffff);
  g_assert_cmphex (color[1], !=, color[2]);
  style.mirror = TRUE;
  draw (&style, &pose, 1);
  g_assert_cmphex (at (1 - pose.points[5].x, pose.points[5].y), ==, color[1]);
  style.mirror = FALSE;
  hand.handedness = TFC_HANDEDNESS_RIGHT;
  draw (&style, &hand, 1);
  for (guint i = 0; i < hand.n_points; i++)
    g_assert_cmphex (at (hand.points[i].x, hand.points[i].y), ==, color[2]);
}

/* Points with low scores are left out with their lines, and so are the remains of people. */
static void
test_thresholds (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcPose pose = wheel (TFC_LAYOUT_COCO_17);

  for (guint i = 0; i < pose.n_points; i++)
    pose.points[i].score = 0.29f;
  draw (&style, &pose, 1);
  g_assert_cmpuint (n_painted (), ==, 0);
  pose.points[7].score = 0.5f;
  draw (&style, &pose, 1);
  g_assert_true (is_drawn (&pose.points[7]));
  const guint one = n_painted ();
  g_assert_cmpuint (one, >, 10);
  g_assert_cmpuint (one, <, 100);
  style.point_threshold = 0.2;
  draw (&style, &pose, 1);
  g_assert_cmpuint (n_painted (), >, 10 * one);
  pose.score = 0.05f;
  draw (&style, &pose, 1);
  g_assert_cmpuint (n_painted (), ==, 0);
  pose.score = 0.5f;
  style.draw_points = style.draw_skeletons = FALSE;
  draw (&style, &pose, 1);
  g_assert_cmpuint (n_painted (), ==, 0);
}

/* Lines of small bodies are thin. */
static void
test_width (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcPose pose = wheel (TFC_LAYOUT_COCO_17);

  style.draw_points = FALSE;
  draw (&style, &pose, 1);
  const guint wide = n_painted ();
  pose.box.w = pose.box.h = 0.05f; /* its points are where they were */
  draw (&style, &pose, 1);
  g_assert_cmpuint (n_painted (), <, wide * 3 / 4);
}

static void
test_hostile (void)
{
  static const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e38f, -1e38f, 0, -1, 2, 1e6f};
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 300; round++) {
    TfcPose pose[2] = {wheel (TFC_LAYOUT_BLAZEPOSE_33), wheel (TFC_LAYOUT_COCO_17)};
    for (guint i = 0; i < 20; i++) {
      gfloat *numbers = g_rand_boolean (rand)
                            ? &pose[i % 2].box.x
                            : &pose[i % 2].points[g_rand_int_range (rand, 0, 17)].x;
      numbers[g_rand_int_range (rand, 0, 4)] = odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))];
    }
    pose[0].n_points = g_rand_int_range (rand, 0, 3) ? 33 : g_rand_int_range (rand, 0, 33);
    pose[1].layout = g_rand_int_range (rand, 0, 3) ? TFC_LAYOUT_COCO_17
                                                   : (TfcPointLayout)g_rand_int_range (rand, 0, 9);
    draw (&tfc_style_defaults, pose, 2);
  }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/skeletons/all", test_all);
  g_test_add_func ("/skeletons/sides", test_sides);
  g_test_add_func ("/skeletons/thresholds", test_thresholds);
  g_test_add_func ("/skeletons/width", test_width);
  g_test_add_func ("/skeletons/hostile", test_hostile);
  return g_test_run ();
}
