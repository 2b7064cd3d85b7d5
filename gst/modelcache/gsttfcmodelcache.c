/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glib/gstdio.h>
#include "gst/modelcache/gsttfcmodelcache.h"
#include "inference/model.h"

struct _GstTfcEngines {
  gint refs; /* under the lock of the process's table */
  GMutex lock;
  GCond opened;
  GHashTable *networks; /* by key; not counted */
};

struct _GstTfcNetwork {
  GstTfcModelCache *home; /* or NULL */
  gchar *key;
  gpointer what;
  GDestroyNotify close;
  TfcFairLock turn;
  /* Under home's lock: */
  gboolean opening;
  guint users;
  guint64 numbers; /* taken, a bit each */
};

G_LOCK_DEFINE_STATIC (process);
static GstTfcModelCache *process; /* not counted */

G_DEFINE_BOXED_TYPE (GstTfcModelCache, gst_tfc_model_cache, gst_tfc_model_cache_ref, gst_tfc_model_cache_unref)

GstTfcModelCache *
gst_tfc_model_cache_ref (GstTfcModelCache *engines)
{
  G_LOCK (process);
  engines->refs++;
  G_UNLOCK (process);
  return engines;
}

void
gst_tfc_model_cache_unref (GstTfcModelCache *engines)
{
  gboolean last;

  if (!engines)
    return;
  G_LOCK (process);
  last = --engines->refs == 0;
  if (last && process == engines)
    process = NULL;
  G_UNLOCK (process);
  if (!last)
    return;
  g_hash_table_unref (engines->networks);
  g_mutex_clear (&engines->lock);
  g_cond_clear (&engines->opened);
  g_free (engines);
}

/* (transfer full) the process's own. */
static GstTfcModelCache *
process_engines (void)
{
  GstTfcModelCache *engines;

  G_LOCK (process);
  if (!process) {
    process = g_new0 (GstTfcModelCache, 1);
    g_mutex_init (&process->lock);
    g_cond_init (&process->opened);
    process->networks = g_hash_table_new (g_str_hash, g_str_equal);
  }
  process->refs++;
  engines = process;
  G_UNLOCK (process);
  return engines;
}

/* ---- finding the table ---- */

GstTfcModelCache *
gst_tfc_model_cache_from_context (GstContext *context)
{
  GstTfcModelCache *engines = NULL;

  if (gst_context_has_context_type (context, GST_TFC_MODEL_CACHE_CONTEXT))
    gst_structure_get (gst_context_get_structure (context), "engines", GST_TYPE_TFC_MODEL_CACHE,
                       &engines, NULL);
  return engines;
}

GstContext *
gst_tfc_model_cache_to_context (GstTfcModelCache *engines)
{
  GstContext *context = gst_context_new (GST_TFC_MODEL_CACHE_CONTEXT, TRUE);

  gst_structure_set (gst_context_writable_structure (context), "engines", GST_TYPE_TFC_MODEL_CACHE,
                     engines, NULL);
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
  GstTfcModelCache *engines;
  GstContext *context;

  if (has_context (element) || ask (element, "src") || ask (element, "sink"))
    return;
  gst_element_post_message (
      element, gst_message_new_need_context (GST_OBJECT (element), GST_TFC_MODEL_CACHE_CONTEXT));
  if (has_context (element))
    return;
  engines = process_engines ();
  context = gst_tfc_model_cache_to_context (engines);
  gst_tfc_model_cache_unref (engines);
  gst_element_set_context (element, context);
  gst_element_post_message (element, gst_message_new_have_context (GST_OBJECT (element), context));
}

/* ---- networks ---- */

static GstTfcSharedModel *
network_new (GstTfcModelCache *home, const gchar *key, GDestroyNotify close)
{
  GstTfcSharedModel *network = g_new0 (GstTfcSharedModel, 1);

  network->home = home ? gst_tfc_model_cache_ref (home) : NULL;
  network->key = g_strdup (key);
  network->close = close;
  tfc_fair_lock_init (&network->turn);
  return network;
}

static void
network_free (GstTfcSharedModel *network)
{
  if (network->what)
    network->close (network->what);
  tfc_fair_lock_clear (&network->turn);
  gst_tfc_model_cache_unref (network->home);
  g_free (network->key);
  g_free (network);
}

/* Home's lock held, or alone. */
static void
join (GstTfcSharedModel *network, guint *number)
{
  gint bit = g_bit_nth_lsf (~network->numbers, -1);

  network->users++;
  *number = bit < 0 ? 0 : bit;
  network->numbers |= G_GUINT64_CONSTANT (1) << *number;
}

/* An open one, or NULL: then the caller is to open the one that *fresh gets. */
static GstTfcSharedModel *
find_network (GstTfcModelCache *engines, const gchar *key, GDestroyNotify close, guint *number,
              GstTfcSharedModel **fresh)
{
  GstTfcSharedModel *network;

  g_mutex_lock (&engines->lock);
  while ((network = g_hash_table_lookup (engines->networks, key)) && network->opening)
    g_cond_wait (&engines->opened, &engines->lock);
  if (network) {
    join (network, number);
  } else {
    *fresh = network_new (engines, key, close);
    (*fresh)->opening = TRUE;
    g_hash_table_insert (engines->networks, (*fresh)->key, *fresh);
  }
  g_mutex_unlock (&engines->lock);
  return network;
}

static void
opened (GstTfcSharedModel *network, guint *number)
{
  GstTfcModelCache *engines = network->home;

  g_mutex_lock (&engines->lock);
  network->opening = FALSE;
  if (network->what)
    join (network, number);
  else
    g_hash_table_remove (engines->networks, network->key);
  g_cond_broadcast (&engines->opened);
  g_mutex_unlock (&engines->lock);
}

GstTfcSharedModel *
gst_tfc_shared_model_open (GstTfcModelCache *engines, const gchar *key, GstTfcSharedModelOpen open,
                      gpointer data, GDestroyNotify close, guint *number, GError **error)
{
  GstTfcSharedModel *fresh = NULL, *network = NULL;

  if (engines)
    network = find_network (engines, key, close, number, &fresh);
  else
    fresh = network_new (NULL, key, close);
  if (network)
    return network;
  fresh->what = open (data, error);
  if (engines)
    opened (fresh, number);
  else
    join (fresh, number);
  if (fresh->what)
    return fresh;
  network_free (fresh);
  return NULL;
}

void
gst_tfc_shared_model_close (GstTfcSharedModel *network, guint number)
{
  GstTfcModelCache *home;
  gboolean last;

  if (!network)
    return;
  home = network->home;
  if (home)
    g_mutex_lock (&home->lock);
  network->numbers &= ~(G_GUINT64_CONSTANT (1) << number);
  last = --network->users == 0;
  if (last && home)
    g_hash_table_remove (home->networks, network->key);
  if (home)
    g_mutex_unlock (&home->lock);
  if (last)
    network_free (network);
}

gpointer
gst_tfc_shared_model_get (GstTfcSharedModel *network)
{
  return network->what;
}

gpointer
gst_tfc_shared_model_acquire (GstTfcSharedModel *network)
{
  tfc_fair_lock_acquire (&network->turn);
  return network->what;
}

void
gst_tfc_shared_model_release (GstTfcSharedModel *network)
{
  tfc_fair_lock_release (&network->turn);
}

guint
gst_tfc_shared_model_users (GstTfcSharedModel *network)
{
  guint users;

  if (network->home)
    g_mutex_lock (&network->home->lock);
  users = network->users;
  if (network->home)
    g_mutex_unlock (&network->home->lock);
  return users;
}

gchar *
gst_tfc_file_identity (const gchar *path)
{
  GStatBuf s;

  if (!path)
    return g_strdup ("");
  if (g_stat (path, &s) != 0)
    return g_strdup (path);
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT
                          ":%" G_GINT64_FORMAT ".%ld",
                          (guint64)s.st_dev, (guint64)s.st_ino, (guint64)s.st_size,
                          (gint64)s.st_mtim.tv_sec, (long)s.st_mtim.tv_nsec);
}
