/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include "models/result/homography.h"

gboolean
tfc_homography_point (const TfcHomography *h, gfloat *x, gfloat *y)
{
  gdouble px = (gdouble)*x * h->old_width - h->in_x, py = (gdouble)*y * h->old_height - h->in_y;
  gdouble w = h->matrix[2][0] * px + h->matrix[2][1] * py + h->matrix[2][2];

  if (!(w > 1e-9))
    return FALSE;
  *x = ((h->matrix[0][0] * px + h->matrix[0][1] * py + h->matrix[0][2]) / w + h->out_x) /
       h->new_width;
  *y = ((h->matrix[1][0] * px + h->matrix[1][1] * py + h->matrix[1][2]) / w + h->out_y) /
       h->new_height;
  return TRUE;
}

void
tfc_homography_velocity (const TfcHomography *h, gfloat x, gfloat y, gfloat *speed_x,
                         gfloat *speed_y)
{
  const gfloat (*m)[3] = h->matrix;
  const gdouble px = (gdouble)x * h->old_width - h->in_x, py = (gdouble)y * h->old_height - h->in_y;
  const gdouble vx = (gdouble)*speed_x * h->old_width, vy = (gdouble)*speed_y * h->old_height;
  const gdouble w = m[2][0] * px + m[2][1] * py + m[2][2], vw = m[2][0] * vx + m[2][1] * vy;
  const gdouble to_x = m[0][0] * px + m[0][1] * py + m[0][2];
  const gdouble to_y = m[1][0] * px + m[1][1] * py + m[1][2];

  if (!(w > 1e-9))
    return;
  *speed_x = (m[0][0] * vx + m[0][1] * vy - to_x / w * vw) / w / h->new_width;
  *speed_y = (m[1][0] * vx + m[1][1] * vy - to_y / w * vw) / w / h->new_height;
}

gboolean
tfc_homography_box (const TfcHomography *h, gfloat *x, gfloat *y, gfloat *width, gfloat *height)
{
  gfloat left = G_MAXFLOAT, top = G_MAXFLOAT, right = -G_MAXFLOAT, bottom = -G_MAXFLOAT;

  for (guint i = 0; i < 4; i++) {
    gfloat cx = *x + (i & 1 ? *width : 0), cy = *y + (i & 2 ? *height : 0);
    if (!tfc_homography_point (h, &cx, &cy))
      return FALSE;
    left = MIN (left, cx);
    right = MAX (right, cx);
    top = MIN (top, cy);
    bottom = MAX (bottom, cy);
  }
  *x = left;
  *y = top;
  *width = right - left;
  *height = bottom - top;
  return right * h->new_width > h->out_left && bottom * h->new_height > h->out_top &&
         left * h->new_width < h->out_left + h->out_width &&
         top * h->new_height < h->out_top + h->out_height;
}

gfloat
tfc_homography_rotation (const TfcHomography *h, gfloat rotation)
{
  gdouble up_x = sin (rotation), up_y = -cos (rotation);

  return atan2 (h->matrix[0][0] * up_x + h->matrix[0][1] * up_y,
                -(h->matrix[1][0] * up_x + h->matrix[1][1] * up_y));
}

void
tfc_homography_direction (const TfcHomography *h, gfloat *x, gfloat *y)
{
  const gdouble a = h->matrix[0][0], b = h->matrix[0][1], c = h->matrix[1][0], d = h->matrix[1][1];
  const gdouble side =
      a * d - b * c < 0 ? -1 : 1; /* the nearest turn, after x was mirrored if it is -1 */
  const gdouble sine = side * c - b, cosine = side * a + d;
  const gdouble length = hypot (sine, cosine), from_x = side * *x, from_y = *y;

  if (!(length > 0) || !isfinite (length))
    return;
  *x = (from_x * cosine - from_y * sine) / length;
  *y = (from_x * sine + from_y * cosine) / length;
}

gboolean
tfc_homography_quarter_turn (const TfcHomography *h, TfcQuarterTurn *turn)
{
  const gfloat a = h->matrix[0][0], b = h->matrix[0][1], c = h->matrix[1][0], d = h->matrix[1][1];
  const gfloat slack = 1e-4f * MAX (MAX (fabsf (a), fabsf (d)), MAX (fabsf (b), fabsf (c)));
  const gboolean across = fabsf (a) <= slack && fabsf (d) <= slack;

  if (h->matrix[2][0] != 0 || h->matrix[2][1] != 0 || !(h->matrix[2][2] > 0))
    return FALSE;
  if (!across && !(fabsf (b) <= slack && fabsf (c) <= slack))
    return FALSE;
  *turn = (TfcQuarterTurn){across, across ? b < 0 : a < 0, across ? c < 0 : d < 0};
  return across ? b != 0 && c != 0 : a != 0 && d != 0;
}

gdouble
tfc_homography_depth_scale (const TfcHomography *h)
{
  gdouble area =
      (gdouble)h->matrix[0][0] * h->matrix[1][1] - (gdouble)h->matrix[0][1] * h->matrix[1][0];

  return sqrt (fabs (area)) * h->old_width / h->new_width;
}
