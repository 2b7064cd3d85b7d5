/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A loaded model: what it was opened from, its network and its labels. Opened as a whole on any
 * thread, counted, and closed as a whole with the last reference; a running element changes its model
 * by swapping a pointer. The network inside may be shared with other elements (gsttfcmodelcache.h). */
#include <gst/gst.h>
#include "gst/lib/gsttfcenums.h"
#include "gst/util/gsttfcproperties.h"
#include "inference/model.h"
#include "models/registry/registry.h"
#include "models/result/labels.h"

typedef struct _GstTfcModelCache GstTfcModelCache;   /* gsttfcmodelcache.h */
typedef struct _GstTfcSharedModel GstTfcSharedModel; /* the same */

/* What decides about every model, as properties of the base class. */
typedef struct {
  GstTfcBackend backend;
  guint threads; /* 0: chosen for this machine */
  gboolean share;
  gchar *model_path; /* folders, colon-separated; a GRefString or NULL */
} GstTfcLoadSettings;

/* What a model is opened from: the properties at one moment. */
typedef struct {
  gchar *name; /* of the model while it is not open yet, for messages */
  GstTfcLoadSettings load;
  const GstTfcPropertyTable *table; /* of settings */
  gpointer settings;                /* the subclass's */
  GstTfcModelCache *cache;          /* where networks are shared; NULL: one of its own */
  gboolean first; /* the element starts with it, and frames wait: it is not run once to warm up */
} GstTfcConfig;

#define GST_TFC_MODEL_FILES 3

typedef struct {
  gint refs; /* atomic */
  GstTfcConfig *config;
  GstTfcSharedModel *shared; /* NULL: nothing is open */
  guint slot;                /* of this model in shared: see gst_tfc_model_enter */
  /* From open_model, and constant then: */
  gpointer network;    /* shared's: to read; who runs it acquires it */
  gchar *name;         /* for messages */
  const gchar *source; /* for metadata: what saw it; interned */
  TfcLabels *labels;   /* of its classes, the network's; NULL: it has none */
  guint threads;       /* really used */
  gsize bytes;         /* held */
  /* For open_model alone: */
  TfcModelOptions options;
  TfcModelFiles files[GST_TFC_MODEL_FILES]; /* empty ones behind n_files */
  guint n_files;
} GstTfcModel;

void gst_tfc_config_free (GstTfcConfig *config); /* NULL is allowed */

/* One that is to be opened; takes config. */
GstTfcModel *gst_tfc_model_new (GstTfcConfig *config);
GstTfcModel *gst_tfc_model_ref (GstTfcModel *model);
/* The last reference closes the network, unless others use it, and that takes a while: not on a
 * streaming thread. NULL is allowed. */
void gst_tfc_model_unref (GstTfcModel *model);

/* For open_model. */
/* Adds the files of a model of the registry. FALSE with error set (TFC_ERROR) if they cannot be had. */
gboolean gst_tfc_model_find (GstTfcModel *model, const gchar *name, GError **error);
/* The same, but the user's own file in its place where one is given. */
gboolean gst_tfc_model_find_own (GstTfcModel *model, const gchar *file, const gchar *name, GError **error);
/* The user's own labels for the first file; does nothing where none are given. */
void gst_tfc_model_set_labels (GstTfcModel *model, const gchar *file);
/* Waits for the checksums of files. FALSE if one is wrong; that is then the error, whatever else went
 * wrong because of it. */
gboolean gst_tfc_model_verify (const GstTfcModel *model, GError **error);
/* What the network of model's files depends on, so that equal keys are equal networks: kind, backend,
 * threads, and which files there are. Free with g_string_free. */
GString *gst_tfc_model_key (const GstTfcModel *model, const gchar *kind);
/* Adds a file: device, inode, size and time of change, so that other ways to spell its path mean the
 * same and a changed file another; the path itself if it cannot be read. NULL is allowed. */
void gst_tfc_model_key_add (GString *key, const gchar *path);
/* Adds the files beside a model from which labels and anchors are read (models/files/beside.h). */
void gst_tfc_model_key_add_beside (GString *key, const gchar *path);

/* NULL where a property that is a path is not given: NULL or "". */
static inline const gchar *
gst_tfc_given (const gchar *path)
{
  return path && *path ? path : NULL;
}

/* After open_model: lets go of what only opening needs. TRUE if opened, with the right files. */
gboolean gst_tfc_model_finish_opening (GstTfcModel *model, gboolean opened, GError **error);

/* Nick of a GstTfcBackend, a static string. */
const gchar *gst_tfc_backend_name (GstTfcBackend backend);
