/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/plan/random-graph.h"

#include <string.h>

typedef struct {
  GRand *rand;
  TfcGraph *graph;
  GArray *values; /* guint: what can be read, shapes known */
} Maker;

static guint
below (Maker *m, guint n)
{
  return g_rand_int_range (m->rand, 0, n);
}

static guint
pick (Maker *m)
{
  /* mostly something recent, so that graphs are deep too */
  guint n = m->values->len, back = below (m, 2) ? MIN (n, 3) : n;
  return g_array_index (m->values, guint, n - 1 - below (m, back));
}

static const TfcTensor *
tensor (Maker *m, guint v)
{
  return &tfc_graph_v (m->graph, v)->tensor;
}

static void
add (Maker *m, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
     const TfcTensor *desc)
{
  GError *error = NULL;
  gchar *name = g_strdup_printf ("v%u", m->graph->values->len);
  TfcTensor unknown = {.shape = {.rank = -1}};
  guint out = tfc_graph_value (m->graph, name, desc ? desc : &unknown);
  guint node = tfc_graph_node (m->graph, op, params, in, n_in, &out, 1);
  g_assert_true (tfc_infer_node (m->graph, tfc_graph_n (m->graph, node), &error));
  g_assert_no_error (error);
  g_array_append_val (m->values, out);
  g_free (name);
}

static guint
weights (Maker *m, TfcShape shape)
{
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = shape};
  gsize n = tfc_tensor_count (&desc);
  gfloat *data = g_new (gfloat, n);
  for (gsize i = 0; i < n; i++)
    data[i] = g_rand_double_range (m->rand, -0.5, 0.5);
  guint id = tfc_graph_const (m->graph, "w", TFC_TYPE_F32, &shape, data);
  g_free (data);
  return id;
}

static void
add_conv (Maker *m, guint x)
{
  TfcShape s = tensor (m, x)->shape;
  gboolean depthwise = below (m, 2);
  TfcOp op = depthwise ? TFC_OP_DEPTHWISE_CONV_2D : TFC_OP_CONV_2D;
  TfcParams params = tfc_params (op);
  gint k = below (m, 2) ? 3 : 1, channels = depthwise ? s.dim[3] : (gint)below (m, 4) + 1;
  TfcShape w =
      depthwise ? tfc_shape (4, 1, k, k, channels) : tfc_shape (4, channels, k, k, s.dim[3]);
  guint in[3] = {x, weights (m, w), weights (m, tfc_shape (1, channels))};
  params.window.same = TRUE;
  params.window.stride_h = params.window.stride_w = below (m, 3) ? 1 : 2;
  if (below (m, 2))
    params.clamp = (TfcClamp){0, 6};
  add (m, op, &params, in, 3, NULL);
}

static void
add_unary (Maker *m, guint x)
{
  static const TfcOp ops[] = {TFC_OP_CLAMP, TFC_OP_SIGMOID, TFC_OP_NEG};
  TfcOp op = ops[below (m, G_N_ELEMENTS (ops))];
  TfcParams params = tfc_params (op);
  if (op == TFC_OP_CLAMP)
    params.clamp = (TfcClamp){-0.5f, 0.75f};
  add (m, op, &params, &x, 1, NULL);
}

static void
add_reshape (Maker *m, guint x)
{
  TfcParams params = tfc_params (TFC_OP_RESHAPE);
  TfcTensor y = {.type = TFC_TYPE_F32};
  gint n = tfc_tensor_count (tensor (m, x));
  switch (below (m, 4)) {
    case 0:
      y.shape = tfc_shape (2, 1, n);
      break;
    case 1:
      y.shape = tfc_shape (1, n);
      break;
    case 2:
      y.shape = tfc_shape (4, 1, n, 1, 1);
      break;
    default:
      y.shape = n % 2 ? tfc_shape (3, 1, 1, n) : tfc_shape (3, 1, n / 2, 2);
  }
  add (m, TFC_OP_RESHAPE, &params, &x, 1, &y);
}

/* Everything that fits beside x on an axis, x perhaps twice. */
static void
add_concat (Maker *m, guint x)
{
  TfcParams params = tfc_params (TFC_OP_CONCAT);
  TfcShape s = tensor (m, x)->shape;
  guint in[4] = {x}, n = 1;
  if (s.rank == 0)
    return;
  params.axis = below (m, 4) ? MIN (1, s.rank - 1) : (gint)below (m, s.rank);
  for (guint tries = 0; tries < 30 && n < 4; tries++) {
    guint v = g_array_index (m->values, guint, below (m, m->values->len));
    TfcShape other = tensor (m, v)->shape;
    if (other.rank != s.rank || (v == x && below (m, 8)))
      continue;
    other.dim[params.axis] = s.dim[params.axis];
    if (tfc_shape_equal (&s, &other))
      in[n++] = v;
  }
  add (m, TFC_OP_CONCAT, &params, in, n, NULL);
}

static void
add_binary (Maker *m, guint x)
{
  TfcParams params = tfc_params (TFC_OP_ADD);
  guint in[2] = {x, x};
  for (guint tries = 0; tries < 10; tries++) {
    guint v = pick (m);
    if (tfc_shape_equal (&tensor (m, v)->shape, &tensor (m, x)->shape))
      in[1] = v;
  }
  add (m, below (m, 2) ? TFC_OP_ADD : TFC_OP_MAXIMUM, &params, in, 2, NULL);
}

static void
add_any (Maker *m)
{
  guint x = pick (m);
  gsize n = tfc_tensor_count (tensor (m, x));
  guint choice = below (m, 10);
  if (choice < 3 && tensor (m, x)->shape.rank == 4)
    add_conv (m, x);
  else if (choice < 5)
    add_reshape (m, x);
  else if (choice < 7 && n < 4096)
    add_concat (m, x);
  else if (choice < 8)
    add_binary (m, x);
  else
    add_unary (m, x);
}

static void
add_outputs (Maker *m)
{
  guint n = below (m, 4) + 1;
  for (guint i = 0; i < n; i++) {
    guint v =
        i ? g_array_index (m->values, guint, below (m, m->values->len)) : m->graph->values->len - 1;
    if (i == 0)
      v = g_array_index (m->values, guint, m->values->len - 1);
    tfc_graph_output (m->graph, v);
  }
}

TfcGraph *
random_graph (GRand *rand, guint n)
{
  Maker m = {.rand = rand, .graph = tfc_graph_new ()};
  GError *error = NULL;
  m.values = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = below (&m, 2) + 1; i > 0; i--) {
    TfcTensor x = {.type = TFC_TYPE_F32,
                   .shape =
                       tfc_shape (4, 1, below (&m, 6) + 1, below (&m, 6) + 1, below (&m, 4) + 1)};
    guint id = tfc_graph_value (m.graph, "x", &x);
    tfc_graph_input (m.graph, id);
    g_array_append_val (m.values, id);
  }
  for (guint i = 0; i < n; i++)
    add_any (&m);
  add_outputs (&m);
  g_assert_true (tfc_graph_check (m.graph, &error));
  g_assert_no_error (error);
  g_array_unref (m.values);
  return m.graph;
}

static TfcTensor
with_bytes (const Values *values, const TfcGraph *graph, guint v)
{
  TfcTensor t = tfc_graph_v (graph, v)->tensor;
  t.data = values->bytes[v];
  return t;
}

static void
compute_node (Values *values, const TfcGraph *graph, const TfcNode *node)
{
  TfcTensor in[TFC_MAX_NODE_INPUTS], out = with_bytes (values, graph, node->out[0]);
  const TfcTensor *pin[TFC_MAX_NODE_INPUTS] = {NULL};
  TfcTensor *pout = &out;
  GError *error = NULL;
  for (guint k = 0; k < node->n_in; k++) {
    if (node->in[k] == TFC_NONE)
      continue;
    in[k] = with_bytes (values, graph, node->in[k]);
    pin[k] = &in[k];
  }
  tfc_reference_run_node (node, pin, &pout, &error);
  g_assert_no_error (error);
}

Values *
values_compute (const TfcGraph *graph, GRand *rand)
{
  Values *values = g_new0 (Values, 1);
  values->n = graph->values->len;
  values->bytes = g_new0 (guint8 *, values->n);
  for (guint v = 0; v < values->n; v++) {
    const TfcTensor *t = &tfc_graph_v (graph, v)->tensor;
    values->bytes[v] = t->data ? t->data : g_malloc0 (tfc_tensor_bytes (t) + TFC_TAIL_BYTES);
  }
  for (guint i = 0; i < graph->inputs->len; i++) {
    guint v = g_array_index (graph->inputs, guint, i);
    gfloat *x = (gfloat *)(gpointer)values->bytes[v];
    for (gsize k = 0; k < tfc_tensor_count (&tfc_graph_v (graph, v)->tensor); k++)
      x[k] = g_rand_double_range (rand, -2, 2);
  }
  for (guint i = 0; i < graph->nodes->len; i++)
    compute_node (values, graph, tfc_graph_n (graph, i));
  return values;
}

void
values_free (Values *values, const TfcGraph *graph)
{
  for (guint v = 0; v < values->n; v++) {
    if (!tfc_graph_v (graph, v)->tensor.data)
      g_free (values->bytes[v]);
  }
  g_free (values->bytes);
  g_free (values);
}
