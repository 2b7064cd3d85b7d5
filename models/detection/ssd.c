/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/clock.h"
#include "models/detection/ssd_private.h"

static gboolean
unsupported (GError **error, const gchar *what, const TfcTensor *tensor, const gchar *expected)
{
  gchar shape[96];

  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "not an SSD: %s is %s %s; expected %s",
               what, tfc_type_name (tensor->type), tfc_shape_print (&tensor->shape, shape),
               expected);
  return FALSE;
}

/* What each kind of input wants of a byte: what the GraphModel does, else what the anchors file or
 * the metadata says; else -1..1 in front of what is coded with anchors, and a network that gives
 * corners normalises inside. */
static void
picture_values (TfcSsd *ssd, const TfcSsdOpening *o, gfloat *scale, gfloat *offset)
{
  gfloat mean = 127.5f, std = 127.5f;

  *scale = 1;
  *offset = 0;
  if (tfc_model_picture (ssd->model, scale, offset))
    return;
  const gboolean said = o->metadata && tfc_metadata_normalization (o->metadata, &mean, &std);
  if (o->anchors && o->anchors->normalized) {
    mean = o->anchors->mean;
    std = o->anchors->std;
  } else if (o->metadata && tfc_metadata_uneven (o->metadata) &&
             tfc_model_input (ssd->model, 0)->type == TFC_TYPE_F32) {
    tfc_model_note (&ssd->note,
                    "the metadata's normalisation differs from channel to channel, which is "
                    "not supported: -1..1 instead");
  } else if (!said && !ssd->anchors) {
    return;
  }
  *scale = (gfloat)(1 / (gdouble)std);
  *offset = (gfloat)(-(gdouble)mean / std);
}

static gboolean
input_target (const TfcSsd *ssd, const TfcTensor *input, TfcTarget *target)
{
  const TfcShape *s = &input->shape;
  gboolean is_float = input->type == TFC_TYPE_F32;

  if (!is_float && input->type != TFC_TYPE_U8 && input->type != TFC_TYPE_I8)
    return FALSE;
  if (s->rank != 4 || s->dim[0] != 1 || s->dim[3] != 3)
    return FALSE;
  *target = (TfcTarget){
      .width = ssd->width,
      .height = ssd->height,
      .type = is_float ? TFC_SAMPLE_F32 : TFC_SAMPLE_U8,
      .border = TFC_BORDER_CLAMP,
  };
  return TRUE;
}

/* 1 x 3 x H x W, as exports of other frameworks have it. */
static void
look_at_planes (TfcSsd *ssd, const TfcTensor *input)
{
  const TfcShape *s = &input->shape;

  if (input->type != TFC_TYPE_F32 || s->rank != 4 || s->dim[0] != 1 || s->dim[1] != 3 ||
      s->dim[3] == 3 || s->dim[2] < 1 || s->dim[3] < 1)
    return;
  ssd->width = (guint)s->dim[3];
  ssd->height = (guint)s->dim[2];
  ssd->planar = g_try_new (gfloat, tfc_tensor_count (input));
}

/* NanoDet's planes: blue, green, red, normalised as its published configurations say (ImageNet's
 * means and deviations). */
static void
fill_planes (const TfcSsd *ssd)
{
  static const gfloat mean[] = {103.53f, 116.28f, 123.675f}, std[] = {57.375f, 57.12f, 58.395f};
  const gsize n = (gsize)ssd->width * ssd->height;
  gfloat *to = tfc_model_input (ssd->model, 0)->data;

  for (guint plane = 0; plane < 3; plane++, to += n)
    for (gsize i = 0; i < n; i++)
      to[i] = (ssd->planar[3 * i + 2 - plane] - mean[plane]) / std[plane];
}

/* The picture's size: what follows needs it. */
static gboolean
look_at_input (TfcSsd *ssd, GError **error)
{
  const TfcTensor *input = tfc_model_input (ssd->model, 0);

  if (tfc_model_n_inputs (ssd->model) != 1) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD: %u inputs; expected one picture", tfc_model_n_inputs (ssd->model));
    return FALSE;
  }
  if (input->shape.rank == 4) {
    ssd->width = (guint)MAX (input->shape.dim[2], 0);
    ssd->height = (guint)MAX (input->shape.dim[1], 0);
  }
  ssd->sign = input->type == TFC_TYPE_I8;
  look_at_planes (ssd, input);
  return TRUE;
}

static gboolean
set_up_input (TfcSsd *ssd, const TfcSsdOpening *o, GError **error)
{
  const TfcTensor *input = tfc_model_input (ssd->model, 0);
  TfcTarget target = {.width = ssd->width, .height = ssd->height, .border = TFC_BORDER_CLAMP};

  if (ssd->distributions) {
    target.scale = 1;
    target.border = TFC_BORDER_ZERO_SOFT;
    ssd->sampler = tfc_sampler_new (&target);
  } else if (input_target (ssd, input, &target)) {
    picture_values (ssd, o, &target.scale, &target.offset);
    ssd->sampler = tfc_sampler_new (&target);
  }
  return ssd->sampler || unsupported (error, "the input", input,
                                      "uint8, int8 or float32 1xHxWx3, sides up to 4096");
}

/* Takes model. */
static TfcSsd *
set_up (TfcModel *model, TfcSsdOpening *o, GError **error)
{
  TfcSsd *ssd = g_new0 (TfcSsd, 1);

  ssd->model = model;
  const gboolean ok = look_at_input (ssd, error) && tfc_ssd_set_up_outputs (ssd, o, error) &&
                      set_up_input (ssd, o, error) && tfc_ssd_set_up_labels (ssd, o, error);
  tfc_metadata_close (o->metadata);
  tfc_anchor_file_free (o->anchors);
  if (ok)
    return ssd;
  tfc_ssd_close (ssd);
  return NULL;
}

TfcSsd *
tfc_ssd_new (TfcModel *model, const gchar *label_path, GError **error)
{
  const TfcSsdFiles files = {.label_path = label_path};
  TfcSsdOpening opening = {.files = &files};

  return set_up (model, &opening, error);
}

TfcSsd *
tfc_ssd_open_files (const TfcSsdFiles *files, const TfcModelOptions *options, GError **error)
{
  TfcModel *model = tfc_model_open (files->path, options, error);
  TfcSsdOpening opening = {.files = files};
  GError *why = NULL;

  if (!model)
    return NULL;
  opening.metadata = tfc_metadata_open (files->path);
  TfcSsd *ssd = set_up (model, &opening, &why);
  if (why && why->code != TFC_ERROR_SETTINGS && why->code != TFC_ERROR_NOT_FOUND)
    g_prefix_error (&why, "model file '%s': ", files->path);
  tfc_error_tidy (&why);
  if (why)
    g_propagate_error (error, why);
  return ssd;
}

TfcSsd *
tfc_ssd_open (const gchar *path, const gchar *label_path, const TfcModelOptions *options,
              GError **error)
{
  const TfcSsdFiles files = {.path = path, .label_path = label_path};

  return tfc_ssd_open_files (&files, options, error);
}

void
tfc_ssd_close (TfcSsd *ssd)
{
  if (!ssd)
    return;
  tfc_model_close (ssd->model);
  tfc_labels_free (ssd->labels);
  tfc_sampler_free (ssd->sampler);
  if (ssd->note)
    g_string_free (ssd->note, TRUE);
  g_free (ssd->levels);
  g_free (ssd->anchors);
  g_free (ssd->softmax);
  g_free (ssd->planar);
  g_free (ssd->candidates);
  g_free (ssd);
}

static void
sample (TfcSsd *ssd, const TfcFrame *frame)
{
  TfcMap map = tfc_map_stretch (frame, ssd->width, ssd->height, FALSE);
  guint8 *pixels = tfc_model_input (ssd->model, 0)->data;

  if (ssd->distributions) {
    map = tfc_gfl_map (frame, ssd->width, ssd->height);
    tfc_sampler_run (ssd->sampler, frame, &map, ssd->planar);
    fill_planes (ssd);
    return;
  }
  tfc_sampler_run (ssd->sampler, frame, &map, pixels);
  if (ssd->sign)
    for (gsize i = 0; i < (gsize)ssd->width * ssd->height * 3; i++)
      pixels[i] ^= 0x80;
}

/* What is left of the n best, in the frame. */
static guint
to_frame (const TfcSsd *ssd, const TfcFrame *frame, TfcCandidate *c, guint n)
{
  const TfcMap map = tfc_gfl_map (frame, ssd->width, ssd->height);
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    if (tfc_gfl_to_frame (&map, frame, ssd->width, ssd->height, &c[i].box))
      c[kept++] = c[i];
  return kept;
}

static guint
decode (TfcSsd *ssd, const TfcFrame *frame, const TfcSsdOptions *options, TfcDetection *out,
        guint max)
{
  TfcCandidate *c = ssd->candidates;
  guint n = 0;

  max = MIN (max, options->max_detections);
  for (guint i = 0; i < ssd->n_levels; i++)
    n += ssd->distributions ? tfc_gfl_decode (&ssd->levels[i].gfl, options->score_threshold,
                                              options->classes, c + n)
                            : tfc_decode (&ssd->levels[i].decoder, options->score_threshold,
                                          options->classes, c + n);
  n = ssd->distributions
          ? to_frame (ssd, frame, c, tfc_nms_by_class (c, n, options->iou_threshold, max))
          : tfc_nms (c, n, options->iou_threshold, max);
  for (guint i = 0; i < n; i++)
    out[i] = (TfcDetection){c[i].box, c[i].score, c[i].class_id, .track.seen = TRUE};
  return n;
}

gint
tfc_ssd_run (TfcSsd *ssd, const TfcFrame *frame, const TfcSsdOptions *options, TfcDetection *out,
             guint max, TfcSsdTimes *times, GError **error)
{
  gint64 start = tfc_now ();
  sample (ssd, frame);
  gint64 sampled = tfc_now ();
  if (!tfc_model_run (ssd->model, error))
    return -1;
  gint64 run = tfc_now ();
  guint n = decode (ssd, frame, options, out, max);

  if (times)
    *times = (TfcSsdTimes){sampled - start, run - sampled, tfc_now () - run};
  return (gint)n;
}

gboolean
tfc_ssd_warm_up (TfcSsd *ssd, GError **error)
{
  guint8 pixels[16 * 16 * 3] = {0};
  const TfcFrame frame = tfc_frame_rgb (pixels, 16, 16);
  const TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection found;

  return tfc_ssd_run (ssd, &frame, &options, &found, 1, NULL, error) >= 0;
}

void
tfc_ssd_input_size (const TfcSsd *ssd, guint *width, guint *height)
{
  *width = ssd->width;
  *height = ssd->height;
}

TfcLabels *
tfc_ssd_labels (TfcSsd *ssd)
{
  return ssd->labels;
}

const gchar *
tfc_ssd_note (TfcSsd *ssd)
{
  return ssd->note ? ssd->note->str : NULL;
}

const TfcModel *
tfc_ssd_model (TfcSsd *ssd)
{
  return ssd->model;
}
