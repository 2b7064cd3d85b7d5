/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/session/specialization.h"

#include "inference/passes/lower.h"
#include "inference/passes/output_ends.h"
#include "inference/plan/drop_packed.h"

static TfcTensor *
with_places (const TfcSpecialization *v, const GArray *ids)
{
  TfcTensor *tensors = g_new0 (TfcTensor, ids->len + 1);
  for (guint i = 0; i < ids->len; i++) {
    tensors[i] = tfc_graph_v (v->graph, tfc_specialization_id (ids, i))->tensor;
    tensors[i].data = v->plan->buffer[tfc_specialization_id (ids, i)];
  }
  return tensors;
}

static gsize
constant_bytes (const TfcGraph *graph)
{
  gsize sum = 0;
  for (guint v = 0; v < graph->values->len; v++) {
    const TfcTensor *t = &tfc_graph_v (graph, v)->tensor;
    sum += t->data ? tfc_tensor_bytes (t) : 0;
  }
  return sum;
}

TfcSpecialization *
tfc_specialization_new (TfcGraph *graph, const TfcBackend *backend, TfcPool *pool,
                        TfcPackedStore *packed, GError **error)
{
  TfcSpecialization *v = g_new0 (TfcSpecialization, 1);
  v->graph = graph;
  if (!tfc_graph_check (graph, error))
    goto fail;
  v->activated = tfc_ends_activated (graph); /* lowering moves ops */
  if (!tfc_lower (graph, error) || !tfc_graph_check (graph, error))
    goto fail;
  v->plan = tfc_plan_new_sharing (graph, backend, pool, packed, error);
  if (!v->plan)
    goto fail;
  tfc_governor_init (&v->governor, !v->plan->native);
  v->constant_bytes = constant_bytes (graph);
  tfc_drop_packed (graph, v->plan);
  v->inputs = with_places (v, graph->inputs);
  v->outputs = with_places (v, graph->outputs);
  v->given = g_new (TfcShape, graph->inputs->len + 1);
  for (guint i = 0; i < graph->inputs->len; i++)
    v->given[i] = (TfcShape){.rank = -1};
  return v;

fail:
  tfc_specialization_free (v);
  return NULL;
}

void
tfc_specialization_free (TfcSpecialization *v)
{
  if (!v)
    return;
  tfc_plan_free (v->plan);
  tfc_graph_free (v->graph);
  g_free (v->inputs);
  g_free (v->outputs);
  g_free (v->activated);
  g_free (v->given);
  g_free (v);
}

gsize
tfc_specialization_bytes (const TfcSpecialization *v)
{
  return v->plan->arena_bytes + v->constant_bytes;
}

static gboolean
same_ends (const TfcSpecialization *a, const TfcSpecialization *b, const GArray *ids,
           const GArray *others)
{
  if (ids->len != others->len)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const TfcValue *one = tfc_graph_v (a->graph, tfc_specialization_id (ids, i));
    const TfcValue *other = tfc_graph_v (b->graph, tfc_specialization_id (others, i));
    if (one->tensor.type != other->tensor.type || g_strcmp0 (one->name, other->name))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfc_specialization_is_alike (const TfcSpecialization *a, const TfcSpecialization *b)
{
  const TfcPostprocess *one = a->graph->tail, *other = b->graph->tail;
  return same_ends (a, b, a->graph->inputs, b->graph->inputs) &&
         same_ends (a, b, a->graph->outputs, b->graph->outputs) && !one == !other &&
         (!one || !g_strcmp0 (one->name, other->name));
}
