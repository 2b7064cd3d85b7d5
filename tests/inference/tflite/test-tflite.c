/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Operators of .tflite files, their options, constants and the detection tail. */
#include <string.h>
#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "tests/inference/tflite/tfl-cases.h"
#include "tests/inference/tflite/tflite-check.h"

static void
test_ops (void)
{
  for (guint i = 0; tfl_case (i); i++) {
    for (guint variant = 0; variant < 2; variant++) {
      const TflCase *c = tfl_case (i);
      g_test_message ("%s", c->name);
      TfcGraph *g = load_ok (tfl_case_write (c, variant * 3, variant));
      guint id = g_array_index (g->outputs, guint, 0);
      TfcShape expect = tfl_shape (c->expect);
      g_assert_cmpint (tfc_graph_n (g, g->nodes->len - 1)->op, ==, c->op);
      g_assert_cmpstr (tfc_graph_v (g, id)->name, ==, "y");
      g_assert_true (tfc_shape_equal (&expect, &tfc_graph_v (g, id)->tensor.shape));
      tfc_graph_free (g);
    }
  }
}

static const TfcParams *
params_of (const gchar *name, TfcGraph **g)
{
  *g = load_ok (tfl_case_write (case_named (name), 0, FALSE));
  return &tfc_graph_n (*g, 0)->params;
}

static void
test_params (void)
{
  TfcGraph *g;
  const TfcParams *p = params_of ("add", &g);
  g_assert_cmpfloat (p->clamp.min, ==, 0);
  g_assert_cmpfloat (p->clamp.max, ==, 6);
  tfc_graph_free (g);
  p = params_of ("conv", &g);
  g_assert_cmpint (p->window.stride_h, ==, 2);
  g_assert_cmpint (p->window.pad_top, ==, 1);
  g_assert_cmpint (p->window.pad_bottom, ==, 1);
  g_assert_cmpfloat (p->clamp.min, ==, 0);
  g_assert_cmpfloat (p->clamp.max, ==, G_MAXFLOAT);
  tfc_graph_free (g);
  p = params_of ("conv without bias", &g);
  g_assert_cmpint (p->window.dilation_h, ==, 2);
  g_assert_cmpfloat (p->clamp.min, ==, -G_MAXFLOAT);
  tfc_graph_free (g);
  p = params_of ("resize_bilinear", &g);
  g_assert_cmpint (p->resize.width, ==, 7);
  g_assert_true (p->resize.half_pixel);
  g_assert_false (p->resize.align_corners);
  tfc_graph_free (g);
  p = params_of ("pad", &g);
  g_assert_cmpint (p->pad.after[1], ==, 2);
  g_assert_cmpint (p->pad.before[2], ==, 3);
  tfc_graph_free (g);
  p = params_of ("strided_slice", &g);
  g_assert_cmpint (p->slice.begin[1], ==, 1);
  g_assert_cmpint (p->slice.begin[2], ==, 4);
  g_assert_cmpint (p->slice.stride[1], ==, 2);
  tfc_graph_free (g);
  p = params_of ("leaky_relu", &g);
  g_assert_cmpfloat (p->alpha, ==, 0.125f);
  tfc_graph_free (g);
}

static const TfcTensor *
named (const TfcGraph *g, const gchar *name)
{
  for (guint i = 0; i < g->values->len; i++) {
    if (g_strcmp0 (tfc_graph_v (g, i)->name, name) == 0)
      return &tfc_graph_v (g, i)->tensor;
  }
  g_error ("the graph has no %s", name);
}

/* DENSIFY [2, 3] float16, and int8 weights with a scale a channel. */
static void
test_constants (void)
{
  static const guint16 values[] = {11, 22, 33}, dense[] = {0, 11, 0, 22, 0, 33};
  static const gfloat scales[] = {0.5f, 0.25f}, one = 0.1f;
  TfcShape s = tfc_shape (2, 2, 3), w_shape = tfc_shape (4, 2, 1, 1, 1),
           x_shape = tfc_shape (4, 1, 2, 2, 1);
  TflWriter *w = tflw_new ();
  gint sparse = tflw_tensor (w, TFL_F16, "sparse", &s, values, sizeof values);
  gint full = tflw_tensor (w, TFL_F16, "full", &s, NULL, 0),
       wide = tflw_tensor (w, TFL_F32, "wide", &s, NULL, 0);
  tflw_sparse (w, sparse, (const guint8[]){0, 1, 3}, 3, (const guint8[]){1, 0, 2}, 3);
  tflw_op (w, 124, NULL, &sparse, 1, &full, 1);
  tflw_op (w, 6, NULL, &full, 1, &wide, 1);
  gint x = tflw_tensor (w, TFL_I8, "x", &x_shape, NULL, 0), y;
  gint weights = tflw_tensor (w, TFL_I8, "w", &w_shape, "\1\2", 2);
  x_shape.dim[3] = 2;
  y = tflw_tensor (w, TFL_I8, "y", &x_shape, NULL, 0);
  tflw_quant (w, x, &one, 1, -5, 0);
  tflw_quant (w, y, &one, 1, 6, 0);
  tflw_quant (w, weights, scales, 2, 0, 0);
  guint op = tflw_op (w, 3, NULL, IDS (x, weights, -1), &y, 1);
  tflw_option (w, op, 1, 1);
  tflw_option (w, op, 2, 1);
  TfcGraph *g = load_ok (tflw_finish (w, &x, 1, IDS (y, wide)));
  const TfcTensor *t = named (g, "full");
  g_assert_cmpmem (t->data, tfc_tensor_bytes (t), dense, sizeof dense);
  t = named (g, "w");
  g_assert_cmpuint (t->quant.n_channels, ==, 2);
  g_assert_cmpfloat (t->quant.scales[1], ==, 0.25f);
  g_assert_cmpint (named (g, "x")->quant.zero_point, ==, -5);
  tfc_graph_free (g);
  tflw_free (w);
}

/* Constants lie in the file itself where they are aligned and have a tail, else in a copy. */
static void
test_placement (void)
{
  static const gfloat values[] = {1, -2, 3.5f};
  for (guint skew = 0; skew < 16; skew++) {
    TfcShape s = tfc_shape (1, 3);
    TflWriter *w = tflw_new ();
    tflw_skew (w, skew);
    gint x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0),
         y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
    gint c = tflw_tensor (w, TFL_F32, "c", &s, values, sizeof values);
    tflw_op (w, 0, NULL, IDS (x, c), &y, 1);
    GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
    gsize size;
    const guint8 *file = g_bytes_get_data (bytes, &size);
    TfcGraph *g = load_ok (bytes);
    const guint8 *data = named (g, "c")->data;
    gboolean inside = data >= file && data < file + size;
    g_assert_cmpmem (data, sizeof values, values, sizeof values);
    g_assert_true (inside == (skew % 4 == 0));
    g_assert_true (!inside || data + sizeof values + TFC_TAIL_BYTES <= file + size);
    tfc_graph_free (g);
    tflw_free (w);
  }
}

/* A detector's end: the graph stops before it and keeps its options and anchors. */
static void
test_tail (void)
{
  static const gint32 ten = 10, off = 0;
  static const gfloat anchors[] = {1, 2, 3, 4, 5, 6, 7, 8};
  const FlexEntry entries[] = {{"max_detections", 1, &ten, FALSE, 0},
                               {"nms_iou_threshold", 1, NULL, TRUE, 0.6f},
                               {"use_regular_nms", 1, &off, FALSE, 0}};
  TfcShape boxes = tfc_shape (3, 1, 2, 4), classes = tfc_shape (3, 1, 2, 3),
           a = tfc_shape (2, 2, 4);
  TflWriter *w = tflw_new ();
  GBytes *flex = flex_write (entries, G_N_ELEMENTS (entries));
  gint x = tflw_tensor (w, TFL_F32, "x", &boxes, NULL, 0),
       b = tflw_tensor (w, TFL_F32, "b", &boxes, NULL, 0);
  gint c = tflw_tensor (w, TFL_F32, "c", &classes, NULL, 0);
  gint anchor = tflw_tensor (w, TFL_F32, "anchors", &a, anchors, sizeof anchors);
  gint out = tflw_tensor (w, TFL_F32, "out", &a, NULL, 0);
  tflw_op (w, 14, NULL, &x, 1, &b, 1);
  guint op = tflw_op (w, 32, "TFLite_Detection_PostProcess", IDS (b, c, anchor), &out, 1);
  tflw_custom (w, op, flex);
  TfcGraph *g = load_ok (tflw_finish (w, IDS (x, c), &out, 1));
  g_assert_nonnull (g->tail);
  g_assert_cmpstr (g->tail->name, ==, "TFLite_Detection_PostProcess");
  g_assert_cmpfloat (*(gdouble *)g_hash_table_lookup (g->tail->options, "max_detections"), ==, 10);
  g_assert_cmpfloat (*(gdouble *)g_hash_table_lookup (g->tail->options, "nms_iou_threshold"), ==,
                     0.6f);
  g_assert_cmpuint (g->tail->n_consts, ==, 1);
  g_assert_cmpmem (tfc_graph_v (g, g->tail->consts[0])->tensor.data, 32, anchors, 32);
  g_assert_cmpuint (g->outputs->len, ==, 2);
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, "b");
  tfc_graph_free (g);
  g_bytes_unref (flex);
  tflw_free (w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tflite/ops", test_ops);
  g_test_add_func ("/tflite/params", test_params);
  g_test_add_func ("/tflite/constants", test_constants);
  g_test_add_func ("/tflite/placement", test_placement);
  g_test_add_func ("/tflite/tail", test_tail);
  return g_test_run ();
}
