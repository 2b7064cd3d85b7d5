/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include "models/tracking/extrapolate.h"

#define MOST_APART G_GUINT64_CONSTANT (500000000) /* ns */
#define UNKNOWN G_MAXUINT64

gfloat
tfc_extrapolate_reach (guint64 previous, guint64 newest, guint64 time)
{
  if (previous == UNKNOWN || newest == UNKNOWN || time == UNKNOWN || previous >= newest ||
      newest >= time || newest - previous > MOST_APART)
    return 0;
  return MIN ((gfloat)(time - newest) / (newest - previous), 1);
}

static gfloat
go_on (gfloat from, gfloat to, gfloat reach)
{
  return to + reach * (to - from);
}

gboolean
tfc_extrapolate_box (const TfcBox *previous, TfcBox *box, gfloat reach)
{
  const gfloat cx = box->x + box->w / 2, cy = box->y + box->h / 2;
  const gfloat old_cx = previous->x + previous->w / 2, old_cy = previous->y + previous->h / 2;
  gfloat w, h;

  if (!(fabsf (cx - old_cx) <= box->w && fabsf (cy - old_cy) <= box->h))
    return FALSE;
  w = CLAMP (go_on (previous->w, box->w, reach), box->w / 2, box->w * 2);
  h = CLAMP (go_on (previous->h, box->h, reach), box->h / 2, box->h * 2);
  *box = (TfcBox){go_on (old_cx, cx, reach) - w / 2, go_on (old_cy, cy, reach) - h / 2, w, h};
  return TRUE;
}

static TfcPoint
move_point (const TfcBox *from, const TfcBox *to, TfcPoint p)
{
  const gfloat sx = to->w / from->w, sy = to->h / from->h;

  return (TfcPoint){to->x + (p.x - from->x) * sx, to->y + (p.y - from->y) * sy, p.z * sx};
}

void
tfc_extrapolate_points (const TfcBox *from, const TfcBox *to, const TfcPoint *points,
                        TfcPoint *moved, guint n)
{
  for (guint i = 0; i < n; i++)
    moved[i] = move_point (from, to, points[i]);
}

void
tfc_extrapolate_keypoints (const TfcBox *from, const TfcBox *to, const TfcKeypoint *points,
                           TfcKeypoint *moved, guint n)
{
  for (guint i = 0; i < n; i++) {
    const TfcPoint p = move_point (from, to, (TfcPoint){points[i].x, points[i].y, points[i].z});
    moved[i] = (TfcKeypoint){p.x, p.y, p.z, points[i].score};
  }
}
