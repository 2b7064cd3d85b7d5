/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Thresholds, numbers and classes that are asked for, and pictures of all sizes. */
#include <math.h>
#include <string.h>
#include "tests/models/detection/ssd-check.h"
#include "tests/models/photo.h"

/* Options act on each run; BGRx with a padded stride sees what RGB sees. */
static void
test_options (void)
{
  TfcSsd *ssd = open_detect (NULL, 1);
  guint8 *pixels, *padded;
  guint width, height, stride;
  TfcDetection out[100], more[100];
  TfcSsdOptions options = TFC_SSD_DEFAULTS;

  if (!ssd || !photo_load ("coral_pets", &pixels, &width, &height))
    return;
  TfcFrame frame = tfc_frame_rgb (pixels, width, height);
  options.score_threshold = 0.3f;
  gint all = tfc_ssd_run (ssd, &frame, &options, more, 100, NULL, NULL);
  g_assert_cmpint (all, >=, 2);
  g_assert_cmpstr (tfc_labels_name (tfc_ssd_labels (ssd), more[0].class_id), ==, "dog");

  options.max_detections = 2;
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 100, NULL, NULL), ==, 2);
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 1, NULL, NULL), ==, 1);
  options.max_detections = 20;
  guint8 *classes = tfc_labels_parse_set (tfc_ssd_labels (ssd), "dog", NULL);
  options.classes = classes;
  gint dogs = tfc_ssd_run (ssd, &frame, &options, out, 100, NULL, NULL);
  g_assert_cmpint (dogs, >=, 1);
  g_assert_cmpfloat (out[0].score, ==, more[0].score);
  for (gint i = 0; i < dogs; i++)
    g_assert_cmpint (out[i].class_id, ==, 18);
  for (guint i = 0; i < tfc_labels_n (tfc_ssd_labels (ssd)); i++)
    classes[i] = !classes[i];
  gint others = tfc_ssd_run (ssd, &frame, &options, out, 100, NULL, NULL);
  for (gint i = 0; i < others; i++)
    g_assert_cmpint (out[i].class_id, !=, 18);
  options.classes = NULL;
  options.score_threshold = 1;
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 100, NULL, NULL), ==, 0);

  stride = width * 4 + 52;
  padded = g_malloc0 ((gsize)stride * height);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width * 3; x++)
      padded[y * stride + x / 3 * 4 + 2 - x % 3] = pixels[(y * width) * 3 + x];
  TfcFrame bgrx = {width, height, {padded}, {(gint)stride}, tfc_format_find ("BGRx")};
  options.score_threshold = 0.3f;
  g_assert_cmpint (tfc_ssd_run (ssd, &bgrx, &options, out, 100, NULL, NULL), ==, all);
  for (gint i = 0; i < all; i++) {
    g_assert_cmpint (out[i].class_id, ==, more[i].class_id);
    g_assert_cmpfloat (out[i].score, ==, more[i].score);
    g_assert_cmpfloat (out[i].box.x, ==, more[i].box.x);
  }
  g_free (classes);
  g_free (padded);
  g_free (pixels);
  tfc_ssd_close (ssd);
}

/* Any size of frame is stretched. */
static void
test_sizes (void)
{
  static const guint sizes[][2] = {{1, 1}, {16, 16}, {1, 719}, {333, 7}, {1921, 1}};
  TfcSsd *ssd = open_detect (NULL, 1);
  TfcSsdOptions options = {0, 0.5f, 20, NULL};

  for (guint i = 0; ssd && i < G_N_ELEMENTS (sizes); i++) {
    guint8 *pixels = g_malloc0 (sizes[i][0] * sizes[i][1] * 3);
    TfcFrame frame = tfc_frame_rgb (pixels, sizes[i][0], sizes[i][1]);
    TfcDetection out[20];
    gint n = tfc_ssd_run (ssd, &frame, &options, out, 20, NULL, NULL);
    g_assert_cmpint (n, >, 0);
    for (gint k = 0; k < n; k++)
      g_assert_true (isfinite (out[k].box.x) && out[k].score > 0 && out[k].score <= 1);
    g_free (pixels);
  }
  tfc_ssd_close (ssd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssd/options", test_options);
  g_test_add_func ("/ssd/sizes", test_sizes);
  return g_test_run ();
}
