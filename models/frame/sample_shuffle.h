/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: one load of an axis-aligned map as byte shuffles. Where target pixels lie
 * close together in the source row, sixteen of them are within a few vector registers, and
 * shuffling their samples out of these beats visiting them one by one. Which byte goes where is the
 * same for all rows: a plan. */
#include "models/frame/sample_load.h"

#define TFC_SHUFFLE_PIXELS 16
#define TFC_SHUFFLE_PAIRS 4 /* pairs of registers, 128 bytes each, that sixteen pixels may lie in */

/* Sixteen target pixels. The bytes of their samples, left and right, are gathered into a word a
 * pixel: left, right of one; left, left, right, right of two (two components, or the lower and the
 * upper half of one of two bytes); the left ones and, in a second word, the right ones of three or
 * four. */
typedef struct {
  guint8 byte_index[2][4 * TFC_SHUFFLE_PIXELS]; /* by word: each byte's distance from first, modulo 256 */
  guint64 select_mask[2][TFC_SHUFFLE_PAIRS];      /* by word: which of these lie in that pair, a bit each */
  guint64 load_mask[TFC_SHUFFLE_PAIRS][2];     /* which bytes may be read, a bit each */
  gint32 first;                         /* bytes from the row's base */
  gboolean whole; /* all that load_mask says is read, as far as the plan's pairs go */
} __attribute__ ((aligned (64))) TfcShuffleBlock;

struct TfcShuffle {
  TfcShuffleBlock
      *block;         /* the caller's, tfc_shuffle_blocks (width) of them, on a boundary of 64 bytes */
  guint n_components; /* 1..3 */
  guint n_bytes;      /* as many, or of samples of two bytes twice as many, at most 4 */
  guint8 byte[4][2];  /* by byte and side: where it is, from its pixel's offset */
  guint8 shift;       /* of samples of two bytes, as in TfcSampleLane */
  guint32 mask;
  guint n_pairs;      /* 0: they lie too far apart */
  guint lines; /* cache lines from one block's pixels to the next block's, rounded up */
};

guint tfc_shuffle_blocks (guint width);

/* What load f of plan reads; next: bytes to the right neighbours. FALSE if that is too much. */
gboolean tfc_shuffle_bytes (TfcShuffle *shuffle, const TfcSampleLoadPlan *plan, guint f, gint next);
/* Fills blocks and n_pairs from the rest. offset[n]: bytes from the row's base to each pixel. Nothing
 * before the lowest of all the samples and behind the highest will be read. */
void tfc_shuffle_plan (TfcShuffle *shuffle, const gint32 *offset, guint n);
