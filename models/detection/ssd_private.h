/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* An open SSD from the inside: shared by ssd*.c only. */
#include "models/detection/anchor_file.h"
#include "models/detection/gfl.h"
#include "models/detection/score_decode.h"
#include "models/files/metadata.h"
#include "models/frame/sample.h"
#include "models/model_labels.h"
#include "models/detection/ssd.h"

#define TFC_SSD_SUPPRESSION "NonMaxSuppression" /* tail of a GraphModel whose own was cut off */

/* A pair of outputs. Most networks have one; some a pair for each map. */
typedef struct {
  TfcTensor boxes, scores; /* the outputs seen as matrices; data is the model's */
  gboolean activated;      /* the network itself makes scores of it */
  TfcDecoder decoder;
  TfcGfl gfl; /* of distributions: in place of the decoder, of which n, columns and base count */
} TfcSsdLevel;

struct TfcSsd {
  TfcModel *model;
  TfcLabels *labels;
  TfcSampler *sampler;
  guint width, height;
  gboolean sign; /* the input is int8: bytes - 128 */
  TfcSsdLevel *levels;
  guint n_levels;
  guint n;                /* boxes of all levels */
  TfcAnchor *anchors;     /* [n] or NULL */
  gfloat *planar;         /* or NULL: the input is 1 x 3 x H x W, and this is room for H x W x 3 */
  gboolean distributions; /* levels are decoded by gfl.h */
  gfloat *softmax;        /* or NULL: room for the scores */
  TfcCandidate *candidates; /* [n] */
  GString *note;            /* see tfc_ssd_note */
};

/* While one is being opened. */
typedef struct {
  const TfcSsdFiles *files; /* path may be NULL here: a model from memory */
  TfcMetadata *metadata;
  TfcAnchorFile *anchors; /* or NULL */
} TfcSsdOpening;

/* ssd_outputs.c: finds the pairs of outputs and makes their decoders. */
gboolean tfc_ssd_set_up_outputs (TfcSsd *ssd, TfcSsdOpening *opening, GError **error);
gint32 tfc_ssd_last_dim (const TfcTensor *tensor);
/* FALSE, and the error says which outputs there are and which were expected. */
gboolean tfc_ssd_refuse_outputs (const TfcSsd *ssd, GError **error);
/* ssd_anchors.c: what the levels' decoders need to know of coding; may leave ssd->anchors NULL:
 * corners. */
gboolean tfc_ssd_set_up_anchors (TfcSsd *ssd, TfcSsdOpening *opening, GError **error);
/* ssd_labels.c: sets labels and each decoder's first class; knows the classes by then. */
gboolean tfc_ssd_set_up_labels (TfcSsd *ssd, const TfcSsdOpening *opening, GError **error);
