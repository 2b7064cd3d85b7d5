/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the layers of a segment have in memory for themselves: weights as each packs them, one behind
 * the other, and behind those the scratch that they share. One piece, so that all but its end lies on
 * large pages (large_alloc.h). */
#include "inference/backends/cpu/common/kernels.h"

typedef struct {
  void *scratch; /* zeroed when made */
  /*< private >*/
  void *memory;
  gsize bytes;
} TfcPacked;

/* layers: each of the segment's nodes has one. Packs them, and gives back pages of large weights that lie in a mapped
 * file. FALSE with error set (MEMORY). */
gboolean tfc_packed_init (TfcPacked *packed, TfcLayer *const *layers, const TfcSegment *segment, gsize scratch_bytes,
                          GError **error);
void tfc_packed_finish (TfcPacked *packed); /* zeroed is fine */
