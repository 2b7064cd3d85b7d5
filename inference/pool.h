/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Worker threads that models lend and share. Reference counted, thread-safe. One pool runs one job
 * at a time; concurrent users queue. And what else threads need that share a model: a fair lock, a start. */
#include <glib.h>
#include <pthread.h>

/* threads 0 goes no further than this: the networks here are small (0.7 to 17 ms on one core), a
 * fifth core gains little, and a pipeline's other threads need some too. */
#define TFC_POOL_DEFAULT_MAX 4
/* What is asked for beyond this is cut to it, wherever it runs. */
#define TFC_POOL_MAX_THREADS 64

typedef struct TfcPool TfcPool;

/* threads 0 chooses for this machine: the CPUs that this process may use (affinity mask, quota of its control
 * groups: runtime/cpus.h), at most TFC_POOL_DEFAULT_MAX. More than there are CPUs are cut to those: they would wait for each
 * other, and keep everybody else waiting. 1 means the calling thread alone: no worker is started, as if none
 * can be. Does not wait for workers to come, nor do runs: who is late finds the work done
 * (thread_pool.h). Workers may use all CPUs that the process may, wherever the caller is tied to.
 *
 * XNNPACK's larger segments need workers of its own kind ("native"), which wait for one another after every layer,
 * so two on one CPU cost a scheduler's slice per layer. They are made for the first network with such a
 * segment, and run the networks that have one; all others go on with ours. One run at a time, so there are never
 * two sets awake. Where the pool has as many threads as there are CPUs, each is kept on one of its own
 * while a network runs (affinity.h). Beside other busy processes it then slows down by about the share
 * they take; docs/internals/threading.md says how. */
TfcPool *tfc_pool_new (guint threads);
/* Of just so many, 1 to TFC_POOL_MAX_THREADS, whatever the CPUs: what tests of several threads take. */
TfcPool *tfc_pool_new_uncut (guint threads);
/* The process's pool of so many threads: made when there is none, shared by all who ask for that
 * number while it lives. (transfer full) */
TfcPool *tfc_pool_get (guint threads);
TfcPool *tfc_pool_ref (TfcPool *pool);
void tfc_pool_unref (TfcPool *pool); /* NULL is allowed */
/* What is really used, >= 1. pool NULL: the calling thread alone, 1. */
guint tfc_pool_threads (const TfcPool *pool);
/* Calls run (data, 0) .. run (data, n - 1), each once, on the pool's threads in any order, and
 * returns when all are done. more: another call follows at once, so workers keep looking out for
 * it; FALSE lets them sleep. pool NULL: one after the other. */
void tfc_pool_parallel (TfcPool *pool, void (*run) (gpointer data, gsize index), gpointer data,
                        gsize n, gboolean more);
/* Runs follow one another at once, as a benchmark's of single layers: workers look out for the next one after each, as
 * they do between the layers of a network. Of XNNPACK's it counts when a network is prepared. While nobody runs. */
void tfc_pool_expect_runs (TfcPool *pool, gboolean expect);
gboolean tfc_pool_expects_runs (const TfcPool *pool);
/* The pthreadpool_t for XNNPACK, made for who asks first; NULL for one thread or without XNNPACK.
 * pool NULL: NULL. Not inside a run. */
void *tfc_pool_native (TfcPool *pool);

/* Around each run of a network that goes with workers, by the thread that runs it: waits until the pool is free (in the
 * order of asking), keeps its threads apart. native: with tfc_pool_native's workers, which are there. Not recursive.
 * Nothing for one thread or pool NULL, which is what a run gets that goes without workers (governor.h). */
void tfc_pool_enter (TfcPool *pool, gboolean native);
void tfc_pool_leave (TfcPool *pool);

/* A lock that is given in the order in which it was asked for: nobody who shares a model or a
 * pool with a busier one starves. Held for a whole run of a network (milliseconds), so waiting is
 * sleeping. Allocates nothing, also while waiting. Not recursive. */
typedef struct {
  GMutex mutex;
  gboolean taken;
  GQueue waiting; /* its links lie on the stacks of those who wait */
} TfcFairLock;

void tfc_fair_lock_init (TfcFairLock *lock);
void tfc_fair_lock_clear (TfcFairLock *lock); /* nobody holds it or waits */
void tfc_fair_lock_acquire (TfcFairLock *lock);  /* by any thread; waits */
void tfc_fair_lock_release (TfcFairLock *lock);  /* by the one that took it; whoever waits longest has it now */
/* How many wait at this moment. */
guint tfc_fair_lock_waiting (TfcFairLock *lock);

/* pthread_create, and the thread begins on another CPU than the caller's, where the process may use more than one (as
 * affinity.h says, not what this caller is tied to); then the scheduler may move it. Left alone, a scheduler may put it on the caller's: who is to work beside that stands behind
 * it for a slice, or before it, which is no better. name: up to 15 letters. FALSE: no thread. */
gboolean tfc_thread_start (pthread_t *thread, const gchar *name, void *(*run) (void *data), void *data);
