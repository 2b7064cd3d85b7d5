/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where the greatest and the least are, of every type: our own layer gives what the reference
 * gives. */
#include <math.h>
#include <string.h>

#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-random.h"
#include "tests/seed.h"

#define CASES 200

static guint32 seed;

static void
check (OpCase *c)
{
  g_autofree gchar *text = op_case_print (c);
  g_assert_true (op_case_run_reference (c));
  const OpRun own = op_case_run_backend (c, &tfc_backend_auto, NULL);
  g_assert_true (own.ran);
  if (memcmp (own.out.data, c->out.data, tfc_tensor_bytes (&c->out)) != 0)
    g_error ("%s: another result (TFC_TEST_SEED=%u)", text, seed);
}

static void
test_random (gconstpointer data)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c =
        op_random_case (r, i % 2 ? TFC_OP_ARG_MIN : TFC_OP_ARG_MAX, GPOINTER_TO_UINT (data));
    check (c);
    op_case_free (c);
  }
}

/* Equal ones, and what is no number, first, in the middle and all over: [rows, 5], along the first
 * axis. */
static void
test_ties (void)
{
  static const gfloat values[] = {NAN, 1, 1, -INFINITY, INFINITY, 0, -0.0f, -1};
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = op_case_new (i % 2 ? TFC_OP_ARG_MIN : TFC_OP_ARG_MAX);
    const TfcShape x = tfc_shape (2, g_rand_int_range (r, 1, 40), 5), y = tfc_shape (1, 5);
    op_case_input (c, TFC_TYPE_F32, &x);
    op_case_output (c, TFC_TYPE_I32, &y);
    for (gint k = 0; k < x.dim[0] * 5; k++)
      ((gfloat *)c->in[0].data)[k] = values[g_rand_int_range (r, 0, G_N_ELEMENTS (values))];
    check (c);
    op_case_free (c);
  }
}

int
main (int argc, char **argv)
{
  static const TfcType types[] = {TFC_TYPE_F32, TFC_TYPE_I32, TFC_TYPE_I8, TFC_TYPE_U8};
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree gchar *path = g_strdup_printf ("/arg/%s", tfc_type_name (types[i]));
    g_test_add_data_func (path, GUINT_TO_POINTER (types[i]), test_random);
  }
  g_test_add_func ("/arg/ties", test_ties);
  return g_test_run ();
}
