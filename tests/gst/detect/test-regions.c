/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where tfcdetect looks, and when: roi is a crop without copying, hostile texts are refused,
 * regions are bounded, the gate rests while nothing moves and never for long. */
#include <math.h>
#include <string.h>
#include "tests/gst/common/tiny.h"

#define FPS 25

/* ---- roi ---- */

/* What is found in the cat's picture, cut out by videocrop, or by roi. NV12, so the crop is even.
 */
static GstBuffer *
found_in (const gchar *launch)
{
  GstHarness *h = gst_harness_new_parse (launch);
  g_autoptr (GstElement) detect = gst_bin_get_by_name (GST_BIN (h->element), "d");
  g_autofree gchar *models = shared_path ("models");
  GstBuffer *in, *out;
  GstCaps *caps;

  g_object_set (detect, "model-path", models, "score-threshold", 0.2, NULL);
  in = cat ("NV12", 480, 400, &caps);
  gst_harness_set_src_caps (h, caps);
  out = gst_harness_push_and_pull (h, in);
  gst_harness_teardown (h);
  return out;
}

static void
test_crop (void)
{
  const GstTfcDetectionMeta *a, *b;
  GstBuffer *roi, *crop;

  if (!have_model ())
    return;
  roi = found_in ("tfcdetect name=d base-model=mobilenet-v1-quant roi=0.125,0.25,0.75,0.7");
  crop = found_in ("videocrop left=60 right=60 top=100 bottom=20 ! tfcdetect name=d "
                   "base-model=mobilenet-v1-quant");
  a = gst_buffer_get_tfc_detection_meta (roi);
  b = gst_buffer_get_tfc_detection_meta (crop);
  g_assert_cmpuint (a->n_detections, >=, 1);
  g_assert_cmpuint (a->n_detections, ==, b->n_detections);
  for (guint i = 0; i < a->n_detections; i++) {
    const GstTfcDetection *p = &a->detections[i], *q = &b->detections[i];
    g_assert_cmpint (p->class_id, ==, q->class_id);
    g_assert_cmpfloat_with_epsilon (p->score, q->score, 1e-6);
    g_assert_cmpfloat_with_epsilon (p->x, 0.125 + q->x * 0.75, 1e-5);
    g_assert_cmpfloat_with_epsilon (p->y, 0.25 + q->y * 0.7, 1e-5);
    g_assert_cmpfloat_with_epsilon (p->w, q->w * 0.75, 1e-5);
    g_assert_cmpfloat_with_epsilon (p->h, q->h * 0.7, 1e-5);
  }
  gst_buffer_unref (roi);
  gst_buffer_unref (crop);
}

static const gchar *const hostile[] = {
    "x",        "0,0,1",
    "0,0,1,1;", "0,0,nan,1",
    "0,0,2,1",  "0,0,0,1",
    ";",        "0,0,1e99,1",
    "%s%n",     "1,1,1,1",
    "-1,0,1,1", "0,0,1,1,",
    "\001",     "0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1;0,0,1,1"};

static void
test_hostile (void)
{
  GstHarness *h;
  GstBus *bus;

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    assert_refused (tiny_new ("roi", hostile[i], NULL), GST_RESOURCE_ERROR,
                    GST_RESOURCE_ERROR_SETTINGS, "roi: ");
  h = tiny_play (tiny_new ("roi", "0,0,0.5,1", NULL), &bus);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autofree gchar *now = NULL;
    g_object_set (h->element, "roi", hostile[i], NULL);
    assert_message (bus, GST_MESSAGE_WARNING, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_SETTINGS,
                    "roi: ");
    g_object_get (h->element, "roi", &now, NULL);
    g_assert_cmpstr (now, ==, "0,0,0.5,1");
    g_assert_cmpint (look_at (h, i).n, ==, 1);
  }
  detect_done (h, bus);
}

/* ---- the gate ---- */

/* The n-th of FPS a second: gray noise with a square at (x, 100) if x is not 0. */
static GstBuffer *
scene (GRand *rand, guint n, guint x)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 320 * 180, NULL);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  for (guint i = 0; i < map.size; i++)
    map.data[i] = (guint8)(100 + g_rand_int_range (rand, -4, 5));
  for (guint y = 100; x && y < 124; y++)
    memset (map.data + y * 320 + x, 240, 12);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = n * GST_SECOND / FPS;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / FPS;
  return buffer;
}

static gboolean
is_held (GstHarness *h, GRand *rand, guint n, guint x)
{
  GstBuffer *out = through (h, scene (rand, n, x));
  const gboolean held = gst_buffer_get_tfc_detection_meta (out)->held;

  gst_buffer_unref (out);
  return held;
}

static GstHarness *
scene_play (GstElement *element)
{
  GstHarness *h = detect_play (element, NULL);

  gst_harness_set_src_caps (h, caps_of ("GRAY8", 320, 180));
  return h;
}

static void
test_gate (void)
{
  GRand *rand = g_rand_new_with_seed (5);
  GstHarness *h = scene_play (tiny_new ("motion-gate", TRUE, "gate-max", 400, NULL));
  guint n = 0, looked = 0, longest = 0, wait = 0;

  for (; n < 3 * FPS; n++) {
    const gboolean held = is_held (h, rand, n, 0);
    wait = held ? wait + 1 : 0;
    longest = MAX (longest, wait);
    looked += !held;
  }
  g_assert_cmpuint (looked, <, 25);  /* of 75; one in ten, and the first ones */
  g_assert_cmpuint (longest, ==, 9); /* 400 ms */
  for (guint x = 20; x < 200; x += 6, n++)
    g_assert_false (is_held (h, rand, n, x));
  g_assert_cmpuint (stat_of (h->element, "gated"), ==, 3 * FPS - looked);
  g_assert_cmpuint (stat_of (h->element, "network-runs"), ==, looked + 30);
  g_assert_cmpuint (stat_of (h->element, "analysed"), ==, looked + 30);
  g_object_set (h->element, "motion-gate", FALSE, NULL);
  for (guint i = 0; i < 5; i++, n++)
    g_assert_false (is_held (h, rand, n, 0));
  detect_done (h, NULL);
  g_rand_free (rand);
}

/* Where roi does not look nothing moves. Buffers without times are never held: there is no telling
 * how long. */
static void
test_gate_elsewhere (void)
{
  GRand *rand = g_rand_new_with_seed (6);
  GstHarness *h = scene_play (tiny_new ("motion-gate", TRUE, "roi", "0,0,1,0.4", NULL));
  guint held = 0;

  for (guint n = 0; n < FPS; n++)
    held += is_held (h, rand, n, 20 + 4 * n);
  g_assert_cmpuint (held, >, FPS / 2);
  for (guint n = 0; n < 5; n++) {
    GstBuffer *in = scene (rand, n, 0), *out;
    GST_BUFFER_PTS (in) = GST_CLOCK_TIME_NONE;
    out = through (h, in);
    g_assert_false (gst_buffer_get_tfc_detection_meta (out)->held);
    gst_buffer_unref (out);
  }
  detect_done (h, NULL);
  g_rand_free (rand);
}

/* What is tracked keeps the gate open, but not when it has stood for two seconds; it is looked at
 * before the tracker gives it up, and keeps its id. */
static void
test_gate_standing (void)
{
  GstHarness *h = tiny_play (tiny_new ("motion-gate", TRUE, "gate-max", 9000, "tracking", "motion",
                                       "track-max-age", 800, NULL),
                             NULL);
  guint longest = 0, wait = 0;
  guint64 id = 0;

  for (guint n = 0; n < 6 * 30; n++) {
    GstBuffer *out = through (h, white (n, 0));
    const GstTfcDetectionMeta *meta = gst_buffer_get_tfc_detection_meta (out);
    const gint frames = (gint)n - 2 * 30; /* since it may wait */
    wait = meta->held ? wait + 1 : 0;
    longest = MAX (longest, wait);
    g_assert_true (!meta->held || frames >= 0);
    if (n >= 2) {
      g_assert_cmpuint (meta->n_detections, ==, 1);
      g_assert_cmpuint (meta->detections[0].track_id, >, 0);
      g_assert_true (id == 0 || id == meta->detections[0].track_id);
      id = meta->detections[0].track_id;
    }
    gst_buffer_unref (out);
  }
  g_assert_cmpuint (longest, ==, 21); /* 700 ms */
  detect_done (h, NULL);
}

/* What comes without any motion is found when the gate opens by itself, and reported as soon as a
 * tracker has seen it often enough. */
static void
test_gate_new (void)
{
  guint n = 0, wait = 0;
  GstHarness *h;

  if (!have_model ())
    return;
  h = detect_play (detect_new ("motion-gate", TRUE, "tracking", "motion", "track-min-hits", 4,
                               "classes", "cat", "score-threshold", 1.0, NULL),
                   NULL);
  for (; n < 40; n++)
    g_assert_cmpint (count_at (h, n, NULL), ==, 0);
  g_object_set (h->element, "score-threshold", 0.4, NULL);
  for (; wait < 60 && count_at (h, n, NULL) < 1; n++)
    wait++;
  g_assert_cmpuint (wait, >=, 3); /* it scores less than 0.8 */
  g_assert_cmpuint (wait, <=, 30 + 4);
  detect_done (h, NULL);
  forget_cat ();
}

/* ---- bounds ---- */

/* Random pictures, settings and gaps while they flow: never more runs than were asked for. */
static void
test_bounds (void)
{
  GRand *rand = g_rand_new_with_seed (g_test_rand_int ());
  static const gchar *const rois[] = {"", "0,0,1,0.5", "0.1,0.1,0.3,0.3;0.5,0.5,0.5,0.5"};
  GstHarness *h = scene_play (tiny_new ("regions", 4, NULL));
  guint64 before = 0;

  for (guint n = 0; n < 80; n++) {
    const guint regions = g_rand_int_range (rand, 0, 17), roi = g_rand_int_range (rand, 0, 3);
    GstBuffer *in = scene (rand, n, g_rand_int_range (rand, 0, 300)), *out;
    g_object_set (h->element, "regions", regions, "roi", rois[roi], "full-every",
                  g_rand_int_range (rand, 1, 4), "motion-gate", g_rand_boolean (rand), NULL);
    if (g_rand_int_range (rand, 0, 8) == 0)
      GST_BUFFER_FLAG_SET (in, GST_BUFFER_FLAG_DISCONT);
    out = through (h, in);
    gst_buffer_unref (out);
    const guint64 runs = stat_of (h->element, "network-runs");
    g_assert_cmpuint (runs - before, <=, regions + (roi == 2 ? 2 : 1));
    before = runs;
  }
  detect_done (h, NULL);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  static const TestCase cases[] = {{"/regions/crop", test_crop},
                                   {"/regions/hostile", test_hostile},
                                   {"/regions/gate", test_gate},
                                   {"/regions/gate-elsewhere", test_gate_elsewhere},
                                   {"/regions/gate-standing", test_gate_standing},
                                   {"/regions/gate-new", test_gate_new},
                                   {"/regions/bounds", test_bounds},
                                   {NULL}};

  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
