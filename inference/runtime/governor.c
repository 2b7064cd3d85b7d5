/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/runtime/governor.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define PAUSE_MAX (32 * SECOND)
#define FIRST_TRIAL 8   /* runs before it */
#define TRIAL_ALONE 4   /* runs; the first finds cold caches and does not count */
#define TRIAL_WORKERS 2 /* runs; one that is far too slow is enough */
#define EVIDENCE 4      /* a slow run counts 1, one four times as long as the best 4 */
#define QUIET 8         /* runs */
#define PREEMPTED 2     /* what being put aside once counts */

void
tfc_governor_init (TfcGovernor *c, gboolean first_trial)
{
  *c = (TfcGovernor){.pause = SECOND, .first = first_trial ? FIRST_TRIAL : 0};
}

static void
note (gint64 *mean, gint64 took)
{
  *mean = *mean ? *mean + (took - *mean) / 4 : took;
}

static void
keep_least (gint64 *best, gint64 took)
{
  *best = *best ? MIN (*best, took) : took;
}

/* From where on a run is slow: half as long again as the best. Nor is there anything to be won
 * while it is shorter than the best alone was, as far as that can be trusted: it was perhaps made
 * while the machine was busy. */
static gint64
limit (const TfcGovernor *c)
{
  return MAX (c->best + c->best / 2, MIN (c->best_alone, 2 * c->best));
}

static guint
weigh (const TfcGovernor *c, gint64 took, guint preempted)
{
  const guint slow = took > 4 * c->best ? EVIDENCE : took > limit (c) ? 1 : 0;
  return c->best_alone && !slow ? 0 : MAX (slow, MIN (preempted * PREEMPTED, EVIDENCE));
}

static void
begin_runs (TfcGovernor *c, gboolean alone)
{
  c->alone = alone;
  c->trial = alone ? TRIAL_ALONE : TRIAL_WORKERS;
  c->mean[alone] = 0;
}

static void
begin_trial (TfcGovernor *c, gboolean alone)
{
  c->first = 0;
  c->candidate = alone;
  begin_runs (c, alone);
}

/* The faster of the two goes on. A candidate that lost waits for the next trial, longer each time.
 */
static void
settle (TfcGovernor *c, gint64 now)
{
  c->alone = c->mean[TRUE] < c->mean[FALSE];
  c->unsteady = c->trial = 0;
  c->pause = c->alone == c->candidate || c->is_first ? SECOND : MIN (c->pause * 2, PAUSE_MAX);
  c->next = c->is_first && !c->alone ? 0 : now + c->pause;
  c->is_first = FALSE;
}

/* Slow runs were the reason for the trial, so workers are heard once more: what slowed them may be
 * over. Not where it is clear; among the first runs were the very first, which are slow anyway. */
static void
end_runs (TfcGovernor *c, gint64 now)
{
  const gboolean clear = c->mean[FALSE] >= 2 * c->mean[TRUE] && !c->is_first;
  if (c->alone && c->mean[TRUE] < c->mean[FALSE] && !clear)
    begin_runs (c, FALSE);
  else
    settle (c, now);
}

/* Runs that are all slow look steady: so alone is tried once, whatever they were like. What comes
 * of it says nothing about later trials. */
static void
begin_first_trial (TfcGovernor *c)
{
  begin_trial (c, TRUE);
  c->is_first = TRUE;
}

static void
watch (TfcGovernor *c, gint64 now, gint64 took, guint preempted)
{
  const guint weight = weigh (c, took, preempted);

  if (weight)
    c->unsteady += weight;
  else if (c->unsteady)
    c->unsteady--;
  if (c->first && --c->first == 0)
    begin_first_trial (c);
  else if (c->unsteady >= EVIDENCE && (now >= c->next || took > 4 * c->best))
    begin_trial (c, TRUE);
}

static gboolean
workers_may_try (const TfcGovernor *c, gint64 now)
{
  return now >= c->next && (c->quiet >= QUIET || now >= c->next + 2 * PAUSE_MAX);
}

void
tfc_governor_ran (TfcGovernor *c, gint64 now, gint64 took, guint preempted)
{
  c->quiet = preempted ? 0 : c->quiet + 1;
  keep_least (c->alone ? &c->best_alone : &c->best, took);
  if (c->trial && !c->alone)
    keep_least (&c->mean[FALSE], took); /* the first one has to wake them */
  else if (!c->alone || c->trial != TRIAL_ALONE)
    note (&c->mean[c->alone], took);
  if (c->trial) {
    const gboolean lost = !c->alone && c->mean[TRUE] && took > 2 * c->mean[TRUE];
    if (--c->trial == 0 || lost)
      end_runs (c, now);
  } else if (!c->alone) {
    watch (c, now, took, preempted);
  } else if (workers_may_try (c, now)) {
    begin_trial (c, FALSE);
  }
}
