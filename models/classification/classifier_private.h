/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* An open classifier from the inside: shared by classifier*.c only. */
#include "models/classification/classifier.h"
#include "models/files/metadata.h"
#include "models/frame/sample.h"

/* How the picture comes to the network's size. */
typedef enum {
  TFC_FIT_STRETCH, /* source = i * in / out */
  TFC_FIT_ALIGNED, /* source = i * (in - 1) / (out - 1) */
  TFC_FIT_SQUARE   /* the same of the square in the middle */
} TfcFit;

/* What the file itself says, before it is opened. */
typedef struct {
  gboolean graph_model; /* else .tflite */
  gboolean hub_input;
  gchar *pooled; /* name of the embedding; NULL: there is none */
  guint columns; /* of it */
  gchar *last;   /* name of the last tensor: the scores, or the embedding itself */
  gboolean extractor;
} TfcSurvey;

struct TfcClassifier {
  TfcModel *model;
  TfcLabels *labels;
  TfcKnn *examples;
  GString *note;
  TfcSampler *sampler;
  guint width, height;
  gboolean sign; /* the input is int8: bytes - 128 */
  TfcFit fit;
  const TfcTensor *scores; /* NULL: an extractor */
  gboolean softmax;        /* the scores are to go through one */
  guint first;             /* columns left out in front of the first class */
  const TfcTensor *pooled; /* NULL: no embedding */
  gfloat *score;           /* [columns of scores] */
  gfloat *embedding;       /* [numbers of pooled] */
};

/* classifier_survey.c. FALSE with error set as tfc_model_list; survey is cleared in any case. */
gboolean tfc_survey (TfcSurvey *survey, const gchar *path, const TfcModelOptions *options,
                     GError **error);
void tfc_survey_clear (TfcSurvey *survey);

/* classifier_open.c: columns of a tensor whose other dimensions are 1; 0: it is none, or too many.
 */
guint tfc_classifier_columns (const TfcTensor *tensor);
