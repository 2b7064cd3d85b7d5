/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Worker threads that models lend and share. Reference counted, thread-safe. One pool runs one job
 * at a time; concurrent users queue. */
#include <glib.h>

/* threads 0 goes no further than this: the networks here are small (0.7 to 17 ms on one core), a
 * fifth core gains little, and a pipeline's other threads need some too. */
#define TFC_POOL_DEFAULT_MAX 4
/* What is asked for beyond this is cut to it. */
#define TFC_POOL_MAX_THREADS 64

typedef struct TfcPool TfcPool;

/* threads 0 chooses for this machine: the CPUs this process may use (affinity mask), at most
 * TFC_POOL_DEFAULT_MAX. 1 means the calling thread alone: no worker is started, which is also the
 * safest choice on a machine busy with other work (two threads that share a core wait for each
 * other at every layer). Without XNNPACK built in, or if threads cannot be started, it is 1. */
TfcPool *tfc_pool_new (guint threads);
TfcPool *tfc_pool_ref (TfcPool *pool);
void tfc_pool_unref (TfcPool *pool); /* NULL is fine */
/* What is really used, >= 1. pool NULL: the calling thread alone, 1. */
guint tfc_pool_threads (const TfcPool *pool);
/* Calls run (data, 0) .. run (data, n - 1), each once, on the pool's threads in any order, and
 * returns when all are done. more: another call follows at once, so workers keep looking out for it;
 * FALSE lets them sleep. pool NULL: one after the other. */
void tfc_pool_parallel (TfcPool *pool, void (*run) (gpointer data, gsize index), gpointer data,
                        gsize n, gboolean more);
/* The pthreadpool_t for XNNPACK, NULL for one thread or without XNNPACK. pool NULL: NULL. */
void *tfc_pool_native (const TfcPool *pool);
