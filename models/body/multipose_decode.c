/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/multipose_decode.h"

#include "models/body/coco_points.h"

#include <math.h>

#define EDGE 256
#define MULTIPLE 32
#define BOX (3 * TFC_COCO_POINTS)

static guint
pad (guint edge)
{
  return (edge + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
}

TfcMultiposeSize
tfc_multipose_size (guint w, guint h)
{
  const gboolean wide = w > h;
  const guint shorter = (guint)MAX (floor ((gdouble)EDGE * MIN (w, h) / MAX (w, h) + 0.5), 1);
  const guint width = wide ? EDGE : shorter, height = wide ? shorter : EDGE;

  return (TfcMultiposeSize){width, height, pad (width), pad (height)};
}

/* FALSE where a number is none. */
static gboolean
set_pose (const gfloat *row, gdouble x_scale, gdouble y_scale, TfcPose *out)
{
  gdouble sum = 0;

  for (guint i = 0; i < TFC_MULTIPOSE_ROW; i++)
    sum += fabs (row[i]);
  for (guint i = 0; i < TFC_COCO_POINTS; i++)
    out->points[i] = (TfcKeypoint){(gfloat)(row[3 * i + 1] * x_scale),
                                   (gfloat)(row[3 * i] * y_scale), 0, row[3 * i + 2]};
  out->box = (TfcBox){(gfloat)(row[BOX + 1] * x_scale), (gfloat)(row[BOX] * y_scale),
                      (gfloat)((row[BOX + 3] - row[BOX + 1]) * x_scale),
                      (gfloat)((row[BOX + 2] - row[BOX]) * y_scale)};
  out->score = row[BOX + 4];
  out->layout = TFC_LAYOUT_COCO_17;
  out->n_points = TFC_COCO_POINTS;
  return sum < 1e6;
}

guint
tfc_multipose_decode (const gfloat *numbers, const TfcMultiposeSize *s, gfloat threshold,
                      TfcPose *out, guint max)
{
  guint n = 0;

  for (guint i = 0; i < TFC_MULTIPOSE_MAX && n < max; i++) {
    const gfloat *row = numbers + (gsize)i * TFC_MULTIPOSE_ROW;
    if (row[BOX + 4] >= threshold && set_pose (row, (gdouble)s->padded_width / s->width,
                                               (gdouble)s->padded_height / s->height, &out[n]))
      n++;
  }
  return n;
}
