/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/classification/classifier_private.h"
#include "models/model_labels.h"

#define HUB_COLUMNS 1001 /* ImageNet's classes and a background in front */

guint
tfc_classifier_columns (const TfcTensor *t)
{
  const TfcShape *s = &t->shape;
  const gint32 columns = s->rank > 0 ? s->dim[s->rank - 1] : 0;

  for (gint i = 0; i < s->rank - 1; i++)
    if (s->dim[i] != 1)
      return 0;
  return columns > 0 && columns <= TFC_LABELS_MAX ? (guint)columns : 0;
}

static gboolean
refuse (GError **error, const gchar *what, const TfcTensor *t, const gchar *expected)
{
  gchar shape[96];

  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "not a classifier: %s is %s %s; expected %s", what, tfc_type_name (t->type),
               tfc_shape_print (&t->shape, shape), expected);
  return FALSE;
}

static gboolean
readable (const TfcTensor *t)
{
  const gboolean bytes = t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8;

  return (t->type == TFC_TYPE_F32 || (bytes && t->quant.scale > 0 && !t->quant.n_channels)) &&
         tfc_classifier_columns (t) > 1;
}

/* ---- the ends ---- */

/* What a float input gets for a byte: byte * scale + offset. */
static void
picture_values (TfcClassifier *c, const TfcSurvey *s, const TfcMetadata *metadata,
                TfcTarget *target)
{
  gfloat mean = s->hub_input ? 0 : 127.5f, std = s->hub_input ? 255 : 127.5f;

  if (tfc_metadata_uneven (metadata) && target->type == TFC_SAMPLE_F32)
    tfc_model_note (&c->note, "the metadata's normalisation differs from channel to channel, which "
                              "is not supported");
  tfc_metadata_normalization (metadata, &mean, &std);
  target->scale = (gfloat)(1 / (gdouble)std);
  target->offset = (gfloat)(-(gdouble)mean / std);
}

static gboolean
set_up_input (TfcClassifier *c, const TfcSurvey *s, const TfcMetadata *metadata, GError **error)
{
  const TfcTensor *t = tfc_model_input (c->model, 0);
  const TfcShape *shape = &t->shape;
  const gboolean is_float = t->type == TFC_TYPE_F32;
  TfcTarget target = {.type = is_float ? TFC_SAMPLE_F32 : TFC_SAMPLE_U8,
                      .border = TFC_BORDER_CLAMP};

  if (tfc_model_n_inputs (c->model) == 1 && shape->rank == 4 && shape->dim[0] == 1 &&
      shape->dim[3] == 3 && shape->dim[1] > 0 && shape->dim[2] > 0 &&
      (is_float || t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8)) {
    target.width = c->width = (guint)shape->dim[2];
    target.height = c->height = (guint)shape->dim[1];
    picture_values (c, s, metadata, &target);
    c->sampler = tfc_sampler_new (&target);
  }
  c->sign = t->type == TFC_TYPE_I8;
  return c->sampler || refuse (error, "the input", t,
                               "one input uint8, int8 or float32 1xHxWx3, sides up to 4096");
}

/* The survey's tensors: scores, then the embedding; an extractor has the one alone. */
static gboolean
set_up_outputs (TfcClassifier *c, const TfcSurvey *s, GError **error)
{
  const TfcTensor *first = tfc_model_output (c->model, 0);
  const guint n = tfc_model_n_outputs (c->model);

  c->scores = s->extractor ? NULL : first;
  c->pooled = s->extractor ? first : s->pooled ? tfc_model_output (c->model, 1) : NULL;
  if (!s->pooled && n != 1) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not a classifier: %u outputs; expected one, a score for each class", n);
    return FALSE;
  }
  if (!readable (first))
    return refuse (error, "the output", first,
                   "float32, uint8 or int8 1xN, a score for each class");
  if (c->pooled && !readable (c->pooled))
    c->pooled = NULL;
  c->softmax = !tfc_model_output_activated (c->model, 0);
  c->first = s->graph_model && c->softmax && tfc_classifier_columns (first) == HUB_COLUMNS;
  c->fit = !s->graph_model ? TFC_FIT_STRETCH : c->softmax ? TFC_FIT_ALIGNED : TFC_FIT_SQUARE;
  c->score = c->scores ? g_new (gfloat, tfc_classifier_columns (c->scores)) : NULL;
  c->embedding = c->pooled ? g_new (gfloat, tfc_classifier_columns (c->pooled)) : NULL;
  return TRUE;
}

/* ---- labels ---- */

/* The table whose id i is the line i + shift; takes labels. */
static TfcLabels *
shifted (TfcLabels *labels, gint shift, guint n)
{
  gchar **names = g_new0 (gchar *, n);

  for (guint i = 0; i < n; i++) {
    const gint line = (gint)i + shift;
    if (line < 0)
      names[i] = g_strdup ("background");
    else if ((guint)line < tfc_labels_n (labels))
      names[i] = g_strdup (tfc_labels_name (labels, line));
  }
  tfc_labels_free (labels);
  return tfc_labels_new (names, n);
}

static gboolean
set_up_labels (TfcClassifier *c, const TfcClassifierFiles *files, const TfcMetadata *metadata,
               GError **error)
{
  const guint columns = c->scores ? tfc_classifier_columns (c->scores) : 0;
  const guint classes = columns - c->first;
  const TfcLabelSearch search = {files->label_path, files->path, metadata,
                                 columns == HUB_COLUMNS ? columns - 1 : columns};
  GError *why = NULL;

  if (!columns)
    return TRUE;
  TfcLabels *labels = tfc_model_labels (&search, &c->note, &why);
  if (why) {
    g_propagate_error (error, why);
    return FALSE;
  }
  if (!labels)
    labels = tfc_labels_blank (classes);
  const guint n = tfc_labels_n (labels);
  c->labels = labels;
  if (n < classes && n + 1 != columns && files->label_path && !tfc_labels_by_id (labels)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "label file '%s' has %u names, but the network tells %u classes apart",
                 files->label_path, n, classes);
    return FALSE;
  }
  if (n == classes || tfc_labels_by_id (labels))
    c->labels = n < classes ? tfc_labels_resize (labels, classes) : labels;
  else
    c->labels = shifted (labels, n == classes + 1 ? 1 : n + 1 == classes ? -1 : 0, classes);
  return TRUE;
}

static gboolean
set_up_examples (TfcClassifier *c, const gchar *path, GError **error)
{
  if (!path)
    return TRUE;
  if (!c->pooled) {
    g_set_error_literal (
        error, TFC_ERROR, TFC_ERROR_SETTINGS,
        "examples need an embedding, and this network has no global pooling: choose "
        "another model");
    return FALSE;
  }
  c->examples = tfc_knn_load (path, tfc_classifier_columns (c->pooled), error);
  return c->examples != NULL;
}

/* ---- open and close ---- */

static TfcModel *
open_model (const TfcClassifierFiles *files, const TfcModelOptions *options, const TfcSurvey *s,
            GError **error)
{
  const gchar *const both[] = {s->last, s->extractor ? NULL : s->pooled, NULL};
  TfcModelOptions o = options ? *options : (TfcModelOptions){NULL};

  o.outputs = s->pooled ? both : NULL;
  return tfc_model_open (files->path, &o, error);
}

static gboolean
set_up (TfcClassifier *c, const TfcClassifierFiles *files, const TfcSurvey *s, GError **error)
{
  TfcMetadata *metadata = tfc_metadata_open (files->path);
  const gboolean ok = set_up_outputs (c, s, error) && set_up_input (c, s, metadata, error) &&
                      set_up_labels (c, files, metadata, error) &&
                      set_up_examples (c, files->examples_path, error);

  tfc_metadata_close (metadata);
  return ok;
}

TfcClassifier *
tfc_classifier_open (const TfcClassifierFiles *files, const TfcModelOptions *options,
                     GError **error)
{
  TfcClassifier *c = g_new0 (TfcClassifier, 1);
  GError *why = NULL;
  TfcSurvey survey;

  if (tfc_survey (&survey, files->path, options, &why)) {
    c->model = open_model (files, options, &survey, &why);
    if (c->model && !set_up (c, files, &survey, &why) && why->code == TFC_ERROR_UNSUPPORTED)
      g_prefix_error (&why, "model file '%s': ", files->path);
    tfc_survey_clear (&survey);
  }
  tfc_error_tidy (&why);
  if (!why)
    return c;
  g_propagate_error (error, why);
  tfc_classifier_close (c);
  return NULL;
}

void
tfc_classifier_close (TfcClassifier *c)
{
  if (!c)
    return;
  tfc_model_close (c->model);
  tfc_labels_free (c->labels);
  tfc_knn_free (c->examples);
  tfc_sampler_free (c->sampler);
  if (c->note)
    g_string_free (c->note, TRUE);
  g_free (c->score);
  g_free (c->embedding);
  g_free (c);
}
