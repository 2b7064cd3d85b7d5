/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/analyzer/gsttfcmodelloader.h"
#include "models/clock.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/util/gsttfcenums.h"
#include "gst/util/gsttfcerror.h"

#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

/* Changes that follow each other within SETTLE are one request, but no request waits longer than
 * SETTLE_MOST. A failure waits for GRACE: the change that makes it right may be on its way. */
#define SETTLE (5 * G_TIME_SPAN_MILLISECOND)
#define SETTLE_MOST (20 * SETTLE)
#define GRACE (100 * G_TIME_SPAN_MILLISECOND)

/* One request on its way. */
typedef struct {
  guint serial;
  gchar *name;
  GstTfcRequest request; /* until it is opened */
  GstTfcModel *engine;
  GError *error;
  GstStructure *loaded; /* the message */
  gboolean newest, runs;
} Load;

static void
post (GstTfcModelLoader *loader, GstStructure *structure)
{
  gst_element_post_message (loader->owner,
                            gst_message_new_element (GST_OBJECT (loader->owner), structure));
}

/* ---- a load, step by step ---- */

/* Takes the newest request; FALSE if it was loaded before. */
static gboolean
take_request (GstTfcModelLoader *loader, Load *load)
{
  gboolean fresh;

  *load = (Load){0};
  GST_OBJECT_LOCK (loader->owner);
  fresh = loader->running && gst_tfc_model_loader_is_busy (loader);
  if (fresh) {
    load->serial = loader->requested;
    load->request = loader->vtable->request (loader->owner);
    load->request.first = !loader->engine;
  }
  GST_OBJECT_UNLOCK (loader->owner);
  return fresh;
}

static void
open_engine (GstTfcModelLoader *loader, Load *load)
{
  const GstTfcModelVTable *vtable = loader->vtable->engine;
  gint64 start = tfc_now ();
  GstTfcModel *engine;

  load->name = vtable->describe (load->request.choice);
  GST_DEBUG_OBJECT (loader->owner, "request %u: opening %s", load->serial, load->name);
  // clang-format off
  post (loader, gst_structure_new ("model-loading", "network", G_TYPE_STRING, load->name, NULL));
  engine = load->engine = gst_tfc_model_open (vtable, &load->request, &load->error);
  if (!engine)
    return;
  load->loaded = gst_structure_new ("model-loaded",
      "network", G_TYPE_STRING, engine->network,
      "time", G_TYPE_UINT64, (guint64) (tfc_now () - start),
      "bytes", G_TYPE_UINT64, (guint64) engine->bytes,
      "backend", GST_TFC_TYPE_BACKEND, engine->request.backend,
      "threads", G_TYPE_UINT, engine->threads, NULL);
  // clang-format on
  GST_INFO_OBJECT (loader->owner,
                   "opened %s: backend %s, %u threads, %" G_GSIZE_FORMAT
                   " bytes, %s, in %" G_GINT64_FORMAT " us",
                   engine->network, gst_tfc_backend_name (engine->request.backend), engine->threads,
                   engine->bytes, engine->request.engines ? "shared" : "not shared",
                   (tfc_now () - start) / 1000);
}

/* Lock held. Whether engine can be used with the settings as they are. */
static gboolean
adopt (GstTfcModelLoader *loader, Load *load, GstTfcReverts *reverts)
{
  load->newest = loader->running && load->serial == loader->requested;
  g_clear_error (&reverts->refused);
  if (!load->engine || !loader->running)
    return FALSE;
  g_clear_error (&load->error);
  return loader->vtable->adopt (loader->owner, load->engine, load->newest, reverts, &load->error);
}

/* Lock held. Waits as long as load is the newest request, but not longer than GRACE. */
static void
wait_for_newer (GstTfcModelLoader *loader, const Load *load)
{
  const gint64 end = g_get_monotonic_time () + GRACE;

  while (loader->running && load->serial == loader->requested &&
         g_cond_wait_until (&loader->changed, GST_OBJECT_GET_LOCK (loader->owner), end))
    continue;
}

/* Lock held. Leaves the engine where frames find it, or sets the properties back. Returns what is
 * to be closed. */
static GstTfcModel *
conclude (GstTfcModelLoader *loader, Load *load, GstTfcReverts *reverts)
{
  GstTfcModel *runs = gst_tfc_model_loader_newest (loader), *unused = load->engine;
  gboolean good = adopt (loader, load, reverts);

  if (!good && runs) {
    wait_for_newer (loader, load);
    good = adopt (loader, load, reverts);
  }
  loader->loaded = load->serial;
  load->runs = good || runs;
  if (good) {
    unused = g_steal_pointer (&loader->next);
    *(loader->engine ? &loader->next : &loader->engine) = load->engine;
  } else {
    g_clear_pointer (&load->loaded, gst_structure_free);
    if (load->newest && runs) {
      loader->vtable->restore (loader->owner, &runs->request, reverts);
      loader->vtable->adopt (loader->owner, runs, TRUE, reverts, NULL);
    }
  }
  return unused;
}

/* How it went, for the bus. */
static void
report (GstTfcModelLoader *loader, Load *load)
{
  if (load->loaded) {
    post (loader, g_steal_pointer (&load->loaded));
    return;
  }
  if (!load->newest) {
    GST_DEBUG_OBJECT (loader->owner, "request %u: superseded: %s", load->serial,
                      load->error ? load->error->message : "stopped");
    return;
  }
  GST_DEBUG_OBJECT (loader->owner, "request %u: failed: %s", load->serial, load->error->message);
  post (loader, gst_structure_new ("model-failed", "network", G_TYPE_STRING, load->name, "error",
                                   G_TYPE_STRING, load->error->message, NULL));
  gst_tfc_post_error (loader->owner, load->runs ? GST_MESSAGE_WARNING : GST_MESSAGE_ERROR,
                      load->error);
}

/* FALSE: an error was posted, and nothing runs. */
static gboolean
finish (GstTfcModelLoader *loader, Load *load)
{
  GstTfcReverts reverts = {{NULL}};
  GstTfcModel *unused;
  gboolean dead;

  open_engine (loader, load);
  GST_OBJECT_LOCK (loader->owner);
  unused = conclude (loader, load, &reverts);
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_model_close (loader->vtable->engine, unused);
  gst_tfc_reverts_tell (&reverts, loader->owner);
  dead = !load->runs && load->newest;
  report (loader, load);
  g_clear_error (&load->error);
  g_free (load->name);
  return !dead;
}

/* ---- the thread ---- */

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
  Load load;

  do {
    GST_OBJECT_LOCK (loader->owner);
    more = wait_for_work (loader);
    retired = g_steal_pointer (&loader->retired);
    GST_OBJECT_UNLOCK (loader->owner);
    for (GSList *r = retired; r; r = r->next)
      gst_tfc_model_close (loader->vtable->engine, r->data);
    g_slist_free (retired);
    if (take_request (loader, &load))
      finish (loader, &load);
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
gst_tfc_model_loader_init (GstTfcModelLoader *loader, GstElement *owner, const GstTfcModelLoaderVTable *vtable)
{
  *loader = (GstTfcModelLoader){.owner = owner, .vtable = vtable};
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
  gboolean alive = TRUE;
  Load load;

  reap (loader);
  GST_OBJECT_LOCK (loader->owner);
  loader->running = TRUE;
  loader->requested++; /* one that was on its way at the stop is not taken for it */
  GST_OBJECT_UNLOCK (loader->owner);
  while (alive && take_request (loader, &load))
    alive = finish (loader, &load);
  if (alive && start_thread (loader))
    return TRUE;
  gst_tfc_model_loader_stop (loader);
  return FALSE;
}

void
gst_tfc_model_loader_stop (GstTfcModelLoader *loader)
{
  GstTfcModel *engine, *next;

  GST_OBJECT_LOCK (loader->owner);
  loader->running = FALSE;
  g_cond_broadcast (&loader->changed);
  GST_OBJECT_UNLOCK (loader->owner);
  reap (loader);
  GST_OBJECT_LOCK (loader->owner); /* who asks for a property looks into them */
  engine = g_steal_pointer (&loader->engine);
  next = g_steal_pointer (&loader->next);
  GST_OBJECT_UNLOCK (loader->owner);
  gst_tfc_model_close (loader->vtable->engine, engine);
  gst_tfc_model_close (loader->vtable->engine, next);
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
  loader->retired = g_slist_prepend (loader->retired, loader->engine); /* closing takes a while */
  g_cond_broadcast (&loader->changed);
  loader->engine = g_steal_pointer (&loader->next);
  return TRUE;
}

GstTfcModel *
gst_tfc_model_loader_newest (const GstTfcModelLoader *loader)
{
  return loader->next ? loader->next : loader->engine;
}

gboolean
gst_tfc_model_loader_is_busy (const GstTfcModelLoader *loader)
{
  return loader->running && loader->loaded != loader->requested;
}
