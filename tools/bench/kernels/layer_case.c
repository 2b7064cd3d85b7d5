/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/layer_case.h"

#include <string.h>

#include "inference/graph/def_use.h"

/* A cut at work: nodes of the network that the layer consists of, found backwards from its outputs.
 */
typedef struct {
  const TfcGraph *network;
  TfcDefUse def_use;
  const TfcNode *nodes; /* the plan's */
  guint n;
  guint8 *border; /* [values] what the layer reads and does not compute */
  guint8 *taken;  /* [nodes of network] */
  guint *id;      /* [values] in the new graph, TFC_NONE: not there yet */
  LayerCase *layer;
} Cut;

static const TfcTensor *
tensor (const TfcGraph *g, guint v)
{
  return &tfc_graph_v (g, v)->tensor;
}

static gboolean
computed_inside (const Cut *c, guint value)
{
  for (guint i = 0; i < c->n; i++) {
    for (guint k = 0; k < c->nodes[i].n_out; k++) {
      if (c->nodes[i].out[k] == value)
        return TRUE;
    }
  }
  return FALSE;
}

static void
find_border (Cut *c)
{
  for (guint i = 0; i < c->n; i++) {
    for (guint k = 0; k < c->nodes[i].n_in; k++) {
      const guint v = c->nodes[i].in[k];
      if (v != TFC_NONE && !computed_inside (c, v))
        c->border[v] = 1;
    }
  }
}

static void
take_back (Cut *c, guint value)
{
  const guint p = c->border[value] ? TFC_NONE : c->def_use.producer[value];
  if (p == TFC_NONE || c->taken[p])
    return;
  c->taken[p] = 1;
  const TfcNode *node = tfc_graph_n (c->network, p);
  for (guint k = 0; k < node->n_in; k++) {
    if (node->in[k] != TFC_NONE)
      take_back (c, node->in[k]);
  }
}

static guint
new_id (Cut *c, guint v)
{
  TfcGraph *g = c->layer->graph;
  if (v == TFC_NONE || c->id[v] != TFC_NONE)
    return v == TFC_NONE ? v : c->id[v];
  c->id[v] = tfc_graph_value (g, tfc_graph_v (c->network, v)->name, tensor (c->network, v));
  if (!tensor (c->network, v)->data &&
      (c->def_use.producer[v] == TFC_NONE || !c->taken[c->def_use.producer[v]]))
    tfc_graph_input (g, c->id[v]);
  return c->id[v];
}

static void
add_node (Cut *c, const TfcNode *node)
{
  g_autofree guint *in = g_new (guint, node->n_in + 1), *out = g_new (guint, node->n_out + 1);
  for (guint k = 0; k < node->n_in; k++)
    in[k] = new_id (c, node->in[k]);
  for (guint k = 0; k < node->n_out; k++)
    out[k] = new_id (c, node->out[k]);
  tfc_graph_node (c->layer->graph, node->op, &node->params, in, node->n_in, out, node->n_out);
}

static void
make_graph (Cut *c)
{
  const TfcNode *last = &c->nodes[c->n - 1];
  for (guint k = 0; k < last->n_out; k++)
    take_back (c, last->out[k]);
  for (guint i = 0; i < c->network->nodes->len; i++) {
    if (c->taken[i])
      add_node (c, tfc_graph_n (c->network, i));
  }
  for (guint k = 0; k < last->n_out; k++)
    tfc_graph_output (c->layer->graph, new_id (c, last->out[k]));
}

/* Kernel and stride as far as there are any, and whether it is clamped. */
static void
add_op (GString *text, const TfcGraph *g, const TfcNode *n)
{
  const gboolean weighs = tfc_op_is (n->op, TFC_OP_FLAG_WEIGHTS) && n->n_in > 1;
  const TfcWindow *w = &n->params.window;
  g_string_append (text, tfc_op_name (n->op));
  if (!tfc_op_is (n->op, TFC_OP_FLAG_WINDOW))
    return;
  if (weighs)
    g_string_append_printf (text, " %dx%d", tensor (g, n->in[1])->shape.dim[1],
                            tensor (g, n->in[1])->shape.dim[2]);
  else
    g_string_append_printf (text, " %dx%d", w->kernel_h, w->kernel_w);
  if (w->stride_h > 1)
    g_string_append_printf (text, " /%d", w->stride_h);
  if (w->dilation_h > 1)
    g_string_append_printf (text, " dilated %d", w->dilation_h);
}

/* Nodes that the plan has apart have a comma between, what moved into one of them a plus. */
static gchar *
title_of (const Cut *c)
{
  GString *text = g_string_new (NULL);
  gboolean ends = FALSE;
  for (guint i = 0; i < c->network->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (c->network, i);
    if (!c->taken[i])
      continue;
    if (text->len)
      g_string_append (text, ends ? ", " : " + ");
    add_op (text, c->network, node);
    ends = computed_inside (c, node->out[0]);
  }
  return g_string_free (text, FALSE);
}

static gchar *
tensor_text (const TfcGraph *g, guint v)
{
  gchar text[96];
  return g_strdup_printf ("%s %s", tfc_type_name (tensor (g, v)->type),
                          tfc_shape_print (&tensor (g, v)->shape, text));
}

/* What decides which way a kernel goes: types, shapes, parameters, the kind of quantisation, and
 * what is constant. */
static gchar *
key_of (const TfcGraph *g)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    g_autofree gchar *params = g_compute_checksum_for_data (
        G_CHECKSUM_MD5, (const guchar *)&node->params, sizeof node->params);
    g_string_append_printf (key, "%s %s:", tfc_op_name (node->op), params);
    for (guint k = 0; k < node->n_in + node->n_out; k++) {
      const guint v = k < node->n_in ? node->in[k] : node->out[k - node->n_in];
      const TfcTensor *t = v == TFC_NONE ? NULL : tensor (g, v);
      g_autofree gchar *text = t ? tensor_text (g, v) : g_strdup ("-");
      g_string_append_printf (key, " %u %s", v, text);
      if (t)
        g_string_append_printf (key, "%s%s%s", t->data ? "c" : "", t->quant.zero_point ? "z" : "",
                                t->quant.n_channels ? "p" : "");
    }
    g_string_append_c (key, ';');
  }
  return g_string_free (key, FALSE);
}

static void
describe (Cut *c)
{
  LayerCase *l = c->layer;
  const TfcNode *first = tfc_graph_n (l->graph, 0);
  l->title = title_of (c);
  l->in = tensor_text (l->graph, first->in[0]);
  l->out = tensor_text (l->graph, g_array_index (l->graph->outputs, guint, 0));
  l->key = key_of (l->graph);
  for (guint i = 0; i < l->graph->nodes->len; i++)
    l->macs += tfc_graph_macs (l->graph, tfc_graph_n (l->graph, i));
}

LayerCase *
layer_case_new (const TfcGraph *network, const TfcPlan *plan, guint first, guint n, GError **error)
{
  const guint n_values = network->values->len;
  Cut c = {.network = network, .nodes = tfc_graph_n (plan->graph, first), .n = n};
  c.layer = g_new0 (LayerCase, 1);
  c.layer->graph = tfc_graph_new ();
  c.border = g_new0 (guint8, n_values + 1);
  c.taken = g_new0 (guint8, network->nodes->len + 1);
  c.id = g_new (guint, n_values + 1);
  memset (c.id, 0xff, (n_values + 1) * sizeof *c.id);
  tfc_def_use_init (&c.def_use, network);
  find_border (&c);
  make_graph (&c);
  if (tfc_graph_check (c.layer->graph, error))
    describe (&c);
  else
    g_clear_pointer (&c.layer, layer_case_free);
  tfc_def_use_finish (&c.def_use);
  g_free (c.border);
  g_free (c.taken);
  g_free (c.id);
  return c.layer;
}

void
layer_case_free (LayerCase *l)
{
  if (!l)
    return;
  tfc_graph_free (l->graph);
  g_free (l->title);
  g_free (l->in);
  g_free (l->out);
  g_free (l->key);
  g_free (l);
}

guint
layer_case_joined (const TfcSegment *s, guint i)
{
  guint n = 1;
  while (!s->buffer[tfc_graph_n (s->graph, s->first + i + n - 1)->out[0]])
    n++;
  return n;
}

static gboolean
holds (const gchar *text, const gchar *word)
{
  g_autofree gchar *a = g_ascii_strdown (text, -1), *b = g_ascii_strdown (word, -1);
  return strstr (a, b) != NULL;
}

gboolean
layer_case_matches (const LayerCase *l, const gchar *network, gchar **words)
{
  for (guint i = 0; words && words[i]; i++) {
    if (holds (l->title, words[i]) || holds (l->in, words[i]) || holds (network, words[i]))
      return TRUE;
  }
  return !words || !words[0];
}
