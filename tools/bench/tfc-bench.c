/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Times networks alone, without sampling and decoding, and whole chains on a picture: ours on their
 * backends, and what one could pick instead; and whole pipelines, by a program of their own. Exit
 * status 0 when all ran, 1 for a failure, 2 for wrong usage. */
#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tools/bench/group.h"
#include "tools/bench/kernels/kernels.h"
#include "tools/bench/kernels/networks.h"
#include "tools/bench/layers.h"
#include "tools/bench/pipeline.h"
#include "models/registry/registry.h"
#include "tools/common/json.h"

typedef struct {
  gchar **models, **chains, **pictures;
  gchar *backends, *threads, *against, *peers, *json, *model_path;
  gchar *sizes, *formats, *streams;
  gboolean cpu_time, layers;
  GroupOptions group;
  PipelineOptions pipeline;
  KernelsOptions kernels;
} Options;

typedef struct {
  GPtrArray *networks;  /* Row*: networks and chains */
  GPtrArray *profiles;  /* Profile*: networks, layer by layer */
  GPtrArray *pipelines; /* cJSON* */
} Rows;

static gint
usage (const gchar *message)
{
  g_printerr ("tfc-bench: %s\nTry: tfc-bench --help\n", message);
  return 2;
}

static gchar *
default_backends (void)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; tfc_backend_nth (i); i++)
    g_string_append_printf (names, "%s%s", i ? "," : "", tfc_backend_nth (i)->name);
  return g_string_free (names, FALSE);
}

static gboolean
parse_numbers (const gchar *text, guint least, Numbers *numbers)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint64 value;
  numbers->v = g_new0 (guint, g_strv_length (words) + 1);
  for (numbers->n = 0; words[numbers->n]; numbers->n++) {
    if (!g_ascii_string_to_unsigned (words[numbers->n], 10, least, TFC_POOL_MAX_THREADS, &value,
                                     NULL))
      return FALSE;
    numbers->v[numbers->n] = value;
  }
  return numbers->n > 0;
}

static gboolean
word_in (const gchar *list, const gchar *word)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);
  return g_strv_contains ((const gchar *const *)words, word);
}

/* A file as it is, else a name of the registry. */
static gchar *
find_model (const gchar *model, const gchar *model_path, GError **error)
{
  TfcModelFiles stored = {0};
  gchar *path;
  if (g_file_test (model, G_FILE_TEST_IS_REGULAR))
    return g_strdup (model);
  if (!tfc_registry_find (model, model_path, &stored, error))
    return NULL;
  path = g_steal_pointer (&stored.path);
  tfc_model_files_clear (&stored);
  return path;
}

static gboolean
measure_network (const Rows *rows, const Options *o, const gchar *model, GError **error)
{
  g_autofree gchar *path = find_model (model, o->model_path, error);
  g_autofree gchar *title =
      g_file_test (model, G_FILE_TEST_IS_REGULAR) ? network_title (model) : g_strdup (model);
  Case *c = path ? case_network (title, path, error) : NULL;
  gboolean ok = c && (o->layers ? layers_measure (rows->profiles, c, &o->group, error)
                                : group_measure (rows->networks, c, &o->group, error));
  case_free (c);
  return ok;
}

/* FALSE if a network failed; the others are measured all the same. A model that was not named and
 * is not there is passed over. */
static gboolean
bench_networks (const Options *o, const Rows *rows)
{
  gboolean all = !o->models && !o->chains && !o->pipeline.elements, ok = TRUE;
  const gchar *const none[] = {NULL};
  const gchar *const *models = all         ? tfc_registry_names ()
                               : o->models ? (const gchar *const *)o->models
                                           : none;
  for (guint i = 0; models[i]; i++) {
    GError *error = NULL;
    if (measure_network (rows, o, models[i], &error))
      continue;
    g_printerr ("tfc-bench: %s\n", error->message);
    ok &= all && g_error_matches (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
    g_error_free (error);
  }
  return ok;
}

/* The picture of the index-th chain; the last one serves all that follow. */
static const gchar *
picture_of (const Options *o, guint index)
{
  guint n = g_strv_length (o->pictures);
  return o->pictures[MIN (index, n - 1)];
}

static gboolean
bench_chains (const Options *o, GPtrArray *rows)
{
  gboolean ok = TRUE;
  for (guint i = 0; o->chains && o->chains[i]; i++) {
    GError *error = NULL;
    Case *c = case_chain (o->chains[i], picture_of (o, i), o->model_path, &error);
    if (!c || !group_measure (rows, c, &o->group, &error)) {
      g_printerr ("tfc-bench: %s\n", error->message);
      g_clear_error (&error);
      ok = FALSE;
    }
    case_free (c);
  }
  return ok;
}

static cJSON *
json_of (const Rows *rows)
{
  cJSON *list = cJSON_CreateArray ();
  row_to_json (rows->networks, list);
  layers_to_json (rows->profiles, list);
  pipeline_to_json (rows->pipelines, list);
  return list;
}

static gint
report (const Options *o, const Rows *rows)
{
  GError *error = NULL;
  if (!o->json || !g_str_equal (o->json, "-")) {
    if (rows->networks->len)
      row_print_table (rows->networks);
    layers_print (rows->profiles);
    pipeline_print (rows->pipelines);
  }
  if (o->json && !tfc_json_write (json_of (rows), o->json, &error)) {
    g_printerr ("tfc-bench: %s\n", error->message);
    g_clear_error (&error);
    return 1;
  }
  return 0;
}

static void
prepare_pipelines (Options *o)
{
  PipelineOptions *p = &o->pipeline;
  p->sizes = g_strsplit (o->sizes ? o->sizes : "1920x1080", ",", -1);
  p->formats = g_strsplit (o->formats ? o->formats : "NV12", ",", -1);
  p->backends = g_strsplit (o->backends ? o->backends : "auto", ",", -1);
  p->threads = o->group.threads;
  p->pictures = o->pictures;
  p->model_path = o->model_path;
  p->runs = o->group.runs;
  p->warm_up = o->group.warm_up;
  p->seconds = o->group.seconds;
}

/* What the words of the command line mean. FALSE with error set. */
static gboolean
prepare (Options *o, GError **error)
{
  GroupOptions *g = &o->group;
  g_autofree gchar *names = o->backends               ? g_strdup (o->backends)
                            : o->against || o->layers ? g_strdup ("auto")
                                                      : default_backends ();
  g->time = o->cpu_time ? ROW_CPU : ROW_CLOCK;
  g->backends = g_strsplit (names, ",", -1);
  for (guint i = 0; g->backends[i]; i++) {
    if (!tfc_backend_find (g->backends[i], error))
      return FALSE;
  }
  if (!parse_numbers (o->threads ? o->threads : "1,0", 0, &g->threads)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "--threads takes numbers from 0 to 64 with commas between");
    return FALSE;
  }
  prepare_pipelines (o);
  if (o->streams && !parse_numbers (o->streams, 1, &o->pipeline.streams)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "--streams takes numbers from 1 to 64 with commas between");
    return FALSE;
  }
  if (!o->against)
    return TRUE;
  g->bare = g_str_equal (o->against, "all") || word_in (o->against, "bare");
  g->peers = peer_find (o->peers ? o->peers : "tools/bench/peers", o->against, error);
  if (g->peers && !g->peers->len)
    g_clear_pointer (&g->peers, g_ptr_array_unref);
  return g->peers || g->bare;
}

static gint
run (Options *o)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)layers_free);
  g_autoptr (GPtrArray) pipelines = g_ptr_array_new_with_free_func ((GDestroyNotify)cJSON_Delete);
  Rows rows = {networks, profiles, pipelines};
  GError *error = NULL;
  gint status;
  if (prepare (o, &error)) {
    gint pipes;
    status = bench_networks (o, &rows) & bench_chains (o, networks) ? 0 : 1;
    pipes = pipeline_measure (pipelines, &o->pipeline);
    status = MAX (status, pipes) | report (o, &rows);
  } else {
    status = usage (error->message);
    g_error_free (error);
  }
  return status;
}

/* words: the filter. */
static gint
run_kernels (Options *o, gchar **words)
{
  KernelsOptions *k = &o->kernels;
  GError *error = NULL;
  Numbers threads = {0};
  const gboolean good = parse_numbers (o->threads ? o->threads : "1,2", 0, &threads);
  k->threads = threads.v;
  k->n_threads = threads.n;
  if (!good)
    return usage ("--threads takes numbers from 0 to 64 with commas between");
  if (o->cpu_time && (threads.n != 1 || threads.v[0] != 1))
    return usage ("--kernels measures CPU time with one thread: --threads 1");
  cJSON *list = cJSON_CreateArray ();
  k->cpu_time = o->cpu_time;
  k->models = o->models;
  k->model_path = o->model_path;
  k->filter = words;
  k->quiet = o->json && g_str_equal (o->json, "-");
  gint status = kernels_run (k, list);
  if (!o->json)
    cJSON_Delete (list);
  else if (!tfc_json_write (list, o->json, &error))
    g_printerr ("tfc-bench: %s\n", error->message);
  status = error ? 1 : status;
  g_clear_error (&error);
  return status;
}

static gint
checked_run (Options *o, gint argc, gchar **argv)
{
  if (o->kernels.on &&
      (o->chains || o->pipeline.elements || o->against || o->layers || o->backends))
    return usage ("--kernels goes with --model, --threads, --json and its own options alone");
  if (o->kernels.on)
    return run_kernels (o, argv + 1);
  if (argc > 1)
    return usage ("models are named with --model");
  if (o->group.runs < 1 || o->group.warm_up < 0 || !(o->group.seconds > 0))
    return usage ("--runs and --seconds must be positive, --warm-up not negative");
  if (o->pipeline.rate < 1 || o->pipeline.rate > 1000)
    return usage ("--rate is a number of frames a second");
  if (!o->pipeline.elements && (o->sizes || o->formats || o->streams))
    return usage ("--size, --format and --streams are for --pipeline");
  if (o->layers && (o->chains || o->pipeline.elements || o->against))
    return usage ("--layers is about networks of ours alone");
  if (o->chains && !o->pictures)
    return usage ("--chain needs a --picture");
  return run (o);
}

static void
clear (Options *o)
{
  gchar **lists[] = {o->models,         o->chains,
                     o->pictures,       o->pipeline.elements,
                     o->group.backends, o->pipeline.backends,
                     o->pipeline.sizes, o->pipeline.formats};
  gchar *texts[] = {o->backends,   o->threads, o->against, o->peers,  o->json,
                    o->model_path, o->sizes,   o->formats, o->streams};
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_strfreev (lists[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (o->group.threads.v);
  kernels_clear (&o->kernels);
  g_free (o->pipeline.streams.v);
  g_clear_pointer (&o->group.peers, g_ptr_array_unref);
}

static GOptionContext *
options_of (Options *o)
{
  const GOptionEntry entries[] = {
      {"model", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->models,
       "A file or a name of tfc-models list; repeatable (default: every registered model that is "
       "there)",
       "NAME|FILE"},
      {"backend", 0, 0, G_OPTION_ARG_STRING, &o->backends,
       "Backends, with commas between (default: all; with --against, --layers and for pipelines "
       "auto)",
       "B,..."},
      {"threads", 0, 0, G_OPTION_ARG_STRING, &o->threads,
       "Worker threads, 0 for this machine's default (default: 1,0)", "N,..."},
      {"runs", 0, 0, G_OPTION_ARG_INT, &o->group.runs, "Timed runs of each row (default: 50)", "N"},
      {"warm-up", 0, 0, G_OPTION_ARG_INT, &o->group.warm_up, "Runs before them (default: 5)", "N"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &o->group.seconds,
       "No further run of a row after so long (default: 10)", "S"},
      {"no-alternate", 0, 0, G_OPTION_ARG_NONE, &o->group.one_by_one,
       "Time one row after the other; else the rows of a network take turns run by run, so that "
       "noise hits all alike",
       NULL},
      {"alternate", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &o->group.one_by_one,
       "Take turns (the default)", NULL},
      {"cpu-time", 0, 0, G_OPTION_ARG_NONE, &o->cpu_time,
       "CPU time of all threads in place of the clock's: holds on a machine that others use too",
       NULL},
      {"against", 0, 0, G_OPTION_ARG_STRING, &o->against,
       "Add rows of peers and our time by theirs: bare, a minimal program written straight for "
       "XNNPACK; "
       "names in --peers; all",
       "P,..."},
      {"peers", 0, 0, G_OPTION_ARG_FILENAME, &o->peers,
       "The folder of the peers' programs (default: tools/bench/peers, whose README tells more)",
       "DIR"},
      {"layers", 0, 0, G_OPTION_ARG_NONE, &o->layers,
       "Where a network's time goes: each node that is run, timed inside the runs; a line apart "
       "for runs in one go",
       NULL},
      {"chain", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->chains,
       "A whole chain on a picture: detect:MODEL, or faces:DIR with the peers' GraphModels; "
       "repeatable",
       "CHAIN"},
      {"picture", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->pictures,
       "The picture for --chain or --pipeline (black without); one for each, or the last for all "
       "that follow",
       "FILE"},
      {"pipeline", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->pipeline.elements,
       "Whole pipelines: the element, with properties if need be, and tfcoverlay behind it; time "
       "of "
       "each stage of a frame, time to the first result, memory; repeatable",
       "ELEMENT"},
      {"size", 0, 0, G_OPTION_ARG_STRING, &o->sizes, "Of a pipeline's frames (default: 1920x1080)",
       "WxH,..."},
      {"format", 0, 0, G_OPTION_ARG_STRING, &o->formats, "Of their pixels (default: NV12)",
       "F,..."},
      {"streams", 0, 0, G_OPTION_ARG_STRING, &o->streams,
       "So many live pipelines in a process instead, without tfcoverlay, for --seconds: late "
       "frames, "
       "CPU, memory of a further stream if 1 is among the numbers",
       "N,..."},
      {"rate", 0, 0, G_OPTION_ARG_INT, &o->pipeline.rate,
       "Frames a second of a live stream (default: 25)", "N"},
      {"model-path", 0, 0, G_OPTION_ARG_FILENAME, &o->model_path,
       "Directories searched first, with colons between", "DIRS"},
      {"json", 0, 0, G_OPTION_ARG_FILENAME, &o->json,
       "Write the rows as JSON too, or to standard output instead", "FILE|-"},
      {NULL}};
  GOptionContext *context = g_option_context_new ("- time networks and pipelines");
  g_option_context_add_main_entries (context, entries, NULL);
  kernels_add_options (context, &o->kernels);
  return context;
}

int
main (int argc, char **argv)
{
  Options o = {.group = {.runs = 50, .warm_up = 5, .seconds = 10}, .pipeline = {.rate = 25}};
  GOptionContext *context = options_of (&o);
  GError *error = NULL;
  gint status = g_option_context_parse (context, &argc, &argv, &error)
                    ? checked_run (&o, argc, argv)
                    : usage (error->message);
  g_clear_error (&error);
  g_option_context_free (context);
  clear (&o);
  return status;
}
