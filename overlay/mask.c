/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mask.h"
#include "blend.h"
#include <math.h>
#include <string.h>

gboolean
tfc_mask_begin (TfcMask *mask, TfcArea area)
{
  if (area.w <= 0 || area.h <= 0)
    return FALSE;
  gint stride = (area.w + TFC_BLEND_ROW - 1) / TFC_BLEND_ROW * TFC_BLEND_ROW;
  gsize need = (gsize)stride * area.h;
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
tfc_mask_finish (TfcMask *mask)
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
wide_run (Run run, gint cover)
{
  for (; run.count-- > 0; run.at += run.step, run.top += run.slope) {
    gint top = (gint)(run.top >> 8), bottom = top + run.thick;
    gint first = MAX (top >> 8, 0), last = MIN ((bottom - 1) >> 8, run.rows - 1);
    for (gint p = first; p <= last; p++) {
      gint part = MIN (bottom, (p + 1) << 8) - MAX (top, p << 8);
      add (run.at + (gssize)p * run.across, (run.shade[part] * cover) >> 8);
    }
  }
}

/* Inside the plane and at most pixels - 1 thick, so that it touches at most that many a column. */
static inline void
thin_run (Run run, gint pixels, gint cover)
{
  gint top = (gint)run.top, slope = (gint)run.slope;
  for (; run.count-- > 0; run.at += run.step, top += slope) {
    guint8 *pixel = run.at + (gssize)(top >> 16) * run.across;
    gint left = run.thick, room = 256 - ((top >> 8) & 255);
    for (gint i = 0; i < pixels; i++, pixel += run.across, room = 256) {
      gint part = MIN (left, room);
      add (pixel, (run.shade[part] * cover) >> 8);
      left -= part;
    }
  }
}

/* The loops above, the frequent ones with their numbers known to the compiler. */
static inline void
draw_run (const Run *run, gint cover)
{
  gint64 end = run->top + run->slope * (run->count - 1), rows = (gint64)run->rows - 2;
  gboolean inside = MIN (run->top, end) >= 0 && MAX (run->top, end) < rows * 65536;
  if (!inside || run->thick > 512 || run->rows > 32767)
    wide_run (*run, cover);
  else if (run->thick > 256)
    cover < 256 ? thin_run (*run, 3, cover) : thin_run (*run, 3, 256);
  else
    cover < 256 ? thin_run (*run, 2, cover) : thin_run (*run, 2, 256);
}

/* The first and the last column are covered in part, those between in full. */
static void
draw_columns (Run run, gdouble begin, gdouble end)
{
  gint first = (gint)begin, last = (gint)ceil (end) - 1;
  for (gint i = first; i <= last; i++) {
    gboolean inner = i > first && i < last;
    gdouble part = MIN (end, i + 1.0) - MAX (begin, (gdouble)i);
    run.count = inner ? last - i : 1;
    draw_run (&run, inner ? 256 : (gint)(256 * part));
    run.at += (gssize)run.step * run.count;
    run.top += run.slope * run.count;
    i += run.count - 1;
  }
}

void
tfc_mask_line (TfcMask *mask, const gdouble from[2], const gdouble to[2], gdouble width,
               gboolean twice)
{
  gint axis = fabs (to[1] - from[1]) > fabs (to[0] - from[0]);
  if (to[axis] < from[axis]) {
    const gdouble *swap = from;
    from = to;
    to = swap;
  }
  gdouble length = to[axis] - from[axis];
  if (!(length > 0))
    return;
  const gint origin[2] = {mask->area.x, mask->area.y}, size[2] = {mask->area.w, mask->area.h};
  const gint step[2] = {1, mask->stride};
  gdouble slope = (to[!axis] - from[!axis]) / length;
  gdouble span = width * sqrt (1 + slope * slope);
  gdouble begin = MAX (from[axis] - origin[axis], 0.0);
  gdouble end = MIN (to[axis] - origin[axis], (gdouble)size[axis]);
  if (!(begin < end))
    return;
  gint first = (gint)begin;
  gdouble centre =
      from[!axis] - origin[!axis] + slope * (first + 0.5 - (from[axis] - origin[axis]));
  Run run = {
      .at = mask->data + (gssize)first * step[axis],
      .step = step[axis],
      .across = step[!axis],
      .rows = size[!axis],
      .top = (gint64)floor ((centre - 0.5 * span) * 65536),
      .slope = (gint64)(slope * 65536),
      .thick = MAX ((gint)lrint (span * 256), 1),
      .shade = mask->shade[twice],
  };
  draw_columns (run, begin, end);
}

void
tfc_mask_ellipse (TfcMask *mask, const gdouble centre[2], gdouble rx, gdouble ry, gdouble width)
{
  gint n = CLAMP ((gint)(6 * sqrt (MAX (rx, ry))), 16, 96);
  gdouble last[2] = {centre[0] + rx, centre[1]};
  for (gint i = 1; i <= n; i++) {
    gdouble angle = 2 * G_PI * i / n;
    gdouble next[2] = {centre[0] + rx * cos (angle), centre[1] + ry * sin (angle)};
    tfc_mask_line (mask, last, next, width, FALSE);
    memcpy (last, next, sizeof last);
  }
}

void
tfc_mask_dot (TfcMask *mask, const gdouble centre[2], gdouble radius)
{
  const TfcArea *a = &mask->area;
  gdouble cx = centre[0] - a->x - 0.5, cy = centre[1] - a->y - 0.5, reach = radius + 0.5;
  gint x0 = (gint)CLAMP (ceil (cx - reach), 0, a->w), x1 = (gint)CLAMP (cx + reach, -1, a->w - 1);
  gint y0 = (gint)CLAMP (ceil (cy - reach), 0, a->h), y1 = (gint)CLAMP (cy + reach, -1, a->h - 1);
  for (gint y = y0; y <= y1; y++)
    for (gint x = x0; x <= x1; x++) {
      gdouble cover = reach - sqrt ((x - cx) * (x - cx) + (y - cy) * (y - cy));
      if (cover > 0)
        add (mask->data + (gssize)y * mask->stride + x, (gint)(255 * MIN (cover, 1.0)));
    }
}

void
tfc_mask_stamp (TfcMask *mask, const guint8 *stamp, gint x, gint y, gint w, gint h)
{
  const TfcArea *a = &mask->area;
  x -= a->x;
  y -= a->y;
  gint x0 = MAX (x, 0), x1 = MIN (x + w, a->w), y0 = MAX (y, 0), y1 = MIN (y + h, a->h);
  for (gint r = y0; r < y1; r++) {
    guint8 *to = mask->data + (gssize)r * mask->stride;
    const guint8 *from = stamp + (gssize)(r - y) * w - x;
    for (gint c = x0; c < x1; c++)
      add (to + c, from[c]);
  }
}

void
tfc_mask_fill (TfcMask *mask, TfcArea area)
{
  const TfcArea *a = &mask->area;
  gint x0 = MAX (area.x - a->x, 0), x1 = MIN (area.x - a->x + area.w, a->w);
  gint y0 = MAX (area.y - a->y, 0), y1 = MIN (area.y - a->y + area.h, a->h);
  for (gint y = y0; x0 < x1 && y < y1; y++)
    memset (mask->data + (gssize)y * mask->stride + x0, 255, x1 - x0);
}
