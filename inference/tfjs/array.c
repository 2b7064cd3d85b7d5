/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* TensorArrays as lists that never change: each write makes a new one, and the "flow" that orders
 * the ops in TensorFlow is here the list itself. */
#include "inference/tfjs/array.h"

#include <string.h>

GArray *
tfjs_new_list (TfjsCall *c, gint64 n, TfjsValue *list)
{
  TfjsLoad *l = c->l;
  if (n < 0 || n > TFJS_MAX_ELEMENTS - (gint64)l->n_elements) {
    tfjs_bad (c, "a list of %" G_GINT64_FORMAT " tensors", n);
    return NULL;
  }
  GArray *array = g_array_sized_new (FALSE, TRUE, sizeof (TfjsValue), (guint)n);
  g_array_set_size (array, (guint)n);
  l->n_elements += (guint)n;
  g_ptr_array_add (l->lists, array);
  *list = (TfjsValue){.kind = TFJS_LIST, .id = l->lists->len - 1};
  return array;
}

GArray *
tfjs_get_list (TfjsCall *c, guint k)
{
  if (c->in[k].kind == TFJS_LIST)
    return g_ptr_array_index (c->l->lists, c->in[k].id);
  tfjs_bad (c, "input %u is no TensorArray", k);
  return NULL;
}

GArray *
tfjs_copy_list (TfjsCall *c, guint k, TfjsValue *list)
{
  GArray *from = tfjs_get_list (c, k), *to = from ? tfjs_new_list (c, from->len, list) : NULL;
  for (guint i = 0; to && i < from->len; i++)
    g_array_index (to, TfjsValue, i) = g_array_index (from, TfjsValue, i);
  return to;
}

gboolean
tfjs_array_new (TfjsCall *c, gint which)
{
  TfjsValue list;
  gint32 n;
  return tfjs_int (c, 0, &n) && tfjs_new_list (c, n, &list) && tfjs_give (c, &list) &&
         tfjs_give (c, &list);
}

gboolean
tfjs_list_size (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0);
  GArray *list = tfjs_get_list (c, which);
  gint32 n = list ? (gint32)list->len : 0;
  return list && tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &scalar, &n));
}

TfjsValue *
tfjs_list_element (TfjsCall *c, GArray *list, gint32 index)
{
  if (list && index >= 0 && (guint)index < list->len)
    return &g_array_index (list, TfjsValue, index);
  if (list)
    tfjs_bad (c, "element %d of a list of %u", index, list->len);
  return NULL;
}

gboolean
tfjs_list_read (TfjsCall *c, gint which)
{
  gint32 index;
  const TfjsValue *v =
      tfjs_int (c, 1, &index) ? tfjs_list_element (c, tfjs_get_list (c, which), index) : NULL;
  if (v && v->kind == TFJS_DEAD)
    return tfjs_bad (c, "element %d was never written", index);
  return v && tfjs_give (c, v);
}

gboolean
tfjs_list_write (TfjsCall *c, gint which)
{
  TfjsValue list, *v = NULL;
  gint32 index;
  if (tfjs_int (c, 1, &index))
    v = tfjs_list_element (c, tfjs_copy_list (c, which, &list), index);
  if (!v)
    return FALSE;
  *v = c->in[2];
  return tfjs_give (c, &list);
}

/* Row i of a tensor or picture, without its first dimension. */
gboolean
tfjs_row (TfjsCall *c, const TfjsValue *x, gint i, TfjsValue *out)
{
  TfcParams p = tfc_params (TFC_OP_SLICE);
  TfcShape shape, cut;
  *out = *x;
  if (x->kind != TFJS_PICTURE) {
    *out = (TfjsValue){.kind = TFJS_TENSOR, .id = tfjs_value_tensor (c, x)};
    if (out->id == TFC_NONE)
      return FALSE;
  }
  shape = cut = x->kind == TFJS_PICTURE ? x->shape : tfjs_desc (c, out->id)->shape;
  if (shape.rank < 1 || i >= shape.dim[0])
    return tfjs_bad (c, "more elements than rows");
  memmove (&shape.dim[0], &shape.dim[1], (gsize)(shape.rank - 1) * sizeof (gint32));
  shape.rank--;
  if (x->kind == TFJS_PICTURE) {
    out->shape = shape;
    return TRUE;
  }
  cut.dim[0] = 1;
  p.slice.begin[0] = i;
  for (gint d = 0; d < cut.rank; d++)
    p.slice.stride[d] = 1;
  out->id = tfjs_reshape (c, tfjs_slice (c, out->id, &p, &cut), &shape);
  return out->id != TFC_NONE;
}

gboolean
tfjs_array_scatter (TfjsCall *c, gint which)
{
  TfjsValue list, *v;
  gint32 index[TFC_MAX_NODE_INPUTS];
  guint n = 0;
  GArray *to =
      tfjs_ints (c, 1, index, TFC_MAX_NODE_INPUTS, &n) ? tfjs_copy_list (c, which, &list) : NULL;
  for (guint i = 0; to && i < n; i++) {
    if (!(v = tfjs_list_element (c, to, index[i])) || !tfjs_row (c, &c->in[2], (gint)i, v))
      return FALSE;
  }
  return to && tfjs_give (c, &list);
}

/* Values one above the other, each with a first dimension of its own. */
guint
tfjs_stack_values (TfjsCall *c, const TfjsValue *const *values, guint n)
{
  guint in[TFC_MAX_NODE_INPUTS];
  for (guint i = 0; i < n; i++) {
    guint x = tfjs_value_tensor (c, values[i]);
    TfcShape shape = {.rank = 1, .dim = {1}};
    if (x == TFC_NONE)
      return x;
    const TfcShape *s = &tfjs_desc (c, x)->shape;
    if (s->rank >= TFC_MAX_RANK) {
      tfjs_unsupported (c, "more than %d dimensions", TFC_MAX_RANK);
      return TFC_NONE;
    }
    for (gint d = 0; d < s->rank; d++)
      shape.dim[shape.rank++] = s->dim[d];
    in[i] = tfjs_reshape (c, x, &shape);
  }
  return tfjs_concat (c, in, n, 0);
}

gboolean
tfjs_array_gather (TfjsCall *c, gint which)
{
  gint32 index[TFC_MAX_NODE_INPUTS];
  const TfjsValue *values[TFC_MAX_NODE_INPUTS];
  guint n = 0;
  GArray *list = tfjs_ints (c, 1, index, TFC_MAX_NODE_INPUTS, &n) ? tfjs_get_list (c, 2) : NULL;
  if (!list || (n < 1 && !tfjs_unsupported (c, "of nothing")))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    values[i] = tfjs_list_element (c, list, index[i]);
    if (!values[i])
      return FALSE;
  }
  return tfjs_give_id (c, tfjs_stack_values (c, values, n));
}
