/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* IEEE half precision as bits. */
#include <glib.h>

/* Exact. */
gfloat tfc_half_to_float (guint16 half);
void tfc_half_to_floats (const guint16 *from, gsize n, gfloat *to);
/* Half to even; too big becomes infinity. */
guint16 tfc_half_from_float (gfloat value);
