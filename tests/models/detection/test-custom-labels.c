/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Labels of custom detectors: packed in the file, beside it, named, and a background class. */
#include <string.h>
#include "inference/error.h"
#include "tests/models/detection/custom-check.h"

#define NAMES "background\nship\ncar\nplane\n"
#define MAP                                                                             \
  "# made by hand\r\nitem {\r\n  name: 'x' id: 3, display_name: \"pla\\156e\"\r\n}\r\n" \
  "item: { id: 2; name: \"car\" } item < id: 1 name: \"sh\" 'ip' keypoints { id: 9 } >"

static const gchar *
name_of (TfcSsd *ssd, gint id)
{
  return tfc_labels_name (tfc_ssd_labels (ssd), id);
}

/* A model with these in its zip and beside it. */
static TfcSsd *
open_labelled (const CustomZip *zip, const gchar *labels, const gchar *name, const gchar *text,
               gchar **path)
{
  const Custom c = {.tail = TRUE, .quantised = TRUE, .labels = labels};

  *path = custom_write (&c);
  if (zip)
    custom_append_zip (*path, zip);
  if (name)
    custom_beside (*path, name, text);
  return open_good (*path);
}

static void
test_packed (void)
{
  static const struct {
    CustomZip zip;
    const gchar *labels; /* as the metadata calls them */
  } good[] = {
      {{"labelmap.txt", NAMES}, NULL},
      {{"labelmap.txt", NAMES, .deflate = TRUE}, NULL},
      {{"labelmap.txt", NAMES, .relative = TRUE}, NULL},
      {{"names", NAMES, .deflate = TRUE, .relative = TRUE}, "names"},
      {{"label_map.pbtxt", MAP}, NULL},
      {{"labels.txt", NAMES, .zip64 = TRUE}, NULL},
      {{"labels.txt", NAMES, .zip64 = TRUE, .deflate = TRUE, .relative = TRUE}, NULL},
      {{"anything.txt", "ship\ncar\nplane\n"}, NULL},
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    gchar *path;
    TfcSsd *ssd =
        open_labelled (&good[i].zip, good[i].labels, "labels.txt", "no\nnot\nnever\nnone\n", &path);
    g_assert_cmpstr (name_of (ssd, see (ssd, 0.5f).class_id), ==, "car");
    g_assert_cmpstr (tfc_ssd_note (ssd), ==, NULL);
    tfc_ssd_close (ssd);
    custom_clear (path);
  }
}

/* What is packed and cannot be read is told, and what lies beside the model counts. */
static void
test_packed_wrong (void)
{
  static const struct {
    CustomZip zip;
    const gchar *labels, *says;
  } wrong[] = {
      {{"labels.txt", NAMES, .claims = 100000}, NULL, "beyond the file"},
      {{"labels.txt", NAMES, .deflate = TRUE, .claims = 20}, NULL, "does not unpack"},
      {{"labels.txt", NAMES, .deflate = TRUE, .claims = 1000000}, NULL, "does not unpack"},
      {{"labels.txt", NAMES, .deflate = TRUE, .claims = 0x7fffffff}, NULL, "too large"},
      {{"labels.txt", "{\"a\": 1}"}, NULL, "JSON"},
      {{"labels.txt", NAMES}, "other.txt", "'other.txt' in the zip behind the model is not there"},
      {{"labels.txt", "no\nnot\nnever\nnone\n", .damaged = TRUE}, NULL, "damaged"},
      {{"labels.txt", "no\nnot\nnever\nnone\n", .damaged = TRUE, .deflate = TRUE}, NULL, "damaged"},
      {{"labels\x1b\xff.txt", "{\"a\": 1}"}, NULL, "'labels?\xef\xbf\xbd.txt' is JSON"},
      {{"labels\x1b\xff.txt", NAMES, .damaged = TRUE},
       NULL,
       "'labels?\xef\xbf\xbd.txt' in the zip"},
      {{"readme.txt", "For tests.\n"}, NULL, "'readme.txt' in the model's zip does not count"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gchar *path;
    TfcSsd *ssd = open_labelled (&wrong[i].zip, wrong[i].labels, "dict.txt", NAMES, &path);
    g_assert_cmpstr (name_of (ssd, see (ssd, 0.5f).class_id), ==, "car");
    if (!tfc_ssd_note (ssd) || !strstr (tfc_ssd_note (ssd), wrong[i].says))
      g_error ("'%s' does not say '%s'", tfc_ssd_note (ssd), wrong[i].says);
    tfc_ssd_close (ssd);
    custom_clear (path);
  }
}

static void
test_beside (void)
{
  static const struct {
    const gchar *name, *text, *car, *note;
  } files[] = {
      {"mine.labels.txt", NAMES, "car", NULL},
      {"mine.txt", NAMES, "car", NULL},
      {"mine.pbtxt", MAP, "car", NULL},
      {"labels.txt", "ship\ncar\nplane\n", "car", NULL},
      {"labelmap.txt", NAMES, "car", NULL},
      {"label_map.pbtxt", MAP, "car", NULL},
      {"dict.txt", NAMES, "car", NULL},
      {"other.txt", NAMES, "class 2", NULL},
      {"dict.txt", "one\n", "class 2", "1 names for 3 classes"},
      {"dict.txt", "[\"a\", \"b\", \"c\"]", "class 2", "JSON"},
      {"mine.pbtxt", "item { id: 1 name: 'ship' }", "class 2", "1 names for the 3 classes"},
      {"mine.txt", NAMES "train\n", "car", "4 names for the 3 classes"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    gchar *path;
    TfcSsd *ssd = open_labelled (NULL, NULL, files[i].name, files[i].text, &path);
    g_assert_cmpstr (name_of (ssd, see (ssd, 0.5f).class_id), ==, files[i].car);
    if (!files[i].note)
      g_assert_cmpstr (tfc_ssd_note (ssd), ==, NULL);
    else if (!strstr (tfc_ssd_note (ssd), files[i].note))
      g_error ("'%s' does not say '%s'", tfc_ssd_note (ssd), files[i].note);
    tfc_ssd_close (ssd);
    custom_clear (path);
  }
}

/* Only the names that are missing are numbers. */
static void
test_fewer (void)
{
  static const CustomZip zip = {"labels.txt", "???\nship\n"};
  gchar *path;
  TfcSsd *ssd = open_labelled (&zip, NULL, NULL, NULL, &path);

  g_assert_cmpuint (tfc_labels_n (tfc_ssd_labels (ssd)), ==, 4);
  g_assert_cmpstr (name_of (ssd, 1), ==, "ship");
  g_assert_cmpstr (name_of (ssd, 2), ==, "class 2");
  g_assert_cmpstr (name_of (ssd, 3), ==, "class 3");
  g_assert_cmpint (see (ssd, 0.5f).class_id, ==, 2);
  g_assert_nonnull (strstr (tfc_ssd_note (ssd), "1 names for the 3 classes"));
  tfc_ssd_close (ssd);
  custom_clear (path);
}

/* A name for each column, the first of them the background's: that column is no class. */
static void
test_background (void)
{
  static const Custom model = {.anchors = TRUE, PICTURE};
  static const struct {
    const gchar *names, *found;
  } tables[] = {
      {NAMES, "car"}, {"???\nship\ncar\nplane\n", "car"}, {"cat\nship\ncar\nplane\n", "cat"}};

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    gchar *path = custom_write (&model);
    custom_beside (path, "mine.txt", tables[i].names);
    TfcSsd *ssd = open_good (path);
    g_assert_cmpstr (name_of (ssd, see (ssd, 0.5f).class_id), ==, tables[i].found);
    tfc_ssd_close (ssd);
    custom_clear (path);
  }
}

/* Labels that the caller names win; those without enough lines are refused. */
static void
test_named (void)
{
  static const CustomZip zip = {"labels.txt", NAMES};
  gchar *path;
  GError *error = NULL;
  TfcSsd *ssd = open_labelled (&zip, NULL, "mine.txt", "a\nb\nc\n", &path);
  gchar *folder = g_path_get_dirname (path), *file = g_build_filename (folder, "mine.txt", NULL);

  tfc_ssd_close (ssd);
  ssd = open_with (path, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name_of (ssd, see (ssd, 0.5f).class_id), ==, "b");
  tfc_ssd_close (ssd);
  custom_beside (path, "mine.txt", "item { id: 3 name: 'only' }");
  ssd = open_with (path, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name_of (ssd, 3), ==, "only");
  g_assert_cmpint (see (ssd, 0.5f).class_id, ==, 2);
  tfc_ssd_close (ssd);
  custom_beside (path, "mine.txt", "a\nb\n");
  g_assert_null (open_with (path, file, NULL, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_clear_error (&error);
  g_free (file);
  g_free (folder);
  custom_clear (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/custom/labels/packed", test_packed);
  g_test_add_func ("/custom/labels/packed-wrong", test_packed_wrong);
  g_test_add_func ("/custom/labels/beside", test_beside);
  g_test_add_func ("/custom/labels/fewer", test_fewer);
  g_test_add_func ("/custom/labels/background", test_background);
  g_test_add_func ("/custom/labels/named", test_named);
  return g_test_run ();
}
