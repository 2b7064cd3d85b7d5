/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* .tflite files that are broken or mean harm, and the real ones of the mirror, whole and cut. */
#include <string.h>
#include "inference/builder/load.h"
#include "inference/passes/lower.h"
#include "tests/inference/tflite/tfl-cases.h"
#include "tests/inference/tflite/tflite-check.h"
#include "tests/seed.h"

static GBytes *
write_one (gint code, const gchar *custom, gint type, guint constant_bytes)
{
  TfcShape s = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint x = tflw_tensor (w, type, "x", &s, NULL, 0),
       c = tflw_tensor (w, TFL_F32, "c", &s, NULL, constant_bytes);
  gint y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  tflw_op (w, code, custom, IDS (x, c), &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
test_refused (void)
{
  GError *error = NULL;
  fails (write_one (97, NULL, TFL_F32, 24), TFC_ERROR_FORMAT,
         "RESIZE_NEAREST_NEIGHBOR (operator 0)");
  fails (write_one (201, NULL, TFL_F32, 24), TFC_ERROR_UNSUPPORTED, "builtin operator");
  fails (write_one (32, "Mystery", TFL_F32, 24), TFC_ERROR_UNSUPPORTED, "Mystery (operator 0)");
  fails (write_one (0, NULL, TFL_STRING, 24), TFC_ERROR_UNSUPPORTED, "input x has a type");
  fails (write_one (0, NULL, TFL_F32, 23), TFC_ERROR_FORMAT, "do not fit its shape");
  fails (write_one (14, NULL, TFL_F32, 24), TFC_ERROR_FORMAT, "wrong number of inputs");
  fails (g_bytes_new_static ("TFL3TFL3TFL3", 12), TFC_ERROR_FORMAT, "at byte");
  fails (g_bytes_new_static ("", 0), TFC_ERROR_FORMAT, "at byte 0");
  g_assert_null (tfc_load_tflite ("/nonexistent/x.tflite", &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_error_free (error);
}

/* -1 stands for an input that is not there; an output is always there. */
static void
test_ids (void)
{
  static const gint ids[] = {-1, -2, 2, G_MAXINT, G_MININT};
  TfcShape s = tfc_shape (1, 2);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (ids); i++) {
    TflWriter *w = tflw_new ();
    gint x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0),
         y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
    gint bad = ids[i / 2];
    tflw_op (w, 14, NULL, i % 2 ? &bad : &x, 1, i % 2 ? &y : &bad, 1);
    fails (tflw_finish (w, &x, 1, &y, 1), TFC_ERROR_FORMAT,
           bad == -1 && i % 2 ? "an input is missing" : "a tensor that does not exist");
    tflw_free (w);
  }
}

/* DENSIFY of [2, 3] from three halves at the given places. */
static GBytes *
write_sparse (const gchar *segments, const gchar *columns)
{
  TfcShape s = tfc_shape (2, 2, 3);
  TflWriter *w = tflw_new ();
  gint sparse = tflw_tensor (w, TFL_F16, "sparse", &s, NULL, 6), x, y;
  gint full = tflw_tensor (w, TFL_F16, "full", &s, NULL, 0);
  tflw_sparse (w, sparse, (const guint8 *)segments, 3, (const guint8 *)columns, 3);
  tflw_op (w, 124, NULL, &sparse, 1, &full, 1);
  x = tflw_tensor (w, TFL_F32, "x", &s, NULL, 0);
  y = tflw_tensor (w, TFL_F32, "y", &s, NULL, 0);
  tflw_op (w, 14, NULL, &x, 1, &y, 1);
  GBytes *bytes = tflw_finish (w, &x, 1, &y, 1);
  tflw_free (w);
  return bytes;
}

static void
test_sparse_refused (void)
{
  tfc_graph_free (load_ok (write_sparse ("\0\1\3", "\1\0\2")));
  fails (write_sparse ("\0\1\3", "\1\0\3"), TFC_ERROR_FORMAT, "out of range"); /* past the row */
  fails (write_sparse ("\0\1\3", "\1\2\2"), TFC_ERROR_FORMAT, "out of range"); /* twice */
  fails (write_sparse ("\0\1\4", "\1\0\2"), TFC_ERROR_FORMAT,
         "out of range"); /* more than there are */
  fails (write_sparse ("\0\2\1", "\1\2\2"), TFC_ERROR_FORMAT, "out of range"); /* backwards */
  fails (write_sparse ("\1\1\3", "\1\0\2"), TFC_ERROR_FORMAT,
         "out of range"); /* not from the start */
}

static void
test_hostile (void)
{
  static const gchar *const picked[] = {"conv", "reshape", "tanh", "strided_slice",
                                        "strided_slice, an axis less"};
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint i = 0; i < G_N_ELEMENTS (picked); i++) {
    GBytes *bytes = tfl_case_write (case_named (picked[i]), 0, FALSE);
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);
    for (gsize n = 0; n < size; n++)
      load_any (data, n);
    for (guint k = 0; k < 2000; k++) {
      guint8 *bent = g_memdup2 (data, size);
      for (guint flips = g_rand_int_range (rand, 1, 5); flips-- > 0;)
        bent[g_rand_int_range (rand, 0, size)] ^= 1 << g_rand_int_range (rand, 0, 8);
      load_any (bent, size);
      g_free (bent);
    }
    g_bytes_unref (bytes);
  }
  g_rand_free (rand);
}

/* The files of the mirror. kmac: thousands of multiply-accumulates of the convolutions. */
typedef struct {
  const gchar *path;
  TfcShape input;
  guint n_outputs;
  const gchar *outputs[7];
  guint64 kmac;
} File;

#define RGB(size)      \
  {                    \
    4,                 \
    {                  \
      1, size, size, 3 \
    }                  \
  }
// clang-format off
static const File files[] = {
  {"coco-ssd/mobilenet_v1_quant/detect.tflite", RGB (300), 2, {"Squeeze", "convert_scores"}, 728000},
  {"face/face_detection_back.tflite", RGB (256), 2, {"regressors", "classificators"}, 188700},
  {"face/face_detection_full_range.tflite", RGB (192), 2, {"reshaped_regressor_face_4", "reshaped_classifier_face_4"}, 105700},
  {"face/face_detection_full_range_sparse.tflite", RGB (192), 2, {"Identity", "Identity_1"}, 117200},
  {"face/face_detection_short_range.tflite", RGB (128), 2, {"regressors", "classificators"}, 30800},
  {"face/face_landmark.tflite", RGB (192), 2, {"conv2d_20", "conv2d_30"}, 35000},
  {"face/face_landmark_with_attention.tflite", RGB (192), 7, {"output_mesh_identity", "output_lips", "output_left_eye", "output_right_eye", "output_left_iris", "output_right_iris", "conv_faceflag"}, 43500},
  {"face/iris_landmark.tflite", RGB (64), 2, {"output_eyes_contours_and_brows", "output_iris"}, 53700},
};
// clang-format on

static gchar *
shared_model (const gchar *name)
{
  const gchar *shared = g_getenv ("TFC_SHARED");
  gchar *path = g_build_filename (shared ? shared : "../shared", "models", name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_test_skip_printf ("%s is not there", path);
  g_free (path);
  return NULL;
}

static guint64
macs (const TfcGraph *g)
{
  guint64 sum = 0;
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    if (n->op != TFC_OP_CONV_2D && n->op != TFC_OP_DEPTHWISE_CONV_2D)
      continue;
    const gint32 *w = tfc_graph_v (g, n->in[1])->tensor.shape.dim;
    guint64 each = (guint64)w[1] * w[2] * (n->op == TFC_OP_CONV_2D ? w[3] : 1);
    sum += each * tfc_tensor_count (&tfc_graph_v (g, n->out[0])->tensor);
  }
  return sum;
}

static void
test_file (gconstpointer data)
{
  const File *f = data;
  gchar *path = shared_model (f->path);
  GError *error = NULL;
  if (!path)
    return;
  TfcGraph *g = tfc_load_tflite (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g->inputs->len, ==, 1);
  g_assert_true (tfc_shape_equal (
      &f->input, &tfc_graph_v (g, g_array_index (g->inputs, guint, 0))->tensor.shape));
  g_assert_cmpuint (g->outputs->len, ==, f->n_outputs);
  for (guint i = 0; i < f->n_outputs; i++)
    g_assert_cmpstr (tfc_graph_v (g, g_array_index (g->outputs, guint, i))->name, ==,
                     f->outputs[i]);
  g_assert_cmpuint ((macs (g) + 50000) / 100000, ==, f->kmac / 100);
  g_assert_true ((g->tail != NULL) == (strstr (f->path, "detect.tflite") != NULL));
  tfc_graph_free (g);
  g_free (path);
}

static void
test_file_cut (gconstpointer data)
{
  gchar *path = shared_model (((const File *)data)->path), *bytes;
  gsize size;
  if (!path)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  /* Every KiB with -m slow; else at the ends, and in larger steps between. */
  for (gsize n = 0; n < size;
       n += g_test_slow () || n < 32768 || n + 32768 > size ? 1024 : 15 * 1024)
    load_any ((const guint8 *)bytes, n);
  g_free (bytes);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tflite/refused", test_refused);
  g_test_add_func ("/tflite/ids", test_ids);
  g_test_add_func ("/tflite/sparse-refused", test_sparse_refused);
  g_test_add_func ("/tflite/hostile", test_hostile);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    gchar *name = g_strdup_printf ("/tflite/file/%s", files[i].path);
    gchar *cut = g_strdup_printf ("/tflite/cut/%s", files[i].path);
    g_test_add_data_func (name, &files[i], test_file);
    g_test_add_data_func (cut, &files[i], test_file_cut);
    g_free (name);
    g_free (cut);
  }
  return g_test_run ();
}
