/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Connected components of a foreground mask: cells that touch, or that one cell separates, are one thing. Pure. */
#include "models/motion/background.h"
#include "models/result/result.h"

#define TFC_MAX_COMPONENTS 32

typedef struct TfcComponents TfcComponents; /* room to work in */

TfcComponents *tfc_components_new (void);
void tfc_components_free (TfcComponents *components); /* NULL is allowed */

/* Writes the boxes around the components of at least two cells of which one is sure, fractions of the frame, to boxes
 * (TFC_MAX_COMPONENTS); where there are more, those of most cells. Returns how many. mask: width x height as of
 * tfc_background_update; it is emptied. */
guint tfc_components_find (TfcComponents *components, guint8 *mask, guint width, guint height,
                           TfcBox *boxes);
