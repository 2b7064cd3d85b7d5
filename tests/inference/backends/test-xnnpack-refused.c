/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Pools of threads that networks on XNNPACK share, and what the backend refuses. */
#include <string.h>
#include "tests/inference/backends/xnnpack-net.h"

/* A quantised trunk big enough that workers share its layers. */
static TfcGraph *
trunk (guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);
  TfcGraph *g = tfc_graph_new ();
  guint last = computed (g, U, tfc_shape (4, 1, 24, 24, 32));
  tfc_graph_input (g, last);
  for (guint layer = 0; layer < 4; layer++) {
    TfcParams window = tfc_params (TFC_OP_CONV_2D);
    TfcShape shape = tfc_shape (4, 32, 3, 3, 32), one = tfc_shape (1, 32);
    guint8 *w = tfc_graph_alloc (g, 32 * 9 * 32);
    guint y = computed (g, U, tfc_shape (4, 1, 24, 24, 32));
    gint32 *b = tfc_graph_alloc (g, 32 * 4);
    for (guint i = 0; i < 32 * 9 * 32; i++)
      w[i] = g_rand_int_range (rand, 90, 111);
    for (guint i = 0; i < 32; i++)
      b[i] = g_rand_int_range (rand, -4000, 4000);
    window.window.pad_top = window.window.pad_left = 1;
    window.window.pad_bottom = window.window.pad_right = 1;
    node (g, TFC_OP_CONV_2D, &window, last, constant (g, U, shape, w),
          constant (g, TFC_TYPE_I32, one, b), y);
    last = y;
  }
  tfc_graph_output (g, last);
  g_rand_free (rand);
  return g;
}

static void
fill_picture (Net *net, guint8 seed)
{
  guint8 *x = net->place[net->segment.in[0]];
  for (guint i = 0; i < 24 * 24 * 32; i++)
    x[i] = (guint8)(i * 37 + seed * (i >> 5));
}

static gpointer
run_often (gpointer data)
{
  Net *net = data;
  const guint8 *y;
  g_autofree guint8 *first = NULL;
  net_run (net);
  y = net->place[net->segment.out[0]];
  first = g_memdup2 (y, 24 * 24 * 32);
  for (guint i = 0; i < 20; i++) {
    net_run (net);
    g_assert_cmpint (memcmp (first, y, 24 * 24 * 32), ==, 0);
  }
  return NULL;
}

/* Models on several threads that share one pool compute what one thread alone computes. */
static void
test_shared_pool (void)
{
  if (TFC_XNN_HALF_UP) {
    g_test_skip ("XNNPACK is given no 8-bit convolution with one scale on this CPU");
    return;
  }
  TfcPool *pool = tfc_pool_new_uncut (2);
  GThread *threads[4];
  Net nets[4], alone;
  g_assert_cmpuint (tfc_pool_threads (pool), ==, 2);
  for (guint i = 0; i < 4; i++) {
    net_open (&nets[i], trunk (i), pool);
    fill_picture (&nets[i], i);
  }
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("net", run_often, &nets[i]);
  for (guint i = 0; i < 4; i++) {
    g_thread_join (threads[i]);
    net_open (&alone, trunk (i), NULL);
    fill_picture (&alone, i);
    net_run (&alone);
    g_assert_cmpmem (nets[i].place[nets[i].segment.out[0]], 24 * 24 * 32,
                     alone.place[alone.segment.out[0]], 24 * 24 * 32);
    net_close (&alone);
    net_close (&nets[i]);
  }
  tfc_pool_unref (pool);
}

static void
test_pool (void)
{
  TfcPool *one = tfc_pool_new (1), *some = tfc_pool_new (0), *many = tfc_pool_new (1000);
  g_assert_cmpuint (tfc_pool_threads (one), ==, 1);
  g_assert_null (tfc_pool_native (one));
  g_assert_cmpuint (tfc_pool_threads (some), >=, 1);
  g_assert_cmpuint (tfc_pool_threads (some), <=, TFC_POOL_DEFAULT_MAX);
  g_assert_cmpuint (tfc_pool_threads (many), <=, TFC_POOL_MAX_THREADS);
  g_assert_true (tfc_pool_ref (one) == one);
  tfc_pool_unref (one);
  tfc_pool_unref (one);
  tfc_pool_unref (some);
  tfc_pool_unref (many);
  tfc_pool_unref (NULL);
  g_assert_cmpuint (tfc_pool_threads (NULL), ==, 1);
}

static gboolean
takes (TfcOp op, const TfcParams *params, TfcType type, TfcShape x, TfcShape y)
{
  TfcGraph *g = tfc_graph_new ();
  gboolean yes;
  node (g, op, params, computed (g, type, x), TFC_NONE, TFC_NONE, computed (g, type, y));
  yes = tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

static gboolean
takes_pool (gint kernel, gint stride, gint length)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D);
  p.window.kernel_h = p.window.kernel_w = kernel;
  p.window.stride_h = p.window.stride_w = stride;
  return takes (TFC_OP_MAX_POOL_2D, &p, F, tfc_shape (4, 1, 9, 9, 4),
                tfc_shape (4, 1, length, length, 4));
}

/* Of 3 x 3 pixels on a square, and a picture made so large. */
static gboolean
takes_large (gint length)
{
  TfcParams p = tfc_params (TFC_OP_MAX_POOL_2D), r = tfc_params (TFC_OP_RESIZE_BILINEAR);
  TfcShape small = tfc_shape (4, 1, 2, 2, 1);
  p.window.kernel_h = p.window.kernel_w = 3;
  p.window.stride_h = p.window.stride_w = 1;
  r.resize.height = r.resize.width = 3 * length / 2;
  gboolean pool = takes (TFC_OP_MAX_POOL_2D, &p, F, tfc_shape (4, 1, length + 2, length + 2, 1),
                         tfc_shape (4, 1, length, length, 1));
  gboolean resize = takes (TFC_OP_RESIZE_BILINEAR, &r, F, small,
                           tfc_shape (4, 1, r.resize.height, r.resize.width, 1));
  g_assert_true (pool == resize);
  return pool;
}

static gboolean
takes_conv (gfloat weight_scale, gint32 weight_zero, TfcType type, gint bias_count)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = computed (g, type, tfc_shape (4, 1, 2, 2, 4)),
        y = computed (g, type, tfc_shape (4, 1, 2, 2, 4));
  TfcTensor w = {
      .type = type, .shape = tfc_shape (4, 4, 1, 1, 4), .quant = {weight_scale, weight_zero}};
  TfcShape count = tfc_shape (1, bias_count);
  gint32 zeros[16] = {0};
  gboolean yes;
  w.data = tfc_graph_alloc (g, 64);
  node (g, TFC_OP_CONV_2D, NULL, x, tfc_graph_value (g, NULL, &w),
        tfc_graph_const (g, NULL, type == F ? F : TFC_TYPE_I32, &count, zeros), y);
  yes = tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

/* Weights for so many channels of those that there are. */
static gboolean
takes_groups (gint channels, gint each, gint outputs)
{
  static gfloat weights[64];
  TfcGraph *g = tfc_graph_new ();
  const guint x = computed (g, F, tfc_shape (4, 1, 2, 2, channels)),
              w = constant (g, F, tfc_shape (4, outputs, 1, 1, each), weights),
              y = computed (g, F, tfc_shape (4, 1, 2, 2, outputs));
  node (g, TFC_OP_CONV_2D, NULL, x, w, TFC_NONE, y);
  const gboolean yes = tfc_backend_xnnpack.can_run (g, tfc_graph_n (g, 0));
  tfc_graph_free (g);
  return yes;
}

/* Each refusal beside a neighbour that is taken. */
static void
test_refused (void)
{
  TfcParams p = tfc_params (TFC_OP_SOFTMAX);
  TfcShape s = tfc_shape (2, 2, 3), empty = tfc_shape (2, 0, 3);
  p.alpha = 1;
  g_assert_true (takes (TFC_OP_SOFTMAX, &p, F, s, s));
  p.alpha = 2;
  g_assert_false (takes (TFC_OP_SOFTMAX, &p, F, s, s));
  g_assert_true (takes_pool (3, 3, 3));
  g_assert_true (takes_pool (2, 1, 8));
  g_assert_false (takes_pool (1, 1, 9));
  g_assert_false (takes_pool (2, 3, 3));
  g_assert_false (takes_pool (3, 3, 4)); /* would write past its end */
  g_assert_true (takes_large (1364));
  g_assert_false (takes_large (1368)); /* more than 2^24 pointers */
  g_assert_true (takes_conv (255, 7, U, 4) != TFC_XNN_HALF_UP);
  g_assert_false (takes_conv (256, 7, U, 4)); /* the scales of input and output are equal */
  g_assert_false (takes_conv (0, 0, U, 4));
  g_assert_true (takes_conv (1, 0, TFC_TYPE_I8, 4) != TFC_XNN_HALF_UP);
  g_assert_false (takes_conv (1, 7, TFC_TYPE_I8, 4));
  g_assert_false (takes_conv (1, 7, U, 3));
  g_assert_true (takes_conv (0, 0, F, 4));
  g_assert_true (takes_groups (6, 2, 9));
  g_assert_false (takes_groups (6, 2, 8));
  g_assert_false (takes_groups (6, 4, 8));
  g_assert_true (takes (TFC_OP_CLAMP, NULL, F, s, s));
  g_assert_false (takes (TFC_OP_CLAMP, NULL, F, empty, empty));
  g_assert_false (takes (TFC_OP_SIGMOID, NULL, U, s, s)); /* output scale is not 1/256 */
  p = tfc_params (TFC_OP_CLAMP);
  p.clamp = (TfcClamp){3, 3};
  g_assert_false (takes (TFC_OP_CLAMP, &p, F, s, s));
  p.clamp = (TfcClamp){90, 91}; /* past what 8 bits reach */
  g_assert_false (takes (TFC_OP_CLAMP, &p, U, s, s));
  p.clamp = (TfcClamp){0, 6};
  g_assert_true (takes (TFC_OP_CLAMP, &p, U, s, s));
  g_assert_false (takes (TFC_OP_TANH, NULL, F, s, s));
}

/* What passes can_run cannot fail; if a library is stricter than known, the error names the node.
 */
static void
prepare_fails (TfcGraph *g, guint x, guint y, const gchar *op)
{
  void *place[16] = {NULL};
  guint8 bytes[1024];
  TfcSegment s = {g, 0, g->nodes->len, &x, &y, 1, 1, place};
  GError *error = NULL;
  place[x] = place[y] = bytes;
  g_assert_null (tfc_backend_xnnpack.prepare (&s, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, op));
  g_error_free (error);
  tfc_graph_free (g);
}

static void
test_errors (void)
{
  TfcShape s = tfc_shape (4, 1, 2, 2, 4);
  TfcParams pool = tfc_params (TFC_OP_MAX_POOL_2D);
  TfcGraph *g = tfc_graph_new ();
  guint x = computed (g, U, s), between = computed (g, U, s), y = computed (g, U, s);
  TfcTensor w = {.type = U, .shape = tfc_shape (4, 4, 1, 1, 4), .quant = {300, 7}};

  w.data = tfc_graph_alloc (g, 16);
  node (g, TFC_OP_CLAMP, NULL, x, TFC_NONE, TFC_NONE, between);
  node (g, TFC_OP_CONV_2D, NULL, between, tfc_graph_value (g, NULL, &w), TFC_NONE, y);
  prepare_fails (g, x, y, "CONV_2D"); /* when the runtime is created */

  pool.window.kernel_h = pool.window.kernel_w = 1;
  g = tfc_graph_new ();
  x = computed (g, F, s);
  y = computed (g, F, s);
  node (g, TFC_OP_MAX_POOL_2D, &pool, x, TFC_NONE, TFC_NONE, y);
  prepare_fails (g, x, y, "MAX_POOL_2D"); /* when the node is defined */

  g = tfc_graph_new ();
  x = computed (g, F, s);
  y = computed (g, F, s);
  node (g, TFC_OP_TANH, NULL, x, TFC_NONE, TFC_NONE, y);
  prepare_fails (g, x, y, "TANH");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xnnpack/shared-pool", test_shared_pool);
  g_test_add_func ("/xnnpack/pool", test_pool);
  g_test_add_func ("/xnnpack/refused", test_refused);
  g_test_add_func ("/xnnpack/errors", test_errors);
  return g_test_run ();
}
