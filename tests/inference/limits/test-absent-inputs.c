/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Inputs that are not there: every operator that the readers know, with each of its inputs absent
 * in turn. Either the file is refused and the error says what is missing, or it opens and runs. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "tests/inference/tfjs/graphmodel.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "inference/tfjs/reader.h"
#include "tests/inference/tfjs/tfjs-cases.h"
#include "tests/inference/tfjs/tfjs-nets.h"
#include "tests/inference/tflite/tfl-cases.h"
#include "tests/inference/tflite/tfl-inputs.h"
#include "tests/inference/tflite/tfl-nets.h"

#include <string.h>

#define MAX_INPUTS 64
#define CUSTOM 32

/* Runs once on the backend of that number with inputs of zeros; the first output's bytes. Takes the
 * graph. NULL: refused. */
static GBytes *
run (TfcGraph *graph, guint backend)
{
  TfcModelOptions options = {.backend = tfc_backend_nth (backend)->name};
  GError *error = NULL;
  TfcModel *model = tfc_model_open_graph (graph, &options, &error);
  if (!model) {
    g_assert_true (error && error->domain == TFC_ERROR);
    g_error_free (error);
    return NULL;
  }
  g_assert_true (tfc_model_run (model, NULL));
  const TfcTensor *y = tfc_model_output (model, 0);
  GBytes *bytes = g_bytes_new (y->data, tfc_tensor_bytes (y));
  tfc_model_close (model);
  return bytes;
}

/* A copy with -1 where input number k of the operators is, or inputs k and l. */
static GBytes *
without (GBytes *file, guint k, guint l)
{
  gsize size, at[MAX_INPUTS];
  const guint8 *data = g_bytes_get_data (file, &size);
  guint8 *copy = g_memdup2 (data, size);
  g_assert_cmpuint (MAX (k, l), <, tfl_inputs (copy, size, at, MAX_INPUTS));
  memset (copy + at[k], 0xff, 4);
  memset (copy + at[l], 0xff, 4);
  return g_bytes_new_take (copy, size);
}

static void
run_all (TfcGraph *graph, guint backend)
{
  GBytes *bytes = run (graph, backend);
  g_clear_pointer (&bytes, g_bytes_unref);
}

static TfcGraph *
load (GBytes *bytes, GError **error)
{
  return tfc_load_tflite_bytes (bytes, "test.tflite", error);
}

/* Takes bytes. */
static void
try_tflite (GBytes *bytes, const gchar *what, guint k)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    GError *error = NULL;
    TfcGraph *graph = load (bytes, &error);
    if (graph) {
      run_all (graph, i);
      continue;
    }
    g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
    if (!strstr (error->message, "missing"))
      g_error ("%s without input %u: \"%s\"", what, k, error->message);
    g_error_free (error);
  }
  g_bytes_unref (bytes);
}

static void
every_input (GBytes *file, const gchar *what)
{
  gsize at[MAX_INPUTS];
  const guint n =
      tfl_inputs (g_bytes_get_data (file, NULL), g_bytes_get_size (file), at, MAX_INPUTS);
  g_assert_cmpuint (n, >, 0);
  for (guint k = 0; k < n; k++) {
    for (guint l = k; l < n; l++)
      try_tflite (without (file, k, l), what, k);
  }
  g_bytes_unref (file);
}

static void
test_tflite (void)
{
  for (guint i = 0; tfl_case (i); i++)
    every_input (tfl_case_write (tfl_case (i), i % 4, i % 2), tfl_case (i)->name);
  for (guint i = 0; i < n_tfl_nets; i++)
    every_input (tfl_net_write (i), "net");
}

/* Operator of that code (custom: name) with n inputs, input absent (n: none) being -1. What it
 * says; NULL: it opens. */
static gchar *
any_operator (gint code, const gchar *custom, guint n, guint absent)
{
  const TfcShape s = tfc_shape (4, 1, 4, 4, 4);
  TflWriter *w = tflw_new ();
  GError *error = NULL;
  gchar *says = NULL;
  gint in[MAX_INPUTS];
  gint y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  for (guint k = 0; k < n; k++)
    in[k] = k == absent ? -1 : (gint)tflw_tensor (w, TFL_F32, "x", &s, NULL, k ? 256 : 0);
  tflw_op (w, code, custom, in, n, &y, 1);
  GBytes *bytes = tflw_finish (w, in, absent == 0 ? 0 : MIN (n, 1), &y, 1);
  TfcGraph *graph = load (bytes, &error);
  if (!graph)
    says = g_strdup (error->message);
  g_clear_error (&error);
  tfc_graph_free (graph);
  g_bytes_unref (bytes);
  tflw_free (w);
  return says;
}

static gboolean
says (gchar *text, const gchar *what)
{
  const gboolean does = text && strstr (text, what);
  g_free (text);
  return does;
}

/* Which inputs of an operator may be missing, as bits; *known: the reader has the operator. */
static guint
may_be_missing (gint code, const gchar *custom, gboolean *known)
{
  guint may = 0;
  *known = !says (any_operator (code, custom, 0, 0), "this operator is not supported");
  for (guint n = 1; *known && n <= 8; n++) {
    if (says (any_operator (code, custom, n, n), "wrong number of inputs"))
      continue;
    for (guint k = 0; k < n; k++)
      may |= says (any_operator (code, custom, n, k), "an input is missing") ? 0 : 1u << k;
  }
  return may;
}

/* By trial, of all there are: never the first, and of the custom ones none. */
static void
test_tflite_table (void)
{
  static const gchar *const customs[] = {"TFLite_Detection_PostProcess",
                                         "Landmarks2TransformMatrix", "TransformTensorBilinear",
                                         "TransformLandmarks"};
  guint n = 0, with_bias = 0;
  for (gint code = 0; code < 256 + (gint)G_N_ELEMENTS (customs); code++) {
    const gchar *custom = code < 256 ? NULL : customs[code - 256];
    gboolean known;
    guint may = may_be_missing (custom ? CUSTOM : code, custom, &known);
    g_assert_true (!custom || known);
    if (may & 1 || (may && custom))
      g_error ("operator %d %s: inputs %x may be missing", code, custom ? custom : "", may);
    n += known;
    with_bias += may != 0;
  }
  g_test_message ("%u operators, %u with an input that may be missing", n, with_bias);
  g_assert_cmpuint (n, >=, 43);
  g_assert_cmpuint (with_bias, >=, 3);
}

static GBytes *
computed (GBytes *file)
{
  GError *error = NULL;
  TfcGraph *graph = load (file, &error);
  g_assert_no_error (error);
  g_bytes_unref (file);
  return run (graph, 0);
}

/* The bias of these is of zeros: without it the same comes out. */
static void
test_tflite_bias (void)
{
  static const gchar *const names[] = {"conv", "depthwise", "fully_connected"};
  for (guint i = 0; tfl_case (i); i++) {
    if (!g_strv_contains ((const gchar *const[]){names[0], names[1], names[2], NULL},
                          tfl_case (i)->name))
      continue;
    GBytes *file = tfl_case_write (tfl_case (i), 0, FALSE);
    GBytes *bare = computed (without (file, 2, 2)), *full = computed (file);
    g_assert_true (bare && full && g_bytes_equal (bare, full));
    g_bytes_unref (bare);
    g_bytes_unref (full);
  }
}

/* The graph itself: what a reader might build wrongly is refused. */
static void
test_graph (void)
{
  for (guint i = 0; tfl_case (i); i++) {
    GBytes *file = tfl_case_write (tfl_case (i), 0, FALSE);
    for (guint k = 0; k < TFL_CASE_INPUTS; k++) {
      TfcGraph *graph = load (file, NULL);
      GError *error = NULL;
      TfcNode *node = tfc_graph_n (graph, graph->nodes->len - 1);
      if (k >= node->n_in) {
        tfc_graph_free (graph);
        continue;
      }
      node->in[k] = TFC_NONE;
      if (tfc_graph_check (graph, &error)) {
        g_assert_cmpuint (k, ==, 2);
        tfc_graph_free (graph);
        continue;
      }
      g_assert_error (error, TFC_ERROR, TFC_ERROR_FORMAT);
      g_error_free (error);
      tfc_graph_free (graph);
    }
    g_bytes_unref (file);
  }
}

/* ---- GraphModels ---- */

/* What stands in the place of an input; NULL: nothing. %s: what was there. */
static const gchar *const instead[] = {NULL,    "^%s",   "%s:1",  "%s:7", "%s:63",
                                       "%s:64", "%s:-1", "^%s:1", "",     "nobody"};

static gboolean
try_graphmodel (const gchar *path)
{
  GError *error = NULL;
  TfcGraph *graph = tfc_load_tfjs (path, &error);
  g_assert_true ((graph != NULL) != (error != NULL));
  if (error) {
    g_assert_true (error->domain == TFC_ERROR && strstr (error->message, path));
    g_error_free (error);
    return FALSE;
  }
  run_all (graph, 0);
  return TRUE;
}

static void
write_json (const GraphModel *f, const cJSON *json)
{
  gchar *text = cJSON_PrintUnformatted (json);
  g_assert_true (
      g_file_set_contents_full (f->path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  cJSON_free (text);
}

/* Puts item at place k of the array. (The library's own insertion refuses, and keeps, what it is given where
 * the array became empty or lost its last item before.) */
static void
insert (cJSON *array, gint k, cJSON *item)
{
  GPtrArray *behind = g_ptr_array_new ();
  while (cJSON_GetArraySize (array) > k)
    g_ptr_array_add (behind, cJSON_DetachItemFromArray (array, k));
  g_assert_true (cJSON_AddItemToArray (array, item));
  for (guint i = 0; i < behind->len; i++)
    g_assert_true (cJSON_AddItemToArray (array, g_ptr_array_index (behind, i)));
  g_ptr_array_unref (behind);
}

/* Input k of a node in every way. */
static void
bend_input (const GraphModel *f, cJSON *json, cJSON *inputs, gint k)
{
  cJSON *was = cJSON_Duplicate (cJSON_GetArrayItem (inputs, k), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (instead); i++) {
    if (instead[i]) {
      gchar **two = g_strsplit (instead[i], "%s", 2);
      gchar *to = g_strjoinv (was->valuestring, two);
      g_assert_true (cJSON_ReplaceItemInArray (inputs, k, cJSON_CreateString (to)));
      g_free (to);
      g_strfreev (two);
      write_json (f, json);
      try_graphmodel (f->path);
      g_assert_true (cJSON_ReplaceItemInArray (inputs, k, cJSON_Duplicate (was, TRUE)));
    } else {
      cJSON_DeleteItemFromArray (inputs, k);
      write_json (f, json);
      try_graphmodel (f->path);
      insert (inputs, k, cJSON_Duplicate (was, TRUE));
    }
  }
  cJSON_Delete (was);
}

/* Every input of every node. Takes the model. */
static void
bend_all (GraphModel *f)
{
  gchar *text;
  g_assert_true (g_file_get_contents (graphmodel_write (f), &text, NULL, NULL));
  cJSON *json = cJSON_Parse (text), *topology = cJSON_GetObjectItem (json, "modelTopology"), *node;
  cJSON_ArrayForEach (node, cJSON_GetObjectItem (topology ? topology : json, "node")) {
    cJSON *inputs = cJSON_GetObjectItem (node, "input");
    for (gint k = 0; k < cJSON_GetArraySize (inputs); k++)
      bend_input (f, json, inputs, k);
  }
  cJSON_Delete (json);
  g_free (text);
  graphmodel_free (f);
}

static void
loop (GraphModel *f)
{
  tfjs_loop (f, 2);
}

static void
coder (GraphModel *f)
{
  tfjs_coder (f, 0.125f);
}

static void
test_tfjs (void)
{
  static void (*const nets[]) (GraphModel *) = {loop,
                                                coder,
                                                tfjs_old_style,
                                                tfjs_two_outputs,
                                                tfjs_any_picture,
                                                tfjs_comparisons,
                                                tfjs_quotients,
                                                tfjs_counts,
                                                tfjs_pictures};
  GraphModel *f;
  for (guint i = 0; i < n_tfjs_cases; i++)
    tfjs_case_write (f = graphmodel_new (), &tfjs_cases[i]), bend_all (f);
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++)
    nets[i](f = graphmodel_new ()), bend_all (f);
}

/* An op with n inputs; where it may have so many, each in every way. */
static void
any_op (const TfjsOp *op, guint n)
{
  GraphModel *f = graphmodel_new ();
  GString *inputs = g_string_new (n ? "x" : NULL);
  graphmodel_input (f, "1,2,2,1");
  graphmodel_floats (f, "c", "2,2,1,1", (gfloat[]){1, 2, 3, 4});
  graphmodel_ints (f, "i", "", (gint32[]){0});
  for (guint k = 1; k < n; k++)
    g_string_append (inputs, k % 2 ? ",c" : ",i");
  f->extra = "'signature':{'outputs':{'o':{'name':'y:0'}}},";
  graphmodel_node (f, "y", op->name, inputs->str,
                   "'strides':{'list':{'i':[1,1,1,1]}},'ksize':{'list':{'i':[1,1,1,1]}},"
                   "'padding':{'s':'VkFMSUQ='},'num_split':{'i':1},'block_size':{'i':1}");
  if (try_graphmodel (graphmodel_write (f)))
    g_assert_cmpuint (n, >=, op->min_in);
  g_string_free (inputs, TRUE);
  if (n >= op->min_in && n <= op->max_in)
    bend_all (f);
  else
    graphmodel_free (f);
}

static void
test_tfjs_table (void)
{
  guint n_ops = 0;
  for (const TfjsOp *op; (op = tfjs_op_nth (n_ops)); n_ops++) {
    for (guint n = 0; n <= 5; n++)
      any_op (op, n);
  }
  g_test_message ("%u ops", n_ops);
  g_assert_cmpuint (n_ops, >=, 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/absent-inputs/tflite", test_tflite);
  g_test_add_func ("/absent-inputs/tflite/table", test_tflite_table);
  g_test_add_func ("/absent-inputs/tflite/bias", test_tflite_bias);
  g_test_add_func ("/absent-inputs/graph", test_graph);
  g_test_add_func ("/absent-inputs/graphmodel", test_tfjs);
  g_test_add_func ("/absent-inputs/graphmodel/table", test_tfjs_table);
  return g_test_run ();
}
