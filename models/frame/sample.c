/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_geometry.h"
#include "models/frame/sample_rounding.h"

#define MAX_SIDE 4096
#define ROW_BYTES(n) (((n) + 15) / 16 * 16 * 4) /* elements are 4 bytes wide; whole blocks */

static const struct {
  gboolean floats, truncates;
} types[] = {[TFC_SAMPLE_F32] = {TRUE, FALSE},
             [TFC_SAMPLE_U8] = {FALSE, FALSE},
             [TFC_SAMPLE_U8_TRUNC] = {FALSE, TRUE},
             [TFC_SAMPLE_I32_TRUNC] = {FALSE, TRUE},
             [TFC_SAMPLE_F32_TRUNC] = {TRUE, TRUE}};

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
  for (guint i = 0; i < 3 && s->kernel->shuffle; i++)
    TAKE (s->shuffle[i].block, tfc_shuffle_blocks (s->target.width) * sizeof (TfcShuffleBlock));
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

#define VISIT 128 /* pixels between two prefetches */

/* For what pixels at offset[n] of another row read, both its source rows. Outside the frame that is
 * harmless. */
static void
prefetch_axis_aligned (gsize row, gint stride, const gint32 *offset, guint n)
{
  const gsize down = (gsize)(gssize)stride,
              least = row + (gsize)(gssize)MIN (offset[0], offset[n - 1]);
  const gsize width = (gsize)ABS ((gint64)offset[n - 1] - offset[0]);

  for (gsize at = 0; at <= width; at += TFC_CACHE_LINE) {
    TFC_PREFETCH_L2 (least + at);
    TFC_PREFETCH_L2 (least + at + down);
  }
}

/* The same of a rotated one, about one pixel a cache line. It is in another page every few pixels.
 */
static void
prefetch_rotated (gsize row, gint stride, const gint32 *offset, guint n, guint by)
{
  const gsize down = (gsize)(gssize)stride;

  for (guint i = 0; i < n; i += by) {
    const gsize at = row + (gsize)(gssize)offset[i];
    TFC_PREFETCH_L1 (at);
    TFC_PREFETCH_L1 (at + down);
  }
}

/* Loads the samples of all pixels one by one, and prefetches those ahead bytes further on. */
static void
visit (TfcSampler *s, const Job *job, guint f, const guint8 *base, gssize ahead)
{
  const gsize row = (gsize)base + (gsize)ahead;

  for (guint at = 0; at < s->target.width; at += VISIT) {
    const guint n = MIN (s->target.width - at, VISIT);
    const gint32 *offset = s->offset[f] + at;
    guint32 *const left[2] = {s->left[f][0] + at, s->left[f][1] + at};
    guint32 *const right[2] = {s->right[f][0] + at, s->right[f][1] + at};
    if (ahead && job->rotated)
      prefetch_rotated (row, job->stride[f], offset, n, job->every[f]);
    else if (ahead)
      prefetch_axis_aligned (row, job->stride[f], offset, n);
    job->plan.load[f].func (base, job->stride[f], offset, n, job->next[f], left, right);
  }
}

/* Bytes from what load f of target row y reads to what that of a later row will, which lies too
 * far away in a large frame for a CPU to guess. 0: there is none, or another load prefetches it. */
static gssize
ahead_of (const TfcSampler *s, const Job *job, guint f, guint y)
{
  const gint32 *row = s->group[job->plan.load[f].group].row;

  if (!job->plan.load[f].prefetches)
    return 0;
  return job->rotated ? job->ahead[f]
                      : (gssize)(row[MIN (y + TFC_ROWS_AHEAD, s->target.height - 1)] - row[y]) *
                            job->stride[f];
}

/* One load of target row y, blended into the rows of its components. */
static void
run_load (TfcSampler *s, const Job *job, guint f, guint y)
{
  const TfcSampleLoad *load = &job->plan.load[f];
  const PlaneGroup *g = &s->group[load->group];
  const guint n = s->target.width;
  const guint8 *base = job->frame->plane[load->plane] + load->byte;
  const gfloat *part_y = job->rotated ? g->part_y : g->part_y + y;
  const TfcBlendFunc blend = s->kernel->blend[!job->rotated];
  const gssize ahead = ahead_of (s, job, f, y);

  if (!job->rotated)
    base += (gssize)g->row[y] * job->stride[f];
  if (!job->rotated && s->shuffle[f].n_pairs > 0) {
    gfloat *const value[3] = {s->component[load->component[0]], s->component[load->component[1]],
                              s->component[load->component[2]]};
    s->kernel->shuffle (&s->shuffle[f], base, job->stride[f], ahead, g->part_x, *part_y, n, value);
    return;
  }
  visit (s, job, f, base, ahead);
  for (guint i = 0; i < load->n_components; i++) {
    guint32 **right = load->two_words ? s->right[f] : s->left[f];
    TfcSampleLane lane = {.left = {s->left[f][0], s->left[f][1]},
                          .right = {right[0], right[1]},
                          .left_shift = load->left_shift[i],
                          .right_shift = load->right_shift[i],
                          .mask = job->plan.mask};
    blend (&lane, g->part_x, part_y, n, s->component[load->component[i]]);
  }
}

/* Into rows of red, green and blue; or at once into pixels where there is a pass for it: TRUE. */
static gboolean
colour_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const TfcPixelKind kind = job->frame->format->kind;
  const gboolean gray = kind == TFC_PIXELS_GRAY;
  gfloat *const in[3] = {s->component[0], s->component[gray ? 0 : 1], s->component[gray ? 0 : 2]};
  const gsize at = (gsize)y * s->target.width * 3;
  const TfcTarget *t = &s->target;

  if (!s->kernel->colour_u8 || s->masked || kind == TFC_PIXELS_RGB || types[t->type].truncates) {
    s->kernel->colour (&job->colour, in, t->width, s->rgb);
    return FALSE;
  }
  if (t->type == TFC_SAMPLE_U8)
    s->kernel->colour_u8 (&job->colour, in, t->width, (guint8 *)pixels + at);
  else
    s->kernel->colour_f32 (&job->colour, in, t->width, t->scale, t->offset, (gfloat *)pixels + at);
  return TRUE;
}

/* Some values of the row are no blend of the frame's alone. */
static gboolean
fades (const TfcSampler *s)
{
  return s->masked && s->target.border == TFC_BORDER_ZERO_SOFT;
}

static void
store_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const TfcTarget *t = &s->target;
  const gsize at = (gsize)y * t->width * 3;

  for (guint i = 0; i < 3 && types[t->type].truncates; i++)
    s->kernel->truncate (t->width, s->value[i]);
  if (types[t->type].floats)
    s->kernel->store_f32 (s->value, t->width, t->scale, t->offset, (gfloat *)pixels + at);
  else if (t->type == TFC_SAMPLE_I32_TRUNC)
    s->kernel->store_i32 (s->value, t->width, (gint32 *)pixels + at);
  else
    s->kernel->store_u8 (s->value, t->width, s->scratch, (guint8 *)pixels + at);
  if (t->type != TFC_SAMPLE_U8 || job->rotated || job->coloured || t->nearest || fades (s) ||
      t->border == TFC_BORDER_ZERO_HARD)
    return;
  if (s->kernel->ties (s->value, t->width, s->scratch))
    tfc_sample_fix_rounding (job->frame, &job->map, y, s->value, t->width, s->scratch,
                             (guint8 *)pixels + at);
}

static void
sample_row (TfcSampler *s, const Job *job, guint y, gpointer pixels)
{
  const guint n = s->target.width;

  if (job->rotated)
    tfc_sample_geometry_row (s, job, y);
  for (guint f = 0; f < job->plan.n_loads; f++)
    run_load (s, job, f, y);
  if (job->coloured && colour_row (s, job, y, pixels))
    return;
  if (s->masked) {
    if (!job->rotated)
      fill (s->mask_row, n, s->mask_y[y]);
    for (guint i = 0; i < 3; i++)
      s->kernel->mask (s->mask_x, job->rotated ? s->mask_y : s->mask_row, n, s->value[i]);
  }
  store_row (s, job, y, pixels);
}

/* What a frame that cannot be read looks like. */
static void
blacken (const TfcTarget *t, gpointer pixels)
{
  const gsize n = (gsize)t->width * t->height * 3;

  for (gsize i = 0; i < n; i++)
    if (types[t->type].floats)
      ((gfloat *)pixels)[i] = t->offset;
    else if (t->type == TFC_SAMPLE_I32_TRUNC)
      ((gint32 *)pixels)[i] = 0;
    else
      ((guint8 *)pixels)[i] = 0;
}

void
tfc_sampler_run (TfcSampler *sampler, const TfcFrame *frame, const TfcMap *map, void *pixels)
{
  Job job = {.frame = frame, .map = *map};

  if (!tfc_frame_fits (frame)) {
    blacken (&sampler->target, pixels);
    return;
  }
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
