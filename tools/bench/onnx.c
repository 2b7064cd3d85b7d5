/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx.h"

#include <math.h>
#include <string.h>

#include "tools/bench/onnx_put.h"
#include "tools/bench/proto.h"

#define MS "com.microsoft"

static const gint8 kinds[TFC_N_TYPES] = {
    [TFC_TYPE_F32] = 1, [TFC_TYPE_U8] = 2, [TFC_TYPE_I8] = 3, [TFC_TYPE_I32] = 6};

/* Of NCHW's axes the NHWC one, and back. */
static const gint turned[4] = {0, 3, 1, 2}, straight[4] = {0, 2, 3, 1};

static const TfcTensor *
tensor (const Onnx *o, guint v)
{
  return &tfc_graph_v (o->graph, v)->tensor;
}

static gboolean
quantised (const TfcTensor *t)
{
  return t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8;
}

static Name
float_scalar (Onnx *o, gfloat value)
{
  return constant (o, kinds[TFC_TYPE_F32], 0, NULL, &value, sizeof value);
}

static Name
byte_scalar (Onnx *o, TfcType type, gint value)
{
  guint8 byte = value;
  return constant (o, kinds[type], 0, NULL, &byte, 1);
}

/* Axis i of the copy is axis from[i] of a rank 4 tensor. */
static void *
permute (const TfcTensor *t, const void *data, const gint *from, gint *dim)
{
  gsize size = tfc_type_size (t->type), step[4], at = 0;
  guint8 *copy = g_malloc (tfc_tensor_bytes (t));
  const gint32 *d = t->shape.dim;
  const gsize steps[4] = {(gsize)d[1] * d[2] * d[3], (gsize)d[2] * d[3], d[3], 1};
  for (gint i = 0; i < 4; i++) {
    dim[i] = d[from[i]];
    step[i] = steps[from[i]] * size;
  }
  for (gint a = 0; a < dim[0]; a++)
    for (gint b = 0; b < dim[1]; b++)
      for (gint c = 0; c < dim[2]; c++)
        for (gint e = 0; e < dim[3]; e++, at += size)
          memcpy (copy + at,
                  (const guint8 *)data + a * step[0] + b * step[1] + c * step[2] + e * step[3],
                  size);
  return copy;
}

void *
onnx_turn (const TfcTensor *t, const void *data)
{
  gint dim[4];
  return t->shape.rank == 4 ? permute (t, data, turned, dim)
                            : g_memdup2 (data, tfc_tensor_bytes (t));
}

static Name
weights (Onnx *o, guint v, const gint *from)
{
  const TfcTensor *t = tensor (o, v);
  gint dim[4];
  g_autofree void *copy = permute (t, t->data, from, dim);
  return constant (o, kinds[t->type], 4, dim, copy, tfc_tensor_bytes (t));
}

/* A constant operand; in NCHW one that is [C] alone becomes [C,1,1]. */
static Name
operand_const (Onnx *o, guint v, gboolean nchw)
{
  const TfcTensor *t = tensor (o, v);
  gint dim[TFC_MAX_RANK], rank = t->shape.rank;
  if (nchw && rank == 4)
    return weights (o, v, turned);
  memcpy (dim, t->shape.dim, sizeof dim);
  if (nchw && tfc_tensor_count (t) > 1) {
    dim[0] = tfc_tensor_count (t);
    dim[1] = dim[2] = 1;
    rank = 3;
  }
  return constant (o, kinds[t->type], rank, dim, t->data, tfc_tensor_bytes (t));
}

static Name
transpose (Onnx *o, Name from, Name to, const gint *axes)
{
  GByteArray *node = begin ("Transpose", NULL, to, &from, 1);
  put_ints (node, "perm", 4, axes);
  end (o, node);
  return to;
}

/* The value in that layout; the turning is written once. */
static Name
value (Onnx *o, guint v, gboolean nchw)
{
  const TfcTensor *t = tensor (o, v);
  Name own = name (o, "v%u", v), other;
  if (t->data)
    return operand_const (o, v, nchw);
  if (t->shape.rank != 4 || o->nchw[v] == nchw)
    return own;
  other = name (o, "v%ut", v);
  if (!o->both[v])
    transpose (o, own, other, nchw ? turned : straight);
  o->both[v] = TRUE;
  return other;
}

static gint
steps (const TfcTensor *t, gfloat real)
{
  gfloat q = roundf (real / t->quant.scale) + t->quant.zero_point;
  return CLAMP (q, t->type == TFC_TYPE_U8 ? 0.0f : -128.0f,
                t->type == TFC_TYPE_U8 ? 255.0f : 127.0f);
}

static gboolean
clamps (const TfcTensor *t, const TfcClamp *c)
{
  gint low = t->type == TFC_TYPE_U8 ? 0 : -128;
  if (!quantised (t))
    return c->min > -G_MAXFLOAT || c->max < G_MAXFLOAT;
  return steps (t, c->min) > low || steps (t, c->max) < low + 255;
}

static void
clip (Onnx *o, Name from, Name to, const TfcTensor *t, const TfcClamp *c)
{
  gboolean relu = !quantised (t) && c->min == 0 && c->max >= G_MAXFLOAT;
  Name in[3] = {from};
  gboolean inputs = o->opset > 10 && !relu;
  GByteArray *node;
  if (inputs) {
    in[1] = quantised (t) ? byte_scalar (o, t->type, steps (t, c->min)) : float_scalar (o, c->min);
    in[2] = quantised (t) ? byte_scalar (o, t->type, steps (t, c->max)) : float_scalar (o, c->max);
  }
  node = begin (relu ? "Relu" : "Clip", NULL, to, in, inputs ? 3 : 1);
  if (!relu && !inputs) {
    put_float (node, "min", c->min);
    put_float (node, "max", c->max);
  }
  end (o, node);
}

static void
windows (GByteArray *node, const TfcWindow *w, gint kh, gint kw)
{
  put_ints (node, "kernel_shape", 2, (const gint[]){kh, kw});
  put_ints (node, "strides", 2, (const gint[]){w->stride_h, w->stride_w});
  put_ints (node, "pads", 4, (const gint[]){w->pad_top, w->pad_left, w->pad_bottom, w->pad_right});
}

static void
scale_and_zero (Onnx *o, const TfcTensor *t, Name in[2])
{
  in[0] = float_scalar (o, t->quant.scale);
  in[1] = byte_scalar (o, t->type, t->quant.zero_point);
}

static void
convolution (Onnx *o, const TfcNode *n, Name out)
{
  static const gint deep[4] = {3, 0, 1, 2};
  gboolean depth = n->op == TFC_OP_DEPTHWISE_CONV_2D, bias = n->n_in > 2 && n->in[2] != TFC_NONE;
  const TfcTensor *x = tensor (o, n->in[0]), *w = tensor (o, n->in[1]), *y = tensor (o, n->out[0]);
  Name in[9] = {value (o, n->in[0], TRUE)}, kernel = weights (o, n->in[1], depth ? deep : turned);
  gboolean q = quantised (x);
  GByteArray *node;
  if (q) {
    scale_and_zero (o, x, in + 1);
    in[3] = kernel;
    scale_and_zero (o, w, in + 4);
    scale_and_zero (o, y, in + 6);
  } else {
    in[1] = kernel;
  }
  if (bias)
    in[q ? 8 : 2] = operand_const (o, n->in[2], FALSE);
  node = begin (q ? "QLinearConv" : "Conv", NULL, out, in, (q ? 8 : 2) + bias);
  windows (node, &n->params.window, w->shape.dim[1], w->shape.dim[2]);
  put_ints (node, "dilations", 2,
            (const gint[]){n->params.window.dilation_h, n->params.window.dilation_w});
  put_int (node, "group", depth ? x->shape.dim[3] : 1);
  end (o, node);
}

static void
pad (Onnx *o, const TfcNode *n, Name out)
{
  gboolean nchw = o->nchw[n->out[0]];
  gint rank = tensor (o, n->in[0])->shape.rank, pads[2 * TFC_MAX_AXES];
  Name in[2] = {value (o, n->in[0], nchw)};
  GByteArray *node;
  for (gint i = 0; i < rank; i++) {
    gint axis = nchw ? turned[i] : i;
    pads[i] = n->params.pad.before[axis];
    pads[rank + i] = n->params.pad.after[axis];
  }
  if (o->opset > 10)
    in[1] = int64s (o, 2 * rank, pads);
  node = begin ("Pad", NULL, out, in, o->opset > 10 ? 2 : 1);
  put_string (node, "mode", "constant");
  if (o->opset <= 10)
    put_ints (node, "pads", 2 * rank, pads);
  end (o, node);
}

static void
resize (Onnx *o, const TfcNode *n, Name out)
{
  const gint32 *x = tensor (o, n->in[0])->shape.dim, *y = tensor (o, n->out[0])->shape.dim;
  const gint nothing = 0;
  Name empty = constant (o, kinds[TFC_TYPE_F32], 1, &nothing, "", 0);
  Name in[4] = {value (o, n->in[0], TRUE), empty, empty,
                int64s (o, 4, (const gint[]){x[0], x[3], y[1], y[2]})};
  GByteArray *node = begin ("Resize", NULL, out, in, 4);
  put_string (node, "mode", "linear");
  put_string (node, "coordinate_transformation_mode",
              n->params.resize.align_corners ? "align_corners"
              : n->params.resize.half_pixel  ? "half_pixel"
                                             : "asymmetric");
  end (o, node);
}

static void
concat (Onnx *o, const TfcNode *n, Name out)
{
  gboolean nchw = o->nchw[n->out[0]], q = quantised (tensor (o, n->out[0]));
  Name in[3 * TFC_MAX_NODE_INPUTS + 2];
  gint axis = n->params.axis;
  guint k = 0;
  GByteArray *node;
  if (q) {
    scale_and_zero (o, tensor (o, n->out[0]), in);
    k = 2;
  }
  for (guint i = 0; i < n->n_in; i++) {
    in[k++] = value (o, n->in[i], nchw);
    if (q)
      scale_and_zero (o, tensor (o, n->in[i]), in + k), k += 2;
  }
  node = begin (q ? "QLinearConcat" : "Concat", q ? MS : NULL, out, in, k);
  put_int (node, "axis", nchw ? straight[axis] : axis);
  end (o, node);
}

static void
reshape (Onnx *o, const TfcNode *n, Name out)
{
  const TfcShape *s = &tensor (o, n->out[0])->shape;
  Name in[2] = {value (o, n->in[0], FALSE), int64s (o, s->rank, s->dim)};
  end (o, begin ("Reshape", NULL, out, in, 2));
}

static void
slice (Onnx *o, const TfcNode *n, Name out)
{
  const TfcShape *s = &tensor (o, n->out[0])->shape;
  gint axes[TFC_MAX_AXES], stop[TFC_MAX_AXES];
  Name in[5] = {value (o, n->in[0], FALSE)};
  for (gint i = 0; i < s->rank; i++) {
    axes[i] = i;
    stop[i] = n->params.slice.begin[i] + n->params.slice.stride[i] * s->dim[i];
    stop[i] = stop[i] < 0 ? G_MININT : stop[i];
  }
  in[1] = int64s (o, s->rank, n->params.slice.begin);
  in[2] = int64s (o, s->rank, stop);
  in[3] = int64s (o, s->rank, axes);
  in[4] = int64s (o, s->rank, n->params.slice.stride);
  end (o, begin ("Slice", NULL, out, in, 5));
}

static void
sigmoid (Onnx *o, const TfcNode *n, Name out)
{
  const TfcTensor *x = tensor (o, n->in[0]);
  Name in[5] = {value (o, n->in[0], o->nchw[n->out[0]])};
  if (quantised (x)) {
    scale_and_zero (o, x, in + 1);
    scale_and_zero (o, tensor (o, n->out[0]), in + 3);
  }
  end (o, begin (quantised (x) ? "QLinearSigmoid" : "Sigmoid", quantised (x) ? MS : NULL, out, in,
                 quantised (x) ? 5 : 1));
}

static void
pool (Onnx *o, const TfcNode *n, Name out)
{
  Name in = value (o, n->in[0], TRUE);
  GByteArray *node =
      begin (n->op == TFC_OP_MAX_POOL_2D ? "MaxPool" : "AveragePool", NULL, out, &in, 1);
  windows (node, &n->params.window, n->params.window.kernel_h, n->params.window.kernel_w);
  end (o, node);
}

static void
depth_to_space (Onnx *o, const TfcNode *n, Name out)
{
  Name in = value (o, n->in[0], TRUE);
  GByteArray *node = begin ("DepthToSpace", NULL, out, &in, 1);
  put_int (node, "blocksize", n->params.block);
  end (o, node);
}

static void
turn (Onnx *o, const TfcNode *n, Name out)
{
  Name in = value (o, n->in[0], FALSE);
  GByteArray *node = begin ("Transpose", NULL, out, &in, 1);
  put_ints (node, "perm", n->params.axes.n, n->params.axes.axis);
  end (o, node);
}

static const gchar *const elementwise[TFC_N_OPS] = {
    [TFC_OP_ADD] = "Add",     [TFC_OP_SUB] = "Sub",     [TFC_OP_MUL] = "Mul",
    [TFC_OP_DIV] = "Div",     [TFC_OP_PRELU] = "PRelu", [TFC_OP_EXP] = "Exp",
    [TFC_OP_NEG] = "Neg",     [TFC_OP_SQRT] = "Sqrt",   [TFC_OP_TANH] = "Tanh",
    [TFC_OP_MAXIMUM] = "Max", [TFC_OP_MINIMUM] = "Min"};

static void
plain (Onnx *o, const TfcNode *n, Name out)
{
  Name in[2];
  for (guint i = 0; i < n->n_in; i++)
    in[i] = value (o, n->in[i], o->nchw[n->out[0]]);
  end (o, begin (elementwise[n->op], NULL, out, in, n->n_in));
}

typedef void (*Write) (Onnx *o, const TfcNode *n, Name out);

/* How each op is written; quantised: there is a form of it for 8-bit integers; spatial: in NCHW
 * always, flat: in NHWC always; neither: as its input. */
static const struct {
  Write write;
  gboolean quantised, spatial, flat;
} forms[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = {convolution, TRUE, TRUE},
    [TFC_OP_DEPTHWISE_CONV_2D] = {convolution, TRUE, TRUE},
    [TFC_OP_MAX_POOL_2D] = {pool, FALSE, TRUE},
    [TFC_OP_AVERAGE_POOL_2D] = {pool, FALSE, TRUE},
    [TFC_OP_RESIZE_BILINEAR] = {resize, FALSE, TRUE},
    [TFC_OP_DEPTH_TO_SPACE] = {depth_to_space, FALSE, TRUE},
    [TFC_OP_PAD] = {pad},
    [TFC_OP_CONCAT] = {concat, TRUE},
    [TFC_OP_SIGMOID] = {sigmoid, TRUE},
    [TFC_OP_RESHAPE] = {reshape, TRUE, FALSE, TRUE},
    [TFC_OP_SLICE] = {slice, TRUE, FALSE, TRUE},
    [TFC_OP_TRANSPOSE] = {turn, TRUE, FALSE, TRUE},
    [TFC_OP_ADD] = {plain},
    [TFC_OP_SUB] = {plain},
    [TFC_OP_MUL] = {plain},
    [TFC_OP_DIV] = {plain},
    [TFC_OP_PRELU] = {plain},
    [TFC_OP_EXP] = {plain},
    [TFC_OP_NEG] = {plain},
    [TFC_OP_SQRT] = {plain},
    [TFC_OP_TANH] = {plain},
    [TFC_OP_MAXIMUM] = {plain},
    [TFC_OP_MINIMUM] = {plain},
};

static gboolean
write_node (Onnx *o, const TfcNode *n, GError **error)
{
  const TfcTensor *y = tensor (o, n->out[0]);
  Name own = name (o, "v%u", n->out[0]);
  gboolean cut = clamps (y, &n->params.clamp);
  gint first = 0;
  if (n->op == TFC_OP_CLAMP && !quantised (y)) {
    o->nchw[n->out[0]] = o->nchw[n->in[0]];
    clip (o, value (o, n->in[0], o->nchw[n->in[0]]), own, y, &n->params.clamp);
    return TRUE;
  }
  if (!forms[n->op].write || (quantised (y) && !forms[n->op].quantised) || y->quant.n_channels) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "no ONNX form of %s on %s is known here",
                 tfc_op_name (n->op), tfc_type_name (y->type));
    return FALSE;
  }
  while (first + 1 < (gint)n->n_in && tensor (o, n->in[first])->data)
    first++;
  o->nchw[n->out[0]] =
      y->shape.rank == 4 && !forms[n->op].flat && (forms[n->op].spatial || o->nchw[n->in[first]]);
  forms[n->op].write (o, n, cut ? name (o, "%sa", own) : own);
  if (cut)
    clip (o, name (o, "%sa", own), own, y, &n->params.clamp);
  return TRUE;
}

static void
describe (Onnx *o, guint field, guint v)
{
  const TfcTensor *t = tensor (o, v);
  GByteArray *shape = g_byte_array_new (), *type = g_byte_array_new (), *kind = g_byte_array_new ();
  GByteArray *info = g_byte_array_new ();
  for (gint i = 0; i < t->shape.rank; i++) {
    GByteArray *dim = g_byte_array_new ();
    proto_int (dim, 1, t->shape.dim[o->nchw[v] ? turned[i] : i]);
    proto_message (shape, 1, dim);
  }
  proto_int (type, 1, kinds[t->type]);
  proto_message (type, 2, shape);
  proto_message (kind, 1, type);
  proto_string (info, 1, name (o, "v%u", v));
  proto_message (info, 2, kind);
  proto_message (o->body, field, info);
}

static void
import (GByteArray *model, const gchar *domain, gint version)
{
  GByteArray *set = g_byte_array_new ();
  proto_string (set, 1, domain);
  proto_int (set, 2, version);
  proto_message (model, MODEL_OPSET, set);
}

static void
choose_opset (Onnx *o)
{
  o->opset = 10;
  for (guint i = 0; i < o->graph->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (o->graph, i);
    o->microsoft |= quantised (tensor (o, n->out[0]));
    if (o->microsoft || n->op == TFC_OP_RESIZE_BILINEAR)
      o->opset = 12;
  }
}

static gboolean
write_graph (Onnx *o, GError **error)
{
  const GArray *inputs = o->graph->inputs, *outputs = o->graph->outputs;
  proto_string (o->body, GRAPH_NAME, "network");
  choose_opset (o);
  for (guint i = 0; i < inputs->len; i++) {
    guint v = g_array_index (inputs, guint, i);
    o->nchw[v] = tensor (o, v)->shape.rank == 4;
    describe (o, GRAPH_INPUT, v);
  }
  for (guint i = 0; i < o->graph->nodes->len; i++) {
    if (!write_node (o, tfc_graph_n (o->graph, i), error))
      return FALSE;
  }
  for (guint i = 0; i < outputs->len; i++)
    describe (o, GRAPH_OUTPUT, g_array_index (outputs, guint, i));
  return TRUE;
}

GByteArray *
onnx_from_graph (const TfcGraph *graph, GError **error)
{
  Onnx o = {.graph = graph,
            .body = g_byte_array_new (),
            .names = g_string_chunk_new (4096),
            .nchw = g_new0 (gboolean, graph->values->len),
            .both = g_new0 (gboolean, graph->values->len)};
  GByteArray *model = g_byte_array_new ();
  if (write_graph (&o, error)) {
    proto_int (model, MODEL_IR, 6);
    proto_string (model, MODEL_PRODUCER, "tfc-bench");
    proto_message (model, MODEL_GRAPH, g_steal_pointer (&o.body));
    import (model, "", o.opset);
    if (o.microsoft)
      import (model, MS, 1);
  } else {
    g_clear_pointer (&model, g_byte_array_unref);
  }
  g_clear_pointer (&o.body, g_byte_array_unref);
  g_string_chunk_free (o.names);
  g_free (o.nchw);
  g_free (o.both);
  return model;
}
