/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/xnnpack/nodes.h"

#include <math.h>
#include <string.h>

#include "inference/arithmetic/quant.h"
#include "inference/backends/xnnpack/check.h"

#define NONE XNN_INVALID_VALUE_ID

/* Newer libraries drop reduced axes unless told; older ones always keep them and know no flag. */
#ifdef XNN_FLAG_KEEP_DIMS
#define KEEP_DIMS XNN_FLAG_KEEP_DIMS
#else
#define KEEP_DIMS 0
#endif

typedef struct {
  size_t dim[XNN_MAX_TENSOR_DIMS];
} Dims;

static Dims
dims_of (const TfcShape *shape)
{
  Dims d = {{0}};
  for (gint i = 0; i < shape->rank; i++)
    d.dim[i] = shape->dim[i];
  return d;
}

static const TfcTensor *
in (TfcXnnBuild *b, const TfcNode *n, guint i)
{
  return i < n->n_in && n->in[i] != TFC_NONE ? &tfc_graph_v (b->graph, n->in[i])->tensor : NULL;
}

static const TfcTensor *
out (TfcXnnBuild *b, const TfcNode *n)
{
  return &tfc_graph_v (b->graph, n->out[0])->tensor;
}

static gfloat
stands_for (const TfcTensor *t, gint32 stored)
{
  return (gfloat)(stored - t->quant.zero_point) * t->quant.scale;
}

/* The ends of a node's clamp. Of 8 bits those that the reference stores, as numbers: XNNPACK rounds
 * 6 / scale + zero point in one go, which is one beside where 6 is half a step more than a whole
 * number of them. */
static gfloat
low (TfcXnnBuild *b, const TfcNode *n)
{
  const TfcTensor *y = out (b, n);
  const TfcClamp *c = &n->params.clamp;
  if (y->type != TFC_TYPE_F32)
    return stands_for (y, tfc_ref_range (y, c).lo);
  return c->min <= -G_MAXFLOAT ? -INFINITY : c->min;
}

static gfloat
high (TfcXnnBuild *b, const TfcNode *n)
{
  const TfcTensor *y = out (b, n);
  const TfcClamp *c = &n->params.clamp;
  if (y->type != TFC_TYPE_F32)
    return stands_for (y, tfc_ref_range (y, c).hi);
  return c->max >= G_MAXFLOAT ? INFINITY : c->max;
}

/* Any tensor that kernels read as data. */
static guint32
define_data (TfcXnnBuild *b, const TfcTensor *t, const TfcShape *shape, const void *data,
             guint32 external, guint32 flags)
{
  Dims d = dims_of (shape);
  guint32 id = NONE;
  enum xnn_status status;
  if (t->type == TFC_TYPE_F32)
    status = xnn_define_tensor_value (b->subgraph, xnn_datatype_fp32, shape->rank, d.dim, data,
                                      external, flags, &id);
  else
    status = xnn_define_quantized_tensor_value (
        b->subgraph, t->type == TFC_TYPE_U8 ? xnn_datatype_quint8 : xnn_datatype_qint8,
        t->quant.zero_point, t->quant.scale ? t->quant.scale : 1.0f, shape->rank, d.dim, data,
        external, flags, &id);
  return status == xnn_status_success ? id : NONE;
}

/* A constant operand, copied: kernels read past its end, which the file may not allow. */
static guint32
define_constant (TfcXnnBuild *b, const TfcTensor *t)
{
  gsize bytes = tfc_tensor_bytes (t);
  void *copy = g_try_malloc0 (bytes + MAX (XNN_EXTRA_BYTES, TFC_TAIL_BYTES));
  if (!copy)
    return NONE;
  memcpy (copy, t->data, bytes);
  g_ptr_array_add (b->keep, copy);
  return define_data (b, t, &t->shape, copy, NONE, 0);
}

guint32
tfc_xnn_value (TfcXnnBuild *b, guint v)
{
  const TfcTensor *t = &tfc_graph_v (b->graph, v)->tensor;
  if (b->id[v] != NONE)
    return b->id[v];
  b->id[v] = t->data ? define_constant (b, t)
                     : define_data (b, t, &t->shape, NULL, b->external[v], b->flags[v]);
  return b->id[v];
}

/* Weights are packed when the runtime is created, element by element: no tail, no copy. */
static guint32
weights (TfcXnnBuild *b, const TfcTensor *w)
{
  Dims d = dims_of (&w->shape);
  guint32 id = NONE;
  if (!w->quant.n_channels || w->type == TFC_TYPE_F32)
    return define_data (b, w, &w->shape, w->data, NONE, 0);
  if (xnn_define_channelwise_quantized_tensor_value (
          b->subgraph, xnn_datatype_qcint8, w->quant.scales, w->shape.rank, w->quant.axis, d.dim,
          w->data, NONE, 0, &id) != xnn_status_success)
    return NONE;
  return id;
}

/* NULL: no memory. */
static gfloat *
bias_scales (TfcXnnBuild *b, const TfcTensor *x, const TfcTensor *w)
{
  gfloat *scales = g_try_new (gfloat, w->quant.n_channels);
  if (!scales)
    return NULL;
  g_ptr_array_add (b->keep, scales);
  for (guint i = 0; i < w->quant.n_channels; i++)
    scales[i] = x->quant.scale * w->quant.scales[i];
  return scales;
}

/* FALSE if XNNPACK refused it; no bias is fine and gives NONE. */
static gboolean
bias (TfcXnnBuild *b, const TfcNode *n, guint32 *id)
{
  const TfcTensor *x = in (b, n, 0), *w = in (b, n, 1), *t = in (b, n, 2);
  enum xnn_status status;
  gfloat *scales = NULL;
  size_t count;
  *id = NONE;
  if (!t)
    return TRUE;
  count = tfc_tensor_count (t);
  if (x->type != TFC_TYPE_F32 && w->quant.n_channels && !(scales = bias_scales (b, x, w)))
    return FALSE;
  if (x->type == TFC_TYPE_F32)
    status =
        xnn_define_tensor_value (b->subgraph, xnn_datatype_fp32, 1, &count, t->data, NONE, 0, id);
  else if (scales)
    status = xnn_define_channelwise_quantized_tensor_value (
        b->subgraph, xnn_datatype_qcint32, scales, 1, 0, &count, t->data, NONE, 0, id);
  else
    status = xnn_define_quantized_tensor_value (b->subgraph, xnn_datatype_qint32, 0,
                                                x->quant.scale * w->quant.scale, 1, &count, t->data,
                                                NONE, 0, id);
  return status == xnn_status_success;
}

enum xnn_status
tfc_xnn_define_conv (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcTensor *w = in (b, n, 1);
  const TfcWindow *p = &n->params.window;
  const gint groups = in (b, n, 0)->shape.dim[3] / w->shape.dim[3];
  guint32 w_id = weights (b, w), b_id;
  if (w_id == NONE || !bias (b, n, &b_id))
    return xnn_status_invalid_parameter;
  return xnn_define_convolution_2d (
      b->subgraph, p->pad_top, p->pad_right, p->pad_bottom, p->pad_left, w->shape.dim[1],
      w->shape.dim[2], p->stride_h, p->stride_w, p->dilation_h, p->dilation_w, groups,
      w->shape.dim[3], w->shape.dim[0] / groups, low (b, n), high (b, n), x, w_id, b_id, y, 0);
}

enum xnn_status
tfc_xnn_define_depthwise (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcTensor *w = in (b, n, 1);
  const TfcWindow *p = &n->params.window;
  gint channels = in (b, n, 0)->shape.dim[3];
  guint32 w_id = weights (b, w), b_id;
  if (w_id == NONE || !bias (b, n, &b_id))
    return xnn_status_invalid_parameter;
  return xnn_define_depthwise_convolution_2d (
      b->subgraph, p->pad_top, p->pad_right, p->pad_bottom, p->pad_left, w->shape.dim[1],
      w->shape.dim[2], p->stride_h, p->stride_w, p->dilation_h, p->dilation_w,
      w->shape.dim[3] / channels, channels, low (b, n), high (b, n), x, w_id, b_id, y, 0);
}

enum xnn_status
tfc_xnn_define_fully_connected (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcTensor *w = in (b, n, 1);
  guint32 w_id = weights (b, w), b_id;
  gboolean flat = tfc_xnn_flattens (in (b, n, 0), out (b, n), w->shape.dim[0]);
  if (w_id == NONE || !bias (b, n, &b_id))
    return xnn_status_invalid_parameter;
  return xnn_define_fully_connected (b->subgraph, low (b, n), high (b, n), x, w_id, b_id, y,
                                     flat ? XNN_FLAG_TENSORFLOW_RESHAPE_2D : 0);
}

enum xnn_status
tfc_xnn_define_max_pool (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcWindow *p = &n->params.window;
  return xnn_define_max_pooling_2d (b->subgraph, p->pad_top, p->pad_right, p->pad_bottom,
                                    p->pad_left, p->kernel_h, p->kernel_w, p->stride_h, p->stride_w,
                                    1, 1, low (b, n), high (b, n), x, y, 0);
}

enum xnn_status
tfc_xnn_define_average_pool (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcWindow *p = &n->params.window;
  return xnn_define_average_pooling_2d (b->subgraph, p->pad_top, p->pad_right, p->pad_bottom,
                                        p->pad_left, p->kernel_h, p->kernel_w, p->stride_h,
                                        p->stride_w, low (b, n), high (b, n), x, y, 0);
}

enum xnn_status
tfc_xnn_define_reshape (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcShape *shape = &out (b, n)->shape;
  Dims d = dims_of (shape);
  return xnn_define_static_reshape (b->subgraph, shape->rank, d.dim, x, y, 0);
}

/* Pooled with the reduced axes kept; where the graph drops them a reshape follows. */
enum xnn_status
tfc_xnn_define_mean (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcTensor *tx = in (b, n, 0), *ty = out (b, n);
  TfcShape pooled = tfc_shape (4, tx->shape.dim[0], 1, 1, tx->shape.dim[3]);
  enum xnn_status status;
  guint32 kept;
  if (tfc_shape_equal (&pooled, &ty->shape))
    return xnn_define_global_average_pooling_2d (b->subgraph, low (b, n), high (b, n), x, y,
                                                 KEEP_DIMS);
  kept = define_data (b, ty, &pooled, NULL, NONE, 0);
  if (kept == NONE)
    return xnn_status_out_of_memory;
  status = xnn_define_global_average_pooling_2d (b->subgraph, low (b, n), high (b, n), x, kept,
                                                 KEEP_DIMS);
  return status == xnn_status_success ? tfc_xnn_define_reshape (b, n, kept, y) : status;
}

enum xnn_status
tfc_xnn_define_binary (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  guint32 other = tfc_xnn_value (b, n->in[1]);
  if (other == NONE)
    return xnn_status_invalid_parameter;
  switch (n->op) {
    case TFC_OP_ADD:
      return xnn_define_add2 (b->subgraph, low (b, n), high (b, n), x, other, y, 0);
    case TFC_OP_SUB:
      return xnn_define_subtract (b->subgraph, low (b, n), high (b, n), x, other, y, 0);
    case TFC_OP_MUL:
      return xnn_define_multiply2 (b->subgraph, low (b, n), high (b, n), x, other, y, 0);
    case TFC_OP_DIV:
      return xnn_define_divide (b->subgraph, low (b, n), high (b, n), x, other, y, 0);
    case TFC_OP_MAXIMUM:
      return xnn_define_maximum2 (b->subgraph, x, other, y, 0);
    default:
      return xnn_define_minimum2 (b->subgraph, x, other, y, 0);
  }
}

enum xnn_status
tfc_xnn_define_clamp (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  return xnn_define_clamp (b->subgraph, low (b, n), high (b, n), x, y, 0);
}

/* XNNPACK wants one slope a channel as [C]; TFLite has it as [1,1,C]. */
enum xnn_status
tfc_xnn_define_prelu (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  const TfcTensor *slope = in (b, n, 1);
  TfcShape channels = tfc_shape (1, (gint)tfc_tensor_count (slope));
  guint32 id = define_data (b, slope, &channels, slope->data, NONE, 0);
  return id == NONE ? xnn_status_invalid_parameter : xnn_define_prelu (b->subgraph, x, id, y, 0);
}

enum xnn_status
tfc_xnn_define_leaky_relu (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  return xnn_define_leaky_relu (b->subgraph, n->params.alpha, x, y, 0);
}

enum xnn_status
tfc_xnn_define_pad (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  size_t before[XNN_MAX_TENSOR_DIMS] = {0}, after[XNN_MAX_TENSOR_DIMS] = {0};
  for (gint i = 0; i < in (b, n, 0)->shape.rank; i++) {
    before[i] = n->params.pad.before[i];
    after[i] = n->params.pad.after[i];
  }
  return xnn_define_static_constant_pad (b->subgraph, before, after, 0.0f, x, y, 0);
}

enum xnn_status
tfc_xnn_define_resize (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  guint32 flags = n->params.resize.align_corners ? XNN_FLAG_ALIGN_CORNERS
                  : n->params.resize.half_pixel  ? 0
                                                 : XNN_FLAG_TENSORFLOW_LEGACY_MODE;
  return xnn_define_static_resize_bilinear_2d (b->subgraph, n->params.resize.height,
                                               n->params.resize.width, x, y, flags);
}

enum xnn_status
tfc_xnn_define_depth_to_space (TfcXnnBuild *b, const TfcNode *n, guint32 x, guint32 y)
{
  return xnn_define_depth_to_space (b->subgraph, x, y, n->params.block, 0);
}
