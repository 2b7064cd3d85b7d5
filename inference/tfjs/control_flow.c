/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

#include "inference/builder/ends.h"

gboolean
tfjs_identity (TfjsCall *c, gint which)
{
  for (guint k = 0; k < c->n_in; k++)
    tfjs_give (c, &c->in[k]);
  return TRUE;
}

gboolean
tfjs_const_op (TfjsCall *c, gint which)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (c->l->weight_by_name, c->node->name));
  TfjsValue v = {.kind = TFJS_WEIGHT, .id = found - 1};
  if (!found)
    return tfc_builder_bad (c->b, "the manifest has no weight of this name");
  return tfjs_give (c, &v);
}

static gboolean
no_picture (TfjsCall *c, const TfjsValue *v)
{
  gsize count;
  return tfc_shape_count (&v->shape, &count)
             ? tfc_builder_unsupported (c->b, "an input of %s that is no picture",
                                        tfc_type_name (v->type))
             : tfc_builder_input_open (c->b, c->node->name, &v->shape);
}

/* A picture of any size stays so until it gets one, unless that was asked for. Bytes become float32
 * on their way in. */
gboolean
tfjs_placeholder (TfjsCall *c, gint which)
{
  TfjsLoad *l = c->l;
  TfjsValue v = {.kind = TFJS_PICTURE, .id = (guint)(c->node - l->nodes), .type = TFC_TYPE_F32};
  TfcTensor desc = {.type = TFC_TYPE_F32};
  gsize count;
  if (!tfjs_attr_type (c, "dtype", &v.type))
    return tfc_builder_unsupported (c->b, "an input of unknown type");
  if (!tfjs_attr_shape (c, "shape", &v.shape))
    return tfc_builder_unsupported (c->b, "an input of unknown rank");
  if (!tfc_builder_input_shape (c->b, c->node->name, &v.shape, &v.fixed))
    return FALSE;
  if (v.type != TFC_TYPE_F32 || !tfc_shape_count (&v.shape, &count))
    return v.shape.rank == 4 ? tfjs_give (c, &v) : no_picture (c, &v);
  if (l->picture != TFC_NONE)
    return tfc_builder_unsupported (c->b, "another input besides the picture");
  desc.shape = v.shape;
  return tfjs_give_id (c, tfc_builder_add_input (c->b, c->node->name, &desc));
}

gboolean
tfjs_switch (TfjsCall *c, gint which)
{
  static const TfjsValue dead = {.kind = TFJS_DEAD};
  guint id = tfjs_tensor (c, 1);
  const TfcTensor *t = id == TFC_NONE ? NULL : tfc_builder_tensor (c->b, id);
  if (!t)
    return FALSE;
  if (!t->data || t->type != TFC_TYPE_BOOL || tfc_tensor_count (t) != 1)
    return tfc_builder_unsupported (c->b, "a branch that is not known before the network runs");
  gboolean yes = *(const guint8 *)t->data != 0;
  return tfjs_give (c, yes ? &dead : &c->in[0]) && tfjs_give (c, yes ? &c->in[0] : &dead);
}

/* Of all branches the one that was taken; and which that was. */
gboolean
tfjs_merge (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0);
  guint k = 0;
  while (k < c->n_in && c->in[k].kind == TFJS_DEAD)
    k++;
  if (k < c->n_in)
    return tfjs_give (c, &c->in[k]) && tfjs_give_ints (c, &scalar, &(gint32){(gint32)k});
  tfjs_give (c, &c->in[0]);
  return tfjs_give (c, &c->in[0]);
}
