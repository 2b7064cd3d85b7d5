/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/body/pose_box.h"

#include <math.h>

TfcBox
tfc_pose_box (const TfcPose *pose, gfloat threshold)
{
  gfloat x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
  for (guint i = 0; i < pose->n_points; i++) {
    const TfcKeypoint *p = &pose->points[i];
    if (!(p->score >= threshold))
      continue;
    x0 = MIN (x0, p->x);
    y0 = MIN (y0, p->y);
    x1 = MAX (x1, p->x);
    y1 = MAX (y1, p->y);
  }
  if (x0 <= x1)
    return (TfcBox){x0, y0, x1 - x0, y1 - y0};
  return threshold > -INFINITY ? tfc_pose_box (pose, -INFINITY) : (TfcBox){0};
}
