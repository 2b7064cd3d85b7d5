/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-landmarks.h"

#include <math.h>

static gint
upto (GRand *r, gint lo, gint hi)
{
  return g_rand_int_range (r, lo, hi + 1);
}

static TfcTensor *
input (GRand *r, OpCase *c, TfcShape s, gdouble lo, gdouble hi)
{
  TfcTensor *t = op_case_input (c, TFC_TYPE_F32, &s);
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, g_rand_double_range (r, lo, hi));
  return t;
}

/* A transform that keeps most of a picture of about 9 x 9 inside. */
static void
matrix (GRand *r, OpCase *c)
{
  TfcTensor *m = input (r, c, tfc_shape (3, 1, 4, 4), -1, 1);
  op_store (m, 3, g_rand_double_range (r, -1, 5));
  op_store (m, 7, g_rand_double_range (r, -1, 5));
}

static void
make_to_transform (GRand *r, OpCase *c)
{
  const gint points = upto (r, 2, 30);
  TfcShape y = tfc_shape (3, 1, 4, 4);
  TfcParams *p = &c->params;
  input (r, c, upto (r, 0, 1) ? tfc_shape (3, 1, points, 3) : tfc_shape (4, 1, 1, 1, 3 * points),
         -20, 200);
  p->landmarks.n = upto (r, 1, (gint)G_N_ELEMENTS (p->landmarks.index));
  for (gint i = 0; i < p->landmarks.n; i++)
    p->landmarks.index[i] = upto (r, 0, points - 1);
  p->landmarks.height = upto (r, 1, 20);
  p->landmarks.width = upto (r, 1, 20);
  p->landmarks.scale_x = (gfloat)g_rand_double_range (r, 0.5, 2);
  p->landmarks.scale_y = (gfloat)g_rand_double_range (r, 0.5, 2);
  p->landmarks.left_rotation = upto (r, 0, points - 1);
  p->landmarks.right_rotation = upto (r, 0, points - 1);
  p->landmarks.target_rotation = (gfloat)g_rand_double_range (r, -3, 3);
  op_case_output (c, TFC_TYPE_F32, &y);
}

static void
make_transform_tensor (GRand *r, OpCase *c)
{
  TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 9), upto (r, 1, 9), upto (r, 1, 33));
  TfcShape y = tfc_shape (4, x.dim[0], upto (r, 1, 9), upto (r, 1, 9), x.dim[3]);
  input (r, c, x, -4, 4);
  matrix (r, c);
  c->params.landmarks.height = y.dim[1];
  c->params.landmarks.width = y.dim[2];
  op_case_output (c, TFC_TYPE_F32, &y);
}

static void
make_transform_landmarks (GRand *r, OpCase *c)
{
  TfcShape x = tfc_shape (3, 1, upto (r, 1, 80), upto (r, 2, 4));
  input (r, c, x, -20, 200);
  matrix (r, c);
  op_case_output (c, TFC_TYPE_F32, &x);
}

OpCase *
op_landmarks_case (GRand *r, TfcOp op, TfcType type)
{
  OpCase *c = op_case_new (op);
  if (op == TFC_OP_LANDMARKS_TO_TRANSFORM)
    make_to_transform (r, c);
  else if (op == TFC_OP_TRANSFORM_TENSOR_BILINEAR)
    make_transform_tensor (r, c);
  else
    make_transform_landmarks (r, c);
  return c;
}

/* How far the points reach along the axis that stands at angle: half of it, and its middle. */
static void
reach (const OpCase *c, gdouble angle, gdouble *half, gdouble *middle)
{
  gdouble most = -INFINITY, least = INFINITY;
  for (gint i = 0; i < c->params.landmarks.n; i++) {
    const gsize point = 3 * (gsize)c->params.landmarks.index[i];
    const gdouble x = op_real (&c->in[0], point), y = op_real (&c->in[0], point + 1);
    const gdouble along = hypot (x, y) * cos (atan2 (y, x) - angle);
    most = fmax (most, along);
    least = fmin (least, along);
  }
  *half = (most - least) / 2;
  *middle = (most + least) / 2;
}

/* Columns of the matrix: how far a pixel to the right and one down lead, and where pixel 0, 0 is:
 * from the box's middle half its sides back. */
gdouble
op_naive_to_transform (const OpCase *c, const gint32 *at, gsize i)
{
  const TfcParams *p = &c->params;
  const gsize left = 3 * (gsize)p->landmarks.left_rotation;
  const gsize right = 3 * (gsize)p->landmarks.right_rotation;
  const gdouble right_angle = acos (0);
  gdouble angle = atan2 (op_real (&c->in[0], right + 1) - op_real (&c->in[0], left + 1),
                         op_real (&c->in[0], right) - op_real (&c->in[0], left)) -
                  p->landmarks.target_rotation;
  gdouble half[2], middle[2];
  if (at[1] > 1 || at[2] == 2)
    return at[1] == at[2];
  reach (c, angle, &half[0], &middle[0]);
  reach (c, angle + right_angle, &half[1], &middle[1]);
  half[0] *= p->landmarks.scale_x;
  half[1] *= p->landmarks.scale_y;
  angle -= at[1] * right_angle; /* sin v = cos (v - right angle) */
  if (at[2] == 0)
    return 2 * half[0] / p->landmarks.width * cos (angle);
  if (at[2] == 1)
    return 2 * half[1] / p->landmarks.height * cos (angle + right_angle);
  return (middle[0] - half[0]) * cos (angle) + (middle[1] - half[1]) * cos (angle + right_angle);
}

/* Row of the matrix times (x, y, 1). */
static gdouble
transformed (const OpCase *c, gint row, gdouble x, gdouble y)
{
  const TfcTensor *m = &c->in[1];
  return op_real (m, row * 4 + 3) + op_real (m, row * 4 + 1) * y + op_real (m, row * 4) * x;
}

/* Every pixel of the picture counts by how near it is; none does for a place beside it. */
gdouble
op_naive_transform_tensor (const OpCase *c, const gint32 *at, gsize i)
{
  const gint32 *d = c->in[0].shape.dim;
  const gdouble x = transformed (c, 0, at[2], at[1]), y = transformed (c, 1, at[2], at[1]);
  gdouble sum = 0;
  if (fabs (2 * x - (d[2] - 1)) > d[2] - 1 || fabs (2 * y - (d[1] - 1)) > d[1] - 1)
    return 0;
  for (gint32 r = 0; r < d[1]; r++)
    for (gint32 k = 0; k < d[2]; k++)
      sum += fmax (0, 1 - fabs (y - r)) * fmax (0, 1 - fabs (x - k)) *
             op_real (&c->in[0], (((gsize)at[0] * d[1] + r) * d[2] + k) * d[3] + at[3]);
  return sum;
}

gdouble
op_naive_transform_landmarks (const OpCase *c, const gint32 *at, gsize i)
{
  const gsize point = i - at[2];
  if (at[2] > 1)
    return op_real (&c->in[0], i);
  return transformed (c, at[2], op_real (&c->in[0], point), op_real (&c->in[0], point + 1));
}
