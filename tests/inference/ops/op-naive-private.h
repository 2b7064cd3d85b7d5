/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the files of op-naive share: the real value of output element i, which stands at
 * coordinates at, of each op. */
#include "tests/inference/ops/op-naive.h"

/* Where element i of a tensor stands, and back. */
void coordinates (const TfcShape *s, gsize i, gint32 *at);
gsize index_of (const TfcShape *s, const gint32 *at);
/* Element of a picture; 0 beside it. */
gdouble pixel (const TfcTensor *t, gint32 n, gint32 y, gint32 x, gint32 c);
/* Element of an input broadcast to the output. */
gdouble spread (const OpCase *c, guint k, const gint32 *at);

/* op-naive-layers.c */
gdouble naive_conv (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_transpose_conv (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_matmul (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_cumsum (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_depthwise (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_fully_connected (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_pool (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_reduce (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_softmax (const OpCase *c, const gint32 *at, gsize i);
/* op-naive-elements.c */
gdouble naive_binary (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_compare (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_pick (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_same (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_prelu (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_convert (const OpCase *c, const gint32 *at, gsize i);
/* op-naive-moves.c */
gdouble naive_pad (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_resize (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_resize_nearest (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_arg (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_top_k (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_gather (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_gather_nd (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_scatter_nd (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_depth_to_space (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_concat (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_transpose (const OpCase *c, const gint32 *at, gsize i);
gdouble naive_slice (const OpCase *c, const gint32 *at, gsize i);
