/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Is this network the one whose numbers the caller knows? Told by its tensors, not by its name. */
#include "inference/model.h"

/* TRUE if model has one float32 input 1 x size x size x 3 and, for each of the n counts, a float32
 * output of so many elements; index[i] gets its number (equal counts: in the model's order). Else FALSE with error set (UNSUPPORTED: names
 * path and what a network of that kind (what: "a face mesh network") has). */
gboolean tfc_model_match_outputs (const TfcModel *model, const gchar *path, const gchar *what, guint size,
                         const gsize *counts, guint n, guint *index, GError **error);
