/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* 8-bit layers but convolutions. Results are those of the reference's loops (inference/ops/), bit
 * for bit: sums are whole numbers, and where the reference goes through float32, so do these.
 *
 * Everything is computed as if tensors were uint8: of int8 ones each byte is flipped (XOR 0x80,
 * which adds 128), and zero points, limits are moved along. Kernels read up to TFC_TAIL_BYTES past
 * n, and write nothing there. */
#include "inference/backends/cpu/f32/f32.h"
#include "inference/arithmetic/quant.h"

#define TFC_Q8_BLOCK 64          /* bytes that sums are taken of at a time */
#define TFC_Q8_MAX_WINDOW 8192   /* elements that can be averaged exactly in float32 */
#define TFC_Q8_MAX_SUM (1 << 23) /* bytes whose sum fits int32 */

/* ADD and SUB: (a * x + b * z + bias) >> shift. MUL: (x - zero_x) * (z - zero_z) * scale, half to
 * even. */
typedef struct {
  gint32 a, b, bias;
  gint shift;
  gint32 zero_x, zero_z;
  gfloat scale;
  TfcRequant store;
} TfcBinaryQ8;

/* Elements that become one: rows of columns, step bytes apart, rows row bytes apart. */
typedef struct {
  const guint8 *first;
  gsize row, step, rows, columns;
} TfcWindowQ8;

/* An output row (or column) lies between two of the input's, at these bytes; weight: of second, in
 * 2048ths. */
typedef struct {
  gsize first, second;
  gint32 weight;
} TfcBetweenQ8;

/* A row of pixels between top and bottom, which weighs down 2048ths. */
typedef struct {
  const guint8 *top, *bottom;
  gint32 down;
  const TfcBetweenQ8 *columns;
  gsize n, channels;
  guint8 flip;
} TfcBlendQ8;

/* y[i] = table[x[i]] */
typedef void TfcLookUp (guint8 *y, const guint8 *x, gsize n, const guint8 table[256]);

/* What one instruction set computes. Sums of a block are int32 in an order of the set's own. */
typedef struct TfcQ8 {
  const gchar *name;
  TfcLookUp *look_up;
  void (*sum) (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how);
  void (*product) (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how);
  /* y[c] = the greatest of the window's x[c] ^ flip, in lo..hi, ^ flip: all of them from store. */
  void (*most) (guint8 *y, const TfcWindowQ8 *window, gsize channels, const TfcRequant *store);
  /* sums[c] = those of x[c] ^ flip; channels: of a block at most. */
  void (*add_up) (gint32 *sums, const TfcWindowQ8 *window, guint channels, guint8 flip);
  /* y = sum / n, half away from zero as stored (zero: what stands for 0 of an int8: 128, else 0).
   */
  void (*average) (guint8 *y, const gint32 *sums, guint n, guint channels, gint32 zero,
                   const TfcRequant *store);
  /* y = (sum - less) * scale, half to even, + zero. */
  void (*requantise) (guint8 *y, const gint32 *sums, gint32 less, gfloat scale, guint channels,
                      const TfcRequant *store);
  /* Pixels of four that lie around each, half up. */
  void (*blend) (guint8 *y, const TfcBlendQ8 *how);
  /* y = x * inverse, half to even, + zero; NaN: zero. */
  void (*quantise) (guint8 *y, const gfloat *x, gsize n, gfloat inverse, const TfcRequant *store);
  /* y = (x - zero) * scale. */
  void (*dequantise) (gfloat *y, const guint8 *x, gsize n, gint32 zero, gfloat scale, guint8 flip);
} TfcQ8;

/* q8.c: plain C. sse2_q8.c, avx2_q8.c, avx512_q8.c: there only where __x86_64__. */
extern const TfcQ8 tfc_q8_plain, tfc_q8_sse2, tfc_q8_avx2, tfc_q8_avx512;

TfcLookUp tfc_q8_look_up; /* in plain C */

/* What this CPU runs, the best first and plain C last; NULL past the end. */
const TfcQ8 *tfc_q8_nth (guint n);
/* The one in use, never NULL: the best, unless tests chose another before a model was opened (NULL:
 * the best again). */
const TfcQ8 *tfc_q8 (void);
void tfc_q8_choose (const TfcQ8 *q8);
/* Its look_up, or one that the CPU has for itself (TfcIsa). */
TfcLookUp *tfc_q8_best_look_up (void);

/* uint8 or int8, one scale, a zero point that the type holds. */
gboolean tfc_q8_good (const TfcTensor *tensor);
/* The same, and computed. */
gboolean tfc_q8_good_input (const TfcTensor *tensor);
/* 0x80 for int8; and a zero point as if the type were uint8. */
guint8 tfc_q8_flip (const TfcTensor *tensor);
gint32 tfc_q8_zero (const TfcTensor *tensor);
/* How results become bytes of y; clamp may be NULL. */
TfcRequant tfc_q8_store (const TfcTensor *y, const TfcClamp *clamp);
