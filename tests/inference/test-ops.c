/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "op-naive.h"
#include "op-random.h"
#include "op-table.h"

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
  }
}

/* The reference against the naive formulation. */
static void
test_random (gconstpointer data)
{
  TfcOp op = GPOINTER_TO_UINT (data);
  const TfcType types[] = {TFC_TYPE_F32, TFC_TYPE_U8, TFC_TYPE_I8, TFC_TYPE_I32};
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + op);
  for (guint i = 0; i < CASES * G_N_ELEMENTS (types); i++) {
    OpCase *c = op_random_case (r, op, types[i % G_N_ELEMENTS (types)]);
    if (!c)
      continue;
    check_naive (c);
    op_case_free (c);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const gchar *given = g_getenv ("TFC_TEST_SEED");
  seed = given ? g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_test_message ("TFC_TEST_SEED=%u", seed);
  g_test_add_func ("/ops/table", test_table);
  for (guint op = 0; op <= TFC_OP_CONVERT; op++) {
    g_autofree gchar *path = g_strdup_printf ("/ops/%s", tfc_op_name (op));
    g_test_add_data_func (path, GUINT_TO_POINTER (op), test_random);
  }
  return g_test_run ();
}
