/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/ops/mac.h"

static gdouble
dot_f32 (gdouble start, const void *px, const void *pw, gsize n, gint32 zero_x, gint32 zero_w)
{
  const gfloat *x = px, *w = pw;
  gfloat sum = (gfloat)start;
  for (gsize i = 0; i < n; i++)
    sum += x[i] * w[i];
  return sum;
}

static gdouble
dot_u8 (gdouble start, const void *px, const void *pw, gsize n, gint32 zero_x, gint32 zero_w)
{
  const guint8 *x = px, *w = pw;
  gint64 sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += (x[i] - zero_x) * (w[i] - zero_w);
  return start + (gdouble)sum;
}

static gdouble
dot_i8 (gdouble start, const void *px, const void *pw, gsize n, gint32 zero_x, gint32 zero_w)
{
  const gint8 *x = px, *w = pw;
  gint64 sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += (x[i] - zero_x) * (w[i] - zero_w);
  return start + (gdouble)sum;
}

static gboolean
weights_fit (const TfcTensor *x, const TfcTensor *w, gint axis)
{
  if (w->quant.n_channels == 0)
    return tfc_ref_is_quant (w);
  return x->type == TFC_TYPE_I8 && w->quant.axis == axis && axis < w->shape.rank &&
         (gint64)w->quant.n_channels == w->shape.dim[axis] && w->quant.scales;
}

gboolean
tfc_ref_mac_can_run (const TfcOpCall *call, gint axis)
{
  if (call->n_in < 2 || !call->in[0] || !call->in[1])
    return FALSE;
  const TfcTensor *x = call->in[0], *w = call->in[1], *y = call->out[0];
  const TfcTensor *b = call->n_in > 2 ? call->in[2] : NULL;
  if (x->type != w->type || x->type != y->type)
    return FALSE;
  if (x->type == TFC_TYPE_F32)
    return !b || b->type == TFC_TYPE_F32;
  return tfc_ref_is_quant (x) && tfc_ref_is_quant (y) && (!b || b->type == TFC_TYPE_I32) &&
         weights_fit (x, w, axis);
}

TfcRefMac
tfc_ref_mac (const TfcOpCall *call)
{
  const TfcTensor *x = call->in[0], *w = call->in[1];
  return (TfcRefMac){
      .x = x,
      .w = w,
      .b = call->n_in > 2 ? call->in[2] : NULL,
      .y = call->out[0],
      .size = tfc_type_size (x->type),
      .zero_x = x->quant.zero_point,
      .zero_w = w->quant.zero_point,
      .clamp = call->params->clamp,
      .range = tfc_ref_range (call->out[0], &call->params->clamp),
      .dot = x->type == TFC_TYPE_F32  ? dot_f32
             : x->type == TFC_TYPE_U8 ? dot_u8
                                      : dot_i8,
  };
}

static void
store_quant (const TfcRefMac *m, gsize at, gint32 o, gdouble sum)
{
  const TfcQuant *w = &m->w->quant;
  gfloat scale_w = w->n_channels ? w->scales[o] : w->scale;
  gfloat scale = m->x->quant.scale * scale_w / m->y->quant.scale;
  tfc_ref_set (m->y, at, tfc_ref_round ((gfloat)sum * scale, m->y->quant.zero_point, m->range));
}

void
tfc_ref_mac_store (const TfcRefMac *m, gsize at, gint32 o, gdouble sum)
{
  if (m->x->type != TFC_TYPE_F32) {
    store_quant (m, at, o, sum);
    return;
  }
  ((gfloat *)m->y->data)[at] = tfc_ref_limit ((gfloat)sum, &m->clamp);
}
