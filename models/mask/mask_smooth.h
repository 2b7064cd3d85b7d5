/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Masks smoothed from frame to frame: a value that the network is sure of passes, an unsure one (near 0.5) is mixed
 * with the one before. The formula is that of MediaPipe's and body-segmentation's mask smoothing. */
#include <glib.h>

typedef struct {
  gfloat *previous; /* smoothed, width * height */
  guint width, height;
  guint64 pts; /* of previous */
  gboolean started;
} TfcMaskSmooth;

/* The rule for one value, 0..1, and the smoothed one before it. */
gfloat tfc_mask_mix (gfloat value, gfloat previous);
/* Whether a mask of previous says something about one of pts: not after a step back or a gap of more than a second.
 * G_MAXUINT64: unknown, which does. */
gboolean tfc_mask_goes_on (guint64 previous, guint64 pts);

void tfc_mask_smooth_clear (TfcMaskSmooth *smooth); /* frees what it holds; zeros are a new one */
void tfc_mask_smooth_reset (TfcMaskSmooth *smooth); /* the next mask passes unchanged */

/* Smooths values (width * height, 0..1) in place. pts in nanoseconds, G_MAXUINT64 if unknown. A step back in time or
 * of more than a second starts anew, as does another size, for which alone memory is allocated. */
void tfc_mask_smooth (TfcMaskSmooth *smooth, gfloat *values, guint width, guint height, guint64 pts);
