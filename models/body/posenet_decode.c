/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/posenet_decode.h"

#include <math.h>

#define POINTS TFC_POSENET_POINTS
#define EDGES TFC_POSENET_EDGES
#define REFINEMENTS 2

static const struct {
  guint parent, child;
} edges[EDGES] = {{0, 1},   {1, 3},   {0, 2}, {2, 4}, {0, 5},  {5, 7},  {7, 9},   {5, 11},
                  {11, 13}, {13, 15}, {0, 6}, {6, 8}, {8, 10}, {6, 12}, {12, 14}, {14, 16}};

/* A cell and part that a pose may be grown from; index orders equal scores. */
typedef struct {
  gfloat score;
  guint index; /* cell * POINTS + part */
} Root;

struct TfcPosenetDecoder {
  guint height, width, stride;
  gfloat *score; /* of each cell and part */
  Root *root;    /* room for all */
  guint n_roots;
};

TfcPosenetDecoder *
tfc_posenet_decoder_new (guint height, guint width, guint stride)
{
  const gsize n = (gsize)height * width * POINTS;
  TfcPosenetDecoder *d = g_new0 (TfcPosenetDecoder, 1);

  d->height = height;
  d->width = width;
  d->stride = stride;
  d->score = g_new (gfloat, n);
  d->root = g_new (Root, n);
  return d;
}

void
tfc_posenet_decoder_free (TfcPosenetDecoder *d)
{
  if (!d)
    return;
  g_free (d->score);
  g_free (d->root);
  g_free (d);
}

/* ---- roots: a heap, greatest first ---- */

static inline gboolean
better (const Root *a, const Root *b)
{
  return a->score > b->score || (a->score == b->score && a->index < b->index);
}

static void
sink (Root *heap, guint n, guint i)
{
  for (guint child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && better (&heap[child + 1], &heap[child]))
      child++;
    if (!better (&heap[child], &heap[i]))
      return;
    const Root t = heap[i];
    heap[i] = heap[child];
    heap[child] = t;
  }
}

static Root
take_best (TfcPosenetDecoder *d)
{
  const Root best = d->root[0];

  d->root[0] = d->root[--d->n_roots];
  sink (d->root, d->n_roots, 0);
  return best;
}

/* Whether no cell around has more of this part. */
static gboolean
is_peak (const TfcPosenetDecoder *d, guint y, guint x, guint part)
{
  const gfloat score = d->score[((gsize)y * d->width + x) * POINTS + part];

  for (guint v = y ? y - 1 : 0; v < MIN (y + 2, d->height); v++) {
    for (guint u = x ? x - 1 : 0; u < MIN (x + 2, d->width); u++) {
      if (d->score[((gsize)v * d->width + u) * POINTS + part] > score)
        return FALSE;
    }
  }
  return TRUE;
}

static void
set_scores (TfcPosenetDecoder *d, const gfloat *logits)
{
  const gsize n = (gsize)d->height * d->width * POINTS;

  for (gsize i = 0; i < n; i++)
    d->score[i] = 1 / (1 + expf (-logits[i]));
}

static void
find_roots (TfcPosenetDecoder *d, gfloat threshold)
{
  const gsize n = (gsize)d->height * d->width * POINTS;

  d->n_roots = 0;
  for (guint i = 0; i < n; i++) {
    const guint part = i % POINTS, cell = i / POINTS;
    if (d->score[i] >= threshold && is_peak (d, cell / d->width, cell % d->width, part))
      d->root[d->n_roots++] = (Root){d->score[i], i};
  }
  for (guint i = d->n_roots / 2; i-- > 0;)
    sink (d->root, d->n_roots, i);
}

/* ---- a pose ---- */

/* Halves go up; what is not a number is the first cell. */
static guint
cell_along (gfloat position, guint stride, guint n)
{
  const gdouble cell = floor ((gdouble)position / stride + 0.5);

  return cell > 0 ? (guint)MIN (cell, n - 1.) : 0;
}

static gsize
cell_at (const TfcPosenetDecoder *d, const TfcPoint *p)
{
  return (gsize)cell_along (p->y, d->stride, d->height) * d->width +
         cell_along (p->x, d->stride, d->width);
}

/* Where the cell's own offset puts the part. */
static TfcPoint
refine (const TfcPosenetDecoder *d, const TfcPosenetMaps *maps, gsize cell, guint part)
{
  const gfloat *offset = maps->offsets + cell * 2 * POINTS;

  return (TfcPoint){(gfloat)(cell % d->width * d->stride) + offset[POINTS + part],
                    (gfloat)(cell / d->width * d->stride) + offset[part], 0};
}

static void
set_point (const TfcPosenetDecoder *d, TfcPosenetPose *pose, guint part, TfcPoint at)
{
  pose->points[part] = at;
  pose->point_scores[part] = d->score[cell_at (d, &at) * POINTS + part];
}

/* From one end of an edge to the other. */
static void
follow (const TfcPosenetDecoder *d, const TfcPosenetMaps *maps, TfcPosenetPose *pose, guint edge,
        guint from, guint to, const gfloat *displacements)
{
  const TfcPoint *source = &pose->points[from];
  const gfloat *by = displacements + cell_at (d, source) * 2 * EDGES;
  TfcPoint at = {source->x + by[EDGES + edge], source->y + by[edge], 0};

  for (guint i = 0; i < REFINEMENTS; i++)
    at = refine (d, maps, cell_at (d, &at), to);
  set_point (d, pose, to, at);
}

/* All other points from part's; every one is reached. */
static void
grow (const TfcPosenetDecoder *d, const TfcPosenetMaps *maps, TfcPosenetPose *pose, guint part)
{
  guint known = 1u << part;

  for (guint e = EDGES; e-- > 0;) {
    const guint from = edges[e].child, to = edges[e].parent;
    if (!(known >> from & 1) || known >> to & 1)
      continue;
    follow (d, maps, pose, e, from, to, maps->backward);
    known |= 1u << to;
  }
  for (guint e = 0; e < EDGES; e++) {
    const guint from = edges[e].parent, to = edges[e].child;
    if (!(known >> from & 1) || known >> to & 1)
      continue;
    follow (d, maps, pose, e, from, to, maps->forward);
    known |= 1u << to;
  }
}

static gboolean
near_any (const TfcPosenetPose *poses, guint n, guint part, const TfcPoint *at, gfloat radius)
{
  for (guint i = 0; i < n; i++) {
    const gfloat dx = poses[i].points[part].x - at->x, dy = poses[i].points[part].y - at->y;
    if (dx * dx + dy * dy <= radius * radius)
      return TRUE;
  }
  return FALSE;
}

static gfloat
pose_score (const TfcPosenetPose *earlier, guint n, const TfcPosenetPose *pose, gfloat radius)
{
  gfloat sum = 0;

  for (guint k = 0; k < POINTS; k++) {
    if (!near_any (earlier, n, k, &pose->points[k], radius))
      sum += pose->point_scores[k];
  }
  return sum / POINTS;
}

guint
tfc_posenet_decode (TfcPosenetDecoder *d, const TfcPosenetMaps *maps,
                    const TfcPosenetOptions *options, TfcPosenetPose *out)
{
  guint n = 0;

  set_scores (d, maps->heatmaps);
  find_roots (d, options->score_threshold);
  while (n < options->max_poses && d->n_roots > 0) {
    const Root root = take_best (d);
    const guint part = root.index % POINTS;
    const TfcPoint at = refine (d, maps, root.index / POINTS, part);
    if (near_any (out, n, part, &at, options->nms_radius))
      continue;
    out[n].points[part] = at;
    out[n].point_scores[part] = root.score;
    grow (d, maps, &out[n], part);
    out[n].score = pose_score (out, n, &out[n], options->nms_radius);
    n++;
  }
  return n;
}

void
tfc_posenet_decode_single (TfcPosenetDecoder *d, const TfcPosenetMaps *maps, TfcPosenetPose *out)
{
  const guint n_cells = d->height * d->width;
  gfloat sum = 0;

  set_scores (d, maps->heatmaps);
  for (guint k = 0; k < POINTS; k++) {
    guint best = 0;
    for (guint cell = 1; cell < n_cells; cell++)
      if (d->score[(gsize)cell * POINTS + k] > d->score[(gsize)best * POINTS + k])
        best = cell;
    out->points[k] = refine (d, maps, best, k);
    out->point_scores[k] = d->score[(gsize)best * POINTS + k];
    sum += out->point_scores[k];
  }
  out->score = sum / POINTS;
}
