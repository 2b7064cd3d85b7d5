/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "inference/backends/cpu/common/cpu_features.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

/* Of CPUs: Haswell and Zen; Alder Lake; Skylake-X; Cascade Lake; Ice Lake and Zen 4. */
#define AVX512F (TFC_CPU_AVX2 | TFC_CPU_AVX512F | TFC_CPU_AVX512BW)
#define AVX512VNNI (AVX512F | TFC_CPU_AVX512VNNI)

static const TfcCpuSet sets[] = {
    {"none", 0},
#if defined(__x86_64__)
    {"avx2", TFC_CPU_AVX2},
    {"avxvnni", TFC_CPU_AVX2 | TFC_CPU_AVXVNNI},
    {"avx512f", AVX512F},
    {"avx512vnni", AVX512VNNI},
    {"avx512vbmi", AVX512VNNI | TFC_CPU_AVX512VBMI},
#elif defined(__aarch64__)
    {"neon", TFC_CPU_NEON},
    {"dotprod", TFC_CPU_NEON | TFC_CPU_DOTPROD},
#endif
    {"full", ~0u},
};

const TfcCpuSet *
tfc_cpu_set_nth (guint n)
{
  return n < G_N_ELEMENTS (sets) ? &sets[n] : NULL;
}

const TfcCpuSet *
tfc_cpu_set_find (const gchar *name)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    if (g_str_equal (sets[i].name, name))
      return &sets[i];
    g_string_append_printf (words, "%s%s", i ? ", " : "", sets[i].name);
  }
  g_warning ("TFC_CPU=%s is not known, it can be %s; all features of the CPU are used", name,
             words->str);
  return NULL;
}

#if defined(__x86_64__)
/* Some compilers have no word for it. */
static gboolean
has_avxvnni (void)
{
  guint eax = 0, ebx, ecx, edx;
  return __get_cpuid_count (7, 1, &eax, &ebx, &ecx, &edx) && (eax & 1 << 4);
}

static guint
detect (void)
{
  guint features = 0;
  __builtin_cpu_init ();
  if (!__builtin_cpu_supports ("avx2") || !__builtin_cpu_supports ("fma"))
    return 0;
  features |= TFC_CPU_AVX2;
  if (has_avxvnni ())
    features |= TFC_CPU_AVXVNNI;
  if (!__builtin_cpu_supports ("avx512f") || !__builtin_cpu_supports ("avx512vl") ||
      !__builtin_cpu_supports ("avx512dq"))
    return features;
  features |= TFC_CPU_AVX512F;
  if (__builtin_cpu_supports ("avx512bw"))
    features |= TFC_CPU_AVX512BW;
  if (__builtin_cpu_supports ("avx512vnni"))
    features |= TFC_CPU_AVX512VNNI;
  if (__builtin_cpu_supports ("avx512vbmi"))
    features |= TFC_CPU_AVX512VBMI;
  return features;
}
#elif defined(__aarch64__)
static guint
detect (void)
{
  guint features = TFC_CPU_NEON;
#if defined(__linux__)
  if (getauxval (AT_HWCAP) & 1 << 20) /* HWCAP_ASIMDDP */
    features |= TFC_CPU_DOTPROD;
#endif
  return features;
}
#else
static guint
detect (void)
{
  return 0;
}
#endif

static guint
limited (guint features)
{
  const gchar *word = g_getenv ("TFC_CPU");
  const TfcCpuSet *set = word && *word ? tfc_cpu_set_find (word) : NULL;
  return set ? features & set->features : features;
}

guint
tfc_cpu_features (void)
{
  static gsize known; /* and one bit more, so that it is never 0 */
  if (g_once_init_enter (&known))
    g_once_init_leave (&known, (gsize)limited (detect ()) << 1 | 1);
  return (guint)(known >> 1);
}
