/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_cue.h"

#include <math.h>

#define COLUMNS 8
#define ROWS 24
#define ROWS_OF_PART (ROWS / TFC_MOTION_CUE_PARTS)
#define BINS 8
#define ONE 256 /* a pixel, and the distance of two bins */
#define LUMA_STEP 32
#define CHROMA_STEP 10 /* chroma is near the middle nearly everywhere */

typedef struct {
  guint bin[TFC_MOTION_CUE_BINS];
} Histogram;

/* One component along a row, and where its samples lie. */
typedef struct {
  const guint8 *row;
  guint at[COLUMNS];
} Samples;

/* Highest 8 bits of a sample. */
static gint
high_bits (const TfcFormat *format, const guint8 *p)
{
  const guint both = format->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
  return (guint8)(both >> format->shift >> (format->bits - 8));
}

/* As YUV of 8 bits; the range is left as it is. */
static void
pixel_of (const TfcFormat *format, const Samples *samples, guint n, guint column, gint yuv[3])
{
  gint v[3] = {0, 128, 128};
  for (guint c = 0; c < n; c++) {
    const guint8 *p = samples[c].row + samples[c].at[column];
    v[c] = format->bits == 8 ? *p : high_bits (format, p);
  }
  const gboolean rgb = format->kind == TFC_PIXELS_RGB;
  yuv[0] = rgb ? (77 * v[0] + 150 * v[1] + 29 * v[2]) / 256 : v[0];
  yuv[1] = rgb ? 128 + (v[2] - yuv[0]) * 144 / 256 : v[1];
  yuv[2] = rgb ? 128 + (v[0] - yuv[0]) * 183 / 256 : v[2];
}

/* Shares a pixel between the two nearest bins. */
static void
count (guint *bins, gint position)
{
  const guint p = (guint)CLAMP (position, 0, (BINS - 1) * ONE - 1);
  bins[p / ONE] += ONE - p % ONE;
  bins[p / ONE + 1] += p % ONE;
}

static void
read_row (const TfcFrame *f, const Samples *samples, guint n, Histogram *h)
{
  for (guint column = 0; column < COLUMNS; column++) {
    gint yuv[3];
    pixel_of (f->format, samples, n, column, yuv);
    count (h->bin, yuv[0] * ONE / LUMA_STEP - ONE / 2);
    count (h->bin + BINS, (yuv[1] - 128) * ONE / CHROMA_STEP + 7 * ONE / 2);
    count (h->bin + 2 * BINS, (yuv[2] - 128) * ONE / CHROMA_STEP + 7 * ONE / 2);
  }
}

static void
find_columns (const TfcFrame *f, const TfcBox *area, guint n, Samples *samples)
{
  for (guint column = 0; column < COLUMNS; column++) {
    const guint x = (guint)(area->x + area->w * (column + 0.5f) / COLUMNS);
    for (guint c = 0; c < n; c++) {
      const TfcComponent *k = &f->format->component[c];
      samples[c].at[column] = (MIN (x, f->width - 1) >> k->sub_x) * k->step + k->offset;
    }
  }
}

static void
read_part (const TfcFrame *f, const TfcBox *area, guint part, Samples *samples, Histogram *h)
{
  const guint n = tfc_format_n_components (f->format);
  for (guint row = part * ROWS_OF_PART; row < (part + 1) * ROWS_OF_PART; row++) {
    const guint y = (guint)(area->y + area->h * (row + 0.5f) / ROWS);
    for (guint c = 0; c < n; c++) {
      const TfcComponent *k = &f->format->component[c];
      samples[c].row =
          f->plane[k->plane] + (gssize)(MIN (y, f->height - 1) >> k->sub_y) * f->stride[k->plane];
    }
    read_row (f, samples, n, h);
  }
}

/* The middle of the box in pixels, as far as it lies in the frame. */
static gboolean
area_of (const TfcFrame *f, const TfcBox *box, TfcBox *area)
{
  const gfloat left = (box->x + 0.2f * box->w) * f->width, right = left + 0.6f * box->w * f->width;
  const gfloat top = (box->y + 0.05f * box->h) * f->height,
               bottom = top + 0.9f * box->h * f->height;
  if (!(isfinite (left) && isfinite (right) && isfinite (top) && isfinite (bottom)))
    return FALSE;
  area->x = MAX (left, 0.f);
  area->y = MAX (top, 0.f);
  area->w = MIN (right, (gfloat)f->width) - area->x;
  area->h = MIN (bottom, (gfloat)f->height) - area->y;
  return area->w > 0 && area->h > 0;
}

void
tfc_motion_cue_sample (const TfcFrame *frame, const TfcBox *box, TfcMotionCue *cue)
{
  Samples samples[3];
  TfcBox area;
  *cue = (TfcMotionCue){0};
  if (!tfc_frame_fits (frame) || !area_of (frame, box, &area))
    return;
  find_columns (frame, &area, tfc_format_n_components (frame->format), samples);
  for (guint part = 0; part < TFC_MOTION_CUE_PARTS; part++) {
    Histogram h = {0};
    read_part (frame, &area, part, samples, &h);
    for (guint i = 0; i < TFC_MOTION_CUE_BINS; i++)
      cue->bin[part * TFC_MOTION_CUE_BINS + i] =
          (guint8)(h.bin[i] * 255 / (COLUMNS * ROWS_OF_PART * ONE));
  }
  cue->known = TRUE;
}

gfloat
tfc_motion_cue_distance (const TfcMotionCue *a, const TfcMotionCue *b)
{
  const guint8 *p = a->bin, *q = b->bin;
  guint sum = 0;
  if (!a->known || !b->known)
    return -1;
  for (guint i = 0; i < sizeof a->bin; i++)
    sum += (guint)ABS (p[i] - q[i]);
  return MIN (sum / (2 * 3 * 255.f * TFC_MOTION_CUE_PARTS), 1.f);
}

void
tfc_motion_cue_learn (TfcMotionCue *a, const TfcMotionCue *b, gfloat weight)
{
  guint8 *p = a->bin;
  const guint8 *q = b->bin;
  if (!b->known)
    return;
  if (!a->known) {
    *a = *b;
    return;
  }
  for (guint i = 0; i < sizeof a->bin; i++)
    p[i] = (guint8)(p[i] + weight * (q[i] - p[i]) + 0.5f);
}
