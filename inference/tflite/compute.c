/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tflite/reader.h"

enum { PADDING_SAME, PADDING_VALID };

gboolean
tfc_tfl_plain (TfcTfl *l, TfcTflNode *n)
{
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_binary (TfcTfl *l, TfcTflNode *n)
{
  return tfc_tfl_activation (l, n, 0) && tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_relu (TfcTfl *l, TfcTflNode *n)
{
  n->params.clamp = (TfcClamp){0, G_MAXFLOAT};
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_relu6 (TfcTfl *l, TfcTflNode *n)
{
  n->params.clamp = (TfcClamp){0, 6};
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_relu_n1_to_1 (TfcTfl *l, TfcTflNode *n)
{
  n->params.clamp = (TfcClamp){-1, 1};
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_relu_0_to_1 (TfcTfl *l, TfcTflNode *n)
{
  n->params.clamp = (TfcClamp){0, 1};
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_gelu (TfcTfl *l, TfcTflNode *n)
{
  n->params.alpha = tfc_fb_i8 (&l->fb, n->options, 0, 0) != 0;
  return tfc_tfl_add (l, n);
}

/* Fields: padding and strides come first in all three option tables. */
static gboolean
window (TfcTfl *l, TfcTflNode *n)
{
  TfcWindow *w = &n->params.window;
  gint padding = tfc_fb_i8 (&l->fb, n->options, 0, PADDING_SAME);
  if (padding != PADDING_SAME && padding != PADDING_VALID)
    return tfc_tfl_corrupt (l, n, "unknown padding");
  *w = (TfcWindow){.same = padding == PADDING_SAME, .dilation_h = 1, .dilation_w = 1};
  w->stride_w = tfc_fb_i32 (&l->fb, n->options, 1, 0);
  w->stride_h = tfc_fb_i32 (&l->fb, n->options, 2, 0);
  if (w->stride_w < 1 || w->stride_h < 1)
    return tfc_tfl_corrupt (l, n, "stride below 1");
  return TRUE;
}

static gboolean
convolution (TfcTfl *l, TfcTflNode *n, guint act, guint dilation)
{
  TfcWindow *w = &n->params.window;
  if (!window (l, n) || !tfc_tfl_activation (l, n, act))
    return FALSE;
  w->dilation_w = tfc_fb_i32 (&l->fb, n->options, dilation, 1);
  w->dilation_h = tfc_fb_i32 (&l->fb, n->options, dilation + 1, 1);
  if (w->dilation_w < 1 || w->dilation_h < 1)
    return tfc_tfl_corrupt (l, n, "dilation below 1");
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_conv_2d (TfcTfl *l, TfcTflNode *n)
{
  return convolution (l, n, 3, 4);
}

gboolean
tfc_tfl_depthwise_conv_2d (TfcTfl *l, TfcTflNode *n)
{
  return convolution (l, n, 4, 5);
}

gboolean
tfc_tfl_pool_2d (TfcTfl *l, TfcTflNode *n)
{
  TfcWindow *w = &n->params.window;
  if (!window (l, n) || !tfc_tfl_activation (l, n, 5))
    return FALSE;
  w->kernel_w = tfc_fb_i32 (&l->fb, n->options, 3, 0);
  w->kernel_h = tfc_fb_i32 (&l->fb, n->options, 4, 0);
  if (w->kernel_w < 1 || w->kernel_h < 1)
    return tfc_tfl_corrupt (l, n, "window below 1");
  return tfc_tfl_add (l, n);
}

/* Its options: activation, weights format, keep dimensions. Without the last, the input is first
 * made [batch, C]. */
gboolean
tfc_tfl_fully_connected (TfcTfl *l, TfcTflNode *n)
{
  const TfcShape *in = tfc_tfl_shape (l, n->in[0]), *w = tfc_tfl_shape (l, n->in[1]);
  TfcShape flat = {.rank = 2};
  gsize count;
  if (tfc_fb_i8 (&l->fb, n->options, 1, 0) != 0)
    return tfc_tfl_unsupported (l, n, "its weights are shuffled");
  if (!tfc_tfl_activation (l, n, 0))
    return FALSE;
  if (w->rank != 2 || w->dim[1] < 1)
    return tfc_tfl_corrupt (l, n, "its weights have no two dimensions");
  if (!tfc_fb_i8 (&l->fb, n->options, 2, 0) && in->rank != 2) {
    TfcParams reshape = tfc_params (TFC_OP_RESHAPE);
    guint id;
    if (!tfc_shape_count (in, &count) || count % w->dim[1] || count > G_MAXINT32)
      return tfc_tfl_corrupt (l, n, "input and weights do not fit");
    flat.dim[0] = (gint32)(count / w->dim[1]);
    flat.dim[1] = w->dim[1];
    id = tfc_tfl_between (l, n->in[0], &flat);
    tfc_graph_node (l->graph, TFC_OP_RESHAPE, &reshape, n->in, 1, &id, 1);
    n->in[0] = id;
  }
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_softmax (TfcTfl *l, TfcTflNode *n)
{
  n->params.alpha = tfc_fb_f32 (&l->fb, n->options, 0, 0);
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_leaky_relu (TfcTfl *l, TfcTflNode *n)
{
  n->params.alpha = tfc_fb_f32 (&l->fb, n->options, 0, 0);
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_concatenation (TfcTfl *l, TfcTflNode *n)
{
  gint rank = tfc_tfl_shape (l, n->in[0])->rank;
  gint axis = tfc_fb_i32 (&l->fb, n->options, 0, 0);
  if (tfc_fb_i8 (&l->fb, n->options, 1, 0) != 0)
    return tfc_tfl_unsupported (l, n, "its fused activation is not supported");
  axis += axis < 0 ? rank : 0;
  if (axis < 0 || axis >= rank)
    return tfc_tfl_corrupt (l, n, "axis out of range");
  n->params.axis = axis;
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_depth_to_space (TfcTfl *l, TfcTflNode *n)
{
  n->params.block = tfc_fb_i32 (&l->fb, n->options, 0, 0);
  if (n->params.block < 1)
    return tfc_tfl_corrupt (l, n, "block below 1");
  return tfc_tfl_add (l, n);
}

/* Options from field on: corners aligned, half pixels. */
static gboolean
resize (TfcTfl *l, TfcTflNode *n, guint field)
{
  gint32 size[2];
  if (tfc_tfl_ints (l, n, 1, size, 2) != 2)
    return tfc_tfl_unsupported (l, n, "its size is not constant");
  if (size[0] < 1 || size[1] < 1)
    return tfc_tfl_corrupt (l, n, "size below 1");
  n->params.resize.height = size[0];
  n->params.resize.width = size[1];
  n->params.resize.align_corners = tfc_fb_i8 (&l->fb, n->options, field, 0) != 0;
  n->params.resize.half_pixel = tfc_fb_i8 (&l->fb, n->options, field + 1, 0) != 0;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

gboolean
tfc_tfl_resize_bilinear (TfcTfl *l, TfcTflNode *n)
{
  return resize (l, n, 2);
}

gboolean
tfc_tfl_resize_nearest (TfcTfl *l, TfcTflNode *n)
{
  return resize (l, n, 0);
}

gboolean
tfc_tfl_arg (TfcTfl *l, TfcTflNode *n)
{
  gint rank = tfc_tfl_shape (l, n->in[0])->rank;
  gint32 axis;
  if (tfc_tfl_ints (l, n, 1, &axis, 1) != 1)
    return tfc_tfl_unsupported (l, n, "its axis is not constant");
  if (axis < -rank || axis >= rank)
    return tfc_tfl_corrupt (l, n, "axis out of range");
  n->params.axis = axis < 0 ? axis + rank : axis;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}

/* Stored numbers as they are: of a quantised tensor only where that is what they stand for. */
gboolean
tfc_tfl_cast (TfcTfl *l, TfcTflNode *n)
{
  for (guint i = 0; i < 2; i++) {
    const TfcQuant *q = &tfc_graph_v (l->graph, i ? n->out[0] : n->in[0])->tensor.quant;
    if (q->n_channels || (q->scale && (q->scale != 1 || q->zero_point)))
      return tfc_tfl_unsupported (l, n, "it casts quantised numbers");
  }
  return tfc_tfl_add (l, n);
}

/* Inputs: the output's shape, weights, x, bias. */
gboolean
tfc_tfl_transpose_conv (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  gint32 to[4];
  gint padding = tfc_fb_i8 (&l->fb, n->options, 0, PADDING_SAME);
  gint stride_w = tfc_fb_i32 (&l->fb, n->options, 1, 0),
       stride_h = tfc_fb_i32 (&l->fb, n->options, 2, 0);
  guint bias = n->n_in > 3 ? n->in[3] : TFC_NONE, id;
  TfcTensor y;
  if (tfc_tfl_ints (l, n, 0, to, 4) != 4 || !tfc_graph_v (l->graph, n->in[1])->tensor.data)
    return tfc_tfl_unsupported (l, n, "its output's shape or its weights are not constant");
  if (padding != PADDING_SAME && padding != PADDING_VALID)
    return tfc_tfl_corrupt (l, n, "unknown padding");
  y = tfc_graph_v (l->graph, n->out[0])->tensor;
  id = tfc_compose_transpose_conv (&c.base, n->in[2], n->in[1], bias, stride_h, stride_w,
                                   padding == PADDING_SAME, to[1], to[2], &y);
  if (id == TFC_NONE || !tfc_tfl_activation (l, n, 3))
    return FALSE;
  if (n->params.clamp.min > -G_MAXFLOAT || n->params.clamp.max < G_MAXFLOAT)
    tfc_graph_n (l->graph, l->graph->nodes->len - 1)->params.clamp = n->params.clamp;
  return tfc_tfl_give (&c, 0, id);
}

/* By a constant matrix: a layer without bias. */
gboolean
tfc_tfl_batch_matmul (TfcTfl *l, TfcTflNode *n)
{
  TfcTflCompose c = tfc_tfl_compose (l, n);
  const TfcTensor *w = &tfc_graph_v (l->graph, n->in[1])->tensor;
  if (!w->data || w->shape.rank != 2 || tfc_fb_i8 (&l->fb, n->options, 0, 0))
    return tfc_tfl_unsupported (l, n,
                                "its second factor is not a constant matrix, or its first is "
                                "transposed");
  if (!tfc_fb_i8 (&l->fb, n->options, 1, 0))
    n->in[1] = tfc_compose_transpose (&c.base, n->in[1], (const gint32[]){1, 0});
  return n->in[1] != TFC_NONE && tfc_tfl_add (l, n);
}
