/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blur.h"

#define FINE 8 /* a radius of so many blocks is fine enough */

static void
blur_line (guint8 *p, gssize step, gint n, gint radius, guint8 *line)
{
  guint width = 2 * radius + 1, sum = 0;
  for (gint i = 0; i < n; i++)
    line[i] = p[i * step];
  for (gint i = -radius; i <= radius; i++)
    sum += line[CLAMP (i, 0, n - 1)];
  for (gint i = 0; i < n; i++) {
    p[i * step] = (sum + radius) / width;
    sum += line[MIN (i + radius + 1, n - 1)];
    sum -= line[MAX (i - radius, 0)];
  }
}

void
tfc_blur (guint8 *values, gint w, gint h, gint radius, gint passes, guint8 *line)
{
  while (passes--) {
    for (gint y = 0; y < h; y++)
      blur_line (values + (gssize)y * w, 1, w, radius, line);
    for (gint x = 0; x < w; x++)
      blur_line (values + x, w, h, radius, line);
  }
}

/* One value for each block of step x step. */
static void
shrink (const guint8 *values, gint w, gint h, gint step, guint8 *small)
{
  for (gint top = 0; top < h; top += step)
    for (gint left = 0; left < w; left += step) {
      gint right = MIN (left + step, w), bottom = MIN (top + step, h);
      guint64 sum = 0;
      for (gint y = top; y < bottom; y++)
        for (gint x = left; x < right; x++)
          sum += values[(gssize)y * w + x];
      *small++ = (guint8)(sum / ((guint64)(right - left) * (bottom - top)));
    }
}

/* Where among n blocks' centres pixel i lies: between *from and *to, so many of 256 parts of the
 * way. */
static gint
between (gint i, gint step, gint n, gint *from, gint *to)
{
  gint64 at = ((gint64)(2 * i + 1) * 128 - (gint64)step * 128) / step;
  at = CLAMP (at, 0, (gint64)(n - 1) * 256);
  *from = (gint)(at >> 8);
  *to = MIN (*from + 1, n - 1);
  return (gint)(at & 255);
}

static void
enlarge (const guint8 *small, gint step, guint8 *values, gint w, gint h)
{
  gint small_w = (w + step - 1) / step, small_h = (h + step - 1) / step;
  for (gint y = 0; y < h; y++) {
    gint above, below, down = between (y, step, small_h, &above, &below);
    const guint8 *a = small + (gssize)above * small_w, *b = small + (gssize)below * small_w;
    for (gint x = 0; x < w; x++) {
      gint left, right, along = between (x, step, small_w, &left, &right);
      gint upper = a[left] * (256 - along) + a[right] * along;
      gint lower = b[left] * (256 - along) + b[right] * along;
      *values++ = (guint8)((upper * (256 - down) + lower * down + 32768) >> 16);
    }
  }
}

gsize
tfc_blur_room (gint w, gint h)
{
  return MAX ((gsize)w, (gsize)h) + (gsize)(w / 2 + 1) * (h / 2 + 1);
}

void
tfc_blur_coarse (guint8 *values, gint w, gint h, gint radius, gint passes, guint8 *room)
{
  guint8 *small = room + MAX (w, h);
  gint step = radius / FINE;
  if (step < 2) {
    tfc_blur (values, w, h, radius, passes, room);
    return;
  }
  shrink (values, w, h, step, small);
  tfc_blur (small, (w + step - 1) / step, (h + step - 1) / step, (radius + step / 2) / step, passes,
            room);
  enlarge (small, step, values, w, h);
}
