/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/iris.h"

#include "models/clock.h"
#include "models/model_io.h"

#include <math.h>
#include <string.h>

#define OUTLINE_POINTS 71
#define IRIS_POINTS 5
/* Turned further than this (pixels of depth between the outer corners), only the near eye is
 * refined. */
#define MAX_TURN 30

struct TfcIris {
  TfcModel *model;
  guint output[2]; /* numbers of the outline and of the iris */
};

/* Mesh index of the corners, outer and inner; left, right. */
static const guint16 corner[2][2] = {{263, 362}, {33, 133}};

/* Which points of the eye's outline stand for which points of the mesh. The first two are the lids
 * proper, which alone are taken when the head is turned. */
#define LIDS 2
static const struct {
  guint8 first, n;
  guint16 mesh[2][9];
} groups[] = {
    {9, 7, {{466, 388, 387, 386, 385, 384, 398}, {246, 161, 160, 159, 158, 157, 173}}},
    {0,
     9,
     {{263, 249, 390, 373, 374, 380, 381, 382, 362}, {33, 7, 163, 144, 145, 153, 154, 155, 133}}},
    {25, 7, {{467, 260, 259, 257, 258, 286, 414}, {247, 30, 29, 27, 28, 56, 190}}},
    {41, 7, {{342, 445, 444, 443, 442, 441, 413}, {113, 225, 224, 223, 222, 221, 189}}},
    {16,
     9,
     {{359, 255, 339, 254, 253, 252, 256, 341, 463}, {130, 25, 110, 24, 23, 22, 26, 112, 243}}},
    {32,
     9,
     {{446, 261, 448, 449, 450, 451, 452, 453, 464}, {226, 31, 228, 229, 230, 231, 232, 233, 244}}},
    {54,
     9,
     {{372, 340, 346, 347, 348, 349, 350, 357, 465},
      {143, 111, 117, 118, 119, 120, 121, 128, 245}}},
    {63, 8, {{383, 300, 293, 334, 296, 336, 285, 417}, {156, 70, 63, 105, 66, 107, 55, 193}}},
    {48, 6, {{265, 353, 276, 283, 282, 295}, {35, 124, 46, 53, 52, 65}}},
};
/* Middle of the upper and of the lower lid: where the iris has its depth from. */
static const guint16 upper_lid[2] = {386, 159}, lower_lid[2] = {374, 145};

const gchar *
tfc_face_iris_name (void)
{
  return "face/iris";
}

TfcRegion
tfc_eye_region (const TfcPoint *mesh, TfcEye eye)
{
  const TfcPoint corners[2] = {mesh[corner[eye][0]], mesh[corner[eye][1]]};
  const TfcRect around = tfc_rect_around (corners, 2), enlarged = tfc_rect_enlarge (&around, 2.3);
  return tfc_region_square (&enlarged, 0);
}

/* A column or row of the cut among those of the crop. */
typedef struct {
  gboolean inside;
  gint first, second;
  gfloat part; /* of the second */
} Place;

static Place
place_at (gdouble at)
{
  const gboolean inside = at >= 0 && at <= TFC_CROP - 1;
  const gint first = inside ? (gint)at : 0;

  return (Place){inside, first, MIN (first + 1, TFC_CROP - 1), inside ? (gfloat)(at - first) : 0};
}

/* Bilinear values of the crop's three channels; 0 outside, as cropAndResize has it. */
static void
cut_row (const gfloat *crop, const Place *y, const Place columns[TFC_EYE_CROP], gfloat *out)
{
  const gfloat *upper = crop + 3 * TFC_CROP * y->first, *lower = crop + 3 * TFC_CROP * y->second;

  for (guint x = 0; x < TFC_EYE_CROP; x++, out += 3) {
    const Place *at = &columns[x];
    const gint left = 3 * at->first, right = 3 * at->second;
    for (gint i = 0; i < 3; i++) {
      const gfloat top = upper[left + i] + (upper[right + i] - upper[left + i]) * at->part;
      const gfloat bottom = lower[left + i] + (lower[right + i] - lower[left + i]) * at->part;
      out[i] = at->inside ? top + (bottom - top) * y->part : 0;
    }
  }
}

void
tfc_eye_cut (const gfloat *crop, const TfcRegion *region, TfcEye eye, gfloat *out)
{
  const gdouble shrink = (TFC_CROP - 1.0) / TFC_CROP,
                step = region->size * shrink / (TFC_EYE_CROP - 1);
  const gdouble x0 = (region->cx - region->size / 2) * shrink,
                y0 = (region->cy - region->size / 2) * shrink;
  Place columns[TFC_EYE_CROP];

  for (guint x = 0; x < TFC_EYE_CROP; x++)
    columns[x] = place_at (x0 + step * (eye == TFC_EYE_LEFT ? TFC_EYE_CROP - 1 - x : x));
  for (guint y = 0; y < TFC_EYE_CROP; y++, out += 3 * TFC_EYE_CROP) {
    const Place at = place_at (y0 + step * y);
    if (at.inside)
      cut_row (crop, &at, columns, out);
    else
      memset (out, 0, 3 * TFC_EYE_CROP * sizeof *out);
  }
}

void
tfc_eye_points (const TfcRegion *region, TfcEye eye, TfcPoint points[TFC_EYE_POINTS])
{
  const gdouble x0 = region->cx - region->size / 2, y0 = region->cy - region->size / 2;
  for (guint i = 0; i < TFC_EYE_POINTS; i++) {
    const gdouble x = points[i].x / TFC_EYE_CROP, y = points[i].y / TFC_EYE_CROP;
    points[i].x = (eye == TFC_EYE_LEFT ? 1 - x : x) * region->size + x0;
    points[i].y = y * region->size + y0;
  }
}

static void
merge_outline (TfcPoint *mesh, const TfcPoint *eye, TfcEye which, guint n_groups)
{
  for (guint g = 0; g < n_groups; g++) {
    for (guint i = 0; i < groups[g].n; i++) {
      TfcPoint *to = &mesh[groups[g].mesh[which][i]];
      const TfcPoint *from = &eye[groups[g].first + i];
      *to = (TfcPoint){from->x, from->y, (from->z + to->z) / 2};
    }
  }
}

static void
merge_iris (TfcPoint *mesh, const TfcPoint *eye, TfcEye which)
{
  const gfloat above = mesh[upper_lid[which]].z, below = mesh[lower_lid[which]].z,
               mean = (above + below) / 2;
  const gfloat z[IRIS_POINTS] = {mean, mean, above, mean, below};
  for (guint i = 0; i < IRIS_POINTS; i++) {
    const TfcPoint *from = &eye[OUTLINE_POINTS + i];
    mesh[TFC_MESH_POINTS + IRIS_POINTS * which + i] = (TfcPoint){from->x, from->y, z[i]};
  }
}

void
tfc_iris_merge (TfcPoint points[TFC_FACE_POINTS], const TfcPoint left[TFC_EYE_POINTS],
                const TfcPoint right[TFC_EYE_POINTS])
{
  const gfloat turn = points[corner[TFC_EYE_LEFT][0]].z - points[corner[TFC_EYE_RIGHT][0]].z;
  const gboolean frontal = fabsf (turn) < MAX_TURN;
  const guint n_groups = frontal ? G_N_ELEMENTS (groups) : LIDS;
  if (frontal || turn < 1)
    merge_outline (points, left, TFC_EYE_LEFT, n_groups);
  if (frontal || !(turn < 1))
    merge_outline (points, right, TFC_EYE_RIGHT, n_groups);
  merge_iris (points, left, TFC_EYE_LEFT);
  merge_iris (points, right, TFC_EYE_RIGHT);
}

TfcIris *
tfc_iris_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  static const gsize counts[2] = {3 * OUTLINE_POINTS, 3 * IRIS_POINTS};
  TfcIris *iris = g_new0 (TfcIris, 1);
  iris->model = tfc_model_open (path, options, error);
  if (iris->model && tfc_model_match_outputs (iris->model, path, "an iris network", TFC_EYE_CROP, counts, 2,
                                     iris->output, error))
    return iris;
  tfc_iris_close (iris);
  return NULL;
}

void
tfc_iris_close (TfcIris *iris)
{
  if (!iris)
    return;
  tfc_model_close (iris->model);
  g_free (iris);
}

gsize
tfc_iris_bytes (const TfcIris *iris)
{
  return tfc_model_bytes (iris->model);
}

static gboolean
run_eye (TfcIris *iris, const gfloat *crop, const TfcPoint *mesh, TfcEye eye,
         TfcPoint out[TFC_EYE_POINTS], TfcFaceTimes *times, GError **error)
{
  const TfcRegion region = tfc_eye_region (mesh, eye);
  const gint64 t0 = tfc_now ();
  tfc_eye_cut (crop, &region, eye, tfc_model_input (iris->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (iris->model, error))
    return FALSE;
  memcpy (out, tfc_model_output (iris->model, iris->output[0])->data,
          OUTLINE_POINTS * sizeof (TfcPoint));
  memcpy (out + OUTLINE_POINTS, tfc_model_output (iris->model, iris->output[1])->data,
          IRIS_POINTS * sizeof (TfcPoint));
  tfc_eye_points (&region, eye, out);
  times->sample += t1 - t0;
  times->iris += tfc_now () - t1;
  return TRUE;
}

gboolean
tfc_iris_run (TfcIris *iris, const gfloat *crop, TfcPoint points[TFC_FACE_POINTS],
              TfcFaceTimes *times, GError **error)
{
  TfcPoint left[TFC_EYE_POINTS], right[TFC_EYE_POINTS];
  if (!run_eye (iris, crop, points, TFC_EYE_LEFT, left, times, error) ||
      !run_eye (iris, crop, points, TFC_EYE_RIGHT, right, times, error))
    return FALSE;
  tfc_iris_merge (points, left, right);
  return TRUE;
}
