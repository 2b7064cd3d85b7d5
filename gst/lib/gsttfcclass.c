/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcclassmeta.h"
#include "gst/lib/gsttfcresults-private.h"

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcClass *tfc_class = item;

  tfc_class->label = g_intern_string (tfc_class->label);
  return tail;
}

const TfcItemKind tfc_class_kind = {sizeof (GstTfcClass), NULL, settle,
                                    gst_tfc_class_meta_get_info};

/**
 * gst_tfc_class_copy: (skip)
 * @tfc_class: a class
 *
 * Copies a class, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy, for gst_tfc_class_free()
 *
 * Since: 0.1
 */
GstTfcClass *
gst_tfc_class_copy (const GstTfcClass *tfc_class)
{
  g_return_val_if_fail (tfc_class != NULL, NULL);
  return tfc_item_copy (&tfc_class_kind, tfc_class);
}

/**
 * gst_tfc_class_free: (skip)
 * @tfc_class: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_class_free (GstTfcClass *tfc_class)
{
  g_free (tfc_class);
}

G_DEFINE_BOXED_TYPE (GstTfcClass, gst_tfc_class, gst_tfc_class_copy, gst_tfc_class_free)

/**
 * gst_tfc_results_new_classes:
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @classes: (array length=n_classes) (nullable): those of an object together, the surest first;
 * copied, the labels interned
 * @n_classes: how many; 0 is allowed
 *
 * Makes results of classes, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_classes (const gchar *model, GstClockTime pts, const GstTfcClass *classes,
                             guint n_classes)
{
  g_return_val_if_fail (classes != NULL || n_classes == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_CLASSES, model, pts, classes, n_classes);
}

/**
 * gst_tfc_results_get_classes:
 * @results: the results
 * @n_classes: (out) (optional): how many
 *
 * The classes as an array, without a copy.
 *
 * Returns: (array length=n_classes) (transfer none) (nullable): those of an object together, the
 * surest first; %NULL if these are others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcClass *
gst_tfc_results_get_classes (const GstTfcResults *results, guint *n_classes)
{
  const GstTfcClass *classes = tfc_results_items (results, GST_TFC_RESULTS_KIND_CLASSES, n_classes);

  g_return_val_if_fail (results != NULL, NULL);
  return classes;
}

/**
 * gst_tfc_results_dup_classes: (rename-to gst_tfc_results_get_classes)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_classes() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcClass): copies, those of an object together, the
 * surest first; an empty list if these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_classes (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_CLASSES);
}
