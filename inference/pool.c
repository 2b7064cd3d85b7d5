/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "pool.h"

#include "place.h"
#include "turn.h"

#include <sched.h>
#include <unistd.h>

#include "config.h"

#if HAVE_XNNPACK
#include <pthreadpool.h>
#endif

struct TfcPool {
  gint refs; /* atomic; the last one goes under the lock */
  guint threads;
  void *native;
  TfcPlace *place;
  TfcTurn turn;
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

#if HAVE_XNNPACK
typedef struct {
  GMutex lock;
  GCond all;
  guint n, here;
  gint tid[TFC_POOL_MAX_THREADS];
} RollCall;

/* Nobody goes before all are there, so each thread of the pool does this once. */
static void
answer (void *data, size_t index)
{
  RollCall *call = data;

  g_mutex_lock (&call->lock);
  call->tid[call->here++] = gettid ();
  if (call->here == call->n)
    g_cond_broadcast (&call->all);
  while (call->here < call->n)
    g_cond_wait (&call->all, &call->lock);
  g_mutex_unlock (&call->lock);
}

static TfcPlace *
place_of (TfcPool *pool)
{
  RollCall call = {.n = pool->threads};
  guint n = 0;

  g_mutex_init (&call.lock);
  g_cond_init (&call.all);
  pthreadpool_parallelize_1d (pool->native, answer, &call, call.n, PTHREADPOOL_FLAG_YIELD_WORKERS);
  g_cond_clear (&call.all);
  g_mutex_clear (&call.lock);
  for (guint i = 0; i < call.n; i++) {
    if (call.tid[i] != gettid ())
      call.tid[n++] = call.tid[i];
  }
  return tfc_place_new (call.tid, n);
}
#endif

static void
start_workers (TfcPool *pool)
{
#if HAVE_XNNPACK
  if (pool->threads > 1)
    pool->native = pthreadpool_create (pool->threads);
  if (pool->native)
    pool->threads = pthreadpool_get_threads_count (pool->native);
  if (pool->native)
    pool->place = place_of (pool);
#endif
  if (!pool->native)
    pool->threads = 1;
}

static guint
chosen (guint threads)
{
  return threads ? MIN (threads, TFC_POOL_MAX_THREADS) : MIN (usable_cpus (), TFC_POOL_DEFAULT_MAX);
}

TfcPool *
tfc_pool_new (guint threads)
{
  TfcPool *pool = g_new0 (TfcPool, 1);
  pool->refs = 1;
  pool->threads = chosen (threads);
  tfc_turn_init (&pool->turn);
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
  tfc_place_free (pool->place);
  tfc_turn_clear (&pool->turn);
  g_free (pool);
}

static _Thread_local gboolean alone_now;

void
tfc_pool_enter (TfcPool *pool, gboolean alone)
{
  if (!pool || !pool->native)
    return;
  alone_now = alone;
  if (alone)
    return;
  tfc_turn_take (&pool->turn);
  tfc_place_enter (pool->place);
}

void
tfc_pool_leave (TfcPool *pool)
{
  if (!pool || !pool->native)
    return;
  if (!alone_now) {
    tfc_place_leave (pool->place);
    tfc_turn_give (&pool->turn);
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
#if HAVE_XNNPACK
  if (pool && pool->native && n > 1 && !alone_now) {
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
