/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* GraphModels that the test writes itself: each op, each way to write an attribute, each way to
 * store a weight, loops and lists, the picture and the box coder. */
#include "tests/inference/tfjs/graphmodel.h"
#include "inference/model.h"
#include "tests/inference/tfjs/tfjs-cases.h"
#include "tests/inference/tfjs/tfjs-nets.h"

#include <math.h>
#include <string.h>

static TfcModel *
open_it (GraphModel *f)
{
  TfcModelOptions options = {.backend = "reference"};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (graphmodel_write (f), &options, &error);
  g_assert_no_error (error);
  return m;
}

/* Input x holds 1, 2, 3, ... */
static void
run (TfcModel *m)
{
  const TfcTensor *x = tfc_model_input (m, 0);
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    ((gfloat *)x->data)[i] = (gfloat)(i + 1);
  g_assert_true (tfc_model_run (m, NULL));
}

static void
expect (const TfcTensor *y, const gchar *shape, const gfloat *want)
{
  gchar is[96];
  g_assert_cmpstr (tfc_shape_print (&y->shape, is), ==, shape);
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat_with_epsilon (((const gfloat *)y->data)[i], want[i],
                                    1e-5 * MAX (1, fabs (want[i])));
}

static void
test_op (gconstpointer data)
{
  const TfjsCase *c = data;
  GraphModel *f = graphmodel_new ();
  tfjs_case_write (f, c);
  TfcModel *m = open_it (f);
  run (m);
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 1);
  expect (tfc_model_output (m, 0), c->shape, c->want);
  tfc_model_close (m);
  graphmodel_free (f);
}

static void
test_old_style (void)
{
  static const gfloat want[] = {6, 6};
  GraphModel *f = graphmodel_new ();
  tfjs_old_style (f);
  TfcModel *m = open_it (f);
  run (m);
  for (guint i = 0; i < tfc_model_n_outputs (m); i++) {
    if (strcmp (tfc_model_output_name (m, i), "y") == 0)
      expect (tfc_model_output (m, i), "1x1x1x2", want);
  }
  g_assert_cmpuint (tfc_model_n_outputs (m), >=, 1);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* The outputs of a signature are all there is; else what nothing reads. */
static void
test_outputs (void)
{
  static const gfloat want[] = {-1, -2};
  GraphModel *f = graphmodel_new ();
  tfjs_two_outputs (f);
  TfcModel *m = open_it (f);
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  g_assert_cmpstr (tfc_model_output_name (m, 0), ==, "b:0");
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "a");
  run (m);
  expect (tfc_model_output (m, 1), "1x2", want);
  tfc_model_close (m);
  graphmodel_free (f);
}

/* Weights stored in every way, cut into shards of every size. */
static void
test_weights (gconstpointer data)
{
  static const gfloat want[] = {1 + 0.5f + 1.25f + 9.75f + 7 + 1, 2 + 0.25f + 1.5f + 9.5f - 8 + 0};
  GraphModel *f = graphmodel_new ();
  tfjs_weight_kinds (f, GPOINTER_TO_SIZE (data));
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), "1x2", (gfloat[]){want[0] - 125.5f, want[1] + 0.5f});
  tfc_model_close (m);
  graphmodel_free (f);
}

/* A filter of 18 KiB behind so many bytes, out of shards that cut it or are mapped one behind the
 * other. */
static void
check_filter (gsize before, gsize shard)
{
  static gfloat filter[9 * 8 * 64], want[64];
  guint8 bytes[8] = {0};
  GraphModel *f = graphmodel_new ();
  g_autofree gchar *n = g_strdup_printf ("%" G_GSIZE_FORMAT, before);
  memset (want, 0, sizeof want);
  for (guint i = 0; i < G_N_ELEMENTS (filter); i++) {
    filter[i] = (gfloat)(i * 7919 % 257) - 128;
    want[i % 64] += filter[i] * (gfloat)(i / 64 + 1);
  }
  graphmodel_input (f, "1,3,3,8");
  graphmodel_weight (f, "before", "uint8", n, NULL, bytes, before);
  graphmodel_weight (f, "filter", "float32", "3,3,8,64", NULL, filter, sizeof filter);
  graphmodel_group (f, shard);
  graphmodel_node (f, "y", "Conv2D", "x,filter",
                   "'padding':{'s':'VkFMSUQ='},'strides':{'list':{'i':[1,1,1,1]}}");
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), "1x1x1x64", want);
  tfc_model_close (m);
  graphmodel_free (f);
}

static void
test_filter (void)
{
  static const gsize shards[] = {1000, 4096, 5000, 8192, 18432, 65536};
  for (gsize before = 0; before < 8; before++) {
    for (guint i = 0; i < G_N_ELEMENTS (shards); i++)
      check_filter (before, shards[i]);
  }
}

/* Shards are named from the model's folder, however that is written. */
static void
test_shard_names (void)
{
  static const gchar *const ways[] = {"./", "././"};
  const gfloat one = 1;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    GraphModel *f = graphmodel_new ();
    f->way = ways[i];
    graphmodel_input (f, "1,2");
    graphmodel_floats (f, "one", "1", &one);
    graphmodel_node (f, "y", "Add", "x,one", NULL);
    TfcModel *m = open_it (f);
    run (m);
    expect (tfc_model_output (m, 0), "1x2", (gfloat[]){2, 3});
    tfc_model_close (m);
    graphmodel_free (f);
  }
}

static void
test_loop (void)
{
  static const gfloat sums[] = {2, 12, 112, 1112};
  GraphModel *f = graphmodel_new ();
  tfjs_loop (f, 4);
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), "1x1", sums + 3);
  expect (tfc_model_output (m, 1), "4x1x1", sums);
  tfc_model_close (m);
  graphmodel_free (f);
}

static void
test_picture (void)
{
  gfloat scale = 0, offset = 0;
  GraphModel *f = graphmodel_new ();
  tfjs_any_picture (f);
  TfcModel *m = open_it (f);
  expect (tfc_model_output (m, 0), "1x2x3x3", (gfloat[18]){0});
  g_assert_true (tfc_model_picture (m, &scale, &offset));
  g_assert_cmpfloat (scale, ==, -2);
  g_assert_cmpfloat (offset, ==, 5);
  tfc_model_close (m);
  graphmodel_free (f);
}

static TfcModel *
coder (gfloat centre_scale)
{
  GraphModel *f = graphmodel_new ();
  tfjs_coder (f, centre_scale);
  TfcModel *m = open_it (f);
  graphmodel_free (f);
  return m;
}

static void
test_coder (void)
{
  static const gfloat encodings[] = {1, 4, 9, 16, 25, 36, 49, 64};
  static const gfloat anchors[] = {0.25f, 0.5f, 0.5f, 0.25f, 0.75f, 0.5f, 0.25f, 1};
  TfcModel *m = coder (0.125f);
  g_assert_cmpstr (tfc_model_postprocess (m), ==, "BoxCoder");
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "y_scale", 0), ==, 8);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "x_scale", 0), ==, 8);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "h_scale", 0), ==, 4);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "w_scale", 0), ==, 4);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "logits", 0), ==, 1);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "num_classes", 0), ==, 3);
  expect (tfc_model_postprocess_const (m, 0), "2x4", anchors);
  run (m);
  expect (tfc_model_output (m, 0), "1x2x1x4", encodings);
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "logits");
  tfc_model_close (m);
  /* Centres that go the other way are no box coder; the graph stays as it is. */
  m = coder (-0.125f);
  g_assert_null (tfc_model_postprocess (m));
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "boxes");
  tfc_model_close (m);
}

/* y, and z where it is there, of x = 1, 2, 3.. */
static const struct {
  const gchar *name;
  void (*write) (GraphModel *f);
  const gchar *shape;
  gfloat y[18], z[3];
} nets[] = {
    {"comparisons",
     tfjs_comparisons,
     "1x3",
     {1 + 1 + 2 + 32 + 64 + 128, 2 + 2 + 8 + 16 + 128 + 256, 3 + 4 + 8 + 32 + 128},
     {0}},
    {"quotients", tfjs_quotients, "1x3", {-4, 6, 0}, {1, 2, 0}},
    {"counts", tfjs_counts, "1x3", {4, 4, 6}, {0}},
    {"pictures",
     tfjs_pictures,
     "6x3",
     {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18},
     {0}},
};

static void
test_net (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  GraphModel *f = graphmodel_new ();
  nets[i].write (f);
  TfcModel *m = open_it (f);
  run (m);
  expect (tfc_model_output (m, 0), nets[i].shape, nets[i].y);
  if (tfc_model_n_outputs (m) > 1)
    expect (tfc_model_output (m, 1), nets[i].shape, nets[i].z);
  tfc_model_close (m);
  graphmodel_free (f);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n_tfjs_cases; i++) {
    gchar *path = g_strdup_printf ("/tfjs/op/%s", tfjs_cases[i].name);
    g_test_add_data_func (path, &tfjs_cases[i], test_op);
    g_free (path);
  }
  for (guint i = 0; i < G_N_ELEMENTS (nets); i++) {
    gchar *path = g_strdup_printf ("/tfjs/net/%s", nets[i].name);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_net);
    g_free (path);
  }
  g_test_add_func ("/tfjs/old-style", test_old_style);
  g_test_add_func ("/tfjs/outputs", test_outputs);
  g_test_add_data_func ("/tfjs/weights/1", GSIZE_TO_POINTER (1), test_weights);
  g_test_add_data_func ("/tfjs/weights/3", GSIZE_TO_POINTER (3), test_weights);
  g_test_add_data_func ("/tfjs/weights/7", GSIZE_TO_POINTER (7), test_weights);
  g_test_add_func ("/tfjs/filter", test_filter);
  g_test_add_func ("/tfjs/shard-names", test_shard_names);
  g_test_add_data_func ("/tfjs/weights/4096", GSIZE_TO_POINTER (4096), test_weights);
  g_test_add_func ("/tfjs/loop", test_loop);
  g_test_add_func ("/tfjs/picture", test_picture);
  g_test_add_func ("/tfjs/coder", test_coder);
  return g_test_run ();
}
