/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Files that lie beside a model and belong to it by their name. */
#include <stdlib.h>
#include <string.h>

#include "models/files/beside.h"

// clang-format off
static const struct {
  const gchar *name;
  gboolean own;    /* an ending: NAME.txt for NAME.tflite */
  gboolean anchors;
} wanted[] = {
  {".labels.txt", TRUE, FALSE},
  {".txt", TRUE, FALSE},
  {".pbtxt", TRUE, FALSE},
  {"labels.txt", FALSE, FALSE},
  {"labelmap.txt", FALSE, FALSE},
  {"label_map.pbtxt", FALSE, FALSE},
  {"labelmap.pbtxt", FALSE, FALSE},
  {"dict.txt", FALSE, FALSE},
  {"imagenet_labels.txt", FALSE, FALSE},
  {".anchors", TRUE, TRUE},
  {"pipeline.config", FALSE, TRUE},
};
// clang-format on

static void
look (const gchar *path, GArray *found)
{
  gchar *folder = g_path_get_dirname (path), *stem = g_path_get_basename (path);
  gchar *dot = strrchr (stem, '.');

  if (dot && dot > stem)
    *dot = 0;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    gchar *name = g_strconcat (wanted[i].own ? stem : "", wanted[i].name, NULL);
    TfcBeside b = {g_build_filename (folder, name, NULL), wanted[i].own, wanted[i].anchors};
    if (g_file_test (b.path, G_FILE_TEST_IS_REGULAR))
      g_array_append_val (found, b);
    else
      g_free (b.path);
    g_free (name);
  }
  g_free (stem);
  g_free (folder);
}

static void
clear (gpointer beside)
{
  g_free (((TfcBeside *)beside)->path);
}

/* Beside the name first, then beside the file that it is a link to. */
GArray *
tfc_look_beside (const gchar *path)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (TfcBeside));
  gchar *real = realpath (path, NULL), *plain = g_canonicalize_filename (path, NULL);

  g_array_set_clear_func (found, clear);
  look (plain, found);
  if (real && strcmp (real, plain))
    look (real, found);
  g_free (plain);
  free (real);
  return found;
}

gchar **
tfc_beside_paths (const gchar *path)
{
  GArray *found = tfc_look_beside (path);
  gchar **paths = g_new0 (gchar *, found->len + 1);

  for (guint i = 0; i < found->len; i++)
    paths[i] = g_strdup (g_array_index (found, TfcBeside, i).path);
  g_array_unref (found);
  return paths;
}
