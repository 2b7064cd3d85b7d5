/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/runtime/fair_lock.h"

typedef struct {
  GCond cond;
  gboolean mine;
} Waiter;

void
tfc_fair_lock_init (TfcFairLock *turn)
{
  *turn = (TfcFairLock){.waiting = G_QUEUE_INIT};
  g_mutex_init (&turn->lock);
}

void
tfc_fair_lock_clear (TfcFairLock *turn)
{
  g_mutex_clear (&turn->lock);
}

static void
wait_for_it (TfcFairLock *turn)
{
  Waiter self = {.mine = FALSE};
  GList link = {.data = &self};

  g_cond_init (&self.cond);
  g_queue_push_tail_link (&turn->waiting, &link);
  while (!self.mine)
    g_cond_wait (&self.cond, &turn->lock);
  g_cond_clear (&self.cond);
}

void
tfc_fair_lock_acquire (TfcFairLock *turn)
{
  g_mutex_lock (&turn->lock);
  if (turn->taken)
    wait_for_it (turn);
  turn->taken = TRUE;
  g_mutex_unlock (&turn->lock);
}

void
tfc_fair_lock_release (TfcFairLock *turn)
{
  GList *link;

  g_mutex_lock (&turn->lock);
  link = g_queue_pop_head_link (&turn->waiting);
  if (link) { /* it stays taken: nobody who comes now gets ahead */
    Waiter *next = link->data;
    next->mine = TRUE;
    g_cond_signal (&next->cond);
  } else {
    turn->taken = FALSE;
  }
  g_mutex_unlock (&turn->lock);
}

guint
tfc_fair_lock_waiting (TfcFairLock *turn)
{
  guint n;

  g_mutex_lock (&turn->lock);
  n = turn->waiting.length;
  g_mutex_unlock (&turn->lock);
  return n;
}
