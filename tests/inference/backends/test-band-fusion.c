/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Layers that run band by band as one: the same bits as when each runs by itself, on every
 * instruction set and with any number of threads. */
#include "tests/inference/plan/float-net.h"
#include "inference/backends/cpu/f32/band_fusion.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/f32/f32.h"
#include "tests/seed.h"

#include <math.h>
#include <string.h>

#define NETS 80

static guint32 seed;

/* Puts the node behind what is there. */
static void
node (FloatNet *n, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  n->value = net_node (n, op, params, in, n_in);
}

/* SAME padding, or numbers of its own; the sides of the result. */
static void
some_window (FloatNet *n, TfcWindow *w, gint kernel)
{
  w->stride_h = kernel > 1 ? net_upto (n, 1, MIN (kernel, 3)) : 1;
  w->stride_w = w->stride_h;
  w->same = net_upto (n, 0, 1) || n->height < kernel || n->width < kernel;
  if (!w->same) {
    w->pad_top = net_upto (n, 0, kernel - 1);
    w->pad_bottom = net_upto (n, 0, kernel - 1);
    w->pad_left = net_upto (n, 0, kernel - 1);
  }
  const gint rows = n->height + w->pad_top + w->pad_bottom, columns = n->width + w->pad_left;
  n->height =
      w->same ? (n->height + w->stride_h - 1) / w->stride_h : (rows - kernel) / w->stride_h + 1;
  n->width =
      w->same ? (n->width + w->stride_w - 1) / w->stride_w : (columns - kernel) / w->stride_w + 1;
}

static void
depthwise (FloatNet *n)
{
  TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
  const gint kernel = net_upto (n, 0, 3) ? 3 : 5;
  TfcShape w = tfc_shape (4, 1, kernel, kernel, n->channels), b = tfc_shape (1, n->channels);
  guint in[] = {n->value, net_constant (n, &w, 1.0 / kernel), net_constant (n, &b, 0.5)};
  some_window (n, &p.window, kernel);
  p.clamp = net_clamp (n);
  node (n, TFC_OP_DEPTHWISE_CONV_2D, &p, in, 3);
}

/* Sometimes with the addition of what is there already. */
static void
convolution (FloatNet *n, gint kernel)
{
  TfcParams p = tfc_params (TFC_OP_CONV_2D), sum = tfc_params (TFC_OP_ADD);
  const gint before = n->channels, outputs = net_upto (n, 0, 2) ? net_upto (n, 1, 70) : before;
  const guint shortcut = n->value;
  TfcShape w = tfc_shape (4, outputs, kernel, kernel, before), b = tfc_shape (1, outputs);
  guint in[] = {n->value, net_constant (n, &w, 1 / sqrt (kernel * kernel * before)),
                net_constant (n, &b, 0.5)};
  some_window (n, &p.window, kernel);
  const gboolean adds = kernel == 1 && outputs == before && p.window.same;
  p.clamp = adds ? TFC_NO_CLAMP : net_clamp (n);
  n->channels = outputs;
  node (n, TFC_OP_CONV_2D, &p, in, 3);
  sum.clamp = net_clamp (n);
  if (adds)
    node (n, TFC_OP_ADD, &sum, (guint[]){n->value, shortcut}, 2);
}

static FloatNet
net_new (guint32 from, gboolean seen)
{
  FloatNet n = net_begin (from, seen);
  n.height = net_upto (&n, 1, 50);
  n.width = net_upto (&n, 1, 30);
  n.channels = net_upto (&n, 1, 40);
  net_input (&n, 1);
  if (net_upto (&n, 0, 1))
    convolution (&n, 3);
  for (gint layers = net_upto (&n, 2, 20); layers > 0; layers--) {
    if (net_upto (&n, 0, 1))
      depthwise (&n);
    else
      convolution (&n, net_upto (&n, 0, 3) ? 1 : 3);
  }
  net_end (&n);
  return n;
}

/* Returns how many values were inside. */
static guint
check_net (guint32 from, TfcPool *pool)
{
  FloatNet hidden = net_new (from, FALSE), seen = net_new (from, TRUE);
  NetPlan plans[2];
  net_check (&hidden, &seen, from, pool, plans);
  g_assert_cmpuint (plans[1].inside, ==, 0);
  net_clear (&hidden);
  net_clear (&seen);
  return plans[0].inside;
}

/* Everything joins that can; bands of one row up to all of them. */
static guint
check_set (const TfcKernels *kernels, TfcPool *pool)
{
  const gsize least = tfc_band_fusion_f32_least_bytes, band = tfc_band_fusion_f32_band_bytes;
  guint inside = 0;
  tfc_kernels_choose (kernels);
  tfc_band_fusion_f32_least_bytes = 1;
  for (guint k = 0; k < NETS; k++) {
    tfc_band_fusion_f32_band_bytes = (gsize)16384 << k % 6;
    inside += check_net (seed + k, pool);
  }
  tfc_band_fusion_f32_least_bytes = least;
  tfc_band_fusion_f32_band_bytes = band;
  tfc_kernels_choose (NULL);
  return inside;
}

static void
test_nets (void)
{
  guint tested = 0;
  for (guint threads = 2; threads <= 3; threads++) {
    TfcPool *pool = tfc_pool_new_uncut (threads);
    for (guint i = 0; tfc_kernels_nth (i); i++) {
      if (!tfc_kernels_nth (i)->f32->gemm)
        continue;
      g_assert_cmpuint (check_set (tfc_kernels_nth (i), pool), >, NETS);
      tested++;
    }
    tfc_pool_unref (pool);
  }
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

/* More than may be joined at once are several chains; small values stay in their places. */
static void
test_limits (void)
{
  const gsize least = tfc_band_fusion_f32_least_bytes;
  FloatNet n = net_begin (seed, FALSE);
  NetPlan apart, together;
  if (!tfc_kernels ()->f32->gemm) {
    g_test_skip ("no kernels of our own for this CPU");
    net_clear (&n);
    return;
  }
  n.height = 64;
  n.width = n.channels = 8;
  net_input (&n, 1);
  for (guint i = 0; i < 3 * TFC_MAX_TOGETHER; i++) {
    TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
    TfcShape w = tfc_shape (4, 1, 3, 3, n.channels);
    p.window.same = TRUE;
    node (&n, TFC_OP_DEPTHWISE_CONV_2D, &p, (guint[]){n.value, net_constant (&n, &w, 0.3)}, 2);
  }
  net_end (&n);
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  Values *values = values_compute (n.g, r);
  const gsize bytes = tfc_tensor_bytes (&tfc_graph_v (n.g, n.value)->tensor);
  g_autofree gfloat *y = net_run (&n, NULL, values, &apart);
  tfc_band_fusion_f32_least_bytes = 1;
  g_autofree gfloat *joined = net_run (&n, NULL, values, &together);
  g_assert_cmpuint (apart.inside, ==, 0);
  g_assert_cmpuint (together.inside, ==, 3 * (TFC_MAX_TOGETHER - 1));
  g_assert_cmpmem (y, bytes, joined, bytes);
  tfc_band_fusion_f32_least_bytes = least;
  values_free (values, n.g);
  net_clear (&n);
}

/* What fits the caches stays in its place for one thread, and is inside for two, which would meet
 * after each layer. */
static void
test_threads (void)
{
  FloatNet n = net_begin (seed, FALSE);
  TfcPool *pool = tfc_pool_new_uncut (2);
  NetPlan one, two;
  n.height = n.width = 24;
  n.channels = 32;
  net_input (&n, 1);
  for (guint i = 0; i < 4; i++) {
    TfcParams p = tfc_params (TFC_OP_DEPTHWISE_CONV_2D);
    TfcShape w = tfc_shape (4, 1, 3, 3, n.channels);
    p.window.same = TRUE;
    node (&n, TFC_OP_DEPTHWISE_CONV_2D, &p, (guint[]){n.value, net_constant (&n, &w, 0.3)}, 2);
  }
  net_end (&n);
  g_autoptr (GRand) r = g_rand_new_with_seed (seed);
  Values *values = values_compute (n.g, r);
  const gsize bytes = tfc_tensor_bytes (&tfc_graph_v (n.g, n.value)->tensor);
  g_autofree gfloat *y = net_run (&n, NULL, values, &one);
  g_autofree gfloat *shared = net_run (&n, pool, values, &two);
  g_assert_cmpuint (one.inside, ==, 0);
  g_assert_true (two.inside > 0 || !tfc_kernels ()->f32->gemm);
  g_assert_cmpmem (y, bytes, shared, bytes);
  values_free (values, n.g);
  net_clear (&n);
  tfc_pool_unref (pool);
}

/* Layers of one input are run by themselves, wherever they stand. */
static void
test_without_weights (void)
{
  const gsize least = tfc_band_fusion_f32_least_bytes;
  const TfcOp ops[] = {TFC_OP_SIGMOID, TFC_OP_SIGMOID, TFC_OP_MAX_POOL_2D, TFC_OP_RESIZE_BILINEAR};
  FloatNet nets[2];
  NetPlan plans[2];
  for (guint k = 0; k < 2; k++) {
    FloatNet *n = &nets[k];
    *n = net_begin (seed, k == 1);
    n->height = n->width = n->channels = 16;
    net_input (n, 1);
    depthwise (n);
    for (guint i = 0; i < G_N_ELEMENTS (ops); i++) {
      TfcParams p = tfc_params (ops[i]);
      if (ops[i] == TFC_OP_RESIZE_BILINEAR)
        p.resize.height = p.resize.width = n->height = n->width = 16;
      node (n, ops[i], &p, &n->value, 1);
    }
    convolution (n, 3);
    net_end (n);
  }
  tfc_band_fusion_f32_least_bytes = 1;
  net_check (&nets[0], &nets[1], seed, NULL, plans);
  tfc_band_fusion_f32_least_bytes = least;
  net_clear (&nets[0]);
  net_clear (&nets[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_func ("/band-fusion/nets", test_nets);
  g_test_add_func ("/band-fusion/limits", test_limits);
  g_test_add_func ("/band-fusion/threads", test_threads);
  g_test_add_func ("/band-fusion/without-weights", test_without_weights);
  return g_test_run ();
}
