/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "pool.h"

#include <sched.h>

#include "config.h"

#if HAVE_XNNPACK
#include <pthreadpool.h>
#endif

struct TfcPool {
  gint refs; /* atomic */
  guint threads;
  void *native;
};

static guint
usable_cpus (void)
{
  cpu_set_t set;
  CPU_ZERO (&set);
  if (sched_getaffinity (0, sizeof set, &set) == 0 && CPU_COUNT (&set) > 0)
    return CPU_COUNT (&set);
  return g_get_num_processors (); /* more CPUs than cpu_set_t holds */
}

static void
start_workers (TfcPool *pool)
{
#if HAVE_XNNPACK
  if (pool->threads > 1)
    pool->native = pthreadpool_create (pool->threads);
  if (pool->native)
    pool->threads = pthreadpool_get_threads_count (pool->native);
#endif
  if (!pool->native)
    pool->threads = 1;
}

TfcPool *
tfc_pool_new (guint threads)
{
  TfcPool *pool = g_new0 (TfcPool, 1);
  pool->refs = 1;
  pool->threads =
      threads ? MIN (threads, TFC_POOL_MAX_THREADS) : MIN (usable_cpus (), TFC_POOL_DEFAULT_MAX);
  start_workers (pool);
  return pool;
}

TfcPool *
tfc_pool_ref (TfcPool *pool)
{
  g_atomic_int_inc (&pool->refs);
  return pool;
}

void
tfc_pool_unref (TfcPool *pool)
{
  if (!pool || !g_atomic_int_dec_and_test (&pool->refs))
    return;
#if HAVE_XNNPACK
  if (pool->native)
    pthreadpool_destroy (pool->native);
#endif
  g_free (pool);
}

guint
tfc_pool_threads (const TfcPool *pool)
{
  return pool ? pool->threads : 1;
}

void
tfc_pool_parallel (TfcPool *pool, void (*run) (gpointer data, gsize index), gpointer data, gsize n,
                   gboolean more)
{
#if HAVE_XNNPACK
  if (pool && pool->native && n > 1) {
    pthreadpool_parallelize_1d (pool->native, run, data, n,
                                more ? 0 : PTHREADPOOL_FLAG_YIELD_WORKERS);
    return;
  }
#endif
  for (gsize i = 0; i < n; i++)
    run (data, i);
}

void *
tfc_pool_native (const TfcPool *pool)
{
  return pool ? pool->native : NULL;
}
