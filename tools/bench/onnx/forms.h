/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* How each op is written. */
#include "tools/bench/onnx/values.h"

/* Writes the node so that its result is called out; o->nchw says in which layout. */
typedef void (*OnnxWrite) (Onnx *o, const TfcNode *node, Name out);

typedef struct {
  OnnxWrite write;    /* NULL: no form is known */
  gboolean quantised; /* it is for 8 bits too; else inputs are dequantised and the result quantised around it */
  gboolean spatial;   /* in NCHW always */
  gboolean flat;      /* in NHWC always; neither: as its input */
  gboolean newer;     /* wants operators of set 12 */
} OnnxForm;

/* layers.c: convolutions, pools, fully connected, resize; moves.c: elements change places; elements.c: each by itself,
 * reductions, conversions. All zero for what is not theirs. */
OnnxForm onnx_form_layer (TfcOp op);
OnnxForm onnx_form_move (TfcOp op);
OnnxForm onnx_form_element (TfcOp op);
