/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Our own kernels on shapes that fill their tiles and blocks and leave remainders, with weights and
 * zero points from end to end, against the reference. */
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/q8/q8.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/seed.h"

#define CASES 40

static guint32 seed;

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

static TfcQuant
quant (GRand *r, TfcType type, gfloat scale)
{
  if (type == TFC_TYPE_F32)
    return (TfcQuant){0};
  gint zero = upto (r, 0, 9) ? upto (r, 0, 255) : upto (r, 0, 1) * 255;
  return (TfcQuant){.scale = scale, .zero_point = zero - (type == TFC_TYPE_I8 ? 128 : 0)};
}

static void
fill (GRand *r, TfcTensor *t)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++) {
    if (t->type == TFC_TYPE_F32)
      ((gfloat *)t->data)[i] = (gfloat)g_rand_double_range (r, -1, 1);
    else if (t->type == TFC_TYPE_I32)
      ((gint32 *)t->data)[i] = upto (r, -20000, 20000);
    else
      ((guint8 *)t->data)[i] = upto (r, 0, 5) ? upto (r, 0, 255) : upto (r, 0, 1) * 255;
  }
}

/* The windows that networks have, and some that they have not. */
static void
window (GRand *r, OpCase *c, const TfcShape *x, gint kernel, TfcShape *y)
{
  TfcWindow *w = &c->params.window;
  *w = (TfcWindow){.dilation_h = 1, .dilation_w = 1};
  w->stride_h = w->stride_w = upto (r, 1, 2);
  if (kernel == 3 && upto (r, 0, 5) == 0)
    w->dilation_h = w->dilation_w = 2;
  gint most = kernel > 1 ? kernel - 1 : upto (r, 0, 3) == 0;
  w->pad_top = upto (r, 0, most);
  w->pad_left = upto (r, 0, most);
  w->pad_bottom = upto (r, 0, most);
  w->pad_right = upto (r, 0, most);
  gint span_h = (kernel - 1) * w->dilation_h + 1, span_w = (kernel - 1) * w->dilation_w + 1;
  y->dim[1] = (x->dim[1] + w->pad_top + w->pad_bottom - span_h) / w->stride_h + 1;
  y->dim[2] = (x->dim[2] + w->pad_left + w->pad_right - span_w) / w->stride_w + 1;
}

static OpCase *
make_case (GRand *r, TfcOp op, TfcType type)
{
  gboolean depthwise = op == TFC_OP_DEPTHWISE_CONV_2D;
  gint channels = depthwise ? upto (r, 1, 200) : upto (r, 1, 90);
  gint outputs = depthwise ? channels : upto (r, 1, 130);
  gint kernel = depthwise ? 3 : upto (r, 0, 5) ? 1 + 2 * upto (r, 0, 1) : upto (r, 2, 5);
  if (upto (r, 0, 5) == 0 && !depthwise)
    channels = upto (r, 1, 3); /* a row of the kernel is one piece */
  TfcType type_b = type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32;
  OpCase *c = op_case_new (op);
  TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 5, 14), upto (r, 5, 14), channels), y = x;
  TfcShape w = depthwise ? tfc_shape (4, 1, 3, 3, channels)
                         : tfc_shape (4, outputs, kernel, kernel, channels);
  TfcShape b = tfc_shape (1, outputs);
  window (r, c, &x, kernel, &y);
  y.dim[3] = outputs;
  TfcTensor *in = op_case_input (c, type, &x);
  in->quant = quant (r, type, 0.01f);
  fill (r, in);
  TfcTensor *weights = op_case_input (c, type, &w);
  weights->quant = quant (r, type, 0.01f);
  if (upto (r, 0, 2) == 0 && type != TFC_TYPE_F32)
    weights->quant.zero_point = type == TFC_TYPE_U8 ? 128 : 0; /* needs no sums of rows */
  fill (r, weights);
  fill (r, op_case_input (c, type_b, &b));
  c->constant[1] = c->constant[2] = TRUE;
  if (upto (r, 0, 1))
    c->params.clamp = (TfcClamp){-0.5f, 0.8f};
  TfcTensor *out = op_case_output (c, type, &y);
  out->quant = quant (r, type, 0.01f * sqrtf (kernel * kernel * (depthwise ? 1 : channels)));
  return c;
}

static gboolean
left_to_xnnpack (const OpCase *c)
{
  gint lowest = c->out.type == TFC_TYPE_U8 ? 0 : -128;
  return c->out.type != TFC_TYPE_F32 && c->op == TFC_OP_DEPTHWISE_CONV_2D &&
         tfc_kernels ()->q8->depthwise_packing == TFC_Q8_K4 && c->in[1].quant.zero_point == lowest;
}

/* FALSE: left to XNNPACK. */
static gboolean
check (OpCase *c, TfcPool *pool)
{
  g_autofree gchar *text = op_case_print (c);
  gsize bytes = tfc_tensor_bytes (&c->out);
  if (!op_case_run_reference (c))
    g_error ("refused: %s (TFC_TEST_SEED=%u)", text, seed);
  OpRun run = op_case_run_backend (c, &tfc_backend_auto, pool);
  if (left_to_xnnpack (c)) {
    g_assert_false (run.ran);
    return FALSE;
  }
  if (!run.ran)
    g_error ("not run: %s (TFC_TEST_SEED=%u)", text, seed);
  g_autofree gchar *difference = op_case_difference (c, &run.out, op_sum_tolerance (c));
  if (difference)
    g_error ("%s: %s (TFC_TEST_SEED=%u)", text, difference, seed);
  for (gsize i = 0; i < TFC_TAIL_BYTES; i++)
    g_assert_cmpuint (((guint8 *)run.out.data)[bytes + i], ==, 0); /* nothing behind the end */
  return TRUE;
}

static gboolean
has_kernels (const TfcKernels *kernels, TfcOp op, TfcType type)
{
  if (type == TFC_TYPE_F32)
    return op == TFC_OP_CONV_2D ? kernels->f32->gemm != NULL : kernels->f32->depthwise != NULL;
  return op == TFC_OP_CONV_2D ? kernels->q8->gemm != NULL : kernels->q8->depthwise != NULL;
}

static void
run_set (const TfcKernels *kernels, TfcOp op, TfcType type)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + op * 8 + type);
  TfcPool *pool = tfc_pool_new_uncut (2);
  guint ran = 0;
  tfc_kernels_choose (kernels);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = make_case (r, op, type);
    ran += check (c, i % 2 ? pool : NULL);
    op_case_free (c);
  }
  g_assert_cmpuint (ran, >, 0);
  tfc_kernels_choose (NULL);
  tfc_pool_unref (pool);
}

static void
run_cases (TfcOp op, TfcType type)
{
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!has_kernels (tfc_kernels_nth (i), op, type))
      continue;
    g_test_message ("%s", tfc_kernels_nth (i)->name);
    run_set (tfc_kernels_nth (i), op, type);
    tested++;
  }
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

static void
test_conv (gconstpointer type)
{
  run_cases (TFC_OP_CONV_2D, GPOINTER_TO_UINT (type));
}

static void
test_depthwise (gconstpointer type)
{
  run_cases (TFC_OP_DEPTHWISE_CONV_2D, GPOINTER_TO_UINT (type));
}

/* One layer of uint8, with n channels in, changed by how. */
static gboolean
can_run (gint n, void (*how) (TfcGraph *g, const guint *in, guint y))
{
  TfcGraph *g = tfc_graph_new ();
  TfcShape x = tfc_shape (4, 1, 1, 1, n), w = tfc_shape (4, 1, 1, 1, n), b = tfc_shape (1, 1);
  TfcTensor t = {.type = TFC_TYPE_U8, .shape = x, .quant = {.scale = 0.01f, .zero_point = 7}};
  TfcParams params = tfc_params (TFC_OP_CONV_2D);
  g_autofree guint8 *zeros = g_malloc0 (n);
  guint in[3] = {tfc_graph_value (g, "x", &t)};
  t.shape = tfc_shape (4, 1, 1, 1, 1);
  guint y = tfc_graph_value (g, "y", &t);
  in[1] = tfc_graph_const (g, "w", TFC_TYPE_U8, &w, zeros);
  in[2] = tfc_graph_const (g, "b", TFC_TYPE_I32, &b, &(gint32){0});
  tfc_graph_v (g, in[1])->tensor.quant = t.quant;
  tfc_graph_node (g, TFC_OP_CONV_2D, &params, in, 3, &y, 1);
  if (how)
    how (g, in, y);
  gboolean yes = tfc_backend_auto.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

static void
low_zero (TfcGraph *g, const guint *in, guint y)
{
  tfc_graph_v (g, in[0])->tensor.quant.zero_point = -1;
}

static void
high_zero (TfcGraph *g, const guint *in, guint y)
{
  tfc_graph_v (g, in[1])->tensor.quant.zero_point = 256;
}

/* A step of the sum is two of the output. */
static void
steep_scale (TfcGraph *g, const guint *in, guint y)
{
  tfc_graph_v (g, y)->tensor.quant.scale = 0.01f * 0.01f / 2;
}

/* 10 * 65025 * 4096 steps do not fit 32 bits. */
static void
large_scale (TfcGraph *g, const guint *in, guint y)
{
  tfc_graph_v (g, y)->tensor.quant.scale = 0.01f * 0.01f / 4096;
}

static void
large_bias (TfcGraph *g, const guint *in, guint y)
{
  *(gint32 *)tfc_graph_v (g, in[2])->tensor.data = G_MAXINT32 - 65025 * 9;
}

static void
least_bias (TfcGraph *g, const guint *in, guint y)
{
  *(gint32 *)tfc_graph_v (g, in[2])->tensor.data = G_MININT32;
}

static void
wide_pad (TfcGraph *g, const guint *in, guint y)
{
  TfcWindow *w = &tfc_graph_n (g, 0)->params.window;
  w->pad_left = w->pad_right = G_MAXINT32 / 2;
}

static void
no_weights (TfcGraph *g, const guint *in, guint y)
{
  tfc_graph_v (g, in[1])->tensor.data = NULL;
}

/* What kernels would compute wrongly is left to others. */
static void
test_refused (void)
{
  void (*const hows[]) (TfcGraph * g, const guint *in, guint y) = {
      low_zero, high_zero, large_scale, large_bias, least_bias, wide_pad, no_weights};
  if (!tfc_kernels ()->q8->gemm) {
    g_test_skip ("no 8-bit kernels of our own for this CPU");
    return;
  }
  g_assert_true (can_run (10, NULL));
  g_assert_true (can_run (10, steep_scale));
  g_assert_true (can_run (32768, NULL));
  g_assert_false (can_run (40000, NULL)); /* sums may leave 32 bits */
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++)
    g_assert_false (can_run (10, hows[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_data_func ("/kernels/conv/uint8", GUINT_TO_POINTER (TFC_TYPE_U8), test_conv);
  g_test_add_data_func ("/kernels/conv/int8", GUINT_TO_POINTER (TFC_TYPE_I8), test_conv);
  g_test_add_data_func ("/kernels/conv/float32", GUINT_TO_POINTER (TFC_TYPE_F32), test_conv);
  g_test_add_data_func ("/kernels/depthwise/uint8", GUINT_TO_POINTER (TFC_TYPE_U8), test_depthwise);
  g_test_add_data_func ("/kernels/depthwise/int8", GUINT_TO_POINTER (TFC_TYPE_I8), test_depthwise);
  g_test_add_data_func ("/kernels/depthwise/float32", GUINT_TO_POINTER (TFC_TYPE_F32),
                        test_depthwise);
  g_test_add_func ("/kernels/refused", test_refused);
  return g_test_run ();
}
