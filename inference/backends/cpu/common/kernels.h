/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Our own kernels.
 *
 * float32: XNNPACK's depthwise layers fetch every input nine times; its convolutions waste what a
 * number of channels that is no multiple of 16 leaves empty, and rows where there are few. Products are
 * added one after the other with fused multiply-adds, bias first, in the same order however rows and
 * channels are cut into tiles and among threads.
 *
 * 8 bits: XNNPACK of Debian 12 multiplies uint8 on a quarter of what CPUs with VNNI can do. Same
 * arithmetic as ops/mac.h, bit for bit: exact integer sums, then float32 (sum) * float32 scale,
 * half to even. Everything is computed on uint8 activations u and int8 weights v. int8 activations become uint8 by
 * flipping the top bit (u = x + 128), uint8 weights become int8 likewise (v = w - 128); zero points
 * move along. With zero points zu and zv
 *   sum (u - zu)(v - zv) = sum u v - zv sum u - zu sum v + n zu zv
 * where the last two are known when weights are packed and sum u, one number a row, is needed only
 * where zv is not 0. */
#include "inference/backend.h"
#include "inference/graph/graph.h"

#define TFC_PANEL 16                /* output channels that share a vector */
#define TFC_PANELS 3                /* panels that a tile holds */
#define TFC_TILE_ROWS 8             /* rows (output pixels) that a tile holds */
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

/* Rows times columns. A row is taps pieces of k4 * 4 bytes each, of which channels count; bytes
 * past them meet weights that are 0. */
typedef struct {
  guint taps, channels, k4;
  guint outputs, panels;  /* channels of the result; panels: outputs / TFC_PANEL, rounded up */
  const gint8 *weights;   /* [panels][taps][k4][TFC_PANEL][4] */
  const gint32 *start;    /* [panels][TFC_PANEL] what the sums begin with */
  const gfloat *scale;    /* [panels][TFC_PANEL] */
  gint32 zero_v;          /* times the row's sum is taken off */
  guint8 flip;            /* 0x80 where activations are int8 */
  TfcRequant store;
} TfcGemm;

/* The same for float32, and what is done to sums while they are in registers: s + add, * slope where
 * that is below 0, then clamped. */
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

/* Tiles that an instruction set has: rows[n8 - 1] at most, 0: none so wide. Octets are best in
 * multiples of step. */
typedef struct {
  guint step, rows[TFC_MAX_N8];
} TfcTilesF32;

/* One channel at a time, taps in groups of four (weights of places without a tap are 0). Kernels of
 * three rows have a group a column: pixels beside each other share the work on columns. A weight less
 * its zero point may need nine bits; the few that do have their rest in extra. Within a block
 * channels are ordered as unpacking bytes orders them: [4][16] channel 16 * (i / 4) + 4 * part + i %
 * 4. */
typedef struct {
  guint channels, blocks, groups;
  const gint8 *weights;      /* [blocks][groups][4][16][4] */
  const gint8 *extra;        /* the same */
  const guint8 *needs_extra; /* [blocks][groups] 1 where extra is not all 0 */
  const gint32 *start;       /* [blocks][4][16] */
  const gfloat *scale;       /* [blocks][4][16] */
  guint8 flip;
  TfcRequant store;
} TfcDepthwise;

/* What one instruction set computes; NULL where XNNPACK's kernels are as good. */
typedef struct {
  const gchar *name;
  /* sums[i] = zero_v * the sum of row i (after flip); rows as for gemm. */
  void (*sums) (const TfcGemm *gemm, const guint8 *const *rows, gint32 *sums);
  /* n <= TFC_TILE_ROWS rows times n_panels panels from panel on; rows[tap][TFC_TILE_ROWS] are
   * pointers to pieces, all readable. Row i goes to y + i * stride, which stands at the first panel's
   * first channel. */
  void (*gemm) (const TfcGemm *gemm, const guint8 *const *rows, const gint32 *sums, guint n,
                guint panel, guint n_panels, guint8 *y, gsize stride);
  /* One pixel: taps[groups * 4] are readable pointers. */
  void (*depthwise) (const TfcDepthwise *dw, const guint8 *const *taps, guint8 *y);
  /* n pixels beside each other, under a kernel of 3 by 3: rows of the first one's window, taps of a
   * row tap bytes apart, pixels step bytes. */
  void (*depthwise_3x3) (const TfcDepthwise *dw, const guint8 *const *rows, gsize tap, gsize step,
                         guint n, guint8 *y);
  /* rows <= tiles_f32.rows[] of pieces (as for gemm), added pixels and results; neither add nor y is
   * NULL. */
  void (*gemm_f32) (const TfcGemmF32 *gemm, const TfcNTiles *n_tile, const guint8 *const *pointers,
                    guint rows, const gfloat *add, gfloat *y);
  TfcTilesF32 tiles_f32;
  /* y[i] = table[x[i]] */
  void (*look_up) (guint8 *y, const guint8 *x, gsize n, const guint8 table[256]);
  const struct TfcF32 *f32; /* f32.h */
} TfcIsa;

/* avx512_gemm_f32.c, avx2_gemm_f32.c */
void tfc_avx512_gemm_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile,
                          const guint8 *const *pointers, guint rows, const gfloat *add, gfloat *y);
void tfc_avx2_gemm_f32 (const TfcGemmF32 *gemm, const TfcNTiles *n_tile,
                        const guint8 *const *pointers, guint rows, const gfloat *add, gfloat *y);

/* What this CPU runs, the best first; NULL past the end. */
const TfcIsa *tfc_isa_nth (guint n);
/* The one in use: the best, unless tests chose another (NULL: the best again) before any model was
 * open. NULL if there is none for this CPU. */
const TfcIsa *tfc_isa (void);
void tfc_isa_choose (const TfcIsa *isa);
/* There only where __x86_64__. */
extern const TfcIsa tfc_isa_avx512, tfc_isa_avx2;

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
   * 64, the segment's. Once, after make and before run; any thread. NULL, and 0: there are none. */
  void (*pack) (TfcLayer *layer, const TfcGraph *graph, const TfcNode *node, void *memory);
  gsize packed_bytes;
};

/* A kind of layer: can it run (on a CPU that has an instruction set of ours), and made from a node
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
    tfc_layer_unary_f32, tfc_layer_max_pool_f32, tfc_layer_resize_f32, tfc_layer_copy_f32,
    tfc_layer_warp_f32, tfc_layer_average_pool_f32, tfc_layer_reduce_f32, tfc_layer_softmax_f32,
    tfc_layer_transpose;

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
