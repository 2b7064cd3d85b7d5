/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blend.h"
#include "overlay/mask_effect.h"
#include "overlay/mask/private.h"
#include "overlay/strokes.h"

#include <math.h>
#include <string.h>

#define TINT 140       /* of 255: how much of the colour covers people and parts */
#define FINE_CELLS 4   /* a blur of so many cells is fine enough */
#define MOST_CELL 128  /* pixels */
#define MOST_SIDE 8192 /* values of a mask */

typedef struct {
  gboolean on_people; /* they change, not what is behind them */
  guint8 strength;
  void (*value_row) (const TfcMaskJob *job, guint component, guint y, guint8 *out);
  guint (*cell) (gdouble blur); /* of the backdrop; NULL: it needs none */
} Effect;

/* ---- what comes in the place of pixels: a row of a component ---- */

static void
constant_row (const TfcMaskJob *job, guint component, guint y, guint8 *out)
{
  (void)y;
  memset (out, job->color[component], tfc_mask_job_samples (job, component));
}

static void
index_row (const TfcMaskJob *job, guint component, guint y, guint8 *out)
{
  const TfcMaskRamps *grid = &job->masking->mask_grid[tfc_mask_job_group (job, component)];
  const guint8 *line = tfc_ramp_nearest_line (&grid->down, y, job->mask->data, job->mask->width);
  if (line)
    tfc_ramp_nearest_row (&grid->across, line, 0, job->table[component], out);
  else
    memset (out, job->table[component][0], tfc_mask_job_samples (job, component));
}

static void
blurred_row (const TfcMaskJob *job, guint component, guint y, guint8 *out)
{
  const TfcBackdrop *b = &job->masking->backdrop;
  const TfcMaskRamps *grid = &job->masking->cell_grid[tfc_mask_job_group (job, component)];
  tfc_ramp_row (&grid->across,
                tfc_ramp_line (&grid->down, y, b->grid[component], b->columns, job->masking->line),
                0, out);
}

static void
cell_row (const TfcMaskJob *job, guint component, guint y, guint8 *out)
{
  const TfcBackdrop *b = &job->masking->backdrop;
  const TfcComponent *c = &job->pixels->format->component[component];
  const guint down = MAX (b->cell >> c->sub_y, 1), across = MAX (b->cell >> c->sub_x, 1);
  const guint n = tfc_mask_job_samples (job, component);
  const guint8 *line = b->grid[component] + (gsize)MIN (y / down, b->rows - 1) * b->columns;
  for (guint k = 0, x = 0; x < n; k++, x += across)
    memset (out + x, line[MIN (k, b->columns - 1)], MIN (across, n - x));
}

static guint
even (gdouble cell)
{
  return (guint)CLAMP (2 * lrint (cell / 2), 2, MOST_CELL);
}

static guint
blur_cell (gdouble blur)
{
  return even (blur / FINE_CELLS);
}

static guint
pixel_cell (gdouble blur)
{
  return even (2 * blur);
}

/* Of whole samples in each direction, also of a format whose chroma has one for four pixels. */
static guint
whole_samples (const TfcFormat *f, guint cell)
{
  guint step = 1;
  for (guint i = 0; i < tfc_format_n_components (f); i++)
    step = MAX (step, 1u << MAX (f->component[i].sub_x, f->component[i].sub_y));
  return (cell + step - 1) / step * step;
}

static const Effect effects[] = {
    [TFC_MASK_TINT] = {TRUE, TINT, constant_row, NULL},
    [TFC_MASK_TINT_PARTS] = {TRUE, TINT, index_row, NULL},
    [TFC_MASK_BLUR_BACKGROUND] = {FALSE, 255, blurred_row, blur_cell},
    [TFC_MASK_PIXELATE_BACKGROUND] = {FALSE, 255, cell_row, pixel_cell},
    [TFC_MASK_REPLACE_BACKGROUND] = {FALSE, 255, constant_row, NULL},
    [TFC_MASK_CUTOUT] = {FALSE, 255, constant_row, NULL},
};

/* ---- colours ---- */

guint32
tfc_mask_color (guint index)
{
  /* Around the circle of hues by a step that no neighbours share, light and dark by turns. */
  const guint place = index % 24;
  const gdouble hue = (place * 7 % 24) / 4.0, value = place % 2 ? 255 : 190;
  guint32 color = 0xff;
  for (guint i = 0; i < 3; i++) {
    const gdouble k = fmod (5 - 2 * i + hue, 6), share = 1 - CLAMP (MIN (k, 4 - k), 0, 1);
    color = color << 8 | (guint32)lrint (value * (0.15 + 0.85 * share));
  }
  return color;
}

static void
set_colors (TfcMaskJob *job, const TfcStyle *style)
{
  tfc_blend_color (job->pixels,
                   style->mask == TFC_MASK_TINT ? style->mask_color : style->background_color,
                   job->color);
  for (guint i = 0; style->mask == TFC_MASK_TINT_PARTS && i < 256; i++) {
    guint8 color[3];
    const gboolean index = i && job->mask->kind != TFC_MASK_PERSON;
    tfc_blend_color (job->pixels, tfc_mask_color (index ? i - 1 : 0), color);
    for (guint k = 0; k < 3; k++)
      job->table[k][i] = color[k];
    job->somebody[i] = index || job->mask->kind == TFC_MASK_PERSON ? 255 : 0;
  }
}

/* ---- pixels ---- */

/* A softened edge reaches where there is no part, and so no colour: that stays as it is. */
static void
keep_nobody (const TfcMaskJob *job, guint group, guint y, guint8 *restrict out)
{
  const TfcMaskRamps *grid = &job->masking->mask_grid[group];
  const guint8 *line = tfc_ramp_nearest_line (&grid->down, y, job->mask->data, job->mask->width);
  guint8 *row = job->masking->value_row; /* filled after this */
  if (!line)
    return;
  tfc_ramp_nearest_row (&grid->across, line, 0, job->somebody, row);
  for (guint i = 0; i < grid->across.n; i++)
    out[i] &= row[i];
}

/* How much of each sample changes. */
static void
change_row (const TfcMaskJob *job, const Effect *effect, guint group, guint y, guint8 *restrict out)
{
  const TfcMaskRamps *grid = &job->masking->mask_grid[group];
  const guint8 *line =
      tfc_ramp_line (&grid->down, y, job->masking->cover, job->mask->width, job->masking->line);
  const guint n = grid->across.n, strength = effect->strength;
  if (line)
    tfc_ramp_row (&grid->across, line, 0, out);
  else
    memset (out, 0, n);
  for (guint i = 0; !effect->on_people && i < n; i++)
    out[i] = 255 - out[i];
  for (guint i = 0; strength < 255 && i < n; i++)
    out[i] = (guint8)(out[i] * strength / 255);
  if (effect->value_row == index_row)
    keep_nobody (job, group, y, out);
}

static void
mix (guint8 *restrict to, const guint8 *restrict value, const guint8 *restrict part, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    const guint t = to[i] * (255u - part[i]) + value[i] * (guint)part[i] + 128;
    to[i] = (guint8)((t + (t >> 8)) >> 8);
  }
}

/* Samples of a component to its bytes of a packed row. */
static void
spread (const TfcComponent *c, const guint8 *from, guint n, guint8 *to)
{
  to += c->offset;
  for (guint i = 0; i < n; i++)
    to[(gsize)i * c->step] = from[i];
}

static void
change_packed_row (const TfcMaskJob *job, const Effect *effect, guint plane, guint y, guint8 *to,
                   gsize bytes)
{
  TfcMasking *m = job->masking;
  const TfcFormat *f = job->pixels->format;
  guint made = G_MAXUINT;
  memset (m->parts, 0, bytes);
  for (guint i = 0; i < tfc_format_n_components (f); i++) {
    const TfcComponent *c = &f->component[i];
    const guint n = tfc_mask_job_samples (job, i), group = tfc_mask_job_group (job, i);
    if (c->plane != plane)
      continue;
    if (group != made)
      change_row (job, effect, group, y, m->part_row);
    made = group;
    spread (c, m->part_row, n, m->parts);
    if (job->background)
      continue;
    effect->value_row (job, i, y, m->value_row);
    spread (c, m->value_row, n, m->values);
  }
  mix (to, job->background ? tfc_mask_job_background (job, plane, y) : m->values, m->parts, bytes);
}

static void
change_plane (const TfcMaskJob *job, const Effect *effect, guint plane)
{
  const TfcPixels *p = job->pixels;
  guint64 bytes, rows;
  guint alone = G_MAXUINT;
  tfc_format_plane_size (p->format, plane, p->width, p->height, &bytes, &rows);
  for (guint i = 0; i < tfc_format_n_components (p->format); i++) {
    if (p->format->component[i].plane == plane && p->format->component[i].step == 1)
      alone = i;
  }
  for (guint y = 0; y < rows; y++) {
    guint8 *to = p->plane[plane] + (gssize)y * p->stride[plane];
    if (alone == G_MAXUINT) {
      change_packed_row (job, effect, plane, y, to, (gsize)bytes);
      continue;
    }
    change_row (job, effect, tfc_mask_job_group (job, alone), y, job->masking->part_row);
    if (!job->background)
      effect->value_row (job, alone, y, job->masking->value_row);
    mix (to, job->background ? tfc_mask_job_background (job, plane, y) : job->masking->value_row,
         job->masking->part_row, (gsize)bytes);
  }
}

static void
change_alpha (const TfcMaskJob *job, const Effect *effect, const TfcAlphaBytes *alpha)
{
  for (guint y = 0; y < job->pixels->height; y++) {
    guint8 *to = alpha->data + (gssize)y * alpha->stride;
    change_row (job, effect, 0, y, job->masking->part_row);
    for (guint x = 0; x < job->pixels->width; x++)
      to[(gsize)x * alpha->step] =
          (guint8)((to[(gsize)x * alpha->step] * (255u - job->masking->part_row[x]) + 127) / 255);
  }
}

gboolean
tfc_overlay_masks (const TfcFormat *format)
{
  return format->bits == 8;
}

/* What cannot be a mask says nothing. */
static gboolean
is_mask (const TfcMask *mask)
{
  return mask && mask->data && mask->width > 0 && mask->width <= MOST_SIDE && mask->height > 0 &&
         mask->height <= MOST_SIDE && fabsf (mask->region.x) < 16 && fabsf (mask->region.y) < 16 &&
         mask->region.w > 1e-3f && mask->region.w < 64 && mask->region.h > 1e-3f &&
         mask->region.h < 64;
}

gboolean
tfc_overlay_mask (TfcOverlay *overlay, const TfcPixels *pixels, const TfcStyle *style,
                  const TfcMask *mask, const TfcPixels *background, const TfcAlphaBytes *alpha)
{
  static const guint8 nobody[1] = {0};
  static const TfcMask empty = {1, 1, {0, 0, 1, 1}, TFC_MASK_PERSON, 0, nobody};
  const Effect *effect = &effects[style->mask];
  const gdouble scale =
      style->scale_with_picture ? MAX (0.5, MIN (pixels->width, pixels->height) / 480.0) : 1;
  const guint cell =
      effect->cell ? whole_samples (pixels->format, effect->cell (style->mask_blur * scale)) : 0;
  TfcMaskJob job = {.pixels = pixels, .mask = is_mask (mask) ? mask : &empty};
  if (style->mask == TFC_MASK_NONE || (effect->on_people && job.mask == &empty))
    return TRUE;
  job.masking =
      tfc_masking_begin (&overlay->masking, pixels, job.mask, style->edge_blur * scale, cell);
  if (!job.masking)
    return FALSE;
  if (cell)
    tfc_masking_fill_backdrop (
        &job, style->mask == TFC_MASK_BLUR_BACKGROUND ? style->mask_blur * scale : 0);
  set_colors (&job, style);
  job.background = style->mask == TFC_MASK_REPLACE_BACKGROUND ? background : NULL;
  if (style->mask == TFC_MASK_CUTOUT && alpha && alpha->data) {
    change_alpha (&job, effect, alpha);
    return TRUE;
  }
  for (guint i = 0; i < pixels->format->n_planes; i++)
    change_plane (&job, effect, i);
  return TRUE;
}
