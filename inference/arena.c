/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "arena.h"

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

/* The place of the smallest gap between the live blocks (in rising offset) that holds need bytes,
 * or behind them all; *at is where in the list that is. */
static gsize
find_gap (TfcBlock *const *live, guint n, gsize need, guint *at)
{
  gsize end = 0, best = G_MAXSIZE, offset = 0;
  for (guint i = 0; i < n; i++) {
    gsize gap = live[i]->offset - end;
    if (gap >= need && gap < best) {
      best = gap;
      offset = end;
      *at = i;
    }
    end = live[i]->offset + room_of (live[i]);
  }
  if (best != G_MAXSIZE)
    return offset;
  *at = n;
  return end;
}

static guint
drop_dead (TfcBlock **live, guint n, guint now)
{
  guint kept = 0;
  for (guint i = 0; i < n; i++) {
    if (live[i]->end >= now)
      live[kept++] = live[i];
  }
  return kept;
}

gboolean
tfc_arena_place (TfcBlock *blocks, guint n, gsize limit, gsize *total)
{
  TfcBlock **sorted = g_new (TfcBlock *, n + 1), **live = g_new (TfcBlock *, n + 1);
  guint n_live = 0, at;
  gboolean ok = TRUE;

  *total = 0;
  for (guint i = 0; i < n; i++)
    sorted[i] = &blocks[i];
  qsort (sorted, n, sizeof (TfcBlock *), by_start);
  for (guint i = 0; i < n && ok; i++) {
    TfcBlock *b = sorted[i];
    gsize end;
    n_live = drop_dead (live, n_live, b->start);
    ok = b->bytes <= MIN (limit, G_MAXSIZE - TFC_TAIL_BYTES - TFC_ARENA_ALIGN);
    b->offset = find_gap (live, n_live, ok ? room_of (b) : 0, &at);
    memmove (live + at + 1, live + at, (n_live - at) * sizeof (TfcBlock *));
    live[at] = b;
    n_live++;
    ok = ok && g_size_checked_add (&end, b->offset, room_of (b)) && end <= limit;
    if (ok)
      *total = MAX (*total, end);
  }
  g_free (sorted);
  g_free (live);
  return ok;
}
