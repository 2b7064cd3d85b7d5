/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to models/frame: the last step of rounding to bytes. The rows are blended in single
 * precision, which cannot tell on which side of a half a value lies that double precision puts a hair
 * below it; on real photos that is up to 1 pixel in 700. 8-bit networks make whole steps of score out of it,
 * so these few values are worked out again in double precision. */
#include "models/frame/frame.h"
#include "models/frame/sample.h"

/* rgb: the three rows as blended, 0..255, n pixels, for target row y of an axis-aligned, bilinear map over a
 * frame of RGB bytes; tie: which pixels (sample_kernel.h); pixels[n][3]: rgb rounded, mended where
 * ties are. */
void tfc_sample_fix_rounding (const TfcFrame *frame, const TfcMap *map, guint y,
                             gfloat *const rgb[3], guint n, const guint32 *tie, guint8 *pixels);
