/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/values.h"

#include <string.h>

#include "tools/bench/onnx/onnx.h"

const gint8 onnx_kinds[TFC_N_TYPES] = {[TFC_TYPE_F32] = 1,
                                       [TFC_TYPE_U8] = 2,
                                       [TFC_TYPE_I8] = 3,
                                       [TFC_TYPE_I32] = 6,
                                       [TFC_TYPE_BOOL] = 9};

const gint onnx_turned[4] = {0, 3, 1, 2}, onnx_straight[4] = {0, 2, 3, 1};

const TfcTensor *
onnx_tensor (const Onnx *o, guint v)
{
  return &tfc_graph_v (o->graph, v)->tensor;
}

gboolean
onnx_quantised (const TfcTensor *t)
{
  return t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8;
}

Name
onnx_float (Onnx *o, gfloat value)
{
  return constant (o, onnx_kinds[TFC_TYPE_F32], 0, NULL, &value, sizeof value);
}

Name
onnx_byte (Onnx *o, TfcType type, gint value)
{
  guint8 byte = value;
  return constant (o, onnx_kinds[type], 0, NULL, &byte, 1);
}

/* Axis i of the copy is axis from[i] of a rank 4 tensor. */
static void *
permute (const TfcTensor *t, const void *data, const gint *from, gint *dim)
{
  gsize size = tfc_type_size (t->type), step[4], at = 0;
  guint8 *copy = g_malloc (tfc_tensor_bytes (t));
  const gint32 *d = t->shape.dim;
  const gsize steps[4] = {(gsize)d[1] * d[2] * d[3], (gsize)d[2] * d[3], d[3], 1};
  for (gint i = 0; i < 4; i++) {
    dim[i] = d[from[i]];
    step[i] = steps[from[i]] * size;
  }
  for (gint a = 0; a < dim[0]; a++)
    for (gint b = 0; b < dim[1]; b++)
      for (gint c = 0; c < dim[2]; c++)
        for (gint e = 0; e < dim[3]; e++, at += size)
          memcpy (copy + at,
                  (const guint8 *)data + a * step[0] + b * step[1] + c * step[2] + e * step[3],
                  size);
  return copy;
}

void *
onnx_turn (const TfcTensor *t, const void *data)
{
  gint dim[4];
  return t->shape.rank == 4 ? permute (t, data, onnx_turned, dim)
                            : g_memdup2 (data, tfc_tensor_bytes (t));
}

Name
onnx_weights (Onnx *o, guint v, const gint *from)
{
  TfcTensor t = *onnx_tensor (o, v);
  gint dim[4];
  for (; t.shape.rank < 4; t.shape.rank++) {
    memmove (t.shape.dim + 1, t.shape.dim, t.shape.rank * sizeof *t.shape.dim);
    t.shape.dim[0] = 1;
  }
  g_autofree void *copy = permute (&t, t.data, from, dim);
  return constant (o, onnx_kinds[t.type], 4, dim, copy, tfc_tensor_bytes (&t));
}

Name
onnx_operand (Onnx *o, guint v, gboolean nchw)
{
  const TfcTensor *t = onnx_tensor (o, v);
  const gint rank = t->shape.rank;
  const gsize n = tfc_tensor_count (t);
  if (!nchw || n == 1)
    return constant (o, onnx_kinds[t->type], rank, t->shape.dim, t->data, tfc_tensor_bytes (t));
  if (rank < 4 && n == (gsize)t->shape.dim[rank - 1])
    return constant (o, onnx_kinds[t->type], 3, (const gint[]){(gint)n, 1, 1}, t->data,
                     tfc_tensor_bytes (t));
  return onnx_weights (o, v, onnx_turned);
}

static Name
transpose (Onnx *o, Name from, Name to, const gint *axes)
{
  GByteArray *node = begin ("Transpose", NULL, to, &from, 1);
  put_ints (node, "perm", 4, axes);
  end (o, node);
  return to;
}

static Name
turned_value (Onnx *o, guint v, gboolean nchw)
{
  const TfcTensor *t = onnx_tensor (o, v);
  Name own = name (o, "v%u", v), other;
  if (t->data)
    return onnx_operand (o, v, nchw);
  if (t->shape.rank != 4 || o->nchw[v] == nchw)
    return own;
  other = name (o, "v%ut", v);
  if (!o->both[v])
    transpose (o, own, other, nchw ? onnx_turned : onnx_straight);
  o->both[v] = TRUE;
  return other;
}

Name
onnx_value (Onnx *o, guint v, gboolean nchw)
{
  Name in[3] = {turned_value (o, v, nchw)};
  if (!o->real || !onnx_quantised (onnx_tensor (o, v)))
    return in[0];
  onnx_scale_and_zero (o, onnx_tensor (o, v), in + 1);
  Name out = name (o, "r%u", o->n_names++);
  onnx_node (o, "DequantizeLinear", NULL, out, in, 3);
  return out;
}

void
onnx_scale_and_zero (Onnx *o, const TfcTensor *t, Name in[2])
{
  const gint n = t->quant.n_channels;
  g_autofree guint8 *zeros = g_malloc (n + 1);
  if (!n) {
    in[0] = onnx_float (o, t->quant.scale);
    in[1] = onnx_byte (o, t->type, t->quant.zero_point);
    return;
  }
  memset (zeros, t->quant.zero_point, n);
  in[0] = constant (o, onnx_kinds[TFC_TYPE_F32], 1, &n, t->quant.scales, n * sizeof (gfloat));
  in[1] = constant (o, onnx_kinds[t->type], 1, &n, zeros, n);
}

void
onnx_node (Onnx *o, const gchar *op, const gchar *domain, Name out, const Name *in, guint n)
{
  end (o, begin (op, domain, out, in, n));
}
