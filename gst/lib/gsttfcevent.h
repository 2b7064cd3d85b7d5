/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Something that happened in a zone or on a line. */
#include "gsttfckinds.h"

G_BEGIN_DECLS

/**
 * GstTfcEvent:
 * @type: what happened
 * @direction: of a crossing; else %GST_TFC_DIRECTION_NONE
 * @zone: (transfer none) (nullable): name of the zone, %NULL for a line; interned
 * @line: (transfer none) (nullable): name of the line, %NULL for a zone; interned
 * @track_id: of the object; 0 where the event is of no single one (@GST_TFC_EVENT_COUNT)
 * @label: (transfer none) (nullable): class of the object; interned
 * @dwell: how long the object has been in the zone, for @GST_TFC_EVENT_LEAVE and
 *   @GST_TFC_EVENT_LOITER; else %GST_CLOCK_TIME_NONE
 * @count: zones: objects that are in it after the event; lines: crossings in this direction, with
 *   this one
 *
 * One event.
 *
 * Since: 0.1
 */
typedef struct _GstTfcEvent {
  GstTfcEventType type;
  GstTfcDirection direction;
  const gchar *zone;
  const gchar *line;
  guint64 track_id;
  const gchar *label;
  GstClockTime dwell;
  guint count;

  /*< private >*/
  gpointer _gst_reserved[GST_PADDING]; /* zero */
} GstTfcEvent;

/**
 * GST_TYPE_TFC_EVENT:
 *
 * The boxed type of #GstTfcEvent.
 *
 * Since: 0.1
 */
#define GST_TYPE_TFC_EVENT (gst_tfc_event_get_type ())
GST_TFC_API GType gst_tfc_event_get_type (void);
GST_TFC_API GstTfcEvent *gst_tfc_event_copy (const GstTfcEvent *event);
GST_TFC_API void gst_tfc_event_free (GstTfcEvent *event);
GST_TFC_API const gchar *gst_tfc_event_type_get_name (GstTfcEventType type);
GST_TFC_API const gchar *gst_tfc_direction_get_name (GstTfcDirection direction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GstTfcEvent, gst_tfc_event_free)

G_END_DECLS
