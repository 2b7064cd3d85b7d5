/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How a convolution reads its input. Each output pixel is a row of products, whose input lies in
 * pieces: the channels under one tap of the kernel or, where those are few, under a whole row of it
 * (joined). A fully connected layer is a convolution over one column. */
#include "inference/backends/cpu/common/pack.h"

#define TFC_MAX_POINTERS 1024 /* in a block of rows */
#define TFC_MAX_BLOCK_ROWS 64
#define TFC_MAX_JOINED 60 /* bytes of a kernel's row that may be one piece */
#define TFC_MAX_JOINED_ROWS 8
#define TFC_PATCH 64 /* bytes that such a piece has room for */

typedef struct {
  TfcWindow window;
  gint32 x_dim[4], y_dim[4], kernel[2];
  gsize bytes;         /* of an input pixel */
  const guint8 *x;     /* set by the owner, as are */
  const guint8 *zeros; /* what padding holds: bytes of a piece, or TFC_PATCH if joined */
  gboolean joined;
  gboolean flat;       /* 1 by 1, every pixel once, no padding */
  gint32 inner[4];     /* rows from, to, columns from, to whose windows hang over no edge */
  guint taps, channels; /* pieces of a row, elements of a piece */
  guint rows;          /* output pixels */
} TfcIndirection;

/* One block of rows: pointers to its pieces, and those that hang over an edge put together. */
typedef struct {
  const guint8 *pointers[TFC_MAX_POINTERS]; /* tile by tile: [taps][TFC_TILE_ROWS] */
  guint8 patches[TFC_MAX_BLOCK_ROWS * TFC_MAX_JOINED_ROWS][TFC_PATCH];
  guint n_patches;
  /*< private >*/
  gint32 batch, row, column; /* of the next output pixel */
  guint beside;              /* so many, from it on, have their pieces beside its own, next */
  const guint8 *next[TFC_MAX_POINTERS / TFC_TILE_ROWS];
} TfcIndirectionBlock;

/* TRUE if shapes and window are such that the rest works. */
gboolean tfc_indirection_fit (const TfcNode *node, const TfcWeights *weights);
/* Everything from node and its tensors but x and zeros; may_join: whether a row of the kernel that fits should be one piece. */
void tfc_indirection_init (TfcIndirection *indirection, const TfcNode *node, const TfcWeights *weights,
                      gboolean may_join);
/* Tiles of so many rows that a block holds, at least one. */
guint tfc_indirection_block_tiles (const TfcIndirection *indirection, guint rows);
/* Begins a block with row first; then each call fills in pointers for the next n rows (n <=
 * TFC_TILE_ROWS): to[tap * TFC_TILE_ROWS + row]. Those past n repeat the last. */
void tfc_indirection_begin (const TfcIndirection *indirection, TfcIndirectionBlock *block, guint first);
void tfc_indirection_tile (const TfcIndirection *indirection, TfcIndirectionBlock *block, guint n, const guint8 **to);
/* How many of the next rows have their pieces beside each other's. */
guint tfc_indirection_beside (const TfcIndirection *indirection, TfcIndirectionBlock *block);
/* Of the next n rows, no more than those, the first one's pointers only: to[tap * TFC_TILE_ROWS]. Returns how many
 * bytes the others' lie apart. */
gsize tfc_indirection_first (const TfcIndirection *indirection, TfcIndirectionBlock *block, guint n, const guint8 **to);
