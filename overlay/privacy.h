/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Makes faces unknowable in the pixels themselves, in place, in any format of format.h's table:
 * inside the face's oval (a tenth larger than the mesh's), or inside a box where there is no mesh. */
#include "overlay.h"
#include "pixels.h"

/* Blurs (until eyes and mouth are gone), pixelates (about eight cells a face) or blackens every face of
 * scene, with detections TRUE the box of every detection too. Where a mesh's points are not finite
 * its box is taken. Results lie unmirrored, whatever the style: mirror afterwards. FALSE if there was no
 * memory and something was left recognisable. */
gboolean tfc_overlay_privacy (TfcOverlay *overlay, const TfcPixels *pixels, TfcPrivacy privacy,
                              const TfcScene *scene, gboolean detections);
