/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lowering: constants folded, batch norms and activations fused, what does nothing gone; the
 * networks of the mirror. */
#include "inference/builder/load.h"
#include "tests/inference/passes/lower-check.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

static void
test_half (void)
{
  static const guint16 halves[] = {0x3c00, 0xc000, 0x3555, 0x7bff};
  TfcGraph *g = tfc_graph_new ();
  TfcShape s = tfc_shape (1, 4);
  guint h = tfc_graph_const (g, "h", TFC_TYPE_F16, &s, halves),
        wide = value (g, "wide", TFC_TYPE_F32, s);
  TfcParams p = tfc_params (TFC_OP_CONVERT);
  tfc_graph_node (g, TFC_OP_CONVERT, &p, &h, 1, &wide, 1);
  guint y = node (g, TFC_OP_MUL, NULL, input (g, tfc_shape (2, 3, 4)), wide);
  lower (g, y, TRUE, OPS (TFC_OP_MUL));
  const TfcTensor *t = &tfc_graph_v (g, tfc_graph_n (g, 0)->in[1])->tensor;
  g_assert_cmpint (t->type, ==, TFC_TYPE_F32);
  g_assert_cmpfloat (((gfloat *)t->data)[1], ==, -2);
  g_assert_cmpfloat (((gfloat *)t->data)[3], ==, 65504);
  /* The two values that are left, and no memory but theirs. */
  g_assert_cmpuint (g->values->len, ==, 3);
  g_assert_cmpuint (g->keep->len, ==, 1);
  tfc_graph_free (g);
}

static void
test_fold (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint a = constant (g, tfc_shape (2, 3, 4), -1, 1), b = constant (g, tfc_shape (1, 4), -1, 1);
  guint sum = node (g, TFC_OP_ADD, NULL, a, b), s = node (g, TFC_OP_SIGMOID, NULL, sum, TFC_NONE);
  guint y = node (g, TFC_OP_MUL, NULL, input (g, tfc_shape (2, 3, 4)), s);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_MUL)));
  /* Everything constant: the output stays, nothing runs. */
  g = tfc_graph_new ();
  input (g, tfc_shape (1, 1));
  y = node (g, TFC_OP_EXP, NULL, constant (g, tfc_shape (1, 4), -1, 1), TFC_NONE);
  tfc_graph_free (lower (g, y, TRUE, OPS ()));
}

/* A constant that would become a quarter of a GiB stays a node. */
/* The mean of a picture of so many columns and 2048 rows; TRUE if it is a constant afterwards. */
static gboolean
folds (gint columns)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams p = tfc_params (TFC_OP_RESIZE_BILINEAR), q = tfc_params (TFC_OP_MEAN);
  GError *error = NULL;
  guint y = constant (g, tfc_shape (4, 1, 2, 2, 1), -1, 1);
  input (g, tfc_shape (1, 1));
  p.resize.height = 2048;
  p.resize.width = columns;
  q.axes.n = 2;
  q.axes.axis[0] = 1;
  q.axes.axis[1] = 2;
  y = node (g, TFC_OP_MEAN, &q, node (g, TFC_OP_RESIZE_BILINEAR, &p, y, TFC_NONE), TFC_NONE);
  tfc_graph_output (g, y);
  tfc_graph_check (g, &error);
  g_assert_no_error (error);
  tfc_lower (g, &error);
  g_assert_no_error (error);
  gboolean folded = g->nodes->len == 0;
  g_assert_true (folded || (g->nodes->len == 2 && g->keep->len == 1));
  tfc_graph_free (g);
  return folded;
}

/* 16 MiB besides some bytes for the small constant: 2048 x 2048 float32, and not a row more. */
static void
test_fold_bounded (void)
{
  g_assert_true (folds (2048));
  g_assert_false (folds (2049));
  g_assert_false (folds (32768));
}

static void
test_batch_norm (void)
{
  for (guint kind = 0; kind < 3; kind++) {
    TfcGraph *g = tfc_graph_new ();
    TfcParams relu6 = tfc_params (TFC_OP_CLAMP);
    TfcOp op = kind < 2 ? TFC_OP_CONV_2D : TFC_OP_DEPTHWISE_CONV_2D;
    guint x = input (g, tfc_shape (4, 1, 6, 5, 3)), y;
    relu6.clamp = (TfcClamp){0, 6};
    y = kind < 2 ? conv (g, x, 3, 4, kind == 1) : depthwise (g, x, 3, TRUE);
    gint c = kind < 2 ? 4 : 3;
    y = node (g, TFC_OP_MUL, NULL, y, constant (g, tfc_shape (1, c), -2, 2));
    y = node (g, TFC_OP_ADD, NULL, constant (g, tfc_shape (4, 1, 1, 1, c), -2, 2), y);
    y = node (g, TFC_OP_SUB, NULL, y, constant (g, tfc_shape (1, 1), -2, 2));
    y = node (g, TFC_OP_SUB, NULL, constant (g, tfc_shape (1, c), -2, 2), y);
    y = node (g, TFC_OP_CLAMP, &relu6, y, TFC_NONE);
    lower (g, y, FALSE, OPS (op));
    g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.max, ==, 6);
    g_assert_cmpuint (tfc_graph_n (g, 0)->n_in, ==, 3);
    g_assert_cmpuint (g->values->len, ==, 4);
    tfc_graph_free (g);
  }
}

/* What may not be merged: another user, a clamp between, a constant that is no channel's. */
static void
test_batch_norm_kept (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint c = conv (g, input (g, tfc_shape (4, 1, 5, 5, 3)), 3, 4, TRUE);
  guint m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (1, 4), -2, 2));
  tfc_graph_free (lower (g, node (g, TFC_OP_ADD, NULL, m, c), TRUE,
                         OPS (TFC_OP_CONV_2D, TFC_OP_MUL, TFC_OP_ADD)));
  g = tfc_graph_new ();
  TfcParams relu = tfc_params (TFC_OP_CLAMP);
  relu.clamp.min = 0;
  c = node (g, TFC_OP_CLAMP, &relu, conv (g, input (g, tfc_shape (4, 1, 5, 5, 3)), 3, 4, TRUE),
            TFC_NONE);
  m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (1, 4), -2, 2));
  tfc_graph_free (lower (g, m, TRUE, OPS (TFC_OP_CONV_2D, TFC_OP_MUL)));
  g = tfc_graph_new ();
  c = conv (g, input (g, tfc_shape (4, 1, 6, 6, 3)), 3, 4, TRUE);
  m = node (g, TFC_OP_MUL, NULL, c, constant (g, tfc_shape (3, 4, 4, 1), -2, 2));
  tfc_graph_free (lower (g, m, TRUE, OPS (TFC_OP_CONV_2D, TFC_OP_MUL)));
}

static void
test_activation (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams p = tfc_params (TFC_OP_ADD), q = tfc_params (TFC_OP_CLAMP);
  guint x = input (g, tfc_shape (2, 8, 8)), y;
  p.clamp = (TfcClamp){-1, 1};
  q.clamp = (TfcClamp){0, 6};
  y = node (g, TFC_OP_CLAMP, &q, node (g, TFC_OP_ADD, &p, x, x), TFC_NONE);
  lower (g, y, TRUE, OPS (TFC_OP_ADD));
  g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.min, ==, 0);
  g_assert_cmpfloat (tfc_graph_n (g, 0)->params.clamp.max, ==, 1);
  tfc_graph_free (g);
  /* Ranges that do not meet: everything becomes the nearer end. */
  g = tfc_graph_new ();
  q.clamp = (TfcClamp){2, 3};
  x = input (g, tfc_shape (2, 8, 8));
  y = node (g, TFC_OP_CLAMP, &q, node (g, TFC_OP_ADD, &p, x, x), TFC_NONE);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_ADD)));
  /* The value before is needed too. */
  g = tfc_graph_new ();
  x = input (g, tfc_shape (2, 8, 8));
  guint sum = node (g, TFC_OP_ADD, NULL, x, x);
  y = node (g, TFC_OP_MUL, NULL, node (g, TFC_OP_CLAMP, &q, sum, TFC_NONE), sum);
  tfc_graph_free (lower (g, y, TRUE, OPS (TFC_OP_ADD, TFC_OP_CLAMP, TFC_OP_MUL)));
}

static guint
reshape (TfcGraph *g, guint x, TfcShape to)
{
  TfcParams p = tfc_params (TFC_OP_RESHAPE);
  guint y = value (g, "r", TFC_TYPE_F32, to);
  tfc_graph_node (g, TFC_OP_RESHAPE, &p, &x, 1, &y, 1);
  return y;
}

static void
test_tidy (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams all = tfc_params (TFC_OP_CLAMP), none = pad_params (0, 0, 0, 0, 0);
  guint x = input (g, tfc_shape (2, 4, 6)), y;
  y = reshape (g, reshape (g, x, tfc_shape (1, 24)), tfc_shape (2, 3, 8));
  y = node (g, TFC_OP_CLAMP, &all, y, TFC_NONE);
  y = node (g, TFC_OP_PAD, &none, y, TFC_NONE);
  y = node (g, TFC_OP_CONVERT, NULL, y, TFC_NONE);
  y = node (g, TFC_OP_EXP, NULL, y, TFC_NONE);
  y = reshape (g, y, tfc_shape (2, 3, 8));
  node (g, TFC_OP_TANH, NULL, y, TFC_NONE); /* nobody needs it */
  guint out = node (g, TFC_OP_CLAMP, &all, y, TFC_NONE);
  g_free (tfc_graph_v (g, out)->name);
  tfc_graph_v (g, out)->name = g_strdup ("the output");
  lower (g, out, TRUE, OPS (TFC_OP_RESHAPE, TFC_OP_EXP));
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, "the output");
  g_assert_cmpuint (g->values->len, ==, 3);
  tfc_graph_free (g);
  /* An input that is the output: nothing to take away. */
  g = tfc_graph_new ();
  x = input (g, tfc_shape (2, 4, 6));
  tfc_graph_free (lower (g, node (g, TFC_OP_CLAMP, &all, x, TFC_NONE), TRUE, OPS (TFC_OP_CLAMP)));
}

/* The files of the mirror become few nodes: what is left of PAD adds channels. */
static void
test_files (void)
{
  static const struct {
    const gchar *path;
    guint n[TFC_N_OPS];
  } files[] = {
      {"face_detection_short_range.tflite",
       {[TFC_OP_CONV_2D] = 21,
        [TFC_OP_DEPTHWISE_CONV_2D] = 16,
        [TFC_OP_ADD] = 16,
        [TFC_OP_MAX_POOL_2D] = 3,
        [TFC_OP_PAD] = 11,
        [TFC_OP_RESHAPE] = 4,
        [TFC_OP_CONCAT] = 2}},
      {"face_detection_full_range_sparse.tflite",
       {[TFC_OP_CONV_2D] = 49,
        [TFC_OP_DEPTHWISE_CONV_2D] = 42,
        [TFC_OP_ADD] = 19,
        [TFC_OP_RESIZE_BILINEAR] = 3,
        [TFC_OP_DEPTH_TO_SPACE] = 2,
        [TFC_OP_RESHAPE] = 2}},
      {"face_landmark.tflite",
       {[TFC_OP_CONV_2D] = 25,
        [TFC_OP_DEPTHWISE_CONV_2D] = 20,
        [TFC_OP_ADD] = 20,
        [TFC_OP_MAX_POOL_2D] = 6,
        [TFC_OP_PAD] = 3,
        [TFC_OP_PRELU] = 23}},
      {"face_landmark_with_attention.tflite",
       {[TFC_OP_CONV_2D] = 80,
        [TFC_OP_DEPTHWISE_CONV_2D] = 66,
        [TFC_OP_ADD] = 66,
        [TFC_OP_MAX_POOL_2D] = 16,
        [TFC_OP_PAD] = 9,
        [TFC_OP_PRELU] = 73,
        [TFC_OP_MUL] = 6,
        [TFC_OP_RESHAPE] = 14,
        [TFC_OP_LANDMARKS_TO_TRANSFORM] = 3,
        [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = 3,
        [TFC_OP_TRANSFORM_LANDMARKS] = 5}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    const gchar *shared = g_getenv ("TFC_SHARED");
    gchar *path =
        g_build_filename (shared ? shared : "../shared", "models", "face", files[i].path, NULL);
    GError *error = NULL;
    guint n[TFC_N_OPS] = {0};
    if (g_file_test (path, G_FILE_TEST_EXISTS)) {
      TfcGraph *g = tfc_load_tflite (path, &error);
      g_assert_no_error (error);
      tfc_lower (g, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < g->nodes->len; k++)
        n[tfc_graph_n (g, k)->op]++;
      for (guint op = 0; op < TFC_N_OPS; op++) {
        if (n[op] != files[i].n[op])
          g_error ("%s: %u times %s", files[i].path, n[op], tfc_op_name (op));
      }
      tfc_graph_free (g);
    } else {
      g_test_skip_printf ("%s is not there", path);
    }
    g_free (path);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rand_source = g_rand_new_with_seed (test_seed ());
  g_test_add_func ("/lower/half", test_half);
  g_test_add_func ("/lower/fold", test_fold);
  g_test_add_func ("/lower/fold-bounded", test_fold_bounded);
  g_test_add_func ("/lower/batch-norm", test_batch_norm);
  g_test_add_func ("/lower/batch-norm-kept", test_batch_norm_kept);
  g_test_add_func ("/lower/activation", test_activation);
  g_test_add_func ("/lower/tidy", test_tidy);
  g_test_add_func ("/lower/files", test_files);
  gint rc = g_test_run ();
  g_rand_free (rand_source);
  return rc;
}
