/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Zones and lines with their counters, on a buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcZoneMeta:
 * @meta: parent
 * @model: (transfer none): name of what made them; interned
 * @pts: PTS of the frame
 * @held: FALSE
 * @n_zones: number of entries of @zones
 * @zones: @n_zones of them, zones before lines, as in their file; immutable (in
 * bindings: gst_tfc_zone_meta_dup_zones())
 *
 * The zones and lines of tfczones with their counters, on every buffer that has passed it.
 *
 * Since: 0.1
 */
typedef struct _GstTfcZoneMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_zones;
#ifndef __GI_SCANNER__
  const GstTfcZone *zones;
#else
  /*< private >*/
  gconstpointer _zones;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcZoneMeta;

/**
 * GST_TFC_ZONE_META_API_TYPE:
 *
 * The API type of #GstTfcZoneMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_ZONE_META_API_TYPE (gst_tfc_zone_meta_api_get_type ())

/**
 * GST_TFC_ZONE_META_INFO:
 *
 * The registration of #GstTfcZoneMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_ZONE_META_INFO (gst_tfc_zone_meta_get_info ())
GST_TFC_API GType gst_tfc_zone_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_zone_meta_get_info (void);

GST_TFC_API GstTfcZoneMeta *gst_buffer_get_tfc_zone_meta (GstBuffer *buffer);
GST_TFC_API GstTfcZoneMeta *gst_buffer_add_tfc_zone_meta (GstBuffer *buffer, const gchar *model,
                                                          GstClockTime pts, gboolean held,
                                                          const GstTfcZone *zones, guint n_zones);

GST_TFC_API GstTfcResults *gst_tfc_zone_meta_get_results (const GstTfcZoneMeta *meta);
GST_TFC_API const GstTfcZone *gst_tfc_zone_meta_get_zones (const GstTfcZoneMeta *meta,
                                                           guint *n_zones);

/* Copies, for language bindings. */
GST_TFC_API GstTfcZone *gst_tfc_zone_meta_get_zone (const GstTfcZoneMeta *meta, guint index);
GST_TFC_API GList *gst_tfc_zone_meta_dup_zones (const GstTfcZoneMeta *meta);

G_END_DECLS
