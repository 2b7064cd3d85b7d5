/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "inference/tfjs/reader.h"

#include <math.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"

static gboolean
fail_node (TfjsCall *c, TfcErrorCode code, const gchar *format, va_list args)
{
  gchar what[TFJS_MAX_MESSAGE];
  g_vsnprintf (what, sizeof what, format, args);
  return tfjs_fail (c->l, code, "%.*s node %.*s: %s", TFC_MAX_NAME, c->node->op, TFC_MAX_NAME,
                    c->node->name, what);
}

gboolean
tfjs_bad (TfjsCall *c, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  fail_node (c, TFC_ERROR_FORMAT, format, args);
  va_end (args);
  return FALSE;
}

gboolean
tfjs_unsupported (TfjsCall *c, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  fail_node (c, TFC_ERROR_UNSUPPORTED, format, args);
  va_end (args);
  return FALSE;
}

gboolean
tfjs_give (TfjsCall *c, const TfjsValue *value)
{
  g_array_append_val (c->out, *value);
  return TRUE;
}

gboolean
tfjs_give_id (TfjsCall *c, guint id)
{
  TfjsValue value = {.kind = TFJS_TENSOR, .id = id};
  return id != TFC_NONE && tfjs_give (c, &value);
}

const TfcTensor *
tfjs_desc (TfjsCall *c, guint id)
{
  return &tfc_graph_v (c->l->graph, id)->tensor;
}

/* The picture has got its size: it is the network's input from here on. */
static guint
picture_input (TfjsCall *c, const TfjsValue *v)
{
  TfjsLoad *l = c->l;
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = v->shape};
  const gchar *name = l->nodes[v->id].name;
  gsize count;
  if (!tfc_shape_count (&v->shape, &count)) {
    tfjs_unsupported (c, "works on pictures of any size; one resized to a fixed size is needed");
    return TFC_NONE;
  }
  if (v->type != TFC_TYPE_F32) {
    tfjs_unsupported (c, "computes with a picture of %s", tfc_type_name (v->type));
    return TFC_NONE;
  }
  if (l->picture == TFC_NONE) {
    if (l->graph->inputs->len) {
      tfjs_unsupported (c, "a picture besides another input");
      return TFC_NONE;
    }
    l->picture = tfc_graph_value (l->graph, name, &desc);
    l->picture_node = v->id;
    tfc_graph_input (l->graph, l->picture);
    l->graph->picture = (TfcPictureInput){TRUE, 1, 0};
    return l->picture;
  }
  if (l->picture_node != v->id || tfc_tensor_count (tfjs_desc (c, l->picture)) != count) {
    tfjs_unsupported (c, "takes the picture a second time in another size");
    return TFC_NONE;
  }
  return tfjs_reshape (c, l->picture, &v->shape);
}

guint
tfjs_value_tensor (TfjsCall *c, const TfjsValue *v)
{
  switch (v->kind) {
    case TFJS_TENSOR:
      return v->id;
    case TFJS_WEIGHT:
      return tfjs_weight (c->l, v->id, TFJS_PLAIN);
    case TFJS_PICTURE:
      return picture_input (c, v);
    case TFJS_SIZES:
      tfjs_unsupported (c, "depends on the size of the picture");
      return TFC_NONE;
    default:
      tfjs_bad (c, "takes what is no tensor");
      return TFC_NONE;
  }
}

guint
tfjs_tensor (TfjsCall *c, guint k)
{
  if (k < c->n_in)
    return tfjs_value_tensor (c, &c->in[k]);
  tfjs_bad (c, "input %u is missing", k);
  return TFC_NONE;
}

gboolean
tfjs_ints (TfjsCall *c, guint k, gint32 *list, guint max, guint *n)
{
  guint id = tfjs_tensor (c, k);
  if (id == TFC_NONE)
    return FALSE;
  const TfcTensor *t = tfjs_desc (c, id);
  gsize count = tfc_tensor_count (t);
  if (!t->data)
    return tfjs_unsupported (c, "input %u is not known before the network runs", k);
  if (t->type != TFC_TYPE_I32 || count > max)
    return tfjs_bad (c, "input %u is %" G_GSIZE_FORMAT " numbers of %s", k, count,
                     tfc_type_name (t->type));
  if (count)
    memcpy (list, t->data, count * sizeof (gint32));
  *n = (guint)count;
  return TRUE;
}

gboolean
tfjs_int (TfjsCall *c, guint k, gint32 *number)
{
  guint n = 0;
  return tfjs_ints (c, k, number, 1, &n) && (n == 1 || tfjs_bad (c, "input %u is no number", k));
}

gboolean
tfjs_axis (TfjsCall *c, gint32 *axis, gint rank)
{
  if (*axis < -rank || *axis >= rank)
    return tfjs_bad (c, "axis %d of %d dimensions", *axis, rank);
  *axis += *axis < 0 ? rank : 0;
  return TRUE;
}

guint
tfjs_alloc (TfjsCall *c, TfcType type, const TfcShape *shape, void **data)
{
  TfcTensor desc = {.type = type, .shape = *shape};
  gsize count;
  if (!tfc_shape_count (shape, &count) || count > c->l->budget / tfc_type_size (type) ||
      count > c->l->work) {
    tfjs_bad (c, "more constants than a model of this size may make");
    return TFC_NONE;
  }
  c->l->budget -= count * tfc_type_size (type);
  c->l->work -= count;
  desc.data = *data = tfc_graph_alloc (c->l->graph, count * tfc_type_size (type));
  if (!desc.data) {
    tfjs_fail (c->l, TFC_ERROR_MEMORY, "no memory for a constant");
    return TFC_NONE;
  }
  return tfc_graph_value (c->l->graph, c->node->name, &desc);
}

guint
tfjs_const (TfjsCall *c, TfcType type, const TfcShape *shape, const void *data)
{
  void *to = NULL;
  guint id = tfjs_alloc (c, type, shape, &to);
  if (id != TFC_NONE)
    memcpy (to, data, tfc_tensor_bytes (tfjs_desc (c, id)));
  return id;
}

/* Runs the node, the graph's last, now. */
static gboolean
compute (TfjsCall *c, const TfcNode *node)
{
  TfcGraph *g = c->l->graph;
  const TfcTensor *in[TFC_MAX_NODE_INPUTS];
  TfcTensor *out = &tfc_graph_v (g, node->out[0])->tensor;
  gsize bytes = tfc_tensor_bytes (out), count = tfc_tensor_count (out);
  GError *error = NULL;
  for (guint i = 0; i < node->n_in; i++) {
    in[i] = &tfc_graph_v (g, node->in[i])->tensor;
    count += tfc_tensor_count (in[i]);
  }
  if (node->op == TFC_OP_RESHAPE) {
    out->data = in[0]->data;
    return TRUE;
  }
  if (bytes > c->l->budget || count > c->l->work)
    return tfjs_bad (c, "more constants than a model of this size may make");
  c->l->budget -= bytes;
  c->l->work -= count;
  void *data = tfc_graph_alloc (g, bytes);
  if (!data)
    return tfjs_fail (c->l, TFC_ERROR_MEMORY, "no memory for a constant");
  TfcTensor result = *out, *results[] = {&result};
  result.data = data;
  if (!tfc_reference_run_node (node, in, results, &error)) {
    tfjs_unsupported (c, "%s", error->message);
    g_error_free (error);
    return FALSE;
  }
  tfc_graph_v (g, node->out[0])->tensor.data = data;
  return TRUE;
}

static gboolean
foldable (const TfcGraph *g, const TfcNode *node)
{
  if (node->op <= TFC_OP_FULLY_CONNECTED) /* lowering's: it knows what they cost */
    return FALSE;
  for (guint i = 0; i < node->n_in; i++) {
    if (!tfc_graph_v (g, node->in[i])->tensor.data)
      return FALSE;
  }
  return TRUE;
}

static guint
emit (TfjsCall *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
      const TfcTensor *desc)
{
  TfcGraph *g = c->l->graph;
  GError *error = NULL;
  for (guint i = 0; i < n_in; i++) {
    if (in[i] == TFC_NONE)
      return TFC_NONE;
  }
  guint out = tfc_graph_value (g, c->node->name, desc);
  guint index = tfc_graph_node (g, op, params, in, n_in, &out, 1);
  if (g->error) {
    tfjs_bad (c, "%s", g->error->message);
    return TFC_NONE;
  }
  if (!tfc_infer_node (g, tfc_graph_n (g, index), &error)) {
    tfjs_fail (c->l, error->code, "%s node %s: %s", c->node->op, c->node->name, error->message);
    g_error_free (error);
    return TFC_NONE;
  }
  if (!foldable (g, tfc_graph_n (g, index)))
    return out;
  gboolean done = compute (c, tfc_graph_n (g, index));
  g_array_set_size (g->nodes, index);
  return done ? out : TFC_NONE;
}

guint
tfjs_emit (TfjsCall *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in)
{
  return emit (c, op, params, in, n_in, &(TfcTensor){.shape = {.rank = -1}});
}

guint
tfjs_emit1 (TfjsCall *c, TfcOp op, const TfcParams *params, guint x)
{
  TfcParams plain = tfc_params (op);
  return tfjs_emit (c, op, params ? params : &plain, &x, 1);
}

guint
tfjs_emit2 (TfjsCall *c, TfcOp op, guint a, guint b)
{
  TfcParams plain = tfc_params (op);
  return tfjs_emit (c, op, &plain, (guint[]){a, b}, 2);
}

static guint
emit_part (TfcCompose *c, TfcOp op, const TfcParams *params, const guint *in, guint n_in,
           const TfcTensor *desc)
{
  return emit (((TfjsCompose *)c)->call, op, params, in, n_in, desc);
}

static void
refuse (TfcCompose *c, gboolean unsupported, const gchar *why)
{
  (unsupported ? tfjs_unsupported : tfjs_bad) (((TfjsCompose *)c)->call, "%s", why);
}

TfjsCompose
tfjs_compose (TfjsCall *c)
{
  return (TfjsCompose){{c->l->graph, emit_part, refuse}, c};
}

guint
tfjs_reshape (TfjsCall *c, guint x, const TfcShape *shape)
{
  TfjsCompose p = tfjs_compose (c);
  return tfc_compose_reshape (&p.base, x, shape);
}

guint
tfjs_slice (TfjsCall *c, guint x, const TfcParams *params, const TfcShape *shape)
{
  TfjsCompose p = tfjs_compose (c);
  return tfc_compose_slice (&p.base, x, params, shape);
}

guint
tfjs_concat (TfjsCall *c, const guint *in, guint n_in, gint axis)
{
  TfjsCompose p = tfjs_compose (c);
  return tfc_compose_concat (&p.base, in, n_in, axis);
}

/* Batch norm as a factor and a summand a channel, computed in double. */
guint
tfjs_scale_channels (TfjsCall *c, guint x, const guint bn[4], gfloat epsilon)
{
  const gfloat *v[4];
  void *factor = NULL, *sum = NULL;
  if (x == TFC_NONE)
    return x;
  const TfcShape *xs = &tfjs_desc (c, x)->shape;
  gint channels = xs->rank > 0 ? xs->dim[xs->rank - 1] : 0;
  TfcShape shape = tfc_shape (1, channels);
  for (guint k = 0; k < 4; k++) {
    const TfcTensor *t = bn[k] == TFC_NONE ? NULL : tfjs_desc (c, bn[k]);
    if (!t)
      return TFC_NONE;
    if (!t->data || t->type != TFC_TYPE_F32 || tfc_tensor_count (t) != (gsize)channels) {
      tfjs_unsupported (c, "batch norm with statistics that are not a constant a channel");
      return TFC_NONE;
    }
    v[k] = t->data;
  }
  guint f_id = tfjs_alloc (c, TFC_TYPE_F32, &shape, &factor);
  guint s_id = f_id == TFC_NONE ? TFC_NONE : tfjs_alloc (c, TFC_TYPE_F32, &shape, &sum);
  if (s_id == TFC_NONE)
    return TFC_NONE;
  for (gint i = 0; i < channels; i++) {
    gdouble f = v[0][i] / sqrt ((gdouble)v[3][i] + epsilon);
    ((gfloat *)factor)[i] = (gfloat)f;
    ((gfloat *)sum)[i] = (gfloat)(v[1][i] - v[2][i] * f);
  }
  return tfjs_emit2 (c, TFC_OP_ADD, tfjs_emit2 (c, TFC_OP_MUL, x, f_id), s_id);
}

guint
tfjs_emit_as (TfjsCall *c, TfcOp op, const TfcParams *params, guint x, TfcType type)
{
  return emit (c, op, params, &x, 1, &(TfcTensor){.type = type, .shape = {.rank = -1}});
}
