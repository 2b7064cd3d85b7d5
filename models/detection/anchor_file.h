/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a network without a post-process op must be told: its anchors and how its outputs are coded.
 * docs/guide/models.md ("Anchors") describes the file. */
#include "models/detection/anchors.h"

typedef enum {
  TFC_SCORES_UNSAID,
  TFC_SCORES_PLAIN,
  TFC_SCORES_SIGMOID,
  TFC_SCORES_SOFTMAX,
} TfcScores;

typedef struct {
  TfcAnchor *anchors; /* owned */
  guint n;
  TfcBoxScales scales; /* NAN where the file does not say */
  TfcScores scores;
  guint n_classes;     /* without the background; 0: not said */
  gboolean normalized; /* (value - mean) / std of 0..255 is what the network wants */
  gfloat mean, std;
} TfcAnchorFile;

/* Four numbers a line (centre y, centre x, height, width, as fractions), or protobuf text with the names
 * of the TF Object Detection API, whose pipeline.config is such a file. width and height are those of the
 * network's picture; n_boxes tells rules apart that the file leaves open. NULL with error set:
 * NOT_FOUND, READ, or SETTINGS, which names the file and what is wrong in it. */
TfcAnchorFile *tfc_anchor_file_read (const gchar *path, guint width, guint height, guint n_boxes,
                                     GError **error);
/* The same from text: valid UTF-8 without NUL. */
TfcAnchorFile *tfc_anchor_file_parse (const gchar *text, const gchar *path, guint width,
                                      guint height, guint n_boxes, GError **error);
void tfc_anchor_file_free (TfcAnchorFile *file); /* NULL is allowed */
