/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* What runs on an analyser's frames: the networks of one choice of model, backend and threads.
 * Built as a whole, on any thread, and thrown away as a whole; a running analyser changes its model
 * by swapping the pointer. After opening, only the thread that analyses runs it. The network inside
 * may be shared with other elements (gsttfcmodelcache.h): a run takes it and gives it back. */
#include "gst/modelcache/gsttfcmodelcache.h"
#include "gst/util/gsttfcproperties.h"
#include "inference/model.h"
#include "models/registry/registry.h"

/* What an engine is built from. Owns its strings. */
typedef struct {
  gchar *model_path; /* or NULL */
  gint backend;      /* GstTfcBackend */
  guint threads;     /* 0: chosen for this machine */
  gpointer choice;   /* the subclass's part */
  gboolean first;    /* the element starts with it, and frames wait */
  gboolean share;
  GstTfcModelCache *engines; /* (owned) where networks are shared; NULL: one's own */
} GstTfcRequest;

typedef struct {
  GstTfcRequest request;
  /* Filled by the subclass's open: */
  gpointer impl;
  GstTfcSharedModel *shared; /* what runs; others may use it too. The engine ends its use */
  guint number;          /* among those that do */
  gchar *network; /* name of the model, for messages */
  guint threads;  /* really used */
  gsize bytes;    /* held */
} GstTfcModel;

/* The subclass's part. None of these touches the element, so they run on any thread. */
typedef struct {
  /* Opens what choice says and, unless it is the first, runs it once, so that the stream does not
   * stumble at the change: the first run does a few things for good. Before the first frame such a
   * run would take longer than it saves. Fills the engine; FALSE with error set (TFC_ERROR), then
   * close is called on the half-built impl. */
  gboolean (*open) (GstTfcModel *engine, const TfcModelOptions *options, GError **error);
  void (*close) (gpointer impl);         /* NULL is fine */
  gchar *(*describe) (gpointer choice);  /* a name before it is open; g_free */
  void (*free_choice) (gpointer choice); /* NULL is fine */
} GstTfcModelVTable;

/* Nick of a GstTfcBackend, a static string. */
const gchar *gst_tfc_backend_name (gint backend);
/* Takes request, also on failure. NULL with error set. */
GstTfcModel *gst_tfc_model_open (const GstTfcModelVTable *vtable, GstTfcRequest *request,
                                   GError **error);
void gst_tfc_model_close (const GstTfcModelVTable *vtable, GstTfcModel *engine); /* NULL is fine */
/* For open: waits for the checksums of n files. FALSE if one is wrong; that is then the error,
 * whatever else went wrong because of it. */
gboolean gst_tfc_model_verify_files (const TfcModelFiles *files, guint n, GError **error);
void gst_tfc_request_clear (const GstTfcModelVTable *vtable, GstTfcRequest *request);
