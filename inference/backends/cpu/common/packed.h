/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the layers of a segment have in memory for themselves: weights as each packs them, which the segment's store
 * has once for all layers that pack the same in the same order, and the scratch that the layers share. */
#include "inference/backends/cpu/common/kernels.h"
#include "inference/runtime/packed_store.h"

typedef struct {
  void *scratch; /* zeroed when made */
  /*< private >*/
  gsize bytes; /* of it */
  TfcPackedStore *store;
  TfcPackedEntry **entries; /* [n] */
  guint n;
} TfcPacked;

/* Tests: what is shared is packed again and must come out the same. */
extern gboolean tfc_packed_check;

/* layers: each of the segment's nodes has one. Packs them, and gives back pages of large weights that lie in a mapped
 * file. FALSE with error set (MEMORY; FORMAT: more than the store may hold). Finish it either way. */
gboolean tfc_packed_init (TfcPacked *packed, TfcLayer *const *layers, const TfcSegment *segment, gsize scratch_bytes,
                          GError **error);
void tfc_packed_finish (TfcPacked *packed); /* zeroed is fine */
/* For TfcLayer.order: a digest of these numbers. */
guint64 tfc_packed_order (const guint32 *numbers, gsize n);
