/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* GraphModels that a reader must refuse, with what it says: tests hold it to that, and the fuzzer
 * starts from them. */
#include "inference/error.h"
#include "tests/inference/tfjs/graphmodel.h"

/* Any text in place of model.json. */
typedef struct {
  const gchar *name, *text, *says;
  TfcErrorCode code;
} TfjsWrongText;

/* One weight whose manifest says something else than its bytes. */
typedef struct {
  const gchar *name, *dtype, *shape, *quantization, *says;
  gsize bytes;
  TfcErrorCode code;
} TfjsWrongWeight;

/* Nodes: name, op, inputs, attributes. */
typedef struct {
  const gchar *name, *says;
  TfcErrorCode code;
  const gchar *nodes[6][4];
} TfjsWrongGraph;

extern const TfjsWrongText tfjs_wrong_texts[];
extern const TfjsWrongWeight tfjs_wrong_weights[];
extern const TfjsWrongGraph tfjs_wrong_graphs[];
extern const guint n_tfjs_wrong_texts, n_tfjs_wrong_weights, n_tfjs_wrong_graphs;

void tfjs_wrong_weight_write (GraphModel *f, const TfjsWrongWeight *w);
void tfjs_wrong_graph_write (GraphModel *f, const TfjsWrongGraph *g);
/* Those of x [1,2] and our constants that the inputs (names with commas between) mention. */
void tfjs_wrong_constants (GraphModel *f, const gchar *inputs);
