/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Ops that look at one byte at a time: the reference computes all 256 answers once. */
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/bytes.h"

#define SHORT 16 /* bytes: for fewer a table is not worth being loaded into registers */

typedef struct {
  guint8 map[256];
  gboolean same; /* nothing changes */
  const guint8 *x;
  gsize n; /* bytes of one piece */
} Input;

typedef struct {
  TfcSplitF32 split;
  TfcLookUp *look_up;
  guint8 *y;
  gsize outer; /* pieces of each input, one input's beside the next one's */
  gsize row;   /* bytes of one piece of each */
  guint n_inputs;
  Input *inputs;
} Table;

static void
look_up_short (guint8 *y, const guint8 *x, gsize n, const guint8 map[256])
{
  for (gsize i = 0; i < n; i++)
    y[i] = map[x[i]];
}

static void
run_piece (const Table *t, const Input *p, guint8 *y, const guint8 *x, gsize n)
{
  if (p->same)
    memcpy (y, x, n);
  else if (n < SHORT)
    look_up_short (y, x, n, p->map);
  else
    t->look_up (y, x, n, p->map);
}

static void
run_pieces (gpointer data, gsize index)
{
  const Table *t = data;
  const gsize from = tfc_f32_share (t->outer, index, t->split.chunks);
  guint8 *y = t->y + from * t->row;
  for (gsize i = from; i < tfc_f32_share (t->outer, index + 1, t->split.chunks); i++) {
    for (guint k = 0; k < t->n_inputs; k++) {
      const Input *p = &t->inputs[k];
      run_piece (t, p, y, p->x + i * p->n, p->n);
      y += p->n;
    }
  }
}

/* A part of the only piece. */
static void
run_part (gpointer data, gsize index)
{
  const Table *t = data;
  const Input *p = &t->inputs[0];
  const gsize blocks = (p->n + TFC_Q8_BLOCK - 1) / TFC_Q8_BLOCK;
  const gsize from = tfc_f32_share (blocks, index, t->split.chunks) * TFC_Q8_BLOCK;
  const gsize to = MIN (tfc_f32_share (blocks, index + 1, t->split.chunks) * TFC_Q8_BLOCK, p->n);
  if (from < to)
    run_piece (t, p, t->y + from, p->x + from, to - from);
}

/* What node makes of each byte of its input k, if there is another one of that one's first byte. */
static gboolean
fill_map (Input *p, const TfcGraph *graph, const TfcNode *node, guint k, GError **error)
{
  const gboolean joins = node->op == TFC_OP_CONCAT;
  guint8 every[256];
  TfcTensor in[2], out = tfc_graph_v (graph, node->out[0])->tensor;
  const TfcTensor *ins[] = {&in[0], &in[1]};
  TfcTensor *outs[] = {&out};
  TfcNode one = *node;
  for (guint i = 0; i < 256; i++)
    every[i] = i;
  one.n_in = joins ? 1 : node->n_in;
  for (guint i = 0; i < one.n_in; i++) {
    in[i] = *tfc_layer_in (graph, node, joins ? k : i);
    in[i].shape = tfc_shape (0);
  }
  in[joins ? 0 : k].data = every;
  in[joins ? 0 : k].shape = out.shape = tfc_shape (1, 256);
  out.data = p->map;
  if (joins)
    one.params.axis = 0;
  if (!tfc_reference_run_node (&one, ins, outs, error))
    return FALSE;
  p->same = memcmp (p->map, every, sizeof every) == 0;
  return TRUE;
}

/* The first input that is no constant; n_in: none. */
static guint
computed_one (const TfcGraph *graph, const TfcNode *node)
{
  guint k = 0;
  while (k < node->n_in && tfc_layer_in (graph, node, k)->data)
    k++;
  return k;
}

static TfcLayer *
make (const TfcSegment *segment, const TfcNode *node, TfcPool *pool, GError **error)
{
  const TfcTensor *y = &tfc_graph_v (segment->graph, node->out[0])->tensor;
  Table *t = g_new0 (Table, 1);
  gint axis = node->op == TFC_OP_CONCAT ? node->params.axis : 0;
  t->look_up = tfc_kernels ()->q8->look_up;
  t->y = segment->buffer[node->out[0]];
  t->n_inputs = node->op == TFC_OP_CONCAT ? node->n_in : 1;
  t->split.base.room = t->inputs = g_new0 (Input, t->n_inputs);
  t->outer = 1;
  for (gint i = 0; i < axis; i++)
    t->outer *= y->shape.dim[i];
  t->row = tfc_tensor_bytes (y) / t->outer;
  tfc_split_f32_init (&t->split, pool, t->outer * t->n_inputs == 1 ? run_part : run_pieces,
                      2 * tfc_tensor_bytes (y) / TFC_Q8_BLOCK);
  for (guint k = 0; k < t->n_inputs; k++) {
    const guint from = node->op == TFC_OP_CONCAT ? k : computed_one (segment->graph, node);
    const TfcTensor *x = tfc_layer_in (segment->graph, node, from);
    t->inputs[k].x = segment->buffer[node->in[from]];
    t->inputs[k].n = tfc_tensor_bytes (x) / t->outer;
    if (!fill_map (&t->inputs[k], segment->graph, node, from, error)) {
      tfc_layer_free (&t->split.base);
      return NULL;
    }
  }
  return &t->split.base;
}

static gboolean
good_pair (const TfcTensor *x, const TfcTensor *y)
{
  return x && !x->data && tfc_ref_is_quant (x) && tfc_ref_is_quant (y);
}

static gboolean
can_run_table (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *x = tfc_layer_in (graph, node, 0);
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  return node->n_in == 1 && good_pair (x, y) &&
         (x->type == y->type || node->op == TFC_OP_CONVERT) &&
         tfc_tensor_count (x) == tfc_tensor_count (y);
}

/* Two inputs, of which one is a constant number. */
static gboolean
can_run_with_number (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  const guint k = node->n_in == 2 ? computed_one (graph, node) : 2;
  if (k == 2)
    return FALSE;
  const TfcTensor *x = tfc_layer_in (graph, node, k), *z = tfc_layer_in (graph, node, !k);
  return good_pair (x, y) && x->type == y->type && tfc_shape_equal (&x->shape, &y->shape) &&
         z->type == x->type && tfc_ref_is_quant (z) && tfc_q8_is_uniform (z);
}

static gboolean
can_run_concat (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (graph, node->out[0])->tensor;
  if (node->params.axis < 0 || node->params.axis >= y->shape.rank)
    return FALSE;
  for (guint k = 0; k < node->n_in; k++) {
    const TfcTensor *x = tfc_layer_in (graph, node, k);
    if (!good_pair (x, y) || x->type != y->type || x->shape.rank != y->shape.rank)
      return FALSE;
  }
  return node->n_in > 0;
}

const TfcLayerKind tfc_layer_table = {can_run_table, make, tfc_f32_seldom_pays};
const TfcLayerKind tfc_layer_concat = {can_run_concat, make, tfc_f32_seldom_pays};
const TfcLayerKind tfc_layer_table_number = {can_run_with_number, make, tfc_f32_seldom_pays};
