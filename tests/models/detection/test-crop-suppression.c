/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Suppression across crops, and the text of roi. */
#include <string.h>
#include "inference/error.h"
#include "models/detection/areas.h"
#include "models/detection/crop_suppression.h"

#define WHOLE  \
  {            \
    0, 0, 1, 1 \
  }

static const TfcCrop crops[] = {
    {WHOLE, WHOLE, 100, 150},                /* the frame */
    {{0.2f, 0.2f, 0.4f, 0.4f}, WHOLE, 0, 0}, /* two that overlap */
    {{0.4f, 0.2f, 0.4f, 0.4f}, WHOLE, 0, 0},
};

typedef struct {
  guint crop;
  TfcDetection d;
} Row;

/* What is left of rows, which are in the order of their crops. */
static guint
suppress (const Row *rows, guint n, TfcDetection *out, guint max)
{
  TfcDetection found[8];
  TfcCandidate scratch[8];
  guint counts[G_N_ELEMENTS (crops)] = {0};

  for (guint i = 0; i < n; i++) {
    found[i] = rows[i].d;
    counts[rows[i].crop]++;
  }
  return tfc_suppress_crops (found, counts, crops, G_N_ELEMENTS (crops), 0.5f, scratch, out, max);
}

/* Cut by the right edge of crop 1, whole in crop 2; the cut one scores higher and loses. */
static void
test_cut_loses (void)
{
  const Row rows[] = {{1, {.box = {0.50f, 0.3f, 0.10f, 0.2f}, .score = 0.9f, .class_id = 1}},
                      {2, {.box = {0.51f, 0.3f, 0.19f, 0.2f}, .score = 0.6f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 2, out, 8), ==, 1);
  g_assert_cmpfloat (out[0].score, ==, 0.6f);
  g_assert_cmpuint (suppress (rows, 1, out, 8), ==, 1); /* alone it stays */
  g_assert_cmpfloat (out[0].score, ==, 0.9f);
}

static void
test_classes (void)
{
  const Row rows[] = {{0, {.box = {0.3f, 0.3f, 0.15f, 0.1f}, .score = 0.6f, .class_id = 1}},
                      {1, {.box = {0.3f, 0.3f, 0.15f, 0.1f}, .score = 0.7f, .class_id = 1}},
                      {1, {.box = {0.3f, 0.3f, 0.15f, 0.1f}, .score = 0.8f, .class_id = 2}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 3, out, 8), ==, 2);
  g_assert_cmpint (out[0].class_id, ==, 2);
  g_assert_cmpfloat (out[1].score, ==, 0.7f);
  g_assert_cmpuint (suppress (rows, 3, out, 1), ==, 1);
  g_assert_cmpint (out[0].class_id, ==, 2);
}

/* Left and right end are not known. */
static void
test_no_ends (void)
{
  const Row rows[] = {{1, {.box = {0.2f, 0.3f, 0.4f, 0.1f}, .score = 0.9f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 1, out, 8), ==, 0);
}

/* What is small in the frame and lies in a crop was looked at more closely there; elsewhere, or
 * larger, it stays. */
static void
test_closer (void)
{
  const Row rows[] = {{0, {.box = {0.5f, 0.45f, 0.1f, 0.1f}, .score = 0.9f, .class_id = 1}},
                      {0, {.box = {0.8f, 0.8f, 0.1f, 0.1f}, .score = 0.8f, .class_id = 1}},
                      {0, {.box = {0.25f, 0.25f, 0.1f, 0.2f}, .score = 0.7f, .class_id = 1}},
                      {1, {.box = {0.5f, 0.47f, 0.05f, 0.05f}, .score = 0.6f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 4, out, 8), ==, 3);
  g_assert_cmpfloat (out[0].score, ==, 0.8f);
  g_assert_cmpfloat (out[1].score, ==, 0.7f);
  g_assert_cmpfloat (out[2].score, ==, 0.6f);
}

static void
test_doubtful (void)
{
  const Row rows[] = {{0, {.box = {0.2f, 0.2f, 0.6f, 0.6f}, .score = 0.3f, .class_id = 1}},
                      {0, {.box = {0.3f, 0.3f, 0.6f, 0.6f}, .score = 0.25f, .class_id = 2}},
                      {1, {.box = {0.3f, 0.3f, 0.1f, 0.1f}, .score = 0.7f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 3, out, 8), ==, 2);
  g_assert_cmpint (out[1].class_id, ==, 2);
  g_assert_cmpuint (suppress (rows, 2, out, 8), ==, 2);
}

static void
test_too_small (void)
{
  const Row rows[] = {{0, {.box = {0.9f, 0.9f, 0.07f, 0.05f}, .score = 0.9f, .class_id = 1}},
                      {0, {.box = {0.1f, 0.9f, 0.07f, 0.06f}, .score = 0.8f, .class_id = 1}},
                      {1, {.box = {0.3f, 0.3f, 0.01f, 0.01f}, .score = 0.6f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 3, out, 8), ==, 2); /* the first has 7 and 7.5 pixels */
  g_assert_cmpfloat (out[0].score, ==, 0.8f);
}

/* The frame's own edges cut nothing. */
static void
test_outer_edges (void)
{
  const Row rows[] = {{0, {.box = {0, 0, 1, 1}, .score = 0.9f, .class_id = 1}},
                      {0, {.box = {0, 0.5f, 0.2f, 0.5f}, .score = 0.8f, .class_id = 1}}};
  TfcDetection out[8];

  g_assert_cmpuint (suppress (rows, 2, out, 8), ==, 2);
}

static void
test_to_frame (void)
{
  TfcDetection d = {.box = {0.5f, 0, 0.25f, 1}};

  tfc_crop_to_frame (&crops[1], &d, 1);
  g_assert_cmpfloat_with_epsilon (d.box.x, 0.4f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (d.box.y, 0.2f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (d.box.w, 0.1f, 1e-6f);
  g_assert_cmpfloat_with_epsilon (d.box.h, 0.4f, 1e-6f);
}

/* ---- areas ---- */

static void
test_areas (void)
{
  static const struct {
    const gchar *text;
    guint n;
  } rows[] = {{NULL, 0},
              {"", 0},
              {"0,0,1,1", 1},
              {" 0.25 , .5,0.5 ,0.5 ", 1},
              {"0,0,0.5,1;0.5,0,0.5,1", 2},
              {"0.1,0.1,0.9000001,0.9", 1},
              {"0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1", 8}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    TfcAreas areas;
    g_autoptr (GError) error = NULL;
    g_assert_true (tfc_areas_parse (rows[i].text, TFC_MAX_AREAS, &areas, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (areas.n, ==, rows[i].n);
    for (guint k = 0; k < areas.n; k++)
      g_assert_cmpfloat (areas.area[k].x + areas.area[k].w, <=, 1.0000001f);
  }
}

static void
test_wrong_areas (void)
{
  static const gchar *const rows[][2] = {{"x", "part 1, 'x', is not four numbers"},
                                         {"0,0,1", "part 1, '0,0,1', is not four"},
                                         {"0,0,1,1,1", "is not four"},
                                         {"0,0,1,1;", "part 2, '', is empty"},
                                         {";0,0,1,1", "part 1, '', is empty"},
                                         {"0,0,1,1;0,0,nan,1", "part 2, '0,0,nan,1', is not four"},
                                         {"0,0,inf,1", "is not four"},
                                         {"0,0,1e999,1", "beyond"},
                                         {"0,0,0,1", "no width"},
                                         {"0,0,1,-1", "no height"},
                                         {"0.5,0,0.6,1", "reaches beyond"},
                                         {"1,0,0.00001,1", "lies beyond"},
                                         {"-0.1,0,1,1", "reaches beyond"},
                                         {"0 0 1 1", "is not four"},
                                         {"0,0,1,1\n0", "is not four"}};
  TfcAreas areas = {.n = 77};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (tfc_areas_parse (rows[i][0], TFC_MAX_AREAS, &areas, &error));
    g_assert_error (error, TFC_ERROR, TFC_ERROR_SETTINGS);
    g_assert_nonnull (strstr (error->message, rows[i][1]));
    g_assert_cmpuint (areas.n, ==, 77);
  }
  g_autoptr (GError) error = NULL;
  g_assert_false (tfc_areas_parse ("0,0,1,1;0,0,1,1", 1, &areas, &error));
  g_assert_nonnull (strstr (error->message, "more than 1 part of"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop-suppression/cut-loses", test_cut_loses);
  g_test_add_func ("/crop-suppression/classes", test_classes);
  g_test_add_func ("/crop-suppression/no-ends", test_no_ends);
  g_test_add_func ("/crop-suppression/closer", test_closer);
  g_test_add_func ("/crop-suppression/too-small", test_too_small);
  g_test_add_func ("/crop-suppression/doubtful", test_doubtful);
  g_test_add_func ("/crop-suppression/outer-edges", test_outer_edges);
  g_test_add_func ("/crop-suppression/to-frame", test_to_frame);
  g_test_add_func ("/areas/right", test_areas);
  g_test_add_func ("/areas/wrong", test_wrong_areas);
  return g_test_run ();
}
