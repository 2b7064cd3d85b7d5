/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/segmentation/mask_refine.h"

#define RADIUS 4 /* places; what lies further away says nothing about an edge */
#define NOBODY 0.2f
#define SOMEBODY 0.8f
#define VARIANCE 1e-4f /* of luma: what changes less is no edge */

/* Pictures of one size. */
struct TfcMaskRefine {
  guint width, height;
  gfloat *luma, *product, *square; /* then the means of the same */
  gfloat *mean;                    /* of the mask */
  gfloat *rows;                    /* scratch of the box filter */
  gfloat *sum;                     /* a row */
};

TfcMaskRefine *
tfc_mask_refine_new (void)
{
  return g_new0 (TfcMaskRefine, 1);
}

static void
discard (TfcMaskRefine *r)
{
  g_free (r->luma);
  *r = (TfcMaskRefine){0};
}

void
tfc_mask_refine_free (TfcMaskRefine *r)
{
  if (!r)
    return;
  discard (r);
  g_free (r);
}

static void
make_room (TfcMaskRefine *r, guint width, guint height)
{
  const gsize n = (gsize)width * height;

  if (r->width == width && r->height == height)
    return;
  discard (r);
  r->width = width;
  r->height = height;
  r->luma = g_new (gfloat, 5 * n + width);
  r->product = r->luma + n;
  r->square = r->luma + 2 * n;
  r->mean = r->luma + 3 * n;
  r->rows = r->luma + 4 * n;
  r->sum = r->luma + 5 * n;
}

/* Mean of the places within RADIUS along a row; those outside do not count. */
static void
mean_along (const gfloat *in, guint n, gfloat *out)
{
  gdouble sum = 0;
  guint from = 0, to = 0; /* of what is in the sum */

  for (guint x = 0; x < n; x++) {
    for (; to < MIN (x + RADIUS + 1, n); to++)
      sum += in[to];
    for (; from + RADIUS < x; from++)
      sum -= in[from];
    out[x] = (gfloat)(sum / (to - from));
  }
}

static void
add_row (gfloat *sum, const gfloat *row, gfloat sign, guint n)
{
  for (guint x = 0; x < n; x++)
    sum[x] += sign * row[x];
}

/* Mean of the square around each place, in place. */
static void
box (TfcMaskRefine *r, gfloat *plane)
{
  const guint width = r->width, height = r->height;
  guint from = 0, to = 0;

  for (guint y = 0; y < height; y++)
    mean_along (plane + (gsize)y * width, width, r->rows + (gsize)y * width);
  for (guint x = 0; x < width; x++)
    r->sum[x] = 0;
  for (guint y = 0; y < height; y++) {
    for (; to < MIN (y + RADIUS + 1, height); to++)
      add_row (r->sum, r->rows + (gsize)to * width, 1, width);
    for (; from + RADIUS < y; from++)
      add_row (r->sum, r->rows + (gsize)from * width, -1, width);
    const gfloat share = 1.0f / (to - from);
    for (guint x = 0; x < width; x++)
      plane[(gsize)y * width + x] = r->sum[x] * share;
  }
}

static void
fill_moments (TfcMaskRefine *r, const gfloat *rgb, gfloat range, const gfloat *values)
{
  const gsize n = (gsize)r->width * r->height;
  const gfloat share = 1 / range;

  for (gsize i = 0; i < n; i++) {
    const gfloat luma =
        (0.299f * rgb[3 * i] + 0.587f * rgb[3 * i + 1] + 0.114f * rgb[3 * i + 2]) * share;
    r->luma[i] = luma;
    r->mean[i] = values[i];
    r->product[i] = luma * values[i];
    r->square[i] = luma * luma;
  }
}

/* The line's slope into product, its start into mean. */
static void
fit (TfcMaskRefine *r, const gfloat *mean_luma)
{
  const gsize n = (gsize)r->width * r->height;

  for (gsize i = 0; i < n; i++) {
    const gfloat covariance = r->product[i] - mean_luma[i] * r->mean[i];
    const gfloat variance = MAX (r->square[i] - mean_luma[i] * mean_luma[i], 0);
    const gfloat slope = covariance / (variance + VARIANCE);
    r->product[i] = slope;
    r->mean[i] -= slope * mean_luma[i];
  }
}

/* The means have widened the edge: what is nearly somebody or nobody is. Nothing that is not a
 * number comes out. */
static inline gfloat
steepen (gfloat value)
{
  const gfloat part = (value - NOBODY) / (SOMEBODY - NOBODY);

  if (!(part > 0))
    return 0;
  return part < 1 ? part * part * (3 - 2 * part) : 1;
}

void
tfc_mask_refine (TfcMaskRefine *r, const gfloat *rgb, gfloat range, guint width, guint height,
                 gfloat *values)
{
  const gsize n = (gsize)width * height;

  make_room (r, width, height);
  fill_moments (r, rgb, range, values);
  for (gsize i = 0; i < n; i++)
    values[i] = r->luma[i]; /* the mask is in mean now */
  box (r, r->luma);
  box (r, r->mean);
  box (r, r->product);
  box (r, r->square);
  fit (r, r->luma);
  box (r, r->product);
  box (r, r->mean);
  for (gsize i = 0; i < n; i++)
    values[i] = steepen (r->product[i] * values[i] + r->mean[i]);
}
