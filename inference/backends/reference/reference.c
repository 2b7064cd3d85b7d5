/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backend.h"
#include "inference/graph/graph.h"

gboolean
tfc_reference_run_node (const TfcNode *node, const TfcTensor *const *in, TfcTensor *const *out, GError **error)
{
  TfcOpCall call = {node->op, &node->params, node->n_in, node->n_out, in, out};
  return tfc_op_run (&call, error);
}

/* A bound node: its tensors stand in the state's arrays. */
typedef struct {
  void (*loop) (const TfcOpCall *call);
  TfcOpCall call;
} Bound;

typedef struct {
  guint n;
  Bound *bound;
  TfcTensor *tensors;
  const TfcTensor **in;
  TfcTensor **out;
} State;

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *in[TFC_MAX_NODE_INPUTS] = {NULL};
  TfcTensor *out[TFC_MAX_NODE_OUTPUTS];
  TfcOpCall call = {node->op, &node->params, node->n_in, node->n_out, in, out};
  if (node->n_in > TFC_MAX_NODE_INPUTS || node->n_out > TFC_MAX_NODE_OUTPUTS)
    return FALSE;
  for (guint i = 0; i < node->n_in; i++)
    in[i] = node->in[i] == TFC_NONE ? NULL : &tfc_graph_v (graph, node->in[i])->tensor;
  for (guint i = 0; i < node->n_out; i++)
    out[i] = &tfc_graph_v (graph, node->out[i])->tensor;
  return tfc_op_can_run (&call);
}

static void
destroy (void *state)
{
  State *s = state;
  if (!s)
    return;
  g_free (s->bound);
  g_free (s->tensors);
  g_free (s->in);
  g_free (s->out);
  g_free (s);
}

static TfcTensor *
place_value (const TfcSegment *segment, guint id, TfcTensor *tensor)
{
  *tensor = tfc_graph_v (segment->graph, id)->tensor;
  if (!tensor->data)
    tensor->data = segment->buffer[id];
  return tensor;
}

static void
bind_nodes (State *s, const TfcSegment *segment)
{
  TfcTensor *tensor = s->tensors;
  const TfcTensor **in = s->in;
  TfcTensor **out = s->out;
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    s->bound[i] = (Bound){tfc_op_table[node->op].loops->run,
                          {node->op, &node->params, node->n_in, node->n_out, in, out}};
    for (guint k = 0; k < node->n_in; k++)
      *in++ = node->in[k] == TFC_NONE ? NULL : place_value (segment, node->in[k], tensor++);
    for (guint k = 0; k < node->n_out; k++)
      *out++ = place_value (segment, node->out[k], tensor++);
  }
}

static void *
prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  State *s = g_new0 (State, 1);
  gsize n_in = 1, n_out = 1; /* one more than there are: nothing is asked for 0 bytes */
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    n_in += node->n_in;
    n_out += node->n_out;
  }
  s->n = segment->n;
  s->bound = g_try_new (Bound, s->n);
  s->tensors = g_try_new (TfcTensor, n_in + n_out);
  s->in = g_try_new (const TfcTensor *, n_in);
  s->out = g_try_new (TfcTensor *, n_out);
  if (s->bound && s->tensors && s->in && s->out) {
    bind_nodes (s, segment);
    return s;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for %u nodes", s->n);
  destroy (s);
  return NULL;
}

static gboolean
run_node (void *state, TfcPool *pool, guint i)
{
  const State *s = state;
  s->bound[i].loop (&s->bound[i].call);
  return TRUE;
}

static gboolean
run (void *state, TfcPool *pool)
{
  const State *s = state;
  for (guint i = 0; i < s->n; i++)
    run_node (state, pool, i);
  return TRUE;
}

const TfcBackend tfc_backend_reference = {
    .name = "reference",
    .description = "Plain C loops: slow, runs everything, the measure for the others",
    .by_node = TRUE,
    .can_run = can_run,
    .prepare = prepare,
    .run = run,
    .run_node = run_node,
    .destroy = destroy,
};
