/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask/cover.h"

#define SURE_NOT 51 /* of 255 */
#define SURE 204
#define MOST_RADIUS 64.0

static void
make_table (TfcMaskKind kind, guint8 table[256])
{
  for (gint i = 0; i < 256; i++)
    table[i] = kind == TFC_MASK_PERSON
                   ? (guint8)CLAMP ((i - SURE_NOT) * 255 / (SURE - SURE_NOT), 0, 255)
               : i ? 255
                   : 0;
}

/* Mean over radius to both sides, the ends of which count in part; beyond the edge the edge's value
 * goes on. Weights are of 65536. */
static void
blur_line (const guint8 *from, guint8 *to, gssize step, gint n, gdouble radius)
{
  const gint whole = (gint)radius;
  const guint one = (guint)(65536 / (2 * radius + 1));
  const guint end = (65536 - one * (2 * (guint)whole + 1)) / 2;
  guint64 sum = 0;
  for (gint i = -whole; i <= whole; i++)
    sum += from[CLAMP (i, 0, n - 1) * step];
  for (gint i = 0; i < n; i++) {
    const guint before = from[MAX (i - whole - 1, 0) * step],
                after = from[MIN (i + whole + 1, n - 1) * step];
    to[i * step] = (guint8)MIN ((sum * one + (before + after) * (guint64)end + 32768) >> 16, 255);
    sum += after;
    sum -= from[MAX (i - whole, 0) * step];
  }
}

void
tfc_mask_cover (const TfcMask *mask, const gdouble radius[2], guint8 *cover, guint8 *room)
{
  const gint w = (gint)mask->width, h = (gint)mask->height;
  const gdouble across = MIN (radius[0], MOST_RADIUS), down = MIN (radius[1], MOST_RADIUS);
  guint8 table[256];
  make_table (mask->kind, table);
  guint8 *first = across > 0 ? room : cover;
  for (gsize i = 0; i < (gsize)w * h; i++)
    first[i] = table[mask->data[i]];
  for (gint y = 0; across > 0 && y < h; y++)
    blur_line (room + (gsize)y * w, cover + (gsize)y * w, 1, w, across);
  if (!(down > 0))
    return;
  for (gsize i = 0; i < (gsize)w * h; i++)
    room[i] = cover[i];
  for (gint x = 0; x < w; x++)
    blur_line (room + x, cover + x, w, h, down);
}
