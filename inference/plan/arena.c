/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/arena.h"

#include <stdlib.h>
#include <string.h>

static gint
by_start (gconstpointer a, gconstpointer b)
{
  const TfcBlock *x = *(TfcBlock *const *)a, *y = *(TfcBlock *const *)b;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x < y ? -1 : x > y;
}

static gsize
room_of (const TfcBlock *b)
{
  return (b->bytes + TFC_TAIL_BYTES + TFC_ARENA_ALIGN - 1) & ~(gsize)(TFC_ARENA_ALIGN - 1);
}

/* Blocks that are alive, in rising offset. */
typedef struct {
  TfcBlock **block;
  guint n;
  gsize used;    /* sum of their rooms; equal to the end of the last one if there is no gap */
  guint soonest; /* no end is before */
} Live;

/* The offset of the smallest gap that holds need bytes, or behind them all; *at is where in the
 * list that is. */
static gsize
find_gap (const Live *live, gsize need, guint *at)
{
  TfcBlock *last = live->n ? live->block[live->n - 1] : NULL;
  gsize top = last ? last->offset + room_of (last) : 0, end = 0, best = G_MAXSIZE, offset = top;
  *at = live->n;
  for (guint i = 0; i < live->n && live->used < top; i++) {
    gsize gap = live->block[i]->offset - end;
    if (gap >= need && gap < best) {
      best = gap;
      offset = end;
      *at = i;
    }
    end = live->block[i]->offset + room_of (live->block[i]);
  }
  return offset;
}

static void
drop_dead (Live *live, guint now)
{
  guint kept = 0, n = live->n;
  if (live->soonest >= now)
    return;
  live->soonest = G_MAXUINT;
  for (guint i = 0; i < n; i++) {
    TfcBlock *b = live->block[i];
    if (b->end < now) {
      live->used -= room_of (b);
      continue;
    }
    live->soonest = MIN (live->soonest, b->end);
    live->block[kept++] = b;
  }
  live->n = kept;
}

static void
insert (Live *live, TfcBlock *b, guint at)
{
  memmove (live->block + at + 1, live->block + at, (live->n - at) * sizeof (TfcBlock *));
  live->block[at] = b;
  live->n++;
  live->used += room_of (b);
  live->soonest = MIN (live->soonest, b->end);
}

/* Gives b its offset; FALSE if that would end past limit. */
static gboolean
fit (Live *live, TfcBlock *b, gsize limit, gsize *total)
{
  gsize end;
  guint at;
  if (b->bytes > MIN (limit, G_MAXSIZE - TFC_TAIL_BYTES - TFC_ARENA_ALIGN))
    return FALSE;
  drop_dead (live, b->start);
  b->offset = find_gap (live, room_of (b), &at);
  if (!g_size_checked_add (&end, b->offset, room_of (b)) || end > limit)
    return FALSE;
  insert (live, b, at);
  *total = MAX (*total, end);
  return TRUE;
}

gboolean
tfc_arena_pack (TfcBlock *blocks, guint n, gsize limit, gsize *total)
{
  TfcBlock **sorted = g_new (TfcBlock *, n + 1);
  Live live = {.block = g_new (TfcBlock *, n + 1), .soonest = G_MAXUINT};
  gboolean ok = TRUE;

  *total = 0;
  for (guint i = 0; i < n; i++)
    sorted[i] = &blocks[i];
  qsort (sorted, n, sizeof (TfcBlock *), by_start);
  for (guint i = 0; i < n && ok; i++)
    ok = fit (&live, sorted[i], limit, total);
  g_free (sorted);
  g_free (live.block);
  return ok;
}
