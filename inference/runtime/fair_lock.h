/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* A lock that is given in the order in which it was asked for: nobody who shares an engine or a
 * pool with a busier one starves. Held for a whole run of a network (milliseconds), so waiting is
 * sleeping. Allocates nothing, also while waiting. Not recursive. */
#include <glib.h>

typedef struct {
  GMutex lock;
  gboolean taken;
  GQueue waiting; /* its links lie on the stacks of those who wait */
} TfcFairLock;

void tfc_fair_lock_init (TfcFairLock *turn);
void tfc_fair_lock_clear (TfcFairLock *turn); /* nobody holds it or waits */
void tfc_fair_lock_acquire (TfcFairLock *turn);  /* by any thread; waits */
void tfc_fair_lock_release (TfcFairLock *turn);  /* by the one that took it; whoever waits longest has it now */
/* How many wait at this moment. */
guint tfc_fair_lock_waiting (TfcFairLock *turn);
