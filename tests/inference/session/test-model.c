/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The front door: open, look, fill, run, read, close; and everything that must not open. */
#include "inference/backend.h"
#include "inference/backends/xnnpack/rounding.h"
#include "inference/graph/graph.h"
#include "inference/model.h"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- counts allocations, where the C library lets us and no sanitizer does ---- */

#ifndef __has_feature /* gcc; its sanitizers define macros instead */
#define __has_feature(x) 0
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#define COUNTS_ALLOCATIONS 1
#pragma GCC visibility push(default) /* the libraries are to find these */
void *__libc_malloc (size_t n);
void *__libc_calloc (size_t n, size_t m);
void *__libc_realloc (void *p, size_t n);
void *malloc (size_t n);
void *calloc (size_t n, size_t m);
void *realloc (void *p, size_t n);

static gint n_allocations;

void *
malloc (size_t n)
{
  g_atomic_int_inc (&n_allocations);
  return __libc_malloc (n);
}

void *
calloc (size_t n, size_t m)
{
  g_atomic_int_inc (&n_allocations);
  return __libc_calloc (n, m);
}

void *
realloc (void *p, size_t n)
{
  g_atomic_int_inc (&n_allocations);
  return __libc_realloc (p, n);
}
#pragma GCC visibility pop
#else
#define COUNTS_ALLOCATIONS 0
#endif

/* x[1,4,4,2] -> 3x3 convolution to 3 channels: sums -> negated, exponentiated: powers. */
static TfcGraph *
small_graph (void)
{
  TfcGraph *g = tfc_graph_new ();
  TfcTensor x = {.type = TFC_TYPE_F32, .shape = tfc_shape (4, 1, 4, 4, 2)};
  TfcShape ws = tfc_shape (4, 3, 3, 3, 2), bs = tfc_shape (1, 3);
  TfcParams conv = tfc_params (TFC_OP_CONV_2D), neg = tfc_params (TFC_OP_NEG);
  TfcParams exp = tfc_params (TFC_OP_EXP);
  gfloat w[54], b[3] = {0.5, -0.5, 0};
  for (guint i = 0; i < 54; i++)
    w[i] = (gfloat)(i % 7) / 7 - 0.4f;
  guint in = tfc_graph_value (g, "picture", &x);
  guint args[3] = {in, tfc_graph_const (g, "w", TFC_TYPE_F32, &ws, w),
                   tfc_graph_const (g, "b", TFC_TYPE_F32, &bs, b)};
  guint y = tfc_graph_unknown (g, "sums"), z = tfc_graph_unknown (g, NULL);
  guint e = tfc_graph_unknown (g, "powers");
  conv.window.same = TRUE;
  tfc_graph_node (g, TFC_OP_EXP, &exp, &z, 1, &e, 1);
  tfc_graph_node (g, TFC_OP_NEG, &neg, &y, 1, &z, 1);
  tfc_graph_node (g, TFC_OP_CONV_2D, &conv, args, 3, &y, 1);
  tfc_graph_input (g, in);
  tfc_graph_output (g, y);
  tfc_graph_output (g, e);
  return g;
}

static void
fill (const TfcTensor *x)
{
  gfloat *to = x->data;
  for (gsize i = 0; i < tfc_tensor_count (x); i++)
    to[i] = (gfloat)(i * 37 % 11) / 11 - 0.5f;
}

static TfcModel *
open_small (const TfcModelOptions *options)
{
  GError *error = NULL;
  TfcModel *m = tfc_model_open_graph (small_graph (), options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (m);
  return m;
}

static void
test_run (void)
{
  GError *error = NULL;
  TfcModel *first = NULL;
  for (guint i = 0; tfc_backend_nth (i); i++) {
    TfcModelOptions options = {.backend = tfc_backend_nth (i)->name,
                               .pool = tfc_pool_new_uncut (2)};
    TfcModel *m = open_small (&options);
    tfc_pool_unref (options.pool); /* the model has its own reference */
    fill (tfc_model_input (m, 0));
    for (guint round = 0; round < 3; round++)
      g_assert_true (tfc_model_run (m, &error));
    g_assert_no_error (error);
    for (guint k = 0; first && k < 2; k++) {
      const gfloat *a = tfc_model_output (first, k)->data, *b = tfc_model_output (m, k)->data;
      for (gsize j = 0; j < tfc_tensor_count (tfc_model_output (m, k)); j++)
        g_assert_cmpfloat_with_epsilon (a[j], b[j], 1e-5);
    }
    if (first)
      tfc_model_close (m);
    else
      first = m;
  }
  tfc_model_close (first);
  tfc_model_close (NULL);
}

static void
test_look (void)
{
  TfcModelOptions options = {.backend = "reference"};
  TfcModel *m = open_small (&options);
  const TfcTensor *y = tfc_model_output (m, 0);
  gchar buf[96];
  g_assert_cmpuint (tfc_model_n_inputs (m), ==, 1);
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
  g_assert_null (tfc_model_input (m, 1));
  g_assert_null (tfc_model_output (m, 2));
  g_assert_cmpstr (tfc_model_input_name (m, 0), ==, "picture");
  g_assert_cmpstr (tfc_model_input_name (m, 1), ==, "");
  g_assert_cmpstr (tfc_model_output_name (m, 0), ==, "sums");
  g_assert_cmpstr (tfc_model_output_name (m, 1), ==, "powers");
  g_assert_cmpstr (tfc_model_output_name (m, 2), ==, "");
  g_assert_cmpstr (tfc_shape_print (&y->shape, buf), ==, "1x4x4x3");
  g_assert_cmpuint (GPOINTER_TO_SIZE (y->data) % 64, ==, 0);
  g_assert_cmpuint (tfc_model_macs (m), ==, 16 * 3 * 18);
  g_assert_cmpuint (tfc_model_bytes (m), >=, (54 + 3 + 32 + 48 * 3) * sizeof (gfloat));
  g_assert_cmpuint (tfc_model_bytes (m), <=, (54 + 3 + 32 + 48 * 3) * sizeof (gfloat) + 5 * 128);
  g_assert_cmpuint (tfc_model_n_fallback (m), ==, 0);
  g_assert_cmpuint (tfc_model_threads (m), ==, 1);
  g_assert_cmpstr (tfc_model_backend (m), ==, "reference");
  g_assert_null (tfc_model_postprocess (m));
  g_assert_null (tfc_model_postprocess_const (m, 0));
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "a", 3), ==, 3);
  tfc_model_close (m);

  m = open_small (NULL);
  g_assert_cmpstr (tfc_model_backend (m), ==, tfc_backend_nth (0)->name);
  g_assert_cmpstr (tfc_model_backend (m), ==, "auto");
#if HAVE_XNNPACK
  g_assert_cmpuint (tfc_model_n_fallback (m), ==, tfc_backend_auto_kernels () ? 0 : 1); /* EXP */
#endif
  tfc_model_close (m);
}

static void
test_tail (void)
{
  static const gfloat anchors[4] = {0.5, 0.5, 1, 1};
  TfcGraph *g = small_graph ();
  TfcShape shape = tfc_shape (2, 1, 4);
  gdouble *value = g_new (gdouble, 1);
  *value = 90;
  g->tail = g_new0 (TfcPostprocess, 1);
  g->tail->name = g_strdup ("TFLite_Detection_PostProcess");
  g->tail->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (g->tail->options, g_strdup ("num_classes"), value);
  g->tail->consts = g_new0 (guint, 1);
  g->tail->n_consts = 1;
  g->tail->consts[0] = tfc_graph_const (g, "anchors", TFC_TYPE_F32, &shape, anchors);
  GError *error = NULL;
  TfcModel *m = tfc_model_open_graph (g, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tfc_model_postprocess (m), ==, "TFLite_Detection_PostProcess");
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "num_classes", 3), ==, 90);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "other", 3), ==, 3);
  g_assert_cmpmem (tfc_model_postprocess_const (m, 0)->data, sizeof anchors, anchors,
                   sizeof anchors);
  g_assert_null (tfc_model_postprocess_const (m, 1));
  tfc_model_close (m);
}

static void
test_no_allocation (void)
{
#if COUNTS_ALLOCATIONS
  for (guint i = 0; tfc_backend_nth (i); i++) {
    TfcModelOptions options = {.backend = tfc_backend_nth (i)->name};
    TfcModel *m = open_small (&options);
    fill (tfc_model_input (m, 0));
    gint before = g_atomic_int_get (&n_allocations);
    g_assert_cmpint (before, >, 0); /* it does count */
    for (guint round = 0; round < 5; round++)
      tfc_model_run (m, NULL);
    g_assert_cmpint (g_atomic_int_get (&n_allocations), ==, before);
    tfc_model_close (m);
  }
#else
  g_test_skip ("allocations cannot be counted in this build");
#endif
}

static void
expect_failure (TfcModel *m, GError **error, TfcErrorCode code, const gchar *part)
{
  g_assert_null (m);
  g_assert_error (*error, TFC_ERROR, (gint)code);
  g_test_message ("%s", (*error)->message);
  g_assert_nonnull (strstr ((*error)->message, part));
  gchar *printable = tfc_printable ((*error)->message);
  g_assert_cmpstr ((*error)->message, ==, printable);
  g_free (printable);
  g_clear_error (error);
}

static void
test_bad_graphs (void)
{
  GError *error = NULL;
  TfcModelOptions options = {.backend = "abacus"};
  expect_failure (tfc_model_open_graph (small_graph (), &options, &error), &error,
                  TFC_ERROR_BACKEND, "reference");
  expect_failure (tfc_model_open_graph (tfc_graph_new (), NULL, &error), &error, TFC_ERROR_FORMAT,
                  "no output");
}

static void
open_bytes (const gchar *dir, const gchar *bytes, gssize n, TfcErrorCode code, const gchar *part)
{
  gchar *path = g_build_filename (dir, "model-file", NULL);
  GError *error = NULL;
  g_assert_true (g_file_set_contents (path, bytes, n, NULL));
  expect_failure (tfc_model_open (path, NULL, &error), &error, code, part);
  g_remove (path);
  g_free (path);
}

static void
test_bad_files (void)
{
  GError *error = NULL;
  gchar *dir = g_dir_make_tmp ("tfc-model-XXXXXX", NULL);
  expect_failure (tfc_model_open ("/no/such/model.tflite", NULL, &error), &error,
                  TFC_ERROR_NOT_FOUND, "/no/such/model.tflite");
  expect_failure (tfc_model_open (dir, NULL, &error), &error, TFC_ERROR_READ, dir);
  open_bytes (dir, "", 0, TFC_ERROR_FORMAT, "model-file");
  open_bytes (dir, "\xff\xd8\xff\xe0 a picture", -1, TFC_ERROR_FORMAT, "model-file");
  open_bytes (dir, "    TFL3", 8, TFC_ERROR_FORMAT, "model-file");
  open_bytes (dir, "    TFL", 7, TFC_ERROR_FORMAT, "neither");
  open_bytes (dir, "PK\3\4 a bundle", -1, TFC_ERROR_FORMAT, "unpack");
  open_bytes (dir, "[1]", -1, TFC_ERROR_FORMAT, "neither");
  open_bytes (
      dir, "{\"modelTopology\":{\"node\":[{\"name\":\"x\\u001b[31m\",\"op\":\"Odd\\u009b\\n\"}]}}",
      -1, TFC_ERROR_UNSUPPORTED, "Odd??");
  gchar *pipe = g_build_filename (dir, "pipe.tflite", NULL); /* is not waited for */
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  expect_failure (tfc_model_open (pipe, NULL, &error), &error, TFC_ERROR_READ, "no regular file");
  g_unlink (pipe);
  g_free (pipe);
  expect_failure (tfc_model_open ("/dev/zero", NULL, &error), &error, TFC_ERROR_READ, "/dev/zero");
  g_rmdir (dir);
  g_free (dir);
}

/* The networks that this is for run whole on XNNPACK, in one stretch or nearly. */
static void
test_known_networks (void)
{
  static const struct {
    const gchar *path;
    guint n_fallback;
    gdouble mmacs;
  } networks[] = {
      {"face/face_detection_short_range.tflite", 0, 30.8},
      {"face/face_detection_back.tflite", 0, 188.7},
      {"face/face_detection_full_range.tflite", 0, 105.7},
      {"face/face_landmark.tflite", 0, 35.0},
      {"face/iris_landmark.tflite", 0, 53.7},
      /* concatenations that requantise, and on ARM convolutions */
      {"coco-ssd/mobilenet_v1_quant/detect.tflite", TFC_XNN_HALF_UP ? 49 : 2, 728.0},
  };
  for (guint i = 0; HAVE_XNNPACK && i < G_N_ELEMENTS (networks); i++) {
    const gchar *shared = g_getenv ("TFC_SHARED");
    gchar *path =
        g_build_filename (shared ? shared : "../shared", "models", networks[i].path, NULL);
    TfcModelOptions options = {.backend = "xnnpack"};
    GError *error = NULL;
    if (g_file_test (path, G_FILE_TEST_EXISTS)) {
      TfcModel *m = tfc_model_open (path, &options, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (tfc_model_n_fallback (m), ==, networks[i].n_fallback);
      g_assert_cmpfloat_with_epsilon (tfc_model_macs (m) / 1e6, networks[i].mmacs, 0.1);
      g_assert_true (tfc_model_run (m, &error));
      tfc_model_close (m);
    } else {
      g_test_skip (path);
    }
    g_free (path);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/run", test_run);
  g_test_add_func ("/model/look", test_look);
  g_test_add_func ("/model/tail", test_tail);
  g_test_add_func ("/model/no-allocation", test_no_allocation);
  g_test_add_func ("/model/bad-graphs", test_bad_graphs);
  g_test_add_func ("/model/bad-files", test_bad_files);
  g_test_add_func ("/model/known-networks", test_known_networks);
  return g_test_run ();
}
