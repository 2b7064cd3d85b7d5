/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcextrapolate.h"
#include "gst/analyzer/gsttfcobject.h"
#include "models/tracking/extrapolate.h"

G_STATIC_ASSERT (sizeof (TfcPoint) == sizeof (GstTfcPoint));
G_STATIC_ASSERT (sizeof (TfcKeypoint) == sizeof (GstTfcKeypoint));
/* A box is what every item that has one begins with. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (GstTfcDetection, h) == G_STRUCT_OFFSET (TfcBox, h));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GstTfcFace, h) == G_STRUCT_OFFSET (TfcBox, h));
G_STATIC_ASSERT (G_STRUCT_OFFSET (GstTfcPose, h) == G_STRUCT_OFFSET (TfcBox, h));

void
gst_tfc_extrapolator_clear (GstTfcExtrapolator *extrapolator)
{
  g_clear_pointer (&extrapolator->items, g_array_unref);
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
room (GArray **array, gsize bytes)
{
  if (!*array)
    *array = g_array_new (FALSE, FALSE, 1);
  g_array_set_size (*array, bytes);
  return (*array)->data;
}

static gsize
face_points_size (gconstpointer item)
{
  return ((const GstTfcFace *)item)->n_points * sizeof (GstTfcPoint);
}

static void
move_face_points (gpointer item, const TfcBox *old, const TfcBox *box, gpointer points)
{
  GstTfcFace *f = item;

  tfc_extrapolate_points (old, box, (const TfcPoint *)f->points, points, f->n_points);
  f->points = points;
}

static gsize
pose_points_size (gconstpointer item)
{
  return ((const GstTfcPose *)item)->n_points * sizeof (GstTfcKeypoint);
}

static void
move_pose_points (gpointer item, const TfcBox *old, const TfcBox *box, gpointer points)
{
  GstTfcPose *p = item;

  tfc_extrapolate_keypoints (old, box, (const TfcKeypoint *)p->points, points, p->n_points);
  p->points = points;
}

#define MAKER(name, Type)                                                                       \
  static GstTfcResults *make_##name (const gchar *model, GstClockTime pts, gconstpointer items, \
                                     guint n)                                                   \
  {                                                                                             \
    return gst_tfc_results_new_##name (model, pts, (const Type *)items, n);                     \
  }
MAKER (detections, GstTfcDetection)
MAKER (faces, GstTfcFace)
MAKER (poses, GstTfcPose)

/* What has no row stays where it is. */
static const struct {
  GstTfcResults *(*make) (const gchar *model, GstClockTime pts, gconstpointer items, guint n);
  gsize (*points_size) (gconstpointer item); /* bytes; NULL: there are none */
  void (*move_points) (gpointer item, const TfcBox *old, const TfcBox *box, gpointer points);
} rows[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = {make_detections, NULL, NULL},
    [GST_TFC_RESULTS_KIND_FACES] = {make_faces, face_points_size, move_face_points},
    [GST_TFC_RESULTS_KIND_POSES] = {make_poses, pose_points_size, move_pose_points},
};

static guint8 *
room_for_points (GstTfcExtrapolator *extrapolator, const GstTfcResults *results)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
  gsize size, bytes = 0;
  guint n;
  const guint8 *items = gst_tfc_results_items (results, &size, &n);

  if (!rows[kind].points_size)
    return NULL;
  for (guint i = 0; i < n; i++)
    bytes += rows[kind].points_size (items + i * size);
  return room (&extrapolator->points, bytes);
}

/* How many moved; items are a copy of newest's. */
static guint
move_items (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
            const GstTfcResults *newest, gfloat reach, guint8 *items)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (newest);
  guint8 *points = room_for_points (extrapolator, newest);
  gsize size;
  guint n, moved = 0;

  gst_tfc_results_items (newest, &size, &n);
  for (guint i = 0; i < n; i++, items += size) {
    TfcBox old, box;
    memcpy (&old, items, sizeof old);
    if ((points && !(old.w > 0 && old.h > 0)) || !move (previous, newest, i, reach, &box))
      continue;
    memcpy (items, &box, sizeof box);
    if (points) {
      const gsize bytes = rows[kind].points_size (items);
      rows[kind].move_points (items, &old, &box, points);
      points += bytes;
    }
    moved++;
  }
  return moved;
}

GstTfcResults *
gst_tfc_extrapolate (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                     GstTfcResults *newest, GstClockTime pts)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (newest);
  const gfloat reach = previous ? tfc_extrapolate_reach (gst_tfc_results_get_pts (previous),
                                                         gst_tfc_results_get_pts (newest), pts)
                                : 0;
  gsize size;
  guint n;
  gconstpointer from = gst_tfc_results_items (newest, &size, &n);
  guint8 *items;

  if (reach == 0 || n == 0 || kind >= G_N_ELEMENTS (rows))
    return gst_tfc_results_ref (newest);
  items = room (&extrapolator->items, n * size);
  memcpy (items, from, n * size);
  if (!move_items (extrapolator, previous, newest, reach, items))
    return gst_tfc_results_ref (newest);
  return rows[kind].make (gst_tfc_results_get_model (newest), gst_tfc_results_get_pts (newest),
                          items, n);
}
