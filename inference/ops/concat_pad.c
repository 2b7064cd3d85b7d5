/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/ops/families.h"
#include "inference/arithmetic/quant.h"
#include "inference/arithmetic/strided_iter.h"

gboolean
tfc_infer_pad (TfcInfer *c)
{
  const TfcParams *p = c->params;
  c->shape[0] = c->in[0]->shape;
  if (p->pad.value != p->pad.value)
    return BAD (c, "with what is no number");
  for (gint i = 0; i < c->shape[0].rank; i++) {
    gint64 size = (gint64)c->shape[0].dim[i] + p->pad.before[i] + p->pad.after[i];
    if (p->pad.before[i] < 0 || p->pad.after[i] < 0 || size > G_MAXINT32)
      return BAD (c, "padding %d and %d", p->pad.before[i], p->pad.after[i]);
    c->shape[0].dim[i] = size;
  }
  return TRUE;
}

gboolean
tfc_infer_concat (TfcInfer *c)
{
  TfcParams *p = c->params;
  c->shape[0] = c->in[0]->shape;
  if (!tfc_infer_fix_axis (c, &p->axis, c->shape[0].rank))
    return FALSE;
  gint64 sum = c->shape[0].dim[p->axis];
  for (guint k = 1; k < c->n_in; k++) {
    TfcShape s = c->in[k]->shape;
    if (s.rank != c->shape[0].rank)
      return BAD (c, "inputs of %d and %d dimensions", c->shape[0].rank, s.rank);
    sum += s.dim[p->axis];
    s.dim[p->axis] = c->shape[0].dim[p->axis];
    if (!tfc_shape_equal (&s, &c->shape[0]))
      return BAD (c, "input %u differs beside the axis", k);
  }
  if (sum > G_MAXINT32)
    return BAD (c, "too long");
  c->shape[0].dim[p->axis] = sum;
  return TRUE;
}

static gboolean
concat_can_run (const TfcOpCall *call)
{
  const TfcTensor *y = call->out[0];
  for (guint i = 0; i < call->n_in; i++) {
    const TfcTensor *x = call->in[i];
    if (!x || x->type != y->type || x->shape.rank != y->shape.rank ||
        tfc_ref_is_quant (x) != tfc_ref_is_quant (y))
      return FALSE;
  }
  return call->params->axis >= 0 && call->params->axis < y->shape.rank;
}

/* n elements of x from at_x on, moved to y's scale, half away from zero. */
static void
requantise (TfcTensor *y, gsize at_y, const TfcTensor *x, gsize at_x, gsize n)
{
  gfloat scale = x->quant.scale * (1.0f / y->quant.scale);
  gfloat bias = -(gfloat)x->quant.zero_point * scale;
  TfcRefRange range = tfc_ref_range (y, NULL);
  for (gsize i = 0; i < n; i++) {
    gdouble q = (gdouble)roundf ((gfloat)tfc_ref_get (x, at_x + i) * scale + bias);
    q += y->quant.zero_point;
    tfc_ref_set (y, at_y + i, (gint32)CLAMP (q, range.lo, range.hi));
  }
}

/* The same for many bytes: the heads of a quantised SSD end here, 180000 of them a frame, whatever
 * the backend. Each of the 256 values is moved once. */
static void
requantise_bytes (TfcTensor *y, gsize at_y, const TfcTensor *x, gsize at_x, gsize n)
{
  guint8 every[256], moved[256], *to = (guint8 *)y->data + at_y;
  const guint8 *from = (const guint8 *)x->data + at_x;
  TfcTensor source = *x, target = *y;
  for (guint i = 0; i < 256; i++)
    every[i] = i;
  source.data = every;
  target.data = moved;
  requantise (&target, 0, &source, 0, 256);
  for (gsize i = 0; i < n; i++)
    to[i] = moved[from[i]];
}

/* The plan may have put an input into its part of the output already. */
static void
concat_part (TfcTensor *y, gsize at_y, const TfcTensor *x, gsize at_x, gsize n)
{
  gsize size = tfc_type_size (y->type);
  guint8 *to = (guint8 *)y->data + at_y * size;
  const guint8 *from = (const guint8 *)x->data + at_x * size;
  if (tfc_ref_is_quant (y) && !tfc_quant_equal (&x->quant, &y->quant)) {
    if (size == 1 && n >= 256)
      requantise_bytes (y, at_y, x, at_x, n);
    else
      requantise (y, at_y, x, at_x, n);
  } else if (to != from)
    memmove (to, from, n * size);
}

static void
concat_run (const TfcOpCall *call)
{
  TfcTensor *y = call->out[0];
  gint axis = call->params->axis;
  gsize outer = 1, inner = 1, at = 0;
  for (gint i = 0; i < axis; i++)
    outer *= y->shape.dim[i];
  for (gint i = axis + 1; i < y->shape.rank; i++)
    inner *= y->shape.dim[i];
  for (gsize o = 0; o < outer; o++) {
    for (guint i = 0; i < call->n_in; i++) {
      gsize n = call->in[i]->shape.dim[axis] * inner;
      concat_part (y, at, call->in[i], o * n, n);
      at += n;
    }
  }
}

static gboolean
pad_can_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *y = call->out[0];
  return call->n_in >= 1 && x && x->type == y->type && x->shape.rank == y->shape.rank &&
         (!tfc_ref_is_quant (y) || tfc_quant_equal (&x->quant, &y->quant)) &&
         (call->params->pad.value == 0 || tfc_ref_is_float (y) || tfc_ref_is_quant (y) ||
          y->type == TFC_TYPE_I32);
}

/* All of it as the padding will be: zero, or the number that is asked for. */
static void
fill_with (TfcTensor *y, gfloat value)
{
  gsize n = tfc_tensor_count (y);
  TfcRefRange range = tfc_ref_range (y, NULL);
  if (value == 0)
    memset (y->data, tfc_type_size (y->type) == 1 ? y->quant.zero_point : 0, tfc_tensor_bytes (y));
  for (gsize i = 0; value != 0 && i < n; i++) {
    if (y->type == TFC_TYPE_I32)
      ((gint32 *)y->data)[i] = (gint32)CLAMP ((gdouble)value, G_MININT32, G_MAXINT32);
    else
      tfc_ref_put_real (y, i, value, range);
  }
}

static void
pad_run (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0];
  TfcTensor *y = call->out[0];
  gsize n = tfc_tensor_count (x), size = tfc_type_size (y->type);
  TfcStridedIter w = tfc_strided_iter (&x->shape);
  fill_with (y, call->params->pad.value);
  tfc_strided_iter_strides (&y->shape, w.step[0]);
  for (gint i = 0; i < w.rank; i++)
    w.place[0] += w.step[0][i] * call->params->pad.before[i];
  for (gsize i = 0; i < n; i++, tfc_strided_iter_next (&w))
    memcpy ((guint8 *)y->data + w.place[0] * size, (const guint8 *)x->data + i * size, size);
}

const TfcOpLoops tfc_loops_concat = {concat_can_run, concat_run};
const TfcOpLoops tfc_loops_pad = {pad_can_run, pad_run};

gboolean
tfc_noop_concat (const TfcParams *p, guint n_in, gint rank)
{
  return n_in == 1;
}
