/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Anchors by the rules that detectors are trained with. .tflite files that end in the post-process op
 * bring their own; these serve networks that do not. Pure, but for the memory of what they return. */
#include "models/detection/box_coder.h"

#define TFC_ANCHORS_MAX (1 << 20) /* boxes of one network */
#define TFC_ANCHORS_LEVELS 16
#define TFC_ANCHORS_RATIOS 16

/* Which rule. */
typedef enum {
  /* "ssd_anchor_generator" of the TF Object Detection API: level i of scale s[i]; a box for each
   * aspect ratio, and one of sqrt (s[i] s[i+1]). Centres at (cell + 0.5) / cells. */
  TFC_ANCHORS_SSD,
  /* "multiscale_anchor_generator" of the same (FPN, FPNLite, RetinaNet): level l has a cell every 2^l
   * pixels and boxes of anchor_scale 2^l 2^(octave / scales_per_octave); ratios outside, octaves
   * inside. Centres are half a cell in where the level's cells divide the side, else 0. */
  TFC_ANCHORS_MULTISCALE,
  /* EfficientDet's own: centres at (cell + 0.5) / cells, sizes follow the true distance of cells;
   * octaves outside, ratios inside. */
  TFC_ANCHORS_EFFICIENTDET,
} TfcAnchorRule;

typedef struct {
  TfcAnchorRule rule;
  guint width, height; /* of the network's picture */
  gfloat ratios[TFC_ANCHORS_RATIOS]; /* width : height */
  guint n_ratios;
  /* SSD: */
  guint n_layers;                    /* 6 */
  gdouble min_scale, max_scale;      /* 0.2, 0.95; where there are no scales */
  gfloat scales[TFC_ANCHORS_LEVELS]; /* n_layers of them, if n_scales is not 0 */
  guint n_scales;
  gdouble interpolated_ratio;        /* 1; 0: no such box */
  gboolean reduce_lowest;            /* three boxes in level 0: (0.1, 1), (s, 2), (s, 0.5) */
  gdouble base_width, base_height;   /* 1, 1 */
  guint maps[TFC_ANCHORS_LEVELS][2]; /* rows and columns; 0: by the first level's stride */
  guint first_stride;                /* 16: pixels a cell; doubles from level to level */
  /* MULTISCALE, EFFICIENTDET: */
  guint min_level, max_level, octaves; /* 3, 7, 2 */
  gdouble anchor_scale;                /* 4 */
} TfcAnchorPlan;

/* The defaults of the rule's own configuration. */
TfcAnchorPlan tfc_anchor_plan (TfcAnchorRule rule, guint width, guint height);
/* In the order level, row, column, box of the cell; *n of them. g_free. NULL if the plan is impossible
 * or makes more than TFC_ANCHORS_MAX. */
TfcAnchor *tfc_anchors_make (const TfcAnchorPlan *plan, guint *n);
