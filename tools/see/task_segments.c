/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/result/coverage.h"
#include "models/segmentation/segmentation_pipeline.h"
#include "tools/see/see.h"

#include <string.h>

static const gchar *const models[] = {
    "selfie",       "selfie-landscape",    "body-pix-050", "body-pix-050-quant1",
    "body-pix-075", "body-pix-075-quant1", "body-pix-100", NULL};
static const gchar *const kinds[] = {"person", "parts", "people", NULL};
static const gchar *const resolutions[] = {"low", "medium", "high", "full", NULL};

static struct {
  gchar *output, *resolution, *mask;
  gboolean refine, raw;
} arg;

// clang-format off
static const GOptionEntry entries[] = {
  {"output", 0, 0, G_OPTION_ARG_STRING, &arg.output, "Segments: person (default), parts, people; --threshold 0 (default): the probability, of parts and people 0.7; --model is selfie (default), selfie-landscape, body-pix-050, ..", "O"},
  {"internal-resolution", 0, 0, G_OPTION_ARG_STRING, &arg.resolution, "Segments: size of BodyPix's input: low, medium (default), high, full", "R"},
  {"refine", 0, 0, G_OPTION_ARG_NONE, &arg.refine, "Segments: draw the edges to those of the picture", NULL},
  {"mask", 0, 0, G_OPTION_ARG_FILENAME, &arg.mask, "Segments: write the mask in the picture's size, 8 bits of grey (with several pictures: a number goes before .png)", "FILE.png"},
  {"mask-raw", 0, 0, G_OPTION_ARG_NONE, &arg.raw, "Segments: write it in the network's size", NULL},
  {NULL}
};
// clang-format on

typedef struct {
  TfcSegmentPipeline *pipeline;
  TfcSegmentOptions options;
  TfcMask mask;
  guint n; /* pictures seen */
} Segments;

static const gchar *
check (const TfcSeeOptions *options)
{
  if (!options->model_file && tfc_see_index (models, options->model) < 0)
    return "--model must be one of selfie, selfie-landscape, body-pix-050, body-pix-050-quant1, "
           "body-pix-075, "
           "body-pix-075-quant1, body-pix-100";
  if (tfc_see_index (kinds, arg.output) < 0)
    return "--output must be person, parts or people";
  if (tfc_see_index (resolutions, arg.resolution) < 0)
    return "--internal-resolution must be low, medium, high or full";
  if (arg.raw && !arg.mask)
    return "--mask-raw needs --mask";
  return NULL;
}

static gpointer
segments_open (const TfcSeeOptions *options, const TfcModelOptions *model, gchar **name,
               GError **error)
{
  g_autofree gchar *known = g_strdelimit (
      g_strconcat ("segment/", models[MAX (tfc_see_index (models, options->model), 0)], NULL), "-",
      '_');
  TfcSegmentPipeline *pipeline = NULL;
  TfcModelFiles found = {0};
  if (options->model_file) {
    pipeline = tfc_segment_open (options->model_file, model, error);
    *name = g_path_get_basename (options->model_file);
  } else if (tfc_see_find (options, known, &found, error)) {
    pipeline = tfc_segment_open (found.path, model, error);
    *name = g_strdup (found.name);
  }
  tfc_model_files_clear (&found);
  if (!pipeline)
    return NULL;
  Segments *s = g_new0 (Segments, 1);
  s->pipeline = pipeline;
  s->options = TFC_SEGMENT_DEFAULTS;
  s->options.output = (TfcMaskKind)tfc_see_index (kinds, arg.output);
  s->options.threshold = (gfloat)MAX (options->score_threshold, 0);
  s->options.refine = arg.refine;
  if (arg.resolution)
    s->options.internal_resolution =
        (TfcInternalResolution)tfc_see_index (resolutions, arg.resolution);
  return s;
}

static gboolean
write_mask (const gchar *path, const guint8 *values, guint width, guint height, GError **error)
{
  cairo_surface_t *grey = cairo_image_surface_create (CAIRO_FORMAT_A8, (gint)width, (gint)height);
  cairo_status_t status = cairo_surface_status (grey);
  if (!status) {
    cairo_surface_flush (grey);
    for (guint y = 0; y < height; y++)
      memcpy (cairo_image_surface_get_data (grey) +
                  (gsize)y * cairo_image_surface_get_stride (grey),
              values + (gsize)y * width, width);
    cairo_surface_mark_dirty (grey);
    status = cairo_surface_write_to_png (grey, path);
  }
  cairo_surface_destroy (grey);
  if (status)
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot write: %s", path,
                 cairo_status_to_string (status));
  return !status;
}

static gboolean
save (const Segments *s, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  g_autofree gchar *path = tfc_see_numbered (arg.mask, s->n, options->n_pictures);
  if (arg.raw)
    return write_mask (path, s->mask.data, s->mask.width, s->mask.height, error);
  g_autofree guint8 *large = g_malloc ((gsize)frame->width * frame->height);
  tfc_segment_enlarge (s->pipeline, frame, &s->options, large);
  return write_mask (path, large, frame->width, frame->height, error);
}

static gboolean
run (gpointer task, const TfcSeeOptions *options, const TfcFrame *frame, GError **error)
{
  Segments *s = task;
  s->n++;
  return tfc_segment_run (s->pipeline, NULL, frame, G_MAXUINT64, &s->options, &s->mask, NULL,
                          error) &&
         (!arg.mask || save (s, options, frame, error));
}

static void
json (gpointer task, const TfcFrame *frame, cJSON *to)
{
  const Segments *s = task;
  const TfcMask *m = &s->mask;
  cJSON *segments = cJSON_AddObjectToObject (to, "segments");
  cJSON_AddNumberToObject (segments, "width", m->width);
  cJSON_AddNumberToObject (segments, "height", m->height);
  cJSON_AddStringToObject (segments, "kind", kinds[m->kind]);
  cJSON_AddNumberToObject (segments, "coverage",
                           tfc_mask_coverage (m->data, (gsize)m->width * m->height, m->kind));
  if (m->kind == TFC_MASK_PEOPLE)
    cJSON_AddNumberToObject (segments, "people", m->n_indices);
}

static void
annotate (gpointer task, TfcAnnotations *annotations)
{
  const Segments *s = task;
  annotations->mask = &s->mask;
  if (s->mask.kind == TFC_MASK_PARTS)
    annotations->mask_labels = tfc_body_pix_part_names;
}

static void
segments_close (gpointer task)
{
  Segments *s = task;
  tfc_segment_close (s->pipeline);
  g_free (s);
}

const TfcSeeTask tfc_see_segments = {"segments", entries, check,    segments_open,
                                     run,        json,    annotate, segments_close};
