/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* With which anchors boxes are coded: told by the file's tail, by the caller's anchors file, by the
 * model's metadata, or by an anchors file beside it. */
#include <math.h>
#include <string.h>

#include "models/detection/ssd_private.h"
#include "models/files/beside.h"

static gboolean
suppresses (const TfcSsd *ssd)
{
  const gchar *tail = tfc_model_postprocess (ssd->model);

  return tail && !strcmp (tail, TFC_SSD_SUPPRESSION);
}

/* The tail's first constant: [n, 4] as cy, cx, h, w; n is whatever it holds and compared later. */
static gboolean
tail_anchors (TfcSsd *ssd, guint *n, GError **error)
{
  const TfcTensor *t = tfc_model_postprocess_const (ssd->model, 0);
  gsize count;

  if (!t || !t->data || !tfc_shape_count (&t->shape, &count) || count == 0 || count % 4 ||
      count > G_MAXUINT ||
      (t->type != TFC_TYPE_F32 && t->type != TFC_TYPE_U8 && t->type != TFC_TYPE_I8)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "TFLite_Detection_PostProcess has no anchors; expected a constant float32, uint8 "
                 "or int8 Nx4");
    return FALSE;
  }
  gfloat *v = g_try_new (gfloat, count);
  if (!v) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for the anchors");
    return FALSE;
  }
  for (gsize i = 0; i < count; i++) {
    const gint step =
        t->type == TFC_TYPE_I8 ? ((const gint8 *)t->data)[i] : ((const guint8 *)t->data)[i];
    v[i] = t->type == TFC_TYPE_F32 ? ((const gfloat *)t->data)[i]
                                   : t->quant.scale * (gfloat)(step - t->quant.zero_point);
  }
  G_STATIC_ASSERT (sizeof (TfcAnchor) == 4 * sizeof (gfloat));
  ssd->anchors = (TfcAnchor *)v;
  *n = count / 4;
  return TRUE;
}

static gfloat
option (TfcSsd *ssd, const gchar *name, gdouble fallback)
{
  return (gfloat)tfc_model_postprocess_option (ssd->model, name, fallback);
}

/* n anchors are one for each box. */
static gboolean
anchors_fit (TfcSsd *ssd, guint n, GError **error)
{
  gsize sum = 0, count;

  for (guint i = 0; i < ssd->n_levels; i++) {
    const TfcTensor *b = &ssd->levels[i].boxes;
    if (!tfc_shape_count (&b->shape, &count) || count % 4)
      return tfc_ssd_refuse_outputs (ssd, error);
    sum += count;
  }
  if (sum / 4 == n)
    return TRUE;
  g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
               "%u anchors for boxes of %" G_GSIZE_FORMAT " numbers; expected four for each", n,
               sum);
  return FALSE;
}

/* Which column is the first class: all columns are, or all but the background's. */
static gboolean
set_first (TfcSsd *ssd, gdouble classes, const gchar *said, GError **error)
{
  for (guint i = 0; i < ssd->n_levels; i++) {
    const gint32 columns = tfc_ssd_last_dim (&ssd->levels[i].scores);
    gchar shape[96];
    if (classes == columns || classes == columns - 1) {
      ssd->levels[i].decoder.first = classes == columns ? 0 : 1;
      continue;
    }
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD: the scores output is %s %s; expected a column per class of "
                 "num_classes (%g, %s), and perhaps one for the background",
                 tfc_type_name (ssd->levels[i].scores.type),
                 tfc_shape_print (&ssd->levels[i].scores.shape, shape), classes, said);
    return FALSE;
  }
  return TRUE;
}

static gboolean
use_tail (TfcSsd *ssd, GError **error)
{
  TfcDecoder *d = &ssd->levels[0].decoder;
  const gint32 columns = tfc_ssd_last_dim (&ssd->levels[0].scores);
  guint n = 0;

  if (!set_first (ssd, tfc_model_postprocess_option (ssd->model, "num_classes", columns - 1),
                  "in its tail", error))
    return FALSE;
  if (suppresses (ssd))
    return TRUE;
  if (!tail_anchors (ssd, &n, error) || !anchors_fit (ssd, n, error))
    return FALSE;
  d->logits = option (ssd, "logits", 0) != 0;
  d->scales = (TfcBoxScales){option (ssd, "y_scale", 10), option (ssd, "x_scale", 10),
                             option (ssd, "h_scale", 5), option (ssd, "w_scale", 5)};
  return TRUE;
}

static guint
n_boxes (const TfcSsd *ssd)
{
  gsize sum = 0, count;

  for (guint i = 0; i < ssd->n_levels; i++)
    if (tfc_shape_count (&ssd->levels[i].boxes.shape, &count) && count / 4 <= TFC_ANCHORS_MAX)
      sum += count / 4;
  return (guint)sum;
}

/* The anchors file beside the model, or NULL. */
static gchar *
beside (const gchar *path)
{
  GArray *found = tfc_look_beside (path);
  gchar *anchors = NULL;

  for (guint i = 0; !anchors && i < found->len; i++)
    if (g_array_index (found, TfcBeside, i).anchors)
      anchors = g_strdup (g_array_index (found, TfcBeside, i).path);
  g_array_unref (found);
  return anchors;
}

static TfcAnchorFile *
from_metadata (const TfcDetectorOptions *d, GError **error)
{
  TfcAnchorFile *f;

  if (d->linear) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "its metadata says that box sizes are not exponentials, which is not supported");
    return NULL;
  }
  f = g_new0 (TfcAnchorFile, 1);
  f->anchors = g_memdup2 (d->anchors, d->n_anchors * sizeof (TfcAnchor));
  f->n = d->n_anchors;
  f->scales = (TfcBoxScales){d->y_scale, d->x_scale, d->h_scale, d->w_scale};
  f->scores = d->sigmoid ? TFC_SCORES_SIGMOID : TFC_SCORES_PLAIN;
  return f;
}

/* Boxes that are corners already: 1 x n x 1 x 4, or n x 4 of a GraphModel. */
static gboolean
are_corners (const TfcSsd *ssd)
{
  const TfcTensor *b = &ssd->levels[0].boxes;

  return ssd->n_levels == 1 && b->type == TFC_TYPE_F32 &&
         ((b->shape.rank == 4 && b->shape.dim[2] == 1) || b->shape.rank == 2);
}

/* What the TF Object Detection API exports of its SSDs, where nobody says which anchors: those of
 * every coco-ssd, if there are as many. */
static gboolean
is_plain_export (const TfcSsd *ssd)
{
  return ssd->n_levels == 1 && ssd->width == 300 && ssd->height == 300 && n_boxes (ssd) == 1917 &&
         !strcmp (tfc_model_output_name (ssd->model, 0), "raw_outputs/box_encodings");
}

static TfcAnchorFile *
plain_anchors (const TfcSsd *ssd, GError **error)
{
  static const gchar rule[] =
      "ssd_anchor_generator { num_layers: 6 min_scale: 0.2 max_scale: 0.95 aspect_ratios: 1.0 "
      "aspect_ratios: 2.0 aspect_ratios: 0.5 aspect_ratios: 3.0 aspect_ratios: 0.3333 }";
  TfcAnchorFile *f =
      tfc_anchor_file_parse (rule, "the model", ssd->width, ssd->height, n_boxes (ssd), error);

  if (f)
    f->n_classes = (guint)MAX (tfc_ssd_last_dim (&ssd->levels[0].scores) - 1, 1);
  return f;
}

/* The anchors of a network that has none; leaves them NULL without error if nobody does. */
static gboolean
find_anchors (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  const gchar *path = o->files->anchors_path;
  const gboolean tail = tfc_model_postprocess (ssd->model) != NULL;
  const TfcDetectorOptions *packed = o->metadata ? tfc_metadata_detector (o->metadata) : NULL;
  gchar *found = NULL;

  if (!path && !tail && packed) {
    o->anchors = from_metadata (packed, error);
    return o->anchors != NULL;
  }
  if (!path && !tail && o->files->path && !are_corners (ssd))
    path = found = beside (o->files->path);
  if (!path && (tail || !is_plain_export (ssd)))
    return TRUE;
  o->anchors = path ? tfc_anchor_file_read (path, ssd->width, ssd->height, n_boxes (ssd), error)
                    : plain_anchors (ssd, error);
  g_free (found);
  return o->anchors != NULL;
}

/* What the file says is to be done is not done again where the network does it. */
static void
set_scores (TfcSsdLevel *l, TfcScores said)
{
  TfcDecoder *d = &l->decoder;

  if (l->activated || said == TFC_SCORES_PLAIN)
    d->logits = FALSE;
  else
    d->logits = said != TFC_SCORES_SOFTMAX;
}

static gboolean
room_for_softmax (TfcSsd *ssd, GError **error)
{
  gsize sum = 0, count, at = 0;

  for (guint i = 0; i < ssd->n_levels; i++)
    if (tfc_shape_count (&ssd->levels[i].scores.shape, &count))
      sum += count;
  ssd->softmax = g_try_new (gfloat, sum);
  if (!ssd->softmax) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for the scores");
    return FALSE;
  }
  for (guint i = 0; i < ssd->n_levels; i++) {
    if (!ssd->levels[i].activated)
      ssd->levels[i].decoder.softmax = ssd->softmax + at;
    if (tfc_shape_count (&ssd->levels[i].scores.shape, &count))
      at += count;
  }
  return TRUE;
}

/* What the file does not say is the tail's, else every SSD's. */
static void
set_scales (TfcSsd *ssd, TfcBoxScales *to, const TfcBoxScales *said)
{
  to->y = isnan (said->y) ? option (ssd, "y_scale", 10) : said->y;
  to->x = isnan (said->x) ? option (ssd, "x_scale", 10) : said->x;
  to->h = isnan (said->h) ? option (ssd, "h_scale", 5) : said->h;
  to->w = isnan (said->w) ? option (ssd, "w_scale", 5) : said->w;
}

static gboolean
use_anchors (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  TfcAnchorFile *f = o->anchors;
  gint32 columns = tfc_ssd_last_dim (&ssd->levels[0].scores);

  if (!anchors_fit (ssd, f->n, error)) {
    g_prefix_error (error,
                    "the anchors do not fit (feature_map_height and feature_map_width in the "
                    "anchors file set the maps' sizes): ");
    return FALSE;
  }
  if (f->n_classes && !set_first (ssd, f->n_classes, "in the anchors file", error))
    return FALSE;
  if (!f->n_classes && f->scores == TFC_SCORES_SOFTMAX && columns > 1)
    set_first (ssd, columns - 1, "", NULL);
  g_free (ssd->anchors);
  ssd->anchors = g_steal_pointer (&f->anchors);
  for (guint i = 0; i < ssd->n_levels; i++) {
    set_scales (ssd, &ssd->levels[i].decoder.scales, &f->scales);
    if (f->scores != TFC_SCORES_UNSAID || !tfc_model_postprocess (ssd->model))
      set_scores (&ssd->levels[i], f->scores);
  }
  return f->scores != TFC_SCORES_SOFTMAX || room_for_softmax (ssd, error);
}

static gboolean
expect_corners (const TfcSsd *ssd, GError **error)
{
  gchar shape[96];

  if (suppresses (ssd) || are_corners (ssd))
    return TRUE;
  g_set_error (
      error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
      "it ends in raw boxes (%s) without a post-process op and without anchors: name its "
      "pipeline.config or another anchors file (anchors=FILE), or put it beside the model as "
      "NAME.anchors; boxes that are corners already would be float32 1xNx1x4",
      tfc_shape_print (&ssd->levels[0].boxes.shape, shape));
  return FALSE;
}

gboolean
tfc_ssd_set_up_anchors (TfcSsd *ssd, TfcSsdOpening *o, GError **error)
{
  if (!find_anchors (ssd, o, error))
    return FALSE;
  if (tfc_model_postprocess (ssd->model) && !use_tail (ssd, error))
    return FALSE;
  if (o->anchors && !use_anchors (ssd, o, error))
    return FALSE;
  return ssd->anchors || expect_corners (ssd, error);
}
