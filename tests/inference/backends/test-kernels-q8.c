/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The 8-bit layers of our own but convolutions, with every set of kernels that this CPU runs, plain
 * C among them: bit for bit as the reference, with one thread and with two. */
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"
#include "tests/inference/backends/q8-cases.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-random.h"
#include "tests/seed.h"

#define CASES 60 /* of each op, type and set; and as many larger ones where there are such */

static guint32 seed;

static const TfcOp ops[] = {
    TFC_OP_MAX_POOL_2D,
    TFC_OP_AVERAGE_POOL_2D,
    TFC_OP_MEAN,
    TFC_OP_SUM,
    TFC_OP_REDUCE_MAX,
    TFC_OP_REDUCE_MIN,
    TFC_OP_SOFTMAX,
    TFC_OP_ADD,
    TFC_OP_SUB,
    TFC_OP_MUL,
    TFC_OP_CLAMP,
    TFC_OP_SIGMOID,
    TFC_OP_TANH,
    TFC_OP_HARD_SWISH,
    TFC_OP_LEAKY_RELU,
    TFC_OP_PAD,
    TFC_OP_RESIZE_BILINEAR,
    TFC_OP_RESIZE_NEAREST,
    TFC_OP_DEPTH_TO_SPACE,
    TFC_OP_RESHAPE,
    TFC_OP_CONCAT,
    TFC_OP_SLICE,
    TFC_OP_CONVERT,
    TFC_OP_PRELU,
    TFC_OP_MAXIMUM,
    TFC_OP_MINIMUM,
    TFC_OP_SQUARED_DIFFERENCE,
};

static void
compare (const OpCase *c, const void *have, const gchar *how)
{
  const gsize bytes = tfc_tensor_bytes (&c->out);
  const guint8 *is = have, *want = c->out.data;
  g_autofree gchar *text = op_case_print (c);
  for (gsize i = 0; i < bytes; i++) {
    if (is[i] != want[i])
      g_error ("%s, %s: byte %" G_GSIZE_FORMAT " is %d, not %d (TFC_TEST_SEED=%u)", text, how, i,
               is[i], want[i], seed);
  }
  for (gsize i = 0; i < TFC_TAIL_BYTES; i++) /* nothing behind the end */
    g_assert_cmpuint (is[bytes + i], ==, 0);
}

/* FALSE: left to others. */
static gboolean
check (OpCase *c, TfcPool *pool, const gchar *name)
{
  if (!op_case_run_reference (c))
    g_error ("refused: %s (TFC_TEST_SEED=%u)", op_case_print (c), seed);
  OpRun run = op_case_run_backend (c, &tfc_backend_auto, pool);
  if (run.ran)
    compare (c, run.out.data, name);
  op_case_free (c);
  return run.ran;
}

/* Those of this CPU, and plain C after them; NULL past the end. */
static const TfcKernels *
nth (guint n)
{
  static TfcQ8 q8;
  static TfcF32 f32;
  static TfcKernels plain = {"plain", &q8, &f32};
  guint known = 0;
  tfc_kernels_add_plain (&plain);
  while (tfc_kernels_nth (known))
    known++;
  return n < known ? tfc_kernels_nth (n) : n == known ? &plain : NULL;
}

/* How many of the larger cases are ours, or of the random ones where there are no others. */
static guint
least_ran (TfcOp op)
{
  const gboolean sums = op == TFC_OP_ADD || op == TFC_OP_SUB || op == TFC_OP_MUL;
  if (sums) /* XNNPACK has those of short rows */
    return CASES / 2;
  return q8_has_larger_cases (op) ? CASES : CASES / 20;
}

static void
run_set (const TfcKernels *set, TfcOp op, TfcType type, TfcPool *pool)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + op * 8 + type);
  guint ran = 0, larger = 0;
  tfc_kernels_choose (set);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = op_random_case (r, op, type);
    ran += c ? check (c, i % 2 ? pool : NULL, set->name) : 0;
    c = q8_larger_case (r, op, type);
    larger += c ? check (c, i % 2 ? pool : NULL, set->name) : 0;
  }
  tfc_kernels_choose (NULL);
  g_test_message ("%s, %s: %u of %u", set->name, tfc_type_name (type), ran, CASES);
  g_assert_cmpuint (q8_has_larger_cases (op) ? larger : ran, >=, least_ran (op));
}

static void
test_op (gconstpointer data)
{
  TfcPool *pool = tfc_pool_new (2);
  for (guint i = 0; nth (i); i++) {
    run_set (nth (i), GPOINTER_TO_UINT (data), TFC_TYPE_U8, pool);
    run_set (nth (i), GPOINTER_TO_UINT (data), TFC_TYPE_I8, pool);
  }
  tfc_pool_unref (pool);
}

/* float32 to bytes: halves, what is past every byte, and what is no number. */
static void
test_quantise (void)
{
  const gfloat some[] = {0.5f,     1.5f,      -0.5f, -2.5f,   1e30f,    -1e30f,
                         INFINITY, -INFINITY, NAN,   0x1p31f, -0x1p31f, 3.25f};
  const TfcShape shape = tfc_shape (1, 100);
  for (guint i = 0; nth (i); i++) {
    tfc_kernels_choose (nth (i));
    for (guint t = 0; t < 2; t++) {
      const TfcType type = t ? TFC_TYPE_I8 : TFC_TYPE_U8;
      OpCase *c = op_case_new (TFC_OP_CONVERT);
      TfcTensor *x = op_case_input (c, TFC_TYPE_F32, &shape);
      for (gsize k = 0; k < 100; k++)
        op_store (x, k, some[k % G_N_ELEMENTS (some)]);
      op_case_output (c, type, &shape)->quant = (TfcQuant){.scale = 1, .zero_point = t ? -7 : 9};
      g_assert_true (check (c, NULL, nth (i)->name));
    }
  }
  tfc_kernels_choose (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tfc_f32_least_work = 1;
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
    g_autofree gchar *path = g_strconcat ("/kernels-q8/", tfc_op_name (ops[i]), NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (ops[i]), test_op);
  }
  g_test_add_func ("/kernels-q8/quantise", test_quantise);
  return g_test_run ();
}
