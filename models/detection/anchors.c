/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/anchors.h"

#include <math.h>

#define MAX_SHAPES 64 /* boxes of a cell */
#define MAX_SIDE 16384
#define MAX_STRIDE_BITS 14

typedef struct {
  gdouble h, w; /* fractions of the picture */
} Shape;

/* One level of the pyramid. */
typedef struct {
  guint rows, columns;
  gdouble y, x, dy, dx; /* centre of the first cell and the way to the next */
  Shape shapes[MAX_SHAPES];
  guint n;
} Level;

TfcAnchorPlan
tfc_anchor_plan (TfcAnchorRule rule, guint width, guint height)
{
  return (TfcAnchorPlan){.rule = rule,
                         .width = width,
                         .height = height,
                         .n_layers = 6,
                         .min_scale = 0.2,
                         .max_scale = 0.95,
                         .interpolated_ratio = 1,
                         .reduce_lowest = TRUE,
                         .base_width = 1,
                         .base_height = 1,
                         .first_stride = 16,
                         .min_level = 3,
                         .max_level = 7,
                         .octaves = rule == TFC_ANCHORS_EFFICIENTDET ? 3 : 2,
                         .anchor_scale = 4};
}

static guint
cells (guint side, guint stride)
{
  return (side + stride - 1) / stride;
}

static void
add (Level *level, gdouble h, gdouble w, gdouble ratio)
{
  const gdouble root = sqrt (ratio);

  level->shapes[level->n++] = (Shape){h / root, w * root};
}

static gdouble
layer_scale (const TfcAnchorPlan *p, guint i)
{
  if (i >= p->n_layers)
    return 1;
  if (p->n_scales)
    return p->scales[i];
  return p->n_layers > 1 ? p->min_scale + (p->max_scale - p->min_scale) * i / (p->n_layers - 1)
                         : p->min_scale;
}

/* Boxes are squares of the shorter side. */
static void
ssd_level (const TfcAnchorPlan *p, guint i, Level *level)
{
  const gdouble shorter = MIN (p->width, p->height), s = layer_scale (p, i);
  const gdouble h = p->base_height * shorter / p->height, w = p->base_width * shorter / p->width;
  const guint stride = p->first_stride << i;

  level->rows = p->maps[i][0] ? p->maps[i][0] : cells (p->height, stride);
  level->columns = p->maps[i][1] ? p->maps[i][1] : cells (p->width, stride);
  level->dy = 1.0 / level->rows;
  level->dx = 1.0 / level->columns;
  level->y = level->dy / 2;
  level->x = level->dx / 2;
  if (i == 0 && p->reduce_lowest) {
    add (level, 0.1 * h, 0.1 * w, 1);
    add (level, s * h, s * w, 2);
    add (level, s * h, s * w, 0.5);
    return;
  }
  for (guint k = 0; k < p->n_ratios; k++)
    add (level, s * h, s * w, p->ratios[k]);
  const gdouble between = sqrt (s * layer_scale (p, i + 1));
  if (p->interpolated_ratio > 0)
    add (level, between * h, between * w, p->interpolated_ratio);
}

static void
multiscale_level (const TfcAnchorPlan *p, guint i, Level *level)
{
  const guint stride = 1u << (p->min_level + i);

  level->rows = cells (p->height, stride);
  level->columns = cells (p->width, stride);
  level->dy = (gdouble)stride / p->height;
  level->dx = (gdouble)stride / p->width;
  level->y = p->height % stride ? 0 : level->dy / 2;
  level->x = p->width % stride ? 0 : level->dx / 2;
  for (guint r = 0; r < p->n_ratios; r++)
    for (guint o = 0; o < p->octaves; o++) {
      const gdouble size = p->anchor_scale * pow (2, (gdouble)o / p->octaves);
      add (level, size * level->dy, size * level->dx, p->ratios[r]);
    }
}

static void
efficientdet_level (const TfcAnchorPlan *p, guint i, Level *level)
{
  const guint stride = 1u << (p->min_level + i);

  level->rows = cells (p->height, stride);
  level->columns = cells (p->width, stride);
  level->dy = 1.0 / level->rows;
  level->dx = 1.0 / level->columns;
  level->y = level->dy / 2;
  level->x = level->dx / 2;
  for (guint o = 0; o < p->octaves; o++)
    for (guint r = 0; r < p->n_ratios; r++) {
      const gdouble size = p->anchor_scale * pow (2, (gdouble)o / p->octaves);
      add (level, size * level->dy, size * level->dx, p->ratios[r]);
    }
}

static gboolean
possible (const TfcAnchorPlan *p)
{
  const gboolean ssd = p->rule == TFC_ANCHORS_SSD;

  if (p->width < 1 || p->width > MAX_SIDE || p->height < 1 || p->height > MAX_SIDE ||
      p->n_ratios > TFC_ANCHORS_RATIOS || (p->n_ratios < 1 && !ssd))
    return FALSE;
  for (guint i = 0; i < p->n_ratios; i++)
    if (!(p->ratios[i] > 0 && p->ratios[i] <= 1000))
      return FALSE;
  for (guint i = 0; ssd && i < MIN (p->n_layers, TFC_ANCHORS_LEVELS); i++)
    if (p->maps[i][0] > MAX_SIDE || p->maps[i][1] > MAX_SIDE)
      return FALSE;
  if (ssd)
    return p->n_layers >= 1 && p->n_layers <= TFC_ANCHORS_LEVELS && p->first_stride >= 1 &&
           p->first_stride <= 1u << MAX_STRIDE_BITS && (!p->n_scales || p->n_scales == p->n_layers);
  return p->min_level <= p->max_level && p->max_level <= MAX_STRIDE_BITS && p->octaves >= 1 &&
         p->octaves * p->n_ratios <= MAX_SHAPES;
}

static void
put (const Level *level, TfcAnchor *to)
{
  for (guint r = 0; r < level->rows; r++)
    for (guint c = 0; c < level->columns; c++)
      for (guint i = 0; i < level->n; i++)
        *to++ = (TfcAnchor){.cy = (gfloat)(level->y + r * level->dy),
                            .cx = (gfloat)(level->x + c * level->dx),
                            .h = (gfloat)level->shapes[i].h,
                            .w = (gfloat)level->shapes[i].w};
}

TfcAnchor *
tfc_anchors_make (const TfcAnchorPlan *p, guint *n)
{
  static void (*const rules[]) (const TfcAnchorPlan *, guint,
                                Level *) = {ssd_level, multiscale_level, efficientdet_level};

  if (!possible (p))
    return NULL;
  const guint n_levels = p->rule == TFC_ANCHORS_SSD ? p->n_layers : p->max_level - p->min_level + 1;
  Level *levels = g_new0 (Level, n_levels);
  TfcAnchor *anchors = NULL, *to;
  guint64 sum = 0;
  for (guint i = 0; i < n_levels; i++) {
    rules[p->rule](p, i, &levels[i]);
    sum += (guint64)levels[i].rows * levels[i].columns * levels[i].n;
  }
  if (sum > 0 && sum <= TFC_ANCHORS_MAX)
    anchors = g_try_new (TfcAnchor, sum);
  to = anchors;
  for (guint i = 0; anchors && i < n_levels; i++) {
    put (&levels[i], to);
    to += levels[i].rows * levels[i].columns * levels[i].n;
  }
  g_free (levels);
  *n = (guint)sum;
  return anchors;
}
