/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Memory as on a graphics card: nobody can map it; who tries gets a critical warning, which ends
 * the test. */
#include <gst/gst.h>

#define CARD_FEATURE "memory:Card"

/* A buffer of it. */
GstBuffer *card_buffer (gsize size, GstClockTime pts);
