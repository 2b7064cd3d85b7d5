/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* An SSD's two raw outputs -> candidates for suppression. Works on the outputs as they stand,
 * quantised or float: the threshold is turned into the scores' own steps, each anchor's row is tested
 * against it, and only what passes is dequantised and decoded. Pure; no allocation. */
#include "models/detection/box_coder.h"
#include "inference/error.h"
#include "models/detection/nms.h"
#include "inference/tensor.h"

typedef struct {
  /* [.., n, .., 4] and [.., n, columns] with any dimensions of 1 besides, float32, uint8 or int8
   * (per-tensor quantised). Borrowed; data may be NULL at init. */
  const TfcTensor *boxes, *scores;
  const TfcAnchor *anchors; /* [n] borrowed; NULL: boxes are corners (ymin, xmin, ymax, xmax) already */
  TfcBoxScales scales;      /* ignored without anchors */
  guint first;              /* columns before the first class: 1 if the background has one, else 0 */
  gint first_id;            /* class id of column first */
  gboolean logits;          /* scores are to go through a sigmoid */
  guint n, columns;         /* filled by init */
  guint base;               /* what candidates' index counts from: boxes of the levels before */
  gfloat *softmax;          /* [n * columns] room if rows are to go through a softmax, else NULL; borrowed */
} TfcDecoder;

/* Checks everything that the hot path relies on, finite anchors and sound scales included. FALSE
 * with error set (UNSUPPORTED or FORMAT, saying what was expected). Fill the other fields before. */
gboolean tfc_decoder_init (TfcDecoder *decoder, GError **error);

/* Writes the candidates with score > threshold (0..1), one per anchor at most, in the order of the anchors,
 * to out (room for n); returns how many. Per anchor the best class counts, of equals the first.
 * wanted: by class id, 0 ignores the class; covers first_id + columns - first entries; NULL: all.
 * Of logits the greatest counts, also where float32's sigmoid no longer tells two apart.
 * Scores and boxes that are not finite are dropped. */
guint tfc_decode (const TfcDecoder *decoder, gfloat threshold, const guint8 *wanted,
                  TfcCandidate *out);
