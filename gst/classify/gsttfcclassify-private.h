/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What gsttfcclassify.c (the element), -model.c (its model) and -teach.c (examples) share. */
#include "gst/analyzer/gsttfcobjects.h"
#include "gst/classify/gsttfcclassify.h"
#include "gst/util/gsttfcdebug.h"
#include "models/classification/classifier.h"
#include "models/classification/object_memory.h"

#define GST_CAT_DEFAULT gst_tfc_classify_debug

typedef struct {
  GstTfcClassifyModel model;                      /* counts where model_file is not given */
  gchar *model_file, *label_file, *examples_file; /* NULL or "": not given */
  TfcClassifierOptions options;
  GstTfcObjectSettings objects;
  guint again; /* ms */
} GstTfcClassifySettings;

/* Examples, and what was seen last: the thread that analyses and whoever teaches. */
typedef struct {
  GMutex lock; /* held while examples are read or changed, never while a network runs */
  TfcKnn *knn;
  gboolean changed;  /* since the last frame: what objects were classified as no longer holds */
  gfloat *embedding; /* of the last frame, or of the surest object when it was last classified */
  guint size;        /* 0: nothing was seen yet */
  gchar *file;       /* that knn began with: a GRefString or NULL */
  /* The thread that analyses: */
  gboolean active; /* classes of this frame are those of the examples */
} GstTfcTaught;

struct _GstTfcClassify {
  GstTfcAnalyzer parent;
  GstTfcClassifySettings settings; /* under the lock */
  GstTfcTaught taught;
  /* The thread that analyses: */
  TfcClassifierOptions options; /* of the last frame */
  const GstTfcModel *model;     /* the same; only compared */
  TfcObjectMemory *memory;
  GstTfcClass *reported; /* GST_TFC_MAX_OBJECTS * TFC_MAX_CLASSES */
};

/* gsttfcclassify-model.c; of the class. */
GstTfcConfig *gst_tfc_classify_dup_config (GstTfcAnalyzer *analyzer);
gboolean gst_tfc_classify_open_model (GstTfcModel *model, GError **error);

/* gsttfcclassify-teach.c */
void gst_tfc_taught_init (GstTfcTaught *taught);
void gst_tfc_taught_clear (GstTfcTaught *taught);
/* Forgets what was seen last. */
void gst_tfc_taught_forget_seen (GstTfcTaught *taught);
/* The thread that analyses, before a frame: begins with the examples of model's file if it is
 * another than before. TRUE if what objects were classified as no longer holds. */
gboolean gst_tfc_taught_begin (GstTfcTaught *taught, const GstTfcModel *model);
/* The same thread: the classes of the classifier's last run to out; returns how many. keep: this is
 * what learn teaches. */
guint gst_tfc_taught_classes (GstTfcTaught *taught, TfcClassifier *classifier,
                              const TfcClassifierOptions *options, gboolean keep, TfcClass *out);
/* The same thread: the name of a class of this frame; labels: of the network's own. */
const gchar *gst_tfc_taught_label (GstTfcTaught *taught, TfcLabels *labels, gint class_id);
/* In class_init: the action signals learn, forget, clear and save. */
void gst_tfc_classify_install_signals (GstTfcClassifyClass *klass);
