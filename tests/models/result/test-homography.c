/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include "models/result/homography.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-4)

/* From a frame of 200x100 to one of width x height, all of which shows the old one. */
static TfcHomography
plain (gfloat xx, gfloat xy, gfloat yx, gfloat yy, gint width, gint height)
{
  return (TfcHomography){.matrix = {{xx, xy, 0}, {yx, yy, 0}, {0, 0, 1}},
                         .out_width = width,
                         .out_height = height,
                         .old_width = 200,
                         .old_height = 100,
                         .new_width = width,
                         .new_height = height};
}

static void
test_point (void)
{
  TfcHomography h = plain (1, 0, 0, 1, 100, 50);
  gfloat x = 0.5f, y = 0.5f;

  h.in_x = 50; /* pixel (100, 50) is (50, 25) in the window, and (60, 20) in the new frame */
  h.in_y = 25;
  h.out_x = 10;
  h.out_y = -5;
  g_assert_true (tfc_homography_point (&h, &x, &y));
  NEAR (x, 0.6);
  NEAR (y, 0.4);
}

static void
test_perspective (void)
{
  TfcHomography h = plain (1, 0, 0, 1, 200, 100);
  gfloat x = 0.5f, y = 0.5f;

  h.matrix[2][0] = 0.01f; /* at pixel 100 everything is divided by two */
  g_assert_true (tfc_homography_point (&h, &x, &y));
  NEAR (x, 0.25);
  NEAR (y, 0.25);
  h.matrix[2][0] = -0.02f; /* pixel 100 is beyond infinity */
  x = y = 0.5f;
  g_assert_false (tfc_homography_point (&h, &x, &y));
  NEAR (x, 0.5);
}

/* Where a point is a moment later, it is after the move too. */
static void
test_velocity (void)
{
  for (guint i = 0; i < 100; i++) {
    TfcHomography h = plain (1.5f, 0.3f, -0.2f, 0.8f, 320, 50);
    const gfloat x = g_test_rand_double (), y = g_test_rand_double (), moment = 1e-3f;
    gfloat vx = g_test_rand_double_range (-1, 1), vy = g_test_rand_double_range (-1, 1);
    gfloat x0 = x, y0 = y, x1 = x + vx * moment, y1 = y + vy * moment;
    h.matrix[2][0] = 0.001f * (i % 3);
    h.matrix[2][1] = 0.002f * (i % 2);
    h.in_x = 7;
    g_assert_true (tfc_homography_point (&h, &x0, &y0) && tfc_homography_point (&h, &x1, &y1));
    tfc_homography_velocity (&h, x, y, &vx, &vy);
    g_assert_cmpfloat_with_epsilon (vx, (x1 - x0) / moment, 2e-3);
    g_assert_cmpfloat_with_epsilon (vy, (y1 - y0) / moment, 2e-3);
  }
}

/* A turn by any angle, and back by the transposed matrix. */
static void
test_turn (void)
{
  for (guint i = 0; i < 100; i++) {
    gdouble angle = g_test_rand_double_range (-3, 3), c = cos (angle), s = sin (angle);
    TfcHomography there = plain (c, -s, s, c, 200, 100), back = plain (c, s, -s, c, 200, 100);
    gfloat old_x = g_test_rand_double (), old_y = g_test_rand_double (), x = old_x, y = old_y;

    g_assert_true (tfc_homography_point (&there, &x, &y));
    g_assert_true (tfc_homography_point (&back, &x, &y));
    NEAR (x, old_x);
    NEAR (y, old_y);
    NEAR (tfc_homography_rotation (&there, 0), angle);
    NEAR (tfc_homography_rotation (&back, angle), 0);
    NEAR (tfc_homography_depth_scale (&there), 1);
  }
}

static void
test_depth (void)
{
  TfcHomography same = plain (2, 0, 0, 2, 400, 200), crop = plain (1, 0, 0, 1, 50, 100);

  NEAR (tfc_homography_depth_scale (&same), 1);
  NEAR (tfc_homography_depth_scale (&crop), 4); /* a fraction of a quarter of the width */
}

static void
test_box (void)
{
  TfcHomography quarter = plain (0, -1, 1, 0, 100, 200), window = plain (1, 0, 0, 1, 100, 100);
  gfloat x = 0.1f, y = 0.2f, w = 0.3f, h = 0.4f;

  quarter.out_x = 100; /* clockwise: the old left edge is on top */
  g_assert_true (tfc_homography_box (&quarter, &x, &y, &w, &h));
  NEAR (x, 1 - 0.2 - 0.4);
  NEAR (y, 0.1);
  NEAR (w, 0.4);
  NEAR (h, 0.3);
  window.in_x = 100; /* the right half */
  x = 0.1f, y = 0.2f, w = 0.39f, h = 0.4f;
  g_assert_false (tfc_homography_box (&window, &x, &y, &w, &h));
  x = 0.1f, y = 0.2f, w = 0.41f, h = 0.4f;
  g_assert_true (tfc_homography_box (&window, &x, &y, &w, &h));
  NEAR (x, -0.8);
  NEAR (w, 0.82);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/homography/point", test_point);
  g_test_add_func ("/homography/perspective", test_perspective);
  g_test_add_func ("/homography/velocity", test_velocity);
  g_test_add_func ("/homography/turn", test_turn);
  g_test_add_func ("/homography/depth", test_depth);
  g_test_add_func ("/homography/box", test_box);
  return g_test_run ();
}
