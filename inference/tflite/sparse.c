/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

#include <string.h>

enum { SPARSITY_ORDER, SPARSITY_BLOCK_MAP, SPARSITY_DIMENSIONS };
enum { DIM_FORMAT, DIM_SIZE, DIM_SEGMENTS_TYPE, DIM_SEGMENTS, DIM_INDICES_TYPE, DIM_INDICES };
enum { FORMAT_DENSE, FORMAT_CSR };

/* A vector of int32, uint16 or uint8, as its type says. */
typedef struct {
  TfcFbVector v;
  guint width;
} Indices;

/* All axes dense but the last, which is CSR: for each row the range of its entries, for each entry
 * its column. */
typedef struct {
  gsize rows, columns;
  Indices segments, columns_of;
} Csr;

static Indices
indices (TfcFb *fb, gsize dimension, guint type_field)
{
  static const guint widths[] = {0, 4, 2, 1};
  gint type = tfc_fb_u8 (fb, dimension, type_field, 0);
  Indices i = {0};
  if (type < 1 || type > 3)
    return i;
  i.width = widths[type];
  i.v = tfc_fb_vector (fb, tfc_fb_table (fb, dimension, type_field + 1), 0, i.width);
  return i;
}

static gsize
index_at (const TfcFb *fb, const Indices *i, gsize k)
{
  const guint8 *at = fb->data + i->v.at + k * i->width;
  gsize value = at[0];
  for (guint byte = 1; byte < i->width; byte++)
    value |= (gsize)at[byte] << (8 * byte);
  return value;
}

/* TRUE if the tensor is stored in the one layout that we know. */
static gboolean
read_csr (TfcTfl *l, const TfcTflTensor *t, Csr *csr)
{
  TfcFb *fb = &l->fb;
  TfcFbVector order = tfc_fb_vector (fb, t->sparsity, SPARSITY_ORDER, 4);
  TfcFbVector dimensions = tfc_fb_vector (fb, t->sparsity, SPARSITY_DIMENSIONS, 4);
  gint rank = t->shape.rank;
  if (rank < 1 || dimensions.n != (guint)rank || order.n != (guint)rank ||
      tfc_fb_vector (fb, t->sparsity, SPARSITY_BLOCK_MAP, 4).n)
    return FALSE;
  csr->rows = 1;
  for (gint i = 0; i < rank; i++) {
    gsize dimension = tfc_fb_at_table (fb, dimensions, i);
    gint format = tfc_fb_i8 (fb, dimension, DIM_FORMAT, FORMAT_DENSE);
    if (tfc_fb_at_i32 (fb, order, i) != i || format != (i == rank - 1 ? FORMAT_CSR : FORMAT_DENSE))
      return FALSE;
    if (i < rank - 1 && (tfc_fb_i32 (fb, dimension, DIM_SIZE, 0) != t->shape.dim[i] ||
                         !g_size_checked_mul (&csr->rows, csr->rows, t->shape.dim[i])))
      return FALSE;
    if (i == rank - 1) {
      csr->segments = indices (fb, dimension, DIM_SEGMENTS_TYPE);
      csr->columns_of = indices (fb, dimension, DIM_INDICES_TYPE);
    }
  }
  csr->columns = t->shape.dim[rank - 1];
  return !fb->error;
}

/* Every row's range must follow the one before, its columns be in the row and in order. */
static gboolean
scatter (const TfcFb *fb, const Csr *csr, const guint8 *values, gsize element, guint8 *to)
{
  gsize entries = csr->columns_of.v.n, from = 0;
  if (csr->segments.v.n != csr->rows + 1 || index_at (fb, &csr->segments, 0) != 0)
    return FALSE;
  for (gsize row = 0; row < csr->rows; row++) {
    gsize end = index_at (fb, &csr->segments, row + 1);
    if (end < from || end > entries)
      return FALSE;
    for (gsize least = 0; from < end; from++) {
      gsize column = index_at (fb, &csr->columns_of, from);
      if (column < least || column >= csr->columns)
        return FALSE;
      least = column + 1;
      memcpy (to + (row * csr->columns + column) * element, values + from * element, element);
    }
  }
  return from == entries;
}

guint
tfc_tfl_densify (TfcTfl *l, TfcTflNode *n)
{
  const TfcTflTensor *t = &l->tensors[n->tensor_in[0]];
  const gsize element = tfc_type_size (t->type);
  void *dense = NULL;
  Csr csr = {0};
  gsize count;
  if (!t->sparsity || !read_csr (l, t, &csr))
    return TFC_UNSUPPORTED (&l->b, "only the last dimension may be sparse (CSR)");
  if (!tfc_shape_count (&t->shape, &count) || !count || t->bytes.n != csr.columns_of.v.n * element)
    return TFC_BAD (&l->b, "values, indices and type do not fit");
  const guint id = tfc_builder_constant (&l->b, t->type, &t->shape, &dense);
  if (id != TFC_NONE && !scatter (&l->fb, &csr, l->fb.data + t->bytes.at, element, dense))
    return TFC_BAD (&l->b, "sparse indices out of range");
  return id;
}
