/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Label files: label maps, other formats, files that are refused, odd files. */
#include <string.h>
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include "inference/error.h"
#include "tests/models/golden.h"
#include "tests/models/result/labels-check.h"

static void
test_refused (void)
{
  GError *error = NULL;
  GString *text = g_string_new (NULL);

  refuse ("", 0, "0 lines");
  refuse ("\n\n", -1, "0 lines");
  refuse ("per\xffson\n", -1, "UTF-8");
  refuse ("a\0b\n", 4, "UTF-8");
  refuse ("1 a\n1 b\n", -1, "line 2");
  refuse ("70000 a\n", -1, "65535");
  for (guint i = 0; i < 256; i++)
    g_string_append_c (text, 'x');
  accept (text->str, 1);
  g_string_append_c (text, 'x');
  refuse (text->str, -1, "longer than 256");
  g_string_truncate (text, 0);
  for (guint i = 0; i < 65536; i++)
    g_string_append (text, "x\n");
  accept (text->str, 65536);
  g_string_append (text, "x\n");
  refuse (text->str, -1, "65537 lines");
  g_string_free (text, TRUE);

  g_assert_null (tfc_labels_load ("/nonexistent/labels", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nonexistent/labels"));
  g_clear_error (&error);
  g_assert_null (tfc_labels_load (g_get_tmp_dir (), &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_READ);
  g_clear_error (&error);
}

static void
test_label_map (void)
{
  static const gchar map[] =
      "\xef\xbb\xbf# of the detector\r\n\r\n"
      "item {\r\n  name: \"/m/01\"  # Open Images'\r\n  id: 5\r\n  display_name: "
      "'M\\303\\266we'\r\n}\r\n"
      "item { id: 1 name: 'it\\'s \\x41 \"dog\"' }\n"
      "item{id:2,name:\"a\" \"b\"\n'c'; frequency: COMMON, keypoints { id: 1 label: \"nose\" }}\n"
      "item: < id: 3 display_name: \"\" name: \"  only  \" >\n"
      "item { id: 4 instance_count: -3 } item { id: 6 name: \"???\" }";
  TfcLabels *labels = load_text (map, -1, NULL);

  g_assert_nonnull (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, 7);
  g_assert_cmpstr (tfc_labels_name (labels, 0), ==, "class 0");
  g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "it's A \"dog\"");
  g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "abc");
  g_assert_cmpstr (tfc_labels_name (labels, 3), ==, "only");
  g_assert_cmpstr (tfc_labels_name (labels, 4), ==, "class 4");
  g_assert_cmpstr (tfc_labels_name (labels, 5), ==, "Möwe");
  g_assert_cmpstr (tfc_labels_name (labels, 6), ==, "class 6");
  g_assert_true (tfc_labels_by_id (labels));
  tfc_labels_free (labels);

  /* An old line that begins with the same word is a name. */
  accept ("item\nitems\n", 2);
  accept ("item 1\nitem 2\n", 2);
}

static void
test_bad_label_map (void)
{
  static const gchar *const bad[][2] = {
      {"item { name: 'a' }", "line 1: an item without an id"},
      {"item { id: 1 name: 'a' }\nitem { id: 1 name: 'b' }",
       "line 2: an id that stands there twice"},
      {"item { id: 70000 }", "0 to 65535"},
      {"item { id: -1 }", "0 to 65535"},
      {"item { id: one }", "0 to 65535"},
      {"item { id: 1 name: 'a }", "does not end"},
      {"item { id: 1 name: '\\q' }", "escape"},
      {"item { id: 1 name: '\\0' }", "escape"},
      {"item { id: 1 name: '\\377' }", "not UTF-8"},
      {"item { id: 1 name: '\\ud800' }", "no such character"},
      {"item { id: 1", "not closed"},
      {"item { id: 1 } }", "the name of a field"},
      {"item { id: }", "expected a value"},
      {"item { id 1 }", "expected ':'"},
      {"item < id: 1 }", "the name of a field"},
      {"item { id: [1, 2 }", "expected ',' or ']'"},
  };
  GString *text = g_string_new ("item { id: 1 ");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    refuse (bad[i][0], -1, bad[i][1]);
  for (guint i = 0; i < 100; i++)
    g_string_append (text, "a {");
  refuse (text->str, -1, "too deep");
  g_string_assign (text, "item { id: 1 name: '");
  for (guint i = 0; i < 257; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "' }");
  refuse (text->str, -1, "more than 256 bytes");
  g_string_free (text, TRUE);
}

/* Other formats are called by their name. */
static void
test_other_formats (void)
{
  static const gchar *const others[][2] = {
      {"{\"1\": \"person\",\n \"2\": \"cat\"}\n", "JSON"},
      {"[\"person\", \"cat\"]", "JSON"},
      {"id,name\n0,person\n1,cat\n", "CSV"},
      {"person;car\ncat;animal\n", "CSV"},
      {"names:\n  0: person\n  1: cat\n", "YAML"},
      {"- person\n- cat\n", "YAML"},
      {"person\t1\ncat\t2\n", "CSV"},
      {"id,name\n1,\"cat, tame\"\n2,lion\n", "CSV"},
      {"names: [person, cat]\n", "YAML"},
      {"[labels]\n0=person\n1=cat\n", "INI"},
      {"0=person\n1=cat\n", "INI"},
      {"<labels><label>person</label></labels>", "XML"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    refuse (others[i][0], -1, others[i][1]);
    refuse (others[i][0], -1, "accepted are");
  }
  refuse ("\x89PNG\r\n\0\0", 8, "binary");
  refuse ("caf\xe9\n", -1, "another encoding");
  refuse ("\xff\xfep\0e\0", 6, "UTF-16");
  accept ("0\tperson\n1\tcat\n", 2);
  /* Commas in names are no columns. */
  accept ("tench, Tinca tinca\ngoldfish, Carassius auratus\nhammerhead\n", 3);
  accept ("[unused]\ncat\n", 2);
  accept ("a=b\ncat\n", 2);
}

/* Lists of messages are read as messages one behind the other. */
static void
test_listed_items (void)
{
  static const gchar *const good[] = {
      "item: [ { id: 1 name: 'a' }, { id: 2 name: 'b' } ]",
      "item [{ id: 1 name: 'a' keypoints: [{ id: 3 }, { id: 4 }] }, < id: 2 name: 'b' >] # end",
  };
  static const gchar *const bad[] = {"item: [ { id: 1 }", "item: [ { id: 1 } { id: 2 } ]",
                                     "item: [ { id: 1 }, 2 ]", "item: [ { id: 1 }, ]"};

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    TfcLabels *labels = load_text (good[i], -1, NULL);
    g_assert_cmpuint (tfc_labels_n (labels), ==, 3);
    g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "a");
    g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "b");
    tfc_labels_free (labels);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    refuse (bad[i], -1, "line 1: expected");
}

/* What is no file, or one without an end, is refused at once and without its bytes. */
static void
test_odd_files (void)
{
  static const gchar *const odd[][2] = {
      {"/", "no regular file"},
      {"/dev/zero", "no regular file"},
      {"/proc/self/pagemap", "label file"}, /* a regular file of 0 bytes, and 2^38 can be read */
      {"/nonexistent/labels", "not there"},
  };
  struct rusage before, after;
  GError *error = NULL;

  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    if (i == 2 && g_access (odd[i][0], R_OK) != 0)
      continue;
    g_assert_null (tfc_labels_load (odd[i][0], &error));
    if (!strstr (error->message, odd[i][1]))
      g_error ("'%s' does not say '%s'", error->message, odd[i][1]);
    g_clear_error (&error);
  }
  getrusage (RUSAGE_SELF, &after);
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 256 << 10); /* KiB */
}

static void
test_pipe (void)
{
  gchar *folder = g_dir_make_tmp ("labels-XXXXXX", NULL);
  gchar *path = g_build_filename (folder, "pipe", NULL);
  GError *error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (tfc_labels_load (path, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_READ);
  g_clear_error (&error);
  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
  g_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/refused", test_refused);
  g_test_add_func ("/labels/label-map", test_label_map);
  g_test_add_func ("/labels/bad-label-map", test_bad_label_map);
  g_test_add_func ("/labels/other-formats", test_other_formats);
  g_test_add_func ("/labels/listed-items", test_listed_items);
  g_test_add_func ("/labels/odd-files", test_odd_files);
  g_test_add_func ("/labels/pipe", test_pipe);
  return g_test_run ();
}
