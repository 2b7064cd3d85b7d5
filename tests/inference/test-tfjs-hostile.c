/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* GraphModels that are broken or mean harm: each gives its error, in bounded memory and time. */
#include "graphmodel.h"
#include "load.h"
#include "model.h"

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

/* Text in place of a whole file. */
static const struct {
  const gchar *name, *text, *says;
  TfcErrorCode code;
} texts[] = {
    {"cut", "{\"modelTopology\":{\"node\":[", "", TFC_ERROR_FORMAT},
    {"no-nodes", "{\"modelTopology\":{}}", "GraphModel", TFC_ERROR_FORMAT},
    {"layers", "{\"modelTopology\":{\"model_config\":{}}}", "layers", TFC_ERROR_UNSUPPORTED},
    {"empty", "{\"modelTopology\":{\"node\":[]}}", "0 outputs", TFC_ERROR_FORMAT},
    {"nodes-are-numbers", "{\"node\":[1,2]}", "no name", TFC_ERROR_FORMAT},
    {"comment", "{/* \" */\"node\":[]}", "not JSON", TFC_ERROR_FORMAT},
    {"quotes", "{'node':[]}", "not JSON", TFC_ERROR_FORMAT},
    {"inputs-are-numbers", "{\"node\":[{\"name\":\"a\",\"op\":\"Neg\",\"input\":[7]}]}",
     "is no name", TFC_ERROR_FORMAT},
    {"utf8", "{\"node\":[\"\xff\xfe\"]}", "", TFC_ERROR_FORMAT},
    {"shard-above",
     "{\"node\":[{\"name\":\"a\",\"op\":\"Const\"},{\"name\":\"b\",\"op\":\"Neg\",\"input\":[\"a\"]"
     "}],"
     "\"weightsManifest\":[{\"paths\":[\"../../etc/passwd\"],\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-absolute",
     "{\"node\":[{\"name\":\"b\",\"op\":\"Neg\",\"input\":[\"b\"]},{\"name\":\"c\",\"op\":\"Neg\","
     "\"input\":[\"b\"]}],\"weightsManifest\":[{\"paths\":[\"/etc/passwd\"],\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-url",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"http://x/y\"],"
     "\"weights\":[]}]}",
     "does not lie beside", TFC_ERROR_FORMAT},
    {"shard-missing",
     "{\"node\":[{\"name\":\"c\",\"op\":\"Neg\"}],\"weightsManifest\":[{\"paths\":[\"nowhere\"],"
     "\"weights\":[]}]}",
     "nowhere", TFC_ERROR_NOT_FOUND},
};

static void
test_text (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  GraphModel *f = graphmodel_new ();
  refuse (graphmodel_write_text (f, texts[i].text, -1), texts[i].code, texts[i].says);
  graphmodel_free (f);
}

/* One weight of two numbers whose manifest says something else. */
static const struct {
  const gchar *name, *dtype, *shape, *quantization, *says;
  gsize bytes;
  TfcErrorCode code;
} weights[] = {
    {"short", "float32", "1,2", NULL, "hold 7 bytes", 7, TFC_ERROR_FORMAT},
    {"long", "float32", "1,2", NULL, "hold 9 bytes", 9, TFC_ERROR_FORMAT},
    {"overflow", "float32", "2147483647,2147483647,2147483647", NULL, "impossibly large", 8,
     TFC_ERROR_FORMAT},
    {"wrap", "float32", "65536,65536,65536,65536", NULL, "impossibly large", 8, TFC_ERROR_FORMAT},
    {"negative", "float32", "-1,2", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"fraction", "float32", "1.5,2", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"huge", "float32", "1e30", NULL, "impossible shape", 8, TFC_ERROR_FORMAT},
    {"rank", "float32", "1,1,1,1,1,1,1,1,2", NULL, "dimensions", 8, TFC_ERROR_FORMAT},
    {"string", "string", "1,2", NULL, "string", 8, TFC_ERROR_UNSUPPORTED},
    {"complex", "complex64", "1,1", NULL, "no use", 8, TFC_ERROR_UNSUPPORTED},
    {"scale-text", "float32", "1,8", "{'dtype':'uint8','scale':'nan','min':0}", "impossible scale",
     8, TFC_ERROR_FORMAT},
    {"scale-huge", "float32", "1,8", "{'dtype':'uint8','scale':1e300,'min':0}", "impossible scale",
     8, TFC_ERROR_FORMAT},
    {"scale-endless", "float32", "1,8", "{'dtype':'uint8','scale':1e999,'min':0}",
     "impossible scale", 8, TFC_ERROR_FORMAT},
    {"scale-missing", "float32", "1,8", "{'dtype':'uint8'}", "impossible scale", 8,
     TFC_ERROR_FORMAT},
    {"quantised-int4", "float32", "1,8", "{'dtype':'int4'}", "quantised to int4", 8,
     TFC_ERROR_UNSUPPORTED},
    {"quantised-bool", "bool", "1,8", "{'dtype':'uint8','scale':1,'min':0}", "quantised bool", 8,
     TFC_ERROR_UNSUPPORTED},
};

static void
test_weight (gconstpointer data)
{
  static const guint8 bytes[16];
  guint i = GPOINTER_TO_UINT (data);
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "1,2");
  graphmodel_weight (f, "w", weights[i].dtype, weights[i].shape, weights[i].quantization, bytes,
                     weights[i].bytes);
  graphmodel_node (f, "y", "Mul", "x,w", NULL);
  refuse (graphmodel_write (f), weights[i].code, weights[i].says);
  graphmodel_free (f);
}

/* Nodes: name, op, inputs, attributes; four numbers "c" and a few indices are there. */
typedef struct {
  const gchar *name, *says;
  TfcErrorCode code;
  const gchar *nodes[6][4];
} GraphCase;

// clang-format off
static const GraphCase graphs[] = {
  {"unknown-op", "op Frobnicate of node y", TFC_ERROR_UNSUPPORTED, {{"y", "Frobnicate", "x", NULL}}},
  {"cycle", "depends on itself", TFC_ERROR_FORMAT, {{"a", "Add", "x,b", NULL}, {"b", "Neg", "a", NULL}, {"y", "Neg", "b", NULL}}},
  {"own-input", "depends on itself", TFC_ERROR_FORMAT, {{"a", "Add", "x,a", NULL}, {"y", "Neg", "a", NULL}}},
  {"dangling", "not there", TFC_ERROR_FORMAT, {{"y", "Neg", "nobody", NULL}}},
  {"duplicate", "two nodes", TFC_ERROR_FORMAT, {{"y", "Neg", "x", NULL}, {"y", "Neg", "x", NULL}}},
  {"output-number", "output 7 of x", TFC_ERROR_FORMAT, {{"y", "Neg", "x:7", NULL}}},
  {"too-few", "1 inputs", TFC_ERROR_FORMAT, {{"y", "Add", "x", NULL}}},
  {"no-weight", "no weight of this name", TFC_ERROR_FORMAT, {{"k", "Const", NULL, NULL}, {"y", "Add", "x,k", NULL}}},
  {"reshape", "do not fill", TFC_ERROR_FORMAT, {{"y", "Reshape", "x,seven", NULL}}},
  {"tile", "may make", TFC_ERROR_FORMAT, {{"y", "Tile", "c,many", NULL}, {"z", "Add", "x,y", NULL}}},
  {"fill", "may make", TFC_ERROR_FORMAT, {{"k", "Fill", "vast,one", NULL}, {"y", "Add", "x,k", NULL}}},
  {"range", "numbers", TFC_ERROR_FORMAT, {{"k", "Range", "zero,most,one", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"range-still", "numbers", TFC_ERROR_FORMAT, {{"k", "Range", "zero,most,zero", NULL}, {"y", "Reshape", "x,k", NULL}}},
  {"list", "a list of", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "most", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-minus", "a list of", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "minus", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-empty", "never written", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "TensorArrayReadV3", "k,zero,k:1", NULL}}},
  {"list-outside", "element 1 of a list", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "TensorArrayReadV3", "k,one,k:1", NULL}}},
  {"no-list", "no TensorArray", TFC_ERROR_FORMAT, {{"y", "TensorArrayReadV3", "x,zero,x", NULL}}},
  {"list-as-tensor", "no tensor", TFC_ERROR_FORMAT, {{"k", "TensorArrayV3", "one", NULL}, {"y", "Neg", "k", NULL}}},
  {"unpack", "parts", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'num':{'i':'3'}"}}},
  {"axis", "axis 9", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':'9'}"}}},
  {"split", "parts", TFC_ERROR_FORMAT, {{"y", "Split", "zero,x", "'num_split':{'i':'-1'}"}}},
  {"stride", "stride of 0", TFC_ERROR_FORMAT, {{"y", "StridedSlice", "c,z1,z1,z1", NULL}, {"z", "Add", "x,y", NULL}}},
  {"attr-number", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':'one'}"}}},
  {"attr-endless", "no whole number", TFC_ERROR_FORMAT, {{"y", "Unpack", "x", "'axis':{'i':1e300}"}}},
  {"attr-text", "no text", TFC_ERROR_FORMAT, {{"y", "MaxPool", "x", "'data_format':{'s':[1.5,-3]}"}}},
  {"nchw", "NCHW", TFC_ERROR_UNSUPPORTED, {{"y", "MaxPool", "x", "'data_format':{'s':'TkNIVw=='}"}}},
  {"no-padding", "padding", TFC_ERROR_UNSUPPORTED, {{"y", "MaxPool", "x", NULL}}},
  {"branch", "not known before", TFC_ERROR_UNSUPPORTED, {{"s", "Switch", "x,x", NULL}, {"y", "Merge", "s,s:1", NULL}}},
  {"exit", "not in", TFC_ERROR_FORMAT, {{"y", "Exit", "x", NULL}}},
  {"two-loops", "mixes two loops", TFC_ERROR_FORMAT, {{"a", "Enter", "x", "'frame_name':{'s':'YQ=='}"}, {"b", "Enter", "x", "'frame_name':{'s':'Yg=='}"}, {"c2", "Add", "a,b", NULL}, {"y", "Exit", "c2", NULL}}},
  {"inside-a-loop", "inside a loop", TFC_ERROR_FORMAT, {{"y", "Enter", "x", "'frame_name':{'s':'YQ=='}"}}},
  {"next-outside", "closes another loop", TFC_ERROR_FORMAT, {{"m", "Merge", "x,n", NULL}, {"n", "NextIteration", "m", NULL}, {"y", "Neg", "m", NULL}}},
  {"conv-rank", "", TFC_ERROR_FORMAT, {{"y", "Conv2D", "x,c", "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[1,1,1,1]}}"}}},
};
// clang-format on

static void
constants (GraphModel *f)
{
  graphmodel_input (f, "1,2");
  graphmodel_floats (f, "c", "4", (gfloat[]){1, 2, 3, 4});
  graphmodel_ints (f, "zero", "", (gint32[]){0});
  graphmodel_ints (f, "one", "", (gint32[]){1});
  graphmodel_ints (f, "minus", "", (gint32[]){-1});
  graphmodel_ints (f, "most", "", (gint32[]){G_MAXINT32});
  graphmodel_ints (f, "seven", "1", (gint32[]){7});
  graphmodel_ints (f, "many", "1", (gint32[]){1 << 28});
  graphmodel_ints (f, "vast", "2", (gint32[]){G_MAXINT32, G_MAXINT32});
  graphmodel_ints (f, "z1", "1", (gint32[]){0});
}

static void
test_graph (gconstpointer data)
{
  const GraphCase *c = data;
  GraphModel *f = graphmodel_new ();
  constants (f);
  for (guint i = 0; i < G_N_ELEMENTS (c->nodes) && c->nodes[i][0]; i++)
    graphmodel_node (f, c->nodes[i][0], c->nodes[i][1], c->nodes[i][2], c->nodes[i][3]);
  refuse (graphmodel_write (f), c->code, c->says);
  graphmodel_free (f);
}

/* while i < limit */
static void
test_loop (gconstpointer limit)
{
  GraphModel *f = graphmodel_new ();
  constants (f);
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
  constants (f);
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
  constants (f);
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
  constants (f);
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

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add ("text", texts[i].name, GUINT_TO_POINTER (i), test_text);
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    add ("weight", weights[i].name, GUINT_TO_POINTER (i), test_weight);
  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    add ("graph", graphs[i].name, &graphs[i], test_graph);
  add ("loop", "long", "i,most", test_loop);
  add ("loop", "endless", "zero,one", test_loop);
  g_test_add_func ("/tfjs-hostile/loop/no-exit", test_loop_no_exit);
  g_test_add_func ("/tfjs-hostile/any-picture", test_size_of_any_picture);
  add ("nodes", "100000", GUINT_TO_POINTER (100000), test_many_nodes);
  add ("nodes", "1000000", GUINT_TO_POINTER (1000000), test_many_nodes);
  add ("deep", "lists", "[", test_deep);
  add ("deep", "objects", "{\"a\":", test_deep);
  g_test_add_func ("/tfjs-hostile/chain", test_chain);
  g_test_add_func ("/tfjs-hostile/noise", test_noise);
  return g_test_run ();
}
