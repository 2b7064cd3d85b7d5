/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tfjs/reader.h"

gboolean
tfjs_plain (TfjsCall *c, gint op)
{
  const TfcParams p = tfc_params ((TfcOp)op);
  guint in[TFC_MAX_NODE_INPUTS];
  return tfjs_tensors (c, 0, c->n_in, in) &&
         tfjs_give_id (c, tfc_build (c->b, (TfcOp)op, &p, in, c->n_in, NULL));
}

gboolean
tfjs_relu (TfjsCall *c, gint max)
{
  return tfjs_give_id (
      c, tfc_build_clamp (c->b, tfjs_tensor (c, 0), max ? TFC_RELU6 : TFC_RELU, NULL));
}

gboolean
tfjs_clip (TfjsCall *c, gint which)
{
  gdouble min, max;
  guint in[3];
  return tfjs_tensors (c, 0, 3, in) && tfc_builder_number (c->b, in[1], "limit", &min) &&
         tfc_builder_number (c->b, in[2], "limit", &max) &&
         tfjs_give_id (c,
                       tfc_build_clamp (c->b, in[0], (TfcClamp){(gfloat)min, (gfloat)max}, NULL));
}

gboolean
tfjs_leaky_relu (TfjsCall *c, gint which)
{
  const gfloat alpha = tfjs_attr_float (c, "alpha", 0.2f);
  return tfjs_give_id (c,
                       tfc_build_alpha (c->b, TFC_OP_LEAKY_RELU, tfjs_tensor (c, 0), alpha, NULL));
}

gboolean
tfjs_softmax (TfjsCall *c, gint log)
{
  const guint x = tfjs_tensor (c, 0);
  return tfjs_give_id (c, log ? tfc_build_log_softmax (c->b, x)
                              : tfc_build1 (c->b, TFC_OP_SOFTMAX, x));
}

gboolean
tfjs_add_n (TfjsCall *c, gint which)
{
  guint in[TFC_MAX_NODE_INPUTS];
  return tfjs_tensors (c, 0, c->n_in, in) && tfjs_give_id (c, tfc_build_add_n (c->b, in, c->n_in));
}

gboolean
tfjs_reciprocal (TfjsCall *c, gint which)
{
  return tfjs_give_id (c, tfc_build_reciprocal (c->b, tfjs_tensor (c, 0)));
}

gboolean
tfjs_cast (TfjsCall *c, gint which)
{
  TfjsValue v = c->in[0];
  TfcType type;
  if (!tfjs_attr_type (c, "DstT", &type))
    return tfc_builder_unsupported (c->b, "to an unknown type");
  if (v.kind == TFJS_PICTURE || (v.kind == TFJS_SIZES && type == TFC_TYPE_I32)) {
    v.type = type;
    return tfjs_give (c, &v);
  }
  return tfjs_give_id (c, tfc_build_cast (c->b, tfjs_tensor (c, 0), type));
}

gboolean
tfjs_not (TfjsCall *c, gint which)
{
  return tfjs_give_id (c, tfc_build_not (c->b, tfjs_tensor (c, 0)));
}

/* Inputs: the mask, what is taken where it is set, and where not. */
gboolean
tfjs_select (TfjsCall *c, gint rows)
{
  guint in[3];
  return tfjs_tensors (c, 0, 3, in) &&
         tfjs_give_id (c, rows ? tfc_build_select_rows (c->b, in[0], in[1], in[2], NULL)
                               : tfc_build_select (c->b, in[0], in[1], in[2], NULL));
}

gboolean
tfjs_cumsum (TfjsCall *c, gint which)
{
  const gboolean exclusive = tfjs_attr_bool (c, "exclusive", FALSE),
                 reverse = tfjs_attr_bool (c, "reverse", FALSE);
  guint in[2];
  return tfjs_tensors (c, 0, 2, in) &&
         tfjs_give_id (c, tfc_build_cumsum (c->b, in[0], in[1], exclusive, reverse));
}

/* Inputs: indices, depth, what is where an index is and what elsewhere. */
gboolean
tfjs_one_hot (TfjsCall *c, gint which)
{
  const gint axis = tfjs_attr_int (c, "axis", -1);
  guint in[4];
  return tfjs_tensors (c, 0, 4, in) &&
         tfjs_give_id (c, tfc_build_one_hot (c->b, in[0], in[1], in[2], in[3], axis, NULL));
}

/* What training left behind: TensorFlow.js hands its input on too. */
gboolean
tfjs_fake_quant (TfjsCall *c, gint which)
{
  return tfjs_give (c, &c->in[0]);
}

gboolean
tfjs_top_k (TfjsCall *c, gint which)
{
  guint in[2], out[2];
  return tfjs_tensors (c, 0, 2, in) && tfc_build_top_k (c->b, in[0], in[1], NULL, out) &&
         tfjs_give_ids (c, out, 2);
}
