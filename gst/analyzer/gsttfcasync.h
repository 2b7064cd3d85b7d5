/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The thread behind mode=latest: it processes the newest picture that was submitted, and whenever
 * it is done takes the one that is the newest by then. At most one picture waits; a newer one takes
 * its place.
 *
 * A picture is a reference to the buffer that goes on downstream. Nothing is copied for it: while
 * the analysis holds it, downstream finds the buffer not writable, so who changes only metadata
 * gets a shallow copy of the buffer, and who writes pixels gets its own pixels (GStreamer copies
 * them then). Two buffers at most are held back from upstream's pool; the analyser asks for two
 * more of them.
 *
 * submit, drain, cancel and stop belong to the streaming thread (or run while nothing streams); flush
 * may come from any. */
#include <gst/gst.h>

typedef void (*GstTfcAsyncFunc) (gpointer owner, GstBuffer *buffer); /* on the thread */

typedef struct {
  gpointer owner;
  GstTfcAsyncFunc process;
  GThread *thread; /* from the first submit until stop */
  GMutex lock;
  GCond changed;
  /* Under lock: */
  GstBuffer *pending;
  gboolean busy, flushing, quit;
} GstTfcAsyncWorker;

void gst_tfc_async_init (GstTfcAsyncWorker *worker, gpointer owner, GstTfcAsyncFunc process);
void gst_tfc_async_clear (GstTfcAsyncWorker *worker); /* stopped */

/* Takes buffer. replaced: whether it took the place of one that was never processed. While flushing
 * it is dropped. FALSE with error set (G_THREAD_ERROR) where no thread can be had. */
gboolean gst_tfc_async_submit (GstTfcAsyncWorker *worker, GstBuffer *buffer, gboolean *replaced,
                               GError **error);
/* Waits until all that was submitted is processed, or until flush. */
void gst_tfc_async_drain (GstTfcAsyncWorker *worker);
/* Drops what waits and waits for the one that is being processed: the owner's results are left alone
 * until the next submit. */
void gst_tfc_async_cancel (GstTfcAsyncWorker *worker);
/* TRUE: drops what waits, and what will come, and ends drain. FALSE: goes on. Never waits. */
void gst_tfc_async_flush (GstTfcAsyncWorker *worker, gboolean flushing);
/* cancel, and ends the thread. */
void gst_tfc_async_stop (GstTfcAsyncWorker *worker);
