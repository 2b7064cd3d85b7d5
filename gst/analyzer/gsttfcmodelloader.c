/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcanalyzer-private.h"

/* Changes that follow each other within SETTLE are one request, but no request waits longer than
 * SETTLE_MOST. */
#define SETTLE (5 * G_TIME_SPAN_MILLISECOND)
#define SETTLE_MOST (20 * SETTLE)

/* Lock held. Waits until requests stop coming. */
static void
settle (GstTfcModelLoader *loader)
{
  GMutex *lock = GST_OBJECT_GET_LOCK (loader->owner);
  const gint64 last = g_get_monotonic_time () + SETTLE_MOST;
  guint seen;

  do {
    const gint64 end = MIN (g_get_monotonic_time () + SETTLE, last);
    seen = loader->requested;
    while (loader->running && seen == loader->requested &&
           g_cond_wait_until (&loader->changed, lock, end))
      continue;
  } while (loader->running && seen != loader->requested && g_get_monotonic_time () < last);
}

/* Lock held. FALSE: the end. */
static gboolean
wait_for_work (GstTfcModelLoader *loader)
{
  while (loader->running && !loader->retired && !gst_tfc_model_loader_is_busy (loader))
    g_cond_wait (&loader->changed, GST_OBJECT_GET_LOCK (loader->owner));
  if (loader->running && !loader->retired)
    settle (loader);
  return loader->running || loader->retired;
}

static gpointer
work (gpointer data)
{
  GstTfcModelLoader *loader = data;
  GSList *retired;
  gboolean more;

  do {
    GST_OBJECT_LOCK (loader->owner);
    more = wait_for_work (loader);
    retired = g_steal_pointer (&loader->retired);
    GST_OBJECT_UNLOCK (loader->owner);
    g_slist_free_full (retired, (GDestroyNotify)gst_tfc_model_unref);
    gst_tfc_model_loader_load (loader);
  } while (more);
  gst_object_unref (loader->owner);
  return NULL;
}

/* Waits for the end of the thread, unless that is the caller: a handler of its messages and
 * notifications stops the element. Then it ends later, or goes on if the element is started again.
 */
static void
reap (GstTfcModelLoader *loader)
{
  GThread *thread = NULL;

  GST_OBJECT_LOCK (loader->owner);
  if (loader->thread != g_thread_self ())
    thread = g_steal_pointer (&loader->thread);
  GST_OBJECT_UNLOCK (loader->owner);
  if (thread)
    g_thread_join (thread);
}

static gboolean
start_thread (GstTfcModelLoader *loader)
{
  g_autoptr (GError) error = NULL;
  GThread *thread;

  if (loader->thread) /* this one */
    return TRUE;
  gst_object_ref (loader->owner); /* until it ends */
  thread = g_thread_try_new ("tfc-loader", work, loader, &error);
  if (!thread) {
    gst_object_unref (loader->owner);
    GST_ELEMENT_ERROR (loader->owner, RESOURCE, FAILED,
                       ("No thread can be had to load models on: end some programs, or raise the "
                        "limit of threads."),
                       ("%s", error->message));
    return FALSE;
  }
  GST_OBJECT_LOCK (loader->owner);
  loader->thread = thread;
  GST_OBJECT_UNLOCK (loader->owner);
  return TRUE;
}

/* ---- from outside ---- */

void
gst_tfc_model_loader_init (GstTfcModelLoader *loader, GstTfcAnalyzer *owner)
{
  *loader = (GstTfcModelLoader){.owner = owner};
  g_cond_init (&loader->changed);
}

void
gst_tfc_model_loader_clear (GstTfcModelLoader *loader)
{
  if (loader->thread) /* it has let go of the owner, perhaps just now */
    g_thread_unref (loader->thread);
  g_cond_clear (&loader->changed);
}

gboolean
gst_tfc_model_loader_start (GstTfcModelLoader *loader)
{
  GstTfcLoadResult loaded;

  reap (loader);
  GST_OBJECT_LOCK (loader->owner);
  loader->running = TRUE;
  loader->requested++; /* one that was on its way at the stop is not taken for it */
  GST_OBJECT_UNLOCK (loader->owner);
  do
    loaded = gst_tfc_model_loader_load (loader);
  while (loaded == GST_TFC_LOAD_DONE);
  if (loaded != GST_TFC_LOAD_FAILED && start_thread (loader))
    return TRUE;
  gst_tfc_model_loader_stop (loader);
  return FALSE;
}

void
gst_tfc_model_loader_stop (GstTfcModelLoader *loader)
{
  GstTfcModel *model, *next;

  GST_OBJECT_LOCK (loader->owner);
  loader->running = FALSE;
  g_cond_broadcast (&loader->changed);
  GST_OBJECT_UNLOCK (loader->owner);
  reap (loader);
  GST_OBJECT_LOCK (loader->owner); /* who asks for a property looks into them */
  model = g_steal_pointer (&loader->model);
  next = g_steal_pointer (&loader->next);
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_model_unref (model);
  gst_tfc_model_unref (next);
}

void
gst_tfc_model_loader_reload (GstTfcModelLoader *loader)
{
  if (!loader->running)
    return;
  loader->requested++;
  GST_DEBUG_OBJECT (loader->owner, "reload: request %u", loader->requested);
  g_cond_broadcast (&loader->changed);
}

gboolean
gst_tfc_model_loader_swap (GstTfcModelLoader *loader)
{
  if (!loader->next)
    return FALSE;
  loader->retired = g_slist_prepend (loader->retired, loader->model);
  g_cond_broadcast (&loader->changed);
  loader->model = g_steal_pointer (&loader->next);
  return TRUE;
}

GstTfcModel *
gst_tfc_model_loader_newest (const GstTfcModelLoader *loader)
{
  return loader->next ? loader->next : loader->model;
}

gboolean
gst_tfc_model_loader_is_busy (const GstTfcModelLoader *loader)
{
  return loader->running && loader->loaded != loader->requested;
}
