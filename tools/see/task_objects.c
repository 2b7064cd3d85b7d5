/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/ssd.h"
#include "tools/common/json.h"
#include "tools/see/see.h"

#define TEXT(number) G_STRINGIFY (number)

static struct {
  gchar *base_model, *anchors;
  gint max_detections;
} arg = {.max_detections = TFC_SSD_DEFAULT_MAX_DETECTIONS};

// clang-format off
static const GOptionEntry entries[] = {
  {"base-model", 0, 0, G_OPTION_ARG_STRING, &arg.base_model, "Objects: lite_mobilenet_v2 (default), mobilenet_v1, mobilenet_v2, mobilenet_v1_quant, nanodet, ssd_mobilenet_v2_oid; the same as --model", "M"},
  {"anchors", 0, 0, G_OPTION_ARG_FILENAME, &arg.anchors, "Objects: anchors of a --model-file without a post-process op: its pipeline.config, or four numbers a line", "F"},
  {"max-detections", 0, 0, G_OPTION_ARG_INT, &arg.max_detections, "Objects: the same as --max, 1.." TEXT (TFC_MAX_DETECTIONS) " (" TEXT (TFC_SSD_DEFAULT_MAX_DETECTIONS) ")", "N"},
  {NULL}
};
// clang-format on

typedef struct {
  TfcSsd *ssd;
  gint n;
  TfcDetection detections[TFC_MAX_DETECTIONS];
  const gchar *names[TFC_MAX_DETECTIONS];
} Objects;

static gint
most (const TfcSeeOptions *options)
{
  return options->max ? options->max : arg.max_detections;
}

static const gchar *
check (const TfcSeeOptions *options)
{
  if ((arg.base_model || options->model) && options->model_file)
    return "--base-model and --model-file exclude each other";
  if (most (options) < 1 || most (options) > TFC_MAX_DETECTIONS)
    return "--max-detections must be 1.." TEXT (TFC_MAX_DETECTIONS);
  return NULL;
}

static void
objects_close (gpointer task)
{
  Objects *o = task;
  tfc_ssd_close (o->ssd);
  g_free (o);
}

static gpointer
objects_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
              GError **error)
{
  const gchar *known = options->model ? options->model : arg.base_model;
  TfcModelFiles found = {0};
  TfcSsdFiles files = {options->model_file, options->label_file, arg.anchors};
  Objects *o = g_new0 (Objects, 1);
  if (!files.path && tfc_see_find (options, known ? known : "lite_mobilenet_v2", &found, error)) {
    files.path = found.path;
    files.label_path = files.label_path ? files.label_path : found.label_path;
  }
  if (files.path)
    o->ssd = tfc_ssd_open_files (&files, model, error);
  if (o->ssd && tfc_ssd_note (o->ssd))
    g_printerr ("tfc-see: %s: %s\n", files.path, tfc_ssd_note (o->ssd));
  *name = g_strdup (found.name ? found.name : options->model_file);
  tfc_model_files_clear (&found);
  if (!o->ssd)
    g_clear_pointer (&o, objects_close);
  return o;
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Objects *o = task;
  TfcSsdOptions ssd = TFC_SSD_DEFAULTS;
  ssd.max_detections = most (options);
  if (options->score_threshold >= 0)
    ssd.score_threshold = options->score_threshold;
  if (options->iou_threshold >= 0)
    ssd.iou_threshold = options->iou_threshold;
  o->n = tfc_ssd_run (o->ssd, frame, &ssd, o->detections, TFC_MAX_DETECTIONS, NULL, error);
  for (gint i = 0; i < o->n; i++)
    o->names[i] = tfc_labels_name (tfc_ssd_labels (o->ssd), o->detections[i].class_id);
  return o->n >= 0;
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Objects *o = task;
  cJSON *list = cJSON_AddArrayToObject (to, "detections");
  for (gint i = 0; i < o->n; i++) {
    const TfcDetection *d = &o->detections[i];
    cJSON *one = cJSON_CreateObject ();
    tfc_json_text (one, "label", o->names[i]);
    cJSON_AddNumberToObject (one, "class_id", d->class_id);
    cJSON_AddNumberToObject (one, "score", d->score);
    tfc_see_json_box (one, &d->box, frame);
    tfc_see_json_track (one, &d->track);
    cJSON_AddItemToArray (list, one);
  }
  cJSON_AddArrayToObject (to, "faces"); /* both are always there */
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  const Objects *o = task;
  annotations->n_detections = o->n;
  annotations->detections = o->detections;
  annotations->names = o->names;
}

const TfcSeeTask tfc_see_objects = {"objects", entries, check,    objects_open,
                                    run,       json,    annotate, objects_close};
