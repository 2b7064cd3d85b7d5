/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Runs the nodes that the outputs need, each once in each turn of the loops around it. */
#include "inference/tfjs/reader.h"

#include "inference/tfjs/loop_frames.h"

typedef struct {
  guint node, scope;
  guint turn; /* Exit: the turn that is being tried */
} Task;

typedef struct {
  guint first, n; /* in values */
} Result;

typedef struct {
  TfjsLoad *l;
  TfjsFrames frames;
  GArray *tasks;       /* Task: a stack; what is above is needed by what is below */
  GHashTable *results; /* node and scope -> Result index + 1 */
  GArray *result, *values;
  guint steps;
} Eval;

static gpointer
key (guint node, guint scope)
{
  return GUINT_TO_POINTER ((scope << 16 | node) + 1);
}

G_STATIC_ASSERT (TFC_MAX_NODES <= 1 << 16 && TFJS_MAX_SCOPES <= 1 << 14);

static const Result *
find (const Eval *e, guint node, guint scope)
{
  guint at = GPOINTER_TO_UINT (g_hash_table_lookup (e->results, key (node, scope)));
  return at ? &g_array_index (e->result, Result, at - 1) : NULL;
}

static gboolean
wrong (Eval *e, const TfjsNode *node, const gchar *what)
{
  tfjs_at (e->l, node);
  return tfc_builder_bad (&e->l->b, "%s", what);
}

/* Where input k of the task comes from: its node and scope. FALSE with error. */
static gboolean
source (Eval *e, const Task *t, guint k, TfjsEdge *edge, guint *scope)
{
  const TfjsNode *node = &e->l->nodes[t->node];
  guint from = t->scope;
  *edge = node->in[k];
  if (tfjs_is (node, tfjs_identity, TFJS_ID_ENTER))
    from = tfjs_scope (&e->frames, t->scope)->parent;
  else if (tfjs_is (node, tfjs_identity, TFJS_ID_EXIT))
    from = tfjs_scope_enter (&e->frames, t->scope, e->l->nodes[edge->node].frame, t->turn);
  else if (tfjs_is (&e->l->nodes[edge->node], tfjs_identity, TFJS_ID_NEXT)) {
    const TfjsScope *s = tfjs_scope (&e->frames, t->scope);
    from = tfjs_scope_enter (&e->frames, s->parent, s->frame, s->turn - 1);
  }
  *scope = from == TFC_NONE ? from
                            : tfjs_scope_outward (&e->frames, from, e->l->nodes[edge->node].frame);
  if (*scope == TFC_NONE)
    return wrong (e, node, "its loop has too many turns, or loops are tangled");
  return TRUE;
}

/* The loop's first turn takes what enters, the others what the turn before hands on. */
static gboolean
skipped (const Eval *e, const Task *t, guint k)
{
  const TfjsNode *node = &e->l->nodes[t->node];
  gboolean loop = FALSE, next;
  if (!tfjs_is (node, tfjs_merge, 0))
    return FALSE;
  for (guint i = 0; i < node->n_in; i++)
    loop = loop || tfjs_is (&e->l->nodes[node->in[i].node], tfjs_identity, TFJS_ID_NEXT);
  next = tfjs_is (&e->l->nodes[node->in[k].node], tfjs_identity, TFJS_ID_NEXT);
  return loop && next != (tfjs_scope (&e->frames, t->scope)->turn > 0);
}

/* The inputs of the task, or tasks for those that are missing: *ready says which. */
static gboolean
collect (Eval *e, const Task *t, TfjsValue *in, gboolean *ready)
{
  const TfjsNode *node = &e->l->nodes[t->node];
  *ready = TRUE;
  for (guint k = 0; k < node->n_in; k++) {
    TfjsEdge edge;
    guint scope;
    in[k] = (TfjsValue){.kind = TFJS_DEAD};
    if (skipped (e, t, k))
      continue;
    if (!source (e, t, k, &edge, &scope))
      return FALSE;
    const Result *r = find (e, edge.node, scope);
    if (!r) {
      Task more = {edge.node, scope, 0};
      g_array_append_val (e->tasks, more);
      *ready = FALSE;
    } else if (edge.output >= r->n) {
      tfjs_at (e->l, node);
      return tfc_builder_bad (&e->l->b, "takes output %u of %.*s, which has %u", edge.output,
                              TFC_MAX_NAME, e->l->nodes[edge.node].name, r->n);
    } else {
      in[k] = g_array_index (e->values, TfjsValue, r->first + edge.output);
    }
  }
  return TRUE;
}

static void
store (Eval *e, const Task *t, const GArray *out)
{
  Result r = {e->values->len, out->len};
  g_array_append_vals (e->values, out->data, out->len);
  g_array_append_val (e->result, r);
  g_hash_table_insert (e->results, key (t->node, t->scope), GUINT_TO_POINTER (e->result->len));
}

/* A node none of whose inputs was computed computes nothing either. */
static gboolean
run_node (Eval *e, const Task *t, const TfjsValue *in)
{
  TfjsCall c = {e->l, &e->l->b, &e->l->nodes[t->node], in, e->l->nodes[t->node].n_in, NULL};
  const TfjsOp *op = c.node->kind;
  gboolean dead = FALSE, ok = TRUE;
  tfjs_at (e->l, c.node);
  c.out = g_array_new (FALSE, FALSE, sizeof (TfjsValue));
  for (guint k = 0; k < c.n_in; k++)
    dead = dead || in[k].kind == TFJS_DEAD;
  if (dead && op->run != tfjs_merge) {
    TfjsValue nothing = {.kind = TFJS_DEAD};
    for (guint i = 0; i < 64; i++)
      tfjs_give (&c, &nothing);
  } else {
    ok = op->run (&c, op->which);
    ok = ok && tfc_builder_ok (c.b);
  }
  if (!ok)
    tfc_builder_bad (c.b, "cannot be loaded");
  if (ok && e->values->len + c.out->len > TFJS_MAX_ELEMENTS)
    ok = tfc_builder_bad (c.b, "too many values");
  if (ok)
    store (e, t, c.out);
  g_array_unref (c.out);
  return ok;
}

static gboolean
step (Eval *e)
{
  guint top = e->tasks->len - 1;
  Task t = g_array_index (e->tasks, Task, top);
  const TfjsNode *node = &e->l->nodes[t.node];
  TfjsValue in[TFC_MAX_NODE_INPUTS];
  gboolean ready;
  if (++e->steps > TFJS_MAX_STEPS)
    return wrong (e, node, "too much to unroll");
  if (!find (e, t.node, t.scope)) {
    if (!collect (e, &t, in, &ready))
      return FALSE;
    if (!ready)
      return TRUE;
    if (tfjs_is (node, tfjs_identity, TFJS_ID_EXIT) && in[0].kind == TFJS_DEAD) {
      g_array_index (e->tasks, Task, top).turn++;
      return TRUE;
    }
    if (!run_node (e, &t, in))
      return FALSE;
  }
  g_array_set_size (e->tasks, top);
  return TRUE;
}

/* Makes sure that this node has run. */
static gboolean
run (Eval *e, guint node, guint scope)
{
  Task t = {node, scope, 0};
  g_array_append_val (e->tasks, t);
  while (e->tasks->len) {
    if (!step (e))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_in (const GArray *ids, guint id)
{
  guint i = 0;
  while (i < ids->len && g_array_index (ids, guint, i) != id)
    i++;
  return i < ids->len;
}

/* The value under the output's name: an input, and another output, keeps its own. */
static guint
name_output (Eval *e, guint id, const gchar *name)
{
  TfcGraph *graph = e->l->b.graph;
  if (tfc_graph_v (graph, id)->tensor.data || !g_strcmp0 (tfc_graph_v (graph, id)->name, name))
    return id;
  if (is_in (graph->inputs, id) || is_in (graph->outputs, id))
    id = tfc_build_copy (&e->l->b, id, NULL);
  if (id != TFC_NONE)
    tfc_graph_rename (graph, id, name);
  return id;
}

static gboolean
give_output (Eval *e, guint i)
{
  TfjsEdge edge = g_array_index (e->l->outputs, TfjsEdge, i);
  TfjsCall c = {e->l, &e->l->b, &e->l->nodes[edge.node], NULL, 0, NULL};
  const guint frame = e->l->nodes[edge.node].frame;
  if (frame != 0 && !e->l->suppression.inputs) /* those run over a batch of one picture */
    return wrong (e, c.node, "an output inside a loop");
  const guint scope = tfjs_scope_first (&e->frames, frame);
  if (scope == TFC_NONE || !run (e, edge.node, scope))
    return FALSE;
  const Result *r = find (e, edge.node, scope);
  tfjs_at (e->l, c.node);
  if (edge.output >= r->n)
    return tfc_builder_bad (c.b, "has no output %u", edge.output);
  TfjsValue v = g_array_index (e->values, TfjsValue, r->first + edge.output);
  guint id = tfjs_value_tensor (&c, &v);
  id = id == TFC_NONE ? id : name_output (e, id, g_ptr_array_index (e->l->output_names, i));
  if (id == TFC_NONE)
    return FALSE;
  tfc_graph_output (e->l->b.graph, id);
  return TRUE;
}

gboolean
tfjs_evaluate (TfjsLoad *l)
{
  Eval e = {.l = l};
  gboolean ok = tfjs_frames_init (&e.frames, l);
  e.tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  e.results = g_hash_table_new (NULL, NULL);
  e.result = g_array_new (FALSE, FALSE, sizeof (Result));
  e.values = g_array_new (FALSE, FALSE, sizeof (TfjsValue));
  for (guint i = 0; ok && i < l->outputs->len; i++)
    ok = give_output (&e, i);
  g_array_unref (e.tasks);
  g_hash_table_unref (e.results);
  g_array_unref (e.result);
  g_array_unref (e.values);
  tfjs_frames_finish (&e.frames);
  return ok;
}
