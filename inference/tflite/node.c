/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tflite/reader.h"

#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"

enum { ACT_NONE, ACT_RELU, ACT_RELU_N1_TO_1, ACT_RELU6 };

const TfcShape *
tfc_tfl_shape (const TfcTfl *l, guint id)
{
  return &tfc_graph_v (l->graph, id)->tensor.shape;
}

gint
tfc_tfl_ints (TfcTfl *l, const TfcTflNode *node, guint i, gint32 *values, gint max)
{
  const TfcTensor *desc;
  gint n;
  if (i >= node->n_in || node->in[i] == TFC_NONE)
    return -1;
  desc = &tfc_graph_v (l->graph, node->in[i])->tensor;
  if (!desc->data || (desc->type != TFC_TYPE_I32 && desc->type != TFC_TYPE_I64))
    return -1;
  n = (gint)MIN (tfc_tensor_count (desc), (gsize)max);
  for (gint k = 0; k < n; k++)
    values[k] = desc->type == TFC_TYPE_I32
                    ? ((const gint32 *)desc->data)[k]
                    : (gint32)CLAMP (((const gint64 *)desc->data)[k], G_MININT32, G_MAXINT32);
  return n;
}

gboolean
tfc_tfl_number (TfcTfl *l, const TfcTflNode *n, guint i, gdouble *number)
{
  const TfcTensor *t;
  if (i >= n->n_in || n->in[i] == TFC_NONE)
    return FALSE;
  t = &tfc_graph_v (l->graph, n->in[i])->tensor;
  if (!t->data || tfc_tensor_count (t) != 1)
    return FALSE;
  switch (t->type) {
    case TFC_TYPE_F32:
      *number = *(const gfloat *)t->data;
      return TRUE;
    case TFC_TYPE_I32:
      *number = *(const gint32 *)t->data;
      return TRUE;
    case TFC_TYPE_U8:
      *number = *(const guint8 *)t->data;
      break;
    case TFC_TYPE_I8:
      *number = *(const gint8 *)t->data;
      break;
    default:
      return FALSE;
  }
  *number = (gfloat)(*number - t->quant.zero_point) * t->quant.scale;
  return t->quant.scale > 0 && !t->quant.n_channels;
}

/* Elements that running the node takes, all of whose inputs must be constant: what may be spent on
 * constants of the graph may be spent on this one too. 0: not so; lowering, which has means of its
 * own, may do it then. */
static gsize
cost_of (const TfcTfl *l, const TfcNode *node)
{
  const TfcTensor *y = &tfc_graph_v (l->graph, node->out[0])->tensor;
  gsize work = tfc_tensor_count (y);
  for (guint i = 0; i < node->n_in; i++) {
    if (node->in[i] == TFC_NONE || !tfc_graph_v (l->graph, node->in[i])->tensor.data)
      return 0;
    work += tfc_tensor_count (&tfc_graph_v (l->graph, node->in[i])->tensor);
  }
  gboolean windows = node->op <= TFC_OP_AVERAGE_POOL_2D;
  return !windows && node->n_in > 0 && work <= l->work && tfc_tensor_bytes (y) <= l->budget ? work
                                                                                            : 0;
}

/* Runs the graph's last node now if its inputs are constant. */
static void
fold_last (TfcTfl *l)
{
  guint index = l->graph->nodes->len - 1;
  const TfcNode *node = tfc_graph_n (l->graph, index);
  const TfcTensor *in[TFC_MAX_NODE_INPUTS] = {NULL};
  TfcTensor result = tfc_graph_v (l->graph, node->out[0])->tensor, *out = &result;
  gsize work = cost_of (l, node);
  if (!work)
    return;
  for (guint i = 0; i < node->n_in; i++)
    in[i] = &tfc_graph_v (l->graph, node->in[i])->tensor;
  if (node->op == TFC_OP_RESHAPE) {
    result.data = in[0]->data;
  } else {
    l->work -= work;
    result.data = tfc_tfl_alloc (l, NULL, tfc_tensor_bytes (out));
    if (!result.data || !tfc_reference_run_node (node, in, &out, NULL))
      return;
  }
  tfc_graph_v (l->graph, node->out[0])->tensor.data = result.data;
  g_array_set_size (l->graph->nodes, index);
}

/* The node, its output's shape inferred from what is known of its inputs by now. */
static gboolean
append (TfcTfl *l, TfcOp op, const TfcParams *params, const guint *in, guint n_in, guint out)
{
  GError *error = NULL;
  guint index = tfc_graph_node (l->graph, op, params, in, n_in, &out, 1);
  if (l->graph->error)
    return FALSE;
  if (!tfc_infer_node (l->graph, tfc_graph_n (l->graph, index), &error)) {
    g_prefix_error (&error, "%s: ", l->name);
    tfc_graph_fail (l->graph, error);
    return FALSE;
  }
  fold_last (l);
  return !l->graph->error;
}

/* A constant with fewer bits than the float32 operator that it is for: halves, or quantised weights
 * beside float activations. One value for all who read it. */
static guint
widened (TfcTfl *l, guint id)
{
  TfcTensor desc = tfc_graph_v (l->graph, id)->tensor;
  TfcParams params = tfc_params (TFC_OP_CONVERT);
  gboolean scaled = desc.quant.scale > 0 || desc.quant.n_channels > 0;
  if (!desc.data || !(desc.type == TFC_TYPE_F16 ||
                      ((desc.type == TFC_TYPE_U8 || desc.type == TFC_TYPE_I8) && scaled)))
    return id;
  if (id < l->n_tensors && l->tensors[id].wide)
    return l->tensors[id].wide;
  desc = (TfcTensor){.type = TFC_TYPE_F32, .shape = {.rank = -1}};
  guint wide = tfc_graph_value (l->graph, tfc_graph_v (l->graph, id)->name, &desc);
  if (!append (l, TFC_OP_CONVERT, &params, &id, 1, wide))
    return id;
  if (id < l->n_tensors)
    l->tensors[id].wide = wide;
  return wide;
}

static void
widen (TfcTfl *l, TfcOp op, guint *in, guint n_in)
{
  if (op == TFC_OP_CONVERT || n_in < 2 || in[0] == TFC_NONE)
    return;
  gboolean is_float = FALSE;
  for (guint i = 0; i < n_in; i++) {
    const TfcTensor *t = in[i] == TFC_NONE ? NULL : &tfc_graph_v (l->graph, in[i])->tensor;
    is_float = is_float || (t && !t->data && t->type == TFC_TYPE_F32);
  }
  for (guint i = 0; is_float && i < n_in; i++)
    in[i] = in[i] == TFC_NONE ? in[i] : widened (l, in[i]);
}

static gboolean
same_quant (const TfcQuant *a, const TfcQuant *b)
{
  return a->scale == b->scale && a->zero_point == b->zero_point && a->n_channels == b->n_channels;
}

/* What these move are stored numbers, whatever they stand for in their output: TFLite does not
 * look. */
static gboolean
moves (TfcOp op)
{
  return op == TFC_OP_PAD || op == TFC_OP_RESIZE_BILINEAR || op == TFC_OP_RESIZE_NEAREST ||
         op == TFC_OP_DEPTH_TO_SPACE || op == TFC_OP_TRANSPOSE || op == TFC_OP_SLICE;
}

/* The first input with the output's quantisation. */
static gboolean
reinterpret (TfcTfl *l, TfcTflNode *n)
{
  const TfcTensor *x = &tfc_graph_v (l->graph, n->in[0])->tensor;
  const TfcTensor *y = &tfc_graph_v (l->graph, n->out[0])->tensor;
  TfcParams params = tfc_params (TFC_OP_RESHAPE);
  TfcTensor desc = *x;
  if (!moves (n->op) || x->type != y->type || !(y->quant.scale > 0) || !(x->quant.scale > 0) ||
      same_quant (&x->quant, &y->quant))
    return TRUE;
  desc.quant = y->quant;
  desc.data = NULL;
  guint id = tfc_graph_value (l->graph, tfc_graph_v (l->graph, n->in[0])->name, &desc);
  if (!append (l, TFC_OP_RESHAPE, &params, n->in, 1, id))
    return FALSE;
  n->in[0] = id;
  return TRUE;
}

gboolean
tfc_tfl_add (TfcTfl *l, TfcTflNode *n)
{
  TfcTensor *out;
  if (tfc_graph_v (l->graph, n->out[0])->tensor.data)
    return tfc_tfl_corrupt (l, n, "its output is a constant");
  if (!reinterpret (l, n))
    return FALSE;
  out = &tfc_graph_v (l->graph, n->out[0])->tensor;
  if (n->op != TFC_OP_RESHAPE && n->op != TFC_OP_SLICE)
    out->shape.rank = -1;
  TfcType type = out->type;
  widen (l, n->op, n->in, n->n_in);
  return append (l, n->op, &n->params, n->in, n->n_in, n->out[0]) &&
         (tfc_graph_v (l->graph, n->out[0])->tensor.type == type ||
          tfc_tfl_corrupt (l, n, "its output is of another type than what it computes"));
}

static guint
emit (TfcCompose *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
      const TfcTensor *desc)
{
  TfcTflCompose *t = (TfcTflCompose *)c;
  guint some[TFC_MAX_NODE_INPUTS], id;
  memcpy (some, in, n_in * sizeof *in);
  widen (t->l, op, some, n_in);
  id = tfc_graph_value (t->l->graph, tfc_graph_v (t->l->graph, t->node->out[0])->name, desc);
  if (t->l->graph->error)
    return TFC_NONE;
  return append (t->l, op, params, some, n_in, id) ? id : TFC_NONE;
}

static void
refuse (TfcCompose *c, gboolean unsupported, const gchar *why)
{
  TfcTflCompose *t = (TfcTflCompose *)c;
  (unsupported ? tfc_tfl_unsupported : tfc_tfl_corrupt) (t->l, t->node, why);
}

TfcTflCompose
tfc_tfl_compose (TfcTfl *l, TfcTflNode *n)
{
  return (TfcTflCompose){{l->graph, emit, refuse}, l, n};
}

/* The last node computes y and not x, if x is a value of ours. */
static gboolean
redirect (TfcTfl *l, guint x, guint y)
{
  TfcTensor *from = &tfc_graph_v (l->graph, x)->tensor, *to = &tfc_graph_v (l->graph, y)->tensor;
  TfcNode *last = l->graph->nodes->len ? tfc_graph_n (l->graph, l->graph->nodes->len - 1) : NULL;
  if (!last || x < l->n_tensors || last->out[0] != x || from->data)
    return FALSE;
  to->shape = from->shape;
  to->quant = from->quant;
  last->out[0] = y;
  return TRUE;
}

gboolean
tfc_tfl_give (TfcTflCompose *c, guint k, guint id)
{
  TfcTflNode *n = c->node;
  TfcTensor *x, *y;
  if (id == TFC_NONE)
    return FALSE;
  x = &tfc_graph_v (c->l->graph, id)->tensor;
  y = &tfc_graph_v (c->l->graph, n->out[k])->tensor;
  if (y->data)
    return tfc_tfl_corrupt (c->l, n, "its output is a constant");
  gboolean plain = !y->quant.scale && !y->quant.n_channels;
  if (x->type == y->type && (plain || same_quant (&x->quant, &y->quant)) &&
      redirect (c->l, id, n->out[k]))
    return TRUE;
  y->shape = x->shape;
  TfcOp op = x->type == y->type ? TFC_OP_RESHAPE : TFC_OP_CONVERT;
  TfcParams params = tfc_params (op);
  return append (c->l, op, &params, &id, 1, n->out[k]);
}

void *
tfc_tfl_constant (TfcTfl *l, const TfcTflNode *n, TfcType type, const TfcShape *shape, guint *id)
{
  TfcTensor desc = {.type = type, .shape = *shape};
  gsize count;
  if (!tfc_shape_count (shape, &count) || count > TFC_MAX_TENSOR_BYTES / 8) {
    tfc_tfl_corrupt (l, n, "too many numbers");
    return NULL;
  }
  desc.data = tfc_tfl_alloc (l, n, count * tfc_type_size (type));
  if (desc.data)
    *id = tfc_graph_value (l->graph, tfc_graph_v (l->graph, n->out[0])->name, &desc);
  return l->graph->error ? NULL : desc.data;
}

/* A value between two nodes that stand for one operator: like value id, with another shape. */
guint
tfc_tfl_between (TfcTfl *l, guint id, const TfcShape *shape)
{
  TfcTensor desc = tfc_graph_v (l->graph, id)->tensor;
  desc.data = NULL;
  desc.shape = *shape;
  return tfc_graph_value (l->graph, tfc_graph_v (l->graph, id)->name, &desc);
}

gboolean
tfc_tfl_activation (TfcTfl *l, TfcTflNode *n, guint field)
{
  static const TfcClamp clamps[] = {
      [ACT_RELU] = {0, G_MAXFLOAT}, [ACT_RELU_N1_TO_1] = {-1, 1}, [ACT_RELU6] = {0, 6}};
  gint kind = tfc_fb_i8 (&l->fb, n->options, field, ACT_NONE);
  if (kind < 0 || kind >= (gint)G_N_ELEMENTS (clamps))
    return tfc_tfl_unsupported (l, n, "its fused activation is not supported");
  if (kind != ACT_NONE)
    n->params.clamp = clamps[kind];
  return TRUE;
}
