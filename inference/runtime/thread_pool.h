/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Threads that help another one through its layers. The caller never waits for a thread that has not come: who is
 * late, just made or put aside by the scheduler finds the work done, and only those that are inside a job are waited
 * for. (XNNPACK's pool waits for all of them after every layer.) */
#include <glib.h>
#include <pthread.h>

#define TFC_THREAD_POOL_MAX 64 /* threads, with the caller */

typedef struct TfcThreadPool TfcThreadPool;

/* threads: with the caller. Returns before those it starts have begun. NULL if none could be started. */
TfcThreadPool *tfc_thread_pool_new (guint threads);
void tfc_thread_pool_free (TfcThreadPool *pool); /* waits for them to end; NULL is allowed */
guint tfc_thread_pool_threads (const TfcThreadPool *pool);
/* [threads - 1], those it started. */
const pthread_t *tfc_thread_pool_workers (const TfcThreadPool *pool);
/* Calls run (data, 0) .. run (data, n - 1), each once, in any order, and returns when all are done. Each thread begins
 * with its own range of them, the same of each n, so that what it left in its caches is of use. more: another call
 * follows at once, so workers keep looking out for it; FALSE lets them sleep. From any thread, one after the other. */
void tfc_thread_pool_run (TfcThreadPool *pool, void (*run) (gpointer data, gsize index), gpointer data, gsize n, gboolean more);
