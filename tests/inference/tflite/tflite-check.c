/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/inference/tflite/tflite-check.h"

#include <string.h>
#include "inference/builder/load.h"
#include "inference/passes/lower.h"

TfcGraph *
load_ok (GBytes *bytes)
{
  GError *error = NULL;
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "test.tflite", &error);
  g_assert_no_error (error);
  g_bytes_unref (bytes);
  return g;
}

void
fails (GBytes *bytes, gint code, const gchar *says)
{
  GError *error = NULL;
  g_assert_null (tfc_load_tflite_bytes (bytes, "test.tflite", &error));
  g_assert_error (error, TFC_ERROR, code);
  g_assert_nonnull (strstr (error->message, "test.tflite"));
  if (!strstr (error->message, says))
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_error_free (error);
  g_bytes_unref (bytes);
}

void
load_any (const guint8 *data, gsize size)
{
  guint8 *copy = g_memdup2 (data, size); /* of just this size, so that reading past it is seen */
  GBytes *bytes = g_bytes_new_take (copy, size);
  GError *error = NULL;
  TfcGraph *g = tfc_load_tflite_bytes (bytes, "fuzz", &error);
  g_assert_true ((g != NULL) != (error != NULL));
  if (error)
    g_assert_true (error->domain == TFC_ERROR);
  g_clear_error (&error);
  if (g && !tfc_lower (g, &error))
    g_assert_true (error->domain == TFC_ERROR);
  g_clear_error (&error);
  tfc_graph_free (g);
  g_bytes_unref (bytes);
}

const TflCase *
case_named (const gchar *name)
{
  for (guint i = 0; tfl_case (i); i++) {
    if (!strcmp (tfl_case (i)->name, name))
      return tfl_case (i);
  }
  g_assert_not_reached ();
}
