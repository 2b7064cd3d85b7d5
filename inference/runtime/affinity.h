/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where the workers of a pool run. They may use what the process may: the affinity masks of its main thread and
 * of the one that makes the pool, together. What a thread that runs a network later is tied to is its own
 * affair.
 *
 * And they are kept apart while a network runs. All of them meet after every layer, and those that are early
 * spin: two on one CPU stand in each other's way for a scheduler's slice per layer, which made frames of
 * 650 ms out of 12. So where a pool has exactly as many threads as the process has CPUs, each gets one
 * of them for the length of the run: the caller the one it is on, which costs no migration, the workers the
 * others. With more CPUs than threads nothing is pinned: the scheduler has room, and pinning would take the
 * free CPUs from it.
 *
 * Nothing outlives the run for the caller. Where somebody else changes the workers' masks (taskset, cpusets),
 * that is from the next run on what they may use. Linux only; elsewhere nothing happens. */
#include <glib.h>
#include <pthread.h>

#define TFC_PLACE_MAX 64 /* threads of a pool; more are not kept apart */

typedef struct TfcAffinity TfcAffinity;

/* How many CPUs the masks of the main thread and the caller have, together; those that are online where there are
 * no masks. */
guint tfc_affinity_cpus (void);

/* The workers, without the caller; copied. They live as long as it is entered, and may use what the process may
 * at this moment. NULL: more threads or CPUs than are kept track of. */
TfcAffinity *tfc_affinity_new (const pthread_t *workers, guint n);
void tfc_affinity_free (TfcAffinity *affinity); /* NULL is allowed */
/* On the thread that is going to run, and after it. One run at a time. affinity NULL: nothing. */
void tfc_affinity_enter (TfcAffinity *affinity);
void tfc_affinity_leave (TfcAffinity *affinity);
