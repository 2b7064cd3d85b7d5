/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Writes small custom detectors (.tflite) as exporters write them, their metadata and the zip behind them. The network
 * has no weights: a picture of 4 x 4 whose 48 numbers are both the boxes and the scores of 12 anchors. */
#include "models/detection/ssd.h"

#define CUSTOM_BOXES 12
#define CUSTOM_COLUMNS 4

typedef enum { CUSTOM_PLAIN, CUSTOM_SIGMOID = 14, CUSTOM_SOFTMAX = 25 } CustomEnd; /* TFLite's codes */

typedef struct {
  gboolean tail;        /* ends in TFLite_Detection_PostProcess, of three classes and the background */
  gboolean quantised;   /* uint8 all through, 1/256 a step; else float32 */
  gboolean scores_first;
  CustomEnd end;        /* what the network does to its scores */
  guint levels;         /* 2: rows 0..7 and 8..11 are pairs of outputs of their own, the smaller first */
  gboolean maps;        /* with levels: 1 x 2 x 2 x 8 and 1 x 2 x 1 x 8, two boxes a cell */
  gboolean anchors;     /* the metadata has them, and decoding options */
  gboolean sigmoid;     /* what these say */
  gboolean uneven;      /* the last of three means is one more */
  gfloat mean, std;     /* std != 0: the metadata has NormalizationOptions */
  const gchar *labels;  /* the metadata names this file, or NULL */
} Custom;

/* Into a new folder; the path of the model. custom_clear removes the folder. */
gchar *custom_write (const Custom *custom);
void custom_clear (gchar *path);
/* A file in the model's folder. */
void custom_beside (const gchar *path, const gchar *name, const gchar *text);

/* A zip of one file appended to the model, its content stored or deflated. */
typedef struct {
  const gchar *name, *text;
  gboolean deflate;
  gboolean relative;    /* offsets count from the zip's own start */
  guint32 claims;       /* not 0: this size is claimed instead of the true one */
  gboolean damaged;     /* its checksum is another */
  gboolean zip64;       /* numbers stand in 64 bits where zip64 puts them */
} CustomZip;
void custom_append_zip (const gchar *path, const CustomZip *zip);
