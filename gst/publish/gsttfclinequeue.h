/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Lines that wait: at most GST_TFC_MAX_QUEUED of them and of GST_TFC_MAX_QUEUED_BYTES. The oldest
 * make room for new ones. Memory of lines is used again. Not thread-safe. */
#include <glib.h>

#define GST_TFC_MAX_QUEUED 1000
#define GST_TFC_MAX_QUEUED_BYTES (16 * 1024 * 1024)

typedef struct {
  gchar *text; /* ends with 0 */
  gsize length, size;
  gsize insert;    /* where members can be put in */
  guint64 dropped; /* lines dropped between the one before and this one */
} GstTfcQueuedLine;

typedef struct GstTfcLineQueue GstTfcLineQueue;

GstTfcLineQueue *gst_tfc_line_queue_new (void);
void gst_tfc_line_queue_free (GstTfcLineQueue *queue);

/* Copies a line to the end. How many were dropped to make room. */
guint gst_tfc_line_queue_push (GstTfcLineQueue *queue, const gchar *text, gsize length,
                               gsize insert);
/* line, which is over (zeroed: there was none), becomes the oldest one. FALSE: there is none, and
 * line is zeroed. g_free line->text at last. */
gboolean gst_tfc_line_queue_pop (GstTfcLineQueue *queue, GstTfcQueuedLine *line);
guint gst_tfc_line_queue_length (const GstTfcLineQueue *queue);
/* A line that was popped could not be published: the next one to be popped tells it, and what it
 * told. */
void gst_tfc_line_queue_lose (GstTfcLineQueue *queue, const GstTfcQueuedLine *line);

/* Puts ,"dropped":n into a line that tells of dropped ones. */
void gst_tfc_queued_line_tell (GstTfcQueuedLine *line);
