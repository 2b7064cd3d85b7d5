/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gst/facemesh/gsttfcfacemeshmodel.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/lib/gsttfcenums.h"
#include "models/registry/registry.h"

#define GST_CAT_DEFAULT gst_tfc_face_mesh_debug

G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_SHORT_RANGE == TFC_DETECTOR_SHORT_RANGE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_FULL_RANGE == TFC_DETECTOR_FULL_RANGE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_FULL_RANGE_SPARSE == TFC_DETECTOR_FULL_RANGE_SPARSE);
G_STATIC_ASSERT ((int)GST_TFC_FACE_DETECTOR_BACK == TFC_DETECTOR_BACK);
G_STATIC_ASSERT ((int)GST_TFC_MESH_MODEL_PLAIN == TFC_MESH_PLAIN);
G_STATIC_ASSERT ((int)GST_TFC_MESH_MODEL_ATTENTION == TFC_MESH_ATTENTION);

static gchar *
describe (gpointer data)
{
  const GstTfcFaceMeshConfig *choice = data;
  const gboolean iris = choice->irises && choice->mesh == GST_TFC_MESH_MODEL_PLAIN;

  return g_strjoin (" + ", tfc_face_detector_name (choice->detector),
                    tfc_face_mesh_name (choice->mesh), iris ? tfc_face_iris_name () : NULL, NULL);
}

static gboolean
find (const GstTfcRequest *request, const gchar *name, TfcModelFiles *stored, GError **error)
{
  return tfc_registry_resolve (name, request->model_path, stored, error);
}

typedef struct {
  const TfcFaceConfig *config;
  const TfcModelFiles *files; /* FILES */
  gboolean warm_up;
} Opening;

enum { DETECTOR, MESH, IRIS, FILES };

static gpointer
open_network (gpointer data, GError **error)
{
  const Opening *o = data;
  TfcFacePipeline *chain = tfc_face_open (o->config, error);

  if (chain && (!gst_tfc_model_verify_files (o->files, FILES, error) ||
                (o->warm_up && !tfc_face_warm_up (chain, error))))
    g_clear_pointer (&chain, tfc_face_close);
  return chain;
}

static void
close_network (gpointer chain)
{
  tfc_face_close (chain);
}

/* The networks of these files: another element's, or some that are opened now. */
static GstTfcSharedModel *
find_network (GstTfcModel *engine, const TfcFaceConfig *config, const TfcModelFiles *files,
              GError **error)
{
  g_autofree gchar *detector = gst_tfc_file_identity (config->detector_path);
  g_autofree gchar *mesh = gst_tfc_file_identity (config->mesh_path);
  g_autofree gchar *iris = gst_tfc_file_identity (config->iris_path);
  g_autofree gchar *key = g_strdup_printf ("face %s %u %d %s %d %s %s", config->model.backend,
                                           tfc_pool_threads (config->model.pool), config->detector,
                                           detector, config->mesh, mesh, iris);
  Opening opening = {config, files, !engine->request.first};

  return gst_tfc_shared_model_open (engine->request.engines, key, open_network, &opening, close_network,
                               &engine->number, error);
}

static gboolean
open_chain (GstTfcModel *engine, const TfcModelOptions *options, GError **error)
{
  const GstTfcFaceMeshConfig *choice = engine->request.choice;
  GstTfcFaceMeshModel *impl = engine->impl = g_new0 (GstTfcFaceMeshModel, 1);
  const gboolean with_iris = choice->irises && choice->mesh == GST_TFC_MESH_MODEL_PLAIN;
  TfcModelFiles files[FILES] = {{NULL}};
  GError *why = NULL;

  engine->network = describe (engine->request.choice);
  impl->model = g_intern_static_string (tfc_face_mesh_name (choice->mesh));
  if (find (&engine->request, tfc_face_detector_name (choice->detector), &files[DETECTOR], &why) &&
      find (&engine->request, tfc_face_mesh_name (choice->mesh), &files[MESH], &why) &&
      (!with_iris || find (&engine->request, tfc_face_iris_name (), &files[IRIS], &why))) {
    TfcFaceConfig config = {.detector = choice->detector,
                            .mesh = choice->mesh,
                            .detector_path = files[DETECTOR].path,
                            .mesh_path = files[MESH].path,
                            .iris_path = files[IRIS].path,
                            .model = *options};
    engine->shared = impl->network = find_network (engine, &config, files, &why);
  }
  const gboolean right = gst_tfc_model_verify_files (files, FILES, &why);
  for (guint i = 0; i < FILES; i++)
    tfc_model_files_clear (&files[i]);
  if (!right || !impl->network) {
    g_propagate_error (error, why);
    return FALSE;
  }
  impl->chain = gst_tfc_shared_model_get (impl->network);
  engine->threads = tfc_face_threads (impl->chain);
  engine->bytes = tfc_face_bytes (impl->chain);
  GST_INFO ("opened %s: %s", engine->network,
            tfc_face_has_irises (impl->chain) ? "with irises" : "without irises");
  return TRUE;
}

const GstTfcModelVTable gst_tfc_face_mesh_model = {open_chain, g_free, describe, g_free};
