/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What is done with a mask of people in the pixels themselves, in place, in any format of bytes: tints people or
 * parts, or changes the background. Only pixels that change are written; nothing is converted. */
#include "overlay/overlay.h"

/* A plane of alpha, or the alpha bytes of packed pixels. */
typedef struct {
  guint8 *data; /* of the first pixel; NULL: the format has none */
  gint stride, step;
} TfcAlphaBytes;

/* FALSE for formats with samples of more than 8 bits. */
gboolean tfc_overlay_masks (const TfcFormat *format);

/* Does what style->mask says. mask NULL: nobody is known to be there, so that all is background. background:
 * a picture of the same format and size for TFC_MASK_REPLACE_BACKGROUND; NULL: style->background_color.
 * TFC_MASK_CUTOUT makes the background transparent; where alpha has no data it gets the background colour.
 * FALSE: no memory; the picture is then unchanged and must not be shown if its background is to be hidden. */
gboolean tfc_overlay_mask (TfcOverlay *overlay, const TfcPixels *pixels, const TfcStyle *style, const TfcMask *mask,
                           const TfcPixels *background, const TfcAlphaBytes *alpha);

/* Colour of a part or a person of an index mask: 0xffRRGGBB for index 0, 1, ...; repeats after 24. */
guint32 tfc_mask_color (guint index);
