/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Types, scales and zero points that ops take, and those that they do not. */
#include "tests/inference/graph/graph-check.h"
#include <math.h>
#include <string.h>

static void
test_quantised (void)
{
  TfcTensor byte = {.type = TFC_TYPE_U8, .shape = {.rank = -1}, .quant = {.scale = 0.25}};
  TfcTensor plain = {.type = TFC_TYPE_U8, .shape = S (1, 4)};
  TfcTensor real = {.type = TFC_TYPE_F32, .shape = S (1, 4)};
  One one;

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_shape (&one, TFC_OP_SIGMOID, &byte, S (1, 4));

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_SIGMOID, &plain);

  one = one_new (TFC_OP_SIGMOID);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_SIGMOID, &real);

  one = one_new (TFC_OP_CONVERT);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_shape (&one, TFC_OP_CONVERT, &real, S (1, 4));

  one = one_new (TFC_OP_ADD);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_ADD, NULL);

  one = one_new (TFC_OP_ADD);
  one_in (&one, TFC_TYPE_I64, S (1, 4));
  one_in (&one, TFC_TYPE_I64, S (1, 4));
  expect_error (&one, TFC_OP_ADD, NULL);

  one = one_new (TFC_OP_CLAMP);
  one.params.clamp = (TfcClamp){1, 0};
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_CLAMP, NULL);

  one = one_new (TFC_OP_CLAMP);
  one.params.clamp.min = NAN;
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_CLAMP, NULL);

  /* moved bytes mean the same afterwards, unless a RESHAPE is told what else they stand for */
  one = one_new (TFC_OP_RESHAPE);
  one_in (&one, TFC_TYPE_U8, S (2, 2));
  expect_shape (&one, TFC_OP_RESHAPE, &plain, S (1, 4));
  one = one_new (TFC_OP_RESHAPE);
  byte.shape = S (1, 4);
  one_in (&one, TFC_TYPE_U8, S (2, 2));
  expect_shape (&one, TFC_OP_RESHAPE, &byte, S (1, 4));
  const TfcOp moves[] = {TFC_OP_PAD,         TFC_OP_RESIZE_NEAREST, TFC_OP_DEPTH_TO_SPACE,
                         TFC_OP_REDUCE_MAX,  TFC_OP_TRANSPOSE,      TFC_OP_REDUCE_MIN,
                         TFC_OP_MAX_POOL_2D, TFC_OP_RESIZE_BILINEAR};
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++) {
    one = one_new (moves[i]);
    byte.shape = S (1, 1, 1, 1);
    if (moves[i] == TFC_OP_RESIZE_NEAREST || moves[i] == TFC_OP_RESIZE_BILINEAR)
      one.params.resize.height = one.params.resize.width = 1;
    if (moves[i] == TFC_OP_TRANSPOSE)
      one.params.axes.n = 4, one.params.axes.axis[1] = 1, one.params.axes.axis[2] = 2,
      one.params.axes.axis[3] = 3;
    if (moves[i] == TFC_OP_MAX_POOL_2D)
      one.params.window.kernel_h = one.params.window.kernel_w = 1;
    one_in (&one, TFC_TYPE_U8, S (1, 1, 1, 1));
    expect_error (&one, moves[i], &byte);
  }

  /* of 8 bits, and of whole numbers, where that says something */
  const TfcOp no_bytes[] = {TFC_OP_POW, TFC_OP_FLOOR_DIV, TFC_OP_FLOOR_MOD};
  for (guint i = 0; i < G_N_ELEMENTS (no_bytes); i++) {
    one = one_new (no_bytes[i]);
    one_in (&one, TFC_TYPE_U8, S (1, 4));
    one_in (&one, TFC_TYPE_U8, S (1, 4));
    expect_error (&one, no_bytes[i], NULL);
  }
  one = one_new (TFC_OP_LOGICAL_AND);
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  one_in (&one, TFC_TYPE_U8, S (1, 4));
  expect_error (&one, TFC_OP_LOGICAL_AND, NULL);
  one = one_new (TFC_OP_SELECT); /* the mask is of bools */
  for (guint i = 0; i < 3; i++)
    one_in (&one, TFC_TYPE_F32, S (1, 4));
  expect_error (&one, TFC_OP_SELECT, NULL);
  one = one_new (TFC_OP_SELECT); /* and what it chooses from is alike */
  one_in (&one, TFC_TYPE_F32, S (1, 4));
  one_in (&one, TFC_TYPE_I32, S (1, 4));
  one_in (&one, TFC_TYPE_BOOL, S (1, 4));
  expect_error (&one, TFC_OP_SELECT, NULL);
  one = one_new (TFC_OP_LESS);
  one_in (&one, TFC_TYPE_F16, S (1, 4));
  one_in (&one, TFC_TYPE_F16, S (1, 4));
  expect_error (&one, TFC_OP_LESS, NULL);
  one = one_new (TFC_OP_LOG);
  one_in (&one, TFC_TYPE_I32, S (1, 4));
  expect_error (&one, TFC_OP_LOG, NULL);
}

static void
quant_case (TfcQuant quant, TfcType type, gboolean fine)
{
  One one = one_new (TFC_OP_RESHAPE);
  TfcTensor desc = {.type = type, .shape = S (2, 2), .quant = quant};
  TfcTensor out = {.type = type, .shape = S (4)};
  one.in[one.n_in++] = tfc_graph_value (one.graph, "x", &desc);
  tfc_graph_input (one.graph, 0);
  GError *error = one_check (&one, TFC_OP_RESHAPE, &out);
  g_assert_true (fine == (error == NULL));
  g_clear_error (&error);
  tfc_graph_free (one.graph);
}

static void
test_quant_numbers (void)
{
  static const gfloat good[] = {1, 2}, bad[] = {1, INFINITY};
  quant_case ((TfcQuant){.scale = 1, .zero_point = 255}, TFC_TYPE_U8, TRUE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = 256}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = -1}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .zero_point = 128}, TFC_TYPE_I8, FALSE);
  quant_case ((TfcQuant){.scale = NAN}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = -1}, TFC_TYPE_U8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 2, .n_channels = 2, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = -1, .n_channels = 2, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 3, .scales = good}, TFC_TYPE_I8,
              FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 2}, TFC_TYPE_I8, FALSE);
  quant_case ((TfcQuant){.scale = 1, .axis = 1, .n_channels = 2, .scales = bad}, TFC_TYPE_I8,
              FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/quantised", test_quantised);
  g_test_add_func ("/graph/quant-numbers", test_quant_numbers);
  return g_test_run ();
}
