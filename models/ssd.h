/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Door to the single-shot detectors: a frame in, boxes out. Steps: sample -> network -> decode
 * (boxes.h) -> nms (nms.h). Serves TFLite files that end in TFLite_Detection_PostProcess and, by
 * their outputs, TF.js coco-ssd GraphModels; numbers stand in SPEC and docs/models.md. */
#include "frame.h"
#include "labels.h"
#include "model.h"
#include "result.h"

#define TFC_SSD_MAX_DETECTIONS 1917

/* Read at each run, so every field may change between frames. */
typedef struct {
  gfloat score_threshold; /* 0..1, 0.5: detections with score > threshold are kept */
  gfloat iou_threshold;   /* 0..1, 0.5: of two boxes that overlap by at least this the better stays */
  guint max_detections;   /* 1..1917, 20 */
  const guint8 *classes;  /* by class id, 0: ignore the class; NULL: all. n_labels entries */
} TfcSsdOptions;

#define TFC_SSD_DEFAULTS ((TfcSsdOptions){0.5f, 0.5f, 20, NULL})

/* Nanoseconds that the last run spent. */
typedef struct {
  gint64 sample, network, decode;
} TfcSsdTimes;

typedef struct TfcSsd TfcSsd;

/* Opens the network at path. label_path NULL: the labels that the file's kind implies (COCO).
 * A label file with fewer names than the network has classes is SETTINGS, naming both numbers.
 * NULL with error set. */
TfcSsd *tfc_ssd_open (const gchar *path, const gchar *label_path, const TfcModelOptions *options,
                      GError **error);
void tfc_ssd_close (TfcSsd *ssd); /* NULL is fine */

/* Writes at most max (and at most options->max_detections) detections, best first, to out; returns
 * how many, or -1 with error set (RUN). Allocates nothing. One thread at a time. */
gint tfc_ssd_run (TfcSsd *ssd, const TfcFrame *frame, const TfcSsdOptions *options,
                  TfcDetection *out, guint max, TfcSsdTimes *times, GError **error);

TfcLabels *tfc_ssd_labels (TfcSsd *ssd);       /* borrowed */
const TfcModel *tfc_ssd_model (TfcSsd *ssd);   /* borrowed; threads, bytes, backend */
/* Whole input the network sees, for documentation and bench: 300 x 300. */
void tfc_ssd_input_size (TfcSsd *ssd, guint *width, guint *height);
