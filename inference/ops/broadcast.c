/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Two inputs, or three, broadcast against each other. */
#include "inference/ops/families.h"

static gboolean
broadcast (TfcInfer *c, const TfcShape *a, const TfcShape *b)
{
  gint rank = MAX (a->rank, b->rank);
  c->shape[0].rank = rank;
  for (gint i = 0; i < rank; i++) {
    gint ai = i - (rank - a->rank), bi = i - (rank - b->rank);
    gint32 da = ai < 0 ? 1 : a->dim[ai], db = bi < 0 ? 1 : b->dim[bi];
    if (da != db && da != 1 && db != 1)
      return BAD (c, "dimensions %d and %d do not go together", da, db);
    c->shape[0].dim[i] = da == 1 ? db : da;
  }
  return TRUE;
}

gboolean
tfc_infer_broadcast (TfcInfer *c)
{
  return broadcast (c, &c->in[0]->shape, &c->in[1]->shape);
}

static gboolean
need_type (const TfcInfer *c, const TfcTensor *t, TfcType type)
{
  return t->type == type || tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with %s, not %s",
                                           tfc_type_name (t->type), tfc_type_name (type));
}

gboolean
tfc_infer_compare (TfcInfer *c)
{
  TfcType type = c->in[0]->type;
  gboolean logical = c->op == TFC_OP_LOGICAL_AND || c->op == TFC_OP_LOGICAL_OR;
  if (c->out[0]->shape.rank < 0 && c->out[0]->type == TFC_TYPE_F32)
    c->out[0]->type = TFC_TYPE_BOOL;
  if (logical ? !need_type (c, c->in[0], TFC_TYPE_BOOL)
              : type == TFC_TYPE_F16 || type == TFC_TYPE_U16)
    return logical ? FALSE
                   : tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "of %s", tfc_type_name (type));
  return need_type (c, c->out[0], TFC_TYPE_BOOL) && tfc_infer_broadcast (c);
}

gboolean
tfc_infer_select (TfcInfer *c)
{
  const TfcQuant *a = &c->in[0]->quant, *b = &c->in[1]->quant;
  TfcShape both;
  if (!need_type (c, c->in[2], TFC_TYPE_BOOL))
    return FALSE;
  if (a->scale != b->scale || a->zero_point != b->zero_point || a->n_channels || b->n_channels)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "of two quantisations");
  if (!tfc_infer_broadcast (c))
    return FALSE;
  both = c->shape[0];
  return broadcast (c, &both, &c->in[2]->shape);
}

gboolean
tfc_infer_prelu (TfcInfer *c)
{
  if (!tfc_infer_broadcast (c))
    return FALSE;
  return tfc_shape_equal (&c->shape[0], &c->in[0]->shape) ||
         BAD (c, "the slope is larger than the input");
}
