/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What operators of both file formats come down to: each call adds one node or several and gives the id
 * of what they compute, TFC_NONE with the error recorded on failure (builder.h). Operands that must be
 * known while loading (axes, sizes, paddings) are ids too; one that is not constant is refused.
 *
 * y: type and quantisation of the result where an operator on 8 bits has its own, as tfc_build takes
 * it; NULL: like the first input. An axis below 0 counts from the end. A call that checks only shapes
 * gives FALSE on failure. */
#include "inference/builder/builder.h"

#define TFC_RELU ((TfcClamp){0, G_MAXFLOAT})
#define TFC_RELU6 ((TfcClamp){0, 6})
#define TFC_RELU_N1_TO_1 ((TfcClamp){-1, 1})
#define TFC_RELU_0_TO_1 ((TfcClamp){0, 1})

/* ---- numbers.c: element by element, and along axes ---- */
guint tfc_build_clamp (TfcBuilder *b, guint x, TfcClamp clamp, const TfcTensor *y);
/* Of numbers in 8 bits: float32, what they stand for. */
guint tfc_build_add_n (TfcBuilder *b, const guint *in, guint n_in);
/* MEAN to REDUCE_MIN. */
guint tfc_build_reduce (TfcBuilder *b, TfcOp op, guint x, guint axes, gboolean keep_dims,
                        const TfcTensor *y);
/* ARG_MAX, ARG_MIN: int32. */
guint tfc_build_arg (TfcBuilder *b, TfcOp op, guint x, guint axis);
/* The k greatest along the last axis, and where they are (int32). */
gboolean tfc_build_top_k (TfcBuilder *b, guint x, guint k, const TfcTensor *y, guint out[2]);
/* alpha: of LEAKY_RELU, SOFTMAX (beta) and GELU. */
guint tfc_build_alpha (TfcBuilder *b, TfcOp op, guint x, gfloat alpha, const TfcTensor *y);
/* x - log (sum of exp (x)) along the last axis; float32, as the next. */
guint tfc_build_log_softmax (TfcBuilder *b, guint x);
/* x / max (|x|, 1e-6) with the length along the last axis. */
guint tfc_build_l2_normalise (TfcBuilder *b, guint x);
/* a where mask (bool) is set, else other; broadcast as numpy. */
guint tfc_build_select (TfcBuilder *b, guint mask, guint a, guint other, const TfcTensor *y);
/* TensorFlow's first SELECT: a mask of one axis has a number a row. */
guint tfc_build_select_rows (TfcBuilder *b, guint mask, guint a, guint other, const TfcTensor *y);
/* The sum of the elements so far along the axis. */
guint tfc_build_cumsum (TfcBuilder *b, guint x, guint axis, gboolean exclusive, gboolean reverse);
/* Along a new axis of depth (one number), at axis of the result: on where an index is, off
 * elsewhere, off everywhere for an index beside it. */
guint tfc_build_one_hot (TfcBuilder *b, guint indices, guint depth, guint on, guint off, gint axis,
                         const TfcTensor *y);
guint tfc_build_not (TfcBuilder *b, guint x);
guint tfc_build_reciprocal (TfcBuilder *b, guint x);
/* To another element type; x itself if it has it. */
guint tfc_build_cast (TfcBuilder *b, guint x, TfcType type);
/* The numbers that x stands for, stored as y says. */
guint tfc_build_convert (TfcBuilder *b, guint x, const TfcTensor *y);

/* ---- layers.c ---- */
/* keep_dims FALSE: x is made [batch, C] first. bias may be TFC_NONE. */
guint tfc_build_fully_connected (TfcBuilder *b, guint x, guint w, guint bias, gboolean keep_dims,
                                 TfcClamp clamp, const TfcTensor *y);
/* By a matrix [C, O], or [O, C] where it is transposed: a layer without bias. */
guint tfc_build_matmul (TfcBuilder *b, guint x, guint w, gboolean transposed, const TfcTensor *y);
/* Matrices [.., M, K] by [.., K, N], each transposed where that is said; what is before is broadcast. */
guint tfc_build_batch_matmul (TfcBuilder *b, guint x, guint w, gboolean transpose_x, gboolean transpose_w,
                              const TfcTensor *y);
/* The square root of the means of squares. */
guint tfc_build_l2_pool (TfcBuilder *b, guint x, const TfcWindow *window, TfcClamp clamp);
/* Weights OHWI, to the height and width in shape (four numbers), which SAME or VALID padding decides the place
 * of; TFC_NONE: stride times as large (SAME), or as large as what the kernel reaches. bias may be
 * TFC_NONE; of window the strides and padding. */
guint tfc_build_transpose_conv (TfcBuilder *b, guint shape, guint x, guint w, guint bias,
                                const TfcWindow *window, TfcClamp clamp, const TfcTensor *y);
/* Batch norm: bn are scale, offset, mean and variance, a constant a channel each. */
guint tfc_build_scale_channels (TfcBuilder *b, guint x, const guint bn[4], gfloat epsilon);

/* ---- reshape.c: the same elements in other dimensions ---- */
guint tfc_build_reshape (TfcBuilder *b, guint x, const TfcShape *shape); /* x if it has it */
guint tfc_build_reshape_to (TfcBuilder *b, guint x, guint shape);
/* The same stored numbers under another id; quant: what they stand for, NULL: the same. */
guint tfc_build_copy (TfcBuilder *b, guint x, const TfcQuant *quant);
guint tfc_build_expand_dims (TfcBuilder *b, guint x, guint axis);
guint tfc_build_insert_axis (TfcBuilder *b, guint x, gint axis);
guint tfc_build_drop_axis (TfcBuilder *b, guint x, gint axis); /* >= 0 */
guint tfc_build_squeeze (TfcBuilder *b, guint x, const gint32 *axes, guint n);
guint tfc_build_transpose (TfcBuilder *b, guint x, const gint32 *axes);
guint tfc_build_transpose_by (TfcBuilder *b, guint x, guint axes);
/* What EXPAND_DIMS and SQUEEZE (the axes named, or with n 0 all of one element) make of a shape, whose
 * dimensions may be -1. */
gboolean tfc_build_expanded (TfcBuilder *b, const TfcShape *from, gint32 axis, TfcShape *to);
gboolean tfc_build_squeezed (TfcBuilder *b, const TfcShape *from, const gint32 *axes, guint n,
                             TfcShape *to);

/* ---- concat.c: several into one and one into several ---- */
guint tfc_build_concat (TfcBuilder *b, const guint *in, guint n_in, gint axis, const TfcTensor *y);
/* PACK; the axis is one of the result. */
guint tfc_build_stack (TfcBuilder *b, const guint *in, guint n_in, gint axis);
/* UNPACK: as many as the axis is long, which must be n; ids into out. */
gboolean tfc_build_unstack (TfcBuilder *b, guint x, gint axis, guint n, guint *out);
/* SPLIT: n equal parts. */
gboolean tfc_build_split (TfcBuilder *b, guint x, guint axis, guint n, guint *out);
/* SPLIT_V: sizes, of which one may be -1, the rest; *n parts, at most max. */
gboolean tfc_build_split_v (TfcBuilder *b, guint x, guint sizes, guint axis, guint max, guint *n,
                            guint *out);
#define TFC_MAX_PARTS 4096 /* of one operator; stacks hold so many */
guint tfc_build_tile (TfcBuilder *b, guint x, guint times);
/* To a shape as numpy broadcasts; -1: as it is. */
guint tfc_build_broadcast (TfcBuilder *b, guint x, const TfcShape *shape);
guint tfc_build_broadcast_to (TfcBuilder *b, guint x, guint shape);

/* ---- slice.c ---- */
/* params.slice: where it begins, and strides; shape: how many. */
guint tfc_build_slice (TfcBuilder *b, guint x, const TfcParams *params, const TfcShape *shape);
/* A size of -1 is the rest. */
guint tfc_build_slice_of (TfcBuilder *b, guint x, guint begin, guint size);
/* n elements along axis (>= 0) from first on; step -1 goes back. */
guint tfc_build_part (TfcBuilder *b, guint x, gint axis, gint32 first, gint32 n, gint32 step);
guint tfc_build_reverse (TfcBuilder *b, guint x, const gint32 *axes, guint n);
guint tfc_build_reverse_by (TfcBuilder *b, guint x, guint axes);

/* ---- gather.c: elements that indices name. Constant indices must lie in x; of computed ones those that do not
 * are the nearest that do ---- */
/* Elements along axis; the indices' shape takes its place. batch_dims: leading axes that both have. */
guint tfc_build_gather (TfcBuilder *b, guint x, gint axis, guint indices, gint batch_dims);
/* Each row of the indices' last axis names a place along x's first axes. */
guint tfc_build_gather_nd (TfcBuilder *b, guint x, guint indices);
/* Zeros of that shape, and x added up at the places that each row of the indices' last axis names. */
guint tfc_build_scatter_nd (TfcBuilder *b, guint indices, guint x, guint shape);
/* A constant of that shape: values (one, or one a place) at the places, elsewhere other. */
guint tfc_build_sparse_to_dense (TfcBuilder *b, guint indices, guint shape, guint values, guint other);

/* ---- slices again ---- */

/* STRIDED_SLICE as TensorFlow has it: one entry a position of the spec, masks by bit. */
typedef struct {
  guint n;
  gint32 begin[TFC_MAX_AXES], end[TFC_MAX_AXES], stride[TFC_MAX_AXES];
  gint begin_mask, end_mask, ellipsis, new_axis, shrink;
  gboolean offset; /* an end counts from its begin */
} TfcStrided;

/* strided.c. The three lists into s, whose masks are the reader's. */
gboolean tfc_build_strided_lists (TfcBuilder *b, TfcStrided *s, guint begin, guint end, guint stride);
/* What of x it takes: params and cut (of x's rank), and the result's shape with new and without
 * shrunk axes. */
gboolean tfc_build_strided_ranges (TfcBuilder *b, const TfcStrided *s, const TfcShape *x,
                                   TfcParams *params, TfcShape *cut, TfcShape *result);
guint tfc_build_strided (TfcBuilder *b, guint x, const TfcStrided *s);

/* ---- space.c: around the elements, and between space and other axes ---- */
/* pads: before and after each axis; value: TFC_NONE for 0. */
guint tfc_build_pad (TfcBuilder *b, guint x, guint pads, guint value, const TfcTensor *y);
/* edge: the outermost element is repeated too (SYMMETRIC). */
guint tfc_build_mirror_pad (TfcBuilder *b, guint x, guint pads, gboolean edge);
/* Of RESIZE_BILINEAR and RESIZE_NEAREST; size: height and width. */
gboolean tfc_build_resize_params (TfcBuilder *b, TfcOp op, guint size, gboolean align_corners,
                                  gboolean half_pixel, TfcParams *params);
guint tfc_build_depth_to_space (TfcBuilder *b, guint x, gint32 block, const TfcTensor *y);
guint tfc_build_space_to_depth (TfcBuilder *b, guint x, gint32 block);
/* The spatial axes after the batch; pads: before and after of each. */
guint tfc_build_space_to_batch (TfcBuilder *b, guint x, guint block, guint pads);
guint tfc_build_batch_to_space (TfcBuilder *b, guint x, guint block, guint crops);

/* ---- constant.c: what is known before the network runs ---- */
/* The value, one number, in every element. */
guint tfc_build_fill (TfcBuilder *b, guint shape, guint value);
guint tfc_build_filled (TfcBuilder *b, TfcType type, const TfcShape *shape, gdouble value);
/* first, first + step, ... below limit: float32 or int32. */
guint tfc_build_range (TfcBuilder *b, guint first, guint limit, guint step);
