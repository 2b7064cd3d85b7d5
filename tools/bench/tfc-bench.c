/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Times networks alone, without sampling and decoding, and whole chains on a picture: ours on their
 * backends, and what one could pick instead; and whole pipelines, by a program of their own. Exit
 * status 0 when all ran, 1 for a failure, 2 for wrong usage. */
#include "inference/graph/graph.h"
#include "tools/bench/kernels/networks.h"
#include "tools/bench/layers.h"
#include "tools/bench/options.h"
#include "models/registry/registry.h"
#include "tools/common/json.h"

typedef struct {
  GPtrArray *networks;  /* Row*: networks and chains */
  GPtrArray *profiles;  /* Profile*: networks, layer by layer */
  GPtrArray *pipelines; /* cJSON* */
} Rows;

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

static gint
run (Options *o)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)layers_free);
  g_autoptr (GPtrArray) pipelines = g_ptr_array_new_with_free_func ((GDestroyNotify)cJSON_Delete);
  Rows rows = {networks, profiles, pipelines};
  gint status = bench_networks (o, &rows) & bench_chains (o, networks) ? 0 : 1;
  const gint pipes = pipeline_measure (pipelines, &o->pipeline);
  status = MAX (status, pipes);
  return status | report (o, &rows);
}

static gint
run_kernels (Options *o)
{
  GError *error = NULL;
  cJSON *list = cJSON_CreateArray ();
  gint status = kernels_run (&o->kernels, list);
  if (!o->json)
    cJSON_Delete (list);
  else if (!tfc_json_write (list, o->json, &error))
    g_printerr ("tfc-bench: %s\n", error->message);
  status = error ? 1 : status;
  g_clear_error (&error);
  return status;
}

int
main (int argc, char **argv)
{
  Options o = {.group = {.runs = 50, .warm_up = 5, .seconds = 10}, .pipeline = {.rate = 25}};
  GError *error = NULL;
  gint status;
  if (!options_parse (&o, &argc, &argv, &error)) {
    g_printerr ("tfc-bench: %s\nTry: tfc-bench --help\n", error->message);
    g_error_free (error);
    status = 2;
  } else {
    status = o.kernels.on ? run_kernels (&o) : run (&o);
  }
  options_clear (&o);
  return status;
}
