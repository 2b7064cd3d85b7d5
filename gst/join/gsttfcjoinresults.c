/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include "gst/join/gsttfcjoinresults.h"

#define COPIER(name, Type)                                                               \
  static GstTfcResults *copy_##name (const GstTfcResults *from, GstClockTime pts)        \
  {                                                                                      \
    guint n;                                                                             \
    const Type *items = gst_tfc_results_get_##name (from, &n);                           \
    return gst_tfc_results_new_##name (gst_tfc_results_get_model (from), pts, items, n); \
  }
COPIER (detections, GstTfcDetection)
COPIER (faces, GstTfcFace)
COPIER (poses, GstTfcPose)
COPIER (classes, GstTfcClass)
COPIER (events, GstTfcEvent)
COPIER (zones, GstTfcZone)

static GstTfcResults *
copy_mask (const GstTfcResults *from, GstClockTime pts)
{
  return gst_tfc_results_new_mask (gst_tfc_results_get_model (from), pts,
                                   gst_tfc_results_get_mask (from));
}

static GstTfcResults *(*const copiers[]) (const GstTfcResults *from, GstClockTime pts) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = copy_detections,
    [GST_TFC_RESULTS_KIND_FACES] = copy_faces,
    [GST_TFC_RESULTS_KIND_POSES] = copy_poses,
    [GST_TFC_RESULTS_KIND_MASK] = copy_mask,
    [GST_TFC_RESULTS_KIND_CLASSES] = copy_classes,
    [GST_TFC_RESULTS_KIND_EVENTS] = copy_events,
    [GST_TFC_RESULTS_KIND_ZONES] = copy_zones,
};

/* ---- what moves ---- */

/* By how much an item does; FALSE: it stays, or its speed cannot be right. */
static gboolean
way_of (guint64 track_id, gfloat speed_x, gfloat speed_y, gfloat seconds, gfloat *dx, gfloat *dy)
{
  *dx = speed_x * seconds;
  *dy = speed_y * seconds;
  return track_id && (*dx != 0 || *dy != 0) && fabsf (*dx) <= 1 && fabsf (*dy) <= 1;
}

#define WAY_OF(item) way_of ((item)->track_id, (item)->speed_x, (item)->speed_y, seconds, &dx, &dy)

/* How many move. change: they do, in a block that nobody else has seen yet; else they are only
 * looked at. */
#define MOVER(name, Type, MOVE_POINTS)                                                     \
  static guint move_##name (const GstTfcResults *results, gfloat seconds, gboolean change) \
  {                                                                                        \
    guint n, moved = 0;                                                                    \
    Type *item = (Type *)gst_tfc_results_get_##name (results, &n);                         \
    for (; n--; item++) {                                                                  \
      gfloat dx, dy;                                                                       \
      if (!WAY_OF (item))                                                                  \
        continue;                                                                          \
      moved++;                                                                             \
      if (!change)                                                                         \
        continue;                                                                          \
      item->x += dx;                                                                       \
      item->y += dy;                                                                       \
      item->age += (GstClockTime)(seconds * GST_SECOND);                                   \
      MOVE_POINTS                                                                          \
    }                                                                                      \
    return moved;                                                                          \
  }

/* Of a face and of a body, in the item's own memory. */
#define MOVE_ALL(Point)                                        \
  for (guint i = 0; item->points && i < item->n_points; i++) { \
    ((Point *)item->points)[i].x += dx;                        \
    ((Point *)item->points)[i].y += dy;                        \
  }

MOVER (detections, GstTfcDetection, )
MOVER (faces, GstTfcFace, MOVE_ALL (GstTfcPoint))
MOVER (poses, GstTfcPose, MOVE_ALL (GstTfcKeypoint))

/* What has no row stays. */
static guint (*const movers[]) (const GstTfcResults *results, gfloat seconds, gboolean change) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = move_detections,
    [GST_TFC_RESULTS_KIND_FACES] = move_faces,
    [GST_TFC_RESULTS_KIND_POSES] = move_poses,
};

GstTfcResults *
gst_tfc_join_results (GstTfcResults *results, GstClockTime pts, GstClockTime ahead)
{
  const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
  const gfloat seconds = (gfloat)MIN (ahead, GST_TFC_JOIN_REACH) / GST_SECOND;
  const gboolean moves = kind < G_N_ELEMENTS (movers) && movers[kind](results, seconds, FALSE);
  GstTfcResults *copy;

  if (!moves && gst_tfc_results_get_pts (results) == pts)
    return gst_tfc_results_ref (results);
  copy = copiers[kind](results, pts);
  if (copy && moves)
    movers[kind](copy, seconds, TRUE);
  return copy;
}
