/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Detectors that others trained, from the shared mirror. */
#include <glib/gstdio.h>

#include "models/detection/box_coder.h"
#include "tests/models/photo.h"
#include "models/detection/ssd.h"

#define OID "models/objects/ssd_mobilenet_v2_oid/"
#define AUTOML "models/automl/objects_"

/* The cat of coral_cat, as fractions. */
static const TfcBox cat = {0.09f, 0.13f, 0.7f, 0.88f};

/* The best detection of a photo. */
static TfcDetection
look (TfcSsd *ssd, const gchar *photo)
{
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[20] = {0};
  guint8 *pixels = NULL;
  guint width = 0, height = 0;

  g_assert_true (photo_load (photo, &pixels, &width, &height));
  TfcFrame frame = tfc_frame_rgb (pixels, width, height);
  options.score_threshold = 0.2f;
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 20, NULL, NULL), >=, 1);
  g_free (pixels);
  return out[0];
}

/* SSD MobileNet V2 of Open Images: logits of 24 columns, no tail; its training's anchors. */
static void
test_open_images (void)
{
  static const gchar config[] =
      "model { ssd { num_classes: 23 anchor_generator { ssd_anchor_generator {\n"
      "  num_layers: 6 min_scale: 0.2 max_scale: 0.95\n"
      "  aspect_ratios: 1.0 aspect_ratios: 2.0 aspect_ratios: 0.5 aspect_ratios: 3.0\n"
      "  aspect_ratios: 0.3333 } } post_processing { score_converter: SIGMOID } } }\n";
  gchar *path = golden_path (OID "object_detection_ssd_mobilenetv2_oidv4_fp16.tflite"),
        *labels = path ? golden_path (OID "object_detection_oidv4_labelmap.txt") : NULL,
        *anchors = NULL;
  GError *error = NULL;

  if (!labels)
    return;
  g_close (g_file_open_tmp ("anchors-XXXXXX", &anchors, NULL), NULL);
  g_assert_true (g_file_set_contents (anchors, config, -1, NULL));
  const TfcSsdFiles files = {path, labels, anchors};
  TfcSsd *ssd = tfc_ssd_open_files (&files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tfc_ssd_note (ssd), ==, NULL);
  TfcDetection d = look (ssd, "coral_cat");
  g_assert_cmpstr (tfc_labels_name (tfc_ssd_labels (ssd), d.class_id), ==, "Cat");
  g_assert_cmpfloat (d.score, >, 0.7f);
  g_assert_cmpfloat (tfc_box_iou (&d.box, &cat), >, 0.8f);
  d = look (ssd, "coral_pets");
  g_assert_cmpstr (tfc_labels_name (tfc_ssd_labels (ssd), d.class_id), ==, "Dog");
  g_assert_cmpfloat (d.score, >, 0.7f);
  tfc_ssd_close (ssd);
  g_remove (anchors);
  g_free (anchors);
  g_free (labels);
  g_free (path);
}

/* Names from the dict.txt beside the one, whose first line is the background; packed in the other,
 * without it. */
static void
test_automl (void)
{
  static const struct {
    const gchar *file;
    guint n;
    gint id;
    const gchar *first, *last;
  } models[] = {{AUTOML "shampoos/model.tflite", 3, 1, "regolatore", "normalizzante"},
                {AUTOML "lush/lush_naked.tflite", 253, 0, "haloween_vampire_bath_bomb",
                 "montalbano_shampoo_bar"}};

  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    gchar *path = golden_path (models[i].file);
    GError *error = NULL;
    if (!path)
      return;
    TfcSsd *ssd = tfc_ssd_open (path, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (tfc_ssd_note (ssd), ==, NULL);
    const TfcLabels *labels = tfc_ssd_labels (ssd);
    g_assert_cmpuint (tfc_labels_n (labels), ==, models[i].n);
    g_assert_cmpstr (tfc_labels_name (labels, models[i].id), ==, models[i].first);
    g_assert_cmpstr (tfc_labels_name (labels, (gint)models[i].n - 1), ==, models[i].last);
    /* They were never shown a cat, but it is the only thing to be seen. */
    const TfcDetection d = look (ssd, "coral_cat");
    g_assert_cmpint (d.class_id, >=, models[i].id);
    g_assert_cmpfloat (tfc_box_iou (&d.box, &cat), >, i ? 0.8f : 0.3f);
    tfc_ssd_close (ssd);
    g_free (path);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/custom-real/open-images", test_open_images);
  g_test_add_func ("/custom-real/automl", test_automl);
  return g_test_run ();
}
