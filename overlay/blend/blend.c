/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blend.h"
#include "overlay/blend/blend_kernel.h"
#include <math.h>
#include <string.h>

/* One plane: what its bytes are, for a group of pixels (1 or 2) over and over. */
typedef struct {
  guint8 *data;
  gint stride, sub_y;
  gint pixels, bytes;        /* of a group */
  gint used;                 /* bytes of a row */
  TfcExpandCoverage *expand; /* NULL: coverage as it is */
  guint8 color[TFC_KERNEL_BYTES];
} Plane;

static guint8
to_byte (gdouble value)
{
  return (guint8)CLAMP (lrint (value), 0, 255);
}

void
tfc_blend_color (const TfcPixels *pixels, guint32 argb, guint8 value[3])
{
  const gdouble rgb[3] = {argb >> 16 & 255, argb >> 8 & 255, argb & 255};
  gdouble yuv[3];
  tfc_rgb_to_yuv (pixels->matrix, pixels->full_range, rgb, yuv);
  for (guint i = 0; i < 3; i++)
    value[i] = to_byte (pixels->format->kind == TFC_PIXELS_RGB ? rgb[i] : yuv[i]);
}

/* Where the components of a plane lie in a group, how far a row goes, and the row of colour. */
static void
set_plane (Plane *plane, const TfcPixels *pixels, guint p, const guint8 value[3], gint w)
{
  const TfcFormat *f = pixels->format;
  guint n = tfc_format_n_components (f);
  guint8 group[4] = {255, 255, 255, 255};
  *plane = (Plane){pixels->plane[p], pixels->stride[p], .expand = tfc_expand_coverage_for (f, p)};
  for (guint c = 0; c < n; c++)
    if (f->component[c].plane == p) {
      plane->bytes = MAX (plane->bytes, f->component[c].step);
      plane->pixels = MAX (plane->pixels, 1 << f->component[c].sub_x);
    }
  for (guint c = 0; c < n; c++) {
    const TfcComponent *k = &f->component[c];
    if (k->plane != p)
      continue;
    for (gint at = k->offset; at < plane->bytes; at += k->step)
      group[at] = value[c];
    plane->sub_y = k->sub_y;
    plane->used =
        MAX (plane->used, (gint)((pixels->width - 1) >> k->sub_x) * k->step + k->offset + 1);
  }
  if (plane->bytes == 4 && plane->pixels == 1)
    plane->used = (gint)pixels->width * 4;
  gint row = MIN (w, TFC_KERNEL_PIXELS) / plane->pixels * plane->bytes;
  memcpy (plane->color, group, plane->bytes);
  for (gint have = plane->bytes; have < row; have *= 2)
    memcpy (plane->color + have, plane->color, MIN (have, row - have));
}

static inline gboolean
any (const guint8 *row, const guint8 *below)
{
  guint64 part[4];
  memcpy (part, row, TFC_BLEND_ROW);
  memcpy (part + 2, below, TFC_BLEND_ROW);
  return (part[0] | part[1] | part[2] | part[3]) != 0;
}

/* The pixels from begin to end of a row of the plane, at most TFC_KERNEL_PIXELS. */
static void
blend_run (const Plane *plane, guint8 *to, const guint8 *row, const guint8 *below, gint x, gint n,
           guint alpha)
{
  guint8 expanded[TFC_KERNEL_BYTES];
  const guint8 *coverage = row;
  gint first = x / plane->pixels * plane->bytes;
  if (plane->expand)
    plane->expand (expanded, row, below, n);
  if (plane->expand)
    coverage = expanded;
  tfc_lerp (to + first, plane->color, coverage,
            MIN (n / plane->pixels * plane->bytes, plane->used - first), alpha);
}

/* Row y of the coverage, leaving out what is empty. */
static void
blend_row (const Plane *plane, const TfcCoverage *coverage, gint y, guint alpha)
{
  const guint8 *row = coverage->data + (gssize)y * coverage->stride;
  const guint8 *below = plane->sub_y ? row + coverage->stride : row;
  guint8 *to = plane->data + (gssize)((coverage->y + y) >> plane->sub_y) * plane->stride;
  for (gint x = 0; x < coverage->w; x += TFC_BLEND_ROW) {
    gint end = x, last = MIN (coverage->w, x + TFC_KERNEL_PIXELS);
    if (!any (row + x, below + x))
      continue;
    do
      end += TFC_BLEND_ROW;
    while (end < last && any (row + end, below + end));
    blend_run (plane, to, row + x, below + x, coverage->x + x, MIN (end, coverage->w) - x, alpha);
    x = end - TFC_BLEND_ROW;
  }
}

/* The column and the row beyond a picture of odd size count as their neighbours, so that a mean of
 * both is that of the one that is there. */
static void
repeat_edges (const TfcPixels *pixels, const TfcCoverage *coverage)
{
  if (coverage->x + coverage->w > (gint)pixels->width)
    for (gint y = 0; y < coverage->h; y++) {
      guint8 *end = coverage->data + (gssize)y * coverage->stride + coverage->w;
      end[-1] = end[-2];
    }
  if (coverage->y + coverage->h > (gint)pixels->height) {
    guint8 *last = coverage->data + (gssize)(coverage->h - 1) * coverage->stride;
    memcpy (last, last - coverage->stride, coverage->stride);
  }
}

gboolean
tfc_blend_takes (const TfcFormat *format)
{
  return tfc_expand_coverage_knows (format);
}

void
tfc_blend (const TfcPixels *pixels, guint32 argb, const TfcCoverage *coverage)
{
  guint8 value[3];
  guint alpha = argb >> 24;
  if (!alpha)
    return;
  tfc_blend_color (pixels, argb, value);
  repeat_edges (pixels, coverage);
  for (guint p = 0; p < pixels->format->n_planes; p++) {
    Plane plane;
    set_plane (&plane, pixels, p, value, coverage->w);
    gint rows = MIN (coverage->h, (gint)pixels->height - coverage->y), step = 1 << plane.sub_y;
    for (gint y = 0; y < rows; y += step)
      blend_row (&plane, coverage, y, alpha);
  }
}
