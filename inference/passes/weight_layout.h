/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Turned constants (tensor.h) put in order, for whoever reads weights as their shape says. */
#include "inference/graph/graph.h"

/* The first columns x rows of to, whose rows are to_step apart, out of the first rows x columns of from. */
void tfc_transpose_words (const gfloat *from, gsize rows, gsize from_step, gsize columns, gfloat *to,
                     gsize to_step);
/* What a turned constant holds, in order, into memory of its size. */
void tfc_weight_layout_copy (const TfcTensor *turned, void *to);
/* The value's constant bytes, if it has any and they are turned, are in order afterwards, in memory that the
 * graph owns. FALSE with graph->error set if there is none. */
gboolean tfc_weight_layout_restore (TfcGraph *graph, guint value);
/* The same for all values of the graph. */
gboolean tfc_weight_layout_restore_all (TfcGraph *graph);
