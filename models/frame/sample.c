/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sample_place.h"
#include "sample_ties.h"

#define MAX_SIDE 4096
#define ROW_BYTES(n) (((n) + 15) / 16 * 16 * 4) /* elements are 4 bytes wide; whole blocks */

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
  for (guint i = 0; i < 3 && s->kernel->pick; i++)
    TAKE (s->pick[i].block, tfc_pick_blocks (s->target.width) * sizeof (TfcPickBlock));
#undef TAKE
  return used;
}

TfcSampler *
tfc_sampler_new_on (const TfcTarget *target, const TfcSampleKernel *kernel)
{
  if (target->width < 1 || target->width > MAX_SIDE || target->height < 1 ||
      target->height > MAX_SIDE)
    return NULL;

  TfcSampler *s = g_new0 (TfcSampler, 1);
  s->target = *target;
  s->kernel = kernel;
  s->memory = g_aligned_alloc0 (1, lay_out (s, NULL), 64);
  lay_out (s, s->memory);
  return s;
}

TfcSampler *
tfc_sampler_new (const TfcTarget *target)
{
  return tfc_sampler_new_on (target, tfc_sample_kernel ());
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
  if (!job->turned && s->pick[f].parts > 0) {
    gfloat *const value[3] = {s->component[fetch->component[0]], s->component[fetch->component[1]],
                              s->component[fetch->component[2]]};
    s->kernel->pick (&s->pick[f], base, job->stride[f], g->part_x, *part_y, n, value);
    return;
  }
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

/* Into rows of red, green and blue; or at once into pixels where there is a pass for it: TRUE. */
static gboolean
colour_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const gboolean gray = job->frame->format->kind == TFC_PIXELS_GRAY;
  gfloat *const in[3] = {s->component[0], s->component[gray ? 0 : 1], s->component[gray ? 0 : 2]};
  const gsize at = (gsize)y * s->target.width * 3;
  const TfcTarget *t = &s->target;

  if (!s->kernel->colour_u8 || s->masked) {
    s->kernel->colour (&job->colour, in, t->width, s->rgb);
    return FALSE;
  }
  if (t->type == TFC_SAMPLE_U8)
    s->kernel->colour_u8 (&job->colour, in, t->width, (guint8 *)pixels + at);
  else
    s->kernel->colour_f32 (&job->colour, in, t->width, t->scale, t->offset, (gfloat *)pixels + at);
  return TRUE;
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
  if (s->kernel->ties (s->value, t->width, s->scratch))
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
    for (gint32 at = MIN (a, b); at <= MAX (a, b) + TFC_CACHE_LINE; at += TFC_CACHE_LINE) {
      __builtin_prefetch (row + at);
      __builtin_prefetch (row + at + job->stride[f]);
    }
  }
}

/* The same while row y of a turned one is computed: its pixels lie along a slant, and those of the
 * row asked for along one like it. About one a cache line is asked for. */
static void
prefetch_turned (const TfcSampler *s, const Job *job, guint f)
{
  const TfcFetch *fetch = &job->plan.fetch[f];
  const guint last = s->target.width - 1, by = job->every[f];
  const gsize ahead = (gsize)(job->frame->plane[fetch->plane] + fetch->byte) + (gsize)job->ahead[f];

  for (guint i = 0; i < last + by; i += by) {
    const gsize at = ahead + (gsize)(gssize)s->offset[f][MIN (i, last)];
    __builtin_prefetch ((const void *)at);
    __builtin_prefetch ((const void *)(at + (gsize)(gssize)job->stride[f]));
  }
}

static void
sample_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const guint n = s->target.width;

  if (job->turned) {
    tfc_sample_place_row (s, job, y);
    for (guint f = 0; f < job->plan.n_fetches; f++)
      prefetch_turned (s, job, f);
  } else if (y + TFC_ROWS_AHEAD < s->target.height)
    prefetch_level (s, job, y + TFC_ROWS_AHEAD);
  for (guint f = 0; f < job->plan.n_fetches; f++)
    read_fetch (s, job, f, y);
  if (job->coloured && colour_row (s, job, y, pixels))
    return;
  if (s->masked) {
    if (!job->turned)
      fill (s->mask_row, n, s->mask_y[y]);
    for (guint i = 0; i < 3; i++)
      s->kernel->mask (s->mask_x, job->turned ? s->mask_y : s->mask_row, n, s->value[i]);
  }
  store_row (s, job, y, pixels);
}

void
tfc_sampler_run (TfcSampler *sampler, const TfcFrame *frame, const TfcMap *map, void *pixels)
{
  Job job = {.frame = frame, .map = *map};

  tfc_sample_prepare (sampler, &job);
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
