/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Layers of 8 bits whose sums are products, at their ends: zero points, inputs and weights that are
 * the smallest or the largest, sums that only just fit, rows longer than what is widened at once,
 * on every set of kernels, byte for byte the reference's. */
#include <float.h>
#include <math.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/backends/cpu/q8/q8.h"
#include "tests/inference/ops/op-backend.h"
#include "tests/seed.h"

#define CASES 60
#define LARGEST_PRODUCT 65025 /* 255 * 255 */

static guint32 seed;

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

/* 0 .. 255: an end, the middle, or any. */
static gint
some_byte (GRand *r)
{
  const gint ends[] = {0, 255, 128, 127};
  const gint i = upto (r, 0, 7);
  return i < 4 ? ends[i] : upto (r, 0, 255);
}

static TfcQuant
some_quant (GRand *r, TfcType type, gfloat scale)
{
  return (TfcQuant){.scale = scale, .zero_point = some_byte (r) - (type == TFC_TYPE_I8 ? 128 : 0)};
}

/* All of them one byte, ends only, or any. */
static void
fill (GRand *r, TfcTensor *t)
{
  const gint how = upto (r, 0, 3), same = some_byte (r);
  guint8 *to = t->data;
  for (gsize i = 0; i < tfc_tensor_count (t); i++)
    to[i] = how == 0 ? same : how == 1 ? upto (r, 0, 1) * 255 : upto (r, 0, 255);
}

/* Weights of one zero point; of int8 also with a scale for each channel. */
static void
some_weights (GRand *r, OpCase *c, TfcType type, const TfcShape *shape, gint axis)
{
  TfcTensor *w = op_case_input (c, type, shape);
  const guint n = shape->dim[axis];
  w->quant = some_quant (r, type, 0.01f);
  c->constant[1] = TRUE;
  fill (r, w);
  if (type != TFC_TYPE_I8 || upto (r, 0, 1))
    return;
  gfloat *scales = op_case_alloc (c, n * sizeof *scales);
  for (guint i = 0; i < n; i++)
    scales[i] = (gfloat)g_rand_double_range (r, 0.001, 0.01);
  w->quant = (TfcQuant){.axis = axis, .n_channels = n, .scales = scales};
}

/* Scales that just stay below 1, or are the least there are. */
static void
far_scales (GRand *r, OpCase *c)
{
  TfcQuant *w = &c->in[1].quant;
  const gfloat ends[] = {nextafterf (1, 0), FLT_MIN};
  c->in[0].quant.scale = c->out.quant.scale = upto (r, 0, 1) ? 0.5f : 1e30f;
  w->scale = w->n_channels ? 0 : ends[upto (r, 0, 1)];
  for (guint i = 0; i < w->n_channels; i++)
    ((gfloat *)w->scales)[i] = ends[upto (r, 0, 1)];
}

/* Bias and output: of products as they come, by less than a step of the output or more, or at the
 * ends of what 32 bits hold. */
static OpCase *
finish (GRand *r, OpCase *c, TfcType type, const TfcShape *y, guint products)
{
  const gint32 edge = G_MAXINT32 - LARGEST_PRODUCT * (gint32)products;
  const gboolean far = upto (r, 0, 3) == 0;
  const gboolean steep = upto (r, 0, 5) == 0; /* a step of the sum is one of the output or more */
  const gdouble scale = far     ? 100 * exp2 (-31)
                        : steep ? g_rand_double_range (r, 1, 3)
                                : 60 / (74 * 74 * sqrt (products));
  const TfcShape channels = tfc_shape (1, y->dim[y->rank - 1]);
  if (far || upto (r, 0, 4)) {
    TfcTensor *b = op_case_input (c, TFC_TYPE_I32, &channels);
    c->constant[2] = TRUE;
    for (gint i = 0; i < channels.dim[0]; i++)
      ((gint32 *)b->data)[i] = far ? (upto (r, 0, 1) ? edge : -edge) : upto (r, -20000, 20000);
  }
  TfcTensor *out = op_case_output (c, type, y);
  out->quant = some_quant (r, type, (gfloat)(1e-4 / scale));
  if (upto (r, 0, 5) == 0)
    far_scales (r, c);
  if (upto (r, 0, 1))
    c->params.clamp = (TfcClamp){-40 * out->quant.scale, 90 * out->quant.scale};
  return c;
}

static gint32
axis (GRand *r, gint32 *in, gint kernel, gint stride, gint dilation, gint *before, gint *after)
{
  const gint32 reach = (kernel - 1) * dilation + 1;
  *before = upto (r, 0, kernel - 1);
  *after = upto (r, 0, kernel - 1);
  *in = MAX (*in, reach);
  return (*in + *before + *after - reach) / stride + 1;
}

/* The output's shape, all but channels; x may grow to hold the kernel. */
static TfcShape
some_window (GRand *r, OpCase *c, TfcShape *x, gint kernel_h, gint kernel_w)
{
  TfcWindow *w = &c->params.window;
  w->stride_h = upto (r, 1, 3);
  w->stride_w = upto (r, 0, 2) ? w->stride_h : upto (r, 1, 3);
  w->dilation_h = upto (r, 0, 3) ? 1 : 2;
  w->dilation_w = upto (r, 0, 3) ? 1 : upto (r, 2, 3);
  TfcShape y = *x;
  y.dim[1] =
      axis (r, &x->dim[1], kernel_h, w->stride_h, w->dilation_h, &w->pad_top, &w->pad_bottom);
  y.dim[2] =
      axis (r, &x->dim[2], kernel_w, w->stride_w, w->dilation_w, &w->pad_left, &w->pad_right);
  return y;
}

static void
some_input (GRand *r, OpCase *c, TfcType type, const TfcShape *shape)
{
  TfcTensor *x = op_case_input (c, type, shape);
  x->quant = some_quant (r, type, 0.01f);
  fill (r, x);
}

static OpCase *
some_conv (GRand *r, TfcType type)
{
  OpCase *c = op_case_new (TFC_OP_CONV_2D);
  const gint kernels[] = {1, 1, 2, 3, 3, 5}, kernel_h = kernels[upto (r, 0, 5)];
  const gint kernel_w = upto (r, 0, 3) ? kernel_h : kernels[upto (r, 0, 5)];
  const gint channels = upto (r, 0, 7) ? upto (r, 1, 40) : upto (r, 200, 300);
  const gint outputs = upto (r, 1, 3) == 1 ? upto (r, 1, 110) : upto (r, 1, 40);
  TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 9), upto (r, 1, 9), channels);
  TfcShape y = some_window (r, c, &x, kernel_h, kernel_w);
  TfcShape w = tfc_shape (4, outputs, kernel_h, kernel_w, channels);
  y.dim[3] = outputs;
  some_input (r, c, type, &x);
  some_weights (r, c, type, &w, 0);
  return finish (r, c, type, &y, kernel_h * kernel_w * channels);
}

/* Of few channels, some wider than what is computed from end to end. */
static OpCase *
some_picture (GRand *r, TfcType type)
{
  OpCase *c = op_case_new (TFC_OP_CONV_2D);
  TfcWindow *w = &c->params.window;
  const gboolean common = upto (r, 0, 2) == 0, wide = upto (r, 0, 9) == 0;
  const gint kernel_h = common ? 3 : upto (r, 1, 9), kernel_w = common ? 3 : upto (r, 1, 9);
  const gint channels = common ? 3 : upto (r, 1, 4);
  const gint outputs = upto (r, 0, 3) ? upto (r, 1, 50) : upto (r, 1, 110);
  TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 12),
                          wide ? upto (r, 500, 1100) : upto (r, 1, 40), channels);
  TfcShape y = x;
  w->stride_h = common ? 2 : upto (r, 1, 4);
  w->stride_w = common ? 2 : upto (r, 1, 5);
  y.dim[1] = axis (r, &x.dim[1], kernel_h, w->stride_h, 1, &w->pad_top, &w->pad_bottom);
  y.dim[2] = axis (r, &x.dim[2], kernel_w, w->stride_w, 1, &w->pad_left, &w->pad_right);
  y.dim[3] = wide ? MIN (outputs, 20) : outputs;
  const TfcShape weights = tfc_shape (4, y.dim[3], kernel_h, kernel_w, channels);
  some_input (r, c, type, &x);
  some_weights (r, c, type, &weights, 0);
  return finish (r, c, type, &y, kernel_h * kernel_w * channels);
}

/* Rows as long as two and a half of what is widened at once. */
static OpCase *
some_fully_connected (GRand *r, TfcType type)
{
  OpCase *c = op_case_new (TFC_OP_FULLY_CONNECTED);
  const gint n = upto (r, 0, 1) ? upto (r, 1, 40) : upto (r, 1000, 2600);
  const gint outputs = upto (r, 1, 70);
  const TfcShape x = tfc_shape (2, upto (r, 1, 11), n), y = tfc_shape (2, x.dim[0], outputs);
  const TfcShape w = tfc_shape (2, outputs, n);
  some_input (r, c, type, &x);
  some_weights (r, c, type, &w, 0);
  return finish (r, c, type, &y, n);
}

static OpCase *
some_depthwise (GRand *r, TfcType type)
{
  OpCase *c = op_case_new (TFC_OP_DEPTHWISE_CONV_2D);
  const gint kernels[] = {1, 2, 3, 3, 3, 4, 5, 7}, kernel_h = kernels[upto (r, 0, 7)];
  const gint kernel_w = upto (r, 0, 3) ? kernel_h : kernels[upto (r, 0, 7)];
  const gint channels = upto (r, 0, 2) ? upto (r, 1, 40) : upto (r, 41, 200);
  TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 9), upto (r, 1, 12), channels);
  TfcShape y = some_window (r, c, &x, kernel_h, kernel_w);
  TfcShape w = tfc_shape (4, 1, kernel_h, kernel_w, channels);
  some_input (r, c, type, &x);
  some_weights (r, c, type, &w, 3);
  return finish (r, c, type, &y, kernel_h * kernel_w);
}

/* With K4, a weight less such a zero point may need more than two parts. */
static gboolean
is_left (const OpCase *c)
{
  const TfcTensor *w = &c->in[1];
  const gint lowest = w->type == TFC_TYPE_U8 ? 0 : -128;
  return c->op == TFC_OP_DEPTHWISE_CONV_2D && w->quant.zero_point == lowest &&
         !w->quant.n_channels && tfc_kernels ()->q8->depthwise_packing == TFC_Q8_K4;
}

/* FALSE: it is for another backend. */
static gboolean
check (OpCase *c, TfcPool *pool)
{
  g_autofree gchar *text = op_case_print (c);
  const gchar *set = tfc_kernels ()->name;
  const gsize bytes = tfc_tensor_bytes (&c->out);
  if (!op_case_run_reference (c))
    g_error ("refused: %s (TFC_TEST_SEED=%u)", text, seed);
  OpRun run = op_case_run_backend (c, &tfc_backend_auto, pool);
  if (run.ran == is_left (c))
    g_error ("%s: %srun: %s (TFC_TEST_SEED=%u)", set, run.ran ? "" : "not ", text, seed);
  if (!run.ran)
    return FALSE;
  for (gsize i = 0; i < bytes + TFC_TAIL_BYTES; i++) {
    const guint have = ((guint8 *)run.out.data)[i], want = ((guint8 *)c->out.data)[i];
    if (have != (i < bytes ? want : 0))
      g_error ("%s: byte %" G_GSIZE_FORMAT " is %u, not %u: %s (TFC_TEST_SEED=%u)", set, i, have,
               want, text, seed);
  }
  return TRUE;
}

typedef OpCase *Make (GRand *r, TfcType type);

static void
check_set (const TfcKernels *kernels, Make *make, TfcType type, TfcPool *pool)
{
  g_autoptr (GRand) r = g_rand_new_with_seed (seed + type);
  guint ran = 0;
  tfc_kernels_choose (kernels);
  for (guint i = 0; i < CASES; i++) {
    OpCase *c = make (r, type);
    ran += check (c, i % 2 ? pool : NULL);
    op_case_free (c);
  }
  tfc_kernels_choose (NULL);
  g_assert_cmpuint (ran, >, CASES / 2);
}

static void
check_all (Make *make, TfcType type)
{
  TfcPool *pool = tfc_pool_new (2);
  guint tested = 0;
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (!tfc_kernels_nth (i)->q8->gemm || !tfc_kernels_nth (i)->q8->depthwise)
      continue;
    g_test_message ("%s", tfc_kernels_nth (i)->name);
    check_set (tfc_kernels_nth (i), make, type, pool);
    tested++;
  }
  tfc_pool_unref (pool);
  if (!tested)
    g_test_skip ("no kernels of our own for this CPU");
}

static void
test_conv (gconstpointer type)
{
  check_all (some_conv, GPOINTER_TO_UINT (type));
}

static void
test_picture (gconstpointer type)
{
  check_all (some_picture, GPOINTER_TO_UINT (type));
}

static void
test_fully_connected (gconstpointer type)
{
  check_all (some_fully_connected, GPOINTER_TO_UINT (type));
}

static void
test_depthwise (gconstpointer type)
{
  check_all (some_depthwise, GPOINTER_TO_UINT (type));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  const struct {
    const gchar *name;
    GTestDataFunc func;
  } layers[] = {{"conv", test_conv},
                {"picture", test_picture},
                {"fully-connected", test_fully_connected},
                {"depthwise", test_depthwise}};
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++) {
    g_autofree gchar *u8 = g_strdup_printf ("/mac-q8/%s/uint8", layers[i].name);
    g_autofree gchar *i8 = g_strdup_printf ("/mac-q8/%s/int8", layers[i].name);
    g_test_add_data_func (u8, GUINT_TO_POINTER (TFC_TYPE_U8), layers[i].func);
    g_test_add_data_func (i8, GUINT_TO_POINTER (TFC_TYPE_I8), layers[i].func);
  }
  return g_test_run ();
}
