/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Names, texts and messages: however long a GraphModel's are, what is kept and said of them is
 * short. */
#include "tests/inference/tfjs/graphmodel-load.h"
#include "inference/builder/load.h"

#include <string.h>

/* A node whose name has so many bytes, split into many values of that name; wrong: it has an input
 * that is not there, whose name is as long. */
static void
named (guint bytes, gboolean wrong)
{
  GraphModel *f = graphmodel_new ();
  GString *name = g_string_new (NULL), *input = g_string_new (NULL);
  GError *error = NULL;
  while (name->len + 2 <= bytes)
    g_string_append (name, "\303\244");
  g_string_printf (input, "%s:1", name->str);
  graphmodel_input (f, "1,1024");
  graphmodel_ints (f, "axis", "", (gint32[]){1});
  graphmodel_node (f, name->str, "Split", "axis,x", "'num_split':{'i':1024}");
  graphmodel_node (f, "y", wrong ? "Nothing" : "Neg", input->str, NULL);
  if (wrong)
    graphmodel_node (f, "z", "Neg", "y,y", NULL);
  f->extra = wrong ? NULL : "'signature':{'outputs':{'y':{'name':'y'}}},";
  TfcGraph *g = tfc_load_tfjs (graphmodel_write (f), &error);
  g_assert_true ((g != NULL) == !wrong);
  for (guint i = 0; g && i < g->values->len; i++) {
    g_assert_cmpuint (strlen (tfc_graph_v (g, i)->name), <=, TFC_MAX_NAME);
    g_assert_true (g_utf8_validate (tfc_graph_v (g, i)->name, -1, NULL));
  }
  if (error)
    g_assert_true (strlen (error->message) < 2048 && g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  tfc_graph_free (g);
  g_string_free (name, TRUE);
  g_string_free (input, TRUE);
  graphmodel_free (f);
}

static void
test_names (void)
{
  named (1 << 20, FALSE);
  named (1 << 20, TRUE);
}

/* One shard whose name has so many bytes; the longest that may be is no file's name. */
static void
shard_named (guint bytes, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s =
      g_string_new ("{\"node\":[{\"name\":\"x\",\"op\":\"Const\"},{\"name\":\"y\",\"op\":\"Neg\","
                    "\"input\":[\"x\"]}],\"weightsManifest\":[{\"weights\":[],\"paths\":[\"");
  for (guint i = 0; i < bytes; i++)
    g_string_append_c (s, i % 2 ? '/' : 'a');
  g_string_append (s, "\"]}]}");
  graphmodel_expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_shard_names (void)
{
  shard_named (4095, "weight shard a/a/a");
  shard_named (4097, "more than 4096 bytes");
  shard_named (8 << 20, "more than 4096 bytes");
}

/* An attribute of so many texts, or of one of so many bytes. */
static void
texts (guint n, guint bytes, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  gchar *text = g_strnfill (bytes, 'A');
  GString *s = g_string_new ("'fused_ops':{'list':{'s':[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (s, "%s'%s'", i ? "," : "", bytes ? text : "UmVsdQ==");
  g_string_append (s, "]}}");
  graphmodel_input (f, "1,2");
  graphmodel_floats (f, "w", "2,2", (gfloat[]){1, 2, 3, 4});
  graphmodel_node (f, "y", "_FusedMatMul", "x,w", s->str);
  graphmodel_expect (graphmodel_write (f), says);
  g_string_free (s, TRUE);
  g_free (text);
  graphmodel_free (f);
}

static void
test_texts (void)
{
  texts (64, 0, NULL);
  texts (65, 0, "has 65 texts");
  texts (1, 4097, "is no text");
}

/* What a message quotes: names that are not there, ops, types. */
static void
test_messages (void)
{
  static const gchar *const texts[] = {
      "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\",\"input\":[\"%s\"]}]}",
      "{\"node\":[{\"name\":\"%s\",\"op\":\"Neg\"}]}",
      "{\"node\":[{\"name\":\"a\",\"op\":\"%s\"}]}",
      "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\"}],\"signature\":{\"outputs\":{\"%s\":{}}}}",
      "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"%s\"],"
      "\"weights\":[]}]}",
      "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[],\"weights\":["
      "{\"name\":"
      "\"w\",\"dtype\":\"%s\",\"shape\":[1]}]}]}",
  };
  gchar *much = g_strnfill (1 << 20, 'x');
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    GraphModel *f = graphmodel_new ();
    gchar **two = g_strsplit (texts[i], "%s", 2), *text = g_strjoinv (much, two);
    GError *error = NULL;
    g_assert_null (tfc_load_tfjs (graphmodel_write_text (f, text, -1), &error));
    g_assert_nonnull (error);
    g_assert_cmpuint (strlen (error->message), <, 2048);
    g_error_free (error);
    g_strfreev (two);
    g_free (text);
    graphmodel_free (f);
  }
  g_free (much);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/names", test_names);
  g_test_add_func ("/limits/shard-names", test_shard_names);
  g_test_add_func ("/limits/texts", test_texts);
  g_test_add_func ("/limits/messages", test_messages);
  return g_test_run ();
}
