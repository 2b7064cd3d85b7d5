/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is read beside and behind a model: an anchors file, or a .tflite's metadata and zip. The
 * first byte chooses. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "models/detection/anchor_file.h"
#include "tests/models/detection/custom-ssd.h"
#include "inference/error.h"
#include "models/files/metadata.h"

static void
check_error (GError *error)
{
  g_assert_true (error && error->domain == TFC_ERROR && g_utf8_validate (error->message, -1, NULL));
  g_error_free (error);
}

static void
anchors (const guint8 *data, gsize size)
{
  gchar *text = g_strndup ((const gchar *)data, size);
  GError *error = NULL;

  if (g_utf8_validate (text, -1, NULL)) {
    TfcAnchorFile *f =
        tfc_anchor_file_parse (text, "x", 1 + size % 640, 1 + size % 320, 1917, &error);
    if (f)
      g_assert_true (f->n > 0 && f->n <= TFC_ANCHORS_MAX && f->anchors);
    else
      check_error (error);
    tfc_anchor_file_free (f);
  }
  g_free (text);
}

static void
metadata (const guint8 *data, gsize size)
{
  GBytes *bytes = g_bytes_new (data, size);
  TfcMetadata *m = tfc_metadata_open_bytes (bytes);
  const TfcDetectorOptions *d = tfc_metadata_detector (m);
  gfloat mean = 0, std = 0;
  gchar *name = NULL;
  gboolean guessed;
  GError *error = NULL;

  if (d)
    g_assert_true (d->n_anchors > 0 && d->anchors);
  tfc_metadata_normalization (m, &mean, &std);
  GBytes *labels = tfc_metadata_labels (m, &name, &guessed, &error);
  if (labels) {
    gsize n;
    const gchar *text = g_bytes_get_data (labels, &n);
    TfcLabels *table = tfc_labels_parse (text, n, "x", &error);
    tfc_labels_free (table);
    g_bytes_unref (labels);
  }
  if (error)
    check_error (error);
  g_free (name);
  tfc_metadata_close (m);
  g_bytes_unref (bytes);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  if (!size)
    return;
  if (data[0] % 2)
    metadata (data + 1, size - 1);
  else
    anchors (data + 1, size - 1);
}

static void
seed_model (const Custom *custom, const CustomZip *zip)
{
  gchar *path = custom_write (custom), *bytes;
  gsize size;

  if (zip)
    custom_append_zip (path, zip);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  GByteArray *all = g_byte_array_new ();
  g_byte_array_append (all, (const guint8 *)"\1", 1);
  g_byte_array_append (all, (guint8 *)bytes, (guint)size);
  fuzz_seed (all->data, all->len);
  g_byte_array_unref (all);
  g_free (bytes);
  custom_clear (path);
}

void
fuzz_seeds (void)
{
  static const gchar *const texts[] = {
      "\2# list\n0.5 0.5 0.1 0.1\n.1,1e-1 3 4\n",
      "\2anchors: [0.5, 0.5, 0.1, 0.1] mean: 127.5 std: 127.5 num_classes: 3",
      "\2fixed_anchors { x_center: 0.25 y_center: 0.5 width: 2 height: 1 }",
      "\2model { ssd { num_classes: 7 box_coder { faster_rcnn_box_coder { y_scale: 10.0 } }\n"
      "anchor_generator { ssd_anchor_generator { num_layers: 6 min_scale: 0.2 max_scale: .95\n"
      "aspect_ratios: [1, 2.0, 0.5, 3.0, 0.3333] } } post_processing < score_converter: SIGMOID > "
      "} }",
      "\2ssd_anchor_generator { scales: 0.1 scales: 0.4 aspect_ratios: 1 feature_map_height: [3, "
      "1] "
      "feature_map_width: [5, 2] reduce_boxes_in_lowest_layer: false }",
      "\2multiscale_anchor_generator { min_level: 3 max_level: 7 anchor_scale: 4.0 "
      "aspect_ratios: [1.0, 2.0, 0.5] scales_per_octave: 2 } a: '\\x41\\101\\u0041' 'b' [x.y] { }",
      "\2efficientdet_anchor_generator { min_level: 3 max_level: 7 aspect_ratios: 1 num_scales: 3 "
      "}"};
  static const Custom models[] = {
      {.tail = TRUE, .quantised = TRUE, .labels = "labels.txt"},
      {.tail = TRUE},
      {.anchors = TRUE, .sigmoid = TRUE, .mean = 127.5f, .std = 127.5f, .labels = "labels.txt"}};
  static const CustomZip zips[] = {
      {"labels.txt", "???\ncat\ndog\n"},
      {"labels.txt", "cat cat cat cat\ndog\n", .deflate = TRUE, .relative = TRUE},
      {"labels.txt", "cat\ndog\n", .zip64 = TRUE},
      {"\xff\x1b.txt", "cat\n", .damaged = TRUE},
      {"map.pbtxt", "item { id: 1 name: 'cat' }", .deflate = TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fuzz_seed (texts[i], strlen (texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    seed_model (&models[i], NULL);
    for (guint k = 0; k < G_N_ELEMENTS (zips); k++)
      seed_model (&models[i], &zips[k]);
  }
}
