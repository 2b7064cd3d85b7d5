/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/thread_pool.h"

#include "inference/pool.h"

#include <time.h>

/* How long a thread looks out before it sleeps, in ns: workers for the next job, which in a run
 * comes within what the layers between take that are not shared; the caller for those that are
 * inside, which takes a piece of a layer unless one of them was put aside. */
#define LOOK_OUT 500000
#define PAUSES 32 /* between two looks at the clock */

/* The gate: how many workers are inside, what the state of the job is, and which one it is. */
#define INSIDE ((guint64)0xff)
#define OPEN ((guint64)1 << 8)
#define MORE ((guint64)1 << 9)
#define QUIT ((guint64)1 << 10)
#define AWAITED ((guint64)1 << 11) /* the caller sleeps until nobody is inside */
#define ONE_JOB ((guint64)1 << 12)

#define FIRST_ONE ((guint64)1 << 32)

/* What is left of a thread's range: first << 32 | end. On a cache line of its own. */
typedef struct {
  _Alignas(64) guint64 left;
} Range;

typedef struct {
  TfcThreadPool *pool;
  guint number;
} Worker;

struct TfcThreadPool {
  Range ranges[TFC_THREAD_POOL_MAX];
  _Alignas(64) guint64 gate;
  _Alignas(64) gint asleep;
  void (*run) (gpointer data, gsize index);
  gpointer data;
  guint threads;
  GMutex one_at_a_time, lock;
  GCond work;
  GMutex leaving; /* not lock: who sleeps and wakes there has nothing to do with who is inside */
  GCond left;
  pthread_t thread[TFC_THREAD_POOL_MAX];
  Worker worker[TFC_THREAD_POOL_MAX];
};

static void
pause_a_little (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

typedef struct {
  guint pauses;
  gint64 end; /* ns; 0: not looked at the clock yet */
} LookOut;

static gint64
now_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

/* FALSE: long enough. */
static gboolean
look_out (LookOut *l)
{
  pause_a_little ();
  if (++l->pauses % PAUSES)
    return TRUE;
  const gint64 now = now_ns ();
  if (!l->end)
    l->end = now + LOOK_OUT;
  return now < l->end;
}

/* ---- ranges ---- */

static void
deal_out (TfcThreadPool *c, gsize n)
{
  for (guint i = 0; i < c->threads; i++) {
    const guint64 first = n * i / c->threads, end = n * (i + 1) / c->threads;
    __atomic_store_n (&c->ranges[i].left, first << 32 | end, __ATOMIC_RELAXED);
  }
}

/* One index of a range: its owner's from the front, others' from the back. */
static gboolean
take (Range *range, gboolean owner, gsize *index)
{
  guint64 left = __atomic_load_n (&range->left, __ATOMIC_RELAXED), then;
  do {
    if (left >> 32 >= (guint32)left)
      return FALSE;
    then = owner ? left + FIRST_ONE : left - 1;
  } while (!__atomic_compare_exchange_n (&range->left, &left, then, TRUE, __ATOMIC_RELAXED,
                                         __ATOMIC_RELAXED));
  *index = owner ? left >> 32 : (guint32)then;
  return TRUE;
}

static void
do_all (TfcThreadPool *c, guint number)
{
  gsize index;
  for (guint i = 0; i < c->threads; i++) {
    Range *range = &c->ranges[(number + i) % c->threads];
    while (take (range, i == 0, &index))
      c->run (c->data, index);
  }
}

/* ---- workers ---- */

static gboolean
is_new (guint64 gate, guint64 done)
{
  return gate & QUIT || (gate & OPEN && gate / ONE_JOB != done);
}

/* Until there is a job after the one that gate shows, be that one over too by the time this thread
 * is awake: it then looks out for those that follow. */
static guint64
sleep_past (TfcThreadPool *c, guint64 gate)
{
  const guint64 job = gate / ONE_JOB;
  g_mutex_lock (&c->lock);
  __atomic_add_fetch (&c->asleep, 1, __ATOMIC_SEQ_CST);
  while (!((gate = __atomic_load_n (&c->gate, __ATOMIC_SEQ_CST)) & QUIT) && gate / ONE_JOB == job)
    g_cond_wait (&c->work, &c->lock);
  __atomic_sub_fetch (&c->asleep, 1, __ATOMIC_SEQ_CST);
  g_mutex_unlock (&c->lock);
  return gate;
}

static guint64
wait_for_new (TfcThreadPool *c, guint64 done)
{
  guint64 gate = __atomic_load_n (&c->gate, __ATOMIC_ACQUIRE);
  LookOut l = {0};
  while (!is_new (gate, done)) {
    if (gate & MORE && look_out (&l)) {
      gate = __atomic_load_n (&c->gate, __ATOMIC_ACQUIRE);
    } else {
      gate = sleep_past (c, gate);
      l = (LookOut){0};
    }
  }
  return gate;
}

/* FALSE: the job that gate shows is over. */
static gboolean
enter (TfcThreadPool *c, guint64 gate)
{
  const guint64 job = gate / ONE_JOB;
  while (gate & OPEN && gate / ONE_JOB == job) {
    if (__atomic_compare_exchange_n (&c->gate, &gate, gate + 1, TRUE, __ATOMIC_ACQUIRE,
                                     __ATOMIC_RELAXED))
      return TRUE;
  }
  return FALSE;
}

static void
leave (TfcThreadPool *c)
{
  const guint64 gate = __atomic_sub_fetch (&c->gate, 1, __ATOMIC_ACQ_REL);
  if (!(gate & AWAITED) || gate & INSIDE)
    return;
  g_mutex_lock (&c->leaving);
  g_cond_signal (&c->left);
  g_mutex_unlock (&c->leaving);
}

static void *
work (void *data)
{
  const Worker *self = data;
  TfcThreadPool *c = self->pool;
  for (guint64 gate = 0; !((gate = wait_for_new (c, gate / ONE_JOB)) & QUIT);) {
    if (enter (c, gate)) {
      do_all (c, self->number);
      leave (c);
    }
  }
  return NULL;
}

/* ---- the caller ---- */

/* Somebody who has the lock is about to look at the gate, or comes from sleep; it may have been put
 * aside with it. Others who sleep then are called for the next job. */
static void
open_gate (TfcThreadPool *c, guint64 gate)
{
  __atomic_store_n (&c->gate, gate, __ATOMIC_SEQ_CST);
  if (!__atomic_load_n (&c->asleep, __ATOMIC_SEQ_CST) || !g_mutex_trylock (&c->lock))
    return;
  g_cond_broadcast (&c->work);
  g_mutex_unlock (&c->lock);
}

/* One of those inside was put aside: whoever it stands behind may be this thread. */
static void
sleep_until_left (TfcThreadPool *c)
{
  g_mutex_lock (&c->leaving);
  __atomic_or_fetch (&c->gate, AWAITED, __ATOMIC_ACQ_REL);
  while (__atomic_load_n (&c->gate, __ATOMIC_ACQUIRE) & INSIDE)
    g_cond_wait (&c->left, &c->leaving);
  g_mutex_unlock (&c->leaving);
}

/* Nobody comes in any more, and those that are inside leave. */
static void
close_gate (TfcThreadPool *c)
{
  guint64 gate = __atomic_and_fetch (&c->gate, ~OPEN, __ATOMIC_ACQUIRE);
  for (LookOut l = {0}; gate & INSIDE; gate = __atomic_load_n (&c->gate, __ATOMIC_ACQUIRE)) {
    if (!look_out (&l))
      sleep_until_left (c);
  }
}

void
tfc_thread_pool_run (TfcThreadPool *c, void (*run) (gpointer data, gsize index), gpointer data,
                     gsize n, gboolean more)
{
  g_assert (n <= G_MAXUINT32);
  g_mutex_lock (&c->one_at_a_time);
  c->run = run;
  c->data = data;
  deal_out (c, n);
  open_gate (c, (__atomic_load_n (&c->gate, __ATOMIC_RELAXED) / ONE_JOB + 1) * ONE_JOB | OPEN |
                    (more ? MORE : 0));
  do_all (c, 0);
  close_gate (c);
  g_mutex_unlock (&c->one_at_a_time);
}

static gboolean
start_worker (TfcThreadPool *c, guint number)
{
  c->worker[number] = (Worker){c, number};
  return tfc_thread_start (&c->thread[number - 1], "tfc-worker", work, &c->worker[number]);
}

TfcThreadPool *
tfc_thread_pool_new (guint threads)
{
  TfcThreadPool *c = g_aligned_alloc0 (1, sizeof (TfcThreadPool), 64);
  g_mutex_init (&c->one_at_a_time);
  g_mutex_init (&c->lock);
  g_cond_init (&c->work);
  g_mutex_init (&c->leaving);
  g_cond_init (&c->left);
  c->threads = 1;
  while (c->threads < MIN (threads, TFC_THREAD_POOL_MAX) && start_worker (c, c->threads))
    c->threads++;
  if (c->threads == 1)
    g_clear_pointer (&c, tfc_thread_pool_free);
  return c;
}

void
tfc_thread_pool_free (TfcThreadPool *c)
{
  if (!c)
    return;
  g_mutex_lock (&c->lock);
  __atomic_store_n (&c->gate, QUIT, __ATOMIC_SEQ_CST);
  g_cond_broadcast (&c->work);
  g_mutex_unlock (&c->lock);
  for (guint i = 0; i + 1 < c->threads; i++)
    pthread_join (c->thread[i], NULL);
  g_mutex_clear (&c->one_at_a_time);
  g_mutex_clear (&c->lock);
  g_cond_clear (&c->work);
  g_mutex_clear (&c->leaving);
  g_cond_clear (&c->left);
  g_aligned_free (c);
}

guint
tfc_thread_pool_threads (const TfcThreadPool *c)
{
  return c->threads;
}

const pthread_t *
tfc_thread_pool_workers (const TfcThreadPool *c)
{
  return c->thread;
}
