/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfczonemeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_zone_meta_api_get_type:
 *
 * Registers the API of #GstTfcZoneMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_zone_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcZoneMetaAPI"));
  return type;
}

/**
 * gst_tfc_zone_meta_get_info:
 *
 * Registers #GstTfcZoneMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcZoneMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_zone_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (&info,
                       (gsize)gst_tfc_meta_register (GST_TFC_ZONE_META_API_TYPE, "GstTfcZoneMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_zone_meta:
 * @buffer: a buffer
 *
 * Reads what tfczones attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcZoneMeta *
gst_buffer_get_tfc_zone_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcZoneMeta *)gst_buffer_get_meta (buffer, GST_TFC_ZONE_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_zone_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of what made them; interned
 * @pts: PTS of the frame
 * @held: whether that was an earlier frame
 * @zones: (array length=n_zones) (nullable): copied
 * @n_zones: how many; 0 is allowed
 *
 * Attaches zones to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcZoneMeta *
gst_buffer_add_tfc_zone_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                              gboolean held, const GstTfcZone *zones, guint n_zones)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_zones (model, pts, zones, n_zones);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcZoneMeta *)meta;
}

/**
 * gst_tfc_zone_meta_get_results:
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
gst_tfc_zone_meta_get_results (const GstTfcZoneMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_zone_meta_get_zones:
 * @meta: the meta
 * @n_zones: (out) (optional): how many
 *
 * The zones as an array, without a copy.
 *
 * Returns: (array length=n_zones) (transfer none) (nullable): zones before lines, as in their file;
 * valid as long as the meta
 *
 * Since: 0.1
 */
const GstTfcZone *
gst_tfc_zone_meta_get_zones (const GstTfcZoneMeta *meta, guint *n_zones)
{
  if (n_zones)
    *n_zones = meta ? meta->n_zones : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->zones;
}

/**
 * gst_tfc_zone_meta_get_zone:
 * @meta: the meta
 * @index: which
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcZone *
gst_tfc_zone_meta_get_zone (const GstTfcZoneMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_zones ? gst_tfc_zone_copy (&meta->zones[index]) : NULL;
}

/**
 * gst_tfc_zone_meta_dup_zones: (rename-to gst_tfc_zone_meta_get_zones)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcZone): copies that outlive the buffer
 *
 * Since: 0.1
 */
GList *
gst_tfc_zone_meta_dup_zones (const GstTfcZoneMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_zones (meta->results) : NULL;
}
