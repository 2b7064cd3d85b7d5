/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Label tables: names by class id, and sets of classes. */
#include <string.h>
#include <glib/gstdio.h>
#include "inference/error.h"
#include "tests/models/golden.h"
#include "tests/models/result/labels-check.h"

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
  tfc_labels_free (labels);
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
  tfc_labels_free (file);
  tfc_labels_free (coco);
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
  tfc_labels_free (labels);
}

static void
test_carriage_returns (void)
{
  TfcLabels *labels = load_text ("one\rtwo words\rthree\r", -1, NULL);

  g_assert_cmpuint (tfc_labels_n (labels), ==, 3);
  g_assert_cmpstr (tfc_labels_name (labels, 1), ==, "two words");
  tfc_labels_free (labels);
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
  tfc_labels_free (labels);
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
  tfc_labels_free (labels);

  /* One line without a number: the plain form. */
  labels = load_text ("2 wheeler\ncar\n", -1, NULL);
  g_assert_cmpstr (tfc_labels_name (labels, 0), ==, "2 wheeler");
  tfc_labels_free (labels);
}

/* Which id the first of so many classes has. */
static void
test_first (void)
{
  static const struct {
    const gchar *text;
    guint n;
    gint first;
  } tables[] = {
      {"a\nb\nc\n", 3, 0},
      {"???\na\nb\nc\n", 3, 1},
      {"???\na\nb\n", 3, 0},
      {"background\na\n", 3, 1},
      {"a\nb\n", 3, 0},
      {"0 a\n1 b\n2 c\n", 3, 0},
      {"1 a\n2 b\n3 c\n", 3, 1},
      {"1 a\n2 b\n", 3, 1},
      {"0 a\n", 3, 0},
      {"item { id: 1 }", 3, 1},
      {"item { id: 0 name: 'a' }", 3, 0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    TfcLabels *labels = load_text (tables[i].text, -1, NULL);
    g_assert_cmpint (tfc_labels_first (labels, tables[i].n), ==, tables[i].first);
    labels = tfc_labels_resize (labels, 9);
    g_assert_cmpuint (tfc_labels_n (labels), ==, 9);
    g_assert_cmpstr (tfc_labels_name (labels, 8), ==, "class 8");
    tfc_labels_free (labels);
  }
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
  tfc_labels_free (labels);
}

/* Commas stand between names, and in some. */
static void
test_set_commas (void)
{
  static const struct {
    const gchar *list;
    guint wanted; /* bit i: id i */
  } sets[] = {{"cat, tame", 1}, {"lion,cat, tame", 3}, {"Cat, Tame ,lion", 3}, {"cat", 4},
              {"cat,lion", 6},  {"tame", 0},           {" , cat, tame,", 1},   {"2,0", 5},
              {"cat,tame", 0}};
  TfcLabels *labels = load_text ("cat, tame\nlion\ncat\n", -1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    GError *error = NULL;
    guint8 *wanted = tfc_labels_parse_set (labels, sets[i].list, &error);
    g_assert_true ((wanted != NULL) == (sets[i].wanted != 0));
    for (guint k = 0; wanted && k < 3; k++)
      g_assert_cmpuint (wanted[k], ==, sets[i].wanted >> k & 1);
    g_clear_error (&error);
    g_free (wanted);
  }
  tfc_labels_free (labels);
}

static void
test_blank (void)
{
  TfcLabels *labels = tfc_labels_blank (3);

  g_assert_cmpuint (tfc_labels_n (labels), ==, 3);
  g_assert_cmpstr (tfc_labels_name (labels, 2), ==, "class 2");
  tfc_labels_free (labels);
  tfc_labels_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/carriage-returns", test_carriage_returns);
  g_test_add_func ("/labels/coco", test_coco);
  g_test_add_func ("/labels/labelmap", test_labelmap);
  g_test_add_func ("/labels/find", test_find);
  g_test_add_func ("/labels/lines", test_lines);
  g_test_add_func ("/labels/numbered", test_numbered);
  g_test_add_func ("/labels/first", test_first);
  g_test_add_func ("/labels/set", test_set);
  g_test_add_func ("/labels/set-commas", test_set_commas);
  g_test_add_func ("/labels/blank", test_blank);
  return g_test_run ();
}
