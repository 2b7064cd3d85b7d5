/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "op-table.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ops/table", test_table);
  return g_test_run ();
}
