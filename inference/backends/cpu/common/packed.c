/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/packed.h"

#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/runtime/large_alloc.h"

#define LARGE_WEIGHTS (64 << 10)

gboolean tfc_packed_check;

guint64
tfc_packed_order (const guint32 *numbers, gsize n)
{
  return tfc_packed_digest (0, numbers, n * sizeof *numbers);
}

/* Large weights were read for the last time, nearly always. */
static void
put_weights_away (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *w = tfc_layer_in (graph, node, 1);
  if (w && w->data && tfc_tensor_bytes (w) >= LARGE_WEIGHTS)
    tfc_graph_advise_dontneed (graph, w);
}

static guint64
add_number (guint64 digest, guint64 number)
{
  return tfc_packed_digest (digest, &number, sizeof number);
}

static guint64
add_quant (guint64 digest, const TfcQuant *q)
{
  const struct {
    gfloat scale;
    gint32 zero_point, axis;
    guint32 n_channels;
  } numbers = {q->scale, q->zero_point, q->axis, q->n_channels};
  digest = tfc_packed_digest (digest, &numbers, sizeof numbers);
  return q->n_channels ? tfc_packed_digest (digest, q->scales, q->n_channels * sizeof (gfloat))
                       : digest;
}

/* Of constants all, of others what packing may look at. */
static guint64
add_tensor (TfcPackedStore *store, guint64 digest, const TfcTensor *t)
{
  if (!t)
    return add_number (digest, 1);
  digest = add_number (digest, (guint64)t->type << 1 | t->turned);
  digest = add_quant (digest, &t->quant);
  if (!t->data)
    return digest;
  digest = tfc_packed_digest (digest, t->shape.dim, (gsize)t->shape.rank * sizeof (gint32));
  return tfc_packed_store_digest (store, digest, t->data, tfc_tensor_bytes (t));
}

/* Of a layer that does not tell its order nobody knows what it has in common with others. */
static TfcPackedKey
key_of (TfcPackedStore *store, const TfcLayer *layer, const TfcGraph *graph, const TfcNode *node)
{
  const TfcKernels *kernels = tfc_kernels ();
  guint64 digest = add_number (layer->order, (guintptr)layer->pack);
  if (!layer->order)
    return 0;
  digest = add_number (digest, (guintptr)kernels->f32);
  digest = add_number (digest, (guintptr)kernels->q8);
  for (guint i = 0; i < node->n_in; i++)
    digest = add_tensor (store, digest, tfc_layer_in (graph, node, i));
  digest = add_tensor (store, digest, &tfc_graph_v (graph, node->out[0])->tensor);
  return add_number (digest, node->n_in);
}

/* Packed again it is the same. */
static void
check_shared (TfcLayer *layer, const TfcSegment *segment, const TfcNode *node, void *memory)
{
  void *again = tfc_large_alloc (layer->packed_bytes);
  layer->is_packed = FALSE;
  layer->pack (layer, segment->graph, node, again);
  g_assert_cmpmem (again, layer->packed_bytes, memory, layer->packed_bytes);
  tfc_large_free (again, layer->packed_bytes);
  layer->is_packed = TRUE;
}

static void
pack_all (TfcLayer *const *layers, const TfcSegment *segment, const TfcPackedWant *want)
{
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    TfcLayer *layer = layers[i];
    if (!layer->pack)
      continue;
    layer->is_packed = !want->fresh;
    if (layer->is_packed && tfc_packed_check)
      check_shared (layer, segment, node, want->memory);
    layer->pack (layer, segment->graph, node, want++->memory);
    put_weights_away (segment->graph, node);
  }
}

static guint
find_wants (TfcPackedStore *store, TfcLayer *const *layers, const TfcSegment *segment,
            TfcPackedWant *want)
{
  guint n = 0;
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    if (layers[i]->pack)
      want[n++] = (TfcPackedWant){.key = key_of (store, layers[i], segment->graph, node),
                                  .bytes = layers[i]->packed_bytes};
  }
  return n;
}

static gboolean
refuse (TfcPackedResult result, const TfcPackedWant *want, guint n, GError **error)
{
  gsize bytes = 0;
  for (guint i = 0; i < n; i++)
    bytes += want[i].fresh ? want[i].bytes : 0;
  if (result == TFC_PACKED_NO_MEMORY)
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
                 "no memory for %" G_GSIZE_FORMAT " bytes of packed weights", bytes);
  else
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "the same weights are used over and over: packed in different ways they take "
                 "some %" G_GSIZE_FORMAT " MiB, more than a file of this size may ask for",
                 bytes >> 20);
  return FALSE;
}

static gboolean
take (TfcPacked *p, TfcLayer *const *layers, const TfcSegment *segment, GError **error)
{
  TfcPackedWant *want = g_new0 (TfcPackedWant, (gsize)segment->n + 1);
  const guint n = find_wants (p->store, layers, segment, want);
  const TfcPackedResult result = tfc_packed_store_take (p->store, want, n);
  const gboolean ok = result == TFC_PACKED_OK || refuse (result, want, n, error);
  if (ok) {
    p->entries = g_new (TfcPackedEntry *, (gsize)n + 1);
    p->n = n;
    for (guint i = 0; i < n; i++)
      p->entries[i] = want[i].entry;
    pack_all (layers, segment, want);
  }
  g_free (want);
  return ok;
}

gboolean
tfc_packed_init (TfcPacked *p, TfcLayer *const *layers, const TfcSegment *segment,
                 gsize scratch_bytes, GError **error)
{
  *p = (TfcPacked){.bytes = scratch_bytes};
  p->store = segment->packed ? tfc_packed_store_ref (segment->packed) : tfc_packed_store_new ();
  p->scratch = tfc_large_alloc (p->bytes);
  if (p->scratch)
    return take (p, layers, segment, error);
  g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY,
               "no memory for %" G_GSIZE_FORMAT " bytes of scratch memory", p->bytes);
  return FALSE;
}

void
tfc_packed_finish (TfcPacked *p)
{
  if (p->store)
    tfc_packed_store_give (p->store, p->entries, p->n);
  tfc_packed_store_unref (p->store);
  g_free (p->entries);
  tfc_large_free (p->scratch, p->bytes);
}
