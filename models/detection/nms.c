/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/nms.h"
#include "models/detection/box_coder.h"

static inline gboolean
better (const TfcCandidate *a, const TfcCandidate *b)
{
  return a->score > b->score || (a->score == b->score && a->index < b->index);
}

static inline void
swap (TfcCandidate *a, TfcCandidate *b)
{
  TfcCandidate t = *a;
  *a = *b;
  *b = t;
}

/* Lets heap[i] sink until no child of it is better. */
static void
sink (TfcCandidate *heap, guint n, guint i)
{
  for (guint child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && better (&heap[child + 1], &heap[child]))
      child++;
    if (!better (&heap[child], &heap[i]))
      return;
    swap (&heap[child], &heap[i]);
  }
}

static gboolean
overlaps_any (const TfcCandidate *c, const TfcCandidate *kept, guint n, gfloat threshold,
              gboolean by_class)
{
  for (guint i = 0; i < n; i++)
    if ((!by_class || c->class_id == kept[i].class_id) &&
        tfc_box_iou (&c->box, &kept[i].box) >= threshold)
      return TRUE;
  return FALSE;
}

static guint
suppress (TfcCandidate *candidates, guint n, gfloat iou_threshold, guint max, gboolean by_class)
{
  guint heap = n, kept = 0;

  for (guint i = n / 2; i-- > 0;)
    sink (candidates, n, i);
  /* The heap shrinks from its end, the survivors grow down from there. */
  while (heap > 0 && kept < max) {
    TfcCandidate best = candidates[0];
    candidates[0] = candidates[--heap];
    sink (candidates, heap, 0);
    if (!overlaps_any (&best, &candidates[n - kept], kept, iou_threshold, by_class))
      candidates[n - ++kept] = best;
  }
  for (guint i = 0; i < n / 2; i++)
    swap (&candidates[i], &candidates[n - 1 - i]);
  return kept;
}

guint
tfc_nms (TfcCandidate *candidates, guint n, gfloat iou_threshold, guint max)
{
  return suppress (candidates, n, iou_threshold, max, FALSE);
}

guint
tfc_nms_by_class (TfcCandidate *candidates, guint n, gfloat iou_threshold, guint max)
{
  return suppress (candidates, n, iou_threshold, max, TRUE);
}
