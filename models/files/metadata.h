/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a .tflite says about itself besides its network: TFLite Metadata (M001), the detector options
 * that MediaPipe Model Maker writes (V001), and the files packed behind it. Every part may be
 * missing. The file is mapped while one of these is open. */
#include <glib.h>

typedef struct TfcMetadata TfcMetadata;

/* Numbers of a detector without its own post-processing. */
typedef struct {
  gfloat *anchors; /* [n_anchors][4]: centre y, x, height, width as fractions; owned by the metadata */
  guint n_anchors;
  gfloat y_scale, x_scale, h_scale, w_scale;
  guint n_columns;   /* num_classes; 0: not said */
  gboolean sigmoid;  /* scores are to go through one */
  gboolean linear;   /* sizes are not exponentiated: no coder that we know */
} TfcDetectorOptions;

/* Never NULL: of a file that is no .tflite, cannot be read or says nothing all parts are missing. */
TfcMetadata *tfc_metadata_open (const gchar *path);
/* The same from memory; takes a reference. */
TfcMetadata *tfc_metadata_open_bytes (GBytes *bytes);
void tfc_metadata_close (TfcMetadata *metadata); /* NULL is allowed */

/* The picture's mean and standard deviation for 0..255 per channel (value - mean) / std; FALSE and nothing
 * written if it does not say, or has different ones for the channels. */
gboolean tfc_metadata_normalization (const TfcMetadata *metadata, gfloat *mean, gfloat *std);
/* TRUE if it says different ones for the channels. */
gboolean tfc_metadata_uneven (const TfcMetadata *metadata);

/* NULL if there are none. */
const TfcDetectorOptions *tfc_metadata_detector (const TfcMetadata *metadata);

/* The packed label file: the one that the metadata names as labels, else any .txt or .pbtxt whose
 * name has "label" in it, else any .txt or .pbtxt. *name: what it is called, g_free;
 * *guessed: neither the metadata nor its name calls it labels. NULL without error if there is none; NULL with error set (FORMAT, MEMORY) if it cannot be unpacked. */
GBytes *tfc_metadata_labels (const TfcMetadata *metadata, gchar **name, gboolean *guessed,
                             GError **error);
