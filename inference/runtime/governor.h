/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Whether a network's next run should use the pool's workers or the calling thread alone.
 *
 * On an idle machine workers always pay. Beside other busy processes they may not: the threads meet after
 * every layer, so each layer waits for whichever of them the scheduler has put aside, and a run can take
 * ten times as long as one thread alone would. No setting fits both, so runs are timed. After the first eight
 * a few are made alone, as runs that are slow from the start look steady. Then, while runs with
 * workers take about as long as the best of them did, undisturbed, or less than the best alone, nothing is
 * tried. When they become unsteady a few runs are made alone, then, unless that was clear, two with workers
 * again, and whoever was faster goes on. From time to time the other gets another try, after pauses that
 * double from one second to half a minute while it loses. Workers get theirs only while the calling thread
 * is left undisturbed, or after more than a minute: a trial while the machine is busy is a frame that comes late.
 *
 * Pure: time comes from outside. One per network, no lock. */
#include <glib.h>

typedef struct {
  gboolean alone; /* the answer: read before each run */
  /*< private >*/
  gboolean candidate;   /* whose trial it is, alone's or the workers' */
  guint trial;          /* runs left of a trial, or of one half of it */
  guint first;          /* runs left before the first trial; 0: it is over */
  gboolean is_first;    /* this trial is that */
  guint unsteady;       /* evidence */
  guint quiet;          /* runs on end in which the calling thread was not put aside */
  gint64 best, best_alone; /* with workers, alone, ns; 0: none yet */
  gint64 mean[2];       /* recent runs with workers, alone; 0: none yet */
  gint64 next, pause;   /* when something may be tried again; ns */
} TfcGovernor;

/* first_trial FALSE: for a network whose runs alone take something that is not there yet (memory for a second copy of
 * its weights), which wait for a reason. */
void tfc_governor_init (TfcGovernor *governor, gboolean first_trial);
/* After each run as governor->alone said: when it ended and how long it took, in ns of one clock, and how often
 * the calling thread was put aside for others meanwhile. */
void tfc_governor_ran (TfcGovernor *governor, gint64 now, gint64 took, guint preempted);
