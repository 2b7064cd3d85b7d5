/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* AutoML's object detector of the mirror (PACK, REDUCE_MAX, RESHAPE between quantisations) against
 * two executors of TFLite. */
#include <string.h>

#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "inference/model.h"

/* The two differ in 45000 of 119000 values, by up to 33 and once 61. */
#define MOST 33
#define MOST_OFF 50000

static gchar *
shared (const gchar *folder, const gchar *name)
{
  const gchar *root = g_getenv ("TFC_SHARED");
  return g_build_filename (root ? root : "../shared", folder, name, NULL);
}

static gchar *
golden (gsize size, const gchar *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree gchar *name = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree gchar *path = shared ("golden/classify/tflite/raw", name);
  gchar *bytes = NULL;
  gsize n;
  if (!g_file_get_contents (path, &bytes, &n, NULL))
    g_test_skip_printf ("%s is not there", path);
  else
    g_assert_cmpuint (n, ==, size);
  return bytes;
}

static void
compare (const TfcTensor *y, const gchar *want, const gchar *what)
{
  const guint8 *have = y->data;
  guint off = 0, most = 0;
  for (gsize i = 0; i < tfc_tensor_bytes (y); i++) {
    guint d = (guint)ABS (have[i] - (gint)(guint8)want[i]);
    off += d > 0;
    most = MAX (most, d);
  }
  g_test_message ("%s: %u differ, by up to %u", what, off, most);
  g_assert_cmpuint (most, <=, MOST);
  g_assert_cmpuint (off, <, MOST_OFF);
}

static gboolean
check_outputs (TfcModel *m, const gchar *picture)
{
  static const gchar *const executors[] = {"builtin", "xnnpack_alpha8"};
  static const gchar *const ends[] = {"boxes", "scores"};
  for (guint i = 0; i < 4; i++) {
    const TfcTensor *y = tfc_model_output (m, i % 2);
    g_autofree gchar *want = golden (tfc_tensor_bytes (y), "%s.automl_shampoos.%s.%s.u8", picture,
                                     executors[i / 2], ends[i % 2]);
    if (!want)
      return FALSE;
    compare (y, want, executors[i / 2]);
  }
  return TRUE;
}

/* Every backend, which must also answer the same. */
static void
test_shampoos (gconstpointer picture)
{
  g_autofree gchar *path = shared ("models/automl/objects_shampoos", "model.tflite");
  g_autofree guint8 *first = NULL;
  for (guint b = 0; tfc_backend_nth (b); b++) {
    g_autoptr (GError) error = NULL;
    TfcModelOptions options = {.backend = tfc_backend_nth (b)->name};
    TfcModel *m = tfc_model_open (path, &options, &error);
    if (g_error_matches (error, TFC_ERROR, TFC_ERROR_NOT_FOUND)) {
      g_test_skip (error->message);
      return;
    }
    g_assert_no_error (error);
    const TfcTensor *x = tfc_model_input (m, 0);
    g_autofree gchar *in = golden (tfc_tensor_bytes (x), "%s.320.input.u8", (const gchar *)picture);
    if (in) {
      memcpy (x->data, in, tfc_tensor_bytes (x));
      g_assert_true (tfc_model_run (m, &error));
      const TfcTensor *y = tfc_model_output (m, 0);
      if (check_outputs (m, picture) && first)
        g_assert_cmpmem (y->data, tfc_tensor_bytes (y), first, tfc_tensor_bytes (y));
      else if (!first)
        first = g_memdup2 (y->data, tfc_tensor_bytes (y));
    }
    tfc_model_close (m);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/golden-automl/coral_cat", "coral_cat", test_shampoos);
  g_test_add_data_func ("/golden-automl/shampoo_a", "shampoo_a", test_shampoos);
  return g_test_run ();
}
