/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/frame/sample_shuffle.h"
#include <string.h>

#define PART 128
#define WORD 64

typedef struct {
  gint64 low, high;
} Range;

guint
tfc_shuffle_blocks (guint width)
{
  return (width + TFC_SHUFFLE_PIXELS - 1) / TFC_SHUFFLE_PIXELS;
}

/* Bits 0 to count - 1; count may be below 0 or above 64. */
static guint64
low_bits (gint64 count)
{
  return count >= WORD ? G_MAXUINT64 : ((guint64)1 << MAX (count, 0)) - 1;
}

/* Which byte on which side each byte of a word is, by how many there are. */
typedef struct {
  guint8 byte, side;
} Source;

static const Source sources[4][2][4] = {
    {{{0, 0}, {0, 1}, {0, 0}, {0, 1}}},
    {{{0, 0}, {1, 0}, {0, 1}, {1, 1}}},
    {{{0, 0}, {1, 0}, {2, 0}, {2, 0}}, {{0, 1}, {1, 1}, {2, 1}, {2, 1}}},
    {{{0, 0}, {1, 0}, {2, 0}, {3, 0}}, {{0, 1}, {1, 1}, {2, 1}, {3, 1}}},
};

gboolean
tfc_shuffle_bytes (TfcShuffle *shuffle, const TfcSampleLoadPlan *plan, guint f, gint next)
{
  const TfcSampleLoad *load = &plan->load[f];
  const guint size = plan->mask > 255 ? 2 : 1;

  shuffle->n_components = load->n_components;
  shuffle->n_bytes = load->n_components * size;
  shuffle->shift = plan->shift;
  shuffle->mask = plan->mask;
  if (shuffle->n_bytes > G_N_ELEMENTS (shuffle->byte))
    return FALSE;
  for (guint i = 0; i < shuffle->n_bytes; i++) {
    const guint half = i % size, at = load->left_shift[i / size] / 8;
    shuffle->byte[i][0] = at + (plan->big_endian ? size - 1 - half : half);
    shuffle->byte[i][1] = shuffle->byte[i][0] + next;
  }
  return TRUE;
}

static guint
last_byte (const TfcShuffle *shuffle)
{
  guint last = 0;

  for (guint i = 0; i < shuffle->n_bytes; i++)
    last = MAX (last, MAX (shuffle->byte[i][0], shuffle->byte[i][1]));
  return last;
}

static Range
range_of (const gint32 *offset, guint n)
{
  Range r = {offset[0], offset[0]};

  for (guint i = 1; i < n; i++) {
    r.low = MIN (r.low, offset[i]);
    r.high = MAX (r.high, offset[i]);
  }
  return r;
}

static void
set_byte_indices (const TfcShuffle *shuffle, TfcShuffleBlock *block, const gint32 *offset, guint n)
{
  const guint n_words = shuffle->n_bytes > 2 ? 2 : 1;

  for (guint w = 0; w < n_words; w++)
    for (guint i = 0; i < 4 * TFC_SHUFFLE_PIXELS; i++) {
      const Source *from = &sources[shuffle->n_bytes - 1][w][i % 4];
      const guint at =
          offset[MIN (i / 4, n - 1)] - block->first + shuffle->byte[from->byte][from->side];
      block->byte_index[w][i] = at;
      block->select_mask[w][at / PART] |= (guint64)1 << i;
    }
}

/* Returns how many parts its bytes take. */
static guint
plan_block (const TfcShuffle *shuffle, TfcShuffleBlock *block, const gint32 *offset, guint n)
{
  const Range r = range_of (offset, n);
  const gint64 span = r.high - r.low + last_byte (shuffle) + 1;

  memset (block, 0, sizeof *block);
  block->first = (gint32)r.low;
  if (span > PART * TFC_SHUFFLE_PAIRS)
    return TFC_SHUFFLE_PAIRS + 1;
  set_byte_indices (shuffle, block, offset, n);
  return (guint)(span + PART - 1) / PART;
}

static guint
lines_between (const TfcShuffleBlock *a, const TfcShuffleBlock *b)
{
  return (guint)((ABS ((gint64)b->first - a->first) + TFC_CACHE_LINE - 1) / TFC_CACHE_LINE);
}

/* A block may read what another one needs: whole registers then, but at the row's end. */
static void
set_load_masks (const TfcShuffle *shuffle, TfcShuffleBlock *block, gint64 end)
{
  block->whole = block->first + (gint64)shuffle->n_pairs * PART <= end;
  for (guint w = 0; w < 2 * TFC_SHUFFLE_PAIRS; w++)
    block->load_mask[w / 2][w % 2] = low_bits (end - block->first - (gint64)w * WORD);
}

void
tfc_shuffle_plan (TfcShuffle *shuffle, const gint32 *offset, guint n)
{
  const gint64 end = range_of (offset, n).high + last_byte (shuffle) + 1;

  shuffle->n_pairs = 0;
  shuffle->lines = 1;
  for (guint b = 0; b < tfc_shuffle_blocks (n); b++) {
    const guint at = b * TFC_SHUFFLE_PIXELS, size = MIN (n - at, TFC_SHUFFLE_PIXELS);
    shuffle->n_pairs =
        MAX (shuffle->n_pairs, plan_block (shuffle, &shuffle->block[b], offset + at, size));
    if (b > 0)
      shuffle->lines =
          MAX (shuffle->lines, lines_between (&shuffle->block[b - 1], &shuffle->block[b]));
  }
  if (shuffle->n_pairs > TFC_SHUFFLE_PAIRS)
    shuffle->n_pairs = 0;
  for (guint b = 0; b < tfc_shuffle_blocks (n); b++)
    set_load_masks (shuffle, &shuffle->block[b], end);
}
