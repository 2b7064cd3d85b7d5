/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/kernels.h"

#include "inference/backends/cpu/common/kernel_table.h"
#include "models/registry/registry.h"
#include "tools/bench/kernels/networks.h"

#define MAX_USES 64    /* sets times numbers of threads: bits of KernelsLayer.runs_so */
#define QUICK_LAYERS 2 /* of one title and type */

typedef struct {
  const TfcKernels *kernels; /* NULL: this CPU has none of ours */
  const gchar *cpu;
  TfcPool *pool;
  guint threads;
} Use;

typedef struct {
  const KernelsOptions *o;
  GArray *uses;      /* Use */
  GHashTable *seen;  /* key -> KernelsLayer* */
  GHashTable *kinds; /* title and type -> how many, for --quick */
  GPtrArray *rows;   /* KernelsRow* */
} Campaign;

/* A network at work. */
typedef struct {
  Campaign *c;
  const Network *network;
  const TfcGraph *graph;
  GPtrArray *cases;  /* LayerCase* that no network before it had */
  GPtrArray *layers; /* KernelsLayer* of each */
} Work;

static void
free_layer (gpointer data)
{
  KernelsLayer *l = data;
  g_free (l->title);
  g_free (l->in);
  g_free (l->out);
  g_free (l->network);
  g_free (l);
}

static void
free_row (gpointer data)
{
  KernelsRow *row = data;
  g_free (row->m.difference);
  g_free (row);
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
add_case (Work *w, LayerCase *l, guint64 runs_so)
{
  KernelsLayer *layer = g_hash_table_lookup (w->c->seen, l->key);
  if (!layer && layer_case_matches (l, w->network->title, w->c->o->filter) && wanted (w->c, l)) {
    layer = g_new0 (KernelsLayer, 1);
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
cut (Work *w, const TfcPlan *plan, guint first, guint n, guint64 runs_so, GError **error)
{
  LayerCase *l = layer_case_new (w->graph, plan, first, n, error);
  if (l)
    add_case (w, l, runs_so);
  return l != NULL;
}

/* What the step runs as one, and its nodes one by one. */
static gboolean
cut_step (Work *w, const TfcPlan *plan, const TfcSegment *s, gboolean by_node, guint use,
          GError **error)
{
  for (guint i = 0, n; i < s->n; i += n) {
    n = by_node ? layer_case_joined (s, i) : 1;
    if (!cut (w, plan, s->first + i, n, (guint64)1 << use, error))
      return FALSE;
    for (guint k = 0; n > 1 && k < n; k++) {
      if (!cut (w, plan, s->first + i + k, 1, 0, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
cut_network (Work *w, guint use, GError **error)
{
  const Use *u = &g_array_index (w->c->uses, Use, use);
  gboolean ok = TRUE;
  tfc_kernels_choose (u->kernels);
  TfcPlan *plan = tfc_plan_new ((TfcGraph *)w->graph, &tfc_backend_auto, u->pool, error);
  for (guint i = 0; plan && ok && i < plan->n_steps; i++)
    ok = cut_step (w, plan, &plan->steps[i].segment, plan->steps[i].backend->by_node, use, error);
  ok &= plan != NULL;
  tfc_plan_free (plan);
  return ok;
}

/* FALSE with error set, or without if there was nothing to run. */
static gboolean
add_row (Work *w, guint index, const GPtrArray *expected, guint use, GError **error)
{
  const KernelsOptions *o = w->c->o;
  const Use *u = &g_array_index (w->c->uses, Use, use);
  const MeasureOptions how = {.turns = o->quick ? 0 : o->turns, .seconds = 0.3, .again = 3};
  KernelsRow *row = g_new0 (KernelsRow, 1);
  *row = (KernelsRow){
      .layer = w->layers->pdata[index], .cpu = u->cpu, .threads = u->threads, .use = use};
  tfc_kernels_choose (u->kernels);
  if (!measure_layer (&row->m, w->cases->pdata[index], expected, u->pool, &how, error)) {
    free_row (row);
    return FALSE;
  }
  g_ptr_array_add (w->c->rows, row);
  return TRUE;
}

static gboolean
measure_case (Work *w, guint index, GError **error)
{
  GError *failed = NULL;
  GPtrArray *expected = measure_reference (w->cases->pdata[index], &failed);
  for (guint use = 0; expected && !failed && use < w->c->uses->len; use++) {
    if (!add_row (w, index, expected, use, &failed))
      break;
  }
  g_clear_pointer (&expected, g_ptr_array_unref);
  if (failed)
    g_propagate_prefixed_error (error, failed,
                                "%s, %s: ", ((KernelsLayer *)w->layers->pdata[index])->title,
                                ((KernelsLayer *)w->layers->pdata[index])->in);
  return !failed;
}

static gboolean
measure_network (Campaign *c, const Network *network, const TfcGraph *graph, GError **error)
{
  Work w = {.c = c, .network = network, .graph = graph};
  gboolean ok = TRUE;
  w.cases = g_ptr_array_new_with_free_func (free_case);
  w.layers = g_ptr_array_new ();
  for (guint use = 0; ok && use < c->uses->len; use++)
    ok = cut_network (&w, use, error);
  for (guint i = 0; ok && i < w.cases->len; i++)
    ok = measure_case (&w, i, error);
  tfc_kernels_choose (NULL);
  g_ptr_array_unref (w.cases);
  g_ptr_array_unref (w.layers);
  return ok;
}

static gboolean
is_asked_for (const gchar *list, const gchar *name)
{
  g_auto (GStrv) words = g_strsplit (list ? list : name, ",", -1);
  return g_strv_contains ((const gchar *const *)words, name);
}

static void
add_uses (Campaign *c, const TfcKernels *kernels)
{
  const gchar *cpu = kernels ? kernels->name : "none";
  for (guint t = 0; is_asked_for (c->o->cpu, cpu) && t < c->o->n_threads; t++) {
    Use use = {.kernels = kernels, .cpu = cpu, .pool = tfc_pool_new (c->o->threads[t])};
    use.threads = tfc_pool_threads (use.pool);
    if (c->uses->len < MAX_USES)
      g_array_append_val (c->uses, use);
    else
      tfc_pool_unref (use.pool);
  }
}

/* FALSE: this CPU has none of the sets that were asked for. */
static gboolean
find_uses (Campaign *c)
{
  for (guint i = 0; i == 0 || tfc_kernels_nth (i); i++)
    add_uses (c, tfc_kernels_nth (i));
  return c->uses->len > 0;
}

static void
clear_use (gpointer data)
{
  tfc_pool_unref (((Use *)data)->pool);
}

/* Those that were named, else all; FALSE with error set if one that was named is not there. */
static GPtrArray *
find_networks (const KernelsOptions *o, GError **error)
{
  GPtrArray *networks = o->models ? networks_new () : networks_find (o->model_path, o->mirrors);
  for (guint i = 0; o->models && o->models[i]; i++) {
    TfcModelFiles files = {0};
    if (g_file_test (o->models[i], G_FILE_TEST_IS_REGULAR)) {
      g_autofree gchar *title = network_title (o->models[i]);
      networks_add (networks, title, o->models[i]);
    } else if (tfc_registry_find (o->models[i], o->model_path, &files, error)) {
      networks_add (networks, o->models[i], files.path);
    } else {
      g_clear_pointer (&networks, g_ptr_array_unref);
      break;
    }
    tfc_model_files_clear (&files);
  }
  return networks;
}

static gboolean
is_bad (const Campaign *c)
{
  gboolean bad = FALSE;
  for (guint i = 0; i < c->rows->len; i++) {
    const KernelsRow *row = c->rows->pdata[i];
    bad |= row->m.result == MEASURE_DIFFERS ||
           (row->m.result == MEASURE_SLOWER && kernels_row_is_judged (row));
  }
  return bad;
}

/* FALSE if a network failed. A file of a mirror that does not open is told and passed over. */
static gboolean
measure_all (Campaign *c, const GPtrArray *networks)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < networks->len; i++) {
    const Network *network = networks->pdata[i];
    GError *error = NULL;
    TfcGraph *graph = networks_open (network, &error);
    ok &= graph ? measure_network (c, network, graph, &error) : !c->o->models;
    if (error && graph)
      g_printerr ("tfc-bench: %s: %s\n", network->title, error->message);
    else if (error)
      g_printerr ("tfc-bench: %s%s\n", c->o->models ? "" : "passed over: ", error->message);
    g_clear_error (&error);
    tfc_graph_free (graph);
  }
  return ok;
}

static gboolean
report (const Campaign *c, cJSON *list, GError **error)
{
  if (!c->o->quiet)
    kernels_print (c->rows, !c->o->quick);
  kernels_print_bad (c->rows);
  kernels_to_json (c->rows, list);
  return !c->o->report || kernels_write_report (c->rows, c->o, error);
}

gint
kernels_run (const KernelsOptions *o, cJSON *list)
{
  Campaign c = {.o = o, .uses = g_array_new (FALSE, FALSE, sizeof (Use))};
  g_array_set_clear_func (c.uses, clear_use);
  c.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_layer);
  c.kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  c.rows = g_ptr_array_new_with_free_func (free_row);
  GError *error = NULL;
  gint status = 2;
  GPtrArray *networks = find_networks (o, &error);
  if (o->turns < 1)
    g_printerr ("tfc-bench: --turns must be positive\n");
  else if (!find_uses (&c))
    g_printerr ("tfc-bench: this CPU has none of the sets \"%s\"\n", o->cpu);
  else if (networks)
    status = (measure_all (&c, networks) & report (&c, list, &error)) && !is_bad (&c) ? 0 : 1;
  if (error) {
    g_printerr ("tfc-bench: %s\n", error->message);
    g_clear_error (&error);
    status = 1;
  }
  g_clear_pointer (&networks, g_ptr_array_unref);
  g_ptr_array_unref (c.rows);
  g_hash_table_unref (c.seen);
  g_hash_table_unref (c.kinds);
  g_array_unref (c.uses);
  return status;
}

void
kernels_add_options (GOptionContext *context, KernelsOptions *o)
{
  const GOptionEntry entries[] = {
      {"kernels", 0, 0, G_OPTION_ARG_NONE, &o->on,
       "Each distinct layer of the registered networks and of a mirror's, alone: compared with the "
       "reference and timed against "
       "XNNPACK, on every set of CPU features that is here, with --threads (default: 1,2). Words "
       "that follow choose layers, "
       "inputs or networks that hold one of them: tfc-bench --kernels DEPTHWISE movenet. Fails "
       "where results differ, or where "
       "our kernel is taken although it takes more than 1.05 of XNNPACK's time, measured four "
       "times",
       NULL},
      {"mirror", 0, 0, G_OPTION_ARG_FILENAME, &o->mirrors,
       "Of --kernels: folders with further model files, with colons between (default: "
       "TFC_MODEL_PATH)",
       "DIRS"},
      {"cpu", 0, 0, G_OPTION_ARG_STRING, &o->cpu,
       "Of --kernels: sets of CPU features (default: all that are here)", "SET,..."},
      {"quick", 0, 0, G_OPTION_ARG_NONE, &o->quick,
       "Of --kernels: compare two layers of each kind, time nothing", NULL},
      {"turns", 0, 0, G_OPTION_ARG_INT, &o->turns,
       "Of --kernels: turns of each in a measurement (default: 11)", "N"},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &o->report,
       "Of --kernels: write the summary as a page", "FILE"},
      {NULL}};
  o->turns = 11;
  g_option_context_add_main_entries (context, entries, NULL);
}

void
kernels_clear (KernelsOptions *o)
{
  g_free (o->mirrors);
  g_free (o->cpu);
  g_free (o->report);
  g_free (o->threads);
}
