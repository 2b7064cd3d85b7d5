/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/kernel_table.h"

#include <string.h>

#include "inference/backends/cpu/common/cpu_features.h"
#include "inference/backends/cpu/f32/f32.h"
#include "inference/backends/cpu/q8/q8.h"
#if defined(__x86_64__)
#include "inference/backends/cpu/x86/x86.h"
#elif defined(__aarch64__)
#include "inference/backends/cpu/arm/arm.h"
#endif

#define MAX_TABLES 16

typedef struct {
  const gchar *name;
  guint needs; /* TfcCpuFeature */
  void (*add) (TfcKernels *kernels);
} Group;

/* In order: of two that bring the same function the later one is faster. */
static const Group groups[] = {
    {"plain", 0, tfc_kernels_add_plain},
#if defined(__x86_64__)
    {"sse2", 0, tfc_kernels_add_sse2},
    {"avx2", TFC_CPU_AVX2, tfc_kernels_add_avx2},
    {"avx2", TFC_CPU_AVX2, tfc_kernels_add_avx2_q8},
    {"avx2", TFC_CPU_AVX2, tfc_kernels_add_avx2_mac_q8},
    {"avxvnni", TFC_CPU_AVX2 | TFC_CPU_AVXVNNI, tfc_kernels_add_avxvnni},
    {"avx512f", TFC_CPU_AVX512F, tfc_kernels_add_avx512f},
    {"avx512f", TFC_CPU_AVX512F | TFC_CPU_AVX512BW, tfc_kernels_add_avx512bw},
    {"avx512f", TFC_CPU_AVX512F | TFC_CPU_AVX512BW, tfc_kernels_add_avx512bw_mac_q8},
    {"avx512vnni", TFC_CPU_AVX512F | TFC_CPU_AVX512BW | TFC_CPU_AVX512VNNI,
     tfc_kernels_add_avx512vnni},
    {"avx512vbmi", TFC_CPU_AVX512F | TFC_CPU_AVX512BW | TFC_CPU_AVX512VBMI,
     tfc_kernels_add_avx512vbmi},
#elif defined(__aarch64__)
    {"neon", TFC_CPU_NEON, tfc_kernels_add_neon_f32},
    {"neon", TFC_CPU_NEON, tfc_kernels_add_neon_q8},
    {"dotprod", TFC_CPU_NEON | TFC_CPU_DOTPROD, tfc_kernels_add_dotprod},
#endif
    {NULL, 0, NULL},
};

void
tfc_kernels_fill (TfcKernels *kernels, guint features)
{
  kernels->name = NULL;
  memset (kernels->q8, 0, sizeof *kernels->q8);
  memset (kernels->f32, 0, sizeof *kernels->f32);
  for (const Group *g = groups; g->add; g++) {
    if (g->needs & ~features)
      continue;
    g->add (kernels);
    kernels->name = g->name;
  }
}

static struct {
  TfcKernels table[MAX_TABLES];
  TfcQ8 q8[MAX_TABLES];
  TfcF32 f32[MAX_TABLES];
  guint n;
  const TfcKernels *chosen;
} all;

static gboolean
is_known (const gchar *name)
{
  for (guint i = 0; i < all.n; i++) {
    if (g_str_equal (all.table[i].name, name))
      return TRUE;
  }
  return FALSE;
}

/* Makes a table of what features bring; it stays unless they bring nothing, or what is known. */
static void
add_table (guint features)
{
  TfcKernels *t = &all.table[all.n];
  *t = (TfcKernels){NULL, &all.q8[all.n], &all.f32[all.n]};
  tfc_kernels_fill (t, features);
  if (t->name && !is_known (t->name))
    all.n++;
}

static const TfcKernels *
best (void)
{
  static gsize filled;
  if (g_once_init_enter (&filled)) {
    add_table (tfc_cpu_features ());
    g_once_init_leave (&filled, 1);
  }
  return all.table;
}

static void
add_lesser (void)
{
  const guint features = tfc_cpu_features ();
  guint n_sets = 0;
  best ();
  while (tfc_cpu_set_nth (n_sets))
    n_sets++;
  g_assert (n_sets < MAX_TABLES);
  while (n_sets--) {
    const TfcCpuSet *set = tfc_cpu_set_nth (n_sets);
    if (!(set->features & ~features))
      add_table (set->features);
  }
}

const TfcKernels *
tfc_kernels (void)
{
  return all.chosen ? all.chosen : best ();
}

const TfcKernels *
tfc_kernels_nth (guint n)
{
  static gsize filled;
  if (g_once_init_enter (&filled)) {
    add_lesser ();
    g_once_init_leave (&filled, 1);
  }
  return n < all.n ? &all.table[n] : NULL;
}

void
tfc_kernels_choose (const TfcKernels *kernels)
{
  all.chosen = kernels;
}
