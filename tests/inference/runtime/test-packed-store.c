/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Memory by key: who shares, what goes when, how much there may be; and digests. */
#include <string.h>

#include "inference/runtime/packed_store.h"
#include "tests/seed.h"

static TfcPackedWant
want (guint64 key, gsize bytes)
{
  return (TfcPackedWant){.key = key, .bytes = bytes};
}

static void
test_sharing (void)
{
  TfcPackedStore *s = tfc_packed_store_new ();
  TfcPackedWant first[] = {want (1, 100), want (2, 50), want (1, 100), want (0, 10), want (0, 10)};
  TfcPackedWant second[] = {want (2, 50), want (2, 60), want (3, 1)};
  g_assert_cmpint (tfc_packed_store_take (s, first, 5), ==, TFC_PACKED_OK);
  g_assert_true (first[0].fresh && first[1].fresh && !first[2].fresh);
  g_assert_true (first[3].fresh && first[4].fresh); /* like no other, not even each other */
  g_assert_true (first[0].memory == first[2].memory && first[3].memory != first[4].memory);
  g_assert_cmpuint (tfc_packed_store_bytes (s), ==, 128 + 64 + 64 + 64);
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpuint ((guintptr)first[i].memory % 64, ==, 0);
    memset (first[i].memory, (int)i + 1, first[i].bytes);
  }
  g_assert_cmpint (tfc_packed_store_take (s, second, 3), ==, TFC_PACKED_OK);
  g_assert_true (!second[0].fresh && second[0].memory == first[1].memory && second[1].fresh);
  g_assert_cmpint (((guint8 *)second[0].memory)[49], ==, 2);
  g_assert_cmpint (((guint8 *)second[1].memory)[59], ==, 0);
  for (guint i = 0; i < 5; i++)
    tfc_packed_store_give (s, &first[i].entry, 1);
  g_assert_cmpint (((guint8 *)second[0].memory)[0], ==, 2); /* somebody has it */
  tfc_packed_store_give (s, &second[0].entry, 1);
  g_assert_cmpuint (tfc_packed_store_bytes (s), ==, 64 + 64);
  tfc_packed_store_give (s, &second[1].entry, 1);
  tfc_packed_store_give (s, &second[2].entry, 1);
  g_assert_cmpuint (tfc_packed_store_bytes (s), ==, 0);
  tfc_packed_store_unref (s);
}

static void
test_limit (void)
{
  TfcPackedStore *s = tfc_packed_store_new ();
  TfcPackedWant one[] = {want (1, 640)}, more[] = {want (1, 640), want (2, 320), want (3, 64)};
  tfc_packed_store_limit (s, 1000);
  g_assert_cmpint (tfc_packed_store_take (s, one, 1), ==, TFC_PACKED_OK);
  g_assert_cmpint (tfc_packed_store_take (s, more, 3), ==, TFC_PACKED_OVER_LIMIT);
  g_assert_cmpuint (tfc_packed_store_bytes (s), ==, 640);
  g_assert_cmpint (tfc_packed_store_take (s, more, 2), ==, TFC_PACKED_OK);
  g_assert_cmpuint (tfc_packed_store_bytes (s), ==, 960);
  tfc_packed_store_give (s, &one[0].entry, 1);
  tfc_packed_store_give (s, &more[0].entry, 1);
  tfc_packed_store_give (s, &more[1].entry, 1);
  tfc_packed_store_unref (s);
}

/* A flipped bit, another length and another beginning are seen; so is how many zeros there are. */
static void
test_digests (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  GHashTable *seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint64 all[300];
  guint8 bytes[300];
  guint n = 0;
  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)g_rand_int (rand);
  for (guint k = 0; k < 1024; k++) {
    const gsize length = (gsize)g_rand_int_range (rand, 1, sizeof bytes);
    const gsize at = (gsize)g_rand_int_range (rand, 0, (gint)length);
    const guint8 bit = (guint8)(1 << g_rand_int_range (rand, 0, 8));
    const guint64 whole = tfc_packed_digest (0, bytes, length);
    g_assert_cmpuint (whole, ==, tfc_packed_digest (0, bytes, length));
    g_assert_cmpuint (whole, !=, tfc_packed_digest (1, bytes, length));
    g_assert_cmpuint (whole, !=, tfc_packed_digest (0, bytes, length - 1));
    bytes[at] ^= bit;
    g_assert_cmpuint (whole, !=, tfc_packed_digest (0, bytes, length));
  }
  memset (bytes, 0, sizeof bytes);
  for (gsize length = 0; length < sizeof bytes; length++) {
    all[n] = tfc_packed_digest (0, bytes, length);
    g_assert_true (g_hash_table_add (seen, &all[n++]));
  }
  g_hash_table_unref (seen);
  g_rand_free (rand);
}

/* Until memory is kept, the place is what counts, up to when it is forgotten; then what lies there.
 */
static void
test_places (void)
{
  TfcPackedStore *s = tfc_packed_store_new ();
  guint8 one[40] = {1}, other[40] = {1};
  const guint64 place = tfc_packed_store_digest (s, 0, one, 40);
  g_assert_cmpuint (place, !=, tfc_packed_store_digest (s, 0, other, 40));
  g_assert_cmpuint (place, !=, tfc_packed_store_digest (s, 0, one, 39));
  g_assert_cmpuint (place, !=, tfc_packed_store_digest (s, 1, one, 40));
  one[0] = 2; /* nobody looks */
  g_assert_cmpuint (place, ==, tfc_packed_store_digest (s, 0, one, 40));
  tfc_packed_store_forget (s);
  g_assert_cmpuint (place, !=, tfc_packed_store_digest (s, 0, one, 40));
  one[0] = 1;
  tfc_packed_store_keep (s, one, 1);
  g_assert_cmpuint (tfc_packed_store_digest (s, 0, one, 40), ==,
                    tfc_packed_store_digest (s, 0, other, 40));
  tfc_packed_store_unkeep (s);
  g_assert_cmpuint (tfc_packed_store_digest (s, 0, one, 40), !=,
                    tfc_packed_store_digest (s, 0, other, 40));
  tfc_packed_store_unref (s);
}

/* What lies in kept memory is read once for all; what does not, until it is forgotten. */
static void
test_kept (void)
{
  TfcPackedStore *s = tfc_packed_store_new ();
  guint8 kept[100] = {1}, passing[100] = {1};
  tfc_packed_store_keep (s, kept, sizeof kept);
  const guint64 one = tfc_packed_store_digest (s, 0, kept + 10, 20);
  const guint64 other = tfc_packed_store_digest (s, 0, passing, 20);
  kept[10] = passing[0] = 7;
  g_assert_cmpuint (tfc_packed_store_digest (s, 0, passing, 20), ==, other);
  tfc_packed_store_forget (s);
  g_assert_cmpuint (tfc_packed_store_digest (s, 0, kept + 10, 20), ==, one);
  g_assert_cmpuint (tfc_packed_store_digest (s, 0, passing, 20), !=, other);
  tfc_packed_store_unref (s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/packed-store/sharing", test_sharing);
  g_test_add_func ("/packed-store/limit", test_limit);
  g_test_add_func ("/packed-store/digests", test_digests);
  g_test_add_func ("/packed-store/places", test_places);
  g_test_add_func ("/packed-store/kept", test_kept);
  return g_test_run ();
}
