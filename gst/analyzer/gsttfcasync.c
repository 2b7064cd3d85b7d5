/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcasync.h"

void
gst_tfc_async_init (GstTfcAsyncWorker *worker, gpointer owner, GstTfcAsyncFunc process)
{
  *worker = (GstTfcAsyncWorker){.owner = owner, .process = process};
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->changed);
}

void
gst_tfc_async_clear (GstTfcAsyncWorker *worker)
{
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->changed);
}

static gpointer
work (gpointer data)
{
  GstTfcAsyncWorker *worker = data;

  g_mutex_lock (&worker->lock);
  while (!worker->quit) {
    GstBuffer *buffer = g_steal_pointer (&worker->pending);
    if (!buffer) {
      g_cond_wait (&worker->changed, &worker->lock);
      continue;
    }
    worker->busy = TRUE;
    g_mutex_unlock (&worker->lock);
    worker->process (worker->owner, buffer);
    gst_buffer_unref (buffer);
    g_mutex_lock (&worker->lock);
    worker->busy = FALSE;
    g_cond_broadcast (&worker->changed);
  }
  g_mutex_unlock (&worker->lock);
  return NULL;
}

gboolean
gst_tfc_async_submit (GstTfcAsyncWorker *worker, GstBuffer *buffer, gboolean *replaced,
                      GError **error)
{
  GstBuffer *old;

  *replaced = FALSE;
  if (!worker->thread)
    worker->thread = g_thread_try_new ("tfc-latest", work, worker, error);
  if (!worker->thread) {
    gst_buffer_unref (buffer);
    return FALSE;
  }
  g_mutex_lock (&worker->lock);
  old = worker->pending;
  if (worker->flushing) {
    worker->pending = NULL;
    gst_buffer_unref (buffer);
  } else {
    worker->pending = buffer;
  }
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->lock);
  *replaced = old != NULL;
  gst_clear_buffer (&old);
  return TRUE;
}

void
gst_tfc_async_drain (GstTfcAsyncWorker *worker)
{
  g_mutex_lock (&worker->lock);
  while (!worker->flushing && (worker->pending || worker->busy))
    g_cond_wait (&worker->changed, &worker->lock);
  g_mutex_unlock (&worker->lock);
}

/* Lock held. */
static void
drop_pending (GstTfcAsyncWorker *worker)
{
  gst_clear_buffer (&worker->pending);
  g_cond_broadcast (&worker->changed);
}

void
gst_tfc_async_cancel (GstTfcAsyncWorker *worker)
{
  g_mutex_lock (&worker->lock);
  drop_pending (worker);
  while (worker->busy)
    g_cond_wait (&worker->changed, &worker->lock);
  g_mutex_unlock (&worker->lock);
}

void
gst_tfc_async_flush (GstTfcAsyncWorker *worker, gboolean flushing)
{
  g_mutex_lock (&worker->lock);
  worker->flushing = flushing;
  if (flushing)
    drop_pending (worker);
  g_mutex_unlock (&worker->lock);
}

void
gst_tfc_async_stop (GstTfcAsyncWorker *worker)
{
  g_mutex_lock (&worker->lock);
  drop_pending (worker);
  worker->quit = TRUE;
  g_mutex_unlock (&worker->lock);
  if (worker->thread)
    g_thread_join (g_steal_pointer (&worker->thread));
  worker->quit = FALSE;
}
