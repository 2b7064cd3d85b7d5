/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A GraphModel whose outputs come out of non-maximum suppression, as the TensorFlow 2 Object
 * Detection API exports it: what the suppression works on becomes the outputs, and the suppression
 * a tail that models/ does. Boxes and scores are outputs of their own there
 * ("raw_detection_boxes"), or else what the suppressing nodes take. */
#include "inference/tfjs/reader.h"

#include <string.h>

#define COMBINED "CombinedNonMaxSuppression"
#define MAX_CLASSES 4096

static gboolean
suppresses (const TfjsNode *node)
{
  return !strcmp (node->op, COMBINED) ||
         (g_str_has_prefix (node->op, "NonMaxSuppression") && !strstr (node->op, "WithOverlaps"));
}

/* Marks whatever the node is made of; appends the suppressing ones to found, beyond which it does
 * not look. */
static void
walk (const TfjsLoad *l, guint node, guint8 *seen, GArray *found)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (open, node);
  while (open->len) {
    const guint at = g_array_index (open, guint, open->len - 1);
    const TfjsNode *n = &l->nodes[at];
    g_array_set_size (open, open->len - 1);
    if (seen[at])
      continue;
    seen[at] = 1;
    if (suppresses (n)) {
      g_array_append_val (found, at);
      continue;
    }
    for (guint k = 0; k < n->n_in; k++)
      g_array_append_val (open, n->in[k].node);
  }
  g_array_unref (open);
}

/* Of each output whether it comes out of suppression. */
static gboolean *
find_suppressed (TfjsLoad *l, GArray *nodes)
{
  gboolean *is = g_new0 (gboolean, l->outputs->len);
  guint8 *seen = g_new (guint8, l->n_nodes), *all = g_new0 (guint8, l->n_nodes);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < l->outputs->len; i++) {
    memset (seen, 0, l->n_nodes);
    g_array_set_size (found, 0);
    walk (l, g_array_index (l->outputs, TfjsEdge, i).node, seen, found);
    is[i] = found->len > 0;
    for (guint k = 0; k < found->len; k++) {
      const guint node = g_array_index (found, guint, k);
      if (!all[node])
        g_array_append_val (nodes, node);
      all[node] = 1;
    }
  }
  g_array_unref (found);
  g_free (seen);
  g_free (all);
  return is;
}

static guint
by_key (const TfjsLoad *l, const gchar *key)
{
  for (guint i = 0; i < l->output_keys->len; i++)
    if (!strcmp (g_ptr_array_index (l->output_keys, i), key))
      return i;
  return TFC_NONE;
}

static void
set_outputs (TfjsLoad *l, const TfjsEdge *edges, guint n, const gchar *names[2])
{
  GArray *outputs = g_array_new (FALSE, FALSE, sizeof (TfjsEdge));

  g_array_append_vals (outputs, edges, n);
  g_array_unref (l->outputs);
  l->outputs = outputs;
  g_ptr_array_set_size (l->output_names, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (l->output_names, (gpointer)names[i > 0]);
}

/* The outputs that are not suppressed, if they are two. */
static gboolean
take_raw (TfjsLoad *l, const gboolean *suppressed)
{
  guint pair[2] = {by_key (l, "raw_detection_boxes"), by_key (l, "raw_detection_scores")}, n = 2;

  l->suppression.background = pair[0] != TFC_NONE && pair[1] != TFC_NONE;
  if (!l->suppression.background) {
    n = 0;
    for (guint i = 0; i < l->outputs->len; i++)
      if (!suppressed[i] && n++ < 2)
        pair[n - 1] = i;
  }
  if (n != 2 || suppressed[pair[0]] || suppressed[pair[1]])
    return FALSE;
  const TfjsEdge edges[] = {g_array_index (l->outputs, TfjsEdge, pair[0]),
                            g_array_index (l->outputs, TfjsEdge, pair[1])};
  const gchar *names[] = {g_ptr_array_index (l->output_names, pair[0]),
                          g_ptr_array_index (l->output_names, pair[1])};
  set_outputs (l, edges, 2, names);
  return TRUE;
}

static gboolean
same (TfjsEdge a, TfjsEdge b)
{
  return a.node == b.node && a.output == b.output;
}

/* What the suppressing nodes take: boxes, then scores once or for each class. */
static gboolean
take_inputs (TfjsLoad *l, const GArray *nodes)
{
  static const gchar *names[] = {"boxes", "scores"};
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (TfjsEdge));
  gboolean ok = nodes->len <= MAX_CLASSES;

  for (guint i = 0; ok && i < nodes->len; i++) {
    const TfjsNode *n = &l->nodes[g_array_index (nodes, guint, i)];
    ok = n->n_in >= 2 && (nodes->len == 1 || strcmp (n->op, COMBINED));
    if (ok && i == 0)
      g_array_append_val (edges, n->in[0]);
    if (ok)
      g_array_append_val (edges, n->in[1]);
  }
  if (ok)
    set_outputs (l, &g_array_index (edges, TfjsEdge, 0), edges->len, names);
  g_array_unref (edges);
  return ok;
}

static int
by_position (gconstpointer a, gconstpointer b)
{
  return *(const guint *)a < *(const guint *)b ? -1 : 1;
}

/* Nodes of one class each stand in the order of the classes, and take the same boxes. */
static gboolean
one_set_of_boxes (const TfjsLoad *l, const GArray *nodes)
{
  for (guint i = 1; i < nodes->len; i++)
    if (!same (l->nodes[g_array_index (nodes, guint, i)].in[0],
               l->nodes[g_array_index (nodes, guint, 0)].in[0]))
      return FALSE;
  return TRUE;
}

gboolean
tfjs_cut_suppression (TfjsLoad *l)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean *suppressed = NULL, ok = TRUE, any = FALSE;

  for (guint i = 0; i < l->n_nodes && !any; i++)
    any = suppresses (&l->nodes[i]);
  if (any)
    suppressed = find_suppressed (l, nodes);
  if (nodes->len) {
    g_array_sort (nodes, by_position);
    l->suppression.n_nodes = nodes->len;
    if (!take_raw (l, suppressed)) {
      l->suppression.inputs = TRUE;
      for (guint i = 0; ok && i < nodes->len; i++)
        ok = l->nodes[g_array_index (nodes, guint, i)].n_in >= 2;
      ok = ok && one_set_of_boxes (l, nodes) && take_inputs (l, nodes);
    }
  }
  g_free (suppressed);
  if (!ok)
    tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED,
                      "node %s: a suppression of this form is not supported",
                      l->nodes[g_array_index (nodes, guint, 0)].name);
  g_array_unref (nodes);
  return ok;
}

static guint
as_rows (TfcBuilder *b, guint id, gint columns)
{
  gsize count;
  TfcShape shape;

  if (id == TFC_NONE || !tfc_shape_count (tfc_builder_shape (b, id), &count) ||
      count % (gsize)columns || count > G_MAXINT32)
    return TFC_NONE;
  shape = tfc_shape (3, 1, (gint)(count / (gsize)columns), columns);
  return tfc_build_reshape (b, id, &shape);
}

static guint
last_dim (TfcBuilder *b, guint id)
{
  const TfcShape *s = tfc_builder_shape (b, id);

  return s->rank > 0 ? (guint)MAX (s->dim[s->rank - 1], 0) : 0;
}

/* [n] of each class -> [1, n, classes]. */
static guint
stack_classes (TfcBuilder *b, guint *ids, guint n)
{
  for (guint i = 0; i < n; i++) {
    ids[i] = as_rows (b, ids[i], 1);
    if (ids[i] == TFC_NONE)
      return TFC_NONE;
  }
  return tfc_build_concat (b, ids, n, 2, NULL);
}

/* The graph's outputs, in either order and with dimensions of 1 here and there, as boxes [1, n, 4]
 * and scores [1, n, columns]. */
static gboolean
straighten (TfcBuilder *b, GArray *outputs)
{
  const guint n = outputs->len, classes = n - 1;
  guint *ids = g_memdup2 (outputs->data, n * sizeof (guint)), boxes, scores;
  const guint swap = n == 2 && last_dim (b, ids[0]) != 4 && last_dim (b, ids[1]) == 4;

  boxes = as_rows (b, ids[swap], 4);
  if (classes == 1) {
    const gint rank = tfc_builder_shape (b, ids[!swap])->rank;
    const guint columns = rank == 1 ? 1 : last_dim (b, ids[!swap]);
    scores = columns ? as_rows (b, ids[!swap], (gint)columns) : TFC_NONE;
  } else {
    scores = stack_classes (b, ids + 1, classes);
  }
  g_free (ids);
  if (boxes == TFC_NONE || scores == TFC_NONE)
    return FALSE;
  g_array_set_size (outputs, 0);
  tfc_graph_output (b->graph, boxes);
  tfc_graph_output (b->graph, scores);
  return TRUE;
}

static gdouble *
option (TfcPostprocess *tail, const gchar *name)
{
  gdouble *value = g_hash_table_lookup (tail->options, name);

  if (!value) {
    value = g_new0 (gdouble, 1);
    g_hash_table_insert (tail->options, g_strdup (name), value);
  }
  return value;
}

gboolean
tfjs_end_suppression (TfjsLoad *l)
{
  if (!l->suppression.n_nodes)
    return TRUE;
  tfjs_at (l, l->nodes);
  return straighten (&l->b, l->b.graph->outputs) ||
         tfc_builder_fail (&l->b, TFC_ERROR_UNSUPPORTED,
                           "what its suppression works on is not boxes and scores");
}

void
tfjs_tell_suppression (TfjsLoad *l)
{
  TfcGraph *g = l->b.graph;
  const guint n = l->suppression.n_nodes;

  if (!n)
    return;
  const TfcShape *s = &tfc_graph_v (g, g_array_index (g->outputs, guint, 1))->tensor.shape;
  const gdouble columns = s->dim[s->rank - 1];
  const gboolean background = columns > 1 && !l->suppression.inputs &&
                              (l->suppression.background || (n > 1 && columns == (gdouble)n + 1));
  if (!g->tail) {
    g->tail = g_new0 (TfcPostprocess, 1);
    g->tail->name = g_strdup ("NonMaxSuppression");
    g->tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    *option (g->tail, "num_classes") = columns;
  }
  /* A box coder that was found may know of the background already. */
  gdouble *classes = option (g->tail, "num_classes");
  if (background && *classes == columns)
    *classes = columns - 1;
}
