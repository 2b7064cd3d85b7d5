/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Which engine a running element uses, and how another takes its place: built on a thread of the
 * loader's own, then waiting until the streaming thread takes it between two buffers; a pointer is all
 * that changes hands. If it cannot be opened, the element gets a warning and the old one stays.
 *
 * Messages of the element, for whoever shows progress: "model-loading" (network), "model-loaded" (network,
 * time in ns, bytes, backend, threads), "model-failed" (network, error; the properties tell again what runs).
 *
 * Threads: "lock" is the owner's object lock. start and stop are called while nothing streams. */
#include <gst/gst.h>
#include "gsttfcengine.h"

typedef struct {
  const GstTfcEngineVTable *engine;
  GstTfcRequest (*request) (GstElement *owner); /* lock held: what its properties ask for, copied */
  void (*restore) (GstElement *owner, const GstTfcRequest *request); /* lock held: sets them back */
} GstTfcLoaderVTable;

typedef struct {
  GstElement *owner; /* not counted: the owner embeds this */
  const GstTfcLoaderVTable *vtable;
  /* Under the lock: */
  GstTfcEngine *engine; /* in use; also the streaming thread's to run without the lock */
  GstTfcEngine *next;   /* waits for the streaming thread */
  guint wanted, built;  /* serial numbers of requests: the newest, the newest that was tried */
  GThreadPool *thread;  /* one thread; NULL while stopped */
} GstTfcLoader;

void gst_tfc_loader_init (GstTfcLoader *loader, GstElement *owner, const GstTfcLoaderVTable *vtable);
/* Opens the first engine on the calling thread. FALSE: an error message was posted. */
gboolean gst_tfc_loader_start (GstTfcLoader *loader);
/* Waits for an engine that is being built; closes all. May be called when stopped. */
void gst_tfc_loader_stop (GstTfcLoader *loader);

/* Lock held: what engines are built from has changed. Nothing happens while stopped. */
void gst_tfc_loader_reload (GstTfcLoader *loader);
/* Lock held, streaming thread: takes over the waiting engine, TRUE if there was one. */
gboolean gst_tfc_loader_swap (GstTfcLoader *loader);
/* Lock held: the newest engine there is, waiting or in use, NULL if stopped. */
GstTfcEngine *gst_tfc_loader_newest (const GstTfcLoader *loader);
/* Lock held: whether a newer one than that is under way. */
gboolean gst_tfc_loader_is_busy (const GstTfcLoader *loader);
