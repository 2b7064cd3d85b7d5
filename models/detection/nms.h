/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Non-maximum suppression. Pure; no allocation. */
#include "models/result/result.h"

/* A candidate before suppression; index orders equal scores (lower first). */
typedef struct {
  gfloat score;
  guint index; /* anchor */
  gint class_id;
  TfcBox box;
} TfcCandidate;

/* Hard NMS over all classes together. candidates (n of them, any order, no NaN) are
 * reordered in place; the first *return value* entries are then the survivors, best first, at most
 * max. A box goes when its IoU with a better survivor is >= iou_threshold (so 0 leaves one box). The
 * cost follows the survivors that are asked for: what comes after them is never sorted. */
guint tfc_nms (TfcCandidate *candidates, guint n, gfloat iou_threshold, guint max);
/* The same for each class by itself. */
guint tfc_nms_by_class (TfcCandidate *candidates, guint n, gfloat iou_threshold, guint max);
