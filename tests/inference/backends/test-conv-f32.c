/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Float32 convolutions on pictures of every width that is cut into tiles in its own way: long and
 * short ones, of pixels that lie beside each other and of those at the edge. */
#include <math.h>

#include "tests/inference/backends/f32-check.h"
#include "tests/seed.h"

#define CASES 30

/* From least to most of each. */
typedef struct {
  const gchar *name;
  gint channels[2], outputs[2], kernel[2], width[2];
} Kind;

static guint32 seed;

static gint
upto (GRand *r, gint from, gint to)
{
  return g_rand_int_range (r, from, to + 1);
}

static gint
some (GRand *r, const gint range[2])
{
  return upto (r, range[0], range[1]);
}

static TfcShape
set_window (GRand *r, OpCase *c, const TfcShape *x, gint kernel, gint outputs)
{
  TfcWindow *w = &c->params.window;
  TfcShape y = *x;
  w->stride_h = w->stride_w = upto (r, 0, 1) ? 1 : upto (r, 2, 3);
  w->dilation_h = w->dilation_w = upto (r, 0, 4) ? 1 : 2;
  y.dim[1] =
      f32_axis (r, x->dim[1], kernel, w->stride_h, w->dilation_h, &w->pad_top, &w->pad_bottom);
  y.dim[2] =
      f32_axis (r, x->dim[2], kernel, w->stride_w, w->dilation_w, &w->pad_left, &w->pad_right);
  y.dim[3] = outputs;
  return y;
}

/* Sums near 1. */
static OpCase *
make (GRand *r, gconstpointer data)
{
  const Kind *k = data;
  const gint kernel = some (r, k->kernel), outputs = some (r, k->outputs);
  const TfcShape x =
      tfc_shape (4, upto (r, 1, 2), upto (r, 1, 4), some (r, k->width), some (r, k->channels));
  const TfcShape w = tfc_shape (4, outputs, kernel, kernel, x.dim[3]), b = tfc_shape (1, outputs);
  OpCase *c = op_case_new (TFC_OP_CONV_2D);
  const TfcShape y = set_window (r, c, &x, kernel, outputs);
  f32_fill (r, op_case_input (c, TFC_TYPE_F32, &x), 1);
  f32_fill (r, op_case_input (c, TFC_TYPE_F32, &w), 1 / sqrt (kernel * kernel * x.dim[3]));
  if (upto (r, 0, 3))
    f32_fill (r, op_case_input (c, TFC_TYPE_F32, &b), 1);
  c->constant[1] = c->constant[2] = TRUE;
  if (upto (r, 0, 1))
    c->params.clamp = (TfcClamp){-0.5f, 1};
  op_case_output (c, TFC_TYPE_F32, &y);
  return c;
}

static void
test_kind (gconstpointer data)
{
  f32_check (make, data, seed, CASES, CASES);
}

int
main (int argc, char **argv)
{
  static const Kind kinds[] = {
      {"first", {1, 5}, {1, 24}, {2, 5}, {20, 110}}, {"narrow", {1, 40}, {1, 16}, {1, 3}, {1, 70}},
      {"flat", {1, 70}, {1, 50}, {1, 1}, {1, 70}},   {"few", {1, 70}, {1, 8}, {1, 3}, {1, 40}},
      {"wide", {1, 20}, {17, 100}, {1, 3}, {1, 40}},
  };
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree gchar *path = g_strconcat ("/conv-f32/", kinds[i].name, NULL);
    g_test_add_data_func (path, &kinds[i], test_kind);
  }
  return g_test_run ();
}
