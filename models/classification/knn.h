/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* K nearest neighbours over a network's embeddings: examples with labels, and the vote of those
 * that are most similar to a new one. The rules are knn-classifier's:
 * - an example is divided by its 2-norm; similarity is the product with the query divided by its
 * own (the cosine), in float32; a zero vector gives NaN, which counts as the least;
 * - the min (k, examples) most similar ones vote, the earlier first where they are equal; a class's
 * score is its votes divided by their number; classes come the highest score first, the earlier of
 * equals;
 * - the order of classes is that of a JavaScript object: labels that are whole numbers (0 to
 * 4294967294, as JavaScript writes them) first, by value, then the others by first use; a class
 * that was forgotten and taught again comes last of these;
 * - classes are numbered from 0 by first use, and keep their number when they are forgotten.
 * Not thread-safe. */
#include "models/result/result.h"

#define TFC_KNN_DEFAULT_K 10
#define TFC_KNN_MAX_K 1000
#define TFC_KNN_MAX_CLASSES 1000
#define TFC_KNN_MAX_LABEL 256         /* bytes, with the 0 */
#define TFC_KNN_MAX_VALUES (1u << 22) /* of all examples: 16 MiB */
#define TFC_KNN_MAX_EXAMPLES (1u << 16)

typedef struct TfcKnn TfcKnn;

TfcKnn *tfc_knn_new (void);
TfcKnn *tfc_knn_copy (const TfcKnn *knn);
void tfc_knn_free (TfcKnn *knn); /* NULL is allowed */

/* Adds an example, size > 0 numbers. FALSE with error set (SETTINGS): other examples have another
 * size, the label is empty, too long or no UTF-8, or a limit is reached. */
gboolean tfc_knn_add (TfcKnn *knn, const gchar *label, const gfloat *vector, guint size,
                      GError **error);
/* Drops a class's examples. FALSE: there is no such class. */
gboolean tfc_knn_forget (TfcKnn *knn, const gchar *label);
/* Drops all. */
void tfc_knn_clear (TfcKnn *knn);

guint tfc_knn_n_examples (const TfcKnn *knn);
guint tfc_knn_size (const TfcKnn *knn); /* numbers of an example; 0: there is none */
/* Of the class with that number, known or forgotten; NULL: no such number. Valid until knn is
 * freed. */
const gchar *tfc_knn_label (const TfcKnn *knn, gint class_id);

/* The classes of a query of tfc_knn_size numbers, the surest first, at most max: class_id is the
 * class's number. Returns how many, 0 where there are no examples or k is 0. Allocates nothing. */
guint tfc_knn_predict (TfcKnn *knn, const gfloat *query, guint k, TfcClass *out, guint max);

/* Examples of a file, JSON of either form, for embeddings of size numbers:
 * - {label: [numbers of its examples, one after the other], …}, the usual way to keep
 *   getClassifierDataset's answer;
 * - ml5's: {"dataset": {key: {"shape": [examples, size], "label": label}, …}, "tensors": [numbers
 * of each as an array or an object "0", "1", …]}; a dataset's key is its label where it has none.
 * Numbers are taken as they are: they were divided by their norm before. null is NaN. NULL with
 * error set (NOT_FOUND, READ, MEMORY, FORMAT, SETTINGS where the size does not fit or a limit is
 * passed), which names path and what is wrong. */
TfcKnn *tfc_knn_load (const gchar *path, guint size, GError **error);
/* Writes the first of these forms, in place of what is there, all or nothing. FALSE with error set
 * (READ). */
gboolean tfc_knn_save (const TfcKnn *knn, const gchar *path, GError **error);
