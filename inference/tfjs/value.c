/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include "inference/builder/ends.h"

void
tfjs_at (TfjsLoad *l, const TfjsNode *node)
{
  l->b.op = node->op;
  l->b.node = l->b.name = node->name;
}

gboolean
tfjs_give (TfjsCall *c, const TfjsValue *value)
{
  g_array_append_val (c->out, *value);
  return TRUE;
}

gboolean
tfjs_give_id (TfjsCall *c, guint id)
{
  TfjsValue value = {.kind = TFJS_TENSOR, .id = id};
  return id != TFC_NONE && tfjs_give (c, &value);
}

gboolean
tfjs_give_ids (TfjsCall *c, const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (!tfjs_give_id (c, ids[i]))
      return FALSE;
  }
  return TRUE;
}

gboolean
tfjs_give_ints (TfjsCall *c, const TfcShape *shape, const gint32 *values)
{
  return tfjs_give_id (c, tfc_builder_constant_ints (c->b, TFC_TYPE_I32, shape, values));
}

/* The picture has got its size: it is the network's input from here on. */
static guint
picture_input (TfjsCall *c, const TfjsValue *v)
{
  TfjsLoad *l = c->l;
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = v->shape};
  gsize count;
  if (!tfc_shape_count (&v->shape, &count)) {
    tfc_builder_input_open (c->b, l->nodes[v->id].name, &v->shape);
    return TFC_NONE;
  }
  if (v->type != TFC_TYPE_F32)
    return TFC_UNSUPPORTED (c->b, "computes with a picture of %s", tfc_type_name (v->type));
  if (l->picture == TFC_NONE) {
    if (l->b.graph->inputs->len)
      return TFC_UNSUPPORTED (c->b, "a picture besides another input");
    l->picture = tfc_builder_add_input (c->b, l->nodes[v->id].name, &desc);
    l->picture_node = v->id;
    l->b.graph->picture = (TfcPictureInput){TRUE, 1, 0};
    return l->picture;
  }
  if (l->picture_node != v->id || tfc_tensor_count (tfc_builder_tensor (c->b, l->picture)) != count)
    return TFC_UNSUPPORTED (c->b, "takes the picture a second time in another size");
  return tfc_build_reshape (c->b, l->picture, &v->shape);
}

guint
tfjs_value_tensor (TfjsCall *c, const TfjsValue *v)
{
  switch (v->kind) {
    case TFJS_TENSOR:
      return v->id;
    case TFJS_WEIGHT:
      return tfjs_weight (c->l, v->id, TFJS_PLAIN);
    case TFJS_PICTURE:
      return picture_input (c, v);
    case TFJS_SIZES:
      return TFC_UNSUPPORTED (c->b, "depends on the size of the picture: give its shape "
                                    "(input_shapes; tfc-run --shape)");
    default:
      return TFC_BAD (c->b, "takes what is no tensor");
  }
}

guint
tfjs_tensor (TfjsCall *c, guint k)
{
  return k < c->n_in ? tfjs_value_tensor (c, &c->in[k]) : TFC_BAD (c->b, "input %u is missing", k);
}

gboolean
tfjs_tensors (TfjsCall *c, guint first, guint n, guint *ids)
{
  for (guint k = 0; k < n; k++) {
    ids[k] = tfjs_tensor (c, first + k);
    if (ids[k] == TFC_NONE)
      return FALSE;
  }
  return TRUE;
}

gboolean
tfjs_shape (TfjsCall *c, TfcShape *shape)
{
  const TfjsValue *v = &c->in[0];
  if (v->kind == TFJS_PICTURE) {
    *shape = v->shape;
  } else if (v->kind == TFJS_WEIGHT) {
    *shape = g_array_index (c->l->weights, TfjsWeight, v->id).shape;
  } else {
    const guint x = tfjs_tensor (c, 0);
    if (x == TFC_NONE)
      return FALSE;
    *shape = *tfc_builder_shape (c->b, x);
  }
  return TRUE;
}
