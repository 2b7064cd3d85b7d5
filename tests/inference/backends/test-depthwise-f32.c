/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Float32 depthwise layers: kernels, strides, dilations and paddings on pictures of every width
 * that is cut into tiles in its own way, with channels for whole vectors and parts of them. */
#include "tests/inference/backends/f32-check.h"
#include "tests/seed.h"

#define CASES 120

static guint32 seed;

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

/* data: rows and columns of the kernel. */
static OpCase *
make (GRand *r, gconstpointer data)
{
  static const gint channels[] = {1, 3, 8, 9, 16, 20, 24, 33, 40, 64, 77};
  const gint kh = ((const gint *)data)[0], kw = ((const gint *)data)[1];
  const TfcShape x = tfc_shape (4, upto (r, 1, 2), upto (r, 1, 12), upto (r, 1, 40),
                                channels[upto (r, 0, G_N_ELEMENTS (channels) - 1)]);
  const TfcShape w = tfc_shape (4, 1, kh, kw, x.dim[3]), b = tfc_shape (1, x.dim[3]);
  OpCase *c = op_case_new (TFC_OP_DEPTHWISE_CONV_2D);
  TfcWindow *window = &c->params.window;
  TfcShape y = x;
  window->stride_h = upto (r, 1, 3);
  window->stride_w = upto (r, 1, 3);
  window->dilation_h = upto (r, 0, 2) ? 1 : 2;
  window->dilation_w = upto (r, 0, 2) ? 1 : 2;
  y.dim[1] = f32_axis (r, x.dim[1], kh, window->stride_h, window->dilation_h, &window->pad_top,
                       &window->pad_bottom);
  y.dim[2] = f32_axis (r, x.dim[2], kw, window->stride_w, window->dilation_w, &window->pad_left,
                       &window->pad_right);
  f32_fill (r, op_case_input (c, TFC_TYPE_F32, &x), 1);
  f32_fill (r, op_case_input (c, TFC_TYPE_F32, &w), 1);
  if (upto (r, 0, 3))
    f32_fill (r, op_case_input (c, TFC_TYPE_F32, &b), 1);
  c->constant[1] = c->constant[2] = TRUE;
  if (upto (r, 0, 1))
    c->params.clamp = (TfcClamp){-0.5f, 1};
  op_case_output (c, TFC_TYPE_F32, &y);
  return c;
}

static void
test_kernel (gconstpointer data)
{
  f32_check (make, data, seed, CASES, CASES);
}

int
main (int argc, char **argv)
{
  static const gint kernels[][2] = {{3, 3}, {5, 5}, {3, 5}, {5, 3}, {7, 7}, {2, 5}, {1, 6}};
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++) {
    g_autofree gchar *path = g_strdup_printf ("/depthwise-f32/%dx%d", kernels[i][0], kernels[i][1]);
    g_test_add_data_func (path, kernels[i], test_kernel);
  }
  return g_test_run ();
}
