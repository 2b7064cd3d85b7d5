/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* The functions in use, by layer and type. Groups of them are added in order, each if the CPU has
 * what it needs; it overwrites what it does better and leaves the rest. What stays NULL is left to
 * the backend's fallback. */
#include <glib.h>

typedef struct TfcKernels {
  const gchar *name;  /* of the last group that was added */
  struct TfcQ8 *q8;   /* q8/q8.h; never NULL */
  struct TfcF32 *f32; /* f32/f32.h; never NULL */
} TfcKernels;

/* What a CPU of these features (TfcCpuFeature) would run: fills name and all of q8 and f32, which
 * are the caller's. Calls none of the functions. */
void tfc_kernels_fill (TfcKernels *kernels, guint features);

/* The kernels in use: the best of this CPU (of what TFC_CPU leaves), unless tests chose others.
 * Never NULL. Good for ever, as are those below, so layers keep pointers into it. Any thread. */
const TfcKernels *tfc_kernels (void);

/* For tests and measurements: the best, then those of lesser sets of features; NULL past the end.
 * Each has its own name. */
const TfcKernels *tfc_kernels_nth (guint n);
/* One of these is used for models opened from now on; NULL: the best again. One thread. */
void tfc_kernels_choose (const TfcKernels *kernels);
