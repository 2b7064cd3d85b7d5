/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Workers stand on CPUs of their own, wherever the thread that runs is tied to. */
#define _GNU_SOURCE
#include "inference/runtime/affinity.h"

#include "inference/pool.h"
#include "inference/runtime/thread_pool.h"

#include <sched.h>

#ifdef __linux__
typedef struct {
  pthread_t thread;
  gint there, done; /* atomic */
} Worker;

static gpointer
sleep_there (gpointer data)
{
  Worker *worker = data;

  worker->thread = pthread_self ();
  g_atomic_int_set (&worker->there, 1);
  while (!g_atomic_int_get (&worker->done))
    g_usleep (1000);
  return NULL;
}

static cpu_set_t
mask_of (pthread_t thread)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  g_assert_cmpint (pthread_getaffinity_np (thread, sizeof set, &set), ==, 0);
  return set;
}

static void
assert_mask (pthread_t thread, const cpu_set_t *expected)
{
  const cpu_set_t mask = mask_of (thread);

  g_assert_true (CPU_EQUAL (&mask, expected));
}

/* Every CPU of the mask has exactly one thread. */
static void
assert_apart (const cpu_set_t *mask, const pthread_t *workers, guint n)
{
  cpu_set_t all = mask_of (pthread_self ());

  g_assert_cmpint (CPU_COUNT (&all), ==, 1);
  for (guint i = 0; i < n; i++) {
    cpu_set_t one = mask_of (workers[i]);
    g_assert_cmpint (CPU_COUNT (&one), ==, 1);
    CPU_OR (&all, &all, &one);
  }
  g_assert_true (CPU_EQUAL (&all, mask));
}

/* A thread of which nobody asks more than that it runs may use what the process may, be that one
 * CPU. */
static void
test_start (void)
{
  const cpu_set_t mask = mask_of (pthread_self ());
  cpu_set_t one;

  CPU_ZERO (&one);
  CPU_SET (sched_getcpu (), &one);
  for (guint round = 0; round < 40; round++) {
    const cpu_set_t *mine = round % 4 ? &mask : &one;
    Worker worker = {.there = 0};
    pthread_t thread;
    pthread_setaffinity_np (pthread_self (), sizeof *mine, mine);
    g_assert_true (tfc_thread_start (&thread, "worker", sleep_there, &worker));
    assert_mask (thread, mine);
    g_atomic_int_set (&worker.done, 1);
    pthread_join (thread, NULL);
    g_assert_cmpint (worker.there, ==, 1);
  }
  pthread_setaffinity_np (pthread_self (), sizeof mask, &mask);
}

/* As many workers as there are CPUs beside the caller's; NULL: too few, or too many. */
static TfcThreadPool *
one_each (const cpu_set_t *mask, TfcAffinity **affinity)
{
  const guint n = CPU_COUNT (mask);
  TfcThreadPool *pool;

  if (n < 2 || n > TFC_PLACE_MAX) {
    g_test_skip ("needs two to 64 CPUs");
    return NULL;
  }
  pool = tfc_thread_pool_new (n);
  g_assert_cmpuint (tfc_thread_pool_threads (pool), ==, n);
  *affinity = tfc_affinity_new (tfc_thread_pool_workers (pool), n - 1);
  return pool;
}

static void
tie (const cpu_set_t *mask)
{
  g_assert_cmpint (sched_setaffinity (0, sizeof *mask, mask), ==, 0);
}

static cpu_set_t
only (gint cpu)
{
  cpu_set_t one;

  CPU_ZERO (&one);
  CPU_SET (cpu, &one);
  return one;
}

static void
test_apart (void)
{
  const cpu_set_t mask = mask_of (pthread_self ());
  TfcAffinity *affinity;
  TfcThreadPool *pool = one_each (&mask, &affinity);

  if (!pool)
    return;
  tfc_affinity_leave (affinity); /* without enter: nothing */
  for (guint round = 0; round < 3; round++) {
    tfc_affinity_enter (affinity);
    assert_apart (&mask, tfc_thread_pool_workers (pool), CPU_COUNT (&mask) - 1);
    tfc_affinity_leave (affinity);
    assert_mask (pthread_self (), &mask);
  }
  /* Somebody changes the caller's mask while it is inside: that holds. */
  tfc_affinity_enter (affinity);
  const cpu_set_t other = mask_of (tfc_thread_pool_workers (pool)[0]);
  tie (&other);
  tfc_affinity_leave (affinity);
  assert_mask (pthread_self (), &other);
  tie (&mask);
  tfc_affinity_free (affinity);
  tfc_thread_pool_free (pool);
}

/* A caller that is tied to one CPU has that, and the workers the others. */
static void
test_tied_caller (void)
{
  const cpu_set_t mask = mask_of (pthread_self ());
  TfcAffinity *affinity;
  TfcThreadPool *pool = one_each (&mask, &affinity);

  for (gint cpu = 0; pool && cpu < CPU_SETSIZE; cpu++) {
    const cpu_set_t one = only (cpu);
    if (!CPU_ISSET (cpu, &mask))
      continue;
    tie (&one);
    tfc_affinity_enter (affinity);
    assert_apart (&mask, tfc_thread_pool_workers (pool), CPU_COUNT (&mask) - 1);
    tfc_affinity_leave (affinity);
    assert_mask (pthread_self (), &one);
    tie (&mask);
  }
  if (!pool)
    return;
  tfc_affinity_free (affinity);
  tfc_thread_pool_free (pool);
}

/* A maker that is tied to one CPU: its workers may use what the process may. */
static gpointer
make_tied (gpointer data)
{
  const cpu_set_t one = only (sched_getcpu ());
  TfcThreadPool *pool;
  TfcAffinity *affinity;

  tie (&one);
  pool = tfc_thread_pool_new (4);
  affinity = tfc_affinity_new (tfc_thread_pool_workers (pool), 3);
  g_assert_cmpuint (tfc_affinity_cpus (), ==, CPU_COUNT ((cpu_set_t *)data));
  for (guint i = 0; i < 3; i++)
    assert_mask (tfc_thread_pool_workers (pool)[i], data);
  tfc_affinity_free (affinity);
  tfc_thread_pool_free (pool);
  return NULL;
}

static gpointer
start_tied (gpointer data)
{
  const cpu_set_t one = only (sched_getcpu ());
  Worker worker = {.there = 0};
  pthread_t thread;

  tie (&one);
  g_assert_true (tfc_thread_start (&thread, "worker", sleep_there, &worker));
  assert_mask (thread, data);
  g_atomic_int_set (&worker.done, 1);
  pthread_join (thread, NULL);
  return NULL;
}

static void
test_tied_maker (void)
{
  cpu_set_t mask = mask_of (pthread_self ());

  g_thread_join (g_thread_new ("tied", make_tied, &mask));
  g_thread_join (g_thread_new ("tied", start_tied, &mask));
}

/* Who changes the mask of all threads, as taskset --all-tasks does, is obeyed. */
static void
test_changed (void)
{
  const cpu_set_t mask = mask_of (pthread_self ());
  TfcAffinity *affinity;
  TfcThreadPool *pool = one_each (&mask, &affinity);
  const cpu_set_t here = only (sched_getcpu ());

  if (!pool)
    return;
  for (gint i = 0; i + 1 < CPU_COUNT (&mask); i++)
    pthread_setaffinity_np (tfc_thread_pool_workers (pool)[i], sizeof here, &here);
  tie (&here);
  for (guint round = 0; round < 2; round++) {
    tfc_affinity_enter (affinity);
    tfc_affinity_leave (affinity);
    for (gint i = 0; i + 1 < CPU_COUNT (&mask); i++)
      assert_mask (tfc_thread_pool_workers (pool)[i], &here);
  }
  tie (&mask);
  tfc_affinity_free (affinity);
  tfc_thread_pool_free (pool);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef __linux__
  g_test_add_func ("/affinity/start", test_start);
  g_test_add_func ("/affinity/apart", test_apart);
  g_test_add_func ("/affinity/tied-caller", test_tied_caller);
  g_test_add_func ("/affinity/tied-maker", test_tied_maker);
  g_test_add_func ("/affinity/changed", test_changed);
#endif
  return g_test_run ();
}
