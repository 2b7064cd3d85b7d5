/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "pages.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "arena.h"

#define LARGE_PAGE ((gsize)2 << 20)

static gsize
whole_pages (gsize bytes)
{
  return (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
}

void *
tfc_pages_alloc (gsize bytes)
{
  const gsize size = whole_pages (bytes);
  if (bytes < LARGE_PAGE) {
    void *memory = aligned_alloc (TFC_ARENA_ALIGN, bytes);
    return memory ? memset (memory, 0, bytes) : NULL;
  }
  guint8 *mapped =
      mmap (NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return NULL;
  const gsize before = whole_pages ((guintptr)mapped) - (guintptr)mapped;
  if (before)
    munmap (mapped, before);
  if (before < LARGE_PAGE)
    munmap (mapped + before + size, LARGE_PAGE - before);
  madvise (mapped + before, size, MADV_HUGEPAGE);
  return mapped + before;
}

void
tfc_pages_free (void *memory, gsize bytes)
{
  if (memory && bytes >= LARGE_PAGE)
    munmap (memory, whole_pages (bytes));
  else
    free (memory);
}
