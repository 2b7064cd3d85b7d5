/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The quantised COCO-SSD of the mirror against saved results: anchors, raw outputs, detections in
 * photos, on every backend. */
#include <math.h>
#include "inference/backend.h"
#include "models/detection/score_decode.h"
#include "models/detection/ssd.h"
#include "tests/models/detection/coco-anchors.h"
#include "tests/models/detection/ssd-check.h"
#include "tests/models/photo.h"

#define N COCO_ANCHORS

/* What detect.tflite's own post-processing is set to. */
static const TfcSsdOptions own = {0, 0.6f, 10, NULL};

static const gchar *const photos[] = {"coral_bird",    "coral_cat",           "coral_grace_hopper",
                                      "coral_hot_dog", "coral_kite_and_cold", "coral_pets"};

/* The final detections of the xnnpack executor for a photo. */
static const cJSON *
golden_list (const cJSON *root, const gchar *photo)
{
  const cJSON *o = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "images"), photo);

  return cJSON_GetObjectItem (cJSON_GetObjectItem (o, "xnnpack"), "detections");
}

/* Same classes in the same order; boxes and scores within the tolerances. */
static void
compare (const cJSON *want, const TfcDetection *got, guint n, gdouble box_eps, gdouble score_eps)
{
  g_assert_cmpuint (n, ==, cJSON_GetArraySize (want));
  for (guint i = 0; i < n; i++) {
    const cJSON *w = cJSON_GetArrayItem (want, i);
    const cJSON *b = cJSON_GetObjectItem (w, "box_ymin_xmin_ymax_xmax");
    const TfcBox *box = &got[i].box;
    g_assert_cmpint (got[i].class_id, ==, golden_member (w, "class") + 1);
    g_assert_cmpfloat_with_epsilon (got[i].score, golden_member (w, "score"), score_eps);
    g_assert_cmpfloat_with_epsilon (box->y, golden_number (b, 0), box_eps);
    g_assert_cmpfloat_with_epsilon (box->x, golden_number (b, 1), box_eps);
    g_assert_cmpfloat_with_epsilon (box->y + box->h, golden_number (b, 2), box_eps);
    g_assert_cmpfloat_with_epsilon (box->x + box->w, golden_number (b, 3), box_eps);
  }
}

static gdouble
real_at (const TfcTensor *t, guint index)
{
  return t->type == TFC_TYPE_F32
             ? ((const gfloat *)t->data)[index]
             : t->quant.scale * (((const guint8 *)t->data)[index] - t->quant.zero_point);
}

/* The file's anchors are the rule's, to half a step of their quantisation. */
static void
test_anchors (void)
{
  static TfcAnchor rule[N];
  TfcSsd *ssd = open_detect ("reference", 1);

  if (!ssd)
    return;
  const TfcTensor *file = tfc_model_postprocess_const (tfc_ssd_model (ssd), 0);
  g_assert_nonnull (file);
  g_test_message ("anchors are %s, scale %g", tfc_type_name (file->type), file->quant.scale);
  g_assert_cmpuint (tfc_tensor_count (file), ==, N * 4);
  coco_anchors (rule);
  for (guint i = 0; i < N; i++) {
    const gdouble want[4] = {rule[i].cy, rule[i].cx, rule[i].h, rule[i].w};
    for (guint k = 0; k < 4; k++)
      g_assert_cmpfloat_with_epsilon (real_at (file, i * 4 + k), want[k],
                                      0.5 * file->quant.scale + 1e-6);
  }
  tfc_ssd_close (ssd);
}

static void
check_raw (const TfcSsd *ssd, guint output, const gchar *photo, const gchar *what, gsize bytes)
{
  gchar *name = g_strdup_printf ("golden/tflite/%s.xnnpack.%s.u8", photo, what);
  guint8 *want = golden_read (name, bytes);
  const TfcTensor *t = tfc_model_output (tfc_ssd_model ((TfcSsd *)ssd), output);
  const guint8 *got = t->data;
  guint differ = 0, most = 0;

  g_assert_cmpuint (tfc_tensor_bytes (t), ==, bytes);
  for (gsize i = 0; i < bytes; i++) {
    guint d = (guint)ABS (got[i] - want[i]);
    differ += d > 0;
    most = MAX (most, d);
  }
  g_test_message ("%s %s: %u of %" G_GSIZE_FORMAT " differ, at most by %u", photo, what, differ,
                  bytes, most);
  g_assert_cmpuint (most, ==, 0);
  g_free (want);
  g_free (name);
}

/* Without the network: the executor's saved raw outputs, decoded with the file's anchors, give its
 * final detections. */
static void
test_raw (void)
{
  static TfcAnchor anchors[N];
  static TfcCandidate candidates[N];
  cJSON *golden = golden_json ("golden/tflite/golden.json");
  TfcSsd *ssd = golden ? open_detect ("reference", 1) : NULL;

  for (guint i = 0; ssd && i < N; i++) {
    const TfcTensor *file = tfc_model_postprocess_const (tfc_ssd_model (ssd), 0);
    anchors[i] = (TfcAnchor){(gfloat)real_at (file, i * 4), (gfloat)real_at (file, i * 4 + 1),
                             (gfloat)real_at (file, i * 4 + 2), (gfloat)real_at (file, i * 4 + 3)};
  }
  for (guint i = 0; ssd && i < G_N_ELEMENTS (photos); i++) {
    gchar *b = g_strdup_printf ("golden/tflite/%s.xnnpack.boxes.u8", photos[i]);
    gchar *s = g_strdup_printf ("golden/tflite/%s.xnnpack.scores.u8", photos[i]);
    TfcTensor boxes = {
        TFC_TYPE_U8, tfc_shape (3, 1, N, 4), {0.07902787625789642f, 191}, golden_read (b, N * 4)};
    TfcTensor scores = {
        TFC_TYPE_U8, tfc_shape (3, 1, N, 91), {0.00390625f, 0}, golden_read (s, N * 91)};
    TfcDecoder d = {&boxes, &scores, anchors, {10, 10, 5, 5}, 1, 1};
    TfcDetection out[10];

    g_assert_true (tfc_decoder_init (&d, NULL));
    guint n = tfc_decode (&d, own.score_threshold, NULL, candidates);
    n = tfc_nms (candidates, n, own.iou_threshold, own.max_detections);
    for (guint k = 0; k < n; k++)
      out[k] = (TfcDetection){candidates[k].box, candidates[k].score, candidates[k].class_id, 0};
    compare (golden_list (golden, photos[i]), out, n, 1e-6, 1e-9);
    g_free (boxes.data);
    g_free (scores.data);
    g_free (b);
    g_free (s);
  }
  tfc_ssd_close (ssd);
  cJSON_Delete (golden);
}

typedef struct {
  const gchar *backend;
  guint threads, n_photos;
} Engine;

/* The saved inputs: raw outputs byte for byte, and the file's own final detections. */
static void
test_inputs (gconstpointer data)
{
  const Engine *engine = data;
  cJSON *golden = golden_json ("golden/tflite/golden.json");
  TfcSsd *ssd = golden ? open_detect (engine->backend, engine->threads) : NULL;

  for (guint i = 0; ssd && i < engine->n_photos; i++) {
    gchar *name = g_strdup_printf ("golden/tflite/%s.input.u8", photos[i]);
    guint8 *pixels = golden_read (name, 300 * 300 * 3);
    TfcFrame frame = tfc_frame_rgb (pixels, 300, 300);
    TfcDetection out[10];
    TfcSsdTimes times;
    GError *error = NULL;
    gint n = tfc_ssd_run (ssd, &frame, &own, out, 10, &times, &error);

    g_assert_no_error (error);
    check_raw (ssd, 0, photos[i], "boxes", N * 4);
    check_raw (ssd, 1, photos[i], "scores", N * 91);
    compare (golden_list (golden, photos[i]), out, n, 1e-6, 1e-9);
    g_assert_cmpint (times.network, >, 0);
    g_free (pixels);
    g_free (name);
  }
  tfc_ssd_close (ssd);
  cJSON_Delete (golden);
}

static gboolean
is_near (const TfcDetection *got, const cJSON *want, gdouble box_eps, gdouble score_eps)
{
  const cJSON *b = cJSON_GetObjectItem (want, "box_ymin_xmin_ymax_xmax");
  const gdouble edges[4] = {got->box.y, got->box.x, got->box.y + got->box.h,
                            got->box.x + got->box.w};
  gboolean near = got->class_id == golden_member (want, "class") + 1;

  for (guint k = 0; k < 4; k++)
    near = near && fabs (edges[k] - golden_number (b, k)) <= box_eps;
  return near && fabs (got->score - golden_member (want, "score")) <= score_eps;
}

/* Every golden detection above 0.55 has one of ours beside it. (Below, a person of 20 pixels on the
 * beach depends on the chroma that 4:2:0 has dropped.) */
static void
check_found (const cJSON *golden, const TfcDetection *got, guint n, const gchar *photo)
{
  for (gint i = 0; i < cJSON_GetArraySize (golden); i++) {
    const cJSON *want = cJSON_GetArrayItem (golden, i);
    gboolean found = FALSE;

    if (golden_member (want, "score") <= 0.55)
      continue;
    for (guint k = 0; k < n && !found; k++)
      found = is_near (&got[k], want, 0.01, 0.03);
    if (!found)
      g_error ("%s: nothing of ours is near the golden detection %u", photo, i);
  }
}

/* The whole door from the photos: the sampler rounds as the reference does, so nothing differs. */
static void
test_photos (gconstpointer data)
{
  const Engine *engine = data;
  cJSON *golden = golden_json ("golden/tflite/golden.json");
  TfcSsd *ssd = golden ? open_detect (engine->backend, engine->threads) : NULL;

  for (guint i = 0; ssd && i < engine->n_photos; i++) {
    guint8 *pixels;
    guint width, height;
    TfcDetection out[10];

    if (!photo_load (photos[i], &pixels, &width, &height))
      break;
    TfcFrame frame = tfc_frame_rgb (pixels, width, height);
    gint n = tfc_ssd_run (ssd, &frame, &own, out, 10, NULL, NULL);
    compare (golden_list (golden, photos[i]), out, n, 1e-6, 1e-9);
    g_free (pixels);
  }
  tfc_ssd_close (ssd);
  cJSON_Delete (golden);
}

/* One component of an RGB picture, BT.601 limited range: k 0, 1, 2 for Y, U, V; the mean of side
 * pixels to the right of and below (x, y). */
static guint8
yuv_at (const guint8 *rgb, guint width, guint height, guint x, guint y, guint wide, guint high,
        guint k)
{
  static const gdouble m[3][4] = {
      {65.481, 128.553, 24.966, 16}, {-37.797, -74.203, 112, 128}, {112, -93.786, -18.214, 128}};
  gdouble sum = 0;
  guint n = 0;

  for (guint v = y; v < MIN (y + high, height); v++)
    for (guint u = x; u < MIN (x + wide, width); u++, n++) {
      const guint8 *p = rgb + ((gsize)v * width + u) * 3;
      sum += m[k][3] + (m[k][0] * p[0] + m[k][1] * p[1] + m[k][2] * p[2]) / 255;
    }
  return (guint8)(sum / n + 0.5);
}

/* The picture in any YUV format of the table, by its components' places. g_free planes[0..2]. */
static TfcFrame
yuv_frame (const gchar *format, const guint8 *rgb, guint width, guint height, guint8 *planes[3])
{
  TfcFrame frame = {width, height, .format = tfc_format_find (format)};
  const gint stride = (gint)width * 2 + 36;

  g_assert_nonnull (frame.format);
  for (guint p = 0; p < frame.format->n_planes; p++) {
    frame.plane[p] = planes[p] = g_malloc0 ((gsize)stride * (height + 1));
    frame.stride[p] = stride;
  }
  for (guint k = 0; k < 3; k++) {
    const TfcComponent *c = &frame.format->component[k];
    const guint wide = 1u << c->sub_x, high = 1u << c->sub_y;
    for (guint y = 0; y < height; y += high)
      for (guint x = 0; x < width; x += wide)
        planes[c->plane][(y >> c->sub_y) * stride + (x >> c->sub_x) * c->step + c->offset] =
            yuv_at (rgb, width, height, x, y, wide, high, k);
  }
  return frame;
}

/* From YUV, whose colours are coarser: 1 % and 0.03. */
static void
test_yuv (gconstpointer format)
{
  cJSON *golden = golden_json ("golden/tflite/golden.json");
  TfcSsd *ssd = golden ? open_detect (NULL, 1) : NULL;
  const TfcSsdOptions options = {0.3f, 0.6f, 100, NULL};

  for (guint i = 0; ssd && i < G_N_ELEMENTS (photos); i++) {
    guint8 *pixels, *planes[3] = {NULL, NULL, NULL};
    guint width, height;
    TfcDetection out[100];

    if (!photo_load (photos[i], &pixels, &width, &height))
      break;
    TfcFrame frame = yuv_frame (format, pixels, width, height, planes);
    gint n = tfc_ssd_run (ssd, &frame, &options, out, 100, NULL, NULL);
    check_found (golden_list (golden, photos[i]), out, n, photos[i]);
    for (guint p = 0; p < 3; p++)
      g_free (planes[p]);
    g_free (pixels);
  }
  tfc_ssd_close (ssd);
  cJSON_Delete (golden);
}

int
main (int argc, char **argv)
{
  static const Engine engines[] = {{"auto", 1, 6},    {"auto", 2, 6},      {"xnnpack", 1, 6},
                                   {"xnnpack", 2, 6}, {"reference", 1, 2}, {"reference", 2, 1}};

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ssd/anchors", test_anchors);
  g_test_add_func ("/ssd/raw", test_raw);
  for (guint i = 0; i < G_N_ELEMENTS (engines); i++) {
    const Engine *e = &engines[i];
    if (!tfc_backend_find (e->backend, NULL))
      continue;
    gchar *inputs = g_strdup_printf ("/ssd/inputs/%s-%u", e->backend, e->threads);
    gchar *whole = g_strdup_printf ("/ssd/photos/%s-%u", e->backend, e->threads);
    g_test_add_data_func (inputs, e, test_inputs);
    if (e->threads == 1)
      g_test_add_data_func (whole, e, test_photos);
    g_free (inputs);
    g_free (whole);
  }
  g_test_add_data_func ("/ssd/yuv/nv12", "NV12", test_yuv);
  g_test_add_data_func ("/ssd/yuv/i420", "I420", test_yuv);
  g_test_add_data_func ("/ssd/yuv/yuy2", "YUY2", test_yuv);
  return g_test_run ();
}
