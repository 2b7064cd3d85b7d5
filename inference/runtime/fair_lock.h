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
} TfcTurn;

void tfc_turn_init (TfcTurn *turn);
void tfc_turn_clear (TfcTurn *turn); /* nobody holds it or waits */
void tfc_turn_take (TfcTurn *turn);  /* by any thread; waits */
void tfc_turn_give (TfcTurn *turn);  /* by the one that took it; whoever waits longest has it now */
/* How many wait at this moment. */
guint tfc_turn_waiting (TfcTurn *turn);
