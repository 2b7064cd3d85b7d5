/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* One colour, painted through coverage straight onto a picture's planes: no conversion of the picture, no
 * memory of its own. Where samples are shared by pixels (chroma) they take the mean of their pixels'
 * coverage, at an odd edge of those that there are. Samples lie in the middle of their pixels. */
#include "models/frame/pixels.h"

#define TFC_BLEND_ROW 16 /* bytes that rows of coverage are a multiple of */

typedef struct {
  guint8 *data;  /* h rows of w values, 0 nothing .. 255 all of the colour */
  gint stride;   /* bytes, a multiple of TFC_BLEND_ROW; what lies beyond w is readable and 0 */
  gint x, y;     /* of the picture, even, >= 0 */
  gint w, h;     /* even: one column, one row may lie beyond a picture of odd size; they are overwritten */
} TfcCoverage;

/* FALSE for formats that only their owners can draw on: samples of more than 8 bits, chroma of four
 * columns, a plane of alpha. */
gboolean tfc_blend_takes (const TfcFormat *format);

/* pixels: of a format that tfc_blend_takes. argb: 0xAARRGGBB, not premultiplied, in sRGB as the picture's matrix means it. A fourth byte of RGB is
 * treated as alpha: over a picture whose alpha is 255 it stays so, over one that is premultiplied (or
 * cleared to 0) the result is premultiplied. */
void tfc_blend (const TfcPixels *pixels, guint32 argb, const TfcCoverage *coverage);

/* The components of a colour, alpha apart, in bytes of pixels' format. */
void tfc_blend_color (const TfcPixels *pixels, guint32 argb, guint8 value[3]);
