/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A frame's light on a small scale, taken by the sampler from the frame's own format: the luma, of
 * RGB the green, which luma is mostly made of. The shorter side has about 100 cells. */
#include "models/frame/sample.h"

#define TFC_THUMBNAIL_SHORT 100 /* cells along the shorter side; fewer where it has fewer pixels */
#define TFC_THUMBNAIL_LONG 256  /* along the longer one, at most */
#define TFC_THUMBNAIL_CELLS (TFC_THUMBNAIL_SHORT * TFC_THUMBNAIL_LONG)

typedef struct TfcThumbnail TfcThumbnail;

TfcThumbnail *tfc_thumbnail_new (void);
void tfc_thumbnail_free (TfcThumbnail *thumbnail); /* NULL is allowed */

/* How many cells a frame of that many pixels has: each as large as the frame's part allows. */
void tfc_thumbnail_size (guint frame_width, guint frame_height, guint *width, guint *height);
/* Fills cells (TFC_THUMBNAIL_CELLS are enough), row by row, 0..255. A cell is the blend of the four pixels at its
 * centre. Allocates only where the size or the format is another than before. */
void tfc_thumbnail_take (TfcThumbnail *thumbnail, const TfcFrame *frame, guint8 *cells);
