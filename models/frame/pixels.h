/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A borrowed window on writable pixels; otherwise as TfcFrame. Copied by value. */
#include "models/frame/frame.h"

typedef struct {
  guint width, height; /* pixels, 1..TFC_FRAME_MAX_SIDE */
  guint8 *plane[3];
  gint stride[3]; /* bytes; may be negative */
  const TfcFormat *format;
  gboolean full_range; /* YUV, GRAY: black is 0 instead of 16 */
  TfcMatrix matrix;    /* YUV, GRAY */
} TfcPixels;
