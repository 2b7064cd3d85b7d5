/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/plan/slow_share.h"

/* In multiply-adds of a fast kernel. */
#define ELEMENT 8 /* an element that is only read and written */
#define SLOW 100  /* how much longer the reference's loops take */

static gsize
elements (const TfcGraph *g, const TfcNode *n)
{
  gsize most = 0;
  for (guint k = 0; k < n->n_out; k++)
    most = MAX (most, tfc_tensor_count (&tfc_graph_v (g, n->out[k])->tensor));
  for (guint k = 0; k < n->n_in; k++) {
    const TfcTensor *x = n->in[k] == TFC_NONE ? NULL : &tfc_graph_v (g, n->in[k])->tensor;
    most = MAX (most, x && !x->data ? tfc_tensor_count (x) : 0);
  }
  return most;
}

static gdouble
work (const TfcGraph *g, const TfcNode *n)
{
  const gboolean slides =
      tfc_op_is (n->op, TFC_OP_FLAG_WINDOW) && !tfc_op_is (n->op, TFC_OP_FLAG_WEIGHTS);
  const gdouble products = slides ? (gdouble)tfc_op_products (n->op, &n->params, NULL) : 1;
  return (gdouble)tfc_graph_macs (g, n) + ELEMENT * products * (gdouble)elements (g, n);
}

gdouble
tfc_plan_slow_share (const TfcPlan *plan, const TfcBackend *asked, const gchar **op)
{
  gdouble fast = 0, slow = 0, most = 0, by_op[TFC_N_OPS] = {0};
  const gchar *name = NULL;
  for (guint i = 0; i < plan->n_steps; i++) {
    const TfcStep *step = &plan->steps[i];
    const gboolean is_slow = step->backend == &tfc_backend_reference && step->backend != asked;
    for (guint k = 0; k < step->segment.n; k++) {
      const TfcNode *n = tfc_graph_n (plan->graph, step->segment.first + k);
      const gdouble w = work (plan->graph, n);
      *(is_slow ? &slow : &fast) += is_slow ? SLOW * w : w;
      by_op[n->op] += is_slow ? w : 0;
    }
  }
  for (guint i = 0; i < TFC_N_OPS; i++) {
    if (by_op[i] > most) {
      most = by_op[i];
      name = tfc_op_name (i);
    }
  }
  if (op)
    *op = name;
  return slow > 0 ? slow / (slow + fast) : 0;
}
