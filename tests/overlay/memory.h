/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What privacy remembers from frame to frame, and what it hides. */
#include "overlay/redact_regions.h"

#define MS G_GUINT64_CONSTANT (1000000)
#define FRAME (40 * MS)
#define HOLD (500 * MS)

typedef struct {
  TfcPrivacyRegions regions;
  TfcDetection seen[300];
} Memory;

Memory *memory_new (void);
/* The next picture, with n of m->seen on it; n < 0: nothing is known. */
void show_for (Memory *m, gint n, guint64 elapsed, guint64 hold, guint64 age);
/* The same a FRAME later, with HOLD and of its own age. */
void show (Memory *m, gint n);
gboolean contains (const TfcBox *a, const TfcBox *b);
/* Whether a region to hide contains box. */
gboolean hides (const Memory *m, TfcBox box);
