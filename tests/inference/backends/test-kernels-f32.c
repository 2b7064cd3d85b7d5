/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The float32 layers of our own, on every instruction set that this CPU has: against the reference,
 * closer against the naive formulation, and one thread against two. */
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-naive.h"
#include "tests/inference/ops/op-random.h"
#include "tests/seed.h"

#define CASES 80

static guint32 seed;

static const TfcOp ops[] = {
    TFC_OP_DEPTHWISE_CONV_2D,
    TFC_OP_MAX_POOL_2D,
    TFC_OP_ADD,
    TFC_OP_SUB,
    TFC_OP_MUL,
    TFC_OP_CLAMP,
    TFC_OP_PRELU,
    TFC_OP_SIGMOID,
    TFC_OP_PAD,
    TFC_OP_RESIZE_BILINEAR,
    TFC_OP_DEPTH_TO_SPACE,
    TFC_OP_RESHAPE,
    TFC_OP_CONCAT,
    TFC_OP_SLICE,
    TFC_OP_TRANSFORM_TENSOR_BILINEAR,
};

/* FALSE: left to others. */
static gboolean
check (OpCase *c, TfcPool *pool, const gchar *set)
{
  g_autofree gchar *text = op_case_print (c);
  gsize bytes = tfc_tensor_bytes (&c->out);
  g_assert_true (op_case_run_reference (c));
  OpRun alone = op_case_run_backend (c, &tfc_backend_auto, NULL);
  OpRun both = op_case_run_backend (c, &tfc_backend_auto, pool);
  if (!alone.ran)
    return FALSE;
  g_autofree gchar *difference = op_case_difference (c, &alone.out, op_sum_tolerance (c));
  if (difference)
    g_error ("%s on %s: %s (TFC_TEST_SEED=%u)", text, set, difference, seed);
  c->out.data = alone.out.data;
  for (gsize i = 0; i < bytes / sizeof (gfloat); i++) {
    if (!op_naive_agrees (c, i))
      g_error ("%s on %s: element %" G_GSIZE_FORMAT " is %.9g, not %.9g (TFC_TEST_SEED=%u)", text,
               set, i, op_stored (&c->out, i), op_naive (c, i), seed);
  }
  if (memcmp (alone.out.data, both.out.data, bytes) != 0)
    g_error ("%s on %s: two threads have another result (TFC_TEST_SEED=%u)", text, set, seed);
  for (gsize i = 0; i < TFC_TAIL_BYTES; i++) /* nothing behind the end */
    g_assert_cmpuint (((guint8 *)alone.out.data)[bytes + i], ==, 0);
  return TRUE;
}

static void
run_set (const TfcKernels *kernels, TfcOp op, TfcPool *pool)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + op);
  guint ran = 0;
  tfc_kernels_choose (kernels);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = op_random_case (r, op, TFC_TYPE_F32);
    ran += check (c, pool, kernels->name);
    op_case_free (c);
  }
  tfc_kernels_choose (NULL);
  g_test_message ("%s: %u of %u", kernels->name, ran, CASES);
  g_assert_cmpuint (ran, >, CASES / 20);
}

static void
test_op (gconstpointer data)
{
  TfcPool *pool = tfc_pool_new_uncut (2);
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->copy)
      continue;
    run_set (tfc_kernels_nth (i), GPOINTER_TO_UINT (data), pool);
    tested++;
  }
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
  tfc_pool_unref (pool);
}

/* A picture of so many rows, resized to one. */
static gboolean
takes_rows (gint rows)
{
  OpCase *c = op_case_new (TFC_OP_RESIZE_BILINEAR);
  TfcShape x = tfc_shape (4, 1, rows, 1, 1), y = tfc_shape (4, 1, 1, 1, 1);
  op_case_input (c, TFC_TYPE_F32, &x);
  op_case_output (c, TFC_TYPE_F32, &y);
  c->params.resize.height = c->params.resize.width = 1;
  gboolean ran = op_case_run_backend (c, &tfc_backend_auto, NULL).ran;
  op_case_free (c);
  return ran;
}

/* Sides beyond which coordinates and tables are no longer good are left to others. */
static void
test_long (void)
{
  if (!tfc_kernels ()->f32->resize) {
    g_test_skip ("no kernels of our own for this CPU");
    return;
  }
  g_assert_true (takes_rows (65536));
  g_assert_false (takes_rows (65537));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tfc_f32_least_work = 1;
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
    g_autofree gchar *path = g_strconcat ("/kernels-f32/", tfc_op_name (ops[i]), NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (ops[i]), test_op);
  }
  g_test_add_func ("/kernels-f32/long", test_long);
  return g_test_run ();
}
