/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Frame view: a borrowed window on somebody's pixels. Owns nothing, copied by value; the pixels
 * must stay mapped for reading while it is used. Nothing in models/ writes to them. */
#include "format.h"

typedef enum {
  TFC_MATRIX_BT601, /* also what an unknown matrix is taken for below 720 lines */
  TFC_MATRIX_BT709,
  TFC_MATRIX_BT2020
} TfcMatrix;

typedef struct {
  guint width, height;     /* pixels, >= 1; height * |stride| of a plane below 2 GiB */
  const guint8 *plane[3];
  gint stride[3];          /* bytes from one row to the next; may exceed the width, may be negative */
  const TfcFormat *format;
  TfcMatrix matrix;        /* YUV only */
  gboolean full_range;     /* YUV, GRAY: 0..255 instead of 16..235/240 */
} TfcFrame;

/* A tightly packed RGB picture (3 bytes a pixel, stride = 3 * width). */
TfcFrame tfc_frame_rgb (const guint8 *pixels, guint width, guint height);

/* What of red and of blue makes a matrix's luma (green has the rest). */
void tfc_matrix_weights (TfcMatrix matrix, gdouble *red, gdouble *blue);
