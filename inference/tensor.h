/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A tensor: element type, shape, quantisation and an address. Plain data, copied by value; it owns
 * nothing (the graph, the plan or the caller owns the bytes and the arrays that it points to). */
#include <glib.h>

#define TFC_MAX_RANK 8
#define TFC_MAX_TENSOR_BYTES ((gsize) 1 << 30) /* of one value; larger is refused as FORMAT */

/* Whoever reads a tensor's bytes may read this many bytes past the end (XNNPACK's kernels do), so
 * every buffer that holds one is at least so much longer. The bytes read there are never used. */
#define TFC_TAIL_BYTES 16

typedef enum {
  TFC_TYPE_F32,
  TFC_TYPE_F16, /* IEEE half; only in constants, widened by lowering */
  TFC_TYPE_U8,
  TFC_TYPE_I8,
  TFC_TYPE_U16, /* only in constants of GraphModels, dequantised by the loader */
  TFC_TYPE_I32, /* shapes, indices, biases of quantised layers */
  TFC_TYPE_I64, /* only in constants */
  TFC_TYPE_BOOL, /* one byte each, 0 or 1 */
  TFC_N_TYPES
} TfcType;

/* Rank 0 is a scalar: one element. Pictures are NHWC. Every dimension is >= 0 once inferred; -1
 * stands for "not known yet" and never survives tfc_graph_check. */
typedef struct {
  gint rank;
  gint32 dim[TFC_MAX_RANK];
} TfcShape;

/* real = scale * (stored - zero_point). scale 0: the tensor is not quantised.
 * n_channels > 0: per channel along axis; scales[n_channels] is then used in place of scale, the
 * zero point is common (TFLite demands 0). */
typedef struct {
  gfloat scale;
  gint32 zero_point;
  gint axis;
  guint n_channels;
  const gfloat *scales;
} TfcQuant;

typedef struct {
  TfcType type;
  TfcShape shape;
  TfcQuant quant;
  void *data; /* row-major, no padding; NULL while it has no place. Constants are never written. */
  /* The first axis lies last: what the shape calls OHWI is there as HWIO, NK as KN. Only float32 constants that
   * CONV_2D and FULLY_CONNECTED take as weights, until a plan is made (weight_layout.h, backend.h). */
  gboolean turned;
} TfcTensor;

/* A shape for the input of this name or, where name is NULL, of this index. A dimension of -1 stays as the file has
 * it. The rank must be the file's. */
typedef struct {
  const gchar *name;
  guint index;
  TfcShape shape;
} TfcInputShape;

/* Bytes of one element. */
gsize tfc_type_size (TfcType type);
/* "float32", "uint8", ... as TensorFlow spells them. */
const gchar *tfc_type_name (TfcType type);

/* Number of elements; FALSE if it does not fit, or a dimension is negative. */
gboolean tfc_shape_count (const TfcShape *shape, gsize *count);
gboolean tfc_shape_equal (const TfcShape *a, const TfcShape *b);
/* "1x300x300x3" into buf (at least 96 bytes); returns buf. */
const gchar *tfc_shape_print (const TfcShape *shape, gchar *buf);
TfcShape tfc_shape (gint rank, ...); /* gint dimensions follow */

/* Stored numbers stand for the same, by scales, zero point and, where there are several scales, axis. */
gboolean tfc_quant_equal (const TfcQuant *a, const TfcQuant *b);

/* Elements and bytes (without the tail) of a tensor whose shape was checked: cannot fail. */
gsize tfc_tensor_count (const TfcTensor *tensor);
gsize tfc_tensor_bytes (const TfcTensor *tensor);
