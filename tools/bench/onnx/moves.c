/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/forms.h"

#include <string.h>

static void
pad (Onnx *o, const TfcNode *n, Name out)
{
  gboolean nchw = o->nchw[n->out[0]];
  gint rank = onnx_tensor (o, n->in[0])->shape.rank, pads[2 * TFC_MAX_AXES];
  Name in[3] = {onnx_value (o, n->in[0], nchw)};
  GByteArray *node;
  for (gint i = 0; i < rank; i++) {
    gint axis = nchw ? onnx_turned[i] : i;
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
concat (Onnx *o, const TfcNode *n, Name out)
{
  gboolean nchw = o->nchw[n->out[0]], q = onnx_quantised (onnx_tensor (o, n->out[0]));
  Name in[3 * TFC_MAX_NODE_INPUTS + 2];
  gint axis = n->params.axis;
  guint k = 0;
  GByteArray *node;
  if (q) {
    onnx_scale_and_zero (o, onnx_tensor (o, n->out[0]), in);
    k = 2;
  }
  for (guint i = 0; i < n->n_in; i++) {
    in[k++] = onnx_value (o, n->in[i], nchw);
    if (q)
      onnx_scale_and_zero (o, onnx_tensor (o, n->in[i]), in + k), k += 2;
  }
  node = begin (q ? "QLinearConcat" : "Concat", q ? ONNX_MS : NULL, out, in, k);
  put_int (node, "axis", nchw ? onnx_straight[axis] : axis);
  end (o, node);
}

static void
reshape (Onnx *o, const TfcNode *n, Name out)
{
  const TfcShape *s = &onnx_tensor (o, n->out[0])->shape;
  Name in[2] = {onnx_value (o, n->in[0], FALSE), int64s (o, s->rank, s->dim)};
  end (o, begin ("Reshape", NULL, out, in, 2));
}

static void
slice (Onnx *o, const TfcNode *n, Name out)
{
  const TfcShape *s = &onnx_tensor (o, n->out[0])->shape;
  gint axes[TFC_MAX_AXES], stop[TFC_MAX_AXES];
  Name in[5] = {onnx_value (o, n->in[0], FALSE)};
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
depth_to_space (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], TRUE);
  GByteArray *node = begin ("DepthToSpace", NULL, out, &in, 1);
  put_int (node, "blocksize", n->params.block);
  end (o, node);
}

static void
turn (Onnx *o, const TfcNode *n, Name out)
{
  Name in = onnx_value (o, n->in[0], FALSE);
  GByteArray *node = begin ("Transpose", NULL, out, &in, 1);
  put_ints (node, "perm", n->params.axes.n, n->params.axes.axis);
  end (o, node);
}

/* Indices are int64 there. */
static Name
indices (Onnx *o, guint v)
{
  Name in = onnx_value (o, v, FALSE), out = name (o, "i%u", o->n_names++);
  GByteArray *node = begin ("Cast", NULL, out, &in, 1);
  put_int (node, "to", ONNX_INT64);
  end (o, node);
  return out;
}

static void
gather (Onnx *o, const TfcNode *n, Name out)
{
  Name in[2] = {onnx_value (o, n->in[0], FALSE), indices (o, n->in[1])};
  GByteArray *node = begin (n->op == TFC_OP_GATHER ? "Gather" : "GatherND", NULL, out, in, 2);
  if (n->op == TFC_OP_GATHER)
    put_int (node, "axis", n->params.gather.axis);
  end (o, node);
}

OnnxForm
onnx_form_move (TfcOp op)
{
  static const OnnxForm forms[TFC_N_OPS] = {
      [TFC_OP_PAD] = {pad},
      [TFC_OP_CONCAT] = {concat, TRUE},
      [TFC_OP_RESHAPE] = {reshape, TRUE, FALSE, TRUE},
      [TFC_OP_SLICE] = {slice, TRUE, FALSE, TRUE},
      [TFC_OP_TRANSPOSE] = {turn, TRUE, FALSE, TRUE},
      [TFC_OP_DEPTH_TO_SPACE] = {depth_to_space, FALSE, TRUE},
      [TFC_OP_GATHER] = {gather, TRUE, FALSE, TRUE, TRUE},
      [TFC_OP_GATHER_ND] = {gather, TRUE, FALSE, TRUE, TRUE},
  };
  return forms[op];
}
