/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where a graph begins and ends, as whoever opens a file asks for it (TfcEnds): shapes of inputs, and names
 * of tensors inside the file. */
#include "inference/builder/builder.h"

/* The shape that the next input of the graph, of this name, is to have: shape, as the file has it (rank -1: it does
 * not say), with what was asked for in its place. A first dimension of -1, a batch of any size, becomes 1. given:
 * something was asked for. FALSE with an error recorded (SETTINGS): of another rank,
 * or of no size. */
gboolean tfc_builder_input_shape (TfcBuilder *b, const gchar *name, TfcShape *shape, gboolean *given);
/* Adds an input of just this shape; TFC_NONE with tfc_builder_input_open's error if a size in it is open. */
guint tfc_builder_add_input (TfcBuilder *b, const gchar *name, const TfcTensor *desc);
/* Records that a shape must be given for this input. Returns FALSE. */
gboolean tfc_builder_input_open (TfcBuilder *b, const gchar *name, const TfcShape *shape);
/* Every shape that was asked for is that of an input; else FALSE with an error recorded that names the inputs. */
gboolean tfc_builder_shapes_fit (TfcBuilder *b);

/* Records that no tensor is called so, with those of the names (which may be NULL) that are nearly the same. Returns FALSE. */
gboolean tfc_builder_no_tensor (TfcBuilder *b, const gchar *wanted, const gchar *const *names, guint n);
