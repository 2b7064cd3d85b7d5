/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfcmaskmeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_mask_meta_api_get_type:
 *
 * Registers the API of #GstTfcMaskMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_mask_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcMaskMetaAPI"));
  return type;
}

/**
 * gst_tfc_mask_meta_get_info:
 *
 * Registers #GstTfcMaskMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcMaskMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_mask_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info,
                       (gsize)gst_tfc_meta_register (GST_TFC_MASK_META_API_TYPE, "GstTfcMaskMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_mask_meta:
 * @buffer: a buffer
 *
 * Reads what tfcsegment attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcMaskMeta *
gst_buffer_get_tfc_mask_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcMaskMeta *)gst_buffer_get_meta (buffer, GST_TFC_MASK_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_mask_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: whether that was an earlier frame
 * @mask: copied with its values and labels
 *
 * Attaches a mask to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many values, or
 *   if there are more values or labels than a mask can have
 *
 * Since: 0.1
 */
GstTfcMaskMeta *
gst_buffer_add_tfc_mask_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                              gboolean held, const GstTfcMask *mask)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_mask (model, pts, mask);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcMaskMeta *)meta;
}

/**
 * gst_tfc_mask_meta_get_results:
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
gst_tfc_mask_meta_get_results (const GstTfcMaskMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_mask_meta_get_mask:
 * @meta: the meta
 *
 * The mask, without a copy.
 *
 * Returns: (transfer none) (nullable): the mask; valid as long as the meta
 *
 * Since: 0.1
 */
const GstTfcMask *
gst_tfc_mask_meta_get_mask (const GstTfcMaskMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->mask;
}

/**
 * gst_tfc_mask_meta_dup_bytes:
 * @meta: the meta
 *
 * The values, for code that needs them longer than the buffer. Nothing is copied.
 *
 * Returns: (transfer full) (nullable): width * height bytes; %NULL only if the meta was added by
 *   hand and never filled
 *
 * Since: 0.1
 */
GBytes *
gst_tfc_mask_meta_dup_bytes (const GstTfcMaskMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_mask_bytes (meta->results) : NULL;
}
