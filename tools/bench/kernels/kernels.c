/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/kernels.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inference/backends/cpu/common/kernel_table.h"
#include "models/registry/registry.h"
#include "tools/bench/kernels/campaign.h"
#include "tools/bench/kernels/xnnpack_limit.h"
#include "tools/common/json.h"

/* Names of the sets that this CPU has and that were asked for. */
static GPtrArray *
find_sets (const KernelsOptions *o)
{
  GPtrArray *sets = g_ptr_array_new ();
  for (guint i = 0; i == 0 || tfc_kernels_nth (i); i++) {
    const gchar *name = tfc_kernels_nth (i) ? tfc_kernels_nth (i)->name : "none";
    g_auto (GStrv) words = g_strsplit (o->cpu ? o->cpu : name, ",", -1);
    if (g_strv_contains ((const gchar *const *)words, name))
      g_ptr_array_add (sets, (gpointer)name);
  }
  return sets;
}

/* The process's from now on. */
static void
use_set (const gchar *name)
{
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    if (g_str_equal (tfc_kernels_nth (i)->name, name))
      tfc_kernels_choose (tfc_kernels_nth (i));
  }
}

/* Those that were named, else all; NULL with error set if one that was named is not there. */
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

/* In the child: its rows go to the file. */
G_GNUC_NORETURN static void
run_child (const KernelsOptions *o, const GPtrArray *networks, const gchar *set, gboolean first,
           const gchar *file)
{
  cJSON *rows = cJSON_CreateArray ();
  use_set (set);
  xnnpack_limit (set);
  const gboolean ok = campaign_run (o, networks, set, first, rows);
  _exit (tfc_json_write (rows, file, NULL) && ok ? 0 : 1);
}

/* Moves the rows that the file holds. FALSE if they are none. */
static gboolean
take_rows (const gchar *file, cJSON *rows)
{
  g_autofree gchar *text = NULL;
  cJSON *some = g_file_get_contents (file, &text, NULL, NULL) ? cJSON_Parse (text) : NULL;
  const gboolean ok = cJSON_IsArray (some);
  while (some && some->child)
    cJSON_AddItemToArray (rows, cJSON_DetachItemViaPointer (some, some->child));
  cJSON_Delete (some);
  return ok;
}

/* FALSE with error set if there is no child; and, told on standard error, if it fails. */
static gboolean
run_set (const KernelsOptions *o, const GPtrArray *networks, const gchar *set, gboolean first,
         cJSON *rows, GError **error)
{
  g_autofree gchar *file = NULL;
  const gint fd = g_file_open_tmp ("tfc-bench-XXXXXX", &file, error);
  gint status = -1;
  if (fd < 0)
    return FALSE;
  close (fd);
  fflush (NULL);
  const pid_t child = fork ();
  if (child == 0)
    run_child (o, networks, set, first, file);
  if (child > 0 && waitpid (child, &status, 0) == child && !WIFEXITED (status))
    g_printerr ("tfc-bench: the process for %s was ended by signal %d\n", set, WTERMSIG (status));
  const gboolean ok = take_rows (file, rows) && status == 0;
  g_unlink (file);
  return ok;
}

static gboolean
run_sets (const KernelsOptions *o, const GPtrArray *networks, const GPtrArray *sets, cJSON *rows,
          GError **error)
{
  gboolean ok = TRUE;
  for (guint i = 0; i < sets->len; i++)
    ok &= run_set (o, networks, sets->pdata[i], i == 0, rows, error);
  if (!o->quiet)
    kernels_print (rows, !o->quick);
  kernels_print_bad (rows);
  return ok && !kernels_any_bad (rows);
}

gint
kernels_run (const KernelsOptions *o, cJSON *rows)
{
  GError *error = NULL;
  gint status = 2;
  g_autoptr (GPtrArray) sets = find_sets (o);
  GPtrArray *networks = find_networks (o, &error);
  if (o->turns < 1)
    g_printerr ("tfc-bench: --turns must be positive\n");
  else if (!sets->len)
    g_printerr ("tfc-bench: this CPU has none of the sets \"%s\"\n", o->cpu);
  else if (networks)
    status = run_sets (o, networks, sets, rows, &error) ? 0 : 1;
  if (status < 2 && o->report && !error)
    kernels_write_report (o, rows, &error);
  if (error) {
    g_printerr ("tfc-bench: %s\n", error->message);
    g_clear_error (&error);
    status = 1;
  }
  g_clear_pointer (&networks, g_ptr_array_unref);
  return status;
}

void
kernels_add_options (GOptionContext *context, KernelsOptions *o)
{
  const GOptionEntry entries[] = {
      {"kernels", 0, 0, G_OPTION_ARG_NONE, &o->on,
       "Each distinct layer of the registered networks and of a mirror's, alone: compared with the "
       "reference and timed against XNNPACK, on every set of CPU features that is here, with "
       "--threads (default: 1,2). Words that follow choose layers, inputs or networks that hold "
       "one "
       "of them: tfc-bench --kernels DEPTHWISE movenet. Fails where results differ, or where our "
       "kernel is taken although it takes more than 1.05 of XNNPACK's time, measured four times",
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
