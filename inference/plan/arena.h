/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Offsets for blocks that live for a while, so that no two that are alive together overlap and the
 * whole stays small: in the order of their beginnings each goes into the smallest gap that holds it. */
#include "inference/tensor.h"

#define TFC_ARENA_ALIGN 64

typedef struct {
  gsize bytes;      /* without the tail, which every block gets behind it */
  guint start, end; /* first and last moment, both included */
  gsize offset;     /* the answer; a multiple of TFC_ARENA_ALIGN */
} TfcBlock;

/* Fills offset in all blocks. FALSE if the whole would pass limit bytes; else *total is a multiple of
 * TFC_ARENA_ALIGN, the size to allocate. */
gboolean tfc_arena_pack (TfcBlock *blocks, guint n, gsize limit, gsize *total);
