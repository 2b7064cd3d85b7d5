/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
// clang-format off
/* Classifiers of pictures: a frame, or a part of one, in; classes and scores out. Steps: sample ->
 * network -> scores -> the best. What a network wants of a picture is told by what file it is:
 *
 *  file                               picture             values           scores
 *  GraphModel, ends in logits         stretched, corners  0..1 behind TF   softmax; of 1001 columns
 *   (MobileNet of the mobilenet        aligned             Hub's hub_input, the first, the
 *   package)                                               else -1..1       background, is left out:
 *                                                                           ids are 0..999
 *  GraphModel, ends in softmax or     square in the       -1..1            as they are
 *   sigmoid (AutoML)                   middle, corners
 *                                      aligned
 *  .tflite, float32                   stretched           as its metadata  as they are if it ends in
 *                                                          says, else as    softmax or sigmoid, else
 *                                                          in the first row softmax
 *  .tflite, uint8 or int8             stretched           the bytes        scale * (value - zero
 *                                                                           point), then the same
 *
 * "Stretched" is source = i * in / out, with aligned corners i * (in - 1) / (out - 1). "0..1" is
 * value / 255, "-1..1" value / 127.5 - 1, of 0..255. Class ids are the columns' numbers: where a
 * .tflite tells 1001 classes, the background is 0. Labels: the caller's file, those packed in the
 * model, those beside it (files/beside.h), with or without a line for the background in front; else
 * "class 3".
 *
 * The embedding is what the last global pooling gives (MEAN or AVERAGE_POOL_2D to 1x1): 256 to 1024
 * numbers of MobileNet V1, 1280 of V2. A network that ends there is a feature extractor: it has an
 * embedding and no classes of its own. */
// clang-format on
#include "inference/model.h"
#include "models/classification/knn.h"
#include "models/frame/frame.h"
#include "models/result/labels.h"
#include "models/result/result.h"

/* Read at each run, so every field may change between frames. */
typedef struct {
  guint top_k;            /* 1..TFC_MAX_CLASSES */
  gfloat score_threshold; /* 0..1: classes with a score of at least this are reported */
  guint k;                /* 1..TFC_KNN_MAX_K: neighbours that vote */
} TfcClassifierOptions;

#define TFC_CLASSIFIER_DEFAULT_TOP_K 3 /* the mobilenet package's */
#define TFC_CLASSIFIER_DEFAULT_SCORE_THRESHOLD 0.0
#define TFC_CLASSIFIER_DEFAULTS                                                              \
  ((TfcClassifierOptions){.top_k = TFC_CLASSIFIER_DEFAULT_TOP_K,                             \
                          .score_threshold = (gfloat)TFC_CLASSIFIER_DEFAULT_SCORE_THRESHOLD, \
                          .k = TFC_KNN_DEFAULT_K})

/* Nanoseconds that runs spent. */
typedef struct {
  gint64 sample, network;
} TfcClassifierTimes;

typedef struct {
  const gchar *path;          /* .tflite or model.json */
  const gchar *label_path;    /* or NULL */
  const gchar *examples_path; /* of knn.h, or NULL */
} TfcClassifierFiles;

typedef struct TfcClassifier TfcClassifier;

/* NULL with error set: as for tfc_model_open; UNSUPPORTED: it is no classifier; SETTINGS: the label
 * file has fewer names than there are classes, or the examples do not fit. Of options, outputs are
 * not read. */
TfcClassifier *tfc_classifier_open (const TfcClassifierFiles *files, const TfcModelOptions *options,
                                    GError **error);
void tfc_classifier_close (TfcClassifier *classifier); /* NULL is allowed */

/* Runs the network on the part of frame in region (fractions of the frame; NULL: all of it; what
 * lies outside is cut off). FALSE with error set (RUN). Allocates nothing. times may be NULL; they
 * are added to it. One thread at a time. */
gboolean tfc_classifier_run (TfcClassifier *classifier, const TfcFrame *frame, const TfcBox *region,
                             TfcClassifierTimes *times, GError **error);

/* What the last run saw: at most options->top_k classes to out, which has room for so many, the
 * surest first; returns how many. knn: the classes are those of its examples, if it has some of
 * this network's size; NULL: the network's own. Allocates nothing. */
guint tfc_classifier_classes (TfcClassifier *classifier, const TfcClassifierOptions *options,
                              TfcKnn *knn, TfcClass *out);

/* Of the last run; valid until the next. NULL if the network has none, and *size is 0. */
const gfloat *tfc_classifier_embedding (const TfcClassifier *classifier, guint *size);

/* Runs it once on a black picture, so that the first frame costs what others cost. FALSE with error
 * set (RUN). */
gboolean tfc_classifier_warm_up (TfcClassifier *classifier, GError **error);

TfcLabels *
tfc_classifier_labels (TfcClassifier *classifier); /* borrowed; NULL: a feature extractor */
/* Of the examples file; borrowed, constant. NULL: there is none. */
const TfcKnn *tfc_classifier_examples (const TfcClassifier *classifier);
/* What the user should know about how it was opened (labels that do not count), or NULL. */
const gchar *tfc_classifier_note (const TfcClassifier *classifier);
const TfcModel *tfc_classifier_model (const TfcClassifier *classifier); /* borrowed */
