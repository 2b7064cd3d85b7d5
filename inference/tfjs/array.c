/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* TensorArrays as lists that never change: each write makes a new one, and the "flow" that orders
 * the ops in TensorFlow is here the list itself. */
#include "inference/tfjs/array.h"

#include <string.h>

GArray *
tfjs_new_list (TfjsCall *c, gint64 n, TfjsValue *list)
{
  TfjsLoad *l = c->l;
  if (n < 0 || n > TFJS_MAX_ELEMENTS - (gint64)l->n_elements) {
    tfc_builder_bad (c->b, "a list of %" G_GINT64_FORMAT " tensors", n);
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
  tfc_builder_bad (c->b, "input %u is no TensorArray", k);
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
  return tfc_builder_int (c->b, tfjs_tensor (c, 0), "size", &n) && tfjs_new_list (c, n, &list) &&
         tfjs_give (c, &list) && tfjs_give (c, &list);
}

gboolean
tfjs_list_size (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0);
  GArray *list = tfjs_get_list (c, which);
  gint32 n = list ? (gint32)list->len : 0;
  return list && tfjs_give_ints (c, &scalar, &n);
}

TfjsValue *
tfjs_list_element (TfjsCall *c, GArray *list, gint32 index)
{
  if (list && index >= 0 && (guint)index < list->len)
    return &g_array_index (list, TfjsValue, index);
  if (list)
    tfc_builder_bad (c->b, "element %d of a list of %u", index, list->len);
  return NULL;
}

gboolean
tfjs_list_read (TfjsCall *c, gint which)
{
  gint32 index;
  const TfjsValue *v = tfc_builder_int (c->b, tfjs_tensor (c, 1), "index", &index)
                           ? tfjs_list_element (c, tfjs_get_list (c, which), index)
                           : NULL;
  if (v && v->kind == TFJS_DEAD)
    return tfc_builder_bad (c->b, "element %d was never written", index);
  return v && tfjs_give (c, v);
}

gboolean
tfjs_list_write (TfjsCall *c, gint which)
{
  TfjsValue list, *v = NULL;
  gint32 index;
  if (tfc_builder_int (c->b, tfjs_tensor (c, 1), "index", &index))
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
  *out = *x;
  if (x->kind != TFJS_PICTURE) {
    *out = (TfjsValue){.kind = TFJS_TENSOR, .id = tfjs_value_tensor (c, x)};
    if (out->id == TFC_NONE)
      return FALSE;
  }
  TfcShape *s = &out->shape;
  *s = x->kind == TFJS_PICTURE ? x->shape : *tfc_builder_shape (c->b, out->id);
  if (s->rank < 1 || i >= s->dim[0])
    return tfc_builder_bad (c->b, "more elements than rows");
  memmove (&s->dim[0], &s->dim[1], (gsize)(s->rank - 1) * sizeof (gint32));
  s->rank--;
  if (x->kind == TFJS_PICTURE)
    return TRUE;
  out->id = tfc_build_drop_axis (c->b, tfc_build_part (c->b, out->id, 0, i, 1, 1), 0);
  return out->id != TFC_NONE;
}

/* Input 1: which elements. */
static gboolean
read_indices (TfjsCall *c, gint32 index[TFC_MAX_NODE_INPUTS], guint *n)
{
  return tfc_builder_ints (c->b, tfjs_tensor (c, 1), "list of indices", index, TFC_MAX_NODE_INPUTS,
                           n);
}

gboolean
tfjs_array_scatter (TfjsCall *c, gint which)
{
  TfjsValue list, *v;
  gint32 index[TFC_MAX_NODE_INPUTS];
  guint n = 0;
  GArray *to = read_indices (c, index, &n) ? tfjs_copy_list (c, which, &list) : NULL;
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
    in[i] = tfjs_value_tensor (c, values[i]);
    if (in[i] == TFC_NONE)
      return TFC_NONE;
  }
  return tfc_build_stack (c->b, in, n, 0);
}

gboolean
tfjs_array_gather (TfjsCall *c, gint which)
{
  gint32 index[TFC_MAX_NODE_INPUTS];
  const TfjsValue *values[TFC_MAX_NODE_INPUTS];
  guint n = 0;
  GArray *list = read_indices (c, index, &n) ? tfjs_get_list (c, 2) : NULL;
  if (!list || (n < 1 && !tfc_builder_unsupported (c->b, "of nothing")))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    values[i] = tfjs_list_element (c, list, index[i]);
    if (!values[i])
      return FALSE;
  }
  return tfjs_give_id (c, tfjs_stack_values (c, values, n));
}
