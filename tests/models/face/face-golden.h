/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of the face chain share: networks from the store, and meshes held against the
 * reference's answers. */
#include <math.h>
#include "models/face/face_pipeline.h"
#include "tests/models/golden.h"
#include "models/registry/registry.h"

#define DETECTION_CONFIDENCE 0.9 /* of TFC_FACE_DEFAULTS, and of the reference */

/* Path of a model of the registry; asserts that it is there. g_free. */
static inline gchar *
face_model_path (const gchar *name)
{
  TfcModelFiles stored = {0};
  GError *error = NULL;
  tfc_registry_find (name, NULL, &stored, &error);
  g_assert_no_error (error);
  gchar *path = g_strdup (stored.path);
  tfc_model_files_clear (&stored);
  return path;
}

static inline TfcFacePipeline *
face_chain (const gchar *backend, TfcFaceDetector detector, TfcMeshModel mesh)
{
  gchar *detector_path = face_model_path (tfc_face_detector_name (detector));
  gchar *mesh_path = face_model_path (tfc_face_mesh_name (mesh));
  gchar *iris_path = face_model_path (tfc_face_iris_name ());
  GError *error = NULL;
  const TfcFaceConfig config = {.detector = detector,
                                .mesh = mesh,
                                .detector_path = detector_path,
                                .mesh_path = mesh_path,
                                .iris_path = iris_path,
                                .model.backend = backend};
  TfcFacePipeline *chain = tfc_face_open (&config, &error);
  g_assert_no_error (error);
  g_free (detector_path);
  g_free (mesh_path);
  g_free (iris_path);
  return chain;
}

/* The reference's faces that we would report: those it is sure of. g_ptr_array_unref. */
static inline GPtrArray *
golden_sure_faces (const cJSON *faces)
{
  GPtrArray *sure = g_ptr_array_new ();
  const cJSON *face;
  cJSON_ArrayForEach (face, faces) {
    if (golden_member (face, "faceInViewConfidence") >= DETECTION_CONFIDENCE)
      g_ptr_array_add (sure, (gpointer)face);
  }
  return sure;
}

/* Mean distance of our points first..last from the reference's (in its unit: scale takes ours there), in
 * widths of its mesh. */
static inline gdouble
golden_mesh_error (const TfcPoint *points, const cJSON *mesh, gdouble scale_x, gdouble scale_y,
                   guint first, guint last)
{
  gdouble least = G_MAXDOUBLE, most = -G_MAXDOUBLE, sum = 0;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    const gdouble x = golden_number (cJSON_GetArrayItem (mesh, i), 0);
    least = MIN (least, x);
    most = MAX (most, x);
  }
  for (guint i = first; i < last; i++) {
    const cJSON *p = cJSON_GetArrayItem (mesh, i);
    sum += hypot (points[i].x * scale_x - golden_number (p, 0),
                  points[i].y * scale_y - golden_number (p, 1));
  }
  return sum / (last - first) / (most - least);
}

/* Furthest that an edge of the face's box is from the reference's, fraction of the frame. */
static inline gdouble
golden_box_error (const TfcBox *b, const cJSON *golden, const TfcFrame *frame)
{
  const cJSON *box = cJSON_GetObjectItem (golden, "boundingBox");
  const cJSON *from = cJSON_GetObjectItem (box, "topLeft"),
              *to = cJSON_GetObjectItem (box, "bottomRight");
  const gdouble w = frame->width, h = frame->height;
  const gdouble off[4] = {b->x - golden_number (from, 0) / w, b->y - golden_number (from, 1) / h,
                          b->x + b->w - golden_number (to, 0) / w,
                          b->y + b->h - golden_number (to, 1) / h};
  gdouble most = 0;
  for (guint i = 0; i < 4; i++)
    most = fmax (most, fabs (off[i]));
  return most;
}

/* Ours that is nearest to golden: near-tied scores may stand in another order. */
static inline const TfcFace *
golden_nearest (const TfcFace *faces, gint n, const cJSON *golden, const TfcFrame *frame)
{
  const TfcFace *nearest = NULL;
  gdouble best = G_MAXDOUBLE;
  for (gint i = 0; i < n; i++) {
    const gdouble error = golden_box_error (&faces[i].box, golden, frame);
    if (error < best) {
      best = error;
      nearest = &faces[i];
    }
  }
  return nearest;
}
