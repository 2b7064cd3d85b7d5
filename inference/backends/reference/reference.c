/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/backends/reference/reference.h"

static const TfcRefOp *const ops[TFC_N_OPS] = {
    [TFC_OP_CONV_2D] = &tfc_ref_conv_2d,
    [TFC_OP_DEPTHWISE_CONV_2D] = &tfc_ref_depthwise_conv_2d,
    [TFC_OP_FULLY_CONNECTED] = &tfc_ref_fully_connected,
    [TFC_OP_MAX_POOL_2D] = &tfc_ref_max_pool_2d,
    [TFC_OP_AVERAGE_POOL_2D] = &tfc_ref_average_pool_2d,
    [TFC_OP_MEAN] = &tfc_ref_reduce,
    [TFC_OP_SUM] = &tfc_ref_reduce,
    [TFC_OP_PROD] = &tfc_ref_reduce,
    [TFC_OP_REDUCE_MAX] = &tfc_ref_reduce,
    [TFC_OP_REDUCE_MIN] = &tfc_ref_reduce,
    [TFC_OP_ADD] = &tfc_ref_binary,
    [TFC_OP_SUB] = &tfc_ref_binary,
    [TFC_OP_MUL] = &tfc_ref_binary,
    [TFC_OP_DIV] = &tfc_ref_binary,
    [TFC_OP_POW] = &tfc_ref_binary,
    [TFC_OP_SQUARED_DIFFERENCE] = &tfc_ref_binary,
    [TFC_OP_FLOOR_DIV] = &tfc_ref_binary,
    [TFC_OP_FLOOR_MOD] = &tfc_ref_binary,
    [TFC_OP_MAXIMUM] = &tfc_ref_binary,
    [TFC_OP_MINIMUM] = &tfc_ref_binary,
    [TFC_OP_LESS] = &tfc_ref_compare,
    [TFC_OP_LESS_EQUAL] = &tfc_ref_compare,
    [TFC_OP_GREATER] = &tfc_ref_compare,
    [TFC_OP_GREATER_EQUAL] = &tfc_ref_compare,
    [TFC_OP_EQUAL] = &tfc_ref_compare,
    [TFC_OP_NOT_EQUAL] = &tfc_ref_compare,
    [TFC_OP_LOGICAL_AND] = &tfc_ref_compare,
    [TFC_OP_LOGICAL_OR] = &tfc_ref_compare,
    [TFC_OP_SELECT] = &tfc_ref_select,
    [TFC_OP_CLAMP] = &tfc_ref_clamp,
    [TFC_OP_PRELU] = &tfc_ref_prelu,
    [TFC_OP_LEAKY_RELU] = &tfc_ref_unary,
    [TFC_OP_HARD_SWISH] = &tfc_ref_unary,
    [TFC_OP_SIGMOID] = &tfc_ref_unary,
    [TFC_OP_TANH] = &tfc_ref_unary,
    [TFC_OP_SOFTMAX] = &tfc_ref_softmax,
    [TFC_OP_EXP] = &tfc_ref_unary,
    [TFC_OP_SQRT] = &tfc_ref_unary,
    [TFC_OP_RSQRT] = &tfc_ref_unary,
    [TFC_OP_NEG] = &tfc_ref_unary,
    [TFC_OP_ABS] = &tfc_ref_unary,
    [TFC_OP_SIGN] = &tfc_ref_unary,
    [TFC_OP_FLOOR] = &tfc_ref_unary,
    [TFC_OP_CEIL] = &tfc_ref_unary,
    [TFC_OP_ROUND] = &tfc_ref_unary,
    [TFC_OP_LOG] = &tfc_ref_unary,
    [TFC_OP_SIN] = &tfc_ref_unary,
    [TFC_OP_COS] = &tfc_ref_unary,
    [TFC_OP_ELU] = &tfc_ref_unary,
    [TFC_OP_GELU] = &tfc_ref_unary,
    [TFC_OP_SQUARE] = &tfc_ref_unary,
    [TFC_OP_PAD] = &tfc_ref_pad,
    [TFC_OP_RESIZE_BILINEAR] = &tfc_ref_resize_bilinear,
    [TFC_OP_RESIZE_NEAREST] = &tfc_ref_resize_nearest,
    [TFC_OP_DEPTH_TO_SPACE] = &tfc_ref_depth_to_space,
    [TFC_OP_RESHAPE] = &tfc_ref_reshape,
    [TFC_OP_CONCAT] = &tfc_ref_concat,
    [TFC_OP_TRANSPOSE] = &tfc_ref_transpose,
    [TFC_OP_SLICE] = &tfc_ref_slice,
    [TFC_OP_ARG_MAX] = &tfc_ref_arg,
    [TFC_OP_ARG_MIN] = &tfc_ref_arg,
    [TFC_OP_CONVERT] = &tfc_ref_convert,
    [TFC_OP_LANDMARKS_TO_TRANSFORM] = &tfc_ref_landmarks_to_transform,
    [TFC_OP_TRANSFORM_TENSOR_BILINEAR] = &tfc_ref_transform_tensor,
    [TFC_OP_TRANSFORM_LANDMARKS] = &tfc_ref_transform_landmarks,
};

const TfcRefOp *
tfc_ref_op (TfcOp op)
{
  return (guint)op < TFC_N_OPS ? ops[op] : NULL;
}

gboolean
tfc_reference_run_node (const TfcNode *node, const TfcTensor *const *in, TfcTensor *const *out,
                        GError **error)
{
  const TfcRefOp *op = tfc_ref_op (node->op);
  TfcRefCall call = {node, in, out};
  if (!op || node->n_out != 1 || !op->can_run (&call)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "%s of %s to %s is not supported",
                 tfc_op_name (node->op),
                 node->n_in && in[0] ? tfc_type_name (in[0]->type) : "nothing",
                 node->n_out ? tfc_type_name (out[0]->type) : "nothing");
    return FALSE;
  }
  op->run (&call);
  return TRUE;
}

/* A bound node: its tensors stand in the state's arrays. */
typedef struct {
  const TfcRefOp *op;
  TfcRefCall call;
} Bound;

typedef struct {
  guint n;
  Bound *bound;
  TfcTensor *tensors;
  const TfcTensor **in;
  TfcTensor **out;
} State;

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  const TfcTensor *in[TFC_MAX_NODE_INPUTS] = {NULL};
  const TfcRefOp *op = tfc_ref_op (node->op);
  if (!op || node->n_out != 1 || node->n_in > TFC_MAX_NODE_INPUTS)
    return FALSE;
  for (guint i = 0; i < node->n_in; i++)
    in[i] = node->in[i] == TFC_NONE ? NULL : &tfc_graph_v (graph, node->in[i])->tensor;
  TfcTensor *out = &tfc_graph_v (graph, node->out[0])->tensor;
  TfcRefCall call = {node, in, &out};
  return op->can_run (&call);
}

static void
destroy (void *state)
{
  State *s = state;
  if (!s)
    return;
  g_free (s->bound);
  g_free (s->tensors);
  g_free (s->in);
  g_free (s->out);
  g_free (s);
}

static TfcTensor *
place_value (const TfcSegment *segment, guint id, TfcTensor *tensor)
{
  *tensor = tfc_graph_v (segment->graph, id)->tensor;
  if (!tensor->data)
    tensor->data = segment->buffer[id];
  return tensor;
}

static void
bind_nodes (State *s, const TfcSegment *segment)
{
  TfcTensor *tensor = s->tensors;
  const TfcTensor **in = s->in;
  TfcTensor **out = s->out;
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    s->bound[i] = (Bound){tfc_ref_op (node->op), {node, in, out}};
    for (guint k = 0; k < node->n_in; k++)
      *in++ = node->in[k] == TFC_NONE ? NULL : place_value (segment, node->in[k], tensor++);
    for (guint k = 0; k < node->n_out; k++)
      *out++ = place_value (segment, node->out[k], tensor++);
  }
}

static void *
prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  State *s = g_new0 (State, 1);
  gsize n_in = 1, n_out = 1; /* one more than there are: nothing is asked for 0 bytes */
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    n_in += node->n_in;
    n_out += node->n_out;
  }
  s->n = segment->n;
  s->bound = g_try_new (Bound, s->n);
  s->tensors = g_try_new (TfcTensor, n_in + n_out);
  s->in = g_try_new (const TfcTensor *, n_in);
  s->out = g_try_new (TfcTensor *, n_out);
  if (s->bound && s->tensors && s->in && s->out) {
    bind_nodes (s, segment);
    return s;
  }
  g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for %u nodes", s->n);
  destroy (s);
  return NULL;
}

static gboolean
run_node (void *state, guint i)
{
  const State *s = state;
  s->bound[i].op->run (&s->bound[i].call);
  return TRUE;
}

static gboolean
run (void *state)
{
  const State *s = state;
  for (guint i = 0; i < s->n; i++)
    run_node (state, i);
  return TRUE;
}

const TfcBackend tfc_backend_reference = {
    .name = "reference",
    .description = "Plain C loops: slow, runs everything, the measure for the others",
    .by_node = TRUE,
    .can_run = can_run,
    .prepare = prepare,
    .run = run,
    .run_node = run_node,
    .destroy = destroy,
};
