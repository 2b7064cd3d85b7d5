/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Numbers at the ends of their ranges: sums of many bytes, pictures longer than a float counts,
 * paddings and windows near 2^31, constants that are made while a file is read. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tests/inference/tflite/fbwriter.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "inference/arithmetic/taps.h"

#include <string.h>

#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

/* One node from x to y, whose quantisation is the same; checked when it is opened. */
static TfcGraph *
one_node (TfcOp op, const TfcParams *params, TfcTensor x, gint32 y_rank)
{
  TfcGraph *g = tfc_graph_new ();
  guint in = tfc_graph_value (g, "x", &x), out;
  x.shape.rank = y_rank;
  out = tfc_graph_value (g, "y", &x);
  tfc_graph_input (g, in);
  tfc_graph_node (g, op, params, &in, 1, &out, 1);
  tfc_graph_output (g, out);
  return g;
}

static TfcModel *
open_on (TfcGraph *g, guint backend)
{
  TfcModelOptions options = {.backend = tfc_backend_nth (backend)->name};
  GError *error = NULL;
  TfcModel *m = tfc_model_open_graph (g, &options, &error);
  g_assert_no_error (error);
  return m;
}

/* The mean of 2^24 bytes of 200, whose sum passes 32 bits, is 200. */
static void
mean_of_many (TfcOp op, const TfcParams *params, TfcType type)
{
  const gint8 value = type == TFC_TYPE_U8 ? (gint8)200 : 120;
  TfcTensor x = {.type = type, .shape = tfc_shape (4, 1, 4096, 4096, 1), .quant = {.scale = 1}};
  if (type == TFC_TYPE_I8)
    x.quant.zero_point = -128;
  for (guint i = 0; tfc_backend_nth (i); i++) {
    TfcModel *m = open_on (one_node (op, params, x, -1), i);
    memset (tfc_model_input (m, 0)->data, value, 1 << 24);
    g_assert_true (tfc_model_run (m, NULL));
    g_assert_cmpint (*(const gint8 *)tfc_model_output (m, 0)->data, ==, value);
    tfc_model_close (m);
  }
}

static void
test_sums (void)
{
  static const TfcType types[] = {TFC_TYPE_U8, TFC_TYPE_I8};
  TfcParams pool = tfc_params (TFC_OP_AVERAGE_POOL_2D), mean = tfc_params (TFC_OP_MEAN);
  pool.window.kernel_h = pool.window.kernel_w = 4096;
  mean.axes.n = 2;
  mean.axes.axis[0] = 1;
  mean.axes.axis[1] = 2;
  mean.axes.keep_dims = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    mean_of_many (TFC_OP_AVERAGE_POOL_2D, &pool, types[i]);
    mean_of_many (TFC_OP_MEAN, &mean, types[i]);
  }
}

/* The last pixel of so many that the number before theirs is no float. */
static void
test_resize (void)
{
  enum { LENGTH = (1 << 24) + 4 };
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 1, LENGTH, 1)};
  TfcParams p = tfc_params (TFC_OP_RESIZE_BILINEAR);
  p.resize.height = 1;
  p.resize.width = 5;
  p.resize.align_corners = TRUE;
  for (guint i = 0; tfc_backend_nth (i); i++) {
    TfcModel *m = open_on (one_node (TFC_OP_RESIZE_BILINEAR, &p, x, -1), i);
    gfloat *data = tfc_model_input (m, 0)->data;
    data[0] = 1;
    data[LENGTH - 1] = 7;
    g_assert_true (tfc_model_run (m, NULL));
    const gfloat *y = tfc_model_output (m, 0)->data;
    g_assert_cmpfloat (y[0], ==, 1);
    g_assert_cmpfloat (y[4], ==, 7);
    tfc_model_close (m);
  }
}

/* By its definition. */
static void
check_taps (gint at, gint stride, gint pad, gint kernel, gint dilation, gint size)
{
  const TfcTaps t = tfc_taps (at, stride, pad, kernel, dilation, size);
  gint seen = 0;
  g_assert_cmpint (t.origin, ==, at * stride - pad);
  g_assert_true (0 <= t.first && t.first <= t.end && t.end <= kernel);
  for (gint k = 0; k < kernel; k++) {
    const gint place = t.origin + k * dilation;
    seen += place >= 0 && place < size;
    g_assert_true ((k >= t.first && k < t.end) == (place >= 0 && place < size));
  }
  g_assert_cmpint (seen, ==, t.end - t.first);
}

static void
test_taps (void)
{
  for (gint i = 0; i < 200000; i++)
    check_taps (g_test_rand_int_range (0, 9), g_test_rand_int_range (1, 5),
                g_test_rand_int_range (0, 9), g_test_rand_int_range (1, 9),
                g_test_rand_int_range (1, 5), g_test_rand_int_range (1, 9));
}

/* A window far larger than what it moves over costs what it covers. */
static void
test_windows (void)
{
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 4, 4, 1)};
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window.kernel_h = p.window.kernel_w = 1 << 30;
  p.window.same = TRUE;
  for (guint i = 0; tfc_backend_nth (i); i++) {
    TfcModel *m = open_on (one_node (TFC_OP_MAX_POOL_2D, &p, x, -1), i);
    ((gfloat *)tfc_model_input (m, 0)->data)[5] = 3;
    g_assert_true (tfc_model_run (m, NULL));
    g_assert_cmpfloat (*(const gfloat *)tfc_model_output (m, 0)->data, ==, 3);
    tfc_model_close (m);
  }
}

/* before and after around 4 rows, under a kernel of 3 with a stride. */
static gboolean
padded (gint before, gint after, gint stride)
{
  static const gfloat w[9];
  const TfcShape shape = tfc_shape (4, 1, 3, 3, 1);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 4, 4, 1)};
  TfcParams p = tfc_params (TFC_OP_CONV_2D);
  GError *error = NULL;
  p.window.pad_top = before;
  p.window.pad_bottom = after;
  p.window.stride_h = stride;
  TfcGraph *g = one_node (TFC_OP_CONV_2D, &p, x, -1);
  guint k = tfc_graph_const (g, "w", TFC_TYPE_F32, &shape, w), in[2] = {0, k}, out = 1;
  g_array_set_size (g->nodes, 0);
  tfc_graph_node (g, TFC_OP_CONV_2D, &p, in, 2, &out, 1);
  const gboolean ok = tfc_graph_check (g, &error);
  if (!ok) {
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, "padding"));
    g_error_free (error);
  } else {
    TfcModel *m = open_on (g, 0);
    g_assert_true (tfc_model_run (m, NULL));
    tfc_model_close (m);
    return TRUE;
  }
  tfc_graph_free (g);
  return ok;
}

static void
test_paddings (void)
{
  g_assert_true (padded (G_MAXINT32 - 4, 0, 1 << 30));
  g_assert_true (padded (0, G_MAXINT32 - 4, 1 << 30));
  g_assert_true (padded (1 << 30, (1 << 30) - 5, 1 << 30));
  g_assert_false (padded (G_MAXINT32 - 3, 0, 1 << 30));
  g_assert_false (padded (G_MAXINT32, G_MAXINT32, G_MAXINT32));
  g_assert_false (padded (1 << 30, 1 << 30, 1));
}

/* ---- files ---- */

/* A convolution of two output channels with these zero points. */
static gchar *
with_zero_points (const gint64 *zeros, guint n)
{
  static const gfloat scale = 0.5f, scales[] = {0.1f, 0.2f};
  TfcShape x_shape = tfc_shape (4, 1, 2, 2, 1), w_shape = tfc_shape (4, 2, 1, 1, 1),
           y_shape = tfc_shape (4, 1, 2, 2, 2);
  TflWriter *w = tflw_new ();
  GError *error = NULL;
  gchar *says = NULL;
  gint x = tflw_tensor (w, TFL_I8, "x", &x_shape, NULL, 0),
       k = tflw_tensor (w, TFL_I8, "k", &w_shape, "ab", 2),
       y = tflw_tensor (w, TFL_I8, "y", &y_shape, NULL, 0);
  tflw_quant (w, x, &scale, 1, 0, 0);
  tflw_quant (w, y, &scale, 1, 0, 0);
  tflw_quant (w, k, scales, 2, 0, 0);
  tflw_zero_points (w, k, zeros, n);
  guint op = tflw_op (w, 3, NULL, IDS (x, k), &y, 1);
  for (guint i = 0; i < 3; i++)
    tflw_option (w, op, i, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "test", &error);
  if (!g)
    says = g_strdup (error->message);
  g_clear_error (&error);
  tfc_graph_free (g);
  g_bytes_unref (bytes);
  tflw_free (w);
  return says;
}

static void
test_zero_points (void)
{
  g_assert_null (with_zero_points ((const gint64[]){0, 0}, 2));
  g_assert_null (with_zero_points ((const gint64[]){0}, 1));
  g_autofree gchar *says = with_zero_points ((const gint64[]){0, 3}, 2);
  g_assert_true (says && strstr (says, "zero points that differ"));
}

/* The shape that RESHAPE asks for was stored sparse. */
static void
test_dense_shape (void)
{
  static const gint32 three[] = {3, 2, 2};
  TfcShape from = tfc_shape (2, 2, 6), to = tfc_shape (3, 3, 2, 2), list = tfc_shape (1, 3);
  TflWriter *w = tflw_new ();
  GError *error = NULL;
  gint sparse = tflw_tensor (w, TFL_I32, "sparse", &list, three, sizeof three),
       dense = tflw_tensor (w, TFL_I32, "dense", &list, NULL, 0),
       x = tflw_tensor (w, TFL_F32, "x", &from, NULL, 0),
       y = tflw_tensor (w, TFL_F32, "y", &to, NULL, 0);
  tflw_sparse (w, sparse, (const guint8 *)"\0\3", 2, (const guint8 *)"\0\1\2", 3);
  tflw_op (w, 124, NULL, &sparse, 1, &dense, 1);
  tflw_op (w, 22, NULL, IDS (x, dense), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "test", &error);
  g_assert_no_error (error);
  g_assert_true (
      tfc_shape_equal (&tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->tensor.shape, &to));
  tfc_graph_free (g);
  g_bytes_unref (bytes);
  tflw_free (w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numbers/sums", test_sums);
  g_test_add_func ("/numbers/resize", test_resize);
  g_test_add_func ("/numbers/taps", test_taps);
  g_test_add_func ("/numbers/windows", test_windows);
  g_test_add_func ("/numbers/paddings", test_paddings);
  g_test_add_func ("/numbers/zero-points", test_zero_points);
  g_test_add_func ("/numbers/dense-shape", test_dense_shape);
  return g_test_run ();
}
