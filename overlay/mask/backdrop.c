/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask/backdrop.h"

#include <math.h>
#include <string.h>

#define LEAST_WEIGHT 1e-3f /* so that a cell of which all is covered has a value too */

static gsize
row_bytes (const TfcPixels *pixels)
{
  gsize most = 0;
  for (guint i = 0; i < pixels->format->n_planes; i++) {
    guint64 bytes, rows;
    tfc_format_plane_size (pixels->format, i, pixels->width, pixels->height, &bytes, &rows);
    most = MAX (most, (gsize)bytes);
  }
  return most;
}

gboolean
tfc_backdrop_reserve (TfcBackdrop *b, const TfcPixels *pixels, guint cell)
{
  b->cell = cell;
  b->columns = (pixels->width + cell - 1) / cell;
  b->rows = (pixels->height + cell - 1) / cell;
  const gsize cells = (gsize)b->columns * b->rows, bytes = row_bytes (pixels);
  const gsize longest = MAX (b->columns, b->rows);
  const gsize need = (4 * cells + longest) * sizeof (gfloat) + bytes * sizeof (guint16) + 3 * cells;
  if (need > b->room) {
    g_free (b->memory);
    b->memory = g_try_malloc (need);
    b->room = b->memory ? need : 0;
  }
  if (!b->memory)
    return FALSE;
  b->weight = b->memory;
  for (guint i = 0; i < 3; i++)
    b->value[i] = b->weight + (i + 1) * cells;
  b->line = b->weight + 4 * cells;
  b->sums = (gpointer)(b->line + longest);
  for (guint i = 0; i < 3; i++)
    b->grid[i] = (guint8 *)(b->sums + bytes) + i * cells;
  return TRUE;
}

void
tfc_backdrop_finish (TfcBackdrop *b)
{
  g_free (b->memory);
  *b = (TfcBackdrop){0};
}

/* Sums of the bytes of rows first..last - 1, one below the other. */
static void
sum_rows (const TfcPixels *pixels, guint plane, guint first, guint last, gsize bytes,
          guint16 *restrict sums)
{
  memset (sums, 0, bytes * sizeof *sums);
  for (guint y = first; y < last; y++) {
    const guint8 *restrict row = pixels->plane[plane] + (gssize)y * pixels->stride[plane];
    for (gsize x = 0; x < bytes; x++)
      sums[x] += row[x];
  }
}

/* Means of one row of cells of a component, whose samples' sums are in sums. */
static void
cell_means (const TfcBackdrop *b, const TfcComponent *c, guint samples, guint lines, gfloat *to)
{
  const guint step = MAX (b->cell >> c->sub_x, 1);
  for (guint k = 0; k < b->columns; k++) {
    const guint first = MIN (k * step, samples - 1), last = MIN (first + step, samples);
    guint sum = 0;
    for (guint x = first; x < last; x++)
      sum += b->sums[c->offset + (gsize)x * c->step];
    to[k] = (gfloat)sum / ((last - first) * lines);
  }
}

static void
shrink_plane (TfcBackdrop *b, const TfcPixels *pixels, guint plane)
{
  const TfcFormat *f = pixels->format;
  guint64 bytes, rows;
  guint sub_y = 0;
  tfc_format_plane_size (f, plane, pixels->width, pixels->height, &bytes, &rows);
  for (guint i = 0; i < tfc_format_n_components (f); i++)
    sub_y = f->component[i].plane == plane ? f->component[i].sub_y : sub_y;
  const guint step = MAX (b->cell >> sub_y, 1);
  for (guint r = 0; r < b->rows; r++) {
    const guint first = MIN (r * step, (guint)rows - 1), last = MIN (first + step, (guint)rows);
    sum_rows (pixels, plane, first, last, (gsize)bytes, b->sums);
    for (guint i = 0; i < tfc_format_n_components (f); i++) {
      const TfcComponent *c = &f->component[i];
      const guint samples = (pixels->width + (1u << c->sub_x) - 1) >> c->sub_x;
      if (c->plane == plane)
        cell_means (b, c, samples, last - first, b->value[i] + (gsize)r * b->columns);
    }
  }
}

/* One pass of a box of 2 * radius + 1; beyond the edge the edge's value goes on. */
static void
blur_line (gfloat *p, gssize step, gint n, gint radius, gfloat *line)
{
  gdouble sum = 0;
  for (gint i = 0; i < n; i++)
    line[i] = p[i * step];
  for (gint i = -radius; i <= radius; i++)
    sum += line[CLAMP (i, 0, n - 1)];
  for (gint i = 0; i < n; i++) {
    p[i * step] = (gfloat)(sum / (2 * radius + 1));
    sum += (gdouble)line[MIN (i + radius + 1, n - 1)] - line[MAX (i - radius, 0)];
  }
}

static void
blur (TfcBackdrop *b, gfloat *values, gint radius)
{
  for (guint pass = 0; pass < 3; pass++) {
    for (guint y = 0; y < b->rows; y++)
      blur_line (values + (gsize)y * b->columns, 1, (gint)b->columns, radius, b->line);
    for (guint x = 0; x < b->columns; x++)
      blur_line (values + x, (gssize)b->columns, (gint)b->rows, radius, b->line);
  }
}

void
tfc_backdrop_fill (TfcBackdrop *b, const TfcPixels *pixels, const guint8 *cover, gdouble sigma)
{
  const gsize cells = (gsize)b->columns * b->rows;
  const guint n = tfc_format_n_components (pixels->format);
  /* Three boxes of radius r have a variance of r * (r + 1). */
  const gint radius = sigma > 0 ? MAX ((gint)lrint (sigma / b->cell - 0.5), 1) : 0;
  for (guint i = 0; i < pixels->format->n_planes; i++)
    shrink_plane (b, pixels, i);
  for (gsize i = 0; i < cells; i++) /* what is half covered does not count */
    b->weight[i] = LEAST_WEIGHT + (cover[i] < 128 ? (127 - cover[i]) / 127.0f : 0);
  for (guint k = 0; k < n; k++) {
    for (gsize i = 0; radius && i < cells; i++)
      b->value[k][i] *= b->weight[i];
    if (radius)
      blur (b, b->value[k], radius);
  }
  if (radius)
    blur (b, b->weight, radius);
  for (guint k = 0; k < n; k++) {
    for (gsize i = 0; i < cells; i++)
      b->grid[k][i] =
          (guint8)CLAMP (lrintf (radius ? b->value[k][i] / b->weight[i] : b->value[k][i]), 0, 255);
  }
}
