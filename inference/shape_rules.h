/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Private to shape.c and shape_rules.c: one rule an op that says what shape comes out. */
#include "graph.h"

/* A node while its output is inferred. */
typedef struct {
  TfcGraph *graph;
  TfcNode *node;
  const TfcTensor *in[TFC_MAX_NODE_INPUTS]; /* NULL: not there */
  TfcTensor *out;
  TfcShape shape; /* the inferred one */
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

typedef struct {
  /* Fills shape; FALSE with error set. Inputs are there and not empty. */
  gboolean (*infer) (TfcInfer *c);
  guint8 required, max_in; /* inputs that must be there, and that may be */
  guint8 flags;
} TfcInferRule;

extern const TfcInferRule tfc_infer_rules[TFC_N_OPS];

/* Sets the error, naming op and output; returns FALSE. */
gboolean tfc_infer_bad (const TfcInfer *c, TfcErrorCode code, const gchar *format, ...)
    G_GNUC_PRINTF (3, 4);

#define BAD(c, ...) tfc_infer_bad (c, TFC_ERROR_FORMAT, __VA_ARGS__)
