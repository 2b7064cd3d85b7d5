/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/colour_matrix.h"

static void
check (const gdouble got[3], gdouble a, gdouble b, gdouble c)
{
  g_assert_cmpfloat_with_epsilon (got[0], a, 1e-9);
  g_assert_cmpfloat_with_epsilon (got[1], b, 1e-9);
  g_assert_cmpfloat_with_epsilon (got[2], c, 1e-9);
}

static void
test_ends (void)
{
  gdouble yuv[3];

  for (TfcMatrix m = TFC_MATRIX_BT601; m <= TFC_MATRIX_BT2020; m++) {
    tfc_rgb_to_yuv (m, FALSE, (gdouble[]){0, 0, 0}, yuv);
    check (yuv, 16, 128, 128);
    tfc_rgb_to_yuv (m, FALSE, (gdouble[]){255, 255, 255}, yuv);
    check (yuv, 235, 128, 128);
    tfc_rgb_to_yuv (m, TRUE, (gdouble[]){255, 255, 255}, yuv);
    check (yuv, 255, 128, 128);
    tfc_rgb_to_yuv (m, FALSE, (gdouble[]){0, 0, 255}, yuv);
    g_assert_cmpfloat_with_epsilon (yuv[1], 240, 1e-9);
    tfc_rgb_to_yuv (m, FALSE, (gdouble[]){255, 0, 0}, yuv);
    g_assert_cmpfloat_with_epsilon (yuv[2], 240, 1e-9);
  }
}

/* Green, whose luma tells the matrices apart: the standards' own weights. */
static void
test_green (void)
{
  static const gdouble green[] = {0.587, 0.7152, 0.678};
  gdouble yuv[3];

  for (TfcMatrix m = TFC_MATRIX_BT601; m <= TFC_MATRIX_BT2020; m++) {
    tfc_rgb_to_yuv (m, FALSE, (gdouble[]){0, 255, 0}, yuv);
    g_assert_cmpfloat_with_epsilon (yuv[0], 16 + 219 * green[m], 1e-9);
  }
}

static void
test_there_and_back (void)
{
  for (TfcMatrix m = TFC_MATRIX_BT601; m <= TFC_MATRIX_BT2020; m++)
    for (gboolean full = FALSE; full <= TRUE; full++) {
      const TfcYuvToRgb to = tfc_yuv_to_rgb (m, full);
      for (guint i = 0; i < 1000; i++) {
        const gdouble rgb[3] = {g_test_rand_double_range (0, 255), g_test_rand_double_range (0, 255),
                                g_test_rand_double_range (0, 255)};
        gdouble yuv[3], back[3];
        tfc_rgb_to_yuv (m, full, rgb, yuv);
        for (guint k = 0; k < 3; k++)
          back[k] = to.row[k][0] * (yuv[0] - to.black) + to.row[k][1] * (yuv[1] - 128) +
                    to.row[k][2] * (yuv[2] - 128);
        check (back, rgb[0], rgb[1], rgb[2]);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/colour-matrix/ends", test_ends);
  g_test_add_func ("/colour-matrix/green", test_green);
  g_test_add_func ("/colour-matrix/there-and-back", test_there_and_back);
  return g_test_run ();
}
