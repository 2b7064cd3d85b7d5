/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask/ramp.h"

#include <math.h>
#include <string.h>

static gboolean
reserve (TfcRamp *r, guint n, guint columns)
{
  const gsize gaps = ((gsize)columns + 2) * sizeof *r->gap;
  const gsize need = gaps + (gsize)n * (sizeof *r->nearest + sizeof *r->part);
  if (need > r->room) {
    tfc_ramp_finish (r);
    r->gap = g_try_malloc (need);
    r->room = r->gap ? need : 0;
  }
  if (!r->gap)
    return FALSE;
  r->nearest = (guint16 *)((guint8 *)r->gap + gaps);
  r->part = (guint8 *)(r->nearest + n);
  return TRUE;
}

/* Where sample i lies, in columns: the centre of column 0 is 0. */
static gdouble
position (const TfcRamp *r, guint i)
{
  return (i + 0.5 - r->origin) * r->columns / r->size - 0.5;
}

static guint
sample_at (const TfcRamp *r, gdouble at)
{
  return (guint)CLAMP (ceil (at - 0.5), 0, (gdouble)r->n);
}

gboolean
tfc_ramp_set (TfcRamp *r, guint n, guint columns, gdouble origin, gdouble size)
{
  if (r->gap && r->n == n && r->columns == columns && r->origin == origin && r->size == size)
    return TRUE;
  if (!reserve (r, n, columns))
    return FALSE;
  r->n = n;
  r->columns = columns;
  r->origin = origin;
  r->size = size;
  r->first = sample_at (r, origin);
  r->last = MAX (sample_at (r, origin + size), r->first);
  guint next = 0;
  for (guint i = r->first; i < r->last; i++) {
    const gdouble at = CLAMP (position (r, i), -0.5, columns - 0.5), below = floor (at);
    const guint gap = (guint)(below + 1);
    while (next <= gap)
      r->gap[next++] = i;
    r->part[i] = (guint8)MIN ((at - below) * 256, 255);
    r->nearest[i] = (guint16)CLAMP (floor (at + 0.5), 0, columns - 1.0);
  }
  while (next < columns + 2)
    r->gap[next++] = r->last;
  return TRUE;
}

void
tfc_ramp_finish (TfcRamp *r)
{
  g_free (r->gap);
  *r = (TfcRamp){0};
}

static inline guint8
mix (guint8 a, guint8 b, guint part)
{
  return (guint8)(a + ((((gint)b - a) * (gint)part + 128) >> 8));
}

void
tfc_ramp_row (const TfcRamp *r, const guint8 *line, guint8 outside, guint8 *out)
{
  memset (out, outside, r->first);
  memset (out + r->last, outside, r->n - r->last);
  guint flat = r->first; /* samples from here on have the value before this gap */
  for (guint k = 0; k <= r->columns; k++) {
    const guint8 a = line[k ? k - 1 : 0], b = line[MIN (k, r->columns - 1)];
    const guint from = r->gap[k], to = r->gap[k + 1];
    if (a == b)
      continue;
    memset (out + flat, a, from - flat);
    for (guint i = from; i < to; i++)
      out[i] = mix (a, b, r->part[i]);
    flat = to;
  }
  memset (out + flat, line[r->columns - 1], r->last - flat);
}

void
tfc_ramp_nearest_row (const TfcRamp *r, const guint8 *line, guint8 outside, const guint8 *table,
                      guint8 *out)
{
  memset (out, table[outside], r->first);
  memset (out + r->last, table[outside], r->n - r->last);
  for (guint i = r->first; i < r->last; i++)
    out[i] = table[line[r->nearest[i]]];
}

const guint8 *
tfc_ramp_line (const TfcRamp *r, guint y, const guint8 *grid, guint width, guint8 *line)
{
  if (y < r->first || y >= r->last)
    return NULL;
  const gdouble at = CLAMP (position (r, y), 0, r->columns - 1.0);
  const guint above = (guint)at, below = MIN (above + 1, r->columns - 1);
  const guint part = (guint)((at - above) * 256);
  const guint8 *a = grid + (gsize)above * width, *b = grid + (gsize)below * width;
  if (part == 0 || above == below)
    return a;
  for (guint x = 0; x < width; x++)
    line[x] = mix (a[x], b[x], part);
  return line;
}

const guint8 *
tfc_ramp_nearest_line (const TfcRamp *r, guint y, const guint8 *grid, guint width)
{
  return y < r->first || y >= r->last ? NULL : grid + (gsize)r->nearest[y] * width;
}
