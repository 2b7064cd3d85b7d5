/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a frame or an object shows, as one of the classes of a network. */
#include "tfc-prelude.h"

G_BEGIN_DECLS

/**
 * GstTfcClass:
 * @class_id: number of the class in the model's label table
 * @score: 0..1
 * @rank: 0 for the surest class of the frame or of the object
 * @object_id: track id of the detection that was classified; 0: the whole frame
 * @label: (transfer none) (nullable): name of the class; an interned string, never freed
 *
 * One class of a frame or of an object.
 *
 * Since: 0.1
 */
typedef struct _GstTfcClass {
  gint class_id;
  gfloat score;
  guint rank;
  guint64 object_id;
  const gchar *label;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcClass;

/**
 * GST_TYPE_TFC_CLASS:
 *
 * The boxed type of #GstTfcClass.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_CLASS (gst_tfc_class_get_type ())
GST_TFC_API GType gst_tfc_class_get_type (void);
GST_TFC_API GstTfcClass *gst_tfc_class_copy (const GstTfcClass *tfc_class);
GST_TFC_API void gst_tfc_class_free (GstTfcClass *tfc_class);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcClass, gst_tfc_class_free)

G_END_DECLS
