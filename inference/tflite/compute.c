/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/tflite/reader.h"

enum { PADDING_SAME, PADDING_VALID };

guint
tfc_tfl_plain (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build (&l->b, n->op, &n->params, n->in, n->n_in, &n->y);
}

guint
tfc_tfl_binary (TfcTfl *l, TfcTflNode *n)
{
  return tfc_tfl_activation (l, n, 0) ? tfc_tfl_plain (l, n) : TFC_NONE;
}

guint
tfc_tfl_relu (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_clamp (&l->b, n->in[0], TFC_RELU, &n->y);
}

guint
tfc_tfl_relu6 (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_clamp (&l->b, n->in[0], TFC_RELU6, &n->y);
}

guint
tfc_tfl_relu_n1_to_1 (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_clamp (&l->b, n->in[0], TFC_RELU_N1_TO_1, &n->y);
}

guint
tfc_tfl_relu_0_to_1 (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_clamp (&l->b, n->in[0], TFC_RELU_0_TO_1, &n->y);
}

/* SOFTMAX's beta, LEAKY_RELU's slope. */
guint
tfc_tfl_alpha (TfcTfl *l, TfcTflNode *n)
{
  const gfloat alpha = tfc_fb_f32 (&l->fb, n->options, 0, 0);
  return tfc_build_alpha (&l->b, n->op, n->in[0], alpha, &n->y);
}

guint
tfc_tfl_gelu (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_alpha (&l->b, n->op, n->in[0], tfc_tfl_flag (l, n, 0), &n->y);
}

/* Fields: padding and strides come first in all option tables. */
static gboolean
window (TfcTfl *l, TfcTflNode *n, TfcWindow *w)
{
  gint padding = tfc_fb_i8 (&l->fb, n->options, 0, PADDING_SAME);
  if (padding != PADDING_SAME && padding != PADDING_VALID)
    return tfc_builder_bad (&l->b, "unknown padding");
  *w = (TfcWindow){.same = padding == PADDING_SAME, .dilation_h = 1, .dilation_w = 1};
  w->stride_w = tfc_fb_i32 (&l->fb, n->options, 1, 0);
  w->stride_h = tfc_fb_i32 (&l->fb, n->options, 2, 0);
  return TRUE;
}

static guint
convolution (TfcTfl *l, TfcTflNode *n, guint activation, guint dilation)
{
  TfcWindow *w = &n->params.window;
  if (!window (l, n, w) || !tfc_tfl_activation (l, n, activation))
    return TFC_NONE;
  w->dilation_w = tfc_fb_i32 (&l->fb, n->options, dilation, 1);
  w->dilation_h = tfc_fb_i32 (&l->fb, n->options, dilation + 1, 1);
  return tfc_tfl_plain (l, n);
}

guint
tfc_tfl_conv (TfcTfl *l, TfcTflNode *n)
{
  return convolution (l, n, 3, 4);
}

guint
tfc_tfl_depthwise_conv (TfcTfl *l, TfcTflNode *n)
{
  return convolution (l, n, 4, 5);
}

static gboolean
pool (TfcTfl *l, TfcTflNode *n)
{
  TfcWindow *w = &n->params.window;
  if (!window (l, n, w) || !tfc_tfl_activation (l, n, 5))
    return FALSE;
  w->kernel_w = tfc_fb_i32 (&l->fb, n->options, 3, 0);
  w->kernel_h = tfc_fb_i32 (&l->fb, n->options, 4, 0);
  return TRUE;
}

guint
tfc_tfl_pool (TfcTfl *l, TfcTflNode *n)
{
  return pool (l, n) ? tfc_tfl_plain (l, n) : TFC_NONE;
}

guint
tfc_tfl_l2_pool (TfcTfl *l, TfcTflNode *n)
{
  if (n->y.type != TFC_TYPE_F32)
    return TFC_UNSUPPORTED (&l->b, "not of float32");
  return pool (l, n) ? tfc_build_l2_pool (&l->b, n->in[0], &n->params.window, n->params.clamp)
                     : TFC_NONE;
}

/* Options: activation, weights format, keep dimensions. */
guint
tfc_tfl_fully_connected (TfcTfl *l, TfcTflNode *n)
{
  if (tfc_tfl_flag (l, n, 1))
    return TFC_UNSUPPORTED (&l->b, "its weights are shuffled");
  if (!tfc_tfl_activation (l, n, 0))
    return TFC_NONE;
  return tfc_build_fully_connected (&l->b, n->in[0], n->in[1], tfc_tfl_input (n, 2),
                                    tfc_tfl_flag (l, n, 2), n->params.clamp, &n->y);
}

/* Options: the first and the second factor transposed. */
guint
tfc_tfl_batch_matmul (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_batch_matmul (&l->b, n->in[0], n->in[1], tfc_tfl_flag (l, n, 0),
                                 tfc_tfl_flag (l, n, 1), &n->y);
}

/* Inputs: the output's shape, weights, x, bias. */
guint
tfc_tfl_transpose_conv (TfcTfl *l, TfcTflNode *n)
{
  TfcWindow w;
  if (!window (l, n, &w) || !tfc_tfl_activation (l, n, 3))
    return TFC_NONE;
  return tfc_build_transpose_conv (&l->b, n->in[0], n->in[2], n->in[1], tfc_tfl_input (n, 3), &w,
                                   n->params.clamp, &n->y);
}

guint
tfc_tfl_reduce (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_reduce (&l->b, n->op, n->in[0], n->in[1], tfc_tfl_flag (l, n, 0), &n->y);
}

guint
tfc_tfl_arg (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_arg (&l->b, n->op, n->in[0], n->in[1]);
}

/* Stored numbers as they are: of a quantised tensor only where that is what they stand for. */
guint
tfc_tfl_cast (TfcTfl *l, TfcTflNode *n)
{
  for (guint i = 0; i < 2; i++) {
    const TfcQuant *q = &l->tensors[i ? n->out[0] : n->tensor_in[0]].quant;
    if (q->n_channels || (q->scale && (q->scale != 1 || q->zero_point)))
      return TFC_UNSUPPORTED (&l->b, "it casts quantised numbers");
  }
  if (n->y.type == TFC_TYPE_I64 && !tfc_builder_tensor (&l->b, n->in[0])->data)
    return tfc_build_cast (&l->b, n->in[0], TFC_TYPE_I32);
  return tfc_tfl_plain (l, n);
}

/* What is computed in real numbers, as the output stores it. */
static guint
stored (TfcTfl *l, TfcTflNode *n, guint id)
{
  return n->y.quant.scale > 0 && n->y.type != TFC_TYPE_I32 ? tfc_build_convert (&l->b, id, &n->y)
                                                           : id;
}

guint
tfc_tfl_add_n (TfcTfl *l, TfcTflNode *n)
{
  return stored (l, n, tfc_build_add_n (&l->b, n->in, n->n_in));
}

guint
tfc_tfl_l2_normalise (TfcTfl *l, TfcTflNode *n)
{
  return tfc_tfl_no_activation (l, n, 0) ? stored (l, n, tfc_build_l2_normalise (&l->b, n->in[0]))
                                         : TFC_NONE;
}

guint
tfc_tfl_log_softmax (TfcTfl *l, TfcTflNode *n)
{
  return stored (l, n, tfc_build_log_softmax (&l->b, n->in[0]));
}

/* Inputs: the mask, what is taken where it is set, and where not. */
guint
tfc_tfl_select (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_select (&l->b, n->in[0], n->in[1], n->in[2], &n->y);
}

guint
tfc_tfl_select_rows (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_select_rows (&l->b, n->in[0], n->in[1], n->in[2], &n->y);
}

/* Inputs: x, the axis; options: without the element itself, from the end. */
guint
tfc_tfl_cumsum (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_cumsum (&l->b, n->in[0], n->in[1], tfc_tfl_flag (l, n, 0),
                           tfc_tfl_flag (l, n, 1));
}

/* Inputs: indices, depth, what is where an index is and what elsewhere. */
guint
tfc_tfl_one_hot (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_one_hot (&l->b, n->in[0], n->in[1], n->in[2], n->in[3],
                            tfc_fb_i32 (&l->fb, n->options, 0, 0), &n->y);
}

guint
tfc_tfl_not (TfcTfl *l, TfcTflNode *n)
{
  return tfc_build_not (&l->b, n->in[0]);
}

/* Inputs: x, how many. */
gboolean
tfc_tfl_top_k (TfcTfl *l, TfcTflNode *n)
{
  guint out[2];
  if (n->n_out != 2)
    return tfc_builder_bad (&l->b, "%u outputs", n->n_out);
  return tfc_build_top_k (&l->b, n->in[0], n->in[1], &n->y, out) &&
         tfc_tfl_give (l, n, 0, out[0]) && tfc_tfl_give (l, n, 1, out[1]);
}
