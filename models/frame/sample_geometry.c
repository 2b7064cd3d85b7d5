/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_geometry.h"
#include <math.h>

static void
set_axis (TfcSampleAxis *axis, guint size, guint sub, gboolean nearest, guint *group_size)
{
  *group_size = (size + (1u << sub) - 1) >> sub;
  axis->last = size - 1.;
  axis->mul = 1. / (1u << sub);
  axis->add = nearest ? 0. : axis->mul * 0.5 - 0.5;
  axis->group_last = *group_size - 1.;
  axis->pair_last = MAX ((gint32)*group_size - 2, 0);
}

static void
set_group (PlaneGroup *group, const TfcFrame *frame, const TfcComponent *c, gboolean nearest)
{
  set_axis (&group->axis_x, frame->width, c->sub_x, nearest, &group->columns);
  set_axis (&group->axis_y, frame->height, c->sub_y, nearest, &group->rows);
}

static guint
n_groups (const Job *job)
{
  return job->frame->format->kind == TFC_PIXELS_YUV ? 2 : 1;
}

static void
set_up (TfcSampler *s, Job *job)
{
  const TfcFrame *frame = job->frame;
  const TfcFormat *format = frame->format;

  for (guint g = 0; g < n_groups (job); g++)
    set_group (&s->group[g], frame, &format->component[g], s->target.nearest);
  tfc_sample_load_plan (&job->plan, format, s->group[n_groups (job) - 1].columns == 1);
  for (guint f = 0; f < job->plan.n_loads; f++) {
    const TfcSampleLoad *load = &job->plan.load[f];
    job->next[f] = s->group[load->group].columns > 1 ? load->step : 0;
    job->stride[f] = s->group[load->group].rows > 1 ? frame->stride[load->plane] : 0;
  }
  job->coloured = format->kind != TFC_PIXELS_RGB || format->bits != 8;
  if (job->coloured)
    tfc_sample_colour (&job->colour, frame);
  for (guint i = 0; i < 3; i++)
    s->value[i] = job->coloured ? s->rgb[i] : s->component[i];
}

static gdouble
clamp_finite (gdouble value)
{
  return value > -TFC_SAMPLE_FAR ? MIN (value, TFC_SAMPLE_FAR) : -TFC_SAMPLE_FAR;
}

/* How far beyond the centres of its edge pixels a frame goes on, by border. A hard one is kept
 * clear of, so that rounding decides nothing. */
static const gdouble margins[] = {
    [TFC_BORDER_ZERO] = 0.5, [TFC_BORDER_ZERO_SOFT] = 0., [TFC_BORDER_ZERO_HARD] = -1.};

/* A line is inside where both its ends are. */
static gboolean
all_inside (TfcBorder border, gdouble start, gdouble step, guint n, guint size)
{
  const gdouble end = start + step * (n - 1), margin = margins[border];
  return MIN (start, end) >= -margin && MAX (start, end) < size - 1. + margin;
}

static void
plan_shuffle (TfcSampler *s, const Job *job, guint f)
{
  TfcShuffle *shuffle = &s->shuffle[f];

  shuffle->n_pairs = 0;
  if (tfc_shuffle_bytes (shuffle, &job->plan, f, job->next[f]))
    tfc_shuffle_plan (shuffle, s->offset[f], s->target.width);
}

/* The map is axis-aligned: columns and rows are worked out once. */
static void
locate_axis_aligned (TfcSampler *s, const Job *job)
{
  const TfcMap *m = &job->map;
  const TfcTarget *t = &s->target;
  const TfcGeometryFunc locate = s->kernel->locate[t->nearest                          ? 1
                                                   : t->border == TFC_BORDER_ZERO_HARD ? 2
                                                                                       : 0];

  for (guint i = 0; i < n_groups (job); i++) {
    PlaneGroup *g = &s->group[i];
    locate (&g->axis_x, m->x0, m->xx, t->width, g->column, g->part_x);
    locate (&g->axis_y, m->y0, m->yy, t->height, g->row, g->part_y);
  }
  for (guint f = 0; f < job->plan.n_loads; f++) {
    const TfcSampleLoad *load = &job->plan.load[f];
    s->kernel->offset (s->group[load->group].column, NULL, load->step, 0, t->width, s->offset[f]);
    if (s->kernel->shuffle)
      plan_shuffle (s, job, f);
  }
  s->masked = t->border != TFC_BORDER_CLAMP &&
              !(all_inside (t->border, m->x0, m->xx, t->width, job->frame->width) &&
                all_inside (t->border, m->y0, m->yy, t->height, job->frame->height));
  if (s->masked) {
    const TfcCoverFunc cover = s->kernel->cover[t->border - 1];
    cover (m->x0, m->xx, job->frame->width, t->width, s->mask_x);
    cover (m->y0, m->yy, job->frame->height, t->height, s->mask_y);
  }
}

static void
locate_nearest (TfcSampler *s, const Job *job, gdouble x0, gdouble y0)
{
  const guint n = s->target.width;

  for (guint f = 0; f < job->plan.n_loads; f++) {
    const TfcSampleLoad *load = &job->plan.load[f];
    const PlaneGroup *g = &s->group[load->group];
    s->kernel->locate_row[1](&g->axis_x, x0, job->map.xx, n, g->column, g->part_x);
    s->kernel->locate_row[1](&g->axis_y, y0, job->map.yx, n, g->row, g->part_y);
    s->kernel->offset (g->column, g->row, load->step, job->stride[f], n, s->offset[f]);
  }
}

void
tfc_sample_geometry_row (TfcSampler *s, const Job *job, guint y)
{
  const TfcMap *m = &job->map;
  const gdouble x0 = clamp_finite (m->xy * y + m->x0), y0 = clamp_finite (m->yy * y + m->y0);
  const guint n = s->target.width;
  const TfcBorder border = s->target.border;

  if (s->target.nearest)
    locate_nearest (s, job, x0, y0);
  for (guint f = 0; f < job->plan.n_loads && !s->target.nearest; f++) {
    const TfcSampleLoad *load = &job->plan.load[f];
    const PlaneGroup *g = &s->group[load->group];
    const TfcSlant slant = {
        {&g->axis_x, &g->axis_y}, {x0, y0}, {m->xx, m->yx}, {load->step, job->stride[f]}};
    s->kernel->locate_pixels (&slant, n, s->offset[f], g->part_x, g->part_y);
  }
  s->masked =
      border != TFC_BORDER_CLAMP && !(all_inside (border, x0, m->xx, n, job->frame->width) &&
                                      all_inside (border, y0, m->yx, n, job->frame->height));
  if (s->masked) {
    s->kernel->cover[border - 1](x0, m->xx, job->frame->width, n, s->mask_x);
    s->kernel->cover[border - 1](y0, m->yx, job->frame->height, n, s->mask_y);
  }
}

/* A distance in memory. However wild the map, it is one that can be counted with. */
static gssize
distance (gdouble bytes)
{
  return (gssize)CLAMP (bytes, -1e9, 1e9);
}

static void
look_ahead (Job *job, const PlaneGroup *group, guint f)
{
  const TfcMap *m = &job->map;
  const TfcSampleAxis *x = &group->axis_x, *y = &group->axis_y;
  const gint step = job->plan.load[f].step;
  const gdouble along = MAX (ABS (m->xx) * x->mul * step, ABS (m->yx) * y->mul * 8.);

  job->ahead[f] = distance (trunc (m->xy * TFC_ROWS_AHEAD_ROTATED * x->mul) * step) +
                  distance (trunc (m->yy * TFC_ROWS_AHEAD_ROTATED * y->mul) * job->stride[f]);
  job->every[f] = (guint)CLAMP (TFC_CACHE_LINE / MAX (along, 0.01), 1., 64.);
}

static TfcMap
tame_map (const TfcMap *m)
{
  return (TfcMap){clamp_finite (m->xx), clamp_finite (m->xy), clamp_finite (m->x0),
                  clamp_finite (m->yx), clamp_finite (m->yy), clamp_finite (m->y0)};
}

static gboolean
same_map (const TfcMap *a, const TfcMap *b)
{
  return a->xx == b->xx && a->xy == b->xy && a->x0 == b->x0 && a->yx == b->yx && a->yy == b->yy &&
         a->y0 == b->y0;
}

static gboolean
is_located (const TfcSampler *s, const Job *job)
{
  return s->located.format == job->frame->format && s->located.width == job->frame->width &&
         s->located.height == job->frame->height && same_map (&s->located.map, &job->map);
}

void
tfc_sample_prepare (TfcSampler *s, Job *job)
{
  job->map = tame_map (&job->map);
  job->rotated = job->map.xy != 0. || job->map.yx != 0.;
  set_up (s, job);
  if (job->rotated) {
    for (guint f = 0; f < job->plan.n_loads; f++)
      look_ahead (job, &s->group[job->plan.load[f].group], f);
    s->located.format = NULL;
  } else if (!is_located (s, job)) {
    locate_axis_aligned (s, job);
    s->located.map = job->map;
    s->located.format = job->frame->format;
    s->located.width = job->frame->width;
    s->located.height = job->frame->height;
  }
}
