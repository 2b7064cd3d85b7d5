/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* float32 layers. XNNPACK's depthwise kernels fetch every input nine times, its
 * pools, pads and resizes go pixel by pixel; and each of its stretches costs a start and an end. */
#include "inference/backends/cpu/common/kernels.h"
#include "inference/backends/cpu/common/row_shares.h"

/* A depthwise layer; rows and columns are those of one picture. */
typedef struct {
  guint channels;
  gint32 x_rows, x_columns, y_rows, y_columns, kernel_h, kernel_w;
  TfcRing ring; /* of the input's rows */
  TfcWindow window;
  TfcClamp clamp;
  gboolean limited;     /* there is a clamp */
  const gfloat *kernel; /* [blocks][1 + taps][TFC_PANEL] bias, then tap by tap of each column */
  const gfloat *zeros;  /* a row of the input */
} TfcDepthwiseF32;

/* Where channel's bias is; its weights follow, each TFC_PANEL further. */
static inline const gfloat *
tfc_depthwise_f32_kernel (const TfcDepthwiseF32 *d, guint channel)
{
  return d->kernel + (gsize)(channel / TFC_PANEL) * (1 + d->kernel_h * d->kernel_w) * TFC_PANEL +
         channel % TFC_PANEL;
}

/* A row of picture x; zeros beside it. */
static inline const gfloat *
tfc_depthwise_f32_row (const TfcDepthwiseF32 *d, const gfloat *x, gint32 row)
{
  return (guint)row < (guint)d->x_rows
             ? x + (gsize)tfc_ring_at (&d->ring, row) * d->x_columns * d->channels
             : d->zeros;
}

/* One input. */
typedef struct {
  TfcClamp clamp; /* CLAMP */
  gfloat alpha;   /* LEAKY_RELU */
} TfcUnaryF32;

/* Two inputs: rows of x and of z, which are so many elements apart (0: all read the same one).
 * Those of the result lie one after the other. */
typedef struct {
  gsize x_step, z_step;
  gboolean single; /* a row of z is one element */
  TfcClamp clamp;
} TfcRowsF32;

/* rows elements that lie step apart become one, which is divided and clamped. */
typedef struct {
  gsize rows, step;
  gfloat divisor;
  TfcClamp clamp;
} TfcReduceF32;

/* What an output row (or column) of a pool sees: n of the input's from element first on. */
typedef struct {
  gsize first;
  gint32 n;
} TfcSpanF32;

typedef struct {
  guint channels;
  gint32 x_columns, y_columns;
  const TfcSpanF32 *rows, *columns;
  TfcClamp clamp;
} TfcPoolF32;

/* An output row (or column) lies between two of the input's, at these elements; weight: of second.
 */
typedef struct {
  gsize first, second;
  gfloat weight;
} TfcBetweenF32;

typedef struct {
  guint channels;
  gint32 y_columns;
  const TfcBetweenF32 *rows, *columns;
} TfcResizeF32;

/* A picture seen through a transform: 4 by 4, row by row, as ops/landmarks.c has it. */
typedef struct {
  guint channels;
  gint32 x_rows, x_columns, y_columns;
  const gfloat *matrix;
} TfcWarpF32;

/* What a set of CPU features computes; NULL where there is no kernel. x and y are pictures of which
 * rows from to to are computed. */
typedef struct TfcF32 {
  /* rows <= tiles.rows[] of pieces, added pixels and results; neither add nor y is NULL. Row i's
   * piece under a tap is at pointers[tap * TFC_TILE_ROWS + i], or where step is not 0, i steps
   * from pointers[tap * TFC_TILE_ROWS]. */
  void (*gemm) (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                gsize step, guint rows, const gfloat *add, gfloat *y);
  TfcTilesF32 tiles;
  /* The same for all of up to TFC_MAX_DOTS outputs, rows <= TFC_LONG_ROWS if step is not 0, else <=
   * TFC_TILE_ROWS. Weights are [8] bias, then [outputs][taps][channels, and
   * zeros to the end of dot_lanes]; bias and slope are repeated to the octet's end. */
  void (*dots) (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                gsize step, guint rows, const gfloat *add, gfloat *y);
  guint dot_lanes;
  void (*depthwise) (const TfcDepthwiseF32 *d, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  void (*max_pool) (const TfcPoolF32 *p, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  void (*average_pool) (const TfcPoolF32 *p, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  void (*resize) (const TfcResizeF32 *r, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  void (*warp) (const TfcWarpF32 *w, const gfloat *x, gfloat *y, gint32 from, gint32 to);
  /* Winograd (winograd.h), a tile: 4 by 4 pixels of the input to v[16][step], of which up to
   * the next LANES' end is written, and the sums m[16][step] to 2 by 2 of the result, how being all
   * but taps and channels of them. add: pixels beside them. */
  void (*winograd_enter) (gfloat *v, gsize step, const gfloat *const x[16], guint channels);
  void (*winograd_leave) (const TfcGemmF32 *how, gfloat *const y[4], const gfloat *const add[4],
                          const gfloat *m, gsize step);
  /* By op; clamped. reversed: z is the first input. */
  void (*binary[TFC_N_OPS]) (gfloat *y, const gfloat *x, const gfloat *z, const TfcRowsF32 *r,
                             gsize rows, gsize columns);
  void (*reversed[TFC_N_OPS]) (gfloat *y, const gfloat *x, const gfloat *z, const TfcRowsF32 *r,
                               gsize rows, gsize columns);
  void (*unary[TFC_N_OPS]) (gfloat *y, const gfloat *x, gsize n, const TfcUnaryF32 *how);
  /* By op (MEAN: the sum; divisor is left to the caller of line): as many results as columns; one
   * of n elements beside each other. */
  void (*columns[TFC_N_OPS]) (gfloat *y, const gfloat *x, const TfcReduceF32 *r, gsize columns);
  gfloat (*line[TFC_N_OPS]) (const gfloat *x, gsize n);
  void (*softmax) (gfloat *y, const gfloat *x, gsize rows, gsize n, gfloat beta);
  /* Rows of columns elements each; steps are from row to row. */
  void (*copy) (gfloat *y, gsize y_step, const gfloat *x, gsize x_step, gsize columns, gsize rows);
  void (*zero) (gfloat *y, gsize y_step, gsize columns, gsize rows);
} TfcF32;

/* Into how many chunks a layer is best cut for the pool's threads: 1 where it is done before they
 * would have begun. work: vector operations of TFC_PANEL lanes. Chunks have at least
 * tfc_f32_least_work, which tests lower. */
extern gsize tfc_f32_least_work;
guint tfc_f32_work_items (const TfcPool *pool, gsize work);

/* The first member of a layer that is cut into chunks, which threads run in any order. */
typedef struct {
  TfcLayer base;
  void (*run_chunk) (gpointer layer, gsize index);
  guint chunks;
} TfcSplitF32;

/* All of it. work: as tfc_f32_work_items. */
void tfc_split_f32_init (TfcSplitF32 *layer, TfcPool *pool,
                         void (*run_chunk) (gpointer layer, gsize index), gsize work);

/* x is float32 and computed, y float32. */
gboolean tfc_f32_good (const TfcTensor *x, const TfcTensor *y);
/* XNNPACK is built in and runs the node: can_run then refuses what it does faster. */
gboolean tfc_f32_xnnpack_runs (const TfcGraph *graph, const TfcNode *node);
/* For TfcLayerKind.pays of what is cheap: only where XNNPACK does not run it, nor the next one but
 * the reference. */
gboolean tfc_f32_seldom_pays (const TfcGraph *graph, const TfcNode *node);
