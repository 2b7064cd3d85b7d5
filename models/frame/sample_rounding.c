/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_rounding.h"
#include "models/frame/sample_kernel.h"

/* A position among size samples: the left one of a pair, how much of the right one. */
static gdouble
split (gdouble position, guint size, guint *index, guint *next)
{
  const gdouble p = CLAMP (position, 0., size - 1.);

  *index = (guint)p;
  *next = MIN (*index + 1, size - 1);
  return p - *index;
}

/* One component: both source rows, and how much of the lower one. */
typedef struct {
  const guint8 *upper, *lower;
  gsize step;
  gdouble part;
} Rows;

static Rows
rows_of (const TfcFrame *frame, const TfcComponent *c, gdouble y)
{
  const guint8 *base = frame->plane[c->plane] + c->offset;
  guint row, below;
  const gdouble part = split (y, frame->height, &row, &below);

  return (Rows){base + (gssize)row * frame->stride[c->plane],
                base + (gssize)below * frame->stride[c->plane], c->step, part};
}

static guint8
exact (const Rows *rows, gdouble x, guint width)
{
  guint left, right;
  const gdouble part = split (x, width, &left, &right);
  const gdouble ul = rows->upper[left * rows->step], ur = rows->upper[right * rows->step];
  const gdouble ll = rows->lower[left * rows->step], lr = rows->lower[right * rows->step];
  const gdouble upper = ul + (ur - ul) * part, lower = ll + (lr - ll) * part;

  return (guint8)(upper + (lower - upper) * rows->part + 0.5);
}

void
tfc_sample_fix_rounding (const TfcFrame *frame, const TfcMap *map, guint y, gfloat *const rgb[3],
                         guint n, const guint32 *tie, guint8 *pixels)
{
  Rows rows[3];

  for (guint c = 0; c < 3; c++)
    rows[c] = rows_of (frame, &frame->format->component[c], map->y0 + map->yy * y);
  for (guint i = 0; i < n; i++) {
    if (!tie[i])
      continue;
    for (guint c = 0; c < 3; c++)
      if (tfc_sample_is_tie (rgb[c][i]))
        pixels[3 * (gsize)i + c] = exact (&rows[c], map->x0 + map->xx * i, frame->width);
  }
}
