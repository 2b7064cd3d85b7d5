/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Internal to blend.c: passes over a part of a row, written for the compiler to vectorise. */
#include "models/frame/format.h"

#define TFC_KERNEL_PIXELS 192 /* at most, at once */
#define TFC_KERNEL_BYTES (4 * TFC_KERNEL_PIXELS)

/* Coverage of n pixels (even) to coverage of every byte of their samples in one plane: below is the row
 * under row where samples are shared by two rows, else row itself. */
typedef void TfcExpandCoverage (guint8 *to, const guint8 *row, const guint8 *below, gint n);

/* Whether there is one for each of format's planes. */
gboolean tfc_expand_coverage_knows (const TfcFormat *format);
/* The one for a plane of format; NULL where a byte is a pixel. */
TfcExpandCoverage *tfc_expand_coverage_for (const TfcFormat *format, guint plane);

/* n bytes towards color, by coverage of 255 and alpha of 255. */
void tfc_lerp (guint8 *to, const guint8 *color, const guint8 *coverage, gint n, guint alpha);
