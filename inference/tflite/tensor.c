/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

#include <string.h>

/* Field numbers of the schema. */
enum {
  TENSOR_SHAPE,
  TENSOR_TYPE,
  TENSOR_BUFFER,
  TENSOR_NAME,
  TENSOR_QUANT,
  TENSOR_VARIABLE,
  TENSOR_SPARSITY,
  TENSOR_SIGNATURE,
  TENSOR_HAS_RANK
};
enum { QUANT_SCALE = 2, QUANT_ZERO_POINT, QUANT_DETAILS_TYPE, QUANT_DETAILS, QUANT_DIMENSION };
enum { BUFFER_DATA, BUFFER_OFFSET, BUFFER_SIZE };

/* TensorType of the schema -> ours, -1 for those we do not run. */
static const gint types[] = {
    TFC_TYPE_F32, TFC_TYPE_F16,  TFC_TYPE_I32, TFC_TYPE_U8, TFC_TYPE_I64,
    -1,           TFC_TYPE_BOOL, -1,           -1,          TFC_TYPE_I8,
};

gboolean
tfc_tfl_good (TfcTfl *l)
{
  return !l->fb.error && tfc_builder_ok (&l->b);
}

gchar *
tfc_tfl_name (TfcTfl *l, const TfcTflTensor *t)
{
  return tfc_fb_string (&l->fb, t->table, TENSOR_NAME);
}

/* Bytes of the file as aligned memory with a tail: the mapping itself where that will do. */
static void *
constant (TfcTfl *l, TfcFbVector v, gsize bytes, gsize align)
{
  const guint8 *at = l->fb.data + v.at;
  /* The same place may hold bytes for one user and scales for another: two keys. */
  gpointer key = GSIZE_TO_POINTER (v.at * 2 + (bytes != v.n));
  void *copy;
  if (GPOINTER_TO_SIZE (at) % align == 0 && l->fb.size - v.at >= bytes + TFC_TAIL_BYTES)
    return (void *)at;
  copy = g_hash_table_lookup (l->copies, key);
  if (copy)
    return copy;
  copy = tfc_builder_alloc (&l->b, bytes);
  if (copy) {
    memcpy (copy, at, bytes);
    g_hash_table_insert (l->copies, key, copy);
  }
  return copy;
}

static TfcShape
read_shape (TfcTfl *l, gsize table)
{
  TfcFbVector v = tfc_fb_vector (&l->fb, table, TENSOR_SHAPE, 4);
  TfcFbVector signature = tfc_fb_vector (&l->fb, table, TENSOR_SIGNATURE, 4);
  TfcShape shape = {.rank = -1};
  if (!v.n && signature.n)
    v = signature;
  if (v.n > TFC_MAX_RANK) {
    tfc_fb_fail (&l->fb, v.at, "a tensor has too many dimensions");
    return shape;
  }
  shape.rank = v.n;
  for (guint i = 0; i < v.n; i++) {
    shape.dim[i] = tfc_fb_at_i32 (&l->fb, v, i);
    shape.dim[i] = MAX (shape.dim[i], -1); /* any size */
  }
  return shape;
}

/* A size of 1 may be a stand-in; another is what the network was made for. */
TfcShape
tfc_tfl_open_shape (TfcTfl *l, const TfcTflTensor *t)
{
  const TfcFbVector signature = tfc_fb_vector (&l->fb, t->table, TENSOR_SIGNATURE, 4);
  TfcShape shape = t->shape;
  for (gint i = 0; i < shape.rank && signature.n == (guint)shape.rank; i++) {
    if (tfc_fb_at_i32 (&l->fb, signature, (guint)i) < 0 && shape.dim[i] <= 1)
      shape.dim[i] = -1;
  }
  return shape;
}

static void
read_quant (TfcTfl *l, gsize quant, TfcQuant *q)
{
  TfcFbVector scale = tfc_fb_vector (&l->fb, quant, QUANT_SCALE, 4);
  TfcFbVector zero = tfc_fb_vector (&l->fb, quant, QUANT_ZERO_POINT, 8);
  gint64 zero_point = zero.n ? tfc_fb_at_i64 (&l->fb, zero, 0) : 0;
  if (!scale.n)
    return;
  if (zero_point < G_MININT32 || zero_point > G_MAXINT32) {
    tfc_fb_fail (&l->fb, zero.at, "zero point out of range");
    return;
  }
  memcpy (&q->scale, l->fb.data + scale.at, sizeof q->scale);
  q->zero_point = (gint32)zero_point;
  /* One zero point is kept: that of all channels. */
  for (guint32 i = 1; i < zero.n && tfc_builder_work (&l->b, 1); i++) {
    if (tfc_fb_at_i64 (&l->fb, zero, i) != zero_point)
      tfc_fb_fail (&l->fb, zero.at + 8 * (gsize)i, "zero points that differ between channels");
  }
  if (scale.n > 1) {
    q->axis = tfc_fb_i32 (&l->fb, quant, QUANT_DIMENSION, 0);
    q->n_channels = scale.n;
    q->scales = constant (l, scale, 4 * (gsize)scale.n, 4);
  }
}

/* The quantisation must be one that the shape can have. */
static void
check_quant (TfcTfl *l, gsize table, const TfcTflTensor *t)
{
  const TfcQuant *q = &t->quant;
  gboolean sound =
      q->scale >= 0 && q->scale <= G_MAXFLOAT && tfc_builder_work (&l->b, q->n_channels);
  for (guint i = 0; sound && i < q->n_channels && q->scales; i++)
    sound = q->scales[i] >= 0 && q->scales[i] <= G_MAXFLOAT;
  if (q->n_channels)
    sound = sound && q->axis >= 0 && q->axis < t->shape.rank &&
            t->shape.dim[q->axis] == (gint64)q->n_channels;
  if (!sound)
    tfc_fb_fail (&l->fb, table, "impossible quantisation of a tensor");
}

static void
read_constant (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t)
{
  guint32 index = tfc_fb_u32 (&l->fb, table, TENSOR_BUFFER, 0);
  TfcTensor desc = {.type = t->type, .shape = t->shape, .quant = t->quant};
  gsize buffer, count;
  if (index >= buffers.n) {
    tfc_fb_fail (&l->fb, table, "a tensor's buffer does not exist");
    return;
  }
  buffer = tfc_fb_at_table (&l->fb, buffers, index);
  t->bytes = tfc_fb_vector (&l->fb, buffer, BUFFER_DATA, 1);
  if (!t->bytes.n || t->sparsity || !t->supported || !tfc_tfl_good (l))
    return;
  if (!tfc_shape_count (&t->shape, &count) || count > G_MAXSSIZE / 8 ||
      count * tfc_type_size (t->type) != t->bytes.n) {
    tfc_fb_fail (&l->fb, t->bytes.at, "a constant's bytes do not fit its shape and type");
    return;
  }
  desc.data = constant (l, t->bytes, t->bytes.n, tfc_type_size (t->type));
  if (desc.data) {
    gchar *name = tfc_tfl_name (l, t);
    t->id = tfc_graph_value (l->b.graph, name, &desc);
    g_free (name);
  }
}

static void
read_tensor (TfcTfl *l, gsize table, TfcFbVector buffers, TfcTflTensor *t)
{
  const gint file_type = tfc_fb_i8 (&l->fb, table, TENSOR_TYPE, 0);
  t->supported = file_type >= 0 && (gsize)file_type < G_N_ELEMENTS (types) && types[file_type] >= 0;
  t->type = t->supported ? types[file_type] : TFC_TYPE_F32;
  t->table = table;
  t->sparsity = tfc_fb_table (&l->fb, table, TENSOR_SPARSITY);
  t->shape = read_shape (l, table);
  t->id = TFC_NONE;
  if (t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8 || t->type == TFC_TYPE_I32)
    read_quant (l, tfc_fb_table (&l->fb, table, TENSOR_QUANT), &t->quant);
  if (!l->fb.error)
    check_quant (l, table, t);
  read_constant (l, table, buffers, t);
}

gboolean
tfc_tfl_tensors (TfcTfl *l, TfcFbVector tensors, TfcFbVector buffers)
{
  if (tensors.n > TFC_MAX_VALUES)
    tfc_fb_fail (&l->fb, tensors.at, "too many tensors");
  if (!tfc_tfl_good (l))
    return FALSE;
  l->tensors = g_new0 (TfcTflTensor, tensors.n);
  l->n_tensors = tensors.n;
  for (guint32 i = 0; i < tensors.n && tfc_tfl_good (l); i++)
    read_tensor (l, tfc_fb_at_table (&l->fb, tensors, i), buffers, &l->tensors[i]);
  return tfc_tfl_good (l);
}
