/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Pools are shared by number of threads, turns come in order, nobody waits for who does not come.
 */
#define _GNU_SOURCE
#include "inference/runtime/thread_pool.h"
#include "inference/runtime/cpus.h"
#include "inference/pool.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void
test_get (void)
{
  const guint cpus = tfc_cpus_usable ();
  TfcPool *one = tfc_pool_get (1), *two = tfc_pool_get (2), *mine = tfc_pool_new_uncut (2);
  TfcPool *zero = tfc_pool_get (0), *again = tfc_pool_get (tfc_pool_threads (zero));

  g_assert_true (tfc_pool_get (1) == one);
  g_assert_true (tfc_pool_get (2) == two);
  g_assert_true ((one == two) == (cpus == 1));
  g_assert_true (mine != two);
  g_assert_cmpuint (tfc_pool_threads (mine), ==, 2);
  g_assert_cmpuint (tfc_pool_threads (two), ==, MIN (2, cpus));
  g_assert_true (again == zero);
  tfc_pool_unref (again);
  tfc_pool_unref (zero);
  tfc_pool_unref (two);
  tfc_pool_unref (two);
  tfc_pool_unref (one);
  tfc_pool_unref (one);
  tfc_pool_unref (mine);
}

/* No more threads than there are CPUs for them. */
static void
test_cut (void)
{
  const guint cpus = tfc_cpus_usable (), most = MIN (cpus, TFC_POOL_MAX_THREADS);
  const guint asked[] = {0, 1, cpus, cpus + 1, TFC_POOL_MAX_THREADS + 7, G_MAXUINT};
  const guint wanted[] = {MIN (cpus, TFC_POOL_DEFAULT_MAX), 1, most, most, most, most};

  g_assert_cmpuint (cpus, >=, 1);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    TfcPool *made = tfc_pool_new (asked[i]), *got = tfc_pool_get (asked[i]);
    g_assert_cmpuint (tfc_pool_threads (made), ==, wanted[i]);
    g_assert_cmpuint (tfc_pool_threads (got), ==, wanted[i]);
    tfc_pool_unref (made);
    tfc_pool_unref (got);
  }
}

/* ---- turns ---- */

typedef struct {
  TfcFairLock lock;
  guint n;
  gchar order[4];
} Queue;

static gpointer
wait_in_line (gpointer data)
{
  Queue *queue = data;

  tfc_fair_lock_acquire (&queue->lock);
  queue->order[queue->n++] = 'w';
  tfc_fair_lock_release (&queue->lock);
  return NULL;
}

static void
wait_until_waiting (TfcFairLock *lock, guint n)
{
  while (tfc_fair_lock_waiting (lock) != n)
    g_thread_yield ();
}

/* Who gives the turn back and asks at once stands behind those that waited. */
static void
test_order (void)
{
  Queue queue = {.n = 0};
  GThread *waiter[2];

  tfc_fair_lock_init (&queue.lock);
  tfc_fair_lock_acquire (&queue.lock);
  for (guint i = 0; i < 2; i++) {
    waiter[i] = g_thread_new ("waiter", wait_in_line, &queue);
    wait_until_waiting (&queue.lock, i + 1);
  }
  queue.order[queue.n++] = 'a';
  tfc_fair_lock_release (&queue.lock);
  tfc_fair_lock_acquire (&queue.lock);
  queue.order[queue.n++] = 'a';
  tfc_fair_lock_release (&queue.lock);
  g_thread_join (waiter[0]);
  g_thread_join (waiter[1]);
  g_assert_cmpmem (queue.order, 4, "awwa", 4);
  tfc_fair_lock_clear (&queue.lock);
}

/* One at a time: a sum that races would lose. */
static gpointer
count_up (gpointer data)
{
  Queue *queue = data;

  for (guint i = 0; i < 2000; i++) {
    tfc_fair_lock_acquire (&queue->lock);
    queue->n++;
    tfc_fair_lock_release (&queue->lock);
  }
  return NULL;
}

static void
test_alone (void)
{
  Queue queue = {.n = 0};
  GThread *thread[4];

  tfc_fair_lock_init (&queue.lock);
  for (guint i = 0; i < 4; i++)
    thread[i] = g_thread_new ("count", count_up, &queue);
  for (guint i = 0; i < 4; i++)
    g_thread_join (thread[i]);
  g_assert_cmpuint (queue.n, ==, 8000);
  tfc_fair_lock_clear (&queue.lock);
}

/* ---- crews ---- */

typedef struct {
  gint *times; /* [n] atomic: how often each index was run */
  gsize n;
  GThread *caller;
  gint inside, left; /* atomic */
} Count;

static void
count (gpointer data, gsize index)
{
  Count *c = data;

  g_assert_cmpuint (index, <, c->n);
  g_atomic_int_inc (&c->times[index]);
}

/* Every index once, for any number of threads and jobs on end, whether workers look out or sleep.
 */
static void
test_thread_pool (void)
{
  static const gsize sizes[] = {1, 2, 3, 7, 64, 1000};
  Count c = {.times = g_new0 (gint, 1000)};

  for (guint threads = 2; threads <= 5; threads++) {
    TfcThreadPool *pool = tfc_thread_pool_new (threads);
    g_assert_cmpuint (tfc_thread_pool_threads (pool), ==, threads);
    for (guint i = 0; i < 3000; i++) {
      c.n = sizes[i % G_N_ELEMENTS (sizes)];
      memset (c.times, 0, c.n * sizeof *c.times);
      tfc_thread_pool_run (pool, count, &c, c.n, i % 5 != 0);
      for (gsize k = 0; k < c.n; k++)
        g_assert_cmpint (c.times[k], ==, 1);
    }
    tfc_thread_pool_free (pool);
  }
  tfc_thread_pool_free (NULL);
  g_assert_null (tfc_thread_pool_new (1));
  g_free (c.times);
}

/* A worker stays in its index for a while. */
static void
meet (gpointer data, gsize index)
{
  Count *c = data;

  g_usleep (100);
  if (g_thread_self () == c->caller)
    return;
  g_atomic_int_set (&c->inside, 1);
  g_usleep (2000);
  g_atomic_int_set (&c->left, 1);
}

/* Workers do come, and the caller does not go before they have left. */
static void
test_together (void)
{
  Count c = {.caller = g_thread_self ()};
  TfcThreadPool *pool = tfc_thread_pool_new (2);

  while (!g_atomic_int_get (&c.inside))
    tfc_thread_pool_run (pool, meet, &c, 2, FALSE);
  g_assert_cmpint (g_atomic_int_get (&c.left), ==, 1);
  tfc_thread_pool_free (pool);
}

#ifdef __linux__
typedef struct {
  pid_t caller;
  gint inside, seen; /* atomic: a worker is inside, and saw it asleep */
} Sleeper;

/* 'S': it sleeps until somebody wakes it. */
static gchar
state_of (pid_t thread)
{
  g_autofree gchar *path = g_strdup_printf ("/proc/self/task/%d/stat", (gint)thread);
  g_autofree gchar *text = NULL;
  const gchar *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  end = strrchr (text, ')');
  return end[2];
}

/* A worker stays inside until the caller sleeps. */
static void
wait_for_sleep (gpointer data, gsize index)
{
  Sleeper *s = data;

  for (guint i = 0; gettid () == s->caller && i < 1000 && !g_atomic_int_get (&s->inside); i++)
    g_thread_yield ();
  if (gettid () == s->caller)
    return;
  g_atomic_int_set (&s->inside, 1);
  while (state_of (s->caller) != 'S')
    g_usleep (100);
  g_atomic_int_set (&s->seen, 1);
}

/* Who waits for a worker that does not get on leaves it the CPU. */
static void
test_caller_sleeps (void)
{
  TfcThreadPool *pool = tfc_thread_pool_new (2);

  for (guint i = 0; i < 3; i++) {
    Sleeper s = {.caller = gettid ()};
    while (!g_atomic_int_get (&s.seen))
      tfc_thread_pool_run (pool, wait_for_sleep, &s, 2, i == 1);
  }
  tfc_thread_pool_free (pool);
}
#endif

static gint held, let_go; /* atomic */

static void
hold (int number)
{
  g_atomic_int_set (&held, 1);
  while (!g_atomic_int_get (&let_go))
    sched_yield ();
}

/* Who does not come, as the scheduler has put it aside, is not waited for. */
static void
test_absent (void)
{
  Count c = {.times = g_new0 (gint, 8), .n = 8};
  TfcThreadPool *pool = tfc_thread_pool_new (2);
  struct sigaction there = {.sa_handler = hold}, before;

  sigaction (SIGUSR1, &there, &before);
  pthread_kill (tfc_thread_pool_workers (pool)[0], SIGUSR1);
  while (!g_atomic_int_get (&held))
    g_thread_yield ();
  for (guint i = 0; i < 10; i++)
    tfc_thread_pool_run (pool, count, &c, c.n, TRUE);
  for (gsize k = 0; k < c.n; k++)
    g_assert_cmpint (c.times[k], ==, 10);
  g_atomic_int_set (&let_go, 1);
  tfc_thread_pool_free (pool);
  sigaction (SIGUSR1, &before, NULL);
  g_free (c.times);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/get", test_get);
  g_test_add_func ("/pool/cut", test_cut);
  g_test_add_func ("/thread-pool/all", test_thread_pool);
  g_test_add_func ("/thread-pool/together", test_together);
#ifdef __linux__
  g_test_add_func ("/thread-pool/caller-sleeps", test_caller_sleeps);
#endif
  g_test_add_func ("/thread-pool/absent", test_absent);
  g_test_add_func ("/fair-lock/order", test_order);
  g_test_add_func ("/fair-lock/alone", test_alone);
  return g_test_run ();
}
