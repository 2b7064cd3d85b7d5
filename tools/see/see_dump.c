/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/common/file_name.h"
#include "tools/common/npy.h"
#include "tools/see/see.h"

#include <errno.h>
#include <string.h>

struct TfcSeeDump {
  gchar *folder;
  GHashTable *runs; /* network -> how often it ran */
  GError *error;
};

TfcSeeDump *
tfc_see_dump_new (const gchar *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0777)) {
    g_set_error (error, TFC_ERROR, TFC_ERROR_READ, "%s: cannot make this folder: %s", folder,
                 g_strerror (errno));
    return NULL;
  }
  TfcSeeDump *dump = g_new0 (TfcSeeDump, 1);
  dump->folder = g_strdup (folder);
  dump->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return dump;
}

gboolean
tfc_see_dump_free (TfcSeeDump *dump, GError **error)
{
  if (!dump)
    return TRUE;
  const gboolean ok = !dump->error;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&dump->error));
  g_hash_table_unref (dump->runs);
  g_free (dump->folder);
  g_free (dump);
  return ok;
}

static gchar *
network_name (const gchar *path)
{
  g_autofree gchar *absolute = g_canonicalize_filename (path, NULL);
  g_autofree gchar *file = g_path_get_basename (absolute);
  g_autofree gchar *folder = g_path_get_dirname (absolute);
  g_autofree gchar *parent = g_path_get_basename (folder);
  gchar *dot = strrchr (file, '.');
  if (g_str_equal (file, "model.json"))
    return tfc_file_name (parent);
  if (dot)
    *dot = 0;
  return tfc_file_name (file);
}

/* "mesh", the second time "mesh-2". */
static gchar *
run_name (TfcSeeDump *dump, const gchar *path, TfcRunStage stage)
{
  gchar *name = network_name (path);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (dump->runs, name));
  if (stage == TFC_RUN_BEGINS)
    g_hash_table_insert (dump->runs, g_strdup (name), GUINT_TO_POINTER (++n));
  if (n > 1) {
    gchar *numbered = g_strdup_printf ("%s-%u", name, n);
    g_free (name);
    name = numbered;
  }
  return name;
}

static void
write_tensor (TfcSeeDump *dump, const gchar *network, const gchar *what, const gchar *name,
              guint index, const TfcTensor *tensor)
{
  g_autofree gchar *safe = tfc_file_name (name);
  g_autofree gchar *number = g_strdup_printf ("%u", index);
  g_autofree gchar *path =
      g_strdup_printf ("%s/%s.%s-%s.npy", dump->folder, network, what, safe[0] ? safe : number);
  if (!dump->error)
    tfc_npy_write (path, tensor, &dump->error);
}

static void
write_inputs (TfcSeeDump *dump, const gchar *network, const TfcModel *model)
{
  const guint n = tfc_model_n_inputs (model);
  if (n == 1) {
    g_autofree gchar *path = g_strdup_printf ("%s/%s.input.npy", dump->folder, network);
    if (!dump->error)
      tfc_npy_write (path, tfc_model_input (model, 0), &dump->error);
    return;
  }
  for (guint i = 0; i < n; i++)
    write_tensor (dump, network, "input", tfc_model_input_name (model, i), i,
                  tfc_model_input (model, i));
}

void
tfc_see_dump_run (gpointer data, const gchar *path, TfcModel *model, TfcRunStage stage)
{
  TfcSeeDump *dump = data;
  g_autofree gchar *network = run_name (dump, path, stage);
  if (stage == TFC_RUN_BEGINS) {
    write_inputs (dump, network, model);
    return;
  }
  for (guint i = 0; i < tfc_model_n_outputs (model); i++)
    write_tensor (dump, network, "output", tfc_model_output_name (model, i), i,
                  tfc_model_output (model, i));
}
