/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Frame view: a borrowed window on somebody's pixels. Owns nothing, copied by value; the pixels
 * must stay mapped for reading while it is used. Nothing in models/ writes to them. */
#include "models/frame/colour_matrix.h"
#include "models/frame/format.h"

#define TFC_FRAME_MAX_SIDE 4194303
#define TFC_FRAME_MAX_PLANE G_MAXINT32

typedef struct {
  guint width, height; /* pixels, 1..TFC_FRAME_MAX_SIDE */
  const guint8 *plane[3];
  gint stride[3]; /* bytes from one row to the next; may exceed the width, may be negative */
  const TfcFormat *format;
  TfcMatrix matrix;    /* YUV only */
  gboolean full_range; /* YUV, GRAY: 0..255 instead of 16..235/240 */
} TfcFrame;

/* Bytes from the lowest to the highest one that belongs to rows of row_bytes, stride apart. */
guint64 tfc_plane_span (guint64 row_bytes, guint64 rows, gint64 stride);
/* TRUE where the sides are in their range and no plane spans more than TFC_FRAME_MAX_PLANE bytes:
 * positions in it are counted in 32 bits. */
gboolean tfc_frame_fits (const TfcFrame *frame);

/* The part of frame, not empty, that begins at (*x, *y) and ends before (right, bottom), at most at the frame's end. *x and *y,
 * which lie in the frame, are lowered to where a sample of chroma begins. */
TfcFrame tfc_frame_part (const TfcFrame *frame, guint *x, guint *y, guint right, guint bottom);

/* A tightly packed RGB picture (3 bytes a pixel, stride = 3 * width, which is below 2 GiB). */
TfcFrame tfc_frame_rgb (const guint8 *pixels, guint width, guint height);
