/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where a file's network begins and ends, as the options ask for it: shapes of inputs, tensors
 * inside it as inputs and outputs. Both formats, of one small network: x -> NEG a -> RELU b -> an
 * operator that nobody has c -> NEG y. */
#include <glib/gstdio.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/model.h"
#include "tests/inference/tfjs/graphmodel.h"
#include "tests/inference/tflite/fbwriter.h"

typedef struct {
  GraphModel *graphmodel; /* its folder is for both */
  gchar *tflite;
} Files;

typedef struct {
  const gchar *const *inputs, *const *outputs;
  const TfcInputShape *shapes;
  guint n_shapes;
} Asked;

#define NAMES(...) ((const gchar *const[]){__VA_ARGS__, NULL})
#define SHAPES(...) \
  (const TfcInputShape[]){__VA_ARGS__}, G_N_ELEMENTS (((const TfcInputShape[]){__VA_ARGS__}))

enum { RELU = 19, NEG = 59, CUSTOM = 32 };

static void
write_tflite (const Files *f, gboolean odd)
{
  static const gchar *const names[] = {"x", "a", "b", "c", "y"};
  const TfcShape small = tfc_shape (3, 1, 1, 2), open = tfc_shape (3, 1, -1, 2);
  TflWriter *w = tflw_new ();
  gint t[5], constant;
  gsize n;
  for (guint i = 0; i < 5; i++)
    t[i] = (gint)tflw_tensor (w, TFL_F32, names[i], &small, NULL, 0);
  constant = (gint)tflw_tensor (w, TFL_F32, "constant", &small, NULL, 8);
  tflw_signature (w, (guint)t[0], &open);
  tflw_op (w, NEG, NULL, &t[0], 1, &t[1], 1);
  tflw_op (w, RELU, NULL, &t[1], 1, &t[2], 1);
  if (odd)
    tflw_op (w, CUSTOM, "Mystery", (gint[]){t[2], constant}, 2, &t[3], 1);
  else
    tflw_op (w, 0, NULL, (gint[]){t[2], constant}, 2, &t[3], 1);
  tflw_op (w, NEG, NULL, &t[3], 1, &t[4], 1);
  GBytes *bytes = tflw_finish (w, &t[0], 1, &t[4], 1);
  const gchar *data = g_bytes_get_data (bytes, &n);
  g_assert_true (g_file_set_contents (f->tflite, data, (gssize)n, NULL));
  g_bytes_unref (bytes);
  tflw_free (w);
}

static void
write_graphmodel (GraphModel *f, gboolean odd)
{
  graphmodel_node (
      f, "x", "Placeholder", NULL,
      "'dtype':{'type':'DT_FLOAT'},'shape':{'shape':{'dim':[{'size':'-1'},{'size':'-1'},"
      "{'size':'2'}]}}");
  graphmodel_floats (f, "constant", "1,1,2", (gfloat[]){0, 0});
  graphmodel_node (f, "a", "Neg", "x", NULL);
  graphmodel_node (f, "b", "Relu", "a", NULL);
  graphmodel_node (f, "c", odd ? "Mystery" : "AddV2", "b,constant", NULL);
  graphmodel_node (f, "y", "Neg", "c", NULL);
  graphmodel_write (f);
}

static void
files_init (Files *f, gboolean odd)
{
  f->graphmodel = graphmodel_new ();
  f->tflite = g_build_filename (f->graphmodel->folder, "net.tflite", NULL);
  write_tflite (f, odd);
  write_graphmodel (f->graphmodel, odd);
}

static void
files_finish (Files *f)
{
  g_unlink (f->tflite);
  g_free (f->tflite);
  graphmodel_free (f->graphmodel);
}

static TfcModelOptions
options_of (const Asked *a)
{
  return (TfcModelOptions){.backend = "reference",
                           .inputs = a->inputs,
                           .outputs = a->outputs,
                           .input_shapes = a->shapes,
                           .n_input_shapes = a->n_shapes};
}

static TfcModel *
open_file (const gchar *path, const Asked *a)
{
  const TfcModelOptions options = options_of (a);
  GError *error = NULL;
  TfcModel *m = tfc_model_open (path, &options, &error);
  g_assert_no_error (error);
  return m;
}

static void
refuse_file (const gchar *path, const Asked *a, TfcErrorCode code, const gchar *says)
{
  const TfcModelOptions options = options_of (a);
  GError *error = NULL;
  g_assert_null (tfc_model_open (path, &options, &error));
  g_assert_error (error, TFC_ERROR, (gint)code);
  if (!strstr (error->message, says) || !strstr (error->message, path))
    g_error ("'%s' is not in '%s'", says, error->message);
  g_error_free (error);
}

static void
refuse (const Files *f, Asked a, TfcErrorCode code, const gchar *says)
{
  refuse_file (f->tflite, &a, code, says);
  refuse_file (f->graphmodel->path, &a, code, says);
}

/* Fills all inputs with -1, -2 ...; what output is then: this times the numbers. */
static void
check_output (TfcModel *m, guint index, const gchar *name, const TfcShape *shape, gfloat times)
{
  const TfcTensor *y = tfc_model_output (m, index);
  for (guint i = 0; i < tfc_model_n_inputs (m); i++) {
    const TfcTensor *x = tfc_model_input (m, i);
    for (gsize k = 0; k < tfc_tensor_count (x); k++)
      ((gfloat *)x->data)[k] = -1 - (gfloat)k;
  }
  g_assert_true (tfc_model_run (m, NULL));
  g_assert_cmpstr (tfc_model_output_name (m, index), ==, name);
  g_assert_true (tfc_shape_equal (&y->shape, shape));
  for (gsize k = 0; k < tfc_tensor_count (y); k++)
    g_assert_cmpfloat (((gfloat *)y->data)[k], ==, times * (-1 - (gfloat)k));
}

static void
check_sizes (const gchar *path)
{
  const TfcShape three = tfc_shape (3, 1, 3, 2), four = tfc_shape (3, 2, 4, 2);
  const Asked asked[] = {
      {NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 1, 3, 2)})},
      {NULL, NULL, SHAPES ({NULL, 0, tfc_shape (3, -1, 3, -1)})},
      {NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 9, 9, 9)}, {NULL, 0, tfc_shape (3, 2, 4, 2)})}};
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++) {
    TfcModel *m = open_file (path, &asked[i]);
    g_assert_cmpstr (tfc_model_input_name (m, 0), ==, "x");
    check_output (m, 0, "y", i < 2 ? &three : &four, 1);
    tfc_model_close (m);
  }
}

static void
test_sizes (void)
{
  Files f;
  files_init (&f, FALSE);
  check_sizes (f.tflite);
  check_sizes (f.graphmodel->path);
  refuse (&f, (Asked){0}, TFC_ERROR_SETTINGS, "input 'x' is 1x-1x2, where -1 is any size");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (2, 3, 2)})}, TFC_ERROR_SETTINGS,
          "a shape of 2 dimensions, 3x2");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, {.rank = TFC_MAX_RANK + 1}})},
          TFC_ERROR_SETTINGS, "a shape of 9 dimensions");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, G_MININT, G_MININT, G_MININT)})},
          TFC_ERROR_SETTINGS,
          "'x' is -2147483648x-2147483648x-2147483648, where -2147483648 is no size");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 1, 3, 2)}, {"z", 0, {.rank = 0}})},
          TFC_ERROR_SETTINGS, "a shape for input 'z', which is none: 0 'x'");
  refuse (&f,
          (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 1, 3, 2)}, {NULL, 1, {.rank = 0}})},
          TFC_ERROR_SETTINGS, "a shape for input 1, which is none");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 1, 3, 5)})}, TFC_ERROR_FORMAT, "");
  refuse (&f, (Asked){NULL, NULL, SHAPES ({"x", 0, tfc_shape (3, 1, 0, 2)})}, TFC_ERROR_SETTINGS,
          "1x0x2, where 0 is no size");
  files_finish (&f);
}

static void
check_cuts (const gchar *path)
{
  const TfcShape two = tfc_shape (3, 1, 2, 2), three = tfc_shape (3, 1, 3, 2);
  const TfcInputShape shapes[] = {{"x", 0, two}, {"c", 0, three}};
  TfcModel *m = open_file (path, &(Asked){NULL, NAMES ("b", "a"), shapes, 1});
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  check_output (m, 0, "b", &two, -1);
  check_output (m, 1, "a", &two, -1);
  tfc_model_close (m);
  m = open_file (path, &(Asked){NAMES ("c"), NULL, shapes + 1, 1});
  g_assert_cmpuint (tfc_model_n_inputs (m), ==, 1);
  g_assert_cmpstr (tfc_model_input_name (m, 0), ==, "c");
  check_output (m, 0, "y", &three, -1);
  tfc_model_close (m);
  m = open_file (path, &(Asked){NAMES ("c"), NAMES ("y", "b"), shapes, 2});
  g_assert_cmpuint (tfc_model_n_inputs (m), ==, 2);
  g_assert_cmpstr (tfc_model_input_name (m, 0), ==, "c");
  g_assert_cmpstr (tfc_model_input_name (m, 1), ==, "x");
  check_output (m, 0, "y", &three, -1);
  check_output (m, 1, "b", &two, -1);
  tfc_model_close (m);
}

static void
test_cuts (void)
{
  const TfcInputShape x = {"x", 0, tfc_shape (3, 1, 2, 2)};
  const TfcInputShape c[] = {{"c", 0, tfc_shape (3, 1, 2, 2)}, {"constant", 0, x.shape}};
  Files f;
  files_init (&f, TRUE);
  check_cuts (f.tflite);
  check_cuts (f.graphmodel->path);
  refuse (&f, (Asked){NULL, NULL, &x, 1}, TFC_ERROR_UNSUPPORTED, "Mystery");
  refuse (&f, (Asked){NULL, NAMES ("B"), &x, 1}, TFC_ERROR_SETTINGS,
          "no tensor is called 'B'; nearly");
  refuse (&f, (Asked){NAMES ("konstant"), NULL, &x, 1}, TFC_ERROR_SETTINGS,
          "no tensor is called 'konstant'; nearly so called: 'constant'");
  refuse (&f, (Asked){NAMES ("c", "c"), NULL, c, 1}, TFC_ERROR_SETTINGS, "'c' is asked for twice");
  refuse (&f, (Asked){NAMES ("constant"), NULL, c, 2}, TFC_ERROR_SETTINGS,
          "'constant' is a constant");
  files_finish (&f);
}

/* Inputs keep their names, whatever they are called as outputs; so does a value with two names. */
static void
test_names (void)
{
  const TfcShape small = tfc_shape (3, 1, 2, 2), other = tfc_shape (3, 1, 5, 2);
  const TfcInputShape x = {"x", 0, small};
  const Asked asked = {NULL, NAMES ("same", "x", "a", "twin", "x:0", "a"), &x, 1};
  GraphModel *f = graphmodel_new ();
  graphmodel_node (f, "same", "Identity", "x", NULL);
  graphmodel_node (f, "twin", "Identity", "a", NULL);
  write_graphmodel (f, FALSE);
  TfcModel *m = open_file (f->path, &asked);
  for (guint turn = 0; turn < 2; turn++) {
    g_assert_cmpstr (tfc_model_input_name (m, 0), ==, "x");
    for (guint i = 0; asked.outputs[i]; i++)
      check_output (m, i, asked.outputs[i], turn ? &other : &small,
                    strchr ("ta", asked.outputs[i][0]) ? -1 : 1);
    g_assert_true (tfc_model_reshape (m, &(TfcInputShape){"x", 0, other}, 1, NULL));
  }
  tfc_model_close (m);
  graphmodel_free (f);
}

static void
list_one (gpointer data, const gchar *name, const TfcTensor *desc, const gchar *op)
{
  gchar shape[96];
  g_string_append_printf (data, "%s %s %s;", name, tfc_shape_print (&desc->shape, shape), op);
}

static void
test_list (void)
{
  const TfcInputShape x = {"x", 0, tfc_shape (3, 1, 2, 2)};
  const Asked asked = {NULL, NULL, &x, 1};
  const TfcModelOptions options = options_of (&asked);
  GString *text = g_string_new (NULL);
  GError *error = NULL;
  Files f;
  files_init (&f, FALSE);
  const gchar *paths[] = {f.tflite, f.graphmodel->path};
  for (guint i = 0; i < 2; i++) {
    g_string_truncate (text, 0);
    g_assert_true (tfc_model_list (paths[i], &options, list_one, text, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (text->str, ==, "a 1x2x2 NEG;b 1x2x2 CLAMP;c 1x2x2 ADD;y 1x2x2 NEG;");
    g_assert_false (tfc_model_list (paths[i], NULL, list_one, text, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
    g_clear_error (&error);
  }
  g_string_free (text, TRUE);
  files_finish (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ends/sizes", test_sizes);
  g_test_add_func ("/ends/cuts", test_cuts);
  g_test_add_func ("/ends/names", test_names);
  g_test_add_func ("/ends/list", test_list);
  return g_test_run ();
}
