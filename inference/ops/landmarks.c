/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The three ops with which MediaPipe's attention mesh looks closer at lips and eyes. A transform is
 * a 4x4 matrix, row-major, of which x and y use the first two rows: [xx, xy, 0, x0], [yx, yy, 0,
 * y0]. */
#include "inference/ops/families.h"

#include <math.h>

static gboolean
need_point (const TfcInfer *c, gint32 index, gsize points)
{
  return (index >= 0 && (gsize)index < points) ||
         BAD (c, "point %d of %" G_GSIZE_FORMAT, index, points);
}

/* x[.., 3 * n] points as x, y, z -> y[1, 4, 4], the matrix */
gboolean
tfc_infer_landmarks_to_transform (TfcInfer *c)
{
  const TfcParams *p = c->params;
  gsize points = tfc_tensor_count (c->in[0]) / 3;
  if (p->landmarks.n < 1 || p->landmarks.n > (gint)G_N_ELEMENTS (p->landmarks.index))
    return BAD (c, "%d indices", p->landmarks.n);
  for (gint i = 0; i < p->landmarks.n; i++) {
    if (!need_point (c, p->landmarks.index[i], points))
      return FALSE;
  }
  if (!need_point (c, p->landmarks.left_rotation, points) ||
      !need_point (c, p->landmarks.right_rotation, points))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  c->shape[0] = tfc_shape (3, 1, 4, 4);
  return TRUE;
}

static gboolean
need_matrix (const TfcInfer *c)
{
  return tfc_tensor_count (c->in[1]) == 16 || BAD (c, "the matrix is not 4x4");
}

gboolean
tfc_infer_transform_tensor (TfcInfer *c)
{
  const TfcParams *p = c->params;
  if (!tfc_infer_need_rank (c, 0, 4) || !need_matrix (c))
    return FALSE;
  if (p->landmarks.height < 1 || p->landmarks.width < 1)
    return BAD (c, "to %dx%d pixels", p->landmarks.width, p->landmarks.height);
  const gint32 *x = c->in[0]->shape.dim;
  c->shape[0] = tfc_shape (4, x[0], p->landmarks.height, p->landmarks.width, x[3]);
  return TRUE;
}

gboolean
tfc_infer_transform_landmarks (TfcInfer *c)
{
  const TfcShape *x = &c->in[0]->shape;
  c->shape[0] = *x;
  if (x->rank < 1 || x->dim[x->rank - 1] < 2)
    return BAD (c, "points without x and y");
  return need_matrix (c);
}

static gboolean
can_run (const TfcOpCall *call)
{
  return call->in[0]->type == TFC_TYPE_F32 && call->out[0]->type == TFC_TYPE_F32;
}

typedef struct {
  gdouble x, y;
} Point;

static Point
turn (Point p, gdouble angle)
{
  const gdouble c = cos (angle), s = sin (angle);
  return (Point){c * p.x - s * p.y, s * p.x + c * p.y};
}

/* Points are (x, y, z); z is not looked at. */
static Point
point_at (const gfloat *points, gint index)
{
  return (Point){points[3 * index], points[3 * index + 1]};
}

/* How the line from the left to the right point is turned against target_rotation. */
static gdouble
angle_of (const TfcParams *p, const gfloat *points)
{
  const Point left = point_at (points, p->landmarks.left_rotation);
  const Point right = point_at (points, p->landmarks.right_rotation);
  return atan2 (right.y - left.y, right.x - left.x) - p->landmarks.target_rotation;
}

/* The box around the chosen points, turned as the face is and scaled, laid on the output's pixels:
 * from these to the points' own unit. */
static void
run_to_transform (const TfcOpCall *call)
{
  const TfcParams *p = call->params;
  const gfloat *points = call->in[0]->data;
  const gdouble angle = angle_of (p, points);
  Point least = {G_MAXDOUBLE, G_MAXDOUBLE}, most = {-G_MAXDOUBLE, -G_MAXDOUBLE};
  for (gint i = 0; i < p->landmarks.n; i++) {
    const Point at = turn (point_at (points, p->landmarks.index[i]), -angle);
    least = (Point){fmin (least.x, at.x), fmin (least.y, at.y)};
    most = (Point){fmax (most.x, at.x), fmax (most.y, at.y)};
  }
  const Point middle = turn ((Point){(least.x + most.x) / 2, (least.y + most.y) / 2}, angle);
  const gdouble width = p->landmarks.width, height = p->landmarks.height;
  const gdouble kx = p->landmarks.scale_x * (most.x - least.x) / width,
                ky = p->landmarks.scale_y * (most.y - least.y) / height;
  const gdouble xx = cos (angle) * kx, xy = -sin (angle) * ky;
  const gdouble yx = sin (angle) * kx, yy = cos (angle) * ky;
  const gdouble m[16] = {xx, xy, 0, middle.x - xx * width / 2 - xy * height / 2,
                         yx, yy, 0, middle.y - yx * width / 2 - yy * height / 2,
                         0,  0,  1, 0,
                         0,  0,  0, 1};
  gfloat *out = call->out[0]->data;
  for (guint i = 0; i < 16; i++)
    out[i] = (gfloat)m[i];
}

/* Bilinear where all of it is inside, 0 elsewhere. */
static void
sample (const TfcTensor *x, const gfloat *image, gdouble at_x, gdouble at_y, gfloat *out)
{
  const gint32 height = x->shape.dim[1], width = x->shape.dim[2], channels = x->shape.dim[3];
  const gboolean inside = at_x >= 0 && at_y >= 0 && at_x <= width - 1 && at_y <= height - 1;
  const gint32 x0 = inside ? (gint32)at_x : 0, y0 = inside ? (gint32)at_y : 0;
  const gint32 x1 = MIN (x0 + 1, width - 1), y1 = MIN (y0 + 1, height - 1);
  const gdouble fx = at_x - x0, fy = at_y - y0;
  for (gint32 c = 0; c < channels; c++) {
    const gfloat *a = image + ((gsize)y0 * width + x0) * channels + c;
    const gfloat *b = image + ((gsize)y0 * width + x1) * channels + c;
    const gfloat *d = image + ((gsize)y1 * width + x0) * channels + c;
    const gfloat *e = image + ((gsize)y1 * width + x1) * channels + c;
    const gdouble top = *a + (*b - *a) * fx, bottom = *d + (*e - *d) * fx;
    out[c] = inside ? (gfloat)(top + (bottom - top) * fy) : 0;
  }
}

static void
run_transform_tensor (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *y = call->out[0];
  const gfloat *m = call->in[1]->data, *image = x->data;
  const gint32 *dim = y->shape.dim;
  const gsize step = (gsize)x->shape.dim[1] * x->shape.dim[2] * x->shape.dim[3];
  gfloat *out = y->data;
  for (gint32 n = 0; n < dim[0]; n++, image += step) {
    for (gint32 v = 0; v < dim[1]; v++) {
      for (gint32 u = 0; u < dim[2]; u++, out += dim[3])
        sample (x, image, (gdouble)m[0] * u + (gdouble)m[1] * v + m[3],
                (gdouble)m[4] * u + (gdouble)m[5] * v + m[7], out);
    }
  }
}

static void
run_transform_landmarks (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  const gfloat *m = call->in[1]->data, *in = x->data;
  gfloat *out = call->out[0]->data;
  const gint32 parts = x->shape.dim[x->shape.rank - 1];
  const gsize n = tfc_tensor_count (x) / parts;
  for (gsize i = 0; i < n; i++, in += parts, out += parts) {
    const gdouble px = in[0], py = in[1];
    out[0] = (gfloat)(m[0] * px + m[1] * py + m[3]);
    out[1] = (gfloat)(m[4] * px + m[5] * py + m[7]);
    for (gint32 k = 2; k < parts; k++) /* depth stays */
      out[k] = in[k];
  }
}

const TfcOpLoops tfc_loops_landmarks_to_transform = {can_run, run_to_transform};
const TfcOpLoops tfc_loops_transform_tensor = {can_run, run_transform_tensor};
const TfcOpLoops tfc_loops_transform_landmarks = {can_run, run_transform_landmarks};
