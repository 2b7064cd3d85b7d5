/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Our own kernels for 8-bit layers: XNNPACK of Debian 12 multiplies uint8 on a quarter of what
 * CPUs with VNNI can do. Same arithmetic as reference/mac.h, bit for bit: exact integer sums, then
 * float32 (sum) * float32 scale, half to even.
 *
 * Everything is computed on uint8 activations u and int8 weights v. int8 activations become uint8 by
 * flipping the top bit (u = x + 128), uint8 weights become int8 likewise (v = w - 128); zero points
 * move along. With zero points zu and zv
 *   sum (u - zu)(v - zv) = sum u v - zv sum u - zu sum v + n zu zv
 * where the last two are known when weights are packed and sum u, one number a row, is needed only
 * where zv is not 0. */
#include "backend.h"

#define TFC_PANEL 16                /* output channels that share a vector */
#define TFC_PANELS 3                /* panels that a tile holds */
#define TFC_TILE_ROWS 8             /* rows (output pixels) that a tile holds */
#define TFC_DW_BLOCK 64             /* channels that a depthwise step holds */
#define TFC_MAX_PRODUCTS 32768u     /* in a sum: 255 * 255 of each, and a bias, fit 32 bits */
#define TFC_MAX_BIAS (G_MAXINT32 - (gint32) (TFC_MAX_PRODUCTS * 65025u))

/* From a sum to a stored byte: max (lo, min (hi, sum * scale)) rounded, + zero, ^ flip. lo and hi
 * are in steps from the zero point, zero is as if the type were uint8. */
typedef struct {
  gfloat lo, hi;
  gint32 zero;
  guint8 flip; /* 0, or 0x80 for int8 */
} TfcStore;

/* Rows times columns. A row is taps pieces of quads * 4 bytes each, of which channels count; bytes
 * past them meet weights that are 0. */
typedef struct {
  guint taps, channels, quads;
  guint outputs, panels;  /* channels of the result; panels: outputs / TFC_PANEL, rounded up */
  const gint8 *weights;   /* [panels][taps][quads][TFC_PANEL][4] */
  const gint32 *start;    /* [panels][TFC_PANEL] what the sums begin with */
  const gfloat *scale;    /* [panels][TFC_PANEL] */
  gint32 zero_v;          /* times the row's sum is taken off */
  guint8 flip;            /* 0x80 where activations are int8 */
  TfcStore store;
} TfcGemm;

/* One channel at a time, taps in fours (weights past the last tap are 0). A weight less its zero
 * point may need nine bits: what does not fit stands in extra. Within a block channels are ordered
 * as unpacking bytes orders them: [4][16] channel 16 * (i / 4) + 4 * part + i % 4. */
typedef struct {
  guint channels, blocks, groups; /* groups of four taps */
  const gint8 *weights;           /* [blocks][groups][4][16][4] */
  const gint8 *extra;             /* the same, or NULL where no weight needs it */
  const gint32 *start;            /* [blocks][4][16] */
  const gfloat *scale;            /* [blocks][4][16] */
  guint8 flip;
  TfcStore store;
} TfcDepthwise;

/* What one instruction set computes. */
typedef struct {
  const gchar *name;
  /* Sum of n uint8 (after flip). */
  gint32 (*sum) (const guint8 *x, guint n, guint8 flip);
  /* n <= TFC_TILE_ROWS rows times n_panels panels from panel on; rows[tap][TFC_TILE_ROWS] are
   * pointers to pieces, all readable, sums[TFC_TILE_ROWS] are zero_v * sum of the row. Row i goes to
   * y + i * stride, which stands at the first panel's first channel. */
  void (*gemm) (const TfcGemm *gemm, const guint8 *const *rows, const gint32 *sums, guint n,
                guint panel, guint n_panels, guint8 *y, gsize stride);
  /* n pixels beside each other: taps[groups * 4] are pointers for the first one, the others are step
   * bytes on; outputs are channels bytes apart. */
  void (*depthwise) (const TfcDepthwise *dw, const guint8 *const *taps, gsize step, guint n,
                     guint8 *y);
  /* y[i] = table[x[i]] */
  void (*look_up) (guint8 *y, const guint8 *x, gsize n, const guint8 table[256]);
} TfcIsa;

/* The best for this CPU; NULL if XNNPACK's are better than all of ours. */
const TfcIsa *tfc_isa (void);
extern const TfcIsa tfc_isa_vnni512; /* there only where __x86_64__ */

/* A layer ready to run. base is the first member of each kind's own struct. */
typedef struct TfcLayer TfcLayer;
struct TfcLayer {
  void (*run) (const TfcLayer *layer, TfcPool *pool, gboolean more);
  void (*free) (TfcLayer *layer);
};

/* A kind of layer: can it run (on a CPU that has an instruction set of ours), and made from a node
 * of a segment; NULL with error set (MEMORY). */
typedef struct {
  gboolean (*can_run) (const TfcGraph *graph, const TfcNode *node);
  TfcLayer *(*make) (const TfcSegment *segment, const TfcNode *node, TfcPool *pool,
                     GError **error);
} TfcLayerKind;

extern const TfcLayerKind tfc_layer_conv, tfc_layer_depthwise, tfc_layer_table, tfc_layer_concat;

/* Zeroed memory at a multiple of 64 for packed weights, for free (); NULL with error set. */
void *tfc_layer_alloc (gsize bytes, GError **error);

static inline const TfcTensor *
tfc_layer_in (const TfcGraph *graph, const TfcNode *node, guint i)
{
  return i < node->n_in && node->in[i] != TFC_NONE ? &tfc_graph_v (graph, node->in[i])->tensor
                                                   : NULL;
}
