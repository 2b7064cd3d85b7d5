/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Networks of the mirror on every backend against results of the reference implementations. */
#include "inference/backend.h"
#include "inference/backends/xnnpack/rounding.h"
#include "inference/graph/graph.h"
#include "inference/builder/load.h"
#include "inference/model.h"
#include "tests/cpu-set.h"

#include <cJSON.h>
#include <math.h>
#include <string.h>

/* Absolute, and of the largest value of an output: detector logits reach 487, where float32 has
 * steps of 3e-5 and the published backends differ among themselves by 4.3e-4. */
#define TOLERANCE 1e-4f
#define RELATIVE 1e-6f
#define RELATIVE_SAME 4e-6f /* deeper networks, noise as the picture, two orders of summing */

static gchar *
shared (const gchar *folder, const gchar *name)
{
  const gchar *root = g_getenv ("TFC_SHARED");
  return g_build_filename (root ? root : "../shared", folder, name, NULL);
}

/* NULL, and the test is skipped, if the mirror has it not. */
static gchar *
contents (const gchar *folder, const gchar *name, gsize size)
{
  gchar *path = shared (folder, name), *bytes = NULL;
  gsize n;
  if (!g_file_get_contents (path, &bytes, &n, NULL))
    g_test_skip_printf ("%s is not there", path);
  else if (size)
    g_assert_cmpuint (n, ==, size);
  g_free (path);
  return bytes;
}

static TfcModel *
open_model (const gchar *name, const gchar *backend)
{
  gchar *path = shared ("models", name);
  TfcModelOptions options = {.backend = backend};
  GError *error = NULL;
  TfcModel *m = tfc_model_open (path, &options, &error);
  if (g_error_matches (error, TFC_ERROR, TFC_ERROR_NOT_FOUND))
    g_test_skip (error->message);
  else
    g_assert_no_error (error);
  g_clear_error (&error);
  g_free (path);
  return m;
}

static void
run_model (TfcModel *m)
{
  GError *error = NULL;
  tfc_model_run (m, &error);
  g_assert_no_error (error);
}

static void
assert_near (const gchar *what, const gchar *backend, const gfloat *got, const gfloat *want,
             gsize n, gfloat relative)
{
  gfloat off = 0, largest = 0;
  for (gsize i = 0; i < n; i++) {
    off = fabsf (got[i] - want[i]) <= off ? off : fabsf (got[i] - want[i]); /* NaN is large */
    largest = MAX (largest, fabsf (want[i]));
  }
  g_test_message ("%s %s: off by %g of %g", what, backend, off, largest);
  g_assert_cmpfloat (largest, >, 0);
  g_assert_cmpfloat (off, <=, TOLERANCE + relative * largest);
}

static const struct {
  const gchar *model, *input, *outputs[2];
} floats[] = {
    {"face/face_detection_short_range.tflite",
     "blazeface.in.f32",
     {"blazeface.tflite.out0.f32", "blazeface.tflite.out1.f32"}},
    {"face/face_landmark.tflite",
     "facemesh.in.f32",
     {"facemesh.tflite.out0.f32", "facemesh.tflite.out1.f32"}},
    {"face/iris_landmark.tflite", "iris.in.f32", {"iris.tflite.out0.f32", "iris.tflite.out1.f32"}},
};

static void
check_float (guint row, const gchar *backend)
{
  TfcModel *m = open_model (floats[row].model, backend);
  if (!m)
    return;
  const TfcTensor *x = tfc_model_input (m, 0);
  gchar *in = contents ("golden/faces/raw", floats[row].input, tfc_tensor_bytes (x));
  if (in) {
    memcpy (x->data, in, tfc_tensor_bytes (x));
    run_model (m);
    g_assert_cmpuint (tfc_model_n_outputs (m), ==, 2);
    for (guint i = 0; i < 2; i++) {
      const TfcTensor *y = tfc_model_output (m, i);
      gchar *want = contents ("golden/faces/raw", floats[row].outputs[i], tfc_tensor_bytes (y));
      g_assert_nonnull (want);
      assert_near (floats[row].outputs[i], backend, y->data, (const gfloat *)want,
                   tfc_tensor_count (y), RELATIVE);
      if (g_str_equal (backend, "reference")) /* it sums in TFLite's order */
        g_assert_cmpmem (y->data, tfc_tensor_bytes (y), want, tfc_tensor_bytes (y));
      g_free (want);
    }
  }
  g_free (in);
  tfc_model_close (m);
}

static void
test_float (gconstpointer backend)
{
  for (guint i = 0; i < G_N_ELEMENTS (floats); i++)
    check_float (i, backend);
}

/* GraphModels that hold the same weights as the .tflite files: TF.js' wasm backend equals TFLite
 * bit for bit on the detector and the mesh, and the reference equals it on all three. */
static const struct {
  const gchar *model, *input, *outputs[3];
} graphs[] = {
    {"tfjs-face/blazeface/model.json", "blazeface.in.f32", {"blazeface.wasm.out0.f32"}},
    {"tfjs-face/facemesh/model.json",
     "facemesh.in.f32",
     {"facemesh.wasm.out0.f32", "facemesh.wasm.out1.f32", "facemesh.wasm.out2.f32"}},
    {"tfjs-face/iris/model.json", "iris.in.f32", {"iris.wasm.out0.f32"}},
};

static void
check_graph (guint row, const gchar *backend)
{
  TfcModel *m = open_model (graphs[row].model, backend);
  if (!m)
    return;
  const TfcTensor *x = tfc_model_input (m, 0);
  gchar *in = contents ("golden/faces/raw", graphs[row].input, tfc_tensor_bytes (x));
  for (guint i = 0; in && i < tfc_model_n_outputs (m); i++) {
    const TfcTensor *y = tfc_model_output (m, i);
    g_assert_cmpuint (i, <, G_N_ELEMENTS (graphs[row].outputs));
    gchar *want = contents ("golden/faces/raw", graphs[row].outputs[i], tfc_tensor_bytes (y));
    g_assert_nonnull (want);
    memcpy (x->data, in, tfc_tensor_bytes (x));
    run_model (m);
    assert_near (graphs[row].outputs[i], backend, y->data, (const gfloat *)want,
                 tfc_tensor_count (y), RELATIVE);
    if (g_str_equal (backend, "reference"))
      g_assert_cmpmem (y->data, tfc_tensor_bytes (y), want, tfc_tensor_bytes (y));
    g_free (want);
  }
  g_free (in);
  tfc_model_close (m);
}

static void
test_graph (gconstpointer backend)
{
  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    check_graph (i, backend);
}

/* The other networks: no results to hold them to, but every backend must give the reference's. */
static void
test_same (gconstpointer name)
{
  TfcModel *model[2] = {open_model (name, "reference"), NULL};
  GRand *rand = g_rand_new_with_seed (1);
  for (guint b = 0; model[0] && tfc_backend_nth (b); b++) {
    if (tfc_backend_nth (b) == &tfc_backend_reference)
      continue;
    model[1] = open_model (name, tfc_backend_nth (b)->name);
    const TfcTensor *x = tfc_model_input (model[0], 0);
    for (gsize i = 0; i < tfc_tensor_count (x); i++)
      ((gfloat *)x->data)[i] = g_rand_double (rand);
    memcpy (tfc_model_input (model[1], 0)->data, x->data, tfc_tensor_bytes (x));
    run_model (model[0]);
    run_model (model[1]);
    if (tfc_backend_find ("xnnpack", NULL))
      g_assert_cmpuint (tfc_model_n_fallback (model[1]), ==, 0);
    for (guint i = 0; i < tfc_model_n_outputs (model[0]); i++) {
      const TfcTensor *y = tfc_model_output (model[0], i);
      assert_near (tfc_model_output_name (model[0], i), tfc_backend_nth (b)->name,
                   tfc_model_output (model[1], i)->data, y->data, tfc_tensor_count (y),
                   RELATIVE_SAME);
    }
    tfc_model_close (model[1]);
  }
  g_rand_free (rand);
  tfc_model_close (model[0]);
}

#define DETECT "coco-ssd/mobilenet_v1_quant/detect.tflite"

static void
check_quantised (TfcModel *m, const gchar *photo)
{
  static const gchar *const kinds[] = {"boxes", "scores"};
  gchar *name = g_strdup_printf ("%s.input.u8", photo);
  gchar *in = contents ("golden/tflite", name, 300 * 300 * 3);
  g_free (name);
  if (!in)
    return;
  memcpy (tfc_model_input (m, 0)->data, in, 300 * 300 * 3);
  run_model (m);
  for (guint i = 0; i < 2; i++) {
    const TfcTensor *y = tfc_model_output (m, i);
    name = g_strdup_printf ("%s.xnnpack.%s.u8", photo, kinds[i]);
    gchar *want = contents ("golden/tflite", name, tfc_tensor_bytes (y));
    g_test_message ("%s", name);
    g_assert_nonnull (want);
    g_assert_cmpmem (y->data, tfc_tensor_bytes (y), want, tfc_tensor_bytes (y));
    g_free (want);
    g_free (name);
  }
  g_free (in);
}

static void
test_quantised (gconstpointer backend)
{
  static const gchar *const photos[] = {"coral_cat",           "coral_bird",
                                        "coral_pets",          "coral_hot_dog",
                                        "coral_kite_and_cold", "coral_grace_hopper"};
  TfcModel *m = open_model (DETECT, backend);
  guint n = g_strcmp0 (backend, "reference") || g_test_slow () ? G_N_ELEMENTS (photos) : 1;
  if (!m)
    return;
  g_test_message ("%s: %u nodes fall back", (const gchar *)backend, tfc_model_n_fallback (m));
  if (tfc_backend_find ("xnnpack", NULL) &&
      (!TFC_XNN_HALF_UP || g_strcmp0 (backend, "xnnpack") != 0))
    g_assert_cmpuint (tfc_model_n_fallback (m), <=,
                      2); /* the two that join outputs of differing scales */
  g_assert_cmpstr (tfc_model_postprocess (m), ==, "TFLite_Detection_PostProcess");
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "max_detections", 0), ==, 10);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "num_classes", 0), ==, 90);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "y_scale", 0), ==, 10);
  g_assert_cmpfloat (tfc_model_postprocess_option (m, "h_scale", 0), ==, 5);
  g_assert_cmpfloat_with_epsilon (tfc_model_postprocess_option (m, "nms_iou_threshold", 0), 0.6,
                                  1e-6);
  g_assert_cmpuint (tfc_tensor_count (tfc_model_postprocess_const (m, 0)), ==, 1917 * 4);
  g_assert_null (tfc_model_postprocess_const (m, 1));
  for (guint i = 0; i < n; i++)
    check_quantised (m, photos[i]);
  tfc_model_close (m);
}

static const cJSON *
layer_named (const cJSON *layers, const gchar *name)
{
  const cJSON *layer;
  cJSON_ArrayForEach (layer, layers) {
    if (!g_strcmp0 (cJSON_GetStringValue (cJSON_GetObjectItem (layer, "name")), name))
      return layer;
  }
  return NULL;
}

/* Node by node on the reference; every value's hash against the one in layers, by its name. */
static guint
check_layers (const TfcGraph *g, const cJSON *layers, const gchar *in)
{
  TfcTensor *t = g_new (TfcTensor, g->values->len);
  GPtrArray *memory = g_ptr_array_new_with_free_func (g_free);
  guint checked = 0;
  for (guint i = 0; i < g->values->len; i++) {
    t[i] = tfc_graph_v (g, i)->tensor;
    if (t[i].data)
      continue;
    t[i].data = g_malloc0 (tfc_tensor_bytes (&t[i]) + TFC_TAIL_BYTES);
    g_ptr_array_add (memory, t[i].data);
  }
  memcpy (t[g_array_index (g->inputs, guint, 0)].data, in, 300 * 300 * 3);
  for (guint i = 0; i < g->nodes->len; i++) {
    const TfcNode *n = tfc_graph_n (g, i);
    const TfcTensor *x[TFC_MAX_NODE_INPUTS];
    TfcTensor *y = &t[n->out[0]];
    for (guint k = 0; k < n->n_in; k++)
      x[k] = n->in[k] == TFC_NONE ? NULL : &t[n->in[k]];
    g_assert_true (tfc_reference_run_node (n, x, &y, NULL));
    const gchar *name = tfc_graph_v (g, n->out[0])->name;
    const cJSON *layer = layer_named (layers, name);
    if (!layer)
      continue;
    const gchar *want = cJSON_GetStringValue (cJSON_GetObjectItem (layer, "xnnpack"));
    gchar *got = g_compute_checksum_for_data (G_CHECKSUM_SHA256, y->data, tfc_tensor_bytes (y));
    g_test_message ("%s", name);
    g_assert_cmpstr (got, ==, want);
    g_free (got);
    checked++;
  }
  g_ptr_array_unref (memory);
  g_free (t);
  return checked;
}

static void
test_layers (void)
{
  gchar *json = contents ("golden/tflite", "golden.json", 0), *path = shared ("models", DETECT);
  gchar *in = contents ("golden/tflite", "coral_cat.input.u8", 300 * 300 * 3);
  TfcGraph *g = tfc_load_tflite (path, NULL);
  if (g && json && in) {
    cJSON *root = cJSON_Parse (json);
    const cJSON *layers = cJSON_GetObjectItem (root, "layer_sha256_coral_cat");
    g_assert_cmpuint (check_layers (g, layers, in), ==, cJSON_GetArraySize (layers));
    cJSON_Delete (root);
  }
  tfc_graph_free (g);
  g_free (in);
  g_free (path);
  g_free (json);
}

static void
add_test (const gchar *name, const gchar *what, GTestDataFunc func)
{
  gchar *path = g_strdup_printf ("/golden/%s/%s", name, what);
  g_test_add_data_func (path, what, func);
  g_free (path);
}

static void
add_backend (const TfcBackend *backend)
{
  add_test ("float", backend->name, test_float);
  add_test ("graphmodel", backend->name, test_graph);
  add_test ("quantised", backend->name, test_quantised);
}

int
main (int argc, char **argv)
{
  if (cpu_set_lacks ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  for (guint b = 0; tfc_backend_nth (b); b++) {
    if (!g_getenv ("TFC_CPU") || tfc_backend_nth (b) == &tfc_backend_auto)
      add_backend (tfc_backend_nth (b));
  }
  add_test ("same", "face/face_detection_back.tflite", test_same);
  add_test ("same", "face/face_detection_full_range.tflite", test_same);
  add_test ("same", "face/face_detection_full_range_sparse.tflite", test_same);
  g_test_add_func ("/golden/layers", test_layers);
  return g_test_run ();
}
