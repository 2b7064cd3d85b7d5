/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/body_pix_private.h"

#include <math.h>

#define POINTS TFC_POSENET_POINTS
#define MATCHED 5        /* nose, eyes and ears tell who a pixel belongs to */
#define POSE_SCORE 0.4f  /* of the point that a pose starts from, and of a pose that counts */
#define POINT_SCORE 0.3f /* of a point that counts */
#define RADIUS 20        /* network pixels */
#define STEPS 10         /* refinements of a look-up */

/* From the network's pixels to the frame's. */
static void
to_frame (const TfcBodyPix *b, TfcPosenetPose *pose)
{
  const gfloat sx = (gfloat)b->padded_width / b->grid.width;
  const gfloat sy = (gfloat)b->padded_height / b->grid.height;

  for (guint k = 0; k < POINTS; k++) {
    pose->points[k].x = pose->points[k].x * sx - b->left;
    pose->points[k].y = pose->points[k].y * sy - b->top;
  }
}

static void
find_people (TfcBodyPix *b)
{
  const TfcPosenetMaps maps = {b->maps[HEATMAPS], b->maps[SHORT_OFFSETS], b->maps[FORWARD],
                               b->maps[BACKWARD]};
  const TfcPosenetOptions options = {TFC_BODY_PIX_MAX_PEOPLE, POSE_SCORE, RADIUS};
  const guint n = tfc_posenet_decode (b->decoder, &maps, &options, b->people);

  b->n_people = 0;
  for (guint i = 0; i < n; i++) {
    if (!(b->people[i].score >= POSE_SCORE))
      continue;
    b->people[b->n_people] = b->people[i];
    to_frame (b, &b->people[b->n_people++]);
  }
}

/* Frame pixels to cells, along one side: cell = round (at * mul + add). */
typedef struct {
  gfloat mul, add, last_pixel;
  guint n;
} Axis;

static Axis
axis (guint network, guint padded, guint padding, guint pixels, guint stride, guint n)
{
  const gfloat scale = (gfloat)network / padded;

  return (Axis){scale / stride, ((padding + 1.0f) * scale - 1) / stride, pixels - 1.0f, n};
}

static guint
cell (const Axis *a, gfloat at)
{
  const gfloat position = floorf (at * a->mul + a->add + 0.5f);

  return position > 0 ? (guint)MIN (position, a->n - 1.0f) : 0;
}

/* Where a pixel's person has its part k, as the pixel sees it. */
static TfcPoint
follow (const gfloat *offsets, const Axis *ax, const Axis *ay, gfloat x, gfloat y, guint k)
{
  for (guint step = 0; step <= STEPS; step++) {
    const gfloat *by = offsets + ((gsize)cell (ay, y) * ax->n + cell (ax, x)) * 2 * POINTS;
    x = MIN (x + by[POINTS + k], ax->last_pixel);
    y = MIN (y + by[k], ay->last_pixel);
  }
  return (TfcPoint){x, y, 0};
}

/* Mean squared distance of the parts that are surely seen. */
static gfloat
distance (const TfcPosenetPose *pose, const TfcPoint *seen)
{
  gfloat sum = 0;
  guint n = 0;

  for (guint k = 0; k < MATCHED; k++) {
    const gfloat dx = seen[k].x - pose->points[k].x, dy = seen[k].y - pose->points[k].y;
    if (!(pose->point_scores[k] > POINT_SCORE))
      continue;
    sum += dx * dx + dy * dy;
    n++;
  }
  return n ? sum / n : INFINITY;
}

static guint8
whose (const TfcBodyPix *b, const TfcPoint *seen)
{
  gfloat nearest = INFINITY;
  guint8 person = 0;

  for (guint i = 0; i < b->n_people; i++) {
    const gfloat d = distance (&b->people[i], seen);
    if (!(d < nearest))
      continue;
    nearest = d;
    person = (guint8)(i + 1);
  }
  return person;
}

guint
tfc_body_pix_people (TfcBodyPix *b, const TfcMaskGrid *to, guint8 *mask)
{
  const gfloat *offsets = b->maps[LONG_OFFSETS];
  const Axis ax =
      axis (b->grid.width, b->padded_width, b->left, b->prepared.width, b->stride, b->columns);
  const Axis ay =
      axis (b->grid.height, b->padded_height, b->top, b->prepared.height, b->stride, b->rows);

  find_people (b);
  for (guint y = 0; y < to->height; y++) {
    for (guint x = 0; x < to->width; x++, mask++) {
      TfcPoint seen[MATCHED];
      if (!*mask)
        continue;
      for (guint k = 0; k < MATCHED; k++)
        seen[k] = follow (offsets, &ax, &ay, (gfloat)(to->step_x * x + to->start_x),
                          (gfloat)(to->step_y * y + to->start_y), k);
      *mask = whose (b, seen);
    }
  }
  return b->n_people;
}
