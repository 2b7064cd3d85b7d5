/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Internal to models/frame: one fetch of a level map as byte shuffles. Where target pixels lie
 * close together in the source row, sixteen of them are within a few vector registers, and
 * shuffling their samples out of these beats visiting them one by one. Which byte goes where is the
 * same for all rows: a plan. */
#include "models/frame/sample_load.h"

#define TFC_PICK_PIXELS 16
#define TFC_PICK_PARTS 4 /* of 128 bytes (two registers) each, that sixteen pixels may lie in */

/* Sixteen target pixels. The bytes of their samples, left and right, are gathered into a word a
 * pixel: left, right of one; left, left, right, right of two (two components, or the lower and the
 * upper half of one of two bytes); the left ones and, in a second word, the right ones of three or
 * four. */
typedef struct {
  guint8 place[2][4 * TFC_PICK_PIXELS]; /* by word: each byte's distance from first, modulo 256 */
  guint64 mine[2][TFC_PICK_PARTS];      /* by word: which of these lie in that part, a bit each */
  guint64 there[TFC_PICK_PARTS][2];     /* which bytes may be read, a bit each */
  gint32 first;                         /* bytes from the row's base */
  gboolean whole; /* all that there says is read, as far as the plan's parts go */
} __attribute__ ((aligned (64))) TfcShuffleBlock;

struct TfcShuffle {
  TfcShuffleBlock
      *block;         /* the caller's, tfc_shuffle_blocks (width) of them, on a boundary of 64 bytes */
  guint n_components; /* 1..3 */
  guint n_bytes;      /* as many, or of samples of two bytes twice as many, at most 4 */
  guint8 byte[4][2];  /* by byte and side: where it is, from its pixel's offset */
  guint8 shift;       /* of samples of two bytes, as in TfcSampleLane */
  guint32 mask;
  guint parts; /* 0: they lie too far apart */
  guint lines; /* cache lines from one block's pixels to the next block's, rounded up */
};

guint tfc_shuffle_blocks (guint width);

/* What fetch f of plan reads; next: bytes to the right neighbours. FALSE if that is too much. */
gboolean tfc_shuffle_bytes (TfcShuffle *pick, const TfcSampleLoadPlan *plan, guint f, gint next);
/* Fills blocks and parts from the rest. offset[n]: bytes from the row's base to each pixel. Nothing
 * before the lowest of all the samples and behind the highest will be read. */
void tfc_shuffle_plan (TfcShuffle *pick, const gint32 *offset, guint n);
