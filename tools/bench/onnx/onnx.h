/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A network in ONNX's file format, so that peers run the very weights that we run. Pictures are NCHW
 * there, also the input: the peer is spared the turning. Written for peers' comfort: plain old
 * operators (set 10 where it will do), activations as nodes of their own for the peer to fuse, 8-bit
 * layers as QLinearConv, QLinearConcat and QLinearSigmoid. */
#include "inference/graph/graph.h"

/* graph: lowered. NULL with error set (UNSUPPORTED) if a node has no form here. g_byte_array_unref. */
GByteArray *onnx_from_graph (const TfcGraph *graph, GError **error);

/* The bytes of one picture [1,H,W,C] as [1,C,H,W]; other ranks are copied. g_free. */
void *onnx_turn (const TfcTensor *tensor, const void *data);
