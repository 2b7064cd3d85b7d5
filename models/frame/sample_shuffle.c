/* SPDX-License-Identifier: LGPL-2.1-or-later */
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
  return (width + TFC_PICK_PIXELS - 1) / TFC_PICK_PIXELS;
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
tfc_shuffle_bytes (TfcShuffle *pick, const TfcSampleLoadPlan *plan, guint f, gint next)
{
  const TfcSampleLoad *fetch = &plan->fetch[f];
  const guint size = plan->mask > 255 ? 2 : 1;

  pick->n_components = fetch->n_components;
  pick->n_bytes = fetch->n_components * size;
  pick->shift = plan->shift;
  pick->mask = plan->mask;
  if (pick->n_bytes > G_N_ELEMENTS (pick->byte))
    return FALSE;
  for (guint i = 0; i < pick->n_bytes; i++) {
    const guint half = i % size, at = fetch->left_shift[i / size] / 8;
    pick->byte[i][0] = at + (plan->big_endian ? size - 1 - half : half);
    pick->byte[i][1] = pick->byte[i][0] + next;
  }
  return TRUE;
}

static guint
last_byte (const TfcShuffle *pick)
{
  guint last = 0;

  for (guint i = 0; i < pick->n_bytes; i++)
    last = MAX (last, MAX (pick->byte[i][0], pick->byte[i][1]));
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
place_words (const TfcShuffle *pick, TfcShuffleBlock *block, const gint32 *offset, guint n)
{
  const guint n_words = pick->n_bytes > 2 ? 2 : 1;

  for (guint w = 0; w < n_words; w++)
    for (guint i = 0; i < 4 * TFC_PICK_PIXELS; i++) {
      const Source *from = &sources[pick->n_bytes - 1][w][i % 4];
      const guint at =
          offset[MIN (i / 4, n - 1)] - block->first + pick->byte[from->byte][from->side];
      block->place[w][i] = at;
      block->mine[w][at / PART] |= (guint64)1 << i;
    }
}

/* Returns how many parts its bytes take. */
static guint
plan_block (const TfcShuffle *pick, TfcShuffleBlock *block, const gint32 *offset, guint n)
{
  const Range r = range_of (offset, n);
  const gint64 span = r.high - r.low + last_byte (pick) + 1;

  memset (block, 0, sizeof *block);
  block->first = (gint32)r.low;
  if (span > PART * TFC_PICK_PARTS)
    return TFC_PICK_PARTS + 1;
  place_words (pick, block, offset, n);
  return (guint)(span + PART - 1) / PART;
}

static guint
lines_between (const TfcShuffleBlock *a, const TfcShuffleBlock *b)
{
  return (guint)((ABS ((gint64)b->first - a->first) + TFC_CACHE_LINE - 1) / TFC_CACHE_LINE);
}

/* A block may read what another one needs: whole registers then, but at the row's end. */
static void
allow (const TfcShuffle *pick, TfcShuffleBlock *block, gint64 end)
{
  block->whole = block->first + (gint64)pick->parts * PART <= end;
  for (guint w = 0; w < 2 * TFC_PICK_PARTS; w++)
    block->there[w / 2][w % 2] = low_bits (end - block->first - (gint64)w * WORD);
}

void
tfc_shuffle_plan (TfcShuffle *pick, const gint32 *offset, guint n)
{
  const gint64 end = range_of (offset, n).high + last_byte (pick) + 1;

  pick->parts = 0;
  pick->lines = 1;
  for (guint b = 0; b < tfc_shuffle_blocks (n); b++) {
    const guint at = b * TFC_PICK_PIXELS, size = MIN (n - at, TFC_PICK_PIXELS);
    pick->parts = MAX (pick->parts, plan_block (pick, &pick->block[b], offset + at, size));
    if (b > 0)
      pick->lines = MAX (pick->lines, lines_between (&pick->block[b - 1], &pick->block[b]));
  }
  if (pick->parts > TFC_PICK_PARTS)
    pick->parts = 0;
  for (guint b = 0; b < tfc_shuffle_blocks (n); b++)
    allow (pick, &pick->block[b], end);
}
