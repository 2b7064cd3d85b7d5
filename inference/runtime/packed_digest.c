/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Folded products of 64 by 64 bits: as fast as memory is read. Four sums, so that products do not
 * wait for each other; secret numbers in them, so that no file can be made whose weights have one
 * digest. */
#include <string.h>
#include <sys/random.h>

#include "inference/runtime/packed_store.h"

#define LANES 4

__extension__ typedef unsigned __int128 Wide;

static gpointer
make_secret (gpointer unused)
{
  const gsize bytes = 2 * LANES * sizeof (guint64);
  guint64 *secret = g_malloc (bytes);
  const gboolean there = getrandom (secret, bytes, GRND_NONBLOCK) == (gssize)bytes;
  for (guint i = 0; i < 2 * LANES; i++)
    secret[i] = (there ? secret[i] : (guint64)g_random_int () << 32 | g_random_int ()) | 1;
  return secret;
}

static const guint64 *
secret (void)
{
  static GOnce once = G_ONCE_INIT;
  return g_once (&once, make_secret, NULL);
}

static inline guint64
fold (guint64 a, guint64 b)
{
  const Wide product = (Wide)a * b;
  return (guint64)product ^ (guint64)(product >> 64);
}

static inline guint64
word_at (const guint8 *bytes)
{
  guint64 word;
  memcpy (&word, bytes, sizeof word);
  return word;
}

/* What is left of less than a block, with zeros behind it; the length tells them from others. */
static void
mix_rest (guint64 *lane, const guint64 *key, const guint8 *bytes, gsize n)
{
  guint8 block[2 * LANES * sizeof (guint64)] = {0};
  memcpy (block, bytes, n);
  for (guint i = 0; i < LANES; i++)
    lane[i] = fold (lane[i] ^ word_at (block + 16 * i) ^ key[i],
                    word_at (block + 16 * i + 8) ^ key[LANES + i]);
}

guint64
tfc_packed_digest (guint64 digest, gconstpointer data, gsize bytes)
{
  const guint64 *key = secret ();
  const guint8 *at = data;
  guint64 lane[LANES];
  gsize left = bytes;
  for (guint i = 0; i < LANES; i++)
    lane[i] = fold (digest ^ key[i], key[LANES + i] + bytes);
  for (; left >= 16 * LANES; left -= 16 * LANES, at += 16 * LANES) {
    for (guint i = 0; i < LANES; i++)
      lane[i] = fold (lane[i] ^ word_at (at + 16 * i) ^ key[i],
                      word_at (at + 16 * i + 8) ^ key[LANES + i]);
  }
  if (left)
    mix_rest (lane, key, at, left);
  return fold (fold (lane[0] ^ key[1], lane[1] ^ key[2]),
               fold (lane[2] ^ key[3], lane[3] ^ key[4]));
}
