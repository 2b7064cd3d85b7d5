/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tfl-nets.h"

#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

/* A sparse constant made dense and added. */
static GBytes *
sparse (void)
{
  TfcShape s = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint from = tflw_tensor (w, TFL_F16, "sparse", &s, NULL, 6), full, wide, x, y;
  tflw_sparse (w, from, (const guint8 *)"\0\1\3", 3, (const guint8 *)"\1\0\2", 3);
  full = tflw_tensor (w, TFL_F16, "full", &s, NULL, 0);
  wide = tflw_tensor (w, TFL_F32, "wide", &s, NULL, 0);
  x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0);
  y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  tflw_op (w, 124, NULL, &from, 1, &full, 1);
  tflw_op (w, 6, NULL, &full, 1, &wide, 1);
  tflw_op (w, 0, NULL, IDS (x, wide), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

/* Anchors and options behind the network. */
static GBytes *
detection_tail (void)
{
  static const gint32 twenty = 20;
  const FlexEntry options[] = {{"max_detections", 1, &twenty},
                               {"nms_iou_threshold", .f = TRUE, .number = 0.6f},
                               {"y_scale", .f = TRUE, .number = 10}};
  TfcShape boxes = tfc_shape (3, 1, 2, 4), scores = tfc_shape (3, 1, 2, 3),
           anchors = tfc_shape (2, 2, 4);
  TflWriter *w = tflw_new ();
  gint x = tflw_tensor (w, TFL_F32, "x", &boxes, NULL, 0),
       b = tflw_tensor (w, TFL_F32, "b", &boxes, NULL, 0);
  gint s = tflw_tensor (w, TFL_F32, "s", &scores, NULL, 0),
       a = tflw_tensor (w, TFL_F32, "a", &anchors, NULL, 32);
  gint t[4];
  guint op;
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options)), *bytes;
  for (guint i = 0; i < 4; i++)
    t[i] = tflw_tensor (w, TFL_F32, "t", &scores, NULL, 0);
  tflw_op (w, 14, NULL, &x, 1, &b, 1);
  op = tflw_op (w, 32, "TFLite_Detection_PostProcess", IDS (b, s, a), t, 4);
  tflw_custom (w, op, flex);
  bytes = tflw_finish (w, IDS (x, s), t, 4);
  g_bytes_unref (flex);
  tflw_free (w);
  return bytes;
}

/* The attention mesh's three, in the order it has them. */
static GBytes *
attention (void)
{
  static const gint32 four = 4, one = 1, zero = 0, subset[] = {0, 2, 1};
  const FlexEntry options[] = {{"left_rotation_idx", 1, &zero},
                               {"output_height", 1, &four},
                               {"output_width", 1, &four},
                               {"right_rotation_idx", 1, &one},
                               {"scale_x", .f = TRUE, .number = 1.5f},
                               {"scale_y", .f = TRUE, .number = 1.5f},
                               {"subset_idxs", 3, subset},
                               {"target_rotation_radians", .f = TRUE, .number = 0}};
  TfcShape points = tfc_shape (2, 3, 3), matrix = tfc_shape (3, 1, 4, 4),
           image = tfc_shape (4, 1, 5, 5, 2), crop = tfc_shape (4, 1, 4, 4, 2);
  TflWriter *w = tflw_new ();
  gint p = tflw_tensor (w, TFL_F32, "p", &points, NULL, 0),
       m = tflw_tensor (w, TFL_F32, "m", &matrix, NULL, 0);
  gint i = tflw_tensor (w, TFL_F32, "i", &image, NULL, 0),
       c = tflw_tensor (w, TFL_F32, "c", &crop, NULL, 0);
  gint q = tflw_tensor (w, TFL_F32, "q", &points, NULL, 0);
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options)), *bytes;
  tflw_custom (w, tflw_op (w, 32, "Landmarks2TransformMatrix", &p, 1, &m, 1), flex);
  tflw_custom (w, tflw_op (w, 32, "TransformTensorBilinear", IDS (i, m), &c, 1), flex);
  tflw_op (w, 32, "TransformLandmarks", IDS (p, m), &q, 1);
  bytes = tflw_finish (w, IDS (p, i), IDS (c, q));
  g_bytes_unref (flex);
  tflw_free (w);
  return bytes;
}

/* Quantised per channel, between a QUANTIZE and a DEQUANTIZE. */
static GBytes *
quantised (void)
{
  static const gfloat scale = 0.05f, scales[] = {0.1f, 0.2f};
  TfcShape image = tfc_shape (4, 1, 4, 4, 1), kernel = tfc_shape (4, 2, 3, 3, 1),
           two = tfc_shape (1, 2), out = tfc_shape (4, 1, 2, 2, 2);
  TflWriter *w = tflw_new ();
  gint x = tflw_tensor (w, TFL_F32, "x", &image, NULL, 0),
       xq = tflw_tensor (w, TFL_I8, "xq", &image, NULL, 0);
  gint k = tflw_tensor (w, TFL_I8, "k", &kernel, "abcdefghijklmnopqr", 18);
  gint b = tflw_tensor (w, TFL_I32, "b", &two, NULL, 8),
       yq = tflw_tensor (w, TFL_I8, "yq", &out, NULL, 0);
  gint y = tflw_tensor (w, TFL_F32, "y", &out, NULL, 0);
  guint op;
  tflw_quant (w, xq, &scale, 1, -3, 0);
  tflw_quant (w, yq, &scale, 1, 5, 0);
  tflw_quant (w, k, scales, 2, 0, 0);
  tflw_op (w, 114, NULL, &x, 1, &xq, 1);
  op = tflw_op (w, 3, NULL, IDS (xq, k, b), &yq, 1);
  for (guint i = 0; i < 3; i++)
    tflw_option (w, op, i, 1);
  tflw_op (w, 6, NULL, &yq, 1, &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static gint
tensor (TflWriter *w, const gchar *name, TfcShape shape, gboolean constant)
{
  gsize count = 0;
  tfc_shape_count (&shape, &count);
  return tflw_tensor (w, TFL_F32, name, &shape, NULL, constant ? count * sizeof (gfloat) : 0);
}

/* SAME padding, strides of 1. */
static void
conv (TflWriter *w, gint x, gint k, gint b, gint y)
{
  guint op = tflw_op (w, 3, NULL, IDS (x, k, b), &y, 1);
  tflw_option (w, op, 1, 1);
  tflw_option (w, op, 2, 1);
}

/* What our own kernels run only beside each other: convolutions with a max pool and a resize
 * between, and a factor and a summand a channel that lowering merges. */
static GBytes *
pictures (void)
{
  static const gint32 eight[] = {8, 8};
  const TfcShape large = tfc_shape (4, 1, 8, 8, 4), small = tfc_shape (4, 1, 4, 4, 4),
                 pair = tfc_shape (1, 2);
  TflWriter *w = tflw_new ();
  gint k = tensor (w, "k", tfc_shape (4, 4, 3, 3, 4), TRUE),
       b = tensor (w, "b", tfc_shape (1, 4), TRUE),
       size = tflw_tensor (w, TFL_I32, "size", &pair, eight, sizeof eight);
  gint x = tensor (w, "x", large, FALSE), c = tensor (w, "c", large, FALSE),
       m = tensor (w, "m", large, FALSE), a = tensor (w, "a", large, FALSE),
       p = tensor (w, "p", small, FALSE), d = tensor (w, "d", small, FALSE),
       r = tensor (w, "r", large, FALSE), y = tensor (w, "y", large, FALSE);
  conv (w, x, k, b, c);
  tflw_op (w, 18, NULL, IDS (c, b), &m, 1);
  tflw_op (w, 0, NULL, IDS (m, b), &a, 1);
  guint pool = tflw_op (w, 17, NULL, &a, 1, &p, 1);
  for (guint i = 1; i <= 4; i++)
    tflw_option (w, pool, i, 2);
  conv (w, p, k, b, d);
  tflw_op (w, 23, NULL, IDS (d, size), &r, 1);
  conv (w, r, k, b, y);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

/* MediaPipe's transposed convolution. */
static GBytes *
segmentation (void)
{
  static const gint32 options[] = {1, 2, 2}; /* SAME, strides */
  g_autoptr (GBytes) custom = g_bytes_new_static (options, sizeof options);
  TflWriter *w = tflw_new ();
  gint x = tensor (w, "x", tfc_shape (4, 1, 3, 3, 2), FALSE),
       k = tensor (w, "k", tfc_shape (4, 1, 2, 2, 2), TRUE),
       b = tensor (w, "b", tfc_shape (1, 1), TRUE),
       y = tensor (w, "y", tfc_shape (4, 1, 6, 6, 1), FALSE);
  tflw_custom (w, tflw_op (w, 32, "Convolution2DTransposeBias", IDS (x, k, b), &y, 1), custom);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static gint
whole (TflWriter *w, const gchar *name, TfcShape shape, const gint64 *constant)
{
  return tflw_tensor (w, TFL_I64, name, &shape, constant, constant ? sizeof *constant : 0);
}

/* Where the greatest is, as row and column, in int64; and what stands there. */
GBytes *
tfl_peak (void)
{
  static const gint32 flat[] = {12}, zero = 0;
  static const gint64 four = 4;
  const TfcShape one = tfc_shape (1, 1), scalar = tfc_shape (0), two = tfc_shape (1, 2);
  TflWriter *w = tflw_new ();
  gint x = tensor (w, "x", tfc_shape (2, 3, 4), FALSE),
       line = tensor (w, "line", tfc_shape (1, 12), FALSE),
       to = tflw_tensor (w, TFL_I32, "to", &one, flat, 4),
       axis = tflw_tensor (w, TFL_I32, "axis", &one, &zero, 4);
  gint arg = whole (w, "arg", scalar, NULL), columns = whole (w, "columns", scalar, &four),
       row = whole (w, "row", scalar, NULL), column = whole (w, "column", scalar, NULL),
       at = whole (w, "at", two, NULL);
  gint y = tensor (w, "y", scalar, FALSE);
  tflw_op (w, 22, NULL, IDS (x, to), &line, 1);
  tflw_option (w, tflw_op (w, 56, NULL, IDS (line, axis), &arg, 1), 0, 4);
  tflw_op (w, 90, NULL, IDS (arg, columns), &row, 1);
  tflw_op (w, 95, NULL, IDS (arg, columns), &column, 1);
  tflw_option (w, tflw_op (w, 83, NULL, IDS (row, column), &at, 1), 0, 2);
  tflw_op (w, 107, NULL, IDS (x, at), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, IDS (y, at));
  tflw_free (w);
  return bytes;
}

/* Numbers at some places of a constant, as a factor. */
GBytes *
tfl_sparse_factor (void)
{
  static const gint32 places[] = {0, 2, 1, 0}, size[] = {2, 3};
  static const gfloat values[] = {5, 7}, other = 2;
  const TfcShape two = tfc_shape (1, 2), pairs = tfc_shape (2, 2, 2), scalar = tfc_shape (0);
  TflWriter *w = tflw_new ();
  gint at = tflw_tensor (w, TFL_I32, "at", &pairs, places, sizeof places),
       to = tflw_tensor (w, TFL_I32, "to", &two, size, sizeof size),
       v = tflw_tensor (w, TFL_F32, "v", &two, values, sizeof values),
       o = tflw_tensor (w, TFL_F32, "o", &scalar, &other, 4);
  gint x = tensor (w, "x", tfc_shape (2, 2, 3), FALSE),
       dense = tensor (w, "dense", tfc_shape (2, 2, 3), FALSE),
       y = tensor (w, "y", tfc_shape (2, 2, 3), FALSE);
  tflw_op (w, 68, NULL, IDS (at, to, v, o), &dense, 1);
  tflw_op (w, 18, NULL, IDS (x, dense), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static GBytes *(*const nets[]) (void) = {sparse,   detection_tail, attention, quantised,
                                         pictures, segmentation,   tfl_peak,  tfl_sparse_factor};

const guint n_tfl_nets = G_N_ELEMENTS (nets);

GBytes *
tfl_net_write (guint index)
{
  return nets[index]();
}
