/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A mask of a frame, on its buffer. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcMaskMeta:
 * @meta: parent
 * @model: (transfer none): name of the model; interned
 * @pts: PTS of the frame that was analysed
 * @held: TRUE if that was an earlier frame than this buffer (`interval`, a late frame, a repeated
 *   picture, `mode=latest`)
 * @n_masks: 1
 * @mask: the mask; immutable (in bindings: gst_tfc_mask_meta_get_mask())
 *
 * What tfcsegment found, attached to a buffer. A frame without any person has a mask of zeros. The
 * values are shared: copies of the buffer and buffers that repeat a mask have the same.
 *
 * Since: 0.1
 */
typedef struct _GstTfcMaskMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_masks;
#ifndef __GI_SCANNER__
  const GstTfcMask *mask;
#else
  /*< private >*/
  gconstpointer _mask;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the mask */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcMaskMeta;

/**
 * GST_TFC_MASK_META_API_TYPE:
 *
 * The API type of #GstTfcMaskMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_MASK_META_API_TYPE (gst_tfc_mask_meta_api_get_type ())

/**
 * GST_TFC_MASK_META_INFO:
 *
 * The registration of #GstTfcMaskMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_MASK_META_INFO (gst_tfc_mask_meta_get_info ())
GST_TFC_API GType gst_tfc_mask_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_mask_meta_get_info (void);

GST_TFC_API GstTfcMaskMeta *gst_buffer_get_tfc_mask_meta (GstBuffer *buffer);
GST_TFC_API GstTfcMaskMeta *gst_buffer_add_tfc_mask_meta (GstBuffer *buffer, const gchar *model,
                                                          GstClockTime pts, gboolean held,
                                                          const GstTfcMask *mask);

GST_TFC_API GstTfcResults *gst_tfc_mask_meta_get_results (const GstTfcMaskMeta *meta);
GST_TFC_API const GstTfcMask *gst_tfc_mask_meta_get_mask (const GstTfcMaskMeta *meta);
GST_TFC_API GBytes *gst_tfc_mask_meta_dup_bytes (const GstTfcMaskMeta *meta);

G_END_DECLS
