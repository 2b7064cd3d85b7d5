/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/analyzer/gsttfcexport.h"
#include "gst/analyzer/gsttfcextrapolate.h"
#include "models/tracking/extrapolate.h"

G_STATIC_ASSERT (sizeof (TfcPoint) == sizeof (GstTfcPoint));

void
gst_tfc_extrapolator_clear (GstTfcExtrapolator *extrapolator)
{
  g_clear_pointer (&extrapolator->detections, g_array_unref);
  g_clear_pointer (&extrapolator->faces, g_array_unref);
  g_clear_pointer (&extrapolator->points, g_array_unref);
}

static gboolean
find (const GstTfcResults *results, guint64 track_id, GstTfcObject *found)
{
  guint n = gst_tfc_results_size (results);

  for (guint i = 0; track_id && i < n; i++) {
    *found = gst_tfc_results_nth (results, i);
    if (found->track_id == track_id)
      return TRUE;
  }
  return FALSE;
}

static TfcBox
box_of (const GstTfcObject *object)
{
  return (TfcBox){object->x, object->y, object->w, object->h};
}

/* Where the index-th of newest will be. FALSE if it stays where it is. */
static gboolean
move (const GstTfcResults *previous, const GstTfcResults *newest, guint index, gfloat reach,
      TfcBox *box)
{
  const GstTfcObject object = gst_tfc_results_nth (newest, index);
  GstTfcObject old;
  TfcBox from;

  *box = box_of (&object);
  if (!find (previous, object.track_id, &old))
    return FALSE;
  from = box_of (&old);
  return tfc_extrapolate_box (&from, box, reach);
}

static gpointer
room (GArray **array, guint size, guint n)
{
  if (!*array)
    *array = g_array_new (FALSE, FALSE, size);
  g_array_set_size (*array, n);
  return (*array)->data;
}

static GstTfcResults *
move_detections (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                 GstTfcResults *newest, gfloat reach)
{
  guint n, moved = 0;
  const GstTfcDetection *from = gst_tfc_results_get_detections (newest, &n);
  GstTfcDetection *to = room (&extrapolator->detections, sizeof *to, n);

  for (guint i = 0; i < n; i++) {
    TfcBox box;
    moved += move (previous, newest, i, reach, &box);
    to[i] = from[i];
    to[i].x = box.x;
    to[i].y = box.y;
    to[i].w = box.w;
    to[i].h = box.h;
  }
  if (!moved)
    return gst_tfc_results_ref (newest);
  return gst_tfc_results_new_detections (gst_tfc_results_get_model (newest),
                                         gst_tfc_results_get_pts (newest), to, n);
}

/* The face from in box, its points written to points. */
static GstTfcFace
put_face (const GstTfcFace *from, const TfcBox *box, GstTfcPoint *points)
{
  const TfcBox old = {from->x, from->y, from->w, from->h};
  GstTfcFace to = *from;

  to.x = box->x;
  to.y = box->y;
  to.w = box->w;
  to.h = box->h;
  to.points = points;
  tfc_extrapolate_points (&old, box, (const TfcPoint *)from->points, (TfcPoint *)points,
                          from->n_points);
  return to;
}

static GstTfcResults *
move_faces (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous, GstTfcResults *newest,
            gfloat reach)
{
  guint n, n_points = 0, moved = 0;
  const GstTfcFace *from = gst_tfc_results_get_faces (newest, &n);
  GstTfcFace *to = room (&extrapolator->faces, sizeof *to, n);
  GstTfcPoint *points;

  for (guint i = 0; i < n; i++)
    n_points += from[i].n_points;
  points = room (&extrapolator->points, sizeof *points, n_points);
  for (guint i = 0; i < n; i++) {
    TfcBox box;
    to[i] = from[i];
    if (!(from[i].w > 0 && from[i].h > 0) || !move (previous, newest, i, reach, &box))
      continue;
    to[i] = put_face (&from[i], &box, points);
    points += from[i].n_points;
    moved++;
  }
  if (!moved)
    return gst_tfc_results_ref (newest);
  return gst_tfc_results_new_faces (gst_tfc_results_get_model (newest),
                                    gst_tfc_results_get_pts (newest), to, n);
}

GstTfcResults *
gst_tfc_extrapolate (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                     GstTfcResults *newest, GstClockTime pts)
{
  const gfloat reach = previous ? tfc_extrapolate_reach (gst_tfc_results_get_pts (previous),
                                                         gst_tfc_results_get_pts (newest), pts)
                                : 0;
  guint n;

  if (reach == 0 || gst_tfc_results_size (newest) == 0)
    return gst_tfc_results_ref (newest);
  if (gst_tfc_results_get_detections (newest, &n))
    return move_detections (extrapolator, previous, newest, reach);
  return move_faces (extrapolator, previous, newest, reach);
}
