/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/fuzz/engine.h"

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/model.h"

#include <string.h>

#define MAX_BYTES (8 << 20)
#define MAX_WORK (1 << 22)

static void
check_error (GError *error)
{
  g_assert_true (error && error->domain == TFC_ERROR && *error->message);
  g_error_free (error);
}

/* Steps of a node, about: outputs times what each reads. */
static gdouble
work_of (const TfcGraph *g, const TfcNode *n)
{
  gdouble y = tfc_tensor_count (&tfc_graph_v (g, n->out[0])->tensor), each = 1;
  if (n->op == TFC_OP_MAX_POOL_2D || n->op == TFC_OP_AVERAGE_POOL_2D)
    each = (gdouble)n->params.window.kernel_h * n->params.window.kernel_w;
  for (guint k = 0; k < n->n_in; k++) {
    if (n->in[k] != TFC_NONE)
      each += k ? tfc_tensor_count (&tfc_graph_v (g, n->in[k])->tensor) : 0;
  }
  return y * each;
}

gboolean
fuzz_is_small (const TfcGraph *g)
{
  gdouble bytes = 0, work = 0;
  for (guint v = 0; v < g->values->len; v++)
    bytes += tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor);
  for (guint i = 0; i < g->nodes->len; i++)
    work += work_of (g, tfc_graph_n (g, i));
  return bytes <= MAX_BYTES && work <= MAX_WORK;
}

static void
fill (const TfcTensor *t)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++) {
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)t->data)[i] = (gfloat)(i % 7) - 3;
    else if (t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8)
      ((guint8 *)t->data)[i] = i * 37;
  }
}

/* Every byte of an output can be read. */
static guint
look (const TfcTensor *t)
{
  const guint8 *bytes = t->data;
  guint sum = 0;
  for (gsize i = 0; i < tfc_tensor_bytes (t); i++)
    sum += bytes[i];
  return sum;
}

guint
fuzz_n_backends (void)
{
  guint n = 0;
  while (tfc_backend_nth (n))
    n++;
  return n;
}

void
fuzz_engine (TfcGraph *graph, guint backend)
{
  TfcModelOptions options = {.backend = tfc_backend_nth (backend)->name};
  GError *error = NULL;
  TfcModel *model;
  if (!tfc_graph_check (graph, &error) || !fuzz_is_small (graph)) {
    if (error)
      check_error (error);
    tfc_graph_free (graph);
    return;
  }
  model = tfc_model_open_graph (graph, &options, &error);
  if (!model) {
    check_error (error);
    return;
  }
  for (guint i = 0; i < tfc_model_n_inputs (model); i++)
    fill (tfc_model_input (model, i));
  if (!tfc_model_run (model, &error))
    check_error (error);
  for (guint i = 0; i < tfc_model_n_outputs (model); i++)
    look (tfc_model_output (model, i));
  tfc_model_macs (model);
  tfc_model_close (model);
}
