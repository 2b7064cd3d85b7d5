/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Keeps the threads of a pool apart while a network runs. All of them meet after every layer, and those
 * that are early spin: two on one CPU stand in each other's way for a scheduler's slice per layer,
 * which made frames of 650 ms out of 12. So where a pool has exactly as many threads as there are CPUs
 * in the caller's affinity mask, each gets one of them for the length of the run: the caller the one it
 * is on, which costs no migration, the workers the others. With more CPUs than threads nothing is
 * pinned: the scheduler has room, and pinning would take the free CPUs from it.
 *
 * Nothing outlives the run for the caller. Masks that change meanwhile (taskset, cpusets) are
 * respected at the next run. Linux only; elsewhere nothing happens. */
#include <glib.h>
#include <pthread.h>

#define TFC_PLACE_MAX 64 /* threads of a pool; more are not kept apart */

typedef struct TfcAffinity TfcAffinity;

/* The workers, without the caller; copied. They live as long as it is entered. */
TfcAffinity *tfc_affinity_new (const pthread_t *workers, guint n);
void tfc_affinity_free (TfcAffinity *affinity); /* NULL is allowed */
/* On the thread that is going to run, and after it. One run at a time. affinity NULL: nothing. */
void tfc_affinity_enter (TfcAffinity *affinity);
void tfc_affinity_leave (TfcAffinity *affinity);
