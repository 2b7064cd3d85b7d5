/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/epilogue.h"

#include <string.h>

typedef struct {
  TfcEpilogues *epilogues;
  const TfcDefUse
      *def_use;      /* of the given graph: no value gets more readers, nodes keep their index */
  guint8 *is_output; /* [values] */
  guint8 *gone;      /* [nodes] */
} Work;

static const TfcTensor *
tensor (const Work *w, guint v)
{
  return &tfc_graph_v (w->epilogues->graph, v)->tensor;
}

/* The node that computes v if one input of one node is all that sees v, else NULL. */
static const TfcNode *
private_source (const Work *w, guint v, guint *index)
{
  const TfcDefUse *e = w->def_use;
  *index = e->producer[v];
  if (*index == TFC_NONE || w->is_output[v] || e->first[v + 1] - e->first[v] != 1)
    return NULL;
  return tfc_graph_n (w->epilogues->graph, *index);
}

static gboolean
has_extra (const TfcNode *n, guint k)
{
  return n->n_in > k && n->in[k] != TFC_NONE;
}

/* The convolution whose result v is before anything else is done to it. */
static const TfcNode *
bare_convolution (const Work *w, guint v, guint *index)
{
  const TfcNode *n = private_source (w, v, index);
  return n && tfc_op_is (n->op, TFC_OP_FLAG_GEMM) && w->epilogues->who[*index]->takes_epilogues &&
                 tensor (w, v)->type == TFC_TYPE_F32 && tfc_clamp_is_none (&n->params.clamp) &&
                 !has_extra (n, TFC_CONV_SLOPE)
             ? n
             : NULL;
}

/* Node index becomes the convolution with one more input, if its backend can run that. */
static gboolean
hang (Work *w, guint index, guint conv, guint k, guint value, const TfcClamp *clamp)
{
  TfcNode *at = tfc_graph_n (w->epilogues->graph, index),
          one = *tfc_graph_n (w->epilogues->graph, conv);
  guint *in = w->epilogues->inputs + (gsize)index * TFC_CONV_INPUTS;
  for (guint i = 0; i < TFC_CONV_INPUTS; i++)
    in[i] = i < one.n_in ? one.in[i] : TFC_NONE;
  in[k] = value;
  one.n_in = MAX (one.n_in, k + 1);
  one.in = in;
  one.out = at->out;
  one.params.clamp = *clamp;
  if (!w->epilogues->who[conv]->can_run (w->epilogues->graph, &one))
    return FALSE;
  w->epilogues->who[index] = w->epilogues->who[conv];
  w->gone[conv] = TRUE;
  *at = one;
  return TRUE;
}

static gboolean
pads_channels_only (const Work *w, const TfcNode *n)
{
  const gint rank = tensor (w, n->out[0])->shape.rank;
  for (gint i = 0; i < rank; i++) {
    if (n->params.pad.before[i] || (i + 1 < rank && n->params.pad.after[i]))
      return FALSE;
  }
  return TRUE;
}

static gboolean
hang_add (Work *w, guint index, guint k)
{
  const TfcNode *n = tfc_graph_n (w->epilogues->graph, index), *c, *pad;
  guint conv, before, other = n->in[!k];
  c = bare_convolution (w, n->in[k], &conv);
  if (!c || has_extra (c, TFC_CONV_ADD) || tensor (w, other)->data ||
      !tfc_shape_equal (&tensor (w, other)->shape, &tensor (w, n->out[0])->shape) ||
      !tfc_shape_equal (&tensor (w, n->in[k])->shape, &tensor (w, n->out[0])->shape))
    return FALSE;
  pad = private_source (w, other, &before);
  if (pad && pad->op == TFC_OP_PAD && pad->params.pad.value == 0 && !tensor (w, pad->in[0])->data &&
      pads_channels_only (w, pad) &&
      hang (w, index, conv, TFC_CONV_ADD, pad->in[0], &n->params.clamp)) {
    w->gone[before] = TRUE;
    return TRUE;
  }
  return hang (w, index, conv, TFC_CONV_ADD, other, &n->params.clamp);
}

static void
hang_prelu (Work *w, guint index)
{
  const TfcNode *n = tfc_graph_n (w->epilogues->graph, index);
  const TfcTensor *slope = tensor (w, n->in[1]);
  const TfcShape *y = &tensor (w, n->out[0])->shape;
  guint conv;
  if (bare_convolution (w, n->in[0], &conv) && slope->data && slope->type == TFC_TYPE_F32 &&
      tfc_tensor_count (slope) == (gsize)y->dim[y->rank - 1] &&
      slope->shape.dim[slope->shape.rank - 1] == y->dim[y->rank - 1])
    hang (w, index, conv, TFC_CONV_SLOPE, n->in[1], &TFC_NO_CLAMP);
}

static void
close_holes (Work *w)
{
  GArray *nodes = w->epilogues->graph->nodes;
  guint kept = 0;
  for (guint i = 0; i < nodes->len; i++) {
    if (w->gone[i])
      continue;
    w->epilogues->who[kept] = w->epilogues->who[i];
    g_array_index (nodes, TfcNode, kept++) = g_array_index (nodes, TfcNode, i);
  }
  g_array_set_size (nodes, kept);
}

static void
find_epilogues (Work *w)
{
  for (guint i = 0; i < w->epilogues->graph->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (w->epilogues->graph, i);
    if (n->op == TFC_OP_ADD && !hang_add (w, i, 1))
      hang_add (w, i, 0);
    else if (n->op == TFC_OP_PRELU)
      hang_prelu (w, i);
  }
}

void
tfc_epilogues_init (TfcEpilogues *t, const TfcGraph *graph, const TfcDefUse *def_use,
                    const TfcBackend *const *who)
{
  const guint n = graph->nodes->len;
  Work w = {.epilogues = t, .def_use = def_use};
  t->graph = g_memdup2 (graph, sizeof (TfcGraph));
  t->graph->nodes = g_array_sized_new (FALSE, FALSE, sizeof (TfcNode), n + 1);
  g_array_append_vals (t->graph->nodes, graph->nodes->data, n);
  t->who = g_memdup2 (who, (n + 1) * sizeof *who);
  t->inputs = g_new (guint, (gsize)n * TFC_CONV_INPUTS + 1);
  w.is_output = g_new0 (guint8, graph->values->len + 1);
  w.gone = g_new0 (guint8, n + 1);
  for (guint i = 0; i < graph->outputs->len; i++)
    w.is_output[g_array_index (graph->outputs, guint, i)] = 1;
  find_epilogues (&w);
  close_holes (&w);
  g_free (w.is_output);
  g_free (w.gone);
}

void
tfc_epilogues_finish (TfcEpilogues *t)
{
  if (t->graph)
    g_array_unref (t->graph->nodes);
  g_clear_pointer (&t->graph, g_free);
  g_clear_pointer (&t->who, g_free);
  g_clear_pointer (&t->inputs, g_free);
}
