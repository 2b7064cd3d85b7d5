/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Internal to models/frame: the matrix from a frame's Y, U, V (or gray) to RGB, 0..255. */
#include "frame.h"
#include "sample_kernel.h"

/* frame: YUV or gray. For gray the chroma columns are 0. */
void tfc_sample_colour (TfcSampleColour *colour, const TfcFrame *frame);
