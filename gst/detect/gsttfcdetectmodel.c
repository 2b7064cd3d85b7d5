/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include "gst/detect/gsttfcdetectmodel.h"
#include "gst/util/gsttfcdebug.h"
#include "gst/lib/gsttfcenums.h"
#include "models/registry/registry.h"

#define GST_CAT_DEFAULT gst_tfc_detect_debug

// clang-format off
static const gchar *const store_names[] = {
  [GST_TFC_BASE_MODEL_LITE_MOBILENET_V2]  = "coco-ssd/lite_mobilenet_v2",
  [GST_TFC_BASE_MODEL_MOBILENET_V1]       = "coco-ssd/mobilenet_v1",
  [GST_TFC_BASE_MODEL_MOBILENET_V2]       = "coco-ssd/mobilenet_v2",
  [GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT] = "coco-ssd/mobilenet_v1_quant",
};
// clang-format on

GstTfcDetectConfig *
gst_tfc_detect_config_copy (const GstTfcDetectConfig *choice)
{
  GstTfcDetectConfig *copy = g_new (GstTfcDetectConfig, 1);

  *copy = (GstTfcDetectConfig){choice->base_model, g_strdup (choice->model_file),
                               g_strdup (choice->label_file), g_strdup (choice->anchors)};
  return copy;
}

void
gst_tfc_detect_config_clear (GstTfcDetectConfig *choice)
{
  g_free (choice->model_file);
  g_free (choice->label_file);
  g_free (choice->anchors);
  *choice = (GstTfcDetectConfig){0};
}

static void
free_choice (gpointer choice)
{
  if (choice)
    gst_tfc_detect_config_clear (choice);
  g_free (choice);
}

static gboolean
given (const gchar *text)
{
  return text && *text;
}

static gchar *
describe (gpointer data)
{
  const GstTfcDetectConfig *choice = data;

  return given (choice->model_file) ? g_strdup (choice->model_file)
                                    : g_strdup (store_names[choice->base_model]);
}

/* Where a base model's file is missing but the small one's is there, a stranger is one word away.
 */
static void
point_at_starter (const GstTfcRequest *request, GError **error)
{
  TfcModelFiles starter = {NULL};
  gchar *message;

  if (!g_error_matches (*error, TFC_ERROR, TFC_ERROR_NOT_FOUND) ||
      !tfc_registry_find (store_names[GST_TFC_BASE_MODEL_MOBILENET_V1_QUANT], request->model_path,
                       &starter, NULL))
    return;
  tfc_model_files_clear (&starter);
  message = g_strdup_printf ("%s (the starter model is there: base-model=mobilenet-v1-quant)",
                             (*error)->message);
  g_free ((*error)->message);
  (*error)->message = message;
}

/* The files that the choice means; label_path may be NULL. */
static gboolean
locate (const GstTfcRequest *request, TfcModelFiles *stored, GError **error)
{
  const GstTfcDetectConfig *choice = request->choice;

  if (given (choice->model_file)) {
    stored->path = g_strdup (choice->model_file);
    stored->name = g_path_get_basename (choice->model_file);
  } else if (!tfc_registry_resolve (store_names[choice->base_model], request->model_path, stored,
                               error)) {
    point_at_starter (request, error);
    return FALSE;
  }
  if (given (choice->label_file)) {
    g_free (stored->label_path);
    stored->label_path = g_strdup (choice->label_file);
  }
  return TRUE;
}

/* One run on a black picture: what is only done at the first run is done now. */
static gboolean
warm_up (TfcSsd *ssd, GError **error)
{
  guint8 pixels[16 * 16 * 3] = {0};
  TfcFrame frame = tfc_frame_rgb (pixels, 16, 16);
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[20];
  TfcSsdTimes times;

  return tfc_ssd_run (ssd, &frame, &options, out, G_N_ELEMENTS (out), &times, error) >= 0;
}

typedef struct {
  const TfcModelFiles *files;
  const gchar *anchors; /* or NULL */
  const TfcModelOptions *options;
  gboolean warm_up;
} Opening;

static gpointer
open_network (gpointer data, GError **error)
{
  const Opening *o = data;
  const TfcSsdFiles files = {o->files->path, o->files->label_path, o->anchors};
  TfcSsd *ssd = tfc_ssd_open_files (&files, o->options, error);

  if (ssd && (!gst_tfc_model_verify_files (o->files, 1, error) || (o->warm_up && !warm_up (ssd, error))))
    g_clear_pointer (&ssd, tfc_ssd_close);
  return ssd;
}

static void
close_network (gpointer ssd)
{
  tfc_ssd_close (ssd);
}

/* What the network of these files depends on, so that equal keys are equal networks. */
static gchar *
network_key (const TfcModelFiles *files, const gchar *anchors, const TfcModelOptions *options)
{
  GString *key = g_string_new (NULL);
  g_auto (GStrv) beside = tfc_ssd_beside (files->path);
  const gchar *const named[] = {files->path, files->label_path, anchors};

  g_string_append_printf (key, "ssd %s %u", options->backend, tfc_pool_threads (options->pool));
  for (guint i = 0; i < G_N_ELEMENTS (named); i++) {
    g_autofree gchar *identity = gst_tfc_file_identity (named[i]);
    g_string_append_printf (key, " %s", identity);
  }
  for (guint i = 0; beside[i]; i++) {
    g_autofree gchar *identity = gst_tfc_file_identity (beside[i]);
    g_string_append_printf (key, " %s", identity);
  }
  return g_string_free (key, FALSE);
}

/* The network of these files: another element's, or one that is opened now. */
static GstTfcSharedModel *
find_network (GstTfcModel *engine, const TfcModelFiles *files, const TfcModelOptions *options,
              GError **error)
{
  const GstTfcDetectConfig *choice = engine->request.choice;
  const gchar *anchors = given (choice->anchors) ? choice->anchors : NULL;
  g_autofree gchar *key = network_key (files, anchors, options);
  Opening opening = {files, anchors, options, !engine->request.first};

  return gst_tfc_shared_model_open (engine->request.engines, key, open_network, &opening, close_network,
                               &engine->number, error);
}

static gboolean
open_ssd (GstTfcModel *engine, const TfcModelOptions *options, GError **error)
{
  GstTfcDetectModel *impl = engine->impl = g_new0 (GstTfcDetectModel, 1);
  TfcModelFiles stored = {NULL};
  GError *why = NULL;

  if (!locate (&engine->request, &stored, error))
    return FALSE;
  engine->network = g_strdup (stored.name);
  impl->model = g_intern_string (stored.name);
  engine->shared = impl->network = find_network (engine, &stored, options, &why);
  if (!gst_tfc_model_verify_files (&stored, 1, &why) || !impl->network) {
    g_propagate_error (error, why);
    tfc_model_files_clear (&stored);
    return FALSE;
  }
  tfc_model_files_clear (&stored);
  impl->ssd = gst_tfc_shared_model_get (impl->network);
  engine->threads = tfc_model_threads (tfc_ssd_model (impl->ssd));
  engine->bytes = tfc_model_bytes (tfc_ssd_model (impl->ssd));
  if (tfc_ssd_note (impl->ssd))
    GST_WARNING ("%s: %s", engine->network, tfc_ssd_note (impl->ssd));
  GST_INFO ("opened %s: %u classes", engine->network, tfc_labels_n (tfc_ssd_labels (impl->ssd)));
  return TRUE;
}

static void
close_ssd (gpointer data)
{
  GstTfcDetectModel *impl = data;

  if (!impl)
    return;
  g_clear_pointer (&impl->filter, g_bytes_unref);
  g_free (impl);
}

const GstTfcModelVTable gst_tfc_detect_model = {open_ssd, close_ssd, describe, free_choice};
