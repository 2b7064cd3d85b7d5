/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* TensorLists, which TensorFlow 2 has where TensorFlow 1 has TensorArrays. */
#include "inference/tfjs/array.h"

/* TensorListReserve: element shape, number. */
gboolean
tfjs_list_new (TfjsCall *c, gint which)
{
  TfjsValue list;
  gint32 n;
  return tfc_builder_int (c->b, tfjs_tensor (c, 1), "size", &n) && tfjs_new_list (c, n, &list) &&
         tfjs_give (c, &list);
}

/* TensorListFromTensor: a row each. */
gboolean
tfjs_list_split (TfjsCall *c, gint which)
{
  const TfjsValue *x = &c->in[0];
  TfcShape shape = x->shape;
  TfjsValue list;
  if (x->kind != TFJS_PICTURE) {
    const guint id = tfjs_tensor (c, 0);
    if (id == TFC_NONE)
      return FALSE;
    shape = *tfc_builder_shape (c->b, id);
  }
  if (shape.rank < 1 || shape.dim[0] < 0)
    return tfc_builder_bad (c->b, "a tensor without rows");
  GArray *to = tfjs_new_list (c, shape.dim[0], &list);
  for (gint32 i = 0; to && i < shape.dim[0]; i++) {
    if (!tfjs_row (c, x, i, &g_array_index (to, TfjsValue, i)))
      return FALSE;
  }
  return to && tfjs_give (c, &list);
}

gboolean
tfjs_list_stack (TfjsCall *c, gint which)
{
  const TfjsValue *values[TFC_MAX_NODE_INPUTS];
  GArray *list = tfjs_get_list (c, 0);
  if (!list || ((list->len < 1 || list->len > TFC_MAX_NODE_INPUTS) &&
                !tfc_builder_unsupported (c->b, "of %u elements", list->len)))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    values[i] = &g_array_index (list, TfjsValue, i);
  return tfjs_give_id (c, tfjs_stack_values (c, values, list->len));
}
