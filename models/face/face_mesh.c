/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/face_mesh.h"

#include "models/clock.h"
#include "models/model_io.h"
#include "models/face/attention_landmarks.h"

#include <math.h>
#include <string.h>

#define LIPS 13
#define BETWEEN_EYES 168

/* Outputs by their sizes. What the attention mesh calls left is left on the picture: the subject's
 * right eye comes first. */
enum { MESH, PRESENCE, LIPS_REFINED, RIGHT_EYE, LEFT_EYE, RIGHT_IRIS, LEFT_IRIS, MAX_OUTPUTS };
static const gsize counts[MAX_OUTPUTS] = {3 * TFC_MESH_POINTS,  1,
                                          2 * TFC_REFINED_LIPS, 2 * TFC_REFINED_EYE,
                                          2 * TFC_REFINED_EYE,  2 * TFC_REFINED_IRIS,
                                          2 * TFC_REFINED_IRIS};
static const struct {
  const gchar *name, *what;
  guint n_outputs;
} kinds[] = {
    [TFC_MESH_PLAIN] = {"face/mesh", "a face mesh network", PRESENCE + 1},
    [TFC_MESH_ATTENTION] = {"face/mesh_attention", "an attention mesh network", MAX_OUTPUTS},
};

struct TfcFacemesh {
  TfcModel *model;
  TfcSampler *sampler;
  TfcMeshModel kind;
  guint output[MAX_OUTPUTS];
};

const gchar *
tfc_face_mesh_name (TfcMeshModel mesh)
{
  return kinds[mesh].name;
}

TfcFacemesh *
tfc_facemesh_open (TfcMeshModel kind, const gchar *path, const TfcModelOptions *options,
                   GError **error)
{
  const TfcTarget target = {.width = TFC_CROP,
                            .height = TFC_CROP,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1 / 255.0f,
                            .border = TFC_BORDER_ZERO};
  TfcFacemesh *m = g_new0 (TfcFacemesh, 1);
  m->kind = kind;
  m->model = tfc_model_open (path, options, error);
  if (!m->model || !tfc_model_match_outputs (m->model, path, kinds[kind].what, TFC_CROP, counts,
                                    kinds[kind].n_outputs, m->output, error)) {
    tfc_facemesh_close (m);
    return NULL;
  }
  m->sampler = tfc_sampler_new (&target);
  return m;
}

void
tfc_facemesh_close (TfcFacemesh *m)
{
  if (!m)
    return;
  tfc_model_close (m->model);
  tfc_sampler_free (m->sampler);
  g_free (m);
}

const gfloat *
tfc_facemesh_crop (const TfcFacemesh *m)
{
  return tfc_model_input (m->model, 0)->data;
}

gsize
tfc_facemesh_bytes (const TfcFacemesh *m)
{
  return tfc_model_bytes (m->model);
}

static const gfloat *
output (const TfcFacemesh *m, guint which)
{
  return tfc_model_output (m->model, m->output[which])->data;
}

static void
refine (const TfcFacemesh *m, TfcPoint *points)
{
  tfc_attention_lips (points, output (m, LIPS_REFINED));
  tfc_attention_eye (points, TFC_EYE_LEFT, output (m, LEFT_EYE), output (m, LEFT_IRIS));
  tfc_attention_eye (points, TFC_EYE_RIGHT, output (m, RIGHT_EYE), output (m, RIGHT_IRIS));
}

guint
tfc_facemesh_run (TfcFacemesh *m, const TfcFrame *frame, const TfcRegion *region,
                  TfcPoint points[TFC_FACE_POINTS], gfloat *presence, TfcFaceTimes *times,
                  GError **error)
{
  const TfcMap map = tfc_region_map (region, frame->width, frame->height, TFC_CROP);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (m->sampler, frame, &map, tfc_model_input (m->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (m->model, error))
    return 0;
  *presence = 1 / (1 + expf (-*output (m, PRESENCE)));
  memcpy (points, output (m, MESH), TFC_MESH_POINTS * sizeof (TfcPoint));
  if (m->kind == TFC_MESH_ATTENTION)
    refine (m, points);
  times->sample += t1 - t0;
  times->mesh += tfc_now () - t1;
  return m->kind == TFC_MESH_ATTENTION ? TFC_FACE_POINTS : TFC_MESH_POINTS;
}

void
tfc_region_points (const TfcRegion *r, TfcPoint *points, guint n)
{
  const gdouble scale = r->size / TFC_CROP, c = cos (r->angle), s = sin (r->angle);
  for (guint i = 0; i < n; i++) {
    const gdouble x = scale * (points[i].x - TFC_CROP / 2),
                  y = scale * (points[i].y - TFC_CROP / 2);
    points[i] = (TfcPoint){c * x - s * y + r->cx, s * x + c * y + r->cy, scale * points[i].z};
  }
}

TfcRegion
tfc_region_from_mesh (const TfcPoint *points, guint n, TfcRect *rect)
{
  const TfcRect around = tfc_rect_around (points, n), enlarged = tfc_rect_enlarge (&around, 1.5);
  if (rect)
    *rect = enlarged;
  return tfc_region_square (&enlarged,
                            tfc_upright_angle (points[LIPS].x, points[LIPS].y,
                                               points[BETWEEN_EYES].x, points[BETWEEN_EYES].y));
}
