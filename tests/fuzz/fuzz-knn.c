/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Files of examples: the first byte is the size of an embedding. What is read answers, and is read
 * again when it was written. */
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "inference/error.h"
#include "models/classification/knn.h"

#define MOST 16

static gint file = -1;
static gchar path[64], saved[64];

static void
write_file (const guint8 *data, gsize size)
{
  if (file < 0) {
    g_strlcpy (path, g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm/tfc-XXXXXX" : "/tmp/tfc-XXXXXX",
               sizeof path);
    file = g_mkstemp (path);
    g_assert_cmpint (file, >=, 0);
    g_snprintf (saved, sizeof saved, "%s.out", path);
    unlink (path);
    g_snprintf (path, sizeof path, "/proc/self/fd/%d", file);
  }
  g_assert_cmpint (ftruncate (file, 0), ==, 0);
  g_assert_cmpint (pwrite (file, data, size, 0), ==, (gssize)size);
}

static guint
answer (TfcKnn *knn, guint k, TfcClass *out)
{
  gfloat query[256];
  gfloat sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (query); i++)
    query[i] = (gfloat)(i % 7) - 3;
  const guint n = tfc_knn_predict (knn, query, k, out, MOST);
  for (guint i = 0; i < n; i++) {
    const gchar *label = tfc_knn_label (knn, out[i].class_id);
    g_assert_true (label && g_utf8_validate (label, -1, NULL));
    g_assert_true (i == 0 || out[i - 1].score >= out[i].score);
    sum += out[i].score;
  }
  g_assert_true (sum < 1.001f);
  return n;
}

static void
check_again (const TfcKnn *knn, guint size)
{
  TfcClass before[MOST], after[MOST];
  GError *error = NULL;
  TfcKnn *copy = tfc_knn_copy (knn), *loaded;

  g_assert_true (tfc_knn_save (knn, saved, &error));
  loaded = tfc_knn_load (saved, size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tfc_knn_n_examples (loaded), ==, tfc_knn_n_examples (knn));
  const guint n = answer (copy, 3, before);
  g_assert_cmpuint (answer (loaded, 3, after), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (tfc_knn_label (copy, before[i].class_id), ==,
                     tfc_knn_label (loaded, after[i].class_id));
  tfc_knn_free (loaded);
  tfc_knn_free (copy);
  g_unlink (saved);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  const guint numbers = size ? 1 + data[0] : 1;
  TfcClass out[MOST];
  GError *error = NULL;
  TfcKnn *knn;

  write_file (size ? data + 1 : data, size ? size - 1 : 0);
  knn = tfc_knn_load (path, numbers, &error);
  if (!knn) {
    g_assert_true (error && error->domain == TFC_ERROR &&
                   g_utf8_validate (error->message, -1, NULL));
    g_error_free (error);
    return;
  }
  answer (knn, 1, out);
  answer (knn, TFC_KNN_MAX_K, out);
  check_again (knn, numbers);
  tfc_knn_free (knn);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      "\1{\"a\":[1,0],\"b\":[0,1,0.5,-0.5]}",
      "\1{\"10\":[1,0],\"9\":[0,1],\"x\\u00e4\\n\":[null,1e3]}",
      "\1{\"a\":{\"0\":1,\"1\":0}}",
      ("\1{\"dataset\":{\"0\":{\"kept\":true,\"shape\":[1,2],\"dataId\":{},\"label\":\"cat\"},"
       "\"1\":{\"shape\":[2,2],\"label\":7}},\"tensors\":[{\"0\":1,\"1\":0},[0,1,1,0]]}"),
      "\2{\"a\":[1e-3,-2.5E+2,0]}\n",
      "\3{}",
      "\1[[[[[[[[[[[[[[[[[[[["};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seed (texts[i], strlen (texts[i]));
}
