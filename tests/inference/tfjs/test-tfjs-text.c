/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the text of a model.json may look like, and that it says the same in every locale. */
#include "tests/inference/tfjs/graphmodel.h"
#include "inference/model.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

static const gchar *const head =
    "{\"node\":[{\"name\":\"x\",\"op\":\"Placeholder\",\"attr\":{\"dtype\":{\"type\":1},"
    "\"shape\":{\"shape\":{\"dim\":[{\"size\":\"1\"}]}}}},{\"name\":\"y\",\"op\":\"LeakyRelu\","
    "\"input\":[\"x\"],\"attr\":{";

/* What the network of this text makes of -4. */
static gfloat
answer (const gchar *text)
{
  GraphModel *f = graphmodel_new ();
  TfcModelOptions options = {.backend = "reference"};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (graphmodel_write_text (f, text, -1), &options, &error);
  gfloat y;
  g_assert_no_error (error);
  *(gfloat *)tfc_model_input (m, 0)->data = -4;
  g_assert_true (tfc_model_run (m, NULL));
  y = *(const gfloat *)tfc_model_output (m, 0)->data;
  tfc_model_close (m);
  graphmodel_free (f);
  return y;
}

static void
refuse (const gchar *text, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  TfcModelOptions options = {.backend = "reference"};
  GError *error = NULL;
  g_assert_null (tfc_model_open (graphmodel_write_text (f, text, -1), &options, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
  if (!strstr (error->message, says))
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_error_free (error);
  graphmodel_free (f);
}

/* The last three are no JSON, and can mean nothing else. */
static const struct {
  const gchar *text;
  gfloat value;
} numbers[] = {
    {"0.25", 0.25f},        {"25e-2", 0.25f}, {"2.5E-1", 0.25f}, {"0.0025e+2", 0.25f},
    {"\"0.25\"", 0.25f},    {"-0.5", -0.5f},  {"3", 3},          {"-0", 0},
    {"16777217", 16777216}, {"1e-400", 0},    {"01", 1},         {"1.", 1},
    {"-.5", -0.5f},
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    gchar *text = g_strdup_printf ("%s\"alpha\":{\"f\":%s}}}]}", head, numbers[i].text);
    g_test_message ("%s", numbers[i].text);
    g_assert_cmpfloat (answer (text), ==, -4 * numbers[i].value);
    g_free (text);
  }
}

static void
test_no_numbers (void)
{
  static const struct {
    const gchar *text, *says;
  } wrong[] = {
      {"+1", "not JSON at byte"},   {".5", "not JSON at byte"},  {"1e", "not JSON at byte"},
      {"--1", "not JSON at byte"},  {"1-2", "not JSON at byte"}, {"-", "not JSON at byte"},
      {"0x10", "not JSON at byte"}, {"1 2", "not JSON at byte"}, {"NaN", "not JSON at byte"},
      {"nul", "not JSON at byte"},  {"1e999", "is no number"},   {"-1e999", "is no number"},
      {"null", "is no number"},     {"[1]", "is no number"},     {"\"0,25\"", "is no number"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gchar *text = g_strdup_printf ("%s\"alpha\":{\"f\":%s}}}]}", head, wrong[i].text);
    refuse (text, wrong[i].says);
    g_free (text);
  }
}

static void
test_spellings (void)
{
  static const gchar *const same[] = {
      "\"alpha\":{\"f\":0.5}}}]}",
      "\"alpha\":{\"f\":0.5}}}]} \t\r\n",
      "\"alpha\" :\t{ \"f\"\r\n: 0.5 } } } ] }",
      "\"\\u0061lph\\u0061\":{\"\\u0066\":0.5}}}]}",
      "\"alpha\":{\"f\":0.5},\"\\ud83d\\ude00\\/\\\"\\\\\\b\\f\\n\\r\\t\":{}}}]}",
      "\"alpha\":{\"f\":0.5},\"Alpha\":{\"f\":3},\"alpha \":{\"f\":3},\"\":{\"f\":3}}}]}",
      "\"alpha\":{\"f\":0.5}}}],\"versions\":null}",
      /* the last of a name counts */
      "\"alpha\":{\"f\":3},\"alpha\":{\"f\":7,\"f\":0.5}}}]}",
  };
  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    gchar *text = g_strconcat (head, same[i], NULL),
          *mark = g_strconcat ("\xef\xbb\xbf", text, NULL);
    g_test_message ("%s", same[i]);
    g_assert_cmpfloat (answer (text), ==, -2);
    g_assert_cmpfloat (answer (mark), ==, -2);
    g_free (mark);
    g_free (text);
  }
}

/* Makes a locale with that decimal point in the folder; FALSE where that cannot be done. */
static gboolean
make_locale (const gchar *folder, const gchar *point)
{
  gchar *source = g_build_filename (folder, "source", NULL);
  gchar *made = g_build_filename (folder, "odd", NULL);
  gchar *text = g_strdup_printf ("LC_NUMERIC\ndecimal_point \"%s\"\nthousands_sep \"\"\n"
                                 "grouping -1\nEND LC_NUMERIC\n",
                                 point);
  const gchar *argv[] = {"localedef", "-c",    "--no-archive", "-i", source,
                         "-f",        "UTF-8", made,           NULL};
  gboolean ok =
      g_file_set_contents (source, text, -1, NULL) &&
      g_spawn_sync (NULL, (gchar **)argv, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                    NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (text);
  g_free (made);
  g_free (source);
  return ok;
}

static void
remove_folder (gchar *folder)
{
  const gchar *argv[] = {"rm", "-r", folder, NULL};
  g_assert_true (g_spawn_sync (NULL, (gchar **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (folder);
}

static void
test_locale (gconstpointer point)
{
  gchar *folder = g_dir_make_tmp ("tfc-locale-XXXXXX", NULL), *end;
  gboolean there = make_locale (folder, point);
  g_setenv ("LOCPATH", folder, TRUE);
  if (!there || !setlocale (LC_NUMERIC, "odd") || strcmp (localeconv ()->decimal_point, point)) {
    g_test_skip ("no localedef, or it has no UTF-8 (Debian: locales)");
  } else {
    g_assert_cmpfloat (strtod ("0.25", &end), ==, 0);
    test_numbers ();
    test_no_numbers ();
    g_assert_cmpstr (localeconv ()->decimal_point, ==, point);
  }
  setlocale (LC_NUMERIC, "C");
  remove_folder (folder);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tfjs-text/numbers", test_numbers);
  g_test_add_func ("/tfjs-text/no-numbers", test_no_numbers);
  g_test_add_func ("/tfjs-text/spellings", test_spellings);
  g_test_add_data_func ("/tfjs-text/locale/comma", ",", test_locale);
  g_test_add_data_func ("/tfjs-text/locale/two-bytes", "\xd9\xab", test_locale);
  return g_test_run ();
}
