/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/backends/xnnpack-net.h"

#include <string.h>

guint
computed (TfcGraph *g, TfcType type, TfcShape shape)
{
  TfcTensor t = {
      .type = type, .shape = shape, .quant = {.scale = type == F ? 0 : 0.05f, .zero_point = 100}};
  return tfc_graph_value (g, NULL, &t);
}

guint
node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b, guint c, guint out)
{
  TfcParams none = tfc_params (op);
  guint in[3] = {a, b, c}, n = c != TFC_NONE ? 3 : b != TFC_NONE ? 2 : 1;
  return tfc_graph_node (g, op, params ? params : &none, in, n, &out, 1);
}

void
net_open (Net *net, TfcGraph *g, TfcPool *pool)
{
  GError *error = NULL;
  *net = (Net){.graph = g, .pool = pool, .place = g_new0 (void *, g->values->len)};
  net->segment = (TfcSegment){g,
                              0,
                              g->nodes->len,
                              (guint *)g->inputs->data,
                              (guint *)g->outputs->data,
                              g->inputs->len,
                              g->outputs->len,
                              net->place};
  for (guint i = 0; i < g->inputs->len + g->outputs->len; i++) {
    guint v = i < g->inputs->len ? net->segment.in[i] : net->segment.out[i - g->inputs->len];
    if (!net->place[v])
      net->place[v] = g_malloc0 (tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor) + TFC_TAIL_BYTES);
  }
  for (guint i = 0; i < g->nodes->len; i++)
    g_assert_true (tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, i)));
  net->state = tfc_backend_xnnpack.prepare (&net->segment, pool, &error);
  g_assert_no_error (error);
  g_assert_nonnull (net->state);
}

void
net_run (Net *net)
{
  g_assert_true (tfc_backend_xnnpack.run (net->state, net->pool));
}

void
net_close (Net *net)
{
  tfc_backend_xnnpack.destroy (net->state);
  for (guint v = 0; v < net->graph->values->len; v++)
    g_free (net->place[v]);
  g_free (net->place);
  tfc_graph_free (net->graph);
}

guint
constant (TfcGraph *g, TfcType type, TfcShape shape, void *data)
{
  TfcTensor t = {.type = type, .shape = shape, .data = data};
  if (type == U)
    t.quant = (TfcQuant){.scale = 0.05f, .zero_point = 100};
  return tfc_graph_value (g, NULL, &t);
}
