/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/coverage_mask.h"
#include "overlay/blend/blend.h"
#include <math.h>
#include <string.h>

gboolean
tfc_coverage_mask_begin (TfcCoverageMask *mask, TfcArea area)
{
  if (area.w <= 0 || area.h <= 0)
    return FALSE;
  gint stride = (area.w + TFC_BLEND_ROW - 1) / TFC_BLEND_ROW * TFC_BLEND_ROW;
  gsize need = (gsize)stride * area.h + TFC_BLEND_ROW; /* words are read past the last pixel */
  if (need > mask->size) {
    g_free (mask->data);
    mask->data = g_try_malloc (need);
    mask->size = mask->data ? need : 0;
    if (!mask->data)
      return FALSE;
  }
  memset (mask->data, 0, need);
  if (!mask->shade[0][256])
    for (gint i = 0; i <= 256; i++) {
      mask->shade[0][i] = MIN (i, 255);
      mask->shade[1][i] = 255 - (255 - MIN (i, 255)) * (255 - MIN (i, 255)) / 255;
    }
  mask->stride = stride;
  mask->area = area;
  return TRUE;
}

void
tfc_coverage_mask_finish (TfcCoverageMask *mask)
{
  g_clear_pointer (&mask->data, g_free);
  mask->size = 0;
}

static inline void
add (guint8 *pixel, gint value)
{
  guint sum = *pixel + value;
  *pixel = sum | -(sum >> 8);
}

/* A run of pixel columns along the line's major axis: count of them from pixel at, whose first row
 * lies at top (16.16) and is thick / 256 high. */
typedef struct {
  guint8 *at;
  gint step, across, rows; /* bytes along and across, size across */
  gint64 top, slope;
  gint count, thick;
  const guint8 *shade;
} Run;

/* The general case: clipped, any thickness. */
static void
wide_run (Run run)
{
  for (; run.count-- > 0; run.at += run.step, run.top += run.slope) {
    gint64 top = run.top >> 8, bottom = top + run.thick;
    gint64 first = MAX (top >> 8, 0), last = MIN ((bottom - 1) >> 8, run.rows - 1);
    for (gint64 p = first; p <= last; p++)
      add (run.at + (gssize)p * run.across,
           run.shade[MIN (bottom, (p + 1) << 8) - MAX (top, p << 8)]);
  }
}

/* Inside the plane and at most two pixels thick, so that it touches at most three a column. */
static void
thin_run (const Run *run)
{
  const guint8 *shade = run->shade;
  const gint slope = (gint)run->slope, thick = run->thick, across = run->across, step = run->step;
  gint top = (gint)run->top, count = run->count;
  guint8 *column = run->at;
  for (; count-- > 0; column += step, top += slope) {
    guint8 *pixel = column + (gssize)(top >> 16) * across;
    gint room = 256 - (top >> 8 & 255), rest = MAX (thick - room, 0), middle = MIN (rest, 256);
    add (pixel, shade[MIN (thick, room)]);
    add (pixel + across, shade[middle]);
    add (pixel + 2 * across, shade[rest - middle]);
  }
}

/* The same, three pixels side by side, in one word: bytes that would pass 255 are held there. */
static void
thin_run_down (const Run *run)
{
  const guint8 *shade = run->shade;
  const gint slope = (gint)run->slope, thick = run->thick, step = run->step;
  const guint32 tops = 0x80808080;
  gint top = (gint)run->top, count = run->count;
  guint8 *row = run->at;
  for (; count-- > 0; row += step, top += slope) {
    guint8 *pixel = row + (top >> 16);
    gint room = 256 - (top >> 8 & 255), rest = MAX (thick - room, 0), middle = MIN (rest, 256);
    guint32 is, more = GUINT32_TO_LE (shade[MIN (thick, room)] | (guint32)shade[middle] << 8 |
                                      (guint32)shade[rest - middle] << 16);
    memcpy (&is, pixel, sizeof is);
    guint32 sum = ((is & ~tops) + (more & ~tops)) ^ ((is ^ more) & tops);
    guint32 over = ((is & more) | ((is | more) & ~sum)) & tops;
    sum |= over | (over - (over >> 7));
    memcpy (pixel, &sum, sizeof sum);
  }
}

static void
draw_run (const Run *run)
{
  gint64 end = run->top + run->slope * (run->count - 1), rows = (gint64)run->rows - 2;
  gboolean inside = MIN (run->top, end) >= 0 && MAX (run->top, end) < rows * 65536;
  if (!inside || run->thick > 512 || run->rows > 32767)
    wide_run (*run);
  else if (run->across == 1)
    thin_run_down (run);
  else
    thin_run (run);
}

/* The columns whose middle the line passes: where two lines meet each column is drawn once. */
void
tfc_coverage_mask_line (TfcCoverageMask *mask, const gdouble from[2], const gdouble to[2],
                        gdouble width, gboolean twice)
{
  gint axis = fabs (to[1] - from[1]) > fabs (to[0] - from[0]);
  if (to[axis] < from[axis]) {
    const gdouble *swap = from;
    from = to;
    to = swap;
  }
  const gint origin[2] = {mask->area.x, mask->area.y}, size[2] = {mask->area.w, mask->area.h};
  const gint step[2] = {1, mask->stride};
  gdouble begin = from[axis] - origin[axis], end = to[axis] - origin[axis];
  gint first = (gint)(MAX (begin, 0.0) + 0.5);
  gint behind = (gint)(CLAMP (end, 0.0, (gdouble)size[axis]) + 0.5);
  if (first >= behind)
    return;
  gdouble slope = (to[!axis] - from[!axis]) / (end - begin);
  gdouble span = width * sqrt (1 + slope * slope);
  gdouble centre = from[!axis] - origin[!axis] + slope * (first + 0.5 - begin);
  const Run run = {
      .at = mask->data + (gssize)first * step[axis],
      .step = step[axis],
      .across = step[!axis],
      .rows = size[!axis],
      .top = (gint64)((centre - 0.5 * span) * 65536),
      .slope = (gint64)(slope * 65536),
      .count = behind - first,
      .thick = MAX ((gint)(span * 256 + 0.5), 1),
      .shade = mask->shade[twice],
  };
  draw_run (&run);
}

void
tfc_coverage_mask_ellipse (TfcCoverageMask *mask, const gdouble centre[2], gdouble rx, gdouble ry,
                           gdouble width)
{
  gint n = CLAMP ((gint)(6 * sqrt (MAX (rx, ry))), 16, 96);
  gdouble last[2] = {centre[0] + rx, centre[1]};
  for (gint i = 1; i <= n; i++) {
    gdouble angle = 2 * G_PI * i / n;
    gdouble next[2] = {centre[0] + rx * cos (angle), centre[1] + ry * sin (angle)};
    tfc_coverage_mask_line (mask, last, next, width, FALSE);
    memcpy (last, next, sizeof last);
  }
}

void
tfc_coverage_mask_dot (TfcCoverageMask *mask, const gdouble centre[2], gdouble radius)
{
  const TfcArea *a = &mask->area;
  gdouble cx = centre[0] - a->x - 0.5, cy = centre[1] - a->y - 0.5, reach = radius + 0.5;
  gint x0 = (gint)CLAMP (ceil (cx - reach), 0, a->w), x1 = (gint)CLAMP (cx + reach, -1, a->w - 1);
  gint y0 = (gint)CLAMP (ceil (cy - reach), 0, a->h), y1 = (gint)CLAMP (cy + reach, -1, a->h - 1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++) {
      gdouble coverage = reach - sqrt ((x - cx) * (x - cx) + (y - cy) * (y - cy));
      if (coverage > 0)
        add (mask->data + (gssize)y * mask->stride + x, (gint)(255 * MIN (coverage, 1.0)));
    }
}

static void
add_row (guint8 *restrict to, const guint8 *restrict from, gint n)
{
  for (gint i = 0; i < n; i++) {
    guint16 sum = (guint16)(to[i] + from[i]);
    to[i] = (guint8)MIN (sum, 255);
  }
}

void
tfc_coverage_mask_add (TfcCoverageMask *mask, const guint8 *glyph, gint x, gint y, gint w, gint h)
{
  const TfcArea *a = &mask->area;
  x -= a->x;
  y -= a->y;
  gint x0 = MAX (x, 0), x1 = MIN (x + w, a->w), y0 = MAX (y, 0), y1 = MIN (y + h, a->h);
  for (gint r = y0; r < y1; r++) {
    guint8 *to = mask->data + (gssize)r * mask->stride;
    if (x0 < x1)
      add_row (to + x0, glyph + (gssize)(r - y) * w + (x0 - x), x1 - x0);
  }
}

void
tfc_coverage_mask_fill (TfcCoverageMask *mask, TfcArea area)
{
  const TfcArea *a = &mask->area;
  gint x0 = MAX (area.x - a->x, 0), x1 = MIN (area.x - a->x + area.w, a->w);
  gint y0 = MAX (area.y - a->y, 0), y1 = MIN (area.y - a->y + area.h, a->h);
  for (gint y = y0; x0 < x1 && y < y1; y++)
    memset (mask->data + (gssize)y * mask->stride + x0, 255, x1 - x0);
}
