/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/analyzer/gsttfcasync.h"

void
gst_tfc_async_init (GstTfcAsyncWorker *latest, gpointer owner, GstTfcAsyncFunc analyse)
{
  *latest = (GstTfcAsyncWorker){.owner = owner, .analyse = analyse};
  g_mutex_init (&latest->lock);
  g_cond_init (&latest->changed);
}

void
gst_tfc_async_clear (GstTfcAsyncWorker *latest)
{
  g_mutex_clear (&latest->lock);
  g_cond_clear (&latest->changed);
}

static gpointer
work (gpointer data)
{
  GstTfcAsyncWorker *latest = data;

  g_mutex_lock (&latest->lock);
  while (!latest->quit) {
    GstBuffer *buffer = g_steal_pointer (&latest->pending);
    if (!buffer) {
      g_cond_wait (&latest->changed, &latest->lock);
      continue;
    }
    latest->busy = TRUE;
    g_mutex_unlock (&latest->lock);
    latest->analyse (latest->owner, buffer);
    gst_buffer_unref (buffer);
    g_mutex_lock (&latest->lock);
    latest->busy = FALSE;
    g_cond_broadcast (&latest->changed);
  }
  g_mutex_unlock (&latest->lock);
  return NULL;
}

gboolean
gst_tfc_async_submit (GstTfcAsyncWorker *latest, GstBuffer *buffer, gboolean *replaced, GError **error)
{
  GstBuffer *old;

  *replaced = FALSE;
  if (!latest->thread)
    latest->thread = g_thread_try_new ("tfc-latest", work, latest, error);
  if (!latest->thread) {
    gst_buffer_unref (buffer);
    return FALSE;
  }
  g_mutex_lock (&latest->lock);
  old = latest->pending;
  if (latest->flushing) {
    latest->pending = NULL;
    gst_buffer_unref (buffer);
  } else {
    latest->pending = buffer;
  }
  g_cond_broadcast (&latest->changed);
  g_mutex_unlock (&latest->lock);
  *replaced = old != NULL;
  gst_clear_buffer (&old);
  return TRUE;
}

void
gst_tfc_async_drain (GstTfcAsyncWorker *latest)
{
  g_mutex_lock (&latest->lock);
  while (!latest->flushing && (latest->pending || latest->busy))
    g_cond_wait (&latest->changed, &latest->lock);
  g_mutex_unlock (&latest->lock);
}

/* Lock held. */
static void
drop_pending (GstTfcAsyncWorker *latest)
{
  gst_clear_buffer (&latest->pending);
  g_cond_broadcast (&latest->changed);
}

void
gst_tfc_async_cancel (GstTfcAsyncWorker *latest)
{
  g_mutex_lock (&latest->lock);
  drop_pending (latest);
  while (latest->busy)
    g_cond_wait (&latest->changed, &latest->lock);
  g_mutex_unlock (&latest->lock);
}

void
gst_tfc_async_flush (GstTfcAsyncWorker *latest, gboolean flushing)
{
  g_mutex_lock (&latest->lock);
  latest->flushing = flushing;
  if (flushing)
    drop_pending (latest);
  g_mutex_unlock (&latest->lock);
}

void
gst_tfc_async_stop (GstTfcAsyncWorker *latest)
{
  g_mutex_lock (&latest->lock);
  drop_pending (latest);
  latest->quit = TRUE;
  g_mutex_unlock (&latest->lock);
  if (latest->thread)
    g_thread_join (g_steal_pointer (&latest->thread));
  latest->quit = FALSE;
}
