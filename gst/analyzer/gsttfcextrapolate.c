/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include "gst/analyzer/gsttfcextrapolate.h"
#include "gst/analyzer/gsttfcexport.h"

#define TOO_LONG (GST_SECOND / 2)

void
gst_tfc_extrapolator_clear (GstTfcExtrapolator *forward)
{
  g_clear_pointer (&forward->items, g_array_unref);
  g_clear_pointer (&forward->points, g_array_unref);
}

/* How far ahead in units of the time between the two; 0: stay. */
static gfloat
reach (const GstTfcResults *before, const GstTfcResults *newest, GstClockTime pts)
{
  GstClockTime t0, t1;

  if (!before || !GST_CLOCK_TIME_IS_VALID (pts))
    return 0;
  t0 = gst_tfc_results_get_pts (before);
  t1 = gst_tfc_results_get_pts (newest);
  if (!GST_CLOCK_TIME_IS_VALID (t0) || !GST_CLOCK_TIME_IS_VALID (t1) || t0 >= t1 || t1 >= pts ||
      t1 - t0 > TOO_LONG)
    return 0;
  return MIN ((gfloat)(pts - t1) / (t1 - t0), 1);
}

static gboolean
find (const GstTfcResults *results, guint64 track_id, GstTfcObject *seen)
{
  guint n = gst_tfc_results_size (results);

  for (guint i = 0; track_id && i < n; i++) {
    *seen = gst_tfc_results_nth (results, i);
    if (seen->track_id == track_id)
      return TRUE;
  }
  return FALSE;
}

static gfloat
go_on (gfloat from, gfloat to, gfloat k)
{
  return to + k * (to - from);
}

/* FALSE if it stays where it is. */
static gboolean
move (const GstTfcResults *before, GstTfcObject *box, gfloat k)
{
  GstTfcObject old;
  gfloat w, h, cx, cy, old_cx, old_cy;

  if (!find (before, box->track_id, &old))
    return FALSE;
  cx = box->x + box->w / 2;
  cy = box->y + box->h / 2;
  old_cx = old.x + old.w / 2;
  old_cy = old.y + old.h / 2;
  if (!(fabsf (cx - old_cx) <= box->w && fabsf (cy - old_cy) <= box->h))
    return FALSE;
  w = CLAMP (go_on (old.w, box->w, k), box->w / 2, box->w * 2);
  h = CLAMP (go_on (old.h, box->h, k), box->h / 2, box->h * 2);
  box->x = go_on (old_cx, cx, k) - w / 2;
  box->y = go_on (old_cy, cy, k) - h / 2;
  box->w = w;
  box->h = h;
  return TRUE;
}

static GArray *
room (GArray **array, guint size, guint n)
{
  if (!*array)
    *array = g_array_new (FALSE, FALSE, size);
  g_array_set_size (*array, n);
  return *array;
}

static GstTfcResults *
forward_detections (GstTfcExtrapolator *forward, const GstTfcResults *before, GstTfcResults *newest,
                    gfloat k)
{
  guint n, moved = 0;
  const GstTfcDetection *from = gst_tfc_results_get_detections (newest, &n);
  GstTfcDetection *to = (gpointer)room (&forward->items, sizeof *to, n)->data;

  for (guint i = 0; i < n; i++) {
    GstTfcObject box = gst_tfc_results_nth (newest, i);
    to[i] = from[i];
    moved += move (before, &box, k);
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

/* The face from with its points (written to points) in box. */
static GstTfcFace
put (const GstTfcFace *from, const GstTfcObject *box, GstTfcPoint *points)
{
  GstTfcFace to = *from;
  gfloat sx = box->w / from->w, sy = box->h / from->h;

  to.x = box->x;
  to.y = box->y;
  to.w = box->w;
  to.h = box->h;
  to.points = points;
  for (guint i = 0; i < from->n_points; i++) {
    const GstTfcPoint *p = &from->points[i];
    points[i] =
        (GstTfcPoint){box->x + (p->x - from->x) * sx, box->y + (p->y - from->y) * sy, p->z * sx};
  }
  return to;
}

static GstTfcResults *
forward_faces (GstTfcExtrapolator *forward, const GstTfcResults *before, GstTfcResults *newest, gfloat k)
{
  guint n, n_points = 0, moved = 0;
  const GstTfcFace *from = gst_tfc_results_get_faces (newest, &n);
  GstTfcFace *to = (gpointer)room (&forward->items, sizeof *to, n)->data;
  GstTfcPoint *points;

  for (guint i = 0; i < n; i++)
    n_points += from[i].n_points;
  points = (gpointer)room (&forward->points, sizeof *points, n_points)->data;
  for (guint i = 0; i < n; i++) {
    GstTfcObject box = gst_tfc_results_nth (newest, i);
    to[i] = from[i];
    if (!(from[i].w > 0 && from[i].h > 0) || !move (before, &box, k))
      continue;
    to[i] = put (&from[i], &box, points);
    points += from[i].n_points;
    moved++;
  }
  if (!moved)
    return gst_tfc_results_ref (newest);
  return gst_tfc_results_new_faces (gst_tfc_results_get_model (newest),
                                    gst_tfc_results_get_pts (newest), to, n);
}

GstTfcResults *
gst_tfc_extrapolate (GstTfcExtrapolator *forward, const GstTfcResults *before, GstTfcResults *newest,
                 GstClockTime pts)
{
  gfloat k = reach (before, newest, pts);
  guint n;

  if (k == 0 || gst_tfc_results_size (newest) == 0)
    return gst_tfc_results_ref (newest);
  if (gst_tfc_results_get_detections (newest, &n))
    return forward_detections (forward, before, newest, k);
  return forward_faces (forward, before, newest, k);
}
