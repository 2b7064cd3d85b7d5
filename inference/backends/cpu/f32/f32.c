/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backends/cpu/f32/f32.h"

gsize tfc_f32_least_work = 8192;

guint
tfc_f32_work_items (const TfcPool *pool, gsize work)
{
  const gsize threads = tfc_pool_threads (pool), pieces = work / MAX (tfc_f32_least_work, 1);
  return threads < 2 || pieces < 2 ? 1 : MIN (pieces, 4 * threads);
}

static void
run_pieces (const TfcLayer *layer, TfcPool *pool, gboolean more)
{
  const TfcSplitF32 *l = (const TfcSplitF32 *)layer;
  tfc_pool_parallel (pool, l->piece, (gpointer)l, l->pieces, more);
}

void
tfc_f32_free_layer (TfcLayer *layer)
{
  g_free (layer);
}

void
tfc_split_f32_init (TfcSplitF32 *l, TfcPool *pool, gsize work,
                    void (*piece) (gpointer layer, gsize index))
{
  *l = (TfcSplitF32){{run_pieces, tfc_f32_free_layer}, piece, tfc_f32_work_items (pool, work)};
}

gboolean
tfc_f32_good (const TfcTensor *x, const TfcTensor *y)
{
  return tfc_isa ()->f32 && x && !x->data && x->type == TFC_TYPE_F32 && y->type == TFC_TYPE_F32;
}

gboolean
tfc_f32_never_pays (const TfcGraph *graph, const TfcNode *node)
{
  return FALSE;
}
