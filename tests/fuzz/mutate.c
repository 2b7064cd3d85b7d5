/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/fuzz/mutate.h"

#include <string.h>

static void
bend_word (guint8 *at, GRand *rand)
{
  static const guint32 awkward[] = {0,          1,           2,          4,          16,
                                    255,        256,         65535,      65536,      0x10001,
                                    0x3f800000, 0x7f800000,  0x7fc00000, G_MAXINT32, 0x80000000,
                                    0x40000000, G_MAXUINT32, 0xfffffff0};
  guint32 word;
  memcpy (&word, at, 4);
  word = GUINT32_FROM_LE (word);
  switch (g_rand_int_range (rand, 0, 4)) {
    case 0:
      word = awkward[g_rand_int_range (rand, 0, G_N_ELEMENTS (awkward))];
      break;
    case 1:
      word <<= 1;
      break;
    default:
      word += (guint32)g_rand_int_range (rand, -8, 9) * (g_rand_boolean (rand) ? 4 : 1);
  }
  word = GUINT32_TO_LE (word);
  memcpy (at, &word, 4);
}

static void
bend_once (guint8 *data, gsize size, GRand *rand)
{
  gsize at = g_rand_int_range (rand, 0, size), from, n;
  guint how = g_rand_int_range (rand, 0, 8);
  if (how < 2) {
    data[at] ^= 1 << g_rand_int_range (rand, 0, 8);
  } else if (how < 3) {
    data[at] = g_rand_int (rand);
  } else if (how < 7 && size >= 4) {
    bend_word (data + MIN (at & ~(gsize)3, size - 4), rand);
  } else {
    from = g_rand_int_range (rand, 0, size);
    n = g_rand_int_range (rand, 1, 33);
    memmove (data + at, data + from, MIN (n, size - MAX (at, from)));
  }
}

void
fuzz_bend_bytes (guint8 *data, gsize size, GRand *rand)
{
  for (gint n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    bend_once (data, size, rand);
}
