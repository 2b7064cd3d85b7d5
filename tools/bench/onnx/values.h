/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Values of the graph as names in the file, in the layout and type that a node wants them in. */
#include "tools/bench/onnx/put.h"

#define ONNX_MS "com.microsoft" /* the domain of ONNX Runtime's own operators */

/* ONNX's numbers of element types; 0: none. */
extern const gint8 onnx_kinds[TFC_N_TYPES];
/* Of NCHW's axes the NHWC one, and back. */
extern const gint onnx_turned[4], onnx_straight[4];

const TfcTensor *onnx_tensor (const Onnx *o, guint v);
gboolean onnx_quantised (const TfcTensor *t);
Name onnx_float (Onnx *o, gfloat value);
/* A stored number of that 8-bit type. */
Name onnx_byte (Onnx *o, TfcType type, gint value);
/* A tensor's scale or scales, and as many zero points. */
void onnx_scale_and_zero (Onnx *o, const TfcTensor *t, Name in[2]);
/* A constant of rank 4 (or less: axes of 1 in front) whose axis i is axis from[i] of the graph's. */
Name onnx_weights (Onnx *o, guint v, const gint *from);
/* A constant operand; in NCHW one that is [C] alone becomes [C,1,1]. */
Name onnx_operand (Onnx *o, guint v, gboolean nchw);
/* Any value in that layout (of rank 4; others have one); where o->real is set, float32 for 8 bits. The turning is
 * written once. */
Name onnx_value (Onnx *o, guint v, gboolean nchw);
/* A node without attributes. */
void onnx_node (Onnx *o, const gchar *op, const gchar *domain, Name out, const Name *in, guint n);
