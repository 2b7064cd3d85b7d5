/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include <string.h>

#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-naive.h"
#include "tests/inference/ops/op-random.h"
#include "tests/inference/ops/op-table.h"
#include "tests/inference/ops/op-unary.h"
#include "inference/arithmetic/half.h"
#include "inference/backends/xnnpack/rounding.h"
#include "tests/seed.h"
#include "tests/cpu-set.h"

#define CASES 30 /* of each op and type */

static guint32 seed;

/* Every hand-made case, by the reference's loops: exact, but for the last bits of float32. */
static void
test_table (void)
{
  for (guint i = 0; i < op_table_size (); i++) {
    const gdouble *expected;
    OpCase *c = op_table_case (i, &expected);
    g_autofree gchar *text = op_case_print (c);
    g_test_message ("%u: %s", i, text);
    g_assert_true (op_case_run_reference (c));
    for (gsize k = 0; k < tfc_tensor_count (&c->out); k++)
      g_assert_cmpfloat_with_epsilon (op_stored (&c->out, k), expected[k],
                                      c->out.type == TFC_TYPE_F32 ? 1e-6 : 1e-9);
    op_case_free (c);
  }
}

static void
check_naive (OpCase *c)
{
  g_autofree gchar *text = op_case_print (c);
  if (!op_case_run_reference (c))
    g_error ("refused: %s (TFC_TEST_SEED=%u)", text, seed);
  for (gsize i = 0; i < tfc_tensor_count (&c->out); i++) {
    if (!op_naive_agrees (c, i))
      g_error ("%s: element %" G_GSIZE_FORMAT " is %g (real %g), not %g (TFC_TEST_SEED=%u)", text,
               i, op_stored (&c->out, i), op_real (&c->out, i), op_naive (c, i), seed);
    if (c->n_out > 1)
      g_assert_cmpfloat (op_stored (&c->more, i), ==, op_naive_place (c, i));
  }
}

/* Which ops a backend must have run itself at least once, by type: a backend that stops doing so
 * has lost something. A backend without lines here must run some op. "auto" has all of its kernels
 * on some CPUs only. */
#define F (1u << TFC_TYPE_F32)
#define Q (1u << TFC_TYPE_U8 | 1u << TFC_TYPE_I8)
#define I (1u << TFC_TYPE_I32)
/* On some CPUs XNNPACK is given no 8-bit layers, or those with a scale per channel only. */
#define Q_SUMS (TFC_XNN_HALF_UP ? 0 : Q)
#define Q_CHANNELS (TFC_XNN_HALF_UP ? 1u << TFC_TYPE_I8 : Q)

static const struct {
  const gchar *backend;
  TfcOp op;
  guint types;
} must_run[] = {
    {"auto", TFC_OP_CONV_2D, Q},
    {"auto", TFC_OP_DEPTHWISE_CONV_2D, F | Q},
    {"auto", TFC_OP_FULLY_CONNECTED, F | Q},
    {"auto", TFC_OP_MAX_POOL_2D, F},
    {"auto", TFC_OP_ADD, F},
    {"auto", TFC_OP_SUB, F},
    {"auto", TFC_OP_MUL, F},
    {"auto", TFC_OP_CLAMP, F | Q},
    {"auto", TFC_OP_PRELU, F},
    {"auto", TFC_OP_SIGMOID, F | Q},
    {"auto", TFC_OP_CONVERT, Q},
    {"auto", TFC_OP_PAD, F},
    {"auto", TFC_OP_RESIZE_BILINEAR, F},
    {"auto", TFC_OP_DEPTH_TO_SPACE, F},
    {"auto", TFC_OP_RESHAPE, F},
    {"auto", TFC_OP_CONCAT, F | Q},
    {"auto", TFC_OP_SLICE, F},
    {"auto", TFC_OP_TRANSFORM_TENSOR_BILINEAR, F},
    {"xnnpack", TFC_OP_CONV_2D, F | Q_CHANNELS},
    {"xnnpack", TFC_OP_DEPTHWISE_CONV_2D, F | Q_CHANNELS},
    {"xnnpack", TFC_OP_FULLY_CONNECTED, F | Q_SUMS},
    {"xnnpack", TFC_OP_MAX_POOL_2D, F | Q},
    {"xnnpack", TFC_OP_AVERAGE_POOL_2D, F},
    {"xnnpack", TFC_OP_MEAN, F | (TFC_XNN_ROUGH_MEAN ? 0 : Q)},
    {"xnnpack", TFC_OP_ADD, F | Q},
    {"xnnpack", TFC_OP_SUB, F | Q},
    {"xnnpack", TFC_OP_MUL, F | Q_SUMS},
    {"xnnpack", TFC_OP_DIV, F},
    {"xnnpack", TFC_OP_MAXIMUM, F},
    {"xnnpack", TFC_OP_MINIMUM, F},
    {"xnnpack", TFC_OP_CLAMP, F | Q},
    {"xnnpack", TFC_OP_PRELU, F},
    {"xnnpack", TFC_OP_SIGMOID, F | Q},
    {"xnnpack", TFC_OP_SOFTMAX, F},
    {"xnnpack", TFC_OP_PAD, F | Q},
    {"xnnpack", TFC_OP_RESIZE_BILINEAR, F | Q},
    {"xnnpack", TFC_OP_DEPTH_TO_SPACE, F},
    {"xnnpack", TFC_OP_RESHAPE, F | Q},
    {"xnnpack", TFC_OP_CONVERT, F | Q},
};

#define MAX_BACKENDS 8

static guint ran[MAX_BACKENDS][TFC_N_OPS][TFC_N_TYPES];

static void
check_output (const OpCase *c, const TfcBackend *backend, const TfcTensor *have, const gchar *how)
{
  g_autofree gchar *difference = op_case_difference (c, have, op_sum_tolerance (c));
  g_autofree gchar *text = difference ? op_case_print (c) : NULL;
  if (difference)
    g_error ("%s on %s %s: %s (TFC_TEST_SEED=%u)", text, backend->name, how, difference, seed);
}

/* One case on one backend, by its own slots and through the front door, which must not fall back
 * where the backend said that it can. */
static void
check_backend (OpCase *c, guint b, TfcPool *pool)
{
  const TfcBackend *backend = tfc_backend_nth (b);
  guint n_fallback = 0;
  OpRun run = op_case_run_backend (c, backend, pool);
  OpRun model = op_case_run_model (c, backend, pool, &n_fallback);
  check_output (c, backend, &model.out, "as a model");
  if (!run.ran)
    return;
  check_output (c, backend, &run.out, "alone");
  g_assert_cmpuint (n_fallback, ==, 0);
  ran[b][c->op][c->in[0].type]++;
}

/* The hand-made cases, which have ends that random ones do not reach; no model computes float16. */
static void
test_table_models (void)
{
  for (guint i = 0; i < op_table_size (); i++) {
    const gdouble *expected;
    guint n_fallback;
    OpCase *c = op_table_case (i, &expected);
    g_assert_true (op_case_run_reference (c));
    for (guint b = 0; c->out.type != TFC_TYPE_F16 && tfc_backend_nth (b); b++) {
      const OpRun run = op_case_run_model (c, tfc_backend_nth (b), NULL, &n_fallback);
      check_output (c, tfc_backend_nth (b), &run.out, "as a model");
    }
    op_case_free (c);
  }
}

/* One op: the reference against the naive formulation, every backend against the reference. */
static void
test_random (gconstpointer data)
{
  TfcOp op = GPOINTER_TO_UINT (data);
  const TfcType types[] = {TFC_TYPE_F32, TFC_TYPE_U8, TFC_TYPE_I8, TFC_TYPE_I32};
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + op);
  TfcPool *pool = tfc_pool_new_uncut (2);
  guint n = 0;
  for (guint i = 0; i < CASES * G_N_ELEMENTS (types); i++) {
    OpCase *c = op_random_case (r, op, types[i % G_N_ELEMENTS (types)]);
    if (!c)
      continue;
    n++;
    check_naive (c);
    for (guint b = 0; tfc_backend_nth (b); b++)
      check_backend (c, b, i / 4 % 2 ? pool : NULL);
    op_case_free (c);
  }
  g_assert_cmpuint (n, >=, CASES); /* an op has random cases, of one type at least */
  tfc_pool_unref (pool);
}

/* 8 bits that end at 6 where 6 is half a step more than a whole number of them: added to the zero
 * point and rounded it can be another number than rounded and added. */
static void
end_between_steps (GRand *r, OpCase *c)
{
  TfcQuant *q = &c->out.quant;
  const gint32 lowest = c->out.type == TFC_TYPE_U8 ? 0 : -128;
  c->params.clamp = (TfcClamp){0, 6};
  do {
    q->scale = (gfloat)(6 / (g_rand_int_range (r, 30, 100) + 0.5));
    q->zero_point = lowest + g_rand_int_range (r, 0, 100);
  } while (lrintf (6 / q->scale + (gfloat)q->zero_point) ==
           q->zero_point + (gint32)roundf (6 / q->scale));
}

static void
test_clamp_ends (void)
{
  const TfcOp ops[] = {TFC_OP_CONV_2D, TFC_OP_DEPTHWISE_CONV_2D, TFC_OP_FULLY_CONNECTED};
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  for (guint i = 0; i < CASES * G_N_ELEMENTS (ops); i++) {
    OpCase *c =
        op_random_case (r, ops[i % G_N_ELEMENTS (ops)], i / 4 % 2 ? TFC_TYPE_U8 : TFC_TYPE_I8);
    end_between_steps (r, c);
    check_naive (c);
    for (guint b = 0; tfc_backend_nth (b); b++)
      check_backend (c, b, NULL);
    op_case_free (c);
  }
}

static void
must_have_run (guint b, TfcOp op, guint types)
{
  for (guint type = 0; type < TFC_N_TYPES; type++) {
    if (types >> type & 1 && ran[b][op][type] == 0)
      g_error ("%s never ran %s of %s (TFC_TEST_SEED=%u)", tfc_backend_nth (b)->name,
               tfc_op_name (op), tfc_type_name (type), seed);
  }
}

/* All of one input that have kernels of their own; those of 8 bits are a table of answers. */
static void
check_unary (guint b)
{
  const gchar *name = tfc_backend_nth (b)->name;
  for (guint i = 0; i < op_unary_size (); i++) {
    const OpUnary *row = op_unary_nth (i);
    if (g_strcmp0 (row->backend, name) == 0)
      must_have_run (b, row->op, F);
    if (g_str_equal (name, "auto") && !row->whole)
      must_have_run (b, row->op, Q);
  }
}

static void
print_counts (guint b)
{
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const guint *n = ran[b][op];
    g_test_message ("%s ran %s: float32 %u, uint8 %u, int8 %u, int32 %u", tfc_backend_nth (b)->name,
                    tfc_op_name (op), n[TFC_TYPE_F32], n[TFC_TYPE_U8], n[TFC_TYPE_I8],
                    n[TFC_TYPE_I32]);
  }
}

static guint
count_ops (guint b)
{
  guint sum = 0;
  for (guint op = 0; op < TFC_N_OPS; op++) {
    for (guint type = 0; type < TFC_N_TYPES; type++)
      sum += ran[b][op][type];
  }
  return sum;
}

/* Runs last: no backend got away without having been tried. */
static void
test_counts (void)
{
  for (guint b = 0; tfc_backend_nth (b); b++) {
    print_counts (b);
    if (tfc_backend_nth (b) == &tfc_backend_auto &&
        g_strcmp0 (tfc_backend_auto_kernels (), "avx512vbmi") != 0)
      continue; /* fewer kernels, or none: test-kernels has them */
    g_assert_cmpuint (count_ops (b), >, 0);
    check_unary (b);
    for (guint i = 0; i < G_N_ELEMENTS (must_run); i++) {
      if (g_str_equal (must_run[i].backend, tfc_backend_nth (b)->name))
        must_have_run (b, must_run[i].op, must_run[i].types);
    }
  }
}

/* All there are, beside what their bits say. */
static void
test_half (void)
{
  for (guint half = 0; half < 65536; half++) {
    const gint exponent = half >> 10 & 31, fraction = half & 1023;
    const gfloat is = tfc_half_to_float ((guint16)half);
    gdouble want = ldexp (exponent ? fraction + 1024 : fraction, MAX (exponent, 1) - 25);
    if (exponent == 31)
      want = fraction ? NAN : INFINITY;
    g_assert_cmpint (signbit (is) != 0, ==, half >> 15);
    if (isnan (want))
      g_assert_true (isnan (is));
    else
      g_assert_cmpfloat (fabsf (is), ==, want);
    if (!isnan (want))
      g_assert_cmpuint (tfc_half_from_float (is), ==, half);
  }
}

int
main (int argc, char **argv)
{
  if (cpu_set_lacks ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_func ("/ops/table", test_table);
  g_test_add_func ("/ops/table-models", test_table_models);
  for (guint op = 0; op < TFC_N_OPS; op++) {
    g_autofree gchar *path = g_strdup_printf ("/ops/%s", tfc_op_name (op));
    g_test_add_data_func (path, GUINT_TO_POINTER (op), test_random);
  }
  g_test_add_func ("/ops/clamp-ends", test_clamp_ends);
  g_test_add_func ("/ops/counts", test_counts);
  g_test_add_func ("/ops/half", test_half);
  return g_test_run ();
}
