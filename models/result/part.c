/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/part.h"

static TfcBox
part_box (const TfcBox *where, const TfcBox *b)
{
  return (TfcBox){where->x + b->x * where->w, where->y + b->y * where->h, b->w * where->w,
                  b->h * where->h};
}

void
tfc_part_pose (const TfcBox *where, TfcPose *pose)
{
  pose->box = part_box (where, &pose->box);
  for (guint i = 0; i < pose->n_points; i++) {
    TfcKeypoint *p = &pose->points[i];
    p->x = where->x + p->x * where->w;
    p->y = where->y + p->y * where->h;
    p->z *= where->w;
  }
}

void
tfc_part_face (const TfcBox *where, gfloat aspect, TfcFace *face)
{
  gfloat (*const m)[4] = face->head.matrix;
  face->box = part_box (where, &face->box);
  for (guint i = 0; i < face->n_points; i++) {
    TfcPoint *p = &face->points[i];
    *p = (TfcPoint){where->x + p->x * where->w, where->y + p->y * where->h, p->z * where->w};
  }
  if (!face->head.known)
    return;
  for (guint i = 0; i < 12; i++)
    m[i / 4][i % 4] *= where->w;
  m[0][3] += where->x;
  m[1][3] += where->y * aspect;
}
