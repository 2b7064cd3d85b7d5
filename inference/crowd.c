/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "crowd.h"

#define SECOND G_GINT64_CONSTANT (1000000000)
#define PAUSE_MAX (32 * SECOND)
#define TRIAL_ALONE 4   /* runs; the first may have to pack weights and does not count */
#define TRIAL_WORKERS 2 /* runs; one that is far too slow is enough */
#define EVIDENCE 4      /* a run half as long again as the best counts 1, four times as long 4 */
#define QUIET 8         /* runs */
#define PREEMPTED 2     /* what being put aside once counts */

void
tfc_crowd_init (TfcCrowd *c)
{
  *c = (TfcCrowd){.pause = SECOND};
}

static void
note (gint64 *mean, gint64 took)
{
  *mean = *mean ? *mean + (took - *mean) / 4 : took;
}

static guint
weigh (const TfcCrowd *c, gint64 took, guint preempted)
{
  const guint slow = took > 4 * c->best ? EVIDENCE : took > c->best + c->best / 2 ? 1 : 0;
  return MAX (slow, MIN (preempted * PREEMPTED, EVIDENCE));
}

static void
begin_trial (TfcCrowd *c, gboolean alone)
{
  c->alone = alone;
  c->trial = alone ? TRIAL_ALONE : TRIAL_WORKERS;
  c->mean[alone] = 0;
}

/* The faster of the two goes on. Who lost a trial waits for the next one, longer each time. */
static void
settle (TfcCrowd *c, gint64 now)
{
  const gboolean was_alone = c->alone;

  c->alone = c->mean[TRUE] < c->mean[FALSE];
  c->unsteady = c->trial = 0;
  c->pause = c->alone == was_alone ? SECOND : MIN (c->pause * 2, PAUSE_MAX);
  c->next = now + c->pause;
}

static void
watch (TfcCrowd *c, gint64 now, gint64 took, guint preempted)
{
  const guint weight = weigh (c, took, preempted);

  if (weight)
    c->unsteady += weight;
  else if (c->unsteady)
    c->unsteady--;
  if (c->unsteady >= EVIDENCE && (now >= c->next || took > 4 * c->best))
    begin_trial (c, TRUE);
}

static gboolean
workers_may_try (const TfcCrowd *c, gint64 now)
{
  return now >= c->next && (c->quiet >= QUIET || now >= c->next + 2 * PAUSE_MAX);
}

void
tfc_crowd_ran (TfcCrowd *c, gint64 now, gint64 took, guint preempted)
{
  c->quiet = preempted ? 0 : c->quiet + 1;
  if (!c->alone || c->trial != TRIAL_ALONE)
    note (&c->mean[c->alone], took);
  if (!c->alone)
    c->best = c->best ? MIN (c->best, took) : took;
  if (c->trial) {
    const gboolean lost = !c->alone && c->mean[TRUE] && took > 2 * c->mean[TRUE];
    if (--c->trial == 0 || lost)
      settle (c, now);
  } else if (!c->alone) {
    watch (c, now, took, preempted);
  } else if (workers_may_try (c, now)) {
    begin_trial (c, FALSE);
  }
}
