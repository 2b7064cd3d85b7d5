/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* JSON: what is one, what it means, and what is none. */
#include "json.h"

#include <math.h>
#include <string.h>

#include "error.h"

static const gchar *const wrong[] = {
    "",
    " ",
    "{",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:1}",
    "{'a':1}",
    "{\"a\":1]",
    "[] []",
    "[]x",
    "nul",
    "nulll",
    "True",
    "truefalse",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "-",
    "--1",
    "01",
    "-01",
    "0x10",
    "1.e3",
    "NaN",
    "Infinity",
    "-Infinity",
    "\"",
    "\"a",
    "\"\\",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\ud800\\u0041\"",
    "\"\\ud800\\ud800\"",
    "\"\\udc00\"",
    "\"a\nb\"",
    "\"\t\"",
    "\"\xff\"",
    "\"\xc0\x80\"",
    "/* */[]",
    "[]//",
    "[1]\x01",
    "\"\\ud83d\\u",
    "\"\\u004",
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    TfcJsonTree tree;
    GError *error = NULL;
    if (tfc_json_parse (&tree, wrong[i], strlen (wrong[i]), &error))
      g_error ("\"%s\" is no JSON", wrong[i]);
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    g_assert_null (tree.values);
    g_clear_error (&error);
  }
}

/* A right text cut anywhere is wrong, and nothing behind its end is looked at. */
static void
test_cut (void)
{
  static const gchar text[] =
      "{\"a\\u00e9\":[1,-2.5e3,true,null,\"x\\n\"],\"b\":{\"c\":\"\\ud83d\\ude00\"}}";
  TfcJsonTree tree;
  for (gsize n = 0; n < strlen (text); n++) {
    gchar *cut = g_memdup2 (text, n);
    g_assert_false (tfc_json_parse (&tree, cut, n, NULL));
    g_free (cut);
  }
  g_assert_true (tfc_json_parse (&tree, text, strlen (text), NULL));
  tfc_json_clear (&tree);
  g_assert_false (tfc_json_parse (&tree, text, sizeof text, NULL)); /* with the zero */
}

static const struct {
  const gchar *text;
  gdouble number;
} numbers[] = {
    {"0", 0},
    {"-0", 0},
    {"7", 7},
    {"-12", -12},
    {"123456789012345", 123456789012345},
    {"1234567890123456789", 1234567890123456789.},
    {"0.5", 0.5},
    {"-2.25e2", -225},
    {"1E-2", 0.01},
    {"1e+2", 100},
    {"1e999", INFINITY},
    {"9007199254740993", 9007199254740993.},
};

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    TfcJsonTree tree;
    g_assert_true (tfc_json_parse (&tree, numbers[i].text, strlen (numbers[i].text), NULL));
    g_assert_cmpint (tree.values->kind, ==, TFC_JSON_NUMBER);
    g_assert_cmpfloat (tree.values->number, ==, numbers[i].number);
    tfc_json_clear (&tree);
  }
}

static const struct {
  const gchar *text, *means;
} strings[] = {
    {"\"\"", ""},
    {"\"a b\"", "a b"},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
    {"\"\\u0041\\u00E9\\u20ac\"", "A\xc3\xa9\xe2\x82\xac"},
    {"\"\\ud83d\\ude00!\"", "\xf0\x9f\x98\x80!"},
    {"\"\xc3\xa9\\n\xc3\xa9\"", "\xc3\xa9\n\xc3\xa9"},
};

static void
test_strings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++) {
    TfcJsonTree tree;
    g_assert_true (tfc_json_parse (&tree, strings[i].text, strlen (strings[i].text), NULL));
    g_assert_cmpint (tree.values->kind, ==, TFC_JSON_STRING);
    g_assert_cmpstr (tree.values->text, ==, strings[i].means);
    tfc_json_clear (&tree);
  }
}

static void
test_tree (void)
{
  static const gchar text[] = " { \"a\" : [ [ ] , { } , [ 1 , [ 2 ] ] , false ] , \"b\" : \"x\" "
                              ",\r\n\t\"b\" : true, \"\": null } ";
  TfcJsonTree tree;
  g_assert_true (tfc_json_parse (&tree, text, strlen (text), NULL));
  const TfcJson *root = tree.values, *a = tfc_json_member (root, "a"), *e = tfc_json_first (a);
  g_assert_cmpuint (root->n, ==, 4);
  g_assert_cmpuint (root->size, ==, 12);
  g_assert_cmpuint (a->n, ==, 4);
  g_assert_cmpint (e->kind, ==, TFC_JSON_ARRAY);
  g_assert_cmpuint (e->n, ==, 0);
  e = tfc_json_next (e);
  g_assert_cmpint (e->kind, ==, TFC_JSON_OBJECT);
  e = tfc_json_next (e);
  g_assert_cmpuint (e->n, ==, 2);
  g_assert_cmpfloat (tfc_json_first (tfc_json_next (tfc_json_first (e)))->number, ==, 2);
  e = tfc_json_next (e);
  g_assert_cmpint (e->kind, ==, TFC_JSON_FALSE);
  g_assert_cmpint (tfc_json_member (root, "b")->kind, ==, TFC_JSON_TRUE); /* the last one */
  g_assert_cmpint (tfc_json_member (root, "")->kind, ==, TFC_JSON_NULL);
  g_assert_null (tfc_json_member (root, "c"));
  g_assert_null (tfc_json_member (a, "a"));
  g_assert_null (tfc_json_member (NULL, "a"));
  tfc_json_clear (&tree);
  tfc_json_clear (&tree);
}

static gboolean
has_members (guint n)
{
  TfcJsonTree tree;
  GString *s = g_string_new ("{");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (s, "%s\"%u\":%u", i ? "," : "", i, i);
  g_string_append_c (s, '}');
  gboolean ok = tfc_json_parse (&tree, s->str, s->len, NULL);
  if (ok)
    g_assert_cmpfloat (tfc_json_member (tree.values, "700")->number, ==, 700);
  tfc_json_clear (&tree);
  g_string_free (s, TRUE);
  return ok;
}

static void
test_members (void)
{
  g_assert_true (has_members (TFC_JSON_MAX_MEMBERS));
  g_assert_false (has_members (TFC_JSON_MAX_MEMBERS + 1));
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/wrong", test_wrong);
  g_test_add_func ("/json/cut", test_cut);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/tree", test_tree);
  g_test_add_func ("/json/members", test_members);
  return g_test_run ();
}
