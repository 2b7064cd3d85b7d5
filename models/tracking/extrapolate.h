/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Where tracked things will be a moment after the last analysis: centre and size of a box go on as
 * between the last two. Not further ahead than those two lie apart, because a guess gets worse the
 * older it is; and not at all where they lie more than half a second apart or where the box jumped
 * by more than its own size. Pure steps. */
#include "models/result/result.h"

/* How far to go on at time, in units of the time between the last two analyses (0: stay, 1: as far
 * as they lie apart). Times in nanoseconds, G_MAXUINT64: unknown. */
gfloat tfc_extrapolate_reach (guint64 previous, guint64 newest, guint64 time);
/* Moves box, which was at previous one analysis before, on by reach. FALSE, and nothing changed, if
 * it jumped or is not a number. */
gboolean tfc_extrapolate_box (const TfcBox *previous, TfcBox *box, gfloat reach);
/* Points of a thing whose box was from and is to. from has a width and a height; points may be
 * their own target. z is scaled like x. */
void tfc_extrapolate_points (const TfcBox *from, const TfcBox *to, const TfcPoint *points,
                             TfcPoint *moved, guint n);
void tfc_extrapolate_keypoints (const TfcBox *from, const TfcBox *to, const TfcKeypoint *points,
                                TfcKeypoint *moved, guint n);
