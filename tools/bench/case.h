/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What rows are about: one network, or one whole chain on a picture. */
#include "inference/error.h"
#include "tools/common/picture.h"
#include "inference/tensor.h"

typedef enum {
  CASE_NETWORK,
  CASE_DETECT,
  CASE_FACES,
  CASE_POSES,
  CASE_HANDS,
  CASE_SEGMENTS,
  CASE_CLASSES,
  N_CASES
} CaseTask;

typedef struct {
  CaseTask task;
  gchar *title;     /* as the user named it */
  gchar *path;      /* of the file that we run; CASE_FACES: the store's path, or NULL */
  gchar *peer_path; /* what peers are told to run */
  guint64 macs;     /* multiply-accumulates of one run, 0 if not known */
  gboolean quantised;
  TfcPicture picture;     /* chains */
  gchar *folder;          /* what peers read, once case_share made it */
  struct TfcGraph *graph; /* lowered; networks */
} Case;

/* A network in a file. NULL with error set. */
Case *case_network (const gchar *title, const gchar *path, GError **error);
/* A chain: a task, a colon and the file that is run, on a picture file. "faces:FOLDER": peers take
 * the GraphModels there, we take the registry's; "hands:FOLDER": detector_lite_graphmodel and
 * landmark_lite_graphmodel below it. NULL with error set (SETTINGS for a word that it is not). */
Case *case_chain (const gchar *what, const gchar *picture, const gchar *model_path, GError **error);
void case_free (Case *c); /* NULL is allowed; removes the folder */

/* What stands in tools/bench/peers/README.md for the task: "network". */
const gchar *case_task_name (const Case *c);
/* Writes the folder. A network without ONNX form is told on standard error. FALSE with error set.
 */
gboolean case_share (Case *c, GError **error);

/* Fills an input with the same numbers everywhere: bytes 0..255, or floats in -1..1. */
void case_fill (const TfcTensor *tensor, void *data);
