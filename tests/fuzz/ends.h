/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Other shapes and other ends for a file that opens. */
#include "inference/builder/load.h"

#define FUZZ_MAX_ENDS 4

typedef struct {
  TfcEnds ends; /* points into the rest */
  TfcInputShape shapes[FUZZ_MAX_ENDS];
  const gchar *inputs[FUZZ_MAX_ENDS + 1], *outputs[FUZZ_MAX_ENDS + 1];
} FuzzEnds;

/* Small shapes, most of them possible, and some names; as the seed says. Borrows names of the graph, which the file gave. */
void fuzz_ends (const TfcGraph *graph, guint32 seed, FuzzEnds *ends);

/* Opens the model at path, reshapes it, runs it, and reshapes it again, for which there is nothing to do. What comes of
 * it is small (engine.h). Errors must be of TFC_ERROR. */
void fuzz_reshape (const gchar *path, const FuzzEnds *ends, guint backend);
