/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Two inputs of one name: a shape for that name is for both, whether the model is opened with it or
 * gets it later; one for a place is for that input alone. */
#include <glib/gstdio.h>

#include "inference/model.h"
#include "tests/inference/tflite/fbwriter.h"

enum { ADD = 0 };

/* x + x -> y; the file leaves the sizes in the middle open. */
static gchar *
write_file (void)
{
  const TfcShape small = tfc_shape (3, 1, 1, 2), open = tfc_shape (3, 1, -1, 2);
  gchar *path = NULL;
  const gint fd = g_file_open_tmp ("tfc-XXXXXX.tflite", &path, NULL);
  TflWriter *w = tflw_new ();
  gint in[2], y;
  gsize n;
  for (guint i = 0; i < 2; i++) {
    in[i] = (gint)tflw_tensor (w, TFL_F32, "x", &small, NULL, 0);
    tflw_signature (w, (guint)in[i], &open);
  }
  y = (gint)tflw_tensor (w, TFL_F32, "y", &small, NULL, 0);
  tflw_op (w, ADD, NULL, in, 2, &y, 1);
  GBytes *bytes = tflw_finish (w, in, 2, &y, 1);
  const gchar *data = g_bytes_get_data (bytes, &n);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize)n, NULL));
  g_bytes_unref (bytes);
  tflw_free (w);
  return path;
}

static TfcModel *
open_with (const gchar *path, const TfcInputShape *shapes, guint n)
{
  const TfcModelOptions options = {.input_shapes = shapes, .n_input_shapes = n};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (path, &options, &error);
  g_assert_no_error (error);
  return m;
}

static void
check_alike (const TfcModel *a, const TfcModel *b)
{
  for (guint i = 0; i < 2; i++)
    g_assert_true (
        tfc_shape_equal (&tfc_model_input (a, i)->shape, &tfc_model_input (b, i)->shape));
  g_assert_true (
      tfc_shape_equal (&tfc_model_output (a, 0)->shape, &tfc_model_output (b, 0)->shape));
}

static void
test_alike (void)
{
  const TfcInputShape first = {.name = "x", .shape = tfc_shape (3, 1, 2, 2)};
  const TfcInputShape cases[][2] = {
      {{.name = "x", .shape = tfc_shape (3, 1, 5, 2)},
       {.name = "x", .shape = tfc_shape (3, 1, 7, 2)}},
      {{.name = "x", .shape = tfc_shape (3, 1, 4, 2)},
       {.index = 1, .shape = tfc_shape (3, 1, 1, 2)}},
      {{.index = 0, .shape = tfc_shape (3, 1, 1, 2)},
       {.name = "x", .shape = tfc_shape (3, 1, 6, 2)}},
  };
  g_autofree gchar *path = write_file ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GError *error = NULL;
    TfcModel *opened = open_with (path, cases[i], 2), *reshaped = open_with (path, &first, 1);
    g_assert_true (tfc_model_reshape (reshaped, cases[i], 2, &error));
    g_assert_no_error (error);
    check_alike (opened, reshaped);
    tfc_model_close (opened);
    tfc_model_close (reshaped);
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/same-names/alike", test_alike);
  return g_test_run ();
}
