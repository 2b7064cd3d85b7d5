/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/plan/float-net.h"

#include <math.h>
#include <string.h>

FloatNet
net_begin (guint32 from, gboolean seen)
{
  return (FloatNet){.r = g_rand_new_with_seed (from), .g = tfc_graph_new (), .seen = seen};
}

void
net_input (FloatNet *n, gint pictures)
{
  TfcTensor x = {.type = TFC_TYPE_F32,
                 .shape = tfc_shape (4, pictures, n->height, n->width, n->channels)};
  n->value = tfc_graph_value (n->g, "x", &x);
  tfc_graph_input (n->g, n->value);
}

void
net_end (FloatNet *n)
{
  GError *error = NULL;
  if (!n->seen)
    tfc_graph_output (n->g, n->value);
  g_assert_true (tfc_graph_check (n->g, &error));
  g_assert_no_error (error);
}

void
net_clear (FloatNet *n)
{
  g_rand_free (n->r);
  tfc_graph_free (n->g);
}

gint
net_upto (FloatNet *n, gint from, gint to)
{
  return g_rand_int_range (n->r, from, to + 1);
}

guint
net_constant (FloatNet *n, const TfcShape *shape, gdouble most)
{
  TfcTensor t = {.type = TFC_TYPE_F32, .shape = *shape};
  g_autofree gfloat *data = g_new (gfloat, tfc_tensor_count (&t));
  for (gsize i = 0; i < tfc_tensor_count (&t); i++)
    data[i] = (gfloat)g_rand_double_range (n->r, -most, most);
  return tfc_graph_const (n->g, NULL, TFC_TYPE_F32, shape, data);
}

guint
net_node (FloatNet *n, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  guint y = tfc_graph_unknown (n->g, NULL);
  tfc_graph_node (n->g, op, params, in, n_in, &y, 1);
  if (n->seen)
    tfc_graph_output (n->g, y);
  return y;
}

TfcClamp
net_clamp (FloatNet *n)
{
  return net_upto (n, 0, 1) ? (TfcClamp){0, net_upto (n, 0, 1) ? 0.5f : G_MAXFLOAT} : TFC_NO_CLAMP;
}

gfloat *
net_run (const FloatNet *n, TfcPool *pool, const Values *values, NetPlan *how)
{
  GError *error = NULL;
  TfcPlan *plan = tfc_plan_new (n->g, &tfc_backend_auto, pool, &error);
  g_assert_no_error (error);
  guint x = g_array_index (n->g->inputs, guint, 0);
  memcpy (plan->buffer[x], values->bytes[x], tfc_tensor_bytes (&tfc_graph_v (n->g, x)->tensor));
  g_assert_true (tfc_plan_run (plan, pool) && tfc_plan_run (plan, NULL));
  *how = (NetPlan){.nodes = plan->graph->nodes->len};
  for (guint i = 0; i < plan->graph->nodes->len; i++)
    how->inside += !plan->buffer[tfc_graph_n (plan->graph, i)->out[0]];
  gfloat *y =
      g_memdup2 (plan->buffer[n->value], tfc_tensor_bytes (&tfc_graph_v (n->g, n->value)->tensor));
  tfc_plan_free (plan);
  return y;
}

void
net_check (const FloatNet *hidden, const FloatNet *seen, guint32 from, TfcPool *pool,
           NetPlan plans[2])
{
  g_autoptr (GRand) r = g_rand_new_with_seed (from);
  Values *values = values_compute (hidden->g, r);
  const TfcTensor *y = &tfc_graph_v (hidden->g, hidden->value)->tensor;
  const gfloat *want = (const gfloat *)(gpointer)values->bytes[hidden->value];
  NetPlan threads;
  g_autofree gfloat *alone = net_run (hidden, NULL, values, &plans[0]);
  g_autofree gfloat *together = net_run (hidden, pool, values, &threads);
  g_autofree gfloat *apart = net_run (seen, NULL, values, &plans[1]);
  g_assert_cmpmem (&plans[0], sizeof threads, &threads, sizeof threads);
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), together, tfc_tensor_bytes (y));
  g_assert_cmpmem (alone, tfc_tensor_bytes (y), apart, tfc_tensor_bytes (y));
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat (fabsf (alone[i] - want[i]), <=, 1e-4f * (1 + fabsf (want[i])));
  values_free (values, hidden->g);
}
