/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Networks of the mirror alone, on saved inputs, against what the published packages' engines
 * computed of them: every backend, one and two threads, every set of CPU features that is here. An
 * emulator is slow: one picture a network and one thread there. */
#include <cairo.h>
#include <math.h>

#include "inference/backend.h"
#include "inference/backends/cpu/common/kernel_table.h"
#include "inference/model.h"
#include "tests/emulated.h"
#include "tests/models/golden.h"

#ifdef TFC_SANITIZED
#define SANITIZED TRUE
#else
#define SANITIZED FALSE
#endif
#define MAX_WANTS 6
#define MAX_THREADS (emulated () ? 1u : 2u)

/* Columns of a golden matrix, and those of an output that they are compared with. g_columns 0: all
 * of the file with the output from element y_first on. */
typedef struct {
  const gchar *file; /* behind the row's prefix */
  guint output;
  gfloat near; /* absolute; of 8 bits the steps that XNNPACK may be off, which rounds otherwise on
                  ARM */
  guint y_first;
  guint g_columns, g_first, n;
  gfloat above; /* only rows whose first golden column is greater; 0: all */
} Want;

/* bytes of the input become v * mul / div + add where the network takes floats; floats are taken as
 * they are. */
typedef struct {
  const gchar *name, *model, *input, *prefix;
  gfloat mul, div, add;
  Want wants[MAX_WANTS];
} Row;

#define POSE "golden/pose/tensors/"
#define HAND "golden/hand/tensors/"
#define SELFIE "golden/segment/selfie/raw/"
#define TFJS "golden/classify/tfjs/"
#define LITE "golden/classify/tflite/"

// clang-format off
#define MOVENET(kind, picture)                                                               \
  {"movenet-" #kind "/" picture, "pose/movenet_" #kind "/model.json",                        \
   POSE picture ".movenet_" #kind ".input.png", POSE picture ".movenet_" #kind ".", 1, 1, 0, \
   {{"output.f32", 0, 2e-5f}}}
#define DETECTOR(picture)                                                                  \
  {"blazepose-detector/" picture, "pose/blazepose_detector_graphmodel/model.json",         \
   POSE picture ".blazepose_detector.input.png", POSE picture ".blazepose_detector.", 2, 255, -1, \
   {{"output.f32", 0, 2e-4f, 0, 13, 0, 1, -4}, {"output.f32", 0, 5e-3f, 1, 13, 1, 12, -4}}}
#define BLAZEPOSE(name, model, kind, picture, ld, flag, world, near)                         \
  {name "/" picture, model, POSE picture ".blazepose_landmark.input.png",                    \
   POSE picture ".blazepose_" kind ".", 1, 255, 0,                                           \
   {{"ld_3d.f32", ld, near}, {"poseflag.f32", flag, 1e-5f}, {"world_3d.f32", world, 5e-4f}}}
#define BLAZEPOSE_GRAPHMODEL(picture)                                                                \
  BLAZEPOSE ("blazepose-lite-graphmodel", "pose/blazepose_landmark_lite_graphmodel/blazepose-lite.json", "lite", \
             picture, 4, 3, 0, 0.02f)
#define BLAZEPOSE_LITE(picture) \
  BLAZEPOSE ("blazepose-lite", "pose/blazepose/pose_landmark_lite.tflite", "lite", picture, 0, 1, 4, 0.02f)
#define BLAZEPOSE_FULL(picture) \
  BLAZEPOSE ("blazepose-full", "pose/blazepose/pose_landmark_full.tflite", "full", picture, 0, 1, 4, 0.1f)
#define PALM(kind, picture)                                                              \
  {"palm-" kind "/" picture, "hand/palm_detection_" kind ".tflite", HAND picture ".palm_in.f32", \
   HAND picture "." kind ".", 1, 1, 0,                                                    \
   {{"palm_out.f32", 1, 5e-4f, 0, 19, 0, 1, -4}, {"palm_out.f32", 0, 5e-3f, 0, 19, 1, 18, -4}}}
#define HANDS(kind, picture)                                                            \
  {"hand-" kind "/" picture, "hand/hand_landmark_" kind ".tflite", HAND picture "." kind ".hand_in.f32", \
   HAND picture "." kind ".hand_", 1, 1, 0,                                              \
   {{"landmarks.f32", 0, 5e-3f}, {"presence.f32", 1, 5e-4f}, {"handedness.f32", 2, 5e-4f}, {"world.f32", 3, 1e-4f}}}
#define MOBILENET(picture, input, file, skip, near)                                  \
  {"mobilenet/" picture "/" file, "classify/mobilenet_v1_025_224/model.json", TFJS "raw/" picture input, \
   TFJS "outputs/" picture ".", 1, 1, 0, {{file, 0, near, skip}}}
#define QUANTISED(name, model, side, picture)                                   \
  {name "/" picture, model, LITE "raw/" picture "." side ".input.u8", LITE "outputs/" picture "." name, 1, 1, 0, \
   {{".xnnpack.u8", 0, 3}}}

static const Row rows[] = {
  MOVENET (lightning, "yoga_beach"), MOVENET (lightning, "tree_pose_rot90"), MOVENET (lightning, "cheerleaders"),
  MOVENET (thunder, "yoga_beach"), MOVENET (thunder, "tree_pose_rot90"), MOVENET (thunder, "cheerleaders"),
  DETECTOR ("yoga_beach"), DETECTOR ("tree_pose_rot90"), DETECTOR ("cheerleaders"),
  BLAZEPOSE_GRAPHMODEL ("yoga_beach"), BLAZEPOSE_GRAPHMODEL ("tree_pose_rot90"), BLAZEPOSE_GRAPHMODEL ("cheerleaders"),
  BLAZEPOSE_LITE ("yoga_beach"), BLAZEPOSE_LITE ("cheerleaders"),
  BLAZEPOSE_FULL ("yoga_beach"), BLAZEPOSE_FULL ("cheerleaders"),
  PALM ("full", "victory"), PALM ("full", "two_hands"), PALM ("lite", "victory"), PALM ("lite", "hand_at_border"),
  {"palm-lite-graphmodel/victory", "hand/detector_lite_graphmodel/model.json", HAND "victory.palm_in.f32", HAND "victory.lite.", 1, 1, 0,
   {{"palm_out.f32", 0, 5e-4f, 0, 19, 0, 1, -4}, {"palm_out.f32", 0, 5e-3f, 1, 19, 1, 18, -4}}},
  HANDS ("full", "victory"), HANDS ("full", "two_hands"), HANDS ("lite", "hand_at_border"),
  {"selfie/fdlite_portrait", "selfie/selfie_segmentation.tflite", SELFIE "fdlite_portrait.general.input.f32", SELFIE "fdlite_portrait.", 1, 1, 0,
   {{"general.mask.f32", 0, 1e-3f}}},
  {"selfie/squat", "selfie/selfie_segmentation.tflite", SELFIE "squat.general.nearest.input.u8", SELFIE "squat.", 1, 255, 0,
   {{"general.nearest.mask.f32", 0, 1e-3f}}},
  {"selfie-graphmodel/fdlite_portrait", "selfie/graphmodel/selfie.json", SELFIE "fdlite_portrait.general.input.f32", SELFIE "fdlite_portrait.", 1, 1, 0,
   {{"tfjs.mask.f32", 0, 1e-3f}}},
  {"selfie-landscape/tfjs_portrait", "selfie/selfie_segmentation_landscape.tflite", SELFIE "tfjs_portrait.landscape.nearest.input.u8", SELFIE "tfjs_portrait.", 1, 255, 0,
   {{"landscape.nearest.mask.f32", 0, 1e-3f}}},
  MOBILENET ("coral_cat", ".input_package.f32", "logits.f32", 1, 1e-4f), MOBILENET ("cat224", ".input_package.f32", "logits.f32", 1, 1e-4f),
  MOBILENET ("small_dog", ".input_package.f32", "logits.f32", 1, 1e-4f), MOBILENET ("coral_cat", ".input_readme.f32", "readme.f32", 0, 1e-3f),
  QUANTISED ("v2_100_224", "classify/mobilenet_v2_1.0_224_quant.tflite", "224", "coral_cat"),
  QUANTISED ("v2_100_224", "classify/mobilenet_v2_1.0_224_quant.tflite", "224", "parrot"),
  QUANTISED ("v2_100_224_int8pc", "classify/tf2_mobilenet_v2_1.0_224_ptq.tflite", "224", "coral_cat"),
  QUANTISED ("v2_100_224_int8pc", "classify/tf2_mobilenet_v2_1.0_224_ptq.tflite", "224", "cat224"),
  QUANTISED ("v1_025_128", "classify/mobilenet_v1_0.25_128_quant.tflite", "128", "coral_cat"),
  QUANTISED ("v1_025_128", "classify/mobilenet_v1_0.25_128_quant.tflite", "128", "parrot"),
  QUANTISED ("v1_100_224_embedding", "classify/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite", "224", "coral_cat"),
  QUANTISED ("automl_flowers", "automl/image_flowers/model.tflite", "224", "coral_cat"),
  QUANTISED ("automl_flowers", "automl/image_flowers/model.tflite", "224", "parrot"),
};
// clang-format on

/* ---- inputs ---- */

/* The pixels' bytes, red first. */
static guint8 *
read_png (const gchar *name, gsize size)
{
  g_autofree gchar *path = golden_path (name);
  if (!path)
    return NULL;
  cairo_surface_t *png = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (png), ==, CAIRO_STATUS_SUCCESS);
  const gint width = cairo_image_surface_get_width (png);
  const gint stride = cairo_image_surface_get_stride (png);
  g_assert_cmpuint ((gsize)width * cairo_image_surface_get_height (png) * 3, ==, size);
  guint8 *bytes = g_malloc (size);
  for (gsize i = 0; i < size; i++) {
    const gsize at = i / 3 / width * stride + i / 3 % width * 4;
    const guint8 *pixel = cairo_image_surface_get_data (png) + at;
    bytes[i] = (guint8)(*(const guint32 *)(gconstpointer)pixel >> (16 - 8 * (i % 3)));
  }
  cairo_surface_destroy (png);
  return bytes;
}

static gboolean
fill (const Row *row, const TfcTensor *x)
{
  const gsize n = tfc_tensor_count (x);
  const gboolean is_png = g_str_has_suffix (row->input, ".png");
  const gboolean raw =
      !is_png && (x->type != TFC_TYPE_F32 || g_str_has_suffix (row->input, ".f32"));
  g_autofree guint8 *bytes =
      is_png ? read_png (row->input, n) : golden_read (row->input, raw ? tfc_tensor_bytes (x) : n);
  for (gsize i = 0; bytes && !raw && i < n; i++)
    ((gfloat *)x->data)[i] = bytes[i] * row->mul / row->div + row->add;
  if (bytes && raw)
    memcpy (x->data, bytes, tfc_tensor_bytes (x));
  return bytes != NULL;
}

/* ---- outputs ---- */

static gfloat
element (const void *data, TfcType type, gsize i)
{
  return type == TFC_TYPE_F32 ? ((const gfloat *)data)[i] : ((const guint8 *)data)[i];
}

static gsize
file_size (const gchar *name)
{
  g_autofree gchar *path = golden_path (name), *bytes = NULL;
  gsize size = 0;
  g_assert_true (path && g_file_get_contents (path, &bytes, &size, NULL));
  return size;
}

static void
compare (const Row *row, const Want *want, const gchar *backend, const TfcTensor *y)
{
  g_autofree gchar *name = g_strconcat (row->prefix, want->file, NULL);
  const gsize size = file_size (name);
  g_autofree gpointer g = golden_read (name, size);
  const gsize count = size / tfc_type_size (y->type);
  const guint columns = want->g_columns ? want->g_columns : (guint)count;
  const guint n = want->g_columns ? want->n : columns;
  const gsize y_columns = tfc_tensor_count (y) / (count / columns);
  gfloat off = 0, largest = 0;
  for (gsize r = 0; r < count / columns; r++) {
    if (want->above != 0 && element (g, y->type, r * columns) <= want->above)
      continue;
    for (guint c = 0; c < n; c++) {
      const gfloat wanted = element (g, y->type, r * columns + want->g_first + c);
      const gfloat d =
          fabsf (element (y->data, y->type, r * y_columns + want->y_first + c) - wanted);
      off = d <= off ? off : d; /* NaN is large */
      largest = MAX (largest, fabsf (wanted));
    }
  }
  g_test_message ("%s: off by %g of %g", name, off, largest);
  g_assert_cmpfloat (largest, >, 0);
  const gboolean exact = y->type != TFC_TYPE_F32 && !g_str_equal (backend, "xnnpack");
  g_assert_cmpfloat (off, <=, exact ? 0 : want->near);
}

static void
check (const Row *row, const gchar *backend, guint threads)
{
  g_autofree gchar *name = g_build_filename ("models", row->model, NULL);
  g_autofree gchar *path = golden_path (name);
  TfcPool *pool = tfc_pool_new_uncut (threads);
  const TfcModelOptions options = {.backend = backend, .pool = pool};
  GError *error = NULL;
  TfcModel *m = path ? tfc_model_open (path, &options, &error) : NULL;
  g_assert_no_error (error);
  if (m && fill (row, tfc_model_input (m, 0))) {
    g_assert_true (tfc_model_run (m, &error));
    for (guint i = 0; i < MAX_WANTS && row->wants[i].file; i++)
      compare (row, &row->wants[i], backend, tfc_model_output (m, row->wants[i].output));
  }
  tfc_model_close (m);
  tfc_pool_unref (pool);
}

/* Of the backends that are there, what is not named is passed over. */
static gboolean
has_backend (const gchar *name)
{
  for (guint i = 0; tfc_backend_nth (i); i++) {
    if (g_str_equal (tfc_backend_nth (i)->name, name))
      return TRUE;
  }
  return FALSE;
}

static void
test_auto (gconstpointer row)
{
  for (guint i = 0; tfc_kernels_nth (i); i++) {
    tfc_kernels_choose (tfc_kernels_nth (i));
    for (guint threads = 1; threads <= MAX_THREADS; threads++)
      check (row, "auto", threads);
  }
  tfc_kernels_choose (NULL);
}

static void
test_xnnpack (gconstpointer row)
{
  for (guint threads = 1; has_backend ("xnnpack") && threads <= MAX_THREADS; threads++)
    check (row, "xnnpack", threads);
}

static void
test_reference (gconstpointer row)
{
  check (row, "reference", 1);
}

static void
skip (void)
{
  g_test_skip ("an emulator is slow: one picture a network");
}

/* Another picture of a network that is in the table above it. */
static gboolean
is_further (const Row *row)
{
  for (const Row *r = rows; r < row; r++) {
    if (g_str_equal (r->model, row->model))
      return TRUE;
  }
  return FALSE;
}

static void
add (const gchar *backend, const Row *row, GTestDataFunc test)
{
  g_autofree gchar *path = g_strconcat ("/golden-networks/", backend, "/", row->name, NULL);
  if (few_will_do () && is_further (row))
    g_test_add_func (path, skip);
  else
    g_test_add_data_func (path, row, test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    add ("auto", &rows[i], test_auto);
    add ("xnnpack", &rows[i], test_xnnpack);
    if (!SANITIZED)
      add ("reference", &rows[i], test_reference);
  }
  return g_test_run ();
}
