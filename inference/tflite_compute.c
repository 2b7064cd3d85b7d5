/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tflite.h"

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

gboolean
tfc_tfl_resize_bilinear (TfcTfl *l, TfcTflNode *n)
{
  gint32 size[2];
  if (tfc_tfl_ints (l, n, 1, size, 2) != 2)
    return tfc_tfl_unsupported (l, n, "its size is not constant");
  if (size[0] < 1 || size[1] < 1)
    return tfc_tfl_corrupt (l, n, "size below 1");
  n->params.resize.height = size[0];
  n->params.resize.width = size[1];
  n->params.resize.align_corners = tfc_fb_i8 (&l->fb, n->options, 2, 0) != 0;
  n->params.resize.half_pixel = tfc_fb_i8 (&l->fb, n->options, 3, 0) != 0;
  n->n_in = 1;
  return tfc_tfl_add (l, n);
}
