/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "tests/fuzz/mutate.h"

static GPtrArray *seeds; /* GBytes */

/* A target that knows better brings its own. */
__attribute__ ((weak)) gsize
fuzz_bend (guint8 *data, gsize size, gsize max, GRand *rand)
{
  fuzz_bend_bytes (data, size, rand);
  return size;
}

void
fuzz_seed_bytes (GBytes *bytes)
{
  g_ptr_array_add (seeds, bytes);
}

void
fuzz_seed (gconstpointer data, gsize size)
{
  fuzz_seed_bytes (g_bytes_new (data, size));
}

static void
make_seeds (void)
{
  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  fuzz_seeds ();
}

#ifdef TFC_LIBFUZZER

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);
size_t LLVMFuzzerMutate (guint8 *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t max, unsigned int seed);

/* --seeds DIR: writes the seeds there and ends. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (*argc != 3 || strcmp ((*argv)[1], "--seeds"))
    return 0;
  make_seeds ();
  for (guint i = 0; i < seeds->len; i++) {
    GBytes *bytes = g_ptr_array_index (seeds, i);
    gchar *path = g_strdup_printf ("%s/seed-%03u", (*argv)[2], i);
    if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
      exit (1);
    g_free (path);
  }
  exit (0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  fuzz_one (data, size);
  return 0;
}

/* Half of the time ours, which knows what the input is made of. */
size_t
LLVMFuzzerCustomMutator (guint8 *data, size_t size, size_t max, unsigned int seed)
{
  GRand *rand;
  if (seed % 2 || !size)
    return LLVMFuzzerMutate (data, size, max);
  rand = g_rand_new_with_seed (seed);
  size = fuzz_bend (data, size, max, rand);
  g_rand_free (rand);
  return size;
}

#else

/* Of just this size, so that a sanitizer sees reading past it. */
static void
one (const guint8 *data, gsize size)
{
  guint8 *copy = g_malloc (size + !size);
  if (size)
    memcpy (copy, data, size);
  fuzz_one (copy, size);
  g_free (copy);
}

static void
replay (void)
{
  for (guint i = 0; i < seeds->len; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);
    one (data, size);
  }
  g_assert_cmpuint (seeds->len, >, 0);
}

/* Bent and cut copies of the seeds, for TFC_FUZZ_MS milliseconds or 3000 of them. */
static void
bend (void)
{
  const gchar *fixed = g_getenv ("TFC_FUZZ_SEED"), *ms = g_getenv ("TFC_FUZZ_MS");
  guint32 seed = fixed ? g_ascii_strtoull (fixed, NULL, 10) : 20220216;
  gint64 end = g_get_monotonic_time () + 1000 * (ms ? g_ascii_strtoll (ms, NULL, 10) : 1000);
  GRand *rand = g_rand_new_with_seed (seed);
  guint n = 0;
  g_test_message ("TFC_FUZZ_SEED=%u", seed);
  for (; (ms || n < 3000) && g_get_monotonic_time () < end; n++) {
    GBytes *from = g_ptr_array_index (seeds, g_rand_int_range (rand, 0, seeds->len));
    gsize size = g_bytes_get_size (from), max = 2 * size + 1024;
    guint8 *copy = g_malloc (max);
    if (size)
      size = fuzz_bend (memcpy (copy, g_bytes_get_data (from, NULL), size), size, max, rand);
    one (copy, n % 8 ? size : (gsize)g_rand_double_range (rand, 0, size));
    g_free (copy);
  }
  g_test_message ("%u inputs", n);
  g_rand_free (rand);
}

/* Files named on the command line are run instead: what a fuzzer found. */
int
main (int argc, char **argv)
{
  gint status = 0;
  gchar *bytes;
  gsize size;
  g_test_init (&argc, &argv, NULL);
  for (gint i = 1; i < argc; i++) {
    if (!g_file_get_contents (argv[i], &bytes, &size, NULL))
      return 1;
    one ((const guint8 *)bytes, size);
    g_free (bytes);
  }
  if (argc > 1)
    return 0;
  make_seeds ();
  g_test_add_func ("/fuzz/seeds", replay);
  g_test_add_func ("/fuzz/bent", bend);
  status = g_test_run ();
  g_ptr_array_unref (seeds);
  return status;
}

#endif
