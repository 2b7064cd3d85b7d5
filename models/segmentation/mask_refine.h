/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Edges of a mask drawn to those of the picture: a guided filter (He, Sun and Tang, PAMI 2013) at the network's size,
 * guided by the luma of what the network saw. Around each place the mask is taken to be a line of the luma. */
#include <glib.h>

typedef struct TfcMaskRefine TfcMaskRefine;

TfcMaskRefine *tfc_mask_refine_new (void);
void tfc_mask_refine_free (TfcMaskRefine *refine); /* NULL is allowed */

/* Filters values (width * height, 0..1) in place; they stay within 0..1. rgb: width * height * 3, of which black and
 * white lie range apart. Allocates only for another size. */
void tfc_mask_refine (TfcMaskRefine *refine, const gfloat *rgb, gfloat range, guint width, guint height,
                      gfloat *values);
