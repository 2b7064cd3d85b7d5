/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Layers that only move elements, of any type: blocks of rows, each copied or filled with zeros. */
#include <string.h>

#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/common/kernel_table.h"

#define MAX_PARTS TFC_MAX_NODE_INPUTS

/* n[0] blocks of n[1] rows of columns bytes. */
typedef struct {
  gsize columns, n[2], x_step[2], y_step[2];
  const guint8 *x; /* NULL: zeros */
  guint8 *y;
} Part;

typedef struct {
  TfcSplitF32 split;
  const TfcF32 *kernels; /* NULL: none, or elements are not of 4 bytes */
  guint8 zero;           /* each byte of what stands for 0 */
  guint n_parts;
  Part parts[];
} Layer;

static void
copy (const Layer *l, guint8 *y, const guint8 *x, const Part *p, gsize rows)
{
  if (l->kernels) {
    l->kernels->copy ((gfloat *)(gpointer)y, p->y_step[1] / 4, (const gfloat *)(gconstpointer)x,
                      p->x_step[1] / 4, p->columns / 4, rows);
    return;
  }
  for (; rows; rows--, y += p->y_step[1], x += p->x_step[1])
    memcpy (y, x, p->columns);
}

static void
fill (const Layer *l, guint8 *y, const Part *p, gsize rows)
{
  if (l->kernels) {
    l->kernels->zero ((gfloat *)(gpointer)y, p->y_step[1] / 4, p->columns / 4, rows);
    return;
  }
  for (; rows; rows--, y += p->y_step[1])
    memset (y, l->zero, p->columns);
}

static void
run_part (const Layer *l, const Part *p, gsize from, gsize to)
{
  while (from < to) {
    const gsize block = from / p->n[1], row = from % p->n[1], n = MIN (p->n[1] - row, to - from);
    guint8 *y = p->y + block * p->y_step[0] + row * p->y_step[1];
    if (p->x)
      copy (l, y, p->x + block * p->x_step[0] + row * p->x_step[1], p, n);
    else
      fill (l, y, p, n);
    from += n;
  }
}

static void
run_chunk (gpointer data, gsize index)
{
  const Layer *l = data;
  for (guint i = 0; i < l->n_parts; i++) {
    const gsize rows = l->parts[i].n[0] * l->parts[i].n[1];
    run_part (l, &l->parts[i], tfc_f32_share (rows, index, l->split.chunks),
              tfc_f32_share (rows, index + 1, l->split.chunks));
  }
}

static gsize
product (const TfcShape *s, gint from, gint to)
{
  gsize n = 1;
  for (gint i = from; i < to; i++)
    n *= s->dim[i];
  return n;
}

static void
add_part (Layer *l, Part p)
{
  if (p.columns && p.n[0] && p.n[1])
    l->parts[l->n_parts++] = p;
}

/* What fill functions are given: places, shapes, and the node's own. */
typedef struct {
  const TfcSegment *segment;
  const TfcNode *node;
  const TfcShape *x, *y;
  gsize size; /* of an element */
  guint8 *to;
} Fill;

static void
fill_reshape (Layer *l, const Fill *f)
{
  const gsize n = product (f->y, 0, f->y->rank) * f->size;
  add_part (l, (Part){n, {1, 1}, {0}, {0}, f->segment->buffer[f->node->in[0]], f->to});
}

static void
fill_concat (Layer *l, const Fill *f)
{
  const gint axis = f->node->params.axis;
  const gsize inner = product (f->y, axis + 1, f->y->rank) * f->size,
              step = f->y->dim[axis] * inner;
  guint8 *to = f->to;
  for (guint k = 0; k < f->node->n_in; k++) {
    const TfcTensor *x = tfc_layer_in (f->segment->graph, f->node, k);
    const gsize columns = x->shape.dim[axis] * inner;
    add_part (l, (Part){columns,
                        {1, product (f->y, 0, axis)},
                        {0, columns},
                        {0, step},
                        f->segment->buffer[f->node->in[k]],
                        to});
    to += columns;
  }
}

/* The two outermost axes that something is done along; b > a, or -1. FALSE if there are more. */
static gboolean
find_axes (const TfcShape *x, const TfcShape *y, gint *a, gint *b)
{
  *a = *b = -1;
  for (gint i = 0; i < y->rank; i++) {
    if (x->dim[i] == y->dim[i])
      continue;
    if (*b >= 0)
      return FALSE;
    *(*a < 0 ? a : b) = i;
  }
  return TRUE;
}

/* Along axes a < b: zeros before and after everything, zeros left and right of each row. */
static void
fill_pad (Layer *l, const Fill *f)
{
  gint a, b;
  find_axes (f->x, f->y, &a, &b);
  a = MAX (a, 0);
  b = b < 0 ? a : b;
  const gint32 *before = f->node->params.pad.before, *after = f->node->params.pad.after;
  const gsize inner = product (f->y, b + 1, f->y->rank) * f->size, x_row = f->x->dim[b] * inner;
  const gsize y_row = f->y->dim[b] * inner, left = before[b] * inner, right = after[b] * inner;
  const gsize blocks = a < b ? product (f->y, 0, a) : 1;
  const gsize rows = product (f->x, 0, b) / blocks, y_block = product (f->y, 0, b) / blocks * y_row;
  const gsize line = a < b ? product (f->y, a + 1, b) * y_row : 0;
  guint8 *body = f->to + before[a] * line;
  add_part (l, (Part){before[a] * line, {1, blocks}, {0}, {0, y_block}, NULL, f->to});
  add_part (l, (Part){after[a] * line, {1, blocks}, {0}, {0, y_block}, NULL, body + rows * y_row});
  add_part (l, (Part){left, {blocks, rows}, {0}, {y_block, y_row}, NULL, body});
  add_part (l, (Part){x_row,
                      {blocks, rows},
                      {rows * x_row, x_row},
                      {y_block, y_row},
                      f->segment->buffer[f->node->in[0]],
                      body + left});
  add_part (l, (Part){right, {blocks, rows}, {0}, {y_block, y_row}, NULL, body + left + x_row});
}

/* Along axes a < b, elements beside each other. */
static void
fill_slice (Layer *l, const Fill *f)
{
  gint a, b;
  find_axes (f->x, f->y, &a, &b);
  a = MAX (a, 0);
  b = b < 0 ? a : b;
  const gint32 *begin = f->node->params.slice.begin;
  const gsize inner = product (f->x, b + 1, f->x->rank) * f->size, x_row = f->x->dim[b] * inner;
  const gsize y_row = f->y->dim[b] * inner, blocks = a < b ? product (f->y, 0, a) : 1;
  const gsize rows = product (f->y, 0, b) / blocks, x_block = product (f->x, 0, b) / blocks * x_row;
  const gsize line = a < b ? product (f->x, a + 1, b) * x_row : 0;
  add_part (l, (Part){y_row,
                      {blocks, rows},
                      {x_block, x_row},
                      {rows * y_row, y_row},
                      (const guint8 *)f->segment->buffer[f->node->in[0]] + begin[a] * line +
                          begin[b] * inner,
                      f->to});
}

/* Pixels become blocks of pixels: each row of a block is one piece of the pixel's channels. */
static void
fill_depth_to_space (Layer *l, const Fill *f)
{
  const gsize block = f->node->params.block, columns = block * f->y->dim[3] * f->size;
  const gsize width = f->x->dim[2], channels = f->x->dim[3] * f->size;
  for (gsize i = 0; i < block; i++)
    add_part (l, (Part){columns,
                        {(gsize)f->x->dim[0] * f->x->dim[1], width},
                        {width * channels, channels},
                        {block * width * columns, columns},
                        (const guint8 *)f->segment->buffer[f->node->in[0]] + i * columns,
                        f->to + i * width * columns});
}

static gboolean
good_reshape (const TfcNode *node, const TfcShape *x, const TfcShape *y)
{
  return product (x, 0, x->rank) == product (y, 0, y->rank);
}

static gboolean
good_concat (const TfcNode *node, const TfcShape *x, const TfcShape *y)
{
  return node->params.axis >= 0 && node->params.axis < y->rank;
}

static gboolean
good_pad (const TfcNode *node, const TfcShape *x, const TfcShape *y)
{
  gint a, b;
  if (x->rank != y->rank || !x->rank || node->params.pad.value != 0 || !find_axes (x, y, &a, &b))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    const gint32 before = node->params.pad.before[i], after = node->params.pad.after[i];
    if (before < 0 || after < 0 || (gint64)x->dim[i] + before + after != y->dim[i])
      return FALSE;
  }
  return TRUE;
}

static gboolean
good_slice (const TfcNode *node, const TfcShape *x, const TfcShape *y)
{
  gint a, b;
  if (x->rank != y->rank || !x->rank || !find_axes (x, y, &a, &b))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    const gint32 begin = node->params.slice.begin[i];
    if (begin < 0 || (gint64)begin + y->dim[i] > x->dim[i] ||
        (node->params.slice.stride[i] != 1 && y->dim[i] > 1))
      return FALSE;
  }
  return TRUE;
}

static gboolean
good_depth_to_space (const TfcNode *node, const TfcShape *x, const TfcShape *y)
{
  const gint64 b = node->params.block;
  return b >= 1 && b <= MAX_PARTS && x->rank == 4 && y->rank == 4 && x->dim[0] == y->dim[0] &&
         x->dim[1] * b == y->dim[1] && x->dim[2] * b == y->dim[2] && x->dim[3] == y->dim[3] * b * b;
}

static const struct {
  gboolean (*good) (const TfcNode *node, const TfcShape *x, const TfcShape *y);
  void (*fill) (Layer *l, const Fill *f);
} moves[TFC_N_OPS] = {
    [TFC_OP_PAD] = {good_pad, fill_pad},
    [TFC_OP_DEPTH_TO_SPACE] = {good_depth_to_space, fill_depth_to_space},
    [TFC_OP_RESHAPE] = {good_reshape, fill_reshape},
    [TFC_OP_CONCAT] = {good_concat, fill_concat},
    [TFC_OP_SLICE] = {good_slice, fill_slice},
};

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *x = tfc_layer_in (segment->graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  const gsize size = tfc_type_size (y->type);
  const Fill f = {segment, node, &x->shape, &y->shape, size, segment->buffer[node->out[0]]};
  Layer *l = g_malloc0 (sizeof (Layer) + MAX_PARTS * sizeof (Part));
  l->kernels = size == 4 && tfc_kernels ()->f32->copy ? tfc_kernels ()->f32 : NULL;
  l->zero = size == 1 ? (guint8)y->quant.zero_point : 0;
  tfc_split_f32_init (&l->split, pool, run_chunk, tfc_tensor_bytes (y) / TFC_PANEL / 2);
  moves[node->op].fill (l, &f);
  return &l->split.base;
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  for (guint k = 0; k < node->n_in; k++) {
    const TfcTensor *t = tfc_layer_in (graph, node, k);
    if (!t || t->data || t->type != y->type || (node->n_in > 1 && t->shape.rank != y->shape.rank))
      return FALSE;
  }
  return node->n_in > 0 && moves[node->op].good (node, &x->shape, &y->shape);
}

const TfcLayerKind tfc_layer_copy = {can_run, make, tfc_f32_seldom_pays};
