/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/detect/gsttfcdetect-private.h"

// clang-format off
#define SLOW_SHARE 0.05 /* of a run's time, above which a user is told */

static const gchar *const registry_names[] = {
  [GST_TFC_BASE_MODEL_LITE_MOBILENET_V2]  = "coco-ssd/lite_mobilenet_v2",
  [GST_TFC_BASE_MODEL_MOBILENET_V1]       = "coco-ssd/mobilenet_v1",
  [GST_TFC_BASE_MODEL_MOBILENET_V2]       = "coco-ssd/mobilenet_v2",
  [GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT] = "coco-ssd/mobilenet_v1_quant",
  [GST_TFC_BASE_MODEL_NANODET]            = "objects/nanodet",
  [GST_TFC_BASE_MODEL_SSD_MOBILENET_V2_OID] = "objects/ssd_mobilenet_v2_oid",
};
// clang-format on

GstTfcConfig *
gst_tfc_detect_dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config =
      GST_TFC_ANALYZER_CLASS (g_type_class_peek (GST_TYPE_TFC_ANALYZER))->dup_config (analyzer);
  const GstTfcDetectSettings *s = config->settings;

  config->name =
      g_strdup (gst_tfc_given (s->model_file) ? s->model_file : registry_names[s->base_model]);
  return config;
}

/* Where a base model's file is missing but the small one's is there, a stranger is one word away.
 */
static void
point_at_starter (const GstTfcModel *model, GError **error)
{
  TfcModelFiles starter = {NULL};
  gchar *message;

  if (!g_error_matches (*error, TFC_ERROR, TFC_ERROR_NOT_FOUND) ||
      !tfc_registry_find (registry_names[GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT],
                          model->config->load.model_path, &starter, NULL))
    return;
  tfc_model_files_clear (&starter);
  message = g_strdup_printf ("%s (the starter model is there: base-model=mobilenet-v1-quant)",
                             (*error)->message);
  g_free ((*error)->message);
  (*error)->message = message;
}

/* The files that the settings mean. */
static gboolean
find_files (GstTfcModel *model, GError **error)
{
  const GstTfcDetectSettings *s = model->config->settings;

  if (!gst_tfc_model_find_own (model, s->model_file, registry_names[s->base_model], error)) {
    point_at_starter (model, error);
    return FALSE;
  }
  gst_tfc_model_set_labels (model, s->label_file);
  return TRUE;
}

/* Labels and anchors may also come from files beside the model. */
static gchar *
make_key (const GstTfcModel *model, const gchar *anchors)
{
  GString *key = gst_tfc_model_key (model, "ssd");

  gst_tfc_model_key_add (key, anchors);
  gst_tfc_model_key_add_beside (key, model->files[0].path);
  return g_string_free (key, FALSE);
}

static TfcSsd *
open_ssd (const GstTfcModel *model, const gchar *anchors, GError **error)
{
  const TfcSsdFiles files = {model->files[0].path, model->files[0].label_path, anchors};
  TfcSsd *ssd = tfc_ssd_open_files (&files, &model->options, error);

  if (ssd && (!gst_tfc_model_verify (model, error) ||
              (!model->config->first && !tfc_ssd_warm_up (ssd, error))))
    g_clear_pointer (&ssd, tfc_ssd_close);
  return ssd;
}

/* Once a model, while it is opened. */
static void
warn_if_slow (const GstTfcModel *model)
{
  const gchar *op;
  const gdouble share = tfc_model_slow_share (tfc_ssd_model (model->network), &op);
  if (share > SLOW_SHARE)
    GST_WARNING (
        "%s: about %.0f %% of its time goes to operations without a fast kernel, most of it to %s",
        model->name, 100 * share, op);
}

gboolean
gst_tfc_detect_open_model (GstTfcModel *model, GError **error)
{
  const gchar *anchors =
      gst_tfc_given (((const GstTfcDetectSettings *)model->config->settings)->anchors);
  g_autofree gchar *key = NULL;

  if (!find_files (model, error))
    return FALSE;
  model->name = g_strdup (model->files[0].name);
  model->source = g_intern_string (model->name);
  key = make_key (model, anchors);
  if (gst_tfc_model_enter (model, key))
    gst_tfc_model_leave (model, open_ssd (model, anchors, error), (GDestroyNotify)tfc_ssd_close);
  if (!model->network)
    return FALSE;
  model->labels = tfc_ssd_labels (model->network);
  model->threads = tfc_model_threads (tfc_ssd_model (model->network));
  model->bytes = tfc_model_bytes (tfc_ssd_model (model->network));
  if (tfc_ssd_note (model->network))
    GST_WARNING ("%s: %s", model->name, tfc_ssd_note (model->network));
  warn_if_slow (model);
  GST_INFO ("opened %s: %u classes", model->name, tfc_labels_n (model->labels));
  return TRUE;
}
