/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/models/result/labels-check.h"

#include <string.h>
#include <glib/gstdio.h>
#include "inference/error.h"

TfcLabels *
load_text (const gchar *text, gssize length, GError **error)
{
  gchar *path = NULL;
  gint fd = g_file_open_tmp ("labels-XXXXXX", &path, NULL);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  TfcLabels *labels = tfc_labels_load (path, error);
  g_unlink (path);
  g_free (path);
  return labels;
}

void
refuse (const gchar *text, gssize length, const gchar *says)
{
  GError *error = NULL;

  g_assert_null (load_text (text, length, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  if (!strstr (error->message, says))
    g_error ("'%s' does not say '%s'", error->message, says);
  g_clear_error (&error);
}

void
accept (const gchar *text, guint n)
{
  TfcLabels *labels = load_text (text, -1, NULL);

  g_assert_nonnull (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, n);
  tfc_labels_free (labels);
}
