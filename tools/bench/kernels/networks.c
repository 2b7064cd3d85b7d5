/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tools/bench/kernels/networks.h"

#include <string.h>

#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "inference/passes/weight_layout.h"
#include "models/registry/registry.h"

#define MAX_DEPTH 8 /* of folders in a mirror: links may go round */

static void
free_network (gpointer data)
{
  Network *n = data;
  g_free (n->title);
  g_free (n->path);
  g_free (n);
}

GPtrArray *
networks_new (void)
{
  return g_ptr_array_new_with_free_func (free_network);
}

void
networks_add (GPtrArray *networks, const gchar *title, const gchar *path)
{
  g_autofree gchar *whole = g_canonicalize_filename (path, NULL);
  for (guint i = 0; i < networks->len; i++) {
    if (g_str_equal (((Network *)networks->pdata[i])->path, whole))
      return;
  }
  Network *n = g_new0 (Network, 1);
  n->title = g_strdup (title);
  n->path = g_steal_pointer (&whole);
  g_ptr_array_add (networks, n);
}

/* Other .json files lie beside them. */
static gboolean
is_network (const gchar *path)
{
  g_autofree gchar *text = NULL;
  if (g_str_has_suffix (path, ".tflite"))
    return TRUE;
  return g_str_has_suffix (path, ".json") && g_file_get_contents (path, &text, NULL, NULL) &&
         strstr (text, "\"modelTopology\"");
}

gchar *
network_title (const gchar *path)
{
  g_autofree gchar *name = g_path_get_basename (path), *folder = g_path_get_dirname (path);
  g_autofree gchar *in = g_path_get_basename (folder);
  if (g_str_equal (name, "model.json"))
    return g_steal_pointer (&in);
  return g_str_has_prefix (name, "model") ? g_build_filename (in, name, NULL)
                                          : g_steal_pointer (&name);
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *)a, *(const gchar *const *)b);
}

static GPtrArray *
names_in (const gchar *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GDir *dir = g_dir_open (folder, 0, NULL);
  for (const gchar *name; dir && (name = g_dir_read_name (dir));)
    g_ptr_array_add (names, g_strdup (name));
  if (dir)
    g_dir_close (dir);
  g_ptr_array_sort (names, by_name);
  return names;
}

/* NOLINTNEXTLINE(misc-no-recursion): a folder's folders, MAX_DEPTH at most */
static void
walk (GPtrArray *networks, const gchar *root, const gchar *folder, guint depth)
{
  g_autoptr (GPtrArray) names = names_in (folder);
  for (guint i = 0; i < names->len; i++) {
    g_autofree gchar *path = g_build_filename (folder, names->pdata[i], NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && depth < MAX_DEPTH)
      walk (networks, root, path, depth + 1);
    else if (is_network (path))
      networks_add (networks, path + strlen (root) + 1, path);
  }
}

static void
add_registered (GPtrArray *networks, const gchar *model_path)
{
  const gchar *const *names = tfc_registry_names ();
  for (guint i = 0; names[i]; i++) {
    TfcModelFiles files = {0};
    if (tfc_registry_find (names[i], model_path, &files, NULL))
      networks_add (networks, files.name, files.path);
    tfc_model_files_clear (&files);
  }
}

GPtrArray *
networks_find (const gchar *model_path, const gchar *mirrors)
{
  GPtrArray *networks = networks_new ();
  const gchar *folders = mirrors ? mirrors : g_getenv ("TFC_MODEL_PATH");
  g_auto (GStrv) parts = g_strsplit (folders ? folders : "", G_SEARCHPATH_SEPARATOR_S, -1);
  add_registered (networks, model_path);
  for (guint i = 0; parts[i]; i++) {
    if (*parts[i])
      walk (networks, parts[i], parts[i], 0);
  }
  return networks;
}

/* Where a network takes pictures of any size: PoseNet's and BodyPix's is one more than a multiple
 * of their strides, others want a multiple of 32. */
static const gint32 sides[] = {257, 256};

static TfcGraph *
load (const gchar *path, GError **error)
{
  TfcGraph *graph = tfc_load (path, error);
  const gboolean any_size = !graph && g_error_matches (*error, TFC_ERROR, TFC_ERROR_SETTINGS);
  for (guint i = 0; any_size && !graph && i < G_N_ELEMENTS (sides); i++) {
    const TfcInputShape shape = {.shape = tfc_shape (4, 1, sides[i], sides[i], 3)};
    const TfcEnds ends = {.input_shapes = &shape, .n_input_shapes = 1};
    g_clear_error (error);
    graph = tfc_load_with (path, &ends, error);
  }
  return graph;
}

TfcGraph *
network_open (const gchar *path, GError **error)
{
  GError *refused = NULL;
  TfcGraph *graph = load (path, &refused);
  if (!graph)
    g_propagate_error (error, refused);
  if (graph && (!tfc_lower (graph, error) ||
                (!tfc_weight_layout_restore_all (graph) && !tfc_graph_check (graph, error))))
    g_clear_pointer (&graph, tfc_graph_free);
  return graph;
}
