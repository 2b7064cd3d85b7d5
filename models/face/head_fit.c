/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/head_fit.h"

#include <math.h>
#include <string.h>

static const struct {
  guint point;
  gfloat at[3];
} shape[] = {
#include "models/face/head_geometry.inc"
};

#define N G_N_ELEMENTS (shape)
#define SWEEPS 12 /* of Jacobi's method: a matrix of four needs about five */

typedef struct {
  gdouble head[3], mesh[3];         /* means */
  gdouble head_square, mesh_square; /* mean squared distances from them */
  gdouble product[3][3];            /* mean of head times mesh */
} Moments;

static gboolean
find_moments (Moments *m, const TfcPoint *points)
{
  memset (m, 0, sizeof *m);
  for (guint i = 0; i < N; i++) {
    const TfcPoint *at = &points[shape[i].point];
    const gdouble p[3] = {at->x, at->y, at->z};
    for (guint k = 0; k < 3; k++) {
      m->head[k] += shape[i].at[k] / N;
      m->mesh[k] += p[k] / N;
    }
  }
  for (guint i = 0; i < N; i++) {
    const TfcPoint *at = &points[shape[i].point];
    const gdouble p[3] = {at->x, at->y, at->z};
    for (guint k = 0; k < 3; k++) {
      const gdouble a = shape[i].at[k] - m->head[k], b = p[k] - m->mesh[k];
      m->head_square += a * a / N;
      m->mesh_square += b * b / N;
      for (guint l = 0; l < 3; l++)
        m->product[k][l] += a * (p[l] - m->mesh[l]) / N;
    }
  }
  return isfinite (m->mesh_square) && m->mesh_square > 1e-12;
}

/* Horn's matrix, whose eigenvector of the greatest eigenvalue is the quaternion. */
static void
horn (const gdouble s[3][3], gdouble h[4][4])
{
  const gdouble rows[4][4] = {
      {s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
      {0, s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
      {0, 0, -s[0][0] + s[1][1] - s[2][2], s[1][2] + s[2][1]},
      {0, 0, 0, -s[0][0] - s[1][1] + s[2][2]}};
  for (guint i = 0; i < 4; i++) {
    for (guint k = 0; k < 4; k++)
      h[i][k] = rows[MIN (i, k)][MAX (i, k)];
  }
}

/* One rotation of Jacobi's method: h[p][q] becomes 0; v collects the rotations. */
static void
rotate (gdouble h[4][4], gdouble v[4][4], guint p, guint q)
{
  if (fabs (h[p][q]) < 1e-300)
    return;
  const gdouble theta = (h[q][q] - h[p][p]) / (2 * h[p][q]);
  const gdouble t = (theta < 0 ? -1 : 1) / (fabs (theta) + sqrt (theta * theta + 1));
  const gdouble c = 1 / sqrt (t * t + 1), s = t * c;
  for (guint i = 0; i < 4; i++) {
    const gdouble a = h[i][p], b = h[i][q];
    h[i][p] = c * a - s * b;
    h[i][q] = s * a + c * b;
  }
  for (guint i = 0; i < 4; i++) {
    const gdouble a = h[p][i], b = h[q][i], x = v[i][p], y = v[i][q];
    h[p][i] = c * a - s * b;
    h[q][i] = s * a + c * b;
    v[i][p] = c * x - s * y;
    v[i][q] = s * x + c * y;
  }
}

/* The greatest eigenvalue of h, which is used up, and its vector. */
static gdouble
greatest (gdouble h[4][4], gdouble vector[4])
{
  gdouble v[4][4] = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
  guint best = 0;
  for (guint sweep = 0; sweep < SWEEPS; sweep++) {
    for (guint p = 0; p < 3; p++) {
      for (guint q = p + 1; q < 4; q++)
        rotate (h, v, p, q);
    }
  }
  for (guint i = 1; i < 4; i++)
    best = h[i][i] > h[best][best] ? i : best;
  for (guint i = 0; i < 4; i++)
    vector[i] = v[i][best];
  return h[best][best];
}

static void
set_rotation (gdouble r[3][3], const gdouble q[4])
{
  const gdouble w = q[0], x = q[1], y = q[2], z = q[3];
  const gdouble rows[3][3] = {
      {w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
      {2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)},
      {2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z}};
  memcpy (r, rows, sizeof rows);
}

gboolean
tfc_head_fit (TfcHeadFit *fit, const TfcPoint *points)
{
  Moments m;
  gdouble h[4][4], q[4];
  if (!find_moments (&m, points))
    return FALSE;
  horn ((const gdouble (*)[3])m.product, h);
  const gdouble trace = greatest (h, q);
  set_rotation (fit->rotation, q);
  fit->scale = trace / m.head_square;
  if (!(fit->scale > 1e-9))
    return FALSE;
  for (guint i = 0; i < 3; i++) {
    fit->shift[i] = m.mesh[i];
    for (guint k = 0; k < 3; k++)
      fit->shift[i] -= fit->scale * fit->rotation[i][k] * m.head[k];
  }
  fit->residual = sqrt (MAX (m.mesh_square - fit->scale * trace, 0)) / fit->scale;
  return TRUE;
}

TfcPoint
tfc_head_fit_back (const TfcHeadFit *fit, const TfcPoint *point)
{
  const gdouble d[3] = {point->x - fit->shift[0], point->y - fit->shift[1],
                        point->z - fit->shift[2]};
  gdouble at[3] = {0};
  for (guint k = 0; k < 3; k++) {
    for (guint i = 0; i < 3; i++)
      at[k] += fit->rotation[i][k] * d[i] / fit->scale;
  }
  return (TfcPoint){(gfloat)at[0], (gfloat)at[1], (gfloat)at[2]};
}
