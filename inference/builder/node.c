/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/builder/builder.h"

#include "inference/backend.h"

/* ---- constants at once ---- */

/* Convolutions, layers, matrix products and pools take more work than they have elements: lowering
 * knows how much.
 */
static gboolean
foldable (const TfcGraph *g, const TfcNode *node)
{
  if (tfc_op_is (node->op, TFC_OP_FLAG_WEIGHTS) || tfc_op_is (node->op, TFC_OP_FLAG_WINDOW) ||
      node->op == TFC_OP_BATCH_MATMUL)
    return FALSE;
  for (guint i = 0; i < node->n_in; i++) {
    if (node->in[i] == TFC_NONE || !tfc_graph_v (g, node->in[i])->tensor.data)
      return FALSE;
  }
  return node->n_in > 0;
}

/* What running a node takes. */
typedef struct {
  gsize work, bytes; /* elements; of constants */
} Cost;

static Cost
cost_of (TfcBuilder *b, const TfcNode *node)
{
  Cost c = {0};
  for (guint i = 0; i < node->n_in; i++)
    c.work += tfc_tensor_count (tfc_builder_tensor (b, node->in[i]));
  for (guint k = 0; k < node->n_out; k++) {
    c.work += tfc_tensor_count (tfc_builder_tensor (b, node->out[k]));
    c.bytes += tfc_tensor_bytes (tfc_builder_tensor (b, node->out[k]));
  }
  return c;
}

/* Runs the node into out, whose memory is made. FALSE with an error recorded, if it must be. */
static gboolean
run_node (TfcBuilder *b, const TfcNode *node, TfcTensor *const *out)
{
  const TfcTensor *in[TFC_MAX_NODE_INPUTS] = {NULL};
  GError *error = NULL;
  for (guint i = 0; i < node->n_in; i++)
    in[i] = tfc_builder_tensor (b, node->in[i]);
  if (tfc_reference_run_node (node, in, out, &error))
    return TRUE;
  if (b->must_fold)
    tfc_builder_unsupported (b, "%s", error->message);
  g_error_free (error);
  return FALSE;
}

/* Runs the node. *done FALSE: that has to be left to others. FALSE with an error. */
static gboolean
run_now (TfcBuilder *b, const TfcNode *node, gboolean *done)
{
  TfcTensor result[TFC_MAX_NODE_OUTPUTS], *out[TFC_MAX_NODE_OUTPUTS];
  const Cost cost = cost_of (b, node);
  if (cost.work > b->work || cost.bytes > b->bytes)
    return !b->must_fold ||
           tfc_builder_bad (b, "more constants than a model of this size may make");
  b->work -= cost.work;
  for (guint k = 0; k < node->n_out; k++) {
    result[k] = *tfc_builder_tensor (b, node->out[k]);
    out[k] = &result[k];
    if (!(result[k].data = tfc_builder_alloc (b, tfc_tensor_bytes (&result[k]))))
      return FALSE;
  }
  *done = run_node (b, node, out);
  for (guint k = 0; *done && k < node->n_out; k++)
    tfc_graph_v (b->graph, node->out[k])->tensor.data = result[k].data;
  return *done || !b->must_fold;
}

/* The graph's last node, if its inputs are constant, becomes constants. */
static gboolean
fold_last (TfcBuilder *b)
{
  const guint index = b->graph->nodes->len - 1;
  const TfcNode *node = tfc_graph_n (b->graph, index);
  gboolean done = FALSE;
  if (!foldable (b->graph, node))
    return TRUE;
  if (node->op == TFC_OP_RESHAPE) {
    tfc_graph_v (b->graph, node->out[0])->tensor.data = tfc_builder_tensor (b, node->in[0])->data;
    done = TRUE;
  } else if (!run_now (b, node, &done)) {
    return FALSE;
  }
  if (done)
    g_array_set_size (b->graph->nodes, index);
  return TRUE;
}

/* ---- adding ---- */

/* Scales for each channel are as many as there are. */
static gboolean
quant_fits (TfcBuilder *b, const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  return !q->n_channels || (q->axis >= 0 && q->axis < t->shape.rank &&
                            t->shape.dim[q->axis] == (gint64)q->n_channels)
             ? TRUE
             : tfc_builder_bad (b, "a quantisation that does not fit the output's shape");
}

/* y: of the first output. */
static gboolean
append_all (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
            const TfcTensor *y, guint *out)
{
  static const TfcTensor unknown = {.shape = {.rank = -1}};
  const guint n_out = tfc_op_n_outputs (op);
  GError *error = NULL;
  out[0] = TFC_NONE;
  for (guint k = 0; k < n_out; k++)
    out[k] = tfc_graph_value (b->graph, b->name, y && k == 0 ? y : &unknown);
  guint index = tfc_graph_node (b->graph, op, params, in, n_in, out, n_out);
  if (!tfc_builder_ok (b))
    return FALSE;
  if (!tfc_infer_node (b->graph, tfc_graph_n (b->graph, index), &error)) {
    if (error->code == TFC_ERROR_UNSUPPORTED)
      tfc_builder_unsupported (b, "%s", error->message);
    else
      tfc_builder_bad (b, "%s", error->message);
    g_error_free (error);
    return FALSE;
  }
  return quant_fits (b, tfc_builder_tensor (b, out[0])) && fold_last (b);
}

static guint
append (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
        const TfcTensor *y)
{
  guint out[TFC_MAX_NODE_OUTPUTS];
  return append_all (b, op, params, in, n_in, y, out) ? out[0] : TFC_NONE;
}

static gboolean
is_narrow (const TfcTensor *t)
{
  const gboolean scaled = t->quant.scale > 0 || t->quant.n_channels > 0;
  return t->data && (t->type == TFC_TYPE_F16 ||
                     ((t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8) && scaled));
}

static guint
converted (TfcBuilder *b, guint id, TfcType type)
{
  const TfcTensor y = {.type = type, .shape = {.rank = -1}};
  const TfcParams params = tfc_params (TFC_OP_CONVERT);
  return append (b, TFC_OP_CONVERT, &params, &id, 1, &y);
}

/* As float32: one value for all who read it. */
static guint
widened (TfcBuilder *b, guint id)
{
  const gchar *name = b->name;
  gpointer wide;
  if (!b->wide)
    b->wide = g_hash_table_new (NULL, NULL);
  if (g_hash_table_lookup_extended (b->wide, GUINT_TO_POINTER (id), NULL, &wide))
    return GPOINTER_TO_UINT (wide);
  gchar *own = g_strdup (tfc_graph_v (b->graph, id)->name);
  b->name = own;
  const guint made = converted (b, id, TFC_TYPE_F32);
  b->name = name;
  g_free (own);
  g_hash_table_insert (b->wide, GUINT_TO_POINTER (id), GUINT_TO_POINTER (made));
  return made;
}

/* Constants with fewer bits than the float32 operator that they are for. */
static void
widen (TfcBuilder *b, TfcOp op, guint *in, guint n_in)
{
  gboolean real = FALSE, narrow = FALSE;
  if (op == TFC_OP_CONVERT || n_in < 2)
    return;
  for (guint i = 0; i < n_in; i++) {
    const TfcTensor *t = in[i] == TFC_NONE ? NULL : tfc_builder_tensor (b, in[i]);
    real = real || (t && !t->data && t->type == TFC_TYPE_F32);
    narrow = narrow || (t && is_narrow (t));
  }
  for (guint i = 0; real && narrow && i < n_in; i++) {
    if (in[i] != TFC_NONE && is_narrow (tfc_builder_tensor (b, in[i])))
      in[i] = widened (b, in[i]);
  }
}

/* Whether input k is of the type of the first one. */
static gboolean
is_like_first (TfcOp op, guint k)
{
  const guint16 *may = tfc_op_table[op].in;
  return k == 0 || k >= TFC_OP_IO || !may[k] || may[k] & TFC_IO_LIKE_FIRST;
}

/* int64 of an operator that does not compute with it, or beside int32, becomes int32. */
static void
narrow (TfcBuilder *b, TfcOp op, guint *in, guint n_in)
{
  gboolean some = FALSE, beside = FALSE;
  if (op == TFC_OP_CONVERT)
    return;
  for (guint i = 0; i < n_in; i++) {
    const TfcType type = in[i] == TFC_NONE ? TFC_TYPE_F32 : tfc_builder_tensor (b, in[i])->type;
    some = some || type == TFC_TYPE_I64;
    beside = beside || (type == TFC_TYPE_I32 && is_like_first (op, i));
  }
  for (guint i = 0; some && i < n_in; i++) {
    const guint may = tfc_op_table[op].in[is_like_first (op, i) ? 0 : i];
    if (in[i] != TFC_NONE && tfc_builder_tensor (b, in[i])->type == TFC_TYPE_I64 &&
        (!(may >> TFC_TYPE_I64 & 1) || (beside && is_like_first (op, i))))
      in[i] = converted (b, in[i], TFC_TYPE_I32);
  }
}

/* The first input with the output's quantisation. */
static guint
reinterpreted (TfcBuilder *b, guint id, const TfcTensor *y)
{
  const TfcParams params = tfc_params (TFC_OP_RESHAPE);
  TfcTensor desc = *tfc_builder_tensor (b, id);
  if (desc.type != y->type || !(y->quant.scale > 0) || !(desc.quant.scale > 0) ||
      desc.quant.n_channels || tfc_quant_equal (&desc.quant, &y->quant))
    return id;
  desc.quant = y->quant;
  desc.data = NULL;
  return append (b, TFC_OP_RESHAPE, &params, &id, 1, &desc);
}

gboolean
tfc_build_all (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
               const TfcTensor *y, guint *out)
{
  guint some[TFC_MAX_NODE_INPUTS];
  TfcTensor narrower;
  if (!tfc_builder_ok (b))
    return FALSE;
  if (n_in < 1 || n_in > G_N_ELEMENTS (some))
    return tfc_builder_unsupported (b, "%u inputs", n_in);
  for (guint i = 0; i < n_in; i++)
    some[i] = in[i];
  /* TFLite does not look what stored numbers stand for. */
  if (y && tfc_op_is (op, TFC_OP_FLAG_STORED) && tfc_op_is (op, TFC_OP_FLAG_SAME_QUANT) &&
      some[0] != TFC_NONE)
    some[0] = reinterpreted (b, some[0], y);
  narrow (b, op, some, n_in);
  if (y && y->type == TFC_TYPE_I64 && op != TFC_OP_CONVERT && some[0] != TFC_NONE &&
      tfc_builder_tensor (b, some[0])->type == TFC_TYPE_I32) {
    narrower = *y;
    narrower.type = TFC_TYPE_I32;
    y = &narrower;
  }
  widen (b, op, some, n_in);
  return tfc_builder_ok (b) && append_all (b, op, params, some, n_in, y, out);
}

guint
tfc_build (TfcBuilder *b, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
           const TfcTensor *y)
{
  guint out[TFC_MAX_NODE_OUTPUTS];
  return tfc_build_all (b, op, params, in, n_in, y, out) ? out[0] : TFC_NONE;
}

guint
tfc_build1 (TfcBuilder *b, TfcOp op, guint x)
{
  const TfcParams params = tfc_params (op);
  return tfc_build (b, op, &params, &x, 1, NULL);
}

guint
tfc_build2 (TfcBuilder *b, TfcOp op, guint x, guint z)
{
  const TfcParams params = tfc_params (op);
  return tfc_build (b, op, &params, (guint[]){x, z}, 2, NULL);
}
