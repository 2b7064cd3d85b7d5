/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/gfl.h"

#include <math.h>

#include "models/detection/box_coder.h"

#define MAX_BINS 33

static const guint strides[] = {8, 16, 32, 64};

static gboolean
is_rows (const TfcTensor *t)
{
  return t->type == TFC_TYPE_F32 && t->shape.rank == 3 && t->shape.dim[0] == 1 &&
         t->shape.dim[1] > 0 && t->shape.dim[2] > 0;
}

gboolean
tfc_gfl_init (TfcGfl *g, const TfcTensor *distances, const TfcTensor *scores, guint width,
              guint height)
{
  if (!is_rows (distances) || !is_rows (scores) || distances->shape.dim[1] != scores->shape.dim[1])
    return FALSE;
  *g = (TfcGfl){.n = (guint)scores->shape.dim[1],
                .bins = (guint)distances->shape.dim[2] / 4,
                .classes = (guint)scores->shape.dim[2]};
  if (distances->shape.dim[2] % 4 || g->bins < 2 || g->bins > MAX_BINS)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (strides); i++) {
    const guint s = strides[i], columns = (width + s - 1) / s, rows = (height + s - 1) / s;
    if ((guint64)columns * rows != g->n)
      continue;
    g->columns = columns;
    g->step_x = (gfloat)s / (gfloat)width;
    g->step_y = (gfloat)s / (gfloat)height;
    g->distances = distances->data;
    g->scores = scores->data;
    return TRUE;
  }
  return FALSE;
}

/* In strides. */
static gfloat
distance (const gfloat *bins, guint n)
{
  gfloat most = -INFINITY;
  gdouble sum = 0, mean = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, bins[i]);
  for (guint i = 0; i < n; i++) {
    const gdouble e = exp ((gdouble)bins[i] - (gdouble)most);
    sum += e;
    mean += e * i;
  }
  return (gfloat)(mean / sum);
}

/* What of the box lies between 0 and 1. */
static TfcBox
clipped (const TfcBox *b)
{
  const gfloat left = CLAMP (b->x, 0, 1), top = CLAMP (b->y, 0, 1);

  return (TfcBox){left, top, CLAMP (b->x + b->w, 0, 1) - left, CLAMP (b->y + b->h, 0, 1) - top};
}

static TfcBox
box_of (const TfcGfl *g, guint cell)
{
  const gfloat *d = g->distances + (gsize)cell * 4 * g->bins;
  const gfloat x = ((gfloat)(cell % g->columns) + 0.5f) * g->step_x;
  const gfloat y = ((gfloat)(cell / g->columns) + 0.5f) * g->step_y;
  gfloat side[4];

  for (guint i = 0; i < 4; i++)
    side[i] = distance (d + i * g->bins, g->bins);
  return clipped (&(TfcBox){x - side[0] * g->step_x, y - side[1] * g->step_y,
                            (side[0] + side[2]) * g->step_x, (side[1] + side[3]) * g->step_y});
}

guint
tfc_gfl_decode (const TfcGfl *g, gfloat threshold, const guint8 *wanted, TfcCandidate *out)
{
  guint n = 0;

  for (guint cell = 0; cell < g->n; cell++) {
    const gfloat *score = g->scores + (gsize)cell * g->classes;
    gint best = -1;
    for (guint c = 0; c < g->classes; c++)
      if (score[c] > (best < 0 ? threshold : score[best]) && (!wanted || wanted[c]))
        best = (gint)c;
    if (best < 0 || !isfinite (score[best]))
      continue;
    out[n] = (TfcCandidate){score[best], g->base + cell, best, box_of (g, cell)};
    n += (guint)tfc_box_finite (&out[n].box);
  }
  return n;
}

TfcMap
tfc_gfl_map (const TfcFrame *frame, guint width, guint height)
{
  const gdouble w = frame->width, h = frame->height;
  const gdouble step = MAX (w / width, h / height);

  return (TfcMap){
      .xx = step, .x0 = (w - width * step) / 2, .yy = step, .y0 = (h - height * step) / 2};
}

gboolean
tfc_gfl_to_frame (const TfcMap *map, const TfcFrame *frame, guint width, guint height, TfcBox *b)
{
  const gdouble w = frame->width, h = frame->height;
  const gdouble x = map->xx * width / w, y = map->yy * height / h;

  *b = clipped (&(TfcBox){(gfloat)(b->x * x + map->x0 / w), (gfloat)(b->y * y + map->y0 / h),
                          (gfloat)(b->w * x), (gfloat)(b->h * y)});
  return b->w > 0 && b->h > 0;
}
