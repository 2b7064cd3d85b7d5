/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/see/see.h"
#include "tools/common/json.h"

/* The picture's name, and where that loses bytes, the file:// URI that has them all. */
static void
add_picture (cJSON *to, const gchar *path)
{
  tfc_json_text (to, "picture", path);
  if (g_utf8_validate (path, -1, NULL))
    return;
  gchar *absolute = g_canonicalize_filename (path, NULL);
  gchar *uri = g_filename_to_uri (absolute, NULL, NULL);
  if (uri)
    cJSON_AddStringToObject (to, "picture_uri", uri);
  g_free (uri);
  g_free (absolute);
}

static void
json_box (cJSON *to, const TfcBox *box, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  const gdouble pixels[] = {box->x * w, box->y * h, box->w * w, box->h * h};
  cJSON_AddItemToObject (to, "box", cJSON_CreateDoubleArray (pixels, 4));
}

static void
json_detections (cJSON *to, const TfcLabels *labels, const TfcAnalysis *analysis,
                 const TfcFrame *frame)
{
  cJSON *list = cJSON_AddArrayToObject (to, "detections");
  for (guint i = 0; i < analysis->n_detections; i++) {
    const TfcDetection *d = &analysis->detections[i];
    cJSON *one = cJSON_CreateObject ();
    tfc_json_text (one, "label", tfc_labels_name (labels, d->class_id));
    cJSON_AddNumberToObject (one, "class_id", d->class_id);
    cJSON_AddNumberToObject (one, "score", d->score);
    json_box (one, &d->box, frame);
    cJSON_AddItemToArray (list, one);
  }
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

static void
add_floats (cJSON *to, const gchar *name, const gfloat *values, guint n, gdouble scale)
{
  cJSON *list = cJSON_AddArrayToObject (to, name);
  for (guint i = 0; i < n; i++)
    cJSON_AddItemToArray (list, cJSON_CreateNumber (values[i] * scale));
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
  add_floats (one, "matrix", head->matrix[0], 12, frame->width);
  add_floats (one, "eye_openness", head->eye_openness, 2, 1);
  cJSON_AddNumberToObject (one, "mouth_openness", head->mouth_openness);
  if (head->gaze_known)
    add_floats (one, "gaze", head->gaze, 3, 1);
}

static void
json_faces (cJSON *to, const TfcAnalysis *analysis, const TfcFrame *frame)
{
  cJSON *list = cJSON_AddArrayToObject (to, "faces");
  for (guint i = 0; i < analysis->n_faces; i++) {
    const TfcFace *f = &analysis->faces[i];
    cJSON *one = cJSON_CreateObject ();
    cJSON_AddNumberToObject (one, "score", f->score);
    cJSON_AddNumberToObject (one, "presence", f->presence);
    json_box (one, &f->box, frame);
    json_points (one, f, frame);
    json_head (one, &f->head, frame);
    cJSON_AddItemToArray (list, one);
  }
}

gchar *
tfc_see_json (const TfcSeeHead *head, const TfcLabels *labels, const TfcFrame *frame,
              const TfcAnalysis *analysis)
{
  cJSON *root = cJSON_CreateObject ();
  gchar *line;
  add_picture (root, head->picture);
  cJSON_AddNumberToObject (root, "width", frame->width);
  cJSON_AddNumberToObject (root, "height", frame->height);
  tfc_json_text (root, "model", head->model);
  cJSON_AddStringToObject (root, "backend", head->backend);
  cJSON_AddNumberToObject (root, "threads", head->threads);
  cJSON_AddNumberToObject (root, "ms", analysis->ns / 1e6);
  json_detections (root, labels, analysis, frame);
  json_faces (root, analysis, frame);
  line = cJSON_PrintUnformatted (root);
  cJSON_Delete (root);
  return line;
}
