/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/face_pipeline.h"
#include "tools/see/see.h"

#define TEXT(number) G_STRINGIFY (number)

static struct {
  gchar *detector, *mesh_model;
  gint max_faces;
  gdouble detection_confidence;
  gboolean no_irises;
} arg = {.max_faces = TFC_FACE_DEFAULT_MAX_FACES,
         .detection_confidence = TFC_FACE_DEFAULT_DETECTION_CONFIDENCE};

// clang-format off
static const GOptionEntry entries[] = {
  {"max-faces", 0, 0, G_OPTION_ARG_INT, &arg.max_faces, "Faces: the same as --max, 1.." TEXT (TFC_MAX_FACES) " (" TEXT (TFC_FACE_DEFAULT_MAX_FACES) ")", "N"},
  {"detector", 0, 0, G_OPTION_ARG_STRING, &arg.detector, "Faces: short-range (default), full-range, full-range-sparse, back", "D"},
  {"mesh-model", 0, 0, G_OPTION_ARG_STRING, &arg.mesh_model, "Faces: plain (default), attention; the same as --model", "M"},
  {"detection-confidence", 0, 0, G_OPTION_ARG_DOUBLE, &arg.detection_confidence, "Faces: mesh presence below which a face is dropped (" TEXT (TFC_FACE_DEFAULT_DETECTION_CONFIDENCE) ")", "S"},
  {"no-irises", 0, 0, G_OPTION_ARG_NONE, &arg.no_irises, "Faces: leave the iris network out", NULL},
  {NULL}
};
// clang-format on

static const gchar *const detectors[] = {"short-range", "full-range", "full-range-sparse", "back",
                                         NULL};
static const gchar *const meshes[] = {"plain", "attention", NULL};

typedef struct {
  TfcFacePipeline *pipeline;
  gint n;
  TfcFace faces[TFC_MAX_FACES];
  const TfcFace *list[TFC_MAX_FACES];
} Faces;

static gint
most (const TfcSeeOptions *options)
{
  return options->max ? options->max : arg.max_faces;
}

static gint
mesh_of (const TfcSeeOptions *options)
{
  return tfc_see_index (meshes, options->model ? options->model : arg.mesh_model);
}

static const gchar *
check (const TfcSeeOptions *options)
{
  if (most (options) < 1 || most (options) > TFC_MAX_FACES)
    return "--max-faces must be 1.." TEXT (TFC_MAX_FACES);
  if (arg.detection_confidence > 1)
    return "thresholds must be 0..1";
  if (tfc_see_index (detectors, arg.detector) < 0)
    return "--detector must be short-range, full-range, full-range-sparse or back";
  if (mesh_of (options) < 0)
    return "--mesh-model must be plain or attention";
  return NULL;
}

static gpointer
faces_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
            GError **error)
{
  TfcFaceConfig config = {.detector = tfc_see_index (detectors, arg.detector),
                          .mesh = mesh_of (options),
                          .model = *model};
  const gboolean irises = !arg.no_irises && config.mesh == TFC_MESH_PLAIN;
  TfcModelFiles detector = {0}, mesh = {0}, iris = {0};
  TfcFacePipeline *pipeline = NULL;
  if (tfc_see_find (options, tfc_face_detector_name (config.detector), &detector, error) &&
      tfc_see_find (options, tfc_face_mesh_name (config.mesh), &mesh, error) &&
      (!irises || tfc_see_find (options, tfc_face_iris_name (), &iris, error))) {
    config.detector_path = detector.path;
    config.mesh_path = mesh.path;
    config.iris_path = iris.path;
    pipeline = tfc_face_open (&config, error);
    *name = g_strdup (mesh.name);
  }
  tfc_model_files_clear (&detector);
  tfc_model_files_clear (&mesh);
  tfc_model_files_clear (&iris);
  if (!pipeline)
    return NULL;
  Faces *f = g_new0 (Faces, 1);
  f->pipeline = pipeline;
  return f;
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Faces *f = task;
  TfcFaceOptions face = TFC_FACE_DEFAULTS;
  face.max_faces = most (options);
  face.predict_irises = !arg.no_irises;
  face.detection_confidence = arg.detection_confidence;
  if (options->score_threshold >= 0)
    face.score_threshold = options->score_threshold;
  if (options->iou_threshold >= 0)
    face.iou_threshold = options->iou_threshold;
  tfc_face_reset (f->pipeline);
  f->n = tfc_face_run (f->pipeline, frame, G_MAXUINT64, &face, f->faces, NULL, error);
  return f->n >= 0;
}

static void
json_points (cJSON *to, const TfcFace *f, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  cJSON *list = cJSON_AddArrayToObject (to, "points");
  for (guint p = 0; p < f->n_points; p++) {
    const TfcPoint *at = &f->points[p];
    const gdouble pixels[] = {at->x * w, at->y * h, at->z * w};
    cJSON_AddItemToArray (list, cJSON_CreateDoubleArray (pixels, 3));
  }
}

/* Angles in radians, the matrix to pixels. */
static void
json_head (cJSON *to, const TfcHead *head, const TfcFrame *frame)
{
  if (!head->known)
    return;
  cJSON *one = cJSON_AddObjectToObject (to, "head");
  cJSON_AddNumberToObject (one, "yaw", head->yaw);
  cJSON_AddNumberToObject (one, "pitch", head->pitch);
  cJSON_AddNumberToObject (one, "roll", head->roll);
  tfc_see_json_floats (one, "matrix", head->matrix[0], 12, frame->width);
  tfc_see_json_floats (one, "eye_openness", head->eye_openness, 2, 1);
  cJSON_AddNumberToObject (one, "mouth_openness", head->mouth_openness);
  if (head->gaze_known)
    tfc_see_json_floats (one, "gaze", head->gaze, 3, 1);
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Faces *f = task;
  cJSON_AddArrayToObject (to, "detections"); /* both are always there */
  cJSON *list = cJSON_AddArrayToObject (to, "faces");
  for (gint i = 0; i < f->n; i++) {
    const TfcFace *face = &f->faces[i];
    cJSON *one = cJSON_CreateObject ();
    cJSON_AddNumberToObject (one, "score", face->score);
    cJSON_AddNumberToObject (one, "presence", face->presence);
    tfc_see_json_box (one, &face->box, frame);
    tfc_see_json_track (one, &face->track);
    json_points (one, face, frame);
    json_head (one, &face->head, frame);
    cJSON_AddItemToArray (list, one);
  }
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  Faces *f = task;
  for (gint i = 0; i < f->n; i++)
    f->list[i] = &f->faces[i];
  annotations->n_faces = f->n;
  annotations->faces = f->list;
}

static void
faces_close (gpointer task)
{
  Faces *f = task;
  tfc_face_close (f->pipeline);
  g_free (f);
}

const TfcSeeTask tfc_see_faces = {"faces", entries, check,    faces_open,
                                  run,     json,    annotate, faces_close};
