/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a fuzz target is: a function that takes any bytes and must come back, and the seeds that it
 * starts from, made by our own generators. main.c drives a target with libFuzzer (meson option
 * fuzz, tools/dev/fuzz) and as an ordinary test that replays the seeds and some thousand bent copies of
 * them. */
#include <glib.h>
#include <string.h>

/* Provided by the target. */
void fuzz_one (const guint8 *data, gsize size);
void fuzz_seeds (void);
/* The target may provide it: changes the input a little, size >= 1, within max bytes; returns the
 * new size. If it does not, that is fuzz_bend_bytes of mutate.h. */
gsize fuzz_bend (guint8 *data, gsize size, gsize max, GRand *rand);

/* Provided by main.c. Adds a copy of data to the seeds; called by fuzz_seeds. */
void fuzz_seed (gconstpointer data, gsize size);
void fuzz_seed_bytes (GBytes *bytes); /* the same; takes the reference */

/* Bytes taken as choices, from the front; 0 once they are used up. */
typedef struct {
  const guint8 *at;
  gsize left;
} FuzzBytes;

static inline guint32
fuzz_take (FuzzBytes *b, guint n)
{
  guint32 value = 0;
  for (; n > 0 && b->left > 0; n--, b->at++, b->left--)
    value = value << 8 | *b->at;
  return value;
}

/* 0..n-1; n 1..65536 */
static inline guint
fuzz_below (FuzzBytes *b, guint n)
{
  return fuzz_take (b, n > 256 ? 2 : 1) % n;
}

/* Any bits at all, or (more often) a small plain number. */
static inline gfloat
fuzz_float (FuzzBytes *b)
{
  guint32 bits;
  gfloat value;
  if (fuzz_below (b, 4))
    return (gfloat)((gint)fuzz_below (b, 4096) - 2048) / 64;
  bits = fuzz_take (b, 4);
  memcpy (&value, &bits, 4);
  return value;
}
