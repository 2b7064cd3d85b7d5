/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The sampler against saved results of the reference, on photos. */
#include <cairo.h>
#include <math.h>
#include "models/frame/sample.h"

static const gchar *
shared (void)
{
  const gchar *dir = g_getenv ("TFC_SHARED");
  return dir ? dir : "../shared";
}

/* Tight RGB of a PNG, or NULL. */
static guint8 *
read_png (const gchar *path, guint *width, guint *height)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  guint8 *rgb = NULL;

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
    *width = cairo_image_surface_get_width (surface);
    *height = cairo_image_surface_get_height (surface);
    rgb = g_malloc (3 * *width * *height);
    for (guint i = 0; i < *width * *height; i++) {
      const guint8 *row = cairo_image_surface_get_data (surface) +
                          (gsize)(i / *width) * cairo_image_surface_get_stride (surface);
      const guint32 word = ((const guint32 *)row)[i % *width];
      rgb[3 * i] = word >> 16;
      rgb[3 * i + 1] = word >> 8;
      rgb[3 * i + 2] = word;
    }
  }
  cairo_surface_destroy (surface);
  return rgb;
}

/* Samples media/NAME.png to 300x300 as target says; NULL (and a skip) without the files. */
static void *
sample_picture (const gchar *name, const TfcTarget *target)
{
  g_autofree gchar *file = g_strconcat (name, ".png", NULL);
  g_autofree gchar *path = g_build_filename (shared (), "media", file, NULL);
  guint width, height;
  g_autofree guint8 *rgb = read_png (path, &width, &height);

  if (!rgb)
    return NULL;
  const TfcFrame frame = tfc_frame_rgb (rgb, width, height);
  const TfcMap map = tfc_map_stretch (&frame, target->width, target->height, FALSE);
  TfcSampler *sampler = tfc_sampler_new (target);
  void *pixels = g_malloc (sizeof (gfloat) * 3 * target->width * target->height);
  tfc_sampler_run (sampler, &frame, &map, pixels);
  tfc_sampler_free (sampler);
  return pixels;
}

static void
test_golden_u8 (gconstpointer name)
{
  const TfcTarget target = {.width = 300, .height = 300, .type = TFC_SAMPLE_U8};
  g_autofree gchar *file = g_strconcat (name, ".input.u8", NULL);
  g_autofree gchar *path = g_build_filename (shared (), "golden", "tflite", file, NULL);
  g_autofree gchar *golden = NULL;
  g_autofree guint8 *pixels = sample_picture (name, &target);
  gsize bytes;
  guint off = 0;

  if (!pixels || !g_file_get_contents (path, &golden, &bytes, NULL)) {
    g_test_skip ("no mirror of pictures and golden results");
    return;
  }
  g_assert_cmpuint (bytes, ==, 300 * 300 * 3);
  /* Also where exact arithmetic would give one half and the last bit of the reference's doubles
   * decides. */
  for (gsize i = 0; i < bytes; i++)
    off += pixels[i] != (guint8)golden[i];
  g_assert_cmpuint (off, ==, 0);
}

static void
test_golden_f32 (void)
{
  const TfcTarget target = {
      .width = 300, .height = 300, .type = TFC_SAMPLE_F32, .scale = 2.f / 255.f, .offset = -1.f};
  g_autofree gchar *path = g_build_filename (shared (), "golden", "coco", "lite_mobilenet_v2",
                                             "inner.coral_cat.0.f32", NULL);
  g_autofree gchar *golden = NULL;
  g_autofree gfloat *pixels = sample_picture ("coral_cat", &target);
  gsize bytes;
  gdouble worst = 0.;

  if (!pixels || !g_file_get_contents (path, &golden, &bytes, NULL)) {
    g_test_skip ("no mirror of pictures and golden results");
    return;
  }
  g_assert_cmpuint (bytes, ==, 300 * 300 * 3 * sizeof (gfloat));
  for (gsize i = 0; i < bytes / sizeof (gfloat); i++)
    worst = MAX (worst, fabs (pixels[i] - ((const gfloat *)(gpointer)golden)[i]));
  g_test_message ("worst difference %g", worst);
  g_assert_cmpfloat (worst, <, 1e-5);
}

int
main (int argc, char **argv)
{
  static const gchar *const pictures[] = {"coral_bird",          "coral_cat",
                                          "coral_grace_hopper",  "coral_hot_dog",
                                          "coral_kite_and_cold", "coral_pets"};

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree gchar *path = g_strconcat ("/sample/golden/u8/", pictures[i], NULL);
    g_test_add_data_func (path, pictures[i], test_golden_u8);
  }
  g_test_add_func ("/sample/golden/f32", test_golden_f32);
  return g_test_run ();
}
