/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/facemesh/gsttfcfacemesh-private.h"

/* The properties' enums are the pipeline's. */
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_SHORT_RANGE == TFC_DETECTOR_SHORT_RANGE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_FULL_RANGE == TFC_DETECTOR_FULL_RANGE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE == TFC_DETECTOR_FULL_RANGE_SPARSE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_BACK == TFC_DETECTOR_BACK);
G_STATIC_ASSERT ((int)GST_TFC_MESH_MODEL_PLAIN == TFC_MESH_PLAIN);
G_STATIC_ASSERT ((int)GST_TFC_MESH_MODEL_ATTENTION == TFC_MESH_ATTENTION);

/* The attention mesh brings its own. */
static gboolean
needs_iris_network (const GstTfcFaceMeshSettings *s)
{
  return s->options.predict_irises && s->mesh_model == TFC_MESH_PLAIN;
}

GstTfcConfig *
gst_tfc_face_mesh_dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config =
      GST_TFC_ANALYZER_CLASS (g_type_class_peek (GST_TYPE_TFC_ANALYZER))->dup_config (analyzer);
  const GstTfcFaceMeshSettings *s = config->settings;

  config->name =
      g_strjoin (" + ", tfc_face_detector_name (s->detector), tfc_face_mesh_name (s->mesh_model),
                 needs_iris_network (s) ? tfc_face_iris_name () : NULL, NULL);
  return config;
}

static TfcFacePipeline *
open_faces (const GstTfcModel *model, GError **error)
{
  const GstTfcFaceMeshSettings *s = model->config->settings;
  const TfcFaceConfig config = {.detector = s->detector,
                                .mesh = s->mesh_model,
                                .detector_path = model->files[0].path,
                                .mesh_path = model->files[1].path,
                                .iris_path = model->files[2].path,
                                .model = model->options};
  TfcFacePipeline *faces = tfc_face_open (&config, error);

  if (faces && (!gst_tfc_model_verify (model, error) ||
                (!model->config->first && !tfc_face_warm_up (faces, error))))
    g_clear_pointer (&faces, tfc_face_close);
  return faces;
}

gboolean
gst_tfc_face_mesh_open_model (GstTfcModel *model, GError **error)
{
  const GstTfcFaceMeshSettings *s = model->config->settings;
  g_autofree gchar *kind = g_strdup_printf ("face %d %d", (gint)s->detector, (gint)s->mesh_model);
  GString *key;

  if (!gst_tfc_model_find (model, tfc_face_detector_name (s->detector), error) ||
      !gst_tfc_model_find (model, tfc_face_mesh_name (s->mesh_model), error) ||
      (needs_iris_network (s) && !gst_tfc_model_find (model, tfc_face_iris_name (), error)))
    return FALSE;
  model->name = g_strdup (model->config->name);
  model->source = g_intern_static_string (tfc_face_mesh_name (s->mesh_model));
  key = gst_tfc_model_key (model, kind);
  if (gst_tfc_model_enter (model, key->str))
    gst_tfc_model_leave (model, open_faces (model, error), (GDestroyNotify)tfc_face_close);
  g_string_free (key, TRUE);
  if (!model->network)
    return FALSE;
  model->threads = tfc_face_threads (model->network);
  model->bytes = tfc_face_bytes (model->network);
  GST_INFO ("opened %s: %s", model->name,
            tfc_face_has_irises (model->network) ? "with irises" : "without irises");
  return TRUE;
}
