/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/registry/registry.h"
#include <string.h>
#include "models/registry/verify.h"
#include "config.h"
#include "registry_resource.h"

#define FILE_KEY "file."

static GKeyFile *
registry (void)
{
  static GKeyFile *file;
  static gsize once;

  if (g_once_init_enter (&once)) {
    GBytes *text = g_resource_lookup_data (tfc_registry_get_resource (), "/tfc/registry.ini",
                                           G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    file = g_key_file_new ();
    if (!text || !g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, NULL))
      g_error ("the registry of models that was compiled in cannot be read");
    g_bytes_unref (text);
    g_once_init_leave (&once, 1);
  }
  return file;
}

const gchar *const *
tfc_registry_names (void)
{
  static gchar **names;
  static gsize once;

  if (g_once_init_enter (&once)) {
    names = g_key_file_get_groups (registry (), NULL);
    g_once_init_leave (&once, 1);
  }
  return (const gchar *const *)names;
}

/* "lite-mobilenet-v2" means "coco-ssd/lite_mobilenet_v2". */
static gboolean
means (const gchar *word, const gchar *name)
{
  if (!strchr (word, '/'))
    name = strchr (name, '/') + 1;
  for (; *word && *name; word++, name++)
    if (*word != *name && !(*word == '-' && *name == '_'))
      return FALSE;
  return *word == *name;
}

static const gchar *
full_name (const gchar *word)
{
  for (const gchar *const *name = tfc_registry_names (); *name; name++)
    if (means (word, *name))
      return *name;
  return NULL;
}

/* Takes dir; one that is there already keeps its place. */
static void
add_dir (GPtrArray *dirs, gchar *dir)
{
  if (g_ptr_array_find_with_equal_func (dirs, dir, g_str_equal, NULL))
    g_free (dir);
  else
    g_ptr_array_add (dirs, dir);
}

static void
add_dirs (GPtrArray *dirs, const gchar *list)
{
  gchar **parts = g_strsplit (list ? list : "", G_SEARCHPATH_SEPARATOR_S, -1);

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      add_dir (dirs, g_canonicalize_filename (parts[i], NULL));
  g_strfreev (parts);
}

/* The order that registry.h promises. */
static GPtrArray *
search_path (const gchar *model_path)
{
  GPtrArray *dirs = g_ptr_array_new_with_free_func (g_free);

  add_dirs (dirs, model_path);
  add_dirs (dirs, g_getenv ("TFC_MODEL_PATH"));
  add_dir (dirs, g_build_filename (g_get_user_data_dir (), "tfc", "models", NULL));
  for (const gchar *const *d = g_get_system_data_dirs (); *d; d++)
    add_dir (dirs, g_build_filename (*d, "tfc", "models", NULL));
  add_dir (dirs, g_build_filename (TFC_DATADIR, "models", NULL));
  return dirs;
}

/* TRUE if every file of the model is in dir; missing gets the path of the first that is not where
 * others are. */
static gboolean
all_there (const gchar *folder, gchar **keys, gchar **missing)
{
  gboolean any = FALSE;
  gchar *first = NULL;

  for (guint i = 0; keys[i]; i++) {
    if (!g_str_has_prefix (keys[i], FILE_KEY))
      continue;
    gchar *path = g_build_filename (folder, keys[i] + strlen (FILE_KEY), NULL);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      any = TRUE;
    else if (!first)
      first = g_steal_pointer (&path);
    g_free (path);
  }
  gboolean all = !first;
  if (first && any && !*missing)
    *missing = g_steal_pointer (&first);
  g_free (first);
  return all;
}

static gboolean
check_files (TfcVerifier *check, const gchar *name, const gchar *folder, gchar **keys,
             GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && keys[i]; i++) {
    if (!g_str_has_prefix (keys[i], FILE_KEY))
      continue;
    gchar *path = g_build_filename (folder, keys[i] + strlen (FILE_KEY), NULL);
    gchar *want = g_key_file_get_string (registry (), name, keys[i], NULL);
    ok = tfc_verifier_add (check, path, want, error);
    g_free (want);
    g_free (path);
  }
  return ok;
}

/* The first directory that holds the whole model, joined with the model's folder; NULL if none. */
static gchar *
find_folder (const gchar *name, GPtrArray *dirs, gchar **keys, gchar **missing)
{
  gchar *sub = g_key_file_get_string (registry (), name, "folder", NULL), *found = NULL;

  for (guint i = 0; i < dirs->len && !found; i++) {
    gchar *folder = g_build_filename (g_ptr_array_index (dirs, i), sub, NULL);
    if (all_there (folder, keys, missing))
      found = g_steal_pointer (&folder);
    g_free (folder);
  }
  g_free (sub);
  return found;
}

static void
not_found (const gchar *name, GPtrArray *dirs, const gchar *missing, GError **error)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < dirs->len; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", (gchar *)g_ptr_array_index (dirs, i));
  g_set_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND,
               "model %s is not there; searched %s%s%s. To get it, run: tfc-models get %s", name,
               text->str, missing ? "; incomplete, no " : "", missing ? missing : "", name);
  g_string_free (text, TRUE);
}

static void
fill (TfcModelFiles *stored, const gchar *name, const gchar *folder)
{
  gchar *open = g_key_file_get_string (registry (), name, "open", NULL);
  gchar *labels = g_key_file_get_string (registry (), name, "labels", NULL);

  stored->name = g_strdup (name);
  stored->path = g_build_filename (folder, open, NULL);
  stored->label_path = labels ? g_build_filename (folder, labels, NULL) : NULL;
  stored->licence = g_key_file_get_string (registry (), name, "licence", NULL);
  g_free (open);
  g_free (labels);
}

/* FALSE without error if the model is in none of dirs. */
static gboolean
find_in (const gchar *name, GPtrArray *dirs, TfcModelFiles *stored, gchar **missing, GError **error)
{
  gchar **keys = g_key_file_get_keys (registry (), name, NULL, NULL);
  gchar *folder = find_folder (name, dirs, keys, missing);
  TfcVerifier *check = folder ? tfc_verifier_new (name) : NULL;
  gboolean ok = folder && check_files (check, name, folder, keys, error);

  if (ok) {
    fill (stored, name, folder);
    stored->check = g_steal_pointer (&check);
    tfc_verifier_begin (stored->check);
  }
  tfc_verifier_free (check);
  g_free (folder);
  g_strfreev (keys);
  return ok;
}

static gboolean
unknown (const gchar *name, GError **error)
{
  gchar *all = g_strjoinv (", ", (gchar **)tfc_registry_names ());

  g_set_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND, "no model is called '%s'; there are %s", name,
               all);
  g_free (all);
  return FALSE;
}

gboolean
tfc_registry_resolve (const gchar *name, const gchar *model_path, TfcModelFiles *stored,
                      GError **error)
{
  const gchar *full = full_name (name);
  gchar *missing = NULL;
  GError *why = NULL;

  memset (stored, 0, sizeof *stored);
  if (!full)
    return unknown (name, error);

  GPtrArray *dirs = search_path (model_path);
  gchar *variant = g_key_file_get_string (registry (), full, "fallback-variant", NULL);
  gboolean ok = find_in (full, dirs, stored, &missing, &why);
  if (!ok && !why && variant)
    ok = find_in (variant, dirs, stored, &missing, &why);
  if (why)
    g_propagate_error (error, why);
  else if (!ok)
    not_found (full, dirs, missing, error);
  g_free (variant);
  g_free (missing);
  g_ptr_array_unref (dirs);
  return ok;
}

gboolean
tfc_registry_find (const gchar *name, const gchar *model_path, TfcModelFiles *stored,
                   GError **error)
{
  if (!tfc_registry_resolve (name, model_path, stored, error))
    return FALSE;
  if (tfc_model_files_verify (stored, error))
    return TRUE;
  tfc_model_files_clear (stored);
  return FALSE;
}

gboolean
tfc_model_files_verify (const TfcModelFiles *stored, GError **error)
{
  return !stored->check || tfc_verifier_end (stored->check, error);
}

void
tfc_model_files_clear (TfcModelFiles *stored)
{
  g_clear_pointer (&stored->check, tfc_verifier_free);
  g_clear_pointer (&stored->name, g_free);
  g_clear_pointer (&stored->path, g_free);
  g_clear_pointer (&stored->label_path, g_free);
  g_clear_pointer (&stored->licence, g_free);
}
