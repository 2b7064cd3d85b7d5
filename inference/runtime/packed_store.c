/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/runtime/packed_store.h"

#include "inference/runtime/large_alloc.h"

#define LINE ((gsize)64)

/* What was new of one call lies in one piece. */
typedef struct {
  void *memory;
  gsize bytes;
  guint entries; /* that somebody has */
} Block;

struct TfcPackedEntry {
  TfcPackedKey key;
  Block *block;
  void *memory;
  gsize bytes;
  guint users;
};

typedef struct {
  gconstpointer data;
  gsize bytes;
} Constant;

struct TfcPackedStore {
  gint refs;
  gsize bytes, most;
  GHashTable *entries; /* TfcPackedEntry, by its key; those like no other are not there */
  GHashTable *digests; /* Digest, by its constant; NULL until one is wanted */
  guint64 forgotten;   /* how often: places that were known before mean nothing */
  GArray *kept;        /* Constant: ranges that do not change; NULL: none, and nothing is read */
};

typedef struct {
  Constant constant; /* first: it is the key */
  guint64 digest;
} Digest;

static guint
key_hash (gconstpointer entry)
{
  return (guint)((const TfcPackedEntry *)entry)->key;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const TfcPackedEntry *one = a, *other = b;
  return one->key == other->key && one->bytes == other->bytes;
}

TfcPackedStore *
tfc_packed_store_new (void)
{
  TfcPackedStore *s = g_new0 (TfcPackedStore, 1);
  s->refs = 1;
  s->most = G_MAXSIZE;
  s->entries = g_hash_table_new (key_hash, key_equal);
  return s;
}

TfcPackedStore *
tfc_packed_store_ref (TfcPackedStore *s)
{
  s->refs++;
  return s;
}

void
tfc_packed_store_unref (TfcPackedStore *s)
{
  if (!s || --s->refs)
    return;
  g_clear_pointer (&s->digests, g_hash_table_unref);
  g_clear_pointer (&s->kept, g_array_unref);
  g_hash_table_unref (s->entries);
  g_free (s);
}

void
tfc_packed_store_limit (TfcPackedStore *s, gsize most)
{
  s->most = most;
}

gsize
tfc_packed_store_bytes (const TfcPackedStore *s)
{
  return s->bytes;
}

static gsize
room_for (gsize bytes)
{
  return (bytes + LINE - 1) / LINE * LINE;
}

static void
block_leave (TfcPackedStore *s, Block *block)
{
  if (--block->entries)
    return;
  s->bytes -= block->bytes;
  tfc_large_free (block->memory, block->bytes);
  g_free (block);
}

/* The entry that the store has, or a new one, whose memory is still to come. */
static void
find_entry (TfcPackedStore *s, TfcPackedWant *want)
{
  const TfcPackedEntry wanted = {.key = want->key, .bytes = want->bytes};
  want->entry = want->key ? g_hash_table_lookup (s->entries, &wanted) : NULL;
  want->fresh = !want->entry;
  if (want->fresh) {
    want->entry = g_memdup2 (&wanted, sizeof wanted);
    if (want->key)
      g_hash_table_add (s->entries, want->entry);
  }
  want->entry->users++;
}

static void
drop_entry (TfcPackedStore *s, TfcPackedEntry *e)
{
  if (--e->users)
    return;
  if (e->key)
    g_hash_table_remove (s->entries, e);
  if (e->block)
    block_leave (s, e->block);
  g_free (e);
}

static TfcPackedResult
make_block (TfcPackedStore *s, gsize bytes, Block **block)
{
  if (bytes > s->most || s->bytes > s->most - bytes)
    return TFC_PACKED_OVER_LIMIT;
  void *memory = tfc_large_alloc (bytes);
  if (!memory)
    return TFC_PACKED_NO_MEMORY;
  *block = g_new0 (Block, 1);
  **block = (Block){memory, bytes, 0};
  s->bytes += bytes;
  return TFC_PACKED_OK;
}

TfcPackedResult
tfc_packed_store_take (TfcPackedStore *s, TfcPackedWant *wants, guint n)
{
  Block *block = NULL;
  gsize bytes = 0, at = 0;
  TfcPackedResult result = TFC_PACKED_OK;
  for (guint i = 0; i < n; i++) {
    find_entry (s, &wants[i]);
    bytes += wants[i].fresh ? room_for (wants[i].bytes) : 0;
  }
  if (bytes)
    result = make_block (s, bytes, &block);
  for (guint i = 0; i < n && result == TFC_PACKED_OK; i++) {
    TfcPackedEntry *e = wants[i].entry;
    if (wants[i].fresh && block) {
      e->block = block;
      e->memory = (guint8 *)block->memory + at;
      at += room_for (e->bytes);
      block->entries++;
    }
    wants[i].memory = e->memory;
  }
  for (guint i = 0; i < n && result != TFC_PACKED_OK; i++)
    drop_entry (s, wants[i].entry);
  return result;
}

void
tfc_packed_store_give (TfcPackedStore *s, TfcPackedEntry *const *entries, guint n)
{
  for (guint i = 0; i < n; i++)
    drop_entry (s, entries[i]);
}

/* ---- digests of constants ---- */

static guint
constant_hash (gconstpointer constant)
{
  return g_direct_hash (((const Constant *)constant)->data);
}

static gboolean
constant_equal (gconstpointer a, gconstpointer b)
{
  const Constant *one = a, *other = b;
  return one->data == other->data && one->bytes == other->bytes;
}

static guint64
digest_place (const TfcPackedStore *s, guint64 digest, gconstpointer data, gsize bytes)
{
  const guint64 place[] = {s->forgotten, (guintptr)data, bytes};
  return tfc_packed_digest (digest, place, sizeof place);
}

guint64
tfc_packed_store_digest (TfcPackedStore *s, guint64 digest, gconstpointer data, gsize bytes)
{
  const Constant constant = {data, bytes};
  if (!s->kept)
    return digest_place (s, digest, data, bytes);
  if (!s->digests)
    s->digests = g_hash_table_new_full (constant_hash, constant_equal, g_free, NULL);
  Digest *d = g_hash_table_lookup (s->digests, &constant);
  if (!d) {
    d = g_new (Digest, 1);
    *d = (Digest){constant, tfc_packed_digest (0, data, bytes)};
    g_hash_table_insert (s->digests, d, d);
  }
  return tfc_packed_digest (digest, &d->digest, sizeof d->digest);
}

void
tfc_packed_store_keep (TfcPackedStore *s, gconstpointer from, gsize bytes)
{
  const Constant range = {from, bytes};
  if (!s->kept)
    s->kept = g_array_new (FALSE, FALSE, sizeof (Constant));
  g_array_append_val (s->kept, range);
}

void
tfc_packed_store_unkeep (TfcPackedStore *s)
{
  g_clear_pointer (&s->kept, g_array_unref);
  tfc_packed_store_forget (s);
}

static gboolean
is_passing (gpointer digest, gpointer value, gpointer store)
{
  const TfcPackedStore *s = store;
  const Constant *c = digest;
  for (guint i = 0; s->kept && i < s->kept->len; i++) {
    const Constant *range = &g_array_index (s->kept, Constant, i);
    const guint8 *from = range->data, *at = c->data;
    if (at >= from && at < from + range->bytes && c->bytes <= (gsize)(from + range->bytes - at))
      return FALSE;
  }
  return TRUE;
}

void
tfc_packed_store_forget (TfcPackedStore *s)
{
  s->forgotten++;
  if (s->digests)
    g_hash_table_foreach_remove (s->digests, is_passing, s);
}
