/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* GraphModels whose picture may have any size, at the sizes of the golden results: PoseNet and
 * BodyPix of the mirror, opened at that size and brought to it later. */
#include <cairo.h>
#include <math.h>
#include <string.h>

#include "inference/backend.h"
#include "inference/model.h"
#include "tests/emulated.h"
#include "tests/models/golden.h"

/* Absolute, and of the largest value of an output, in millionths: offsets reach some hundred
 * pixels, where the published backends differ among themselves by 7e-4 for PoseNet. */
#define TOLERANCE 1e-4f
#define POSENET_NEAR 40
#define BODYPIX_NEAR 6
#define MAX_OUTPUTS 8

typedef struct {
  const gchar *model, *input, *result; /* result: begins the names of the outputs' files */
  gint height, width, near;
  const gchar *outputs[MAX_OUTPUTS]; /* in the order of the graph; "": there is no file */
} Row;

#define POSE "golden/pose/tensors/"
#define BODY "golden/segment/bodypix/raw/"
#define POSENET                                                   \
  {                                                               \
    "offsets", "heatmaps", "displacement_fwd", "displacement_bwd" \
  }
#define BODYPIX                                                                                   \
  {                                                                                               \
    "short_offsets", "segments", "part_heatmaps", "long_offsets", "heatmaps", "displacement_fwd", \
        "displacement_bwd", ""                                                                    \
  }

// clang-format off
static const Row rows[] = {
  {"pose/posenet_075/model-stride16.json", POSE "yoga_beach.posenet.input.png", POSE "yoga_beach.posenet.", 257, 257, POSENET_NEAR, POSENET},
  {"pose/posenet_075/model-stride16.json", POSE "cheerleaders.posenet.input.png", POSE "cheerleaders.posenet.", 257, 257, POSENET_NEAR, POSENET},
  {"body-pix/mobilenet_050/model-stride16.json", BODY "coral_face.f050_s16.input.f32", BODY "coral_face.f050_s16.", 177, 257, BODYPIX_NEAR, BODYPIX},
  {"body-pix/mobilenet_050/model-stride16.json", BODY "squat.f050_s16.input.f32", BODY "squat.f050_s16.", 305, 241, BODYPIX_NEAR, BODYPIX},
  {"body-pix/mobilenet_050/model-stride16.json", BODY "three_people.f050_s16.input.f32", BODY "three_people.f050_s16.", 209, 257, BODYPIX_NEAR, BODYPIX},
  {"body-pix/mobilenet_050/model-stride8.json", BODY "coral_face.f050_s16.input.f32", BODY "coral_face.f050_s8.", 177, 257, BODYPIX_NEAR,
   {"short_offsets", "segments", "part_heatmaps", "", "heatmaps", "", "", ""}},
  {"body-pix/mobilenet_075_quant2/model-stride16.json", BODY "coral_face.f050_s16.input.f32", BODY "coral_face.q2_075_s16.", 177, 257, BODYPIX_NEAR, BODYPIX},
};
// clang-format on

static gboolean
fill_from_png (const gchar *name, const TfcTensor *x)
{
  gfloat *to = x->data;
  gchar *path = golden_path (name);
  if (!path)
    return FALSE;
  cairo_surface_t *png = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (png), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (png), ==, x->shape.dim[2]);
  for (gint y = 0; y < x->shape.dim[1]; y++) {
    const guint8 *line =
        cairo_image_surface_get_data (png) + y * cairo_image_surface_get_stride (png);
    for (gint i = 0; i < x->shape.dim[2]; i++) {
      const guint32 pixel = ((const guint32 *)(gconstpointer)line)[i];
      for (gint c = 0; c < 3; c++)
        *to++ = (gfloat)(pixel >> (16 - 8 * c) & 0xff) * 2 / 255 - 1;
    }
  }
  cairo_surface_destroy (png);
  g_free (path);
  return TRUE;
}

static gboolean
fill (const Row *row, const TfcTensor *x)
{
  if (g_str_has_suffix (row->input, ".png"))
    return fill_from_png (row->input, x);
  gpointer bytes = golden_read (row->input, tfc_tensor_bytes (x));
  if (bytes)
    memcpy (x->data, bytes, tfc_tensor_bytes (x));
  g_free (bytes);
  return bytes != NULL;
}

static void
compare (const Row *row, guint index, const TfcTensor *y)
{
  gfloat off = 0, largest = 0;
  if (!row->outputs[index][0])
    return;
  gchar *name = g_strconcat (row->result, row->outputs[index], ".f32", NULL);
  gfloat *want = golden_read (name, tfc_tensor_bytes (y));
  g_assert_nonnull (want);
  for (gsize i = 0; i < tfc_tensor_count (y); i++) {
    const gfloat d = fabsf (((const gfloat *)y->data)[i] - want[i]);
    off = d <= off ? off : d; /* NaN is large */
    largest = MAX (largest, fabsf (want[i]));
  }
  g_test_message ("%s: off by %g of %g", name, off, largest);
  g_assert_cmpfloat (largest, >, 0);
  g_assert_cmpfloat (off, <=, TOLERANCE + (gfloat)row->near * 1e-6f * largest);
  g_free (want);
  g_free (name);
}

static TfcModel *
open_model (const Row *row, const gchar *backend, gint height, gint width)
{
  gchar *name = g_build_filename ("models", row->model, NULL), *path = golden_path (name);
  const TfcInputShape shape = {.shape = tfc_shape (4, 1, height, width, 3)};
  const TfcModelOptions options = {.backend = backend, .input_shapes = &shape, .n_input_shapes = 1};
  GError *error = NULL;
  TfcModel *m = path ? tfc_model_open (path, &options, &error) : NULL;
  g_assert_no_error (error);
  g_free (path);
  g_free (name);
  return m;
}

/* Where few will do: the first size of each network. */
static gboolean
is_left_out (guint i)
{
  return few_will_do () && i && g_str_equal (rows[i].model, rows[i - 1].model);
}

static void
check_run (const Row *row, TfcModel *m)
{
  GError *error = NULL;
  guint n = 0;
  if (!fill (row, tfc_model_input (m, 0)))
    return;
  tfc_model_run (m, &error);
  g_assert_no_error (error);
  while (n < MAX_OUTPUTS && row->outputs[n])
    n++;
  g_assert_cmpuint (tfc_model_n_outputs (m), ==, n);
  for (guint i = 0; i < n; i++)
    compare (row, i, tfc_model_output (m, i));
}

static void
test_open (gconstpointer backend)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (is_left_out (i))
      continue;
    TfcModel *m = open_model (&rows[i], backend, rows[i].height, rows[i].width);
    if (m)
      check_run (&rows[i], m);
    tfc_model_close (m);
  }
}

/* One model for all rows of a file, which gets their sizes one after the other. */
static void
test_reshape (gconstpointer backend)
{
  TfcModel *m = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const TfcInputShape shape = {.shape = tfc_shape (4, 1, rows[i].height, rows[i].width, 3)};
    const TfcInputShape between = {.shape = tfc_shape (4, 1, 81, 97, 3)};
    if (!i || !g_str_equal (rows[i].model, rows[i - 1].model)) {
      tfc_model_close (m);
      m = open_model (&rows[i], backend, 97, 65);
    }
    if (!m)
      return;
    if (is_left_out (i))
      continue;
    g_assert_true (tfc_model_reshape (m, &between, 1, NULL));
    g_assert_true (tfc_model_reshape (m, &shape, 1, NULL));
    check_run (&rows[i], m);
  }
  tfc_model_close (m);
}

int
main (int argc, char **argv)
{
  const TfcBackend *backend;
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (backend = tfc_backend_nth (i)); i++) {
    gchar *path = g_strdup_printf ("/golden-sizes/open/%s", backend->name);
    g_test_add_data_func (path, backend->name, test_open);
    g_free (path);
    path = g_strdup_printf ("/golden-sizes/reshape/%s", backend->name);
    g_test_add_data_func (path, backend->name, test_reshape);
    g_free (path);
  }
  return g_test_run ();
}
