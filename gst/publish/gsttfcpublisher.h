/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The thread that hands lines to a transport, and the queue before it. The stream only ever copies
 * a line into the queue. */
#include "gst/publish/gsttfctransport.h"

/* How long the end of a stream waits for lines to go out, and how long stopping waits for the
 * transport; together the longest that stopping takes. */
#define GST_TFC_DRAIN_MS 2000
#define GST_TFC_CLOSE_MS 1000
/* Numbers that are kept for home_assistant; further ones are left out. */
#define GST_TFC_MAX_NUMBERS 256

typedef struct GstTfcPublisher GstTfcPublisher;

typedef struct {
  guint64 published; /* lines that the transport took */
  guint64 dropped;   /* by the queue or the transport, known to be lost */
  guint queued;
  gboolean connected;
  guint64 reconnects;
  gchar problem[256]; /* "" : none */
} GstTfcPublisherStats;

/* Opens the transport and starts its thread, which posts warnings as element's. options' strings
 * are borrowed until free; its wake is filled in. NULL with a GST_RESOURCE_ERROR. */
GstTfcPublisher *gst_tfc_publisher_new (const GstTfcTransportClass *transport,
                                        const GstTfcTransportOptions *options, GstElement *element,
                                        GError **error);
/* Drains, unless drain has waited in vain already, closes, and joins the thread: within
 * GST_TFC_DRAIN_MS + GST_TFC_CLOSE_MS. How many lines were given up. */
guint64 gst_tfc_publisher_free (GstTfcPublisher *publisher);

/* Streaming thread. insert: where gst_tfc_line_write says. */
void gst_tfc_publisher_push (GstTfcPublisher *publisher, const gchar *text, gsize length,
                             gsize insert);
/* A retained number, see GstTfcTransportLine.suffix; sent where it is another than before. */
void gst_tfc_publisher_number (GstTfcPublisher *publisher, const gchar *suffix, gint64 value);

/* Waits until all is published, for GST_TFC_DRAIN_MS at most, or until interrupt. */
void gst_tfc_publisher_drain (GstTfcPublisher *publisher);
/* Whoever waits in drain goes on. From any thread; until the next push. */
void gst_tfc_publisher_interrupt (GstTfcPublisher *publisher);

void gst_tfc_publisher_get_stats (GstTfcPublisher *publisher, GstTfcPublisherStats *stats);
