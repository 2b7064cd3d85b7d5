/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Door to the single-shot detectors: a frame in, boxes out. Steps: sample -> network -> decode
 * (decode.h) -> nms (nms.h). Serves TFLite files that end in TFLite_Detection_PostProcess (outputs
 * before it: box encodings, then scores; uint8, int8 or float32, a float input gets -1..1), TF.js
 * coco-ssd GraphModels, whose picture and box coder the loader found (BoxCoder; the input gets what
 * the file's own preprocessing makes), and, by their outputs, others that give scores
 * [1, n, classes] and corner boxes [1, n, 1, 4] in any order (a float input gets 0..255). The post-process' own thresholds are not used: options are ours.
 *
 * Class ids. The k-th class after the background (k from 0) has the id k + 1: COCO's own numbers,
 * "person" is 1, and the line of a label file that begins with the background ("???"). A label file
 * with exactly as many names as there are classes has no line for the background: ids are then k. */
#include "frame.h"
#include "labels.h"
#include "model.h"
#include "result.h"

#define TFC_SSD_MAX_DETECTIONS 1917
#define TFC_SSD_MAX_CLASSES 65535 /* each has a name; as many as a label file can have, and a background */

/* Read at each run, so every field may change between frames. */
typedef struct {
  gfloat score_threshold; /* 0..1, 0.5: detections with score > threshold are kept */
  gfloat iou_threshold;   /* 0..1, 0.5: of two boxes that overlap by at least this the better stays */
  guint max_detections;   /* 1..1917, 20 */
  const guint8 *classes;  /* by class id, 0: ignore the class; NULL: all. n_labels entries */
} TfcSsdOptions;

#define TFC_SSD_DEFAULTS ((TfcSsdOptions){0.5f, 0.5f, 20, NULL})

/* Nanoseconds that the run spent. */
typedef struct {
  gint64 sample, network, decode;
} TfcSsdTimes;

typedef struct TfcSsd TfcSsd;

/* Opens the network at path. label_path NULL: COCO's labels for a network of 90 classes, else names
 * like "class 3".
 * A label file with fewer names than the network has classes is SETTINGS, naming both numbers.
 * NULL with error set. */
TfcSsd *tfc_ssd_open (const gchar *path, const gchar *label_path, const TfcModelOptions *options,
                      GError **error);
/* The same from an open model; takes it, also on failure. */
TfcSsd *tfc_ssd_new (TfcModel *model, const gchar *label_path, GError **error);
void tfc_ssd_close (TfcSsd *ssd); /* NULL is fine */

/* Writes at most max (and at most options->max_detections) detections, best first, to out; returns
 * how many, or -1 with error set (RUN). Allocates nothing. times may be NULL. One
 * thread at a time. */
gint tfc_ssd_run (TfcSsd *ssd, const TfcFrame *frame, const TfcSsdOptions *options,
                  TfcDetection *out, guint max, TfcSsdTimes *times, GError **error);

TfcLabels *tfc_ssd_labels (TfcSsd *ssd);       /* borrowed */
const TfcModel *tfc_ssd_model (TfcSsd *ssd);   /* borrowed; threads, bytes, backend */
/* Whole input the network sees, for documentation and bench: 300 x 300. */
void tfc_ssd_input_size (TfcSsd *ssd, guint *width, guint *height);
