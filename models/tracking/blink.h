/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Blinks of one face from how far its eyes are open over time. Eyes differ, so that "closed" is less than half of what
 * is usual for this face, and "open" more than seven tenths. Both eyes count together: who looks aside shows one
 * badly. Closed for 50 to 500 ms is a blink (shorter: a slip of the mesh; longer: eyes closed on purpose, or asleep).
 * At less than some 10 frames a second blinks fall between frames. */
#include <glib.h>

typedef struct {
  gfloat usual;   /* openness of the open eyes, 0..1; 0: not known yet */
  gboolean closed;
  guint64 pts;    /* of the last frame, nanoseconds */
  guint64 closed_for; /* nanoseconds so far */
  guint count;
} TfcBlink;

/* openness: mean of both eyes, 0..1. pts as tfc_one_euro's: G_MAXUINT64 is a frame of 1/30 s; a jump back, or of more
 * than a second, counts as no time and ends what was begun. Afterwards state->closed and state->count are those of
 * this frame. */
void tfc_blink_update (TfcBlink *state, gfloat openness, guint64 pts);
