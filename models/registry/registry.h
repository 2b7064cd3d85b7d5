/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where model files are. The registry (models/registry/registry.ini, compiled in) names each model, its files
 * with bytes and SHA-256, sources, licence, input and task; tools/tfc-models reads the same file. */
#include "inference/error.h"

typedef struct {
  gchar *name;        /* "coco-ssd/mobilenet_v1_quant"; the variant's own if that was found */
  gchar *path;        /* the file to open: the .tflite or model.json, absolute */
  gchar *label_path;  /* or NULL: the label file that belongs to it */
  gchar *licence;
  /*< private >*/
  struct TfcVerifier *check; /* of its files; NULL for those that nobody registered */
} TfcModelFiles;

/* Searches model_path (colon-separated directories, may be NULL), TFC_MODEL_PATH (the same),
 * $XDG_DATA_HOME/tfc/models, tfc/models in each of $XDG_DATA_DIRS, and last that of the prefix which was built for,
 * for name ("coco-ssd/lite_mobilenet_v2", "lite_mobilenet_v2" or "lite-mobilenet-v2"). No directory of a source or build
 * tree is searched unless one of the first two names it, as tools/env does.
 * The first directory that holds all of the model's files counts; if none does,
 * its registered variant (the same network with rounded weights) is searched. Every file must have the registry's size and
 * SHA-256 where it records one; a file with other bytes is an error, not skipped.
 * Checksums of files that have not changed since are remembered in the process. Thread-safe.
 * FALSE with error set: NOT_FOUND (names the model, the directories searched and the command that
 * gets it; or says which names there are), CHECKSUM or READ; stored is then empty. What was filled in
 * is freed with tfc_model_files_clear. */
gboolean tfc_registry_find (const gchar *name, const gchar *model_path, TfcModelFiles *stored,
                         GError **error);
/* The same, but SHA-256 sums are computed on a thread when it returns, so that files can be opened meanwhile. What
 * comes of them must not be used before tfc_model_files_verify. */
gboolean tfc_registry_resolve (const gchar *name, const gchar *model_path, TfcModelFiles *stored,
                          GError **error);
/* Waits. FALSE with error set (CHECKSUM, READ): they are not the registered files; the same answer every time. TRUE for
 * an empty one. One thread at a time. */
gboolean tfc_model_files_verify (const TfcModelFiles *stored, GError **error);
void tfc_model_files_clear (TfcModelFiles *stored); /* waits; an empty one is fine */

/* Names of the registry in its order, NULL-terminated; owned by the registry. */
const gchar *const *tfc_registry_names (void);
