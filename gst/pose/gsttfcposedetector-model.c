/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/pose/gsttfcposedetector-private.h"

/* The property's enum is the pipeline's. */
G_STATIC_ASSERT ((int)GST_TFC_POSE_TRACKER_BOUNDING_BOX == TFC_POSE_TRACKER_BOUNDING_BOX);
G_STATIC_ASSERT ((int)GST_TFC_POSE_TRACKER_KEYPOINT == TFC_POSE_TRACKER_KEYPOINT);

#define FINER_STRIDE 8

/* The registry's name of the network that the settings mean. */
static const gchar *
network_name (const GstTfcPoseSettings *s)
{
  const TfcPoseModel *known = tfc_pose_model_nth (s->model);

  return known->finer && s->output_stride == FINER_STRIDE ? known->finer : known->name;
}

GstTfcConfig *
gst_tfc_pose_detector_dup_config (GstTfcAnalyzer *analyzer)
{
  GstTfcConfig *config =
      GST_TFC_ANALYZER_CLASS (g_type_class_peek (GST_TYPE_TFC_ANALYZER))->dup_config (analyzer);
  const GstTfcPoseSettings *s = config->settings;

  config->name = g_strdup (gst_tfc_given (s->model_file) ? s->model_file : network_name (s));
  return config;
}

/* The network's file, then its detector's if it has one. */
static gboolean
find_files (GstTfcModel *model, GError **error)
{
  const GstTfcPoseSettings *s = model->config->settings;
  const gchar *detector =
      tfc_pose_model_detector (tfc_pose_model_nth (s->model), gst_tfc_given (s->model_file));

  return gst_tfc_model_find_own (model, s->model_file, network_name (s), error) &&
         (!detector || gst_tfc_model_find (model, detector, error));
}

static TfcPosePipeline *
open_poses (const GstTfcModel *model, GError **error)
{
  const GstTfcPoseSettings *s = model->config->settings;
  const TfcPoseConfig config = {.kind = tfc_pose_model_nth (s->model)->kind,
                                .path = model->files[0].path,
                                .detector_path = model->files[1].path,
                                .internal_size = s->internal_size,
                                .model = model->options};
  TfcPosePipeline *poses = tfc_pose_open (&config, error);

  if (poses && (!gst_tfc_model_verify (model, error) ||
                (!model->config->first && !tfc_pose_warm_up (poses, error))))
    g_clear_pointer (&poses, tfc_pose_close);
  return poses;
}

gboolean
gst_tfc_pose_detector_open_model (GstTfcModel *model, GError **error)
{
  const GstTfcPoseSettings *s = model->config->settings;
  g_autofree gchar *kind =
      g_strdup_printf ("pose %d %u", (gint)tfc_pose_model_nth (s->model)->kind, s->internal_size);
  GString *key;

  if (!find_files (model, error))
    return FALSE;
  model->name = g_strdup (model->files[0].name);
  model->source = g_intern_string (model->name);
  key = gst_tfc_model_key (model, kind);
  if (gst_tfc_model_enter (model, key->str))
    gst_tfc_model_leave (model, open_poses (model, error), (GDestroyNotify)tfc_pose_close);
  g_string_free (key, TRUE);
  if (!model->network)
    return FALSE;
  if (s->options.mask && !tfc_pose_has_mask (model->network)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "%s: has no mask; mask=true needs a BlazePose model, as model=blazepose-lite is",
                 model->name);
    return FALSE;
  }
  model->threads = tfc_pose_threads (model->network);
  model->bytes = tfc_pose_bytes (model->network);
  GST_INFO ("opened %s", model->name);
  return TRUE;
}
