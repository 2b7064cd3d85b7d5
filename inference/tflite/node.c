/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

enum { ACT_NONE, ACT_RELU, ACT_RELU_N1_TO_1, ACT_RELU6 };

guint
tfc_tfl_input (const TfcTflNode *n, guint i)
{
  return i < n->n_in ? n->in[i] : TFC_NONE;
}

gboolean
tfc_tfl_flag (TfcTfl *l, const TfcTflNode *n, guint field)
{
  return tfc_fb_i8 (&l->fb, n->options, field, 0) != 0;
}

/* The value was made for this operator, and no output is it yet. */
static gboolean
is_free (const TfcTfl *l, const TfcTflNode *n, guint k, guint id)
{
  for (guint i = 0; i < k; i++) {
    if (l->tensors[n->out[i]].id == id)
      return FALSE;
  }
  return id >= n->first_id;
}

/* What is computed in int32 stays so where the file calls it int64. */
static guint
whole_numbers (TfcTfl *l, TfcTflTensor *t, guint id)
{
  const TfcTensor *x = tfc_builder_tensor (&l->b, id);
  if (t->type == TFC_TYPE_I64 && x->type == TFC_TYPE_I32 && !x->data)
    t->type = TFC_TYPE_I32;
  else if (t->type == TFC_TYPE_I64 && x->type == TFC_TYPE_I32)
    return tfc_build_cast (&l->b, id, t->type);
  return id;
}

gboolean
tfc_tfl_give (TfcTfl *l, TfcTflNode *n, guint k, guint id)
{
  TfcTflTensor *t = &l->tensors[n->out[k]];
  if (id == TFC_NONE || !tfc_builder_ok (&l->b))
    return FALSE;
  if (t->given) /* the operator has another output that is needed */
    return TRUE;
  if (t->id != TFC_NONE)
    return tfc_builder_bad (&l->b, "its output is there already");
  id = whole_numbers (l, t, id);
  if (id == TFC_NONE)
    return FALSE;
  const TfcTensor *x = tfc_builder_tensor (&l->b, id);
  if (!tfc_tensor_count (x))
    return tfc_builder_unsupported (&l->b, "nothing comes out");
  if (x->type != t->type)
    return tfc_builder_bad (&l->b, "its output is of another type than what it computes");
  const gboolean other =
      (t->quant.scale || t->quant.n_channels) && !tfc_quant_equal (&x->quant, &t->quant);
  if (other || !is_free (l, n, k, id))
    id = tfc_build_copy (&l->b, id, other ? &t->quant : NULL);
  if (k > 0 && id != TFC_NONE) {
    gchar *name = tfc_tfl_name (l, t);
    tfc_graph_rename (l->b.graph, id, name);
    g_free (name);
  }
  t->id = id;
  return id != TFC_NONE;
}

gboolean
tfc_tfl_activation (TfcTfl *l, TfcTflNode *n, guint field)
{
  static const TfcClamp clamps[] = {
      [ACT_RELU] = TFC_RELU, [ACT_RELU_N1_TO_1] = TFC_RELU_N1_TO_1, [ACT_RELU6] = TFC_RELU6};
  gint kind = tfc_fb_i8 (&l->fb, n->options, field, ACT_NONE);
  if (kind < 0 || kind >= (gint)G_N_ELEMENTS (clamps))
    return tfc_builder_unsupported (&l->b, "its fused activation is not supported");
  if (kind != ACT_NONE)
    n->params.clamp = clamps[kind];
  return TRUE;
}

gboolean
tfc_tfl_no_activation (TfcTfl *l, TfcTflNode *n, guint field)
{
  return !tfc_tfl_flag (l, n, field) ||
         tfc_builder_unsupported (&l->b, "its fused activation is not supported");
}
