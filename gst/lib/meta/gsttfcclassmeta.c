/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcclassmeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_class_meta_api_get_type:
 *
 * Registers the API of #GstTfcClassMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_class_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcClassMetaAPI"));
  return type;
}

/**
 * gst_tfc_class_meta_get_info:
 *
 * Registers #GstTfcClassMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcClassMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_class_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (
        &info, (gsize)gst_tfc_meta_register (GST_TFC_CLASS_META_API_TYPE, "GstTfcClassMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_class_meta:
 * @buffer: a buffer
 *
 * Reads what tfcclassify attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcClassMeta *
gst_buffer_get_tfc_class_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcClassMeta *)gst_buffer_get_meta (buffer, GST_TFC_CLASS_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_class_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @classes: (array length=n_classes) (nullable): copied
 * @n_classes: how many; 0 is allowed
 *
 * Attaches classes to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcClassMeta *
gst_buffer_add_tfc_class_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                               gboolean held, const GstTfcClass *classes, guint n_classes)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_classes (model, pts, classes, n_classes);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcClassMeta *)meta;
}

/**
 * gst_tfc_class_meta_get_results:
 * @meta: the meta
 *
 * For code that needs the results longer than the buffer: take a reference with
 * gst_tfc_results_ref(). Nothing is copied.
 *
 * Returns: (transfer none) (nullable): the results; %NULL only if the meta was added by hand and
 *   never filled
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_class_meta_get_results (const GstTfcClassMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_class_meta_get_classes:
 * @meta: the meta
 * @n_classes: (out) (optional): how many
 *
 * The classes as an array, without a copy.
 *
 * Returns: (array length=n_classes) (transfer none) (nullable): those of an object together, the
 * surest first; valid as long as the meta
 *
 * Since: 0.1
 */
const GstTfcClass *
gst_tfc_class_meta_get_classes (const GstTfcClassMeta *meta, guint *n_classes)
{
  if (n_classes)
    *n_classes = meta ? meta->n_classes : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->classes;
}

/**
 * gst_tfc_class_meta_get_class:
 * @meta: the meta
 * @index: which
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcClass *
gst_tfc_class_meta_get_class (const GstTfcClassMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_classes ? gst_tfc_class_copy (&meta->classes[index]) : NULL;
}

/**
 * gst_tfc_class_meta_dup_classes: (rename-to gst_tfc_class_meta_get_classes)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcClass): copies that outlive the buffer
 *
 * Since: 0.1
 */
GList *
gst_tfc_class_meta_dup_classes (const GstTfcClassMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_classes (meta->results) : NULL;
}
