/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcresults-private.h"

static const TfcItemKind *const kinds[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = &tfc_detection_kind,
    [GST_TFC_RESULTS_KIND_FACES] = &tfc_face_kind,
    [GST_TFC_RESULTS_KIND_POSES] = &tfc_pose_kind,
    [GST_TFC_RESULTS_KIND_MASK] = &tfc_mask_kind,
    [GST_TFC_RESULTS_KIND_CLASSES] = &tfc_class_kind,
    [GST_TFC_RESULTS_KIND_EVENTS] = &tfc_event_kind,
    [GST_TFC_RESULTS_KIND_ZONES] = &tfc_zone_kind,
};

const TfcItemKind *
tfc_item_kind (GstTfcResultsKind kind)
{
  return (guint)kind < G_N_ELEMENTS (kinds) ? kinds[kind] : NULL;
}

static gsize
tails (const TfcItemKind *kind, gconstpointer items, guint n)
{
  gsize bytes = 0;

  for (guint i = 0; kind->tail_bytes && i < n; i++)
    bytes += kind->tail_bytes ((const guint8 *)items + i * kind->size);
  return bytes;
}

gpointer
tfc_item_copy (const TfcItemKind *kind, gconstpointer item)
{
  guint8 *copy = g_malloc (kind->size + tails (kind, item, 1));

  memcpy (copy, item, kind->size);
  kind->settle (copy, copy + kind->size);
  return copy;
}

gsize
tfc_results_tail_bytes (const GstTfcResults *results)
{
  return tails (kinds[results->kind], results->items, results->n);
}

guint8 *
tfc_results_tail (GstTfcResults *results)
{
  return (guint8 *)results->items + results->n * kinds[results->kind]->size;
}

GstTfcResults *
tfc_results_copy_items (GstTfcResultsKind kind, const gchar *model, GstClockTime pts,
                        gconstpointer items, guint n)
{
  const TfcItemKind *k = kinds[kind];
  GstTfcResults *results = tfc_results_new (kind, model, pts, n, tails (k, items, n));
  guint8 *tail;

  if (!results)
    return NULL;
  if (n)
    memcpy (results->items, items, n * k->size);
  tail = tfc_results_tail (results);
  for (guint i = 0; i < n; i++)
    tail = k->settle ((guint8 *)results->items + i * k->size, tail);
  return results;
}

gpointer
tfc_results_items (const GstTfcResults *results, GstTfcResultsKind kind, guint *n)
{
  gboolean ours = results && results->kind == kind;

  if (n)
    *n = ours ? results->n : 0;
  return ours ? results->items : NULL;
}

GList *
tfc_results_dup_items (const GstTfcResults *results, GstTfcResultsKind kind)
{
  GList *copies = NULL;
  guint n;
  const guint8 *items = tfc_results_items (results, kind, &n);

  while (n-- > 0)
    copies = g_list_prepend (copies, tfc_item_copy (kinds[kind], items + n * kinds[kind]->size));
  return copies;
}
