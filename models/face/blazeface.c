/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/blazeface.h"

#include "models/clock.h"
#include "models/model_io.h"
#include "models/detection/nms.h"

#include <math.h>

#define MAX_ANCHORS 2304
#define ENLARGE 1.5
#define KEY_RIGHT_EYE 0
#define KEY_LEFT_EYE 1
#define KEY_NOSE 2
#define KEY_MOUTH 3

/* Anchors: for each layer, one grid of the input by stride, per_cell anchors in each cell's middle.
 */
static const struct {
  const gchar *name;
  guint size, n_anchors, n_layers;
  struct {
    guint stride, per_cell;
  } layer[2];
} kinds[] = {
    [TFC_DETECTOR_SHORT_RANGE] = {"face/detector", 128, 896, 2, {{8, 2}, {16, 6}}},
    [TFC_DETECTOR_FULL_RANGE] = {"face/detector_full_range", 192, 2304, 1, {{4, 1}}},
    [TFC_DETECTOR_FULL_RANGE_SPARSE] = {"face/detector_full_range_sparse", 192, 2304, 1, {{4, 1}}},
    [TFC_DETECTOR_BACK] = {"face/detector_back", 256, 896, 2, {{16, 2}, {32, 6}}},
};

struct TfcBlazeface {
  TfcFaceDetector kind;
  TfcModel *model;
  TfcSampler *sampler;
  guint output[2]; /* numbers of the boxes and of the scores */
  gfloat anchor[MAX_ANCHORS][2];
  TfcCandidate candidate[MAX_ANCHORS];
};

const gchar *
tfc_face_detector_name (TfcFaceDetector detector)
{
  return kinds[detector].name;
}

guint
tfc_blazeface_anchor (TfcFaceDetector kind, guint index, gfloat *x, gfloat *y)
{
  guint first = 0;
  for (guint l = 0; l < kinds[kind].n_layers; l++) {
    const guint stride = kinds[kind].layer[l].stride, per_cell = kinds[kind].layer[l].per_cell;
    const guint side = kinds[kind].size / stride, n = side * side * per_cell;
    if (index < first + n) {
      const guint cell = (index - first) / per_cell;
      *x = stride * (cell % side + 0.5f);
      *y = stride * (cell / side + 0.5f);
      break;
    }
    first += n;
  }
  return kinds[kind].n_anchors;
}

TfcBlazeface *
tfc_blazeface_open (TfcFaceDetector kind, const gchar *path, const TfcModelOptions *options,
                    GError **error)
{
  const TfcTarget target = {.width = kinds[kind].size,
                            .height = kinds[kind].size,
                            .type = TFC_SAMPLE_F32,
                            .scale = 2 / 255.0f,
                            .offset = -1,
                            .border = TFC_BORDER_CLAMP};
  const gsize counts[2] = {16 * kinds[kind].n_anchors, kinds[kind].n_anchors};
  TfcBlazeface *d = g_new0 (TfcBlazeface, 1);
  d->kind = kind;
  d->model = tfc_model_open (path, options, error);
  if (!d->model || !tfc_model_match_outputs (d->model, path, "the face detector asked for", kinds[kind].size,
                                    counts, 2, d->output, error)) {
    tfc_blazeface_close (d);
    return NULL;
  }
  d->sampler = tfc_sampler_new (&target);
  for (guint i = 0; i < kinds[kind].n_anchors; i++)
    tfc_blazeface_anchor (kind, i, &d->anchor[i][0], &d->anchor[i][1]);
  return d;
}

void
tfc_blazeface_close (TfcBlazeface *d)
{
  if (!d)
    return;
  tfc_model_close (d->model);
  tfc_sampler_free (d->sampler);
  g_free (d);
}

gsize
tfc_blazeface_bytes (const TfcBlazeface *d)
{
  return tfc_model_bytes (d->model);
}

/* Candidates above the threshold, boxes as fractions of the network's square. */
static guint
collect (TfcBlazeface *d, const gfloat (*boxes)[16], const gfloat *logits, gfloat threshold)
{
  const gfloat size = kinds[d->kind].size;
  guint n = 0;
  for (guint i = 0; i < kinds[d->kind].n_anchors; i++) {
    const gfloat score = 1 / (1 + expf (-logits[i]));
    if (!(score > threshold))
      continue;
    const gfloat w = boxes[i][2] / size, h = boxes[i][3] / size;
    d->candidate[n++] =
        (TfcCandidate){.score = score,
                       .index = i,
                       .box = {(boxes[i][0] + d->anchor[i][0]) / size - w / 2,
                               (boxes[i][1] + d->anchor[i][1]) / size - h / 2, w, h}};
  }
  return n;
}

/* In the network's square. */
static TfcPoint
key_point (const TfcBlazeface *d, const TfcCandidate *c, const gfloat *box, guint key)
{
  const gfloat *anchor = d->anchor[c->index];
  return (TfcPoint){anchor[0] + box[4 + 2 * key], anchor[1] + box[5 + 2 * key], 0};
}

static TfcDetectedFace
to_frame (const TfcBlazeface *d, const TfcCandidate *c, const gfloat *box, const TfcFrame *frame)
{
  const gdouble w = frame->width, h = frame->height;
  const TfcPoint mouth = key_point (d, c, box, KEY_MOUTH), nose = key_point (d, c, box, KEY_NOSE);
  const TfcPoint right = key_point (d, c, box, KEY_RIGHT_EYE),
                 left = key_point (d, c, box, KEY_LEFT_EYE);
  return (TfcDetectedFace){
      .rect = {c->box.x * w, c->box.y * h, (c->box.x + c->box.w) * w, (c->box.y + c->box.h) * h},
      .score = c->score,
      .angle = tfc_upright_angle (mouth.x, mouth.y, nose.x, nose.y),
      .eye_angle = atan2 ((left.y - right.y) * h, (left.x - right.x) * w)};
}

gint
tfc_blazeface_run (TfcBlazeface *d, const TfcFrame *frame, gfloat score_threshold,
                   gfloat iou_threshold, TfcDetectedFace *out, guint max, TfcFaceTimes *times,
                   GError **error)
{
  const guint size = kinds[d->kind].size;
  const TfcMap map = tfc_map_stretch (frame, size, size, FALSE);
  const gint64 t0 = tfc_now ();
  tfc_sampler_run (d->sampler, frame, &map, tfc_model_input (d->model, 0)->data);
  const gint64 t1 = tfc_now ();
  if (!tfc_model_run (d->model, error))
    return -1;
  const gint64 t2 = tfc_now ();
  const gfloat (*boxes)[16] = tfc_model_output (d->model, d->output[0])->data;
  const gfloat *logits = tfc_model_output (d->model, d->output[1])->data;
  guint n = collect (d, boxes, logits, score_threshold);
  n = tfc_nms (d->candidate, n, iou_threshold, MIN (max, TFC_MAX_FACES));
  for (guint i = 0; i < n; i++)
    out[i] = to_frame (d, &d->candidate[i], boxes[d->candidate[i].index], frame);
  times->sample += t1 - t0;
  times->detector += t2 - t1;
  times->decode += tfc_now () - t2;
  times->detector_ran = TRUE;
  return n;
}

TfcRegion
tfc_region_from_detection (const TfcDetectedFace *f)
{
  const TfcRect rect = tfc_rect_enlarge (&f->rect, ENLARGE);
  return tfc_region_square (&rect, f->angle);
}

TfcRegion
tfc_region_from_eyes (const TfcDetectedFace *f)
{
  const gdouble w = f->rect.x1 - f->rect.x0, h = f->rect.y1 - f->rect.y0;
  return (TfcRegion){(f->rect.x0 + f->rect.x1) / 2, (f->rect.y0 + f->rect.y1) / 2,
                     w > 0 && h > 0 ? ENLARGE * sqrt (w * h) : 0, f->eye_angle};
}
