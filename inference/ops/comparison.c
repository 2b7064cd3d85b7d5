/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_select (TfcInfer *c)
{
  const TfcQuant *a = &c->in[0]->quant, *b = &c->in[1]->quant;
  TfcShape both;
  if (a->scale != b->scale || a->zero_point != b->zero_point || a->n_channels || b->n_channels)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "of two quantisations");
  if (!tfc_infer_broadcast (c))
    return FALSE;
  both = c->shape[0];
  return tfc_infer_broadcast_shapes (c, &both, &c->in[2]->shape);
}

/* What a number of any type stands for. */
static gdouble
number (const TfcTensor *t, gsize i)
{
  switch (t->type) {
    case TFC_TYPE_I32:
      return ((const gint32 *)t->data)[i];
    case TFC_TYPE_I64:
      return (gdouble)((const gint64 *)t->data)[i];
    case TFC_TYPE_BOOL:
      return ((const guint8 *)t->data)[i] != 0;
    default:
      return t->type == TFC_TYPE_F32 || t->quant.scale > 0 ? tfc_ref_real (t, i)
                                                           : tfc_ref_get (t, i);
  }
}

static gboolean
holds (TfcOp op, gdouble a, gdouble b)
{
  switch (op) {
#define OP(NAME, ...)
#define COMPARE(NAME, HOLDS, ...) \
  case TFC_OP_##NAME:             \
    return HOLDS;
#include "inference/ops/op_table.inc"
    default:
      return FALSE;
  }
}

static gboolean
compare_can_run (const TfcOpCall *call)
{
  const TfcTensor *a = call->in[0], *b = call->n_in == 2 ? call->in[1] : NULL;
  return a && b && a->type == b->type && a->type != TFC_TYPE_F16 && a->type != TFC_TYPE_U16 &&
         call->out[0]->type == TFC_TYPE_BOOL;
}

static void
compare_run (const TfcOpCall *call)
{
  TfcTensor *y = call->out[0];
  gsize n = tfc_tensor_count (y);
  TfcStridedIter w = tfc_strided_iter (&y->shape);
  tfc_strided_iter_broadcast (&w, 0, &call->in[0]->shape);
  tfc_strided_iter_broadcast (&w, 1, &call->in[1]->shape);
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w))
    ((guint8 *)y->data)[i] =
        holds (call->op, number (call->in[0], w.place[0]), number (call->in[1], w.place[1]));
}

static gboolean
select_can_run (const TfcOpCall *call)
{
  const TfcTensor *y = call->out[0];
  if (call->n_in != 3)
    return FALSE;
  const TfcTensor *a = call->in[0], *b = call->in[1], *mask = call->in[2];
  return a && b && mask && a->type == y->type && b->type == y->type && mask->type == TFC_TYPE_BOOL;
}

static void
select_run (const TfcOpCall *call)
{
  TfcTensor *y = call->out[0];
  gsize n = tfc_tensor_count (y), size = tfc_type_size (y->type);
  TfcStridedIter w = tfc_strided_iter (&y->shape), m = w;
  tfc_strided_iter_broadcast (&w, 0, &call->in[0]->shape);
  tfc_strided_iter_broadcast (&w, 1, &call->in[1]->shape);
  tfc_strided_iter_broadcast (&m, 0, &call->in[2]->shape);
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w), tfc_strided_iter_next (&m)) {
    guint from = ((const guint8 *)call->in[2]->data)[m.place[0]] ? 0 : 1;
    memcpy ((guint8 *)y->data + i * size,
            (const guint8 *)call->in[from]->data + (gsize)w.place[from] * size, size);
  }
}

const TfcOpLoops tfc_loops_compare = {compare_can_run, compare_run};
const TfcOpLoops tfc_loops_select = {select_can_run, select_run};
