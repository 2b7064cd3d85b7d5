/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/campaign.h"

#include "tools/common/json.h"

#define MAX_POOLS 32   /* bits of Layer.runs_so */
#define QUICK_LAYERS 2 /* of one title and type */

/* One distinct layer. */
typedef struct {
  gchar *title, *in, *out, *network; /* network: the first that has it */
  guint64 macs;
  guint32 runs_so; /* a bit for each pool: a network's plan runs it like this there */
} Layer;

typedef struct {
  const Layer *layer;
  guint pool;
  Measurement m;
} Result;

typedef struct {
  const KernelsOptions *o;
  GPtrArray *pools;   /* TfcPool* */
  GHashTable *seen;   /* key -> Layer* */
  GHashTable *kinds;  /* title and type -> how many, for --quick */
  GPtrArray *results; /* Result* */
} Campaign;

/* A network at work. */
typedef struct {
  Campaign *c;
  const Network *network;
  TfcGraph *graph;
  GPtrArray *cases;  /* LayerCase* that no network before it had */
  GPtrArray *layers; /* Layer* of each */
} Work;

static void
free_layer (gpointer data)
{
  Layer *l = data;
  g_free (l->title);
  g_free (l->in);
  g_free (l->out);
  g_free (l->network);
  g_free (l);
}

static void
free_result (gpointer data)
{
  Result *r = data;
  g_free (r->m.difference);
  g_free (r);
}

static void
free_case (gpointer data)
{
  layer_case_free (data);
}

/* FALSE if enough of its kind were taken. */
static gboolean
wanted (Campaign *c, const LayerCase *l)
{
  gchar *kind = g_strdup_printf ("%s %.7s", l->title, l->out);
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (c->kinds, kind));
  g_hash_table_insert (c->kinds, kind, GUINT_TO_POINTER (n + 1));
  return !c->o->quick || n < QUICK_LAYERS;
}

static void
add_case (Work *w, LayerCase *l, guint32 runs_so)
{
  Layer *layer = g_hash_table_lookup (w->c->seen, l->key);
  if (!layer && layer_case_matches (l, w->network->title, w->c->o->filter) && wanted (w->c, l)) {
    layer = g_new0 (Layer, 1);
    layer->title = g_strdup (l->title);
    layer->in = g_strdup (l->in);
    layer->out = g_strdup (l->out);
    layer->network = g_strdup (w->network->title);
    layer->macs = l->macs;
    g_hash_table_insert (w->c->seen, g_strdup (l->key), layer);
    g_ptr_array_add (w->cases, l);
    g_ptr_array_add (w->layers, layer);
  } else {
    layer_case_free (l);
  }
  if (layer)
    layer->runs_so |= runs_so;
}

static gboolean
cut (Work *w, const TfcPlan *plan, guint first, guint n, guint32 runs_so, GError **error)
{
  LayerCase *l = layer_case_new (w->graph, plan, first, n, error);
  if (l)
    add_case (w, l, runs_so);
  return l != NULL;
}

/* What the step runs as one, and its nodes one by one. */
static gboolean
cut_step (Work *w, const TfcPlan *plan, const TfcSegment *s, gboolean by_node, guint pool,
          GError **error)
{
  for (guint i = 0, n; i < s->n; i += n) {
    n = by_node ? layer_case_joined (s, i) : 1;
    if (!cut (w, plan, s->first + i, n, 1u << pool, error))
      return FALSE;
    for (guint k = 0; n > 1 && k < n; k++) {
      if (!cut (w, plan, s->first + i + k, 1, 0, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
cut_network (Work *w, guint pool, GError **error)
{
  gboolean ok = TRUE;
  TfcPlan *plan =
      tfc_plan_new (w->graph, &tfc_backend_auto, g_ptr_array_index (w->c->pools, pool), error);
  for (guint i = 0; plan && ok && i < plan->n_steps; i++)
    ok = cut_step (w, plan, &plan->steps[i].segment, plan->steps[i].backend->by_node, pool, error);
  ok &= plan != NULL;
  tfc_plan_free (plan);
  return ok;
}

/* FALSE with error set, or without if there was nothing to run. */
static gboolean
add_result (Work *w, guint index, const GPtrArray *expected, guint pool, GError **error)
{
  const KernelsOptions *o = w->c->o;
  const MeasureOptions how = {
      .turns = o->quick ? 0 : o->turns, .seconds = 0.3, .cpu_time = o->cpu_time, .again = 3};
  Result *r = g_new0 (Result, 1);
  r->layer = w->layers->pdata[index];
  r->pool = pool;
  if (!measure_layer (&r->m, w->cases->pdata[index], expected,
                      g_ptr_array_index (w->c->pools, pool), &how, error)) {
    free_result (r);
    return FALSE;
  }
  g_ptr_array_add (w->c->results, r);
  return TRUE;
}

static gboolean
measure_case (Work *w, guint index, GError **error)
{
  GError *failed = NULL;
  GPtrArray *expected = measure_reference (w->cases->pdata[index], &failed);
  for (guint pool = 0; expected && pool < w->c->pools->len; pool++) {
    if (!add_result (w, index, expected, pool, &failed))
      break;
  }
  g_clear_pointer (&expected, g_ptr_array_unref);
  if (failed) {
    const Layer *l = w->layers->pdata[index];
    g_propagate_prefixed_error (error, failed, "%s, %s: ", l->title, l->in);
    return FALSE;
  }
  return TRUE;
}

static gboolean
measure_network (Campaign *c, const Network *network, TfcGraph *graph, GError **error)
{
  Work w = {.c = c, .network = network, .graph = graph};
  gboolean ok = TRUE;
  w.cases = g_ptr_array_new_with_free_func (free_case);
  w.layers = g_ptr_array_new ();
  for (guint pool = 0; ok && pool < c->pools->len; pool++)
    ok = cut_network (&w, pool, error);
  for (guint i = 0; ok && i < w.cases->len; i++)
    ok = measure_case (&w, i, error);
  g_ptr_array_unref (w.cases);
  g_ptr_array_unref (w.layers);
  return ok;
}

/* FALSE if a network failed. A file of a mirror that does not open is told, by who measures the
 * first set, and passed over. */
static gboolean
measure_all (Campaign *c, const GPtrArray *networks, gboolean first)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < networks->len; i++) {
    const Network *network = networks->pdata[i];
    GError *error = NULL;
    TfcGraph *graph = network_open (network->path, &error);
    ok &= graph ? measure_network (c, network, graph, &error) : !c->o->models;
    if (error && graph)
      g_printerr ("tfc-bench: %s: %s\n", network->title, error->message);
    else if (error && first)
      g_printerr ("tfc-bench: %s%s\n", c->o->models ? "" : "passed over: ", error->message);
    g_clear_error (&error);
    tfc_graph_free (graph);
  }
  return ok;
}

static cJSON *
object_of (const Campaign *c, const Result *r, const gchar *cpu)
{
  const Layer *l = r->layer;
  cJSON *o = cJSON_CreateObject ();
  tfc_json_text (o, "layer", l->title);
  tfc_json_text (o, "input", l->in);
  tfc_json_text (o, "output", l->out);
  tfc_json_text (o, "network", l->network);
  cJSON_AddNumberToObject (o, "mmac", l->macs / 1e6);
  tfc_json_text (o, "cpu", cpu);
  cJSON_AddNumberToObject (o, "threads", tfc_pool_threads (g_ptr_array_index (c->pools, r->pool)));
  tfc_json_text (o, "backend", r->m.ours);
  cJSON_AddBoolToObject (o, "runs_so", (l->runs_so & 1u << r->pool) != 0);
  measure_to_json (&r->m, o);
  return o;
}

gboolean
campaign_run (const KernelsOptions *o, const GPtrArray *networks, const gchar *cpu, gboolean first,
              cJSON *rows)
{
  Campaign c = {.o = o};
  c.pools = g_ptr_array_new_with_free_func ((GDestroyNotify)tfc_pool_unref);
  c.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_layer);
  c.kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  c.results = g_ptr_array_new_with_free_func (free_result);
  for (guint i = 0; i < MIN (o->n_threads, MAX_POOLS); i++)
    g_ptr_array_add (c.pools, tfc_pool_new (o->threads[i]));
  const gboolean ok = measure_all (&c, networks, first);
  for (guint i = 0; i < c.results->len; i++)
    cJSON_AddItemToArray (rows, object_of (&c, c.results->pdata[i], cpu));
  g_ptr_array_unref (c.results);
  g_hash_table_unref (c.seen);
  g_hash_table_unref (c.kinds);
  g_ptr_array_unref (c.pools);
  return ok;
}
