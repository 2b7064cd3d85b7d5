/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Whole detectors as people train them, small: every format opens, and all backends agree. */
#include "tests/inference/tflite/tfl-detectors.h"

#include <math.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/builder/load.h"
#include "inference/model.h"

static TfcModel *
open_net (TflNet net, TflWeights weights, const gchar *backend)
{
  g_autoptr (GError) error = NULL;
  TfcModelOptions options = {.backend = backend};
  GBytes *bytes = tfl_detector_write (net, weights, FALSE);
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "net.tflite", &error);
  g_assert_no_error (error);
  g_assert_true ((g->tail != NULL) == (net != TFL_NET_RETINANET));
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
  return model;
}

static void
run_net (TfcModel *model)
{
  g_autoptr (GError) error = NULL;
  const TfcTensor *x = tfc_model_input (model, 0);
  for (gsize i = 0; i < tfc_tensor_count (x); i++) {
    guint8 v = (i * i + 31 * i) % 251;
    if (x->type == TFC_TYPE_F32)
      ((gfloat *)x->data)[i] = (gfloat)(v - 127) / 127;
    else
      ((guint8 *)x->data)[i] = v;
  }
  tfc_model_run (model, &error);
  g_assert_no_error (error);
}

/* The greatest difference of any output, after a look that there is something in it; mean: that of
 * all, may be NULL. */
static gdouble
difference (TfcModel *a, TfcModel *b, gdouble *mean)
{
  gdouble most = 0, sum = 0, n = 0;
  g_assert_cmpuint (tfc_model_n_outputs (a), ==, 2);
  for (guint k = 0; k < 2; k++) {
    const TfcTensor *x = tfc_model_output (a, k), *y = tfc_model_output (b, k);
    gdouble low = INFINITY, high = -INFINITY;
    g_assert_true (tfc_shape_equal (&x->shape, &y->shape));
    for (gsize i = 0; i < tfc_tensor_count (x); i++) {
      gdouble v = ((const gfloat *)x->data)[i], w = ((const gfloat *)y->data)[i];
      most = MAX (most, fabs (v - w));
      sum += fabs (v - w);
      n++;
      low = MIN (low, v);
      high = MAX (high, v);
    }
    g_test_message ("output %u from %g to %g", k, low, high);
    g_assert_cmpfloat (high - low, >, 0.1);
  }
  if (mean)
    *mean = sum / n;
  return most;
}

/* Steps of the 8-bit nets' outputs are 0.05; two roundings may go another way. */
static void
test_agree (gconstpointer data)
{
  TflNet net = GPOINTER_TO_UINT (data) / TFL_N_WEIGHTS;
  TflWeights weights = GPOINTER_TO_UINT (data) % TFL_N_WEIGHTS;
  TfcModel *reference = open_net (net, weights, "reference");
  run_net (reference);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    TfcModel *model = open_net (net, weights, tfc_backend_nth (b)->name);
    run_net (model);
    gdouble most = difference (reference, model, NULL);
    g_test_message ("%s: %g", tfc_backend_nth (b)->name, most);
    g_assert_cmpfloat (most, <=, weights == TFL_WEIGHTS_INT8 ? 0.1501 : 1e-4);
    tfc_model_close (model);
  }
  tfc_model_close (reference);
}

/* Narrow weights are the numbers that they stand for, to the last bit. */
static void
test_same_numbers (void)
{
  static const TflWeights pairs[][2] = {
      {TFL_WEIGHTS_HALF, TFL_WEIGHTS_HALF_VALUES},
      {TFL_WEIGHTS_HYBRID, TFL_WEIGHTS_TENSOR_VALUES},
      {TFL_WEIGHTS_HYBRID_CHANNELS, TFL_WEIGHTS_CHANNEL_VALUES},
  };
  for (guint net = 0; net < TFL_N_NETS; net++) {
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
      for (guint b = 0; tfc_backend_nth (b); b++) {
        TfcModel *narrow = open_net (net, pairs[i][0], tfc_backend_nth (b)->name);
        TfcModel *wide = open_net (net, pairs[i][1], tfc_backend_nth (b)->name);
        run_net (narrow);
        run_net (wide);
        g_assert_cmpfloat (difference (narrow, wide, NULL), ==, 0);
        tfc_model_close (narrow);
        tfc_model_close (wide);
      }
    }
  }
}

/* The 8-bit network is the float one, within some steps of 0.05: scales and zero points are not
 * mixed up. */
static void
test_near (void)
{
  for (guint net = 0; net < TFL_N_NETS; net++) {
    TfcModel *bytes = open_net (net, TFL_WEIGHTS_INT8, "auto");
    TfcModel *wide = open_net (net, TFL_WEIGHTS_CHANNEL_VALUES, "auto");
    run_net (bytes);
    run_net (wide);
    gdouble mean, most = difference (bytes, wide, &mean);
    g_test_message ("%s: int8 and float32 differ by %g, %g on average", tfl_net_name (net), most,
                    mean);
    g_assert_cmpfloat (mean, <, 0.15);
    tfc_model_close (bytes);
    tfc_model_close (wide);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < TFL_N_NETS * TFL_N_WEIGHTS; i++) {
    g_autofree gchar *path = g_strdup_printf ("/tflite-detectors/%s/%s", tfl_net_name (i / TFL_N_WEIGHTS),
                                              tfl_weights_name (i % TFL_N_WEIGHTS));
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_agree);
  }
  g_test_add_func ("/tflite-detectors/same-numbers", test_same_numbers);
  g_test_add_func ("/tflite-detectors/near", test_near);
  return g_test_run ();
}
