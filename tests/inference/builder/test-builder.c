/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The builder without a file: what it infers, folds, counts and says. */
#include "inference/builder/operators.h"
#include "tests/inference/tflite/fbwriter.h"
#include "inference/builder/load.h"

#include <string.h>

static void
start (TfcBuilder *b, gsize bytes, gsize work)
{
  tfc_builder_init (b, "a-file", bytes, work);
  b->op = "OP";
  b->index = 7;
  b->name = "y";
}

static guint
input (TfcBuilder *b, TfcType type, const TfcShape *shape)
{
  const TfcTensor desc = {.type = type, .shape = *shape};
  return tfc_builder_input (b, "x", &desc);
}

static guint
ints (TfcBuilder *b, gint n, const gint32 *values)
{
  const TfcShape shape = tfc_shape (1, n);
  return tfc_builder_constant_ints (b, TFC_TYPE_I32, &shape, values);
}

static void
expect_shape (TfcBuilder *b, guint id, TfcShape expect)
{
  g_assert_cmpuint (id, !=, TFC_NONE);
  g_assert_true (tfc_shape_equal (tfc_builder_shape (b, id), &expect));
}

/* Fails with this code, and says so. Takes the builder. */
static void
expect_error (TfcBuilder *b, gint code, const gchar *says)
{
  GError *error = NULL;
  g_assert_false (tfc_builder_ok (b));
  g_assert_null (tfc_builder_finish (b, &error));
  g_assert_error (error, TFC_ERROR, code);
  g_assert_cmpstr (error->message, ==, says);
  g_error_free (error);
}

/* Shapes are there as soon as a node is, and sizes that are not known are 1. */
static void
test_shapes (void)
{
  const TfcShape any = tfc_shape (4, -1, 6, 4, 3);
  TfcBuilder b;
  GError *error = NULL;
  start (&b, 1 << 20, 1 << 20);
  guint x = input (&b, TFC_TYPE_F32, &any);
  expect_shape (&b, x, tfc_shape (4, 1, 6, 4, 3));
  x = tfc_build_space_to_depth (&b, x, 2);
  expect_shape (&b, x, tfc_shape (4, 1, 3, 2, 12));
  x = tfc_build_reduce (&b, TFC_OP_MEAN, x, ints (&b, 2, (const gint32[]){1, -2}), FALSE, NULL);
  expect_shape (&b, x, tfc_shape (2, 1, 12));
  x = tfc_build_tile (&b, x, ints (&b, 2, (const gint32[]){3, 1}));
  expect_shape (&b, x, tfc_shape (2, 3, 12));
  tfc_graph_output (b.graph, x);
  TfcGraph *g = tfc_builder_finish (&b, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tfc_graph_v (g, x)->name, ==, "y");
  tfc_graph_free (g);
}

/* What is computed from constants is one, and there is no node. */
static void
test_fold (void)
{
  TfcBuilder b;
  gint32 list[4];
  guint n = 0;
  start (&b, 1 << 10, 1 << 10);
  guint x = ints (&b, 2, (const gint32[]){2, 5}), sum = tfc_build2 (&b, TFC_OP_ADD, x, x);
  sum = tfc_build_concat (&b, (const guint[]){sum, x}, 2, 0, NULL);
  g_assert_true (tfc_builder_ints (&b, sum, "sum", list, 4, &n));
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpmem (list, sizeof list, ((const gint32[]){4, 10, 2, 5}), sizeof list);
  g_assert_cmpuint (b.graph->nodes->len, ==, 0);
  g_assert_cmpuint (b.bytes, ==, (1 << 10) - 8 - 8 - 16);
  g_assert_cmpuint (b.work, ==, (1 << 10) - 2 - 6 - 8);
  tfc_graph_output (b.graph, sum);
  tfc_graph_free (tfc_builder_finish (&b, NULL));
}

/* Ten numbers, thrice; the budget is for two of them. */
static guint
beyond (TfcBuilder *b, gboolean must_fold)
{
  const TfcShape ten = tfc_shape (1, 10);
  start (b, 80, 1 << 10);
  b->must_fold = must_fold;
  return tfc_build_tile (b, tfc_build_filled (b, TFC_TYPE_F32, &ten, 1),
                         ints (b, 1, (const gint32[]){3}));
}

static void
test_budget (void)
{
  const TfcShape large = tfc_shape (1, 21), many = tfc_shape (2, 3, 9);
  TfcBuilder b;
  void *data;
  expect_shape (&b, beyond (&b, FALSE), tfc_shape (1, 30));
  g_assert_cmpuint (b.graph->nodes->len, >, 0); /* lowering may do it */
  tfc_graph_free (b.graph);
  g_assert_cmpuint (beyond (&b, TRUE), ==, TFC_NONE);
  expect_error (&b, TFC_ERROR_FORMAT,
                "a-file: OP (operator 7): more constants than a model of this size may make");
  start (&b, 83, 1 << 10);
  g_assert_cmpuint (tfc_builder_constant (&b, TFC_TYPE_F32, &large, &data), ==, TFC_NONE);
  g_assert_cmpuint (b.bytes, ==, 83);
  g_assert_null (tfc_builder_alloc (&b, 1)); /* nothing after a failure */
  expect_error (&b, TFC_ERROR_FORMAT,
                "a-file: OP (operator 7): more constants than a model of this size may make");
  start (&b, 1 << 10, 26);
  g_assert_cmpuint (tfc_builder_constant (&b, TFC_TYPE_BOOL, &many, &data), ==, TFC_NONE);
  tfc_graph_free (b.graph);
  g_clear_error (&b.error);
  start (&b, 1 << 10, 26);
  g_assert_true (tfc_builder_work (&b, 26));
  g_assert_false (tfc_builder_work (&b, 1));
  expect_error (&b, TFC_ERROR_FORMAT,
                "a-file: parts of the file are used over and over, which no sound file does");
}

/* The first failure is told, with the operator at hand, and nothing is done after it. */
static void
test_errors (void)
{
  const TfcShape shape = tfc_shape (2, 2, 3);
  TfcBuilder b;
  start (&b, 1 << 10, 1 << 10);
  const guint x = input (&b, TFC_TYPE_F32, &shape), values = b.graph->values->len;
  g_assert_cmpuint (tfc_build_reshape_to (&b, x, x), ==, TFC_NONE);
  b.op = "LATER";
  g_assert_cmpuint (tfc_build_tile (&b, tfc_build1 (&b, TFC_OP_NEG, x), x), ==, TFC_NONE);
  g_assert_cmpuint (tfc_build_reverse (&b, x, (const gint32[]){9}, 1), ==, TFC_NONE);
  g_assert_cmpuint (b.graph->values->len, ==, values);
  expect_error (&b, TFC_ERROR_UNSUPPORTED,
                "a-file: cannot run OP (operator 7): its shape is not constant");
  start (&b, 1 << 10, 1 << 10);
  b.node = "a/node";
  g_assert_cmpuint (
      tfc_build_reverse (&b, input (&b, TFC_TYPE_F32, &shape), (const gint32[]){2}, 1), ==,
      TFC_NONE);
  expect_error (&b, TFC_ERROR_FORMAT, "a-file: OP node a/node: axis 2 of 2 dimensions");
}

/* Halves beside float32: one copy, however many take them. */
static void
test_wide (void)
{
  const TfcShape shape = tfc_shape (2, 1, 2), w_shape = tfc_shape (2, 2, 2);
  TfcBuilder b;
  void *half;
  start (&b, 1 << 10, 1 << 10);
  const guint x = input (&b, TFC_TYPE_F32, &shape);
  const guint w = tfc_builder_constant (&b, TFC_TYPE_F16, &w_shape, &half);
  ((guint16 *)half)[1] = 0x4000; /* 2 */
  const guint y = tfc_build_matmul (&b, x, w, TRUE, NULL);
  const guint z = tfc_build_matmul (&b, y, w, TRUE, NULL);
  expect_shape (&b, z, tfc_shape (2, 1, 2));
  g_assert_cmpuint (b.graph->nodes->len, ==, 2);
  const guint wide = tfc_graph_n (b.graph, 0)->in[1];
  g_assert_cmpuint (wide, ==, tfc_graph_n (b.graph, 1)->in[1]);
  g_assert_cmpint (tfc_builder_tensor (&b, wide)->type, ==, TFC_TYPE_F32);
  g_assert_cmpfloat (((const gfloat *)tfc_builder_tensor (&b, wide)->data)[1], ==, 2);
  tfc_graph_output (b.graph, z);
  tfc_graph_free (tfc_builder_finish (&b, NULL));
}

/* x -> NEG -> RESHAPE to 2 x 3, with a shape declared for what is between that is not so; back: the
 * operators in the wrong order. */
static GBytes *
declared (const TfcShape *between, gboolean back)
{
  static const gint32 two[] = {2, 3};
  const TfcShape from = tfc_shape (2, 1, 6), list = tfc_shape (1, 2), to = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint x = tflw_tensor (w, TFL_F32, "x", &from, NULL, 0),
       n = tflw_tensor (w, TFL_F32, "n", between, NULL, 0),
       s = tflw_tensor (w, TFL_I32, "s", &list, two, sizeof two),
       y = tflw_tensor (w, TFL_F32, "y", &to, NULL, 0);
  if (!back)
    tflw_op (w, 59, NULL, &x, 1, &n, 1);
  tflw_op (w, 22, NULL, ((gint[]){n, s}), 2, &y, 1);
  if (back)
    tflw_op (w, 59, NULL, &x, 1, &n, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
test_declared (void)
{
  const TfcShape shapes[] = {tfc_shape (2, 1, 6), tfc_shape (1, 1), tfc_shape (3, -1, 7, 9)};
  GError *error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autoptr (GBytes) bytes = declared (&shapes[i], FALSE);
    TfcGraph *g = tfc_load_tflite_bytes (bytes, "a-file", &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g->nodes->len, ==, 2);
    g_assert_cmpint (tfc_graph_v (g, tfc_graph_n (g, 0)->out[0])->tensor.shape.dim[1], ==, 6);
    tfc_graph_free (g);
  }
  g_autoptr (GBytes) back = declared (&shapes[0], TRUE);
  g_assert_null (tfc_load_tflite_bytes (back, "a-file", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==,
                   "a-file: RESHAPE (operator 0): input 0 is a tensor that nothing computes");
  g_error_free (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/shapes", test_shapes);
  g_test_add_func ("/builder/fold", test_fold);
  g_test_add_func ("/builder/budget", test_budget);
  g_test_add_func ("/builder/errors", test_errors);
  g_test_add_func ("/builder/wide", test_wide);
  g_test_add_func ("/builder/declared", test_declared);
  return g_test_run ();
}
