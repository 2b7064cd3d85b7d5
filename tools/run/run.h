/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The steps of tfc-run: files into the inputs of a model, its tensors as text, its outputs into files. */
#include "inference/model.h"

/* What float inputs get for a picture's values 0..255: low..high. given: the user said so. */
typedef struct {
  gboolean given;
  gdouble low, high;
} TfcRunRange;

/* Words of --shape, each "NAME=1x257x257x3", "INDEX=..." or without a name for input 0; "?" for a size that stays as it
 * is. *n shapes, which borrow nothing; *wrong: the word that is none, borrowed, else NULL. words may be NULL. */
TfcInputShape *tfc_run_shapes (const gchar *const *words, guint *n, const gchar **wrong);
void tfc_run_shapes_free (TfcInputShape *shapes, guint n); /* NULL is fine */

/* Appends a line for each tensor that the file computes: name, type, shape, op. FALSE with error set. */
gboolean tfc_run_list (const gchar *path, const TfcModelOptions *options, GString *text, GError **error);

/* Fills the inputs: those that words name ("NAME=FILE", "INDEX=FILE", or "FILE" alone for a model of one input; words may be
 * NULL) from .npy files or pictures, the others with zeros. Pictures are stretched to the input's size (bilinear, TensorFlow's
 * old resize); unless range is given, float inputs get what the model says of its picture, else low..high. FALSE with error set; its
 * message names file and input. */
gboolean tfc_run_fill (const TfcModel *model, const gchar *const *words, const TfcRunRange *range,
                       GError **error);

/* A line: kind ("input"), index, name, type, shape, quantisation, least, greatest and mean of the stored numbers. Of floats that are not finite
 * only the number of them is told. */
void tfc_run_describe (GString *to, const gchar *kind, guint index, const gchar *name,
                       const TfcTensor *tensor);

/* A line: the stored numbers as nested lists, "..." after the first 1000. */
void tfc_run_print_values (GString *to, const TfcTensor *tensor);

/* Writes each output as folder/NAME.npy; folder is made if it is not there. In a name, all but ASCII letters, digits, '-', '_' and
 * '.' becomes '_', also a '.' that comes first; where outputs would have one file, or have no name, the output's index is
 * in it. FALSE with error set. */
gboolean tfc_run_write_outputs (const TfcModel *model, const gchar *folder, GError **error);
