/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tfl-layers.h"

#include <math.h>
#include <string.h>

#include "inference/arithmetic/half.h"

/* Box encodings and scores of so many classes, two anchors a cell, from each map. */
static void
heads (Net *n, const gint *maps, guint n_maps, gint classes, gint ends[2])
{
  gint parts[2][4];
  n->n_anchors = 0;
  for (guint i = 0; i < n_maps; i++) {
    for (guint k = 0; k < 2; k++) {
      gint each = k ? classes : 4;
      gint x = net_separable (n, maps[i], 2 * each, 1, 0);
      TfcShape s = net_shape (n, x);
      gint cells = s.dim[1] * s.dim[2] * 2;
      parts[k][i] = net_reshape (n, x, tfc_shape (3, 1, cells, each), k == 0);
      n->n_anchors += k ? cells : 0;
    }
  }
  ends[0] = net_to_float (n, net_concat (n, parts[0], n_maps));
  ends[1] = net_to_float (n, net_logistic (n, net_concat (n, parts[1], n_maps)));
}

static gint
start (Net *n, gint *picture)
{
  TfcShape s = tfc_shape (4, 1, 32, 32, 3);
  if (!net_is_int8 (n))
    return *picture = net_value (n, &s);
  *picture = net_typed (n, TFL_U8, &s, 1.0f / 127, 127);
  gint x = net_typed (n, TFL_I8, &s, 1.0f / 127, -1);
  tflw_op (n->w, QUANTIZE, NULL, picture, 1, &x, 1);
  return x;
}

static gint
block (Net *n, gint x, gint outputs, gint stride)
{
  gint inner = net_layer (n, x, 2 * net_shape (n, x).dim[3], 1, 1, 3);
  gint y = net_layer (n, net_layer (n, inner, 0, 3, stride, 3), outputs, 1, 1, 0);
  return stride == 1 && outputs == net_shape (n, x).dim[3] ? net_binary (n, ADD, y, x, 0) : y;
}

static void
backbone (Net *n, gint *picture, gint maps[3])
{
  gint x = net_layer (n, start (n, picture), 8, 3, 2, 3);
  maps[0] = block (n, block (n, x, 12, 2), 12, 1);
  maps[1] = block (n, maps[0], 16, 2);
  maps[2] = block (n, maps[1], 20, 2);
}

static void
fpnlite (Net *n, gint *picture, gint ends[2])
{
  gint maps[4];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] = net_layer (n, maps[i], 8, 1, 1, 0);
  for (guint i = 2; i > 0; i--)
    maps[i - 1] = net_separable (
        n, net_binary (n, ADD, net_upsample_by_pack (n, maps[i]), maps[i - 1], 0), 8, 1, 3);
  maps[3] = net_separable (n, maps[2], 8, 2, 3);
  heads (n, maps, 4, 3, ends);
}

static void
efficientdet (Net *n, gint *picture, gint ends[2])
{
  gint maps[4];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] = net_layer (n, maps[i], 8, 1, 1, 0);
  maps[3] = net_pool (n, MAX_POOL, maps[2], 3, 2);
  for (guint i = 3; i > 0; i--)
    maps[i - 1] = net_separable (n,
                                 net_binary (n, ADD, net_weighted (n, maps[i - 1], 0.6f),
                                             net_weighted (n, net_upsample (n, maps[i]), 0.4f), 3),
                                 8, 1, 3);
  for (guint i = 1; i < 4; i++)
    maps[i] = net_separable (
        n, net_binary (n, ADD, maps[i], net_pool (n, MAX_POOL, maps[i - 1], 3, 2), 3), 8, 1, 3);
  heads (n, maps, 4, 2, ends);
}

static void
retinanet (Net *n, gint *picture, gint ends[2])
{
  gint maps[3];
  backbone (n, picture, maps);
  for (guint i = 0; i < 3; i++)
    maps[i] =
        net_layer (n,
                   net_binary (n, MUL, maps[i],
                               net_logistic (n, net_pool (n, AVERAGE_POOL, maps[i], 3, 1)), 0),
                   8, 1, 1, 1);
  for (guint i = 2; i > 0; i--)
    maps[i - 1] =
        net_layer (n, net_binary (n, ADD, net_upsample (n, maps[i]), maps[i - 1], 0), 8, 3, 1, 0);
  heads (n, maps, 3, 3, ends);
}

/* float16 files have their anchors so too. */
static gint
add_anchors (Net *n)
{
  TfcShape s = tfc_shape (2, (gint)n->n_anchors, 4);
  g_autofree gfloat *v = g_new (gfloat, 4 * n->n_anchors);
  g_autofree guint16 *half = g_new (guint16, 4 * n->n_anchors);
  for (guint i = 0; i < 4 * n->n_anchors; i++) {
    v[i] = (gfloat)(i * 37 % 64) / 64;
    half[i] = tfc_half_from_float (v[i]);
  }
  if (n->weights != TFL_WEIGHTS_HALF)
    return net_constant (n, TFL_F32, s, v, 16 * n->n_anchors);
  gint stored = net_constant (n, TFL_F16, s, half, 8 * n->n_anchors),
       id = net_typed (n, TFL_F32, &s, 0, 0);
  tflw_op (n->w, DEQUANTIZE, NULL, &stored, 1, &id, 1);
  return id;
}

static void
add_tail (Net *n, const gint ends[2], gint *out)
{
  static const gint32 ten = 10, one = 1;
  gint32 classes = net_shape (n, ends[1]).dim[2] - 1;
  const FlexEntry options[] = {{"h_scale", .f = TRUE, .number = 5},
                               {"max_classes_per_detection", 1, &one},
                               {"max_detections", 1, &ten},
                               {"nms_iou_threshold", .f = TRUE, .number = 0.6f},
                               {"nms_score_threshold", .f = TRUE, .number = 0.1f},
                               {"num_classes", 1, &classes},
                               {"w_scale", .f = TRUE, .number = 5},
                               {"x_scale", .f = TRUE, .number = 10},
                               {"y_scale", .f = TRUE, .number = 10}};
  GBytes *flex = flex_write (options, G_N_ELEMENTS (options));
  TfcShape unknown = {0};
  gint anchors = add_anchors (n);
  for (guint i = 0; i < 4; i++)
    out[i] = net_typed (n, TFL_F32, &unknown, 0, 0);
  guint op = tflw_op (n->w, CUSTOM, "TFLite_Detection_PostProcess", IDS (ends[0], ends[1], anchors),
                      out, 4);
  tflw_custom (n->w, op, flex);
  g_bytes_unref (flex);
}

GBytes *
tfl_detector_write (TflNet net, TflWeights weights, gboolean skip_tail)
{
  static void (*const nets[]) (Net *, gint *, gint *) = {fpnlite, efficientdet, retinanet};
  Net n = {.w = tflw_new (), .rand = g_rand_new_with_seed (7), .weights = weights};
  gint picture, ends[2], out[4];
  gboolean tail = !skip_tail && net != TFL_NET_RETINANET;
  n.shapes = g_array_new (FALSE, TRUE, sizeof (TfcShape));
  nets[net](&n, &picture, ends);
  if (tail)
    add_tail (&n, ends, out);
  GBytes *bytes = tflw_finish (n.w, &picture, 1, tail ? out : ends, tail ? 4 : 2);
  g_array_unref (n.shapes);
  g_rand_free (n.rand);
  tflw_free (n.w);
  return bytes;
}

const gchar *
tfl_net_name (TflNet net)
{
  static const gchar *const names[] = {"fpnlite", "efficientdet", "retinanet"};
  return names[net];
}

const gchar *
tfl_weights_name (TflWeights weights)
{
  static const gchar *const names[] = {"float",
                                       "values of halves",
                                       "float16",
                                       "hybrid",
                                       "hybrid channels",
                                       "values of channels",
                                       "values of a tensor",
                                       "int8"};
  return names[weights];
}
