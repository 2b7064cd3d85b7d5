/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ssd.h"
#include <string.h>
#include "clock.h"
#include "decode.h"
#include "sample.h"

#define COCO_CLASSES 90
#define TAIL "TFLite_Detection_PostProcess"
#define CODER "BoxCoder"

struct TfcSsd {
  TfcModel *model;
  TfcLabels *labels;
  TfcSampler *sampler;
  guint width, height;
  gboolean sign; /* the input is int8: bytes - 128 */
  TfcDecoder decoder;
  TfcAnchor *anchors;       /* [decoder.n] or NULL */
  TfcCandidate *candidates; /* [decoder.n] */
};

static gboolean
unsupported (GError **error, const gchar *what, const TfcTensor *tensor, const gchar *expected)
{
  gchar shape[96];

  g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED, "not an SSD: %s is %s %s; expected %s",
               what, tfc_type_name (tensor->type), tfc_shape_print (&tensor->shape, shape),
               expected);
  return FALSE;
}

/* What each kind of input wants of a byte: what the file says; else -1..1 in front of a TFLite tail,
 * and a network without one normalises inside. */
static gboolean
input_target (const TfcModel *model, const TfcTensor *input, TfcTarget *target)
{
  gfloat scale = tfc_model_tail (model) ? (gfloat)(2.0 / 255) : 1;
  gfloat offset = tfc_model_tail (model) ? -1 : 0;
  const TfcShape *s = &input->shape;
  gboolean is_float = input->type == TFC_TYPE_F32;

  if (!is_float && input->type != TFC_TYPE_U8 && input->type != TFC_TYPE_I8)
    return FALSE;
  if (s->rank != 4 || s->dim[0] != 1 || s->dim[3] != 3)
    return FALSE;
  tfc_model_picture (model, &scale, &offset);
  *target = (TfcTarget){
      .width = (guint)MAX (s->dim[2], 0),
      .height = (guint)MAX (s->dim[1], 0),
      .type = is_float ? TFC_SAMPLE_F32 : TFC_SAMPLE_U8,
      .scale = scale,
      .offset = offset,
      .border = TFC_BORDER_CLAMP,
  };
  return TRUE;
}

static gboolean
set_up_input (TfcSsd *ssd, GError **error)
{
  TfcTarget target;

  if (tfc_model_n_inputs (ssd->model) != 1) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD: %u inputs; expected one picture", tfc_model_n_inputs (ssd->model));
    return FALSE;
  }
  const TfcTensor *input = tfc_model_input (ssd->model, 0);
  if (input_target (ssd->model, input, &target))
    ssd->sampler = tfc_sampler_new (&target);
  if (!ssd->sampler)
    return unsupported (error, "the input", input,
                        "uint8, int8 or float32 1xHxWx3, sides up to 4096");
  ssd->width = target.width;
  ssd->height = target.height;
  ssd->sign = input->type == TFC_TYPE_I8;
  return TRUE;
}

static gint32
last_dim (const TfcTensor *tensor)
{
  return tensor->shape.rank > 0 ? tensor->shape.dim[tensor->shape.rank - 1] : 0;
}

/* Boxes come first in front of a tail; else they are what ends in 4. */
static gboolean
pick_outputs (TfcSsd *ssd, GError **error)
{
  const gchar *tail = tfc_model_tail (ssd->model);
  TfcDecoder *d = &ssd->decoder;

  if (tail && strcmp (tail, TAIL) && strcmp (tail, CODER)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD we know: it ends in %s; expected " TAIL " or " CODER,
                 tail);
    return FALSE;
  }
  if (tfc_model_n_outputs (ssd->model) != 2) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "not an SSD: %u outputs; expected two, boxes and scores",
                 tfc_model_n_outputs (ssd->model));
    return FALSE;
  }
  d->boxes = tfc_model_output (ssd->model, 0);
  d->scores = tfc_model_output (ssd->model, 1);
  if (!tail && last_dim (d->boxes) != 4) {
    d->boxes = tfc_model_output (ssd->model, 1);
    d->scores = tfc_model_output (ssd->model, 0);
  }
  return TRUE;
}

/* The tail's first constant: [n, 4] as cy, cx, h, w; n is whatever it holds and compared later. */
static gboolean
load_anchors (TfcSsd *ssd, guint *n, GError **error)
{
  const TfcTensor *t = tfc_model_tail_const (ssd->model, 0);
  gsize count;

  if (!t || !t->data || !tfc_shape_count (&t->shape, &count) || count == 0 || count % 4 ||
      count > G_MAXUINT || (t->type != TFC_TYPE_F32 && t->type != TFC_TYPE_U8)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 TAIL " has no anchors; expected a constant float32 or uint8 Nx4");
    return FALSE;
  }
  gfloat *v = g_try_new (gfloat, count);
  if (!v) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for the anchors");
    return FALSE;
  }
  for (gsize i = 0; i < count; i++)
    v[i] = t->type == TFC_TYPE_F32
               ? ((const gfloat *)t->data)[i]
               : t->quant.scale * (((const guint8 *)t->data)[i] - t->quant.zero_point);
  G_STATIC_ASSERT (sizeof (TfcAnchor) == 4 * sizeof (gfloat));
  ssd->anchors = (TfcAnchor *)v;
  *n = count / 4;
  return TRUE;
}

static gfloat
option (TfcSsd *ssd, const gchar *name, gdouble fallback)
{
  return (gfloat)tfc_model_tail_option (ssd->model, name, fallback);
}

/* Boxes in front of a tail are encoded. */
static gboolean
set_up_tail (TfcSsd *ssd, GError **error)
{
  TfcDecoder *d = &ssd->decoder;
  gint32 columns = last_dim (d->scores);
  gdouble classes = tfc_model_tail_option (ssd->model, "num_classes", columns - 1);
  guint n_anchors = 0;
  gsize count;

  if (classes != columns && classes != columns - 1)
    return unsupported (error, "the scores output", d->scores, "a column per class of num_classes");
  if (!load_anchors (ssd, &n_anchors, error))
    return FALSE;
  if (!tfc_shape_count (&d->boxes->shape, &count) || count % 4 || count / 4 != n_anchors) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_FORMAT,
                 "%u anchors for boxes of %" G_GSIZE_FORMAT " numbers; expected four for each",
                 n_anchors, count);
    return FALSE;
  }
  d->first = classes == columns ? 0 : 1;
  d->anchors = ssd->anchors;
  d->logits = option (ssd, "logits", 0) != 0;
  d->scales = (TfcBoxScales){option (ssd, "y_scale", 10), option (ssd, "x_scale", 10),
                             option (ssd, "h_scale", 5), option (ssd, "w_scale", 5)};
  return TRUE;
}

static gboolean
set_up_decoder (TfcSsd *ssd, GError **error)
{
  TfcDecoder *d = &ssd->decoder;

  if (tfc_model_tail (ssd->model)) {
    if (!set_up_tail (ssd, error))
      return FALSE;
  } else if (d->boxes->shape.rank != 4 || d->boxes->type != TFC_TYPE_F32) {
    return unsupported (error, "the boxes output", d->boxes, "float32 1xNx1x4 corners");
  }
  if (!tfc_decoder_init (d, error))
    return FALSE;
  ssd->candidates = g_try_new (TfcCandidate, d->n);
  if (!ssd->candidates)
    g_set_error (error, TFC_ERROR, TFC_ERROR_MEMORY, "no memory for %u candidates", d->n);
  return ssd->candidates != NULL;
}

static gboolean
set_up_labels (TfcSsd *ssd, const gchar *label_path, GError **error)
{
  guint classes = ssd->decoder.columns - ssd->decoder.first;

  if (classes > TFC_SSD_MAX_CLASSES) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_UNSUPPORTED,
                 "the network tells %u classes apart; at most %d", classes, TFC_SSD_MAX_CLASSES);
    return FALSE;
  }
  if (label_path)
    ssd->labels = tfc_labels_load (label_path, error);
  else
    ssd->labels = classes == COCO_CLASSES ? tfc_labels_coco () : tfc_labels_blank (classes + 1);
  if (!ssd->labels)
    return FALSE;
  if (tfc_labels_n (ssd->labels) < classes) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_SETTINGS,
                 "label file '%s' has %u names, but the network tells %u classes apart", label_path,
                 tfc_labels_n (ssd->labels), classes);
    return FALSE;
  }
  ssd->decoder.first_id = tfc_labels_n (ssd->labels) > classes ? 1 : 0;
  return TRUE;
}

TfcSsd *
tfc_ssd_new (TfcModel *model, const gchar *label_path, GError **error)
{
  TfcSsd *ssd = g_new0 (TfcSsd, 1);

  ssd->model = model;
  if (set_up_input (ssd, error) && pick_outputs (ssd, error) && set_up_decoder (ssd, error) &&
      set_up_labels (ssd, label_path, error))
    return ssd;
  tfc_ssd_close (ssd);
  return NULL;
}

TfcSsd *
tfc_ssd_open (const gchar *path, const gchar *label_path, const TfcModelOptions *options,
              GError **error)
{
  TfcModel *model = tfc_model_open (path, options, error);
  GError *why = NULL;

  if (!model)
    return NULL;
  TfcSsd *ssd = tfc_ssd_new (model, label_path, &why);
  if (why && why->code != TFC_ERROR_SETTINGS && why->code != TFC_ERROR_NOT_FOUND)
    g_prefix_error (&why, "model file '%s': ", path);
  if (why)
    g_propagate_error (error, why);
  return ssd;
}

void
tfc_ssd_close (TfcSsd *ssd)
{
  if (!ssd)
    return;
  tfc_model_close (ssd->model);
  tfc_labels_unref (ssd->labels);
  tfc_sampler_free (ssd->sampler);
  g_free (ssd->anchors);
  g_free (ssd->candidates);
  g_free (ssd);
}

static void
sample (TfcSsd *ssd, const TfcFrame *frame)
{
  TfcMap map = tfc_map_stretch (frame, ssd->width, ssd->height, FALSE);
  guint8 *pixels = tfc_model_input (ssd->model, 0)->data;

  tfc_sampler_run (ssd->sampler, frame, &map, pixels);
  if (ssd->sign)
    for (gsize i = 0; i < (gsize)ssd->width * ssd->height * 3; i++)
      pixels[i] ^= 0x80;
}

static guint
decode (TfcSsd *ssd, const TfcSsdOptions *options, TfcDetection *out, guint max)
{
  TfcCandidate *c = ssd->candidates;
  guint n = tfc_decode (&ssd->decoder, options->score_threshold, options->classes, c);

  n = tfc_nms (c, n, options->iou_threshold, MIN (max, options->max_detections));
  for (guint i = 0; i < n; i++)
    out[i] = (TfcDetection){c[i].box, c[i].score, c[i].class_id, 0};
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
  guint n = decode (ssd, options, out, max);

  if (times)
    *times = (TfcSsdTimes){sampled - start, run - sampled, tfc_now () - run};
  return (gint)n;
}

TfcLabels *
tfc_ssd_labels (TfcSsd *ssd)
{
  return ssd->labels;
}

const TfcModel *
tfc_ssd_model (TfcSsd *ssd)
{
  return ssd->model;
}

void
tfc_ssd_input_size (TfcSsd *ssd, guint *width, guint *height)
{
  *width = ssd->width;
  *height = ssd->height;
}
