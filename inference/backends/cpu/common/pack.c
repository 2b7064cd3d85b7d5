/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/pack.h"

#include <math.h>

#include "inference/arithmetic/quant.h"

#define MAX_OUTPUTS 65536
#define MAX_PRODUCTS (1 << 24)

static gboolean
good_tensor (const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  if (!tfc_ref_is_quant (t) || !isnormal (q->scale))
    return FALSE;
  return t->type == TFC_TYPE_U8 ? q->zero_point >= 0 && q->zero_point <= 255
                                : q->zero_point >= -128 && q->zero_point <= 127;
}

static gboolean
good_weights (const TfcWeights *l)
{
  const TfcTensor *w = l->w;
  const TfcQuant *q = &w->quant;
  if (!w->data || w->type != l->x->type)
    return FALSE;
  if (!q->n_channels)
    return good_tensor (w);
  return w->type == TFC_TYPE_I8 && q->axis == l->axis && q->n_channels == l->outputs && q->scales &&
         q->zero_point == 0;
}

static gboolean
good_bias (const TfcWeights *l)
{
  return !l->b ||
         (l->b->data && l->b->type == TFC_TYPE_I32 && tfc_tensor_count (l->b) == (gsize)l->outputs);
}

static gint64
largest_sum (const TfcWeights *l)
{
  gint64 largest = 0;
  for (guint o = 0; l->b && o < l->outputs; o++) {
    gint64 bias = ((const gint32 *)l->b->data)[o];
    largest = MAX (largest, ABS (bias));
  }
  return largest + l->products * 65025LL;
}

/* Neither sums leave 32 bits nor steps: instruction sets differ in what they make of those. */
static gboolean
good_sums (const TfcWeights *l)
{
  const gint64 largest = largest_sum (l);
  for (guint o = 0; o < (l->w->quant.n_channels ? l->outputs : 1); o++) {
    gfloat scale = tfc_weights_scale (l, o);
    if (!(scale > 0) || !isnormal (scale) || (gfloat)largest * scale >= 0x1p31f)
      return FALSE;
  }
  return l->products <= TFC_MAX_PRODUCTS && largest <= G_MAXINT32;
}

static gboolean
find (TfcWeights *l, const TfcGraph *g, const TfcNode *node)
{
  *l = (TfcWeights){tfc_layer_in (g, node, 0), tfc_layer_in (g, node, 1), tfc_layer_in (g, node, 2),
                    &tfc_graph_v (g, node->out[0])->tensor};
  if (!l->x || l->x->data || !l->w || l->w->shape.rank < 2 || l->x->type != l->y->type)
    return FALSE;
  l->axis = tfc_op_table[node->op].channel_axis;
  gsize count = tfc_tensor_count (l->w);
  l->outputs = l->w->shape.dim[l->axis];
  if (!count || l->outputs > MAX_OUTPUTS || count / l->outputs > MAX_PRODUCTS)
    return FALSE;
  l->products = count / l->outputs;
  return TRUE;
}

gboolean
tfc_weights_init (TfcWeights *l, const TfcGraph *g, const TfcNode *node)
{
  return find (l, g, node) && good_tensor (l->x) && good_tensor (l->y) && good_weights (l) &&
         good_bias (l) && good_sums (l);
}

gboolean
tfc_weights_init_f32 (TfcWeights *l, const TfcGraph *g, const TfcNode *node)
{
  return find (l, g, node) && l->x->type == TFC_TYPE_F32 && l->w->type == TFC_TYPE_F32 &&
         l->w->data &&
         (!l->b || (l->b->type == TFC_TYPE_F32 && l->b->data &&
                    tfc_tensor_count (l->b) == (gsize)l->outputs));
}

guint8
tfc_weights_flip_w (const TfcWeights *l)
{
  return l->w->type == TFC_TYPE_U8 ? 0x80 : 0;
}

gint32
tfc_weights_get (const TfcWeights *l, gsize i)
{
  return l->w->type == TFC_TYPE_U8 ? ((const guint8 *)l->w->data)[i] - 128
                                   : ((const gint8 *)l->w->data)[i];
}

gint32
tfc_weights_zero (const TfcWeights *l)
{
  return l->w->quant.zero_point - (l->w->type == TFC_TYPE_U8 ? 128 : 0);
}

gint32
tfc_weights_zero_u (const TfcWeights *l)
{
  return l->x->quant.zero_point + (l->x->type == TFC_TYPE_U8 ? 0 : 128) - l->less;
}

guint8
tfc_weights_flip (const TfcTensor *t)
{
  return t->type == TFC_TYPE_U8 ? 0 : 0x80;
}

gint32
tfc_weights_start (const TfcWeights *l, guint o, gint64 sum_v)
{
  gint64 bias = l->b ? ((const gint32 *)l->b->data)[o] : 0, zu = tfc_weights_zero_u (l);
  return (gint32)(guint32)(bias - zu * sum_v + zu * tfc_weights_zero (l) * l->products);
}

gint32
tfc_weights_start_less_zero (const TfcWeights *l, guint o, gint64 sum_v)
{
  const gint64 bias = l->b ? ((const gint32 *)l->b->data)[o] : 0;
  return (gint32)(guint32)(bias - tfc_weights_zero_u (l) * sum_v);
}

gfloat
tfc_weights_scale (const TfcWeights *l, guint o)
{
  const TfcQuant *q = &l->w->quant;
  return l->x->quant.scale * (q->n_channels ? q->scales[o] : q->scale) / l->y->quant.scale;
}

TfcRequant
tfc_weights_store (const TfcWeights *l, const TfcNode *node)
{
  TfcRefRange range = tfc_ref_range (l->y, &node->params.clamp);
  gint32 shift = l->y->type == TFC_TYPE_U8 ? 0 : 128;
  return (TfcRequant){.lo = range.lo + shift,
                      .hi = range.hi + shift,
                      .zero = l->y->quant.zero_point + shift,
                      .flip = tfc_weights_flip (l->y)};
}
