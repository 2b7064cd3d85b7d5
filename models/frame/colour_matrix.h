/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* R'G'B' to Y'CbCr and back: all matrices, both ranges. Numbers are ITU-R BT.601, BT.709 and BT.2020's
 * (non-constant luminance). Values are those of 8 bits, 0..255, in double precision and not rounded; limited
 * range has Y' from 16 to 235 and Cb, Cr from 16 to 240, full range all three from 0 to 255. */
#include <glib.h>

typedef enum {
  TFC_MATRIX_BT601, /* also what an unknown matrix is taken for below 720 lines */
  TFC_MATRIX_BT709,
  TFC_MATRIX_BT2020
} TfcMatrix;

/* yuv: Y', Cb, Cr of rgb. */
void tfc_rgb_to_yuv (TfcMatrix matrix, gboolean full_range, const gdouble rgb[3], gdouble yuv[3]);

/* rgb[i] = row[i][0] * (Y' - black) + row[i][1] * (Cb - 128) + row[i][2] * (Cr - 128). */
typedef struct {
  gdouble row[3][3];
  gdouble black; /* 0 or 16 */
} TfcYuvToRgb;

TfcYuvToRgb tfc_yuv_to_rgb (TfcMatrix matrix, gboolean full_range);
