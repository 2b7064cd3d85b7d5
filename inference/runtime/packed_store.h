/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Weights in the order in which kernels read them, once for all who read the same: the layers of a plan, and the plans of
 * a model for other shapes. Whoever packs says by a key what comes of it; the memory belongs to all who have taken that
 * key and goes with the last of them. One thread at a time. */
#include <glib.h>

typedef struct TfcPackedStore TfcPackedStore;
typedef struct TfcPackedEntry TfcPackedEntry;

/* A digest of everything that decides about the bytes: constants, kind of layer, order. 0: like no other. */
typedef guint64 TfcPackedKey;

TfcPackedStore *tfc_packed_store_new (void);
TfcPackedStore *tfc_packed_store_ref (TfcPackedStore *store);
void tfc_packed_store_unref (TfcPackedStore *store); /* NULL is allowed */

/* From here on it holds no more bytes than this; without it, any number. */
void tfc_packed_store_limit (TfcPackedStore *store, gsize most);
gsize tfc_packed_store_bytes (const TfcPackedStore *store); /* that it holds */

typedef struct {
  TfcPackedKey key;
  gsize bytes;
  void *memory; /* out: at a multiple of 64 */
  gboolean fresh; /* out: nobody had it, it is zeroed and to be filled before anybody reads it */
  TfcPackedEntry *entry; /* out: what tfc_packed_store_give takes back */
} TfcPackedWant;

typedef enum { TFC_PACKED_OK, TFC_PACKED_NO_MEMORY, TFC_PACKED_OVER_LIMIT } TfcPackedResult;

/* Memory for all of them, or for none. What is new of it lies together, on large pages (large_alloc.h). */
TfcPackedResult tfc_packed_store_take (TfcPackedStore *store, TfcPackedWant *wants, guint n);
void tfc_packed_store_give (TfcPackedStore *store, TfcPackedEntry *const *entries, guint n);

/* ---- digests ---- */
/* digest with so many bytes mixed in. Not to be foreseen: another one in each process. */
guint64 tfc_packed_digest (guint64 digest, gconstpointer data, gsize bytes);
/* The same of a constant, whose bytes stay where they are until the store is told to forget it. As long as no memory
 * was kept, nothing is read: a constant is known by its place, and like no other after it was forgotten. From then on it is
 * known by what it holds, which is read once until it is forgotten. */
guint64 tfc_packed_store_digest (TfcPackedStore *store, guint64 digest, gconstpointer data, gsize bytes);
/* The constants of a plan, but those in memory that was kept: they never change as long as the store lives. */
void tfc_packed_store_forget (TfcPackedStore *store);
void tfc_packed_store_keep (TfcPackedStore *store, gconstpointer from, gsize bytes);
/* Forgets all constants and what was kept: as before the first tfc_packed_store_keep. */
void tfc_packed_store_unkeep (TfcPackedStore *store);
