/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/analyzer/gsttfcextrapolate.h"
#include "gst/analyzer/gsttfcobject.h"
#include "models/tracking/extrapolate.h"
#include "models/tracking/motion_tracks.h"

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

/* How things go on from newest to pts. */
typedef struct {
  const GstTfcResults *newest;
  GstClockTime pts, ahead; /* ahead: from newest to pts */
  /* By the element's own rules: */
  const GstTfcResults *previous;
  gfloat reach;
  /* By speed, or NULL: */
  const GstTfcLastSeen *seen;
} Way;

typedef enum { STAYS, MOVES, GONE } Fate;

/* What becomes of the index-th, whose box that is. */
static Fate
fate_of (const Way *way, guint index, TfcBox *box)
{
  const GstTfcObject object = gst_tfc_results_nth (way->newest, index);
  GstTfcObject old;
  TfcBox from;

  if (!object.track_id)
    return STAYS;
  if (way->seen) {
    const GstClockTime at = way->seen->at[index];
    if (GST_CLOCK_TIME_IS_VALID (at) && way->pts > at && way->pts - at > way->seen->max_age)
      return GONE;
    *box = tfc_motion_box_later (box, object.speed_x, object.speed_y, way->ahead);
    return MOVES;
  }
  if (!find (way->previous, object.track_id, &old))
    return STAYS;
  from = box_of (&old);
  return tfc_extrapolate_box (&from, box, way->reach) ? MOVES : STAYS;
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
  gsize age;                                 /* where it is in an item */
  gsize (*points_size) (gconstpointer item); /* bytes; NULL: there are none */
  void (*move_points) (gpointer item, const TfcBox *old, const TfcBox *box, gpointer points);
} rows[] = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = {make_detections, G_STRUCT_OFFSET (GstTfcDetection, age),
                                         NULL, NULL},
    [GST_TFC_RESULTS_KIND_FACES] = {make_faces, G_STRUCT_OFFSET (GstTfcFace, age), face_points_size,
                                    move_face_points},
    [GST_TFC_RESULTS_KIND_POSES] = {make_poses, G_STRUCT_OFFSET (GstTfcPose, age), pose_points_size,
                                    move_pose_points},
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

/* Takes an item of that kind on to box, its points to *points. */
static void
take_on (GstTfcResultsKind kind, GstClockTime ahead, const TfcBox *box, guint8 *item,
         guint8 **points)
{
  GstClockTime *age = (GstClockTime *)(item + rows[kind].age);
  TfcBox old;

  memcpy (&old, item, sizeof old);
  memcpy (item, box, sizeof *box);
  *age += ahead;
  if (!*points)
    return;
  rows[kind].move_points (item, &old, box, *points);
  *points += rows[kind].points_size (item);
}

/* How many of the items, which are a copy of newest's, are left. changed: whether they are others.
 */
static guint
go_on (GstTfcExtrapolator *extrapolator, const Way *way, guint8 *items, gboolean *changed)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (way->newest);
  guint8 *points = room_for_points (extrapolator, way->newest), *to = items;
  gsize size;
  guint n, left = 0;

  gst_tfc_results_items (way->newest, &size, &n);
  for (guint i = 0; i < n; i++, items += size) {
    TfcBox box;
    memcpy (&box, items, sizeof box);
    const gboolean movable = !points || (box.w > 0 && box.h > 0);
    const Fate fate = movable || way->seen ? fate_of (way, i, &box) : STAYS;
    *changed |= fate != STAYS;
    if (fate == GONE)
      continue;
    if (to != items)
      memcpy (to, items, size);
    if (fate == MOVES && movable)
      take_on (kind, way->ahead, &box, to, &points);
    to += size;
    left++;
  }
  return left;
}

static GstTfcResults *
extrapolate (GstTfcExtrapolator *extrapolator, GstTfcResults *newest, const Way *way)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (newest);
  gboolean changed = FALSE;
  gsize size;
  guint n;
  gconstpointer from = gst_tfc_results_items (newest, &size, &n);
  guint8 *items;

  if (n == 0 || kind >= G_N_ELEMENTS (rows))
    return gst_tfc_results_ref (newest);
  items = room (&extrapolator->items, n * size);
  memcpy (items, from, n * size);
  n = go_on (extrapolator, way, items, &changed);
  if (!changed)
    return gst_tfc_results_ref (newest);
  return rows[kind].make (gst_tfc_results_get_model (newest), gst_tfc_results_get_pts (newest),
                          items, n);
}

GstTfcResults *
gst_tfc_extrapolate (GstTfcExtrapolator *extrapolator, const GstTfcResults *previous,
                     GstTfcResults *newest, GstClockTime pts)
{
  const GstClockTime at = gst_tfc_results_get_pts (newest);
  const Way way = {
      .newest = newest,
      .pts = pts,
      .ahead = pts - at,
      .previous = previous,
      .reach = previous ? tfc_extrapolate_reach (gst_tfc_results_get_pts (previous), at, pts) : 0};

  return way.reach == 0 ? gst_tfc_results_ref (newest) : extrapolate (extrapolator, newest, &way);
}

GstTfcResults *
gst_tfc_extrapolate_seen (GstTfcExtrapolator *extrapolator, const GstTfcLastSeen *seen,
                          GstTfcResults *newest, GstClockTime pts)
{
  const GstClockTime at = gst_tfc_results_get_pts (newest);
  const Way way = {.newest = newest, .pts = pts, .ahead = pts - at, .seen = seen};

  if (!GST_CLOCK_TIME_IS_VALID (seen->max_age) || !GST_CLOCK_TIME_IS_VALID (pts) ||
      !GST_CLOCK_TIME_IS_VALID (at) || pts <= at)
    return gst_tfc_results_ref (newest);
  return extrapolate (extrapolator, newest, &way);
}
