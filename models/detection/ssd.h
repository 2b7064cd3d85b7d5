/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Single-shot detectors: a frame in, boxes out. Steps: sample -> network -> decode
 * (score_decode.h) -> nms (nms.h). Serves
 * - TFLite files that end in TFLite_Detection_PostProcess (the network's outputs before it are read:
 *   box encodings, then scores; the order of the op's own outputs does not matter),
 * - TFLite files that end before it: box encodings and scores in either order, or a pair for each map,
 *   with anchors from a file (anchor_file.h) or from their metadata (metadata.h),
 * - GraphModels whose picture and box coder the loader found (BoxCoder; the input gets what the file's own
 *   preprocessing makes), or whose suppression it cut off (NonMaxSuppression), and by their outputs others
 *   that give scores [1, n, classes] and corner boxes [1, n, 1, 4] in any order.
 * Tensors are uint8, int8 or float32. A float input gets (byte - mean) / std as the anchors file or the
 * metadata says, else -1..1; 0..255 where boxes are corners and nothing is said. The post-process' own
 * thresholds are not used: options are ours.
 *
 * Class ids. The k-th class after the background (k from 0) has the id k + 1 where the label table has a
 * line for the background or more names than there are classes: COCO's own numbers, "person" is 1. A
 * label file with exactly as many names as there are classes has no line for the background: ids are then
 * k. Of networks without a post-process op the first column is the background's where the anchors file's
 * num_classes is one less than the columns, where scores go through a softmax, or where there is a name for
 * each column and the first is "???", "background" or none. */
#include "models/frame/frame.h"
#include "models/result/labels.h"
#include "inference/model.h"
#include "models/result/result.h"

#define TFC_SSD_MAX_CLASSES 65535 /* each has a name; as many as a label file can have, and a background */

/* Read at each run, so every field may change between frames. */
typedef struct {
  gfloat score_threshold; /* 0..1: detections with score > threshold are kept */
  gfloat iou_threshold;   /* 0..1: of two boxes that overlap by at least this the better stays */
  guint max_detections;   /* 1..TFC_MAX_DETECTIONS */
  const guint8 *classes;  /* by class id, 0: ignore the class; NULL: all. n_labels entries */
} TfcSsdOptions;

/* coco-ssd's maxNumBoxes and minScore; the latter serves it as the threshold of suppression too. Numbers of
 * their own, so that a property's default or a help text can say them. */
#define TFC_SSD_DEFAULT_SCORE_THRESHOLD 0.5
#define TFC_SSD_DEFAULT_IOU_THRESHOLD 0.5
#define TFC_SSD_DEFAULT_MAX_DETECTIONS 20
#define TFC_SSD_DEFAULTS                                          \
  ((TfcSsdOptions){.score_threshold = (gfloat)TFC_SSD_DEFAULT_SCORE_THRESHOLD, \
                   .iou_threshold = (gfloat)TFC_SSD_DEFAULT_IOU_THRESHOLD,     \
                   .max_detections = TFC_SSD_DEFAULT_MAX_DETECTIONS})

/* Nanoseconds that the run spent. */
typedef struct {
  gint64 sample, network, decode;
} TfcSsdTimes;

typedef struct TfcSsd TfcSsd;

typedef struct {
  const gchar *path;         /* .tflite or model.json */
  const gchar *label_path;   /* NULL: names packed in the model, else a label file beside it (NAME.labels.txt,
                                NAME.txt, NAME.pbtxt, or labels.txt, labelmap.txt, label_map.pbtxt, labelmap.pbtxt, dict.txt with as
                                many names as classes), else COCO's for a network of 90 classes, else "class 3" */
  const gchar *anchors_path; /* NULL: the model's own, else NAME.anchors or pipeline.config beside it. Else
                                it wins over the model's own */
} TfcSsdFiles;

/* Opens the network of files. A label_path of one name a line with fewer names than the network has classes
 * is SETTINGS, naming both numbers; from elsewhere, or from files that give each name its id, the others are
 * called "class 3", and tfc_ssd_note says so. NULL with error set. */
TfcSsd *tfc_ssd_open_files (const TfcSsdFiles *files, const TfcModelOptions *options,
                            GError **error);
/* The same without an anchors file. */
TfcSsd *tfc_ssd_open (const gchar *path, const gchar *label_path, const TfcModelOptions *options,
                      GError **error);
/* The same from an open model; takes it, also on failure. */
TfcSsd *tfc_ssd_new (TfcModel *model, const gchar *label_path, GError **error);
void tfc_ssd_close (TfcSsd *ssd); /* NULL is allowed */

/* Writes at most max (and at most options->max_detections) detections, best first, to out; returns
 * how many, or -1 with error set (RUN). Allocates nothing. times may be NULL. One
 * thread at a time. */
gint tfc_ssd_run (TfcSsd *ssd, const TfcFrame *frame, const TfcSsdOptions *options,
                  TfcDetection *out, guint max, TfcSsdTimes *times, GError **error);

/* Runs it once on a black picture, so that the first frame costs what others cost. FALSE with error set
 * (RUN). */
gboolean tfc_ssd_warm_up (TfcSsd *ssd, GError **error);

/* Pixels of its input. */
void tfc_ssd_input_size (const TfcSsd *ssd, guint *width, guint *height);
TfcLabels *tfc_ssd_labels (TfcSsd *ssd);       /* borrowed */
/* What the user should know about how it was opened (labels that do not fit or count), or NULL. */
const gchar *tfc_ssd_note (TfcSsd *ssd);
const TfcModel *tfc_ssd_model (TfcSsd *ssd);   /* borrowed; threads, bytes, backend */
