/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_cue.h"

#include <math.h>

#define COLUMNS 8
#define ROWS 24
#define ROWS_OF_PART (ROWS / TFC_MOTION_CUE_PARTS)
#define BINS 8
#define LUMA_STEP 32.f
#define CHROMA_STEP 10.f /* chroma is near the middle nearly everywhere */

typedef struct {
  gfloat bin[TFC_MOTION_CUE_BINS];
} Histogram;

/* Highest 8 bits of a sample. */
static guint8
sample_at (const TfcFrame *f, guint component, guint x, guint y)
{
  const TfcComponent *c = &f->format->component[component];
  const guint8 *p = f->plane[c->plane] + (gssize)(y >> c->sub_y) * f->stride[c->plane] +
                    (gsize)(x >> c->sub_x) * c->step + c->offset;
  if (f->format->bits == 8)
    return *p;
  const guint both = f->format->big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
  return (guint8)(both >> f->format->shift >> (f->format->bits - 8));
}

static void
pixel_at (const TfcFrame *f, guint x, guint y, gfloat yuv[3])
{
  const guint n = tfc_format_n_components (f->format);
  guint8 v[3] = {0, 128, 128};
  for (guint c = 0; c < n; c++)
    v[c] = sample_at (f, c, x, y);
  if (f->format->kind != TFC_PIXELS_RGB) {
    for (guint c = 0; c < 3; c++)
      yuv[c] = v[c];
    return;
  }
  yuv[0] = 0.299f * v[0] + 0.587f * v[1] + 0.114f * v[2];
  yuv[1] = 128 + 0.564f * (v[2] - yuv[0]);
  yuv[2] = 128 + 0.713f * (v[0] - yuv[0]);
}

/* Shares a value between the two nearest bins. */
static void
count (gfloat *bins, gfloat position)
{
  const gfloat p = CLAMP (position, 0.f, BINS - 1.f);
  const guint i = MIN ((guint)p, BINS - 2);
  bins[i] += 1 - (p - i);
  bins[i + 1] += p - i;
}

static void
read_part (const TfcFrame *f, const TfcBox *area, guint part, Histogram *h)
{
  for (guint row = part * ROWS_OF_PART; row < (part + 1) * ROWS_OF_PART; row++) {
    for (guint column = 0; column < COLUMNS; column++) {
      gfloat yuv[3];
      const guint x = (guint)(area->x + area->w * (column + 0.5f) / COLUMNS);
      const guint y = (guint)(area->y + area->h * (row + 0.5f) / ROWS);
      pixel_at (f, MIN (x, f->width - 1), MIN (y, f->height - 1), yuv);
      count (h->bin, yuv[0] / LUMA_STEP - 0.5f);
      count (h->bin + BINS, (yuv[1] - 128) / CHROMA_STEP + 3.5f);
      count (h->bin + 2 * BINS, (yuv[2] - 128) / CHROMA_STEP + 3.5f);
    }
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
  TfcBox area;
  *cue = (TfcMotionCue){0};
  if (!tfc_frame_fits (frame) || !area_of (frame, box, &area))
    return;
  for (guint part = 0; part < TFC_MOTION_CUE_PARTS; part++) {
    Histogram h = {0};
    read_part (frame, &area, part, &h);
    for (guint i = 0; i < TFC_MOTION_CUE_BINS; i++)
      cue->bin[part * TFC_MOTION_CUE_BINS + i] =
          (guint8)(h.bin[i] * (255.f / (COLUMNS * ROWS_OF_PART)));
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
