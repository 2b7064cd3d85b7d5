/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/part.h"

void
tfc_part_pose (const TfcBox *where, TfcPose *pose)
{
  TfcBox *b = &pose->box;
  *b = (TfcBox){where->x + b->x * where->w, where->y + b->y * where->h, b->w * where->w,
                b->h * where->h};
  for (guint i = 0; i < pose->n_points; i++) {
    TfcKeypoint *p = &pose->points[i];
    p->x = where->x + p->x * where->w;
    p->y = where->y + p->y * where->h;
    p->z *= where->w;
  }
}
