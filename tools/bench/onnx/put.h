/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The messages of an ONNX file: nodes with attributes, constants. For this folder alone. */
#include "inference/graph/graph.h"

#define ONNX_INT64 7 /* its number of the type */

enum { MODEL_IR = 1, MODEL_PRODUCER = 2, MODEL_GRAPH = 7, MODEL_OPSET = 8 };
enum { GRAPH_NODE = 1, GRAPH_NAME = 2, GRAPH_CONST = 5, GRAPH_INPUT = 11, GRAPH_OUTPUT = 12 };

typedef struct {
  const TfcGraph *graph;
  GByteArray *body; /* the graph message */
  GStringChunk *names;
  gboolean *nchw; /* [values]: its own name has it so */
  gboolean *both; /* [values]: the other layout was made too */
  gboolean real;  /* 8 bits are wanted as float32: onnx_value dequantises */
  gint opset;
  gboolean microsoft; /* uses operators of ONNX Runtime's own */
  guint n_names;
} Onnx;

typedef const gchar *Name; /* kept by the file's names */

Name name (Onnx *o, const gchar *format, ...) G_GNUC_PRINTF (2, 3);

/* A node with n inputs; attributes are put into it, end adds it to the graph and frees it. domain: NULL
 * for ONNX's own operators. */
GByteArray *begin (const gchar *op, const gchar *domain, Name out, const Name *in, guint n);
void end (Onnx *o, GByteArray *node);
void put_output (GByteArray *node, Name out); /* one more */
void put_int (GByteArray *node, const gchar *title, gint64 value);
void put_float (GByteArray *node, const gchar *title, gfloat value);
void put_string (GByteArray *node, const gchar *title, const gchar *value);
void put_ints (GByteArray *node, const gchar *title, guint n, const gint *value);

/* Adds constants; kind: ONNX's number of the element type. rank 0: one element. */
Name constant (Onnx *o, gint kind, gint rank, const gint *dim, gconstpointer data, gsize bytes);
Name int64s (Onnx *o, gint n, const gint *value);
