/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/movenet_crop.h"

#include <math.h>
#include <string.h>

#define SEEN 0.2 /* scores of points that say where somebody is */
#define TORSO 1.9
#define BODY 1.2
#define EDGE_WEIGHT 0.9

static const TfcEuroTuning tuning = {2.5, 300, 2.5, 0.5, 5};

/* The square about the middle with that edge, in pixels. */
static TfcMovenetCrop
square (gdouble cx, gdouble cy, gdouble edge, guint width, guint height)
{
  return (TfcMovenetCrop){(cy - edge / 2) / height, (cx - edge / 2) / width,
                          (cy + edge / 2) / height, (cx + edge / 2) / width};
}

TfcMovenetCrop
tfc_movenet_crop (const TfcMovenetState *s, guint width, guint height)
{
  return s->known ? s->crop
                  : square (width / 2.0, height / 2.0, MIN (width, height), width, height);
}

void
tfc_movenet_look_at_all (TfcMovenetState *s, guint width, guint height)
{
  s->crop = square (width / 2.0, height / 2.0, MAX (width, height), width, height);
  s->known = TRUE;
}

static gboolean
is_torso (guint point)
{
  return point == TFC_COCO_LEFT_HIP || point == TFC_COCO_RIGHT_HIP ||
         point == TFC_COCO_LEFT_SHOULDER || point == TFC_COCO_RIGHT_SHOULDER;
}

static gboolean
torso_is_seen (const TfcKeypoint *p)
{
  return (p[TFC_COCO_LEFT_HIP].score > SEEN || p[TFC_COCO_RIGHT_HIP].score > SEEN) &&
         (p[TFC_COCO_LEFT_SHOULDER].score > SEEN || p[TFC_COCO_RIGHT_SHOULDER].score > SEEN);
}

static TfcMovenetCrop
next_crop (const TfcKeypoint *p, guint width, guint height)
{
  const gdouble cx = ((gdouble)p[TFC_COCO_LEFT_HIP].x + p[TFC_COCO_RIGHT_HIP].x) / 2 * width;
  const gdouble cy = ((gdouble)p[TFC_COCO_LEFT_HIP].y + p[TFC_COCO_RIGHT_HIP].y) / 2 * height;
  const gdouble farthest = MAX (MAX (cx, width - cx), MAX (cy, height - cy));
  const gdouble longer = MAX (width, height);
  gdouble half = 0;

  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    const gdouble dx = fabs (p[i].x * (gdouble)width - cx),
                  dy = fabs (p[i].y * (gdouble)height - cy);
    if (is_torso (i))
      half = MAX (half, TORSO * MAX (dx, dy));
    if (p[i].score >= (gfloat)SEEN)
      half = MAX (half, BODY * MAX (dx, dy));
  }
  half = MIN (half, farthest);
  if (!torso_is_seen (p) || half > longer / 2)
    return square (width / 2.0, height / 2.0, longer, width, height);
  return square (cx, cy, 2 * half, width, height);
}

static void
look_next (TfcMovenetState *s, const TfcKeypoint *points, guint width, guint height)
{
  const TfcMovenetCrop next = next_crop (points, width, height);

  s->crop = (TfcMovenetCrop){tfc_low_pass (&s->edge[0], next.y_min, EDGE_WEIGHT),
                             tfc_low_pass (&s->edge[1], next.x_min, EDGE_WEIGHT),
                             tfc_low_pass (&s->edge[2], next.y_max, EDGE_WEIGHT),
                             tfc_low_pass (&s->edge[3], next.x_max, EDGE_WEIGHT)};
  s->known = TRUE;
}

static gfloat
score_of (const gfloat *network)
{
  gdouble sum = 0;
  guint n = 0;

  for (guint i = 0; i < TFC_COCO_POINTS; i++)
    if (network[3 * i + 2] > (gfloat)SEEN) {
      sum += network[3 * i + 2];
      n++;
    }
  return n > 0 ? (gfloat)(sum / n) : 0.f;
}

void
tfc_movenet_smooth (TfcEuroClock *clock, TfcEuro point[TFC_COCO_POINTS][2], guint64 pts,
                    TfcKeypoint *points)
{
  if (!tfc_euro_tick (clock, pts))
    return;
  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    points[i].x = (gfloat)tfc_euro (&point[i][0], &tuning, clock, 1, points[i].x);
    points[i].y = (gfloat)tfc_euro (&point[i][1], &tuning, clock, 1, points[i].y);
  }
}

/* FALSE if the network says what is no number. */
static gboolean
set_points (const TfcMovenetCrop *crop, const gfloat *network, TfcKeypoint *points)
{
  gfloat sum = 0;

  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    const gfloat *p = network + 3 * i;
    points[i] = (TfcKeypoint){(gfloat)(crop->x_min + p[1] * (crop->x_max - crop->x_min)),
                              (gfloat)(crop->y_min + p[0] * (crop->y_max - crop->y_min)), 0, p[2]};
    sum += fabsf (points[i].x) + fabsf (points[i].y) + fabsf (p[2]);
  }
  return isfinite (sum);
}

gboolean
tfc_movenet_follow (TfcMovenetState *s, const gfloat *network, guint width, guint height,
                    guint64 pts, gfloat score_threshold, gboolean smoothing, TfcPose *out)
{
  const TfcMovenetCrop crop = tfc_movenet_crop (s, width, height);
  const gfloat score = score_of (network);

  if (!(score >= score_threshold) || !set_points (&crop, network, out->points)) {
    memset (s, 0, sizeof *s);
    return FALSE;
  }
  out->score = score;
  out->layout = TFC_LAYOUT_COCO_17;
  out->n_points = TFC_COCO_POINTS;
  if (smoothing)
    tfc_movenet_smooth (&s->clock, s->point, pts, out->points);
  look_next (s, out->points, width, height);
  return TRUE;
}
