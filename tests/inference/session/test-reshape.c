/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Models that get another shape after they were opened: as if opened so, on every backend and
 * thread count, whatever came before; and those that cannot keep what they had. */
#include <glib/gstdio.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/backends/cpu/common/packed.h"
#include "inference/model.h"
#include "tests/inference/tfjs/graphmodel.h"
#include "tests/seed.h"

/* x [any, any, any, 3] -> convolution of 3 by 3 to 20 channels -> depthwise 3 by 3 -> PReLU ->
 * pointwise to 40 -> y, and their mean -> a layer -> z; what the shape says of itself -> s. */
static void
write_net (GraphModel *f, GRand *rand)
{
  static const gint32 axes[] = {1, 2};
  static const struct {
    const gchar *name, *shape;
    guint n;
  } weights[] = {{"w", "3,3,3,20", 540}, {"b", "20", 20},         {"d", "3,3,20,1", 180},
                 {"slope", "20", 20},    {"p", "1,1,20,40", 800}, {"factor", "40", 40},
                 {"m", "40,5", 200}};
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    gfloat values[800];
    for (guint k = 0; k < weights[i].n; k++)
      values[k] = (gfloat)g_rand_double_range (rand, -0.5, 0.5);
    graphmodel_floats (f, weights[i].name, weights[i].shape, values);
  }
  graphmodel_node (
      f, "x", "Placeholder", NULL,
      "'dtype':{'type':'DT_FLOAT'},'shape':{'shape':{'dim':[{'size':'-1'},{'size':'-1'},"
      "{'size':'-1'},{'size':'3'}]}}");
  graphmodel_ints (f, "axes", "2", axes);
  graphmodel_node (f, "conv", "Conv2D", "x,w",
                   "'strides':{'list':{'i':[1,1,1,1]}},'padding':{'s':'U0FNRQ=='}");
  graphmodel_node (f, "biased", "BiasAdd", "conv,b", NULL);
  graphmodel_node (f, "deep", "DepthwiseConv2dNative", "biased,d",
                   "'strides':{'list':{'i':[1,2,2,1]}},'padding':{'s':'U0FNRQ=='}");
  graphmodel_node (f, "bent", "Prelu", "deep,slope", NULL);
  graphmodel_node (f, "point", "Conv2D", "bent,p",
                   "'strides':{'list':{'i':[1,1,1,1]}},'padding':{'s':'U0FNRQ=='}");
  graphmodel_node (f, "y", "Mul", "point,factor", NULL);
  graphmodel_node (f, "mean", "Mean", "y,axes", NULL);
  graphmodel_node (f, "z", "MatMul", "mean,m", NULL);
  graphmodel_node (f, "shape", "Shape", "x", NULL);
  graphmodel_node (f, "sizes", "Cast", "shape", "'DstT':{'type':'DT_FLOAT'}");
  graphmodel_node (f, "whole", "ConcatV2", "sizes,edge,first", NULL);
  graphmodel_node (f, "s", "AddV2", "z,whole", NULL);
  graphmodel_floats (f, "edge", "1", (gfloat[]){0});
  graphmodel_ints (f, "first", "", (gint32[]){0});
  f->extra = "'signature':{'outputs':{'y':{'name':'y'},'z':{'name':'z'},'s':{'name':'s'}}},";
  graphmodel_write (f);
}

static TfcModel *
open_net (const GraphModel *f, const TfcShape *shape, const gchar *backend, TfcPool *pool)
{
  const TfcInputShape x = {.name = "x", .shape = *shape};
  const TfcModelOptions options = {
      .backend = backend, .pool = pool, .input_shapes = &x, .n_input_shapes = 1};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (f->path, &options, &error);
  g_assert_no_error (error);
  return m;
}

static void
run_net (TfcModel *m)
{
  const TfcTensor *x = tfc_model_input (m, 0);
  GError *error = NULL;
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    ((gfloat *)x->data)[i] = (gfloat)(i * 7919 % 255) / 255 - 0.5f;
  tfc_model_run (m, &error);
  g_assert_no_error (error);
}

/* The same bits as a model that was opened with this shape. */
static void
check_like_opened (TfcModel *m, const GraphModel *f, const TfcShape *shape, const gchar *backend,
                   TfcPool *pool)
{
  TfcModel *other = open_net (f, shape, backend, pool);
  g_assert_true (tfc_shape_equal (&tfc_model_input (m, 0)->shape, shape));
  run_net (m);
  run_net (other);
  for (guint i = 0; i < tfc_model_n_outputs (m); i++) {
    const TfcTensor *y = tfc_model_output (m, i), *want = tfc_model_output (other, i);
    g_assert_true (tfc_shape_equal (&y->shape, &want->shape));
    g_assert_cmpmem (y->data, tfc_tensor_bytes (y), want->data, tfc_tensor_bytes (want));
  }
  tfc_model_close (other);
}

static TfcShape
random_shape (GRand *rand)
{
  return tfc_shape (4, g_rand_int_range (rand, 1, 3), g_rand_int_range (rand, 1, 60),
                    g_rand_int_range (rand, 1, 60), 3);
}

static void
reshape_often (const GraphModel *f, GRand *rand, const gchar *backend, guint threads)
{
  TfcShape shapes[12];
  TfcPool *pool = tfc_pool_new (threads);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    shapes[i] = random_shape (rand);
  TfcModel *m = open_net (f, &shapes[0], backend, pool);
  for (guint i = 0; i < 40; i++) {
    const TfcShape *shape = &shapes[g_rand_int_range (rand, 0, G_N_ELEMENTS (shapes))];
    const TfcInputShape x = {.name = i % 2 ? "x" : NULL, .shape = *shape};
    GError *error = NULL;
    tfc_model_reshape (m, &x, 1, &error);
    g_assert_no_error (error);
    check_like_opened (m, f, shape, backend, pool);
  }
  tfc_model_close (m);
  tfc_pool_unref (pool);
}

static void
test_often (gconstpointer backend)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  GraphModel *f = graphmodel_new ();
  write_net (f, rand);
  tfc_packed_check = TRUE;
  reshape_often (f, rand, backend, 1);
  reshape_often (f, rand, backend, 2);
  tfc_packed_check = FALSE;
  graphmodel_free (f);
  g_rand_free (rand);
}

static void
refuse (TfcModel *m, const gchar *name, guint index, TfcShape shape, TfcErrorCode code)
{
  const TfcInputShape x = {name, index, shape};
  GError *error = NULL;
  g_assert_false (tfc_model_reshape (m, &x, 1, &error));
  g_assert_error (error, TFC_ERROR, (gint)code);
  g_error_free (error);
}

/* It keeps its shape, its tensors' places and their numbers. */
static void
test_refused (gconstpointer backend)
{
  const TfcShape shape = tfc_shape (4, 1, 9, 8, 3);
  GRand *rand = g_rand_new_with_seed (test_seed ());
  GraphModel *f = graphmodel_new ();
  write_net (f, rand);
  TfcModel *m = open_net (f, &shape, backend, NULL);
  const TfcTensor *x = tfc_model_input (m, 0);
  const gpointer place = x->data;
  run_net (m);
  refuse (m, "y", 0, shape, TFC_ERROR_SETTINGS);
  refuse (m, NULL, 1, shape, TFC_ERROR_SETTINGS);
  refuse (m, "x", 0, tfc_shape (3, 9, 8, 3), TFC_ERROR_SETTINGS);
  refuse (m, "x", 0, tfc_shape (4, 1, 9, 8, 4), TFC_ERROR_FORMAT);
  refuse (m, "x", 0, tfc_shape (4, 1, 0, 8, 3), TFC_ERROR_SETTINGS);
  refuse (m, "x", 0, tfc_shape (4, G_MAXINT32, G_MAXINT32, G_MAXINT32, 3), TFC_ERROR_FORMAT);
  refuse (m, "x", 0, tfc_shape (4, 1, 9000, 9000, 3), TFC_ERROR_FORMAT);
  g_assert_true (tfc_model_input (m, 0) == x && x->data == place);
  check_like_opened (m, f, &shape, backend, NULL);
  tfc_model_close (m);
  m = open_net (f, &shape, backend, NULL);
  g_unlink (f->path);
  refuse (m, "x", 0, tfc_shape (4, 1, 8, 8, 3), TFC_ERROR_NOT_FOUND);
  g_assert_true (tfc_model_reshape (m, &(TfcInputShape){"x", 0, shape}, 1, NULL)); /* it is so */
  run_net (m);
  tfc_model_close (m);
  graphmodel_free (f);
  g_rand_free (rand);
}

/* The plans that were used last stay, with what is in their tensors. */
static void
test_kept (void)
{
  const TfcShape first = tfc_shape (4, 1, 4, 4, 3);
  GRand *rand = g_rand_new_with_seed (test_seed ());
  GraphModel *f = graphmodel_new ();
  write_net (f, rand);
  TfcModel *m = open_net (f, &first, "reference", NULL);
  const gfloat *x = tfc_model_input (m, 0)->data;
  run_net (m);
  const gfloat mark = x[5];
  for (gint i = 5; i < 12; i++)
    g_assert_true (
        tfc_model_reshape (m, &(TfcInputShape){"x", 0, tfc_shape (4, -1, i, -1, -1)}, 1, NULL));
  g_unlink (f->path); /* the model has it */
  g_assert_true (tfc_model_reshape (m, &(TfcInputShape){"x", 0, first}, 1, NULL));
  g_assert_true (tfc_model_input (m, 0)->data == x);
  g_assert_cmpfloat (x[5], ==, mark);
  g_assert_true (
      tfc_model_reshape (m, &(TfcInputShape){"x", 0, tfc_shape (4, 1, 11, 4, 3)}, 1, NULL));
  for (gint i = 12; i < 20; i++) /* as many as are kept */
    g_assert_true (
        tfc_model_reshape (m, &(TfcInputShape){"x", 0, tfc_shape (4, 1, i, 4, 3)}, 1, NULL));
  g_assert_true (tfc_model_reshape (m, &(TfcInputShape){"x", 0, first}, 1, NULL));
  g_assert_cmpfloat (((gfloat *)tfc_model_input (m, 0)->data)[5], ==, 0);
  tfc_model_close (m);
  graphmodel_free (f);
  g_rand_free (rand);
}

/* Another file of that name has another network; once the first one is back, all is well. */
static void
test_other_file (void)
{
  const TfcShape again = tfc_shape (4, 1, 5, 5, 3);
  GRand *rand = g_rand_new_with_seed (test_seed ());
  GraphModel *f = graphmodel_new (), *other = graphmodel_new ();
  write_net (f, rand);
  TfcModel *m = open_net (f, &(TfcShape){4, {1, 4, 4, 3}}, "reference", NULL);
  graphmodel_node (other, "x", "Placeholder", NULL,
                   "'dtype':{'type':'DT_FLOAT'},'shape':{'shape':{'dim':[{'size':'1'},{'size':'4'},"
                   "{'size':'4'},{'size':'3'}]}}");
  graphmodel_node (other, "y", "Neg", "x", NULL);
  g_assert_cmpint (g_rename (graphmodel_write (other), f->path), ==, 0);
  refuse (m, "x", 0, tfc_shape (4, 1, 5, 5, 3), TFC_ERROR_READ);
  run_net (m);
  graphmodel_write (f);
  g_assert_true (tfc_model_reshape (m, &(TfcInputShape){"x", 0, again}, 1, NULL));
  check_like_opened (m, f, &again, "reference", NULL);
  tfc_model_close (m);
  graphmodel_free (f);
  graphmodel_free (other);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  const TfcBackend *backend;
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (backend = tfc_backend_nth (i)); i++) {
    gchar *often = g_strdup_printf ("/reshape/often/%s", backend->name);
    gchar *refused = g_strdup_printf ("/reshape/refused/%s", backend->name);
    g_test_add_data_func (often, backend->name, test_often);
    g_test_add_data_func (refused, backend->name, test_refused);
    g_free (often);
    g_free (refused);
  }
  g_test_add_func ("/reshape/kept", test_kept);
  g_test_add_func ("/reshape/other-file", test_other_file);
  return g_test_run ();
}
