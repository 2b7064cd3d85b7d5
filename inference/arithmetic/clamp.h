/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Fused activation, in real numbers (not quantised steps): TFC_NO_CLAMP for none. */
#include <glib.h>

typedef struct {
  gfloat min, max;
} TfcClamp;

#define TFC_NO_CLAMP ((TfcClamp){-G_MAXFLOAT, G_MAXFLOAT})

/* What it does to any number is nothing. */
static inline gboolean
tfc_clamp_is_none (const TfcClamp *clamp)
{
  return clamp->min <= -G_MAXFLOAT && clamp->max >= G_MAXFLOAT;
}
