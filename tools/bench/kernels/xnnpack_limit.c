/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/xnnpack_limit.h"

#include "config.h"

#if HAVE_CPUINFO && defined(__x86_64__)
#include <cpuinfo.h>

enum { AVX512VNNI, AVX512F, AVX2, SSE2 }; /* what stays */

static const struct {
  const gchar *set;
  guint keeps;
} limits[] = {
    {"sse2", SSE2},
    {"avx2", AVX2},
    {"avxvnni", AVX2},
    {"avx512f", AVX512F},
    {"avx512vnni", AVX512VNNI},
};

static void
keep (guint what)
{
  struct cpuinfo_x86_isa *isa = &cpuinfo_isa;
  isa->avx512vbmi = isa->avx512vbmi2 = isa->avx512bitalg = FALSE;
  if (what >= AVX512F)
    isa->avx512vnni = isa->avx512bf16 = FALSE;
  if (what >= AVX2)
    isa->avx512f = isa->avx512cd = isa->avx512dq = isa->avx512bw = isa->avx512vl = FALSE;
  if (what >= SSE2)
    isa->avx2 = isa->fma3 = isa->f16c = isa->avx = isa->sse4_2 = isa->sse4_1 = isa->ssse3 = FALSE;
}

gboolean
xnnpack_limit (const gchar *set)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    if (g_str_equal (limits[i].set, set) && cpuinfo_initialize ()) {
      keep (limits[i].keeps);
      return TRUE;
    }
  }
  return FALSE;
}
#else
gboolean
xnnpack_limit (const gchar *set)
{
  return FALSE;
}
#endif
