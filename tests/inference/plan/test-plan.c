/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Plans: the same numbers as node by node, nothing overwritten that is still read, few segments,
 * little memory. */
#include "inference/plan/arena.h"
#include "inference/plan/plan.h"
#include "tests/inference/plan/random-graph.h"

#include "config.h"

#include <malloc.h>
#include <math.h>
#include <string.h>

/* ---- a backend that keeps values inside and holds the plan to its word: it copies what comes in
 * before anything else, computes in memory of its own, and hands results out at the very end ----
 */

static guint32 strict_ops; /* bit op % 32: it runs that op */
static gboolean strict_fails_prepare, strict_fails_run;

typedef struct {
  const TfcSegment *segment;
  guint8 **own; /* [values] */
} Strict;

static gboolean
strict_can_run (const TfcGraph *graph, const TfcNode *node)
{
  return strict_ops >> (node->op % 32) & 1;
}

static void
strict_own (Strict *s, guint v)
{
  const TfcTensor *t = &tfc_graph_v (s->segment->graph, v)->tensor;
  if (!t->data && !s->own[v])
    s->own[v] = g_malloc0 (tfc_tensor_bytes (t) + TFC_TAIL_BYTES);
}

static void
strict_destroy (void *state)
{
  Strict *s = state;
  for (guint v = 0; v < s->segment->graph->values->len; v++)
    g_free (s->own[v]);
  g_free (s->own);
  g_free (s);
}

static void *
strict_prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  if (strict_fails_prepare) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "strict");
    return NULL;
  }
  Strict *s = g_new0 (Strict, 1);
  s->segment = segment;
  s->own = g_new0 (guint8 *, segment->graph->values->len);
  for (guint i = 0; i < segment->n_in; i++) {
    g_assert_nonnull (segment->place[segment->in[i]]);
    strict_own (s, segment->in[i]);
  }
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (segment->graph, segment->first + i);
    for (guint k = 0; k < node->n_in; k++)
      g_assert_true (node->in[k] == TFC_NONE ||
                     tfc_graph_v (segment->graph, node->in[k])->tensor.data || s->own[node->in[k]]);
    g_assert_null (s->own[node->out[0]]);
    strict_own (s, node->out[0]);
  }
  for (guint i = 0; i < segment->n_out; i++)
    g_assert_true (segment->place[segment->out[i]] && s->own[segment->out[i]]);
  return s;
}

static gboolean
strict_run (void *state)
{
  Strict *s = state;
  const TfcSegment *segment = s->segment;
  const TfcGraph *g = segment->graph;
  for (guint i = 0; i < segment->n_in; i++) {
    guint v = segment->in[i];
    memcpy (s->own[v], segment->place[v], tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor));
  }
  for (guint i = 0; i < segment->n; i++) {
    const TfcNode *node = tfc_graph_n (g, segment->first + i);
    TfcTensor in[TFC_MAX_NODE_INPUTS], out = tfc_graph_v (g, node->out[0])->tensor;
    const TfcTensor *pin[TFC_MAX_NODE_INPUTS] = {NULL};
    TfcTensor *pout = &out;
    out.data = s->own[node->out[0]];
    for (guint k = 0; k < node->n_in; k++) {
      if (node->in[k] == TFC_NONE)
        continue;
      in[k] = tfc_graph_v (g, node->in[k])->tensor;
      in[k].data = in[k].data ? in[k].data : s->own[node->in[k]];
      pin[k] = &in[k];
    }
    if (!tfc_reference_run_node (node, pin, &pout, NULL))
      return FALSE;
  }
  for (guint i = 0; i < segment->n_out; i++) {
    guint v = segment->out[i];
    memcpy (segment->place[v], s->own[v], tfc_tensor_bytes (&tfc_graph_v (g, v)->tensor));
  }
  return !strict_fails_run;
}

static const TfcBackend strict = {.name = "strict",
                                  .description = "for tests",
                                  .fallback = &tfc_backend_reference,
                                  .can_run = strict_can_run,
                                  .prepare = strict_prepare,
                                  .run = strict_run,
                                  .destroy = strict_destroy};

/* The reference under another name, before strict in a chain of three. */
static guint32 turns_ops, turns_pay;

static gboolean
turns_pays (const TfcGraph *graph, const TfcNode *node)
{
  return turns_pay >> (node->op % 32) & 1;
}

static gboolean
turns_can_run (const TfcGraph *graph, const TfcNode *node)
{
  return turns_ops >> (node->op % 32) & 1 && tfc_backend_reference.can_run (graph, node);
}

static TfcBackend
turns_backend (void)
{
  TfcBackend turns = tfc_backend_reference;
  turns.name = "turns";
  turns.can_run = turns_can_run;
  turns.pays = turns_pays;
  turns.fallback = &strict;
  return turns;
}

/* ---- checks ---- */

static gsize
bytes_of (const TfcPlan *plan, guint v)
{
  return tfc_tensor_bytes (&tfc_graph_v (plan->graph, v)->tensor);
}

static gboolean
in_arena (const TfcPlan *plan, guint v)
{
  const guint8 *p = plan->place[v], *arena = plan->arena;
  return p && arena && p >= arena && p < arena + plan->arena_bytes;
}

/* Walks through the plan with a label on every byte of the arena: who wrote it last. */
typedef struct {
  const TfcPlan *plan;
  guint32 *label;   /* [arena bytes] value + 1 */
  guint32 **expect; /* [values][bytes] what a reader must find */
  guint n_elided;
} Walk;

static void
walk_expect_own (Walk *w, guint v)
{
  gsize n = bytes_of (w->plan, v);
  if (w->expect[v])
    return;
  w->expect[v] = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    w->expect[v][i] = v + 1;
}

/* Elided nodes: what their readers find is what their inputs are. */
static void
walk_expect (Walk *w)
{
  const TfcGraph *g = w->plan->graph;
  guint n_run = 0;
  for (guint i = 0; i < w->plan->n_steps; i++)
    n_run += w->plan->steps[i].segment.n;
  w->n_elided = g->nodes->len - n_run;
  for (guint i = 0; i < n_run; i++)
    walk_expect_own (w, tfc_graph_n (g, i)->out[0]);
  for (guint i = 0; i < g->inputs->len; i++)
    walk_expect_own (w, g_array_index (g->inputs, guint, i));
  for (guint i = n_run; i < g->nodes->len; i++) {
    const TfcNode *node = tfc_graph_n (g, i);
    g_assert_true (node->op == TFC_OP_RESHAPE || node->op == TFC_OP_CONCAT);
    guint32 *to = w->expect[node->out[0]] = g_new (guint32, bytes_of (w->plan, node->out[0]) + 1);
    for (guint k = 0; k < node->n_in; k++) {
      gsize n = bytes_of (w->plan, node->in[k]);
      walk_expect_own (w, node->in[k]);
      memcpy (to, w->expect[node->in[k]], n * sizeof (guint32));
      to += n;
    }
  }
}

static void
walk_write (Walk *w, guint v)
{
  gsize at = (guint8 *)w->plan->place[v] - (guint8 *)w->plan->arena;
  g_assert_true (in_arena (w->plan, v));
  g_assert_cmpuint (at + bytes_of (w->plan, v) + TFC_TAIL_BYTES, <=, w->plan->arena_bytes);
  for (gsize i = 0; i < bytes_of (w->plan, v); i++)
    w->label[at + i] = v + 1;
}

static void
walk_read (Walk *w, guint v)
{
  if (v == TFC_NONE || tfc_graph_v (w->plan->graph, v)->tensor.data)
    return;
  g_assert_true (in_arena (w->plan, v));
  gsize at = (guint8 *)w->plan->place[v] - (guint8 *)w->plan->arena;
  g_assert_cmpmem (w->label + at, bytes_of (w->plan, v) * sizeof (guint32), w->expect[v],
                   bytes_of (w->plan, v) * sizeof (guint32));
}

static void
walk_ids (Walk *w, void (*what) (Walk *w, guint v), const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    what (w, ids[i]);
}

static void
walk_step (Walk *w, const TfcStep *step)
{
  const TfcSegment *s = &step->segment;
  if (!step->backend->by_node) {
    walk_ids (w, walk_read, s->in, s->n_in);
    walk_ids (w, walk_write, s->out, s->n_out);
    walk_ids (w, walk_read, s->in, s->n_in); /* still there: engines write when they like */
    walk_ids (w, walk_read, s->out, s->n_out);
    return;
  }
  for (guint i = 0; i < s->n; i++) {
    const TfcNode *node = tfc_graph_n (s->graph, s->first + i);
    walk_ids (w, walk_read, node->in, node->n_in);
    walk_ids (w, walk_write, node->out, node->n_out);
    walk_ids (w, walk_read, node->in, node->n_in);
  }
}

/* Returns how many nodes cost nothing. */
static guint
walk (const TfcPlan *plan)
{
  const TfcGraph *g = plan->graph;
  const guint *in = (const guint *)(gpointer)g->inputs->data;
  const guint *out = (const guint *)(gpointer)g->outputs->data;
  Walk w = {.plan = plan};
  w.label = g_new0 (guint32, plan->arena_bytes + 1);
  w.expect = g_new0 (guint32 *, g->values->len);
  walk_expect (&w);
  walk_ids (&w, walk_write, in, g->inputs->len);
  for (guint round = 0; round < 2; round++) { /* inputs stay for the next run */
    for (guint i = 0; i < plan->n_steps; i++)
      walk_step (&w, &plan->steps[i]);
    walk_ids (&w, walk_read, in, g->inputs->len);
    walk_ids (&w, walk_read, out, g->outputs->len);
  }
  for (guint v = 0; v < g->values->len; v++)
    g_free (w.expect[v]);
  g_free (w.expect);
  g_free (w.label);
  return w.n_elided;
}

static void
fill_inputs (const TfcPlan *plan, const Values *values)
{
  for (guint i = 0; i < plan->graph->inputs->len; i++) {
    guint v = g_array_index (plan->graph->inputs, guint, i);
    memcpy (plan->place[v], values->bytes[v], bytes_of (plan, v));
  }
}

static void
compare_outputs (const TfcPlan *plan, const Values *values, gfloat tolerance)
{
  for (guint i = 0; i < plan->graph->outputs->len; i++) {
    guint v = g_array_index (plan->graph->outputs, guint, i);
    const gfloat *is = plan->place[v], *want = (const gfloat *)(gpointer)values->bytes[v];
    if (tolerance == 0)
      g_assert_cmpmem (is, bytes_of (plan, v), want, bytes_of (plan, v));
    for (gsize k = 0; k < bytes_of (plan, v) / sizeof (gfloat); k++)
      g_assert_cmpfloat (fabsf (is[k] - want[k]), <=, tolerance * (1 + fabsf (want[k])));
  }
}

static TfcPlan *
plan_new (TfcGraph *g, const TfcBackend *backend)
{
  GError *error = NULL;
  TfcPlan *plan = tfc_plan_new (g, backend, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (plan);
  return plan;
}

/* Spoils what the segment hands on, so that only who computes it anew has it right. */
static void
scribble (const TfcPlan *plan, const TfcSegment *segment)
{
  for (guint i = 0; i < segment->n_out; i++)
    memset (plan->place[segment->out[i]], 0xff, bytes_of (plan, segment->out[i]));
}

/* Node by node where a backend can. */
static gboolean
run_nodes (const TfcPlan *plan)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < plan->n_steps; i++) {
    const TfcStep *step = &plan->steps[i];
    g_assert_true (!step->backend->run_node || step->backend->by_node);
    for (guint k = 0; ok && k < (step->backend->run_node ? step->segment.n : 1); k++)
      ok = step->backend->run_node ? step->backend->run_node (step->state, k)
                                   : step->backend->run (step->state);
  }
  return ok;
}

/* Runs g through a plan three times and compares; returns how many nodes cost nothing. */
static guint
check_plan (TfcGraph *g, const TfcBackend *backend, const Values *values, gfloat tolerance)
{
  TfcPlan *plan = plan_new (g, backend);
  guint n_elided = walk (plan);
  fill_inputs (plan, values);
  for (guint round = 0; round < 2; round++) {
    g_assert_true (tfc_plan_run (plan));
    compare_outputs (plan, values, tolerance);
  }
  for (guint i = 0; i < plan->n_steps; i++)
    scribble (plan, &plan->steps[i].segment);
  g_assert_true (run_nodes (plan));
  compare_outputs (plan, values, tolerance);
  tfc_plan_free (plan);
  return n_elided;
}

static void
test_random (void)
{
  guint32 seed = g_test_rand_int ();
  guint n_elided = 0;
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 150; round++) {
    GRand *rand = g_rand_new_with_seed (seed + round);
    TfcGraph *g = random_graph (rand, g_rand_int_range (rand, 1, 60));
    Values *values = values_compute (g, rand);
    n_elided += check_plan (g, &tfc_backend_reference, values, 0);
    strict_ops = G_MAXUINT32;
    check_plan (g, &strict, values, 0);
    strict_ops = 0;
    check_plan (g, &strict, values, 0);
    for (guint k = 0; k < 4; k++) {
      TfcBackend turns = turns_backend ();
      strict_ops = g_rand_int (rand);
      check_plan (g, &strict, values, 0);
      turns_ops = g_rand_int (rand);
      turns_pay = g_rand_int (rand);
      check_plan (g, &turns, values, 0);
    }
    check_plan (g, &tfc_backend_auto, values, 1e-4);
#if HAVE_XNNPACK
    check_plan (g, &tfc_backend_xnnpack, values, 1e-4);
#endif
    values_free (values, g);
    tfc_graph_free (g);
    g_rand_free (rand);
  }
  g_assert_cmpuint (n_elided, >, 100);
}

/* ---- graphs made by hand ---- */

static guint
input (TfcGraph *g, TfcShape shape)
{
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = shape};
  guint id = tfc_graph_value (g, "x", &desc);
  tfc_graph_input (g, id);
  return id;
}

static guint
node (TfcGraph *g, TfcOp op, gint axis, const guint *in, guint n_in)
{
  TfcParams params = tfc_params (op);
  guint out = tfc_graph_unknown (g, NULL);
  params.axis = axis;
  tfc_graph_node (g, op, &params, in, n_in, &out, 1);
  return out;
}

static guint
unary (TfcGraph *g, TfcOp op, guint x)
{
  return node (g, op, 0, &x, 1);
}

static guint
reshape (TfcGraph *g, guint x, TfcShape shape)
{
  TfcParams params = tfc_params (TFC_OP_RESHAPE);
  TfcTensor desc = {.type = TFC_TYPE_F32, .shape = shape};
  guint out = tfc_graph_value (g, NULL, &desc);
  tfc_graph_node (g, TFC_OP_RESHAPE, &params, &x, 1, &out, 1);
  return out;
}

static void
finish_graph (TfcGraph *g, guint output)
{
  GError *error = NULL;
  tfc_graph_output (g, output);
  g_assert_true (tfc_graph_check (g, &error));
  g_assert_no_error (error);
}

static guint
nodes_run (const TfcPlan *plan)
{
  guint n = 0;
  for (guint i = 0; i < plan->n_steps; i++)
    n += plan->steps[i].segment.n;
  return n;
}

/* Heads as a detector has them: computed, reshaped, put one behind the other, squashed. */
static void
test_heads (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (4, 1, 4, 4, 6)), heads[3], made[3];
  for (guint i = 0; i < 3; i++) {
    made[i] = unary (g, TFC_OP_NEG, i ? made[i - 1] : x);
    heads[i] = reshape (g, made[i], tfc_shape (3, 1, 32, 3));
  }
  guint all = node (g, TFC_OP_CONCAT, 1, heads, 3);
  finish_graph (g, unary (g, TFC_OP_SIGMOID, all));

  strict_ops = ~(1u << (TFC_OP_CONCAT % 32) | 1u << (TFC_OP_RESHAPE % 32));
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 2); /* before the concatenation, after it */
  g_assert_cmpuint (nodes_run (plan), ==, 4);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (plan->place[made[i]] == plan->place[heads[i]]);
    g_assert_true (plan->place[made[i]] == (guint8 *)plan->place[all] + i * 96 * sizeof (gfloat));
  }
  tfc_plan_free (plan);

  plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (plan->n_steps, ==, 1);
  g_assert_cmpuint (nodes_run (plan), ==, 4);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* How many nodes the reference runs of concat (inputs), where each input is x through NEG unless
 * told otherwise. */
static guint
concat_runs (gint rows, gint axis, gboolean from_input, gboolean twice, gboolean constant)
{
  static const gfloat two[2] = {1, 2};
  TfcGraph *g = tfc_graph_new ();
  TfcShape shape = tfc_shape (2, 1, 2);
  guint x = input (g, tfc_shape (2, rows, 2)), in[2];
  in[0] = unary (g, TFC_OP_NEG, x);
  in[1] = from_input ? x
          : twice    ? in[0]
          : constant ? tfc_graph_const (g, "two", TFC_TYPE_F32, &shape, two)
                     : unary (g, TFC_OP_SIGMOID, x);
  finish_graph (g, node (g, TFC_OP_CONCAT, axis, in, 2));
  GRand *rand = g_rand_new_with_seed (1);
  Values *values = values_compute (g, rand);
  check_plan (g, &tfc_backend_reference, values, 0);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  guint n = nodes_run (plan) - (in[1] > in[0] && !constant);
  tfc_plan_free (plan);
  values_free (values, g);
  g_rand_free (rand);
  tfc_graph_free (g);
  return n;
}

static void
test_concat_rule (void)
{
  g_assert_cmpuint (concat_runs (1, 1, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (1, 0, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (3, 0, FALSE, FALSE, FALSE), ==, 1);
  g_assert_cmpuint (concat_runs (3, 1, FALSE, FALSE, FALSE), ==, 2); /* not the outermost */
  g_assert_cmpuint (concat_runs (1, 1, TRUE, FALSE, FALSE), ==, 2);  /* the caller's place */
  g_assert_cmpuint (concat_runs (1, 1, FALSE, TRUE, FALSE), ==, 2);  /* twice */
  g_assert_cmpuint (concat_runs (1, 1, FALSE, FALSE, TRUE), ==, 2);  /* a constant */
}

static void
test_concat_quantised (void)
{
  for (guint same = 0; same < 2; same++) {
    TfcGraph *g = tfc_graph_new ();
    TfcTensor x = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 4), .quant = {.scale = 0.5}};
    TfcTensor y = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 4), .quant = {.scale = 0.25}};
    TfcTensor z = {.type = TFC_TYPE_U8, .shape = tfc_shape (2, 1, 8), .quant = {.scale = 0.25}};
    TfcParams params = tfc_params (TFC_OP_MAXIMUM), join = tfc_params (TFC_OP_CONCAT);
    guint in = tfc_graph_value (g, "x", &x), both[2] = {in, in}, parts[2];
    tfc_graph_input (g, in);
    parts[0] = tfc_graph_value (g, "a", &y);
    parts[1] = tfc_graph_value (g, "b", same ? &y : &x);
    tfc_graph_node (g, TFC_OP_MAXIMUM, &params, both, 2, &parts[0], 1);
    tfc_graph_node (g, TFC_OP_MAXIMUM, &params, both, 2, &parts[1], 1);
    guint out = tfc_graph_value (g, "y", &z);
    join.axis = 1;
    tfc_graph_node (g, TFC_OP_CONCAT, &join, parts, 2, &out, 1);
    finish_graph (g, out);
    TfcPlan *plan = plan_new (g, &tfc_backend_reference);
    g_assert_cmpuint (nodes_run (plan), ==, same ? 2 : 3);
    walk (plan);
    tfc_plan_free (plan);
    tfc_graph_free (g);
  }
}

/* The caller may write the next input before reading the last output. */
static void
test_reshape_of_input (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (2, 2, 2)), middle = reshape (g, x, tfc_shape (1, 4));
  guint y = reshape (g, middle, tfc_shape (2, 4, 1));
  finish_graph (g, y);
  tfc_graph_output (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (nodes_run (plan), ==, 1);
  g_assert_true (plan->place[x] == plan->place[middle] && plan->place[x] != plan->place[y]);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* Alternating ops on two branches: as few turns as dependencies allow. */
static void
test_few_segments (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 8)), last[2];
  guint a = unary (g, TFC_OP_NEG, x);
  guint b = unary (g, TFC_OP_SIGMOID, x);
  a = unary (g, TFC_OP_SIGMOID, a);
  last[1] = unary (g, TFC_OP_NEG, b);
  last[0] = unary (g, TFC_OP_NEG, a);
  finish_graph (g, node (g, TFC_OP_ADD, 0, last, 2));
  strict_ops = ~(1u << (TFC_OP_SIGMOID % 32));
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 3);
  g_assert_true (plan->steps[0].backend == &strict);
  g_assert_true (plan->steps[1].backend == &tfc_backend_reference);
  g_assert_cmpuint (plan->steps[1].segment.n, ==, 2);
  tfc_plan_free (plan);

  strict_ops = ~(1u << (TFC_OP_NEG % 32)); /* better to begin with the reference's NEG */
  plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->n_steps, ==, 4);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* Ops that do not pay stay beside one that does (NEG), and go from beside one that went (SIGMOID). */
static void
test_guests (void)
{
  const TfcOp ops[] = {TFC_OP_SQUARE,  TFC_OP_NEG,    TFC_OP_SQUARE, TFC_OP_SIGMOID, TFC_OP_SQUARE,
                       TFC_OP_SIGMOID, TFC_OP_SQUARE, TFC_OP_SQUARE, TFC_OP_NEG};
  TfcBackend turns = turns_backend ();
  TfcGraph *g = tfc_graph_new ();
  guint v = input (g, tfc_shape (1, 8));
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    v = unary (g, ops[i], v);
  finish_graph (g, v);
  strict_ops = G_MAXUINT32;
  turns_ops = ~(1u << (TFC_OP_SIGMOID % 32));
  turns_pay = 1u << (TFC_OP_NEG % 32);
  TfcPlan *plan = plan_new (g, &turns);
  g_assert_cmpuint (plan->n_steps, ==, 3);
  g_assert_true (plan->steps[0].backend == &turns && plan->steps[0].segment.n == 3);
  g_assert_true (plan->steps[1].backend == &strict && plan->steps[1].segment.n == 4);
  g_assert_true (plan->steps[2].backend == &turns && plan->steps[2].segment.n == 2);
  tfc_plan_free (plan);

  turns_ops = G_MAXUINT32;
  turns_pay = 0; /* with nobody else there all stay */
  plan = plan_new (g, &turns);
  g_assert_cmpuint (plan->n_steps, ==, 1);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

static void
test_chain_memory (void)
{
  const gsize each = 16384 * sizeof (gfloat);
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 16384));
  for (guint i = 0; i < 100; i++)
    x = unary (g, TFC_OP_NEG, x);
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  walk (plan);
  g_assert_cmpuint (plan->arena_bytes, >=, 4 * each);
  g_assert_cmpuint (plan->arena_bytes, <=, 4 * each + 4096); /* input, output and two between */
  tfc_plan_free (plan);
  strict_ops = G_MAXUINT32;
  plan = plan_new (g, &strict);
  g_assert_cmpuint (plan->arena_bytes, <=, 2 * each + 4096); /* the rest is the engine's */
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

static void
test_longest (void)
{
  TfcGraph *g = tfc_graph_new ();
  guint x = input (g, tfc_shape (1, 2));
  for (guint i = 1; i < TFC_MAX_VALUES; i++) {
    strict_ops = ~(1u << (TFC_OP_NEG % 32));
    x = i % 3 ? unary (g, i % 2 ? TFC_OP_NEG : TFC_OP_SQUARE, x) : reshape (g, x, tfc_shape (1, 2));
  }
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_true (tfc_plan_run (plan));
  g_assert_cmpuint (plan->n_steps, ==, 1);
  g_assert_cmpuint (plan->arena_bytes, <=, 8 * TFC_ARENA_ALIGN);
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

static void
test_failures (void)
{
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  finish_graph (g, unary (g, TFC_OP_NEG, input (g, tfc_shape (1, 8))));
  strict_ops = G_MAXUINT32;
  strict_fails_prepare = TRUE;
  g_assert_null (tfc_plan_new (g, &strict, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  strict_fails_prepare = FALSE;
  strict_fails_run = TRUE;
  TfcPlan *plan = plan_new (g, &strict);
  g_assert_false (tfc_plan_run (plan));
  strict_fails_run = FALSE;
  g_assert_true (tfc_plan_run (plan));
  tfc_plan_free (plan);
  tfc_plan_free (NULL);
  tfc_graph_free (g);
}

static void
test_too_large (void)
{
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  guint x[3];
  for (guint i = 0; i < 3; i++)
    x[i] = input (g, tfc_shape (2, 1024, 1 << 18)); /* 1 GiB each: fine alone */
  finish_graph (g, unary (g, TFC_OP_NEG, x[0]));
  g_assert_null (tfc_plan_new (g, &tfc_backend_reference, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  tfc_graph_free (g);
}

/* An output that is a constant or an input has that one's bytes. */
static void
test_plain_outputs (void)
{
  static const gfloat two[2] = {1, 2};
  TfcGraph *g = tfc_graph_new ();
  TfcShape shape = tfc_shape (1, 2);
  guint x = input (g, tfc_shape (1, 8));
  guint c = tfc_graph_const (g, "two", TFC_TYPE_F32, &shape, two);
  tfc_graph_output (g, c);
  finish_graph (g, x);
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_assert_cmpuint (plan->n_steps, ==, 0);
  g_assert_true (plan->place[c] == tfc_graph_v (g, c)->tensor.data);
  g_assert_true (in_arena (plan, x));
  g_assert_true (tfc_plan_run (plan));
  tfc_plan_free (plan);
  tfc_graph_free (g);
}

/* Mappings for which large pages were asked. */
static guint
mappings_on_large_pages (void)
{
  g_autofree gchar *text = NULL;
  guint n = 0;
  if (!g_file_get_contents ("/proc/self/smaps", &text, NULL, NULL))
    return 0;
  for (const gchar *at = text; (at = strstr (at, "VmFlags:")); at++) {
    g_autofree gchar *flags = g_strndup (at, strcspn (at, "\n"));
    n += strstr (flags, " hg") != NULL;
  }
  return n;
}

/* A large arena gives back its memory with what was asked of the system for it; also when malloc
 * would have had room for it. */
static void
test_large_arena (void)
{
  TfcGraph *g = tfc_graph_new ();
  finish_graph (g, unary (g, TFC_OP_NEG, input (g, tfc_shape (1, 1 << 20))));
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
#endif
  const guint before = mappings_on_large_pages ();
  TfcPlan *plan = plan_new (g, &tfc_backend_reference);
  g_autofree gchar *behind = g_malloc (1 << 20); /* malloc's end does not move back over it */
  memset (behind, 1, 1 << 20);
  g_assert_cmpuint (plan->arena_bytes, >=, 8 << 20);
  for (gsize i = 0; i < plan->arena_bytes; i += 64)
    g_assert_cmpuint (*((guint8 *)plan->arena + i), ==, 0);
  g_assert_true (tfc_plan_run (plan));
  g_test_message ("large pages: %u mappings before, %u with the plan", before,
                  mappings_on_large_pages ());
  tfc_plan_free (plan);
  g_assert_cmpuint (mappings_on_large_pages (), ==, before);
  tfc_graph_free (g);
}

static gboolean
overlap (const TfcBlock *a, const TfcBlock *b)
{
  return a->start <= b->end && b->start <= a->end &&
         a->offset < b->offset + b->bytes + TFC_TAIL_BYTES &&
         b->offset < a->offset + a->bytes + TFC_TAIL_BYTES;
}

static void
test_arena (void)
{
  guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++) {
    TfcBlock blocks[40];
    guint n = g_rand_int_range (rand, 0, G_N_ELEMENTS (blocks) + 1);
    gsize total, sum = 0;
    for (guint i = 0; i < n; i++) {
      guint start = g_rand_int_range (rand, 0, 30);
      blocks[i] = (TfcBlock){.bytes = g_rand_int_range (rand, 1, 1000),
                             .start = start,
                             .end = start + g_rand_int_range (rand, 0, 10)};
      sum += blocks[i].bytes + TFC_TAIL_BYTES + TFC_ARENA_ALIGN;
    }
    g_assert_true (tfc_arena_place (blocks, n, 1 << 20, &total));
    g_assert_cmpuint (total, <=, sum);
    g_assert_cmpuint (total % TFC_ARENA_ALIGN, ==, 0);
    for (guint i = 0; i < n; i++) {
      g_assert_cmpuint (blocks[i].offset % TFC_ARENA_ALIGN, ==, 0);
      g_assert_cmpuint (blocks[i].offset + blocks[i].bytes + TFC_TAIL_BYTES, <=, total);
      for (guint k = 0; k < i; k++)
        g_assert_false (overlap (&blocks[i], &blocks[k]));
    }
    if (n)
      g_assert_false (tfc_arena_place (blocks, n, total - 1, &total));
  }
  TfcBlock huge = {.bytes = G_MAXSIZE - 3};
  gsize total;
  g_assert_false (tfc_arena_place (&huge, 1, G_MAXSIZE, &total));
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/arena", test_arena);
  g_test_add_func ("/plan/random", test_random);
  g_test_add_func ("/plan/heads", test_heads);
  g_test_add_func ("/plan/concat-rule", test_concat_rule);
  g_test_add_func ("/plan/concat-quantised", test_concat_quantised);
  g_test_add_func ("/plan/reshape-of-input", test_reshape_of_input);
  g_test_add_func ("/plan/few-segments", test_few_segments);
  g_test_add_func ("/plan/guests", test_guests);
  g_test_add_func ("/plan/chain-memory", test_chain_memory);
  g_test_add_func ("/plan/longest", test_longest);
  g_test_add_func ("/plan/failures", test_failures);
  g_test_add_func ("/plan/too-large", test_too_large);
  g_test_add_func ("/plan/large-arena", test_large_arena);
  g_test_add_func ("/plan/plain-outputs", test_plain_outputs);
  return g_test_run ();
}
