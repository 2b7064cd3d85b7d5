/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* GraphModels that are broken or mean harm: each gives its error, in bounded memory and time. */
#include "tests/inference/tfjs/graphmodel.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "tests/inference/tfjs/tfjs-wrongs.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
refuse (const gchar *path, TfcErrorCode code, const gchar *says)
{
  GError *error = NULL;
  TfcModelOptions options = {.backend = "reference"};
  TfcModel *m = tfc_model_open (path, &options, &error);
  g_assert_null (m);
  g_assert_error (error, TFC_ERROR, (gint)code);
  if (!strstr (error->message, says) || !strstr (error->message, "model.json"))
    g_error ("\"%s\" does not name the file and say \"%s\"", error->message, says);
  g_test_message ("%s", error->message);
  g_error_free (error);
}

static void
test_text (gconstpointer data)
{
  const TfjsWrongText *t = data;
  GraphModel *f = graphmodel_new ();
  refuse (graphmodel_write_text (f, t->text, -1), t->code, t->says);
  graphmodel_free (f);
}

static void
test_weight (gconstpointer data)
{
  const TfjsWrongWeight *w = data;
  GraphModel *f = graphmodel_new ();
  tfjs_wrong_weight_write (f, w);
  refuse (graphmodel_write (f), w->code, w->says);
  graphmodel_free (f);
}

static void
test_graph (gconstpointer data)
{
  const TfjsWrongGraph *g = data;
  GraphModel *f = graphmodel_new ();
  tfjs_wrong_graph_write (f, g);
  refuse (graphmodel_write (f), g->code, g->says);
  graphmodel_free (f);
}

/* while i < limit */
static void
test_loop (gconstpointer limit)
{
  GraphModel *f = graphmodel_new ();
  tfjs_wrong_constants (f, "x,c,zero,one,most,vast");
  graphmodel_node (f, "enter", "Enter", "zero", "'frame_name':{'s':'YQ=='}");
  graphmodel_node (f, "i", "Merge", "enter,next", NULL);
  graphmodel_node (f, "less", "Less", limit, NULL);
  graphmodel_node (f, "switch", "Switch", "i,less", NULL);
  graphmodel_node (f, "add", "Add", "switch:1,one", NULL);
  graphmodel_node (f, "next", "NextIteration", "add", NULL);
  graphmodel_node (f, "exit", "Exit", "switch", NULL);
  graphmodel_node (f, "y", "Reshape", "x,exit", NULL);
  refuse (graphmodel_write (f), TFC_ERROR_FORMAT, "too many turns");
  graphmodel_free (f);
}

static void
test_loop_no_exit (void)
{
  GraphModel *f = graphmodel_new ();
  tfjs_wrong_constants (f, "x,c,zero,one,most,vast");
  graphmodel_node (f, "enter", "Enter", "x", "'frame_name':{'s':'YQ=='}");
  graphmodel_node (f, "merge", "Merge", "enter,next", NULL);
  graphmodel_node (f, "less", "Less", "zero,one", NULL);
  graphmodel_node (f, "switch", "Switch", "merge,less", NULL);
  graphmodel_node (f, "next", "NextIteration", "switch", NULL);
  graphmodel_node (f, "y", "Exit", "switch", NULL);
  refuse (graphmodel_write (f), TFC_ERROR_FORMAT, "");
  graphmodel_free (f);
}

static void
test_size_of_any_picture (void)
{
  GraphModel *f = graphmodel_new ();
  tfjs_wrong_constants (f, "x,c,zero,one,most,vast");
  graphmodel_node (f, "p", "Placeholder", NULL,
                   "'dtype':{'type':4},'shape':{'shape':{'dim':[{'size':'-1'},{'size':'-1'},"
                   "{'size':'-1'},{'size':'3'}]}}");
  graphmodel_node (f, "shape", "Shape", "p", NULL);
  graphmodel_node (f, "y", "Reshape", "x,shape", NULL);
  refuse (graphmodel_write (f), TFC_ERROR_UNSUPPORTED, "size of the picture");
  graphmodel_free (f);
}

/* Not more than this node's line, n times. */
static void
repeat (GString *s, const gchar *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (s, text, i);
}

static void
test_many_nodes (gconstpointer n)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("{\"node\":[");
  repeat (s, "{\"name\":\"n%u\",\"op\":\"Neg\"},", GPOINTER_TO_UINT (n));
  g_string_append (s, "{\"name\":\"y\",\"op\":\"Neg\"}]}");
  refuse (graphmodel_write_text (f, s->str, (gssize)s->len), TFC_ERROR_FORMAT, "");
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_deep (gconstpointer open)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("{\"node\":[{\"name\":\"a\",\"op\":\"Neg\",\"attr\":");
  repeat (s, open, 1000000);
  refuse (graphmodel_write_text (f, s->str, (gssize)s->len), TFC_ERROR_FORMAT, "nested deeper");
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

/* A chain as long as can be: nothing here recurses along it. */
static void
test_chain (void)
{
  GraphModel *f = graphmodel_new ();
  GError *error = NULL;
  gchar name[16], in[16] = "x";
  graphmodel_input (f, "1,2");
  for (guint i = 0; i < 60000; i++) {
    g_snprintf (name, sizeof name, "n%u", i);
    graphmodel_node (f, name, "Neg", in, NULL);
    memcpy (in, name, sizeof in);
  }
  TfcGraph *g = tfc_load (graphmodel_write (f), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g->nodes->len, ==, 60000);
  tfc_graph_free (g);
  graphmodel_free (f);
}

/* Any byte of a sound model changed, or its end cut off: an error or a model, nothing else. */
static void
test_noise (void)
{
  guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  GraphModel *f = graphmodel_new ();
  gchar *text;
  gsize n;
  g_test_message ("seed %u", seed);
  tfjs_wrong_constants (f, "x,c,zero,one,most,vast");
  graphmodel_node (f, "list", "TensorArrayV3", "one", NULL);
  graphmodel_node (f, "write", "TensorArrayWriteV3", "list,zero,x,list:1", NULL);
  graphmodel_node (f, "read", "TensorArrayReadV3", "list,zero,write", NULL);
  graphmodel_node (f, "tile", "Tile", "read,vast", NULL);
  graphmodel_node (f, "y", "Softmax", "read", "'alpha':{'f':0.5},'axis':{'i':'1'}");
  f->extra = "'signature':{'outputs':{'y':{'name':'y:0'}}},";
  g_assert_true (g_file_get_contents (graphmodel_write (f), &text, &n, NULL));
  for (guint round = 0; round < 600; round++) {
    gchar *copy = g_memdup2 (text, n);
    gsize length = round % 3 == 0 ? (gsize)g_rand_int_range (rand, 0, (gint)n) : n;
    for (gint k = g_rand_int_range (rand, 1, 4); k > 0 && round % 3; k--)
      copy[g_rand_int_range (rand, 0, (gint)n)] = (gchar)g_rand_int_range (rand, 32, 127);
    TfcModelOptions options = {.backend = "reference"};
    GError *error = NULL;
    TfcModel *m =
        tfc_model_open (graphmodel_write_text (f, copy, (gssize)length), &options, &error);
    g_assert_true ((m != NULL) == (error == NULL));
    tfc_model_close (m);
    g_clear_error (&error);
    g_free (copy);
  }
  g_free (text);
  g_rand_free (rand);
  graphmodel_free (f);
}

static void
add (const gchar *kind, const gchar *name, gconstpointer data, GTestDataFunc test)
{
  gchar *path = g_strdup_printf ("/tfjs-hostile/%s/%s", kind, name);
  g_test_add_data_func (path, data, test);
  g_free (path);
}

/* Filters and factors of bytes, which nothing computes with. */
static void
test_byte_factor (gconstpointer dtype)
{
  static const guint8 bytes[64 * 64];
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "1,64");
  graphmodel_weight (f, "w", dtype, "64,64", NULL, bytes, sizeof bytes);
  graphmodel_node (f, "y", "MatMul", "x,w", NULL);
  refuse (graphmodel_write (f), TFC_ERROR_UNSUPPORTED, "no use");
  graphmodel_free (f);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tfjs_wrong_texts; i++)
    add ("text", tfjs_wrong_texts[i].name, &tfjs_wrong_texts[i], test_text);
  for (guint i = 0; i < n_tfjs_wrong_weights; i++)
    add ("weight", tfjs_wrong_weights[i].name, &tfjs_wrong_weights[i], test_weight);
  for (guint i = 0; i < n_tfjs_wrong_graphs; i++)
    add ("graph", tfjs_wrong_graphs[i].name, &tfjs_wrong_graphs[i], test_graph);
  add ("loop", "long", "i,most", test_loop);
  add ("loop", "endless", "zero,one", test_loop);
  g_test_add_func ("/tfjs-hostile/loop/no-exit", test_loop_no_exit);
  g_test_add_func ("/tfjs-hostile/any-picture", test_size_of_any_picture);
  add ("nodes", "100000", GUINT_TO_POINTER (100000), test_many_nodes);
  add ("nodes", "1000000", GUINT_TO_POINTER (1000000), test_many_nodes);
  add ("deep", "lists", "[", test_deep);
  add ("deep", "objects", "{\"a\":", test_deep);
  add ("factor", "uint8", "uint8", test_byte_factor);
  add ("factor", "bool", "bool", test_byte_factor);
  g_test_add_func ("/tfjs-hostile/chain", test_chain);
  g_test_add_func ("/tfjs-hostile/noise", test_noise);
  return g_test_run ();
}
