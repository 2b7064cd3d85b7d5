/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the process holds, measured while it rests. */
#include <glib.h>

typedef struct {
  gdouble minutes;  /* since the start */
  gdouble resident; /* KiB, VmRSS, after malloc gave back what it kept for later */
  gdouble heap;     /* KiB that malloc has given out and nobody freed; 0 under a sanitizer's malloc */
  guint files;      /* open file descriptors */
  guint threads;
} Level;

typedef struct {
  gdouble slope, error; /* KiB a minute, and its standard error; 0 with fewer than three levels */
} Trend;

Level level_now (gdouble minutes);
/* Least squares over levels[from] .. levels[n - 1] of the field at offset (G_STRUCT_OFFSET (Level, ...)). */
Trend level_trend (const Level *levels, guint from, guint n, gsize offset);
