/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/pool.h"

typedef struct {
  GCond cond;
  gboolean mine;
} Waiter;

void
tfc_fair_lock_init (TfcFairLock *lock)
{
  *lock = (TfcFairLock){.waiting = G_QUEUE_INIT};
  g_mutex_init (&lock->mutex);
}

void
tfc_fair_lock_clear (TfcFairLock *lock)
{
  g_mutex_clear (&lock->mutex);
}

static void
wait_for_it (TfcFairLock *lock)
{
  Waiter self = {.mine = FALSE};
  GList link = {.data = &self};

  g_cond_init (&self.cond);
  g_queue_push_tail_link (&lock->waiting, &link);
  while (!self.mine)
    g_cond_wait (&self.cond, &lock->mutex);
  g_cond_clear (&self.cond);
}

void
tfc_fair_lock_acquire (TfcFairLock *lock)
{
  g_mutex_lock (&lock->mutex);
  if (lock->taken)
    wait_for_it (lock);
  lock->taken = TRUE;
  g_mutex_unlock (&lock->mutex);
}

void
tfc_fair_lock_release (TfcFairLock *lock)
{
  GList *link;

  g_mutex_lock (&lock->mutex);
  link = g_queue_pop_head_link (&lock->waiting);
  if (link) { /* it stays taken: nobody who comes now gets ahead */
    Waiter *next = link->data;
    next->mine = TRUE;
    g_cond_signal (&next->cond);
  } else {
    lock->taken = FALSE;
  }
  g_mutex_unlock (&lock->mutex);
}

guint
tfc_fair_lock_waiting (TfcFairLock *lock)
{
  guint n;

  g_mutex_lock (&lock->mutex);
  n = lock->waiting.length;
  g_mutex_unlock (&lock->mutex);
  return n;
}
