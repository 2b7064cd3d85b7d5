/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Files that lie beside a model and belong to it by their name: labels (NAME.labels.txt, NAME.txt,
 * NAME.pbtxt for NAME.tflite; labels.txt, labelmap.txt, label_map.pbtxt, labelmap.pbtxt, dict.txt,
 * imagenet_labels.txt) and anchors (NAME.anchors, pipeline.config). */
#include <glib.h>

typedef struct {
  gchar *path;
  gboolean own;     /* named for this model, not for any in the folder */
  gboolean anchors; /* else labels */
} TfcBeside;

/* TfcBeside of those that are there, in the order in which they count; first those beside path,
 * then those beside the file that it is a link to. g_array_unref. */
GArray *tfc_look_beside (const gchar *path);
/* Their paths alone, NULL-terminated; g_strfreev. */
gchar **tfc_beside_paths (const gchar *path);
