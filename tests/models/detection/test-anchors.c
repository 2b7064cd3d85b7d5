/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include <glib/gstdio.h>
#include "models/detection/anchor_file.h"
#include "tests/models/detection/coco-anchors.h"
#include "inference/error.h"

static void
near (gfloat a, gdouble b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-6);
}

static void
check (const TfcAnchor *a, gdouble cy, gdouble cx, gdouble h, gdouble w)
{
  near (a->cy, cy);
  near (a->cx, cx);
  near (a->h, h);
  near (a->w, w);
}

/* Anchors picked by hand: the first cells and the last one. */
static void
test_known (void)
{
  static TfcAnchor a[COCO_ANCHORS];
  guint map1 = 19 * 19 * 3, map5 = COCO_ANCHORS - 6;

  coco_anchors (a);
  check (&a[0], 0.5 / 19, 0.5 / 19, 0.1, 0.1);
  check (&a[1], 0.5 / 19, 0.5 / 19, 0.2 / sqrt (2), 0.2 * sqrt (2));
  check (&a[2], 0.5 / 19, 0.5 / 19, 0.2 * sqrt (2), 0.2 / sqrt (2));
  check (&a[3], 0.5 / 19, 1.5 / 19, 0.1, 0.1);
  check (&a[19 * 3], 1.5 / 19, 0.5 / 19, 0.1, 0.1);
  check (&a[map1], 0.05, 0.05, 0.35, 0.35);
  check (&a[map1 + 3], 0.05, 0.05, 0.35 / sqrt (3), 0.35 * sqrt (3));
  check (&a[map1 + 5], 0.05, 0.05, sqrt (0.35 * 0.5), sqrt (0.35 * 0.5));
  check (&a[map5], 0.5, 0.5, 0.95, 0.95);
  check (&a[map5 + 5], 0.5, 0.5, sqrt (0.95), sqrt (0.95));
}

/* Each map tiles the picture evenly: centres inside, and their mean in the middle. */
static void
test_tiling (void)
{
  static TfcAnchor a[COCO_ANCHORS];
  gdouble y = 0, x = 0;

  coco_anchors (a);
  for (guint i = 0; i < COCO_ANCHORS; i++) {
    g_assert_true (a[i].cy > 0 && a[i].cy < 1 && a[i].cx > 0 && a[i].cx < 1);
    g_assert_true (a[i].h > 0.05 && a[i].h < 2 && a[i].w > 0.05 && a[i].w < 2);
    y += a[i].cy;
    x += a[i].cx;
  }
  near (y / COCO_ANCHORS, 0.5);
  near (x / COCO_ANCHORS, 0.5);
}

static TfcAnchorFile *
read_all (const gchar *text, guint width, guint height, guint n_boxes)
{
  GError *error = NULL;
  TfcAnchorFile *f = tfc_anchor_file_parse (text, "a.config", width, height, n_boxes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (f);
  return f;
}

/* What is in a pipeline.config around it does not matter. */
static void
test_pipeline_config (void)
{
  TfcAnchorFile *f = read_all (
      "# SSD\n"
      "model {\n  ssd {\n    num_classes: 7\n"
      "    box_coder { faster_rcnn_box_coder { y_scale: 10.0 x_scale: 9 height_scale: 5.0f "
      "width_scale: 4 } }\n"
      "    image_resizer { fixed_shape_resizer { height: 300 width: 300 } }\n"
      "    anchor_generator { ssd_anchor_generator { num_layers: 6 min_scale: 0.2 max_scale: .95\n"
      "      aspect_ratios: 1.0 aspect_ratios: [2.0, 0.5], aspect_ratios: 3.0; "
      "aspect_ratios: 0.3333 } }\n"
      "    box_predictor { mean: 3 min_scale: 77 }\n"
      "    post_processing < score_converter: SIGMOID >\n  }\n}\n"
      "train_config { num_classes: 'no' std { } data { min_level: 1 } }\n",
      300, 300, COCO_ANCHORS);
  TfcAnchor want[COCO_ANCHORS];

  coco_anchors (want);
  g_assert_cmpuint (f->n, ==, COCO_ANCHORS);
  g_assert_true (!memcmp (f->anchors, want, sizeof want));
  g_assert_cmpuint (f->n_classes, ==, 7);
  g_assert_cmpint (f->scores, ==, TFC_SCORES_SIGMOID);
  g_assert_cmpfloat (f->scales.y, ==, 10);
  g_assert_cmpfloat (f->scales.x, ==, 9);
  g_assert_cmpfloat (f->scales.h, ==, 5);
  g_assert_cmpfloat (f->scales.w, ==, 4);
  g_assert_false (f->normalized);
  tfc_anchor_file_free (f);
}

#define FPN                                                                                       \
  "multiscale_anchor_generator { min_level: 3 max_level: 7 anchor_scale: 4.0 aspect_ratios: 1.0 " \
  "aspect_ratios: 2.0 aspect_ratios: 0.5 scales_per_octave: 2 }"

/* 320: the numbers of boxes that SSD MobileNet V2 FPNLite 320 has, and some of them by hand. */
static void
test_multiscale (void)
{
  TfcAnchorFile *f = read_all (FPN " mean: 0 std: 1", 320, 320, 12804);
  guint level4 = 40 * 40 * 6, level7 = 12804 - 3 * 3 * 6;

  g_assert_cmpuint (f->n, ==, 12804);
  check (&f->anchors[0], 4 / 320., 4 / 320., 0.1, 0.1);
  check (&f->anchors[1], 4 / 320., 4 / 320., 0.1 * sqrt (2), 0.1 * sqrt (2));
  check (&f->anchors[2], 4 / 320., 4 / 320., 0.1 / sqrt (2), 0.1 * sqrt (2));
  check (&f->anchors[4], 4 / 320., 4 / 320., 0.1 * sqrt (2), 0.1 / sqrt (2));
  check (&f->anchors[6], 4 / 320., 12 / 320., 0.1, 0.1);
  check (&f->anchors[level4 + 20 * 6], 24 / 320., 8 / 320., 0.2, 0.2);
  /* 128 does not divide 320: centres at 0, 128, 256. */
  check (&f->anchors[level7], 0, 0, 1.6, 1.6);
  check (&f->anchors[12803], 256 / 320., 256 / 320., 1.6 * sqrt (2) * sqrt (2), 1.6);
  g_assert_true (f->normalized && f->mean == 0 && f->std == 1);
  tfc_anchor_file_free (f);
}

static void
test_efficientdet (void)
{
  TfcAnchorFile *f = read_all ("efficientdet_anchor_generator { min_level: 3 max_level: 7 "
                               "anchor_scale: 3 aspect_ratios: [1, 2, 0.5] num_scales: 3 }",
                               320, 320, 19206);
  guint level7 = 19206 - 3 * 3 * 9;

  g_assert_cmpuint (f->n, ==, 19206);
  check (&f->anchors[0], 4 / 320., 4 / 320., 24 / 320., 24 / 320.);
  check (&f->anchors[1], 4 / 320., 4 / 320., 24 / 320. / sqrt (2), 24 / 320. * sqrt (2));
  check (&f->anchors[3], 4 / 320., 4 / 320., 24 / 320. * cbrt (2), 24 / 320. * cbrt (2));
  check (&f->anchors[level7], 1 / 6., 1 / 6., 1, 1);
  tfc_anchor_file_free (f);
}

/* Pictures that are not square, maps of one's own, one's own scales. */
static void
test_ssd_rules (void)
{
  TfcAnchorFile *f = read_all (
      "ssd_anchor_generator { num_layers: 1 min_scale: 0.5 max_scale: 0.5 aspect_ratios: 1 "
      "reduce_boxes_in_lowest_layer: false interpolated_scale_aspect_ratio: 0 }",
      200, 100, 13 * 7);
  g_assert_cmpuint (f->n, ==, 13 * 7);
  check (&f->anchors[1], 0.5 / 7, 1.5 / 13, 0.5, 0.25);
  tfc_anchor_file_free (f);

  f = read_all ("ssd_anchor_generator { scales: 0.1 scales: 0.4 aspect_ratios: 1 "
                "feature_map_height: [3, 1] feature_map_width: [5, 2] "
                "reduce_boxes_in_lowest_layer: false }",
                300, 300, 34);
  g_assert_cmpuint (f->n, ==, 34);
  check (&f->anchors[0], 0.5 / 3, 0.1, 0.1, 0.1);
  check (&f->anchors[1], 0.5 / 3, 0.1, 0.2, 0.2);
  check (&f->anchors[33], 0.5, 0.75, sqrt (0.4), sqrt (0.4));
  tfc_anchor_file_free (f);

  /* The first map's cells are found by the number of boxes. */
  f = read_all ("ssd_anchor_generator { num_layers: 2 aspect_ratios: 1 }", 64, 64,
                8 * 8 * 3 + 4 * 4 * 2);
  g_assert_cmpuint (f->n, ==, 8 * 8 * 3 + 4 * 4 * 2);
  tfc_anchor_file_free (f);
}

static void
test_lists (void)
{
  static const gchar *const texts[] = {
      "\n# cy cx h w\n0.5 0.25 1 2\n.125, 3e-1, +0.5, .25  # last\n",
      "anchors: [0.5, 0.25, 1, 2, 0.125, 0.3, 0.5, 0.25]",
      "anchors: 0.5 anchors: 0.25 anchors: 1 anchors: 2 anchors: [.125, .3, .5, .25]",
      ("fixed_anchors { x_center: 0.25 y_center: 0.5 width: 2 height: 1 }\n"
       "fixed_anchors { x_center: 0.3 y_center: 0.125 width: 0.25 height: 0.5 }")};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    TfcAnchorFile *f = read_all (texts[i], 10, 10, 2);
    g_assert_cmpuint (f->n, ==, 2);
    check (&f->anchors[0], 0.5, 0.25, 1, 2);
    check (&f->anchors[1], 0.125, 0.3, 0.5, 0.25);
    g_assert_cmpint (f->scores, ==, TFC_SCORES_UNSAID);
    g_assert_true (isnan (f->scales.y) && isnan (f->scales.w));
    tfc_anchor_file_free (f);
  }
}

static void
test_refused (void)
{
  static const struct {
    const gchar *text, *says;
  } wrong[] = {
      {"", "has no anchors"},
      {"num_classes: 3", "has no anchors"},
      {"0.1 0.2 0.3\n", "line 1: expected four numbers"},
      {"0.1 0.2 0.3 0.4\n1 1 nan 1\n", "line 2: no number"},
      {"0 0 1 1\n0 0 0 1\n", "box 2 of 2"},
      {"anchors: [1, 2, 3]", "four numbers each"},
      {"anchors: [1, 2, x, 4]", "line 1: no number"},
      {FPN " anchors: [1, 2, 3, 4]", "both"},
      {FPN FPN, "second"},
      {"grid_anchor_generator { }", "grid_anchor_generator is not supported"},
      {"ssd_anchor_generator { height_stride: 3 }", "height_stride is not supported"},
      {"keypoint_box_coder { }", "keypoint_box_coder is not supported"},
      {"ssd_anchor_generator { num_layers: 99999 }", "cannot be"},
      {"ssd_anchor_generator { num_layers: -1 }", "cannot have"},
      {"ssd_anchor_generator { aspect_ratios: -1 }", "cannot be"},
      {"ssd_anchor_generator { feature_map_height: 5 }", "for each layer"},
      {"ssd_anchor_generator { reduce_boxes_in_lowest_layer: perhaps }", "cannot have"},
      {"multiscale_anchor_generator { min_level: 9 max_level: 3 aspect_ratios: 1 }", "cannot be"},
      {"multiscale_anchor_generator { min_level: 0 max_level: 3 aspect_ratios: 1 }", "cannot be"},
      {"post_processing { score_converter: CUBE }", "SOFTMAX"},
      {"mean: 1 std: 0", "std"},
      {"\n\nmodel { ssd ", "line 3"},
      {"{\"anchors\": []}", "line 1"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    GError *error = NULL;
    g_assert_null (tfc_anchor_file_parse (wrong[i].text, "some.config", 4000, 4000, 10, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
    if (!strstr (error->message, wrong[i].says) || !strstr (error->message, "some.config"))
      g_error ("'%s' does not say '%s'", error->message, wrong[i].says);
    g_clear_error (&error);
  }
}

/* A byte order mark, and boxes as a list of messages. */
static void
test_spellings (void)
{
  static const gchar *const same[] = {
      "\xef\xbb\xbf"
      "1 2 3 4\n",
      "\xef\xbb\xbf"
      "anchors: [1, 2, 3, 4]",
      "fixed_anchors: [{ y_center: 1 x_center: 2 height: 3 width: 4 }]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    GError *error = NULL;
    TfcAnchorFile *f = tfc_anchor_file_parse (same[i], "some.config", 10, 10, 1, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (f->n, ==, 1);
    check (f->anchors, 1, 2, 3, 4);
    tfc_anchor_file_free (f);
  }
}

static void
test_files (void)
{
  GError *error = NULL;
  gchar *path = NULL;

  g_assert_null (tfc_anchor_file_read ("/nonexistent/anchors", 10, 10, 1, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (tfc_anchor_file_read (g_get_tmp_dir (), 10, 10, 1, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_READ);
  g_clear_error (&error);
  g_close (g_file_open_tmp ("anchors-XXXXXX", &path, NULL), NULL);
  g_assert_true (g_file_set_contents (path, "\xff\xfe\0", 3, NULL));
  g_assert_null (tfc_anchor_file_read (path, 10, 10, 1, &error));
  g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "binary"));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "1 2 3 4", -1, NULL));
  TfcAnchorFile *f = tfc_anchor_file_read (path, 10, 10, 1, &error);
  g_assert_no_error (error);
  check (f->anchors, 1, 2, 3, 4);
  tfc_anchor_file_free (f);
  tfc_anchor_file_free (NULL);
  g_remove (path);
  g_free (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchors/known", test_known);
  g_test_add_func ("/anchors/tiling", test_tiling);
  g_test_add_func ("/anchors/pipeline-config", test_pipeline_config);
  g_test_add_func ("/anchors/multiscale", test_multiscale);
  g_test_add_func ("/anchors/efficientdet", test_efficientdet);
  g_test_add_func ("/anchors/ssd-rules", test_ssd_rules);
  g_test_add_func ("/anchors/lists", test_lists);
  g_test_add_func ("/anchors/refused", test_refused);
  g_test_add_func ("/anchors/spellings", test_spellings);
  g_test_add_func ("/anchors/files", test_files);
  return g_test_run ();
}
