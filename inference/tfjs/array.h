/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What TensorArrays and TensorLists have in common: lists of values that never change once given. Calls return
 * NULL, FALSE or TFC_NONE with an error recorded. */
#include "inference/tfjs/reader.h"

/* n dead values; *list is the value that stands for them. */
GArray *tfjs_new_list (TfjsCall *c, gint64 n, TfjsValue *list);
/* Input k as a list. */
GArray *tfjs_get_list (TfjsCall *c, guint k);
GArray *tfjs_copy_list (TfjsCall *c, guint k, TfjsValue *list);
TfjsValue *tfjs_list_element (TfjsCall *c, GArray *list, gint32 index); /* list may be NULL */
/* Row i of a tensor or picture, without its first dimension. */
gboolean tfjs_row (TfjsCall *c, const TfjsValue *x, gint i, TfjsValue *out);
/* n values, 1 to TFC_MAX_NODE_INPUTS, as the rows of a tensor. */
guint tfjs_stack_values (TfjsCall *c, const TfjsValue *const *values, guint n);
