/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/posenet_decode.h"

#include <math.h>
#include <stdlib.h>

#define NEAR_SQUARED 400.0 /* 20 pixels: the same point of the same person */
#define N_EDGES 16

/* The skeleton as a tree, from the nose outwards. */
static const struct {
  guint8 parent, child;
} edges[N_EDGES] = {
    {TFC_COCO_NOSE, TFC_COCO_LEFT_EYE},           {TFC_COCO_LEFT_EYE, TFC_COCO_LEFT_EAR},
    {TFC_COCO_NOSE, TFC_COCO_RIGHT_EYE},          {TFC_COCO_RIGHT_EYE, TFC_COCO_RIGHT_EAR},
    {TFC_COCO_NOSE, TFC_COCO_LEFT_SHOULDER},      {TFC_COCO_LEFT_SHOULDER, TFC_COCO_LEFT_ELBOW},
    {TFC_COCO_LEFT_ELBOW, TFC_COCO_LEFT_WRIST},   {TFC_COCO_LEFT_SHOULDER, TFC_COCO_LEFT_HIP},
    {TFC_COCO_LEFT_HIP, TFC_COCO_LEFT_KNEE},      {TFC_COCO_LEFT_KNEE, TFC_COCO_LEFT_ANKLE},
    {TFC_COCO_NOSE, TFC_COCO_RIGHT_SHOULDER},     {TFC_COCO_RIGHT_SHOULDER, TFC_COCO_RIGHT_ELBOW},
    {TFC_COCO_RIGHT_ELBOW, TFC_COCO_RIGHT_WRIST}, {TFC_COCO_RIGHT_SHOULDER, TFC_COCO_RIGHT_HIP},
    {TFC_COCO_RIGHT_HIP, TFC_COCO_RIGHT_KNEE},    {TFC_COCO_RIGHT_KNEE, TFC_COCO_RIGHT_ANKLE},
};

static gfloat
sigmoid (gfloat logit)
{
  return 1 / (1 + expf (-logit));
}

static gfloat
logit_at (const TfcPosenetMaps *m, guint cell, guint point)
{
  return m->heat[(gsize)cell * TFC_COCO_POINTS + point];
}

/* Where the point lies, by its cell. What is no number counts as the cell itself. */
static TfcPosenetPoint
point_at (const TfcPosenetMaps *m, guint cell, guint point)
{
  const gfloat *offset = m->offset + (gsize)cell * 2 * TFC_COCO_POINTS + point;
  const gfloat dy = isfinite (offset[0]) ? offset[0] : 0,
               dx = isfinite (offset[TFC_COCO_POINTS]) ? offset[TFC_COCO_POINTS] : 0;

  return (TfcPosenetPoint){(gdouble)(cell % m->width) * m->stride + dx,
                           (gdouble)(cell / m->width) * m->stride + dy, 0};
}

void
tfc_posenet_single (const TfcPosenetMaps *m, TfcPosenetPose *pose)
{
  const guint n_cells = m->width * m->height;
  gfloat sum = 0;

  for (guint p = 0; p < TFC_COCO_POINTS; p++) {
    guint best = 0;
    for (guint cell = 1; cell < n_cells; cell++)
      if (sigmoid (logit_at (m, cell, p)) > sigmoid (logit_at (m, best, p)))
        best = cell;
    pose->point[p] = point_at (m, best, p);
    pose->point[p].score = sigmoid (logit_at (m, best, p));
    sum += pose->point[p].score;
  }
  pose->score = sum / TFC_COCO_POINTS;
}

static gboolean
is_highest_around (const TfcPosenetMaps *m, guint cell, guint point)
{
  const guint x = cell % m->width, y = cell / m->width;
  const gfloat here = logit_at (m, cell, point);

  for (guint v = y > 0 ? y - 1 : 0; v <= MIN (y + 1, m->height - 1); v++)
    for (guint u = x > 0 ? x - 1 : 0; u <= MIN (x + 1, m->width - 1); u++)
      if (logit_at (m, v * m->width + u, point) > here)
        return FALSE;
  return TRUE;
}

static int
by_logit (const void *a, const void *b)
{
  const TfcPosenetRoot *p = a, *q = b;

  if (p->logit != q->logit)
    return p->logit > q->logit ? -1 : 1;
  return p->cell != q->cell ? (p->cell < q->cell ? -1 : 1) : (gint)p->point - q->point;
}

static guint
find_roots (const TfcPosenetMaps *m, gfloat threshold, TfcPosenetRoot *roots)
{
  guint n = 0;

  for (guint32 cell = 0; cell < m->width * m->height; cell++)
    for (guint p = 0; p < TFC_COCO_POINTS; p++) {
      const gfloat logit = logit_at (m, cell, p);
      if (sigmoid (logit) >= threshold && is_highest_around (m, cell, p))
        roots[n++] = (TfcPosenetRoot){logit, cell, (guint8)p};
    }
  qsort (roots, n, sizeof *roots, by_logit);
  return n;
}

static gboolean
is_of_earlier (const TfcPosenetPose *poses, guint n, const TfcPosenetPoint *at, guint point)
{
  for (guint i = 0; i < n; i++) {
    const gdouble dx = poses[i].point[point].x - at->x, dy = poses[i].point[point].y - at->y;
    if (dx * dx + dy * dy <= NEAR_SQUARED)
      return TRUE;
  }
  return FALSE;
}

/* Of n cells along an axis, the one that position is nearest to. */
static guint
nearest (gdouble position, guint stride, guint n)
{
  return (guint)CLAMP (floor (position / stride + 0.5), 0., n - 1.);
}

static guint
cell_of (const TfcPosenetMaps *m, gdouble x, gdouble y)
{
  return nearest (y, m->stride, m->height) * m->width + nearest (x, m->stride, m->width);
}

/* The point at the other end of an edge. */
static TfcPosenetPoint
step (const TfcPosenetMaps *m, const gfloat *displacements, guint edge, const TfcPosenetPoint *from,
      guint point)
{
  const gfloat *d = displacements + (gsize)cell_of (m, from->x, from->y) * 2 * N_EDGES + edge;
  gdouble y = from->y + (isfinite (d[0]) ? d[0] : 0),
          x = from->x + (isfinite (d[N_EDGES]) ? d[N_EDGES] : 0);

  for (guint again = 0; again < 2; again++) {
    const TfcPosenetPoint there = point_at (m, cell_of (m, x, y), point);
    x = there.x;
    y = there.y;
  }
  return (TfcPosenetPoint){x, y, sigmoid (logit_at (m, cell_of (m, x, y), point))};
}

static void
grow (const TfcPosenetMaps *m, const TfcPosenetRoot *root, TfcPosenetPose *pose)
{
  gboolean known[TFC_COCO_POINTS] = {FALSE};

  pose->point[root->point] = point_at (m, root->cell, root->point);
  pose->point[root->point].score = sigmoid (root->logit);
  known[root->point] = TRUE;
  for (guint e = N_EDGES; e-- > 0;) {
    const guint parent = edges[e].parent, child = edges[e].child;
    if (known[child] && !known[parent]) {
      pose->point[parent] = step (m, m->backward, e, &pose->point[child], parent);
      known[parent] = TRUE;
    }
  }
  for (guint e = 0; e < N_EDGES; e++) {
    const guint parent = edges[e].parent, child = edges[e].child;
    if (known[parent] && !known[child]) {
      pose->point[child] = step (m, m->forward, e, &pose->point[parent], child);
      known[child] = TRUE;
    }
  }
}

/* Points of earlier poses do not count. */
static gfloat
score_of (const TfcPosenetPose *poses, guint n)
{
  gfloat sum = 0;

  for (guint p = 0; p < TFC_COCO_POINTS; p++)
    if (!is_of_earlier (poses, n, &poses[n].point[p], p))
      sum += poses[n].point[p].score;
  return sum / TFC_COCO_POINTS;
}

guint
tfc_posenet_multi (const TfcPosenetMaps *m, gfloat threshold, TfcPosenetRoot *roots,
                   TfcPosenetPose *poses, guint max)
{
  const guint n_roots = find_roots (m, threshold, roots);
  guint n = 0;

  for (guint i = 0; i < n_roots && n < max; i++) {
    const TfcPosenetPoint at = point_at (m, roots[i].cell, roots[i].point);
    if (is_of_earlier (poses, n, &at, roots[i].point))
      continue;
    grow (m, &roots[i], &poses[n]);
    poses[n].score = score_of (poses, n);
    n++;
  }
  return n;
}
