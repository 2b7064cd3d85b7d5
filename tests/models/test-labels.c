/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <glib/gstdio.h>
#include "error.h"
#include "golden.h"
#include "labels.h"

static TfcLabels *
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

static void
test_coco (void)
{
  static const gint unnamed[] = {12, 26, 29, 30, 45, 66, 68, 69, 71, 83};
  TfcLabels *labels = tfc_labels_coco ();
  guint stand_ins = 0;

  g_assert_cmpuint (tfc_labels_n (labels), ==, 91);
  g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "person");
  g_assert_cmpstr (tfc_labels_name (labels, 17), ==, "cat");
  g_assert_cmpstr (tfc_labels_name (labels, 62), ==, "chair");
  g_assert_cmpstr (tfc_labels_name (labels, 90), ==, "toothbrush");
  for (guint i = 0; i < G_N_ELEMENTS (unnamed); i++) {
    gchar *name = g_strdup_printf ("class %d", unnamed[i]);
    g_assert_cmpstr (tfc_labels_name (labels, unnamed[i]), ==, name);
    g_free (name);
  }
  for (gint i = 1; i <= 90; i++)
    stand_ins += g_str_has_prefix (tfc_labels_name (labels, i), "class ");
  g_assert_cmpuint (stand_ins, ==, 10);
  g_assert_cmpstr (tfc_labels_name (labels, 91), ==, "unknown class");
  g_assert_cmpstr (tfc_labels_name (labels, -1), ==, "unknown class");
  tfc_labels_unref (labels);
}

/* The label file that comes with detect.tflite numbers classes as our table does. */
static void
test_labelmap (void)
{
  gchar *path = golden_path ("models/coco-ssd/mobilenet_v1_quant/labelmap.txt");
  if (!path)
    return;
  TfcLabels *file = tfc_labels_load (path, NULL), *coco = tfc_labels_coco ();

  g_assert_nonnull (file);
  g_assert_cmpuint (tfc_labels_n (file), ==, tfc_labels_n (coco));
  for (gint i = 0; i <= 90; i++)
    g_assert_cmpstr (tfc_labels_name (file, i), ==, tfc_labels_name (coco, i));
  tfc_labels_unref (file);
  tfc_labels_unref (coco);
  g_free (path);
}

static void
test_find (void)
{
  TfcLabels *labels = tfc_labels_coco ();

  g_assert_cmpint (tfc_labels_find (labels, "person"), ==, 1);
  g_assert_cmpint (tfc_labels_find (labels, "Traffic LIGHT"), ==, 10);
  g_assert_cmpint (tfc_labels_find (labels, "17"), ==, 17);
  g_assert_cmpint (tfc_labels_find (labels, "90"), ==, 90);
  g_assert_cmpint (tfc_labels_find (labels, "91"), ==, -1);
  g_assert_cmpint (tfc_labels_find (labels, "-1"), ==, -1);
  g_assert_cmpint (tfc_labels_find (labels, "1x"), ==, -1);
  g_assert_cmpint (tfc_labels_find (labels, ""), ==, -1);
  tfc_labels_unref (labels);
}

static void
test_lines (void)
{
  TfcLabels *labels = load_text ("\xef\xbb\xbf???\r\nMöwe\r\n\r\n  red kite \n\n\n", -1, NULL);

  g_assert_nonnull (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, 4);
  g_assert_cmpstr (tfc_labels_name (labels, 0), ==, "class 0");
  g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "Möwe");
  g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "class 2");
  g_assert_cmpstr (tfc_labels_name (labels, 3), ==, "red kite");
  g_assert_cmpint (tfc_labels_find (labels, "MÖWE"), ==, 1);
  tfc_labels_unref (labels);
}

static void
test_numbered (void)
{
  TfcLabels *labels = load_text ("0  person\n2: car\n17 hot dog\n", -1, NULL);

  g_assert_nonnull (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, 18);
  g_assert_cmpstr (tfc_labels_name (labels, 0), ==, "person");
  g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "class 1");
  g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "car");
  g_assert_cmpstr (tfc_labels_name (labels, 17), ==, "hot dog");
  tfc_labels_unref (labels);

  /* One line without a number: the plain form. */
  labels = load_text ("2 wheeler\ncar\n", -1, NULL);
  g_assert_cmpstr (tfc_labels_name (labels, 0), ==, "2 wheeler");
  tfc_labels_unref (labels);
}

static void
refuse (const gchar *text, gssize length, const gchar *says)
{
  GError *error = NULL;

  g_assert_null (load_text (text, length, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  if (!strstr (error->message, says))
    g_error ("'%s' does not say '%s'", error->message, says);
  g_clear_error (&error);
}

static void
accept (const gchar *text, guint n)
{
  TfcLabels *labels = load_text (text, -1, NULL);

  g_assert_nonnull (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, n);
  tfc_labels_unref (labels);
}

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
test_set (void)
{
  TfcLabels *labels = tfc_labels_coco ();
  GError *error = NULL;
  guint8 *wanted = tfc_labels_parse_set (labels, " Person, cat,,3 ,", &error);

  g_assert_no_error (error);
  for (gint i = 0; i <= 90; i++)
    g_assert_cmpuint (wanted[i], ==, i == 1 || i == 17 || i == 3);
  g_free (wanted);

  g_assert_null (tfc_labels_parse_set (labels, "person,bycicle", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "'bycicle'"));
  g_assert_nonnull (strstr (error->message, "Did you mean 'bicycle'?"));
  g_clear_error (&error);
  g_assert_null (tfc_labels_parse_set (labels, "zzzzqqqq", &error));
  g_assert_nonnull (strstr (error->message, "0 to 90"));
  g_assert_null (strstr (error->message, "mean"));
  g_clear_error (&error);
  g_assert_null (tfc_labels_parse_set (labels, "\xff\xfe", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_clear_error (&error);
  tfc_labels_unref (labels);
}

static void
test_refs (void)
{
  TfcLabels *labels = tfc_labels_blank (3);

  g_assert_true (tfc_labels_ref (labels) == labels);
  tfc_labels_unref (labels);
  g_assert_cmpuint (tfc_labels_n (labels), ==, 3);
  g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "class 2");
  tfc_labels_unref (labels);
  tfc_labels_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/coco", test_coco);
  g_test_add_func ("/labels/labelmap", test_labelmap);
  g_test_add_func ("/labels/find", test_find);
  g_test_add_func ("/labels/lines", test_lines);
  g_test_add_func ("/labels/numbered", test_numbered);
  g_test_add_func ("/labels/refused", test_refused);
  g_test_add_func ("/labels/set", test_set);
  g_test_add_func ("/labels/refs", test_refs);
  return g_test_run ();
}
