/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/mirror.h"

gfloat
tfc_mirror_x (gfloat x, gfloat width)
{
  return 1 - x - width;
}

gint64
tfc_mirror_pixels (gint64 frame_width, gint64 x, gint64 width)
{
  return frame_width - x - width;
}

void
tfc_mirror_points (TfcPoint *points, guint n)
{
  for (guint i = 0; i < n; i++)
    points[i].x = tfc_mirror_x (points[i].x, 0);
}
