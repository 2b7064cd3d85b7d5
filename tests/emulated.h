/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A test whose verdict needs a machine's speed asks whether this is one. */
#pragma once

#include <glib.h>

/* The emulator's name, as tools/dev/arm64 tells it in TFC_EMULATED; NULL on a real machine. */
static inline const gchar *
emulated (void)
{
  return g_getenv ("TFC_EMULATED");
}

/* Whether fewer pictures and plays will do: where all is slow, and with sanitizers, which look at memory and not at results. */
static inline gboolean
few_will_do (void)
{
  return emulated () || g_getenv ("TFC_FEW");
}
