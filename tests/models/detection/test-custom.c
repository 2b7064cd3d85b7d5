/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Detectors that people train themselves, as exporters write them: with and without the post-
 * process op, anchors from everywhere. */
#include <math.h>
#include <string.h>
#include "inference/error.h"
#include "tests/models/detection/custom-check.h"

#define SAME_AS_TAIL                                                                \
  "anchors: [0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5]\n" \
  "anchors: [0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5]\n" \
  "anchors: [0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5, 0.5,0.5,0.5,0.5]\n" \
  "mean: 0 std: 256\n"

/* The box of row 5 by anchors of 0.5 and scales of 10 10 5 5. */
static void
check_box (const TfcBox *box)
{
  g_assert_cmpfloat_with_epsilon (box->y + box->h / 2, 0.5 + 255 / 256. / 10 * 0.5, 1e-5);
  g_assert_cmpfloat_with_epsilon (box->x + box->w / 2, 0.5, 1e-5);
  g_assert_cmpfloat_with_epsilon (box->h, 0.5 * exp (0.75 / 5), 1e-5);
  g_assert_cmpfloat_with_epsilon (box->w, 0.5 * exp (0.25 / 5), 1e-5);
}

static gdouble
sigmoid (gdouble v)
{
  return 1 / (1 + exp (-v));
}

typedef struct {
  const gchar *name;
  Custom model;
  const gchar *file; /* NAME.anchors beside the model, or NULL */
  gfloat threshold;
  gint id;       /* of three classes and the background, or of four */
  gdouble score; /* -1: not compared */
} Case;

#define BACKGROUND "num_classes: 3\n"
#define SIGMOID "score_converter: SIGMOID\n"

// clang-format off
static const Case cases[] = {
  {"tail", {.tail = TRUE, .quantised = TRUE}, NULL, 0.5f, 2, 0.75},
  {"tail-float", {.tail = TRUE, PICTURE}, NULL, 0.5f, 2, 0.75},
  {"file", {0}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"file-quantised", {.quantised = TRUE}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"scores-first", {.scores_first = TRUE}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"four-classes", {.scores_first = TRUE}, SAME_AS_TAIL "num_classes: 4 score_converter: IDENTITY", 0.5f, 1, 255 / 256.},
  {"logits", {0}, SAME_AS_TAIL BACKGROUND SIGMOID, 0.66f, 2, 0.6791787},
  {"logits-unsaid", {0}, SAME_AS_TAIL BACKGROUND, 0.66f, 2, 0.6791787},
  {"logits-quantised", {.quantised = TRUE}, SAME_AS_TAIL BACKGROUND SIGMOID, 0.66f, 2, 0.6791787},
  {"sigmoid-inside", {.end = CUSTOM_SIGMOID}, SAME_AS_TAIL BACKGROUND SIGMOID, 0.66f, 2, 0.6791787},
  {"sigmoid-inside-unsaid", {.end = CUSTOM_SIGMOID}, SAME_AS_TAIL BACKGROUND, 0.66f, 2, 0.6791787},
  {"softmax", {0}, SAME_AS_TAIL "score_converter: SOFTMAX", 0.29f, 2, 0.2978037},
  {"softmax-quantised", {.quantised = TRUE}, SAME_AS_TAIL BACKGROUND "score_converter: SOFTMAX", 0.29f, 2, 0.2978037},
  {"softmax-inside", {.end = CUSTOM_SOFTMAX}, SAME_AS_TAIL BACKGROUND "score_converter: SOFTMAX", 0.29f, 2, 0.2978037},
  {"metadata", {.anchors = TRUE, PICTURE}, NULL, 0.9f, 1, 255 / 256.},
  {"metadata-scores-first", {.anchors = TRUE, PICTURE, .scores_first = TRUE}, NULL, 0.9f, 1, 255 / 256.},
  {"metadata-sigmoid", {.anchors = TRUE, .sigmoid = TRUE, PICTURE}, NULL, 0.72f, 1, 0.7302899},
  {"metadata-inside", {.anchors = TRUE, .sigmoid = TRUE, PICTURE, .end = CUSTOM_SIGMOID}, NULL, 0.72f, 1, 0.7302899},
  {"metadata-quantised", {.anchors = TRUE, .quantised = TRUE}, NULL, 0.9f, 1, 255 / 256.},
  {"levels", {.levels = 2}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"levels-scores-first", {.levels = 2, .scores_first = TRUE}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"maps", {.levels = 2, .maps = TRUE}, SAME_AS_TAIL BACKGROUND "score_converter: IDENTITY", 0.5f, 2, 0.75},
  {"maps-scores-first", {.levels = 2, .maps = TRUE, .scores_first = TRUE}, SAME_AS_TAIL BACKGROUND SIGMOID, 0.66f, 2, 0.6791787},
  {"levels-sigmoid-inside", {.levels = 2, .end = CUSTOM_SIGMOID}, SAME_AS_TAIL BACKGROUND, 0.66f, 2, 0.6791787},
  {"levels-softmax", {.levels = 2}, SAME_AS_TAIL "score_converter: SOFTMAX", 0.29f, 2, 0.2978037},
};
// clang-format on

static void
test_anchors (gconstpointer data)
{
  const Case *c = data;
  gchar *path = custom_write (&c->model);

  if (c->file)
    custom_beside (path, "mine.anchors", c->file);
  TfcSsd *ssd = open_good (path);
  const TfcDetection found = see (ssd, c->threshold);
  g_assert_cmpfloat_with_epsilon (found.score, c->score, 1e-4);
  g_assert_cmpint (found.class_id, ==, c->id);
  check_box (&found.box);
  tfc_ssd_close (ssd);
  custom_clear (path);
}

/* The file that is named wins over those that are there; a pipeline.config is found too. */
static void
test_precedence (void)
{
  static const Custom packed = {.anchors = TRUE, PICTURE};
  gchar *path = custom_write (&packed), *other = custom_write (&(Custom){0});
  GError *error = NULL;

  custom_beside (other, "mine.anchors", SAME_AS_TAIL BACKGROUND SIGMOID);
  gchar *folder = g_path_get_dirname (other),
        *file = g_build_filename (folder, "mine.anchors", NULL);
  TfcSsd *ssd = open_with (path, NULL, file, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (see (ssd, 0.66f).score, sigmoid (0.75), 1e-4);
  tfc_ssd_close (ssd);
  custom_beside (path, "mine.anchors", "nonsense");
  tfc_ssd_close (open_good (path)); /* it is not looked at */
  g_free (file);
  g_free (folder);
  custom_clear (other);

  other = custom_write (&(Custom){0});
  custom_beside (other, "pipeline.config", SAME_AS_TAIL BACKGROUND SIGMOID);
  tfc_ssd_close (open_good (other));
  custom_clear (other);
  custom_clear (path);
}

/* An anchors file for a model that has its own: what the file does not say stays. */
static void
test_other_anchors (void)
{
  static const Custom model = {.tail = TRUE, .quantised = TRUE};
  gchar *path = custom_write (&model), *folder = g_path_get_dirname (path),
        *file = g_build_filename (folder, "other", NULL);
  GError *error = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < CUSTOM_BOXES; i++)
    g_string_append (text, "0.5 0.5 0.25 0.25\n");
  custom_beside (path, "other", text->str);
  custom_beside (path, "mine.anchors", "nobody reads this");
  TfcSsd *ssd = open_with (path, NULL, file, &error);
  g_assert_no_error (error);
  const TfcDetection found = see (ssd, 0.5f);
  g_assert_cmpfloat (found.score, ==, 0.75f);
  g_assert_cmpint (found.class_id, ==, 2);
  g_assert_cmpfloat_with_epsilon (found.box.h, 0.25 * exp (0.75 / 5), 1e-5);
  tfc_ssd_close (ssd);
  g_string_free (text, TRUE);
  g_free (file);
  g_free (folder);
  custom_clear (path);
}

static void
test_uneven (void)
{
  static const Custom model = {.anchors = TRUE, PICTURE, .uneven = TRUE};
  gchar *path = custom_write (&model);
  TfcSsd *ssd = open_good (path);

  g_assert_nonnull (strstr (tfc_ssd_note (ssd), "channel to channel"));
  g_assert_cmpfloat_with_epsilon (see (ssd, 0.9f).score, 1, 1e-5); /* 255 is 1 */
  tfc_ssd_close (ssd);
  custom_clear (path);
}

static void
refuse (const Custom *model, const gchar *file, gint code, const gchar *says)
{
  gchar *path = custom_write (model);
  GError *error = NULL;

  if (file)
    custom_beside (path, "mine.anchors", file);
  g_assert_null (open_with (path, NULL, NULL, &error));
  g_assert_error (error, TFC_ERROR, code);
  if (!strstr (error->message, says) || !strstr (error->message, "mine."))
    g_error ("'%s' does not say '%s'", error->message, says);
  g_clear_error (&error);
  custom_clear (path);
}

static void
test_refused (void)
{
  static const Custom raw = {0}, levels = {.levels = 2};

  refuse (&raw, NULL, TFC_ERROR_UNSUPPORTED, "without anchors");
  refuse (&raw, NULL, TFC_ERROR_UNSUPPORTED, "anchors=");
  refuse (&levels, NULL, TFC_ERROR_UNSUPPORTED, "anchors=");
  refuse (&raw, "1 1 1 1\n", TFC_ERROR_FORMAT, "1 anchors");
  refuse (&raw, "0 0 1 1\n0 0 1 -1\n", TFC_ERROR_SETTINGS, "box 2 of 2 is 1 high and -1 wide");
  refuse (&raw, "1 1 1\n", TFC_ERROR_SETTINGS, "line 1");
  refuse (&raw, SAME_AS_TAIL "num_classes: 7", TFC_ERROR_UNSUPPORTED, "num_classes (7");
  refuse (&raw, SAME_AS_TAIL "box_coder { y_scale: 0 }", TFC_ERROR_FORMAT, "scale 0");
  refuse (&raw, "ssd_anchor_generator { }", TFC_ERROR_FORMAT, "feature_map_height");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gchar *path = g_strconcat ("/custom/anchors/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_anchors);
    g_free (path);
  }
  g_test_add_func ("/custom/precedence", test_precedence);
  g_test_add_func ("/custom/other-anchors", test_other_anchors);
  g_test_add_func ("/custom/uneven", test_uneven);
  g_test_add_func ("/custom/refused", test_refused);
  return g_test_run ();
}
