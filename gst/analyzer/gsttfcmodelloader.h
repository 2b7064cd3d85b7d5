/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Which engine a running element uses, and how another takes its place.
 *
 * Every change of what an engine is built from is a request with a serial number. Requests are
 * loaded one after the other, always the newest; changes that follow each other closely are one
 * request. The first is loaded by start, the others on a thread of the loader's own, beside the
 * engine that runs; the streaming thread takes a loaded engine between two buffers, by swapping a
 * pointer. Of a request that is not the newest any more only success counts. If the newest cannot
 * be loaded, the properties are set back to what runs.
 *
 * Messages of the element: "model-loading" (network), "model-loaded" (network, time in ns, bytes,
 * backend, threads), "model-failed" (network, error; the properties are set back by then) and with
 * it a warning, or an error where nothing runs.
 *
 * Threads: "lock" is the owner's object lock. start and stop are called while nothing streams.
 * Messages and notifications are sent without the lock. */
#include <gst/gst.h>
#include "gst/modelcache/gsttfcmodel.h"

typedef struct {
  const GstTfcModelVTable *engine;
  /* All with the lock held. */
  /* What the properties ask for, copied. */
  GstTfcRequest (*request) (GstElement *owner);
  /* Sets the properties back to request, which is what runs. */
  void (*restore) (GstElement *owner, const GstTfcRequest *request, GstTfcReverts *reverts);
  /* Settings that are only known to be right once the engine is there (class filters) are compiled
   * for engine. newest: no newer engine is coming, so a setting that does not fit is set back.
   * FALSE with error set if not even those that held until now fit. */
  gboolean (*adopt) (GstElement *owner, GstTfcModel *engine, gboolean newest,
                     GstTfcReverts *reverts, GError **error);
} GstTfcModelLoaderVTable;

typedef struct {
  GstElement *owner; /* not counted: the owner embeds this */
  const GstTfcModelLoaderVTable *vtable;
  GCond changed; /* of what is below; with the owner's lock */
  /* Under the lock: */
  gboolean running;        /* from start to stop */
  guint requested, loaded; /* serial numbers: the newest, the newest that was loaded or failed */
  GstTfcModel *engine;    /* in use; also the streaming thread's to run without the lock */
  GstTfcModel *next;      /* waits for the streaming thread */
  GSList *retired;         /* engines to close */
  GThread *thread;
} GstTfcModelLoader;

void gst_tfc_model_loader_init (GstTfcModelLoader *loader, GstElement *owner, const GstTfcModelLoaderVTable *vtable);
void gst_tfc_model_loader_clear (GstTfcModelLoader *loader); /* stopped */
/* Loads the first engine on the calling thread. FALSE: an error message was posted. */
gboolean gst_tfc_model_loader_start (GstTfcModelLoader *loader);
/* Waits for an engine that is being loaded; closes all. May be called when stopped, and on the
 * loader's own thread (by handlers of its messages and notifications), which then ends by itself. */
void gst_tfc_model_loader_stop (GstTfcModelLoader *loader);

/* Lock held: what engines are built from has changed. While stopped the next start sees it. */
void gst_tfc_model_loader_reload (GstTfcModelLoader *loader);
/* Lock held, streaming thread: takes over the waiting engine, TRUE if there was one. */
gboolean gst_tfc_model_loader_swap (GstTfcModelLoader *loader);
/* Lock held: the newest engine there is, waiting or in use, NULL if there is none yet. */
GstTfcModel *gst_tfc_model_loader_newest (const GstTfcModelLoader *loader);
/* Lock held: whether a newer one than that is asked for. */
gboolean gst_tfc_model_loader_is_busy (const GstTfcModelLoader *loader);
