/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/forms.h"

static void
sigmoid (Onnx *o, const TfcNode *n, Name out)
{
  const TfcTensor *x = onnx_tensor (o, n->in[0]);
  Name in[5] = {onnx_value (o, n->in[0], o->nchw[n->out[0]])};
  if (onnx_quantised (x)) {
    onnx_scale_and_zero (o, x, in + 1);
    onnx_scale_and_zero (o, onnx_tensor (o, n->out[0]), in + 3);
  }
  end (o, begin (onnx_quantised (x) ? "QLinearSigmoid" : "Sigmoid",
                 onnx_quantised (x) ? ONNX_MS : NULL, out, in, onnx_quantised (x) ? 5 : 1));
}

static const gchar *const names[TFC_N_OPS] = {[TFC_OP_ADD] = "Add",
                                              [TFC_OP_SUB] = "Sub",
                                              [TFC_OP_MUL] = "Mul",
                                              [TFC_OP_DIV] = "Div",
                                              [TFC_OP_FLOOR_DIV] = "Div",
                                              [TFC_OP_PRELU] = "PRelu",
                                              [TFC_OP_EXP] = "Exp",
                                              [TFC_OP_NEG] = "Neg",
                                              [TFC_OP_ABS] = "Abs",
                                              [TFC_OP_SQRT] = "Sqrt",
                                              [TFC_OP_TANH] = "Tanh",
                                              [TFC_OP_LOG] = "Log",
                                              [TFC_OP_FLOOR] = "Floor",
                                              [TFC_OP_ROUND] = "Round",
                                              [TFC_OP_MAXIMUM] = "Max",
                                              [TFC_OP_MINIMUM] = "Min",
                                              [TFC_OP_POW] = "Pow",
                                              [TFC_OP_LESS] = "Less",
                                              [TFC_OP_GREATER] = "Greater",
                                              [TFC_OP_EQUAL] = "Equal",
                                              [TFC_OP_LESS_EQUAL] = "LessOrEqual",
                                              [TFC_OP_GREATER_EQUAL] = "GreaterOrEqual",
                                              [TFC_OP_LOGICAL_AND] = "And",
                                              [TFC_OP_LOGICAL_OR] = "Or",
                                              [TFC_OP_LEAKY_RELU] = "LeakyRelu",
                                              [TFC_OP_MEAN] = "ReduceMean",
                                              [TFC_OP_SUM] = "ReduceSum",
                                              [TFC_OP_REDUCE_MAX] = "ReduceMax",
                                              [TFC_OP_REDUCE_MIN] = "ReduceMin",
                                              [TFC_OP_ARG_MAX] = "ArgMax",
                                              [TFC_OP_ARG_MIN] = "ArgMin"};

static void
plain (Onnx *o, const TfcNode *n, Name out)
{
  Name in[TFC_MAX_NODE_INPUTS];
  for (guint i = 0; i < n->n_in; i++)
    in[i] = onnx_value (o, n->in[i], o->nchw[n->out[0]]);
  GByteArray *node = begin (names[n->op], NULL, out, in, n->n_in);
  if (n->op == TFC_OP_LEAKY_RELU)
    put_float (node, "alpha", n->params.alpha);
  end (o, node);
}

static void
squared_difference (Onnx *o, const TfcNode *n, Name out)
{
  const gboolean nchw = o->nchw[n->out[0]];
  Name difference = name (o, "%sd", out), twice[2] = {difference, difference};
  Name in[2] = {onnx_value (o, n->in[0], nchw), onnx_value (o, n->in[1], nchw)};
  onnx_node (o, "Sub", NULL, difference, in, 2);
  onnx_node (o, "Mul", NULL, out, twice, 2);
}

/* x times HardSigmoid: HardSwish is of a newer set. */
static void
hard_swish (Onnx *o, const TfcNode *n, Name out)
{
  Name in[2] = {onnx_value (o, n->in[0], o->nchw[n->out[0]]), name (o, "%ss", out)};
  GByteArray *node = begin ("HardSigmoid", NULL, in[1], in, 1);
  put_float (node, "alpha", 1 / 6.0f);
  put_float (node, "beta", 0.5f);
  end (o, node);
  onnx_node (o, "Mul", NULL, out, in, 2);
}

static void
softmax (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], FALSE);
  GByteArray *node = begin ("Softmax", NULL, out, &in, 1);
  put_int (node, "axis", onnx_tensor (o, n->in[0])->shape.rank - 1);
  end (o, node);
}

static void
reduction (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], FALSE);
  GByteArray *node = begin (names[n->op], NULL, out, &in, 1);
  put_ints (node, "axes", n->params.axes.n, n->params.axes.axis);
  put_int (node, "keepdims", n->params.axes.keep_dims);
  end (o, node);
}

/* Of int64 there. */
static void
arg (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], FALSE), wide = name (o, "%sw", out);
  GByteArray *node = begin (names[n->op], NULL, wide, &in, 1);
  put_int (node, "axis", n->params.axis);
  put_int (node, "keepdims", 0);
  end (o, node);
  node = begin ("Cast", NULL, out, &wide, 1);
  put_int (node, "to", onnx_kinds[TFC_TYPE_I32]);
  end (o, node);
}

static void
convert (Onnx *o, const TfcNode *n, Name out)
{
  const TfcTensor *y = onnx_tensor (o, n->out[0]);
  const gboolean was_real = o->real;
  o->real = TRUE;
  Name in[3] = {onnx_value (o, n->in[0], o->nchw[n->out[0]])};
  o->real = was_real;
  if (onnx_quantised (y)) {
    onnx_scale_and_zero (o, y, in + 1);
    onnx_node (o, "QuantizeLinear", NULL, out, in, 3);
    return;
  }
  GByteArray *node = begin ("Cast", NULL, out, in, 1);
  put_int (node, "to", onnx_kinds[y->type]);
  end (o, node);
}

/* a, b, mask: Where has the mask first. */
static void
choose (Onnx *o, const TfcNode *n, Name out)
{
  const gboolean nchw = o->nchw[n->out[0]];
  Name in[3] = {onnx_value (o, n->in[2], nchw), onnx_value (o, n->in[0], nchw),
                onnx_value (o, n->in[1], nchw)};
  onnx_node (o, "Where", NULL, out, in, 3);
}

/* Values, and where they are: int64 there. */
static void
top_k (Onnx *o, const TfcNode *n, Name out)
{
  Name in[2] = {onnx_value (o, n->in[0], FALSE), int64s (o, 1, (const gint[]){n->params.k})};
  Name wide = name (o, "%sw", out), narrow = name (o, "v%u", n->out[1]);
  GByteArray *node = begin ("TopK", NULL, out, in, 2);
  put_output (node, wide);
  end (o, node);
  node = begin ("Cast", NULL, narrow, &wide, 1);
  put_int (node, "to", onnx_kinds[TFC_TYPE_I32]);
  end (o, node);
}

OnnxForm
onnx_form_element (TfcOp op)
{
  static const OnnxForm forms[TFC_N_OPS] = {
      [TFC_OP_SIGMOID] = {sigmoid, TRUE},
      [TFC_OP_SQUARED_DIFFERENCE] = {squared_difference},
      [TFC_OP_HARD_SWISH] = {hard_swish, FALSE, FALSE, FALSE, TRUE},
      [TFC_OP_SOFTMAX] = {softmax, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_MEAN] = {reduction, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_SUM] = {reduction, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_REDUCE_MAX] = {reduction, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_REDUCE_MIN] = {reduction, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_SELECT] = {choose, FALSE, FALSE, FALSE, TRUE},
      [TFC_OP_TOP_K] = {top_k, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_ARG_MAX] = {arg, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_ARG_MIN] = {arg, FALSE, FALSE, TRUE, TRUE},
      [TFC_OP_CONVERT] = {convert, TRUE, FALSE, FALSE, TRUE},
  };
  return forms[op].write || !names[op] ? forms[op] : (OnnxForm){.write = plain};
}
