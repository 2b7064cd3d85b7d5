/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Layers of 8 bits.
 *
 * XNNPACK of Debian 12 multiplies uint8 on a quarter of what CPUs with VNNI can do. Same
 * arithmetic as ops/mac.h, bit for bit: exact integer sums, then float32 (sum) * float32 scale,
 * half to even. Everything is computed on uint8 activations u and int8 weights v. int8 activations
 * become uint8 by flipping the top bit (u = x + 128), uint8 weights become int8 likewise (v = w -
 * 128); zero points move along. With zero points zu and zv sum (u - zu)(v - zv) = sum u v - zv sum
 * u - zu sum v + n zu zv where the last two are known when weights are packed and sum u, one number
 * a row, is needed only where zv is not 0. */
#include "inference/backends/cpu/common/kernels.h"

#define TFC_Q8_BLOCK 64          /* bytes that sums are taken of at a time */
#define TFC_Q8_MAX_WINDOW 8192   /* elements that can be averaged exactly in float32 */
#define TFC_Q8_MAX_SUM (1 << 23) /* bytes whose sum fits int32 */

/* In which order weights are packed: each set of kernels says which one it reads.
 * K4: bytes v, four products of an output channel beside each other, for instructions that sum
 * four. K2: 16-bit words v - zv, two beside each other, for those that sum two. zv is then 0 for
 * the kernels, and no sums of rows are needed. */
typedef enum { TFC_Q8_K4, TFC_Q8_K2 } TfcQ8Packing;

/* Rows times columns. A row is taps pieces of k4 * 4 bytes each, of which channels count; bytes
 * past them meet weights that are 0. */
typedef struct {
  guint taps, channels, k4;
  guint outputs, panels; /* channels of the result; panels: outputs / TFC_PANEL, rounded up */
  /* K4: gint8 [panels][taps][k4][TFC_PANEL][4]; K2: gint16 [panels][taps][k4 * 2][TFC_PANEL][2] */
  const void *weights;
  const gint32 *start; /* [panels][TFC_PANEL] what the sums begin with */
  const gfloat *scale; /* [panels][TFC_PANEL] */
  gint32 zero_v;       /* times the row's sum is taken off */
  guint8 flip;         /* 0x80 where activations are int8 */
  TfcRequant store;
} TfcGemm;

/* One channel at a time, taps in groups of so many as are summed at once, four (K4) or two (K2);
 * weights of places without a tap are 0. K4: kernels of three rows have a group a column, so that
 * pixels beside each other share the work on columns; and as a weight less its zero point may need
 * nine bits, the few that do have their rest in extra. K2: taps row by row, no extra. Within a
 * block channels are ordered as unpacking bytes orders them: [4][16] channel 16 * (i / 4) + 4 *
 * part + i % 4. */
typedef struct {
  guint channels, blocks, groups;
  const void *weights;       /* [blocks][groups][4][16][4] gint8, or [2] gint16 */
  const gint8 *extra;        /* the same; K4 only, as is */
  const guint8 *needs_extra; /* [blocks][groups] 1 where extra is not all 0 */
  const gint32 *start;       /* [blocks][4][16] */
  const gfloat *scale;       /* [blocks][4][16] */
  guint8 flip;
  TfcRequant store;
} TfcDepthwise;

/* A convolution of a picture with few channels (q8/picture.h): a row of the kernel is a piece of a
 * line. Lines hold elements after the flip: bytes (K4), or words (K2). */
typedef struct {
  guint rows, piece; /* of the kernel, and the elements of one */
  guint steps; /* of 32 bits that hold a piece: of four elements (K4) or two; weights past it are 0 */
  gsize step;  /* bytes of a line from a pixel to the next one */
  guint outputs, panels; /* as of TfcGemm */
  const void *weights;   /* [panels][rows][steps][TFC_PANEL], each [4] gint8 or [2] gint16 */
  const gint32 *start;   /* [panels][TFC_PANEL] what the sums begin with */
  const gfloat *scale;   /* [panels][TFC_PANEL] */
  gint32 zero_v;         /* times the pixel's sum is taken off; 0 with K2 */
  TfcRequant store;
} TfcPictureQ8;

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

/* What a set of CPU features computes. sums to depthwise_3x3 are NULL where there is no kernel; of
 * the others picture and linear may be. Those read up to TFC_TAIL_BYTES past what they are given,
 * and write nothing there; sums of a block are int32 in an order of the set's own. */
typedef struct TfcQ8 {
  TfcQ8Packing gemm_packing, depthwise_packing;
  /* 128 where sums, gemm and depthwise compute on int8 activations, u - 128, and
   * starts are to be made of a zero point that is less as well. Else 0. */
  gint32 less;
  /* sums[i] = zero_v * the sum of row i (after flip); rows as for gemm. */
  void (*sums) (const TfcGemm *gemm, const guint8 *const *rows, gint32 *sums);
  /* n <= TFC_TILE_ROWS rows times n_panels panels from panel on; rows[tap][TFC_TILE_ROWS] are
   * pointers to pieces, all readable. Row i goes to y + i * stride, which stands at the first
   * panel's first channel. */
  void (*gemm) (const TfcGemm *gemm, const guint8 *const *rows, const gint32 *sums, guint n,
                guint panel, guint n_panels, guint8 *y, gsize stride);
  /* One pixel: taps[groups * 4], or * 2, are readable pointers. */
  void (*depthwise) (const TfcDepthwise *dw, const guint8 *const *taps, guint8 *y);
  /* n pixels beside each other, under a kernel of 3 by 3: rows of the first one's window, taps of a
   * row tap bytes apart, pixels step bytes. */
  void (*depthwise_3x3) (const TfcDepthwise *dw, const guint8 *const *rows, gsize tap, gsize step,
                         guint n, guint8 *y);
  /* n pixels beside each other, all their outputs. lines[rows] stand at the window of the first one; they are readable
   * for seven pixels more, and 64 bytes. NULL: gemm does it. */
  TfcQ8Packing picture_packing;
  void (*picture) (const TfcPictureQ8 *picture, const guint8 *const *lines, guint n, guint8 *y);
  TfcLookUp *look_up;
  void (*sum) (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how);
  /* The same where z is one byte all over; NULL: sum is as fast. */
  void (*linear) (guint8 *y, const guint8 *x, const guint8 *z, gsize n, const TfcBinaryQ8 *how);
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

struct TfcKernels;
/* plain.c: all but sums to depthwise_3x3, in C that compilers make vectors of. */
void tfc_kernels_add_plain (struct TfcKernels *kernels);
