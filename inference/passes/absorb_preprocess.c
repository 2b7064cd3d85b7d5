/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>

#include "inference/passes/passes.h"

/* Input k is the picture as it comes in, read by nothing else. */
static gboolean
is_picture (const TfcRewriter *e, const TfcNode *n, guint k)
{
  return n->in[k] == g_array_index (e->graph->inputs, guint, 0) && n->in[k] < e->n_values &&
         e->uses[n->in[k]] == 1 && !e->output[n->in[k]];
}

static gboolean
is_number (const TfcRewriter *e, guint value, gdouble *number)
{
  const TfcTensor *t = &tfc_graph_v (e->graph, value)->tensor;
  if (!t->data || t->type != TFC_TYPE_F32 || tfc_tensor_count (t) != 1)
    return FALSE;
  *number = ((const gfloat *)t->data)[0];
  return TRUE;
}

void
tfc_pass_absorb_preprocess (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  TfcPictureInput *p = &e->graph->picture;
  gdouble scale = p->scale, offset = p->offset, c;
  guint k;
  if (!p->there || e->graph->inputs->len != 1 ||
      (n->op != TFC_OP_MUL && n->op != TFC_OP_ADD && n->op != TFC_OP_SUB) ||
      !tfc_clamp_is_none (&n->params.clamp))
    return;
  k = is_picture (e, n, 0) ? 0 : 1;
  if (!is_picture (e, n, k) || !is_number (e, n->in[!k], &c) ||
      !tfc_shape_equal (&tfc_graph_v (e->graph, n->in[k])->tensor.shape,
                        &tfc_graph_v (e->graph, n->out[0])->tensor.shape))
    return;
  if (n->op == TFC_OP_MUL) {
    scale *= c;
    offset *= c;
  } else if (n->op == TFC_OP_ADD) {
    offset += c;
  } else {
    scale = k ? -scale : scale;
    offset = k ? c - offset : offset - c;
  }
  if (fabs (scale) <= 1e6 && fabs (offset) <= 1e6 && tfc_rewriter_replace (e, index, n->in[k])) {
    p->scale = (gfloat)scale;
    p->offset = (gfloat)offset;
  }
}
