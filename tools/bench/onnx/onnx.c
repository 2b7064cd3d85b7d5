/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/onnx/onnx.h"

#include <math.h>

#include "tools/bench/onnx/forms.h"
#include "tools/bench/onnx/proto.h"

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
  if (!onnx_quantised (t))
    return c->min > -G_MAXFLOAT || c->max < G_MAXFLOAT;
  return steps (t, c->min) > low || steps (t, c->max) < low + 255;
}

static void
clip (Onnx *o, Name from, Name to, const TfcTensor *t, const TfcClamp *c)
{
  gboolean relu = !onnx_quantised (t) && c->min == 0 && c->max >= G_MAXFLOAT;
  Name in[3] = {from};
  gboolean inputs = o->opset > 10 && !relu;
  GByteArray *node;
  if (inputs) {
    in[1] = onnx_quantised (t) ? onnx_byte (o, t->type, steps (t, c->min)) : onnx_float (o, c->min);
    in[2] = onnx_quantised (t) ? onnx_byte (o, t->type, steps (t, c->max)) : onnx_float (o, c->max);
  }
  node = begin (relu ? "Relu" : "Clip", NULL, to, in, inputs ? 3 : 1);
  if (!relu && !inputs) {
    put_float (node, "min", c->min);
    put_float (node, "max", c->max);
  }
  end (o, node);
}

static OnnxForm
form_of (TfcOp op)
{
  const OnnxForm all[] = {onnx_form_layer (op), onnx_form_move (op), onnx_form_element (op)};
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    if (all[i].write)
      return all[i];
  }
  return all[0];
}

/* By float32 where there is no form for 8 bits, for the peer to join. */
static void
write_real (Onnx *o, const TfcNode *n, const OnnxForm *form, Name out)
{
  const TfcTensor *y = onnx_tensor (o, n->out[0]);
  Name in[3] = {onnx_quantised (y) ? name (o, "%sf", out) : out};
  o->real = TRUE;
  form->write (o, n, in[0]);
  o->real = FALSE;
  if (onnx_quantised (y)) {
    onnx_scale_and_zero (o, y, in + 1);
    onnx_node (o, "QuantizeLinear", NULL, out, in, 3);
  }
}

/* Pictures, and all that is computed with them: what is no picture cannot be turned. */
static gboolean
goes_turned (const Onnx *o, const TfcNode *n, const OnnxForm *form)
{
  guint first = 0;
  if (onnx_tensor (o, n->out[0])->shape.rank != 4 || form->flat)
    return FALSE;
  for (guint i = 0; i < n->n_in; i++) {
    if (n->in[i] != TFC_NONE && !onnx_tensor (o, n->in[i])->data &&
        onnx_tensor (o, n->in[i])->shape.rank != 4)
      return FALSE;
  }
  while (first + 1 < n->n_in && onnx_tensor (o, n->in[first])->data)
    first++;
  return form->spatial || o->nchw[n->in[first]];
}

static gboolean
write_node (Onnx *o, const TfcNode *n, GError **error)
{
  const TfcTensor *y = onnx_tensor (o, n->out[0]);
  Name own = name (o, "v%u", n->out[0]);
  gboolean cut = clamps (y, &n->params.clamp);
  const OnnxForm form = form_of (n->op);
  if (n->op == TFC_OP_CLAMP && !onnx_quantised (y)) {
    o->nchw[n->out[0]] = o->nchw[n->in[0]];
    clip (o, onnx_value (o, n->in[0], o->nchw[n->in[0]]), own, y, &n->params.clamp);
    return TRUE;
  }
  if (!form.write || !onnx_kinds[y->type] || y->quant.n_channels ||
      (n->n_out > 1 && n->op != TFC_OP_TOP_K)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "no ONNX form of %s on %s is known here",
                 tfc_op_name (n->op), tfc_type_name (y->type));
    return FALSE;
  }
  o->nchw[n->out[0]] = goes_turned (o, n, &form);
  if (form.quantised || !(onnx_quantised (y) || onnx_quantised (onnx_tensor (o, n->in[0]))))
    form.write (o, n, cut ? name (o, "%sa", own) : own);
  else
    write_real (o, n, &form, cut ? name (o, "%sa", own) : own);
  if (cut)
    clip (o, name (o, "%sa", own), own, y, &n->params.clamp);
  return TRUE;
}

static void
describe (Onnx *o, guint field, guint v)
{
  const TfcTensor *t = onnx_tensor (o, v);
  GByteArray *shape = g_byte_array_new (), *type = g_byte_array_new (), *kind = g_byte_array_new ();
  GByteArray *info = g_byte_array_new ();
  for (gint i = 0; i < t->shape.rank; i++) {
    GByteArray *dim = g_byte_array_new ();
    proto_int (dim, 1, t->shape.dim[o->nchw[v] ? onnx_turned[i] : i]);
    proto_message (shape, 1, dim);
  }
  proto_int (type, 1, onnx_kinds[t->type]);
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
    o->microsoft |= onnx_quantised (onnx_tensor (o, n->out[0]));
    if (o->microsoft || form_of (n->op).newer)
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
    o->nchw[v] = onnx_tensor (o, v)->shape.rank == 4;
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
      import (model, ONNX_MS, 1);
  } else {
    g_clear_pointer (&model, g_byte_array_unref);
  }
  g_clear_pointer (&o.body, g_byte_array_unref);
  g_string_chunk_free (o.names);
  g_free (o.nchw);
  g_free (o.both);
  return model;
}
