/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* For test programs that meson runs once more for each set of CPU features, named in TFC_CPU. */
#include "inference/backends/cpu/common/cpu_features.h"

/* TRUE where this CPU lacks the set: the program is then one skipped test, and is to end with 0. In
 * place of g_test_init. */
static inline gboolean
cpu_set_lacks (void)
{
  const gchar *word = g_getenv ("TFC_CPU");
  const TfcCpuSet *set = word ? tfc_cpu_set_find (word) : NULL;
  if (!set || set->features == ~0u || !(set->features & ~tfc_cpu_features ()))
    return FALSE;
  g_print ("1..0 # SKIP this CPU is no %s\n", word);
  return TRUE;
}
