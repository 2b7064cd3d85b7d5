/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/layers.h"

#include "tools/bench/peak.h"
#include "inference/plan/plan.h"

/* One plan at work. */
typedef struct {
  Profile *profile;
  TfcPlan *plan;
  TfcPool *pool;
  RowTime time;
} Work;

static const TfcTensor *
tensor (const TfcGraph *g, guint v)
{
  return &tfc_graph_v (g, v)->tensor;
}

static gchar *
shape_text (const TfcGraph *g, guint v)
{
  gchar text[96];
  return g_strdup (tfc_shape_print (&tensor (g, v)->shape, text));
}

static gboolean
has (const TfcNode *n, guint k)
{
  return n->n_in > k && n->in[k] != TFC_NONE;
}

/* Its kernel and stride as far as they tell anything, and what is done on the way out. */
static gchar *
op_text (const TfcGraph *g, const TfcNode *n)
{
  const gboolean convolves = n->op == TFC_OP_CONV_2D || n->op == TFC_OP_DEPTHWISE_CONV_2D;
  GString *text = g_string_new (tfc_op_name (n->op));
  if (convolves) {
    const gint32 *w = tensor (g, n->in[1])->shape.dim;
    g_string_append_printf (text, " %dx%d", w[1], w[2]);
    if (n->params.window.stride_h > 1)
      g_string_append_printf (text, " /%d", n->params.window.stride_h);
  }
  if (n->op <= TFC_OP_FULLY_CONNECTED && has (n, TFC_CONV_ADD))
    g_string_append (text, " + ADD");
  if (n->op <= TFC_OP_FULLY_CONNECTED && has (n, TFC_CONV_SLOPE))
    g_string_append (text, " + PRELU");
  return g_string_free (text, FALSE);
}

/* Of what has a place. */
static gsize
bytes_of (const TfcSegment *s, const TfcNode *n)
{
  gsize sum = 0;
  for (guint k = 0; k < n->n_in; k++)
    sum += has (n, k) && s->buffer[n->in[k]] ? tfc_tensor_bytes (tensor (s->graph, n->in[k])) : 0;
  for (guint k = 0; k < n->n_out; k++)
    sum += s->buffer[n->out[k]] ? tfc_tensor_bytes (tensor (s->graph, n->out[k])) : 0;
  return sum;
}

static void
add_layer (Profile *p, const Layer *layer)
{
  Layer *l = g_memdup2 (layer, sizeof *layer);
  l->ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (p->layers, l);
}

/* How many nodes from the segment's i-th on are run as one: what is between them has no place. */
static guint
joined (const TfcSegment *s, guint i)
{
  guint n = 1;
  while (!s->buffer[tfc_graph_n (s->graph, s->first + i + n - 1)->out[0]])
    n++;
  return n;
}

/* n nodes that are run as one. */
static void
add_nodes (Profile *p, const TfcSegment *s, guint i, guint n)
{
  const TfcNode *nodes = tfc_graph_n (s->graph, s->first + i);
  GString *text = g_string_new (NULL);
  Layer layer = {.in = shape_text (s->graph, nodes[0].in[0]),
                 .out = shape_text (s->graph, nodes[n - 1].out[0])};
  for (guint k = 0; k < n; k++) {
    g_autofree gchar *op = op_text (s->graph, &nodes[k]);
    g_string_append_printf (text, "%s%s", k ? ", " : "", op);
    layer.macs += tfc_graph_macs (s->graph, &nodes[k]);
    layer.bytes += bytes_of (s, &nodes[k]);
  }
  layer.op = g_string_free (text, FALSE);
  add_layer (p, &layer);
}

static void
add_segment (Profile *p, const TfcStep *step)
{
  const TfcSegment *s = &step->segment;
  guint64 macs = 0;
  for (guint i = 0; i < s->n; i++)
    macs += tfc_graph_macs (s->graph, tfc_graph_n (s->graph, s->first + i));
  add_layer (
      p, &(Layer){.op = g_strdup_printf ("%s: %u nodes", step->backend->name, s->n), .macs = macs});
}

static void
free_layer (gpointer data)
{
  Layer *l = data;
  g_array_unref (l->ns);
  g_free (l->op);
  g_free (l->in);
  g_free (l->out);
  g_free (l);
}

void
layers_free (Profile *p)
{
  if (!p)
    return;
  g_ptr_array_unref (p->layers);
  g_array_unref (p->whole);
  g_free (p->network);
  g_free (p->backend);
  g_free (p);
}

static void
stop_watch (const Work *w, GArray *ns, gint64 *at)
{
  const gint64 now = row_now_ns (w->time), took = now - *at;
  if (w->time != ROW_UNTIMED)
    g_array_append_val (ns, took);
  *at = row_now_ns (w->time);
}

/* A whole run, its pieces timed. */
static gboolean
run_inside (const Work *w)
{
  gint64 at = row_now_ns (w->time);
  guint l = 0;
  for (guint i = 0; i < w->plan->n_steps; i++) {
    const TfcStep *step = &w->plan->steps[i];
    gboolean (*const node) (void *, TfcPool *, guint) = step->backend->run_node;
    for (guint k = 0; k < (node ? step->segment.n : 1); l++) {
      if (!(node ? node (step->state, w->pool, k) : step->backend->run (step->state, w->pool)))
        return FALSE;
      stop_watch (w, ((Layer *)w->profile->layers->pdata[l])->ns, &at);
      k += node ? joined (&step->segment, k) : 1;
    }
  }
  return TRUE;
}

static gboolean
run_whole (const Work *w)
{
  gint64 at = row_now_ns (w->time);
  if (!tfc_plan_run (w->plan, w->pool))
    return FALSE;
  stop_watch (w, w->profile->whole, &at);
  return TRUE;
}

static gboolean
take_turn (const Work *w, GError **error)
{
  tfc_pool_enter (w->pool, w->plan->native);
  const gboolean ran = run_whole (w) && run_inside (w);
  tfc_pool_leave (w->pool);
  if (!ran)
    g_set_error (error, TFC_ERROR, TFC_ERROR_RUN, "the %s backend failed while running",
                 w->profile->backend);
  return ran;
}

static gint
by_time (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

static gboolean
take_turns (Work *w, const GroupOptions *o, GError **error)
{
  Profile *p = w->profile;
  gint64 start = g_get_monotonic_time ();
  w->time = ROW_UNTIMED;
  for (gint i = 0; i < o->warm_up && g_get_monotonic_time () - start < o->seconds * 2e5; i++) {
    if (!take_turn (w, error))
      return FALSE;
  }
  w->time = o->time;
  start = g_get_monotonic_time ();
  for (gint i = 0; i < o->runs && (!i || g_get_monotonic_time () - start < o->seconds * 1e6); i++) {
    if (!take_turn (w, error))
      return FALSE;
  }
  g_array_sort (p->whole, by_time);
  for (guint i = 0; i < p->layers->len; i++)
    g_array_sort (((Layer *)p->layers->pdata[i])->ns, by_time);
  return TRUE;
}

static void
open_profile (Work *w)
{
  const TfcGraph *g = w->plan->graph;
  for (guint i = 0; i < w->plan->n_steps; i++) {
    const TfcStep *step = &w->plan->steps[i];
    if (!step->backend->run_node)
      add_segment (w->profile, step);
    for (guint k = 0, n; step->backend->run_node && k < step->segment.n; k += n) {
      n = joined (&step->segment, k);
      add_nodes (w->profile, &step->segment, k, n);
    }
  }
  for (guint i = 0; i < g->inputs->len; i++) {
    const guint v = g_array_index (g->inputs, guint, i);
    case_fill (tensor (g, v), w->plan->buffer[v]);
  }
}

/* The profile is filled in. */
static gboolean
measure (Profile *p, const Case *c, const GroupOptions *o, GError **error)
{
  Work w = {.profile = p, .pool = tfc_pool_new (p->threads)};
  const TfcBackend *backend = tfc_backend_find (p->backend, error);
  p->threads = tfc_pool_threads (w.pool);
  p->peak =
      peak_known (c->quantised ? PEAK_BYTES : PEAK_FLOAT, o->time == ROW_CPU ? 1 : p->threads);
  w.plan = backend ? tfc_plan_new (c->graph, backend, w.pool, error) : NULL;
  if (w.plan)
    open_profile (&w);
  const gboolean ok = w.plan && take_turns (&w, o, error);
  tfc_plan_free (w.plan);
  tfc_pool_unref (w.pool);
  return ok;
}

gboolean
layers_measure (GPtrArray *profiles, const Case *c, const GroupOptions *o, GError **error)
{
  for (guint b = 0; o->backends[b]; b++) {
    const gboolean single = g_str_equal (o->backends[b], "reference"); /* it never uses workers */
    for (guint t = 0; t < (single ? 1 : o->threads.n); t++) {
      Profile *p = g_new0 (Profile, 1);
      p->network = g_strdup (c->title);
      p->backend = g_strdup (o->backends[b]);
      p->threads = single ? 1 : o->threads.v[t];
      p->layers = g_ptr_array_new_with_free_func (free_layer);
      p->whole = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (!measure (p, c, o, error)) {
        layers_free (p);
        return FALSE;
      }
      g_ptr_array_add (profiles, p);
    }
  }
  return TRUE;
}

gdouble
layers_ms (const GArray *ns, gdouble fraction)
{
  const gdouble place = fraction * (ns->len - 1);
  const guint i = place, next = MIN (i + 1, ns->len - 1);
  const gdouble low = g_array_index (ns, gint64, i), high = g_array_index (ns, gint64, next);
  return (low + (high - low) * (place - i)) / 1e6;
}
