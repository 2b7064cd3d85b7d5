/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-see: pictures in, what is seen on them out, as JSON Lines and annotated PNGs. The same calls
 * below gst/ that the elements use, and no GStreamer. */
#include "config.h"
#include "inference/backend.h"
#include "models/clock.h"
#include "tools/common/arguments.h"
#include "tools/common/picture.h"
#include "tools/see/see.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

static const TfcSeeTask *const tasks[] = {&tfc_see_objects, &tfc_see_faces,    &tfc_see_poses,
                                          &tfc_see_hands,   &tfc_see_segments, &tfc_see_classes};

static struct {
  gboolean faces, version;
  gchar *task, *backend, *format, *json, *out, *dump, **pictures;
  gint threads;
  TfcSeeOptions of_task;
} arg = {.of_task = {.score_threshold = -1, .iou_threshold = -1}};

// clang-format off
static const GOptionEntry entries[] = {
  {"task", 0, 0, G_OPTION_ARG_STRING, &arg.task, "What to look for: objects (default), faces, poses, hands, segments, classes", "T"},
  {"faces", 0, 0, G_OPTION_ARG_NONE, &arg.faces, "The same as --task faces", NULL},
  {"model", 0, 0, G_OPTION_ARG_STRING, &arg.of_task.model, "Model, as the property of the task's element calls it", "M"},
  {"model-file", 0, 0, G_OPTION_ARG_FILENAME, &arg.of_task.model_file, "One's own: .tflite or model.json", "F"},
  {"label-file", 0, 0, G_OPTION_ARG_FILENAME, &arg.of_task.label_file, "Class names of --model-file: one a line, or label_map.pbtxt", "F"},
  {"model-path", 0, 0, G_OPTION_ARG_FILENAME, &arg.of_task.model_path, "Directories searched before the others, colon-separated", "DIRS"},
  {"backend", 0, 0, G_OPTION_ARG_STRING, &arg.backend, "Backend (default: the best that is built in)", "B"},
  {"threads", 0, 0, G_OPTION_ARG_INT, &arg.threads, "Worker threads (0: chosen for this machine)", "N"},
  {"max", 0, 0, G_OPTION_ARG_INT, &arg.of_task.max, "Most things to find (0: as the task has it)", "N"},
  {"threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.of_task.score_threshold, "Least score, 0..1; of a mask: what counts as somebody", "S"},
  {"score-threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.of_task.score_threshold, "The same as --threshold", "S"},
  {"iou-threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.of_task.iou_threshold, "Overlap that suppresses, 0..1", "S"},
  {"format", 0, 0, G_OPTION_ARG_STRING, &arg.format, "Convert the picture to this pixel format first (NV12, I420, ...)", "FMT"},
  {"json", 0, 0, G_OPTION_ARG_FILENAME, &arg.json, "Write one JSON object a picture (- is standard output, the default without --out)", "FILE"},
  {"out", 'o', 0, G_OPTION_ARG_FILENAME, &arg.out, "Write the annotated picture (with several pictures: a number goes before .png)", "FILE.png"},
  {"dump", 0, 0, G_OPTION_ARG_FILENAME, &arg.dump, "Write the input and output tensors of each network that runs as .npy files", "DIR"},
  {"version", 0, 0, G_OPTION_ARG_NONE, &arg.version, "Print the version", NULL},
  {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arg.pictures, NULL, "PICTURE..."},
  {NULL}
};
// clang-format on

/* Who looks. */
typedef struct {
  const TfcSeeTask *task;
  gpointer state;
  TfcPool *pool;
  TfcSeeDump *dump; /* or NULL */
  gchar *model;     /* as told in the JSON */
  const gchar *backend;
} Seer;

gint
tfc_see_index (const gchar *const *names, const gchar *name)
{
  for (gint i = 0; name && names[i]; i++) {
    if (!g_ascii_strcasecmp (names[i], name))
      return i;
  }
  return name ? -1 : 0;
}

gboolean
tfc_see_find (const TfcSeeOptions *options, const gchar *name, TfcModelFiles *found, GError **error)
{
  return tfc_registry_find (name, options->model_path, found, error);
}

gchar *
tfc_see_numbered (const gchar *path, guint number, guint n_pictures)
{
  const gchar *dot = strrchr (path, '.');
  if (n_pictures == 1)
    return g_strdup (path);
  if (!dot || strchr (dot, '/'))
    dot = path + strlen (path);
  return g_strdup_printf ("%.*s-%u%s", (gint)(dot - path), path, number, dot);
}

/* NULL if there is no such task. */
static const TfcSeeTask *
find_task (void)
{
  const gchar *name = arg.task ? arg.task : arg.faces ? "faces" : "objects";
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++) {
    if (g_str_equal (tasks[i]->name, name))
      return tasks[i];
  }
  return NULL;
}

static gboolean
seer_open (Seer *s, GError **error)
{
  const TfcBackend *backend = tfc_backend_find (arg.backend, error);
  if (!backend)
    return FALSE;
  if (arg.dump && !(s->dump = tfc_see_dump_new (arg.dump, error)))
    return FALSE;
  s->task = find_task ();
  s->backend = backend->name;
  s->pool = tfc_pool_new (arg.threads);
  const TfcModelOptions options = {.backend = s->backend,
                                   .pool = s->pool,
                                   .watch = s->dump ? tfc_see_dump_run : NULL,
                                   .watch_data = s->dump};
  s->state = s->task->open (&arg.of_task, &options, &s->model, error);
  return s->state != NULL;
}

static gboolean
seer_close (Seer *s, GError **error)
{
  if (s->state)
    s->task->close (s->state);
  tfc_pool_unref (s->pool);
  g_free (s->model);
  return tfc_see_dump_free (s->dump, error);
}

static gboolean
draw (Seer *s, const TfcFrame *rgb, guint index, GError **error)
{
  g_autofree gchar *path = tfc_see_numbered (arg.out, index + 1, arg.of_task.n_pictures);
  TfcAnnotations annotations = {0};
  s->task->annotate (s->state, &annotations);
  return tfc_see_draw (rgb, &annotations, path, error);
}

static gboolean
tell (Seer *s, const TfcFrame *frame, const TfcSeeHead *head, FILE *json, GError **error)
{
  cJSON *root = tfc_see_json (head, frame);
  s->task->json (s->state, frame, root);
  gchar *line = cJSON_PrintUnformatted (root);
  const gboolean ok = line && fprintf (json, "%s\n", line) > 0 && !fflush (json);
  free (line);
  cJSON_Delete (root);
  if (!ok)
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write",
                 arg.json ? arg.json : "standard output");
  return ok;
}

static gboolean
look (Seer *s, const TfcFrame *rgb, const TfcFrame *frame, guint index, FILE *json, GError **error)
{
  const gint64 start = tfc_now ();
  if (!s->task->run (s->state, &arg.of_task, frame, error))
    return FALSE;
  const TfcSeeHead head = {arg.pictures[index], s->model, s->backend, tfc_pool_threads (s->pool),
                           tfc_now () - start};
  return (!json || tell (s, frame, &head, json, error)) &&
         (!arg.out || draw (s, rgb, index, error));
}

static gboolean
see (Seer *s, guint index, FILE *json, GError **error)
{
  TfcPicture rgb = {0}, other = {0};
  gboolean ok = FALSE;
  if (!tfc_picture_load (arg.pictures[index], &rgb, error))
    return FALSE;
  if (arg.format && !tfc_picture_convert (&rgb, tfc_format_find (arg.format), &other))
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "%s: no memory to convert it",
                 arg.pictures[index]);
  else
    ok = look (s, &rgb.frame, arg.format ? &other.frame : &rgb.frame, index, json, error);
  tfc_picture_clear (&other);
  tfc_picture_clear (&rgb);
  return ok;
}

/* -1: as the task has it. */
static gboolean
is_threshold (gdouble value)
{
  return value == -1 || (value >= 0 && value <= 1);
}

/* NULL, or what is wrong with the command line. */
static const gchar *
check_arguments (void)
{
  const TfcSeeTask *task = find_task ();
  if (arg.version)
    return NULL;
  if (!arg.pictures || !arg.pictures[0])
    return "no picture given";
  if (!task)
    return "--task: no such task";
  if (arg.threads < 0 || arg.threads > 256)
    return "--threads must be 0..256";
  if (arg.of_task.max < 0)
    return "--max must be 0 or more";
  if (!is_threshold (arg.of_task.score_threshold) || !is_threshold (arg.of_task.iou_threshold))
    return "thresholds must be 0..1";
  if (arg.format && !tfc_format_find (arg.format))
    return "--format: no such pixel format (NV12, I420, YUY2, RGB, BGRx, GRAY8, ...)";
  return task->check ? task->check (&arg.of_task) : NULL;
}

static gboolean
parse (int *argc, char ***argv)
{
  GOptionContext *context = g_option_context_new ("- tell what is on pictures");
  g_option_context_set_summary (context,
                                "Prints one JSON object a picture (PNG, JPEG, WebP, what else "
                                "GdkPixbuf reads; of an animation\n"
                                "the first frame). Boxes and points are pixels of the upright "
                                "picture. What is not UTF-8 in a\n"
                                "name becomes U+FFFD; \"picture_uri\" then has the exact name.");
  g_option_context_add_main_entries (context, entries, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++) {
    if (tasks[i]->entries)
      g_option_context_add_main_entries (context, tasks[i]->entries, NULL);
  }
  return tfc_arguments_parse (context, argc, argv, check_arguments);
}

static int
see_all (Seer *s, FILE *json)
{
  int status = EXIT_OK;
  for (guint i = 0; arg.pictures[i]; i++) {
    g_autoptr (GError) error = NULL;
    if (!see (s, i, json, &error)) {
      g_printerr ("tfc-see: %s\n", error->message);
      status = EXIT_FAILED;
    }
  }
  return status;
}

int
main (int argc, char **argv)
{
  Seer seer = {0};
  g_autoptr (GError) error = NULL;
  FILE *json = NULL;
  int status = EXIT_FAILED;

  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv))
    return EXIT_USAGE;
  setlocale (LC_NUMERIC, "C"); /* JSON's */
  arg.of_task.n_pictures = arg.pictures ? g_strv_length (arg.pictures) : 0;
  if (arg.version) {
    g_print ("tfc-see %s\n", TFC_VERSION);
    return EXIT_OK;
  }
  if (arg.json && strcmp (arg.json, "-"))
    json = fopen (arg.json, "w");
  else if (arg.json || !arg.out)
    json = stdout;
  if (arg.json && !json)
    g_set_error (&error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write there", arg.json);
  else if (seer_open (&seer, &error))
    status = see_all (&seer, json);
  if (!seer_close (&seer, error ? NULL : &error))
    status = EXIT_FAILED;
  if (error)
    g_printerr ("tfc-see: %s\n", error->message);
  if (json && json != stdout && fclose (json))
    status = EXIT_FAILED;
  g_strfreev (arg.pictures);
  return status;
}
