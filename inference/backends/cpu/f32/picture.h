/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Layers of pictures [N,H,W,C] that compute any row of an output picture on its own: depthwise,
 * pool, resize. */
#include "inference/backends/cpu/f32/f32.h"

/* Rows or columns, so that tables of them stay small and float32 can tell each. */
#define TFC_MAX_LENGTH_F32 65536

typedef struct TfcPictureF32 TfcPictureF32;
struct TfcPictureF32 {
  TfcSplitF32 split;
  const TfcF32 *kernels;
  /* Rows from to to of output picture y from input picture x. */
  void (*rows) (const TfcPictureF32 *layer, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  const gfloat *x;
  gfloat *y;
  gsize x_size, y_size; /* elements of a picture */
  gsize pictures;
  gint32 y_rows, strip; /* strip: rows that rows is given at once; all until somebody says less */
};

/* Both are [N,H,W,C] of the same N and C, no side too long. */
gboolean tfc_pictures_alike (const TfcTensor *x, const TfcTensor *y);
/* And x is float32 and computed, y float32. */
gboolean tfc_picture_f32_good (const TfcTensor *x, const TfcTensor *y);
/* All of it. work: vector operations of one element (tfc_f32_work_items). */
void tfc_picture_f32_init (TfcPictureF32 *layer, const TfcSegment *segment, const TfcNode *node,
                           TfcPool *pool, gsize work,
                           void (*rows) (const TfcPictureF32 *layer, const gfloat *x, gfloat *y,
                                         gint32 from, gint32 to));
/* What output row (or column) at of n lies between, of an input of length whose rows are step elements apart. */
TfcBetweenF32 tfc_between_f32 (gint32 at, gint32 n, gint32 length, const TfcParams *params,
                               gsize step);
