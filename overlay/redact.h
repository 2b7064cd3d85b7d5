/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Makes regions of a picture unrecognisable in the pixels themselves, in place, in any format that a TfcFormat
 * describes: inside what a face's mesh covers, or inside a box where there is no mesh. */
#include "models/frame/pixels.h"
#include "overlay/redact_regions.h"

/* Blurs (until eyes and mouth are gone), pixelates (about eight cells along the longer side) or blackens n
 * regions. Where there is no memory for more the box around a region is blackened. Regions lie
 * unmirrored, whatever the style: mirror afterwards. TFC_PRIVACY_NONE does nothing. */
void tfc_overlay_redact (TfcOverlay *overlay, const TfcPixels *pixels, TfcPrivacy privacy,
                       const TfcRedaction *redactions, guint n);

/* The rows that tfc_overlay_redact reads or writes: first (a multiple of 4) and behind the last. FALSE: none. */
gboolean tfc_overlay_redact_rows (const TfcPixels *pixels, const TfcRedaction *redactions, guint n,
                                gint rows[2]);
