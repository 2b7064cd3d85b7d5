/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Layers of a made-up network in a .tflite file, in one of the number formats that the TFLite
 * converter knows. Each gives the id of its output tensor. */
#include "tests/inference/tflite/tfl-detectors.h"

/* Operators of the schema. */
enum {
  ADD = 0,
  AVERAGE_POOL = 1,
  CONCATENATION = 2,
  CONV = 3,
  DEPTHWISE = 4,
  DEQUANTIZE = 6,
  LOGISTIC = 14,
  MAX_POOL = 17,
  MUL = 18,
  RESHAPE = 22,
  CUSTOM = 32,
  STRIDED_SLICE = 45,
  SHAPE = 77,
  PACK = 83,
  RESIZE_NEAREST = 97,
  QUANTIZE = 114
};

/* A list of ids and how many. */
#define IDS(...) (const gint[]){__VA_ARGS__}, G_N_ELEMENTS (((const gint[]){__VA_ARGS__}))

typedef struct {
  TflWriter *w;
  GRand *rand;
  TflWeights weights;
  GArray *shapes; /* TfcShape by tensor */
  guint n_anchors;
} Net;

/* The shape of a tensor. */
TfcShape net_shape (Net *n, gint id);
gint net_typed (Net *n, gint type, const TfcShape *s, gfloat scale, gint zero);
/* Whether values are int8. */
gboolean net_is_int8 (const Net *n);
gint net_value (Net *n, const TfcShape *s);
gint net_constant (Net *n, gint type, TfcShape s, const void *data, guint bytes);
/* act: 0 none, 1 RELU, 3 RELU6 */
gint net_layer (Net *n, gint x, gint outputs, gint k, gint stride, gint act);
gint net_separable (Net *n, gint x, gint outputs, gint stride, gint act);
gint net_binary (Net *n, gint code, gint a, gint b, gint act);
gint net_pool (Net *n, gint code, gint x, gint k, gint stride);
gint net_reshape (Net *n, gint x, TfcShape s, gboolean computed);
gint net_upsample_by_pack (Net *n, gint x);
gint net_upsample (Net *n, gint x);
/* x times a number of its own, as fast normalised fusion has it. */
gint net_weighted (Net *n, gint x, gfloat by);
gint net_concat (Net *n, const gint *in, guint n_in);
gint net_logistic (Net *n, gint x);
gint net_to_float (Net *n, gint x);
