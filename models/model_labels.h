/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where the names of a network's classes come from: what the caller names, what is packed in the
 * model, what lies beside it. */
#include "models/files/metadata.h"
#include "models/result/labels.h"

typedef struct {
  const gchar *label_path;     /* the caller's, or NULL */
  const gchar *path;           /* of the model, or NULL: from memory */
  const TfcMetadata *metadata; /* or NULL */
  guint n_classes;             /* of the network, without a background */
} TfcLabelSearch;

/* The labels; NULL without error where there are none, NULL with error set where label_path cannot
 * be read. What is packed or lies beside and does not count (it cannot be read; it is not said to
 * be this network's and has neither a name for each class nor one more for a background) is told in
 * *note: NULL or an earlier text at first, then a text with sentences added. */
TfcLabels *tfc_model_labels (const TfcLabelSearch *search, GString **note, GError **error);

/* Adds a sentence to *note, made if it was NULL; control characters become '?'. */
void tfc_model_note (GString **note, const gchar *format, ...) G_GNUC_PRINTF (2, 3);
