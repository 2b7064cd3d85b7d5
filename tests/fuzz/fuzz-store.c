/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Model names and search paths, as properties bring them: lines of name, path, key. */
#include "tests/fuzz/fuzz.h"

#include "models/registry/registry.h"

void
fuzz_one (const guint8 *data, gsize size)
{
  gchar *text = g_strndup ((const gchar *)data, size);
  gchar **lines = g_strsplit (text, "\n", 2);
  guint n = g_strv_length (lines);
  const gchar *name = n > 0 ? lines[0] : "", *path = n > 1 ? lines[1] : NULL;
  TfcModelFiles stored = {0};
  GError *error = NULL;
  if (tfc_registry_find (name, path, &stored, &error)) {
    g_assert_true (stored.name && g_path_is_absolute (stored.path));
  } else {
    g_assert_true (error && error->domain == TFC_ERROR && !stored.path);
    g_error_free (error);
  }
  tfc_model_files_clear (&stored);
  g_strfreev (lines);
  g_free (text);
}

void
fuzz_seeds (void)
{
  const gchar *const *names = tfc_registry_names ();
  fuzz_seed ("", 0);
  for (guint i = 0; names[i]; i++) {
    gchar *text = g_strdup_printf ("%s\n/nonexistent:.:%s\nlicence", names[i], names[i]);
    fuzz_seed (text, strlen (text));
    g_free (text);
  }
  fuzz_seed ("lite-mobilenet-v2\n::\nfile.x", 27);
}
