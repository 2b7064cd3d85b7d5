/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include <math.h>
#include "tests/models/detection/coco-anchors.h"
#include "models/detection/score_decode.h"
#include "tests/models/golden.h"
#include "models/result/labels.h"

#define N COCO_ANCHORS

static const TfcBoxScales coder = {10, 10, 5, 5};

static void
test_iou (void)
{
  const TfcBox unit = {0, 0, 1, 1}, right = {0.5f, 0, 1, 1}, far = {3, 3, 1, 1},
               touching = {1, 0, 1, 1};
  const TfcBox inside = {0.25f, 0.25f, 0.5f, 0.5f}, flat = {0, 0, 1, 0}, inverted = {1, 1, -1, -1};

  g_assert_cmpfloat (tfc_box_iou (&unit, &unit), ==, 1);
  g_assert_cmpfloat (tfc_box_iou (&unit, &right), ==, (gfloat)(1.0 / 3));
  g_assert_cmpfloat (tfc_box_iou (&right, &unit), ==, (gfloat)(1.0 / 3));
  g_assert_cmpfloat (tfc_box_iou (&unit, &inside), ==, 0.25f);
  g_assert_cmpfloat (tfc_box_iou (&unit, &far), ==, 0);
  g_assert_cmpfloat (tfc_box_iou (&unit, &touching), ==, 0);
  g_assert_cmpfloat (tfc_box_iou (&unit, &flat), ==, 0);
  g_assert_cmpfloat (tfc_box_iou (&flat, &flat), ==, 0);
  g_assert_cmpfloat (tfc_box_iou (&inverted, &inverted), ==, 0);
}

static void
test_decode_box (void)
{
  const TfcAnchor anchor = {0.5f, 0.25f, 0.2f, 0.4f};
  const gfloat zero[4] = {0, 0, 0, 0}, moved[4] = {5, -2.5f, (gfloat)(5 * log (2)), 0};
  TfcBox box = tfc_box_decode (zero, &anchor, &coder);

  g_assert_cmpfloat_with_epsilon (box.x, 0.05, 1e-7);
  g_assert_cmpfloat_with_epsilon (box.y, 0.4, 1e-7);
  g_assert_cmpfloat_with_epsilon (box.w, 0.4, 1e-7);
  g_assert_cmpfloat_with_epsilon (box.h, 0.2, 1e-7);
  box = tfc_box_decode (moved, &anchor, &coder);
  g_assert_cmpfloat_with_epsilon (box.x, 0.25 - 0.1 - 0.2, 1e-6);
  g_assert_cmpfloat_with_epsilon (box.y, 0.5 + 0.1 - 0.2, 1e-6);
  g_assert_cmpfloat_with_epsilon (box.w, 0.4, 1e-6);
  g_assert_cmpfloat_with_epsilon (box.h, 0.4, 1e-6);
}

/* Random outputs of one type, decoded the plain way: dequantise all, then look. */
static void
check_random (TfcType type)
{
  enum { n = 40, most = 100 };
  const gint columns = g_test_rand_int_range (2, most), rare = g_test_rand_int_range (2, 100);
  gfloat real_scores[n][most], raw[n * most], encodings[n * 4];
  guint8 bytes[n * most], box_bytes[n * 4], wanted[most];
  TfcAnchor anchors[n];
  TfcCandidate out[n];
  gboolean quantised = type != TFC_TYPE_F32;
  gint zero = quantised ? g_test_rand_int_range (0, 20) - (type == TFC_TYPE_I8 ? 128 : 0) : 0;
  gfloat scale = quantised ? 1 / 128.f : 0;
  gfloat threshold = g_test_rand_int_range (0, 129) / 128.f;

  for (guint i = 0; i < n; i++)
    anchors[i] = (TfcAnchor){0.1f * i, 0.5f, 0.2f, 0.3f};
  for (gint c = 0; c < columns; c++)
    wanted[c] = g_test_rand_int_range (0, 4) > 0;
  for (guint i = 0; i < n * 4; i++) {
    box_bytes[i] = g_test_rand_int_range (0, 256);
    encodings[i] = (gfloat)g_test_rand_double_range (-3, 3);
  }
  for (gint i = 0; i < n * columns; i++) {
    gint step = g_test_rand_int_range (0, rare) ? 0 : g_test_rand_int_range (0, 130);
    gint q = MIN (step + zero, type == TFC_TYPE_I8 ? 127 : 255);
    bytes[i] = (guint8)q;
    raw[i] = real_scores[i / columns][i % columns] = quantised ? scale * (q - zero) : step / 128.f;
  }
  TfcTensor scores = {
      type, tfc_shape (3, 1, n, columns), {scale, zero}, quantised ? (void *)bytes : raw};
  TfcTensor boxes = {type,
                     tfc_shape (4, 1, n, 1, 4),
                     {quantised ? 0.03f : 0, zero},
                     quantised ? (void *)box_bytes : encodings};
  TfcDecoder d = {&boxes, &scores, anchors, coder, 1, 1};
  gboolean masked = g_test_rand_bit ();
  guint found = 0;

  g_assert_true (tfc_decoder_init (&d, NULL));
  guint got = tfc_decode (&d, threshold, masked ? wanted : NULL, out);
  for (guint i = 0; i < n; i++) {
    gint best = 0;
    for (gint c = 1; c < columns; c++)
      if ((!masked || wanted[c]) && real_scores[i][c] > (best ? real_scores[i][best] : threshold))
        best = c;
    if (!best)
      continue;
    gfloat t[4];
    for (guint k = 0; k < 4; k++) {
      guint8 b = box_bytes[i * 4 + k];
      t[k] =
          quantised ? 0.03f * ((type == TFC_TYPE_I8 ? (gint8)b : b) - zero) : encodings[i * 4 + k];
    }
    TfcBox box = tfc_box_decode (t, &anchors[i], &coder);
    g_assert_cmpuint (found, <, got);
    g_assert_cmpuint (out[found].index, ==, i);
    g_assert_cmpint (out[found].class_id, ==, best);
    g_assert_cmpfloat (out[found].score, ==, real_scores[i][best]);
    g_assert_cmpfloat (out[found].box.x, ==, box.x);
    g_assert_cmpfloat (out[found].box.h, ==, box.h);
    found++;
  }
  g_assert_cmpuint (got, ==, found);
}

static void
test_random (gconstpointer type)
{
  for (guint i = 0; i < 200; i++)
    check_random (GPOINTER_TO_INT (type));
}

/* NaN and infinity in the outputs never reach a caller. */
static void
test_not_finite (void)
{
  gfloat s[] = {0.9f, NAN, 0.9f, INFINITY, 0.9f, NAN, 0.8f, 0.1f};
  gfloat b[] = {0, 0, 0, 0, 0, 0, 0, 0, NAN, 0, 0, 0, 0, 0, 1e4f, 0};
  TfcAnchor anchors[] = {{0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 1, 1}};
  TfcTensor boxes = {TFC_TYPE_F32, tfc_shape (2, 4, 4), {0}, b};
  TfcTensor scores = {TFC_TYPE_F32, tfc_shape (2, 4, 2), {0}, s};
  TfcDecoder d = {&boxes, &scores, anchors, coder};
  TfcCandidate out[4];

  g_assert_true (tfc_decoder_init (&d, NULL));
  /* 0: fine in spite of its neighbour; 1: infinite score; 2: NaN box; 3: infinite box. */
  g_assert_cmpuint (tfc_decode (&d, 0.5f, NULL, out), ==, 1);
  g_assert_cmpuint (out[0].index, ==, 0);
  g_assert_cmpint (out[0].class_id, ==, 0);
}

static void
refuse (TfcTensor boxes, TfcTensor scores, const TfcAnchor *anchors, TfcBoxScales scales, gint code)
{
  TfcDecoder d = {&boxes, &scores, anchors, scales, 1, 1};
  GError *error = NULL;

  g_assert_false (tfc_decoder_init (&d, &error));
  g_assert_error (error, TFC_ERROR, code);
  g_clear_error (&error);
}

static void
test_refused (void)
{
  TfcAnchor good[4] = {{0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 1, 1}, {0, 0, 1, 1}}, bad[4];
  TfcTensor b = {TFC_TYPE_F32, tfc_shape (3, 1, 4, 4)}, s = {TFC_TYPE_F32, tfc_shape (3, 1, 4, 7)},
            t;
  TfcTensor q = {TFC_TYPE_U8, tfc_shape (3, 1, 4, 7), {0.5f, 3}};
  TfcDecoder fine = {&b, &q, good, coder, 1, 1};

  g_assert_true (tfc_decoder_init (&fine, NULL));
  g_assert_cmpuint (fine.n, ==, 4);
  g_assert_cmpuint (fine.columns, ==, 7);

  t = b, t.shape = tfc_shape (3, 1, 4, 5);
  refuse (t, s, good, coder, TFC_ERROR_UNSUPPORTED);
  t = b, t.shape = tfc_shape (3, 1, 5, 4);
  refuse (t, s, good, coder, TFC_ERROR_UNSUPPORTED);
  t = b, t.shape = tfc_shape (3, 2, 2, 4);
  refuse (t, s, good, coder, TFC_ERROR_UNSUPPORTED);
  t = s, t.shape = tfc_shape (3, 1, 4, 1); /* the background alone */
  refuse (b, t, good, coder, TFC_ERROR_UNSUPPORTED);
  t = s, t.shape = tfc_shape (0);
  refuse (b, t, good, coder, TFC_ERROR_UNSUPPORTED);
  t = s, t.shape = tfc_shape (3, 1, 0, 7);
  refuse (b, t, good, coder, TFC_ERROR_UNSUPPORTED);
  t = s, t.type = TFC_TYPE_I32;
  refuse (b, t, good, coder, TFC_ERROR_UNSUPPORTED);
  t = q, t.quant.scale = 0;
  refuse (b, t, good, coder, TFC_ERROR_FORMAT);
  t = q, t.quant.scale = NAN;
  refuse (b, t, good, coder, TFC_ERROR_FORMAT);
  t = q, t.quant.zero_point = G_MININT32;
  refuse (b, t, good, coder, TFC_ERROR_FORMAT);
  refuse (b, s, good, (TfcBoxScales){10, 0, 5, 5}, TFC_ERROR_FORMAT);
  refuse (b, s, good, (TfcBoxScales){10, 10, NAN, 5}, TFC_ERROR_FORMAT);
  memcpy (bad, good, sizeof bad);
  bad[3].h = INFINITY;
  refuse (b, s, bad, coder, TFC_ERROR_FORMAT);
  bad[3].h = NAN;
  refuse (b, s, bad, coder, TFC_ERROR_FORMAT);
}

/* One of golden.json's lists of detect() against ours from the same raw outputs. */
static void
compare_list (const cJSON *photo, const gchar *list, const TfcCandidate *got, guint n)
{
  const cJSON *want = cJSON_GetObjectItem (cJSON_GetObjectItem (photo, "cpu"), list), *w;
  gdouble width = golden_member (photo, "width");
  gdouble height = golden_member (photo, "height");
  TfcLabels *labels = tfc_labels_coco ();

  g_assert_cmpuint (n, ==, cJSON_GetArraySize (want));
  cJSON_ArrayForEach (w, want) {
    const cJSON *b = cJSON_GetObjectItem (w, "bbox");
    gint id = tfc_labels_find (labels, golden_text (w, "class"));
    g_assert_cmpint (got->class_id, ==, id);
    g_assert_cmpfloat_with_epsilon (got->score, golden_member (w, "score"), 1e-6);
    g_assert_cmpfloat_with_epsilon (got->box.x, golden_number (b, 0) / width, 1e-6);
    g_assert_cmpfloat_with_epsilon (got->box.y, golden_number (b, 1) / height, 1e-6);
    g_assert_cmpfloat_with_epsilon (got->box.w, golden_number (b, 2) / width, 1e-6);
    g_assert_cmpfloat_with_epsilon (got->box.h, golden_number (b, 3) / height, 1e-6);
    got++;
  }
  tfc_labels_free (labels);
}

static void
check_photo (const gchar *folder, const gchar *name, const cJSON *photo)
{
  static const struct {
    const gchar *list;
    guint max;
    gfloat threshold;
  } calls[] = {
      {"default_max20_min0_5", 20, 0.5f}, {"max20_min0_1", 20, 0.1f}, {"max100_min0_3", 100, 0.3f}};
  static TfcCandidate out[N];
  gchar *b = g_strdup_printf ("%s/%s.boxes.f32", folder, name);
  gchar *s = g_strdup_printf ("%s/%s.scores.f32", folder, name);
  TfcTensor boxes = {TFC_TYPE_F32, tfc_shape (4, 1, N, 1, 4), {0}, golden_read (b, N * 4 * 4)};
  TfcTensor scores = {TFC_TYPE_F32, tfc_shape (3, 1, N, 90), {0}, golden_read (s, N * 90 * 4)};
  TfcDecoder d = {&boxes, &scores, .first_id = 1};

  g_assert_true (tfc_decoder_init (&d, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    guint n = tfc_decode (&d, calls[i].threshold, NULL, out);
    n = tfc_nms (out, n, calls[i].threshold, calls[i].max);
    compare_list (photo, calls[i].list, out, n);
  }
  g_free (boxes.data);
  g_free (scores.data);
  g_free (b);
  g_free (s);
}

/* TF.js's own outputs give TF.js's own detections. */
static void
test_golden (gconstpointer model)
{
  gchar *folder = g_strdup_printf ("golden/coco/%s", (const gchar *)model);
  gchar *json = g_strdup_printf ("%s/golden.json", folder);
  cJSON *golden = golden_json (json);

  if (golden) {
    const cJSON *photos = cJSON_GetObjectItem (golden, "images"), *photo;
    g_assert_cmpint (cJSON_GetArraySize (photos), >, 0);
    cJSON_ArrayForEach (photo, photos)
      check_photo (folder, photo->string, photo);
    cJSON_Delete (golden);
  }
  g_free (json);
  g_free (folder);
}

/* Encodings and logits from inside the graph, our anchors: the boxes and scores that it ends in. */
static void
test_golden_logits (void)
{
  const gchar *folder = "golden/coco/lite_mobilenet_v2/";
  static TfcCandidate got[N], want[N];
  static TfcAnchor anchors[N];
  gfloat *inner[4];
  static const struct {
    const gchar *name;
    guint columns;
  } files[4] = {{"inner.coral_cat.7.f32", 4},
                {"inner.coral_cat.8.f32", 91},
                {"coral_cat.boxes.f32", 4},
                {"coral_cat.scores.f32", 90}};

  for (guint i = 0; i < 4; i++) {
    gchar *name = g_strconcat (folder, files[i].name, NULL);
    inner[i] = golden_read (name, N * files[i].columns * 4);
    g_free (name);
    if (!inner[i])
      return;
  }
  TfcTensor b = {TFC_TYPE_F32, tfc_shape (3, 1, N, 4), {0}, inner[0]};
  TfcTensor s = {TFC_TYPE_F32, tfc_shape (3, 1, N, 91), {0}, inner[1]};
  TfcTensor corners = {TFC_TYPE_F32, tfc_shape (4, 1, N, 1, 4), {0}, inner[2]};
  TfcTensor sigmoid = {TFC_TYPE_F32, tfc_shape (3, 1, N, 90), {0}, inner[3]};
  TfcDecoder ours = {&b, &s, anchors, coder, 1, 1, TRUE},
             theirs = {&corners, &sigmoid, .first_id = 1};

  coco_anchors (anchors);
  g_assert_true (tfc_decoder_init (&ours, NULL) && tfc_decoder_init (&theirs, NULL));
  guint n = tfc_decode (&ours, 0, NULL, got);
  g_assert_cmpuint (n, ==, N);
  g_assert_cmpuint (tfc_decode (&theirs, 0, NULL, want), ==, N);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (got[i].class_id, ==, want[i].class_id);
    g_assert_cmpfloat_with_epsilon (got[i].score, want[i].score, 1e-6);
    g_assert_cmpfloat_with_epsilon (got[i].box.x, want[i].box.x, 2e-6);
    g_assert_cmpfloat_with_epsilon (got[i].box.y, want[i].box.y, 2e-6);
    g_assert_cmpfloat_with_epsilon (got[i].box.w, want[i].box.w, 2e-6);
    g_assert_cmpfloat_with_epsilon (got[i].box.h, want[i].box.h, 2e-6);
  }
  guint above = 0;
  for (guint i = 0; i < n; i++)
    above += want[i].score > 0.5f;
  g_assert_cmpuint (tfc_decode (&ours, 0.5f, NULL, got), ==, above);
  g_assert_cmpuint (above, >, 0);
  g_assert_cmpuint (tfc_decode (&ours, 1, NULL, got), ==, 0);
  for (guint i = 0; i < 4; i++)
    g_free (inner[i]);
}

int
main (int argc, char **argv)
{
  static const gchar *const models[] = {"lite_mobilenet_v2", "lite_mobilenet_v2_fused",
                                        "lite_mobilenet_v2_uint16", "mobilenet_v1", "mobilenet_v2"};

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boxes/iou", test_iou);
  g_test_add_func ("/boxes/decode", test_decode_box);
  g_test_add_data_func ("/decode/random-f32", GINT_TO_POINTER (TFC_TYPE_F32), test_random);
  g_test_add_data_func ("/decode/random-u8", GINT_TO_POINTER (TFC_TYPE_U8), test_random);
  g_test_add_data_func ("/decode/random-i8", GINT_TO_POINTER (TFC_TYPE_I8), test_random);
  g_test_add_func ("/decode/not-finite", test_not_finite);
  g_test_add_func ("/decode/refused", test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    gchar *path = g_strconcat ("/decode/golden/", models[i], NULL);
    g_test_add_data_func (path, models[i], test_golden);
    g_free (path);
  }
  g_test_add_func ("/decode/golden-logits", test_golden_logits);
  return g_test_run ();
}
