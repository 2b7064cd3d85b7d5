/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <glib/gstdio.h>
#include "gst/modelcache/gsttfcmodelcache.h"
#include "gst/util/gsttfcdebug.h"
#include "models/files/beside.h"

#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

const gchar *
gst_tfc_backend_name (GstTfcBackend backend)
{
  GEnumClass *names = g_type_class_ref (GST_TYPE_TFC_BACKEND);
  GEnumValue *value = g_enum_get_value (names, (gint)backend);
  const gchar *name = value ? value->value_nick : "?"; /* a static string */

  g_type_class_unref (names);
  return name;
}

void
gst_tfc_config_free (GstTfcConfig *config)
{
  if (!config)
    return;
  gst_tfc_properties_clear (config->table, config->settings);
  g_free (config->settings);
  g_clear_pointer (&config->load.model_path, g_ref_string_release);
  gst_tfc_model_cache_unref (config->cache);
  g_free (config->name);
  g_free (config);
}

/* ---- references ---- */

GstTfcModel *
gst_tfc_model_new (GstTfcConfig *config)
{
  GstTfcModel *model = g_new0 (GstTfcModel, 1);

  model->refs = 1;
  model->config = config;
  model->options.backend = gst_tfc_backend_name (config->load.backend);
  model->options.pool = tfc_pool_get (config->load.threads);
  return model;
}

GstTfcModel *
gst_tfc_model_ref (GstTfcModel *model)
{
  g_atomic_int_inc (&model->refs);
  return model;
}

static void
stop_opening (GstTfcModel *model)
{
  for (guint i = 0; i < model->n_files; i++)
    tfc_model_files_clear (&model->files[i]);
  model->n_files = 0;
  tfc_pool_unref (model->options.pool);
  model->options = (TfcModelOptions){NULL};
}

void
gst_tfc_model_unref (GstTfcModel *model)
{
  if (!model || !g_atomic_int_dec_and_test (&model->refs))
    return;
  stop_opening (model);
  if (gst_tfc_model_streams (model) == 1)
    GST_INFO ("closed: %s", model->name);
  gst_tfc_model_release_shared (model);
  gst_tfc_config_free (model->config);
  g_free (model->name);
  g_free (model);
}

/* ---- opening ---- */

gboolean
gst_tfc_model_find (GstTfcModel *model, const gchar *name, GError **error)
{
  g_return_val_if_fail (model->n_files < GST_TFC_MODEL_FILES, FALSE);
  if (!tfc_registry_resolve (name, model->config->load.model_path, &model->files[model->n_files],
                             error))
    return FALSE;
  model->n_files++;
  return TRUE;
}

gboolean
gst_tfc_model_find_own (GstTfcModel *model, const gchar *file, const gchar *name, GError **error)
{
  TfcModelFiles *files;

  g_return_val_if_fail (model->n_files < GST_TFC_MODEL_FILES, FALSE);
  if (!gst_tfc_given (file))
    return gst_tfc_model_find (model, name, error);
  files = &model->files[model->n_files++];
  files->path = g_strdup (file);
  files->name = g_path_get_basename (file);
  return TRUE;
}

void
gst_tfc_model_set_labels (GstTfcModel *model, const gchar *file)
{
  if (!gst_tfc_given (file))
    return;
  g_free (model->files[0].label_path);
  model->files[0].label_path = g_strdup (file);
}

gboolean
gst_tfc_model_verify (const GstTfcModel *model, GError **error)
{
  for (guint i = 0; i < model->n_files; i++) {
    GError *wrong = NULL;
    if (tfc_model_files_verify (&model->files[i], &wrong))
      continue;
    g_clear_error (error);
    g_propagate_error (error, wrong);
    return FALSE;
  }
  return TRUE;
}

gboolean
gst_tfc_model_finish_opening (GstTfcModel *model, gboolean opened, GError **error)
{
  opened = gst_tfc_model_verify (model, error) && opened;
  stop_opening (model);
  if (opened && gst_tfc_model_streams (model) > 1)
    GST_INFO ("shared: %s, by %u streams", model->name, gst_tfc_model_streams (model));
  return opened;
}

/* ---- keys ---- */

GString *
gst_tfc_model_key (const GstTfcModel *model, const gchar *kind)
{
  GString *key = g_string_new (NULL);

  g_string_printf (key, "%s %s %u", kind, model->options.backend,
                   tfc_pool_threads (model->options.pool));
  for (guint i = 0; i < GST_TFC_MODEL_FILES; i++) {
    gst_tfc_model_key_add (key, model->files[i].path);
    gst_tfc_model_key_add (key, model->files[i].label_path);
  }
  return key;
}

void
gst_tfc_model_key_add_beside (GString *key, const gchar *path)
{
  g_auto (GStrv) beside = tfc_beside_paths (path);

  for (guint i = 0; beside[i]; i++)
    gst_tfc_model_key_add (key, beside[i]);
}

void
gst_tfc_model_key_add (GString *key, const gchar *path)
{
  GStatBuf s;

  if (!path || g_stat (path, &s) != 0)
    g_string_append_printf (key, " %s", path ? path : "");
  else
    g_string_append_printf (key,
                            " %" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT
                            ":%" G_GINT64_FORMAT ".%ld",
                            (guint64)s.st_dev, (guint64)s.st_ino, (guint64)s.st_size,
                            (gint64)s.st_mtim.tv_sec, (long)s.st_mtim.tv_nsec);
}
