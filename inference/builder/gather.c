/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/operators.h"

#include <string.h>

#define MAX_GATHERED_PARTS 8 /* that are slices; more are a node of their own */

/* Where a run of indices that follow each other by one step ends. */
static gsize
end_of_run (const gint32 *index, gsize n, gsize i, gint64 *step)
{
  gsize end = i + 1;
  *step = end < n ? (gint64)index[end] - index[i] : 1;
  while (*step && end < n && index[end] - (gint64)index[end - 1] == *step)
    end++;
  return end;
}

/* Slices, if those are few: they cost less than a look at each index. */
static gboolean
gather_parts (TfcBuilder *b, guint x, gint axis, const gint32 *index, gsize n, guint *gathered)
{
  guint parts[MAX_GATHERED_PARTS], n_parts = 0;
  gint64 step;
  for (gsize i = 0; i < n; i = end_of_run (index, n, i, &step)) {
    if (n_parts++ == MAX_GATHERED_PARTS)
      return FALSE;
  }
  n_parts = 0;
  for (gsize i = 0, end; i < n; i = end) {
    end = end_of_run (index, n, i, &step);
    parts[n_parts] = tfc_build_part (b, x, axis, index[i], (gint32)(end - i), (gint32)step);
    if (parts[n_parts++] == TFC_NONE)
      return TRUE;
  }
  *gathered = tfc_build_concat (b, parts, n_parts, axis, NULL);
  return TRUE;
}

/* The indices' shape in the place of the axis; FALSE if that cannot be. */
static gboolean
gathered_shape (TfcBuilder *b, const TfcShape *x, gint axis, const TfcShape *indices, TfcShape *to)
{
  gsize n;
  if (!tfc_shape_count (indices, &n) || n < 1 || x->rank - 1 + indices->rank > TFC_MAX_RANK)
    return tfc_builder_unsupported (b, "no indices, or indices of too many dimensions");
  *to = *x;
  to->rank = x->rank - 1 + indices->rank;
  for (gint i = 0; i < indices->rank; i++)
    to->dim[axis + i] = indices->dim[i];
  for (gint i = axis + 1; i < x->rank; i++)
    to->dim[i - 1 + indices->rank] = x->dim[i];
  return TRUE;
}

static gboolean
check_index (TfcBuilder *b, gint32 index, gint32 size)
{
  return (index >= 0 && index < size) || tfc_builder_bad (b, "element %d of %d", index, size);
}

/* Constant indices that all batches share. Gives TFC_NONE too if they are no few slices. */
static guint
gather_known (TfcBuilder *b, guint x, gint axis, guint indices)
{
  const TfcShape shape = *tfc_builder_shape (b, indices);
  guint gathered = TFC_NONE;
  TfcShape to;
  gsize n = 0;
  if (!gathered_shape (b, tfc_builder_shape (b, x), axis, &shape, &to))
    return TFC_NONE;
  gint32 *index = tfc_builder_list (b, indices, "index", &n);
  const gboolean parts = index && gather_parts (b, x, axis, index, n, &gathered);
  g_free (index);
  return parts ? tfc_build_reshape (b, gathered, &to) : TFC_NONE;
}

/* Whole numbers; constant ones must lie in x: the n-th of each row along axis n of it, all along
 * the axis if that is not TFC_NONE. */
static gboolean
check_indices (TfcBuilder *b, guint x, guint indices, guint axis)
{
  const TfcTensor *t = tfc_builder_tensor (b, indices);
  gsize n = 0;
  if (t->type != TFC_TYPE_I32 && t->type != TFC_TYPE_I64)
    return tfc_builder_bad (b, "indices of %s", tfc_type_name (t->type));
  if (!t->data)
    return TRUE;
  gint32 *index = tfc_builder_list (b, indices, "index", &n);
  const TfcShape *s = tfc_builder_shape (b, x), *rows = tfc_builder_shape (b, indices);
  const gint32 last = rows->rank ? rows->dim[rows->rank - 1] : 0;
  gboolean good = index != NULL;
  for (gsize i = 0; good && i < n; i++)
    good = check_index (b, index[i], s->dim[axis != TFC_NONE ? axis : i % (gsize)last]);
  g_free (index);
  return good;
}

guint
tfc_build_gather (TfcBuilder *b, guint x, gint axis, guint indices, gint batch_dims)
{
  TfcParams p = tfc_params (TFC_OP_GATHER);
  if (!tfc_builder_ok (b) || !tfc_builder_axis (b, &axis, tfc_builder_shape (b, x)->rank) ||
      !check_indices (b, x, indices, (guint)axis))
    return TFC_NONE;
  if (!batch_dims && tfc_builder_tensor (b, indices)->data) {
    const guint known = gather_known (b, x, axis, indices);
    if (known != TFC_NONE || !tfc_builder_ok (b))
      return known;
  }
  p.gather.axis = axis;
  p.gather.batch = batch_dims;
  return tfc_build (b, TFC_OP_GATHER, &p, (guint[]){x, tfc_build_cast (b, indices, TFC_TYPE_I32)},
                    2, NULL);
}

guint
tfc_build_gather_nd (TfcBuilder *b, guint x, guint indices)
{
  if (!tfc_builder_ok (b))
    return TFC_NONE;
  const TfcShape *rows = tfc_builder_shape (b, indices);
  const gint n = rows->rank ? rows->dim[rows->rank - 1] : 0, rank = tfc_builder_shape (b, x)->rank;
  if (n < 1 || n > rank)
    return TFC_BAD (b, "indices of %d numbers for %d dimensions", n, rank);
  return check_indices (b, x, indices, TFC_NONE)
             ? tfc_build2 (b, TFC_OP_GATHER_ND, x, tfc_build_cast (b, indices, TFC_TYPE_I32))
             : TFC_NONE;
}

guint
tfc_build_scatter_nd (TfcBuilder *b, guint indices, guint x, guint shape)
{
  TfcParams p = tfc_params (TFC_OP_SCATTER_ND);
  if (!tfc_builder_known_shape (b, shape, &p.scattered))
    return TFC_NONE;
  const TfcTensor *t = tfc_builder_tensor (b, indices);
  if (t->type != TFC_TYPE_I32 && t->type != TFC_TYPE_I64)
    return TFC_BAD (b, "indices of %s", tfc_type_name (t->type));
  return tfc_build (b, TFC_OP_SCATTER_ND, &p, (guint[]){x, indices}, 2, NULL);
}

/* ---- a list of places and what stands there, elsewhere one number; all constant ---- */

typedef struct {
  const gint32 *place; /* n of them, a row each */
  gsize n;
  guint axes; /* numbers in a row */
} Places;

/* One list of numbers is places along one axis; a matrix has a row for each. */
static gboolean
read_places (TfcBuilder *b, guint indices, const TfcShape *to, Places *p)
{
  const TfcShape *s = tfc_builder_shape (b, indices);
  p->axes = s->rank == 2 ? (guint)s->dim[1] : 1;
  p->n = s->rank > 0 ? (gsize)s->dim[0] : 1;
  return (s->rank <= 2 && p->axes == (guint)to->rank) ||
         tfc_builder_bad (b, "places of %u numbers for %d dimensions", p->axes, to->rank);
}

static gboolean
scatter (TfcBuilder *b, const Places *p, const TfcTensor *values, TfcTensor *y)
{
  const gsize size = tfc_type_size (y->type), step = tfc_tensor_count (values) == 1 ? 0 : size;
  for (gsize i = 0; i < p->n; i++) {
    gsize at = 0;
    for (guint k = 0; k < p->axes; k++) {
      if (!check_index (b, p->place[i * p->axes + k], y->shape.dim[k]))
        return FALSE;
      at = at * (gsize)y->shape.dim[k] + (gsize)p->place[i * p->axes + k];
    }
    memcpy ((guint8 *)y->data + at * size, (const guint8 *)values->data + i * step, size);
  }
  return TRUE;
}

guint
tfc_build_sparse_to_dense (TfcBuilder *b, guint indices, guint shape, guint values, guint other)
{
  TfcShape to;
  Places p;
  gsize n = 0;
  if (!tfc_builder_known_shape (b, shape, &to) || !read_places (b, indices, &to, &p))
    return TFC_NONE;
  if (tfc_builder_tensor (b, other)->quant.scale > 0)
    return TFC_UNSUPPORTED (b, "of quantised numbers");
  const guint id = tfc_build_fill (b, shape, other);
  gint32 *list = tfc_builder_list (b, indices, "list of places", &n);
  if (list && id != TFC_NONE) {
    const TfcTensor *v = tfc_builder_tensor (b, values);
    TfcTensor y = *tfc_builder_tensor (b, id);
    p.place = list;
    if (!v->data || !y.data)
      tfc_builder_unsupported (b, "its values are not constant");
    else if (v->type != y.type || (tfc_tensor_count (v) != 1 && tfc_tensor_count (v) != p.n))
      tfc_builder_bad (b, "values that do not fit the places");
    else
      scatter (b, &p, v, &y);
  }
  g_free (list);
  return tfc_builder_ok (b) ? id : TFC_NONE;
}
