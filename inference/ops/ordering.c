/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/arithmetic/quant.h"
#include "inference/ops/families.h"

/* The axis goes; what comes out are places along it. */
gboolean
tfc_infer_arg (TfcInfer *c)
{
  TfcParams *p = c->params;
  const TfcShape *x = &c->in[0]->shape;
  if (!tfc_infer_fix_axis (c, &p->axis, x->rank))
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    if (i != p->axis)
      c->shape[0].dim[c->shape[0].rank++] = x->dim[i];
  }
  return TRUE;
}

/* By which elements of one tensor are ordered. */
static gdouble
number (const TfcTensor *x, gsize i)
{
  if (x->type == TFC_TYPE_I32)
    return ((const gint32 *)x->data)[i];
  return x->type == TFC_TYPE_F32 ? ((const gfloat *)x->data)[i] : tfc_ref_get (x, i);
}

/* The first of the greatest (or least) along the axis. */
static void
arg_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  gint axis = call->params->axis;
  gsize inner = 1, n = x->shape.dim[axis], count = tfc_tensor_count (call->out[0]);
  gdouble sign = call->op == TFC_OP_ARG_MAX ? 1 : -1;
  for (gint i = axis + 1; i < x->shape.rank; i++)
    inner *= x->shape.dim[i];
  for (gsize i = 0; i < count; i++) {
    gsize at = i / inner * n * inner + i % inner;
    gint32 best = 0;
    for (gsize k = 1; k < n; k++) {
      gsize here = at + k * inner, there = at + (gsize)best * inner;
      gdouble a = number (x, here), b = number (x, there);
      best = sign * a > sign * b ? (gint32)k : best;
    }
    ((gint32 *)call->out[0]->data)[i] = best;
  }
}

static gboolean
arg_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  return call->n_in == 1 && x && call->out[0]->type == TFC_TYPE_I32 &&
         (x->type == TFC_TYPE_F32 || x->type == TFC_TYPE_I32 || x->type == TFC_TYPE_U8 ||
          x->type == TFC_TYPE_I8) &&
         call->params->axis >= 0 && call->params->axis < x->shape.rank;
}

const TfcOpLoops tfc_loops_arg = {arg_can_run, arg_run};
