/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A network as arrays of values and nodes, addressed by number. Built through these few calls by
 * both loaders and by the tests, then checked, lowered, and from there on frozen and read-only. A
 * backend never learns which file format it came from.
 *
 * Limits, so that a hostile file costs bounded memory: see the TFC_MAX_ constants; adding past them
 * or running out of memory sets a sticky error that tfc_graph_check reports, so a loader may check
 * once at the end. Not thread-safe while being built; any number of readers afterwards. */
#include "inference/error.h"
#include "inference/ops/op.h"

#define TFC_MAX_VALUES 65536
#define TFC_MAX_NODES 65536
#define TFC_MAX_INPUTS (1 << 20) /* of all nodes together */
#define TFC_MAX_NAME 255 /* bytes of a value's name that are kept */
#define TFC_NONE G_MAXUINT /* an optional input that is not there */

typedef struct {
  TfcTensor tensor; /* data: constant bytes, or NULL for a value that is computed or an input */
  gchar *name;      /* for messages; may be NULL; owned */
} TfcValue;

typedef struct TfcNode {
  TfcOp op;
  guint n_in, n_out;
  guint *in;  /* value ids, TFC_NONE for a missing optional one; owned */
  guint *out; /* owned; nearly always one */
  TfcParams params;
} TfcNode;

/* What a file has behind the network proper and we do ourselves (TFLite_Detection_PostProcess):
 * options by name, and its constant inputs (the anchors). */
typedef struct {
  gchar *name;
  GHashTable *options; /* gchar* -> gdouble* (booleans as 0 and 1) */
  guint n_consts;
  guint *consts; /* value ids */
} TfcPostprocess;

/* The preparation of a picture that a file has in front of the network proper and that whoever fills
 * input 0 (float32, [1, height, width, channels]) does instead: any picture stretched to that size
 * (bilinear, corners not aligned, no half pixel), its values 0..255 times scale plus offset. A loader
 * begins with 1 and 0; lowering moves the graph's own MUL, ADD and SUB there. */
typedef struct {
  gboolean there;
  gfloat scale, offset;
} TfcPictureInput;

typedef struct TfcGraph {
  GArray *values; /* TfcValue */
  GArray *nodes;  /* TfcNode; in an order in which they can run, after tfc_graph_check */
  GArray *inputs, *outputs; /* guint value ids */
  TfcPostprocess *tail;  /* or NULL */
  TfcPictureInput picture;
  /*< private >*/
  GPtrArray *keep;  /* GBytes that constants point into */
  GPtrArray *files; /* the same, mapped files */
  struct TfcRegion *region; /* what was allocated for them lies there */
  GError *error;   /* the first thing that went wrong while building */
} TfcGraph;

TfcGraph *tfc_graph_new (void);
void tfc_graph_free (TfcGraph *graph); /* NULL is fine */

/* Keeps bytes alive as long as the graph. Takes a reference. */
void tfc_graph_keep (TfcGraph *graph, GBytes *bytes);
/* The same for what is mapped from files, and for reading only. */
void tfc_graph_keep_file (TfcGraph *graph, GBytes *bytes);
/* Whoever reads this constant again will wait: where it lies in a mapped file its pages are given back, unless it is
 * smaller than one. Any thread. */
void tfc_graph_advise_dontneed (const TfcGraph *graph, const TfcTensor *constant);
/* All that is kept: the files, and what was made of them. Limits are multiples of it. */
gsize tfc_graph_constant_bytes (const TfcGraph *graph);
/* Zeroed memory (with TFC_TAIL_BYTES behind it; region.h) that lives as long as the graph; NULL and a sticky error if
 * there is not enough. */
void *tfc_graph_alloc (TfcGraph *graph, gsize bytes);
/* The same for a caller who keeps it, be it longer than the graph: the bytes can be written. */
GBytes *tfc_graph_alloc_bytes (TfcGraph *graph, gsize bytes);
/* No more constants come: pages in which none lies go back to the system. */
void tfc_graph_settle (TfcGraph *graph);

/* Adds a value and returns its id. desc->data is NULL for one to be computed; else it must stay
 * valid as long as the graph (keep, alloc), aligned for its type, and hold all its elements.
 * quant.scales likewise. */
guint tfc_graph_value (TfcGraph *graph, const gchar *name, const TfcTensor *desc);
/* Another name than it was added with. */
void tfc_graph_rename (TfcGraph *graph, guint value, const gchar *name);
/* Short forms of it: a value whose type and shape (rank -1 until then) tfc_graph_check infers, and a constant whose bytes are copied. */
guint tfc_graph_unknown (TfcGraph *graph, const gchar *name);
guint tfc_graph_const (TfcGraph *graph, const gchar *name, TfcType type, const TfcShape *shape,
                       const void *data);

/* Adds a node and returns its index. Outputs are ids of values that exist already; a value has one
 * producer. */
guint tfc_graph_node (TfcGraph *graph, TfcOp op, const TfcParams *params, const guint *in,
                      guint n_in, const guint *out, guint n_out);

void tfc_graph_input (TfcGraph *graph, guint value);
void tfc_graph_output (TfcGraph *graph, guint value);

/* Records a loader's own error unless one is there already; takes the GError. */
void tfc_graph_fail (TfcGraph *graph, GError *error);

/* Orders the nodes (an order that already works is kept), infers and checks every type and shape,
 * turns SAME padding into numbers, and rejects what is not sound: ids out of range, two producers,
 * a computed constant, cycles, dangling inputs, no output, impossible quantisation, empty values,
 * sizes that overflow or pass TFC_MAX_TENSOR_BYTES. Idempotent; time and memory linear in the size
 * of the graph. FALSE with error set (FORMAT or UNSUPPORTED, naming node and value). */
gboolean tfc_graph_check (TfcGraph *graph, GError **error);

/* Multiply-accumulates of a node of a checked graph: its products with weights. */
guint64 tfc_graph_macs (const TfcGraph *graph, const TfcNode *node);

static inline TfcValue *
tfc_graph_v (const TfcGraph *graph, guint id)
{
  return &g_array_index (graph->values, TfcValue, id);
}

static inline TfcNode *
tfc_graph_n (const TfcGraph *graph, guint index)
{
  return &g_array_index (graph->nodes, TfcNode, index);
}

/* Type and shape of the node's outputs from its inputs (tfc_op_infer); part of tfc_graph_check, which has
 * checked ids, values and the inputs' shapes before. An output that a loader described keeps its
 * type and quantisation; its shape must be the inferred one, where -1 stands for any dimension.
 * One from tfc_graph_unknown (rank -1, float32, not quantised) gets the first input's type and
 * quantisation, except CONVERT's, whose type says what to convert to.
 *
 * Rules beyond op.h: inputs have the types that the op's row allows; most have one type, which is
 * also the output's. 8-bit integers compute only where they are quantised per tensor (weights also
 * per channel). Ops that only move elements, max pool and resize demand (or, where the output has
 * none, hand on) equal quantisation; RESHAPE keeps stored numbers and lets them stand for something
 * else. Windows: strides, dilations and kernels >= 1, padding >= 0; a pool has no dilation and no
 * window that lies wholly in the padding. Axes of reductions,
 * CONCAT and ARG_MAX below 0 count from the end and are rewritten. RESHAPE may leave one dimension -1.
 * SLICE strides may be negative, not 0; every element that it names must be there. A clamp that is
 * NaN or upside down, PAD below 0 and RESIZE below 1 are refused. */
gboolean tfc_infer_node (TfcGraph *graph, TfcNode *node, GError **error);
