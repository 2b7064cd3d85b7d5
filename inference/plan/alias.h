/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which values share memory, so that the node between them need not run ("elided"). Each value
 * lies at an offset inside its root, which is a value too, most often itself.
 *
 * RESHAPE: the output is the input's memory. CONCAT: each input lies inside the output, where the
 * bytes go anyway: all dimensions before the axis are 1, element types and quantisation agree, no
 * input is a constant, a graph input, listed twice, or lies inside something else already (behind
 * reshapes each counts as its root). Every byte still has one writer, so sharing makes no hazard;
 * that a reader comes after the writers is the schedule's business.
 *
 * Kept as nodes: a RESHAPE from a graph input or constant to a graph output (the caller writes the
 * one and reads the other when it likes), and one in the midst of a stretch for a backend that keeps
 * values inside (does not go by node), runs RESHAPE itself, and would have to stop for it. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/graph/def_use.h"

typedef struct {
  guint *root;      /* [values] */
  gsize *offset;    /* [values] bytes from the root's start */
  gboolean *elided; /* [nodes] */
} TfcAlias;

/* who[node]: the backend that runs it. */
void tfc_alias_init (TfcAlias *alias, const TfcGraph *graph, const TfcDefUse *def_use,
                     const TfcBackend *const *who);
void tfc_alias_finish (TfcAlias *alias); /* all zero is allowed */
