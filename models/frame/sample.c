/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample.h"
#include "sample_colour.h"
#include "sample_fetch.h"
#include "sample_kernel.h"
#include "sample_ties.h"
#include <string.h>

#define CACHE_LINE 64
#define ROWS_AHEAD 2 /* target rows */

#define MAX_SIDE 4096
#define ROW_BYTES(n) (((n) + 15) / 16 * 16 * 4) /* elements are 4 bytes wide; whole blocks */

/* Samples of the same subsampling: where the target's columns and rows (or, when the map turns the
 * picture, the pixels of one row) fall among them. */
typedef struct {
  TfcSampleAxis axis_x, axis_y;
  guint columns, rows;
  gint32 *column, *row;
  gfloat *part_x, *part_y;
} Group;

/* What one run reads, worked out from the frame. */
typedef struct {
  const TfcFrame *frame;
  TfcMap map;
  gboolean turned, coloured;
  TfcFetchPlan plan;
  TfcSampleColour colour;
  gint next[3], stride[3]; /* by fetch: bytes to the right and the lower neighbour, 0 if none */
} Job;

struct TfcSampler {
  TfcTarget target;
  const TfcSampleKernel *kernel;
  Group group[2];
  gint32 *offset[3]; /* by fetch */
  guint32 *left[3][2], *right[3][2];
  gfloat *component[3], *rgb[3];
  gboolean masked; /* some of the rows (this row, if turned) lies outside the frame */
  gfloat *mask_x, *mask_y, *mask_row;
  gfloat *value[3]; /* R, G, B rows to store: component or rgb */
  guint32 *scratch;
  guint8 *memory;
};

/* Gives out the rows; with memory NULL only counts. Returns bytes. */
static gsize
lay_out (TfcSampler *s, guint8 *memory)
{
  const gsize wide = ROW_BYTES (s->target.width);
  const gsize longest = ROW_BYTES (MAX (s->target.width, s->target.height));
  gsize used = 0;

#define TAKE(pointer, bytes) \
  ((pointer) = memory ? (gpointer)(memory + used) : NULL, used += (bytes))
  for (guint i = 0; i < 2; i++) {
    TAKE (s->group[i].column, longest);
    TAKE (s->group[i].row, longest);
    TAKE (s->group[i].part_x, longest);
    TAKE (s->group[i].part_y, longest);
  }
  for (guint i = 0; i < 3; i++) {
    TAKE (s->offset[i], wide);
    for (guint k = 0; k < 2; k++) {
      TAKE (s->left[i][k], wide);
      TAKE (s->right[i][k], wide);
    }
    TAKE (s->component[i], wide);
    TAKE (s->rgb[i], wide);
  }
  TAKE (s->mask_x, longest);
  TAKE (s->mask_y, longest);
  TAKE (s->mask_row, wide);
  TAKE (s->scratch, wide);
#undef TAKE
  return used;
}

TfcSampler *
tfc_sampler_new (const TfcTarget *target)
{
  if (target->width < 1 || target->width > MAX_SIDE || target->height < 1 ||
      target->height > MAX_SIDE)
    return NULL;

  TfcSampler *s = g_new0 (TfcSampler, 1);
  s->target = *target;
  s->kernel = tfc_sample_kernel ();
  s->memory = g_aligned_alloc0 (1, lay_out (s, NULL), 64);
  lay_out (s, s->memory);
  return s;
}

void
tfc_sampler_free (TfcSampler *sampler)
{
  if (!sampler)
    return;
  g_aligned_free (sampler->memory);
  g_free (sampler);
}

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
set_group (Group *group, const TfcFrame *frame, const TfcComponent *c, gboolean nearest)
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
prepare (TfcSampler *s, Job *job)
{
  const TfcFrame *frame = job->frame;
  const TfcFormat *format = frame->format;

  for (guint g = 0; g < n_groups (job); g++)
    set_group (&s->group[g], frame, &format->component[g], s->target.nearest);
  tfc_fetch_plan (&job->plan, format, s->group[n_groups (job) - 1].columns == 1);
  for (guint f = 0; f < job->plan.n_fetches; f++) {
    const TfcFetch *fetch = &job->plan.fetch[f];
    job->next[f] = s->group[fetch->group].columns > 1 ? fetch->step : 0;
    job->stride[f] = s->group[fetch->group].rows > 1 ? frame->stride[fetch->plane] : 0;
  }
  job->coloured = format->kind != TFC_PIXELS_RGB;
  if (job->coloured)
    tfc_sample_colour (&job->colour, frame);
  for (guint i = 0; i < 3; i++)
    s->value[i] = job->coloured ? s->rgb[i] : s->component[i];
}

static gdouble
tame (gdouble value)
{
  return value > -TFC_SAMPLE_FAR ? MIN (value, TFC_SAMPLE_FAR) : -TFC_SAMPLE_FAR;
}

/* A line is inside where both its ends are. */
static gboolean
all_inside (gdouble start, gdouble step, guint n, guint size)
{
  const gdouble end = start + step * (n - 1);
  return MIN (start, end) >= -0.5 && MAX (start, end) < size - 0.5;
}

/* The map keeps rows level: columns and rows are worked out once. */
static void
place_level (TfcSampler *s, const Job *job)
{
  const TfcMap *m = &job->map;
  const TfcTarget *t = &s->target;
  const TfcPlaceFunc place = s->kernel->place[t->nearest != FALSE];

  for (guint i = 0; i < n_groups (job); i++) {
    Group *g = &s->group[i];
    place (&g->axis_x, m->x0, m->xx, t->width, g->column, g->part_x);
    place (&g->axis_y, m->y0, m->yy, t->height, g->row, g->part_y);
  }
  for (guint f = 0; f < job->plan.n_fetches; f++) {
    const TfcFetch *fetch = &job->plan.fetch[f];
    s->kernel->offset (s->group[fetch->group].column, NULL, fetch->step, 0, t->width, s->offset[f]);
  }
  s->masked =
      t->border == TFC_BORDER_ZERO && !(all_inside (m->x0, m->xx, t->width, job->frame->width) &&
                                        all_inside (m->y0, m->yy, t->height, job->frame->height));
  if (s->masked) {
    s->kernel->inside (m->x0, m->xx, job->frame->width, t->width, s->mask_x);
    s->kernel->inside (m->y0, m->yy, job->frame->height, t->height, s->mask_y);
  }
}

static void
place_turned (TfcSampler *s, const Job *job, guint y)
{
  const TfcMap *m = &job->map;
  const gdouble x0 = tame (m->xy * y + m->x0), y0 = tame (m->yy * y + m->y0);
  const guint n = s->target.width;
  const TfcPlaceFunc place = s->kernel->place_row[s->target.nearest != FALSE];

  for (guint i = 0; i < n_groups (job); i++) {
    Group *g = &s->group[i];
    place (&g->axis_x, x0, m->xx, n, g->column, g->part_x);
    place (&g->axis_y, y0, m->yx, n, g->row, g->part_y);
  }
  for (guint f = 0; f < job->plan.n_fetches; f++) {
    const TfcFetch *fetch = &job->plan.fetch[f];
    const Group *g = &s->group[fetch->group];
    s->kernel->offset (g->column, g->row, fetch->step, job->stride[f], n, s->offset[f]);
  }
  s->masked =
      s->target.border == TFC_BORDER_ZERO && !(all_inside (x0, m->xx, n, job->frame->width) &&
                                               all_inside (y0, m->yx, n, job->frame->height));
  if (s->masked) {
    s->kernel->inside (x0, m->xx, job->frame->width, n, s->mask_x);
    s->kernel->inside (y0, m->yx, job->frame->height, n, s->mask_y);
  }
}

static void
fill (gfloat *row, guint n, gfloat value)
{
  for (guint i = 0; i < n; i++)
    row[i] = value;
}

/* One fetch of target row y, blended into the rows of its components. */
static void
read_fetch (TfcSampler *s, const Job *job, guint f, guint y)
{
  const TfcFetch *fetch = &job->plan.fetch[f];
  const Group *g = &s->group[fetch->group];
  const guint n = s->target.width;
  const guint8 *base = job->frame->plane[fetch->plane] + fetch->byte;
  const gfloat *part_y = job->turned ? g->part_y : g->part_y + y;
  const TfcBlendFunc blend = s->kernel->blend[!job->turned];

  if (!job->turned)
    base += (gssize)g->row[y] * job->stride[f];
  fetch->func (base, job->stride[f], s->offset[f], n, job->next[f], s->left[f], s->right[f]);
  for (guint i = 0; i < fetch->n_components; i++) {
    guint32 **right = fetch->two_words ? s->right[f] : s->left[f];
    TfcSampleLane lane = {.left = {s->left[f][0], s->left[f][1]},
                          .right = {right[0], right[1]},
                          .left_shift = fetch->left_shift[i],
                          .right_shift = fetch->right_shift[i]};
    blend (&lane, g->part_x, part_y, n, s->component[fetch->component[i]]);
  }
}

static void
colour_row (TfcSampler *s, const Job *job)
{
  const gboolean gray = job->frame->format->kind == TFC_PIXELS_GRAY;
  gfloat *const in[3] = {s->component[0], s->component[gray ? 0 : 1], s->component[gray ? 0 : 2]};

  s->kernel->colour (&job->colour, in, s->target.width, s->rgb);
}

static void
store_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const TfcTarget *t = &s->target;
  const gsize at = (gsize)y * t->width * 3;

  if (t->type == TFC_SAMPLE_F32) {
    s->kernel->store_f32 (s->value, t->width, t->scale, t->offset, (gfloat *)pixels + at);
    return;
  }
  s->kernel->store_u8 (s->value, t->width, s->scratch, (guint8 *)pixels + at);
  if (job->turned || job->coloured || t->nearest)
    return;
  s->kernel->ties (s->value, t->width, s->scratch);
  tfc_sample_settle_ties (job->frame, &job->map, y, s->value, t->width, s->scratch,
                          (guint8 *)pixels + at);
}

/* Asks for the source rows of level target row y while an earlier one is computed: they lie too far
 * apart in a large frame for the CPU to guess. Asking past the plane's end is harmless. */
static void
prefetch_level (const TfcSampler *s, const Job *job, guint y)
{
  for (guint f = 0; f < job->plan.n_fetches; f++) {
    const TfcFetch *fetch = &job->plan.fetch[f];
    const gint32 a = s->offset[f][0], b = s->offset[f][s->target.width - 1];
    const guint8 *row = job->frame->plane[fetch->plane] + fetch->byte +
                        (gssize)s->group[fetch->group].row[y] * job->stride[f];
    for (gint32 at = MIN (a, b); at <= MAX (a, b) + CACHE_LINE; at += CACHE_LINE) {
      __builtin_prefetch (row + at);
      __builtin_prefetch (row + at + job->stride[f]);
    }
  }
}

static void
sample_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const guint n = s->target.width;

  if (job->turned)
    place_turned (s, job, y);
  else if (y + ROWS_AHEAD < s->target.height)
    prefetch_level (s, job, y + ROWS_AHEAD);
  for (guint f = 0; f < job->plan.n_fetches; f++)
    read_fetch (s, job, f, y);
  if (job->coloured)
    colour_row (s, job);
  if (s->masked) {
    if (!job->turned)
      fill (s->mask_row, n, s->mask_y[y]);
    for (guint i = 0; i < 3; i++)
      s->kernel->mask (s->mask_x, job->turned ? s->mask_y : s->mask_row, n, s->value[i]);
  }
  store_row (s, job, y, pixels);
}

static TfcMap
tame_map (const TfcMap *m)
{
  return (TfcMap){tame (m->xx), tame (m->xy), tame (m->x0),
                  tame (m->yx), tame (m->yy), tame (m->y0)};
}

void
tfc_sampler_run (TfcSampler *sampler, const TfcFrame *frame, const TfcMap *map, void *pixels)
{
  Job job = {.frame = frame, .map = tame_map (map)};

  job.turned = job.map.xy != 0. || job.map.yx != 0.;
  prepare (sampler, &job);
  if (!job.turned)
    place_level (sampler, &job);
  for (guint y = 0; y < sampler->target.height; y++)
    sample_row (sampler, &job, y, pixels);
}

TfcMap
tfc_map_stretch (const TfcFrame *frame, guint width, guint height, gboolean half_pixel)
{
  const gdouble xx = (gdouble)frame->width / width, yy = (gdouble)frame->height / height;

  return (TfcMap){
      .xx = xx,
      .x0 = half_pixel ? 0.5 * xx - 0.5 : 0.,
      .yy = yy,
      .y0 = half_pixel ? 0.5 * yy - 0.5 : 0.,
  };
}
