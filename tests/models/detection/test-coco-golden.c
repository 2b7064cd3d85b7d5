/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* COCO-SSD GraphModels against what TensorFlow.js' coco-ssd answers (its 'cpu' backend, in
 * float32): from the same resized tensor, raw boxes and scores; from photos, the lists of
 * detections.
 *
 * How close the references are to each other, where that is more than a tolerance here:
 * - From one resized tensor TF.js' cpu and wasm differ by at most 5.6e-5 in score and box, and
 * their logits from double precision by 5.3e-4: logits are held to 1e-3, scores and boxes to 1e-4.
 * - From a photo, cpu and wasm differ by up to 7.6e-4 in score and 3.6e-4 in box, for wasm computes
 *   the positions of the resize in float32. Ours are as cpu's, and lists are compared with cpu's.
 *
 * The reference backend is slow, and so is an emulator: without -m slow one photo with one setting
 * there. */
#include "inference/backend.h"
#include "inference/graph/graph.h"
#include "models/detection/box_coder.h"
#include "tests/emulated.h"
#include "tests/models/photo.h"
#include "models/detection/ssd.h"

#include <math.h>

#define N_BOXES 1917
#define TOLERANCE 1e-4
#define LOGITS 1e-3
#define LIST_SCORE 1e-3
#define LIST_BOX 1e-3 /* of the picture's side */

static gchar *synth; /* the folder of the generated ones */

typedef struct {
  const gchar *model, *backend;
} Case;

static const struct {
  const gchar *name;
  gboolean generated, inner;
} networks[] = {
    {"lite_mobilenet_v2", FALSE, TRUE},
    {"lite_mobilenet_v2_uint16", FALSE, FALSE},
    {"lite_mobilenet_v2_fused", TRUE, TRUE},
    {"mobilenet_v1", TRUE, TRUE},
    {"mobilenet_v2", TRUE, TRUE},
};

/* Makes the generated models once; FALSE, and the test skipped, without the generator or node. */
static gboolean
generate (void)
{
  static gboolean tried, made;
  gchar *tool = golden_path ("tools/synth-models"), *node = g_find_program_in_path ("node");
  gchar *argv[] = {tool, synth, NULL};
  gint status = 1;
  if (tool && node && !tried) {
    made = g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                         &status, NULL) &&
           g_spawn_check_wait_status (status, NULL);
    g_assert_true (made);
    tried = TRUE;
  }
  if (tool && !node)
    g_test_skip ("node is not there to generate the models");
  g_free (tool);
  g_free (node);
  return made;
}

/* NULL, and the test skipped, if there is none. */
static gchar *
model_path (const gchar *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    if (strcmp (networks[i].name, name))
      continue;
    if (networks[i].generated)
      return generate () ? g_build_filename (synth, "coco-ssd", name, "model.json", NULL) : NULL;
  }
  gchar *file = g_build_filename ("models-synthetic/coco-ssd", name, "model.json", NULL);
  gchar *path = golden_path (file);
  g_free (file);
  return path;
}

static gfloat *
golden_floats (const gchar *model, const gchar *name, gsize n)
{
  gchar *file = g_build_filename ("golden/coco", model, name, NULL);
  gfloat *data = golden_read (file, n * sizeof (gfloat));
  g_free (file);
  return data;
}

static TfcModel *
open_model (const Case *c)
{
  gchar *path = model_path (c->model);
  TfcModelOptions options = {.backend = c->backend};
  GError *error = NULL;
  TfcModel *m = path ? tfc_model_open (path, &options, &error) : NULL;
  g_assert_no_error (error);
  g_free (path);
  return m;
}

/* What lowering left: convolutions, additions, and what only moves. */
static void
check_shape (const TfcModel *m)
{
  gfloat scale, offset;
  gchar shape[96];
  g_assert_cmpuint (tfc_model_n_inputs (m), ==, 1);
  g_assert_cmpstr (tfc_shape_print (&tfc_model_input (m, 0)->shape, shape), ==, "1x300x300x3");
  g_assert_cmpint (tfc_model_input (m, 0)->type, ==, TFC_TYPE_F32);
  g_assert_true (tfc_model_picture (m, &scale, &offset));
  g_assert_cmpfloat_with_epsilon (scale, 2.0 / 255, 1e-9);
  g_assert_cmpfloat_with_epsilon (offset, -1, 1e-9);
  g_assert_cmpstr (tfc_model_postprocess (m), ==, "BoxCoder");
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "y_scale", 0), ==, 10);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "x_scale", 0), ==, 10);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "h_scale", 0), ==, 5);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "w_scale", 0), ==, 5);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "num_classes", 0), ==, 90);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "logits", 0), ==, 1);
  g_assert_cmpuint (tfc_tensor_count (tfc_model_postprocess_const (m, 0)), ==, 4 * N_BOXES);
  g_assert_cmpuint (tfc_tensor_count (tfc_model_output (m, 0)), ==, 4 * N_BOXES);
  g_assert_cmpuint (tfc_tensor_count (tfc_model_output (m, 1)), ==, 91 * N_BOXES);
}

static gdouble
worst (const gfloat *a, const gfloat *b, gsize n)
{
  gdouble most = 0;
  for (gsize i = 0; i < n; i++) {
    gdouble d = fabs ((gdouble)a[i] - b[i]);
    most = d > most || d != d ? d : most;
  }
  return most;
}

static void
decode_all (const TfcModel *m, gfloat *boxes, gfloat *scores)
{
  const gfloat *t = tfc_model_output (m, 0)->data, *logits = tfc_model_output (m, 1)->data;
  const TfcAnchor *anchors = tfc_model_postprocess_const (m, 0)->data;
  const TfcBoxScales scales = {10, 10, 5, 5};
  for (guint i = 0; i < N_BOXES; i++) {
    TfcBox b = tfc_box_decode (t + 4 * i, &anchors[i], &scales);
    gfloat corners[] = {b.y, b.x, b.y + b.h, b.x + b.w};
    memcpy (boxes + 4 * i, corners, sizeof corners);
    for (guint k = 0; k < 90; k++)
      scores[90 * i + k] = (gfloat)(1 / (1 + exp (-(gdouble)logits[91 * i + k + 1])));
  }
}

static void
compare (const gchar *what, const gfloat *ours, const gfloat *golden, gsize n, gdouble tolerance)
{
  gdouble most = worst (ours, golden, n);
  g_test_message ("%s: worst difference %.3g, allowed %.3g", what, most, tolerance);
  g_assert_cmpfloat (most, <=, tolerance);
}

/* From the resized and normalised tensor that TF.js had. */
static void
test_tensors (gconstpointer data)
{
  const Case *c = data;
  gfloat *input = golden_floats (c->model, "inner.coral_cat.0.f32", 300 * 300 * 3);
  TfcModel *m = input ? open_model (c) : NULL;
  if (m) {
    gfloat *t = golden_floats (c->model, "inner.coral_cat.7.f32", 4 * N_BOXES);
    gfloat *logits = golden_floats (c->model, "inner.coral_cat.8.f32", 91 * N_BOXES);
    gfloat *want_boxes = golden_floats (c->model, "coral_cat.boxes.f32", 4 * N_BOXES);
    gfloat *want_scores = golden_floats (c->model, "coral_cat.scores.f32", 90 * N_BOXES);
    gfloat *boxes = g_new (gfloat, 4 * N_BOXES), *scores = g_new (gfloat, 90 * N_BOXES);
    check_shape (m);
    memcpy (tfc_model_input (m, 0)->data, input, 300 * 300 * 3 * sizeof (gfloat));
    g_assert_true (tfc_model_run (m, NULL));
    decode_all (m, boxes, scores);
    compare ("encodings", tfc_model_output (m, 0)->data, t, 4 * N_BOXES, LOGITS);
    compare ("logits", tfc_model_output (m, 1)->data, logits, 91 * N_BOXES, LOGITS);
    compare ("boxes", boxes, want_boxes, 4 * N_BOXES, TOLERANCE);
    compare ("scores", scores, want_scores, 90 * N_BOXES, TOLERANCE);
    g_free (t), g_free (logits), g_free (want_boxes), g_free (want_scores);
    g_free (boxes), g_free (scores);
  }
  tfc_model_close (m);
  g_free (input);
}

static void
check_detection (const TfcDetection *d, const cJSON *want, const TfcLabels *labels, guint w,
                 guint h)
{
  const cJSON *bbox = cJSON_GetObjectItem (want, "bbox");
  const gchar *name = tfc_labels_name (labels, d->class_id);
  if (cJSON_HasObjectItem (want, "class"))
    g_assert_cmpstr (name, ==, golden_text (want, "class"));
  else
    g_assert_true (g_str_has_prefix (name, "class "));
  g_assert_cmpfloat_with_epsilon (d->score, golden_member (want, "score"), LIST_SCORE);
  g_assert_cmpfloat_with_epsilon (d->box.x, golden_number (bbox, 0) / w, LIST_BOX);
  g_assert_cmpfloat_with_epsilon (d->box.y, golden_number (bbox, 1) / h, LIST_BOX);
  g_assert_cmpfloat_with_epsilon (d->box.w, golden_number (bbox, 2) / w, LIST_BOX);
  g_assert_cmpfloat_with_epsilon (d->box.h, golden_number (bbox, 3) / h, LIST_BOX);
}

static const struct {
  const gchar *name;
  TfcSsdOptions options; /* the reference has one threshold for score and overlap */
} settings[] = {
    {"default_max20_min0_5", {0.5f, 0.5f, 20, NULL}},
    {"max20_min0_1", {0.1f, 0.1f, 20, NULL}},
    {"max100_min0_3", {0.3f, 0.3f, 100, NULL}},
};

/* The last setting asks for the most. */
static void
check_photo (TfcSsd *ssd, const gchar *name, const cJSON *lists, gboolean all)
{
  static TfcDetection got[100];
  guint8 *pixels;
  guint w, h;
  if (!photo_load (name, &pixels, &w, &h))
    return;
  TfcFrame frame = tfc_frame_rgb (pixels, w, h);
  for (guint s = all ? 0 : G_N_ELEMENTS (settings) - 1; s < G_N_ELEMENTS (settings); s++) {
    const cJSON *want = cJSON_GetObjectItem (lists, settings[s].name);
    gint n = tfc_ssd_run (ssd, &frame, &settings[s].options, got, G_N_ELEMENTS (got), NULL, NULL);
    g_test_message ("%s, %s: %d detections", name, settings[s].name, n);
    g_assert_cmpint (n, ==, cJSON_GetArraySize (want));
    for (gint i = 0; i < n; i++)
      check_detection (&got[i], cJSON_GetArrayItem (want, i), tfc_ssd_labels (ssd), w, h);
  }
  g_free (pixels);
}

static void
test_photos (gconstpointer data)
{
  const Case *c = data;
  gboolean all = g_test_slow () || (strcmp (c->backend, "reference") && !few_will_do ());
  gchar *file = g_build_filename ("golden/coco", c->model, "golden.json", NULL);
  cJSON *golden = golden_json (file);
  TfcModel *m = golden ? open_model (c) : NULL;
  if (m) {
    GError *error = NULL;
    TfcSsd *ssd = tfc_ssd_new (m, NULL, &error);
    const cJSON *images = cJSON_GetObjectItem (golden, "images"), *image;
    g_assert_no_error (error);
    g_assert_cmpint (cJSON_GetArraySize (images), >, 0);
    cJSON_ArrayForEach (image, images) {
      if (all || image == images->child)
        check_photo (ssd, image->string, cJSON_GetObjectItem (image, "cpu"), all);
    }
    tfc_ssd_close (ssd);
  }
  cJSON_Delete (golden);
  g_free (file);
}

static void
add (const gchar *name, const gchar *what, const gchar *backend, GTestDataFunc test)
{
  Case *c = g_new (Case, 1);
  gchar *path = g_strdup_printf ("/coco-golden/%s/%s/%s", name, what, backend);
  *c = (Case){name, backend};
  g_test_add_data_func_full (path, c, test, g_free);
  g_free (path);
}

gint
main (gint argc, gchar **argv)
{
  g_test_init (&argc, &argv, NULL);
  synth = argc > 1 ? g_strdup (argv[1]) : g_build_filename (g_get_tmp_dir (), "tfc-synth", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++) {
    const TfcBackend *b;
    for (guint k = 0; (b = tfc_backend_nth (k)); k++) {
      if (networks[i].inner)
        add (networks[i].name, "tensors", b->name, test_tensors);
      add (networks[i].name, "photos", b->name, test_photos);
    }
  }
  gint result = g_test_run ();
  g_free (synth);
  return result;
}
