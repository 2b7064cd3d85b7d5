/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/large_alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAPPED_PAGES 2
#define LARGE_PAGE ((gsize)2 << 20)
#define LINE ((gsize)64)

static gsize
whole (gsize bytes, gsize unit)
{
  return (bytes + unit - 1) / unit * unit;
}

/* The last large page counts as filled where no more than an eighth of all is left of it. */
static gsize
mapped_size (gsize bytes)
{
  const gsize large = whole (bytes, LARGE_PAGE);
  return (large - bytes) <= bytes / 8 ? large : whole (bytes, sysconf (_SC_PAGESIZE));
}

static gboolean
is_mapped (gsize bytes)
{
  return bytes >= MAPPED_PAGES * (gsize)sysconf (_SC_PAGESIZE);
}

static void *
from_malloc (gsize bytes)
{
  const gsize size = whole (MAX (bytes, 1), LINE);
  void *memory = aligned_alloc (LINE, size);
  return memory ? memset (memory, 0, size) : NULL;
}

/* At a multiple of align, which is one of a page or 0. */
static guint8 *
map (gsize size, gsize align)
{
  guint8 *mapped =
      mmap (NULL, size + align, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return NULL;
  const gsize before = align ? whole ((guintptr)mapped, align) - (guintptr)mapped : 0;
  if (before)
    munmap (mapped, before);
  if (before < align)
    munmap (mapped + before + size, align - before);
  return mapped + before;
}

void *
tfc_large_alloc (gsize bytes)
{
  if (!is_mapped (bytes))
    return from_malloc (bytes);
  if (bytes > G_MAXSSIZE - 2 * LARGE_PAGE)
    return NULL;
  const gsize size = mapped_size (bytes), large = size / LARGE_PAGE * LARGE_PAGE;
  guint8 *memory = map (size, large ? LARGE_PAGE : 0);
  if (memory && large)
    madvise (memory, large, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
  if (memory && size > large)
    madvise (memory + large, size - large, MADV_POPULATE_WRITE);
#endif
  return memory;
}

void
tfc_large_free (void *memory, gsize bytes)
{
  if (memory && is_mapped (bytes))
    munmap (memory, mapped_size (bytes));
  else
    free (memory);
}
