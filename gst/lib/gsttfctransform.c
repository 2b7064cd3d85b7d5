/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>
#include "gst/lib/gsttfctransform-private.h"
#include "gst/lib/gsttfcresults-private.h"
#include "models/result/head_angles.h"

/* Each moves a copy of an item, whose tail is its own already. FALSE if it left the picture; it is
 * moved all the same unless a point has no place in the new frame. */

/* The speed of an item whose box has not moved yet. */
#define MOVE_SPEED(h, item)                                                           \
  tfc_homography_velocity ((h), (item)->x + (item)->w / 2, (item)->y + (item)->h / 2, \
                           &(item)->speed_x, &(item)->speed_y)

static gboolean
move_detection (gpointer item, const TfcHomography *h)
{
  GstTfcDetection *d = item;

  MOVE_SPEED (h, d);
  return tfc_homography_box (h, &d->x, &d->y, &d->w, &d->h);
}

static gboolean
move_head (GstTfcHead *head, const TfcHomography *h)
{
  gfloat angles[3];

  if (!tfc_homography_head (h, head->matrix))
    return FALSE;
  tfc_head_angles (head->matrix, angles);
  head->yaw = angles[0];
  head->pitch = angles[1];
  head->roll = angles[2];
  tfc_homography_direction (h, &head->gaze_x, &head->gaze_y);
  return TRUE;
}

static gboolean
move_face (gpointer item, const TfcHomography *h)
{
  GstTfcFace *f = item;
  GstTfcPoint *points = (GstTfcPoint *)f->points;
  const gdouble depth_scale = tfc_homography_depth_scale (h);
  gboolean shows;

  MOVE_SPEED (h, f);
  shows = tfc_homography_box (h, &f->x, &f->y, &f->w, &f->h);
  f->rotation = tfc_homography_rotation (h, f->rotation);
  if (f->head && !move_head ((GstTfcHead *)f->head, h))
    return FALSE;
  for (guint i = 0; i < f->n_points; i++) {
    if (!tfc_homography_point (h, &points[i].x, &points[i].y))
      return FALSE;
    points[i].z *= depth_scale;
  }
  return shows;
}

static gboolean
move_pose (gpointer item, const TfcHomography *h)
{
  GstTfcPose *p = item;
  GstTfcKeypoint *points = (GstTfcKeypoint *)p->points;
  GstTfcPoint *world = (GstTfcPoint *)p->world;
  const gdouble depth_scale = tfc_homography_depth_scale (h);
  gboolean shows;

  MOVE_SPEED (h, p);
  shows = tfc_homography_box (h, &p->x, &p->y, &p->w, &p->h);
  for (guint i = 0; i < p->n_points; i++) {
    if (!tfc_homography_point (h, &points[i].x, &points[i].y))
      return FALSE;
    points[i].z *= depth_scale;
    if (world)
      tfc_homography_direction (h, &world[i].x, &world[i].y);
  }
  return shows;
}

/* Whether what was on the left of one who goes from the first point to the second is on the right
 * now. */
static gboolean
changes_sides (const GstTfcPoint *line, const TfcHomography *h)
{
  const gfloat x = line[1].x - line[0].x, y = line[1].y - line[0].y;
  GstTfcPoint from = line[0], to = line[1], left = {line[0].x + y, line[0].y - x, 0};

  if (!tfc_homography_point (h, &from.x, &from.y) || !tfc_homography_point (h, &to.x, &to.y) ||
      !tfc_homography_point (h, &left.x, &left.y))
    return FALSE;
  return (to.x - from.x) * (left.y - from.y) > (to.y - from.y) * (left.x - from.x);
}

static gboolean
move_zone (gpointer item, const TfcHomography *h)
{
  GstTfcZone *z = item;
  GstTfcPoint *points = (GstTfcPoint *)z->points;
  const gboolean turn = z->is_line && z->n_points == 2 && changes_sides (points, h);

  for (guint i = 0; i < z->n_points; i++) {
    if (!tfc_homography_point (h, &points[i].x, &points[i].y))
      return FALSE;
  }
  if (turn) {
    const GstTfcPoint first = points[0];
    points[0] = points[1];
    points[1] = first;
  }
  return TRUE;
}

static gboolean
move_placeless (gpointer item, const TfcHomography *h)
{
  (void)item;
  (void)h;
  return TRUE;
}

/* Turns the values of from, which are another block's. */
static void
turn_values (const GstTfcMask *from, const TfcQuarterTurn *turn, guint8 *to)
{
  const gssize across = turn->transposed ? from->width : 1,
               down = turn->transposed ? 1 : from->width;
  const guint width = turn->transposed ? from->height : from->width;
  const guint height = turn->transposed ? from->width : from->height;
  const gssize step_x = turn->mirrored_x ? -across : across;
  const gssize step_y = turn->mirrored_y ? -down : down;
  const guint8 *row = from->data;

  if (!tfc_mask_n_values (from))
    return;
  row += turn->mirrored_x ? across * (width - 1) : 0;
  row += turn->mirrored_y ? down * (height - 1) : 0;
  for (guint y = 0; y < height; y++, row += step_y) {
    for (guint x = 0; x < width; x++)
      *to++ = row[(gssize)x * step_x];
  }
}

static GstTfcResults *
transform_mask (const GstTfcResults *from, const TfcHomography *h, gboolean keep)
{
  TfcQuarterTurn turn;
  GstTfcResults *to;
  GstTfcMask *mask;

  if (!tfc_homography_quarter_turn (h, &turn))
    return NULL;
  to = tfc_results_copy_items (from->kind, from->model, from->pts, from->items, from->n);
  if (!to)
    return NULL;
  mask = to->mask;
  turn_values (from->mask, &turn, (guint8 *)mask->data);
  if (turn.transposed) {
    mask->width = from->mask->height;
    mask->height = from->mask->width;
  }
  if (!tfc_homography_box (h, &mask->x, &mask->y, &mask->w, &mask->h) && !keep)
    to->n = 0;
  return to;
}

static gboolean (*const moves[]) (gpointer item, const TfcHomography *h) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = move_detection,
    [GST_TFC_RESULTS_KIND_FACES] = move_face,
    [GST_TFC_RESULTS_KIND_POSES] = move_pose,
    [GST_TFC_RESULTS_KIND_CLASSES] = move_placeless,
    [GST_TFC_RESULTS_KIND_EVENTS] = move_placeless,
    [GST_TFC_RESULTS_KIND_ZONES] = move_zone,
};

static GstTfcResults *
transform_items (const GstTfcResults *from, const TfcHomography *h, gboolean keep)
{
  const TfcItemKind *kind = tfc_item_kind (from->kind);
  GstTfcResults *to =
      tfc_results_new (from->kind, from->model, from->pts, from->n, tfc_results_tail_bytes (from));
  guint8 *tail = to ? tfc_results_tail (to) : NULL;
  guint n = 0;

  if (!to)
    return NULL;
  for (guint i = 0; i < from->n; i++) {
    guint8 *item = (guint8 *)to->items + n * kind->size;
    memcpy (item, (const guint8 *)from->items + i * kind->size, kind->size);
    guint8 *end = kind->settle (item, tail);
    if (!moves[from->kind](item, h) && !keep)
      continue;
    tail = end;
    n++;
  }
  to->n = n;
  return to;
}

/* keep: also what left the picture. */
static GstTfcResults *
transform (const GstTfcResults *results, const TfcHomography *h, gboolean keep)
{
  if (results->kind == GST_TFC_RESULTS_KIND_MASK)
    return transform_mask (results, h, keep);
  return transform_items (results, h, keep);
}

GstTfcResults *
tfc_results_transform (const GstTfcResults *results, const TfcHomography *homography)
{
  GstTfcResults *to = transform (results, homography, FALSE);

  if (to && to->n == 0)
    g_clear_pointer (&to, gst_tfc_results_unref);
  return to;
}

/**
 * gst_tfc_results_new_mirrored:
 * @results: the results
 *
 * For elements that mirror a frame left to right: what @results are on it then. Names of points and
 * handedness stay, they are the person's. Mirrored twice, results are as before.
 *
 * Returns: (transfer full) (nullable): other results; %NULL if there is no memory
 *
 * Since: 0.1
 */
GstTfcResults *
gst_tfc_results_new_mirrored (const GstTfcResults *results)
{
  static const TfcHomography mirror = {.matrix = {{-1, 0, 1}, {0, 1, 0}, {0, 0, 1}},
                                       .out_width = 1,
                                       .out_height = 1,
                                       .old_width = 1,
                                       .old_height = 1,
                                       .new_width = 1,
                                       .new_height = 1};

  g_return_val_if_fail (results != NULL, NULL);
  return transform (results, &mirror, TRUE);
}
