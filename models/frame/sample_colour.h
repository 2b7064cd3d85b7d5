/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: the matrix from a frame's samples, of whatever depth, to RGB, 0..255.
 */
#include "models/frame/frame.h"
#include "models/frame/sample_kernel.h"

/* For gray the chroma columns are 0, for RGB all but the diagonal. */
void tfc_sample_colour (TfcSampleColour *colour, const TfcFrame *frame);
