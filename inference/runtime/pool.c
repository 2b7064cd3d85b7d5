/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/pool.h"

#include "inference/runtime/affinity.h"
#include "inference/runtime/cpus.h"
#include "inference/runtime/thread_pool.h"

#include "config.h"

#if HAVE_XNNPACK
#include <pthreadpool.h>
#endif

struct TfcPool {
  gint refs; /* atomic; the last one goes under the lock */
  guint threads;
  TfcThreadPool *thread_pool;
  TfcAffinity *affinity;
  TfcFairLock lock;
  gboolean expects_runs;
  gboolean native_run; /* whose workers the run goes with; who holds the lock has it */
  GMutex making;       /* of these two, set once, before anybody's run is native */
  void *native;        /* XNNPACK's workers */
  TfcAffinity *native_affinity;
};

G_LOCK_DEFINE_STATIC (pools);
static TfcPool *pools[TFC_POOL_MAX_THREADS + 1]; /* by number of threads; not counted */

static void
start_workers (TfcPool *pool)
{
  pool->thread_pool = pool->threads > 1 ? tfc_thread_pool_new (pool->threads) : NULL;
  pool->threads = pool->thread_pool ? tfc_thread_pool_threads (pool->thread_pool) : 1;
  if (pool->thread_pool)
    pool->affinity =
        tfc_affinity_new (tfc_thread_pool_workers (pool->thread_pool), pool->threads - 1);
}

static guint
chosen (guint threads)
{
  if (threads == 1) /* whatever there is: files about quotas need not be read */
    return 1;
  const guint cpus = MIN (tfc_cpus_usable (), TFC_POOL_MAX_THREADS);
  return MIN (threads ? threads : TFC_POOL_DEFAULT_MAX, cpus);
}

TfcPool *
tfc_pool_new_uncut (guint threads)
{
  TfcPool *pool = g_new0 (TfcPool, 1);
  pool->refs = 1;
  pool->threads = threads;
  tfc_fair_lock_init (&pool->lock);
  g_mutex_init (&pool->making);
  start_workers (pool);
  return pool;
}

TfcPool *
tfc_pool_new (guint threads)
{
  return tfc_pool_new_uncut (chosen (threads));
}

TfcPool *
tfc_pool_get (guint threads)
{
  TfcPool **slot;
  TfcPool *pool;

  threads = chosen (threads);
  G_LOCK (pools);
  slot = &pools[threads];
  if (*slot)
    g_atomic_int_inc (&(*slot)->refs);
  else
    *slot = tfc_pool_new_uncut (threads);
  pool = *slot;
  G_UNLOCK (pools);
  return pool;
}

TfcPool *
tfc_pool_ref (TfcPool *pool)
{
  g_atomic_int_inc (&pool->refs);
  return pool;
}

/* TRUE if that was the last one; then nobody can get it any more. */
static gboolean
drop (TfcPool *pool)
{
  gboolean last;

  G_LOCK (pools);
  last = g_atomic_int_dec_and_test (&pool->refs);
  for (guint i = 0; last && i <= TFC_POOL_MAX_THREADS; i++) {
    if (pools[i] == pool)
      pools[i] = NULL;
  }
  G_UNLOCK (pools);
  return last;
}

void
tfc_pool_unref (TfcPool *pool)
{
  if (!pool || !drop (pool))
    return;
#if HAVE_XNNPACK
  if (pool->native)
    pthreadpool_destroy (pool->native);
#endif
  tfc_thread_pool_free (pool->thread_pool);
  tfc_affinity_free (pool->affinity);
  tfc_affinity_free (pool->native_affinity);
  tfc_fair_lock_clear (&pool->lock);
  g_mutex_clear (&pool->making);
  g_free (pool);
}

void
tfc_pool_enter (TfcPool *pool, gboolean native)
{
  if (!pool || !pool->thread_pool)
    return;
  tfc_fair_lock_acquire (&pool->lock);
  pool->native_run = native;
  tfc_affinity_enter (native ? pool->native_affinity : pool->affinity);
}

void
tfc_pool_leave (TfcPool *pool)
{
  if (!pool || !pool->thread_pool)
    return;
  tfc_affinity_leave (pool->native_run ? pool->native_affinity : pool->affinity);
  pool->native_run = FALSE;
  tfc_fair_lock_release (&pool->lock);
}

guint
tfc_pool_threads (const TfcPool *pool)
{
  return pool ? pool->threads : 1;
}

void
tfc_pool_expect_runs (TfcPool *pool, gboolean expect)
{
  if (pool)
    pool->expects_runs = expect;
}

gboolean
tfc_pool_expects_runs (const TfcPool *pool)
{
  return pool && pool->expects_runs;
}

void
tfc_pool_parallel (TfcPool *pool, void (*run) (gpointer data, gsize index), gpointer data, gsize n,
                   gboolean more)
{
  const gboolean workers = pool && pool->thread_pool && n > 1;
  const gboolean look_out = more || tfc_pool_expects_runs (pool);
#if HAVE_XNNPACK
  if (workers && pool->native_run) {
    pthreadpool_parallelize_1d (pool->native, run, data, n,
                                look_out ? 0 : PTHREADPOOL_FLAG_YIELD_WORKERS);
    return;
  }
#endif
  if (workers) {
    tfc_thread_pool_run (pool->thread_pool, run, data, n, look_out);
    return;
  }
  for (gsize i = 0; i < n; i++)
    run (data, i);
}

#if HAVE_XNNPACK
typedef struct {
  GMutex lock;
  GCond all;
  guint n, here;
  pthread_t thread[TFC_POOL_MAX_THREADS];
} RollCall;

/* Nobody goes before all are there, so each thread of the pool does this once. */
static void
answer (void *data, size_t index)
{
  RollCall *call = data;

  g_mutex_lock (&call->lock);
  call->thread[call->here++] = pthread_self ();
  if (call->here == call->n)
    g_cond_broadcast (&call->all);
  while (call->here < call->n)
    g_cond_wait (&call->all, &call->lock);
  g_mutex_unlock (&call->lock);
}

static TfcAffinity *
native_affinity (void *native)
{
  RollCall call = {.n = pthreadpool_get_threads_count (native)};
  guint n = 0;

  g_mutex_init (&call.lock);
  g_cond_init (&call.all);
  pthreadpool_parallelize_1d (native, answer, &call, call.n, PTHREADPOOL_FLAG_YIELD_WORKERS);
  g_cond_clear (&call.all);
  g_mutex_clear (&call.lock);
  for (guint i = 0; i < call.n; i++) {
    if (!pthread_equal (call.thread[i], pthread_self ()))
      call.thread[n++] = call.thread[i];
  }
  return tfc_affinity_new (call.thread, n);
}

/* pthreadpool waits for ever for a thread that could not be started. Twice as many as it wants,
 * since those that were tried may still be counted for a while. */
static gboolean
may_start (guint threads)
{
  const guint n = MIN (2 * threads, TFC_THREAD_POOL_MAX);
  TfcThreadPool *trial = tfc_thread_pool_new (n);
  const gboolean all = trial && tfc_thread_pool_threads (trial) == n;

  tfc_thread_pool_free (trial);
  return all;
}

static void
make_native (TfcPool *pool)
{
  pool->native = may_start (pool->threads) ? pthreadpool_create (pool->threads) : NULL;
  if (pool->native)
    pool->native_affinity = native_affinity (pool->native);
}

void *
tfc_pool_native (TfcPool *pool)
{
  if (!pool || !pool->thread_pool)
    return NULL;
  g_mutex_lock (&pool->making);
  if (!pool->native)
    make_native (pool);
  g_mutex_unlock (&pool->making);
  return pool->native;
}
#else
void *
tfc_pool_native (TfcPool *pool)
{
  return NULL;
}
#endif
