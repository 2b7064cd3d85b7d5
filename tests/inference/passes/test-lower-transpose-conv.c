/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Lowering: transposed convolutions become convolutions whose channels are the places of a block.
 */
#include "tests/inference/passes/lower-check.h"
#include "tests/seed.h"

typedef struct {
  gint kernel, stride, top, bottom, left, right;
} Window;

/* Of a picture of 5 by 4 by 3; to 2 channels. */
static guint
transpose_conv (TfcGraph *g, const Window *w, gboolean bias)
{
  TfcParams p = tfc_params (TFC_OP_TRANSPOSE_CONV_2D);
  p.window.stride_h = p.window.stride_w = w->stride;
  p.window.pad_top = w->top;
  p.window.pad_bottom = w->bottom;
  p.window.pad_left = w->left;
  p.window.pad_right = w->right;
  p.clamp = (TfcClamp){-0.5f, 2};
  return node3 (g, TFC_OP_TRANSPOSE_CONV_2D, &p, input (g, tfc_shape (4, 2, 5, 4, 3)),
                constant (g, tfc_shape (4, 2, w->kernel, w->kernel, 3), -1, 1),
                bias ? constant (g, tfc_shape (1, 2), -1, 1) : TFC_NONE);
}

static void
check (Window w, gboolean bias, const TfcOp *ops)
{
  TfcGraph *g = tfc_graph_new ();
  tfc_graph_free (lower (g, transpose_conv (g, &w, bias), FALSE, ops));
}

/* Windows that touch: a convolution of single pixels. */
static void
test_beside (void)
{
  const TfcOp *ops = OPS (TFC_OP_CONV_2D, TFC_OP_DEPTH_TO_SPACE);
  check ((Window){2, 2, 0, 0, 0, 0}, TRUE, ops);
  check ((Window){3, 3, 0, 0, 0, 0}, FALSE, ops);
  TfcGraph *g = tfc_graph_new ();
  const Window w = {2, 2, 0, 0, 0, 0};
  g = lower (g, transpose_conv (g, &w, TRUE), FALSE, ops);
  const TfcShape *weights = &tfc_graph_v (g, tfc_graph_n (g, 0)->in[1])->tensor.shape;
  const TfcShape single = tfc_shape (4, 8, 1, 1, 3);
  g_assert_true (tfc_shape_equal (weights, &single));
  tfc_graph_free (g);
}

/* Windows that overlap; outputs that are no multiple of the stride are cut. */
static void
test_overlapping (void)
{
  const TfcOp *even = OPS (TFC_OP_CONV_2D, TFC_OP_DEPTH_TO_SPACE);
  const TfcOp *odd = OPS (TFC_OP_CONV_2D, TFC_OP_DEPTH_TO_SPACE, TFC_OP_SLICE);
  check ((Window){3, 2, 0, 1, 0, 1}, TRUE, even);
  check ((Window){3, 2, 0, 0, 0, 0}, TRUE, odd);
  check ((Window){3, 2, 1, 1, 1, 0}, TRUE, odd);
  check ((Window){4, 2, 1, 1, 1, 1}, FALSE, even);
  check ((Window){4, 2, 0, 2, 2, 0}, TRUE, even);
  check ((Window){5, 3, 2, 0, 1, 1}, TRUE, NULL);
  check ((Window){3, 1, 1, 1, 0, 2}, TRUE, OPS (TFC_OP_CONV_2D));
}

/* Kernels smaller than the stride leave places with nothing but the bias, and so does an end of
 * less than no padding. */
static void
test_apart (void)
{
  check ((Window){1, 2, 0, 0, 0, 0}, TRUE, NULL);
  check ((Window){2, 3, 0, -1, 0, -2}, TRUE, NULL);
  check ((Window){2, 3, 1, 0, 0, -1}, TRUE, NULL);
}

static void
test_random (void)
{
  for (guint i = 0; i < 60; i++) {
    Window w = {
        g_rand_int_range (rand_source, 1, 6), g_rand_int_range (rand_source, 1, 5), 0, 0, 0, 0};
    w.top = g_rand_int_range (rand_source, 0, w.kernel);
    w.left = g_rand_int_range (rand_source, 0, w.kernel);
    w.bottom = g_rand_int_range (rand_source, 1 - w.stride, w.kernel);
    w.right = g_rand_int_range (rand_source, 1 - w.stride, w.kernel);
    if ((5 - 1) * w.stride + w.kernel > w.top + w.bottom &&
        (4 - 1) * w.stride + w.kernel > w.left + w.right)
      check (w, g_rand_boolean (rand_source), NULL);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rand_source = g_rand_new_with_seed (test_seed ());
  g_test_add_func ("/lower-transpose-conv/beside", test_beside);
  g_test_add_func ("/lower-transpose-conv/overlapping", test_overlapping);
  g_test_add_func ("/lower-transpose-conv/apart", test_apart);
  g_test_add_func ("/lower-transpose-conv/random", test_random);
  const gint status = g_test_run ();
  g_rand_free (rand_source);
  return status;
}
