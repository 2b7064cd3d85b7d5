/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfczonemeta.h"
#include "gst/lib/gsttfcresults-private.h"

static gsize
tail_bytes (gconstpointer item)
{
  return tfc_zone_n_points (item) * sizeof (GstTfcPoint);
}

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcZone *zone = item;
  const gsize bytes = tail_bytes (zone);

  if (bytes)
    memcpy (tail, zone->points, bytes);
  zone->n_points = tfc_zone_n_points (zone);
  zone->points = (const GstTfcPoint *)tail;
  zone->name = g_intern_string (zone->name);
  return tail + bytes;
}

const TfcItemKind tfc_zone_kind = {sizeof (GstTfcZone), tail_bytes, settle,
                                   gst_tfc_zone_meta_get_info};

/**
 * gst_tfc_zone_copy: (skip)
 * @zone: a zone
 *
 * Copies a zone, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy, for gst_tfc_zone_free()
 *
 * Since: 0.1
 */
GstTfcZone *
gst_tfc_zone_copy (const GstTfcZone *zone)
{
  g_return_val_if_fail (zone != NULL, NULL);
  return tfc_item_copy (&tfc_zone_kind, zone);
}

/**
 * gst_tfc_zone_free: (skip)
 * @zone: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_zone_free (GstTfcZone *zone)
{
  g_free (zone);
}

G_DEFINE_BOXED_TYPE (GstTfcZone, gst_tfc_zone, gst_tfc_zone_copy, gst_tfc_zone_free)

/**
 * gst_tfc_zone_get_points:
 * @zone: the zone
 * @n_points: (out) (optional): how many
 *
 * The corners as an array, without a copy.
 *
 * Returns: (array length=n_points) (transfer none) (nullable): the points; as long as @zone
 *
 * Since: 0.1
 */
const GstTfcPoint *
gst_tfc_zone_get_points (const GstTfcZone *zone, guint *n_points)
{
  if (n_points)
    *n_points = zone ? tfc_zone_n_points (zone) : 0;
  g_return_val_if_fail (zone != NULL, NULL);
  return zone->points;
}

/**
 * gst_tfc_zone_dup_points: (rename-to gst_tfc_zone_get_points)
 * @zone: the zone
 *
 * For language bindings; in C read @zone's array.
 *
 * Returns: (transfer full) (element-type GstTfcPoint): copies
 *
 * Since: 0.1
 */
GList *
gst_tfc_zone_dup_points (const GstTfcZone *zone)
{
  GList *copies = NULL;

  g_return_val_if_fail (zone != NULL, NULL);
  for (guint i = tfc_zone_n_points (zone); i-- > 0;)
    copies = g_list_prepend (copies, gst_tfc_point_copy (&zone->points[i]));
  return copies;
}

/**
 * gst_tfc_results_new_zones:
 * @model: (nullable): name of what made them; interned
 * @pts: PTS of the frame
 * @zones: (array length=n_zones) (nullable): zones before lines, as in their file;
 * copied, their texts interned
 * @n_zones: how many; 0 is allowed
 *
 * Makes results of zones, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_zones (const gchar *model, GstClockTime pts, const GstTfcZone *zones,
                           guint n_zones)
{
  g_return_val_if_fail (zones != NULL || n_zones == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_ZONES, model, pts, zones, n_zones);
}

/**
 * gst_tfc_results_get_zones:
 * @results: the results
 * @n_zones: (out) (optional): how many
 *
 * The zones as an array, without a copy.
 *
 * Returns: (array length=n_zones) (transfer none) (nullable): zones before lines, as in their file;
 * %NULL if these are others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcZone *
gst_tfc_results_get_zones (const GstTfcResults *results, guint *n_zones)
{
  const GstTfcZone *zones = tfc_results_items (results, GST_TFC_RESULTS_KIND_ZONES, n_zones);

  g_return_val_if_fail (results != NULL, NULL);
  return zones;
}

/**
 * gst_tfc_results_dup_zones: (rename-to gst_tfc_results_get_zones)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_zones() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcZone): copies, zones before lines, as in their file;
 * an empty list if these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_zones (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_ZONES);
}
