/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* A mask as a file of its own. */
#include <glib.h>

/* PNG of 8 bits of grey: width x height values without padding, as they are; both >= 1. (transfer full) NULL: no memory. */
GByteArray *tfc_mask_png (const guint8 *values, guint width, guint height);
