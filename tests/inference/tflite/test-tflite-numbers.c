/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Numbers of transposed convolutions, masks and stored formats of .tflite files, on every backend.
 */
#include "inference/model.h"
#include "tests/inference/tflite/tfl-nets.h"
#include "tests/inference/tflite/tflite-run.h"
#include <math.h>
#include <string.h>

typedef struct {
  gint32 in[2], k[2], stride[2], out[2], channels, outputs;
  gboolean same;
  gboolean custom; /* MediaPipe's operator, whose output is as large as it comes */
} Up;

static gdouble
up_at (const Up *u, const gfloat *x, const gfloat *w, gint32 i, gint32 j, gint32 o)
{
  gdouble sum = o + 1; /* the bias */
  gint32 pad[2];
  for (guint a = 0; a < 2; a++)
    pad[a] = u->same ? MAX ((u->in[a] - 1) * u->stride[a] + u->k[a] - u->out[a], 0) / 2 : 0;
  for (gint32 r = 0; r < u->in[0]; r++) {
    for (gint32 s = 0; s < u->in[1]; s++) {
      gint32 p = i + pad[0] - r * u->stride[0], q = j + pad[1] - s * u->stride[1];
      for (gint32 c = 0; p >= 0 && p < u->k[0] && q >= 0 && q < u->k[1] && c < u->channels; c++)
        sum += x[(r * u->in[1] + s) * u->channels + c] *
               w[((o * u->k[0] + p) * u->k[1] + q) * u->channels + c];
    }
  }
  return sum;
}

static GBytes *
write_up (const Up *u, const gfloat *weights)
{
  TflWriter *w = tflw_new ();
  TfcShape four = tfc_shape (1, 4), xs = tfc_shape (4, 1, u->in[0], u->in[1], u->channels),
           ws = tfc_shape (4, u->outputs, u->k[0], u->k[1], u->channels),
           ys = tfc_shape (4, 1, u->out[0], u->out[1], u->outputs), bs = tfc_shape (1, u->outputs);
  gfloat bias[8];
  for (guint i = 0; i < 8; i++)
    bias[i] = (gfloat)i + 1;
  gint to = tflw_tensor (w, TFL_I32, "to", &four, ys.dim, 16),
       x = tflw_tensor (w, TFL_F32, "x", &xs, NULL, 0);
  gint k =
      tflw_tensor (w, TFL_F32, "w", &ws, weights, 4 * u->outputs * u->k[0] * u->k[1] * u->channels);
  gint b = tflw_tensor (w, TFL_F32, "b", &bs, bias, 4 * u->outputs),
       y = tflw_tensor (w, TFL_F32, "y", &ys, NULL, 0);
  if (u->custom) {
    const gint32 options[] = {u->same ? 1 : 2, u->stride[1], u->stride[0]};
    g_autoptr (GBytes) custom = g_bytes_new (options, sizeof options);
    tflw_custom (w, tflw_op (w, 32, "Convolution2DTransposeBias", (gint[]){x, k, b}, 3, &y, 1),
                 custom);
  } else {
    guint op = tflw_op (w, 67, NULL, (gint[]){to, k, x, b}, 4, &y, 1);
    tflw_option (w, op, 0, !u->same);
    tflw_option (w, op, 1, u->stride[1]);
    tflw_option (w, op, 2, u->stride[0]);
  }
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
check_up (GRand *r, const Up *u)
{
  gfloat x[1024], weights[1024];
  for (guint i = 0; i < 1024; i++) {
    x[i] = (gfloat)g_rand_int_range (r, -8, 9);
    weights[i] = (gfloat)g_rand_int_range (r, -8, 9);
  }
  GBytes *bytes = write_up (u, weights);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_model (bytes, b);
    memcpy (tfc_model_input (model, 0)->data, x, tfc_tensor_bytes (tfc_model_input (model, 0)));
    run_model (model);
    const gfloat *y = tfc_model_output (model, 0)->data;
    for (gint32 i = 0; i < u->out[0]; i++)
      for (gint32 j = 0; j < u->out[1]; j++)
        for (gint32 o = 0; o < u->outputs; o++)
          g_assert_cmpfloat_with_epsilon (*y++, up_at (u, x, weights, i, j, o), 1e-2);
    tfc_model_close (model);
  }
  g_bytes_unref (bytes);
}

static void
test_transpose_conv (void)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (5);
  for (guint n = 0; n < 60; n++) {
    Up u = {.channels = g_rand_int_range (r, 1, 5),
            .outputs = g_rand_int_range (r, 1, 5),
            .same = g_rand_boolean (r),
            .custom = n % 3 == 0};
    for (guint a = 0; a < 2; a++) {
      u.in[a] = g_rand_int_range (r, 1, 6);
      u.k[a] = g_rand_int_range (r, 1, 5);
      u.stride[a] = g_rand_int_range (r, 1, 4);
      u.out[a] = u.same ? u.in[a] * u.stride[a] : (u.in[a] - 1) * u.stride[a] + u.k[a];
      if (!u.custom)
        u.out[a] +=
            u.same ? -g_rand_int_range (r, 0, u.stride[a]) : g_rand_int_range (r, 0, u.stride[a]);
    }
    check_up (r, &u);
  }
}

/* SELECT (x > 2 and not x == 4, x, 0 - x) */
static void
test_masks (void)
{
  TflWriter *w = tflw_new ();
  TfcShape four = tfc_shape (1, 4), one = tfc_shape (1, 1);
  const gfloat two_v = 2, four_v = 4;
  gint x = tflw_tensor (w, TFL_F32, "x", &four, NULL, 0),
       two = tflw_tensor (w, TFL_F32, "two", &one, &two_v, 4),
       last = tflw_tensor (w, TFL_F32, "four", &one, &four_v, 4), m[4];
  for (guint i = 0; i < 4; i++)
    m[i] = tflw_tensor (w, TFL_BOOL, "m", &four, NULL, 0);
  gint minus = tflw_tensor (w, TFL_F32, "minus", &four, NULL, 0),
       y = tflw_tensor (w, TFL_F32, "y", &four, NULL, 0);
  tflw_op (w, 61, NULL, (gint[]){x, two}, 2, &m[0], 1);
  tflw_op (w, 71, NULL, (gint[]){x, last}, 2, &m[1], 1);
  tflw_op (w, 87, NULL, &m[1], 1, &m[2], 1);
  tflw_op (w, 86, NULL, (gint[]){m[0], m[2]}, 2, &m[3], 1);
  tflw_op (w, 59, NULL, &x, 1, &minus, 1);
  tflw_op (w, 123, NULL, (gint[]){m[3], x, minus}, 3, &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_model (bytes, b);
    memcpy (tfc_model_input (model, 0)->data, (gfloat[]){1, 2, 3, 4}, 16);
    run_model (model);
    g_assert_cmpmem (tfc_model_output (model, 0)->data, 16, ((gfloat[]){-1, -2, 3, -4}), 16);
    tfc_model_close (model);
  }
  g_bytes_unref (bytes);
}

/* Bytes that move stay what they are, though the output's quantisation is another. */
static void
test_stored (void)
{
  static const gint32 turn[] = {1, 0}, begin[] = {0, 1}, end[] = {2, 3}, size[] = {2, 2},
                      ones[] = {1, 1};
  static const struct {
    gint code;
    const gint32 *in[3];
    gint32 option, out[6];
    guint8 want[MAX_VALUES];
  } moves[] = {
      {22, {size}, 0, {2, 3}, {1, 2, 3, 4, 5, 6}},
      {39, {turn}, 0, {3, 2}, {1, 4, 2, 5, 3, 6}},
      {65, {begin, size}, 0, {2, 2}, {2, 3, 5, 6}},
      {45, {begin, end, ones}, 0, {2, 2}, {2, 3, 5, 6}},
      {83, {NULL}, 1, {2, 1, 3}, {1, 2, 3, 4, 5, 6}},
      {105, {ones}, 0, {2, 3}, {3, 2, 1, 6, 5, 4}},
  };
  const gfloat from = 0.5f, to = 0.125f;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    TflWriter *w = tflw_new ();
    TfcShape xs = tfc_shape (2, 2, 3), two = tfc_shape (1, moves[i].code == 105 ? 1 : 2),
             ys = shape_of (moves[i].out);
    gint in[4], y = tflw_tensor (w, TFL_U8, "y", &ys, NULL, 0);
    guint n_in = 1;
    in[0] = tflw_tensor (w, TFL_U8, "x", &xs, NULL, 0);
    tflw_quant (w, in[0], &from, 1, 10, 0);
    tflw_quant (w, y, &to, 1, 200, 0);
    for (guint k = 0; moves[i].code != 22 && k < 3 && moves[i].in[k]; k++)
      in[n_in++] = tflw_tensor (w, TFL_I32, "c", &two, moves[i].in[k], 4 * two.dim[0]);
    guint op = tflw_op (w, moves[i].code, NULL, in, n_in, &y, 1);
    if (moves[i].option)
      tflw_option (w, op, 1, moves[i].option);
    GBytes *bytes = tflw_finish (w, in, 1, &y, 1);
    tflw_free (w);
    for (guint b = 0; tfc_backend_nth (b); b++) {
      TfcModel *model = open_model (bytes, b);
      memcpy (tfc_model_input (model, 0)->data, (guint8[]){1, 2, 3, 4, 5, 6}, 6);
      run_model (model);
      const TfcTensor *t = tfc_model_output (model, 0);
      g_assert_cmpfloat (t->quant.scale, ==, to);
      g_assert_cmpint (t->quant.zero_point, ==, 200);
      g_assert_cmpmem (t->data, tfc_tensor_bytes (t), moves[i].want, tfc_tensor_bytes (t));
      tfc_model_close (model);
    }
    g_bytes_unref (bytes);
  }
}

/* A peak's place in int64, and what stands there; a constant of few numbers as a factor. */
static void
test_places (void)
{
  static const gfloat x[] = {1, 5, 2, 3, 4, 0, 9, 7, 8, 6, 1, 2}, factor[] = {2, 2, 5, 7, 2, 2};
  g_autoptr (GBytes) peak = tfl_peak (), sparse = tfl_sparse_factor ();
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_model (peak, b);
    memcpy (tfc_model_input (model, 0)->data, x, sizeof x);
    run_model (model);
    const gint32 *at = tfc_model_output (model, 1)->data;
    g_assert_cmpfloat (*(const gfloat *)tfc_model_output (model, 0)->data, ==, 9);
    g_assert_cmpint (tfc_model_output (model, 1)->type, ==, TFC_TYPE_I32);
    g_assert_true (at[0] == 1 && at[1] == 2);
    tfc_model_close (model);
    model = open_model (sparse, b);
    memcpy (tfc_model_input (model, 0)->data, x, sizeof factor);
    run_model (model);
    for (guint i = 0; i < G_N_ELEMENTS (factor); i++)
      g_assert_cmpfloat (((const gfloat *)tfc_model_output (model, 0)->data)[i], ==,
                         x[i] * factor[i]);
    tfc_model_close (model);
  }
}

/* On every backend: data into x gives want. Takes the writer. */
static void
check_net (TflWriter *w, gint x, gint y, gconstpointer data, gconstpointer want)
{
  g_autoptr (GBytes) bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_model (bytes, b);
    const TfcTensor *in = tfc_model_input (model, 0), *out = tfc_model_output (model, 0);
    memcpy (in->data, data, tfc_tensor_bytes (in));
    run_model (model);
    if (out->type == TFC_TYPE_F32) {
      for (gsize i = 0; i < tfc_tensor_count (out); i++)
        g_assert_cmpfloat_with_epsilon (((gfloat *)out->data)[i], ((const gfloat *)want)[i], 1e-4);
    } else {
      g_assert_cmpmem (out->data, tfc_tensor_bytes (out), want, tfc_tensor_bytes (out));
    }
    tfc_model_close (model);
  }
}

/* Bytes of three scales are added up as what they stand for. */
static void
test_sum_of_bytes (void)
{
  static const gfloat halves = 0.5f, quarters = 0.25f, ones = 1;
  static const guint8 fixed[] = {0, 40, 200}, x[] = {10, 210, 254}, want[] = {5, 125, 227};
  TflWriter *w = tflw_new ();
  const TfcShape three = tfc_shape (1, 3);
  const gint in[] = {tflw_tensor (w, TFL_U8, "x", &three, NULL, 0),
                     tflw_tensor (w, TFL_U8, "c", &three, fixed, sizeof fixed),
                     tflw_tensor (w, TFL_U8, "d", &three, fixed, sizeof fixed)};
  const gint y = tflw_tensor (w, TFL_U8, "y", &three, NULL, 0);
  tflw_quant (w, in[0], &halves, 1, 10, 0);
  tflw_quant (w, in[1], &quarters, 1, 0, 0);
  tflw_quant (w, in[2], &quarters, 1, 0, 0);
  tflw_quant (w, y, &ones, 1, 5, 0);
  tflw_op (w, 106, NULL, in, 3, &y, 1);
  check_net (w, in[0], y, x, want);
}

/* Scales a column, which is a row of what is computed with. */
static void
test_scales_of_columns (void)
{
  static const gfloat scales[] = {1, 10, 100}, x[] = {1, 2, 3}, want[] = {30, 360, 4200};
  static const gint8 matrix[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  const TfcShape row = tfc_shape (2, 1, 3), square = tfc_shape (2, 3, 3);
  TflWriter *w = tflw_new ();
  const gint in[] = {tflw_tensor (w, TFL_F32, "x", &row, NULL, 0),
                     tflw_tensor (w, TFL_I8, "w", &square, matrix, sizeof matrix)};
  const gint y = tflw_tensor (w, TFL_F32, "y", &row, NULL, 0);
  tflw_quant (w, in[1], scales, 3, 0, 1);
  tflw_op (w, 126, NULL, in, 2, &y, 1);
  check_net (w, in[0], y, x, want);
}

/* Rows of a table that is stored in 8 bits, each with a scale. */
static void
test_table_of_bytes (void)
{
  static const gfloat scales[] = {1, 10}, want[] = {30, 40, 1, 2};
  static const gint8 table[] = {1, 2, 3, 4};
  static const gint32 rows[] = {1, 0};
  const TfcShape two = tfc_shape (1, 2), square = tfc_shape (2, 2, 2);
  TflWriter *w = tflw_new ();
  const gint in[] = {tflw_tensor (w, TFL_I32, "x", &two, NULL, 0),
                     tflw_tensor (w, TFL_I8, "w", &square, table, sizeof table)};
  const gint y = tflw_tensor (w, TFL_F32, "y", &square, NULL, 0);
  tflw_quant (w, in[1], scales, 2, 0, 0);
  tflw_op (w, 7, NULL, in, 2, &y, 1);
  check_net (w, in[0], y, rows, want);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tflite-values/masks", test_masks);
  g_test_add_func ("/tflite-values/stored", test_stored);
  g_test_add_func ("/tflite-values/transpose-conv", test_transpose_conv);
  g_test_add_func ("/tflite-numbers/places", test_places);
  g_test_add_func ("/tflite-numbers/sum-of-bytes", test_sum_of_bytes);
  g_test_add_func ("/tflite-numbers/scales-of-columns", test_scales_of_columns);
  g_test_add_func ("/tflite-numbers/table-of-bytes", test_table_of_bytes);
  return g_test_run ();
}
