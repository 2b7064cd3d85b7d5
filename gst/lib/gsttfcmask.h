/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where people are on a frame, value by value. */
#include "gsttfckinds.h"

G_BEGIN_DECLS

/**
 * GstTfcMask:
 * @width: values in a row, at most 16384
 * @height: rows, at most 16384
 * @x: left edge of the part of the frame that the mask covers, fraction of the frame's width
 * @y: top edge of that part, fraction of the frame's height
 * @w: its width, fraction of the frame's width
 * @h: its height, fraction of the frame's height
 * @kind: what a value says
 * @n_indices: parts or people that can occur, at most 255: values are 0..@n_indices; 0 for
 *   %GST_TFC_MASK_KIND_PERSON
 * @data: @width * @height values, rows from the top without padding (in bindings:
 *   gst_tfc_mask_get_data())
 * @labels: (nullable): @n_indices names, the name of value v at v - 1 (in bindings:
 *   gst_tfc_mask_get_label()); interned strings; %NULL if there are none
 *
 * A mask. The centre of its first value lies half a value inside the corner of the part that it
 * covers; that part may reach outside the frame.
 *
 * Since: 0.1
 */
typedef struct _GstTfcMask {
  guint width, height;
  gfloat x, y, w, h;
  GstTfcMaskKind kind;
  guint n_indices;
#ifndef __GI_SCANNER__
  const guint8 *data;
  const gchar *const *labels;
#else
  /*< private >*/
  gconstpointer _data;
  gconstpointer _labels;
#endif

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcMask;

/**
 * GST_TYPE_TFC_MASK:
 *
 * The boxed type of #GstTfcMask. Copies are deep: they have values of their own.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_MASK (gst_tfc_mask_get_type ())
GST_TFC_API GType gst_tfc_mask_get_type (void);
GST_TFC_API GstTfcMask *gst_tfc_mask_copy (const GstTfcMask *mask);
GST_TFC_API void gst_tfc_mask_free (GstTfcMask *mask);

GST_TFC_API const guint8 *gst_tfc_mask_get_data (const GstTfcMask *mask, guint *n_values);
GST_TFC_API const gchar *gst_tfc_mask_get_label (const GstTfcMask *mask, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcMask, gst_tfc_mask_free)

G_END_DECLS
