/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The mask of a square of the frame, which may be turned, as a mask of the frame that is not: on a grid around the
 * square, of its resolution where it is not turned, with nobody on the rim. Unsure values are mixed with those of the
 * frame before (mask_smooth.h), wherever its square was. Bounded: about a megabyte, allocated by the first mask. */
#include "models/frame/frame.h"
#include "models/mask/mask_grid.h"
#include "models/tracking/roi.h"

#define TFC_WARPED_MASK 256                 /* edge of a square's mask, values */
#define TFC_WARPED_EDGE (TFC_WARPED_MASK + 2) /* of the frame's, with the rim */

typedef struct {
  gfloat *values, *previous; /* TFC_WARPED_EDGE rows and columns; previous on previous_grid */
  gfloat *square;            /* probabilities of the square */
  guint8 *bytes;             /* values as bytes */
  TfcMaskGrid previous_grid;
  guint frame_width, frame_height; /* that previous is of */
  guint64 pts;                     /* of previous */
  gboolean started;
} TfcMaskWarp;

void tfc_mask_warp_clear (TfcMaskWarp *warp); /* frees what it holds; zeros are a new one */
void tfc_mask_warp_reset (TfcMaskWarp *warp); /* the next mask is mixed with nothing */

/* values: TFC_WARPED_MASK rows and columns of probabilities (logits: before their sigmoid); value (i, j) lies at
 * (i, j) / TFC_WARPED_MASK - 0.5 of the square's edge from its centre, turned (tfc_region_warp). The square's numbers
 * are finite and its size is above 0. pts in nanoseconds, G_MAXUINT64 if unknown. out->data lives until the next call. */
void tfc_mask_warp (TfcMaskWarp *warp, const gfloat *values, gboolean logits, const TfcRegion *square,
                    const TfcFrame *frame, guint64 pts, gboolean smoothing, TfcMask *out);
