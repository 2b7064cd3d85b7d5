/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the table of ops says, and what checks, passes and plans make of it: types of each input,
 * several outputs. */
#include <string.h>

#include "inference/graph/graph.h"
#include "inference/model.h"
#include "inference/backend.h"
#include "tests/inference/ops/op-unary.h"

static void
test_rows (void)
{
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const TfcOpInfo *row = &tfc_op_table[op];
    g_test_message ("%s", row->name);
    g_assert_cmpstr (tfc_op_name (op), ==, row->name);
    g_assert_true (row->infer && row->loops && row->loops->can_run && row->loops->run);
    g_assert_cmpuint (tfc_op_min_inputs (op), >=, 1);
    g_assert_cmpuint (tfc_op_min_inputs (op), <=, tfc_op_max_inputs (op));
    g_assert_cmpuint (tfc_op_n_outputs (op), >=, 1);
    if (tfc_op_is (op, TFC_OP_FLAG_ELEMENTWISE))
      g_assert_cmpuint (tfc_op_max_inputs (op), ==, 1);
    if (row->infer == tfc_op_table[TFC_OP_ABS].infer && op != TFC_OP_CLAMP)
      g_assert_nonnull (op_unary_of (op));
  }
  g_assert_cmpstr (tfc_op_name (TFC_N_OPS), ==, "unknown op");
}

/* No operator of a file is read by two rows. */
static void
test_operators (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  for (guint op = 0; op < TFC_N_OPS; op++) {
    const TfcOpInfo *row = &tfc_op_table[op];
    for (guint i = 0; i < G_N_ELEMENTS (row->tflite) && row->tflite[i].name; i++)
      g_assert_true (g_hash_table_add (codes, GINT_TO_POINTER (row->tflite[i].code)));
    for (guint i = 0; i < G_N_ELEMENTS (row->tfjs) && row->tfjs[i]; i++)
      g_assert_true (g_hash_table_add (names, (gpointer)row->tfjs[i]));
  }
}

/* An op of n inputs, all like the first, which has that type and shape. */
static gboolean
infer (TfcOp op, TfcType type, const TfcShape *shape, TfcTensor *y, GError **error)
{
  TfcParams params = tfc_params (op);
  TfcTensor x = {
      .type = type, .shape = *shape, .quant.scale = type == TFC_TYPE_U8 || type == TFC_TYPE_I8};
  TfcTensor outputs[TFC_MAX_NODE_OUTPUTS];
  TfcInfer c = {.op = op,
                .params = &params,
                .name = "y",
                .n_in = tfc_op_min_inputs (op),
                .n_out = tfc_op_n_outputs (op),
                .error = error};
  for (guint k = 0; k < c.n_in; k++)
    c.in[k] = &x;
  for (guint k = 0; k < c.n_out; k++) {
    outputs[k] = (TfcTensor){.shape = {.rank = -1}};
    c.out[k] = &outputs[k];
  }
  gboolean ok = tfc_op_infer (&c);
  *y = outputs[0];
  return ok;
}

static void
test_types (void)
{
  const TfcShape shape = tfc_shape (4, 1, 4, 4, 4);
  for (guint op = 0; op < TFC_N_OPS; op++) {
    for (guint type = 0; type < TFC_N_TYPES; type++) {
      g_autoptr (GError) error = NULL;
      TfcTensor y;
      if (tfc_op_table[op].in[0] >> type & 1)
        continue;
      g_test_message ("%s of %s", tfc_op_name (op), tfc_type_name (type));
      g_assert_false (infer (op, type, &shape, &y, &error));
      g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
    }
  }
}

static void
test_elementwise (void)
{
  const TfcShape shapes[] = {
      {.rank = 0}, tfc_shape (2, 2, 7), tfc_shape (8, 1, 2, 1, 3, 1, 2, 1, 2)};
  for (guint op = 0; op < TFC_N_OPS; op++) {
    for (guint i = 0; tfc_op_is (op, TFC_OP_FLAG_ELEMENTWISE) && i < G_N_ELEMENTS (shapes); i++) {
      g_autoptr (GError) error = NULL;
      TfcTensor y;
      infer (op, TFC_TYPE_F32, &shapes[i], &y, &error);
      g_assert_no_error (error);
      g_assert_true (tfc_shape_equal (&y.shape, &shapes[i]));
    }
  }
}

/* The third input of SELECT is of bools, whatever the first is. */
static void
test_typed_input (void)
{
  const TfcType masks[] = {TFC_TYPE_BOOL, TFC_TYPE_F32, TFC_TYPE_I32};
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++) {
    g_autoptr (GError) error = NULL;
    TfcParams params = tfc_params (TFC_OP_SELECT);
    TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (1, 3)}, mask = x,
              y = {.shape = {.rank = -1}};
    mask.type = masks[i];
    TfcInfer c = {.op = TFC_OP_SELECT,
                  .params = &params,
                  .name = "y",
                  .n_in = 3,
                  .n_out = 1,
                  .in = {&x, &x, &mask},
                  .out = {&y},
                  .error = &error};
    g_assert_true (tfc_op_infer (&c) == (masks[i] == TFC_TYPE_BOOL));
    if (error)
      g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  }
}

/* ---- several outputs ---- */

static const gfloat numbers[] = {1, 5, -2, 5, 3, /**/ 0, 0, 7, -1, 0};

/* x -> TOP_K -> values, places; constant: x is one. */
static TfcGraph *
top_k (gboolean constant, gint32 k, guint n_out, guint out[3])
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams params = tfc_params (TFC_OP_TOP_K);
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = tfc_shape (2, 2, 5)};
  guint x = constant ? tfc_graph_const (g, "x", TFC_TYPE_F32, &desc.shape, numbers)
                     : tfc_graph_value (g, "x", &desc);
  if (!constant)
    tfc_graph_input (g, x);
  for (guint i = 0; i < n_out; i++)
    out[i] = tfc_graph_unknown (g, "y");
  params.k = k;
  tfc_graph_node (g, TFC_OP_TOP_K, &params, &x, 1, out, n_out);
  return g;
}

static TfcModel *
run (TfcGraph *g, const TfcBackend *backend)
{
  g_autoptr (GError) error = NULL;
  TfcModelOptions options = {backend->name, NULL};
  TfcModel *m = tfc_model_open_graph (g, &options, &error);
  g_assert_no_error (error);
  if (tfc_model_n_inputs (m))
    memcpy (tfc_model_input (m, 0)->data, numbers, sizeof numbers);
  g_assert_true (tfc_model_run (m, NULL));
  return m;
}

/* Each read, or only the second, through a node that lowering takes away. */
static void
test_outputs (gconstpointer data)
{
  static const gfloat values[] = {5, 5, 3, 7, 0, 0};
  static const gint32 places[] = {1, 3, 4, 2, 0, 1};
  const TfcBackend *backend = data;
  for (guint way = 0; way < 4; way++) {
    guint out[3], y;
    TfcGraph *g = top_k (way & 1, 3, 2, out);
    TfcParams params = tfc_params (TFC_OP_RESHAPE);
    TfcTensor desc = {.type = TFC_TYPE_I32, .shape = tfc_shape (2, 2, 3)};
    y = tfc_graph_value (g, "places", &desc);
    tfc_graph_node (g, TFC_OP_RESHAPE, &params, &out[1], 1, &y, 1);
    tfc_graph_output (g, y);
    if (way & 2)
      tfc_graph_output (g, out[0]);
    TfcModel *m = run (g, backend);
    g_assert_cmpint (tfc_model_output (m, 0)->type, ==, TFC_TYPE_I32);
    g_assert_cmpmem (tfc_model_output (m, 0)->data, sizeof places, places, sizeof places);
    if (way & 2)
      g_assert_cmpmem (tfc_model_output (m, 1)->data, sizeof values, values, sizeof values);
    tfc_model_close (m);
  }
}

static void
test_refused (void)
{
  static const struct {
    gint32 k;
    guint n_out;
  } cases[] = {{0, 2}, {-1, 2}, {6, 2}, {3, 1}, {3, 3}, {3, 0}};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    guint out[3];
    TfcGraph *g = top_k (FALSE, cases[i].k, cases[i].n_out, out);
    tfc_graph_output (g, cases[i].n_out ? out[0] : 0);
    g_assert_false (tfc_graph_check (g, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    tfc_graph_free (g);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/op-table/rows", test_rows);
  g_test_add_func ("/op-table/operators", test_operators);
  g_test_add_func ("/op-table/types", test_types);
  g_test_add_func ("/op-table/elementwise", test_elementwise);
  g_test_add_func ("/op-table/typed-input", test_typed_input);
  for (guint i = 0; tfc_backend_nth (i); i++) {
    g_autofree gchar *path = g_strdup_printf ("/op-table/outputs/%s", tfc_backend_nth (i)->name);
    g_test_add_data_func (path, tfc_backend_nth (i), test_outputs);
  }
  g_test_add_func ("/op-table/refused", test_refused);
  return g_test_run ();
}
