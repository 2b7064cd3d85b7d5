/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tfjs/graphmodel-load.h"

#include <string.h>

#include "inference/builder/load.h"

void
graphmodel_expect (const gchar *path, const gchar *says)
{
  GError *error = NULL;
  TfcGraph *g = tfc_load_tfjs (path, &error);
  if (!says) {
    g_assert_no_error (error);
    tfc_graph_free (g);
    return;
  }
  g_assert_null (g);
  if (!strstr (error->message, says))
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_error_free (error);
}
