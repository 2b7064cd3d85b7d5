/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include "gst/lib/gsttfctransform-private.h"

/* Fractions to fractions; FALSE for a point at or beyond infinity. */
static gboolean
move (const TfcMetaMatrix *m, gfloat *x, gfloat *y)
{
  gdouble px = (gdouble)*x * m->old_width - m->in_x, py = (gdouble)*y * m->old_height - m->in_y;
  gdouble w = m->matrix[2][0] * px + m->matrix[2][1] * py + m->matrix[2][2];

  if (!(w > 1e-9))
    return FALSE;
  *x = ((m->matrix[0][0] * px + m->matrix[0][1] * py + m->matrix[0][2]) / w + m->out_x) /
       m->new_width;
  *y = ((m->matrix[1][0] * px + m->matrix[1][1] * py + m->matrix[1][2]) / w + m->out_y) /
       m->new_height;
  return TRUE;
}

/* The upright box around the four moved corners; FALSE if none of it shows. */
static gboolean
move_box (const TfcMetaMatrix *m, gfloat *x, gfloat *y, gfloat *w, gfloat *h)
{
  gfloat left = G_MAXFLOAT, top = G_MAXFLOAT, right = -G_MAXFLOAT, bottom = -G_MAXFLOAT;

  for (guint i = 0; i < 4; i++) {
    gfloat cx = *x + (i & 1 ? *w : 0), cy = *y + (i & 2 ? *h : 0);
    if (!move (m, &cx, &cy))
      return FALSE;
    left = MIN (left, cx);
    right = MAX (right, cx);
    top = MIN (top, cy);
    bottom = MAX (bottom, cy);
  }
  *x = left;
  *y = top;
  *w = right - left;
  *h = bottom - top;
  return right * m->new_width > m->out_left && bottom * m->new_height > m->out_top &&
         left * m->new_width < m->out_left + m->out_width &&
         top * m->new_height < m->out_top + m->out_height;
}

static GstTfcResults *
apply_detections (const TfcMetaMatrix *m, const GstTfcResults *from)
{
  GstTfcResults *to = tfc_results_new (from->kind, from->model, from->pts, from->n, 0);
  guint n = 0;

  if (!to)
    return NULL;
  for (guint i = 0; i < from->n; i++) {
    GstTfcDetection *d = &to->detections[n];
    *d = from->detections[i];
    n += move_box (m, &d->x, &d->y, &d->w, &d->h);
  }
  to->n = n;
  return to;
}

static gboolean
apply_face (const TfcMetaMatrix *m, const GstTfcFace *from, GstTfcFace *to, GstTfcPoint *points)
{
  gdouble scale = sqrt (fabs ((gdouble)m->matrix[0][0] * m->matrix[1][1] -
                              (gdouble)m->matrix[0][1] * m->matrix[1][0]));
  gdouble up_x = sin (from->rotation), up_y = -cos (from->rotation);

  *to = *from;
  to->points = points;
  if (!move_box (m, &to->x, &to->y, &to->w, &to->h))
    return FALSE;
  to->rotation = atan2 (m->matrix[0][0] * up_x + m->matrix[0][1] * up_y,
                        -(m->matrix[1][0] * up_x + m->matrix[1][1] * up_y));
  for (guint i = 0; i < from->n_points; i++) {
    points[i] = from->points[i];
    if (!move (m, &points[i].x, &points[i].y))
      return FALSE;
    points[i].z *= scale * m->old_width / m->new_width;
  }
  return TRUE;
}

static GstTfcResults *
apply_faces (const TfcMetaMatrix *m, const GstTfcResults *from)
{
  GstTfcResults *to;
  GstTfcPoint *points;
  gsize n_points = 0;
  guint n = 0;

  for (guint i = 0; i < from->n; i++)
    n_points += from->faces[i].n_points;
  to = tfc_results_new (from->kind, from->model, from->pts, from->n, n_points);
  if (!to)
    return NULL;
  points = tfc_results_points (to);
  for (guint i = 0; i < from->n; i++) {
    if (apply_face (m, &from->faces[i], &to->faces[n], points)) {
      points += from->faces[i].n_points;
      n++;
    }
  }
  to->n = n;
  return to;
}

GstTfcResults *
tfc_matrix_apply (const TfcMetaMatrix *m, const GstTfcResults *results)
{
  GstTfcResults *to =
      results->kind == TFC_RESULTS_FACES ? apply_faces (m, results) : apply_detections (m, results);

  if (to && to->n == 0)
    g_clear_pointer (&to, gst_tfc_results_unref);
  return to;
}
