/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where tracked things will be a moment after the last analysis. */
#include <math.h>
#include "models/tracking/extrapolate.h"

#define MS(n) ((guint64)(n)*1000000)
#define UNKNOWN G_MAXUINT64
#define near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

static void
test_reach (void)
{
  near (tfc_extrapolate_reach (MS (100), MS (200), MS (250)), 0.5f);
  near (tfc_extrapolate_reach (MS (0), MS (40), MS (50)), 0.25f);
  near (tfc_extrapolate_reach (MS (100), MS (200), MS (300)), 1);
  near (tfc_extrapolate_reach (MS (100), MS (200), MS (9000)), 1); /* not further than once again */
  near (tfc_extrapolate_reach (MS (100), MS (600), MS (1100)), 1); /* half a second apart */
  near (tfc_extrapolate_reach (MS (100), MS (601), MS (1000)), 0); /* more */
  near (tfc_extrapolate_reach (MS (100), MS (200), MS (200)), 0);
  near (tfc_extrapolate_reach (MS (100), MS (200), MS (50)), 0);
  near (tfc_extrapolate_reach (MS (200), MS (100), MS (250)), 0);
  near (tfc_extrapolate_reach (MS (200), MS (200), MS (250)), 0);
  near (tfc_extrapolate_reach (UNKNOWN, MS (200), MS (250)), 0);
  near (tfc_extrapolate_reach (MS (100), UNKNOWN, MS (250)), 0);
  near (tfc_extrapolate_reach (MS (100), MS (200), UNKNOWN), 0);
}

static void
test_box (void)
{
  const TfcBox before = {0.2f, 0.3f, 0.2f, 0.2f};
  TfcBox box = {0.3f, 0.3f, 0.22f, 0.22f};

  g_assert_true (tfc_extrapolate_box (&before, &box, 0.5f));
  near (box.x + box.w / 2, 0.41f + 0.055f); /* half of the way again */
  near (box.y + box.h / 2, 0.41f + 0.005f);
  near (box.w, 0.23f);
  near (box.h, 0.23f);
}

/* Growth and shrinking have limits: half and twice the last size. */
static void
test_size (void)
{
  const TfcBox small = {0.45f, 0.45f, 0.1f, 0.1f}, large = {0.3f, 0.3f, 0.4f, 0.4f};
  TfcBox box = large;

  g_assert_true (tfc_extrapolate_box (&small, &box, 1));
  near (box.w, 0.7f);
  box = (TfcBox){0.49f, 0.49f, 0.02f, 0.02f};
  g_assert_true (tfc_extrapolate_box (&small, &box, 1));
  near (box.w, 0.01f);
  near (box.h, 0.01f);
}

static void
test_stays (void)
{
  const TfcBox before = {0.05f, 0.3f, 0.2f, 0.2f}, nowhere = {NAN, 0.3f, 0.2f, 0.2f};
  TfcBox box = {0.3f, 0.3f, 0.2f, 0.2f};

  g_assert_false (tfc_extrapolate_box (&before, &box, 0.5f)); /* a jump */
  g_assert_false (tfc_extrapolate_box (&nowhere, &box, 0.5f));
  near (box.x, 0.3f);
  near (box.w, 0.2f);
}

static void
test_points (void)
{
  const TfcBox from = {0.2f, 0.2f, 0.2f, 0.4f}, to = {0.4f, 0.3f, 0.4f, 0.2f};
  TfcPoint points[] = {{0.2f, 0.2f, 0.1f}, {0.4f, 0.6f, 0}, {0.3f, 0.4f, -0.1f}, {9, 9, 9}};

  tfc_extrapolate_points (&from, &to, points, points, 3); /* onto themselves */
  near (points[0].x, 0.4f);
  near (points[0].y, 0.3f);
  near (points[0].z, 0.2f);
  near (points[1].x, 0.8f);
  near (points[1].y, 0.5f);
  near (points[2].x, 0.6f);
  near (points[2].y, 0.4f);
  near (points[2].z, -0.2f);
  near (points[3].x, 9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extrapolate/reach", test_reach);
  g_test_add_func ("/extrapolate/box", test_box);
  g_test_add_func ("/extrapolate/size", test_size);
  g_test_add_func ("/extrapolate/stays", test_stays);
  g_test_add_func ("/extrapolate/points", test_points);
  return g_test_run ();
}
