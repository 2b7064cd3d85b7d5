/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Times networks alone, without sampling and decoding: network x backend x threads. Exit status 0
 * when all ran, 1 for a failure, 2 for wrong usage. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "backend.h"
#include "bench/row.h"
#include "store.h"

typedef struct {
  gchar **models;
  gchar *backends, *threads, *against, *json, *model_path;
  gint runs, warm_up;
  gdouble seconds;
  gboolean one_by_one;
} Options;

typedef struct {
  guint *v;
  guint n;
} Numbers;

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
parse_numbers (const gchar *text, Numbers *numbers)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint64 value;
  numbers->v = g_new0 (guint, g_strv_length (words) + 1);
  for (numbers->n = 0; words[numbers->n]; numbers->n++) {
    if (!g_ascii_string_to_unsigned (words[numbers->n], 10, 0, TFC_POOL_MAX_THREADS, &value, NULL))
      return FALSE;
    numbers->v[numbers->n] = value;
  }
  return numbers->n > 0;
}

/* A file as it is, else a name of the registry. */
static gchar *
find_model (const gchar *model, const gchar *model_path, GError **error)
{
  TfcStored stored = {0};
  gchar *path;
  if (g_file_test (model, G_FILE_TEST_IS_REGULAR))
    return g_strdup (model);
  if (!tfc_store_find (model, model_path, &stored, error))
    return NULL;
  path = g_steal_pointer (&stored.path);
  tfc_stored_clear (&stored);
  return path;
}

/* One backend's rows. The measuring stick passes over a network that is not for it. */
static gboolean
add_backend (GPtrArray *rows, const gchar *network, const gchar *path, const gchar *backend,
             const Numbers *threads, GError **error)
{
  gboolean single = g_str_equal (backend, "reference"); /* it never uses workers */
  for (guint t = 0; t < (single ? 1 : threads->n); t++) {
    GError *refused = NULL;
    Row *row = row_new (network, path, backend, single ? 1 : threads->v[t], &refused);
    if (row) {
      g_ptr_array_add (rows, row);
    } else if (g_str_equal (backend, "bare") &&
               g_error_matches (refused, TFC_ERROR, TFC_ERROR_UNSUPPORTED)) {
      g_printerr ("tfc-bench: %s: %s\n", network, refused->message);
      g_clear_error (&refused);
      return TRUE;
    } else {
      g_propagate_prefixed_error (error, refused, "%s on %s: ", network, backend);
      return FALSE;
    }
  }
  return TRUE;
}

/* The rows of one network, the measuring stick first. */
static gboolean
add_rows (GPtrArray *rows, const Options *o, const gchar *model, gchar **backends,
          const Numbers *threads, GError **error)
{
  g_autofree gchar *path = find_model (model, o->model_path, error);
  g_autofree gchar *network =
      g_file_test (model, G_FILE_TEST_IS_REGULAR) ? g_path_get_basename (model) : g_strdup (model);
  if (!path || (o->against && !add_backend (rows, network, path, o->against, threads, error)))
    return FALSE;
  for (guint i = 0; backends[i]; i++) {
    if (!add_backend (rows, network, path, backends[i], threads, error))
      return FALSE;
  }
  return TRUE;
}

/* TRUE while the row wants another run. */
static gboolean
wants (const Row *row, const Options *o, gdouble spent)
{
  return (gint)row->ns->len < o->runs && (spent < o->seconds || row->ns->len < 1);
}

static gboolean
measure_rows (Row **rows, guint n, const Options *o, GError **error)
{
  g_autofree gdouble *spent = g_new0 (gdouble, n);
  gboolean more = TRUE;
  for (guint i = 0; i < n; i++) {
    gint64 start = g_get_monotonic_time ();
    for (gint k = 0; k < o->warm_up && g_get_monotonic_time () - start < o->seconds * 2e5; k++) {
      if (!row_run (rows[i], FALSE, error))
        return FALSE;
    }
  }
  while (more) {
    more = FALSE;
    for (guint i = 0; i < n; i++) {
      gint64 start = g_get_monotonic_time ();
      if (!wants (rows[i], o, spent[i]))
        continue;
      if (!row_run (rows[i], TRUE, error))
        return FALSE;
      spent[i] += (g_get_monotonic_time () - start) / 1e6;
      more = TRUE;
    }
  }
  return TRUE;
}

static gboolean
measure_network (GPtrArray *rows, guint first, const Options *o, GError **error)
{
  Row **group = (Row **)rows->pdata + first;
  guint n = rows->len - first, step = o->one_by_one ? 1 : n;
  for (guint i = 0; i < n; i += step) {
    if (!measure_rows (group + i, step, o, error))
      return FALSE;
  }
  for (guint i = 0; i < n; i++)
    row_compare (group[i], group[0]);
  for (guint i = 0; i < n; i++)
    row_sort (group[i]);
  return TRUE;
}

static gboolean
write_json (const GPtrArray *rows, const gchar *where, GError **error)
{
  JsonNode *root = row_to_json (rows);
  g_autofree gchar *text = json_to_string (root, TRUE);
  json_node_unref (root);
  if (g_str_equal (where, "-")) {
    g_print ("%s\n", text);
    return TRUE;
  }
  return g_file_set_contents (where, text, -1, error);
}

/* FALSE if a network failed; the others are measured all the same. A model that was not named and
 * is not there is passed over. */
static gboolean
bench (const Options *o, gchar **backends, const Numbers *threads, GPtrArray *rows)
{
  const gchar *const *models = o->models ? (const gchar *const *)o->models : tfc_store_names ();
  gboolean ok = TRUE;
  for (guint i = 0; models[i]; i++) {
    guint first = rows->len;
    GError *error = NULL;
    if (add_rows (rows, o, models[i], backends, threads, &error) &&
        measure_network (rows, first, o, &error))
      continue;
    g_printerr ("tfc-bench: %s\n", error->message);
    ok &= !o->models && g_error_matches (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
    g_error_free (error);
    g_ptr_array_set_size (rows, first);
  }
  return ok;
}

static gint
report (const Options *o, const GPtrArray *rows)
{
  GError *error = NULL;
  if (rows->len && (!o->json || !g_str_equal (o->json, "-")))
    row_print_table (rows);
  if (o->json && !write_json (rows, o->json, &error)) {
    g_printerr ("tfc-bench: %s\n", error->message);
    g_clear_error (&error);
    return 1;
  }
  return 0;
}

static gint
run (const Options *o)
{
  g_autofree gchar *names = o->backends ? g_strdup (o->backends) : default_backends ();
  g_auto (GStrv) backends = g_strsplit (names, ",", -1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  Numbers threads = {0};
  GError *error = NULL;
  gint status = 0;

  if (!parse_numbers (o->threads ? o->threads : "1,0", &threads))
    status = usage ("--threads takes numbers from 0 to 64 with commas between");
  for (guint i = 0; !status && backends[i]; i++) {
    if (!tfc_backend_find (backends[i], &error))
      status = usage (error->message);
  }
  g_clear_error (&error);
  if (!status) {
    status = bench (o, backends, &threads, rows) ? 0 : 1;
    status |= report (o, rows);
  }
  g_free (threads.v);
  return status;
}

static gint
checked_run (const Options *o, gint argc)
{
  if (argc > 1)
    return usage ("models are named with --model");
  if (o->runs < 1 || o->warm_up < 0 || !(o->seconds > 0))
    return usage ("--runs and --seconds must be positive, --warm-up not negative");
  if (o->against && !g_str_equal (o->against, "bare"))
    return usage ("--against knows \"bare\" only");
  return run (o);
}

int
main (int argc, char **argv)
{
  Options o = {.runs = 50, .warm_up = 5, .seconds = 10};
  const GOptionEntry entries[] = {
      {"model", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o.models,
       "A file or a name of tfc-models list; repeatable (default: every registered model that is "
       "there)",
       "NAME|FILE"},
      {"backend", 0, 0, G_OPTION_ARG_STRING, &o.backends,
       "Backends, with commas between (default: all)", "B,..."},
      {"threads", 0, 0, G_OPTION_ARG_STRING, &o.threads,
       "Worker threads, 0 for this machine's default (default: 1,0)", "N,..."},
      {"runs", 0, 0, G_OPTION_ARG_INT, &o.runs, "Timed runs of each row (default: 50)", "N"},
      {"warm-up", 0, 0, G_OPTION_ARG_INT, &o.warm_up, "Runs before them (default: 5)", "N"},
      {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &o.seconds,
       "No further run of a row after so long (default: 10)", "S"},
      {"no-alternate", 0, 0, G_OPTION_ARG_NONE, &o.one_by_one,
       "Time one row after the other; else the rows of a network take turns run by run, so that "
       "noise hits all alike",
       NULL},
      {"alternate", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &o.one_by_one,
       "Take turns (the default)", NULL},
      {"against", 0, 0, G_OPTION_ARG_STRING, &o.against,
       "bare: add rows of a minimal program written straight for XNNPACK, first, so that ratio is "
       "to it",
       "bare"},
      {"model-path", 0, 0, G_OPTION_ARG_STRING, &o.model_path,
       "Directories searched first, with colons between", "DIRS"},
      {"json", 0, 0, G_OPTION_ARG_FILENAME, &o.json,
       "Write the rows as JSON too, or to standard output instead", "FILE|-"},
      {NULL}};
  GOptionContext *context = g_option_context_new ("- time networks by backend and threads");
  GError *error = NULL;
  gint status;

  g_option_context_add_main_entries (context, entries, NULL);
  status = g_option_context_parse (context, &argc, &argv, &error) ? checked_run (&o, argc)
                                                                  : usage (error->message);
  g_clear_error (&error);
  g_option_context_free (context);
  g_strfreev (o.models);
  g_free (o.backends);
  g_free (o.threads);
  g_free (o.against);
  g_free (o.json);
  g_free (o.model_path);
  return status;
}
