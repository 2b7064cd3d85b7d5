/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/passes/passes.h"
#include "inference/passes/weight_layout.h"

/* Whether the node can be run within what may still be spent, which is then spent. */
static gboolean
affordable (const TfcRewriter *e, const TfcNode *n, gsize count)
{
  const TfcTensor *w =
      n->n_in > 1 && n->in[1] != TFC_NONE ? &tfc_graph_v (e->graph, n->in[1])->tensor : NULL;
  const TfcWindow *window = &n->params.window;
  gsize each = 1, sum = 0;
  switch (n->op) {
    case TFC_OP_CONV_2D:
    case TFC_OP_FULLY_CONNECTED:
      each = tfc_tensor_count (w) / MAX (w->shape.dim[0], 1);
      break;
    case TFC_OP_DEPTHWISE_CONV_2D:
      each = tfc_tensor_count (w) / MAX (w->shape.dim[3], 1);
      break;
    case TFC_OP_MAX_POOL_2D:
    case TFC_OP_AVERAGE_POOL_2D:
      each = (gsize)window->kernel_h * (gsize)window->kernel_w;
      break;
    default:
      break;
  }
  for (guint i = 0; i < n->n_in; i++)
    sum += n->in[i] == TFC_NONE ? 0 : tfc_tensor_count (&tfc_graph_v (e->graph, n->in[i])->tensor);
  if (!g_size_checked_mul (&each, each, count) || !g_size_checked_add (&sum, sum, each) ||
      sum > e->budget->work)
    return FALSE;
  e->budget->work -= sum;
  return TRUE;
}

static gboolean
all_constant (const TfcRewriter *e, const TfcNode *n)
{
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !tfc_rewriter_data (e, n->in[i]))
      return FALSE;
  }
  return n->n_in > 0;
}

void
tfc_pass_fold (TfcRewriter *e, guint index)
{
  TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *in[TFC_MAX_NODE_INPUTS];
  TfcTensor *value = &tfc_graph_v (e->graph, n->out[0])->tensor, result = *value, *out = &result;
  if (!all_constant (e, n))
    return;
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !tfc_weight_layout_restore (e->graph, n->in[i]))
      return;
    in[i] = n->in[i] == TFC_NONE ? NULL : &tfc_graph_v (e->graph, n->in[i])->tensor;
  }
  if (n->op == TFC_OP_RESHAPE) {
    result.data = in[0]->data;
  } else {
    if (!affordable (e, n, tfc_tensor_count (&result)))
      return;
    result.data = tfc_rewriter_alloc (e, tfc_tensor_bytes (&result));
    if (!result.data || !tfc_reference_run_node (n, in, &out, NULL))
      return;
  }
  value->data = result.data;
  tfc_rewriter_remove (e, index);
}
