/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* 3 by 3 convolutions by Winograd's way, on every instruction set that this CPU has: against the
 * reference and sums in double precision, beside the direct way's error, in batches and not, with
 * any number of threads; and which layers go that way. */
#include <math.h>
#include <string.h>

#include "inference/backends/cpu/f32/winograd.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/inference/ops/op-naive.h"
#include "inference/passes/weight_layout.h"
#include "tests/emulated.h"
#include "tests/seed.h"

#define CASES (few_will_do () ? 12u : 40u)

static guint32 seed;

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

static void
fill (GRand *r, TfcTensor *t, gdouble most)
{
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    op_store (t, i, g_rand_double_range (r, -most, most));
}

/* Sums near 1, so that an error says how many bits are lost. */
static OpCase *
convolution (GRand *r, const TfcShape *x, gint outputs, const gint pad[4])
{
  OpCase *c = op_case_new (TFC_OP_CONV_2D);
  const gint channels = x->dim[3];
  const TfcShape w = tfc_shape (4, outputs, 3, 3, channels), b = tfc_shape (1, outputs);
  const TfcShape y = tfc_shape (4, x->dim[0], x->dim[1] + pad[0] + pad[1] - 2,
                                x->dim[2] + pad[2] + pad[3] - 2, outputs);
  fill (r, op_case_input (c, TFC_TYPE_F32, x), 1);
  fill (r, op_case_input (c, TFC_TYPE_F32, &w), 1 / sqrt (channels));
  if (upto (r, 0, 3))
    fill (r, op_case_input (c, TFC_TYPE_F32, &b), 1);
  c->constant[1] = c->constant[2] = TRUE;
  c->params.window.pad_top = pad[0];
  c->params.window.pad_bottom = pad[1];
  c->params.window.pad_left = pad[2];
  c->params.window.pad_right = pad[3];
  if (upto (r, 0, 1))
    c->params.clamp = (TfcClamp){-0.5f, 1};
  op_case_output (c, TFC_TYPE_F32, &y);
  return c;
}

static OpCase *
some_convolution (GRand *r)
{
  static const gint many[] = {16, 24, 48, 63, 64, 100};
  const TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 11), upto (r, 1, 11),
                                upto (r, 0, 2) ? upto (r, 1, 20) : many[upto (r, 0, 5)]);
  gint pad[4] = {1, 1, 1, 1};
  if (upto (r, 0, 2) == 0) {
    for (gint i = 0; i < 4; i++)
      pad[i] = x.dim[1 + i / 2] < 3 ? 1 : upto (r, 0, 4);
  }
  return convolution (r, &x, upto (r, 0, 2) ? upto (r, 1, 20) : many[upto (r, 0, 5)], pad);
}

/* The largest error beside double precision. */
static gdouble
error_of (OpCase *c, const TfcTensor *y)
{
  gdouble most = 0;
  for (gsize i = 0; i < tfc_tensor_count (y); i++) {
    const gdouble want = CLAMP (op_naive (c, i), c->params.clamp.min, c->params.clamp.max);
    most = MAX (most, fabs (op_stored (y, i) - want));
  }
  return most;
}

/* With the same weights, as GraphModels have them. */
static OpRun
run_turned (OpCase *c)
{
  TfcTensor *w = &c->in[1], straight = *w;
  const gsize outputs = w->shape.dim[0], products = tfc_tensor_count (w) / outputs;
  w->data = op_case_alloc (c, tfc_tensor_bytes (w));
  w->turned = TRUE;
  tfc_transpose_words (straight.data, outputs, products, products, w->data, outputs);
  OpRun run = op_case_run_backend (c, &tfc_backend_auto, NULL);
  *w = straight;
  return run;
}

static gdouble
check (OpCase *c, TfcPool *const *pools, const gchar *set)
{
  g_autofree gchar *text = op_case_print (c);
  const gsize bytes = tfc_tensor_bytes (&c->out), scratch = tfc_winograd_f32_scratch;
  g_assert_true (op_case_run_reference (c));
  OpRun one = op_case_run_backend (c, &tfc_backend_auto, NULL);
  g_assert_true (one.ran);
  g_autofree gchar *difference = op_case_difference (c, &one.out, 1e-4);
  if (difference)
    g_error ("%s on %s: %s (TFC_TEST_SEED=%u)", text, set, difference, seed);
  for (guint i = 0; pools[i]; i++) {
    tfc_winograd_f32_scratch = i % 2 ? scratch : 40000;
    OpRun other = op_case_run_backend (c, &tfc_backend_auto, pools[i]);
    if (memcmp (one.out.data, other.out.data, bytes) != 0)
      g_error ("%s on %s: threads or batches have another result (TFC_TEST_SEED=%u)", text, set,
               seed);
  }
  tfc_winograd_f32_scratch = scratch;
  if (memcmp (one.out.data, run_turned (c).out.data, bytes) != 0)
    g_error ("%s on %s: turned weights have another result (TFC_TEST_SEED=%u)", text, set, seed);
  for (gsize i = 0; i < TFC_TAIL_BYTES; i++) /* nothing behind the end */
    g_assert_cmpuint (((guint8 *)one.out.data)[bytes + i], ==, 0);
  return error_of (c, &one.out);
}

static void
run_set (const TfcKernels *kernels, TfcPool *const *pools)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  gdouble winograd = 0, direct = 0;
  guint other = 0;
  tfc_kernels_choose (kernels);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = some_convolution (r);
    tfc_winograd_f32_most = HUGE_VAL;
    winograd = MAX (winograd, check (c, pools, kernels->name));
    OpRun by_tiles = op_case_run_backend (c, &tfc_backend_auto, NULL);
    tfc_winograd_f32_most = 0;
    OpRun plain = op_case_run_backend (c, &tfc_backend_auto, NULL);
    direct = MAX (direct, error_of (c, &plain.out));
    other += memcmp (plain.out.data, by_tiles.out.data, tfc_tensor_bytes (&c->out)) != 0;
    op_case_free (c);
  }
  tfc_kernels_choose (NULL);
  g_test_message ("%s: off by %.2g, direct by %.2g", kernels->name, winograd, direct);
  g_assert_cmpfloat (winograd, <=, 4e-6); /* sums of up to 3 of numbers below 1 */
  g_assert_cmpuint (other, >, CASES / 2); /* it was another way */
}

static void
test_sets (void)
{
  TfcPool *pools[] = {tfc_pool_new_uncut (1), tfc_pool_new_uncut (1), tfc_pool_new_uncut (2), tfc_pool_new_uncut (3), NULL};
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->f32->gemm)
      continue;
    run_set (tfc_kernels_nth (i), pools);
    tested++;
  }
  for (guint i = 0; pools[i]; i++)
    tfc_pool_unref (pools[i]);
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

static gboolean
pays (gint side, gint channels, gint outputs, gint kernel, gint stride, gint dilation)
{
  const gint out = (side + stride - 1) / stride;
  TfcTensor x = {.shape = tfc_shape (4, 1, side, side, channels)};
  TfcTensor y = {.shape = tfc_shape (4, 1, out, out, outputs)};
  TfcTensor w = {.shape = tfc_shape (4, outputs, kernel, kernel, channels)};
  TfcWeights l = {
      .x = &x, .y = &y, .w = &w, .outputs = outputs, .products = kernel * kernel * channels};
  TfcNode node = {.op = TFC_OP_CONV_2D, .params = tfc_params (TFC_OP_CONV_2D)};
  node.params.window.stride_h = node.params.window.stride_w = stride;
  node.params.window.dilation_h = node.params.window.dilation_w = dilation;
  return tfc_winograd_f32_pays (&node, &l);
}

static void
test_choice (void)
{
  tfc_winograd_f32_most = 1;
  g_assert_true (pays (19, 576, 273, 3, 1, 1)); /* SSD MobileNet V2 */
  g_assert_true (pays (10, 1280, 546, 3, 1, 1));
  g_assert_true (pays (75, 32, 32, 3, 1, 1));
  g_assert_false (pays (3, 256, 546, 3, 1, 1)); /* few pixels */
  g_assert_false (pays (75, 8, 64, 3, 1, 1));   /* few channels */
  g_assert_false (pays (75, 64, 8, 3, 1, 1));
  g_assert_false (pays (19, 576, 273, 3, 2, 1));
  g_assert_false (pays (19, 576, 273, 3, 1, 2));
  g_assert_false (pays (19, 576, 273, 1, 1, 1));
  g_assert_false (pays (19, 576, 273, 5, 1, 1));
  tfc_winograd_f32_most = HUGE_VAL;
  g_assert_true (pays (1, 1, 1, 3, 1, 1));
  g_assert_false (pays (19, 576, 273, 5, 1, 1));
  tfc_winograd_f32_most = 1;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_func ("/winograd/sets", test_sets);
  g_test_add_func ("/winograd/choice", test_choice);
  return g_test_run ();
}
