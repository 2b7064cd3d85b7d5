/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* K nearest neighbours: the reference's rules on small vectors, its session on photos, its files.
 */
#include <glib/gstdio.h>
#include <math.h>

#include "inference/error.h"
#include "models/classification/knn.h"
#include "tests/models/golden.h"

#define KNN "golden/classify/knn/"
#define SIZE 256

/* Classes in the reference's order with their scores: the best is `label`, number `index` (-1: not
 * said). */
static void
check_answer (TfcKnn *knn, const gfloat *query, guint k, const cJSON *want)
{
  const cJSON *confidences = cJSON_GetObjectItem (want, "confidences");
  const cJSON *index = cJSON_GetObjectItem (want, "classIndex");
  TfcClass out[TFC_MAX_CLASSES];
  const guint n = tfc_knn_predict (knn, query, k, out, TFC_MAX_CLASSES);

  g_assert_cmpuint (n, ==, (guint)cJSON_GetArraySize (confidences));
  g_assert_cmpstr (tfc_knn_label (knn, out[0].class_id), ==, golden_text (want, "label"));
  if (index)
    g_assert_cmpint (out[0].class_id, ==, (gint)cJSON_GetNumberValue (index));
  for (guint i = 0; i < n; i++) {
    const gchar *label = tfc_knn_label (knn, out[i].class_id);
    g_assert_cmpfloat_with_epsilon (out[i].score, golden_member (confidences, label), 1e-6);
    g_assert_true (i == 0 || out[i - 1].score >= out[i].score);
  }
}

static void
add (TfcKnn *knn, const gchar *label, gfloat a, gfloat b, gfloat c, gfloat d)
{
  const gfloat v[] = {a, b, c, d};
  GError *error = NULL;

  g_assert_true (tfc_knn_add (knn, label, v, 4, &error));
  g_assert_no_error (error);
}

typedef struct {
  gfloat query[4];
  guint k;
  const gchar *best;
  gint number;
  const gchar *order; /* all classes, the surest first */
} Rule;

static void
check_rules (TfcKnn *knn, const Rule *rules, guint n)
{
  for (guint i = 0; i < n; i++) {
    GString *order = g_string_new (NULL);
    TfcClass out[8];
    const guint found = tfc_knn_predict (knn, rules[i].query, rules[i].k, out, 8);
    for (guint c = 0; c < found; c++)
      g_string_append_printf (order, "%s%s", c ? " " : "", tfc_knn_label (knn, out[c].class_id));
    g_assert_cmpstr (order->str, ==, rules[i].order);
    g_assert_cmpint (out[0].class_id, ==, rules[i].number);
    g_string_free (order, TRUE);
  }
}

/* Whole numbers come first, by value; ties go to the first in order; numbers are kept. */
static void
test_rules (void)
{
  static const Rule all[] = {
      {{5, 1, 0, 0}, 1, "b", 0, "b 9 10 a"},  {{1, 1, 1, 1}, 2, "9", 3, "9 b 10 a"},
      {{1, 2, 0, 0}, 50, "b", 0, "b 9 10 a"}, {{1, 1, 1, 1}, 1, "b", 0, "b 9 10 a"},
      {{0, 0, 0, 0}, 3, "9", 3, "9 10 b a"},  {{-1, 0, 0, 0}, 5, "b", 0, "b 9 10 a"},
  };
  static const Rule less[] = {{{0, 1, 0, 0.1f}, 3, "9", 3, "9 10 b"}};
  static const Rule again[] = {{{0, 1, 0, 0}, 3, "9", 3, "9 10 a b"}};
  TfcKnn *knn = tfc_knn_new (), *copy;

  add (knn, "b", 1, 0, 0, 0);
  add (knn, "a", 0, 1, 0, 0);
  add (knn, "10", 0, 0, 2, 0);
  add (knn, "9", 0, 0, 0, 3);
  add (knn, "b", 3, 0, 0, 4);
  check_rules (knn, all, G_N_ELEMENTS (all));
  copy = tfc_knn_copy (knn);
  check_rules (copy, all, G_N_ELEMENTS (all));
  g_assert_true (tfc_knn_forget (knn, "a"));
  g_assert_false (tfc_knn_forget (knn, "a"));
  check_rules (knn, less, 1);
  add (knn, "a", 0, 1, 0, 0);
  check_rules (knn, again, 1);
  check_rules (copy, all, G_N_ELEMENTS (all));
  tfc_knn_clear (knn);
  g_assert_cmpuint (tfc_knn_n_examples (knn), ==, 0);
  g_assert_cmpuint (tfc_knn_predict (knn, all[0].query, 3, (TfcClass[1]){{0}}, 1), ==, 0);
  tfc_knn_free (copy);
  tfc_knn_free (knn);
}

/* What is refused is said, and changes nothing. */
static void
test_refused (void)
{
  const gfloat v[] = {1, 2, 3};
  g_autofree gchar *longest = g_strnfill (TFC_KNN_MAX_LABEL, 'x');
  const gchar *const labels[] = {"", longest, "\xff"};
  TfcKnn *knn = tfc_knn_new ();
  GError *error = NULL;

  add (knn, "a", 1, 0, 0, 0);
  g_assert_false (tfc_knn_add (knn, "a", v, 3, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_assert_false (tfc_knn_add (knn, labels[i], v, 3, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
    g_clear_error (&error);
  }
  g_assert_cmpuint (tfc_knn_n_examples (knn), ==, 1);
  tfc_knn_free (knn);
}

/* ---- the reference's session ---- */

/* The row of a picture's embedding. */
static const gfloat *
row (const cJSON *names, const gfloat *values, const gchar *picture)
{
  for (gint i = 0; i < cJSON_GetArraySize (names); i++)
    if (!strcmp (cJSON_GetStringValue (cJSON_GetArrayItem (names, i)), picture))
      return values + (gsize)i * SIZE;
  g_assert_not_reached ();
}

static void
check_queries (TfcKnn *knn, const cJSON *root, const gfloat *values)
{
  const cJSON *names = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "embeddings"), "names");

  for (cJSON *q = cJSON_GetObjectItem (root, "queries")->child; q; q = q->next)
    for (cJSON *p = cJSON_GetObjectItem (q, "predictions")->child; p; p = p->next)
      check_answer (knn, row (names, values, golden_text (q, "picture")), (guint)atoi (p->string),
                    p);
}

static void
check_loaded (const gchar *file, const cJSON *root, const gfloat *values)
{
  const cJSON *names = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "embeddings"), "names");
  g_autofree gchar *path = golden_path (file);
  GError *error = NULL;
  TfcKnn *knn = tfc_knn_load (path, SIZE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tfc_knn_n_examples (knn), ==, 12);
  for (cJSON *a = cJSON_GetObjectItem (root, "after_load")->child; a; a = a->next)
    check_answer (knn, row (names, values, golden_text (a, "picture")),
                  (guint)golden_member (a, "k"), cJSON_GetObjectItem (a, "result"));
  check_queries (knn, root, values);
  tfc_knn_free (knn);
}

/* Saved and loaded again. */
static void
check_saved (const TfcKnn *knn, const cJSON *root, const gfloat *values)
{
  g_autofree gchar *path = NULL;
  GError *error = NULL;

  g_close (g_file_open_tmp ("knn-XXXXXX.json", &path, NULL), NULL);
  g_assert_true (tfc_knn_save (knn, path, &error));
  g_assert_no_error (error);
  TfcKnn *loaded = tfc_knn_load (path, SIZE, &error);
  g_assert_no_error (error);
  check_queries (loaded, root, values);
  tfc_knn_free (loaded);
  g_remove (path);
}

static void
test_session (void)
{
  cJSON *root = golden_json (KNN "knn.json");
  g_autofree gfloat *values = root ? golden_read (KNN "embeddings.f32", 19 * SIZE * 4) : NULL;
  TfcKnn *knn = tfc_knn_new ();
  GError *error = NULL;

  if (values) {
    const cJSON *names = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "embeddings"), "names");
    for (cJSON *s = cJSON_GetObjectItem (root, "steps")->child; s; s = s->next)
      if (golden_text (s, "add"))
        g_assert_true (tfc_knn_add (knn, golden_text (s, "label"),
                                    row (names, values, golden_text (s, "add")), SIZE, &error));
    g_assert_no_error (error);
    check_queries (knn, root, values);
    check_loaded (KNN "saved_flat.json", root, values);
    check_loaded (KNN "saved_ml5.json", root, values);
    check_saved (knn, root, values);
  }
  tfc_knn_free (knn);
  cJSON_Delete (root);
}

/* ---- files ---- */

typedef struct {
  const gchar *text;
  const gchar *says; /* NULL: it is read */
  guint examples;
} File;

static const File files[] = {
    {"{\"a\": [1, 0], \"b\": [0,1,1,0]}", NULL, 3},
    {"{}", NULL, 0},
    {"{\"a\":{\"0\":1,\"1\":0}}", NULL, 1},
    {"{\"\\u00e4\\ud83d\\ude00\":[null,1]}", NULL, 1},
    {"{\"dataset\":{\"0\":{\"shape\":[1,2],\"label\":7}},\"tensors\":[{\"0\":1,\"1\":0}]}", NULL,
     1},
    {"{\"dataset\":{\"x\":{\"shape\":[1,2],\"id\":{\"y\":[1,{}]}}},\"tensors\":[[1,0]]}", NULL, 1},
    {"{\"dataset\":[1,0]}", NULL, 1},
    {"", "an object was expected", 0},
    {"[1]", "an object was expected", 0},
    {"{\"a\":[1,0]", "a comma was expected", 0},
    {"{\"a\":[1,0]} x", "the end was expected", 0},
    {"{\"a\":[1,0,]}", "a number was expected", 0},
    {"{\"a\":[1,inf]}", "a number was expected", 0},
    {"{\"a\":[1,0x10]}", "a number was expected", 0},
    {"{\"a\":[1,0],\"a\":[1,0]}", "'a' stands twice", 0},
    {"{\"a\":[1,0,1]}", "'a' has 3 numbers", 0},
    {"{\"\":[1,0]}", "a label has", 0},
    {"{\"a\\q\":[1,0]}", "a known escape", 0},
    {"{\"\\u0000\":[1,0]}", "a known escape", 0},
    {"{\"a\":{\"1\":1,\"0\":0}}", "not in order", 0},
    {"{\"dataset\":{},\"tensors\":[[1,0]]}", "more tensors than", 0},
    {"{\"dataset\":{\"0\":{\"shape\":[1,3]}},\"tensors\":[[1,0,0]]}", "another network", 0},
    {"{\"dataset\":{\"0\":{\"label\":\"a\"}},\"tensor\":[]}", "\"tensors\" was expected", 0},
};

static void
test_files (void)
{
  g_autofree gchar *path = NULL;

  g_close (g_file_open_tmp ("knn-XXXXXX.json", &path, NULL), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    GError *error = NULL;
    g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    TfcKnn *knn = tfc_knn_load (path, 2, &error);
    if (files[i].says) {
      g_assert_null (knn);
      g_assert_true (error && error->domain == TFC_ERROR);
      if (!strstr (error->message, files[i].says) || !strstr (error->message, path))
        g_error ("'%s': '%s' instead of '%s'", files[i].text, error->message, files[i].says);
      g_error_free (error);
    } else {
      g_assert_no_error (error);
      g_assert_cmpuint (tfc_knn_n_examples (knn), ==, files[i].examples);
    }
    tfc_knn_free (knn);
  }
  g_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knn/rules", test_rules);
  g_test_add_func ("/knn/refused", test_refused);
  g_test_add_func ("/knn/session", test_session);
  g_test_add_func ("/knn/files", test_files);
  return g_test_run ();
}
