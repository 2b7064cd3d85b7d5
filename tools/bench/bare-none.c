/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* In place of bare.c in a build without XNNPACK. */
#include "tools/bench/bare.h"

Bare *
bare_new (const TfcGraph *graph, guint threads, GError **error)
{
  g_set_error (error, TFC_ERROR, TFC_ERROR_BACKEND,
               "the bare program needs XNNPACK, which is not built in");
  return NULL;
}

void *
bare_input (Bare *bare, guint index)
{
  return NULL;
}

gboolean
bare_run (Bare *bare)
{
  return FALSE;
}

void
bare_free (Bare *bare)
{
}
