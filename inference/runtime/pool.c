/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/pool.h"

#include "inference/runtime/thread_pool.h"
#include "inference/runtime/affinity.h"

#include <sched.h>

#include "config.h"

#if HAVE_XNNPACK
#include <pthreadpool.h>
#endif

struct TfcPool {
  gint refs; /* atomic; the last one goes under the lock */
  guint threads;
  TfcThreadPool *thread_pool;
  TfcFairLock lock;
  /* Who holds the lock may read them; set once, by who has both. */
  GMutex making;
  void *native; /* XNNPACK's workers. From then on those of the thread pool sleep */
  TfcAffinity *affinity;
};

G_LOCK_DEFINE_STATIC (pools);
static TfcPool *pools[TFC_POOL_MAX_THREADS + 1]; /* by number of threads; not counted */

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
  pool->thread_pool = pool->threads > 1 ? tfc_thread_pool_new (pool->threads) : NULL;
  pool->threads = pool->thread_pool ? tfc_thread_pool_threads (pool->thread_pool) : 1;
  if (pool->thread_pool)
    pool->affinity =
        tfc_affinity_new (tfc_thread_pool_workers (pool->thread_pool), pool->threads - 1);
}

static guint
chosen (guint threads)
{
  const guint cpus = usable_cpus ();

  return threads ? MIN (threads, CLAMP (cpus, TFC_POOL_DEFAULT_MAX, TFC_POOL_MAX_THREADS))
                 : MIN (cpus, TFC_POOL_DEFAULT_MAX);
}

TfcPool *
tfc_pool_new (guint threads)
{
  TfcPool *pool = g_new0 (TfcPool, 1);
  pool->refs = 1;
  pool->threads = chosen (threads);
  tfc_fair_lock_init (&pool->lock);
  g_mutex_init (&pool->making);
  start_workers (pool);
  return pool;
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
    *slot = tfc_pool_new (threads);
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
  tfc_fair_lock_clear (&pool->lock);
  g_mutex_clear (&pool->making);
  g_free (pool);
}

/* Each layer asks. In a plugin the usual way to a variable of a thread's own is a call, and memory
 * that comes with the first; this one lies in what every thread has from its start. */
static _Thread_local gboolean alone_now __attribute__ ((tls_model ("initial-exec")));

void
tfc_pool_enter (TfcPool *pool, gboolean alone)
{
  if (!pool || !pool->thread_pool)
    return;
  alone_now = alone;
  if (alone)
    return;
  tfc_fair_lock_acquire (&pool->lock);
  tfc_affinity_enter (pool->affinity);
}

void
tfc_pool_leave (TfcPool *pool)
{
  if (!pool || !pool->thread_pool)
    return;
  if (!alone_now) {
    tfc_affinity_leave (pool->affinity);
    tfc_fair_lock_release (&pool->lock);
  }
  alone_now = FALSE;
}

gboolean
tfc_pool_is_alone (void)
{
  return alone_now;
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
  const gboolean workers = pool && pool->thread_pool && n > 1 && !alone_now;
#if HAVE_XNNPACK
  if (workers && pool->native) {
    pthreadpool_parallelize_1d (pool->native, run, data, n,
                                more ? 0 : PTHREADPOOL_FLAG_YIELD_WORKERS);
    return;
  }
#endif
  if (workers) {
    tfc_thread_pool_run (pool->thread_pool, run, data, n, more);
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
  void *native = may_start (pool->threads) ? pthreadpool_create (pool->threads) : NULL;
  TfcAffinity *affinity = native ? native_affinity (native) : NULL, *old;

  if (!native)
    return;
  tfc_fair_lock_acquire (&pool->lock);
  old = pool->affinity;
  pool->native = native;
  pool->affinity = affinity;
  tfc_fair_lock_release (&pool->lock);
  tfc_affinity_free (old);
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
