/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfcmaskmeta.h"
#include "gst/lib/gsttfcresults-private.h"

static guint
n_labels (const GstTfcMask *mask)
{
  return mask->labels ? mask->n_indices : 0;
}

static gsize
tail_bytes (gconstpointer item)
{
  return n_labels (item) * sizeof (gchar *) + tfc_mask_n_values (item);
}

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcMask *mask = item;
  const guint n = n_labels (mask);
  const gsize bytes = tfc_mask_n_values (mask);
  const gchar **labels = (const gchar **)tail;

  for (guint i = 0; i < n; i++)
    labels[i] = g_intern_string (mask->labels[i]);
  mask->labels = n ? labels : NULL;
  tail += n * sizeof *labels;
  if (!bytes)
    mask->width = mask->height = 0;
  else
    memcpy (tail, mask->data, bytes);
  mask->data = tail;
  return tail + bytes;
}

const TfcItemKind tfc_mask_kind = {sizeof (GstTfcMask), tail_bytes, settle,
                                   gst_tfc_mask_meta_get_info};

/**
 * gst_tfc_mask_copy: (skip)
 * @mask: a mask
 *
 * Copies a mask with its values, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy with its values, in one allocation, for gst_tfc_mask_free()
 *
 * Since: 0.1
 */
GstTfcMask *
gst_tfc_mask_copy (const GstTfcMask *mask)
{
  g_return_val_if_fail (mask != NULL, NULL);
  return tfc_item_copy (&tfc_mask_kind, mask);
}

/**
 * gst_tfc_mask_free: (skip)
 * @mask: (transfer full) (nullable): a copy
 *
 * Frees a copy with its values.
 *
 * Since: 0.1
 */
void
gst_tfc_mask_free (GstTfcMask *mask)
{
  g_free (mask);
}

G_DEFINE_BOXED_TYPE (GstTfcMask, gst_tfc_mask, gst_tfc_mask_copy, gst_tfc_mask_free)

/**
 * gst_tfc_mask_get_data:
 * @mask: the mask
 * @n_values: (out) (optional): width * height
 *
 * The values as an array, without a copy: rows from the top, without padding.
 *
 * Returns: (array length=n_values) (transfer none) (nullable): the values; as long as @mask
 *
 * Since: 0.1
 */
const guint8 *
gst_tfc_mask_get_data (const GstTfcMask *mask, guint *n_values)
{
  if (n_values)
    *n_values = mask ? (guint)tfc_mask_n_values (mask) : 0;
  g_return_val_if_fail (mask != NULL, NULL);
  return mask->data;
}

/**
 * gst_tfc_mask_get_label:
 * @mask: the mask
 * @index: of a part or a person: its value in the mask less 1
 *
 * What a value stands for.
 *
 * Returns: (transfer none) (nullable): an interned name, %NULL past the end or where there is none
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_mask_get_label (const GstTfcMask *mask, guint index)
{
  g_return_val_if_fail (mask != NULL, NULL);
  return index < n_labels (mask) ? mask->labels[index] : NULL;
}

/**
 * gst_tfc_results_new_mask:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @mask: copied with its values and labels
 *
 * Makes results of a mask, for elements that attach the same one to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many values,
 *   or if there are more values or labels than a mask can have
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_mask (const gchar *model, GstClockTime pts, const GstTfcMask *mask)
{
  g_return_val_if_fail (mask != NULL, NULL);
  if (mask->width > TFC_MASK_MAX_SIDE || mask->height > TFC_MASK_MAX_SIDE ||
      mask->n_indices > TFC_MASK_MAX_INDICES)
    return NULL;
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_MASK, model, pts, mask, 1);
}

/**
 * gst_tfc_results_get_mask:
 * @results: the results
 *
 * The mask, without a copy.
 *
 * Returns: (transfer none) (nullable): the mask; %NULL if these are others; valid as long as
 *   @results
 *
 * Since: 0.1
 */
const GstTfcMask *
gst_tfc_results_get_mask (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_items (results, GST_TFC_RESULTS_KIND_MASK, NULL);
}

/**
 * gst_tfc_results_dup_mask_bytes:
 * @results: (transfer none): the results; the bytes take a reference
 *
 * The values of the mask, for code that needs them longer than the buffer. Nothing is copied.
 *
 * Returns: (transfer full) (nullable): width * height bytes; %NULL if these are others
 *
 * Since: 0.1
 */
GBytes *
gst_tfc_results_dup_mask_bytes (GstTfcResults *results)
{
  const GstTfcMask *mask;

  g_return_val_if_fail (results != NULL, NULL);
  mask = tfc_results_items (results, GST_TFC_RESULTS_KIND_MASK, NULL);
  if (!mask)
    return NULL;
  return g_bytes_new_with_free_func (mask->data, tfc_mask_n_values (mask),
                                     (GDestroyNotify)gst_tfc_results_unref,
                                     gst_tfc_results_ref (results));
}
