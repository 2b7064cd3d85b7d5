/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/file_name.h"
#include "tools/common/npy.h"
#include "tools/run/run.h"

#include <errno.h>

/* Keys are names in small letters: some file systems do not tell them apart. */
static gboolean
is_new (GHashTable *taken, const gchar *name)
{
  return g_hash_table_add (taken, g_ascii_strdown (name, -1));
}

static gchar *
file_name (const TfcModel *model, guint index, GHashTable *taken)
{
  gchar *name = tfc_file_name (tfc_model_output_name (model, index));
  if (!name[0]) {
    g_free (name);
    name = g_strdup_printf ("output-%u", index);
  }
  while (!is_new (taken, name)) {
    gchar *other = g_strdup_printf ("%s-%u", name, index);
    g_free (name);
    name = other;
  }
  return name;
}

gboolean
tfc_run_write_outputs (const TfcModel *model, const gchar *folder, GError **error)
{
  GHashTable *taken;
  gboolean ok = TRUE;
  if (g_mkdir_with_parents (folder, 0777)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot make this folder: %s", folder,
                 g_strerror (errno));
    return FALSE;
  }
  taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; ok && i < tfc_model_n_outputs (model); i++) {
    gchar *name = file_name (model, i, taken);
    gchar *path = g_strdup_printf ("%s/%s.npy", folder, name);
    ok = tfc_npy_write (path, tfc_model_output (model, i), error);
    g_free (path);
    g_free (name);
  }
  g_hash_table_unref (taken);
  return ok;
}
