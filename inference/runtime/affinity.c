/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#define _GNU_SOURCE
#include "inference/runtime/affinity.h"
#include "inference/pool.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
/* FALSE: more CPUs than a cpu_set_t holds. */
static gboolean
process_mask (cpu_set_t *mask)
{
  cpu_set_t main_thread;

  if (sched_getaffinity (0, sizeof *mask, mask) != 0)
    return FALSE;
  if (sched_getaffinity (getpid (), sizeof main_thread, &main_thread) == 0)
    CPU_OR (mask, mask, &main_thread);
  return TRUE;
}

#endif

#if defined(__linux__) && defined(__GLIBC__)
static gboolean
other_cpus (cpu_set_t *mask, cpu_set_t *others)
{
  const gint here = sched_getcpu ();

  if (here < 0 || here >= CPU_SETSIZE || !process_mask (mask))
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
  cpu_set_t mask;   /* what the workers may use */
  cpu_set_t given;  /* what the first of them was given last */
  gint home;        /* the workers stand on the other CPUs of mask, one on each; -1: anywhere */
  gboolean inside;  /* the caller is pinned */
  cpu_set_t caller; /* its own mask */
};

guint
tfc_affinity_cpus (void)
{
  cpu_set_t mask;
  return process_mask (&mask) ? CPU_COUNT (&mask) : g_get_num_processors ();
}

static void
give (TfcAffinity *affinity, guint worker, const cpu_set_t *mask)
{
  if (pthread_setaffinity_np (affinity->worker[worker], sizeof *mask, mask) == 0 && worker == 0)
    affinity->given = *mask;
}

TfcAffinity *
tfc_affinity_new (const pthread_t *workers, guint n)
{
  TfcAffinity *affinity;
  cpu_set_t mask;

  if (n == 0 || n + 1 > TFC_PLACE_MAX || !process_mask (&mask))
    return NULL;
  affinity = g_new0 (TfcAffinity, 1);
  affinity->n = n;
  affinity->home = -1;
  affinity->mask = affinity->given = mask;
  memcpy (affinity->worker, workers, n * sizeof *workers);
  for (guint i = 0; i < n; i++)
    give (affinity, i, &mask);
  return affinity;
}

void
tfc_affinity_free (TfcAffinity *affinity)
{
  g_free (affinity);
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
pin_workers (TfcAffinity *affinity, gint home)
{
  gint cpu = 0;

  for (guint i = 0; i < affinity->n; i++, cpu++) {
    while (!CPU_ISSET (cpu, &affinity->mask) || cpu == home)
      cpu++;
    const cpu_set_t one = only (cpu);
    give (affinity, i, &one); /* a CPU that just went away: nothing changes */
  }
  affinity->home = home;
}

/* Anywhere within what they may use. */
static void
release_workers (TfcAffinity *affinity)
{
  for (guint i = 0; i < affinity->n; i++)
    give (affinity, i, &affinity->mask);
  affinity->home = -1;
}

/* Their mask is another than they were given: somebody changed all of them. */
static void
follow_change (TfcAffinity *affinity)
{
  cpu_set_t now;

  if (pthread_getaffinity_np (affinity->worker[0], sizeof now, &now) != 0 ||
      CPU_EQUAL (&now, &affinity->given))
    return;
  affinity->mask = affinity->given = now;
  affinity->home = -1;
}

static void
pin_caller (TfcAffinity *affinity, gint home)
{
  const cpu_set_t one = only (home);

  if (sched_getaffinity (0, sizeof affinity->caller, &affinity->caller) != 0 ||
      CPU_COUNT (&affinity->caller) == 1)
    return;
  affinity->inside = sched_setaffinity (0, sizeof one, &one) == 0;
}

void
tfc_affinity_enter (TfcAffinity *affinity)
{
  gint home;

  if (!affinity)
    return;
  follow_change (affinity);
  home = sched_getcpu ();
  if ((guint)CPU_COUNT (&affinity->mask) != affinity->n + 1 || home < 0 ||
      !CPU_ISSET (home, &affinity->mask)) {
    if (affinity->home >= 0)
      release_workers (affinity);
    return;
  }
  pin_caller (affinity, home);
  if (home != affinity->home)
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
    sched_setaffinity (0, sizeof affinity->caller, &affinity->caller);
}

#else
guint
tfc_affinity_cpus (void)
{
  return g_get_num_processors ();
}

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
