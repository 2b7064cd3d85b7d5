/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a face looks like, in a few numbers: mean colours around some points of its mesh. Enough to
 * tell two people in one picture apart from one frame to the next, and no more: nobody can be
 * recognised by it elsewhere. Pure; no allocation. */
#include "models/result/result.h"

#define TFC_APPEARANCE 26 /* points */

typedef struct {
  gboolean known;
  gfloat color[TFC_APPEARANCE][3]; /* 0..1 */
} TfcAppearance;

/* crop: [size][size][3], R G B, 0..1, in whose pixels the mesh's points are given. Points outside
 * take the nearest pixel's colour; ones that are not finite give an unknown appearance. */
void tfc_appearance_read (TfcAppearance *a, const gfloat *crop, guint size, const TfcPoint *points);
/* Mean distance of colours, 0..1; 0 if either is unknown. */
gdouble tfc_appearance_distance (const TfcAppearance *a, const TfcAppearance *b);
/* The same after each channel is scaled to the same mean, so that the colour and strength of the
 * light do not count. */
gdouble tfc_appearance_pattern_distance (const TfcAppearance *a, const TfcAppearance *b);
/* Moves a towards b by weight (0..1); an unknown a becomes b. */
void tfc_appearance_learn (TfcAppearance *a, const TfcAppearance *b, gfloat weight);
