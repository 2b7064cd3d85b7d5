/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the files of op-random share: parts of a random case, and a maker for each kind of op.
 * NULL: the op is not meant for the type. */
#include "tests/inference/ops/op-random.h"
#include "tests/inference/ops/op-unary.h"

/* lo to hi, both included. */
gint random_upto (GRand *r, gint lo, gint hi);
gboolean random_coin (GRand *r);
TfcShape random_some_shape (GRand *r, gint rank, gint most);
TfcShape random_picture (GRand *r);
/* t gets a zero point, and about that scale. */
void random_quantise (GRand *r, TfcTensor *t, gdouble scale);
/* float32: numbers between lo and hi; int32: ten times that; bytes: any. */
void random_fill (GRand *r, TfcTensor *t, gdouble lo, gdouble hi);
/* An input of c, filled, or its output. */
TfcTensor *random_input (GRand *r, OpCase *c, TfcType type, const TfcShape *s);
TfcTensor *random_output (GRand *r, OpCase *c, TfcType type, const TfcShape *s, gdouble scale);
/* An output with the first input's type and quantisation. */
OpCase *random_output_like (OpCase *c, const TfcShape *s);
void random_some_clamp (GRand *r, OpCase *c);
/* A shape that broadcasts to s: fewer axes, or ones among them. */
TfcShape random_narrower (GRand *r, const TfcShape *s);
TfcTensor *random_input_bools (GRand *r, OpCase *c, const TfcShape *s);

/* op-random-layers.c */
OpCase *make_conv (GRand *r, TfcOp op, TfcType type);
OpCase *make_transpose_conv (GRand *r, TfcOp op, TfcType type);
OpCase *make_fully_connected (GRand *r, TfcOp op, TfcType type);
OpCase *make_matmul (GRand *r, TfcOp op, TfcType type);
OpCase *make_cumsum (GRand *r, TfcOp op, TfcType type);
OpCase *make_pool (GRand *r, TfcOp op, TfcType type);
OpCase *make_mean (GRand *r, TfcOp op, TfcType type);
/* op-random-elements.c */
OpCase *make_binary (GRand *r, TfcOp op, TfcType type);
OpCase *make_compare (GRand *r, TfcOp op, TfcType type);
OpCase *make_select (GRand *r, TfcOp op, TfcType type);
OpCase *make_same_shape (GRand *r, TfcOp op, TfcType type);
OpCase *make_unary (GRand *r, const OpUnary *row, TfcType type);
OpCase *make_prelu (GRand *r, TfcOp op, TfcType type);
OpCase *make_convert (GRand *r, TfcOp op, TfcType type);
/* op-random-moves.c */
OpCase *make_pad (GRand *r, TfcOp op, TfcType type);
OpCase *make_arg (GRand *r, TfcOp op, TfcType type);
OpCase *make_top_k (GRand *r, TfcOp op, TfcType type);
OpCase *make_gather (GRand *r, TfcOp op, TfcType type);
OpCase *make_gather_nd (GRand *r, TfcOp op, TfcType type);
OpCase *make_scatter_nd (GRand *r, TfcOp op, TfcType type);
OpCase *make_resize (GRand *r, TfcOp op, TfcType type);
OpCase *make_depth_to_space (GRand *r, TfcOp op, TfcType type);
OpCase *make_reshape (GRand *r, TfcOp op, TfcType type);
OpCase *make_concat (GRand *r, TfcOp op, TfcType type);
OpCase *make_transpose (GRand *r, TfcOp op, TfcType type);
OpCase *make_slice (GRand *r, TfcOp op, TfcType type);
