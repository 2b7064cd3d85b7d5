/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask/cover.h"
#include "overlay/mask/private.h"

#include <string.h>

/* The component that stands for a group; NULL: there is none. */
static const TfcComponent *
group_component (const TfcFormat *f, guint group)
{
  const guint n = tfc_format_n_components (f);
  return group == 0                                                  ? &f->component[0]
         : n > 1 && (f->component[1].sub_x || f->component[1].sub_y) ? &f->component[1]
                                                                     : NULL;
}

guint
tfc_mask_job_group (const TfcMaskJob *job, guint component)
{
  const TfcComponent *c = &job->pixels->format->component[component];
  return c->sub_x || c->sub_y ? 1 : 0;
}

guint
tfc_mask_job_samples (const TfcMaskJob *job, guint component)
{
  const guint sub = job->pixels->format->component[component].sub_x;
  return (job->pixels->width + (1u << sub) - 1) >> sub;
}

const guint8 *
tfc_mask_job_background (const TfcMaskJob *job, guint plane, guint y)
{
  return job->background->plane[plane] + (gssize)y * job->background->stride[plane];
}

/* box: of the frame, in fractions. */
static gboolean
set_grids (TfcMaskRamps grids[2], const TfcPixels *p, const TfcBox *box, guint columns, guint rows)
{
  for (guint i = 0; i < 2; i++) {
    const TfcComponent *c = group_component (p->format, i);
    if (!c)
      continue;
    const guint nx = (p->width + (1u << c->sub_x) - 1) >> c->sub_x,
                ny = (p->height + (1u << c->sub_y) - 1) >> c->sub_y;
    const gdouble w = (gdouble)p->width / (1u << c->sub_x),
                  h = (gdouble)p->height / (1u << c->sub_y);
    if (!tfc_ramp_set (&grids[i].across, nx, columns, box->x * w, box->w * w) ||
        !tfc_ramp_set (&grids[i].down, ny, rows, box->y * h, box->h * h))
      return FALSE;
  }
  return TRUE;
}

static gboolean
reserve (TfcMasking *m, const TfcPixels *p, const TfcMask *mask, gsize cells, guint columns)
{
  const gsize values = (gsize)mask->width * mask->height;
  const gsize line = MAX (mask->width, columns), row = p->width + 1;
  gsize bytes = 0;
  for (guint i = 0; i < p->format->n_planes; i++) {
    guint64 row_bytes, rows;
    tfc_format_plane_size (p->format, i, p->width, p->height, &row_bytes, &rows);
    bytes = MAX (bytes, (gsize)row_bytes);
  }
  bytes += 8; /* components of the last pixel may lie behind an odd end */
  const gsize need = 2 * values + cells + line + 2 * row + 2 * bytes;
  if (need > m->size) {
    g_free (m->memory);
    m->memory = g_try_malloc0 (need);
    m->size = m->memory ? need : 0;
  }
  if (!m->memory)
    return FALSE;
  m->cover = m->memory;
  m->room = m->cover + values;
  m->cell_cover = m->room + values;
  m->line = m->cell_cover + cells;
  m->part_row = m->line + line;
  m->value_row = m->part_row + row;
  m->parts = m->value_row + row;
  m->values = m->parts + bytes;
  return TRUE;
}

TfcMasking *
tfc_masking_begin (TfcMasking **masking, const TfcPixels *pixels, const TfcMask *mask, gdouble edge,
                   guint cell)
{
  TfcMasking *m = *masking = *masking ? *masking : g_new0 (TfcMasking, 1);
  const gdouble radius[2] = {edge * mask->width / (mask->region.w * pixels->width),
                             edge * mask->height / (mask->region.h * pixels->height)};
  guint columns = 0, rows = 0;
  if (cell && !tfc_backdrop_reserve (&m->backdrop, pixels, cell))
    return NULL;
  if (cell) {
    columns = m->backdrop.columns;
    rows = m->backdrop.rows;
    const TfcBox cells = {0, 0, (gfloat)(columns * cell) / pixels->width,
                          (gfloat)(rows * cell) / pixels->height};
    if (!set_grids (m->cell_grid, pixels, &cells, columns, rows))
      return NULL;
  }
  if (!reserve (m, pixels, mask, (gsize)columns * rows, columns) ||
      !set_grids (m->mask_grid, pixels, &mask->region, mask->width, mask->height))
    return NULL;
  tfc_mask_cover (mask, radius, m->cover, m->room);
  return m;
}

void
tfc_masking_fill_backdrop (const TfcMaskJob *job, gdouble sigma)
{
  TfcMasking *m = job->masking;
  const TfcBackdrop *b = &m->backdrop;
  const TfcRamp *across = &m->mask_grid[0].across, *down = &m->mask_grid[0].down;
  for (guint r = 0; r < b->rows; r++) {
    const guint y = MIN (r * b->cell + b->cell / 2, job->pixels->height - 1);
    const guint8 *line = tfc_ramp_line (down, y, m->cover, job->mask->width, m->line);
    guint8 *to = m->cell_cover + (gsize)r * b->columns;
    if (line)
      tfc_ramp_row (across, line, 0, m->part_row);
    else
      memset (m->part_row, 0, job->pixels->width);
    for (guint k = 0; k < b->columns; k++)
      to[k] = m->part_row[MIN (k * b->cell + b->cell / 2, job->pixels->width - 1)];
  }
  tfc_backdrop_fill (&m->backdrop, job->pixels, m->cell_cover, sigma);
}

void
tfc_masking_free (TfcMasking *m)
{
  if (!m)
    return;
  for (guint i = 0; i < 2; i++) {
    tfc_ramp_finish (&m->mask_grid[i].across);
    tfc_ramp_finish (&m->mask_grid[i].down);
    tfc_ramp_finish (&m->cell_grid[i].across);
    tfc_ramp_finish (&m->cell_grid[i].down);
  }
  tfc_backdrop_finish (&m->backdrop);
  g_free (m->memory);
  g_free (m);
}
