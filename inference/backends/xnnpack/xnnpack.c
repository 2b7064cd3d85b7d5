/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <string.h>

#include "inference/backends/xnnpack/table.h"

#define ELEMENT_WORK 4 /* of computing an element, beside the multiplications of MAC ops */
/* Less is done by the calling thread while workers would still be waking up, and is no reason to
 * have native ones. */
#define LEAST_SHARED_WORK 1000000

typedef struct {
  xnn_runtime_t runtime;
  GPtrArray *keep; /* what static values point to */
} Built;

/* XNNPACK ties a runtime to its pool. The second one, without, is built (weights packed again) when
 * a run is to leave the workers alone for the first time: on a thread of its own, since no run is
 * to wait for it, or within that run if no thread can be started. */
typedef struct {
  Built with, alone;
  const TfcSegment *segment;
  gboolean native; /* with has workers */
  gboolean begun;  /* to build alone */
  gboolean apart;  /* by builder, which is to be joined */
  gint done;       /* atomic: that is over */
  pthread_t builder;
} State;

/* The borders of a segment as XNNPACK wants them: one entry a value, whatever the lists repeat. */
typedef struct {
  const TfcSegment *segment;
  TfcXnnBuild build;
  GArray *bound; /* struct xnn_external_value */
} Prepare;

// clang-format off
static const gchar *const status_names[] = {
  [xnn_status_success] = "success",
  [xnn_status_uninitialized] = "not initialised",
  [xnn_status_invalid_parameter] = "invalid parameter",
  [xnn_status_invalid_state] = "invalid state",
  [xnn_status_unsupported_parameter] = "unsupported parameter",
  [xnn_status_unsupported_hardware] = "unsupported hardware",
  [xnn_status_out_of_memory] = "out of memory",
};
// clang-format on

static const gchar *
status_name (enum xnn_status status)
{
  return (guint)status < G_N_ELEMENTS (status_names) ? status_names[status] : "unknown error";
}

static gpointer
initialize (gpointer unused)
{
  return GINT_TO_POINTER (xnn_initialize (NULL) == xnn_status_success);
}

static gboolean
initialized (void)
{
  static GOnce once = G_ONCE_INIT;
  return GPOINTER_TO_INT (g_once (&once, initialize, NULL));
}

static gboolean
can_run (const TfcGraph *graph, const TfcNode *node)
{
  return tfc_xnn_can_run (graph, node);
}

static void
bind (Prepare *p, guint v, void *buffer, guint8 flag)
{
  struct xnn_external_value e = {p->bound->len, buffer};
  if (p->build.external[v] != XNN_INVALID_VALUE_ID)
    return;
  p->build.external[v] = e.id;
  p->build.flags[v] = flag;
  g_array_append_val (p->bound, e);
}

static void
prepare_init (Prepare *p, const TfcSegment *s)
{
  guint n_values = s->graph->values->len;
  *p = (Prepare){.segment = s, .build = {.graph = s->graph}};
  p->bound = g_array_new (FALSE, FALSE, sizeof (struct xnn_external_value));
  p->build.keep = g_ptr_array_new_with_free_func (g_free);
  p->build.id = g_new (guint32, n_values);
  p->build.external = g_new (guint32, n_values);
  p->build.flags = g_new0 (guint8, n_values);
  memset (p->build.id, 0xff, n_values * sizeof (guint32));
  memset (p->build.external, 0xff, n_values * sizeof (guint32));
  for (guint i = 0; i < s->n_in; i++)
    bind (p, s->in[i], s->buffer[s->in[i]], XNN_VALUE_FLAG_EXTERNAL_INPUT);
  for (guint i = 0; i < s->n_out; i++)
    bind (p, s->out[i], s->buffer[s->out[i]], XNN_VALUE_FLAG_EXTERNAL_OUTPUT);
}

static void
prepare_finish (Prepare *p)
{
  if (p->build.subgraph)
    xnn_delete_subgraph (p->build.subgraph);
  g_clear_pointer (&p->build.keep, g_ptr_array_unref);
  g_array_unref (p->bound);
  g_free (p->build.id);
  g_free (p->build.external);
  g_free (p->build.flags);
}

static gboolean
refuse (const TfcSegment *s, guint index, enum xnn_status status, GError **error)
{
  const TfcNode *n = tfc_graph_n (s->graph, index);
  const gchar *name = tfc_graph_v (s->graph, n->out[0])->name;
  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
               "XNNPACK refuses node %u, %s, that computes %s: %s", index, tfc_op_name (n->op),
               name ? name : "an unnamed tensor", status_name (status));
  return FALSE;
}

static gboolean
define_nodes (Prepare *p, GError **error)
{
  const TfcSegment *s = p->segment;
  enum xnn_status status = xnn_create_subgraph (p->bound->len, 0, &p->build.subgraph);
  if (status != xnn_status_success) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "XNNPACK makes no subgraph: %s",
                 status_name (status));
    return FALSE;
  }
  for (guint i = 0; i < s->n; i++) {
    status = tfc_xnn_define (&p->build, tfc_graph_n (s->graph, s->first + i));
    if (status != xnn_status_success)
      return refuse (s, s->first + i, status, error);
  }
  return TRUE;
}

/* XNNPACK reports success, and no runtime, when its workspace finds no memory. */
static enum xnn_status
create_runtime (Prepare *p, TfcPool *pool, xnn_runtime_t *runtime)
{
  enum xnn_status status;
  *runtime = NULL;
  const gboolean more = p->segment->more || tfc_pool_expects_runs (pool);
  status = xnn_create_runtime_v2 (p->build.subgraph, tfc_pool_native (pool),
                                  more ? 0 : XNN_FLAG_YIELD_WORKERS, runtime);
  return status == xnn_status_success && !*runtime ? xnn_status_out_of_memory : status;
}

/* XNNPACK does not say which node it refused: tries them one by one. */
static gboolean
name_culprit (const TfcSegment *s, enum xnn_status status, GError **error)
{
  for (guint i = 0; i < s->n; i++) {
    const TfcNode *n = tfc_graph_n (s->graph, s->first + i);
    guint in[TFC_MAX_NODE_INPUTS], n_in = 0;
    TfcSegment one = {s->graph, s->first + i, 1, in, n->out, 0, n->n_out, s->buffer};
    xnn_runtime_t runtime = NULL;
    gboolean sound;
    Prepare p;
    for (guint k = 0; k < n->n_in; k++) {
      if (n->in[k] != TFC_NONE && !tfc_graph_v (s->graph, n->in[k])->tensor.data)
        in[n_in++] = n->in[k];
    }
    one.n_in = n_in;
    prepare_init (&p, &one);
    sound = define_nodes (&p, NULL) && create_runtime (&p, NULL, &runtime) == xnn_status_success;
    if (sound)
      xnn_delete_runtime (runtime);
    prepare_finish (&p);
    if (!sound)
      return refuse (s, s->first + i, status, error);
  }
  return refuse (s, s->first, status, error);
}

/* Binds every external value that a node named; the others XNNPACK does not know. */
static enum xnn_status
set_up (Prepare *p, xnn_runtime_t runtime)
{
  const TfcXnnBuild *b = &p->build;
  const struct xnn_external_value *all = (const void *)p->bound->data;
  struct xnn_external_value *used = g_new (struct xnn_external_value, p->bound->len);
  enum xnn_status status;
  guint n = 0;
  for (guint v = 0; v < b->graph->values->len; v++) {
    if (b->id[v] != XNN_INVALID_VALUE_ID && b->id[v] == b->external[v])
      used[n++] = all[b->external[v]];
  }
  status = xnn_setup_runtime (runtime, n, used);
  g_free (used);
  return status;
}

static void
built_clear (Built *built)
{
  xnn_delete_runtime (built->runtime);
  g_clear_pointer (&built->keep, g_ptr_array_unref);
  built->runtime = NULL;
}

static void
destroy (void *data)
{
  State *state = data;
  if (!state)
    return;
  if (state->apart)
    pthread_join (state->builder, NULL);
  built_clear (&state->with);
  built_clear (&state->alone);
  g_free (state);
}

static gboolean
build (Prepare *p, TfcPool *pool, Built *built, GError **error)
{
  enum xnn_status status;
  if (!define_nodes (p, error))
    return FALSE;
  status = create_runtime (p, pool, &built->runtime);
  if (status == xnn_status_success)
    status = set_up (p, built->runtime);
  if (status != xnn_status_success)
    return name_culprit (p->segment, status, error);
  built->keep = g_steal_pointer (&p->build.keep);
  return TRUE;
}

static gboolean
build_for (const TfcSegment *segment, TfcPool *pool, Built *built, GError **error)
{
  gboolean good;
  Prepare p;
  prepare_init (&p, segment);
  good = build (&p, pool, built, error);
  prepare_finish (&p);
  if (!good)
    built_clear (built);
  return good;
}

/* About, in multiplications. */
static guint64
work_of (const TfcSegment *s)
{
  guint64 sum = 0;
  for (guint i = 0; i < s->n; i++) {
    const TfcNode *n = tfc_graph_n (s->graph, s->first + i);
    sum += tfc_graph_macs (s->graph, n);
    for (guint k = 0; k < n->n_out; k++)
      sum += ELEMENT_WORK * tfc_tensor_count (&tfc_graph_v (s->graph, n->out[k])->tensor);
  }
  return sum;
}

static void *
prepare (const TfcSegment *segment, TfcPool *pool, GError **error)
{
  State *state;
  if (!initialized ()) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_BACKEND,
                 "XNNPACK does not run on this processor; use the backend \"reference\"");
    return NULL;
  }
  state = g_new0 (State, 1);
  state->segment = segment;
  if (work_of (segment) < LEAST_SHARED_WORK)
    pool = NULL;
  if (!build_for (segment, pool, &state->with, error))
    g_clear_pointer (&state, destroy);
  else
    state->native = tfc_pool_native (pool) != NULL;
  return state;
}

static gboolean
is_native (const void *data)
{
  return ((const State *)data)->native;
}

static void *
build_alone (void *data)
{
  State *state = data;
  build_for (state->segment, NULL, &state->alone, NULL);
  g_atomic_int_set (&state->done, TRUE);
  return NULL;
}

static gboolean
runs_alone (void *data)
{
  State *state = data;
  if (!state->native)
    return TRUE;
  if (!state->begun) {
    state->begun = TRUE;
    state->apart = tfc_thread_start (&state->builder, "tfc-xnnpack", build_alone, state);
    if (!state->apart)
      build_alone (state);
  }
  return g_atomic_int_get (&state->done) && state->alone.runtime;
}

static gboolean
run (void *data, TfcPool *pool)
{
  State *state = data;
  const gboolean alone = !pool && g_atomic_int_get (&state->done);
  const Built *built = alone && state->alone.runtime ? &state->alone : &state->with;
  return xnn_invoke_runtime (built->runtime) == xnn_status_success;
}

const TfcBackend tfc_backend_xnnpack = {
    .name = "xnnpack",
    .description = "XNNPACK's kernels on the CPU, with worker threads",
    .packs_weights = TRUE,
    .fallback = &tfc_backend_reference,
    .can_run = can_run,
    .prepare = prepare,
    .is_native = is_native,
    .runs_alone = runs_alone,
    .run = run,
    .destroy = destroy,
};
