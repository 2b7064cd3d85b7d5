/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "turn.h"

struct TfcTurnWaiter {
  GCond cond;
  gboolean mine;
  TfcTurnWaiter *next;
};

void
tfc_turn_init (TfcTurn *turn)
{
  *turn = (TfcTurn){.taken = FALSE};
  g_mutex_init (&turn->lock);
  turn->last = &turn->first;
}

void
tfc_turn_clear (TfcTurn *turn)
{
  g_mutex_clear (&turn->lock);
}

static void
wait_for_it (TfcTurn *turn)
{
  TfcTurnWaiter self = {.mine = FALSE};

  g_cond_init (&self.cond);
  *turn->last = &self;
  turn->last = &self.next;
  turn->n_waiting++;
  while (!self.mine)
    g_cond_wait (&self.cond, &turn->lock);
  g_cond_clear (&self.cond);
}

void
tfc_turn_take (TfcTurn *turn)
{
  g_mutex_lock (&turn->lock);
  if (turn->taken)
    wait_for_it (turn);
  turn->taken = TRUE;
  g_mutex_unlock (&turn->lock);
}

void
tfc_turn_give (TfcTurn *turn)
{
  TfcTurnWaiter *next;

  g_mutex_lock (&turn->lock);
  next = turn->first;
  if (next) { /* it stays taken: nobody who comes now gets ahead */
    turn->first = next->next;
    if (!turn->first)
      turn->last = &turn->first;
    turn->n_waiting--;
    next->mine = TRUE;
    g_cond_signal (&next->cond);
  } else {
    turn->taken = FALSE;
  }
  g_mutex_unlock (&turn->lock);
}

guint
tfc_turn_waiting (TfcTurn *turn)
{
  guint n;

  g_mutex_lock (&turn->lock);
  n = turn->n_waiting;
  g_mutex_unlock (&turn->lock);
  return n;
}
