/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_cue.h"

#include <math.h>

#define COLUMNS 8
#define ROWS 24
#define ROWS_OF_PART (ROWS / TFC_MOTION_CUE_PARTS)
#define SAMPLES (COLUMNS * ROWS_OF_PART)
#define BINS 8
#define ONE 256 /* a pixel, and the distance of two bins */
#define LUMA_STEP 32
#define CHROMA_STEP 10 /* chroma is near the middle nearly everywhere */

/* What a sample of one component adds to its bins: four in a word, 16 bits each. */
typedef struct {
  guint64 lanes[BINS / 4];
} Share;

G_STATIC_ASSERT (SAMPLES *ONE <= G_MAXUINT16);

typedef struct {
  Share luma[256], chroma[256]; /* by value */
} Shares;

/* One component along a row, and where its samples lie. */
typedef struct {
  const guint8 *row;
  guint at[COLUMNS];
} Samples;

/* Between the two nearest bins. */
static Share
share (gint position)
{
  const guint p = (guint)CLAMP (position, 0, (BINS - 1) * ONE - 1);
  Share s = {{0}};
  s.lanes[p / ONE / 4] = (guint64)(ONE - p % ONE) << p / ONE % 4 * 16;
  s.lanes[(p / ONE + 1) / 4] |= (guint64)(p % ONE) << (p / ONE + 1) % 4 * 16;
  return s;
}

static gpointer
make_shares (gpointer data)
{
  static Shares made;
  (void)data;
  for (gint v = 0; v < 256; v++) {
    made.luma[v] = share (v * ONE / LUMA_STEP - ONE / 2);
    made.chroma[v] = share ((v - 128) * ONE / CHROMA_STEP + 7 * ONE / 2);
  }
  return &made;
}

static const Shares *
find_shares (void)
{
  static GOnce once = G_ONCE_INIT;
  return g_once (&once, make_shares, NULL);
}

/* Highest 8 bits of a sample. */
static guint8
high_bits (const TfcFormat *format, const guint8 *p)
{
  const guint both = format->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
  return (guint8)(both >> format->shift >> (format->bits - 8));
}

static guint8
read_sample (const TfcFormat *format, const Samples *samples, guint column)
{
  const guint8 *p = samples->row + samples->at[column];
  return format->bits == 8 ? *p : high_bits (format, p);
}

static void
add (Share *sum, const Share *share)
{
  sum->lanes[0] += share->lanes[0];
  sum->lanes[1] += share->lanes[1];
}

static void
add_row (const TfcFormat *format, const Samples *samples, const Share *shares, Share *sum)
{
  Share row = *sum;
  for (guint i = 0; i < COLUMNS; i++)
    add (&row, &shares[read_sample (format, samples, i)]);
  *sum = row;
}

/* As YUV; the range is left as it is. */
static void
add_rgb_row (const TfcFormat *format, const Samples samples[3], const Shares *shares, Share sum[3])
{
  for (guint i = 0; i < COLUMNS; i++) {
    const gint r = read_sample (format, &samples[0], i), g = read_sample (format, &samples[1], i);
    const gint b = read_sample (format, &samples[2], i), y = (77 * r + 150 * g + 29 * b) / 256;
    add (&sum[0], &shares->luma[y]);
    add (&sum[1], &shares->chroma[128 + (b - y) * 144 / 256]);
    add (&sum[2], &shares->chroma[128 + (r - y) * 183 / 256]);
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
add_part (const TfcFrame *f, const TfcBox *area, guint part, const Shares *shares,
          Samples samples[3], Share sum[3])
{
  const guint n = tfc_format_n_components (f->format);
  for (guint row = part * ROWS_OF_PART; row < (part + 1) * ROWS_OF_PART; row++) {
    const guint y = (guint)(area->y + area->h * (row + 0.5f) / ROWS);
    for (guint c = 0; c < n; c++) {
      const TfcComponent *k = &f->format->component[c];
      samples[c].row =
          f->plane[k->plane] + (gssize)(MIN (y, f->height - 1) >> k->sub_y) * f->stride[k->plane];
    }
    if (f->format->kind == TFC_PIXELS_RGB)
      add_rgb_row (f->format, samples, shares, sum);
    for (guint c = 0; c < n && f->format->kind != TFC_PIXELS_RGB; c++)
      add_row (f->format, &samples[c], c ? shares->chroma : shares->luma, &sum[c]);
  }
  for (guint i = 0; n == 1 && i < SAMPLES; i++) {
    add (&sum[1], &shares->chroma[128]);
    add (&sum[2], &shares->chroma[128]);
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
  const Shares *shares = find_shares ();
  Samples samples[3];
  TfcBox area;
  *cue = (TfcMotionCue){0};
  if (!tfc_frame_fits (frame) || !area_of (frame, box, &area))
    return;
  find_columns (frame, &area, tfc_format_n_components (frame->format), samples);
  for (guint part = 0; part < TFC_MOTION_CUE_PARTS; part++) {
    guint8 *bins = cue->bin + part * TFC_MOTION_CUE_BINS;
    Share sum[3] = {0};
    add_part (frame, &area, part, shares, samples, sum);
    for (guint i = 0; i < TFC_MOTION_CUE_BINS; i++)
      bins[i] = (guint8)((sum[i / BINS].lanes[i % BINS / 4] >> i % 4 * 16 & 0xffff) * 255 /
                         (SAMPLES * ONE));
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
