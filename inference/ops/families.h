/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Private to shape.c, shape_rules.c (the table) and the shape_*.c with rules of their own: one rule an op that
 * says what shape comes out. */
#include "inference/ops/op.h"

typedef enum {
  TFC_INFER_ANY = 1 << 0,        /* any element type; else float32 and quantised 8 bit */
  TFC_INFER_INTEGERS = 1 << 1,   /* int32 too */
  TFC_INFER_FLOAT = 1 << 2,      /* float32 only */
  TFC_INFER_SAME_QUANT = 1 << 3, /* output quantised as the first input */
  TFC_INFER_MIXED = 1 << 4,      /* the output has a type of its own */
  TFC_INFER_STORED = 1 << 6,     /* stored numbers stay, whatever they stand for in the output */
  TFC_INFER_NO_BYTES = 1 << 5,   /* not of 8 bits */
} TfcInferFlags;

/* Fills shape; FALSE with error set. Inputs are there and not empty. */
typedef gboolean TfcInferShape (TfcInfer *c);

typedef struct {
  TfcInferShape *infer;
  guint8 required, max_in; /* inputs that must be there, and that may be */
  guint8 flags;
} TfcInferRule;

extern const TfcInferRule tfc_infer_rules[TFC_N_OPS];

/* shape_layers.c, shape_numbers.c, shape_landmarks.c */
TfcInferShape tfc_infer_conv, tfc_infer_depthwise, tfc_infer_fully_connected, tfc_infer_pool;
TfcInferShape tfc_infer_broadcast, tfc_infer_compare, tfc_infer_select, tfc_infer_prelu;
TfcInferShape tfc_infer_landmarks_to_transform, tfc_infer_transform_tensor, tfc_infer_transform_landmarks;
/* FALSE with error set if the input has another rank. */
gboolean tfc_infer_need_rank (const TfcInfer *c, guint input, gint rank);

/* Sets the error, naming op and output; returns FALSE. */
gboolean tfc_infer_bad (const TfcInfer *c, TfcErrorCode code, const gchar *format, ...)
    G_GNUC_PRINTF (3, 4);

#define BAD(c, ...) tfc_infer_bad (c, TFC_ERROR_FORMAT, __VA_ARGS__)

/* All of the inputs and the output are float32, or all are quantised with the same type. */
gboolean tfc_ref_alike (const TfcOpCall *call);

typedef struct {
  gboolean (*can_run) (const TfcOpCall *call); /* types, quantisation, number of inputs */
  void (*run) (const TfcOpCall *call);         /* no allocation; cannot fail */
} TfcRefOp;

extern const TfcRefOp tfc_ref_conv_2d, tfc_ref_depthwise_conv_2d, tfc_ref_fully_connected;
extern const TfcRefOp tfc_ref_max_pool_2d, tfc_ref_average_pool_2d;
extern const TfcRefOp tfc_ref_reduce; /* MEAN to REDUCE_MIN */
extern const TfcRefOp tfc_ref_softmax, tfc_ref_arg;
extern const TfcRefOp tfc_ref_binary; /* ADD to MINIMUM */
extern const TfcRefOp tfc_ref_compare; /* LESS to LOGICAL_OR */
extern const TfcRefOp tfc_ref_select;
extern const TfcRefOp tfc_ref_unary;  /* LEAKY_RELU to SQUARE but SOFTMAX */
extern const TfcRefOp tfc_ref_clamp, tfc_ref_prelu;
extern const TfcRefOp tfc_ref_pad, tfc_ref_reshape, tfc_ref_concat, tfc_ref_transpose;
extern const TfcRefOp tfc_ref_slice, tfc_ref_depth_to_space;
extern const TfcRefOp tfc_ref_resize_bilinear, tfc_ref_resize_nearest;
extern const TfcRefOp tfc_ref_convert;
extern const TfcRefOp tfc_ref_landmarks_to_transform, tfc_ref_transform_tensor;
extern const TfcRefOp tfc_ref_transform_landmarks;
