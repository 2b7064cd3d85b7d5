/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A zone or a line of the picture with its counters. */
#include "gsttfcface.h"

G_BEGIN_DECLS

/**
 * GstTfcZone:
 * @name: (transfer none) (nullable): name; interned
 * @is_line: TRUE: a line of two points; FALSE: a polygon of three or more
 * @n_points: number of corners, at most 64
 * @points: @n_points of them, x and y are fractions of the frame, z is 0 (in bindings:
 *   gst_tfc_zone_dup_points()); may be outside the frame
 * @count: objects that are in the zone now; of a line 0
 * @count_a_b: of a line: crossings from side a to side b. a is on the left of one who goes from
 *   the first point to the second
 * @count_b_a: the other way
 *
 * One zone or line. In a mirrored frame a line's points change places, so that a stays a.
 *
 * Since: 0.1
 */
typedef struct _GstTfcZone {
  const gchar *name;
  gboolean is_line;
  guint n_points;
#ifndef __GI_SCANNER__
  const GstTfcPoint *points;
#else
  /*< private >*/
  gconstpointer _points;

  /*< public >*/
#endif
  guint count;
  guint64 count_a_b;
  guint64 count_b_a;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcZone;

/**
 * GST_TYPE_TFC_ZONE:
 *
 * The boxed type of #GstTfcZone. Copies are deep: they have points of their own.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_ZONE (gst_tfc_zone_get_type ())
GST_TFC_API GType gst_tfc_zone_get_type (void);
GST_TFC_API GstTfcZone *gst_tfc_zone_copy (const GstTfcZone *zone);
GST_TFC_API void gst_tfc_zone_free (GstTfcZone *zone);

GST_TFC_API const GstTfcPoint *gst_tfc_zone_get_points (const GstTfcZone *zone, guint *n_points);

/* Copies, for language bindings. */
GST_TFC_API GList *gst_tfc_zone_dup_points (const GstTfcZone *zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcZone, gst_tfc_zone_free)

G_END_DECLS
