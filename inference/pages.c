/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "pages.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE ((gsize)2 << 20)
#define LINE ((gsize)64)

static gsize
whole (gsize bytes, gsize unit)
{
  return (bytes + unit - 1) / unit * unit;
}

static void *
small_pages (gsize bytes)
{
  const gsize size = whole (MAX (bytes, 1), LINE);
  void *memory = aligned_alloc (LINE, size);
  return memory ? memset (memory, 0, size) : NULL;
}

void *
tfc_pages_alloc (gsize bytes)
{
  if (bytes < LARGE_PAGE)
    return small_pages (bytes);
  if (bytes > G_MAXSSIZE - 2 * LARGE_PAGE)
    return NULL;
  const gsize size = whole (bytes, LARGE_PAGE);
  guint8 *mapped =
      mmap (NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return NULL;
  const gsize before = whole ((guintptr)mapped, LARGE_PAGE) - (guintptr)mapped;
  if (before)
    munmap (mapped, before);
  if (before < LARGE_PAGE)
    munmap (mapped + before + size, LARGE_PAGE - before);
  madvise (mapped + before, bytes / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
  return mapped + before;
}

void
tfc_pages_free (void *memory, gsize bytes)
{
  if (memory && bytes >= LARGE_PAGE)
    munmap (memory, whole (bytes, LARGE_PAGE));
  else
    free (memory);
}
