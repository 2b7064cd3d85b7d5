/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfceventmeta.h"
#include "gst/lib/gsttfcmeta-private.h"
#include "gst/lib/gsttfcresults-private.h"

/**
 * gst_tfc_event_meta_api_get_type:
 *
 * Registers the API of #GstTfcEventMeta when it is first called.
 *
 * Returns: the API type, for gst_buffer_get_meta()
 *
 * Since: 0.1
 */
GType
gst_tfc_event_meta_api_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, gst_tfc_meta_register_api ("GstTfcEventMetaAPI"));
  return type;
}

/**
 * gst_tfc_event_meta_get_info:
 *
 * Registers #GstTfcEventMeta when it is first called.
 *
 * Returns: (transfer none): the registration of #GstTfcEventMeta
 *
 * Since: 0.1
 */
const GstMetaInfo *
gst_tfc_event_meta_get_info (void)
{
  static gsize info;

  if (g_once_init_enter (&info))
    g_once_init_leave (
        &info, (gsize)gst_tfc_meta_register (GST_TFC_EVENT_META_API_TYPE, "GstTfcEventMeta"));
  return (const GstMetaInfo *)info;
}

/**
 * gst_buffer_get_tfc_event_meta:
 * @buffer: a buffer
 *
 * Reads what tfczones attached to a buffer.
 *
 * Returns: (transfer none) (nullable): the buffer's first meta of this kind, or %NULL
 *
 * Since: 0.1
 */
GstTfcEventMeta *
gst_buffer_get_tfc_event_meta (GstBuffer *buffer)
{
  g_return_val_if_fail (GST_IS_BUFFER (buffer), NULL);
  return (GstTfcEventMeta *)gst_buffer_get_meta (buffer, GST_TFC_EVENT_META_API_TYPE);
}

/**
 * gst_buffer_add_tfc_event_meta:
 * @buffer: a writable buffer
 * @model: (nullable): name of what made them; interned
 * @pts: PTS of the frame
 * @held: whether that was an earlier frame
 * @events: (array length=n_events) (nullable): copied
 * @n_events: how many; 0 is allowed
 *
 * Attaches events to a buffer.
 *
 * Returns: (transfer none) (nullable): the meta; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcEventMeta *
gst_buffer_add_tfc_event_meta (GstBuffer *buffer, const gchar *model, GstClockTime pts,
                               gboolean held, const GstTfcEvent *events, guint n_events)
{
  GstTfcResults *results;
  GstMeta *meta = NULL;

  g_return_val_if_fail (GST_IS_BUFFER (buffer) && gst_buffer_is_writable (buffer), NULL);
  results = gst_tfc_results_new_events (model, pts, events, n_events);
  if (results)
    meta = gst_buffer_add_tfc_results (buffer, results, held);
  gst_tfc_results_unref (results);
  return (GstTfcEventMeta *)meta;
}

/**
 * gst_tfc_event_meta_get_results:
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
gst_tfc_event_meta_get_results (const GstTfcEventMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results;
}

/**
 * gst_tfc_event_meta_get_events:
 * @meta: the meta
 * @n_events: (out) (optional): how many
 *
 * The events as an array, without a copy.
 *
 * Returns: (array length=n_events) (transfer none) (nullable): in the order in which they happened;
 * valid as long as the meta
 *
 * Since: 0.1
 */
const GstTfcEvent *
gst_tfc_event_meta_get_events (const GstTfcEventMeta *meta, guint *n_events)
{
  if (n_events)
    *n_events = meta ? meta->n_events : 0;
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->events;
}

/**
 * gst_tfc_event_meta_get_event:
 * @meta: the meta
 * @index: which
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (nullable): a copy, %NULL past the end
 *
 * Since: 0.1
 */
GstTfcEvent *
gst_tfc_event_meta_get_event (const GstTfcEventMeta *meta, guint index)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return index < meta->n_events ? gst_tfc_event_copy (&meta->events[index]) : NULL;
}

/**
 * gst_tfc_event_meta_dup_events: (rename-to gst_tfc_event_meta_get_events)
 * @meta: the meta
 *
 * For language bindings; in C read @meta's array.
 *
 * Returns: (transfer full) (element-type GstTfcEvent): copies that outlive the buffer
 *
 * Since: 0.1
 */
GList *
gst_tfc_event_meta_dup_events (const GstTfcEventMeta *meta)
{
  g_return_val_if_fail (meta != NULL, NULL);
  return meta->results ? gst_tfc_results_dup_events (meta->results) : NULL;
}
