/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which model a running analyser uses, and how another takes its place.
 *
 * Every change of what a model is opened from is a request with a serial number. Requests are loaded
 * one after the other, always the newest; changes that follow each other closely are one request. The
 * first is loaded by start, the others on a thread of the loader's own, beside the model that runs;
 * the thread that analyses takes a loaded model between two buffers, by swapping a pointer. Of a
 * request that is not the newest any more only success counts. If the newest cannot be loaded, the
 * properties are set back to what runs.
 *
 * Messages of the element: "tfc-model-loading" (model), "tfc-model-loaded" (model, time in ns, bytes,
 * backend, threads), "tfc-model-failed" (model, error; the properties are set back by then) and with
 * it a warning, or an error where nothing runs.
 *
 * Threads: "lock" is the owner's object lock. start and stop are called while nothing streams.
 * Messages and notifications are sent without the lock. */
#include "gst/analyzer/gsttfcanalyzer.h"

typedef struct {
  GstTfcAnalyzer *owner; /* not counted: the owner embeds this */
  GCond changed;         /* of what is below; with the owner's lock */
  /* Under the lock: */
  gboolean running;        /* from start to stop */
  guint requested, loaded; /* serial numbers: the newest, the newest that was loaded or failed */
  GstTfcModel *model;      /* in use; also the thread's that analyses, without the lock */
  GstTfcModel *next;       /* waits for that thread */
  GSList *retired;         /* references for the loader to drop: closing takes a while */
  GThread *thread;
} GstTfcModelLoader;

void gst_tfc_model_loader_init (GstTfcModelLoader *loader, GstTfcAnalyzer *owner);
void gst_tfc_model_loader_clear (GstTfcModelLoader *loader); /* stopped */
/* Loads the first model on the calling thread. FALSE: an error message was posted. */
gboolean gst_tfc_model_loader_start (GstTfcModelLoader *loader);
/* Waits for a model that is being loaded; closes all. May be called when stopped, and on the loader's
 * own thread (by handlers of its messages and notifications), which then ends by itself. */
void gst_tfc_model_loader_stop (GstTfcModelLoader *loader);

/* Lock held: what models are opened from has changed. While stopped the next start sees it. */
void gst_tfc_model_loader_reload (GstTfcModelLoader *loader);
/* Lock held, the thread that analyses: takes over the waiting model, TRUE if there was one. */
gboolean gst_tfc_model_loader_swap (GstTfcModelLoader *loader);
/* Lock held: the newest model there is, waiting or in use, NULL if there is none yet. */
GstTfcModel *gst_tfc_model_loader_newest (const GstTfcModelLoader *loader);
/* Lock held: whether a newer one than that is asked for. */
gboolean gst_tfc_model_loader_is_busy (const GstTfcModelLoader *loader);

/* Within the loader (gsttfcmodelloader-load.c). */
typedef enum {
  GST_TFC_LOAD_NOTHING, /* there is no newer request */
  GST_TFC_LOAD_DONE,    /* something runs, the new model or the one before */
  GST_TFC_LOAD_FAILED   /* nothing runs, an error was posted */
} GstTfcLoadResult;
/* Loads the newest request on the calling thread, unless it was loaded before. */
GstTfcLoadResult gst_tfc_model_loader_load (GstTfcModelLoader *loader);
