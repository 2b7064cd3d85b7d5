/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/blink.h"

#define MS G_GUINT64_CONSTANT (1000000)
#define FRAME (33 * MS)
#define JUMP (1000 * MS)
#define SHORTEST (50 * MS)
#define LONGEST (500 * MS)
#define CLOSES_AT 0.5f
#define OPENS_AT 0.7f
#define USUAL_RISES 0.3f /* of the difference, a frame */
#define USUAL_FALLS 0.01f
#define LEAST_USUAL 0.2f /* eyes that were never seen open say nothing */

static guint64
elapsed (const TfcBlink *state, guint64 pts)
{
  if (pts == G_MAXUINT64 || state->pts == G_MAXUINT64)
    return FRAME;
  return pts > state->pts && pts - state->pts <= JUMP ? pts - state->pts : 0;
}

static void
learn_usual (TfcBlink *state, gfloat openness)
{
  const gfloat step = openness > state->usual ? USUAL_RISES : USUAL_FALLS;
  if (state->usual == 0)
    state->usual = openness;
  else if (!state->closed)
    state->usual += step * (openness - state->usual);
}

void
tfc_blink_update (TfcBlink *state, gfloat openness, guint64 pts)
{
  const guint64 time = elapsed (state, pts);
  state->pts = pts;
  if (!(openness >= 0 && openness <= 1))
    return;
  if (time == 0 && state->closed) {
    state->closed = FALSE;
    state->closed_for = 0;
  }
  if (state->closed && openness > OPENS_AT * state->usual) {
    state->closed_for += time;
    state->count += state->closed_for >= SHORTEST && state->closed_for <= LONGEST;
    state->closed = FALSE;
  } else if (state->closed) {
    state->closed_for += time;
  } else if (state->usual >= LEAST_USUAL && openness < CLOSES_AT * state->usual) {
    state->closed = TRUE;
    state->closed_for = 0;
  }
  learn_usual (state, openness);
}
