/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsttfcloader.h"
#include "clock.h"
#include "gsttfcenums.h"
#include "gsttfcerror.h"

static void
post (GstTfcLoader *loader, GstStructure *structure)
{
  gst_element_post_message (loader->owner,
                            gst_message_new_element (GST_OBJECT (loader->owner), structure));
}

/* Opens, and tells the bus how it goes, save that it failed: that is said when the properties tell
 * again what really runs. Takes request. Any thread, no lock. */
static GstTfcEngine *
open_engine (GstTfcLoader *loader, GstTfcRequest *request, const gchar *name, GError **error)
{
  const GstTfcEngineVTable *vtable = loader->vtable->engine;
  gint64 start = tfc_now ();
  GstTfcEngine *engine;

  // clang-format off
  post (loader, gst_structure_new ("model-loading", "network", G_TYPE_STRING, name, NULL));
  engine = gst_tfc_engine_open (vtable, request, error);
  if (engine)
    post (loader, gst_structure_new ("model-loaded",
        "network", G_TYPE_STRING, engine->network,
        "time", G_TYPE_UINT64, (guint64) (tfc_now () - start),
        "bytes", G_TYPE_UINT64, (guint64) engine->bytes,
        "backend", GST_TFC_TYPE_BACKEND, engine->request.backend,
        "threads", G_TYPE_UINT, engine->threads, NULL));
  // clang-format on
  return engine;
}

static void
tell_failure (GstTfcLoader *loader, GstMessageType type, const gchar *name, GError *error)
{
  post (loader, gst_structure_new ("model-failed", "network", G_TYPE_STRING, name, "error",
                                   G_TYPE_STRING, error->message, NULL));
  gst_tfc_post_error (loader->owner, type, error);
}

/* Takes the newest request; FALSE if it was tried before. */
static gboolean
take_request (GstTfcLoader *loader, GstTfcRequest *request)
{
  gboolean fresh;

  GST_OBJECT_LOCK (loader->owner);
  fresh = loader->built != loader->wanted;
  if (fresh) {
    loader->built = loader->wanted;
    *request = loader->vtable->request (loader->owner);
  }
  GST_OBJECT_UNLOCK (loader->owner);
  return fresh;
}

static void
build (GstTfcLoader *loader)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *name = NULL;
  GstTfcEngine *engine, *unused = NULL;
  GstTfcRequest request;

  if (!take_request (loader, &request))
    return;
  name = loader->vtable->engine->describe (request.choice);
  engine = open_engine (loader, &request, name, &error);
  GST_OBJECT_LOCK (loader->owner);
  if (engine) {
    unused = loader->next;
    loader->next = engine;
  } else if (!gst_tfc_loader_is_busy (loader)) {
    loader->vtable->restore (loader->owner, &gst_tfc_loader_newest (loader)->request);
  }
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_engine_close (loader->vtable->engine, unused);
  if (!engine)
    tell_failure (loader, GST_MESSAGE_WARNING, name, error);
}

/* A task: an engine to close, or the loader itself: build. */
static void
task (gpointer what, gpointer loader)
{
  if (what == loader)
    build (loader);
  else
    gst_tfc_engine_close (((GstTfcLoader *)loader)->vtable->engine, what);
}

void
gst_tfc_loader_init (GstTfcLoader *loader, GstElement *owner, const GstTfcLoaderVTable *vtable)
{
  *loader = (GstTfcLoader){.owner = owner, .vtable = vtable};
}

gboolean
gst_tfc_loader_start (GstTfcLoader *loader)
{
  g_autoptr (GError) error = NULL;
  g_autofree gchar *name = NULL;
  GstTfcRequest request;
  GstTfcEngine *engine;

  GST_OBJECT_LOCK (loader->owner);
  request = loader->vtable->request (loader->owner);
  request.first = TRUE;
  loader->wanted = loader->built = 0;
  GST_OBJECT_UNLOCK (loader->owner);
  name = loader->vtable->engine->describe (request.choice);
  engine = open_engine (loader, &request, name, &error);
  if (!engine) {
    tell_failure (loader, GST_MESSAGE_ERROR, name, error);
    return FALSE;
  }
  GST_OBJECT_LOCK (loader->owner);
  loader->engine = engine;
  loader->thread = g_thread_pool_new (task, loader, 1, FALSE, NULL);
  GST_OBJECT_UNLOCK (loader->owner);
  return TRUE;
}

void
gst_tfc_loader_stop (GstTfcLoader *loader)
{
  GstTfcEngine *engine, *next;
  GThreadPool *thread;

  GST_OBJECT_LOCK (loader->owner);
  thread = g_steal_pointer (&loader->thread);
  loader->built = loader->wanted; /* what has not begun need not be built */
  GST_OBJECT_UNLOCK (loader->owner);
  if (thread)
    g_thread_pool_free (thread, FALSE, TRUE);
  GST_OBJECT_LOCK (loader->owner); /* who asks for a property looks into them */
  engine = g_steal_pointer (&loader->engine);
  next = g_steal_pointer (&loader->next);
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_engine_close (loader->vtable->engine, engine);
  gst_tfc_engine_close (loader->vtable->engine, next);
}

void
gst_tfc_loader_reload (GstTfcLoader *loader)
{
  if (!loader->thread)
    return;
  loader->wanted++;
  g_thread_pool_push (loader->thread, loader, NULL);
}

gboolean
gst_tfc_loader_swap (GstTfcLoader *loader)
{
  if (!loader->next)
    return FALSE;
  g_thread_pool_push (loader->thread, loader->engine, NULL); /* closed there, it takes a while */
  loader->engine = g_steal_pointer (&loader->next);
  return TRUE;
}

GstTfcEngine *
gst_tfc_loader_newest (const GstTfcLoader *loader)
{
  return loader->next ? loader->next : loader->engine;
}

gboolean
gst_tfc_loader_is_busy (const GstTfcLoader *loader)
{
  return loader->built != loader->wanted;
}
