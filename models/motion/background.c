/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/motion/background.h"

#include <string.h>

/* Values are luma times 64. */
#define ONE 64
#define LEAST (7 * ONE)       /* no difference below counts */
#define LOWER 5               /* thresholds, in mean deviations: */
#define UPPER 7               /* 4 and 5.6 standard deviations of normal noise */
#define FIRST_NOISE (2 * ONE) /* until more is known */
#define MOST_NOISE (40 * ONE)
#define BLOCK 16       /* cells a side: a neighbourhood that has one light */
#define NEAR (3 * ONE) /* of the median, what counts for its light */
/* Time constants, seconds. */
#define STILL_TIME 1.0      /* what is still becomes the background */
#define FOREGROUND_TIME 2.5 /* what differs */
#define NOISE_TIME 2.0

struct TfcBackground {
  guint width, height; /* 0: nothing was seen yet */
  gint16 mean[TFC_THUMBNAIL_CELLS], noise[TFC_THUMBNAIL_CELLS];
  gint16 difference[TFC_THUMBNAIL_CELLS]; /* of this thumbnail from mean */
  gint16 residual[TFC_THUMBNAIL_CELLS];   /* the same without the light, absolute */
};

TfcBackground *
tfc_background_new (void)
{
  return g_new0 (TfcBackground, 1);
}

void
tfc_background_free (TfcBackground *background)
{
  g_free (background);
}

void
tfc_background_reset (TfcBackground *background)
{
  background->width = background->height = 0;
}

static void
begin_anew (TfcBackground *b, const guint8 *cells, guint width, guint height)
{
  const guint n = width * height;

  if (b->width != width || b->height != height)
    for (guint i = 0; i < n; i++)
      b->noise[i] = FIRST_NOISE;
  for (guint i = 0; i < n; i++)
    b->mean[i] = (gint16)(cells[i] * ONE);
  b->width = width;
  b->height = height;
}

/* Of a block's differences, in whole steps of luma: as many lie below as above. Every other cell of
 * every other row will do. */
static gint
median_of (const gint16 *d, guint width, guint columns, guint rows)
{
  guint8 count[512] = {0};
  guint n = 0, below = 0, at = 511;

  for (guint y = 0; y < rows; y += 2, d += 2 * width)
    for (guint x = 0; x < columns; x += 2, n++) {
      const guint step = (guint)(d[x] + 256 * ONE) / ONE;
      at = MIN (at, step);
      count[step]++;
    }
  while ((below += count[at]) * 2 < n)
    at++;
  return ((gint)at - 256) * ONE + ONE / 2;
}

/* The mean of those near the median: things that move there have no say. */
static gint
light_of (const gint16 *d, guint width, guint columns, guint rows)
{
  const gint median = median_of (d, width, columns, rows);
  gint sum = 0, n = 0;

  for (guint y = 0; y < rows; y++, d += width)
    for (guint x = 0; x < columns; x++) {
      const gboolean counts = ABS (d[x] - median) <= NEAR;
      sum += counts ? d[x] : 0;
      n += counts;
    }
  return n ? sum / n : median;
}

static void
take_light_out (TfcBackground *b, guint left, guint top)
{
  const guint columns = MIN (BLOCK, b->width - left), rows = MIN (BLOCK, b->height - top);
  const gint16 *d = b->difference + top * b->width + left;
  const gint light = light_of (d, b->width, columns, rows);

  for (guint y = 0; y < rows; y++) {
    gint16 *to = b->residual + (top + y) * b->width + left;
    for (guint x = 0; x < columns; x++)
      to[x] = (gint16)ABS (d[y * b->width + x] - light);
  }
}

static void
compare (TfcBackground *b, const guint8 *cells)
{
  const guint n = b->width * b->height;

  for (guint i = 0; i < n; i++)
    b->difference[i] = (gint16)(cells[i] * ONE - b->mean[i]);
  for (guint y = 0; y < b->height; y += BLOCK)
    for (guint x = 0; x < b->width; x += BLOCK)
      take_light_out (b, x, y);
}

/* How many of a row's cells differ. All fits 16 bits, of which a CPU does many at once. */
static guint
classify_row (const gint16 *residual, const gint16 *noise, guint width, guint8 *mask)
{
  guint16 differ = 0;

  for (guint x = 0; x < width; x++) {
    const gint16 lower = MAX (LEAST, (gint16)(LOWER * noise[x])),
                 upper = MAX (LEAST + LEAST / 2, (gint16)(UPPER * noise[x]));
    const guint16 may = residual[x] > lower, sure = residual[x] > upper;
    mask[x] = (guint8)(may + sure);
    differ = (guint16)(differ + may);
  }
  return differ;
}

/* How many cells differ. */
static guint
classify (const TfcBackground *b, guint8 *mask)
{
  guint differ = 0;

  for (guint at = 0; at < b->width * b->height; at += b->width)
    differ += classify_row (b->residual + at, b->noise + at, b->width, mask + at);
  return differ;
}

/* Of 256, how far something of that time constant moves in seconds. */
static gint16
share (gdouble seconds, gdouble constant)
{
  return (gint16)CLAMP (256 * seconds / (seconds + constant), 1, 128);
}

static void
learn (TfcBackground *b, const guint8 *mask, gdouble seconds)
{
  const gint16 still = share (seconds, STILL_TIME), moving = share (seconds, FOREGROUND_TIME),
               noise = share (seconds, NOISE_TIME);
  const guint n = b->width * b->height;

  for (guint i = 0; i < n; i++) {
    const gint16 rate = mask[i] ? moving : still;
    /* What moves makes a cell noisy slowly, what comes back again and again in the end. */
    const gint16 seen = MIN (b->residual[i], (gint16)(4 * b->noise[i] + ONE)),
                 more = (gint16)(seen - b->noise[i]);
    b->mean[i] = (gint16)(b->mean[i] + ((b->difference[i] * rate + 128) >> 8));
    b->noise[i] = (gint16)CLAMP (b->noise[i] + ((more * noise + 128) >> 8), 0, MOST_NOISE);
  }
}

gboolean
tfc_background_update (TfcBackground *b, const guint8 *cells, guint width, guint height,
                       gdouble seconds, guint8 *mask)
{
  const guint n = width * height;

  if (b->width != width || b->height != height) {
    memset (mask, TFC_CELL_STILL, n);
    begin_anew (b, cells, width, height);
    return FALSE;
  }
  compare (b, cells);
  if (classify (b, mask) > n / 2) {
    learn (b, mask, seconds); /* of the noise: a light that comes and goes is one day expected */
    memset (mask, TFC_CELL_STILL, n);
    begin_anew (b, cells, width, height);
    return FALSE;
  }
  learn (b, mask, seconds);
  return TRUE;
}
