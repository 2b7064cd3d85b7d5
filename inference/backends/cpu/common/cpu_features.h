/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What a CPU can do, as far as kernels ask for it. */
#include <glib.h>

/* Bits. */
typedef enum {
  TFC_CPU_AVX2 = 1 << 0,    /* AVX2 and FMA */
  TFC_CPU_AVXVNNI = 1 << 1, /* vpdpbusd of 256 bits without AVX-512 */
  TFC_CPU_AVX512F = 1 << 2, /* AVX-512 F, VL and DQ */
  TFC_CPU_AVX512BW = 1 << 3,
  TFC_CPU_AVX512VNNI = 1 << 4,
  TFC_CPU_AVX512VBMI = 1 << 5,
  TFC_CPU_NEON = 1 << 6,    /* of aarch64 */
  TFC_CPU_DOTPROD = 1 << 7, /* UDOT, SDOT */
} TfcCpuFeature;

/* Features that CPUs have together. */
typedef struct {
  const gchar *name; /* the word for it in TFC_CPU */
  guint features;    /* TfcCpuFeature; ~0: whatever there is */
} TfcCpuSet;

/* The sets of this architecture, the smallest ("none") first, "full" last; NULL past the end. */
const TfcCpuSet *tfc_cpu_set_nth (guint n);

/* The set of that name; NULL, after a warning that says which there are, if there is none. */
const TfcCpuSet *tfc_cpu_set_find (const gchar *name);

/* TfcCpuFeature bits of this CPU (and of the system: registers that it does not save do not count),
 * less what the environment variable TFC_CPU, a set's name (empty: as unset), leaves out. Both are
 * looked at once, by the first call. Any thread. */
guint tfc_cpu_features (void);
