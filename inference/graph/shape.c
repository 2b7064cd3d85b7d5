/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What holds for every op; the rule of each is in shape_rules.c. */
#include "inference/graph/shape_rules.h"

#include <stdarg.h>

gboolean
tfc_infer_bad (const TfcInfer *c, TfcErrorCode code, const gchar *format, ...)
{
  const TfcNode *node = c->node;
  const gchar *name = node->n_out ? tfc_graph_v (c->graph, node->out[0])->name : NULL;
  va_list args;
  va_start (args, format);
  gchar *what = g_strdup_vprintf (format, args);
  va_end (args);
  if (name && *name)
    g_set_error (c->error, TFC_ERROR, code, "%s computing %s: %s", tfc_op_name (node->op), name,
                 what);
  else
    g_set_error (c->error, TFC_ERROR, code, "%s computing value %u: %s", tfc_op_name (node->op),
                 node->n_out ? node->out[0] : 0, what);
  g_free (what);
  return FALSE;
}

static gboolean
gather (TfcInfer *c)
{
  const TfcNode *node = c->node;
  guint required =
      node->op == TFC_OP_CONCAT ? MAX (node->n_in, 1) : tfc_infer_rules[node->op].required;
  if (node->n_out != 1 || node->n_in < required || node->n_in > tfc_infer_rules[node->op].max_in)
    return BAD (c, "%u inputs, %u outputs", node->n_in, node->n_out);
  for (guint k = 0; k < node->n_in; k++) {
    if (k < required && node->in[k] == TFC_NONE)
      return BAD (c, "input %u is missing", k);
    c->in[k] = node->in[k] == TFC_NONE ? NULL : &tfc_graph_v (c->graph, node->in[k])->tensor;
    if (c->in[k] && tfc_tensor_count (c->in[k]) == 0)
      return BAD (c, "input %u is empty", k);
  }
  c->out = &tfc_graph_v (c->graph, node->out[0])->tensor;
  return TRUE;
}

static gboolean
is_byte (const TfcTensor *t)
{
  return t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8;
}

static gboolean
quantised (const TfcTensor *t)
{
  return t->quant.scale > 0 || t->quant.n_channels > 0;
}

static gboolean
check_inputs (const TfcInfer *c)
{
  const TfcNode *node = c->node;
  guint flags = tfc_infer_rules[node->op].flags;
  const TfcTensor *x = c->in[0];
  gboolean weighted = node->op <= TFC_OP_FULLY_CONNECTED;

  if (!(flags & TFC_INFER_ANY) && x->type != TFC_TYPE_F32 &&
      !(is_byte (x) && !(flags & (TFC_INFER_FLOAT | TFC_INFER_NO_BYTES))) &&
      !(x->type == TFC_TYPE_I32 && (flags & TFC_INFER_INTEGERS)))
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with elements of %s", tfc_type_name (x->type));
  gboolean third = weighted || node->op == TFC_OP_SELECT; /* of a type of its own */
  for (guint k = 0; k < node->n_in && !(third && k == 2); k++) {
    const TfcTensor *t = c->in[k];
    if (t->type != x->type)
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "inputs of %s and %s",
                            tfc_type_name (x->type), tfc_type_name (t->type));
    if (!(flags & TFC_INFER_ANY) && is_byte (t) &&
        !(weighted && k == 1 ? quantised (t) : t->quant.scale > 0))
      return BAD (c, "input %u has no quantisation", k);
  }
  if (!(node->params.clamp.min <= node->params.clamp.max))
    return BAD (c, "impossible activation range");
  return TRUE;
}

static gboolean
same_quant (const TfcTensor *a, const TfcTensor *b)
{
  return !is_byte (a) ||
         (a->quant.scale == b->quant.scale && a->quant.zero_point == b->quant.zero_point &&
          a->quant.n_channels == b->quant.n_channels);
}

static gboolean
settle_type (const TfcInfer *c)
{
  const TfcTensor *x = c->in[0];
  TfcTensor *y = c->out;
  guint flags = tfc_infer_rules[c->node->op].flags;

  if (flags & TFC_INFER_MIXED)
    return TRUE;
  if (y->shape.rank < 0 && y->type == TFC_TYPE_F32 && !quantised (y)) {
    y->type = x->type;
    y->quant = x->quant;
  }
  if (y->type != x->type)
    return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "%s out of %s", tfc_type_name (y->type),
                          tfc_type_name (x->type));
  if (flags & (TFC_INFER_SAME_QUANT | TFC_INFER_STORED)) {
    if (!quantised (y))
      y->quant = x->quant;
    else if (!(flags & TFC_INFER_STORED) && !same_quant (x, y))
      return tfc_infer_bad (c, TFC_ERROR_UNSUPPORTED, "with a change of quantisation");
  } else if (is_byte (y) && y->quant.scale <= 0 && !(flags & TFC_INFER_ANY)) {
    return BAD (c, "the output has no quantisation");
  }
  return TRUE;
}

static gboolean
settle_shape (TfcInfer *c)
{
  TfcShape *y = &c->out->shape;
  gchar was[96], is[96];
  gsize count;

  if (!tfc_shape_count (&c->shape, &count) || count == 0 ||
      count > TFC_MAX_TENSOR_BYTES / tfc_type_size (c->out->type))
    return BAD (c, "impossible size %s", tfc_shape_print (&c->shape, is));
  gboolean fits = y->rank < 0 || y->rank == c->shape.rank;
  for (gint i = 0; fits && i < y->rank; i++)
    fits = y->dim[i] == -1 || y->dim[i] == c->shape.dim[i];
  if (!fits)
    return BAD (c, "shape %s, declared as %s", tfc_shape_print (&c->shape, is),
                tfc_shape_print (y, was));
  *y = c->shape;
  return TRUE;
}

gboolean
tfc_infer_node (TfcGraph *graph, TfcNode *node, GError **error)
{
  TfcInfer c = {.graph = graph, .node = node, .error = error};
  return gather (&c) && check_inputs (&c) && tfc_infer_rules[node->op].infer (&c) &&
         settle_type (&c) && settle_shape (&c);
}
