/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/segment/gsttfcsegment-private.h"

/* The properties' enums are the pipeline's. */
G_STATIC_ASSERT ((int)GST_TFC_INTERNAL_RESOLUTION_LOW == TFC_RESOLUTION_LOW);
G_STATIC_ASSERT ((int)GST_TFC_INTERNAL_RESOLUTION_FULL == TFC_RESOLUTION_FULL);

// clang-format off
static const gchar *const registry_names[] = {
  [GST_TFC_SEGMENT_MODEL_SELFIE]              = "segment/selfie",
  [GST_TFC_SEGMENT_MODEL_SELFIE_LANDSCAPE]    = "segment/selfie_landscape",
  [GST_TFC_SEGMENT_MODEL_BODY_PIX_050]        = "segment/body_pix_050",
  [GST_TFC_SEGMENT_MODEL_BODY_PIX_050_QUANT1] = "segment/body_pix_050_quant1",
  [GST_TFC_SEGMENT_MODEL_BODY_PIX_075]        = "segment/body_pix_075",
  [GST_TFC_SEGMENT_MODEL_BODY_PIX_075_QUANT1] = "segment/body_pix_075_quant1",
  [GST_TFC_SEGMENT_MODEL_BODY_PIX_100]        = "segment/body_pix_100",
};
// clang-format on

GstTfcConfig *
gst_tfc_segment_dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config =
      GST_TFC_ANALYZER_CLASS (g_type_class_peek (GST_TYPE_TFC_ANALYZER))->dup_config (analyzer);
  const GstTfcSegmentSettings *s = config->settings;

  config->name =
      g_strdup (gst_tfc_given (s->model_file) ? s->model_file : registry_names[s->model]);
  return config;
}

static TfcSegmentPipeline *
open_pipeline (const GstTfcModel *model, GError **error)
{
  TfcSegmentPipeline *p = tfc_segment_open (model->files[0].path, &model->options, error);

  if (p && (!gst_tfc_model_verify (model, error) ||
            (!model->config->first && !tfc_segment_warm_up (p, error))))
    g_clear_pointer (&p, tfc_segment_close);
  return p;
}

gboolean
gst_tfc_segment_open_model (GstTfcModel *model, GError **error)
{
  const GstTfcSegmentSettings *s = model->config->settings;
  GString *key;

  if (!gst_tfc_model_find_own (model, s->model_file, registry_names[s->model], error))
    return FALSE;
  model->name = g_strdup (model->files[0].name);
  model->source = g_intern_string (model->name);
  key = gst_tfc_model_key (model, "segment");
  if (gst_tfc_model_enter (model, key->str))
    gst_tfc_model_leave (model, open_pipeline (model, error), (GDestroyNotify)tfc_segment_close);
  g_string_free (key, TRUE);
  if (!model->network)
    return FALSE;
  if (s->options.output != TFC_MASK_PERSON && !tfc_segment_has_parts (model->network)) {
    g_set_error (
        error, TFC_ERROR, TFC_ERROR_SETTINGS,
        "%s: tells no parts and no people apart; output=parts and output=people need a BodyPix "
        "model, as model=body-pix-050 is",
        model->name);
    return FALSE;
  }
  model->threads = tfc_model_threads (tfc_segment_model (model->network));
  model->bytes = tfc_model_bytes (tfc_segment_model (model->network));
  GST_INFO ("opened %s: %s", model->name,
            tfc_segment_has_parts (model->network) ? "parts and people, too" : "persons");
  return TRUE;
}
