/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Private to shape.c, shape_rules.c (the table) and the shape_*.c with rules of their own: one rule an op that
 * says what shape comes out. */
#include "inference/graph/graph.h"

/* An op while its outputs are inferred. */
typedef struct {
  TfcOp op;
  TfcParams *params;
  const gchar *what; /* is computed, for messages */
  guint n_in, n_out;
  const TfcTensor *in[TFC_MAX_NODE_INPUTS]; /* NULL: not there */
  TfcTensor *out[TFC_MAX_NODE_OUTPUTS];
  TfcShape shape[TFC_MAX_NODE_OUTPUTS]; /* the inferred ones */
  GError **error;
} TfcInfer;

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
