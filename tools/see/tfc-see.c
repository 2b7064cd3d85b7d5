/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfc-see: pictures in, what is seen on them out, as JSON Lines and annotated PNGs. The same calls
 * below gst/ that the elements use, and no GStreamer. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "models/clock.h"
#include "config.h"
#include "models/face/face_pipeline.h"
#include "tools/common/arguments.h"
#include "tools/common/picture.h"
#include "tools/see/see.h"
#include "models/detection/ssd.h"
#include "models/registry/registry.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_OK, EXIT_FAILED, EXIT_USAGE };

/* The command line, spelled as the elements' properties. */
static struct {
  gboolean faces, no_irises, version;
  gchar *base_model, *model_file, *label_file, *anchors, *backend, *detector, *mesh_model, *format,
      *json, *out;
  gchar *model_path, **pictures;
  gint threads, max_detections, max_faces;
  gdouble score_threshold, iou_threshold, detection_confidence;
} arg = {.max_detections = TFC_SSD_DEFAULT_MAX_DETECTIONS,
         .max_faces = TFC_FACE_DEFAULT_MAX_FACES,
         .score_threshold = -1, /* as objects or faces have it */
         .iou_threshold = -1,
         .detection_confidence = TFC_FACE_DEFAULT_DETECTION_CONFIDENCE};

#define TEXT(number) G_STRINGIFY (number)

// clang-format off
static const GOptionEntry entries[] = {
  {"faces", 0, 0, G_OPTION_ARG_NONE, &arg.faces, "Look for faces instead of objects", NULL},
  {"base-model", 0, 0, G_OPTION_ARG_STRING, &arg.base_model, "lite_mobilenet_v2 (default), mobilenet_v1, mobilenet_v2, mobilenet_v1_quant", "M"},
  {"model-file", 0, 0, G_OPTION_ARG_FILENAME, &arg.model_file, "One's own SSD: .tflite or model.json", "F"},
  {"label-file", 0, 0, G_OPTION_ARG_FILENAME, &arg.label_file, "Class names of --model-file: one a line, or label_map.pbtxt", "F"},
  {"anchors", 0, 0, G_OPTION_ARG_FILENAME, &arg.anchors, "Anchors of a --model-file without a post-process op: its pipeline.config, or four numbers a line", "F"},
  {"model-path", 0, 0, G_OPTION_ARG_FILENAME, &arg.model_path, "Directories searched before the others, colon-separated", "DIRS"},
  {"backend", 0, 0, G_OPTION_ARG_STRING, &arg.backend, "Backend (default: the best that is built in)", "B"},
  {"threads", 0, 0, G_OPTION_ARG_INT, &arg.threads, "Worker threads (0: chosen for this machine)", "N"},
  {"score-threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.score_threshold, "Least score (objects " TEXT (TFC_SSD_DEFAULT_SCORE_THRESHOLD) ", face detector " TEXT (TFC_FACE_DEFAULT_SCORE_THRESHOLD) ")", "S"},
  {"iou-threshold", 0, 0, G_OPTION_ARG_DOUBLE, &arg.iou_threshold, "Overlap that suppresses (objects " TEXT (TFC_SSD_DEFAULT_IOU_THRESHOLD) ", faces " TEXT (TFC_FACE_DEFAULT_IOU_THRESHOLD) ")", "S"},
  {"max-detections", 0, 0, G_OPTION_ARG_INT, &arg.max_detections, "Maximum number of objects, 1.." TEXT (TFC_MAX_DETECTIONS) " (" TEXT (TFC_SSD_DEFAULT_MAX_DETECTIONS) ")", "N"},
  {"max-faces", 0, 0, G_OPTION_ARG_INT, &arg.max_faces, "Maximum number of faces, 1.." TEXT (TFC_MAX_FACES) " (" TEXT (TFC_FACE_DEFAULT_MAX_FACES) ")", "N"},
  {"detector", 0, 0, G_OPTION_ARG_STRING, &arg.detector, "short-range (default), full-range, full-range-sparse, back", "D"},
  {"mesh-model", 0, 0, G_OPTION_ARG_STRING, &arg.mesh_model, "plain (default), attention", "M"},
  {"detection-confidence", 0, 0, G_OPTION_ARG_DOUBLE, &arg.detection_confidence, "Mesh presence below which a face is dropped (" TEXT (TFC_FACE_DEFAULT_DETECTION_CONFIDENCE) ")", "S"},
  {"no-irises", 0, 0, G_OPTION_ARG_NONE, &arg.no_irises, "Leave the iris network out", NULL},
  {"format", 0, 0, G_OPTION_ARG_STRING, &arg.format, "Convert the picture to this pixel format first (NV12, I420, ...)", "FMT"},
  {"json", 0, 0, G_OPTION_ARG_FILENAME, &arg.json, "Write one JSON object a picture (- is standard output, the default without --out)", "FILE"},
  {"out", 'o', 0, G_OPTION_ARG_FILENAME, &arg.out, "Write the annotated picture (with several pictures: a number goes before .png)", "FILE.png"},
  {"version", 0, 0, G_OPTION_ARG_NONE, &arg.version, "Print the version", NULL},
  {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arg.pictures, NULL, "PICTURE..."},
  {NULL}
};
// clang-format on

/* Either a detector or a face pipeline is open. */
typedef struct {
  TfcSsd *ssd;
  TfcFacePipeline *pipeline;
  TfcPool *pool;
  gchar *model; /* as told in the JSON */
  const gchar *backend;
} Model;

static const gchar *const detectors[] = {"short-range", "full-range", "full-range-sparse", "back",
                                         NULL};
static const gchar *const meshes[] = {"plain", "attention", NULL};

/* Index of name in names, 0 for NULL, -1 if it is not there. */
static gint
index_of (const gchar *const *names, const gchar *name)
{
  for (gint i = 0; name && names[i]; i++) {
    if (!g_ascii_strcasecmp (names[i], name))
      return i;
  }
  return name ? -1 : 0;
}

static gboolean
find_model (const gchar *name, TfcModelFiles *found, GError **error)
{
  return tfc_registry_find (name, arg.model_path, found, error);
}

static gboolean
open_objects (Model *m, const TfcModelOptions *options, GError **error)
{
  TfcModelFiles found = {0};
  const gchar *path = arg.model_file, *labels = arg.label_file;
  const gchar *name = arg.base_model ? arg.base_model : "lite_mobilenet_v2";
  if (!path) {
    if (!find_model (name, &found, error))
      return FALSE;
    path = found.path;
    labels = labels ? labels : found.label_path;
  }
  const TfcSsdFiles files = {path, labels, arg.anchors};
  m->ssd = tfc_ssd_open_files (&files, options, error);
  if (m->ssd && tfc_ssd_note (m->ssd))
    g_printerr ("tfc-see: %s: %s\n", path, tfc_ssd_note (m->ssd));
  m->model = g_strdup (arg.model_file ? arg.model_file : found.name);
  tfc_model_files_clear (&found);
  return m->ssd != NULL;
}

static gboolean
open_faces (Model *m, const TfcModelOptions *options, GError **error)
{
  TfcFaceConfig config = {.detector = index_of (detectors, arg.detector),
                          .mesh = index_of (meshes, arg.mesh_model),
                          .model = *options};
  const gboolean irises = !arg.no_irises && config.mesh == TFC_MESH_PLAIN;
  TfcModelFiles detector = {0}, mesh = {0}, iris = {0};
  if (find_model (tfc_face_detector_name (config.detector), &detector, error) &&
      find_model (tfc_face_mesh_name (config.mesh), &mesh, error) &&
      (!irises || find_model (tfc_face_iris_name (), &iris, error))) {
    config.detector_path = detector.path;
    config.mesh_path = mesh.path;
    config.iris_path = iris.path;
    m->pipeline = tfc_face_open (&config, error);
    m->model = g_strdup (mesh.name);
  }
  tfc_model_files_clear (&detector);
  tfc_model_files_clear (&mesh);
  tfc_model_files_clear (&iris);
  return m->pipeline != NULL;
}

static gboolean
model_open (Model *m, GError **error)
{
  const TfcBackend *backend = tfc_backend_find (arg.backend, error);
  TfcModelOptions options = {0};
  if (!backend)
    return FALSE;
  m->backend = options.backend = backend->name;
  m->pool = options.pool = tfc_pool_new (arg.threads);
  return arg.faces ? open_faces (m, &options, error) : open_objects (m, &options, error);
}

static void
model_close (Model *m)
{
  tfc_ssd_close (m->ssd);
  tfc_face_close (m->pipeline);
  tfc_pool_unref (m->pool);
  g_free (m->model);
}

static gboolean
run_objects (Model *m, const TfcFrame *frame, TfcAnalysis *analysis, GError **error)
{
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcSsdTimes times;
  options.max_detections = arg.max_detections;
  if (arg.score_threshold >= 0)
    options.score_threshold = arg.score_threshold;
  if (arg.iou_threshold >= 0)
    options.iou_threshold = arg.iou_threshold;
  const gint n = tfc_ssd_run (m->ssd, frame, &options, analysis->detections, TFC_MAX_DETECTIONS,
                              &times, error);
  analysis->n_detections = MAX (n, 0);
  return n >= 0;
}

static gboolean
run_faces (Model *m, const TfcFrame *frame, TfcAnalysis *analysis, GError **error)
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcFaceTimes times;
  options.max_faces = arg.max_faces;
  options.predict_irises = !arg.no_irises;
  options.detection_confidence = arg.detection_confidence;
  if (arg.score_threshold >= 0)
    options.score_threshold = arg.score_threshold;
  if (arg.iou_threshold >= 0)
    options.iou_threshold = arg.iou_threshold;
  tfc_face_reset (m->pipeline);
  const gint n =
      tfc_face_run (m->pipeline, frame, G_MAXUINT64, &options, analysis->faces, &times, error);
  analysis->n_faces = MAX (n, 0);
  return n >= 0;
}

static gboolean
model_run (Model *m, const TfcFrame *frame, TfcAnalysis *analysis, GError **error)
{
  const gint64 start = tfc_now ();
  const gboolean ok =
      m->ssd ? run_objects (m, frame, analysis, error) : run_faces (m, frame, analysis, error);
  analysis->ns = tfc_now () - start;
  return ok;
}

/* "dir/seen.png" -> "dir/seen-2.png" when there are several pictures. */
static gchar *
out_name (guint index)
{
  const gchar *dot = strrchr (arg.out, '.');
  if (g_strv_length (arg.pictures) == 1)
    return g_strdup (arg.out);
  if (!dot || strchr (dot, '/'))
    dot = arg.out + strlen (arg.out);
  return g_strdup_printf ("%.*s-%u%s", (gint)(dot - arg.out), arg.out, index + 1, dot);
}

static gboolean
write_png (const Model *m, const TfcFrame *rgb, const TfcAnalysis *analysis, guint index,
           GError **error)
{
  cairo_surface_t *surface = tfc_see_draw (rgb, m->ssd ? tfc_ssd_labels (m->ssd) : NULL, analysis);
  gchar *name = out_name (index);
  const cairo_status_t status = cairo_surface_write_to_png (surface, name);
  if (status)
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write the picture: %s", name,
                 cairo_status_to_string (status));
  g_free (name);
  cairo_surface_destroy (surface);
  return !status;
}

static gboolean
see (Model *m, guint index, FILE *json, TfcAnalysis *analysis, GError **error)
{
  TfcPicture rgb = {0}, other = {0};
  const TfcFrame *frame = &rgb.frame;
  gboolean ok = FALSE;
  memset (analysis, 0, sizeof *analysis);
  if (!tfc_picture_load (arg.pictures[index], &rgb, error))
    return FALSE;
  if (arg.format) {
    if (!tfc_picture_convert (&rgb, tfc_format_find (arg.format), &other)) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "%s: no memory to convert it",
                   arg.pictures[index]);
      goto done;
    }
    frame = &other.frame;
  }
  if (!model_run (m, frame, analysis, error))
    goto done;
  if (json) {
    const TfcSeeHead head = {arg.pictures[index], m->model, m->backend, tfc_pool_threads (m->pool)};
    gchar *line = tfc_see_json (&head, m->ssd ? tfc_ssd_labels (m->ssd) : NULL, frame, analysis);
    ok = line && fprintf (json, "%s\n", line) > 0 && !fflush (json);
    free (line);
    if (!ok) {
      g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write",
                   arg.json ? arg.json : "standard output");
      goto done;
    }
  }
  ok = !arg.out || write_png (m, &rgb.frame, analysis, index, error);
done:
  tfc_picture_clear (&other);
  tfc_picture_clear (&rgb);
  return ok;
}

/* NULL, or what is wrong with the command line. */
static const gchar *
check_arguments (void)
{
  if (arg.version)
    return NULL;
  if (!arg.pictures || !arg.pictures[0])
    return "no picture given";
  if (arg.base_model && arg.model_file)
    return "--base-model and --model-file exclude each other";
  if (arg.threads < 0 || arg.threads > 256)
    return "--threads must be 0..256";
  if (arg.max_detections < 1 || arg.max_detections > TFC_MAX_DETECTIONS)
    return "--max-detections must be 1.." TEXT (TFC_MAX_DETECTIONS);
  if (arg.max_faces < 1 || arg.max_faces > TFC_MAX_FACES)
    return "--max-faces must be 1.." TEXT (TFC_MAX_FACES);
  if (arg.score_threshold > 1 || arg.iou_threshold > 1 || arg.detection_confidence > 1)
    return "thresholds must be 0..1";
  if (index_of (detectors, arg.detector) < 0)
    return "--detector must be short-range, full-range, full-range-sparse or back";
  if (index_of (meshes, arg.mesh_model) < 0)
    return "--mesh-model must be plain or attention";
  if (arg.format && !tfc_format_find (arg.format))
    return "--format: no such pixel format (NV12, I420, YUY2, RGB, BGRx, GRAY8, ...)";
  return NULL;
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
  return tfc_arguments_parse (context, argc, argv, check_arguments);
}

int
main (int argc, char **argv)
{
  Model model = {0};
  GError *error = NULL;
  FILE *json = NULL;
  int status = EXIT_FAILED;

  setlocale (LC_ALL, "");
  if (!parse (&argc, &argv))
    return EXIT_USAGE;
  setlocale (LC_NUMERIC, "C"); /* JSON's */
  if (arg.version) {
    g_print ("tfc-see %s\n", TFC_VERSION);
    return EXIT_OK;
  }
  TfcAnalysis *analysis = g_new (TfcAnalysis, 1);
  if (arg.json && strcmp (arg.json, "-"))
    json = fopen (arg.json, "w");
  else if (arg.json || !arg.out)
    json = stdout;
  if (arg.json && !json)
    g_set_error (&error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write there", arg.json);
  else if (model_open (&model, &error)) {
    status = EXIT_OK;
    for (guint i = 0; arg.pictures[i]; i++) {
      if (!see (&model, i, json, analysis, &error)) {
        g_printerr ("tfc-see: %s\n", error->message);
        g_clear_error (&error);
        status = EXIT_FAILED;
      }
    }
  }
  if (error)
    g_printerr ("tfc-see: %s\n", error->message);
  g_clear_error (&error);
  if (json && json != stdout && fclose (json))
    status = EXIT_FAILED;
  model_close (&model);
  g_free (analysis);
  g_strfreev (arg.pictures);
  return status;
}
