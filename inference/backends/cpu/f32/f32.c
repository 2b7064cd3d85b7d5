/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/f32/f32.h"

gsize tfc_f32_least_work = 8192;

guint
tfc_f32_work_items (const TfcPool *pool, gsize work)
{
  const gsize threads = tfc_pool_threads (pool), chunks = work / MAX (tfc_f32_least_work, 1);
  return threads < 2 || chunks < 2 ? 1 : MIN (chunks, 4 * threads);
}

static void
run (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const TfcSplitF32 *l = (const TfcSplitF32 *)layer;
  tfc_pool_parallel (pool, l->run_chunk, (gpointer)l, l->chunks, more);
}

void
tfc_split_f32_init (TfcSplitF32 *layer, TfcPool *pool,
                    void (*run_chunk) (gpointer layer, gsize index), gsize work)
{
  layer->base.run = run;
  layer->run_chunk = run_chunk;
  layer->chunks = tfc_f32_work_items (pool, work);
}

gboolean
tfc_f32_good (const TfcTensor *x, const TfcTensor *y)
{
  return x && !x->data && x->type == TFC_TYPE_F32 && y->type == TFC_TYPE_F32;
}

gboolean
tfc_f32_xnnpack_runs (const TfcGraph *graph, const TfcNode *node)
{
  const TfcBackend *next = tfc_backend_auto.fallback;
  return next != &tfc_backend_reference && next->can_run (graph, node);
}

gboolean
tfc_f32_seldom_pays (const TfcGraph *graph, const TfcNode *node)
{
  return !tfc_f32_xnnpack_runs (graph, node);
}
