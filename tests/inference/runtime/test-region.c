/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Memory of a region: zeroed whoever had it before, each piece alone, where it was after settling,
 * and of the pages between nothing left then. */
#define _GNU_SOURCE
#include "inference/runtime/region.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST ((gsize)1 << 20)
#define PIECES 64

typedef struct {
  guint8 *memory;
  gsize bytes;
  guint8 value;
} Piece;

static gsize
page (void)
{
  return sysconf (_SC_PAGESIZE);
}

static gboolean
is_mapped (const guint8 *memory)
{
  unsigned char there;
  const guintptr at = (guintptr)memory / page () * page ();
  return mincore ((void *)at, 1, &there) == 0 || errno != ENOMEM;
}

static void
take (TfcRegion *r, Piece *p, gsize bytes, guint8 value)
{
  *p = (Piece){tfc_region_alloc (r, bytes), bytes, value};
  g_assert_nonnull (p->memory);
  g_assert_cmpuint ((guintptr)p->memory % 64, ==, 0);
  for (gsize i = 0; i < bytes; i++)
    g_assert_cmpuint (p->memory[i], ==, 0);
  memset (p->memory, value, bytes);
}

static void
check (const Piece *p)
{
  for (gsize i = 0; i < p->bytes; i++)
    g_assert_cmpuint (p->memory[i], ==, p->value);
}

static void
give (TfcRegion *r, Piece *p)
{
  check (p);
  tfc_region_free (r, p->memory, p->bytes);
  p->memory = NULL;
}

static gsize
random_size (GRand *rand)
{
  const gsize ends[] = {1, 2 * page () - 1, 2 * page (), MOST - 1, MOST, 3 * MOST};
  const gint kind = g_rand_int_range (rand, 0, 12);
  return kind < (gint)G_N_ELEMENTS (ends) ? ends[kind] : 1 + g_rand_int (rand) % (MOST / 4);
}

/* In any order, with settling in the middle. */
static void
test_random (void)
{
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 10; round++) {
    TfcRegion *r = tfc_region_new ();
    Piece all[PIECES] = {0};
    for (guint step = 0; step < 400; step++) {
      Piece *p = &all[g_rand_int_range (rand, 0, PIECES)];
      if (p->memory)
        give (r, p);
      else
        take (r, p, random_size (rand), (guint8)g_rand_int_range (rand, 1, 256));
      if (step % 150 == 149)
        tfc_region_settle (r);
    }
    for (guint i = 0; i < PIECES; i++) {
      if (all[i].memory)
        give (r, &all[i]);
    }
    tfc_region_unref (r);
  }
}

/* Every second one is freed: its pages go, those beside them stay. */
static void
test_settle (void)
{
  TfcRegion *r = tfc_region_new ();
  Piece all[PIECES];
  const guint8 *was[PIECES];
  for (guint i = 0; i < PIECES; i++) {
    take (r, &all[i], 10 * page (), (guint8)(i + 1));
    was[i] = all[i].memory;
  }
  for (guint i = 0; i < PIECES; i += 2)
    give (r, &all[i]);
  g_assert_true (is_mapped (was[0]));
  tfc_region_settle (r);
  for (guint i = 0; i < PIECES; i++)
    g_assert_cmpint (is_mapped (was[i]), ==, i % 2);
  for (guint i = 1; i < PIECES; i += 2)
    give (r, &all[i]);
  for (guint i = 0; i < PIECES; i++)
    g_assert_false (is_mapped (was[i])); /* at once from then on */
  tfc_region_unref (r);
}

/* The next takes the pages of what is gone. */
static void
test_again (void)
{
  TfcRegion *r = tfc_region_new ();
  Piece first, second;
  take (r, &first, 20 * page (), 3);
  const guint8 *was = first.memory;
  give (r, &first);
  take (r, &second, 20 * page (), 4);
  g_assert_true (second.memory == was);
  tfc_region_ref (r);
  tfc_region_unref (r);
  give (r, &second);
  tfc_region_unref (r);
  g_assert_false (is_mapped (was));
}

static void
test_none (void)
{
  TfcRegion *r = tfc_region_new ();
  g_assert_null (tfc_region_alloc (r, G_MAXSIZE));
  tfc_region_unref (r);
  tfc_region_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/region/random", test_random);
  g_test_add_func ("/region/settle", test_settle);
  g_test_add_func ("/region/again", test_again);
  g_test_add_func ("/region/none", test_none);
  return g_test_run ();
}
