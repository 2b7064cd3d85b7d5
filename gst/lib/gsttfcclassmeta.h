/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Classes of a frame, or of its objects, on its buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcClassMeta:
 * @meta: parent
 * @model: (transfer none): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (`interval`, a late frame, a repeated
 *   picture, `mode=latest`)
 * @n_classes: number of entries of @classes
 * @classes: @n_classes of them, those of an object together, the surest first; immutable (in
 * bindings: gst_tfc_class_meta_dup_classes())
 *
 * What tfcclassify found, attached to a buffer. A frame without any has a meta with no
 * entries.
 *
 * Since: 0.1
 */
typedef struct _GstTfcClassMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_classes;
#ifndef __GI_SCANNER__
  const GstTfcClass *classes;
#else
  /*< private >*/
  gconstpointer _classes;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcClassMeta;

/**
 * GST_TFC_CLASS_META_API_TYPE:
 *
 * The API type of #GstTfcClassMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_CLASS_META_API_TYPE (gst_tfc_class_meta_api_get_type ())

/**
 * GST_TFC_CLASS_META_INFO:
 *
 * The registration of #GstTfcClassMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_CLASS_META_INFO (gst_tfc_class_meta_get_info ())
GST_TFC_API GType gst_tfc_class_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_class_meta_get_info (void);

GST_TFC_API GstTfcClassMeta *gst_buffer_get_tfc_class_meta (GstBuffer *buffer);
GST_TFC_API GstTfcClassMeta *gst_buffer_add_tfc_class_meta (GstBuffer *buffer, const gchar *model,
                                                            GstClockTime pts, gboolean held,
                                                            const GstTfcClass *classes,
                                                            guint n_classes);

GST_TFC_API GstTfcResults *gst_tfc_class_meta_get_results (const GstTfcClassMeta *meta);
GST_TFC_API const GstTfcClass *gst_tfc_class_meta_get_classes (const GstTfcClassMeta *meta,
                                                               guint *n_classes);

/* Copies, for language bindings. */
GST_TFC_API GstTfcClass *gst_tfc_class_meta_get_class (const GstTfcClassMeta *meta, guint index);
GST_TFC_API GList *gst_tfc_class_meta_dup_classes (const GstTfcClassMeta *meta);

G_END_DECLS
