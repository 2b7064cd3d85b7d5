/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gst/modelcache/gsttfcmodel.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/util/gsttfcenums.h"
#include "gst/util/gsttfcerror.h"

#define GST_CAT_DEFAULT gst_tfc_analyzer_debug

void
gst_tfc_request_clear (const GstTfcModelVTable *vtable, GstTfcRequest *request)
{
  g_free (request->model_path);
  vtable->free_choice (request->choice);
  gst_tfc_model_cache_unref (request->engines);
  memset (request, 0, sizeof *request);
}

const gchar *
gst_tfc_backend_name (gint backend)
{
  GEnumClass *names = g_type_class_ref (GST_TFC_TYPE_BACKEND);
  GEnumValue *value = g_enum_get_value (names, backend);
  const gchar *name = value ? value->value_nick : "?"; /* a static string */

  g_type_class_unref (names);
  return name;
}

GstTfcModel *
gst_tfc_model_open (const GstTfcModelVTable *vtable, GstTfcRequest *request, GError **error)
{
  GstTfcModel *engine = g_new0 (GstTfcModel, 1);
  TfcModelOptions options = {.backend = gst_tfc_backend_name (request->backend)};
  gboolean opened;

  engine->request = *request;
  memset (request, 0, sizeof *request);
  options.pool = tfc_pool_get (engine->request.threads);
  opened = vtable->open (engine, &options, error);
  tfc_pool_unref (options.pool);
  if (opened && gst_tfc_shared_model_users (engine->shared) > 1)
    GST_INFO ("shared: %s, by %u streams", engine->network, gst_tfc_shared_model_users (engine->shared));
  if (opened)
    return engine;
  gst_tfc_model_close (vtable, engine);
  return NULL;
}

gboolean
gst_tfc_model_verify_files (const TfcModelFiles *files, guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    GError *wrong = NULL;
    if (tfc_model_files_verify (&files[i], &wrong))
      continue;
    g_clear_error (error);
    g_propagate_error (error, wrong);
    return FALSE;
  }
  return TRUE;
}

void
gst_tfc_model_close (const GstTfcModelVTable *vtable, GstTfcModel *engine)
{
  if (!engine)
    return;
  vtable->close (engine->impl);
  if (engine->shared && gst_tfc_shared_model_users (engine->shared) == 1)
    GST_INFO ("closed: %s", engine->network);
  gst_tfc_shared_model_close (engine->shared, engine->number);
  gst_tfc_request_clear (vtable, &engine->request);
  g_free (engine->network);
  g_free (engine);
}
