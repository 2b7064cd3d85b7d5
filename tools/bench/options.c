/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/options.h"

#include "inference/backend.h"
#include "tools/bench/peer.h"

static gboolean
wrong (GError **error, const gchar *message)
{
  g_set_error_literal (error, TFC_ERROR, TFC_ERROR_SETTINGS, message);
  return FALSE;
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
  if (!parse_numbers (o->threads ? o->threads : "1,0", 0, &g->threads))
    return wrong (error, "--threads takes numbers from 0 to 64 with commas between");
  prepare_pipelines (o);
  if (o->streams && !parse_numbers (o->streams, 1, &o->pipeline.streams))
    return wrong (error, "--streams takes numbers from 1 to 64 with commas between");
  if (!o->against)
    return TRUE;
  g->bare = g_str_equal (o->against, "all") || word_in (o->against, "bare");
  g->peers = peer_find (o->peers ? o->peers : "tools/bench/peers", o->against, error);
  if (g->peers && !g->peers->len)
    g_clear_pointer (&g->peers, g_ptr_array_unref);
  return g->peers || g->bare;
}

/* filter: the words that belong to no option. */
static gboolean
prepare_kernels (Options *o, gchar **filter, GError **error)
{
  KernelsOptions *k = &o->kernels;
  Numbers threads = {0};
  const gboolean good = parse_numbers (o->threads ? o->threads : "1,2", 0, &threads);
  k->threads = threads.v;
  k->n_threads = threads.n;
  k->cpu_time = o->cpu_time;
  k->models = o->models;
  k->model_path = o->model_path;
  k->filter = filter;
  k->quiet = o->json && g_str_equal (o->json, "-");
  if (!good)
    return wrong (error, "--threads takes numbers from 0 to 64 with commas between");
  if (o->cpu_time && (threads.n != 1 || threads.v[0] != 1))
    return wrong (error, "--kernels measures CPU time with one thread: --threads 1");
  return TRUE;
}

/* What does not go together; NULL: nothing. */
static const gchar *
find_clash (const Options *o, gint argc)
{
  if (o->kernels.on &&
      (o->chains || o->pipeline.elements || o->against || o->layers || o->backends))
    return "--kernels goes with --model, --threads, --json and its own options alone";
  if (o->kernels.on)
    return NULL;
  if (argc > 1)
    return "models are named with --model";
  if (o->group.runs < 1 || o->group.warm_up < 0 || !(o->group.seconds > 0))
    return "--runs and --seconds must be positive, --warm-up not negative";
  if (o->pipeline.rate < 1 || o->pipeline.rate > 1000)
    return "--rate is a number of frames a second";
  if (!o->pipeline.elements && (o->sizes || o->formats || o->streams))
    return "--size, --format and --streams are for --pipeline";
  if (o->layers && (o->chains || o->pipeline.elements || o->against))
    return "--layers is about networks of ours alone";
  return o->chains && !o->pictures ? "--chain needs a --picture" : NULL;
}

static GOptionContext *
options_of (Options *o)
{
  // clang-format off
  const GOptionEntry entries[] = {
    {"model", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->models, "A file or a name of tfc-models list; repeatable (default: every registered model that is there)", "NAME|FILE"},
    {"backend", 0, 0, G_OPTION_ARG_STRING, &o->backends, "Backends, with commas between (default: all; with --against, --layers and for pipelines auto)", "B,..."},
    {"threads", 0, 0, G_OPTION_ARG_STRING, &o->threads, "Worker threads, 0 for this machine's default (default: 1,0)", "N,..."},
    {"runs", 0, 0, G_OPTION_ARG_INT, &o->group.runs, "Timed runs of each row (default: 50)", "N"},
    {"warm-up", 0, 0, G_OPTION_ARG_INT, &o->group.warm_up, "Runs before them (default: 5)", "N"},
    {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &o->group.seconds, "No further run of a row after so long (default: 10)", "S"},
    {"no-alternate", 0, 0, G_OPTION_ARG_NONE, &o->group.one_by_one, "Time one row after the other; else the rows of a network take turns run by run, so that noise hits all alike", NULL},
    {"alternate", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &o->group.one_by_one, "Take turns (the default)", NULL},
    {"cpu-time", 0, 0, G_OPTION_ARG_NONE, &o->cpu_time, "CPU time of all threads in place of the clock's: holds on a machine that others use too", NULL},
    {"against", 0, 0, G_OPTION_ARG_STRING, &o->against, "Add rows of peers and our time by theirs: bare, a minimal program written straight for XNNPACK; names in --peers; all", "P,..."},
    {"peers", 0, 0, G_OPTION_ARG_FILENAME, &o->peers, "The folder of the peers' programs (default: tools/bench/peers, whose README tells more)", "DIR"},
    {"layers", 0, 0, G_OPTION_ARG_NONE, &o->layers, "Where a network's time goes: each node that is run, timed inside the runs; a line apart for runs in one go", NULL},
    {"chain", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->chains, "A whole chain on a picture: detect:MODEL, poses:MODEL, segments:MODEL, classes:MODEL, or faces:DIR and hands:DIR with the peers' GraphModels; repeatable", "CHAIN"},
    {"picture", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->pictures, "The picture for --chain or --pipeline (black without); one for each, or the last for all that follow", "FILE"},
    {"pipeline", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->pipeline.elements, "Whole pipelines: the element, with properties if need be, and tfcoverlay behind it; time of each stage of a frame, time to the first result, memory; repeatable", "ELEMENT"},
    {"size", 0, 0, G_OPTION_ARG_STRING, &o->sizes, "Of a pipeline's frames (default: 1920x1080)", "WxH,..."},
    {"format", 0, 0, G_OPTION_ARG_STRING, &o->formats, "Of their pixels (default: NV12)", "F,..."},
    {"streams", 0, 0, G_OPTION_ARG_STRING, &o->streams, "So many live pipelines in a process instead, without tfcoverlay, for --seconds: late frames, CPU, memory of a further stream if 1 is among the numbers", "N,..."},
    {"rate", 0, 0, G_OPTION_ARG_INT, &o->pipeline.rate, "Frames a second of a live stream (default: 25)", "N"},
    {"model-path", 0, 0, G_OPTION_ARG_FILENAME, &o->model_path, "Directories searched first, with colons between", "DIRS"},
    {"json", 0, 0, G_OPTION_ARG_FILENAME, &o->json, "Write the rows as JSON too, or to standard output instead", "FILE|-"},
    {NULL}};
  // clang-format on
  GOptionContext *context = g_option_context_new ("- time networks and pipelines");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (
      context,
      "tools/dev/bench-cameras in the sources prints what many cameras take in tfc-watch.");
  kernels_add_options (context, &o->kernels);
  return context;
}

gboolean
options_parse (Options *o, gint *argc, gchar ***argv, GError **error)
{
  GOptionContext *context = options_of (o);
  gboolean ok = g_option_context_parse (context, argc, argv, error);
  g_option_context_free (context);
  const gchar *clash = ok ? find_clash (o, *argc) : NULL;
  if (clash)
    return wrong (error, clash);
  if (!ok)
    return FALSE;
  return o->kernels.on ? prepare_kernels (o, *argv + 1, error) : prepare (o, error);
}

void
options_clear (Options *o)
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
