/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/forms.h"

static void
windows (GByteArray *node, const TfcWindow *w, gint kh, gint kw)
{
  put_ints (node, "kernel_shape", 2, (const gint[]){kh, kw});
  put_ints (node, "strides", 2, (const gint[]){w->stride_h, w->stride_w});
  put_ints (node, "pads", 4, (const gint[]){w->pad_top, w->pad_left, w->pad_bottom, w->pad_right});
}

static void
convolution (Onnx *o, const TfcNode *n, Name out)
{
  static const gint deep[4] = {3, 0, 1, 2};
  gboolean depth = n->op == TFC_OP_DEPTHWISE_CONV_2D, bias = n->n_in > 2 && n->in[2] != TFC_NONE;
  const TfcTensor *x = onnx_tensor (o, n->in[0]), *w = onnx_tensor (o, n->in[1]),
                  *y = onnx_tensor (o, n->out[0]);
  Name in[9] = {onnx_value (o, n->in[0], TRUE)},
       kernel = onnx_weights (o, n->in[1], depth ? deep : onnx_turned);
  gboolean q = onnx_quantised (x);
  GByteArray *node;
  if (q) {
    onnx_scale_and_zero (o, x, in + 1);
    in[3] = kernel;
    onnx_scale_and_zero (o, w, in + 4);
    onnx_scale_and_zero (o, y, in + 6);
  } else {
    in[1] = kernel;
  }
  if (bias)
    in[q ? 8 : 2] = onnx_operand (o, n->in[2], FALSE);
  node = begin (q ? "QLinearConv" : "Conv", NULL, out, in, (q ? 8 : 2) + bias);
  windows (node, &n->params.window, w->shape.dim[1], w->shape.dim[2]);
  put_ints (node, "dilations", 2,
            (const gint[]){n->params.window.dilation_h, n->params.window.dilation_w});
  put_int (node, "group", depth ? x->shape.dim[3] : x->shape.dim[3] / w->shape.dim[3]);
  end (o, node);
}

/* int32 with the scale of its products. */
static Name
real_bias (Onnx *o, const TfcNode *n)
{
  const TfcTensor *b = onnx_tensor (o, n->in[2]), *w = onnx_tensor (o, n->in[1]);
  const gfloat x_scale = onnx_tensor (o, n->in[0])->quant.scale;
  const gint count = (gint)tfc_tensor_count (b);
  g_autofree gfloat *real = g_new (gfloat, count);
  for (gint i = 0; i < count; i++)
    real[i] = (gfloat)((const gint32 *)b->data)[i] * x_scale *
              (w->quant.n_channels ? w->quant.scales[i] : w->quant.scale);
  return constant (o, onnx_kinds[TFC_TYPE_F32], 1, &count, real, count * sizeof *real);
}

/* What TensorFlow cuts off behind is what ONNX pads, or, below 0, adds to the output. */
static void
transposed_convolution (Onnx *o, const TfcNode *n, Name out)
{
  static const gint in_first[4] = {3, 0, 1, 2};
  const TfcWindow *w = &n->params.window;
  const gint32 *kernel = onnx_tensor (o, n->in[1])->shape.dim;
  const gboolean bias = n->n_in > 2 && n->in[2] != TFC_NONE;
  Name in[3] = {onnx_value (o, n->in[0], TRUE), onnx_weights (o, n->in[1], in_first)};
  TfcWindow cut = *w;
  if (bias)
    in[2] = o->real ? real_bias (o, n) : onnx_operand (o, n->in[2], FALSE);
  cut.pad_bottom = MAX (w->pad_bottom, 0);
  cut.pad_right = MAX (w->pad_right, 0);
  GByteArray *node = begin ("ConvTranspose", NULL, out, in, 2 + bias);
  windows (node, &cut, kernel[1], kernel[2]);
  put_ints (node, "output_padding", 2,
            (const gint[]){cut.pad_bottom - w->pad_bottom, cut.pad_right - w->pad_right});
  end (o, node);
}

static void
fully_connected (Onnx *o, const TfcNode *n, Name out)
{
  const TfcTensor *w = onnx_tensor (o, n->in[1]), *y = onnx_tensor (o, n->out[0]);
  const gboolean bias = n->n_in > 2 && n->in[2] != TFC_NONE;
  Name rows = name (o, "%sr", out), product = name (o, "%sp", out);
  Name shaped[2] = {onnx_value (o, n->in[0], FALSE),
                    int64s (o, 2, (const gint[]){-1, w->shape.dim[1]})};
  onnx_node (o, "Reshape", NULL, rows, shaped, 2);
  Name in[3] = {rows, onnx_value (o, n->in[1], FALSE)};
  if (bias)
    in[2] = o->real ? real_bias (o, n) : onnx_operand (o, n->in[2], FALSE);
  GByteArray *node = begin ("Gemm", NULL, product, in, 2 + bias);
  put_int (node, "transB", 1);
  end (o, node);
  Name back[2] = {product, int64s (o, y->shape.rank, y->shape.dim)};
  onnx_node (o, "Reshape", NULL, out, back, 2);
}

static void
pool (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], TRUE);
  GByteArray *node =
      begin (n->op == TFC_OP_MAX_POOL_2D ? "MaxPool" : "AveragePool", NULL, out, &in, 1);
  windows (node, &n->params.window, n->params.window.kernel_h, n->params.window.kernel_w);
  end (o, node);
}

static void
resize (Onnx *o, const TfcNode *n, Name out)
{
  const gint32 *x = onnx_tensor (o, n->in[0])->shape.dim,
               *y = onnx_tensor (o, n->out[0])->shape.dim;
  const gint nothing = 0;
  Name empty = constant (o, onnx_kinds[TFC_TYPE_F32], 1, &nothing, "", 0);
  Name in[4] = {onnx_value (o, n->in[0], TRUE), empty, empty,
                int64s (o, 4, (const gint[]){x[0], x[3], y[1], y[2]})};
  GByteArray *node = begin ("Resize", NULL, out, in, 4);
  put_string (node, "mode", n->op == TFC_OP_RESIZE_NEAREST ? "nearest" : "linear");
  if (n->op == TFC_OP_RESIZE_NEAREST)
    put_string (node, "nearest_mode",
                n->params.resize.align_corners ? "round_prefer_ceil" : "floor");
  put_string (node, "coordinate_transformation_mode",
              n->params.resize.align_corners ? "align_corners"
              : n->params.resize.half_pixel  ? "half_pixel"
                                             : "asymmetric");
  end (o, node);
}

OnnxForm
onnx_form_layer (TfcOp op)
{
  static const OnnxForm forms[TFC_N_OPS] = {
      [TFC_OP_CONV_2D] = {convolution, TRUE, TRUE},
      [TFC_OP_DEPTHWISE_CONV_2D] = {convolution, TRUE, TRUE},
      [TFC_OP_TRANSPOSE_CONV_2D] = {transposed_convolution, FALSE, TRUE},
      [TFC_OP_FULLY_CONNECTED] = {fully_connected, FALSE, FALSE, TRUE},
      [TFC_OP_MAX_POOL_2D] = {pool, FALSE, TRUE},
      [TFC_OP_AVERAGE_POOL_2D] = {pool, FALSE, TRUE},
      [TFC_OP_RESIZE_BILINEAR] = {resize, FALSE, TRUE, FALSE, TRUE},
      [TFC_OP_RESIZE_NEAREST] = {resize, FALSE, TRUE, FALSE, TRUE},
  };
  return forms[op];
}
