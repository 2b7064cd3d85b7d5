/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to the effects of masks: who is covered how much, on the mask's own grid. */
#include "models/result/result.h"

/* cover: mask->width * mask->height values, 0: background .. 255: a person. Probabilities below 0.2 count as
 * background and above 0.8 as person, so that the doubt that networks leave everywhere does not shine through.
 * radius: of blur along each axis, in values; room: as much as cover. */
void tfc_mask_cover (const TfcMask *mask, const gdouble radius[2], guint8 *cover, guint8 *room);
