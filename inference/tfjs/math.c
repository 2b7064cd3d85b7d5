/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/reader.h"

gboolean
tfjs_unary (TfjsCall *c, gint op)
{
  return tfjs_give_id (c, tfjs_emit1 (c, (TfcOp)op, NULL, tfjs_tensor (c, 0)));
}

static gboolean
clamp (TfjsCall *c, gfloat min, gfloat max)
{
  TfcParams p = tfc_params (TFC_OP_CLAMP);
  p.clamp = (TfcClamp){min, max};
  return tfjs_give_id (c, tfjs_emit1 (c, TFC_OP_CLAMP, &p, tfjs_tensor (c, 0)));
}

gboolean
tfjs_relu (TfjsCall *c, gint max)
{
  return clamp (c, 0, max ? (gfloat)max : G_MAXFLOAT);
}

gboolean
tfjs_leaky_relu (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_LEAKY_RELU);
  p.alpha = tfjs_attr_float (c, "alpha", 0.2f);
  return tfjs_give_id (c, tfjs_emit1 (c, TFC_OP_LEAKY_RELU, &p, tfjs_tensor (c, 0)));
}

gboolean
tfjs_prelu (TfjsCall *c, gint which)
{
  guint x = tfjs_tensor (c, 0);
  return tfjs_give_id (c, tfjs_emit2 (c, TFC_OP_PRELU, x, tfjs_tensor (c, 1)));
}

gboolean
tfjs_softmax (TfjsCall *c, gint log)
{
  TfcParams p = tfc_params (TFC_OP_SOFTMAX);
  p.alpha = 1;
  guint y = tfjs_emit1 (c, TFC_OP_SOFTMAX, &p, tfjs_tensor (c, 0));
  return tfjs_give_id (c, log ? tfjs_emit1 (c, TFC_OP_LOG, NULL, y) : y);
}

gboolean
tfjs_binary (TfjsCall *c, gint op)
{
  guint a = tfjs_tensor (c, 0);
  return tfjs_give_id (c, tfjs_emit2 (c, (TfcOp)op, a, tfjs_tensor (c, 1)));
}

gboolean
tfjs_add_n (TfjsCall *c, gint which)
{
  guint sum = tfjs_tensor (c, 0);
  for (guint k = 1; k < c->n_in && sum != TFC_NONE; k++)
    sum = tfjs_emit2 (c, TFC_OP_ADD, sum, tfjs_tensor (c, k));
  return tfjs_give_id (c, sum);
}

gboolean
tfjs_reciprocal (TfjsCall *c, gint which)
{
  TfcShape scalar = tfc_shape (0);
  guint one = tfjs_const (c, TFC_TYPE_F32, &scalar, &(gfloat){1});
  return tfjs_give_id (c, tfjs_emit2 (c, TFC_OP_DIV, one, tfjs_tensor (c, 0)));
}

gboolean
tfjs_clip (TfjsCall *c, gint which)
{
  gfloat limit[2];
  for (guint k = 0; k < 2; k++) {
    guint id = tfjs_tensor (c, k + 1);
    const TfcTensor *t = id == TFC_NONE ? NULL : tfjs_desc (c, id);
    if (!t)
      return FALSE;
    if (!t->data || t->type != TFC_TYPE_F32 || tfc_tensor_count (t) != 1)
      return tfjs_unsupported (c, "a limit that is no constant number");
    limit[k] = ((const gfloat *)t->data)[0];
  }
  return clamp (c, limit[0], limit[1]);
}

gboolean
tfjs_cast (TfjsCall *c, gint which)
{
  TfjsValue v = c->in[0];
  TfcTensor desc = {.shape = {.rank = -1}};
  TfcParams p = tfc_params (TFC_OP_CONVERT);
  if (!tfjs_attr_type (c, "DstT", &desc.type))
    return tfjs_unsupported (c, "to an unknown type");
  if (v.kind == TFJS_PICTURE || (v.kind == TFJS_SIZES && desc.type == TFC_TYPE_I32)) {
    v.type = desc.type;
    return tfjs_give (c, &v);
  }
  guint x = tfjs_tensor (c, 0);
  if (x == TFC_NONE || tfjs_desc (c, x)->type == desc.type)
    return tfjs_give_id (c, x);
  if (!tfjs_desc (c, x)->data)
    return tfjs_unsupported (c, "of a tensor that is computed");
  return tfjs_give_id (c, tfjs_emit_as (c, TFC_OP_CONVERT, &p, x, desc.type));
}

gboolean
tfjs_not (TfjsCall *c, gint which)
{
  TfcShape one = tfc_shape (0);
  guint x = tfjs_tensor (c, 0);
  return tfjs_give_id (
      c, tfjs_emit2 (c, TFC_OP_EQUAL, x, tfjs_const (c, TFC_TYPE_BOOL, &one, &(guint8){0})));
}

/* Inputs: the mask, what is taken where it is set, and where not. */
gboolean
tfjs_select (TfjsCall *c, gint which)
{
  TfcParams p = tfc_params (TFC_OP_SELECT);
  guint mask = tfjs_tensor (c, 0), a = tfjs_tensor (c, 1), b = tfjs_tensor (c, 2);
  return tfjs_give_id (c, tfjs_emit (c, TFC_OP_SELECT, &p, (guint[]){a, b, mask}, 3));
}
