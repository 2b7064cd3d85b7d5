/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lowering: padding that convolutions and pools take over. */
#include "tests/inference/passes/lower-check.h"
#include "tests/seed.h"
#include <string.h>

static void
test_pad (void)
{
  TfcParams p = pad_params (1, 2, 3, 0, 0);
  TfcGraph *g = tfc_graph_new ();
  guint x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  lower (g, conv (g, x, 2, 3, TRUE), TRUE, OPS (TFC_OP_CONV_2D));
  g_assert_cmpint (tfc_graph_n (g, 0)->params.window.pad_left, ==, 3);
  tfc_graph_free (g);
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, depthwise (g, x, 2, TRUE), TRUE, OPS (TFC_OP_DEPTHWISE_CONV_2D)));
  p = pad_params (1, 1, 1, 1, 2); /* channels: stays */
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, conv (g, x, 4, 3, TRUE), TRUE, OPS (TFC_OP_PAD, TFC_OP_CONV_2D)));
  p = pad_params (1, 1, 1, 1, 0); /* with what is not zero: stays */
  p.pad.value = -1;
  g = tfc_graph_new ();
  x = node (g, TFC_OP_PAD, &p, input (g, tfc_shape (4, 1, 4, 5, 2)), TFC_NONE);
  tfc_graph_free (lower (g, conv (g, x, 2, 3, TRUE), TRUE, OPS (TFC_OP_PAD, TFC_OP_CONV_2D)));
}

static void
test_pad_quantised (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_U8,
                 .shape = tfc_shape (4, 1, 4, 4, 2),
                 .quant = {.scale = 0.1f, .zero_point = 77}};
  TfcTensor w = {.type = TFC_TYPE_U8,
                 .shape = tfc_shape (4, 3, 3, 3, 2),
                 .quant = {.scale = 0.02f, .zero_point = 100}};
  TfcTensor y = {
      .type = TFC_TYPE_U8, .shape = {.rank = -1}, .quant = {.scale = 0.3f, .zero_point = 120}};
  TfcParams p = pad_params (1, 1, 1, 1, 0), c = tfc_params (TFC_OP_CONV_2D);
  guint in[2], padded = tfc_graph_unknown (g, "padded"), out = tfc_graph_value (g, "y", &y);
  guint8 *weights = tfc_graph_alloc (g, 54);
  for (guint i = 0; i < 54; i++)
    weights[i] = g_rand_int (rand_source);
  w.data = weights;
  in[0] = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, in[0]);
  in[1] = tfc_graph_value (g, "w", &w);
  c.window.stride_h = c.window.stride_w = c.window.dilation_h = c.window.dilation_w = 1;
  tfc_graph_node (g, TFC_OP_PAD, &p, in, 1, &padded, 1);
  in[0] = padded;
  tfc_graph_node (g, TFC_OP_CONV_2D, &c, in, 2, &out, 1);
  tfc_graph_free (lower (g, out, TRUE, OPS (TFC_OP_CONV_2D)));
}

static guint
pool (TfcGraph *g, guint x)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window = (TfcWindow){
      .stride_h = 2, .stride_w = 2, .dilation_h = 1, .dilation_w = 1, .kernel_h = 3, .kernel_w = 3};
  return node (g, TFC_OP_MAX_POOL_2D, &p, x, TFC_NONE);
}

static void
test_pad_pool (void)
{
  TfcParams p = pad_params (0, 1, 0, 1, 0), relu = tfc_params (TFC_OP_CLAMP);
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (4, 1, 6, 6, 2));
  tfc_graph_free (lower (g, pool (g, node (g, TFC_OP_PAD, &p, x, TFC_NONE)), TRUE,
                         OPS (TFC_OP_PAD, TFC_OP_MAX_POOL_2D)));
  g = tfc_graph_new ();
  relu.clamp.min = 0;
  x = node (g, TFC_OP_CLAMP, &relu, input (g, tfc_shape (4, 1, 6, 6, 2)), TFC_NONE);
  tfc_graph_free (lower (g, pool (g, node (g, TFC_OP_PAD, &p, x, TFC_NONE)), TRUE,
                         OPS (TFC_OP_CLAMP, TFC_OP_MAX_POOL_2D)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rand_source = g_rand_new_with_seed (test_seed ());
  g_test_add_func ("/lower/pad", test_pad);
  g_test_add_func ("/lower/pad-quantised", test_pad_quantised);
  g_test_add_func ("/lower/pad-pool", test_pad_pool);
  gint rc = g_test_run ();
  g_rand_free (rand_source);
  return rc;
}
