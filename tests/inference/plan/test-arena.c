/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The arena of a plan: little memory, large pages, and errors where there is none. */
#include "inference/plan/arena.h"
#include "tests/inference/plan/plan-check.h"
#include "tests/inference/plan/plan-graph.h"
#include "config.h"
#include <malloc.h>
#include <string.h>

static gboolean
overlap (const TfcBlock *a, const TfcBlock *b)
{
  return a->start <= b->end && b->start <= a->end &&
         a->offset < b->offset + b->bytes + TFC_TAIL_BYTES &&
         b->offset < a->offset + a->bytes + TFC_TAIL_BYTES;
}

static void
test_arena (void)
{
  guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++) {
    TfcBlock blocks[40];
    guint n = g_rand_int_range (rand, 0, G_N_ELEMENTS (blocks) + 1);
    gsize total, sum = 0;
    for (guint i = 0; i < n; i++) {
      guint start = g_rand_int_range (rand, 0, 30);
      blocks[i] = (TfcBlock){.bytes = g_rand_int_range (rand, 1, 1000),
                             .start = start,
                             .end = start + g_rand_int_range (rand, 0, 10)};
      sum += blocks[i].bytes + TFC_TAIL_BYTES + TFC_ARENA_ALIGN;
    }
    g_assert_true (tfc_arena_pack (blocks, n, 1 << 20, &total));
    g_assert_cmpuint (total, <=, sum);
    g_assert_cmpuint (total % TFC_ARENA_ALIGN, ==, 0);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint (blocks[i].offset % TFC_ARENA_ALIGN, ==, 0);
      g_assert_cmpuint (blocks[i].offset + blocks[i].bytes + TFC_TAIL_BYTES, <=, total);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlap (&blocks[i], &blocks[k]));
    }
    if (n)
      g_assert_false (tfc_arena_pack (blocks, n, total - 1, &total));
  }
  TfcBlock huge = {.bytes = G_MAXSIZE - 3};
  gsize total;
  g_assert_false (tfc_arena_pack (&huge, 1, G_MAXSIZE, &total));
  g_rand_free (rand);
}

static void
test_chain_memory (void)
{
  const gsize each = 16384 * sizeof (gfloat);
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 16384));
  for (guint i = 0; i < 100; i++)
    x = unary (g, TFC_OP_NEG, x);
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  walk (plan);
  g_assert_cmpuint (plan->arena_bytes, >=, 4 * each);
  g_assert_cmpuint (plan->arena_bytes, <=, 4 * each + 4096); /* input, output and two between */
  tfc_plan_free (plan);
  strict_ops = G_MAXUINT32;
  plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->arena_bytes, <=, 2 * each + 4096); /* the rest is the engine's */
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

static void
test_longest (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 2));
  for (guint i = 1; i < TFC_MAX_VALUES; i++) {
    strict_ops = ~(1u << (TFC_OP_NEG % 32));
    x = i % 3 ? unary (g, i % 2 ? TFC_OP_NEG : TFC_OP_SQUARE, x) : reshape (g, x, tfc_shape (1, 2));
  }
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_true (tfc_plan_run (plan, NULL));
  g_assert_cmpuint (plan->n_steps, ==, 1);
  g_assert_cmpuint (plan->arena_bytes, <=, 8 * TFC_ARENA_ALIGN);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

static void
test_failures (void)
{
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  finish_graph (g, unary (g, TFC_OP_NEG, input (g, tfc_shape (1, 8))));
  strict_ops = G_MAXUINT32;
  strict_fails_prepare = TRUE;
  g_assert_null (tfc_plan_new (g, &strict, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  strict_fails_prepare = FALSE;
  strict_fails_run = TRUE;
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_false (tfc_plan_run (plan, NULL));
  strict_fails_run = FALSE;
  g_assert_true (tfc_plan_run (plan, NULL));
  tfc_plan_free (plan);
  tfc_plan_free (NULL);
  tfc_graph_free (g);
}

static void
test_too_large (void)
{
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  guint x[3];
  for (guint i = 0; i < 3; i++)
    x[i] = input (g, tfc_shape (2, 1024, 1 << 18)); /* 1 GiB each: fine alone */
  finish_graph (g, unary (g, TFC_OP_NEG, x[0]));
  g_assert_null (tfc_plan_new (g, &tfc_backend_reference, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  tfc_graph_free (g);
}

/* Mappings for which large pages were asked. */
static guint
mappings_on_large_pages (void)
{
  g_autofree gchar *text = NULL;
  guint n = 0;
  if (!g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL))
    return 0;
  for (const gchar *at = text; (at = strstr (at, "VmFlags:")); at++) {
    g_autofree gchar *flags = g_strndup (at, strcspn (at, "\n"));
    n += strstr (flags, " hg") != NULL;
  }
  return n;
}

/* A large arena gives back its memory with what was asked of the system for it; also when malloc
 * would have had room for it. */
static void
test_large_arena (void)
{
  TfcGraph *g = tfc_graph_new ();
  finish_graph (g, unary (g, TFC_OP_NEG, input (g, tfc_shape (1, 1 << 20))));
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
#endif
  const guint before = mappings_on_large_pages ();
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_autofree gchar *behind = g_malloc (1 << 20); /* malloc's end does not move back over it */
  memset (behind, 1, 1 << 20);
  g_assert_cmpuint (plan->arena_bytes, >=, 8 << 20);
  for (gsize i = 0; i < plan->arena_bytes; i += 64)
    g_assert_cmpuint (*((guint8 *)plan->arena + i), ==, 0);
  g_assert_true (tfc_plan_run (plan, NULL));
  g_test_message ("large pages: %u mappings before, %u with the plan", before,
                  mappings_on_large_pages ());
  tfc_plan_free (plan);
  g_assert_cmpuint (mappings_on_large_pages (), ==, before);
  tfc_graph_free (g);
}

/* An output that is a constant or an input has that one's bytes. */
static void
test_plain_outputs (void)
{
  static const gfloat two[2] = {1, 2};
  TfcGraph *g = tfc_graph_new ();
  TfcShape shape = tfc_shape (1, 2);
  guint x = input (g, tfc_shape (1, 8));
  guint c = tfc_graph_const (g, "two", TFC_TYPE_F32, &shape, two);
  tfc_graph_output (g, c);
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (plan->n_steps, ==, 0);
  g_assert_true (plan->buffer[c] == tfc_graph_v (g, c)->tensor.data);
  g_assert_true (in_arena (plan, x));
  g_assert_true (tfc_plan_run (plan, NULL));
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/arena", test_arena);
  g_test_add_func ("/plan/chain-memory", test_chain_memory);
  g_test_add_func ("/plan/longest", test_longest);
  g_test_add_func ("/plan/failures", test_failures);
  g_test_add_func ("/plan/too-large", test_too_large);
  g_test_add_func ("/plan/large-arena", test_large_arena);
  g_test_add_func ("/plan/plain-outputs", test_plain_outputs);
  return g_test_run ();
}
