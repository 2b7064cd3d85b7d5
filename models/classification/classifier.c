/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/classification/classifier.h"

#include <math.h>

#include "models/classification/classifier_private.h"
#include "models/clock.h"

/* ---- the picture ---- */

/* One axis: where out pixels lie on side samples from start on, of which `square` count. */
typedef struct {
  gdouble step, start;
} Axis;

static Axis
place (TfcFit fit, gdouble start, gdouble side, gdouble square, guint out)
{
  const gdouble last = MAX (side - 1, 0), gaps = MAX ((gdouble)out - 1, 1);
  const gdouble skip = (side - square) / 2 / side; /* a fraction, as cropAndResize has it */

  switch (fit) {
    case TFC_FIT_ALIGNED:
      return (Axis){last / gaps, start};
    case TFC_FIT_SQUARE:
      return (Axis){square / side * last / gaps, start + skip * last};
    case TFC_FIT_STRETCH:
    default:
      return (Axis){side / out, start};
  }
}

static TfcMap
map_of (const TfcClassifier *c, const TfcFrame *frame, const TfcBox *region)
{
  const gdouble left = CLAMP ((gdouble)region->x, 0, 1) * frame->width;
  const gdouble top = CLAMP ((gdouble)region->y, 0, 1) * frame->height;
  const gdouble right = CLAMP ((gdouble)region->x + region->w, 0, 1) * frame->width;
  const gdouble bottom = CLAMP ((gdouble)region->y + region->h, 0, 1) * frame->height;
  const gdouble width = MAX (right - left, 1), height = MAX (bottom - top, 1);
  const gdouble square = MIN (width, height);
  const Axis x = place (c->fit, left, width, square, c->width);
  const Axis y = place (c->fit, top, height, square, c->height);

  return (TfcMap){.xx = x.step, .x0 = x.start, .yy = y.step, .y0 = y.start};
}

static void
sample (TfcClassifier *c, const TfcFrame *frame, const TfcBox *region)
{
  static const TfcBox whole = {0, 0, 1, 1};
  const TfcMap map = map_of (c, frame, region ? region : &whole);
  guint8 *pixels = tfc_model_input (c->model, 0)->data;

  tfc_sampler_run (c->sampler, frame, &map, pixels);
  if (c->sign)
    for (gsize i = 0; i < (gsize)c->width * c->height * 3; i++)
      pixels[i] ^= 0x80;
}

/* ---- the outputs ---- */

static void
dequantise (const TfcTensor *t, gfloat *out)
{
  const guint n = tfc_classifier_columns (t);
  const gint zero = t->quant.zero_point;

  for (guint i = 0; i < n; i++)
    switch (t->type) {
      case TFC_TYPE_U8:
        out[i] = t->quant.scale * (gfloat)(((const guint8 *)t->data)[i] - zero);
        break;
      case TFC_TYPE_I8:
        out[i] = t->quant.scale * (gfloat)(((const gint8 *)t->data)[i] - zero);
        break;
      default:
        out[i] = ((const gfloat *)t->data)[i];
    }
}

/* In place. Of scores that are no numbers, or infinite, nothing is left. */
static void
softmax (gfloat *score, guint n)
{
  gfloat most = -INFINITY;
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, score[i]);
  for (guint i = 0; i < n; i++) {
    const gdouble e = exp ((gdouble)score[i] - most);
    score[i] = (gfloat)e;
    sum += e;
  }
  for (guint i = 0; i < n; i++)
    score[i] = (gfloat)(score[i] / sum);
}

/* The best, of equals the first. */
static guint
choose (const gfloat *score, guint n, const TfcClassifierOptions *options, TfcClass *out)
{
  const guint most = MIN (options->top_k, TFC_MAX_CLASSES);
  guint found = 0;

  for (guint i = 0; i < n; i++) {
    guint at = found;
    if (!(score[i] >= options->score_threshold) || isinf (score[i]))
      continue;
    while (at > 0 && out[at - 1].score < score[i])
      at--;
    if (at == most)
      continue;
    found = MIN (found + 1, most);
    for (guint k = found - 1; k > at; k--)
      out[k] = out[k - 1];
    out[at] = (TfcClass){(gint)i, score[i], 0};
  }
  return found;
}

static guint
own_classes (TfcClassifier *c, const TfcClassifierOptions *options, TfcClass *out)
{
  const guint n = tfc_classifier_columns (c->scores) - c->first;

  dequantise (c->scores, c->score);
  if (c->softmax)
    softmax (c->score + c->first, n);
  return choose (c->score + c->first, n, options, out);
}

static guint
taught_classes (TfcClassifier *c, TfcKnn *knn, const TfcClassifierOptions *options, TfcClass *out)
{
  guint n =
      tfc_knn_predict (knn, c->embedding, options->k, out, MIN (options->top_k, TFC_MAX_CLASSES));

  while (n > 0 && !(out[n - 1].score >= options->score_threshold))
    n--;
  return n;
}

gboolean
tfc_classifier_run (TfcClassifier *c, const TfcFrame *frame, const TfcBox *region,
                    TfcClassifierTimes *times, GError **error)
{
  const gint64 start = tfc_now ();

  sample (c, frame, region);
  const gint64 sampled = tfc_now ();
  if (!tfc_model_run (c->model, error))
    return FALSE;
  if (times) {
    times->sample += sampled - start;
    times->network += tfc_now () - sampled;
  }
  if (c->pooled)
    dequantise (c->pooled, c->embedding);
  return TRUE;
}

guint
tfc_classifier_classes (TfcClassifier *c, const TfcClassifierOptions *options, TfcKnn *knn,
                        TfcClass *out)
{
  if (knn && c->pooled && tfc_knn_size (knn) == tfc_classifier_columns (c->pooled))
    return taught_classes (c, knn, options, out);
  return c->scores ? own_classes (c, options, out) : 0;
}

const gfloat *
tfc_classifier_embedding (const TfcClassifier *c, guint *size)
{
  *size = c->pooled ? tfc_classifier_columns (c->pooled) : 0;
  return c->embedding;
}

gboolean
tfc_classifier_warm_up (TfcClassifier *c, GError **error)
{
  guint8 pixels[16 * 16 * 3] = {0};
  const TfcFrame frame = tfc_frame_rgb (pixels, 16, 16);

  return tfc_classifier_run (c, &frame, NULL, NULL, error);
}

TfcLabels *
tfc_classifier_labels (TfcClassifier *c)
{
  return c->labels;
}

const TfcKnn *
tfc_classifier_examples (const TfcClassifier *c)
{
  return c->examples;
}

const gchar *
tfc_classifier_note (const TfcClassifier *c)
{
  return c->note ? c->note->str : NULL;
}

const TfcModel *
tfc_classifier_model (const TfcClassifier *c)
{
  return c->model;
}
