/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc_graph_check: soundness first (ids, producers, cycles), then shapes (shape.c). */
#include "inference/graph/def_use.h"

#include <math.h>
#include <string.h>

static gboolean bad (GError **error, const gchar *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
bad (GError **error, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (TFC_ERROR, TFC_ERROR_FORMAT, format, args));
  va_end (args);
  return FALSE;
}

static const gchar *
value_name (const TfcGraph *g, guint id, gchar buf[24])
{
  const gchar *name = tfc_graph_v (g, id)->name;
  g_snprintf (buf, 24, "value %u", id);
  return name && *name ? name : buf;
}

static gboolean
quant_ok (const TfcTensor *t)
{
  const TfcQuant *q = &t->quant;
  gint64 lo = t->type == TFC_TYPE_I8 ? -128 : 0, hi = t->type == TFC_TYPE_I8 ? 127 : 255;
  if (!isfinite (q->scale) || q->scale < 0)
    return FALSE;
  if ((t->type == TFC_TYPE_U8 || t->type == TFC_TYPE_I8) &&
      (q->zero_point < lo || q->zero_point > hi))
    return FALSE;
  if (q->n_channels == 0)
    return TRUE;
  if (!q->scales || q->axis < 0 || q->axis >= t->shape.rank ||
      t->shape.dim[q->axis] != (gint64)q->n_channels)
    return FALSE;
  for (guint i = 0; i < q->n_channels; i++) {
    if (!isfinite (q->scales[i]) || q->scales[i] < 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_value (const TfcGraph *g, guint id, GError **error)
{
  const TfcTensor *t = &tfc_graph_v (g, id)->tensor;
  gchar buf[24];
  gsize count;

  if ((guint)t->type >= TFC_N_TYPES)
    return bad (error, "%s: unknown element type", value_name (g, id, buf));
  if (t->shape.rank < -1 || t->shape.rank > TFC_MAX_RANK)
    return bad (error, "%s: rank %d", value_name (g, id, buf), t->shape.rank);
  for (gint i = 0; i < t->shape.rank; i++) {
    if (t->shape.dim[i] < -1)
      return bad (error, "%s: dimension %d", value_name (g, id, buf), t->shape.dim[i]);
  }
  if (!quant_ok (t))
    return bad (error, "%s: impossible quantisation", value_name (g, id, buf));
  if (t->turned && (t->type != TFC_TYPE_F32 || t->shape.rank < 2))
    return bad (error, "%s: weights that cannot be turned", value_name (g, id, buf));
  if (t->data && (t->shape.rank < 0 || !tfc_shape_count (&t->shape, &count) ||
                  count > TFC_MAX_TENSOR_BYTES / tfc_type_size (t->type)))
    return bad (error, "%s: a constant of impossible size", value_name (g, id, buf));
  return TRUE;
}

static gboolean
check_ids (const TfcGraph *g, const guint *ids, guint n, gboolean optional, const gchar *what,
           GError **error)
{
  for (guint i = 0; i < n; i++) {
    if (ids[i] >= g->values->len && !(optional && ids[i] == TFC_NONE))
      return bad (error, "%s refers to value %u of %u", what, ids[i], g->values->len);
  }
  return TRUE;
}

static gboolean
check_range (const TfcGraph *g, GError **error)
{
  guint n_in = 0;
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    const gchar *name = tfc_op_name (node->op);
    if ((guint)node->op >= TFC_N_OPS)
      return bad (error, "node %u: unknown op %d", i, (gint)node->op);
    if (!check_ids (g, node->in, node->n_in, TRUE, name, error) ||
        !check_ids (g, node->out, node->n_out, FALSE, name, error))
      return FALSE;
    n_in += node->n_in;
    if (n_in > TFC_MAX_INPUTS)
      return bad (error, "the nodes have more than %d inputs together", TFC_MAX_INPUTS);
  }
  if (g->outputs->len == 0)
    return bad (error, "the network has no output");
  return check_ids (g, (guint *)(gpointer)g->inputs->data, g->inputs->len, FALSE, "the input list",
                    error) &&
         check_ids (g, (guint *)(gpointer)g->outputs->data, g->outputs->len, FALSE,
                    "the output list", error) &&
         (!g->tail ||
          check_ids (g, g->tail->consts, g->tail->n_consts, FALSE, "the post-processing", error));
}

/* Turned constants are weights, and nothing else. */
static gboolean
check_turned (const TfcGraph *g, GError **error)
{
  gchar buf[24];
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    const gboolean takes = tfc_op_is (node->op, TFC_OP_FLAG_GEMM);
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE && tfc_graph_v (g, node->in[k])->tensor.turned &&
          !(takes && k == 1))
        return bad (error, "%s takes %s, which is turned", tfc_op_name (node->op),
                    value_name (g, node->in[k], buf));
    }
  }
  for (guint i = 0; i < g->outputs->len; i++) {
    guint v = g_array_index (g->outputs, guint, i);
    if (tfc_graph_v (g, v)->tensor.turned)
      return bad (error, "output %s is turned", value_name (g, v, buf));
  }
  return TRUE;
}

/* Each value has one source: the caller, its constant bytes, or one node. */
static gboolean
mark_sources (const TfcGraph *g, guint8 *has_source, GError **error)
{
  gchar buf[24];
  for (guint v = 0; v < g->values->len; v++)
    has_source[v] = tfc_graph_v (g, v)->tensor.data != NULL;
  for (guint i = 0; i < g->inputs->len; i++) {
    guint v = g_array_index (g->inputs, guint, i);
    if (has_source[v])
      return bad (error, "input %s is a constant or listed twice", value_name (g, v, buf));
    has_source[v] = 1;
  }
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_out; k++) {
      if (has_source[node->out[k]])
        return bad (error, "%s computes %s, which has its bytes from elsewhere",
                    tfc_op_name (node->op), value_name (g, node->out[k], buf));
      has_source[node->out[k]] = 1;
    }
  }
  return TRUE;
}

static gboolean
check_needs (const TfcGraph *g, const guint8 *has_source, GError **error)
{
  gchar buf[24];
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] != TFC_NONE && !has_source[node->in[k]])
        return bad (error, "%s reads %s, which nothing computes", tfc_op_name (node->op),
                    value_name (g, node->in[k], buf));
    }
  }
  for (guint i = 0; i < g->outputs->len; i++) {
    guint v = g_array_index (g->outputs, guint, i);
    if (!has_source[v])
      return bad (error, "nothing computes output %s", value_name (g, v, buf));
  }
  for (guint i = 0; g->tail && i < g->tail->n_consts; i++) {
    if (!tfc_graph_v (g, g->tail->consts[i])->tensor.data)
      return bad (error, "the post-processing reads %s, which is not constant",
                  value_name (g, g->tail->consts[i], buf));
  }
  return TRUE;
}

static gboolean
check_sources (const TfcGraph *g, GError **error)
{
  guint8 *has_source = g_new0 (guint8, g->values->len + 1);
  gboolean ok = mark_sources (g, has_source, error) && check_needs (g, has_source, error);
  g_free (has_source);
  return ok;
}

static gboolean
in_order (const TfcGraph *g, const TfcDefUse *e)
{
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_in; k++) {
      guint maker = node->in[k] == TFC_NONE ? TFC_NONE : e->producer[node->in[k]];
      if (maker != TFC_NONE && maker >= i)
        return FALSE;
    }
  }
  return TRUE;
}

/* Fills order with node indices, each after those it reads from; returns how many it could. */
static guint
find_order (const TfcGraph *g, const TfcDefUse *e, guint *order, guint *waits)
{
  guint n = 0;
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    for (guint k = 0; k < node->n_in; k++)
      waits[i] += node->in[k] != TFC_NONE && e->producer[node->in[k]] != TFC_NONE;
    if (!waits[i])
      order[n++] = i;
  }
  for (guint done = 0; done < n; done++) {
    const TfcNode *node = tfc_graph_n (g, order[done]);
    for (guint k = 0; k < node->n_out; k++) {
      for (guint r = e->first[node->out[k]]; r < e->first[node->out[k] + 1]; r++) {
        if (--waits[e->reader[r]] == 0)
          order[n++] = e->reader[r];
      }
    }
  }
  return n;
}

static void
apply_order (TfcGraph *g, const guint *order)
{
  guint n = g->nodes->len;
  TfcNode *sorted = g_new (TfcNode, n + 1);
  for (guint i = 0; i < n; i++)
    sorted[i] = *tfc_graph_n (g, order[i]);
  memcpy (g->nodes->data, sorted, n * sizeof (TfcNode));
  g_free (sorted);
}

static gboolean
sort_nodes (TfcGraph *g, GError **error)
{
  guint n = g->nodes->len, stuck = 0;
  gboolean ok = TRUE;
  TfcDefUse e;
  gchar buf[24];

  tfc_def_use_init (&e, g);
  if (!in_order (g, &e)) {
    guint *order = g_new (guint, n + 1), *waits = g_new0 (guint, n + 1);
    ok = find_order (g, &e, order, waits) == n;
    if (ok) {
      apply_order (g, order);
    } else {
      while (!waits[stuck])
        stuck++;
      const TfcNode *node = tfc_graph_n (g, stuck);
      bad (error, "%s %s is in or behind a circle of nodes", tfc_op_name (node->op),
           node->n_out ? value_name (g, node->out[0], buf) : "");
    }
    g_free (order);
    g_free (waits);
  }
  tfc_def_use_finish (&e);
  return ok;
}

static gboolean
check_inputs (const TfcGraph *g, GError **error)
{
  gchar buf[24], print[96];
  for (guint i = 0; i < g->inputs->len; i++) {
    guint v = g_array_index (g->inputs, guint, i);
    const TfcTensor *t = &tfc_graph_v (g, v)->tensor;
    gsize count = 0;
    if (t->shape.rank < 0 || !tfc_shape_count (&t->shape, &count) || count == 0 ||
        count > TFC_MAX_TENSOR_BYTES / tfc_type_size (t->type))
      return bad (error, "input %s: impossible shape %s", value_name (g, v, buf),
                  t->shape.rank < 0 ? "unknown" : tfc_shape_print (&t->shape, print));
  }
  return TRUE;
}

gboolean
tfc_graph_check (TfcGraph *g, GError **error)
{
  if (g->error) {
    g_propagate_error (error, g_error_copy (g->error));
    return FALSE;
  }
  for (guint v = 0; v < g->values->len; v++) {
    if (!check_value (g, v, error))
      return FALSE;
  }
  if (!check_range (g, error) || !check_turned (g, error) || !check_sources (g, error) ||
      !sort_nodes (g, error) || !check_inputs (g, error))
    return FALSE;
  for (guint i = 0; i < g->nodes->len; i++) {
    if (!tfc_infer_node (g, tfc_graph_n (g, i), error))
      return FALSE;
  }
  return TRUE;
}
