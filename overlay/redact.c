/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/redact.h"
#include "overlay/blend/blur.h"
#include "overlay/strokes.h"
#include <math.h>
#include <string.h>

#define FAR 1e6 /* pixels */

/* What is to be hidden, as one span a row. */
typedef struct {
  TfcArea area;    /* clipped to the picture, on the grid of cells */
  gint cell;       /* pixels, a multiple of 4 (which no format's subsampling exceeds) */
  gint (*span)[2]; /* area.h of them: first and behind the last pixel; empty where first >= last */
  guint8 *values, *room;
} Shape;

/* A part of one component's plane, loaded, changed and stored through the spans. */
typedef struct {
  gint w, h;
  gint cell_x, cell_y;
  gint radius;
  guint8 black;
  guint8 *values, *room;
} Patch;

static void
blur (const Patch *patch)
{
  tfc_blur_coarse (patch->values, patch->w, patch->h, patch->radius, 3, patch->room);
}

static void
fill (const Patch *patch)
{
  memset (patch->values, patch->black, (gsize)patch->w * patch->h);
}

static void
one_cell (guint8 *values, gint stride, gint w, gint h)
{
  guint64 sum = 0;
  for (gint y = 0; y < h; y++)
    for (gint x = 0; x < w; x++)
      sum += values[(gssize)y * stride + x];
  for (gint y = 0; y < h; y++)
    memset (values + (gssize)y * stride, (gint)(sum / ((guint64)w * h)), w);
}

static void
pixelate (const Patch *p)
{
  for (gint y = 0; y < p->h; y += p->cell_y)
    for (gint x = 0; x < p->w; x += p->cell_x)
      one_cell (p->values + (gssize)y * p->w + x, p->w, MIN (p->cell_x, p->w - x),
                MIN (p->cell_y, p->h - y));
}

static void (*const effects[]) (const Patch *) = {
    [TFC_PRIVACY_BLUR] = blur,
    [TFC_PRIVACY_PIXELATE] = pixelate,
    [TFC_PRIVACY_FILL] = fill,
};

static guint8
black (const TfcPixels *pixels, guint component)
{
  if (pixels->format->kind == TFC_PIXELS_RGB)
    return 0;
  return component ? 128 : pixels->full_range ? 0 : 16;
}

/* The part of a row of samples that shows hidden pixels. */
static void
row_span (const Shape *shape, const TfcComponent *c, gint row, gint span[2])
{
  gint first = row << c->sub_y, last = MIN (first + (1 << c->sub_y), shape->area.h);
  span[0] = G_MAXINT;
  span[1] = G_MININT;
  for (gint y = first; y < last; y++)
    if (shape->span[y][0] < shape->span[y][1]) {
      span[0] = MIN (span[0], shape->span[y][0]);
      span[1] = MAX (span[1], shape->span[y][1]);
    }
  if (span[0] < span[1]) {
    span[0] = span[0] >> c->sub_x;
    span[1] = ((span[1] - 1) >> c->sub_x) + 1;
  }
}

static void
load (Patch *patch, const guint8 *from, gssize stride, gint step)
{
  guint8 *to = patch->values;
  for (gint y = 0; y < patch->h; y++, from += stride)
    for (gint x = 0; x < patch->w; x++)
      *to++ = from[(gssize)x * step];
}

static void
hide_component (const TfcPixels *pixels, TfcPrivacy privacy, const Shape *shape, guint component)
{
  const TfcComponent *c = &pixels->format->component[component];
  const TfcArea *a = &shape->area;
  gint x0 = a->x >> c->sub_x, y0 = a->y >> c->sub_y;
  Patch patch = {
      .w = ((a->x + a->w - 1) >> c->sub_x) + 1 - x0,
      .h = ((a->y + a->h - 1) >> c->sub_y) + 1 - y0,
      .cell_x = shape->cell >> c->sub_x,
      .cell_y = shape->cell >> c->sub_y,
      .radius = CLAMP (shape->cell >> c->sub_x, 1, MAX (a->w, a->h)),
      .black = black (pixels, component),
      .values = shape->values,
      .room = shape->room,
  };
  gssize stride = pixels->stride[c->plane];
  guint8 *plane = pixels->plane[c->plane] + c->offset + y0 * stride;
  if (privacy != TFC_PRIVACY_FILL)
    load (&patch, plane + (gssize)x0 * c->step, stride, c->step);
  effects[privacy](&patch);
  for (gint y = 0; y < patch.h; y++) {
    gint span[2];
    row_span (shape, c, y, span);
    guint8 *to = plane + y * stride;
    for (gint x = span[0]; x < span[1]; x++)
      to[(gssize)x * c->step] = patch.values[(gssize)y * patch.w + x - x0];
  }
}

/* Sets the area; FALSE if nothing is in the picture. e: left, top, right, bottom in pixels. */
static gboolean
place (const TfcPixels *pixels, const gdouble e[4], Shape *shape)
{
  gdouble width = pixels->width, height = pixels->height;
  if (!(e[0] < e[2]) || !(e[1] < e[3]) || e[2] <= 0 || e[3] <= 0 || e[0] >= width || e[1] >= height)
    return FALSE;
  gdouble side = MIN (MAX (e[2] - e[0], e[3] - e[1]), FAR);
  gint cell = shape->cell = ((gint)ceil (side / 8) + 3) / 4 * 4;
  gint left = (gint)MAX (e[0], 0) / cell * cell, top = (gint)MAX (e[1], 0) / cell * cell;
  gint64 right = ((gint64)MIN (e[2], width) + cell) / cell * cell;
  gint64 bottom = ((gint64)MIN (e[3], height) + cell) / cell * cell;
  shape->area = (TfcArea){left, top, (gint)MIN (right, pixels->width) - left,
                          (gint)MIN (bottom, pixels->height) - top};
  return TRUE;
}

/* Finds room for spans and values. */
static gboolean
reserve (TfcOverlay *overlay, Shape *shape)
{
  gsize w = shape->area.w, h = shape->area.h, need = h * sizeof *shape->span + w * h;
  need += tfc_blur_room (shape->area.w, shape->area.h);
  if (need > overlay->scratch_size) {
    g_free (overlay->scratch);
    overlay->scratch = g_try_malloc (need);
    overlay->scratch_size = overlay->scratch ? need : 0;
  }
  if (!overlay->scratch)
    return FALSE;
  shape->span = (gint (*)[2])overlay->scratch;
  shape->values = overlay->scratch + h * sizeof *shape->span;
  shape->room = shape->values + w * h;
  return TRUE;
}

static void
box_spans (Shape *shape, const gdouble e[4])
{
  const TfcArea *a = &shape->area;
  for (gint y = 0; y < a->h; y++) {
    gboolean in = a->y + y + 1 > e[1] && a->y + y < e[3];
    shape->span[y][0] = in ? (gint)floor (MAX (e[0], a->x)) : 0;
    shape->span[y][1] = in ? (gint)ceil (MIN (e[2], a->x + a->w)) : 0;
  }
}

/* From the leftmost to the rightmost crossing of each row, so that dents are hidden too. */
static void
polygon_spans (Shape *shape, gdouble (*p)[2], guint n)
{
  const TfcArea *a = &shape->area;
  for (gint y = 0; y < a->h; y++) {
    gdouble row = a->y + y + 0.5, low = INFINITY, high = -INFINITY;
    for (guint i = 0; i < n; i++) {
      const gdouble *from = p[i], *to = p[(i + 1) % n];
      if ((from[1] <= row) == (to[1] <= row))
        continue;
      gdouble x = from[0] + (row - from[1]) * (to[0] - from[0]) / (to[1] - from[1]);
      low = MIN (low, x);
      high = MAX (high, x);
    }
    gboolean in = low < a->x + a->w && high > a->x;
    shape->span[y][0] = in ? (gint)floor (MAX (low, a->x)) : 0;
    shape->span[y][1] = in ? (gint)ceil (MIN (high, a->x + a->w)) : 0;
  }
}

static guint
n_components (const TfcPixels *pixels)
{
  return pixels->format->kind == TFC_PIXELS_GRAY ? 1 : 3;
}

/* What is left to do without memory: all of the area, which is not smaller than the region. */
static void
blacken (const TfcPixels *pixels, const TfcArea *a)
{
  for (guint i = 0; i < n_components (pixels); i++) {
    const TfcComponent *c = &pixels->format->component[i];
    gint left = a->x >> c->sub_x, right = (a->x + a->w - 1) >> c->sub_x;
    gint top = a->y >> c->sub_y, bottom = (a->y + a->h - 1) >> c->sub_y;
    for (gint y = top; y <= bottom; y++) {
      guint8 *row = pixels->plane[c->plane] + c->offset + (gssize)y * pixels->stride[c->plane];
      for (gint x = left; x <= right; x++)
        row[(gssize)x * c->step] = black (pixels, i);
    }
  }
}

/* In pixels; returns how many points (0: a box) and sets its edges. */
static guint
outline (const TfcPixels *pixels, const TfcRedaction *redaction, gdouble p[TFC_PRIVACY_OUTLINE][2],
         gdouble e[4])
{
  const gdouble size[2] = {pixels->width, pixels->height};
  const TfcBox *box = &redaction->box;
  guint n = tfc_privacy_outline (redaction, p);
  e[0] = n ? INFINITY : box->x * size[0];
  e[1] = n ? INFINITY : box->y * size[1];
  e[2] = n ? -INFINITY : (box->x + (gdouble)box->w) * size[0];
  e[3] = n ? -INFINITY : (box->y + (gdouble)box->h) * size[1];
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 2; k++) {
      p[i][k] *= size[k];
      e[k] = MIN (e[k], p[i][k]);
      e[k + 2] = MAX (e[k + 2], p[i][k]);
    }
  return n;
}

static void
redact_region (TfcOverlay *overlay, const TfcPixels *pixels, TfcPrivacy privacy,
               const TfcRedaction *redaction)
{
  gdouble p[TFC_PRIVACY_OUTLINE][2], e[4];
  guint n = outline (pixels, redaction, p, e);
  Shape shape;
  if (!place (pixels, e, &shape))
    return;
  if (!reserve (overlay, &shape)) {
    blacken (pixels, &shape.area);
    return;
  }
  if (n)
    polygon_spans (&shape, p, n);
  else
    box_spans (&shape, e);
  for (guint i = 0; i < n_components (pixels); i++)
    hide_component (pixels, privacy, &shape, i);
}

gboolean
tfc_overlay_redact_rows (const TfcPixels *pixels, const TfcRedaction *redactions, guint n,
                         gint rows[2])
{
  rows[0] = G_MAXINT;
  rows[1] = 0;
  for (guint i = 0; i < n; i++) {
    gdouble p[TFC_PRIVACY_OUTLINE][2], e[4];
    Shape shape;
    outline (pixels, &redactions[i], p, e);
    if (!place (pixels, e, &shape))
      continue;
    rows[0] = MIN (rows[0], shape.area.y);
    rows[1] = MAX (rows[1], shape.area.y + shape.area.h);
  }
  return rows[0] < rows[1];
}

void
tfc_overlay_redact (TfcOverlay *overlay, const TfcPixels *pixels, TfcPrivacy privacy,
                    const TfcRedaction *redactions, guint n)
{
  if (privacy == TFC_PRIVACY_NONE)
    return;
  for (guint i = 0; i < n; i++)
    redact_region (overlay, pixels, privacy, &redactions[i]);
}
