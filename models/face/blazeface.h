/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* BlazeFace, the face detectors: a frame in, boxes and key points out. One network each, told apart by
 * numbers (a row of a table): input size, strides, anchors a cell. */
#include "models/face/face_pipeline.h"
#include "models/tracking/roi.h"

/* Pixels of the frame. Two ways to tell the turn: by mouth and nose in the detector's own stretched square, as
 * TF.js does (so the frame's aspect stays in the angle: everything after it was tuned so), and by the eyes
 * in the frame, as MediaPipe does. */
typedef struct {
  TfcRect rect;
  gfloat score;
  gdouble angle, eye_angle; /* as TfcRegion has it */
} TfcDetectedFace;

typedef struct TfcBlazeface TfcBlazeface;

/* path: the .tflite of that kind. NULL with error set: what tfc_model_open says, or UNSUPPORTED if
 * its tensors are not those of this detector. */
TfcBlazeface *tfc_blazeface_open (TfcFaceDetector kind, const gchar *path,
                                  const TfcModelOptions *options, GError **error);
void tfc_blazeface_close (TfcBlazeface *detector); /* NULL is allowed */

/* The whole frame is stretched into the network's square, aspect not kept, as the reference does. At
 * most max faces (<= TFC_MAX_FACES), best first: score > score_threshold, suppressed from an overlap of
 * iou_threshold on. -1 with error set (RUN). Adds to the times. */
gint tfc_blazeface_run (TfcBlazeface *detector, const TfcFrame *frame, gfloat score_threshold,
                        gfloat iou_threshold, TfcDetectedFace *out, guint max,
                        TfcFaceTimes *times, GError **error);

/* TF.js's region: enlarged by 1.5, squared by the longer edge, turned by mouth and nose. */
TfcRegion tfc_region_from_detection (const TfcDetectedFace *face);
/* MediaPipe's, which its attention mesh is used to: turned by the eyes. There the detector sees the frame
 * with its aspect kept; here boxes come out stretched as the frame was, so the edge is the geometric mean
 * of both, which a stretch and its opposite leave alone. */
TfcRegion tfc_region_from_eyes (const TfcDetectedFace *face);

/* Number of anchors, and the centre of one in pixels of the network's input (for tests). */
guint tfc_blazeface_anchor (TfcFaceDetector kind, guint index, gfloat *x, gfloat *y);
gsize tfc_blazeface_bytes (const TfcBlazeface *detector);
