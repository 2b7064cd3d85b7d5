/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* MobileNets and AutoML's classifiers on photos, against what the published packages answer. */
#include <math.h>

#include "tests/models/classification/classify-golden.h"

#define MOST TFC_MAX_CLASSES

static guint
run (TfcClassifier *c, const GoldenPicture *p, guint top_k, TfcClass *out)
{
  TfcClassifierOptions options = TFC_CLASSIFIER_DEFAULTS;
  GError *error = NULL;

  options.top_k = top_k;
  g_assert_true (tfc_classifier_run (c, &p->frame, NULL, NULL, &error));
  g_assert_no_error (error);
  return tfc_classifier_classes (c, &options, NULL, out);
}

/* Within 0.001 of the saved embedding; that of the pools of 8 bits within `near`. */
static void
check_embedding (const TfcClassifier *c, const gchar *name)
{
  g_autofree gchar *file = g_strdup_printf (CLASSIFY "tfjs/outputs/%s.embedding.f32", name);
  guint size;
  const gfloat *found = tfc_classifier_embedding (c, &size);
  g_autofree gfloat *want = golden_read (file, 256 * sizeof *want);

  g_assert_cmpuint (size, ==, 256);
  for (guint i = 0; i < size; i++)
    g_assert_cmpfloat_with_epsilon (found[i], want[i], 1e-3);
}

/* The mobilenet package: the three best, in order, and the embedding. */
static void
test_package (void)
{
  cJSON *root = golden_json (CLASSIFY "tfjs/results.json");
  TfcClassifier *c = root ? golden_classifier (HUB, IMAGENET) : NULL;
  TfcClass out[MOST];
  guint pictures = 0;

  for (cJSON *p = c ? cJSON_GetObjectItem (root, "pictures")->child : NULL; p; p = p->next) {
    GoldenPicture picture;
    const cJSON *index = cJSON_GetObjectItem (p, "top5_index");
    const cJSON *probability = cJSON_GetObjectItem (p, "top5_probability");
    if (!golden_picture (p->string, &picture))
      continue;
    g_assert_cmpuint (run (c, &picture, 5, out), ==, 5);
    for (gint i = 0; i < 5; i++) {
      g_assert_cmpfloat_with_epsilon (out[i].score, golden_number (probability, i), 1e-4);
      if (i < 3 && !cJSON_IsTrue (cJSON_GetObjectItem (p, "fragile")))
        g_assert_cmpint (out[i].class_id, ==, (gint)golden_number (index, i));
    }
    g_assert_cmpint (out[0].class_id, ==, (gint)golden_number (index, 0));
    const gchar *label =
        golden_text (cJSON_GetArrayItem (cJSON_GetObjectItem (p, "classify"), 0), "className");
    g_assert_cmpstr (tfc_labels_name (tfc_classifier_labels (c), out[0].class_id), ==, label);
    check_embedding (c, p->string);
    g_free (picture.pixels);
    pictures++;
  }
  if (c)
    g_assert_cmpuint (pictures, >=, 20);
  tfc_classifier_close (c);
  cJSON_Delete (root);
}

/* tfjs-automl's centre crop. It gives all classes in their order, we the best first. */
static void
test_dogs (void)
{
  cJSON *root = golden_json (CLASSIFY "tfjs/results.json");
  TfcClassifier *c =
      root ? golden_classifier ("models/automl/image_dogbreeds/model.json", NULL) : NULL;
  TfcClass out[MOST];

  for (cJSON *p = c ? cJSON_GetObjectItem (root, "pictures")->child : NULL; p; p = p->next) {
    GoldenPicture picture;
    const cJSON *dogs = cJSON_GetObjectItem (p, "dogs");
    /* Where the backends differ, the one that reads past the crop's last column is right. */
    const cJSON *want = cJSON_GetObjectItem (dogs, "centerCrop_wasm");
    if (!golden_picture (p->string, &picture))
      continue;
    if (!want)
      want = cJSON_GetObjectItem (dogs, "centerCrop");
    g_assert_cmpuint (run (c, &picture, 5, out), ==, 5);
    for (guint i = 0; i < 5; i++) {
      const cJSON *dog = cJSON_GetArrayItem (want, out[i].class_id);
      g_assert_cmpfloat_with_epsilon (out[i].score, golden_member (dog, "prob"), 1e-4);
      g_assert_cmpstr (tfc_labels_name (tfc_classifier_labels (c), out[i].class_id), ==,
                       golden_text (dog, "label"));
      g_assert_true (i == 0 || out[i - 1].score >= out[i].score);
    }
    g_free (picture.pixels);
  }
  tfc_classifier_close (c);
  cJSON_Delete (root);
}

/* ---- 8 bits ---- */

typedef struct {
  const gchar *name, *file, *labels;
  guint columns, steps; /* how far the two executors lie apart at most */
} Quantised;

#define LITE "models/classify/"
static const Quantised quantised[] = {
    {"v2_100_224", LITE "mobilenet_v2_1.0_224_quant.tflite", IMAGENET, 1001, 24},
    {"v2_100_224_int8pc", LITE "tf2_mobilenet_v2_1.0_224_ptq.tflite", IMAGENET, 1001, 20},
    {"v1_025_128", LITE "mobilenet_v1_0.25_128_quant.tflite", IMAGENET, 1001, 16},
    {"automl_flowers", "models/automl/image_flowers/model.tflite", NULL, 5, 37},
};

/* How far score is from one executor's output, in steps. */
static gint
off (const guint8 *values, const TfcClass *c)
{
  return ABS ((gint)roundf (c->score * 256) - values[c->class_id]);
}

static guint8 *
read_output (const gchar *picture, const gchar *model, const gchar *executor, guint columns)
{
  g_autofree gchar *file =
      g_strdup_printf (CLASSIFY "tflite/outputs/%s.%s.%s.u8", picture, model, executor);

  return golden_read (file, columns);
}

static void
check_quantised (const Quantised *q, TfcClassifier *c, const gchar *name, const cJSON *want)
{
  g_autofree guint8 *a = read_output (name, q->name, "builtin", q->columns);
  g_autofree guint8 *b = read_output (name, q->name, "xnnpack", q->columns);
  GoldenPicture picture;
  TfcClass out[MOST];
  guint n;

  if (!golden_picture (name, &picture))
    return;
  n = run (c, &picture, MOST, out);
  g_assert_cmpuint (n, ==, MIN (q->columns, MOST));
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (MIN (off (a, &out[i]), off (b, &out[i])), <=, (gint)q->steps);
  const gint first[2] = {
      (gint)golden_member (
          cJSON_GetArrayItem (cJSON_GetObjectItem (cJSON_GetObjectItem (want, "builtin"), "top5"),
                              0),
          "index"),
      (gint)golden_member (
          cJSON_GetArrayItem (cJSON_GetObjectItem (cJSON_GetObjectItem (want, "xnnpack"), "top5"),
                              0),
          "index")};
  g_assert_true (out[0].class_id == first[0] || out[0].class_id == first[1]);
  g_free (picture.pixels);
}

static void
test_quantised (gconstpointer data)
{
  const Quantised *q = data;
  cJSON *root = golden_json (CLASSIFY "tflite/results.json");
  TfcClassifier *c = root ? golden_classifier (q->file, q->labels) : NULL;

  for (cJSON *p = c ? cJSON_GetObjectItem (root, "pictures")->child : NULL; p; p = p->next)
    check_quantised (q, c, p->string, cJSON_GetObjectItem (p, q->name));
  tfc_classifier_close (c);
  cJSON_Delete (root);
}

/* A feature extractor has no classes, and its embedding is its output. */
static void
test_extractor (void)
{
  TfcClassifier *c =
      golden_classifier (LITE "mobilenet_v1_1.0_224_quant_embedding_extractor.tflite", NULL);
  GoldenPicture picture;
  TfcClass out[MOST];
  guint size;

  if (!c || !golden_picture ("coral_cat", &picture))
    return;
  g_autofree guint8 *a = read_output ("coral_cat", "v1_100_224_embedding", "builtin", 1024);
  g_autofree guint8 *b = read_output ("coral_cat", "v1_100_224_embedding", "xnnpack", 1024);
  g_assert_null (tfc_classifier_labels (c));
  g_assert_cmpuint (run (c, &picture, 3, out), ==, 0);
  const gfloat *embedding = tfc_classifier_embedding (c, &size);
  g_assert_cmpuint (size, ==, 1024);
  for (guint i = 0; i < size; i++) {
    const gint value = (gint)roundf (embedding[i] / 0.0235285f);
    g_assert_cmpint (MIN (ABS (value - a[i]), ABS (value - b[i])), <=, 11);
  }
  g_free (picture.pixels);
  tfc_classifier_close (c);
}

/* An object's crop is as the frame that holds nothing else: the same pixels, the same answer. */
static void
test_region (void)
{
  TfcClassifier *c = golden_classifier (HUB, IMAGENET);
  const TfcClassifierOptions options = TFC_CLASSIFIER_DEFAULTS;
  GoldenPicture picture;
  TfcClass whole[MOST], part[MOST];

  if (!c || !golden_picture ("cat224", &picture))
    return;
  const guint w = 3 * 224, h = 2 * 224;
  g_autofree guint8 *big = g_malloc0 (w * h * 3);
  for (guint y = 0; y < 224; y++)
    memcpy (big + ((112 + y) * w + 224) * 3, picture.pixels + y * 224 * 3, 224 * 3);
  const TfcFrame frame = tfc_frame_rgb (big, w, h);
  const TfcBox box = {1 / 3.f, 0.25f, 1 / 3.f, 0.5f};
  run (c, &picture, 3, whole);
  g_assert_true (tfc_classifier_run (c, &frame, &box, NULL, NULL));
  g_assert_cmpuint (tfc_classifier_classes (c, &options, NULL, part), ==, 3);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpint (part[i].class_id, ==, whole[i].class_id);
    g_assert_cmpfloat_with_epsilon (part[i].score, whole[i].score, 1e-4);
  }
  g_free (picture.pixels);
  tfc_classifier_close (c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classifier/mobilenet-package", test_package);
  g_test_add_func ("/classifier/automl-dogs", test_dogs);
  for (guint i = 0; i < G_N_ELEMENTS (quantised); i++) {
    g_autofree gchar *path = g_strconcat ("/classifier/", quantised[i].name, NULL);
    g_test_add_data_func (path, &quantised[i], test_quantised);
  }
  g_test_add_func ("/classifier/extractor", test_extractor);
  g_test_add_func ("/classifier/region", test_region);
  return g_test_run ();
}
