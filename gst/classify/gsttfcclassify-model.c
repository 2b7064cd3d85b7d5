/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/classify/gsttfcclassify-private.h"

// clang-format off
static const gchar *const registry_names[] = {
  [GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025]       = "classify/mobilenet_v1_025",
  [GST_TFC_CLASSIFY_MODEL_MOBILENET_V2]           = "classify/mobilenet_v2_quant",
  [GST_TFC_CLASSIFY_MODEL_MOBILENET_V2_INT8]      = "classify/mobilenet_v2_int8",
  [GST_TFC_CLASSIFY_MODEL_MOBILENET_V1_025_QUANT] = "classify/mobilenet_v1_025_quant",
  [GST_TFC_CLASSIFY_MODEL_EMBEDDING]              = "classify/mobilenet_v1_embedding",
};
// clang-format on

GstTfcConfig *
gst_tfc_classify_dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config =
      GST_TFC_ANALYZER_CLASS (g_type_class_peek (GST_TYPE_TFC_ANALYZER))->dup_config (analyzer);
  const GstTfcClassifySettings *s = config->settings;

  config->name =
      g_strdup (gst_tfc_given (s->model_file) ? s->model_file : registry_names[s->model]);
  return config;
}

static TfcClassifier *
open_classifier (const GstTfcModel *model, const gchar *examples, GError **error)
{
  const TfcClassifierFiles files = {model->files[0].path, model->files[0].label_path, examples};
  TfcClassifier *c = tfc_classifier_open (&files, &model->options, error);

  if (c && (!gst_tfc_model_verify (model, error) ||
            (!model->config->first && !tfc_classifier_warm_up (c, error))))
    g_clear_pointer (&c, tfc_classifier_close);
  return c;
}

gboolean
gst_tfc_classify_open_model (GstTfcModel *model, GError **error)
{
  const GstTfcClassifySettings *s = model->config->settings;
  const gchar *examples = gst_tfc_given (s->examples_file);
  GString *key;

  if (!gst_tfc_model_find_own (model, s->model_file, registry_names[s->model], error))
    return FALSE;
  gst_tfc_model_set_labels (model, s->label_file);
  model->name = g_strdup (model->files[0].name);
  model->source = g_intern_string (model->name);
  key = gst_tfc_model_key (model, "classifier");
  gst_tfc_model_key_add (key, examples);
  gst_tfc_model_key_add_beside (key, model->files[0].path); /* labels */
  if (gst_tfc_model_enter (model, key->str))
    gst_tfc_model_leave (model, open_classifier (model, examples, error),
                         (GDestroyNotify)tfc_classifier_close);
  g_string_free (key, TRUE);
  if (!model->network)
    return FALSE;
  model->labels = tfc_classifier_labels (model->network);
  model->threads = tfc_model_threads (tfc_classifier_model (model->network));
  model->bytes = tfc_model_bytes (tfc_classifier_model (model->network));
  if (tfc_classifier_note (model->network))
    GST_WARNING ("%s: %s", model->name, tfc_classifier_note (model->network));
  GST_INFO ("opened %s: %u classes", model->name, model->labels ? tfc_labels_n (model->labels) : 0);
  return TRUE;
}
