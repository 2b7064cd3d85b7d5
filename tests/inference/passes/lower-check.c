/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/passes/lower-check.h"

#include "inference/backend.h"
#include <math.h>
#include <string.h>

GRand *rand_source;

guint
value (TfcGraph *g, const gchar *name, TfcType type, TfcShape shape)
{
  TfcTensor desc = {.type = type, .shape = shape};
  return tfc_graph_value (g, name, &desc);
}

guint
input (TfcGraph *g, TfcShape shape)
{
  guint id = value (g, "x", TFC_TYPE_F32, shape);
  tfc_graph_input (g, id);
  return id;
}

guint
constant (TfcGraph *g, TfcShape shape, gdouble low, gdouble high)
{
  gsize count;
  tfc_shape_count (&shape, &count);
  gfloat *data = g_new (gfloat, count);
  for (gsize i = 0; i < count; i++)
    data[i] = g_rand_double_range (rand_source, low, high);
  guint id = tfc_graph_const (g, "c", TFC_TYPE_F32, &shape, data);
  g_free (data);
  return id;
}

guint
node3 (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c)
{
  guint in[] = {a, b, c}, out = tfc_graph_unknown (g, "y");
  TfcParams p = params ? *params : tfc_params (op);
  tfc_graph_node (g, op, &p, in, c != TFC_NONE ? 3 : b != TFC_NONE ? 2 : 1, &out, 1);
  return out;
}

guint
node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b)
{
  return node3 (g, op, params, a, b, TFC_NONE);
}

guint
conv (TfcGraph *g, guint x, gint channels_in, gint channels, gboolean bias)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  p.window.stride_h = p.window.stride_w = p.window.dilation_h = p.window.dilation_w = 1;
  guint w = constant (g, tfc_shape (4, channels, 3, 3, channels_in), -1, 1);
  guint b = bias ? constant (g, tfc_shape (1, channels), -1, 1) : TFC_NONE;
  return node3 (g, TFC_OP_CONV_2D, &p, x, w, b);
}

guint
depthwise (TfcGraph *g, guint x, gint channels, gboolean same)
{
  TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
  p.window.stride_h = p.window.stride_w = p.window.dilation_h = p.window.dilation_w = 1;
  p.window.same = same;
  return node (g, TFC_OP_DEPTHWISE_CONV_2D, &p, x,
               constant (g, tfc_shape (4, 1, 3, 3, channels), -1, 1));
}

/* Runs the graph with inputs drawn from seed; returns output 0's bytes, to be freed. */
static void *
run (const TfcGraph *g, guint32 seed, gsize *bytes)
{
  GRand *rand = g_rand_new_with_seed (seed);
  TfcTensor *t = g_new (TfcTensor, g->values->len);
  GPtrArray *memory = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < g->values->len; i++) {
    t[i] = tfc_graph_v (g, i)->tensor;
    if (!t[i].data) {
      t[i].data = g_malloc0 (tfc_tensor_bytes (&t[i]) + TFC_TAIL_BYTES);
      g_ptr_array_add (memory, t[i].data);
    }
  }
  for (guint i = 0; i < g->inputs->len; i++) {
    const TfcTensor *x = &t[g_array_index (g->inputs, guint, i)];
    for (gsize k = 0; k < tfc_tensor_count (x); k++) {
      if (x->type == TFC_TYPE_F32)
        ((gfloat *)x->data)[k] = g_rand_double_range (rand, -2, 2);
      else
        ((guint8 *)x->data)[k] = g_rand_int (rand);
    }
  }
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    const TfcTensor *in[TFC_MAX_NODE_INPUTS];
    TfcTensor *out = &t[n->out[0]];
    GError *error = NULL;
    for (guint k = 0; k < n->n_in; k++)
      in[k] = n->in[k] == TFC_NONE ? NULL : &t[n->in[k]];
    tfc_reference_run_node (n, in, &out, &error);
    g_assert_no_error (error);
  }
  const TfcTensor *y = &t[g_array_index (g->outputs, guint, 0)];
  void *copy = g_memdup2 (y->data, tfc_tensor_bytes (y));
  *bytes = tfc_tensor_bytes (y);
  g_ptr_array_unref (memory);
  g_free (t);
  g_rand_free (rand);
  return copy;
}

static void
compare (const void *a, const void *b, gsize bytes, gboolean exact)
{
  const gfloat *x = a, *y = b;
  if (exact) {
    g_assert_cmpmem (a, bytes, b, bytes);
    return;
  }
  for (gsize i = 0; i < bytes / 4; i++)
    g_assert_cmpfloat (fabsf (x[i] - y[i]), <=, 1e-4f * MAX (1, fabsf (x[i])));
}

TfcGraph *
lower (TfcGraph *g, guint y, gboolean exact, const TfcOp *ops)
{
  GError *error = NULL;
  guint32 seed = g_rand_int (rand_source);
  gsize size, size_after;
  tfc_graph_output (g, y);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  void *before = run (g, seed, &size), *after;
  tfc_lower (g, &error);
  g_assert_no_error (error);
  after = run (g, seed, &size_after);
  g_assert_cmpuint (size, ==, size_after);
  compare (before, after, size, exact);
  g_free (before);
  g_free (after);
  for (guint i = 0; ops && i < g->nodes->len; i++)
    g_assert_cmpstr (tfc_op_name (tfc_graph_n (g, i)->op), ==, tfc_op_name (ops[i]));
  g_assert_true (!ops || ops[g->nodes->len] == TFC_N_OPS);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  return g;
}

TfcParams
pad_params (gint top, gint bottom, gint left, gint right, gint channels)
{
  TfcParams p = tfc_params (TFC_OP_PAD);
  p.pad.before[1] = top;
  p.pad.after[1] = bottom;
  p.pad.before[2] = left;
  p.pad.after[2] = right;
  p.pad.after[3] = channels;
  return p;
}
