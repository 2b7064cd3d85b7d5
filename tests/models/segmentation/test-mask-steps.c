/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The steps of segmentation on made-up numbers: grids, bytes, smoothing, refinement; hostile ones
 * among them. */
#include <math.h>
#include <string.h>
#include "models/mask/mask_grid.h"
#include "models/segmentation/mask_refine.h"
#include "models/mask/mask_smooth.h"
#include "tests/seed.h"

#define SECOND G_GUINT64_CONSTANT (1000000000)

static void
test_bytes (void)
{
  static const struct {
    gfloat value, threshold;
    guint8 byte;
  } cases[] = {{0, 0, 0},       {1, 0, 255},        {0.5f, 0, 128},     {-3, 0, 0},
               {7, 0, 255},     {NAN, 0, 0},        {INFINITY, 0, 255}, {-INFINITY, 0, 0},
               {0.7f, 0.7f, 0}, {0.71f, 0.7f, 255}, {NAN, 0.7f, 0},     {INFINITY, 0.7f, 255}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (tfc_mask_byte (cases[i].value, cases[i].threshold), ==, cases[i].byte);
}

/* A ramp stays one, whatever the grids; beyond the first and last value it stands still. */
static void
test_resample (void)
{
  GRand *random = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < 200; round++) {
    const guint n = (guint)g_rand_int_range (random, 2, 40),
                pixels = (guint)g_rand_int_range (random, 1, 200);
    const TfcMaskGrid from = {
        n, 1, g_rand_double_range (random, 0.5, 20), g_rand_double_range (random, -30, 30), 1, 0};
    const TfcMaskGrid to = {pixels, 1, 1, 0, 1, 0};
    gfloat values[40];
    guint8 bytes[200];
    for (guint i = 0; i < n; i++)
      values[i] = (gfloat)i / (n - 1);
    tfc_mask_resample (&from, values, &to, 0, bytes);
    for (guint x = 0; x < pixels; x++) {
      const gdouble at = (x - from.start_x) / from.step_x / (n - 1);
      g_assert_cmpfloat (fabs (bytes[x] - 255 * CLAMP (at, 0, 1)), <=, 0.51);
    }
  }
  g_rand_free (random);
}

/* The grids that networks have: the whole frame in both samplings, and one with padding. */
static void
test_region (void)
{
  const TfcFrame frame = {.width = 640, .height = 480};
  const TfcMaskGrid centres = {256, 256, 2.5, 0.75, 1.875, 0.4375};
  const TfcMaskGrid padded = {11, 11, 64, -10, 50, -10};
  TfcBox box = tfc_mask_grid_region (&centres, &frame);

  g_assert_cmpfloat_with_epsilon (box.x, 0, 1e-6f);
  g_assert_cmpfloat_with_epsilon (box.y, 0, 1e-6f);
  g_assert_cmpfloat_with_epsilon (box.w, 1, 1e-6f);
  g_assert_cmpfloat_with_epsilon (box.h, 1, 1e-6f);
  box = tfc_mask_grid_region (
      &padded, &frame); /* value (i, j) in the middle of pixel (64 i - 10, 50 j - 10) */
  for (guint i = 0; i < 11; i++) {
    g_assert_cmpfloat_with_epsilon ((box.x + (i + 0.5f) * box.w / 11) * 640 - 0.5f, 64.0f * i - 10,
                                    1e-3f);
    g_assert_cmpfloat_with_epsilon ((box.y + (i + 0.5f) * box.h / 11) * 480 - 0.5f, 50.0f * i - 10,
                                    1e-3f);
  }
}

/* A value in the middle goes 0.7 of the way back, one that is sure goes none. */
static void
test_smooth (void)
{
  TfcMaskSmooth s = {0};
  gfloat values[4] = {0, 0.2f, 0.9f, 1}, next[4] = {0.5f, 0.5f, 0.5f, 1};

  tfc_mask_smooth (&s, values, 4, 1, 0);
  g_assert_cmpfloat (values[1], ==, 0.2f); /* the first passes */
  tfc_mask_smooth (&s, next, 4, 1, SECOND / 30);
  g_assert_cmpfloat_with_epsilon (next[0], 0.15f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (next[1], 0.5f - 0.3f * 0.7f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (next[2], 0.5f + 0.4f * 0.7f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (next[3], 1, 1e-3f);
  tfc_mask_smooth_clear (&s);
}

/* When the mask before counts. */
static void
test_smooth_time (void)
{
  static const struct {
    guint64 pts;
    gboolean goes_on;
  } steps[] = {
      {SECOND, TRUE},      {SECOND, TRUE},      {2 * SECOND, TRUE}, {3 * SECOND + 1, FALSE},
      {3 * SECOND, FALSE}, {G_MAXUINT64, TRUE}, {0, TRUE},          {SECOND / 2, TRUE}};
  TfcMaskSmooth s = {0};
  gfloat none[16] = {0};

  tfc_mask_smooth (&s, none, 4, 4, SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    gfloat half[16], zero[16] = {0};
    for (guint k = 0; k < 16; k++)
      half[k] = 0.5f;
    tfc_mask_smooth (&s, half, 4, 4, steps[i].pts);
    g_assert_true ((half[5] < 0.4f) == steps[i].goes_on);
    tfc_mask_smooth_reset (&s);
    tfc_mask_smooth (&s, zero, 4, 4, steps[i].pts);
  }
  gfloat other[8] = {0.5f};
  tfc_mask_smooth (&s, other, 4, 2, SECOND / 2); /* another size */
  g_assert_cmpfloat (other[0], ==, 0.5f);
  tfc_mask_smooth_clear (&s);
}

/* A blurred edge that lies beside that of the picture is drawn to it. */
static void
test_refine (void)
{
  enum { N = 48 };
  TfcMaskRefine *r = tfc_mask_refine_new ();
  gfloat rgb[N * N * 3], values[N * N], before[N * N];
  gdouble wrong[2] = {0, 0};

  for (guint i = 0; i < N * N; i++) {
    const guint x = i % N;
    for (guint c = 0; c < 3; c++)
      rgb[3 * i + c] = x < 24 ? 0.2f : 0.8f;
    before[i] = values[i] = CLAMP (((gfloat)x - 23.5f) / 4, 0, 1);
  }
  tfc_mask_refine (r, rgb, 1, N, N, values);
  for (guint i = 0; i < N * N; i++) {
    const gfloat want = i % N < 24 ? 0 : 1;
    wrong[0] += fabsf (before[i] - want);
    wrong[1] += fabsf (values[i] - want);
    g_assert_true (values[i] >= 0 && values[i] <= 1);
  }
  g_test_message ("off by %.1f, refined %.1f", wrong[0], wrong[1]);
  g_assert_cmpfloat (wrong[1], <, 0.7 * wrong[0]);
  tfc_mask_refine_free (r);
}

/* Any numbers, any size: nothing but values of 0 to 1 comes out. */
static void
test_refine_hostile (void)
{
  GRand *random = g_rand_new_with_seed (test_seed ());
  TfcMaskRefine *r = tfc_mask_refine_new ();

  for (guint round = 0; round < 60; round++) {
    const guint w = (guint)g_rand_int_range (random, 1, 40),
                h = (guint)g_rand_int_range (random, 1, 40);
    gfloat *rgb = g_new (gfloat, 3 * w * h), *values = g_new (gfloat, w * h);
    for (guint i = 0; i < 3 * w * h; i++)
      rgb[i] = round % 3 ? (gfloat)g_rand_double (random) : round % 2 ? NAN : INFINITY;
    for (guint i = 0; i < w * h; i++)
      values[i] = (gfloat)g_rand_double (random);
    tfc_mask_refine (r, rgb, 1, w, h, values);
    for (guint i = 0; i < w * h; i++)
      g_assert_true (values[i] >= 0 && values[i] <= 1);
    g_free (rgb);
    g_free (values);
  }
  tfc_mask_refine_free (r);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/bytes", test_bytes);
  g_test_add_func ("/mask/resample", test_resample);
  g_test_add_func ("/mask/region", test_region);
  g_test_add_func ("/mask/smooth", test_smooth);
  g_test_add_func ("/mask/smooth-time", test_smooth_time);
  g_test_add_func ("/mask/refine", test_refine);
  g_test_add_func ("/mask/refine-hostile", test_refine_hostile);
  return g_test_run ();
}
