/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/fuzz/ends.h"

#include "inference/backend.h"
#include "inference/model.h"

#define MAX_SIZE 9 /* of a dimension, so that networks stay small */

static guint32
next (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

/* Most inputs get another shape, of their rank or not. */
static guint
make_shapes (const TfcGraph *graph, guint32 *state, TfcInputShape *shapes)
{
  guint n = 0;
  for (guint i = 0; i < graph->inputs->len && n < FUZZ_MAX_ENDS; i++) {
    const TfcValue *v = tfc_graph_v (graph, g_array_index (graph->inputs, guint, i));
    TfcShape shape = v->tensor.shape;
    if (next (state) % 4 == 0)
      continue;
    if (next (state) % 16 == 0)
      shape.rank = (gint)(next (state) % (TFC_MAX_RANK + 2));
    for (gint k = 0; k < MIN (shape.rank, TFC_MAX_RANK); k++) {
      if (next (state) % 2)
        shape.dim[k] = (gint32)(next (state) % (MAX_SIZE + 1)) - 1;
    }
    shapes[n++] = (TfcInputShape){next (state) % 2 ? v->name : NULL, i, shape};
  }
  return n;
}

/* Some names of values, NULL behind the last; none: NULL. */
static const gchar *const *
pick_names (const TfcGraph *graph, guint32 *state, const gchar **names)
{
  guint n = 0;
  for (guint tries = next (state) % FUZZ_MAX_ENDS; tries && graph->values->len; tries--) {
    const gchar *name = tfc_graph_v (graph, next (state) % graph->values->len)->name;
    if (name && *name)
      names[n++] = name;
  }
  names[n] = NULL;
  return n ? names : NULL;
}

void
fuzz_ends (const TfcGraph *graph, guint32 seed, FuzzEnds *e)
{
  guint32 state = seed;
  *e = (FuzzEnds){0};
  e->ends.input_shapes = e->shapes;
  e->ends.n_input_shapes = make_shapes (graph, &state, e->shapes);
  if (next (&state) % 2)
    e->ends.outputs = pick_names (graph, &state, e->outputs);
  if (next (&state) % 4 == 0)
    e->ends.inputs = pick_names (graph, &state, e->inputs);
}

void
fuzz_reshape (const gchar *path, const FuzzEnds *e, guint backend)
{
  const TfcModelOptions options = {.backend = tfc_backend_nth (backend)->name};
  TfcModel *m = tfc_model_open (path, &options, NULL);
  GError *error = NULL;
  if (m && !tfc_model_reshape (m, e->shapes, e->ends.n_input_shapes, &error)) {
    g_assert_true (error->domain == TFC_ERROR && *error->message);
    g_error_free (error);
  }
  if (m) {
    tfc_model_run (m, NULL);
    tfc_model_reshape (m, NULL, 0, NULL);
  }
  tfc_model_close (m);
}
