/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/put.h"

#include "tools/bench/onnx/proto.h"

enum { NODE_INPUT = 1, NODE_OUTPUT = 2, NODE_OP = 4, NODE_ATTR = 5, NODE_DOMAIN = 7 };
enum { ATTR_NAME = 1, ATTR_F = 2, ATTR_I = 3, ATTR_S = 4, ATTR_INTS = 8, ATTR_TYPE = 20 };
enum { KIND_FLOAT = 1, KIND_INT = 2, KIND_STRING = 3, KIND_INTS = 7 };
enum { TENSOR_DIM = 1, TENSOR_TYPE = 2, TENSOR_NAME = 8, TENSOR_RAW = 9 };

Name
name (Onnx *o, const gchar *format, ...)
{
  va_list args;
  g_autofree gchar *text = NULL;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_string_chunk_insert (o->names, text);
}

static GByteArray *
attribute (const gchar *title, gint kind)
{
  GByteArray *a = g_byte_array_new ();
  proto_string (a, ATTR_NAME, title);
  proto_int (a, ATTR_TYPE, kind);
  return a;
}

void
put_output (GByteArray *node, Name out)
{
  proto_string (node, NODE_OUTPUT, out);
}

void
put_int (GByteArray *node, const gchar *title, gint64 value)
{
  GByteArray *a = attribute (title, KIND_INT);
  proto_int (a, ATTR_I, value);
  proto_message (node, NODE_ATTR, a);
}

void
put_float (GByteArray *node, const gchar *title, gfloat value)
{
  GByteArray *a = attribute (title, KIND_FLOAT);
  proto_float (a, ATTR_F, value);
  proto_message (node, NODE_ATTR, a);
}

void
put_string (GByteArray *node, const gchar *title, const gchar *value)
{
  GByteArray *a = attribute (title, KIND_STRING);
  proto_string (a, ATTR_S, value);
  proto_message (node, NODE_ATTR, a);
}

void
put_ints (GByteArray *node, const gchar *title, guint n, const gint *value)
{
  GByteArray *a = attribute (title, KIND_INTS);
  for (guint i = 0; i < n; i++)
    proto_int (a, ATTR_INTS, value[i]);
  proto_message (node, NODE_ATTR, a);
}

/* A node with inputs up to NULL; close it with end. */
GByteArray *
begin (const gchar *op, const gchar *domain, Name out, const Name *in, guint n)
{
  GByteArray *node = g_byte_array_new ();
  for (guint i = 0; i < n; i++)
    proto_string (node, NODE_INPUT, in[i]);
  proto_string (node, NODE_OUTPUT, out);
  proto_string (node, NODE_OP, op);
  if (domain)
    proto_string (node, NODE_DOMAIN, domain);
  return node;
}

void
end (Onnx *o, GByteArray *node)
{
  proto_message (o->body, GRAPH_NODE, node);
}

Name
constant (Onnx *o, gint kind, gint rank, const gint *dim, gconstpointer data, gsize bytes)
{
  GByteArray *t = g_byte_array_new ();
  Name title = name (o, "c%u", o->n_names++);
  for (gint i = 0; i < rank; i++)
    proto_int (t, TENSOR_DIM, dim[i]);
  proto_int (t, TENSOR_TYPE, kind);
  proto_string (t, TENSOR_NAME, title);
  proto_bytes (t, TENSOR_RAW, data, bytes);
  proto_message (o->body, GRAPH_CONST, t);
  return title;
}

Name
int64s (Onnx *o, gint n, const gint *value)
{
  gint64 *wide = g_new (gint64, n);
  for (gint i = 0; i < n; i++)
    wide[i] = value[i];
  Name title = constant (o, ONNX_INT64, 1, &n, wide, n * sizeof *wide);
  g_free (wide);
  return title;
}
