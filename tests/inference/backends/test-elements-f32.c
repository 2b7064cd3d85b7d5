/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Float32 ops that look at one element at a time, or sum some up: random cases, and what is at the
 * ends of float32. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/backends/f32-check.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-random.h"
#include "tests/inference/ops/op-unary.h"
#include "tests/seed.h"

#define CASES 80

static guint32 seed;

static const TfcOp ops[] = {
    TFC_OP_LEAKY_RELU,
    TFC_OP_HARD_SWISH,
    TFC_OP_TANH,
    TFC_OP_EXP,
    TFC_OP_SQRT,
    TFC_OP_RSQRT,
    TFC_OP_NEG,
    TFC_OP_ABS,
    TFC_OP_SIGN,
    TFC_OP_FLOOR,
    TFC_OP_CEIL,
    TFC_OP_ROUND,
    TFC_OP_LOG,
    TFC_OP_ELU,
    TFC_OP_GELU,
    TFC_OP_SQUARE,
    TFC_OP_DIV,
    TFC_OP_MAXIMUM,
    TFC_OP_MINIMUM,
    TFC_OP_SQUARED_DIFFERENCE,
    TFC_OP_MEAN,
    TFC_OP_SUM,
    TFC_OP_PROD,
    TFC_OP_REDUCE_MAX,
    TFC_OP_REDUCE_MIN,
    TFC_OP_SOFTMAX,
    TFC_OP_AVERAGE_POOL_2D,
    TFC_OP_RESIZE_NEAREST,
    TFC_OP_TRANSPOSE,
};

static OpCase *
make (GRand *r, gconstpointer data)
{
  return op_random_case (r, GPOINTER_TO_UINT (data), TFC_TYPE_F32);
}

static void
test_op (gconstpointer data)
{
  f32_check (make, data, seed + GPOINTER_TO_UINT (data), CASES, CASES / 4);
}

/* Other types are moved too. */
static OpCase *
make_move (GRand *r, gconstpointer data)
{
  return op_random_case (r, TFC_OP_TRANSPOSE, GPOINTER_TO_UINT (data));
}

static void
test_move (gconstpointer data)
{
  f32_check (make_move, data, seed, CASES, CASES / 4);
}

#define N_ENDS 1500

/* All kinds of numbers, and some of each size. */
static gfloat
end_of (GRand *r, guint i)
{
  static const gfloat ends[] = {0,         -0.0f,    INFINITY, -INFINITY, NAN,   1e-45f, -1e-45f,
                                FLT_MIN,   -FLT_MIN, FLT_MAX,  -FLT_MAX,  1,     -1,     88.72283f,
                                88.72285f, -87.5f,   -103.9f,  -104.1f,   6,     -6,     3,
                                -3,        0.5f,     -0.5f,    1e-6f,     -1e-6f};
  if (i < G_N_ELEMENTS (ends))
    return ends[i];
  const gfloat v = (gfloat)ldexp (g_rand_double_range (r, 0.5, 1), g_rand_int_range (r, -30, 8));
  return g_rand_boolean (r) ? v : -v;
}

/* Both none, both infinite, or so near: some of float32's last bits. Below 2^-125 sigmoids are no
 * longer told apart, nor is GELU far from 0, where it is none. */
static gboolean
is_near (TfcOp op, gfloat have, gfloat want)
{
  const gfloat least = op == TFC_OP_GELU ? 1e-6f : 0x1p-125f;
  if (isnan (want) || isnan (have))
    return isnan (want) && isnan (have);
  return have == want || fabsf (have - want) <= fmaxf (6e-7f * fabsf (want), least);
}

static void
check_ends (OpCase *c, const gchar *set)
{
  const gfloat *x = c->in[0].data, *want = c->out.data;
  const OpRun run = op_case_run_backend (c, &tfc_backend_auto, NULL);
  const gfloat *have = run.out.data;
  g_assert_true (run.ran);
  for (guint i = 0; i < N_ENDS; i++) {
    if (!is_near (c->op, have[i], want[i]))
      g_error ("%s on %s: of %.9g it is %.9g, not %.9g (TFC_TEST_SEED=%u)", tfc_op_name (c->op),
               set, x[i], have[i], want[i], seed);
  }
}

static void
test_ends (gconstpointer data)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  OpCase *c = op_case_new (GPOINTER_TO_UINT (data));
  const TfcShape shape = tfc_shape (1, N_ENDS);
  gfloat *x = op_case_input (c, TFC_TYPE_F32, &shape)->data;
  for (guint i = 0; i < N_ENDS; i++)
    x[i] = end_of (r, i);
  if (c->op == TFC_OP_LEAKY_RELU || c->op == TFC_OP_GELU)
    c->params.alpha = c->op == TFC_OP_GELU ? 1 : 0.1f;
  op_case_output (c, TFC_TYPE_F32, &shape);
  g_assert_true (op_case_run_reference (c));
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->gemm)
      continue;
    tfc_kernels_choose (tfc_kernels_nth (i));
    check_ends (c, tfc_kernels_nth (i)->name);
  }
  tfc_kernels_choose (NULL);
  op_case_free (c);
}

static void
add (const gchar *kind, const gchar *name, guint data, GTestDataFunc test)
{
  g_autofree gchar *path = g_strconcat ("/elements-f32/", kind, name, NULL);
  g_test_add_data_func (path, GUINT_TO_POINTER (data), test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    add ("", tfc_op_name (ops[i]), ops[i], test_op);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
    if (op_unary_of (ops[i]))
      add ("ends/", tfc_op_name (ops[i]), ops[i], test_ends);
  }
  add ("ends/", "SIGMOID", TFC_OP_SIGMOID, test_ends);
  add ("", "moves-uint8", TFC_TYPE_U8, test_move);
  add ("", "moves-int8", TFC_TYPE_I8, test_move);
  return g_test_run ();
}
