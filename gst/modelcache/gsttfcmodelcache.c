/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/modelcache/gsttfcmodelcache.h"

struct _GstTfcModelCache {
  gint refs; /* under the lock of the process's cache */
  GMutex lock;
  GCond opened;
  GHashTable *models; /* GstTfcSharedModel by key; not counted */
};

/* An open network. */
struct _GstTfcSharedModel {
  GstTfcModelCache *cache; /* or NULL */
  gchar *key;
  gpointer network; /* NULL while it is being opened */
  GDestroyNotify close;
  TfcFairLock turn;
  /* Under cache's lock: */
  guint refs;    /* one a model; 0 while it is being opened */
  guint64 slots; /* taken, a bit each */
};

G_LOCK_DEFINE_STATIC (process);
static GstTfcModelCache *process; /* not counted */

G_DEFINE_BOXED_TYPE (GstTfcModelCache, gst_tfc_model_cache, gst_tfc_model_cache_ref,
                     gst_tfc_model_cache_unref)

GstTfcModelCache *
gst_tfc_model_cache_ref (GstTfcModelCache *cache)
{
  G_LOCK (process);
  cache->refs++;
  G_UNLOCK (process);
  return cache;
}

void
gst_tfc_model_cache_unref (GstTfcModelCache *cache)
{
  gboolean last;

  if (!cache)
    return;
  G_LOCK (process);
  last = --cache->refs == 0;
  if (last && process == cache)
    process = NULL;
  G_UNLOCK (process);
  if (!last)
    return;
  g_hash_table_unref (cache->models);
  g_mutex_clear (&cache->lock);
  g_cond_clear (&cache->opened);
  g_free (cache);
}

/* (transfer full) the process's own. */
static GstTfcModelCache *
process_cache (void)
{
  GstTfcModelCache *cache;

  G_LOCK (process);
  if (!process) {
    process = g_new0 (GstTfcModelCache, 1);
    g_mutex_init (&process->lock);
    g_cond_init (&process->opened);
    process->models = g_hash_table_new (g_str_hash, g_str_equal);
  }
  process->refs++;
  cache = process;
  G_UNLOCK (process);
  return cache;
}

/* ---- finding the cache ---- */

GstTfcModelCache *
gst_tfc_model_cache_from_context (GstContext *context)
{
  GstTfcModelCache *cache = NULL;

  if (gst_context_has_context_type (context, GST_TFC_MODEL_CACHE_CONTEXT))
    gst_structure_get (gst_context_get_structure (context), "model-cache", GST_TYPE_TFC_MODEL_CACHE,
                       &cache, NULL);
  return cache;
}

GstContext *
gst_tfc_model_cache_to_context (GstTfcModelCache *cache)
{
  GstContext *context = gst_context_new (GST_TFC_MODEL_CACHE_CONTEXT, TRUE);

  gst_structure_set (gst_context_writable_structure (context), "model-cache",
                     GST_TYPE_TFC_MODEL_CACHE, cache, NULL);
  return context;
}

static gboolean
has_context (GstElement *element)
{
  GstContext *context = gst_element_get_context (element, GST_TFC_MODEL_CACHE_CONTEXT);

  if (context)
    gst_context_unref (context);
  return context != NULL;
}

static gboolean
ask (GstElement *element, const gchar *pad_name)
{
  GstPad *pad = gst_element_get_static_pad (element, pad_name);
  GstQuery *query = gst_query_new_context (GST_TFC_MODEL_CACHE_CONTEXT);
  GstContext *context = NULL;

  if (gst_pad_peer_query (pad, query))
    gst_query_parse_context (query, &context);
  if (context)
    gst_element_set_context (element, context);
  gst_query_unref (query);
  gst_object_unref (pad);
  return has_context (element);
}

void
gst_tfc_model_cache_find (GstElement *element)
{
  GstTfcModelCache *cache;
  GstContext *context;

  if (has_context (element) || ask (element, "src") || ask (element, "sink"))
    return;
  gst_element_post_message (
      element, gst_message_new_need_context (GST_OBJECT (element), GST_TFC_MODEL_CACHE_CONTEXT));
  if (has_context (element))
    return;
  cache = process_cache ();
  context = gst_tfc_model_cache_to_context (cache);
  gst_tfc_model_cache_unref (cache);
  gst_element_set_context (element, context);
  gst_element_post_message (element, gst_message_new_have_context (GST_OBJECT (element), context));
}

/* ---- networks ---- */

static GstTfcSharedModel *
shared_new (GstTfcModelCache *cache, const gchar *key)
{
  GstTfcSharedModel *shared = g_new0 (GstTfcSharedModel, 1);

  shared->cache = cache ? gst_tfc_model_cache_ref (cache) : NULL;
  shared->key = g_strdup (key);
  tfc_fair_lock_init (&shared->turn);
  return shared;
}

static void
shared_free (GstTfcSharedModel *shared)
{
  if (shared->network)
    shared->close (shared->network);
  tfc_fair_lock_clear (&shared->turn);
  gst_tfc_model_cache_unref (shared->cache);
  g_free (shared->key);
  g_free (shared);
}

static void
lock (const GstTfcSharedModel *shared)
{
  if (shared->cache)
    g_mutex_lock (&shared->cache->lock);
}

static void
unlock (const GstTfcSharedModel *shared)
{
  if (shared->cache)
    g_mutex_unlock (&shared->cache->lock);
}

/* Lock held, the network is open. */
static void
take_slot (GstTfcModel *model)
{
  GstTfcSharedModel *shared = model->shared;
  gint bit = g_bit_nth_lsf (~shared->slots, -1);

  shared->refs++;
  model->slot = bit < 0 ? 0 : (guint)bit;
  shared->slots |= G_GUINT64_CONSTANT (1) << model->slot;
  model->network = shared->network;
}

gboolean
gst_tfc_model_enter (GstTfcModel *model, const gchar *key)
{
  GstTfcModelCache *cache = model->config->cache;

  if (!cache) {
    model->shared = shared_new (NULL, key);
    return TRUE;
  }
  g_mutex_lock (&cache->lock);
  while ((model->shared = g_hash_table_lookup (cache->models, key)) && !model->shared->network)
    g_cond_wait (&cache->opened, &cache->lock);
  if (model->shared) {
    take_slot (model);
  } else {
    model->shared = shared_new (cache, key);
    g_hash_table_insert (cache->models, model->shared->key, model->shared);
  }
  g_mutex_unlock (&cache->lock);
  return !model->network;
}

void
gst_tfc_model_leave (GstTfcModel *model, gpointer network, GDestroyNotify close)
{
  GstTfcSharedModel *shared = model->shared;

  lock (shared);
  shared->network = network;
  shared->close = close;
  if (network)
    take_slot (model);
  else if (shared->cache)
    g_hash_table_remove (shared->cache->models, shared->key);
  if (shared->cache)
    g_cond_broadcast (&shared->cache->opened);
  unlock (shared);
  if (network)
    return;
  shared_free (shared);
  model->shared = NULL;
}

void
gst_tfc_model_release_shared (GstTfcModel *model)
{
  GstTfcSharedModel *shared = g_steal_pointer (&model->shared);
  gboolean last;

  if (!shared)
    return;
  lock (shared);
  shared->slots &= ~(G_GUINT64_CONSTANT (1) << model->slot);
  last = --shared->refs == 0;
  if (last && shared->cache)
    g_hash_table_remove (shared->cache->models, shared->key);
  unlock (shared);
  if (last)
    shared_free (shared);
}

gpointer
gst_tfc_model_acquire (GstTfcModel *model)
{
  tfc_fair_lock_acquire (&model->shared->turn);
  return model->network;
}

void
gst_tfc_model_release (GstTfcModel *model)
{
  tfc_fair_lock_release (&model->shared->turn);
}

guint
gst_tfc_model_streams (const GstTfcModel *model)
{
  guint streams;

  if (!model->shared)
    return 0;
  lock (model->shared);
  streams = model->shared->refs;
  unlock (model->shared);
  return streams;
}
