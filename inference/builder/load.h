/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Files to graphs. Both readers trust no byte of the file: every offset and size is checked against
 * the file's length before use, and memory is bounded by a small multiple of it. They return a
 * graph that passed tfc_graph_check, not yet lowered, or NULL with error set: NOT_FOUND, READ,
 * FORMAT (names the file and the offset) or UNSUPPORTED (names the file and the op), or SETTINGS (what the
 * ends ask for). ends may be NULL. */
#include "inference/builder/builder.h"

/* TFLite flatbuffer, schema version 3, first subgraph. Stops before a trailing
 * TFLite_Detection_PostProcess, whose options and anchors become graph->tail. */
TfcGraph *tfc_load_tflite (const gchar *path, GError **error);
TfcGraph *tfc_load_tflite_with (const gchar *path, const TfcEnds *ends, GError **error);
/* The same from memory (fuzzing, tests); name stands in messages. Takes a reference on bytes. */
TfcGraph *tfc_load_tflite_bytes (GBytes *bytes, const gchar *name, GError **error);
TfcGraph *tfc_load_tflite_bytes_with (GBytes *bytes, const gchar *name, const TfcEnds *ends,
                                      GError **error);

/* TensorFlow.js GraphModel: path is model.json, its weight shards lie beside it. A picture of any
 * size that the graph resizes is, unless a shape is given for it, an input of the size that it resizes to, and what is done to its
 * values before the network is graph->picture; a batch of unknown size is 1; a box coder at the end
 * becomes graph->tail ("BoxCoder"). */
TfcGraph *tfc_load_tfjs (const gchar *path, GError **error);
TfcGraph *tfc_load_tfjs_with (const gchar *path, const TfcEnds *ends, GError **error);

/* By content, not by name: flatbuffer identifier TFL3, or a JSON object. */
TfcGraph *tfc_load (const gchar *path, GError **error);
TfcGraph *tfc_load_with (const gchar *path, const TfcEnds *ends, GError **error);

/* A file that several graphs are made of, each with other ends: what is parsed is so once, and constants of the
 * file have one address in all of them, but for .tflite constants that must be copied. Not thread-safe. */
typedef struct TfcSource TfcSource;
TfcSource *tfc_source_open (const gchar *path, GError **error); /* by content; NULL with error set */
TfcGraph *tfc_source_graph (TfcSource *source, const TfcEnds *ends, GError **error); /* as tfc_load_with */
/* The memory in which such constants lie, as it is after a graph was made. */
typedef void TfcSourceFunc (gpointer data, GBytes *bytes);
void tfc_source_each (TfcSource *source, TfcSourceFunc *func, gpointer data);
void tfc_source_free (TfcSource *source); /* NULL is allowed; graphs live on */

/* The same of each format, for load.c. */
gpointer tfc_tflite_open (const gchar *path, GError **error);
TfcGraph *tfc_tflite_graph (gpointer file, const TfcEnds *ends, GError **error);
void tfc_tflite_each (gpointer file, TfcSourceFunc *func, gpointer data);
void tfc_tflite_close (gpointer file);
gpointer tfc_tfjs_open (const gchar *path, GError **error);
TfcGraph *tfc_tfjs_graph (gpointer file, const TfcEnds *ends, GError **error);
void tfc_tfjs_each (gpointer file, TfcSourceFunc *func, gpointer data);
void tfc_tfjs_close (gpointer file);
