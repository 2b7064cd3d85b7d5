/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/classification/classifier.h"
#include "tools/common/json.h"
#include "tools/see/see.h"

#define TEXT(number) G_STRINGIFY (number)

static const gchar *const models[] = {"mobilenet-v1-025",       "mobilenet-v2", "mobilenet-v2-int8",
                                      "mobilenet-v1-025-quant", "embedding",    NULL};
static const gchar *const registered[] = {
    "classify/mobilenet_v1_025", "classify/mobilenet_v2_quant", "classify/mobilenet_v2_int8",
    "classify/mobilenet_v1_025_quant", "classify/mobilenet_v1_embedding"};

static struct {
  gchar *examples;
  gint k;
} arg = {.k = TFC_KNN_DEFAULT_K};

// clang-format off
static const GOptionEntry entries[] = {
  {"examples", 0, 0, G_OPTION_ARG_FILENAME, &arg.examples, "Classes: examples of classes in place of the network's own; --max 1.." TEXT (TFC_MAX_CLASSES) " (" TEXT (TFC_CLASSIFIER_DEFAULT_TOP_K) ")", "F"},
  {"k", 0, 0, G_OPTION_ARG_INT, &arg.k, "Classes: how many of the examples vote (" TEXT (TFC_KNN_DEFAULT_K) ")", "N"},
  {NULL}
};
// clang-format on

typedef struct {
  TfcClassifier *classifier;
  TfcKnn *knn; /* NULL: there are no examples */
  guint n;
  TfcClass classes[TFC_MAX_CLASSES];
  const gchar *names[TFC_MAX_CLASSES];
} Classes;

static const gchar *
check (const TfcSeeOptions *options)
{
  if (options->max > TFC_MAX_CLASSES)
    return "--max must be 1.." TEXT (TFC_MAX_CLASSES);
  if (options->model && options->model_file)
    return "--model and --model-file exclude each other";
  if (tfc_see_index (models, options->model) < 0)
    return "--model must be mobilenet-v1-025, mobilenet-v2, mobilenet-v2-int8, "
           "mobilenet-v1-025-quant or embedding";
  return arg.k < 1 || arg.k > TFC_KNN_MAX_K ? "--k must be 1.." TEXT (TFC_KNN_MAX_K) : NULL;
}

static void
classes_close (gpointer task)
{
  Classes *c = task;
  tfc_classifier_close (c->classifier);
  tfc_knn_free (c->knn);
  g_free (c);
}

static gpointer
classes_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
              GError **error)
{
  const gchar *known = registered[tfc_see_index (models, options->model)];
  TfcModelFiles found = {0};
  TfcClassifierFiles files = {options->model_file, options->label_file, arg.examples};
  Classes *c = g_new0 (Classes, 1);
  if (!files.path && tfc_see_find (options, known, &found, error)) {
    files.path = found.path;
    files.label_path = files.label_path ? files.label_path : found.label_path;
  }
  if (files.path)
    c->classifier = tfc_classifier_open (&files, model, error);
  if (c->classifier && tfc_classifier_note (c->classifier))
    g_printerr ("tfc-see: %s: %s\n", files.path, tfc_classifier_note (c->classifier));
  if (c->classifier && tfc_classifier_examples (c->classifier) &&
      tfc_knn_n_examples (tfc_classifier_examples (c->classifier)))
    c->knn = tfc_knn_copy (tfc_classifier_examples (c->classifier));
  *name = g_strdup (found.name ? found.name : options->model_file);
  tfc_model_files_clear (&found);
  if (!c->classifier)
    g_clear_pointer (&c, classes_close);
  return c;
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Classes *c = task;
  TfcClassifierOptions o = TFC_CLASSIFIER_DEFAULTS;
  o.k = (guint)arg.k;
  if (options->max)
    o.top_k = (guint)options->max;
  if (options->score_threshold >= 0)
    o.score_threshold = (gfloat)options->score_threshold;
  if (!tfc_classifier_run (c->classifier, frame, NULL, NULL, error))
    return FALSE;
  c->n = tfc_classifier_classes (c->classifier, &o, c->knn, c->classes);
  for (guint i = 0; i < c->n; i++)
    c->names[i] =
        c->knn ? tfc_knn_label (c->knn, c->classes[i].class_id)
               : tfc_labels_name (tfc_classifier_labels (c->classifier), c->classes[i].class_id);
  return TRUE;
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Classes *c = task;
  cJSON *list = cJSON_AddArrayToObject (to, "classes");
  (void)frame; /* nothing has a place on it */
  for (guint i = 0; i < c->n; i++) {
    cJSON *one = cJSON_CreateObject ();
    tfc_json_text (one, "label", c->names[i]);
    cJSON_AddNumberToObject (one, "class_id", c->classes[i].class_id);
    cJSON_AddNumberToObject (one, "score", (gdouble)c->classes[i].score);
    cJSON_AddItemToArray (list, one);
  }
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  const Classes *c = task;
  annotations->n_classes = c->n;
  annotations->classes = c->classes;
  annotations->class_names = c->names;
}

const TfcSeeTask tfc_see_classes = {"classes", entries, check,    classes_open,
                                    run,       json,    annotate, classes_close};
