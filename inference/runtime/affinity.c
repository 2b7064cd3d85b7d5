/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/affinity.h"
#include "inference/pool.h"

#include <sched.h>
#include <string.h>

#ifdef __GLIBC__
static gboolean
other_cpus (cpu_set_t *mask, cpu_set_t *others)
{
  const gint here = sched_getcpu ();

  if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity (0, sizeof *mask, mask) != 0)
    return FALSE;
  *others = *mask;
  CPU_CLR (here, others);
  return CPU_COUNT (others) > 0;
}

static int
create_apart (pthread_t *thread, void *(*run) (void *data), void *data)
{
  cpu_set_t mask, others;
  pthread_attr_t how;
  int error;

  if (!other_cpus (&mask, &others))
    return pthread_create (thread, NULL, run, data);
  pthread_attr_init (&how);
  pthread_attr_setaffinity_np (&how, sizeof others, &others);
  error = pthread_create (thread, &how, run, data);
  pthread_attr_destroy (&how);
  if (error) /* a CPU just went away */
    return pthread_create (thread, NULL, run, data);
  pthread_setaffinity_np (*thread, sizeof mask, &mask);
  return 0;
}
#else
static int
create_apart (pthread_t *thread, void *(*run) (void *data), void *data)
{
  return pthread_create (thread, NULL, run, data);
}
#endif

gboolean
tfc_thread_start (pthread_t *thread, const gchar *name, void *(*run) (void *data), void *data)
{
  if (create_apart (thread, run, data) != 0)
    return FALSE;
#ifdef __GLIBC__
  pthread_setname_np (*thread, name);
#endif
  return TRUE;
}

#ifdef __linux__

struct TfcAffinity {
  guint n;
  pthread_t worker[TFC_PLACE_MAX];
  gboolean inside; /* the caller is pinned */
  gint home;       /* its CPU; the workers stand on the others of mask. -1: not placed yet */
  cpu_set_t mask;  /* the caller's own */
};

TfcAffinity *
tfc_affinity_new (const pthread_t *workers, guint n)
{
  TfcAffinity *affinity;

  if (n + 1 > TFC_PLACE_MAX)
    return NULL;
  affinity = g_new0 (TfcAffinity, 1);
  affinity->n = n;
  affinity->home = -1;
  memcpy (affinity->worker, workers, n * sizeof *workers);
  return affinity;
}

void
tfc_affinity_free (TfcAffinity *affinity)
{
  g_free (affinity);
}

static void
pin (pthread_t thread, gint cpu)
{
  cpu_set_t one;

  CPU_ZERO (&one);
  CPU_SET (cpu, &one);
  pthread_setaffinity_np (thread, sizeof one,
                          &one); /* a CPU that just went away: nothing changes */
}

static void
pin_workers (TfcAffinity *affinity, gint home)
{
  gint cpu = 0;

  for (guint i = 0; i < affinity->n; i++, cpu++) {
    while (!CPU_ISSET (cpu, &affinity->mask) || cpu == home)
      cpu++;
    pin (affinity->worker[i], cpu);
  }
  affinity->home = home;
}

/* The scheduler's again, within what the caller may use. */
static void
release_workers (TfcAffinity *affinity)
{
  for (guint i = 0; i < affinity->n; i++)
    pthread_setaffinity_np (affinity->worker[i], sizeof affinity->mask, &affinity->mask);
  affinity->home = -1;
}

void
tfc_affinity_enter (TfcAffinity *affinity)
{
  cpu_set_t mask;
  gboolean same;
  gint home;

  if (!affinity || sched_getaffinity (0, sizeof mask, &mask) != 0)
    return;
  same = CPU_EQUAL (&mask, &affinity->mask);
  affinity->mask = mask;
  home = sched_getcpu ();
  if ((guint)CPU_COUNT (&mask) != affinity->n + 1 || home < 0 || !CPU_ISSET (home, &mask)) {
    if (!same)
      release_workers (affinity);
    return;
  }
  pin (pthread_self (), home);
  affinity->inside = TRUE;
  if (!same || home != affinity->home)
    pin_workers (affinity, home);
}

void
tfc_affinity_leave (TfcAffinity *affinity)
{
  cpu_set_t now;

  if (!affinity || !affinity->inside)
    return;
  affinity->inside = FALSE;
  /* If somebody moved the caller meanwhile, that is what holds. */
  if (sched_getaffinity (0, sizeof now, &now) == 0 && CPU_COUNT (&now) == 1 &&
      CPU_ISSET (affinity->home, &now))
    sched_setaffinity (0, sizeof affinity->mask, &affinity->mask);
}

#else
TfcAffinity *
tfc_affinity_new (const pthread_t *workers, guint n)
{
  return NULL;
}

void
tfc_affinity_free (TfcAffinity *affinity)
{
}

void
tfc_affinity_enter (TfcAffinity *affinity)
{
}

void
tfc_affinity_leave (TfcAffinity *affinity)
{
}
#endif
