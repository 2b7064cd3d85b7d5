/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/pipeline.h"

#include <gio/gio.h>
#include <string.h>

#include "config.h"
#include "tools/common/table.h"

#define PROGRAM "tfc-bench-pipeline"

/* What one row is about. */
typedef struct {
  const PipelineOptions *options;
  const gchar *element, *picture, *size, *format;
  const gchar *backend; /* NULL: no element of ours */
  guint threads, streams;
} Work;

static gchar *
installed_program (const gchar *folder)
{
  g_autofree gchar *where = g_canonicalize_filename (TFC_LIBEXECDIR, folder);
  return g_build_filename (where, PROGRAM, NULL);
}

/* Beside this program in the build folder, else where it is installed. */
static gchar *
find_program (GSubprocessLauncher *launcher)
{
  g_autofree gchar *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree gchar *folder = g_path_get_dirname (self ? self : "");
  g_autofree gchar *beside = g_build_filename (folder, PROGRAM, NULL);
  g_autofree gchar *plugins = g_build_filename (folder, "..", "gst", NULL);
  const gchar *others = g_getenv ("GST_PLUGIN_PATH");
  if (!g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return installed_program (folder);
  if (g_file_test (plugins, G_FILE_TEST_IS_DIR)) {
    g_autofree gchar *path = g_strjoin (":", plugins, others, NULL);
    g_subprocess_launcher_setenv (launcher, "GST_PLUGIN_PATH", path, TRUE);
  }
  return g_steal_pointer (&beside);
}

static gchar *
element_of (const Work *w)
{
  const gchar *where = w->options->model_path;
  GString *text = g_string_new (w->element);
  if (w->backend)
    g_string_append_printf (text, " backend=%s threads=%u", w->backend, w->threads);
  if (w->backend && where)
    g_string_append_printf (text, " model-path=\"%s\"", where);
  return g_string_free (text, FALSE);
}

static void
take (GPtrArray *arguments, const gchar *name, gchar *value)
{
  g_ptr_array_add (arguments, g_strdup_printf ("--%s=%s", name, value));
  g_free (value);
}

static GPtrArray *
arguments_of (const Work *w, gchar *program)
{
  const PipelineOptions *o = w->options;
  GPtrArray *a = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (a, program);
  take (a, "element", element_of (w));
  take (a, "size", g_strdup (w->size));
  take (a, "format", g_strdup (w->format));
  take (a, "frames", g_strdup_printf ("%d", o->runs));
  take (a, "warm-up", g_strdup_printf ("%d", o->warm_up));
  take (a, "seconds", g_strdup_printf ("%f", o->seconds));
  take (a, "streams", g_strdup_printf ("%u", w->streams));
  take (a, "rate", g_strdup_printf ("%d", o->rate));
  if (w->picture)
    take (a, "picture", g_strdup (w->picture));
  g_ptr_array_add (a, NULL);
  return a;
}

/* Takes the members of what was measured. */
static cJSON *
row_of (const Work *w, cJSON *measured)
{
  cJSON *row = cJSON_CreateObject (), *member;
  cJSON_AddStringToObject (row, "pipeline", w->element);
  cJSON_AddStringToObject (row, "size", w->size);
  cJSON_AddStringToObject (row, "format", w->format);
  if (w->backend)
    cJSON_AddStringToObject (row, "backend", w->backend);
  if (w->streams)
    cJSON_AddNumberToObject (row, "streams", w->streams);
  while ((member = cJSON_DetachItemFromArray (measured, 0)))
    cJSON_AddItemToObject (row, member->string, member);
  return row;
}

static gint
add_row (GPtrArray *rows, const Work *w, gint status, const gchar *out, const gchar *err)
{
  cJSON *measured = status == 0 ? cJSON_Parse (out) : NULL;
  gboolean ok = cJSON_IsObject (measured);
  if (ok)
    g_ptr_array_add (rows, row_of (w, measured));
  cJSON_Delete (measured);
  if (ok)
    return 0;
  g_printerr ("tfc-bench: %s, %s %s: %s%s", w->element, w->size, w->format, err,
              g_str_has_suffix (err, "\n") ? "" : PROGRAM " ended\n");
  return status == 2 ? 2 : 1;
}

static gint
measure (GPtrArray *rows, const Work *w)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) arguments = arguments_of (w, find_program (launcher));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child =
      g_subprocess_launcher_spawnv (launcher, (const gchar *const *)arguments->pdata, &error);
  g_autofree gchar *out = NULL, *err = NULL;
  if (!child || !g_subprocess_communicate_utf8 (child, NULL, NULL, &out, &err, &error)) {
    g_printerr ("tfc-bench: pipelines need " PROGRAM ": %s\n", error->message);
    return 1;
  }
  return add_row (rows, w,
                  g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : 1,
                  out, err);
}

static void
worse (gint *status, gint other)
{
  *status = MAX (*status, other);
}

/* One row, or one for each number of streams. */
static gint
measure_streams (GPtrArray *rows, Work w)
{
  const Numbers *n = &w.options->streams;
  gint status = 0;
  if (!n->n)
    return measure (rows, &w);
  for (guint i = 0; i < n->n; i++) {
    w.streams = n->v[i];
    worse (&status, measure (rows, &w));
  }
  return status;
}

static gint
measure_settings (GPtrArray *rows, Work w)
{
  const PipelineOptions *o = w.options;
  gint status = 0;
  if (!g_str_has_prefix (w.element, "tfc"))
    return measure_streams (rows, w);
  for (guint b = 0; o->backends[b]; b++) {
    w.backend = o->backends[b];
    for (guint t = 0; t < o->threads.n; t++) {
      w.threads = o->threads.v[t];
      worse (&status, measure_streams (rows, w));
    }
  }
  return status;
}

gint
pipeline_measure (GPtrArray *rows, const PipelineOptions *o)
{
  guint n_pictures = o->pictures ? g_strv_length (o->pictures) : 0;
  gint status = 0;
  Work w = {.options = o};
  for (guint e = 0; o->elements && o->elements[e]; e++) {
    w.element = o->elements[e];
    w.picture = n_pictures ? o->pictures[MIN (e, n_pictures - 1)] : NULL;
    for (guint s = 0; o->sizes[s]; s++) {
      w.size = o->sizes[s];
      for (guint f = 0; o->formats[f]; f++) {
        w.format = o->formats[f];
        worse (&status, measure_settings (rows, w));
      }
    }
  }
  return status;
}
