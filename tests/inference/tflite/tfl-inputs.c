/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tfl-inputs.h"

#include "inference/tflite/flatbuffer.h"

/* Fields of the schema. */
enum { MODEL_SUBGRAPHS = 2, GRAPH_OPERATORS = 3, OPERATOR_INPUTS = 1 };

guint
tfl_inputs (const guint8 *data, gsize size, gsize *at, guint max)
{
  TfcFb fb;
  guint n = 0;
  tfc_fb_init (&fb, data, size, "test");
  const TfcFbVector graphs = tfc_fb_vector (&fb, tfc_fb_root (&fb, "TFL3"), MODEL_SUBGRAPHS, 4);
  const gsize graph = graphs.n ? tfc_fb_at_table (&fb, graphs, 0) : 0;
  const TfcFbVector operators = tfc_fb_vector (&fb, graph, GRAPH_OPERATORS, 4);
  for (guint32 i = 0; i < operators.n && n < max; i++) {
    const TfcFbVector in =
        tfc_fb_vector (&fb, tfc_fb_at_table (&fb, operators, i), OPERATOR_INPUTS, 4);
    for (guint32 k = 0; k < in.n && n < max; k++)
      at[n++] = in.at + 4 * (gsize)k;
  }
  n = fb.error ? 0 : n;
  tfc_fb_finish (&fb);
  return n;
}
