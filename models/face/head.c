/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/head.h"
#include "models/face/head_fit.h"
#include "models/result/head_angles.h"

#include <math.h>
#include <string.h>

#define WORST_FIT \
  0.15 /* mean distance of mesh and shape, by that of the eyes; heads in profile have 0.08 */
#define EYEBALL 0.12f /* centre to iris, by the distance of the outer corners: 10.5 of 88 mm */
#define IRIS_REST                                                                             \
  -0.018f             /* height of the iris over the corners' middle when the eyes look ahead \
                       */
#define EYE_SEEN 0.3f /* openness from which an eye's iris counts */

/* Points of the mesh: corners outer and inner, three pairs of lids, centre of the iris. */
typedef struct {
  guint outer, inner, lid[3][2], iris;
} Eye;

static const Eye eyes[2] = {{263, 362, {{386, 374}, {385, 380}, {387, 373}}, 468},
                            {33, 133, {{159, 145}, {158, 153}, {160, 144}}, 473}};
static const guint lips[2] = {13, 14}, mouth_corners[2] = {78, 308}; /* inside of the lips */

/* As seen from the head's front, apart from depth, which is the least sure. */
static gfloat
distance (const TfcHeadFit *fit, const TfcPoint *points, guint a, guint b)
{
  const TfcPoint p = tfc_head_fit_back (fit, &points[a]), q = tfc_head_fit_back (fit, &points[b]);
  return hypotf (p.x - q.x, p.y - q.y);
}

static gfloat
ratio (gfloat height, gfloat width)
{
  return width > 1e-6f ? height / width : 0;
}

/* Into 0..1; 0 for what is not a number. */
static gfloat
share (gfloat value)
{
  return value > 0 ? MIN (value, 1) : 0;
}

static gfloat
eye_openness (const TfcHeadFit *fit, const TfcPoint *points, const Eye *eye)
{
  gfloat lids = 0;
  for (guint i = 0; i < G_N_ELEMENTS (eye->lid); i++)
    lids += distance (fit, points, eye->lid[i][0], eye->lid[i][1]) / G_N_ELEMENTS (eye->lid);
  const gfloat open = ratio (lids, distance (fit, points, eye->outer, eye->inner));
  return share ((open - TFC_EYE_CLOSED) / (TFC_EYE_OPEN - TFC_EYE_CLOSED));
}

/* Where the iris stands between the corners, in head coordinates by the eyeball. */
static void
add_gaze (const TfcHeadFit *fit, const TfcPoint *points, const Eye *eye, gfloat weight,
          gfloat sum[2])
{
  const TfcPoint a = tfc_head_fit_back (fit, &points[eye->outer]);
  const TfcPoint b = tfc_head_fit_back (fit, &points[eye->inner]);
  const TfcPoint iris = tfc_head_fit_back (fit, &points[eye->iris]);
  sum[0] += weight * (iris.x - (a.x + b.x) / 2) / EYEBALL;
  sum[1] += weight * (iris.y - (a.y + b.y) / 2 - IRIS_REST) / EYEBALL;
}

static void
set_gaze (TfcHead *head, const TfcHeadFit *fit, const TfcPoint *points)
{
  gfloat at[2] = {0}, weights = 0;
  for (guint i = 0; i < G_N_ELEMENTS (eyes); i++) {
    const gfloat weight = head->eye_openness[i] >= EYE_SEEN ? head->eye_openness[i] : 0;
    if (weight > 0)
      add_gaze (fit, points, &eyes[i], weight, at);
    weights += weight;
  }
  if (!(weights > 0) || !isfinite (at[0] + at[1]))
    return;
  const gfloat x = CLAMP (at[0] / weights, -0.7f, 0.7f), y = CLAMP (at[1] / weights, -0.7f, 0.7f);
  const gfloat ahead = -sqrtf (MAX (1 - x * x - y * y, 0));
  for (guint i = 0; i < 3; i++)
    head->gaze[i] =
        (gfloat)(fit->rotation[i][0] * x + fit->rotation[i][1] * y + fit->rotation[i][2] * ahead);
  head->gaze_known = TRUE;
}

static void
set_pose (TfcHead *head, const TfcHeadFit *fit)
{
  gfloat angles[3];
  for (guint i = 0; i < 3; i++) {
    for (guint k = 0; k < 3; k++)
      head->matrix[i][k] = (gfloat)(fit->scale * fit->rotation[i][k]);
    head->matrix[i][3] = (gfloat)fit->shift[i];
  }
  tfc_head_angles (head->matrix[0], angles);
  head->yaw = angles[0];
  head->pitch = angles[1];
  head->roll = angles[2];
}

void
tfc_head_from_mesh (TfcHead *head, const TfcPoint *points, guint n)
{
  TfcHeadFit fit;
  memset (head, 0, sizeof *head);
  if (n < TFC_MESH_POINTS || !tfc_head_fit (&fit, points) || !(fit.residual < WORST_FIT))
    return;
  head->known = TRUE;
  set_pose (head, &fit);
  for (guint i = 0; i < G_N_ELEMENTS (eyes); i++)
    head->eye_openness[i] = eye_openness (&fit, points, &eyes[i]);
  head->mouth_openness =
      share (ratio (distance (&fit, points, lips[0], lips[1]),
                    distance (&fit, points, mouth_corners[0], mouth_corners[1])));
  if (n >= TFC_FACE_POINTS)
    set_gaze (head, &fit, points);
}
