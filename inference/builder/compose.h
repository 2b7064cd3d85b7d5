/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Operators of the file formats that are several nodes of ours: both readers build them here, and
 * each says how a node is added. Every call takes and returns value ids whose shapes are known;
 * TFC_NONE in gives TFC_NONE out, and TFC_NONE comes out with an error recorded by the reader. */
#include "inference/graph/graph.h"

typedef struct TfcCompose TfcCompose;

struct TfcCompose {
  TfcGraph *graph;
  /* Adds a node, or what it computes where all inputs are constant. desc: its output; one of rank -1
   * and no quantisation is like the first input. */
  guint (*emit) (TfcCompose *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
                 const TfcTensor *desc);
  /* Records that the operator cannot be: unsupported, or wrong. */
  void (*refuse) (TfcCompose *c, gboolean unsupported, const gchar *why);
};

static inline const TfcShape *
tfc_compose_shape (const TfcCompose *c, guint id)
{
  return &tfc_graph_v (c->graph, id)->tensor.shape; /* until the next value is added */
}

/* Records it; TFC_NONE. */
guint tfc_compose_refuse (TfcCompose *c, gboolean unsupported, const gchar *format, ...) G_GNUC_PRINTF (3, 4);
/* params NULL: tfc_params (). */
guint tfc_compose_emit (TfcCompose *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in);
guint tfc_compose_unary (TfcCompose *c, TfcOp op, guint x);
guint tfc_compose_binary (TfcCompose *c, TfcOp op, guint a, guint b);
guint tfc_compose_reshape (TfcCompose *c, guint x, const TfcShape *shape);
/* n elements along axis (>= 0) from first on; step -1 goes back. */
guint tfc_compose_part (TfcCompose *c, guint x, gint axis, gint32 first, gint32 n, gint32 step);
guint tfc_compose_slice (TfcCompose *c, guint x, const TfcParams *params, const TfcShape *shape);
guint tfc_compose_concat (TfcCompose *c, const guint *in, guint n_in, gint axis);
guint tfc_compose_transpose (TfcCompose *c, guint x, const gint32 *axes);
guint tfc_compose_insert_axis (TfcCompose *c, guint x, gint axis);
guint tfc_compose_drop_axis (TfcCompose *c, guint x, gint axis);

/* PACK; axis below 0 counts from the end of the result. */
guint tfc_compose_stack (TfcCompose *c, const guint *in, guint n_in, gint axis);
/* SPLIT: sizes, one of which may be -1, the rest; ids of the n parts into out. */
gboolean tfc_compose_split (TfcCompose *c, guint x, gint axis, gint32 *sizes, guint n, guint *out);
/* UNPACK: as many as the axis is long, at most max, which must be wanted. */
gboolean tfc_compose_unstack (TfcCompose *c, guint x, gint axis, guint wanted, guint *out);
guint tfc_compose_tile (TfcCompose *c, guint x, const gint32 *times, guint n);
/* To a shape as numpy broadcasts; -1: as it is. */
guint tfc_compose_broadcast (TfcCompose *c, guint x, const TfcShape *shape);
/* Elements along axis; the indices' shape takes its place. */
guint tfc_compose_gather (TfcCompose *c, guint x, gint axis, const gint32 *index, const TfcShape *shape);
guint tfc_compose_reverse (TfcCompose *c, guint x, const gint32 *axes, guint n);

/* STRIDED_SLICE as TensorFlow has it: one entry a position of the spec, masks by bit. */
typedef struct {
  guint n;
  gint32 begin[TFC_MAX_AXES], end[TFC_MAX_AXES], stride[TFC_MAX_AXES];
  gint begin_mask, end_mask, ellipsis, new_axis, shrink;
  gboolean offset; /* an end counts from its begin */
} TfcStrided;

/* What of x it takes: params and cut (of x's rank), and the result's shape with new and without
 * shrunk axes. FALSE with an error recorded. */
gboolean tfc_compose_strided_ranges (TfcCompose *c, const TfcStrided *s, const TfcShape *x, TfcParams *params,
                                     TfcShape *cut, TfcShape *result);
guint tfc_compose_strided (TfcCompose *c, guint x, const TfcStrided *s);

/* compose_space.c. before, after: one an axis. edge: the outermost element is repeated too (SYMMETRIC). */
guint tfc_compose_mirror_pad (TfcCompose *c, guint x, const gint32 *before, const gint32 *after, gboolean edge);
guint tfc_compose_space_to_depth (TfcCompose *c, guint x, gint32 block);
/* n spatial axes after the batch; pads: before and after of each. */
guint tfc_compose_space_to_batch (TfcCompose *c, guint x, const gint32 *block, const gint32 *pads, guint n);
guint tfc_compose_batch_to_space (TfcCompose *c, guint x, const gint32 *block, const gint32 *crops, guint n);
/* TRANSPOSE_CONV of weights OHWI (constant) to height x width, which SAME or VALID padding decides the
 * place of: a convolution of the input spread with zeros. bias may be TFC_NONE. y: type and
 * quantisation of what comes out. */
guint tfc_compose_transpose_conv (TfcCompose *c, guint x, guint w, guint bias, gint stride_h, gint stride_w,
                                  gboolean same, gint height, gint width, const TfcTensor *y);
/* x / max (|x|, 1e-6) with the length along the last axis; float32. */
guint tfc_compose_l2_normalise (TfcCompose *c, guint x, guint least);
