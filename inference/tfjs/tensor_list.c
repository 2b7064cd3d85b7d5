/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* TensorLists, which TensorFlow 2 has where TensorFlow 1 has TensorArrays. */
#include "inference/tfjs/array.h"

/* TensorListReserve: element shape, number. */
gboolean
tfjs_list_new (TfjsCall *c, gint which)
{
  TfjsValue list;
  gint32 n;
  return tfjs_int (c, 1, &n) && tfjs_new_list (c, n, &list) && tfjs_give (c, &list);
}

gboolean
tfjs_list_size (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0);
  GArray *list = tfjs_get_list (c, 0);
  gint32 n = list ? (gint32)list->len : 0;
  return list && tfjs_give_id (c, tfjs_const (c, TFC_TYPE_I32, &scalar, &n));
}

gboolean
tfjs_list_read (TfjsCall *c, gint which)
{
  gint32 index;
  const TfjsValue *v =
      tfjs_int (c, 1, &index) ? tfjs_list_element (c, tfjs_get_list (c, 0), index) : NULL;
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
    v = tfjs_list_element (c, tfjs_copy_list (c, 0, &list), index);
  if (!v)
    return FALSE;
  *v = c->in[2];
  return tfjs_give (c, &list);
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
    shape = tfjs_desc (c, id)->shape;
  }
  if (shape.rank < 1 || shape.dim[0] < 0)
    return tfjs_bad (c, "a tensor without rows");
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
                !tfjs_unsupported (c, "of %u elements", list->len)))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    values[i] = &g_array_index (list, TfjsValue, i);
  return tfjs_give_id (c, tfjs_stack_values (c, values, list->len));
}
