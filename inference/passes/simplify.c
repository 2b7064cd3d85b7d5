/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/passes/passes.h"

static gboolean
no_clamp (const TfcClamp *c)
{
  return c->min <= -G_MAXFLOAT && c->max >= G_MAXFLOAT;
}

static gboolean
all_zero (const gint32 *v, gint n)
{
  for (gint i = 0; i < n; i++) {
    if (v[i])
      return FALSE;
  }
  return TRUE;
}

static gboolean
in_order (const gint32 *axis, gint n)
{
  for (gint i = 0; i < n; i++) {
    if (axis[i] != i)
      return FALSE;
  }
  return TRUE;
}

/* Its output, of the same type, shape and quantisation as its input, also has the same elements. */
static gboolean
keeps_elements (const TfcNode *n, gint rank)
{
  const TfcParams *p = &n->params;
  switch (n->op) {
    case TFC_OP_RESHAPE:
    case TFC_OP_CONVERT:
    case TFC_OP_RESIZE_BILINEAR:
    case TFC_OP_PAD: /* nothing is added when the shape stays */
      return TRUE;
    case TFC_OP_CLAMP:
      return no_clamp (&p->clamp);
    case TFC_OP_CONCAT:
      return n->n_in == 1;
    case TFC_OP_DEPTH_TO_SPACE:
      return p->block == 1;
    case TFC_OP_TRANSPOSE:
      return in_order (p->axes.axis, rank);
    case TFC_OP_SLICE:
      return all_zero (p->slice.begin, rank); /* of so many, any other step would leave the input */
    case TFC_OP_MAX_POOL_2D:
      return p->window.kernel_h == 1 && p->window.kernel_w == 1 && no_clamp (&p->clamp);
    default:
      return FALSE;
  }
}

static gboolean
same_quant (const TfcQuant *a, const TfcQuant *b)
{
  return a->scale == b->scale && a->zero_point == b->zero_point && a->n_channels == b->n_channels &&
         a->scales == b->scales;
}

void
tfc_pass_noop (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *x, *y;
  guint before;
  if (n->n_in < 1 || n->in[0] == TFC_NONE)
    return;
  x = &tfc_graph_v (e->graph, n->in[0])->tensor;
  y = &tfc_graph_v (e->graph, n->out[0])->tensor;
  if (!keeps_elements (n, x->shape.rank) || x->type != y->type ||
      !same_quant (&x->quant, &y->quant) || !tfc_shape_equal (&x->shape, &y->shape))
    return;
  if (tfc_rewriter_replace (e, index, n->in[0]))
    return;
  before = tfc_rewriter_private (e, n->in[0]);
  if (before != TFC_NONE)
    tfc_rewriter_absorb (e, before, index);
}

void
tfc_pass_reshape (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index), *inner;
  guint before = n->n_in && n->in[0] < e->n_values ? e->producer[n->in[0]] : TFC_NONE;
  if (n->op != TFC_OP_RESHAPE || before == TFC_NONE)
    return;
  inner = tfc_graph_n (e->graph, before);
  if (inner->n_out && inner->op == TFC_OP_RESHAPE)
    tfc_rewriter_input (e, index, 0, inner->in[0]);
}
