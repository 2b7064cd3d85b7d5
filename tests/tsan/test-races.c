/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What ThreadSanitizer sees with tsan-glib.c before it: for each way in which threads hand memory
 * to each other, a process that does it right, of which nothing may be said, and one that does it
 * wrong, which must be caught.
 *
 * The sanitizer may miss two accesses that happen at the same instant: it looks at what it knows of
 * the place and writes it down, and nothing holds others off in between. So each pair of accesses
 * comes one after the other (race_wait_for, race_go_on), on every machine. */
#include "inference/pool.h"

#include "config.h"
#include "tests/tsan/race.h"

typedef struct {
  const gchar *name;
  void (*run) (gboolean right);
} Row;

/* Each in a place of its own: the sanitizer keeps four accesses to eight bytes, and forgets older
 * ones. */
_Alignas(64) volatile gint race_value;
static _Alignas(64) gint step; /* how far the threads are */

void
race_wait_for (gint wanted)
{
  while (__atomic_load_n (&step, __ATOMIC_RELAXED) < wanted)
    g_usleep (100);
}

void
race_go_on (gint to)
{
  if (__atomic_load_n (&step, __ATOMIC_RELAXED) < to)
    __atomic_store_n (&step, to, __ATOMIC_RELAXED);
}

/* ---- GMutex ---- */

static GMutex lock;

static gpointer
count_locked (gpointer right)
{
  race_wait_for (1);
  if (right)
    g_mutex_lock (&lock);
  race_value++;
  if (right)
    g_mutex_unlock (&lock);
  return NULL;
}

static void
with_mutex (gboolean right)
{
  GThread *thread = g_thread_new (NULL, count_locked, GINT_TO_POINTER (right));
  g_mutex_lock (&lock);
  race_value++;
  g_mutex_unlock (&lock);
  race_go_on (1);
  g_thread_join (thread);
}

static gpointer
count_tried (gpointer right)
{
  race_wait_for (1);
  const gboolean got = g_mutex_trylock (&lock);
  if (got || !right)
    race_value++;
  if (got)
    g_mutex_unlock (&lock);
  return NULL;
}

static void
with_trylock (gboolean right)
{
  g_mutex_lock (&lock);
  GThread *thread = g_thread_new (NULL, count_tried, GINT_TO_POINTER (right));
  race_value++;
  race_go_on (1);
  if (!right) /* it finds the mutex locked */
    g_thread_join (thread);
  g_mutex_unlock (&lock);
  if (right) {
    count_tried (GINT_TO_POINTER (TRUE));
    g_thread_join (thread);
  }
}

/* ---- GCond ---- */

static GCond cond;
static gboolean ready;

static gpointer
wait_and_read (gpointer until)
{
  gint seen;
  g_mutex_lock (&lock);
  while (!ready) {
    if (until)
      g_cond_wait_until (&cond, &lock, g_get_monotonic_time () + G_TIME_SPAN_MINUTE);
    else
      g_cond_wait (&cond, &lock);
  }
  g_mutex_unlock (&lock);
  race_wait_for (1);
  seen = race_value;
  return GINT_TO_POINTER (seen);
}

static void
signal_to (GThread *thread, gboolean right)
{
  if (right)
    race_value = 1;
  g_mutex_lock (&lock);
  ready = TRUE;
  g_cond_signal (&cond);
  g_mutex_unlock (&lock);
  if (!right)
    race_value = 1;
  race_go_on (1);
  g_thread_join (thread);
}

static void
with_cond (gboolean right)
{
  signal_to (g_thread_new (NULL, wait_and_read, NULL), right);
}

static void
with_cond_until (gboolean right)
{
  signal_to (g_thread_new (NULL, wait_and_read, &cond), right);
}

/* ---- GOnce: the functions themselves, which the macros of that name call in the first thread
 * alone ---- */

static gpointer
set_value (gpointer unused)
{
  race_value = 1;
  return NULL;
}

static gpointer
read_once (gpointer right)
{
  static GOnce once = G_ONCE_INIT;
  gint seen;
  g_once_impl (&once, set_value, NULL);
  if (!right)
    race_value++;
  seen = race_value;
  race_go_on (1);
  return GINT_TO_POINTER (seen);
}

static void
with_once (gboolean right)
{
  GThread *thread = g_thread_new (NULL, read_once, GINT_TO_POINTER (right));
  race_wait_for (1);
  read_once (GINT_TO_POINTER (TRUE));
  g_thread_join (thread);
}

static gpointer
read_init (gpointer right)
{
  static gsize init;
  gint seen;
  if ((g_once_init_enter)(&init)) {
    if (right)
      race_value = 1;
    g_once_init_leave (&init, 1);
    if (!right)
      race_value = 1;
  }
  seen = race_value;
  race_go_on (1);
  return GINT_TO_POINTER (seen);
}

static void
with_once_init (gboolean right)
{
  GThread *thread = g_thread_new (NULL, read_init, GINT_TO_POINTER (right));
  race_wait_for (1);
  read_init (GINT_TO_POINTER (right));
  g_thread_join (thread);
}

/* ---- GAsyncQueue, GThreadPool ---- */

static gpointer
pop_and_read (gpointer queue)
{
  volatile gint *value = g_async_queue_pop (queue);
  race_wait_for (1);
  return GINT_TO_POINTER (*value);
}

static void
with_queue (gboolean right)
{
  GAsyncQueue *queue = g_async_queue_new ();
  GThread *thread = g_thread_new (NULL, pop_and_read, queue);
  if (right)
    race_value = 1;
  g_async_queue_push (queue, (gpointer)&race_value);
  if (!right)
    race_value = 1;
  race_go_on (1);
  g_thread_join (thread);
  g_async_queue_unref (queue);
}

static void
count_task (gpointer what, gpointer data)
{
  ++*(volatile gint *)what;
  race_go_on (what == &race_value ? 2 : 1);
}

static void
with_task (gboolean right)
{
  GThreadPool *pool = g_thread_pool_new (count_task, NULL, 1, FALSE, NULL);
  gint first = 0;
  g_thread_pool_push (pool, &first, NULL);
  race_wait_for (1); /* its thread is there: starting one would order things too */
  if (right)
    race_value = 1;
  g_thread_pool_push (pool, (gpointer)&race_value, NULL);
  if (!right) {
    race_wait_for (2);
    race_value = 1;
  }
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
with_end_of_tasks (gboolean right)
{
  GThreadPool *pool = g_thread_pool_new (count_task, NULL, 1, FALSE, NULL);
  g_thread_pool_push (pool, (gpointer)&race_value, NULL);
  if (!right) {
    race_wait_for (2);
    race_value++;
  }
  g_thread_pool_free (pool, FALSE, TRUE);
  race_value++;
}

/* ---- pieces of a run on the pool's threads ---- */

#if HAVE_XNNPACK
static volatile gint pieces[64];

/* The first half is the caller's, the second the worker's, and neither may do the other's too: the
 * worker waits until the caller is at its first piece, which waits for the worker's last. */
static void
count_piece (gpointer right, gsize i)
{
  if (i == 0) {
    race_go_on (1);
    race_wait_for (2);
  } else if (i == G_N_ELEMENTS (pieces) / 2) {
    race_wait_for (1);
  }
  pieces[right ? i : 0]++;
  if (i == G_N_ELEMENTS (pieces) - 1)
    race_go_on (2);
}

static void
with_pieces (gboolean right)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  for (guint turn = 0; turn < 2; turn++) {
    pieces[0]++;
    tfc_pool_enter (pool, FALSE);
    tfc_pool_parallel (pool, count_piece, GINT_TO_POINTER (right), G_N_ELEMENTS (pieces), TRUE);
    tfc_pool_leave (pool);
    pieces[G_N_ELEMENTS (pieces) - 1]++;
  }
  tfc_pool_unref (pool);
}

#endif

/* ---- memory ---- */

static gpointer
read_block (gpointer block)
{
  gint seen = *(volatile gint *)block;
  race_go_on (1);
  return GINT_TO_POINTER (seen);
}

static void
with_free (gboolean right)
{
  gint *block = g_new0 (gint, 16);
  GThread *thread = g_thread_new (NULL, read_block, block);
  if (right)
    g_thread_join (thread);
  race_wait_for (1);
  g_free (block);
  if (!right)
    g_thread_join (thread);
}

static const Row rows[] = {
    {"mutex", with_mutex},
    {"trylock", with_trylock},
    {"cond", with_cond},
    {"cond-until", with_cond_until},
    {"once", with_once},
    {"once-init", with_once_init},
    {"queue", with_queue},
    {"task", with_task},
    {"end-of-tasks", with_end_of_tasks},
    {"unref", race_unref},
    {"ref-string", race_ref_string},
#if HAVE_XNNPACK
    {"pieces", with_pieces},
#endif
    {"free", with_free},
};

static void
run_right (gconstpointer row)
{
  ((const Row *)row)->run (TRUE);
}

static void
run_wrong (gconstpointer row)
{
  ((const Row *)row)->run (FALSE);
}

static void
child (const Row *row, const gchar *how)
{
  gchar *path = g_strdup_printf ("/races/%s/subprocess/%s", row->name, how);
  g_test_trap_subprocess (path, 0, 0);
  g_free (path);
}

/* What it said comes first: when that is not as wanted, it is printed. */
static void
test_row (gconstpointer row)
{
  child (row, "right");
  g_test_trap_assert_stderr_unmatched ("*ThreadSanitizer*");
  if (!g_test_trap_has_passed ())
    g_test_trap_assert_stderr ("");
  g_test_trap_assert_passed ();
  child (row, "wrong");
  g_test_trap_assert_stderr ("*ThreadSanitizer: data race*");
  g_test_trap_assert_failed ();
}

static void
add (const Row *row, const gchar *how, GTestDataFunc func)
{
  gchar *path = g_strdup_printf ("/races/%s%s", row->name, how);
  g_test_add_data_func (path, row, func);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    add (&rows[i], "", test_row);
    add (&rows[i], "/subprocess/right", run_right);
    add (&rows[i], "/subprocess/wrong", run_wrong);
  }
  return g_test_run ();
}
