/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What random tests begin with: another number each time, told in the log; TFC_TEST_SEED to see a failure again.
 * After g_test_init. */
#include <glib.h>

static inline guint32
test_seed (void)
{
  const gchar *given = g_getenv ("TFC_TEST_SEED");
  const guint32 seed = given ? (guint32)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  g_test_message ("TFC_TEST_SEED=%u", seed);
  return seed;
}
