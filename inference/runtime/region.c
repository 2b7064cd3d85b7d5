/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/region.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "inference/runtime/large_alloc.h"

#define PIECE ((gsize)2 << 20) /* a large page */
#define MOST ((gsize)1 << 20)

/* Pages that follow each other in one piece and hold nothing. */
typedef struct {
  guint8 *at;
  gsize size;
  gboolean zero; /* nobody has written there */
} Run;

struct TfcRegion {
  gint refs;
  gsize page;
  GPtrArray *pieces; /* at multiples of PIECE; what was settled is in none */
  GArray *free;      /* Run, in ascending order, none of a piece beside another */
};

TfcRegion *
tfc_region_new (void)
{
  TfcRegion *r = g_new0 (TfcRegion, 1);
  r->refs = 1;
  r->page = sysconf (_SC_PAGESIZE);
  r->pieces = g_ptr_array_new ();
  r->free = g_array_new (FALSE, FALSE, sizeof (Run));
  return r;
}

TfcRegion *
tfc_region_ref (TfcRegion *r)
{
  r->refs++;
  return r;
}

void
tfc_region_unref (TfcRegion *r)
{
  if (!r || --r->refs)
    return;
  tfc_region_settle (r);
  g_ptr_array_unref (r->pieces);
  g_array_unref (r->free);
  g_free (r);
}

static gboolean
is_inside (const TfcRegion *r, gsize bytes)
{
  return bytes >= 2 * r->page && bytes < MOST;
}

static gsize
in_pages (const TfcRegion *r, gsize bytes)
{
  return (bytes + r->page - 1) / r->page * r->page;
}

static void *
map (gsize size)
{
  void *at = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return at == MAP_FAILED ? NULL : at;
}

static gboolean
join (Run *first, const Run *second)
{
  if (first->at + first->size != second->at || (guintptr)second->at % PIECE == 0)
    return FALSE;
  first->size += second->size;
  first->zero = first->zero && second->zero;
  return TRUE;
}

static void
add_run (TfcRegion *r, Run run)
{
  guint i = 0;
  while (i < r->free->len && g_array_index (r->free, Run, i).at < run.at)
    i++;
  g_array_insert_val (r->free, i, run);
  Run *runs = (Run *)(gpointer)r->free->data;
  if (i + 1 < r->free->len && join (&runs[i], &runs[i + 1]))
    g_array_remove_index (r->free, i + 1);
  if (i > 0 && join (&runs[i - 1], &runs[i]))
    g_array_remove_index (r->free, i);
}

static guint8 *
take_pages (TfcRegion *r, gsize size)
{
  for (guint i = 0; i < r->free->len; i++) {
    Run *run = &g_array_index (r->free, Run, i);
    if (run->size < size)
      continue;
    guint8 *at = run->at;
    if (!run->zero)
      memset (at, 0, size);
    run->at += size;
    run->size -= size;
    if (!run->size)
      g_array_remove_index (r->free, i);
    return at;
  }
  return NULL;
}

static gboolean
add_piece (TfcRegion *r)
{
  guint8 *mapped = map (2 * PIECE);
  if (!mapped)
    return FALSE;
  const gsize before = PIECE - (guintptr)mapped % PIECE; /* 1 to PIECE */
  guint8 *at = mapped + before;
  munmap (mapped, before);
  if (before < PIECE)
    munmap (at + PIECE, PIECE - before);
  madvise (at, PIECE, MADV_HUGEPAGE);
  g_ptr_array_add (r->pieces, at);
  add_run (r, (Run){at, PIECE, TRUE});
  return TRUE;
}

void *
tfc_region_alloc (TfcRegion *r, gsize bytes)
{
  if (!is_inside (r, bytes))
    return tfc_large_alloc (bytes);
  const gsize size = in_pages (r, bytes);
  guint8 *memory = take_pages (r, size);
  return memory || !add_piece (r) ? memory : take_pages (r, size);
}

void
tfc_region_free (TfcRegion *r, void *memory, gsize bytes)
{
  if (!is_inside (r, bytes)) {
    tfc_large_free (memory, bytes);
    return;
  }
  guint8 *at = memory;
  const gsize size = in_pages (r, bytes);
  if (g_ptr_array_find (r->pieces, at - (guintptr)at % PIECE, NULL))
    add_run (r, (Run){at, size, FALSE});
  else
    munmap (at, size);
}

/* To small pages under the same address: a large one is only free when nothing lies in it. */
static void
move_out (guint8 *at, gsize size)
{
  void *to = size ? map (size) : NULL;
  if (!to)
    return;
  memcpy (to, at, size);
  if (mremap (to, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, at) == MAP_FAILED)
    munmap (to, size);
}

static void
settle_piece (const TfcRegion *r, guint8 *piece)
{
  guint8 *at = piece, *end = piece + PIECE;
  for (guint i = 0; i < r->free->len; i++) {
    const Run *run = &g_array_index (r->free, Run, i);
    if (run->at < piece || run->at >= end)
      continue;
    move_out (at, run->at - at);
    munmap (run->at, run->size);
    at = run->at + run->size;
  }
  if (at > piece)
    move_out (at, end - at);
}

void
tfc_region_settle (TfcRegion *r)
{
  for (guint i = 0; i < r->pieces->len; i++)
    settle_piece (r, g_ptr_array_index (r->pieces, i));
  g_ptr_array_set_size (r->pieces, 0);
  g_array_set_size (r->free, 0);
}
