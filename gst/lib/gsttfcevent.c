/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/lib/gsttfceventmeta.h"
#include "gst/lib/gsttfcresults-private.h"

static guint8 *
settle (gpointer item, guint8 *tail)
{
  GstTfcEvent *event = item;

  event->zone = g_intern_string (event->zone);
  event->line = g_intern_string (event->line);
  event->label = g_intern_string (event->label);
  return tail;
}

const TfcItemKind tfc_event_kind = {sizeof (GstTfcEvent), NULL, settle,
                                    gst_tfc_event_meta_get_info};

/**
 * gst_tfc_event_copy: (skip)
 * @event: an event
 *
 * Copies an event, so that it stays valid when the buffer is gone.
 *
 * Returns: (transfer full): a copy, for gst_tfc_event_free()
 *
 * Since: 0.1
 */
GstTfcEvent *
gst_tfc_event_copy (const GstTfcEvent *event)
{
  g_return_val_if_fail (event != NULL, NULL);
  return tfc_item_copy (&tfc_event_kind, event);
}

/**
 * gst_tfc_event_free: (skip)
 * @event: (transfer full) (nullable): a copy
 *
 * Frees a copy.
 *
 * Since: 0.1
 */
void
gst_tfc_event_free (GstTfcEvent *event)
{
  g_free (event);
}

G_DEFINE_BOXED_TYPE (GstTfcEvent, gst_tfc_event, gst_tfc_event_copy, gst_tfc_event_free)

/**
 * gst_tfc_event_type_get_name:
 * @type: a type
 *
 * What messages and published lines call it.
 *
 * Returns: (transfer none) (nullable): `enter`, `leave`, `cross`, `loiter` or `count`; %NULL for
 *   another number
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_event_type_get_name (GstTfcEventType type)
{
  static const gchar *const names[] = {"enter", "leave", "cross", "loiter", "count"};

  return (guint)type < G_N_ELEMENTS (names) ? names[type] : NULL;
}

/**
 * gst_tfc_direction_get_name:
 * @direction: a direction
 *
 * What messages and published lines call it.
 *
 * Returns: (transfer none) (nullable): `a->b` or `b->a`; %NULL for none
 *
 * Since: 0.1
 */
const gchar *
gst_tfc_direction_get_name (GstTfcDirection direction)
{
  static const gchar *const names[] = {NULL, "a->b", "b->a"};

  return (guint)direction < G_N_ELEMENTS (names) ? names[direction] : NULL;
}

/**
 * gst_tfc_results_new_events:
 * @model: (nullable): name of what made them; interned
 * @pts: PTS of the frame
 * @events: (array length=n_events) (nullable): in the order in which they happened;
 * copied, their texts interned
 * @n_events: how many; 0 is allowed
 *
 * Makes results of events, for elements that attach the same ones to several buffers.
 *
 * Returns: (transfer full) (nullable): the results; %NULL if there is no memory for so many
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_events (const gchar *model, GstClockTime pts, const GstTfcEvent *events,
                            guint n_events)
{
  g_return_val_if_fail (events != NULL || n_events == 0, NULL);
  return tfc_results_copy_items (GST_TFC_RESULTS_KIND_EVENTS, model, pts, events, n_events);
}

/**
 * gst_tfc_results_get_events:
 * @results: the results
 * @n_events: (out) (optional): how many
 *
 * The events as an array, without a copy.
 *
 * Returns: (array length=n_events) (transfer none) (nullable): in the order in which they happened;
 * %NULL if these are others; valid as long as @results
 *
 * Since: 0.1
 */
const GstTfcEvent *
gst_tfc_results_get_events (const GstTfcResults *results, guint *n_events)
{
  const GstTfcEvent *events = tfc_results_items (results, GST_TFC_RESULTS_KIND_EVENTS, n_events);

  g_return_val_if_fail (results != NULL, NULL);
  return events;
}

/**
 * gst_tfc_results_dup_events: (rename-to gst_tfc_results_get_events)
 * @results: the results
 *
 * For language bindings; in C gst_tfc_results_get_events() copies nothing.
 *
 * Returns: (transfer full) (element-type GstTfcEvent): copies, in the order in which they happened;
 * an empty list if these are others
 *
 * Since: 0.1
 */
GList *
gst_tfc_results_dup_events (const GstTfcResults *results)
{
  g_return_val_if_fail (results != NULL, NULL);
  return tfc_results_dup_items (results, GST_TFC_RESULTS_KIND_EVENTS);
}
