/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include "inference/backends/xnnpack/check.h"

#define MAX_REQUANT 0x1p8f
#define MIN_REQUANT 0x1p-32f
/* XNNPACK keeps a pointer for each element that a window reads, of every output pixel: 128 MiB.
 * Files of a few bytes can ask for far more. */
#define MAX_POINTERS (1 << 24)

/* Pixels of which XNNPACK adds up 8-bit values in 32 bits. */
#define MAX_BYTE_SUM (1 << 23)

static const TfcTensor *
in (const TfcGraph *g, const TfcNode *n, guint i)
{
  return i < n->n_in && n->in[i] != TFC_NONE ? &tfc_graph_v (g, n->in[i])->tensor : NULL;
}

static const TfcTensor *
out (const TfcGraph *g, const TfcNode *n)
{
  return &tfc_graph_v (g, n->out[0])->tensor;
}

static gint
last_dim (const TfcTensor *t)
{
  return t->shape.rank ? t->shape.dim[t->shape.rank - 1] : 1;
}

static gboolean
good_scale (gfloat scale)
{
  return scale > 0 && isnormal (scale);
}

TfcXnnTypes
tfc_xnn_type (const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  if (t->type == TFC_TYPE_F32)
    return TFC_XNN_F32;
  if (!good_scale (q->scale) || q->n_channels)
    return 0;
  if (t->type == TFC_TYPE_U8 && q->zero_point >= 0 && q->zero_point <= 255)
    return TFC_XNN_QU8;
  if (t->type == TFC_TYPE_I8 && q->zero_point >= -128 && q->zero_point <= 127)
    return TFC_XNN_QS8;
  return 0;
}

static gboolean
same_quant (const TfcTensor *a, const TfcTensor *b)
{
  return a->type == TFC_TYPE_F32 ||
         (a->quant.scale == b->quant.scale && a->quant.zero_point == b->quant.zero_point);
}

static gboolean
no_clamp (const TfcNode *n)
{
  return n->params.clamp.min <= -G_MAXFLOAT && n->params.clamp.max >= G_MAXFLOAT;
}

static glong
quantised_bound (gfloat real, const TfcTensor *y, gfloat lowest)
{
  return lrintf (
      fminf (fmaxf (real / y->quant.scale + y->quant.zero_point, lowest), lowest + 255.0f));
}

/* An empty range is refused, also one that quantisation empties. */
static gboolean
good_clamp (const TfcNode *n, const TfcTensor *y)
{
  const TfcClamp *c = &n->params.clamp;
  gfloat lowest = y->type == TFC_TYPE_U8 ? 0.0f : -128.0f;
  if (!(c->min < c->max))
    return FALSE;
  return y->type == TFC_TYPE_F32 ||
         quantised_bound (c->min, y, lowest) < quantised_bound (c->max, y, lowest);
}

static gboolean
good_shape (const TfcTensor *t)
{
  gsize count;
  return t->shape.rank <= XNN_MAX_TENSOR_DIMS && tfc_shape_count (&t->shape, &count) && count > 0;
}

static gboolean
ratio_within (gfloat ratio, gfloat low, gfloat high)
{
  return ratio >= low && ratio < high;
}

/* One axis of a window: the graph's output length must be what XNNPACK will compute itself. */
static gboolean
good_axis (gint length, gint kernel, gint stride, gint dilation, gint before, gint after,
           gint result)
{
  gint64 span = (gint64)(kernel - 1) * dilation + 1, room;
  if (kernel < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0)
    return FALSE;
  room = (gint64)length + before + after - span;
  return room >= 0 && room / stride + 1 == result;
}

static gboolean
few_pointers (const TfcTensor *y, gsize each)
{
  return y->shape.dim[1] > 0 && y->shape.dim[2] > 0 &&
         each <= MAX_POINTERS / (gsize)y->shape.dim[1] / (gsize)y->shape.dim[2];
}

static gboolean
good_window (const TfcNode *n, const TfcTensor *x, const TfcTensor *y, gint kh, gint kw)
{
  const TfcWindow *w = &n->params.window;
  return x->shape.rank == 4 && y->shape.rank == 4 && x->shape.dim[0] == y->shape.dim[0] &&
         !w->same && few_pointers (y, (gsize)MAX (kh, 1) * (gsize)MAX (kw, 1)) &&
         good_axis (x->shape.dim[1], kh, w->stride_h, w->dilation_h, w->pad_top, w->pad_bottom,
                    y->shape.dim[1]) &&
         good_axis (x->shape.dim[2], kw, w->stride_w, w->dilation_w, w->pad_left, w->pad_right,
                    y->shape.dim[2]);
}

/* Weights of a float, per-tensor or (int8, along axis) per-channel layer. */
static gboolean
good_weights (const TfcTensor *x, const TfcTensor *w, const TfcTensor *y, gint axis, gint outputs)
{
  const TfcQuant *q = &w->quant;
  guint n = q->n_channels;
  if (!w->data || w->type != x->type)
    return FALSE;
  if (w->type == TFC_TYPE_F32)
    return TRUE;
  if (w->type == TFC_TYPE_I8 && q->zero_point != 0)
    return FALSE;
  if (n && (w->type != TFC_TYPE_I8 || axis < 0 || q->axis != axis || n != (guint)outputs))
    return FALSE;
  if (!n && !tfc_xnn_type (w))
    return FALSE;
  for (guint i = 0; i < MAX (n, 1); i++) {
    gfloat scale = n ? q->scales[i] : q->scale;
    if (!good_scale (scale) || !good_scale (x->quant.scale * scale) ||
        !ratio_within (x->quant.scale * scale / y->quant.scale, MIN_REQUANT, MAX_REQUANT))
      return FALSE;
  }
  return TRUE;
}

static gboolean
good_bias (const TfcTensor *x, const TfcTensor *bias, gint outputs)
{
  if (!bias)
    return TRUE;
  return bias->data && tfc_tensor_count (bias) == (gsize)outputs &&
         bias->type == (x->type == TFC_TYPE_F32 ? TFC_TYPE_F32 : TFC_TYPE_I32);
}

static gboolean
check_conv (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  return w && w->shape.rank == 4 && good_window (n, x, y, w->shape.dim[1], w->shape.dim[2]) &&
         w->shape.dim[3] == x->shape.dim[3] && w->shape.dim[0] == y->shape.dim[3] &&
         good_weights (x, w, y, 0, w->shape.dim[0]) && good_bias (x, in (g, n, 2), w->shape.dim[0]);
}

static gboolean
check_depthwise (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  return w && w->shape.rank == 4 && good_window (n, x, y, w->shape.dim[1], w->shape.dim[2]) &&
         w->shape.dim[0] == 1 && w->shape.dim[3] % x->shape.dim[3] == 0 &&
         w->shape.dim[3] == y->shape.dim[3] && good_weights (x, w, y, 3, w->shape.dim[3]) &&
         good_bias (x, in (g, n, 2), w->shape.dim[3]);
}

gboolean
tfc_xnn_flattens (const TfcTensor *x, const TfcTensor *y, gint outputs)
{
  TfcShape expected = x->shape;
  if (expected.rank)
    expected.dim[expected.rank - 1] = outputs;
  return !tfc_shape_equal (&expected, &y->shape);
}

static gboolean
check_fully_connected (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *w = in (g, n, 1), *y = out (g, n);
  gint outputs, inputs;
  if (!w || w->shape.rank != 2 || !x->shape.rank)
    return FALSE;
  outputs = w->shape.dim[0];
  inputs = w->shape.dim[1];
  if (tfc_tensor_count (x) % inputs ||
      tfc_tensor_count (x) / inputs * outputs != tfc_tensor_count (y))
    return FALSE;
  if (tfc_xnn_flattens (x, y, outputs) ? y->shape.rank != 2 || y->shape.dim[1] != outputs
                                       : last_dim (x) != inputs)
    return FALSE;
  return good_weights (x, w, y, -1, outputs) && good_bias (x, in (g, n, 2), outputs);
}

static gboolean
check_pool (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  const TfcWindow *w = &n->params.window;
  return w->kernel_h * w->kernel_w > 1 && w->stride_h <= w->kernel_h &&
         w->stride_w <= w->kernel_w && w->dilation_h == 1 && w->dilation_w == 1 &&
         MAX (w->pad_top, w->pad_bottom) < w->kernel_h &&
         MAX (w->pad_left, w->pad_right) < w->kernel_w &&
         good_window (n, x, y, w->kernel_h, w->kernel_w) && x->shape.dim[3] == y->shape.dim[3];
}

static gboolean
check_mean (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  const gint32 *axis = n->params.axes.axis;
  if (x->shape.rank != 4 || n->params.axes.n != 2 || axis[0] + axis[1] != 3 ||
      axis[0] * axis[1] != 2)
    return FALSE;
  if (tfc_tensor_count (y) != (gsize)x->shape.dim[0] * x->shape.dim[3])
    return FALSE;
  return x->type == TFC_TYPE_F32 ||
         ((gint64)x->shape.dim[1] * x->shape.dim[2] <= MAX_BYTE_SUM &&
          ratio_within (x->quant.scale / y->quant.scale, 0x1p-8f, 0x1p8f));
}

static gboolean
broadcasts (const TfcTensor *a, const TfcTensor *b, const TfcTensor *y)
{
  if (y->shape.rank != MAX (a->shape.rank, b->shape.rank))
    return FALSE;
  for (gint i = 1; i <= y->shape.rank; i++) {
    gint da = i <= a->shape.rank ? a->shape.dim[a->shape.rank - i] : 1;
    gint db = i <= b->shape.rank ? b->shape.dim[b->shape.rank - i] : 1;
    if ((da != db && da != 1 && db != 1) || y->shape.dim[y->shape.rank - i] != MAX (da, db))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_binary (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *a = in (g, n, 0), *b = in (g, n, 1), *y = out (g, n);
  if (!b || !broadcasts (a, b, y))
    return FALSE;
  if (a->type == TFC_TYPE_F32)
    return TRUE;
  if (n->op == TFC_OP_MUL)
    return ratio_within (a->quant.scale * b->quant.scale / y->quant.scale, 0x1p-16f, 0x1p8f);
  return ratio_within (a->quant.scale / y->quant.scale, 0x1p-10f, 0x1p8f) &&
         ratio_within (b->quant.scale / y->quant.scale, 0x1p-10f, 0x1p8f);
}

static gboolean
check_unary (const TfcGraph *g, const TfcNode *n)
{
  return tfc_shape_equal (&in (g, n, 0)->shape, &out (g, n)->shape);
}

static gboolean
check_prelu (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *slope = in (g, n, 1);
  return check_unary (g, n) && slope && slope->data && in (g, n, 0)->shape.rank &&
         tfc_tensor_count (slope) == (gsize)last_dim (slope) &&
         last_dim (slope) == last_dim (in (g, n, 0));
}

static gboolean
check_leaky (const TfcGraph *g, const TfcNode *n)
{
  return check_unary (g, n) && isfinite (n->params.alpha);
}

static gboolean
check_sigmoid (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *y = out (g, n);
  return check_unary (g, n) &&
         (y->type == TFC_TYPE_F32 || (y->quant.scale == 0x1p-8f &&
                                      y->quant.zero_point == (y->type == TFC_TYPE_U8 ? 0 : -128)));
}

static gboolean
check_softmax (const TfcGraph *g, const TfcNode *n)
{
  return check_unary (g, n) && in (g, n, 0)->shape.rank && n->params.alpha == 1.0f;
}

static gboolean
check_pad (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  if (!x->rank || x->rank != y->rank || n->params.pad.value != 0)
    return FALSE;
  for (gint i = 0; i < x->rank; i++) {
    gint32 before = n->params.pad.before[i], after = n->params.pad.after[i];
    if (before < 0 || after < 0 || (gint64)x->dim[i] + before + after != y->dim[i])
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_resize (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  return x->rank == 4 && y->rank == 4 && x->dim[0] == y->dim[0] && x->dim[3] == y->dim[3] &&
         few_pointers (out (g, n), 4) && y->dim[1] == n->params.resize.height &&
         y->dim[2] == n->params.resize.width &&
         !(n->params.resize.align_corners && n->params.resize.half_pixel) &&
         MAX (MAX (x->dim[1], x->dim[2]), MAX (y->dim[1], y->dim[2])) < 1 << 24;
}

static gboolean
check_depth_to_space (const TfcGraph *g, const TfcNode *n)
{
  const TfcShape *x = &in (g, n, 0)->shape, *y = &out (g, n)->shape;
  gint64 b = n->params.block;
  return b >= 2 && x->rank == 4 && y->rank == 4 && x->dim[0] == y->dim[0] &&
         x->dim[1] * b == y->dim[1] && x->dim[2] * b == y->dim[2] && x->dim[3] == y->dim[3] * b * b;
}

static gboolean
check_reshape (const TfcGraph *g, const TfcNode *n)
{
  return tfc_tensor_count (in (g, n, 0)) == tfc_tensor_count (out (g, n));
}

/* Quantise and dequantise. Plain bytes (a picture) widen as if their scale were 1. */
static gboolean
check_convert (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *x = in (g, n, 0), *y = out (g, n);
  gboolean bytes =
      (x->type == TFC_TYPE_U8 || x->type == TFC_TYPE_I8) && !x->quant.scale && !x->quant.n_channels;
  if (!check_unary (g, n) || (x->type == TFC_TYPE_F32) == (y->type == TFC_TYPE_F32))
    return FALSE;
  return (bytes || tfc_xnn_type (x)) && tfc_xnn_type (y);
}

#define F TFC_XNN_F32
#define U TFC_XNN_QU8
#define S TFC_XNN_QS8
#define CLAMPS 1 /* takes a clamp */
#define SAME 2   /* input and output must have one quantisation */

// clang-format off
static const struct {
  gboolean (*check) (const TfcGraph *, const TfcNode *);
  TfcXnnTypes types;
  guint operands; /* how many inputs are of the same type as the output */
  guint flags;
} rows[TFC_N_OPS] = {
  [TFC_OP_CONV_2D]           = {check_conv,            F | U | S, 1, CLAMPS},
  [TFC_OP_DEPTHWISE_CONV_2D] = {check_depthwise,       F | U | S, 1, CLAMPS},
  [TFC_OP_FULLY_CONNECTED]   = {check_fully_connected, F | U | S, 1, CLAMPS},
  [TFC_OP_MAX_POOL_2D]       = {check_pool,            F | U | S, 1, CLAMPS | SAME},
  [TFC_OP_AVERAGE_POOL_2D]   = {check_pool,            F,         1, CLAMPS},
  [TFC_OP_MEAN]              = {check_mean,            F | U | S, 1, CLAMPS},
  [TFC_OP_ADD]               = {check_binary,          F | U | S, 2, CLAMPS},
  [TFC_OP_SUB]               = {check_binary,          F | U | S, 2, CLAMPS},
  [TFC_OP_MUL]               = {check_binary,          F | U | S, 2, CLAMPS},
  [TFC_OP_DIV]               = {check_binary,          F,         2, CLAMPS},
  [TFC_OP_MAXIMUM]           = {check_binary,          F,         2, 0},
  [TFC_OP_MINIMUM]           = {check_binary,          F,         2, 0},
  [TFC_OP_CLAMP]             = {check_unary,           F | U | S, 1, CLAMPS | SAME},
  [TFC_OP_PRELU]             = {check_prelu,           F,         1, 0},
  [TFC_OP_LEAKY_RELU]        = {check_leaky,           F,         1, 0},
  [TFC_OP_HARD_SWISH]        = {check_unary,           F,         1, 0},
  [TFC_OP_SIGMOID]           = {check_sigmoid,         F | U | S, 1, 0},
  [TFC_OP_SOFTMAX]           = {check_softmax,         F,         1, 0},
  [TFC_OP_SQRT]              = {check_unary,           F,         1, 0},
  [TFC_OP_NEG]               = {check_unary,           F,         1, 0},
  [TFC_OP_SQUARE]            = {check_unary,           F,         1, 0},
  [TFC_OP_PAD]               = {check_pad,             F | U | S, 1, SAME},
  [TFC_OP_RESIZE_BILINEAR]   = {check_resize,          F | U | S, 1, SAME},
  [TFC_OP_DEPTH_TO_SPACE]    = {check_depth_to_space,  F,         1, 0},
  [TFC_OP_RESHAPE]           = {check_reshape,         F | U | S, 1, SAME},
  [TFC_OP_CONVERT]           = {check_convert,         F | U | S, 0, 0},
};
// clang-format on

gboolean
tfc_xnn_can_run (const TfcGraph *g, const TfcNode *n)
{
  const TfcTensor *y = out (g, n);
  if (!rows[n->op].check || n->n_out != 1 || !n->n_in || !in (g, n, 0))
    return FALSE;
  if (!(rows[n->op].types & tfc_xnn_type (y)) || !good_shape (y))
    return FALSE;
  if (rows[n->op].flags & CLAMPS ? !good_clamp (n, y) : !no_clamp (n))
    return FALSE;
  for (guint i = 0; i < n->n_in; i++) {
    const TfcTensor *x = in (g, n, i);
    if (x && !good_shape (x))
      return FALSE;
  }
  for (guint i = 0; i < rows[n->op].operands; i++) {
    const TfcTensor *x = in (g, n, i);
    if (!x || tfc_xnn_type (x) != tfc_xnn_type (y) ||
        (rows[n->op].flags & SAME && !same_quant (x, y)))
      return FALSE;
  }
  return rows[n->op].check (g, n);
}
