/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Worker threads that models lend and share. Reference counted, thread-safe. One pool runs one job
 * at a time; concurrent users queue. */
#include <glib.h>

typedef struct TfcPool TfcPool;

/* threads 0 chooses for this machine: the CPUs this process may use (affinity mask), at most 4.
 * 1 means the calling thread alone: no worker is started. */
TfcPool *tfc_pool_new (guint threads);
TfcPool *tfc_pool_ref (TfcPool *pool);
void tfc_pool_unref (TfcPool *pool); /* NULL is fine */
/* What is really used, >= 1. */
guint tfc_pool_threads (const TfcPool *pool);
/* The pthreadpool_t for XNNPACK, NULL for one thread or without XNNPACK. */
void *tfc_pool_native (const TfcPool *pool);
