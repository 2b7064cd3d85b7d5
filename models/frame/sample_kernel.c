/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_kernel.h"
#include <string.h>

#define BODY static inline __attribute__ ((always_inline)) void
#define ROUND_UP(n) (((n) + TFC_SAMPLE_BLOCK - 1) & ~(guint)(TFC_SAMPLE_BLOCK - 1))

static inline __attribute__ ((always_inline)) gfloat
clamp (gfloat value, gfloat low, gfloat high)
{
  value = value > low ? value : low;
  return value < high ? value : high;
}

static inline __attribute__ ((always_inline)) gint32
whole_of (gfloat value)
{
  const gint32 whole = (gint32)value;
  return whole - (value < (gfloat)whole);
}

static inline __attribute__ ((always_inline)) gdouble
position_of (gdouble start, gdouble step, guint i, gboolean single)
{
  return single ? (gdouble)((gfloat)start + (gfloat)step * (gfloat)(gint32)i)
                : start + step * (gint32)i;
}

BODY
locate_body (const TfcSampleAxis *axis, gdouble start, gdouble step, guint n, gboolean nearest,
             gboolean single, gint32 *restrict index, gfloat *restrict part)
{
  const TfcSampleAxis a = *axis;

  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    gdouble p = position_of (start, step, i, single);
    p = p > 0. ? p : 0.;
    p = p < a.last ? p : a.last;
    if (nearest)
      p = (gint32)(p + 0.5);
    p = p * a.mul + a.add;
    p = p > 0. ? p : 0.;
    p = p < a.group_last ? p : a.group_last;
    gint32 whole = (gint32)p;
    if (nearest)
      p = whole;
    whole = whole < a.pair_last ? whole : a.pair_last;
    index[i] = whole;
    part[i] = (gfloat)(p - whole);
  }
}

#define PLACE_BLOCK 64 /* whole TFC_SAMPLE_BLOCKs */

/* A block that keeps two pixels from the edges: nothing to clamp. Counted from a sample
 * before its least, so that all of it is positive. */
typedef struct {
  gint32 origin;
  gfloat rest, step;
} Free;

static inline __attribute__ ((always_inline)) Free
free_of (const TfcSampleAxis *axis, gdouble first, gdouble step, gsize n)
{
  const gdouble from = first * axis->mul + axis->add, by = step * axis->mul;
  const gint32 origin = (gint32)MIN (from, from + by * (gint32)(n - 1)) - 1;
  return (Free){origin, (gfloat)(from - origin), (gfloat)by};
}

BODY
locate_unclamped (const TfcSampleAxis *axis, gdouble first, gdouble step, gsize n,
                  gint32 *restrict index, gfloat *restrict part)
{
  const Free f = free_of (axis, first, step, n);

  for (gsize i = 0; i < n; i++) {
    const gfloat p = f.rest + f.step * (gint32)i;
    const gint32 whole = (gint32)p;
    index[i] = whole + f.origin;
    part[i] = p - (gfloat)whole;
  }
}

/* Any other: counted from a pixel near its first point with which a sample of every group begins.
 */
BODY
locate_clamped (const TfcSampleAxis *axis, gdouble first, gdouble step, gsize n, gboolean nearest,
                gint32 *restrict index, gfloat *restrict part)
{
  const gfloat stride = (gfloat)step, mul = (gfloat)axis->mul, add = (gfloat)axis->add;
  const gint32 origin = (gint32)first & ~3, group = (gint32)(origin * axis->mul);
  const gfloat rest = (gfloat)(first - origin), low = (gfloat)-origin;
  const gfloat high = (gfloat)(axis->last - origin), group_low = (gfloat)-group;
  const gfloat group_high = (gfloat)(axis->group_last - group);
  const gint32 pair_last = axis->pair_last - group;

  for (gsize i = 0; i < n; i++) {
    gfloat p = clamp (rest + stride * (gint32)i, low, high);
    if (nearest)
      p = (gfloat)whole_of (p + 0.5f);
    p = clamp (p * mul + add, group_low, group_high);
    gint32 whole = whole_of (p);
    if (nearest)
      p = (gfloat)whole;
    whole = whole < pair_last ? whole : pair_last;
    index[i] = whole + group;
    part[i] = p - (gfloat)whole;
  }
}

static inline __attribute__ ((always_inline)) gboolean
is_free (const TfcSampleAxis *axis, gdouble first, gdouble step, gsize n)
{
  const gdouble end = first + step * (gint32)(n - 1);
  return MIN (first, end) >= 2. && MAX (first, end) <= axis->last - 2.;
}

/* In blocks, so that single precision has digits to spare. */
BODY
locate_near_body (const TfcSampleAxis *axis, gdouble start, gdouble step, guint n, gboolean nearest,
                  gint32 *restrict index, gfloat *restrict part)
{
  n = ROUND_UP (n);
  for (gsize block = 0; block < n; block += PLACE_BLOCK) {
    const gsize size = MIN (n - block, PLACE_BLOCK);
    const gdouble at = start + step * (gint32)block;
    const gdouble first = CLAMP (at, -TFC_SAMPLE_FAR, TFC_SAMPLE_FAR);

    if (!nearest && is_free (axis, at, step, size))
      locate_unclamped (axis, at, step, size, index + block, part + block);
    else
      locate_clamped (axis, first, step, size, nearest, index + block, part + block);
  }
}

BODY
pixels_free (const TfcSlant *slant, const gdouble first[2], gsize n, gint32 *restrict offset,
             gfloat *restrict part_x, gfloat *restrict part_y)
{
  const Free x = free_of (slant->axis[0], first[0], slant->step[0], n);
  const Free y = free_of (slant->axis[1], first[1], slant->step[1], n);
  const gint32 origin = x.origin * slant->bytes[0] + y.origin * slant->bytes[1];
  const gint32 across = slant->bytes[0], down = slant->bytes[1];

  for (gsize i = 0; i < n; i++) {
    const gfloat p = x.rest + x.step * (gint32)i, q = y.rest + y.step * (gint32)i;
    const gint32 column = (gint32)p, row = (gint32)q;
    offset[i] = column * across + row * down + origin;
    part_x[i] = p - (gfloat)column;
    part_y[i] = q - (gfloat)row;
  }
}

BODY
pixels_clamped (const TfcSlant *slant, const gdouble first[2], gsize n, gint32 *restrict offset,
                gfloat *restrict part_x, gfloat *restrict part_y)
{
  gint32 column[PLACE_BLOCK], row[PLACE_BLOCK];

  locate_near_body (slant->axis[0], first[0], slant->step[0], (guint)n, FALSE, column, part_x);
  locate_near_body (slant->axis[1], first[1], slant->step[1], (guint)n, FALSE, row, part_y);
  for (gsize i = 0; i < n; i++)
    offset[i] = column[i] * slant->bytes[0] + row[i] * slant->bytes[1];
}

BODY
locate_pixels_body (const TfcSlant *slant, guint n, gint32 *restrict offset,
                    gfloat *restrict part_x, gfloat *restrict part_y)
{
  n = ROUND_UP (n);
  for (gsize block = 0; block < n; block += PLACE_BLOCK) {
    const gsize size = MIN (n - block, PLACE_BLOCK);
    const gdouble first[2] = {slant->start[0] + slant->step[0] * (gint32)block,
                              slant->start[1] + slant->step[1] * (gint32)block};
    if (is_free (slant->axis[0], first[0], slant->step[0], size) &&
        is_free (slant->axis[1], first[1], slant->step[1], size))
      pixels_free (slant, first, size, offset + block, part_x + block, part_y + block);
    else
      pixels_clamped (slant, first, size, offset + block, part_x + block, part_y + block);
  }
}

BODY
inside_body (gdouble start, gdouble step, gdouble size, guint n, gfloat *restrict mask)
{
  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    gdouble p = start + step * (gint32)i;
    mask[i] = ((p >= -0.5) & (p < size - 0.5)) ? 1.f : 0.f;
  }
}

BODY
inside_edges_body (gdouble start, gdouble step, gdouble size, guint n, gfloat *restrict mask)
{
  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    gdouble p = position_of (start, step, i, TRUE);
    mask[i] = ((p >= 0.) & (p <= size - 1.)) ? 1.f : 0.f;
  }
}

BODY
fade_body (gdouble start, gdouble step, gdouble size, guint n, gfloat *restrict mask)
{
  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    const gdouble p = start + step * (gint32)i, before = p + 1., behind = size - p;
    mask[i] = clamp ((gfloat)(before < behind ? before : behind), 0.f, 1.f);
  }
}

BODY
offset_body (const gint32 *restrict column, const gint32 *restrict row, gint32 step, gint32 stride,
             guint n, gint32 *restrict offset)
{
  n = ROUND_UP (n);
  if (row)
    for (guint i = 0; i < n; i++)
      offset[i] = column[i] * step + row[i] * stride;
  else
    for (guint i = 0; i < n; i++)
      offset[i] = column[i] * step;
}

BODY
blend_body (const TfcSampleLane *lane, const gfloat *restrict part_x, const gfloat *restrict part_y,
            gboolean axis_aligned, guint n, gfloat *restrict value)
{
  const guint32 *restrict top_left = lane->left[0], *restrict top_right = lane->right[0];
  const guint32 *restrict low_left = lane->left[1], *restrict low_right = lane->right[1];
  const guint left = lane->left_shift, right = lane->right_shift;
  const guint32 mask = lane->mask;
  const gfloat down = part_y[0];

  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    gint32 tl = (gint32)(top_left[i] >> left & mask), tr = (gint32)(top_right[i] >> right & mask);
    gint32 ll = (gint32)(low_left[i] >> left & mask), lr = (gint32)(low_right[i] >> right & mask);
    gfloat upper = (gfloat)tl + (gfloat)(tr - tl) * part_x[i];
    gfloat lower = (gfloat)ll + (gfloat)(lr - ll) * part_x[i];
    value[i] = upper + (lower - upper) * (axis_aligned ? down : part_y[i]);
  }
}

static inline __attribute__ ((always_inline)) gfloat
colour_value (const TfcSampleColour *c, guint k, gfloat y, gfloat u, gfloat v)
{
  return clamp (c->matrix[k][0] * y + c->matrix[k][1] * u + c->matrix[k][2] * v + c->bias[k], 0.f,
                255.f);
}

BODY
colour_body (const TfcSampleColour *colour, const gfloat *restrict y, const gfloat *restrict u,
             const gfloat *restrict v, guint n, gfloat *restrict r, gfloat *restrict g,
             gfloat *restrict b)
{
  const TfcSampleColour c = *colour;

  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    const gfloat p = y[i], q = u[i], t = v[i];
    r[i] = colour_value (&c, 0, p, q, t);
    g[i] = colour_value (&c, 1, p, q, t);
    b[i] = colour_value (&c, 2, p, q, t);
  }
}

BODY
mask_body (const gfloat *restrict a, const gfloat *restrict b, guint n, gfloat *restrict plane)
{
  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++)
    plane[i] *= a[i] * b[i];
}

BODY
store_f32_body (const gfloat *restrict r, const gfloat *restrict g, const gfloat *restrict b,
                guint n, gfloat scale, gfloat offset, gfloat *restrict pixels)
{
  for (gsize i = 0; i < n; i++) {
    pixels[3 * i] = r[i] * scale + offset;
    pixels[3 * i + 1] = g[i] * scale + offset;
    pixels[3 * i + 2] = b[i] * scale + offset;
  }
}

static inline __attribute__ ((always_inline)) void
put32 (guint8 *p, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (p, &value, sizeof value);
}

/* Four bytes a pixel, then four such words into three. */
BODY
store_u8_body (const gfloat *restrict r, const gfloat *restrict g, const gfloat *restrict b,
               guint n, guint32 *restrict scratch, guint8 *restrict pixels)
{
  const guint padded = ROUND_UP (n);

  for (guint i = 0; i < padded; i++)
    scratch[i] = (gint32)(r[i] + 0.5f) | (gint32)(g[i] + 0.5f) << 8 | (gint32)(b[i] + 0.5f) << 16;
  for (gsize i = 0; i < n / 4; i++) {
    const guint32 *in = scratch + 4 * i;
    put32 (pixels + 12 * i, in[0] | in[1] << 24);
    put32 (pixels + 12 * i + 4, in[1] >> 8 | in[2] << 16);
    put32 (pixels + 12 * i + 8, in[2] >> 16 | in[3] << 8);
  }
  for (guint i = n / 4 * 4; i < n; i++)
    for (guint c = 0; c < 3; c++)
      pixels[3 * (gsize)i + c] = scratch[i] >> (8 * c);
}

BODY
truncate_body (guint n, gfloat *restrict plane)
{
  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++)
    plane[i] = (gfloat)(gint32)plane[i];
}

BODY
store_i32_body (const gfloat *restrict r, const gfloat *restrict g, const gfloat *restrict b,
                guint n, gint32 *restrict pixels)
{
  for (gsize i = 0; i < n; i++) {
    pixels[3 * i] = (gint32)r[i];
    pixels[3 * i + 1] = (gint32)g[i];
    pixels[3 * i + 2] = (gint32)b[i];
  }
}

static inline __attribute__ ((always_inline)) gboolean
ties_body (const gfloat *restrict r, const gfloat *restrict g, const gfloat *restrict b, guint n,
           guint32 *restrict tie)
{
  guint32 any = 0;

  n = ROUND_UP (n);
  for (guint i = 0; i < n; i++) {
    tie[i] = tfc_sample_is_tie (r[i]) | tfc_sample_is_tie (g[i]) | tfc_sample_is_tie (b[i]);
    any |= tie[i];
  }
  return any != 0;
}

#define KERNEL(NAME, TARGET, ...)                                                                  \
  TARGET static void locate_##NAME (const TfcSampleAxis *axis, gdouble start, gdouble step,        \
                                    guint n, gint32 *index, gfloat *part)                          \
  {                                                                                                \
    locate_body (axis, start, step, n, FALSE, FALSE, index, part);                                 \
  }                                                                                                \
  TARGET static void locate_nearest_##NAME (const TfcSampleAxis *axis, gdouble start,              \
                                            gdouble step, guint n, gint32 *index, gfloat *part)    \
  {                                                                                                \
    locate_body (axis, start, step, n, TRUE, FALSE, index, part);                                  \
  }                                                                                                \
  TARGET static void locate_single_##NAME (const TfcSampleAxis *axis, gdouble start, gdouble step, \
                                           guint n, gint32 *index, gfloat *part)                   \
  {                                                                                                \
    locate_body (axis, start, step, n, FALSE, TRUE, index, part);                                  \
  }                                                                                                \
  TARGET static void locate_near_##NAME (const TfcSampleAxis *axis, gdouble start, gdouble step,   \
                                         guint n, gint32 *index, gfloat *part)                     \
  {                                                                                                \
    locate_near_body (axis, start, step, n, FALSE, index, part);                                   \
  }                                                                                                \
  TARGET static void locate_near_nearest_##NAME (const TfcSampleAxis *axis, gdouble start,         \
                                                 gdouble step, guint n, gint32 *index,             \
                                                 gfloat *part)                                     \
  {                                                                                                \
    locate_near_body (axis, start, step, n, TRUE, index, part);                                    \
  }                                                                                                \
  TARGET static void locate_pixels_##NAME (const TfcSlant *slant, guint n, gint32 *offset,         \
                                           gfloat *part_x, gfloat *part_y)                         \
  {                                                                                                \
    locate_pixels_body (slant, n, offset, part_x, part_y);                                         \
  }                                                                                                \
  TARGET static void inside_##NAME (gdouble start, gdouble step, gdouble size, guint n,            \
                                    gfloat *mask)                                                  \
  {                                                                                                \
    inside_body (start, step, size, n, mask);                                                      \
  }                                                                                                \
  TARGET static void inside_edges_##NAME (gdouble start, gdouble step, gdouble size, guint n,      \
                                          gfloat *mask)                                            \
  {                                                                                                \
    inside_edges_body (start, step, size, n, mask);                                                \
  }                                                                                                \
  TARGET static void fade_##NAME (gdouble start, gdouble step, gdouble size, guint n,              \
                                  gfloat *mask)                                                    \
  {                                                                                                \
    fade_body (start, step, size, n, mask);                                                        \
  }                                                                                                \
  TARGET static void offset_##NAME (const gint32 *column, const gint32 *row, gint32 step,          \
                                    gint32 stride, guint n, gint32 *offset)                        \
  {                                                                                                \
    offset_body (column, row, step, stride, n, offset);                                            \
  }                                                                                                \
  TARGET static void blend_##NAME (const TfcSampleLane *lane, const gfloat *part_x,                \
                                   const gfloat *part_y, guint n, gfloat *value)                   \
  {                                                                                                \
    blend_body (lane, part_x, part_y, FALSE, n, value);                                            \
  }                                                                                                \
  TARGET static void blend_level_##NAME (const TfcSampleLane *lane, const gfloat *part_x,          \
                                         const gfloat *part_y, guint n, gfloat *value)             \
  {                                                                                                \
    blend_body (lane, part_x, part_y, TRUE, n, value);                                             \
  }                                                                                                \
  TARGET static void colour_##NAME (const TfcSampleColour *colour, gfloat *const in[3], guint n,   \
                                    gfloat *const out[3])                                          \
  {                                                                                                \
    colour_body (colour, in[0], in[1], in[2], n, out[0], out[1], out[2]);                          \
  }                                                                                                \
  TARGET static void mask_##NAME (const gfloat *a, const gfloat *b, guint n, gfloat *plane)        \
  {                                                                                                \
    mask_body (a, b, n, plane);                                                                    \
  }                                                                                                \
  TARGET static void store_f32_##NAME (gfloat *const rgb[3], guint n, gfloat scale, gfloat offset, \
                                       gfloat *pixels)                                             \
  {                                                                                                \
    store_f32_body (rgb[0], rgb[1], rgb[2], n, scale, offset, pixels);                             \
  }                                                                                                \
  TARGET static void store_u8_##NAME (gfloat *const rgb[3], guint n, guint32 *scratch,             \
                                      guint8 *pixels)                                              \
  {                                                                                                \
    store_u8_body (rgb[0], rgb[1], rgb[2], n, scratch, pixels);                                    \
  }                                                                                                \
  TARGET static void truncate_##NAME (guint n, gfloat *plane)                                      \
  {                                                                                                \
    truncate_body (n, plane);                                                                      \
  }                                                                                                \
  TARGET static void store_i32_##NAME (gfloat *const rgb[3], guint n, gint32 *pixels)              \
  {                                                                                                \
    store_i32_body (rgb[0], rgb[1], rgb[2], n, pixels);                                            \
  }                                                                                                \
  TARGET static gboolean ties_##NAME (gfloat *const rgb[3], guint n, guint32 *tie)                 \
  {                                                                                                \
    return ties_body (rgb[0], rgb[1], rgb[2], n, tie);                                             \
  }                                                                                                \
  static const TfcSampleKernel kernel_##NAME = {                                                   \
      #NAME,                                                                                       \
      {locate_##NAME, locate_nearest_##NAME, locate_single_##NAME},                                \
      {locate_near_##NAME, locate_near_nearest_##NAME},                                            \
      {inside_##NAME, fade_##NAME, inside_edges_##NAME},                                           \
      locate_pixels_##NAME,                                                                        \
      offset_##NAME,                                                                               \
      {blend_##NAME, blend_level_##NAME},                                                          \
      colour_##NAME,                                                                               \
      mask_##NAME,                                                                                 \
      store_f32_##NAME,                                                                            \
      store_u8_##NAME,                                                                             \
      store_i32_##NAME,                                                                            \
      truncate_##NAME,                                                                             \
      ties_##NAME,                                                                                 \
      __VA_ARGS__};

KERNEL (portable, , NULL, NULL, NULL)

#if defined(__x86_64__) && defined(__GNUC__)
KERNEL (avx2, __attribute__ ((target ("avx2"))), NULL, NULL, NULL)
KERNEL (vbmi, __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq"))),
        tfc_sample_shuffle_vbmi, tfc_sample_colour_u8_vbmi, tfc_sample_colour_f32_vbmi)
#endif

const TfcSampleKernel *
tfc_sample_kernel_nth (guint n)
{
  const TfcSampleKernel *kernels[] = {&kernel_portable, NULL, NULL, NULL};

#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx2"))
    kernels[1] = &kernel_avx2;
  if (kernels[1] && tfc_sample_vbmi_runs ())
    kernels[2] = &kernel_vbmi;
#endif
  return n < G_N_ELEMENTS (kernels) ? kernels[n] : NULL;
}

const TfcSampleKernel *
tfc_sample_kernel (void)
{
  const TfcSampleKernel *best = NULL, *kernel;

  for (guint i = 0; (kernel = tfc_sample_kernel_nth (i)); i++)
    best = kernel;
  return best;
}
