/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The limits of docs/security.md, each from both sides: what just keeps it opens, one step more is
 * refused and says why. */
#include "backend.h"
#include "graphmodel.h"
#include "load.h"
#include "model.h"
#include "tfjs-nets.h"

#include <string.h>
#include <unistd.h>

#define FRAME "'frame_name':{'s':'%s'}"
#define BASE "{\"node\":[{\"name\":\"k\",\"op\":\"Const\"}]"

/* says NULL: it opens. */
static void
expect (const gchar *path, const gchar *says)
{
  GError *error = NULL;
  TfcGraph *g = tfc_load_tfjs (path, &error);
  if (!says) {
    g_assert_no_error (error);
    tfc_graph_free (g);
    return;
  }
  g_assert_null (g);
  if (!strstr (error->message, says))
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
  g_error_free (error);
}

static GraphModel *
with_ints (const gint32 *n, guint count)
{
  GraphModel *f = graphmodel_new ();
  gchar *shape = g_strdup_printf ("%u", count);
  graphmodel_input (f, "1,2");
  graphmodel_ints (f, "n", count == 1 ? "" : shape, n);
  graphmodel_ints (f, "zero", "", (gint32[]){0});
  graphmodel_ints (f, "one", "", (gint32[]){1});
  graphmodel_floats (f, "half", "", (gfloat[]){0.5f});
  g_free (shape);
  return f;
}

/* ---- the text ---- */

static void
nested (guint depth, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s =
      g_string_new ("{\"node\":[{\"name\":\"x\",\"op\":\"Placeholder\",\"attr\":{\"dtype\":"
                    "{\"type\":1},\"shape\":{\"shape\":{\"dim\":[{\"size\":2}]}}}},"
                    "{\"name\":\"y\",\"op\":\"Neg\",\"input\":[\"x\"]}],\"more\":");
  for (guint i = 1; i < depth; i++)
    g_string_append_c (s, '[');
  for (guint i = 1; i < depth; i++)
    g_string_append_c (s, ']');
  g_string_append_c (s, '}');
  expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_json_depth (void)
{
  nested (64, NULL);
  nested (65, "nested deeper than 64");
}

/* So many brackets, commas and colons. */
static void
parts (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("{\"node\":[],\"more\":[0"); /* six, and one a number more */
  for (guint i = 6; i < n; i++)
    g_string_append (s, ",0");
  g_string_append (s, "]}");
  expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

static void
test_json_parts (void)
{
  parts (1 << 20, "0 outputs"); /* it was parsed */
  parts ((1 << 20) + 1, "parts in the JSON");
}

/* An object of so many members in which we look for one. */
static void
members (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("'alpha':{'f':1}");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (s, ",'%u':0", i);
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "y", "LeakyRelu", "x", s->str);
  expect (graphmodel_write (f), says);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

/* In what we do not look at there may be more. */
static void
test_json_members (void)
{
  GraphModel *f = graphmodel_new ();
  GString *s = g_string_new ("'userDefinedMetadata':{'names':{");
  members (1024, NULL);
  members (1025, "more than 1024 members");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (s, "%s'%u':0", i ? "," : "", i);
  g_string_append (s, "}},");
  f->extra = s->str;
  graphmodel_input (f, "1,2");
  graphmodel_node (f, "y", "Neg", "x", NULL);
  expect (graphmodel_write (f), NULL);
  g_string_free (s, TRUE);
  graphmodel_free (f);
}

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

static void
test_json_bytes (void)
{
  GraphModel *f = graphmodel_new ();
  graphmodel_write_text (f, BASE, -1);
  g_assert_cmpint (truncate (f->path, 64 << 20), ==, 0);
  expect (f->path, "not JSON at byte"); /* a hole of zeros; it was looked at */
  g_assert_cmpint (truncate (f->path, (64 << 20) + 1), ==, 0);
  expect (f->path, "larger than");
  graphmodel_free (f);
}

static void
shards (guint n, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  gchar *name = graphmodel_shard_name (0), *path = g_build_filename (f->folder, name, NULL);
  GString *s =
      g_string_new ("{\"node\":[{\"name\":\"x\",\"op\":\"Const\"},{\"name\":\"y\",\"op\":"
                    "\"Neg\",\"input\":[\"x\"]}],\"weightsManifest\":[{\"weights\":[],\"paths\":[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (s, "%s\"%s\"", i ? "," : "", name);
  g_string_append (s, "]}]}");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  expect (graphmodel_write_text (f, s->str, (gssize)s->len), says);
  g_string_free (s, TRUE);
  g_free (path);
  g_free (name);
  graphmodel_free (f);
}

static void
test_shards (void)
{
  shards (1024, "no weight of this name"); /* all were read */
  shards (1025, "more than 1024");
}

/* ---- what is run while loading ---- */

static void
loops (guint n, const gchar *says)
{
  GraphModel *f = with_ints (&(gint32){1}, 1);
  gchar before[32] = "x";
  for (guint i = 0; i < n; i++) {
    gchar *plain = g_strdup_printf ("loop %u", i);
    gchar *name = g_base64_encode ((const guchar *)plain, strlen (plain));
    gchar *attr = g_strdup_printf (FRAME, name), enter[32];
    g_snprintf (enter, sizeof enter, "enter%u", i);
    graphmodel_node (f, enter, "Enter", before, attr);
    g_snprintf (before, sizeof before, "exit%u", i);
    graphmodel_node (f, before, "Exit", enter, NULL);
    g_free (attr);
    g_free (name);
    g_free (plain);
  }
  graphmodel_node (f, "y", "Neg", before, NULL);
  expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_loops (void)
{
  loops (64, NULL);
  loops (65, "more than 64 loops");
}

/* while (i < turns) i++, and so many nodes more a turn. */
static void
turns (gint32 n, guint nodes, const gchar *says)
{
  GraphModel *f = with_ints (&n, 1);
  gchar before[32] = "switch:1", name[32], *attr = g_strdup_printf (FRAME, "YQ==");
  graphmodel_node (f, "limit", "Enter", "n", attr);
  graphmodel_node (f, "step", "Enter", "one", attr);
  graphmodel_node (f, "enter", "Enter", "zero", attr);
  graphmodel_node (f, "i", "Merge", "enter,next", NULL);
  graphmodel_node (f, "less", "Less", "i,limit", NULL);
  graphmodel_node (f, "switch", "Switch", "i,less", NULL);
  for (guint i = 0; i < nodes; i++) {
    g_snprintf (name, sizeof name, "more%u", i);
    graphmodel_node (f, name, "Identity", before, NULL);
    memcpy (before, name, sizeof before);
  }
  gchar *sum = g_strdup_printf ("%s,step", before);
  graphmodel_node (f, "add", "Add", sum, NULL);
  graphmodel_node (f, "next", "NextIteration", "add", NULL);
  graphmodel_node (f, "exit", "Exit", "switch", NULL);
  graphmodel_node (f, "float", "Cast", "exit", "'DstT':{'type':1}");
  graphmodel_node (f, "y", "Add", "x,float", NULL);
  expect (graphmodel_write (f), says);
  g_free (sum);
  g_free (attr);
  graphmodel_free (f);
}

static void
test_turns (void)
{
  turns (4094, 0, NULL);
  turns (4095, 0, "too many turns");
}

static void
test_steps (void)
{
  turns (4000, 20, NULL);
  turns (4000, 40, "too much to unroll");
}

static void
list (gint32 n, const gchar *says)
{
  GraphModel *f = with_ints (&n, 1);
  graphmodel_node (f, "list", "TensorArrayV3", "n", NULL);
  graphmodel_node (f, "size", "TensorArraySizeV3", "list,list:1", NULL);
  graphmodel_node (f, "float", "Cast", "size", "'DstT':{'type':1}");
  graphmodel_node (f, "y", "Add", "x,float", NULL);
  expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_lists (void)
{
  list (1 << 20, NULL);
  list ((1 << 20) + 1, "a list of 1048577");
}

/* ---- memory ---- */

/* A constant of so many bytes besides shards of so many. */
static void
fill (gsize bytes, gsize shard, const gchar *says)
{
  GraphModel *f = with_ints ((gint32[]){(gint32)(bytes / 4)}, 1);
  gchar *shape = g_strdup_printf ("%" G_GSIZE_FORMAT, shard / 4), *zeros = g_malloc0 (shard);
  graphmodel_ints (f, "axis", "1", (gint32[]){0});
  graphmodel_weight (f, "unused", "float32", shape, NULL, zeros, shard);
  graphmodel_ints (f, "list", "1", (gint32[]){(gint32)(bytes / 4)});
  graphmodel_node (f, "large", "Fill", "list,half", NULL);
  graphmodel_node (f, "one/of/it", "GatherV2", "large,zero,zero", NULL);
  graphmodel_node (f, "y", "Add", "x,one/of/it", NULL);
  f->extra = "'signature':{'outputs':{'y':{'name':'y'}}},";
  expect (graphmodel_write (f), says);
  g_free (zeros);
  g_free (shape);
  graphmodel_free (f);
}

static void
test_constants (void)
{
  fill ((16 << 20) - 4096, 0, NULL);
  fill ((16 << 20) + 4096, 0, "more constants than");
  fill ((24 << 20) - 4096, 1 << 20, NULL);
  fill ((24 << 20) + 4096, 1 << 20, "more constants than");
}

static void
ranks (const gchar *shape, const gchar *says)
{
  GraphModel *f = graphmodel_new ();
  graphmodel_input (f, "1,2");
  graphmodel_floats (f, "w", shape, (gfloat[]){1, 2});
  graphmodel_node (f, "y", "Add", "x,w", NULL);
  expect (graphmodel_write (f), says);
  graphmodel_free (f);
}

static void
test_rank (void)
{
  ranks ("1,1,1,1,1,1,1,2", NULL);
  ranks ("1,1,1,1,1,1,1,1,2", "dimensions");
}

static gboolean
sound (gint32 rows, gint32 columns)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (2, rows, columns)};
  guint id = tfc_graph_value (g, "x", &x);
  tfc_graph_input (g, id);
  tfc_graph_output (g, id);
  gboolean ok = tfc_graph_check (g, NULL);
  tfc_graph_free (g);
  return ok;
}

static void
test_tensor (void)
{
  g_assert_true (sound (1 << 20, 1 << 8)); /* 1 GiB */
  g_assert_false (sound ((1 << 20) + 1, 1 << 8));
}

/* A box coder behind so many copies of the encodings, of which it takes the first: trying it takes
 * memory for all. starts: where it is seen to start. */
static void
coder_behind (guint copies, const gchar *starts)
{
  GraphModel *f = graphmodel_new ();
  GString *list = g_string_new (NULL);
  GError *error = NULL;
  tfjs_coder (f, 0.125f);
  g_assert_cmpuint (g_string_replace (f->nodes, "\"axis\",\"encodings\"", "\"axis\",\"cut\"", 0),
                    ==, 1);
  for (guint i = 0; i < copies; i++)
    g_string_append (list, "encodings,");
  g_string_append (list, "first");
  graphmodel_ints (f, "first", "", (gint32[]){1});
  graphmodel_ints (f, "nothing", "4", (gint32[]){0, 0, 0, 0});
  graphmodel_ints (f, "one", "4", (gint32[]){1, 2, 1, 4});
  graphmodel_node (f, "wide", "ConcatV2", list->str, NULL);
  graphmodel_node (f, "cut", "Slice", "wide,nothing,one", NULL);
  TfcGraph *g = tfc_load_tfjs (graphmodel_write (f), &error);
  g_assert_no_error (error);
  g_assert_nonnull (g->tail);
  g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, 0))->name, ==, starts);
  tfc_graph_free (g);
  g_string_free (list, TRUE);
  graphmodel_free (f);
}

static void
test_coder (void)
{
  coder_behind (56, "encodings"); /* 64 times what the boxes take */
  coder_behind (57, "cut");
}

/* So many layers on one weight of 256 KiB, of one output channel each: packed it takes 4 MiB, and a
 * graph with so much of constants may have 72 MiB of that. */
static void
layers_on_one_weight (guint n, const gchar *backend, const gchar *says)
{
  enum { CHANNELS = 65536 };
  const TfcParams p = tfc_params (TFC_OP_FULLY_CONNECTED);
  const TfcShape shape = tfc_shape (2, 1, CHANNELS);
  TfcModelOptions options = {.backend = backend};
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = shape}, w = x;
  TfcGraph *g = tfc_graph_new ();
  GError *error = NULL;
  guint in[2] = {tfc_graph_value (g, "x", &x)};
  w.data = tfc_graph_alloc (g, CHANNELS * sizeof (gfloat));
  in[1] = tfc_graph_value (g, "w", &w);
  tfc_graph_input (g, in[0]);
  for (guint i = 0; i < n; i++) {
    guint y = tfc_graph_unknown (g, "y");
    tfc_graph_node (g, TFC_OP_FULLY_CONNECTED, &p, in, 2, &y, 1);
    tfc_graph_output (g, y);
  }
  TfcModel *model = tfc_model_open_graph (g, &options, &error);
  g_assert_true ((model != NULL) != (says != NULL));
  if (says) {
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, says));
    g_error_free (error);
  }
  tfc_model_close (model);
}

static void
test_packed (void)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    const TfcBackend *backend = tfc_backend_nth (i);
    const gboolean packs = backend->packs_weights;
    if (backend == &tfc_backend_auto && !tfc_backend_auto_kernels () &&
        !backend->fallback->packs_weights)
      continue;
    layers_on_one_weight (17, backend->name, NULL);
    layers_on_one_weight (18, backend->name, packs ? "over and over" : NULL);
    layers_on_one_weight (1000, backend->name, packs ? "over and over" : NULL);
  }
}

/* Nodes with so many inputs in all. */
static gboolean
inputs_in_all (guint n)
{
  TfcGraph *g = tfc_graph_new ();
  const TfcParams p = tfc_params (TFC_OP_CONCAT);
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (1, 1)};
  guint in[TFC_MAX_NODE_INPUTS], y = 0;
  in[0] = tfc_graph_value (g, "x", &x);
  for (guint k = 1; k < TFC_MAX_NODE_INPUTS; k++)
    in[k] = in[0];
  tfc_graph_input (g, in[0]);
  for (guint left = n; left > 0; left -= MIN (left, TFC_MAX_NODE_INPUTS)) {
    y = tfc_graph_unknown (g, "y");
    tfc_graph_node (g, TFC_OP_CONCAT, &p, in, MIN (left, TFC_MAX_NODE_INPUTS), &y, 1);
  }
  tfc_graph_output (g, y);
  const gboolean ok = tfc_graph_check (g, NULL);
  tfc_graph_free (g);
  return ok;
}

static void
test_inputs (void)
{
  g_assert_true (inputs_in_all (1 << 20));
  g_assert_false (inputs_in_all ((1 << 20) + 1));
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/json-depth", test_json_depth);
  g_test_add_func ("/limits/json-parts", test_json_parts);
  g_test_add_func ("/limits/json-members", test_json_members);
  g_test_add_func ("/limits/json-bytes", test_json_bytes);
  g_test_add_func ("/limits/names", test_names);
  g_test_add_func ("/limits/messages", test_messages);
  g_test_add_func ("/limits/shards", test_shards);
  g_test_add_func ("/limits/loops", test_loops);
  g_test_add_func ("/limits/turns", test_turns);
  g_test_add_func ("/limits/steps", test_steps);
  g_test_add_func ("/limits/lists", test_lists);
  g_test_add_func ("/limits/constants", test_constants);
  g_test_add_func ("/limits/rank", test_rank);
  g_test_add_func ("/limits/tensor", test_tensor);
  g_test_add_func ("/limits/coder", test_coder);
  g_test_add_func ("/limits/packed", test_packed);
  g_test_add_func ("/limits/inputs", test_inputs);
  return g_test_run ();
}
