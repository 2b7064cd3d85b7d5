/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/ops/op-backend.h"

#include <math.h>
#include <string.h>

/* The case as a graph; in gets the values' ids. inferred: leaves to the graph what it can find. */
static TfcGraph *
build (const OpCase *c, gboolean inferred, guint in[OP_CASE_INPUTS], guint out[2])
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams params = c->params;
  TfcTensor y = c->out;
  for (guint i = 0; i < c->n_in; i++) {
    TfcTensor t = c->in[i];
    t.data = c->constant[i] ? t.data : NULL;
    in[i] = tfc_graph_value (g, NULL, &t);
    if (!t.data)
      tfc_graph_input (g, in[i]);
  }
  y.data = NULL;
  if (inferred && c->op != TFC_OP_RESHAPE && c->op != TFC_OP_SLICE)
    y.shape.rank = -1;
  gboolean window = tfc_op_is (c->op, TFC_OP_FLAG_WINDOW);
  if (window && inferred && params.window.same)
    params.window.pad_top = params.window.pad_left = 0;
  else if (window)
    params.window.same = FALSE;
  out[0] = tfc_graph_value (g, "y", &y);
  y = c->more;
  y.data = NULL;
  if (c->n_out > 1)
    out[1] = inferred ? tfc_graph_unknown (g, "more") : tfc_graph_value (g, "more", &y);
  tfc_graph_node (g, c->op, &params, in, c->n_in, out, c->n_out);
  for (guint i = 0; i < c->n_out; i++)
    tfc_graph_output (g, out[i]);
  return g;
}

static G_NORETURN void
fail (const OpCase *c, const TfcBackend *backend, const gchar *what, const GError *error)
{
  gchar *text = op_case_print (c);
  g_error ("%s on %s: %s %s", text, backend->name, what, error ? error->message : "");
}

static void *
copy_of (OpCase *c, const void *data, gsize bytes)
{
  return memcpy (op_case_alloc (c, bytes), data, bytes);
}

/* Runs it twice from a dirty output, the second time without workers where it can; both must be the
 * same. */
static void
run_twice (OpCase *c, const TfcBackend *backend, void *state, TfcPool *pool, void *out,
           gsize bytes)
{
  memset (out, 0x55, bytes);
  if (!backend->run (state, pool))
    fail (c, backend, "does not run", NULL);
  void *first = copy_of (c, out, bytes);
  memset (out, 0xaa, bytes);
  if (backend->runs_alone == NULL || backend->runs_alone (state))
    pool = NULL;
  if (!backend->run (state, pool) || memcmp (first, out, bytes) != 0)
    fail (c, backend, "the second run is another than the first", NULL);
}

/* Second outputs are places: there is no other right one. */
static void
check_more (const OpCase *c, const TfcBackend *backend, const void *more)
{
  if (memcmp (more, c->more.data, tfc_tensor_bytes (&c->more)) != 0)
    fail (c, backend, "has another second output than the reference", NULL);
}

static OpRun
run_segment (OpCase *c, const TfcBackend *backend, TfcPool *pool, const TfcGraph *g,
             const guint *in, const guint *out)
{
  g_autoptr (GError) error = NULL;
  gsize bytes = tfc_tensor_bytes (&c->out);
  void *place[OP_CASE_INPUTS + 2] = {NULL};
  TfcSegment segment = {.graph = g, .n = 1, .out = out, .n_out = c->n_out, .buffer = place};
  segment.in = (const guint *)(const void *)g->inputs->data;
  segment.n_in = g->inputs->len;
  for (guint i = 0; i < c->n_in; i++)
    place[in[i]] = c->constant[i] ? NULL : c->in[i].data;
  place[out[0]] = op_case_alloc (c, bytes);
  if (c->n_out > 1)
    place[out[1]] = op_case_alloc (c, tfc_tensor_bytes (&c->more));
  void *state = backend->prepare (&segment, pool, &error);
  if (!state)
    fail (c, backend, "is not prepared:", error);
  run_twice (c, backend, state, pool, place[out[0]], bytes);
  if (c->n_out > 1)
    check_more (c, backend, place[out[1]]);
  backend->destroy (state);
  OpRun run = {TRUE, c->out};
  run.out.data = place[out[0]];
  return run;
}

OpRun
op_case_run_backend (OpCase *c, const TfcBackend *backend, TfcPool *pool)
{
  guint in[OP_CASE_INPUTS], out[2];
  OpRun run = {FALSE};
  TfcGraph *g = build (c, FALSE, in, out);
  if (backend->can_run (g, tfc_graph_n (g, 0)))
    run = run_segment (c, backend, pool, g, in, out);
  tfc_graph_free (g);
  return run;
}

static void
fill_inputs (const OpCase *c, TfcModel *model)
{
  guint at = 0;
  for (guint i = 0; i < c->n_in; i++) {
    if (!c->constant[i])
      memcpy (tfc_model_input (model, at++)->data, c->in[i].data, tfc_tensor_bytes (&c->in[i]));
  }
}

OpRun
op_case_run_model (OpCase *c, const TfcBackend *backend, TfcPool *pool, guint *n_fallback)
{
  g_autoptr (GError) error = NULL;
  guint in[OP_CASE_INPUTS], out[2];
  TfcModelOptions options = {backend->name, pool};
  TfcModel *model = tfc_model_open_graph (build (c, TRUE, in, out), &options, &error);
  if (!model)
    fail (c, backend, "does not open:", error);
  fill_inputs (c, model);
  if (!tfc_model_run (model, &error))
    fail (c, backend, "does not run:", error);
  const TfcTensor *y = tfc_model_output (model, 0);
  if (y->type != c->out.type || !tfc_shape_equal (&y->shape, &c->out.shape))
    fail (c, backend, "has an output of another shape or type", NULL);
  if (c->n_out > 1)
    check_more (c, backend, tfc_model_output (model, 1)->data);
  OpRun run = {TRUE, *y};
  run.out.data = copy_of (c, y->data, tfc_tensor_bytes (y));
  *n_fallback = tfc_model_n_fallback (model);
  tfc_model_close (model);
  return run;
}

static gboolean
must_be_exact (const OpCase *c)
{
  if (tfc_op_is (c->op, TFC_OP_FLAG_WEIGHTS))
    return op_is_quant (&c->out);
  if (tfc_op_is (c->op, TFC_OP_FLAG_SAME_QUANT) || tfc_op_is (c->op, TFC_OP_FLAG_STORED))
    return c->op != TFC_OP_RESIZE_BILINEAR;
  return !op_is_quant (&c->out) && c->out.type != TFC_TYPE_F32;
}

gchar *
op_case_difference (const OpCase *c, const TfcTensor *have, gdouble sums)
{
  gdouble allowed = must_be_exact (c) ? 0 : op_is_quant (&c->out) ? 1 : sums;
  for (gsize i = 0; i < tfc_tensor_count (&c->out); i++) {
    gdouble a = op_stored (have, i), b = op_stored (&c->out, i);
    gdouble scale = c->out.type == TFC_TYPE_F32 ? 1 + fabs (b) : 1;
    if (!(fabs (a - b) <= allowed * scale))
      return g_strdup_printf ("element %" G_GSIZE_FORMAT " is %.9g, the reference has %.9g", i, a,
                              b);
  }
  return NULL;
}
