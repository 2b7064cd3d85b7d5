/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pools are shared by number of threads, their threads are kept apart, turns come in order. */
#define _GNU_SOURCE
#include "place.h"
#include "pool.h"
#include "turn.h"

#include <sched.h>
#include <unistd.h>

static void
test_get (void)
{
  TfcPool *one = tfc_pool_get (1), *two = tfc_pool_get (2), *mine = tfc_pool_new (2);
  TfcPool *zero = tfc_pool_get (0), *again = tfc_pool_get (tfc_pool_threads (zero));

  g_assert_true (tfc_pool_get (1) == one);
  g_assert_true (tfc_pool_get (2) == two);
  g_assert_true (one != two);
  g_assert_true (mine != two);
  if (tfc_pool_threads (two) == 2) /* not without XNNPACK: all have one thread then */
    g_assert_true (again == zero);
  tfc_pool_unref (again);
  tfc_pool_unref (zero);
  tfc_pool_unref (two);
  tfc_pool_unref (two);
  tfc_pool_unref (one);
  tfc_pool_unref (one);
  tfc_pool_unref (mine);
  one = tfc_pool_get (TFC_POOL_MAX_THREADS + 7);
  g_assert_cmpuint (tfc_pool_threads (one), <=, TFC_POOL_MAX_THREADS);
  tfc_pool_unref (one);
}

/* ---- turns ---- */

typedef struct {
  TfcTurn turn;
  guint n;
  gchar order[4];
} Queue;

static gpointer
wait_in_line (gpointer data)
{
  Queue *queue = data;

  tfc_turn_take (&queue->turn);
  queue->order[queue->n++] = 'w';
  tfc_turn_give (&queue->turn);
  return NULL;
}

static void
wait_until_waiting (TfcTurn *turn, guint n)
{
  while (tfc_turn_waiting (turn) != n)
    g_thread_yield ();
}

/* Who gives the turn back and asks at once stands behind those that waited. */
static void
test_order (void)
{
  Queue queue = {.n = 0};
  GThread *waiter[2];

  tfc_turn_init (&queue.turn);
  tfc_turn_take (&queue.turn);
  for (guint i = 0; i < 2; i++) {
    waiter[i] = g_thread_new ("waiter", wait_in_line, &queue);
    wait_until_waiting (&queue.turn, i + 1);
  }
  queue.order[queue.n++] = 'a';
  tfc_turn_give (&queue.turn);
  tfc_turn_take (&queue.turn);
  queue.order[queue.n++] = 'a';
  tfc_turn_give (&queue.turn);
  g_thread_join (waiter[0]);
  g_thread_join (waiter[1]);
  g_assert_cmpmem (queue.order, 4, "awwa", 4);
  tfc_turn_clear (&queue.turn);
}

/* One at a time: a sum that races would lose. */
static gpointer
count_up (gpointer data)
{
  Queue *queue = data;

  for (guint i = 0; i < 2000; i++) {
    tfc_turn_take (&queue->turn);
    queue->n++;
    tfc_turn_give (&queue->turn);
  }
  return NULL;
}

static void
test_alone (void)
{
  Queue queue = {.n = 0};
  GThread *thread[4];

  tfc_turn_init (&queue.turn);
  for (guint i = 0; i < 4; i++)
    thread[i] = g_thread_new ("count", count_up, &queue);
  for (guint i = 0; i < 4; i++)
    g_thread_join (thread[i]);
  g_assert_cmpuint (queue.n, ==, 8000);
  tfc_turn_clear (&queue.turn);
}

/* ---- places ---- */

#ifdef __linux__
typedef struct {
  gint tid; /* atomic */
  gint done;
} Worker;

static gpointer
sleep_there (gpointer data)
{
  Worker *worker = data;

  g_atomic_int_set (&worker->tid, gettid ());
  while (!g_atomic_int_get (&worker->done))
    g_usleep (1000);
  return NULL;
}

static cpu_set_t
mask_of (gint tid)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  g_assert_cmpint (sched_getaffinity (tid, sizeof set, &set), ==, 0);
  return set;
}

/* Every CPU of the mask has exactly one thread. */
static void
assert_apart (const cpu_set_t *mask, const gint *tids, guint n)
{
  cpu_set_t all = mask_of (0);

  g_assert_cmpint (CPU_COUNT (&all), ==, 1);
  for (guint i = 0; i < n; i++) {
    cpu_set_t one = mask_of (tids[i]);
    g_assert_cmpint (CPU_COUNT (&one), ==, 1);
    CPU_OR (&all, &all, &one);
  }
  g_assert_true (CPU_EQUAL (&all, mask));
}

static void
test_places (void)
{
  cpu_set_t mask = mask_of (0), small, now;
  guint n = MIN (CPU_COUNT (&mask), TFC_PLACE_MAX) - 1;
  Worker worker[TFC_PLACE_MAX] = {{0}};
  GThread *thread[TFC_PLACE_MAX];
  gint tids[TFC_PLACE_MAX];
  TfcPlace *place;

  if (n == 0 || CPU_COUNT (&mask) > TFC_PLACE_MAX) {
    g_test_skip ("needs two to 64 CPUs");
    return;
  }
  for (guint i = 0; i < n; i++) {
    thread[i] = g_thread_new ("worker", sleep_there, &worker[i]);
    while (!(tids[i] = g_atomic_int_get (&worker[i].tid)))
      g_thread_yield ();
  }
  place = tfc_place_new (tids, n);
  tfc_place_leave (place); /* without enter: nothing */
  for (guint round = 0; round < 3; round++) {
    tfc_place_enter (place);
    assert_apart (&mask, tids, n);
    tfc_place_leave (place);
    now = mask_of (0);
    g_assert_true (CPU_EQUAL (&now, &mask));
  }
  /* The caller may use one CPU only: nobody is kept apart any more, and workers stay inside. */
  CPU_ZERO (&small);
  for (guint cpu = 0; CPU_COUNT (&small) == 0; cpu++) {
    if (CPU_ISSET (cpu, &mask))
      CPU_SET (cpu, &small);
  }
  sched_setaffinity (0, sizeof small, &small);
  tfc_place_enter (place);
  tfc_place_leave (place);
  for (guint i = 0; i < n; i++) {
    now = mask_of (tids[i]);
    g_assert_true (CPU_EQUAL (&now, &small));
  }
  sched_setaffinity (0, sizeof mask, &mask);
  /* Somebody changes the caller's mask while it is inside: that holds. */
  tfc_place_enter (place);
  small = mask_of (tids[0]);
  sched_setaffinity (0, sizeof small, &small);
  tfc_place_leave (place);
  now = mask_of (0);
  g_assert_true (CPU_EQUAL (&now, &small));
  sched_setaffinity (0, sizeof mask, &mask);
  tfc_place_free (place);
  for (guint i = 0; i < n; i++) {
    g_atomic_int_set (&worker[i].done, 1);
    g_thread_join (thread[i]);
  }
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/get", test_get);
  g_test_add_func ("/turn/order", test_order);
  g_test_add_func ("/turn/alone", test_alone);
#ifdef __linux__
  g_test_add_func ("/place/apart", test_places);
#endif
  return g_test_run ();
}
