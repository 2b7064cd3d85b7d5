/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Memory of all sizes: zeroed, at a line's start, and gone when it is given back. */
#define _GNU_SOURCE
#include "inference/runtime/large_alloc.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAPPED ((gsize)2 * 4096) /* from here on not malloc's, where pages are small */
#define LARGE ((gsize)2 << 20)

static void
fill (guint8 *memory, gsize bytes)
{
  g_assert_nonnull (memory);
  g_assert_cmpuint ((guintptr)memory % 64, ==, 0);
  for (gsize i = 0; i < bytes; i++)
    g_assert_cmpuint (memory[i], ==, 0);
  for (gsize i = 0; i < bytes; i++)
    memory[i] = 0x55;
}

static gboolean
is_mapped (guint8 *memory)
{
  unsigned char there;
  return mincore (memory - (guintptr)memory % 4096, 1, &there) == 0 || errno != ENOMEM;
}

static const gsize sizes[] = {0,          1,         63,    64,        65,           MAPPED,
                              MAPPED + 1, LARGE / 2, LARGE - 1, LARGE, LARGE + 1, 5 * LARGE / 2};

static void
test_sizes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    guint8 *memory = tfc_large_alloc (sizes[i]);
    fill (memory, sizes[i]);
    tfc_large_free (memory, sizes[i]);
    g_assert_true (sizes[i] < 2 * (gsize)sysconf (_SC_PAGESIZE) || !is_mapped (memory));
  }
  tfc_large_free (NULL, 0);
  tfc_large_free (NULL, LARGE);
  g_assert_null (tfc_large_alloc (G_MAXSIZE));
  g_assert_null (tfc_large_alloc (G_MAXSSIZE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/large-alloc/sizes", test_sizes);
  return g_test_run ();
}
