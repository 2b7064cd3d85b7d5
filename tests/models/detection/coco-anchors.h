/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The anchors of the COCO-SSD family: 300 x 300, maps of 19 10 5 3 2 1 cells a side. */
#include <string.h>
#include "models/detection/anchors.h"

#define COCO_ANCHORS 1917

static inline void
coco_anchors (TfcAnchor *to)
{
  static const gfloat ratios[] = {1, 2, 0.5f, 3, 0.3333f};
  TfcAnchorPlan plan = tfc_anchor_plan (TFC_ANCHORS_SSD, 300, 300);
  guint n = 0;

  memcpy (plan.ratios, ratios, sizeof ratios);
  plan.n_ratios = G_N_ELEMENTS (ratios);
  TfcAnchor *anchors = tfc_anchors_make (&plan, &n);
  g_assert_cmpuint (n, ==, COCO_ANCHORS);
  memcpy (to, anchors, n * sizeof *to);
  g_free (anchors);
}
