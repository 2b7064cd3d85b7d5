/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/bare.h"

#include <math.h>

#include <xnnpack.h>

#define NONE XNN_INVALID_VALUE_ID

struct Bare {
  const TfcGraph *graph;
  guint n_values;
  gboolean *computed; /* [values] by a layer, or an input */
  void **buffer;      /* [values] of external values */
  guint32 *id;        /* [values] */
  xnn_subgraph_t subgraph;
  xnn_runtime_t runtime;
  pthreadpool_t pool;
};

static const TfcTensor *
tensor (const Bare *b, guint v)
{
  return &tfc_graph_v (b->graph, v)->tensor;
}

static gboolean
known (const TfcNode *n)
{
  switch (n->op) {
    case TFC_OP_CONV_2D:
    case TFC_OP_DEPTHWISE_CONV_2D:
    case TFC_OP_ADD:
    case TFC_OP_SUB:
    case TFC_OP_MUL:
    case TFC_OP_CONVERT:
    case TFC_OP_CLAMP:
    case TFC_OP_PRELU:
    case TFC_OP_MAX_POOL_2D:
    case TFC_OP_PAD:
    case TFC_OP_RESIZE_BILINEAR:
    case TFC_OP_DEPTH_TO_SPACE:
      return TRUE;
    default:
      return FALSE;
  }
}

static gboolean
reached (const Bare *b, const TfcNode *n)
{
  if (!known (n))
    return FALSE;
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !tensor (b, n->in[i])->data && !b->computed[n->in[i]])
      return FALSE;
  }
  return TRUE;
}

static guint32
define (Bare *b, const TfcTensor *t, gint rank, const gint32 *dim, const void *data,
        guint32 external, guint32 flags)
{
  size_t dims[XNN_MAX_TENSOR_DIMS];
  guint32 id = NONE;
  for (gint i = 0; i < rank; i++)
    dims[i] = dim[i];
  if (t->type == TFC_TYPE_F32)
    xnn_define_tensor_value (b->subgraph, xnn_datatype_fp32, rank, dims, data, external, flags,
                             &id);
  else
    xnn_define_quantized_tensor_value (
        b->subgraph, t->type == TFC_TYPE_U8 ? xnn_datatype_quint8 : xnn_datatype_qint8,
        t->quant.zero_point, t->quant.scale ? t->quant.scale : 1.0f, rank, dims, data, external,
        flags, &id);
  return id;
}

static guint32
define_static (Bare *b, guint v)
{
  const TfcTensor *t = tensor (b, v);
  return define (b, t, t->shape.rank, t->shape.dim, t->data, NONE, 0);
}

static guint32
operand (Bare *b, guint v)
{
  return tensor (b, v)->data ? define_static (b, v) : b->id[v];
}

static guint32
define_vector (Bare *b, const TfcNode *n, guint input)
{
  const TfcTensor *t, *x = tensor (b, n->in[0]), *w = tensor (b, n->in[1]);
  gint32 count;
  size_t dim;
  guint32 id = NONE;
  if (input >= n->n_in || n->in[input] == TFC_NONE)
    return NONE;
  t = tensor (b, n->in[input]);
  dim = count = tfc_tensor_count (t);
  if (t->type == TFC_TYPE_F32)
    return define (b, t, 1, &count, t->data, NONE, 0);
  xnn_define_quantized_tensor_value (b->subgraph, xnn_datatype_qint32, 0,
                                     x->quant.scale * w->quant.scale, 1, &dim, t->data, NONE, 0,
                                     &id);
  return id;
}

static enum xnn_status
define_layer (Bare *b, const TfcNode *n)
{
  const TfcTensor *tx = tensor (b, n->in[0]), *tw = n->n_in > 1 ? tensor (b, n->in[1]) : NULL;
  const TfcWindow *w = &n->params.window;
  gfloat low = n->params.clamp.min <= -G_MAXFLOAT ? -INFINITY : n->params.clamp.min;
  gfloat high = n->params.clamp.max >= G_MAXFLOAT ? INFINITY : n->params.clamp.max;
  guint32 x = b->id[n->in[0]], y = b->id[n->out[0]];
  size_t before[TFC_MAX_AXES], after[TFC_MAX_AXES];

  switch (n->op) {
    case TFC_OP_CONV_2D:
      return xnn_define_convolution_2d (b->subgraph, w->pad_top, w->pad_right, w->pad_bottom,
                                        w->pad_left, tw->shape.dim[1], tw->shape.dim[2],
                                        w->stride_h, w->stride_w, w->dilation_h, w->dilation_w, 1,
                                        tw->shape.dim[3], tw->shape.dim[0], low, high, x,
                                        define_static (b, n->in[1]), define_vector (b, n, 2), y, 0);
    case TFC_OP_DEPTHWISE_CONV_2D:
      return xnn_define_depthwise_convolution_2d (
          b->subgraph, w->pad_top, w->pad_right, w->pad_bottom, w->pad_left, tw->shape.dim[1],
          tw->shape.dim[2], w->stride_h, w->stride_w, w->dilation_h, w->dilation_w,
          tw->shape.dim[3] / tx->shape.dim[3], tx->shape.dim[3], low, high, x,
          define_static (b, n->in[1]), define_vector (b, n, 2), y, 0);
    case TFC_OP_ADD:
      return xnn_define_add2 (b->subgraph, low, high, x, operand (b, n->in[1]), y, 0);
    case TFC_OP_SUB:
      return xnn_define_subtract (b->subgraph, low, high, x, operand (b, n->in[1]), y, 0);
    case TFC_OP_MUL:
      return xnn_define_multiply2 (b->subgraph, low, high, x, operand (b, n->in[1]), y, 0);
    case TFC_OP_CONVERT:
      return xnn_define_convert (b->subgraph, x, y, 0);
    case TFC_OP_CLAMP:
      return xnn_define_clamp (b->subgraph, low, high, x, y, 0);
    case TFC_OP_PRELU:
      return xnn_define_prelu (b->subgraph, x, define_vector (b, n, 1), y, 0);
    case TFC_OP_MAX_POOL_2D:
      return xnn_define_max_pooling_2d (b->subgraph, w->pad_top, w->pad_right, w->pad_bottom,
                                        w->pad_left, w->kernel_h, w->kernel_w, w->stride_h,
                                        w->stride_w, 1, 1, low, high, x, y, 0);
    case TFC_OP_PAD:
      for (gint i = 0; i < tx->shape.rank; i++) {
        before[i] = n->params.pad.before[i];
        after[i] = n->params.pad.after[i];
      }
      return xnn_define_static_constant_pad (b->subgraph, before, after, 0.0f, x, y, 0);
    case TFC_OP_RESIZE_BILINEAR:
      return xnn_define_static_resize_bilinear_2d (
          b->subgraph, n->params.resize.height, n->params.resize.width, x, y,
          n->params.resize.align_corners ? XNN_FLAG_ALIGN_CORNERS
          : n->params.resize.half_pixel  ? 0
                                         : XNN_FLAG_TENSORFLOW_LEGACY_MODE);
    default:
      return xnn_define_depth_to_space (b->subgraph, x, y, n->params.block, 0);
  }
}

/* An output: a computed value that an op beyond these layers reads, or that nobody reads. */
static gboolean
leaves (const Bare *b, guint v)
{
  guint readers = 0;
  for (guint i = 0; i < b->graph->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (b->graph, i);
    for (guint k = 0; k < n->n_in; k++) {
      if (n->in[k] == v && !reached (b, n))
        return TRUE;
      readers += n->in[k] == v;
    }
  }
  return !readers;
}

static gboolean
find_layers (Bare *b, GError **error)
{
  for (guint i = 0; i < b->graph->inputs->len; i++)
    b->computed[g_array_index (b->graph->inputs, guint, i)] = TRUE;
  for (guint i = 0; i < b->graph->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (b->graph, i);
    if (reached (b, n))
      b->computed[n->out[0]] = TRUE;
    else if (n->op == TFC_OP_CONV_2D || n->op == TFC_OP_DEPTHWISE_CONV_2D) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                   "the bare program does not reach node %u, %s: this network is not for it", i,
                   tfc_op_name (n->op));
      return FALSE;
    }
  }
  return TRUE;
}

static void
define_values (Bare *b, GArray *external)
{
  for (guint v = 0, n = 0; v < b->n_values; v++) {
    const TfcTensor *t = tensor (b, v);
    gboolean input = FALSE;
    guint32 flags;
    if (!b->computed[v])
      continue;
    for (guint i = 0; i < b->graph->inputs->len; i++)
      input |= g_array_index (b->graph->inputs, guint, i) == v;
    flags = input           ? XNN_VALUE_FLAG_EXTERNAL_INPUT
            : leaves (b, v) ? XNN_VALUE_FLAG_EXTERNAL_OUTPUT
                            : 0;
    if (flags) {
      struct xnn_external_value e = {n, b->buffer[v] =
                                            g_malloc0 (tfc_tensor_bytes (t) + XNN_EXTRA_BYTES)};
      g_array_append_val (external, e);
    }
    b->id[v] = define (b, t, t->shape.rank, t->shape.dim, NULL, flags ? n++ : NONE, flags);
  }
}

/* Workers that spun on after a run would slow the rows that it takes turns with. */
static gboolean
build (Bare *b, guint threads, GError **error)
{
  GArray *external = g_array_new (FALSE, FALSE, sizeof (struct xnn_external_value));
  gboolean ok = xnn_initialize (NULL) == xnn_status_success &&
                xnn_create_subgraph (b->n_values, 0, &b->subgraph) == xnn_status_success;
  if (ok)
    define_values (b, external);
  for (guint i = 0; ok && i < b->graph->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (b->graph, i);
    if (b->computed[n->out[0]])
      ok = define_layer (b, n) == xnn_status_success;
  }
  b->pool = threads > 1 ? pthreadpool_create (threads) : NULL;
  ok = ok &&
       xnn_create_runtime_v2 (b->subgraph, b->pool, XNN_FLAG_YIELD_WORKERS, &b->runtime) ==
           xnn_status_success &&
       xnn_setup_runtime (b->runtime, external->len, (void *)external->data) == xnn_status_success;
  g_array_unref (external);
  if (!ok)
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "XNNPACK refuses the bare program's network");
  return ok;
}

Bare *
bare_new (const TfcGraph *graph, guint threads, GError **error)
{
  Bare *b = g_new0 (Bare, 1);
  b->graph = graph;
  b->n_values = graph->values->len;
  b->computed = g_new0 (gboolean, b->n_values);
  b->buffer = g_new0 (void *, b->n_values);
  b->id = g_new0 (guint32, b->n_values);
  if (!find_layers (b, error) || !build (b, threads, error))
    g_clear_pointer (&b, bare_free);
  return b;
}

void *
bare_input (Bare *b, guint index)
{
  return b->buffer[g_array_index (b->graph->inputs, guint, index)];
}

gboolean
bare_run (Bare *b)
{
  return xnn_invoke_runtime (b->runtime) == xnn_status_success;
}

void
bare_free (Bare *b)
{
  if (!b)
    return;
  xnn_delete_runtime (b->runtime);
  if (b->subgraph)
    xnn_delete_subgraph (b->subgraph);
  if (b->pool)
    pthreadpool_destroy (b->pool);
  for (guint v = 0; v < b->n_values; v++)
    g_free (b->buffer[v]);
  g_free (b->computed);
  g_free (b->buffer);
  g_free (b->id);
  g_free (b);
}
