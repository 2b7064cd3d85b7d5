/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/head_angles.h"

#include <math.h>

void
tfc_head_angles (const gfloat *matrix, gfloat angles[3])
{
  const gfloat *const m[] = {matrix, matrix + 4, matrix + 8};
  const gdouble det = (gdouble)m[0][0] * ((gdouble)m[1][1] * m[2][2] - (gdouble)m[1][2] * m[2][1]) -
                      (gdouble)m[0][1] * ((gdouble)m[1][0] * m[2][2] - (gdouble)m[1][2] * m[2][0]) +
                      (gdouble)m[0][2] * ((gdouble)m[1][0] * m[2][1] - (gdouble)m[1][1] * m[2][0]);
  const gdouble scale = cbrt (fabs (det)), side = det < 0 ? -1 : 1;
  angles[0] = angles[1] = angles[2] = 0;
  if (!(scale > 0) || !isfinite (scale))
    return;
  angles[0] = (gfloat)atan2 (-(gdouble)m[0][2], m[2][2]);
  angles[1] = (gfloat)asin (CLAMP (m[1][2] / scale, -1, 1));
  angles[2] = (gfloat)atan2 (side * m[1][0], m[1][1]);
}

/* x and y in fractions of the frame's width, before and after. */
static gboolean
move (const TfcHomography *h, gfloat *x, gfloat *y)
{
  *y = *y * h->old_width / h->old_height;
  if (!tfc_homography_point (h, x, y))
    return FALSE;
  *y = *y * h->new_height / h->new_width;
  return TRUE;
}

gboolean
tfc_homography_head (const TfcHomography *h, gfloat *matrix)
{
  gfloat *const m[] = {matrix, matrix + 4, matrix + 8};
  const gdouble depth = tfc_homography_depth_scale (h);
  gfloat origin[2] = {m[0][3], m[1][3]}, ends[3][2];
  for (guint i = 0; i < 3; i++) {
    ends[i][0] = m[0][i] + m[0][3];
    ends[i][1] = m[1][i] + m[1][3];
    if (!move (h, &ends[i][0], &ends[i][1]))
      return FALSE;
  }
  if (!move (h, &origin[0], &origin[1]))
    return FALSE;
  for (guint i = 0; i < 3; i++) {
    m[0][i] = ends[i][0] - origin[0];
    m[1][i] = ends[i][1] - origin[1];
    m[2][i] = (gfloat)(m[2][i] * depth);
  }
  m[0][3] = origin[0];
  m[1][3] = origin[1];
  m[2][3] = (gfloat)(m[2][3] * depth);
  return TRUE;
}
