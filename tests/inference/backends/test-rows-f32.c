/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Float32 ops along rows that are longer than those of random cases: many vectors, and some
 * elements that fill none. */
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/backends/f32-check.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/seed.h"

#define CASES 16

static guint32 seed;

static const TfcOp reductions[] = {TFC_OP_MEAN, TFC_OP_SUM, TFC_OP_REDUCE_MAX, TFC_OP_REDUCE_MIN};

static void
fill (GRand *r, TfcTensor *t, gdouble size)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, g_rand_double_range (r, -size, size));
}

/* Two blocks of many rows or many columns, of which rows become one. */
static OpCase *
make_reduction (GRand *r, gconstpointer data)
{
  OpCase *c = op_case_new (GPOINTER_TO_UINT (data));
  const gboolean high = g_rand_boolean (r);
  const gint rows = g_rand_int_range (r, 1, high ? 700 : 24);
  const gint columns = g_rand_int_range (r, 1, high ? 4 : 71);
  const gboolean line = g_rand_boolean (r);
  const TfcShape x = line ? tfc_shape (3, 2, columns, rows) : tfc_shape (3, 2, rows, columns);
  const TfcShape y = tfc_shape (2, 2, columns);
  fill (r, op_case_input (c, TFC_TYPE_F32, &x), 1);
  c->params.axes.n = 1;
  c->params.axes.axis[0] = line ? 2 : 1;
  op_case_output (c, TFC_TYPE_F32, &y);
  return c;
}

static OpCase *
make_softmax (GRand *r, gconstpointer data)
{
  OpCase *c = op_case_new (TFC_OP_SOFTMAX);
  const TfcShape s = tfc_shape (2, g_rand_int_range (r, 1, 3),
                                g_rand_int_range (r, 1, g_rand_boolean (r) ? 20 : 300));
  fill (r, op_case_input (c, TFC_TYPE_F32, &s), g_rand_boolean (r) ? 4 : 200);
  c->params.alpha = (gfloat)g_rand_double_range (r, -0.2, 1.5);
  op_case_output (c, TFC_TYPE_F32, &s);
  return c;
}

/* Up to five axes of any order, some of which are 1, one of which is long. */
static OpCase *
make_transpose (GRand *r, gconstpointer data)
{
  OpCase *c = op_case_new (TFC_OP_TRANSPOSE);
  TfcShape x = {.rank = g_rand_int_range (r, 2, 6)}, y = {.rank = x.rank};
  const gint most = x.rank > 3 ? 7 : 30, longest = g_rand_int_range (r, 0, x.rank);
  for (gint i = 0; i < x.rank; i++) {
    x.dim[i] = g_rand_int_range (r, 0, 3) ? g_rand_int_range (r, 1, most) : 1;
    c->params.axes.axis[i] = i;
  }
  x.dim[longest] = g_rand_int_range (r, 1, 70);
  for (gint i = x.rank - 1; i > 0; i--) {
    const gint k = g_rand_int_range (r, 0, i + 1), axis = c->params.axes.axis[i];
    c->params.axes.axis[i] = c->params.axes.axis[k];
    c->params.axes.axis[k] = axis;
  }
  c->params.axes.n = x.rank;
  for (gint i = 0; i < x.rank; i++)
    y.dim[i] = x.dim[c->params.axes.axis[i]];
  fill (r, op_case_input (c, TFC_TYPE_F32, &x), 100);
  op_case_output (c, TFC_TYPE_F32, &y);
  return c;
}

static void
test_reduction (gconstpointer data)
{
  f32_check (make_reduction, data, seed, CASES, CASES);
}

static void
test_softmax (void)
{
  f32_check (make_softmax, NULL, seed, CASES, CASES);
}

static void
test_transpose (void)
{
  f32_check (make_transpose, NULL, seed, CASES, CASES);
}

/* What the reference makes of rows far from 0, or with infinite numbers, and each kernel too. */
static void
check_far_row (const gfloat *row, gint n, gfloat beta)
{
  OpCase *c = op_case_new (TFC_OP_SOFTMAX);
  const TfcShape s = tfc_shape (2, 1, n);
  memcpy (op_case_input (c, TFC_TYPE_F32, &s)->data, row, n * sizeof *row);
  c->params.alpha = beta;
  op_case_output (c, TFC_TYPE_F32, &s);
  g_assert_true (op_case_run_reference (c));
  const gfloat *want = c->out.data;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->softmax)
      continue;
    tfc_kernels_choose (tfc_kernels_nth (i));
    const OpRun run = op_case_run_backend (c, &tfc_backend_auto, NULL);
    const gfloat *have = run.out.data;
    g_assert_true (run.ran);
    for (gint k = 0; k < n; k++) {
      if (isnan (want[k]) ? !isnan (have[k]) : !(fabsf (have[k] - want[k]) <= 1e-6f))
        g_error ("%s: softmax of %g, %g, ... by %g: element %d is %.9g, not %.9g",
                 tfc_kernels_nth (i)->name, row[0], row[1], beta, k, have[k], want[k]);
    }
  }
  tfc_kernels_choose (NULL);
  op_case_free (c);
}

static void
test_far_rows (void)
{
  gfloat row[37];
  const gfloat ends[][2] = {{-INFINITY, 1},  {INFINITY, 1},  {NAN, 1},
                            {-3e38f, 3e38f}, {3e38f, 3e38f}, {-INFINITY, -INFINITY}};
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    for (gint k = 0; k < 37; k++)
      row[k] = ends[i][k != 5];
    check_far_row (row, 37, 1);
    check_far_row (row, 5, 3);
    check_far_row (row, 17, 10);
  }
  for (gint k = 0; k < 37; k++)
    row[k] = 40000 + (gfloat)k / 16;
  check_far_row (row, 37, 0.7f);
  check_far_row (row, 37, -1.3f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (reductions); i++) {
    g_autofree gchar *path = g_strconcat ("/rows-f32/", tfc_op_name (reductions[i]), NULL);
    g_test_add_data_func (path, GUINT_TO_POINTER (reductions[i]), test_reduction);
  }
  g_test_add_func ("/rows-f32/softmax", test_softmax);
  g_test_add_func ("/rows-f32/far-rows", test_far_rows);
  g_test_add_func ("/rows-f32/transpose", test_transpose);
  return g_test_run ();
}
