/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/passes/passes.h"

#include <string.h>

/* A clamp behind it may become its own. */
static gboolean
takes_clamp (TfcOp op)
{
  return tfc_op_is (op, TFC_OP_FLAG_CLAMPS) && op != TFC_OP_CLAMP;
}

static const TfcTensor *
tensor (const TfcRewriter *e, guint value)
{
  return &tfc_graph_v (e->graph, value)->tensor;
}

/* The convolution before this node whose whole output goes through it, TFC_NONE if there is none;
 * *which: the input that comes from there. */
static guint
convolution_before (const TfcRewriter *e, const TfcNode *n, guint *which)
{
  for (*which = 0; *which < 2; ++*which) {
    guint before = tfc_rewriter_private (e, n->in[*which]);
    const TfcNode *c = before == TFC_NONE ? NULL : tfc_graph_n (e->graph, before);
    if (c && tfc_op_is (c->op, TFC_OP_FLAG_WEIGHTS) && tfc_clamp_is_none (&c->params.clamp))
      return before;
  }
  return TFC_NONE;
}

/* The other input as factors or summands a channel: one, or one for each of n. */
static const gfloat *
per_channel (const TfcRewriter *e, guint value, gint n, gboolean *single)
{
  const TfcTensor *t = tensor (e, value);
  gsize count = tfc_tensor_count (t);
  if (!t->data || t->type != TFC_TYPE_F32)
    return NULL;
  *single = count == 1;
  if (!*single && (count != (gsize)n || t->shape.dim[t->shape.rank - 1] != n))
    return NULL;
  return t->data;
}

/* What happens to weights and bias of one channel: w' = w * factor, b' = b * factor + sum. */
typedef struct {
  gfloat factor, sum;
} Linear;

static Linear *
room_for_channels (const TfcRewriter *e, gint channels)
{
  Linear *l = g_try_new (Linear, channels);
  if (!l)
    tfc_graph_fail (e->graph, g_error_new (TFC_ERROR, TFC_ERROR_MEMORY,
                                           "no memory to merge %d channels", channels));
  return l;
}

static Linear
linear (TfcOp op, gfloat c, guint which)
{
  if (op == TFC_OP_MUL)
    return (Linear){c, 0};
  if (op == TFC_OP_ADD)
    return (Linear){1, c};
  return which == 0 ? (Linear){1, -c} : (Linear){-1, c};
}

static void
scale_weights (TfcOp op, const TfcTensor *from, gfloat *to, const Linear *l, gint channels)
{
  const gfloat *w = from->data;
  gsize count = tfc_tensor_count (from), each = count / channels;
  const gboolean last = tfc_op_table[op].channel_axis > 0 || from->turned;
  for (gsize i = 0; i < count; i++)
    to[i] = w[i] * l[last ? i % channels : i / each].factor;
}

static gboolean
merge (TfcRewriter *e, guint conv, const Linear *l, gint channels, gboolean scales)
{
  const TfcNode *c = tfc_graph_n (e->graph, conv);
  guint w_id = c->in[1], b_id = c->n_in > 2 ? c->in[2] : TFC_NONE;
  const TfcTensor *w = tensor (e, w_id);
  const gfloat *b = b_id == TFC_NONE ? NULL : tensor (e, b_id)->data;
  TfcShape w_shape = w->shape, b_shape = tfc_shape (1, channels);
  gfloat *new_b = tfc_rewriter_alloc (e, channels * sizeof (gfloat)), *new_w = NULL;
  if (scales)
    new_w = tfc_rewriter_alloc (e, tfc_tensor_bytes (w));
  if (!new_b || (scales && !new_w))
    return FALSE;
  for (gint i = 0; i < channels; i++)
    new_b[i] = (b ? b[i] * l[i].factor : 0) + l[i].sum;
  if (scales) {
    scale_weights (c->op, w, new_w, l, channels);
    gboolean turned = w->turned;
    guint new_id = tfc_rewriter_const (e, tfc_graph_v (e->graph, w_id)->name, &w_shape, new_w);
    tfc_graph_v (e->graph, new_id)->tensor.turned = turned;
    tfc_rewriter_input (e, conv, 1, new_id);
  }
  tfc_rewriter_input (e, conv, 2, tfc_rewriter_const (e, "bias", &b_shape, new_b));
  return TRUE;
}

static gboolean
plain_constants (const TfcRewriter *e, const TfcNode *c)
{
  for (guint k = 1; k < c->n_in; k++) {
    if (c->in[k] != TFC_NONE &&
        (!tfc_rewriter_data (e, c->in[k]) || tensor (e, c->in[k])->type != TFC_TYPE_F32))
      return FALSE;
  }
  return TRUE;
}

static gint
channels_of (const TfcTensor *y)
{
  return y->shape.rank > 0 ? y->shape.dim[y->shape.rank - 1] : 0;
}

/* What node index does with v, which is not its input which, goes into the constants of conv; into
 * stands for the node from then on. */
static void
merge_node (TfcRewriter *e, guint index, guint which, const gfloat *v, gboolean single, guint conv,
            guint into)
{
  const TfcNode *n = tfc_graph_n (e->graph, index), *c = tfc_graph_n (e->graph, conv);
  const TfcTensor *y = tensor (e, n->out[0]);
  const TfcClamp clamp = n->params.clamp;
  const TfcOp op = n->op;
  const gint channels = channels_of (y);
  if (!plain_constants (e, c) || !tfc_shape_equal (&y->shape, &tensor (e, c->out[0])->shape))
    return;
  Linear *l = room_for_channels (e, channels);
  if (!l)
    return;
  for (gint i = 0; i < channels; i++)
    l[i] = linear (op, v[single ? 0 : i], which);
  if (merge (e, conv, l, channels, op == TFC_OP_MUL || (op == TFC_OP_SUB && which == 1))) {
    tfc_graph_n (e->graph, into)->params.clamp = clamp;
    tfc_rewriter_absorb (e, into, index);
  }
  g_free (l);
}

void
tfc_pass_linear (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *y = tensor (e, n->out[0]);
  gboolean single;
  guint which;
  if ((n->op != TFC_OP_MUL && n->op != TFC_OP_ADD && n->op != TFC_OP_SUB) ||
      y->type != TFC_TYPE_F32)
    return;
  const guint conv = convolution_before (e, n, &which);
  if (conv == TFC_NONE)
    return;
  const gfloat *v = per_channel (e, n->in[!which], channels_of (y), &single);
  if (v)
    merge_node (e, index, which, v, single, conv, conv);
}

/* (convolution + y) + c: c goes into the convolution's bias. */
void
tfc_pass_sink (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const TfcTensor *y = tensor (e, n->out[0]);
  guint sum = TFC_NONE, which;
  const gfloat *v = NULL;
  gboolean single = FALSE;
  if (n->op != TFC_OP_ADD || y->type != TFC_TYPE_F32)
    return;
  for (guint k = 0; k < 2 && !v; k++) {
    sum = tfc_rewriter_private (e, n->in[k]);
    if (sum != TFC_NONE)
      v = per_channel (e, n->in[!k], channels_of (y), &single);
  }
  const TfcNode *s = v ? tfc_graph_n (e->graph, sum) : NULL;
  if (!s || s->op != TFC_OP_ADD || !tfc_clamp_is_none (&s->params.clamp))
    return;
  const guint conv = convolution_before (e, s, &which);
  if (conv != TFC_NONE)
    merge_node (e, index, 0, v, single, conv, sum);
}

void
tfc_pass_activation (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  guint before = n->op == TFC_OP_CLAMP ? tfc_rewriter_private (e, n->in[0]) : TFC_NONE;
  const TfcTensor *x, *y;
  TfcClamp *c, then = n->params.clamp;
  if (before == TFC_NONE || !takes_clamp (tfc_graph_n (e->graph, before)->op))
    return;
  x = tensor (e, n->in[0]);
  y = tensor (e, n->out[0]);
  if (x->type != y->type || !tfc_quant_equal (&x->quant, &y->quant))
    return;
  c = &tfc_graph_n (e->graph, before)->params.clamp;
  *c = (TfcClamp){CLAMP (c->min, then.min, then.max), CLAMP (c->max, then.min, then.max)};
  tfc_rewriter_absorb (e, before, index);
}

/* No element of the value is below zero: its producer cuts off there. */
static gboolean
never_negative (const TfcRewriter *e, guint value)
{
  guint before = value < e->n_values ? e->producer[value] : TFC_NONE;
  const TfcNode *n = before == TFC_NONE ? NULL : tfc_graph_n (e->graph, before);
  return n && n->n_out && tfc_op_is (n->op, TFC_OP_FLAG_CLAMPS) && n->params.clamp.min >= 0;
}

/* What is around a max pool's input changes nothing if no element is below it and each window still
 * covers an element. */
static gboolean
pool_may_pad (const TfcRewriter *e, guint x, const TfcWindow *w, const TfcParams *pad)
{
  const gboolean least = pad->pad.value <= -G_MAXFLOAT;
  return tensor (e, x)->type == TFC_TYPE_F32 &&
         (least || (pad->pad.value == 0 && never_negative (e, x))) &&
         w->pad_top + pad->pad.before[1] < w->kernel_h &&
         w->pad_bottom + pad->pad.after[1] < w->kernel_h &&
         w->pad_left + pad->pad.before[2] < w->kernel_w &&
         w->pad_right + pad->pad.after[2] < w->kernel_w;
}

void
tfc_pass_pad (TfcRewriter *e, guint index)
{
  TfcNode *n = tfc_graph_n (e->graph, index);
  gboolean conv = tfc_op_is (n->op, TFC_OP_FLAG_WINDOW) && tfc_op_is (n->op, TFC_OP_FLAG_WEIGHTS);
  guint before = n->n_in && n->in[0] < e->n_values ? e->producer[n->in[0]] : TFC_NONE;
  TfcWindow *w = &n->params.window;
  const TfcNode *pad;
  const TfcParams *p;
  if ((!conv && n->op != TFC_OP_MAX_POOL_2D) || w->same || before == TFC_NONE)
    return;
  pad = tfc_graph_n (e->graph, before);
  p = &pad->params;
  if (!pad->n_out || pad->op != TFC_OP_PAD || p->pad.before[0] || p->pad.after[0] ||
      p->pad.before[3] || p->pad.after[3] || (conv && p->pad.value != 0) ||
      (!conv && !pool_may_pad (e, pad->in[0], w, p)))
    return;
  w->pad_top += p->pad.before[1];
  w->pad_bottom += p->pad.after[1];
  w->pad_left += p->pad.before[2];
  w->pad_right += p->pad.after[2];
  tfc_rewriter_input (e, index, 0, pad->in[0]);
}

/* PRELU can be a convolution's epilogue. */
void
tfc_pass_leaky_relu (TfcRewriter *e, guint index)
{
  const TfcNode *n = tfc_graph_n (e->graph, index);
  const guint before = n->n_in ? tfc_rewriter_private (e, n->in[0]) : TFC_NONE;
  if (n->op != TFC_OP_LEAKY_RELU || before == TFC_NONE ||
      !tfc_op_is (tfc_graph_n (e->graph, before)->op, TFC_OP_FLAG_GEMM) ||
      tensor (e, n->out[0])->type != TFC_TYPE_F32)
    return;
  const TfcShape *y = &tensor (e, n->out[0])->shape;
  const TfcShape channels = tfc_shape (1, y->dim[y->rank - 1]);
  gfloat *slope = tfc_rewriter_alloc (e, channels.dim[0] * sizeof *slope);
  for (gint i = 0; slope && i < channels.dim[0]; i++)
    slope[i] = n->params.alpha;
  if (!slope)
    return;
  const guint value = tfc_rewriter_const (e, "slope", &channels, slope);
  tfc_graph_n (e->graph, index)->op = TFC_OP_PRELU;
  tfc_graph_n (e->graph, index)->params = tfc_params (TFC_OP_PRELU);
  tfc_rewriter_input (e, index, 1, value);
}
