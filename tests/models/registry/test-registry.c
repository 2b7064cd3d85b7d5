/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include "tests/models/golden.h"
#include "models/registry/registry.h"

#define FACE "face/face_detection_short_range.tflite"
#define FACE_BYTES 229032

/* A file of so many zero bytes (sparse) at root/name. */
static void
make_file (const gchar *root, const gchar *name, gsize bytes)
{
  gchar *path = g_build_filename (root, name, NULL), *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  gint fd = g_open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, bytes), ==, 0);
  g_close (fd, NULL);
  g_free (dir);
  g_free (path);
}

/* The model without published checksums: sizes are all that is checked. */
static void
make_v1 (const gchar *root, guint shards)
{
  make_file (root, "coco-ssd/mobilenet_v1/model.json", 100);
  for (guint i = 1; i <= shards; i++) {
    gchar *name = g_strdup_printf ("coco-ssd/mobilenet_v1/group1-shard%uof7", i);
    make_file (root, name, i < 7 ? 4194304 : 2098532);
    g_free (name);
  }
}

static gchar *
temp_dir (void)
{
  gchar *dir = g_dir_make_tmp ("tfc-store-XXXXXX", NULL);
  g_assert_nonnull (dir);
  return dir;
}

static void
remove_tree (gchar *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    GDir *dir = g_dir_open (path, 0, NULL);
    for (const gchar *name; (name = g_dir_read_name (dir));)
      remove_tree (g_build_filename (path, name, NULL));
    g_dir_close (dir);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_free (path);
}

static void
refuse (const gchar *name, const gchar *dirs, gint code, const gchar *says)
{
  TfcModelFiles stored;
  GError *error = NULL;

  g_assert_false (tfc_registry_find (name, dirs, &stored, &error));
  g_assert_error (error, TFC_ERROR, code);
  if (!strstr (error->message, says))
    g_error ("'%s' does not say '%s'", error->message, says);
  g_assert_null (stored.path);
  tfc_model_files_clear (&stored);
  g_clear_error (&error);
}

static void
expect (const gchar *name, const gchar *dirs, const gchar *root)
{
  TfcModelFiles stored;
  GError *error = NULL;

  g_assert_true (tfc_registry_find (name, dirs, &stored, &error));
  g_assert_no_error (error);
  gchar *path = g_build_filename (root, "coco-ssd/mobilenet_v1/model.json", NULL);
  g_assert_cmpstr (stored.name, ==, "coco-ssd/mobilenet_v1");
  g_assert_cmpstr (stored.path, ==, path);
  g_assert_null (stored.label_path);
  g_assert_cmpstr (stored.licence, ==, "Apache-2.0");
  tfc_model_files_clear (&stored);
  g_assert_null (stored.path);
  g_free (path);
}

static void
test_names (void)
{
  static const gchar *const must[] = {"coco-ssd/lite_mobilenet_v2",
                                      "coco-ssd/mobilenet_v1",
                                      "coco-ssd/mobilenet_v2",
                                      "coco-ssd/mobilenet_v1_quant",
                                      "face/detector",
                                      "face/detector_full_range",
                                      "face/detector_full_range_sparse",
                                      "face/detector_back",
                                      "face/mesh",
                                      "face/mesh_attention",
                                      "face/iris"};
  static const gchar *const keys[] = {"title",   "task",   "kind", "input",
                                      "licence", "folder", "open", "source.1"};

  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) text =
      g_resources_lookup_data ("/tfc/registry.ini", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (must); i++)
    g_assert_true (g_strv_contains (tfc_registry_names (), must[i]));
  g_assert_true (g_key_file_load_from_bytes (file, text, G_KEY_FILE_NONE, NULL));
  for (const gchar *const *name = tfc_registry_names (); *name; name++)
    for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
      g_assert_true (g_key_file_has_key (file, *name, keys[k], NULL));
  refuse ("mobilenet", NULL, TFC_ERROR_NOT_FOUND, "coco-ssd/lite_mobilenet_v2");
}

/* Every recorded file has a size and a SHA-256 or a dash for each. */
static void
test_entries (void)
{
  gchar *path =
      g_build_filename (g_getenv ("TFC_SOURCE"), "models", "registry", "registry.ini", NULL);
  GKeyFile *file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  for (const gchar *const *name = tfc_registry_names (); *name; name++) {
    gchar **keys = g_key_file_get_keys (file, *name, NULL, NULL);
    guint files = 0;
    for (guint i = 0; keys[i]; i++)
      if (g_str_has_prefix (keys[i], "file.")) {
        gchar *value = g_key_file_get_string (file, *name, keys[i], NULL);
        g_assert_true (g_regex_match_simple ("^([1-9][0-9]*|-) ([0-9a-f]{64}|-)$", value, 0, 0));
        g_free (value);
        files++;
      }
    g_assert_cmpuint (files, >, 0);
    g_strfreev (keys);
  }
  g_key_file_free (file);
  g_free (path);
}

static void
test_missing (void)
{
  gchar *dir = temp_dir ();
  gchar *data = g_build_filename (g_get_user_data_dir (), "tfc", "models", NULL);

  refuse ("mobilenet-v1", dir, TFC_ERROR_NOT_FOUND, dir);
  refuse ("mobilenet-v1", dir, TFC_ERROR_NOT_FOUND, data);
  refuse ("mobilenet-v1", dir, TFC_ERROR_NOT_FOUND, "tfc-models get coco-ssd/mobilenet_v1");
  make_v1 (dir, 4);
  refuse ("mobilenet-v1", dir, TFC_ERROR_NOT_FOUND, "group1-shard5of7");
  g_free (data);
  remove_tree (dir);
}

/* The message names every directory once and in order, and none that a build made up. */
static void
test_searched (void)
{
  gchar *a = temp_dir (), *b = temp_dir ();
  gchar *aba = g_strconcat (a, ":", b, ":", a, NULL);
  gchar *data = g_build_filename (g_get_user_data_dir (), "tfc", "models", NULL);
  gchar *first = g_strdup_printf ("searched %s, %s, %s, ", a, b, data);
  gchar *source = g_strdup_printf (" %s/", g_getenv ("TFC_SOURCE"));
  TfcModelFiles stored;
  GError *error = NULL;

  g_setenv ("TFC_MODEL_PATH", b, TRUE);
  g_assert_false (tfc_registry_find ("mobilenet_v1", aba, &stored, &error));
  g_unsetenv ("TFC_MODEL_PATH");
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, first));
  g_assert_nonnull (strstr (error->message, "/tfc/models. To get it"));
  g_assert_null (strstr (error->message, ".cache"));
  g_assert_null (strstr (error->message, "shared"));
  g_assert_null (strstr (error->message, source));
  g_error_free (error);
  g_free (source);
  g_free (first);
  g_free (data);
  g_free (aba);
  remove_tree (a);
  remove_tree (b);
}

/* An earlier directory wins; one that holds only a part is passed over. */
static void
test_order (void)
{
  gchar *a = temp_dir (), *b = temp_dir (), *c = temp_dir ();
  gchar *ab = g_strconcat (a, ":", b, NULL), *ba = g_strconcat (":", b, "::", a, ":", NULL);
  gchar *data = g_build_filename (g_get_user_data_dir (), "tfc", "models", NULL);

  make_v1 (data, 7);
  expect ("mobilenet_v1", ab, data);
  g_setenv ("TFC_MODEL_PATH", c, TRUE);
  make_v1 (c, 7);
  expect ("mobilenet_v1", NULL, c);
  expect ("mobilenet-v1", ab, c);
  make_v1 (b, 7);
  make_v1 (a, 3);
  expect ("coco-ssd/mobilenet_v1", ab, b);
  make_v1 (a, 7);
  expect ("mobilenet_v1", ab, a);
  expect ("mobilenet_v1", ba, b);
  g_unsetenv ("TFC_MODEL_PATH");
  g_free (ab);
  g_free (ba);
  remove_tree (a);
  remove_tree (b);
  remove_tree (c);
  remove_tree (data);
}

static void
test_wrong_bytes (void)
{
  gchar *dir = temp_dir ();

  make_file (dir, FACE, FACE_BYTES);
  refuse ("detector", dir, TFC_ERROR_CHECKSUM, "SHA-256");
  refuse ("detector", dir, TFC_ERROR_CHECKSUM, "tfc-models get face/detector");
  make_file (dir, FACE, FACE_BYTES - 1);
  refuse ("detector", dir, TFC_ERROR_CHECKSUM, "229031 bytes, expected 229032 bytes");
  make_file (dir, FACE, 0);
  refuse ("detector", dir, TFC_ERROR_CHECKSUM, FACE);
  make_v1 (dir, 7);
  make_file (dir, "coco-ssd/mobilenet_v1/group1-shard7of7", 4194304);
  refuse ("mobilenet_v1", dir, TFC_ERROR_CHECKSUM, "group1-shard7of7");
  remove_tree (dir);
}

/* Sums that are asked for later: the same answer every time, or none at all. */
static void
test_later (void)
{
  gchar *from = golden_path ("models/" FACE), *dir = temp_dir ();
  gchar *to = g_build_filename (dir, FACE, NULL), *bytes = NULL;
  TfcModelFiles stored;

  make_file (dir, FACE, FACE_BYTES - 1);
  g_assert_false (
      tfc_registry_resolve ("face/detector", dir, &stored, NULL)); /* sizes are known at once */
  make_file (dir, FACE, FACE_BYTES);
  for (guint asked = 0; asked < 3; asked++) {
    g_assert_true (tfc_registry_resolve ("face/detector", dir, &stored, NULL));
    g_assert_cmpstr (stored.path, ==, to);
    for (guint i = 0; i < asked; i++) {
      GError *error = NULL;
      g_assert_false (tfc_model_files_verify (&stored, &error));
      g_assert_error (error, TFC_ERROR, TFC_ERROR_CHECKSUM);
      g_clear_error (&error);
    }
    tfc_model_files_clear (&stored);
  }
  g_assert_true (tfc_model_files_verify (&stored, NULL)); /* an empty one */
  if (from) {
    g_assert_true (g_file_get_contents (from, &bytes, NULL, NULL));
    g_assert_true (g_file_set_contents (to, bytes, FACE_BYTES, NULL));
    g_assert_true (tfc_registry_resolve ("face/detector", dir, &stored, NULL));
    g_assert_true (tfc_model_files_verify (&stored, NULL));
    g_assert_true (tfc_model_files_verify (&stored, NULL));
    tfc_model_files_clear (&stored);
  }
  g_free (bytes);
  g_free (from);
  g_free (to);
  remove_tree (dir);
}

/* The remembered verdict does not outlive the bytes it was given for. */
static void
test_cache (void)
{
  gchar *from = golden_path ("models/" FACE), *dir = temp_dir ();
  gchar *to = g_build_filename (dir, FACE, NULL), *bytes = NULL;
  TfcModelFiles stored;

  if (from) {
    g_assert_true (g_file_get_contents (from, &bytes, NULL, NULL));
    make_file (dir, FACE, 0);
    g_assert_true (g_file_set_contents (to, bytes, FACE_BYTES, NULL));
    for (guint i = 0; i < 2; i++) {
      g_assert_true (tfc_registry_find ("face/detector", dir, &stored, NULL));
      g_assert_cmpstr (stored.path, ==, to);
      tfc_model_files_clear (&stored);
    }
    bytes[1000] ^= 1;
    g_assert_true (g_file_set_contents (to, bytes, FACE_BYTES, NULL));
    refuse ("face/detector", dir, TFC_ERROR_CHECKSUM, "SHA-256");
    bytes[1000] ^= 1;
    g_assert_true (g_file_set_contents (to, bytes, FACE_BYTES, NULL));
    g_assert_true (tfc_registry_find ("face/detector", dir, &stored, NULL));
    tfc_model_files_clear (&stored);
  }
  g_free (bytes);
  g_free (from);
  g_free (to);
  remove_tree (dir);
}

/* The mirror has the registry's layout and bytes, and labels come with the model. */
static void
test_mirror (void)
{
  gchar *mirror = golden_path ("models");
  TfcModelFiles stored;
  GError *error = NULL;

  if (!mirror)
    return;
  g_assert_true (tfc_registry_find ("mobilenet-v1-quant", mirror, &stored, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (stored.name, ==, "coco-ssd/mobilenet_v1_quant");
  g_assert_true (g_str_has_suffix (stored.path, "mobilenet_v1_quant/detect.tflite"));
  g_assert_true (g_path_is_absolute (stored.path));
  g_assert_true (g_str_has_suffix (stored.label_path, "mobilenet_v1_quant/labelmap.txt"));
  tfc_model_files_clear (&stored);
  for (const gchar *const *name = tfc_registry_names (); *name; name++)
    if (g_str_has_prefix (*name, "face/") && !g_str_has_suffix (*name, "float16")) {
      g_assert_true (tfc_registry_find (*name, mirror, &stored, &error));
      g_assert_no_error (error);
      tfc_model_files_clear (&stored);
    }
  g_free (mirror);
}

int
main (int argc, char **argv)
{
  gchar *home = temp_dir ();
  gint status;

  g_unsetenv ("TFC_MODEL_PATH");
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_DATA_DIRS", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/names", test_names);
  g_test_add_func ("/registry/entries", test_entries);
  g_test_add_func ("/registry/missing", test_missing);
  g_test_add_func ("/registry/searched", test_searched);
  g_test_add_func ("/registry/order", test_order);
  g_test_add_func ("/registry/wrong-bytes", test_wrong_bytes);
  g_test_add_func ("/registry/cache", test_cache);
  g_test_add_func ("/registry/later", test_later);
  g_test_add_func ("/registry/mirror", test_mirror);
  status = g_test_run ();
  remove_tree (home);
  return status;
}
