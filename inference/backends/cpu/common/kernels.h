/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Our own kernels.
 *
 * float32: XNNPACK's depthwise layers fetch every input nine times; its convolutions waste what a
 * number of channels that is no multiple of 16 leaves empty, and rows where there are few. Products are
 * added one after the other with fused multiply-adds, bias first, in the same order however rows and
 * channels are cut into tiles and among threads.
 */
#include "inference/backend.h"
#include "inference/graph/graph.h"

/* Of functions that are unrolled many times over. UBSan's looks at every pointer make clang take three times as long for
 * them; AddressSanitizer sees what they read and write in any case. */
#ifdef __clang__
#define TFC_UNROLLED __attribute__ ((no_sanitize ("null", "alignment", "object-size", "pointer-overflow")))
#else
#define TFC_UNROLLED
#endif

#define TFC_PANEL 16                /* output channels that share a vector */
#define TFC_PANELS 3                /* panels that a tile holds */
#define TFC_TILE_ROWS 8             /* rows (output pixels) that a tile holds */
#define TFC_LONG_ROWS 16            /* rows of a narrow float32 tile where they lie beside each other */
#define TFC_MAX_DOTS 8             /* outputs of a layer that computes them one by one (TfcF32.dots) */
#define TFC_MAX_N8 6            /* eights of output channels that a float32 tile holds */
#define TFC_DW_BLOCK 64             /* channels that a depthwise step holds */
#define TFC_MAX_PRODUCTS 32768u     /* in a sum: 255 * 255 of each, and a bias, fit 32 bits */

/* From a sum to a stored byte: sum * scale rounded, + zero, saturated, in lo..hi, ^ flip. All as if
 * the type were uint8. Scales are below 1, so that no product passes 32 bits. */
typedef struct {
  guint8 lo, hi;
  gint16 zero;
  guint8 flip; /* 0, or 0x80 for int8 */
} TfcRequant;

/* Rows times columns of float32: a row is taps pieces of channels elements each. What is done to sums
 * while they are in registers: s + add, * slope where that is below 0, then clamped. */
typedef struct {
  guint taps, channels, outputs;
  guint added;         /* channels of add, a pixel of which stands beside each row; 0: none */
  const gfloat *slope; /* [outputs, and to the next octet's end], or NULL */
  gfloat min, max;
} TfcGemmF32;

/* Channels first .. first + n8 * 8 - 1 of the result, as far as there are so many. */
typedef struct {
  guint first, n8;
  const gfloat *weights; /* [n8 * 8] bias, then [taps][channels][n8 * 8] */
} TfcNTiles;

/* Tiles that a kernel has: rows[n8 - 1] at most, 0: none so wide. Octets are best in
 * multiples of step. Up to narrow wide there are tiles of TFC_LONG_ROWS, too. */
typedef struct {
  guint step, rows[TFC_MAX_N8], narrow;
} TfcTilesF32;

/* Some rows of a picture, in a ring. */
typedef struct {
  gint32 rows,
      shift; /* row r is at (r + shift) % rows; all rows and 0: where it is in the picture */
} TfcRing;

static inline gint32
tfc_ring_at (const TfcRing *ring, gint32 row)
{
  return (row + ring->shift) % ring->rows;
}

/* A layer ready to run. base is the first member of each kind's own struct. */
typedef struct TfcLayer TfcLayer;
struct TfcLayer {
  void (*run) (const TfcLayer *layer, TfcPool *pool, gboolean more);
  void (*finish) (TfcLayer *layer); /* or NULL: what else is to be freed than the layer and its room */
  void *room;                       /* tfc_layer_room, or NULL */
  /* For band_fusion.h, else NULL: rows from to to - 1 of the only picture's result from what they see
   * of its input, which x holds. Row r of the result is r rows from y. A convolution of single
   * pixels finds its rows beside each other, others than that find all of the picture. */
  void (*rows) (const TfcLayer *layer, const gfloat *x, const TfcRing *ring, gfloat *y, gint32 from,
                gint32 to);
  gsize scratch_bytes; /* that run wants for itself alone; set by make */
  void *scratch; /* set after it: layers run one after the other, so all of a segment share it */
  /* Copies weights and whatever else of constants run needs to memory: packed_bytes, zeroed, at a multiple of
   * 64, the segment's. Once, after make and before run; any thread. NULL, and 0: there are none.
   * is_packed: another layer has done so, and memory is not to be written, only pointed to. That is where pack,
   * order (0: never), packed_bytes, the kernels in use, all constants and the quantisation of the others are the same: order must
   * tell apart whatever else pack goes by (packed.h, tfc_packed_order). */
  void (*pack) (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory);
  gsize packed_bytes;
  guint64 order;
  gboolean is_packed;
};

/* A kind of layer: can it run (with the kernels in use: tfc_kernels), and made from a node
 * of a segment; NULL with error set. Weights, biases and slopes are copied (backend.h,
 * packs_weights) when it packs. */
typedef struct {
  gboolean (*can_run) (const TfcGraph *graph, const TfcNode *node);
  TfcLayer *(*make) (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                     GError **error);
  gboolean (*pays) (const TfcGraph *graph, const TfcNode *node); /* backend.h */
} TfcLayerKind;

extern const TfcLayerKind tfc_layer_conv, tfc_layer_conv_f32, tfc_layer_depthwise,
    tfc_layer_depthwise_f32, tfc_layer_table, tfc_layer_concat, tfc_layer_binary_f32,
    tfc_layer_unary_f32, tfc_layer_max_pool_f32, tfc_layer_average_pool_f32, tfc_layer_reduce_f32,
    tfc_layer_softmax_f32, tfc_layer_resize_f32, tfc_layer_copy, tfc_layer_transpose,
    tfc_layer_warp_f32, tfc_layer_binary_q8, tfc_layer_pool_q8, tfc_layer_reduce_q8,
    tfc_layer_resize_q8, tfc_layer_nearest, tfc_layer_arg, tfc_layer_convert_q8, tfc_layer_softmax_q8,
    tfc_layer_table_number;

void tfc_layer_free (TfcLayer *layer);
/* Room for n entries of so many bytes that the layer being made keeps, freed with it; once a layer. NULL with
 * error set (MEMORY), and then the layer is freed: nothing is to be put into it. */
void *tfc_layer_room (TfcLayer *layer, gsize n, gsize entry, GError **error);

static inline const TfcTensor *
tfc_layer_in (const TfcGraph *graph, const TfcNode *node, guint i)
{
  return i < node->n_in && node->in[i] != TFC_NONE ? &tfc_graph_v (graph, node->in[i])->tensor
                                                   : NULL;
}
