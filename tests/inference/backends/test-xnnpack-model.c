/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include <string.h>

#include "inference/graph/graph.h"
#include "inference/model.h"

/* Whole networks on XNNPACK: real ones against saved results, and one that it cannot run alone. */

static const gchar *const photos[] = {"coral_bird",    "coral_cat",           "coral_grace_hopper",
                                      "coral_hot_dog", "coral_kite_and_cold", "coral_pets"};

static gchar *
shared (const gchar *folder, const gchar *name)
{
  const gchar *root = g_getenv ("TFC_SHARED");
  gchar *path = g_build_filename (root ? root : "../shared", folder, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_test_skip_printf ("%s is not there", path);
  g_free (path);
  return NULL;
}

static gchar *
saved (const gchar *folder, const gchar *name, gsize expected)
{
  g_autofree gchar *path = shared (folder, name);
  gchar *bytes = NULL;
  gsize size;
  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size, ==, expected);
  return bytes;
}

static void
fill (TfcModel *m, const gchar *folder, const gchar *name)
{
  const TfcTensor *x = tfc_model_input (m, 0);
  g_autofree gchar *input = saved (folder, name, tfc_tensor_bytes (x));
  memcpy (x->data, input, tfc_tensor_bytes (x));
}

static void
check_photo (TfcModel *m, const gchar *photo)
{
  g_autofree gchar *input = g_strconcat (photo, ".input.u8", NULL);
  fill (m, "golden/tflite", input);
  g_assert_true (tfc_model_run (m, NULL));
  for (guint i = 0; i < 2; i++) {
    const TfcTensor *y = tfc_model_output (m, i);
    gsize size = tfc_tensor_bytes (y);
    g_autofree gchar *name =
        g_strconcat (photo, size == 1917 * 4 ? ".xnnpack.boxes.u8" : ".xnnpack.scores.u8", NULL);
    g_autofree gchar *expected = saved ("golden/tflite", name, size);
    g_assert_cmpmem (y->data, size, expected, size);
  }
}

/* Every byte before post-processing is what TFLite's own XNNPACK delegate computes. */
static void
test_detect (gconstpointer threads)
{
  g_autofree gchar *path = shared ("models", "coco-ssd/mobilenet_v1_quant/detect.tflite");
  TfcPool *pool = tfc_pool_new_uncut (GPOINTER_TO_UINT (threads));
  TfcModelOptions options = {"xnnpack", pool};
  GError *error = NULL;
  TfcModel *m = path ? tfc_model_open (path, &options, &error) : NULL;
  g_assert_no_error (error);
  for (guint i = 0; m && i < G_N_ELEMENTS (photos); i++)
    check_photo (m, photos[i]);
  tfc_model_close (m);
  tfc_pool_unref (pool);
}

typedef struct {
  const gchar *model, *name; /* of the saved files */
} Face;

static const Face faces[] = {
    {"face/face_detection_short_range.tflite", "blazeface"},
    {"face/face_landmark.tflite", "facemesh"},
    {"face/iris_landmark.tflite", "iris"},
};

/* 1e-4, and as some results reach hundreds, two millionths of them: sums in another order. */
static void
check_close (const TfcTensor *y, const gfloat *expected)
{
  const gfloat *have = y->data;
  for (gsize i = 0; i < tfc_tensor_count (y); i++)
    g_assert_cmpfloat_with_epsilon (have[i], expected[i], 1e-4f + 2e-6f * fabsf (expected[i]));
}

static void
test_face (gconstpointer data)
{
  const Face *face = data;
  g_autofree gchar *path = shared ("models", face->model);
  g_autofree gchar *input = g_strconcat (face->name, ".in.f32", NULL);
  GError *error = NULL;
  TfcModel *m = path ? tfc_model_open (path, NULL, &error) : NULL;
  g_assert_no_error (error);
  if (!m)
    return;
  g_assert_cmpuint (tfc_model_n_fallback (m), ==, 0);
  fill (m, "golden/faces/raw", input);
  g_assert_true (tfc_model_run (m, NULL));
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  for (guint i = 0; i < 2; i++) {
    const TfcTensor *y = tfc_model_output (m, i);
    g_autofree gchar *name = g_strdup_printf ("%s.tflite.out%u.f32", face->name, i);
    g_autofree gchar *expected = saved ("golden/faces/raw", name, tfc_tensor_bytes (y));
    check_close (y, (const gfloat *)(gconstpointer)expected);
  }
  tfc_model_close (m);
}

static guint
value (TfcGraph *g, TfcShape shape)
{
  TfcTensor t = {.type = TFC_TYPE_F32, .shape = shape};
  return tfc_graph_value (g, NULL, &t);
}

static guint
node (TfcGraph *g, TfcOp op, const TfcParams *params, guint a, guint b)
{
  TfcParams none = tfc_params (op);
  guint in[2] = {a, b}, out = tfc_graph_unknown (g, tfc_op_name (op));
  tfc_graph_node (g, op, params ? params : &none, in, b == TFC_NONE ? 1 : 2, &out, 1);
  return out;
}

/* square -> tanh (no kernel) -> sum with the square -> pool of 2x2, and one of 1x1 (refused). */
static TfcGraph *
mixed (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcParams pool = tfc_params (TFC_OP_MAX_POOL_2D), window = tfc_params (TFC_OP_MAX_POOL_2D);
  guint x = value (g, tfc_shape (4, 1, 6, 6, 8)), square, sum;
  window.window.kernel_h = window.window.kernel_w = 2;
  pool.window.kernel_h = pool.window.kernel_w = 1;
  pool.window.stride_h = pool.window.stride_w = 2;
  tfc_graph_input (g, x);
  square = node (g, TFC_OP_SQUARE, NULL, x, TFC_NONE);
  sum = node (g, TFC_OP_ADD, NULL, square, node (g, TFC_OP_TANH, NULL, square, TFC_NONE));
  tfc_graph_output (g, node (g, TFC_OP_MAX_POOL_2D, &window, sum, TFC_NONE));
  tfc_graph_output (g, node (g, TFC_OP_MAX_POOL_2D, &pool, sum, TFC_NONE));
  return g;
}

static TfcModel *
open_mixed (const gchar *backend)
{
  TfcModelOptions options = {backend, NULL};
  GError *error = NULL;
  TfcModel *m = tfc_model_open_graph (mixed (), &options, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < tfc_tensor_count (tfc_model_input (m, 0)); i++)
    ((gfloat *)tfc_model_input (m, 0)->data)[i] = sinf (i) * 2;
  return m;
}

static void
test_fallback (void)
{
  TfcModel *ours = open_mixed ("xnnpack"), *reference = open_mixed ("reference");
  g_assert_cmpuint (tfc_model_n_fallback (ours), ==, 2);
  for (guint run = 0; run < 2; run++) {
    g_assert_true (tfc_model_run (ours, NULL));
    g_assert_true (tfc_model_run (reference, NULL));
    for (guint i = 0; i < 2; i++) {
      const TfcTensor *y = tfc_model_output (ours, i), *expected = tfc_model_output (reference, i);
      g_assert_true (tfc_shape_equal (&y->shape, &expected->shape));
      for (gsize k = 0; k < tfc_tensor_count (y); k++)
        g_assert_cmpfloat_with_epsilon (((gfloat *)y->data)[k], ((gfloat *)expected->data)[k],
                                        1e-5);
    }
  }
  tfc_model_close (ours);
  tfc_model_close (reference);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/xnnpack-model/detect/1", GUINT_TO_POINTER (1), test_detect);
  g_test_add_data_func ("/xnnpack-model/detect/2", GUINT_TO_POINTER (2), test_detect);
  for (guint i = 0; i < G_N_ELEMENTS (faces); i++) {
    g_autofree gchar *name = g_strconcat ("/xnnpack-model/", faces[i].name, NULL);
    g_test_add_data_func (name, &faces[i], test_face);
  }
  g_test_add_func ("/xnnpack-model/fallback", test_fallback);
  return g_test_run ();
}
