/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* NanoDet's heads on made-up tensors, and detectors of the mirror that need nobody to say how they
 * are coded: NanoDet, Open Images' SSD, AutoML's. */
#include <math.h>

#include "models/detection/box_coder.h"
#include "models/detection/gfl.h"
#include "models/detection/ssd.h"
#include "tests/models/photo.h"

/* ---- heads ---- */

#define BINS 5
#define CELLS 16 /* 32 x 32 with stride 8 */

typedef struct {
  gfloat distances[CELLS * 4 * BINS], scores[CELLS * 2];
  TfcTensor d, s;
  TfcGfl gfl;
} Heads;

static void
heads_init (Heads *h)
{
  *h = (Heads){.d = {.type = TFC_TYPE_F32, .shape = tfc_shape (3, 1, CELLS, 4 * BINS)},
               .s = {.type = TFC_TYPE_F32, .shape = tfc_shape (3, 1, CELLS, 2)}};
  h->d.data = h->distances;
  h->s.data = h->scores;
  g_assert_true (tfc_gfl_init (&h->gfl, &h->d, &h->s, 32, 32));
}

/* Cell 5 is the second of the second row: its centre is (12, 12) of 32. Sides: 1, 2, 3 strides to
 * the left, the top and the right for sure, and evenly 0 to 4, which is 2, to the bottom. The box
 * ends at the picture's edges, above and on the right. */
static void
test_heads (void)
{
  const guint bin[3] = {1, 2, 3};
  TfcCandidate c[CELLS];
  Heads h;

  heads_init (&h);
  h.scores[5 * 2 + 1] = 0.75f;
  for (guint i = 0; i < 3; i++)
    h.distances[5 * 4 * BINS + i * BINS + bin[i]] = 100;
  g_assert_cmpuint (tfc_gfl_decode (&h.gfl, 0.5f, NULL, c), ==, 1);
  g_assert_cmpint (c[0].class_id, ==, 1);
  g_assert_cmpuint (c[0].index, ==, 5);
  g_assert_cmpfloat_with_epsilon (c[0].box.x, 4 / 32.f, 1e-6);
  g_assert_cmpfloat_with_epsilon (c[0].box.y, 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (c[0].box.w, 28 / 32.f, 1e-6);
  g_assert_cmpfloat_with_epsilon (c[0].box.h, 28 / 32.f, 1e-6);
  g_assert_cmpuint (tfc_gfl_decode (&h.gfl, 0.5f, (const guint8[]){1, 0}, c), ==, 0);
  g_assert_cmpuint (tfc_gfl_decode (&h.gfl, 0.75f, NULL, c), ==, 0);
}

static void
test_hostile (void)
{
  TfcCandidate c[CELLS];
  Heads h;

  heads_init (&h);
  h.scores[0] = NAN;
  h.scores[2] = INFINITY;
  h.scores[4] = 0.9f;
  h.distances[2 * 4 * BINS] = NAN;
  h.scores[6] = 0.9f;
  h.distances[3 * 4 * BINS] = INFINITY;
  for (guint i = tfc_gfl_decode (&h.gfl, 0, NULL, c); i--;)
    g_assert_true (tfc_box_finite (&c[i].box) && isfinite (c[i].score));
  h.s.shape.dim[1] = 15;
  g_assert_false (tfc_gfl_init (&h.gfl, &h.d, &h.s, 32, 32));
  h.d.shape.dim[1] = 15;
  g_assert_false (tfc_gfl_init (&h.gfl, &h.d, &h.s, 32, 32));
  h.s.shape.dim[1] = h.d.shape.dim[1] = CELLS;
  h.d.shape.dim[2] = 4 * BINS - 1;
  g_assert_false (tfc_gfl_init (&h.gfl, &h.d, &h.s, 32, 32));
}

/* Boxes of other classes are left alone. */
static void
test_by_class (void)
{
  const TfcBox box = {0.1f, 0.1f, 0.5f, 0.5f};
  TfcCandidate c[] = {{0.9f, 0, 3, box}, {0.8f, 1, 4, box}, {0.7f, 2, 3, box}};

  g_assert_cmpuint (tfc_nms_by_class (c, 3, 0.5f, 10), ==, 2);
  g_assert_cmpint (c[0].class_id, ==, 3);
  g_assert_cmpint (c[1].class_id, ==, 4);
  g_assert_cmpfloat (c[1].box.y, ==, box.y);
}

/* ---- NanoDet on photos, against its published description around the same network in
 * TensorFlow.js: the numbers are what tools/dev/reference answers objects/nanodet prints ---- */

#define NANODET "models/objects/nanodet/nanodet.json"
#define FEW 4
#define NEAR_SCORE 0.02
#define NEAR_OVERLAP 0.97f

typedef struct {
  gint class_id;
  gdouble score;
  gdouble left, top, right, bottom; /* pixels */
} Found;

typedef struct {
  const gchar *path, *photo;
  guint n;
  Found found[FEW];
} Reference;

static const Reference references[] = {
    {"/detectors/nanodet/wide", "coral_cat", 1, {{15, 0.7650, 80.07, 41.96, 390.02, 338.15}}},
    {"/detectors/nanodet/two",
     "coral_pets",
     2,
     {{16, 0.7487, 106.47, 43.27, 255.41, 296.92}, {16, 0.7467, 341.30, 167.74, 494.00, 365.33}}},
    {"/detectors/nanodet/high",
     "human_group-2",
     4,
     {{0, 0.6104, 163.35, 34.40, 354.51, 563.94},
      {0, 0.5553, 62.96, 84.25, 238.96, 564.79},
      {27, 0.5005, 242.81, 145.11, 271.83, 240.65},
      {0, 0.4952, 471.64, 114.97, 512.00, 278.43}}},
};

/* Of the n that we found the one that overlaps it most. */
static void
check_reference (const Found *want, const TfcDetection *have, guint n, guint width, guint height)
{
  const TfcBox box = {(gfloat)(want->left / width), (gfloat)(want->top / height),
                      (gfloat)((want->right - want->left) / width),
                      (gfloat)((want->bottom - want->top) / height)};
  const TfcDetection *near = have;

  for (guint i = 1; i < n; i++)
    if (tfc_box_iou (&have[i].box, &box) > tfc_box_iou (&near->box, &box))
      near = &have[i];
  g_assert_cmpint (near->class_id, ==, want->class_id);
  g_assert_cmpfloat_with_epsilon (near->score, want->score, NEAR_SCORE);
  g_assert_cmpfloat (tfc_box_iou (&near->box, &box), >, NEAR_OVERLAP);
}

static void
test_reference (gconstpointer data)
{
  const Reference *p = data;
  g_autofree gchar *path = golden_path (NANODET);
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[20] = {0};
  guint8 *pixels;
  guint width, height;
  GError *error = NULL;

  if (!path || !photo_load (p->photo, &pixels, &width, &height))
    return;
  TfcSsd *ssd = tfc_ssd_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  const TfcFrame frame = tfc_frame_rgb (pixels, width, height);
  options.score_threshold = 0.3f;
  const gint n = tfc_ssd_run (ssd, &frame, &options, out, 20, NULL, NULL);
  g_assert_cmpint (n, >=, (gint)p->n);
  for (guint i = 0; i < p->n; i++)
    check_reference (&p->found[i], out, (guint)n, width, height);
  tfc_ssd_close (ssd);
  g_free (pixels);
}

/* Twice as wide as high: the network's picture has a quarter of black above and below. */
static void
test_frame_in_picture (void)
{
  const TfcFrame frame = {.width = 800, .height = 400};
  const TfcMap map = tfc_gfl_map (&frame, 200, 200);
  TfcBox middle = {0.25f, 0.5f, 0.5f, 0.125f}, over = {0.75f, 0.125f, 0.5f, 0.25f},
         black = {0.25f, 0, 0.5f, 0.25f};

  g_assert_cmpfloat (map.xx, ==, 4);
  g_assert_cmpfloat (map.x0, ==, 0);
  g_assert_cmpfloat (map.y0, ==, -200);
  g_assert_true (tfc_gfl_to_frame (&map, &frame, 200, 200, &middle));
  g_assert_cmpfloat (middle.x, ==, 0.25f);
  g_assert_cmpfloat (middle.y, ==, 0.5f);
  g_assert_cmpfloat (middle.h, ==, 0.25f);
  g_assert_true (tfc_gfl_to_frame (&map, &frame, 200, 200, &over));
  g_assert_cmpfloat (over.w, ==, 0.25f);
  g_assert_cmpfloat (over.y, ==, 0);
  g_assert_cmpfloat (over.h, ==, 0.25f);
  g_assert_false (tfc_gfl_to_frame (&map, &frame, 200, 200, &black));
}

/* ---- the mirror's ---- */

typedef struct {
  const gchar *path, *model, *labels, *photo, *label;
  gfloat least;
  TfcBox box;
} Photo;

#define OID "models/objects/ssd_mobilenet_v2_oid/"
#define CAT                    \
  {                            \
    0.12f, 0.11f, 0.66f, 0.88f \
  }
static const Photo photos[] = {
    {"/detectors/open-images/cat", OID "object_detection_ssd_mobilenetv2_oidv4_fp16.tflite",
     OID "object_detection_oidv4_labelmap.txt", "media/coral_cat.png", "Cat", 0.75f, CAT},
};

static void
test_photo (gconstpointer data)
{
  const Photo *p = data;
  g_autofree gchar *path = golden_path (p->model),
                   *labels = p->labels ? golden_path (p->labels) : NULL;
  const TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[20] = {0};
  guint8 *pixels;
  guint width, height;
  GError *error = NULL;

  if (!path || !photo_load_file (p->photo, &pixels, &width, &height))
    return;
  TfcSsd *ssd = tfc_ssd_open (path, labels, NULL, &error);
  g_assert_no_error (error);
  const TfcFrame frame = tfc_frame_rgb (pixels, width, height);
  g_assert_cmpint (tfc_ssd_run (ssd, &frame, &options, out, 20, NULL, NULL), >=, 1);
  g_assert_cmpstr (tfc_labels_name (tfc_ssd_labels (ssd), out[0].class_id), ==, p->label);
  g_assert_cmpfloat (out[0].score, >, p->least);
  g_assert_cmpfloat (tfc_box_iou (&out[0].box, &p->box), >, 0.8f);
  tfc_ssd_close (ssd);
  g_free (pixels);
}

/* ---- AutoML's, against both executors ---- */

#define BOX "box_ymin_xmin_ymax_xmax"

/* What both are sure of: the box of the second that is the same thing, or NULL. */
static const cJSON *
agreed (const cJSON *one, const cJSON *other)
{
  for (cJSON *d = other->child; d; d = d->next)
    if (golden_member (d, "class") == golden_member (one, "class") &&
        golden_member (d, "score") >= 0.65 &&
        fabs (golden_number (cJSON_GetObjectItem (d, BOX), 0) -
              golden_number (cJSON_GetObjectItem (one, BOX), 0)) < 0.1)
      return d;
  return NULL;
}

static TfcBox
box_of (const cJSON *detection)
{
  gfloat t[4];

  for (gint i = 0; i < 4; i++)
    t[i] = (gfloat)golden_number (cJSON_GetObjectItem (detection, BOX), i);
  return tfc_box_corners (t);
}

static void
check_found (const cJSON *want, const TfcDetection *out, gint n, TfcLabels *labels)
{
  const TfcBox box = box_of (want);

  for (gint i = 0; i < n; i++)
    if (!strcmp (tfc_labels_name (labels, out[i].class_id), golden_text (want, "label")) &&
        tfc_box_iou (&out[i].box, &box) >= 0.9f &&
        fabs (out[i].score - golden_member (want, "score")) <= 0.06)
      return;
  g_error ("%s, %g, is not found", golden_text (want, "label"), golden_member (want, "score"));
}

static void
test_shampoos (void)
{
  cJSON *root = golden_json ("golden/classify/tflite/results.json");
  g_autofree gchar *path = golden_path ("models/automl/objects_shampoos/model.tflite");
  static const gchar *const names[] = {"shampoo_a", "shampoo_b"};
  TfcSsdOptions options = TFC_SSD_DEFAULTS;
  TfcDetection out[20];
  guint checked = 0;

  if (!root || !path)
    return;
  TfcSsd *ssd = tfc_ssd_open (path, NULL, NULL, NULL);
  options.score_threshold = 0.4f;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree gchar *file =
        g_strdup_printf ("golden/classify/pictures_no_licence/%s.png", names[i]);
    const cJSON *p = cJSON_GetObjectItem (
        cJSON_GetObjectItem (cJSON_GetObjectItem (root, "pictures"), names[i]), "automl_shampoos");
    const cJSON *a = cJSON_GetObjectItem (cJSON_GetObjectItem (p, "builtin"), "detections");
    const cJSON *b = cJSON_GetObjectItem (cJSON_GetObjectItem (p, "xnnpack_alpha8"), "detections");
    guint8 *pixels;
    guint width, height;
    if (!a || !b || !photo_load_file (file, &pixels, &width, &height))
      continue;
    const TfcFrame frame = tfc_frame_rgb (pixels, width, height);
    const gint n = tfc_ssd_run (ssd, &frame, &options, out, 20, NULL, NULL);
    for (cJSON *d = a->child; d; d = d->next)
      if (golden_member (d, "score") >= 0.65 && agreed (d, b)) {
        check_found (d, out, n, tfc_ssd_labels (ssd));
        checked++;
      }
    g_free (pixels);
  }
  g_assert_cmpuint (checked, >, 0);
  tfc_ssd_close (ssd);
  cJSON_Delete (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detectors/heads/decode", test_heads);
  g_test_add_func ("/detectors/heads/hostile", test_hostile);
  g_test_add_func ("/detectors/heads/by-class", test_by_class);
  g_test_add_func ("/detectors/heads/frame-in-picture", test_frame_in_picture);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    g_test_add_data_func (references[i].path, &references[i], test_reference);
  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    g_test_add_data_func (photos[i].path, &photos[i], test_photo);
  g_test_add_func ("/detectors/automl/shampoos", test_shampoos);
  return g_test_run ();
}
