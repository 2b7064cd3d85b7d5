/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Places in a mirrored frame. */
#include "models/result/mirror.h"

static void
test_fractions (void)
{
  g_assert_cmpfloat (tfc_mirror_x (0.25f, 0.5f), ==, 0.25f); /* in the middle */
  g_assert_cmpfloat (tfc_mirror_x (0, 0.25f), ==, 0.75f); /* at the left edge: at the right one */
  g_assert_cmpfloat (tfc_mirror_x (-0.5f, 0.25f), ==, 1.25f);
  g_assert_cmpfloat (tfc_mirror_x (tfc_mirror_x (0.125f, 0.25f), 0.25f), ==, 0.125f);
}

static void
test_pixels (void)
{
  g_assert_cmpint (tfc_mirror_pixels (640, 0, 10), ==, 630);
  g_assert_cmpint (tfc_mirror_pixels (640, 635, 10), ==, -5);
  g_assert_cmpint (tfc_mirror_pixels (G_MAXUINT32, 0, G_MAXUINT32), ==, 0);
  g_assert_cmpint (tfc_mirror_pixels (G_MAXUINT32, G_MAXUINT32, G_MAXUINT32), ==,
                   -(gint64)G_MAXUINT32);
}

static void
test_points (void)
{
  TfcPoint points[] = {{0.25f, 0.5f, -0.125f}, {1, 0, 2}, {0.5f, 0, 0}};

  tfc_mirror_points (points, 2);
  g_assert_cmpfloat (points[0].x, ==, 0.75f);
  g_assert_cmpfloat (points[0].y, ==, 0.5f);
  g_assert_cmpfloat (points[0].z, ==, -0.125f);
  g_assert_cmpfloat (points[1].x, ==, 0);
  g_assert_cmpfloat (points[2].x, ==, 0.5f); /* the third was not asked for */
  tfc_mirror_points (NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mirror/fractions", test_fractions);
  g_test_add_func ("/mirror/pixels", test_pixels);
  g_test_add_func ("/mirror/points", test_points);
  return g_test_run ();
}
