/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/backends/f32-check.h"
#include <math.h>
#include <string.h>
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-naive.h"

/* Ops that add up, or multiply, as many numbers as there are in float32: each step rounds. */
static gboolean
sums_up (TfcOp op)
{
  return op == TFC_OP_SUM || op == TFC_OP_MEAN || op == TFC_OP_PROD || op == TFC_OP_AVERAGE_POOL_2D;
}

static gboolean
agrees (const OpCase *c, gsize i)
{
  const gdouble want = CLAMP (op_naive (c, i), c->params.clamp.min, c->params.clamp.max);
  if (!sums_up (c->op))
    return op_naive_agrees (c, i);
  return fabs (op_stored (&c->out, i) - want) <= 1e-5 * (1 + fabs (want));
}

static void
check_elements (OpCase *c, const OpRun *run, const gchar *text, const gchar *set)
{
  gsize n = tfc_tensor_count (&c->out);
  g_autofree gchar *difference = op_case_difference (c, &run->out, op_sum_tolerance (c));
  if (difference)
    g_error ("%s on %s: %s", text, set, difference);
  c->out.data = run->out.data;
  for (gsize i = 0; i < n; i++) {
    if (!agrees (c, i))
      g_error ("%s on %s: element %" G_GSIZE_FORMAT " is %.9g, not %.9g", text, set, i,
               op_stored (&c->out, i), op_naive (c, i));
  }
}

/* FALSE: left to others. */
static gboolean
check_case (OpCase *c, TfcPool *pool, const gchar *set)
{
  g_autofree gchar *text = op_case_print (c);
  gsize bytes = tfc_tensor_bytes (&c->out);
  g_assert_true (op_case_run_reference (c));
  OpRun alone = op_case_run_backend (c, &tfc_backend_auto, NULL);
  OpRun both = op_case_run_backend (c, &tfc_backend_auto, pool);
  if (!alone.ran)
    return FALSE;
  check_elements (c, &alone, text, set);
  if (memcmp (alone.out.data, both.out.data, bytes) != 0)
    g_error ("%s on %s: two threads have another result", text, set);
  for (gsize i = 0; i < TFC_TAIL_BYTES; i++)
    g_assert_cmpuint (((guint8 *)alone.out.data)[bytes + i], ==, 0);
  return TRUE;
}

static void
check_set (const TfcKernels *kernels, F32Maker *make, gconstpointer data, guint32 seed, guint cases,
           guint least)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  TfcPool *pool = tfc_pool_new_uncut (2);
  guint ran = 0;
  tfc_kernels_choose (kernels);
  for (guint i = 0; i < cases; i++) {
    OpCase *c = make (r, data);
    ran += check_case (c, pool, kernels->name);
    op_case_free (c);
  }
  tfc_kernels_choose (NULL);
  tfc_pool_unref (pool);
  g_test_message ("%s: %u of %u", kernels->name, ran, cases);
  g_assert_cmpuint (ran, >=, least);
}

void
f32_check (F32Maker *make, gconstpointer data, guint32 seed, guint cases, guint least)
{
  const gsize least_work = tfc_f32_least_work;
  tfc_f32_least_work = 1;
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->gemm)
      continue;
    check_set (tfc_kernels_nth (i), make, data, seed, cases, least);
    tested++;
  }
  tfc_f32_least_work = least_work;
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

void
f32_fill (GRand *r, TfcTensor *t, gdouble most)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, g_rand_double_range (r, -most, most));
}

gint32
f32_axis (GRand *r, gint32 length, gint kernel, gint stride, gint dilation, gint *before,
          gint *after)
{
  const gint32 reach = (kernel - 1) * dilation + 1;
  *before = g_rand_int_range (r, 0, kernel / 2 * dilation + 1);
  *after = g_rand_int_range (r, 0, kernel / 2 * dilation + 1);
  if (length + *before + *after < reach)
    *after = reach - length - *before;
  return (length + *before + *after - reach) / stride + 1;
}
