/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/palm_detector.h"

#include "models/clock.h"
#include "models/model_io.h"

#include <math.h>

#define SIZE 192
#define ROW 18
#define WRIST 4 /* in a row: where the 0th point stands */
#define MIDDLE 8
#define IOU 0.3f
#define MAX_LOGIT 100

struct TfcPalmDetector {
  TfcModel *model;
  TfcSampler *sampler;
  gboolean together; /* logits stand in the rows */
  guint output[2];   /* numbers of the rows and of the logits */
  TfcCandidate candidate[TFC_PALM_ANCHORS];
};

/* Grids of cells with their anchors in the cells' middle. */
static const struct {
  guint cells, per_cell;
} layers[] = {{24, 2}, {12, 6}};

/* The anchor's centre, 0..1 of the network's square. */
static TfcPalmPoint
anchor (guint index)
{
  const guint first = layers[0].cells * layers[0].cells * layers[0].per_cell;
  const guint layer = index >= first;
  const guint cell = (layer ? index - first : index) / layers[layer].per_cell;
  const gdouble cells = layers[layer].cells;
  return (TfcPalmPoint){(cell % layers[layer].cells + 0.5) / cells,
                        (cell / layers[layer].cells + 0.5) / cells};
}

static gboolean
row_is_sound (const gfloat *row)
{
  gfloat sum = 0;
  for (guint i = 0; i < ROW; i++)
    sum += fabsf (row[i]);
  return isfinite (sum) && row[2] >= 0 && row[3] >= 0;
}

/* Boxes in the network's square. */
static guint
collect (const TfcPalmAnswers *a, gfloat confidence, TfcCandidate *candidates)
{
  guint n = 0;
  for (guint i = 0; i < TFC_PALM_ANCHORS; i++) {
    const gfloat logit = a->logit[(gsize)i * a->logit_step];
    const gfloat *row = a->row + (gsize)i * a->row_step;
    const gfloat score = 1 / (1 + expf (-CLAMP (logit, -MAX_LOGIT, MAX_LOGIT)));
    if (!(score >= confidence) || !row_is_sound (row))
      continue;
    const TfcPalmPoint at = anchor (i);
    const gdouble w = row[2] / SIZE, h = row[3] / SIZE;
    const TfcBox box = {at.x + row[0] / SIZE - w / 2, at.y + row[1] / SIZE - h / 2, w, h};
    candidates[n++] = (TfcCandidate){.score = score, .index = i, .box = box};
  }
  return n;
}

/* From the network's square, which is as wide as the frame's longer edge. */
static TfcPalm
to_frame (const TfcPalmAnswers *a, const TfcCandidate *c, guint width, guint height)
{
  const gfloat *row = a->row + (gsize)c->index * a->row_step;
  const TfcPalmPoint at = anchor (c->index);
  const gdouble edge = MAX (width, height), step = edge / SIZE;
  const gdouble x = at.x * edge - (edge - width) / 2, y = at.y * edge - (edge - height) / 2;
  return (TfcPalm){.cx = x + row[0] * step,
                   .cy = y + row[1] * step,
                   .w = row[2] * step,
                   .h = row[3] * step,
                   .wrist = {x + row[WRIST] * step, y + row[WRIST + 1] * step},
                   .middle = {x + row[MIDDLE] * step, y + row[MIDDLE + 1] * step},
                   .score = c->score};
}

guint
tfc_palms_decode (const TfcPalmAnswers *answers, gfloat confidence, guint width, guint height,
                  TfcCandidate *candidates, TfcPalm *palms, guint max)
{
  guint n = collect (answers, confidence, candidates);
  n = tfc_nms (candidates, n, IOU, max);
  for (guint i = 0; i < n; i++)
    palms[i] = to_frame (answers, &candidates[i], width, height);
  return n;
}

/* One tensor or two. */
static gboolean
find_answers (TfcPalmDetector *d, const gchar *path, GError **error)
{
  static const gsize one[] = {(ROW + 1) * TFC_PALM_ANCHORS},
                     two[] = {ROW * TFC_PALM_ANCHORS, TFC_PALM_ANCHORS};
  d->together = tfc_model_match_outputs (d->model, path, "", SIZE, one, 1, d->output, NULL);
  return d->together || tfc_model_match_outputs (d->model, path, "a palm detector", SIZE, two, 2,
                                                 d->output, error);
}

static TfcPalmAnswers
answers (const TfcPalmDetector *d)
{
  const gfloat *rows = tfc_model_output (d->model, d->output[0])->data;
  if (d->together)
    return (TfcPalmAnswers){rows, rows + 1, ROW + 1, ROW + 1};
  return (TfcPalmAnswers){tfc_model_output (d->model, d->output[1])->data, rows, 1, ROW};
}

TfcPalmDetector *
tfc_palm_detector_open (const gchar *path, const TfcModelOptions *options, GError **error)
{
  const TfcTarget target = {.width = SIZE,
                            .height = SIZE,
                            .type = TFC_SAMPLE_F32,
                            .scale = 1 / 255.0f,
                            .border = TFC_BORDER_ZERO_SOFT};
  TfcPalmDetector *d = g_new0 (TfcPalmDetector, 1);
  d->model = tfc_model_open (path, options, error);
  if (!d->model || !find_answers (d, path, error)) {
    tfc_palm_detector_close (d);
    return NULL;
  }
  d->sampler = tfc_sampler_new (&target);
  return d;
}

void
tfc_palm_detector_close (TfcPalmDetector *d)
{
  if (!d)
    return;
  tfc_model_close (d->model);
  tfc_sampler_free (d->sampler);
  g_free (d);
}

gsize
tfc_palm_detector_bytes (const TfcPalmDetector *d)
{
  return tfc_model_bytes (d->model);
}

gint
tfc_palm_detector_run (TfcPalmDetector *d, const TfcFrame *frame, gfloat confidence, TfcPalm *palms,
                       guint max, TfcHandTimes *times, GError **error)
{
  const TfcRegion whole = {frame->width / 2.0, frame->height / 2.0,
                           MAX (frame->width, frame->height), 0};
  const TfcMap map = tfc_hand_region_map (&whole, SIZE);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (d->sampler, frame, &map, tfc_model_input (d->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (d->model, error))
    return -1;
  const gint64 t2 = tfc_now ();
  const TfcPalmAnswers found = answers (d);
  const guint n =
      tfc_palms_decode (&found, confidence, frame->width, frame->height, d->candidate, palms, max);
  times->sample += t1 - t0;
  times->detector += t2 - t1;
  times->decode += tfc_now () - t2;
  times->detector_ran = TRUE;
  return n;
}
