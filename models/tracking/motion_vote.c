/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_vote.h"

#define KEPT 0.95f /* of all weights with each vote: some twenty count */

void
tfc_motion_vote_add (TfcMotionVote *v, gint class_id, gfloat score)
{
  guint slot = 0;
  for (guint i = 0; i < TFC_MOTION_CLASSES; i++) {
    v->weight[i] *= KEPT;
    if (v->weight[i] < v->weight[slot])
      slot = i;
  }
  for (guint i = 0; i < TFC_MOTION_CLASSES; i++) {
    if (v->weight[i] > 0 && v->class_id[i] == class_id) {
      v->weight[i] += score;
      return;
    }
  }
  v->class_id[slot] = class_id;
  v->weight[slot] = score;
}

gint
tfc_motion_vote_class (const TfcMotionVote *v)
{
  guint best = 0;
  for (guint i = 1; i < TFC_MOTION_CLASSES; i++) {
    if (v->weight[i] > v->weight[best])
      best = i;
  }
  return v->class_id[best];
}

gfloat
tfc_motion_vote_share (const TfcMotionVote *v, gint class_id)
{
  gfloat sum = 0, mine = 0;
  for (guint i = 0; i < TFC_MOTION_CLASSES; i++) {
    sum += v->weight[i];
    if (v->class_id[i] == class_id)
      mine += v->weight[i];
  }
  return sum > 0 ? mine / sum : 0;
}
