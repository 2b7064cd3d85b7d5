/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What happened in zones and on lines, on the buffer where it happened. */
#include "gsttfcresults.h"

G_BEGIN_DECLS

/**
 * GstTfcEventMeta:
 * @meta: parent
 * @model: (transfer none): name of what made them; interned
 * @pts: PTS of the frame
 * @held: FALSE
 * @n_events: number of entries of @events
 * @events: @n_events of them, in the order in which they happened; immutable (in
 * bindings: gst_tfc_event_meta_dup_events())
 *
 * What tfczones saw happen, attached to the buffer where it happened. A buffer without any has no
 * such meta.
 *
 * Since: 0.1
 */
typedef struct _GstTfcEventMeta {
  GstMeta meta;
  const gchar *model;
  GstClockTime pts;
  gboolean held;
  guint n_events;
#ifndef __GI_SCANNER__
  const GstTfcEvent *events;
#else
  /*< private >*/
  gconstpointer _events;
#endif

  /*< private >*/
  GstTfcResults *results; /* owner of the array */
  gpointer _gst_reserved[GST_PADDING];
} GstTfcEventMeta;

/**
 * GST_TFC_EVENT_META_API_TYPE:
 *
 * The API type of #GstTfcEventMeta, for gst_buffer_get_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_EVENT_META_API_TYPE (gst_tfc_event_meta_api_get_type ())

/**
 * GST_TFC_EVENT_META_INFO:
 *
 * The registration of #GstTfcEventMeta, for gst_buffer_add_meta().
 *
 * Since: 0.1
 */
#define GST_TFC_EVENT_META_INFO (gst_tfc_event_meta_get_info ())
GST_TFC_API GType gst_tfc_event_meta_api_get_type (void);
GST_TFC_API const GstMetaInfo *gst_tfc_event_meta_get_info (void);

GST_TFC_API GstTfcEventMeta *gst_buffer_get_tfc_event_meta (GstBuffer *buffer);
GST_TFC_API GstTfcEventMeta *gst_buffer_add_tfc_event_meta (GstBuffer *buffer, const gchar *model,
                                                            GstClockTime pts, gboolean held,
                                                            const GstTfcEvent *events,
                                                            guint n_events);

GST_TFC_API GstTfcResults *gst_tfc_event_meta_get_results (const GstTfcEventMeta *meta);
GST_TFC_API const GstTfcEvent *gst_tfc_event_meta_get_events (const GstTfcEventMeta *meta,
                                                              guint *n_events);

/* Copies, for language bindings. */
GST_TFC_API GstTfcEvent *gst_tfc_event_meta_get_event (const GstTfcEventMeta *meta, guint index);
GST_TFC_API GList *gst_tfc_event_meta_dup_events (const GstTfcEventMeta *meta);

G_END_DECLS
