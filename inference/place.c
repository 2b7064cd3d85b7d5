/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE
#include "place.h"

#ifdef __linux__
#include <sched.h>
#include <string.h>

struct TfcPlace {
  guint n;
  pthread_t worker[TFC_PLACE_MAX];
  gboolean inside; /* the caller is pinned */
  gint home;       /* its CPU; the workers stand on the others of mask. -1: not placed yet */
  cpu_set_t mask;  /* the caller's own */
};

TfcPlace *
tfc_place_new (const pthread_t *workers, guint n)
{
  TfcPlace *place;

  if (n + 1 > TFC_PLACE_MAX)
    return NULL;
  place = g_new0 (TfcPlace, 1);
  place->n = n;
  place->home = -1;
  memcpy (place->worker, workers, n * sizeof *workers);
  return place;
}

void
tfc_place_free (TfcPlace *place)
{
  g_free (place);
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
pin_workers (TfcPlace *place, gint home)
{
  gint cpu = 0;

  for (guint i = 0; i < place->n; i++, cpu++) {
    while (!CPU_ISSET (cpu, &place->mask) || cpu == home)
      cpu++;
    pin (place->worker[i], cpu);
  }
  place->home = home;
}

/* The scheduler's again, within what the caller may use. */
static void
release_workers (TfcPlace *place)
{
  for (guint i = 0; i < place->n; i++)
    pthread_setaffinity_np (place->worker[i], sizeof place->mask, &place->mask);
  place->home = -1;
}

void
tfc_place_enter (TfcPlace *place)
{
  cpu_set_t mask;
  gboolean same;
  gint home;

  if (!place || sched_getaffinity (0, sizeof mask, &mask) != 0)
    return;
  same = CPU_EQUAL (&mask, &place->mask);
  place->mask = mask;
  home = sched_getcpu ();
  if ((guint)CPU_COUNT (&mask) != place->n + 1 || home < 0 || !CPU_ISSET (home, &mask)) {
    if (!same)
      release_workers (place);
    return;
  }
  pin (pthread_self (), home);
  place->inside = TRUE;
  if (!same || home != place->home)
    pin_workers (place, home);
}

void
tfc_place_leave (TfcPlace *place)
{
  cpu_set_t now;

  if (!place || !place->inside)
    return;
  place->inside = FALSE;
  /* If somebody moved the caller meanwhile, that is what holds. */
  if (sched_getaffinity (0, sizeof now, &now) == 0 && CPU_COUNT (&now) == 1 &&
      CPU_ISSET (place->home, &now))
    sched_setaffinity (0, sizeof place->mask, &place->mask);
}

#else
TfcPlace *
tfc_place_new (const pthread_t *workers, guint n)
{
  return NULL;
}

void
tfc_place_free (TfcPlace *place)
{
}

void
tfc_place_enter (TfcPlace *place)
{
}

void
tfc_place_leave (TfcPlace *place)
{
}
#endif
