/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfchands: golden pictures through the element, its properties, models that change while it plays.
 */
#include <cJSON.h>
#include <math.h>
#include <string.h>
#include "tests/gst/common/detect.h"

#define POINTS 21
#define FRAME (GST_SECOND / 30)

static gint churning;

static gboolean
have_hands (void)
{
  return have_shared ("models/hand/hand_landmark_full.tflite");
}

static GstElement *
hands_new (void)
{
  g_autofree gchar *models = shared_path ("models");

  return gst_element_factory_make_full ("tfchands", "model-path", models, "threads", 1, NULL);
}

/* The picture as the frame-th buffer; what comes out. */
static GstBuffer *
show (GstHarness *h, GstBuffer *picture, guint frame)
{
  GstBuffer *buffer = gst_buffer_copy (picture);

  GST_BUFFER_PTS (buffer) = frame * FRAME;
  GST_BUFFER_DURATION (buffer) = FRAME;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_DISCONT);
  return through (h, buffer);
}

/* Mean distance of points in longer edges of the reference's hand. */
static gdouble
distance (const GstTfcPose *hand, const cJSON *golden, guint width, guint height)
{
  const cJSON *points = cJSON_GetObjectItem (golden, "keypoints"), *p;
  gdouble least[2] = {G_MAXDOUBLE, G_MAXDOUBLE}, most[2] = {-G_MAXDOUBLE, -G_MAXDOUBLE}, sum = 0;
  guint i = 0;

  g_assert_cmpuint (hand->n_points, ==, POINTS);
  g_assert_cmpint (hand->layout, ==, GST_TFC_POINT_LAYOUT_HAND_21);
  g_assert_nonnull (hand->world);
  cJSON_ArrayForEach (p, points) {
    const gdouble at[2] = {cJSON_GetNumberValue (cJSON_GetArrayItem (p, 0)),
                           cJSON_GetNumberValue (cJSON_GetArrayItem (p, 1))};
    for (guint k = 0; k < 2; k++) {
      least[k] = fmin (least[k], at[k]);
      most[k] = fmax (most[k], at[k]);
    }
    sum += hypot (hand->points[i].x * width - at[0], hand->points[i].y * height - at[1]);
    i++;
  }
  g_assert_cmpuint (i, ==, POINTS);
  return sum / POINTS / fmax (most[0] - least[0], most[1] - least[1]);
}

static void
compare (const GstTfcPoseMeta *meta, const cJSON *golden, guint width, guint height,
         gdouble tolerance, gboolean mirrored)
{
  const cJSON *list = cJSON_GetObjectItem (golden, "hands"), *hand;
  guint i = 0;

  g_assert_nonnull (meta);
  g_assert_cmpint (meta->n_poses, ==, cJSON_GetArraySize (list));
  cJSON_ArrayForEach (hand, list) {
    const GstTfcPose *ours = &meta->poses[i++];
    const gchar *side = cJSON_GetStringValue (cJSON_GetObjectItem (hand, "handedness"));
    const gboolean left = ours->handedness == GST_TFC_HANDEDNESS_LEFT;
    const gdouble off = distance (ours, hand, width, height);
    g_test_message ("hand %u: %.3f %%", i, 100 * off);
    g_assert_cmpfloat (off, <, tolerance);
    g_assert_cmpint (left == mirrored, ==, g_str_equal (side, "Left"));
    g_assert_cmpfloat (ours->handedness_score, >=, 0.5);
    g_assert_cmpuint (ours->track_id, >, 0);
  }
}

/* Every picture in two formats, as a mirrored and as a plain camera's. */
static void
test_golden (void)
{
  static const gchar *const pictures[] = {"victory",    "raised_four",    "keyboard",
                                          "selfie_two", "hand_at_border", "no_hand_cat"};
  static const gchar *const formats[] = {"RGB", "NV12"};
  GstHarness *h;

  if (!have_hands ())
    return;
  h = detect_play (hands_new (), NULL);
  g_object_set (h->element, "max-hands", 4, NULL);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (pictures); i++) {
    g_autofree gchar *json = g_strdup_printf ("golden/hand/results/%s.json", pictures[i / 2]);
    g_autofree gchar *png = g_strdup_printf ("golden/hand/pictures/%s.png", pictures[i / 2]);
    g_autofree gchar *path = shared_path (json), *text = NULL;
    const gboolean mirrored = i % 3 == 0;
    GstBuffer *picture, *out;
    GstVideoInfo info;
    GstSegment segment;
    GstCaps *caps;
    cJSON *root;
    if (!g_file_get_contents (path, &text, NULL, NULL)) {
      g_test_skip ("no golden results");
      break;
    }
    root = cJSON_Parse (text);
    g_object_set (h->element, "mirrored", mirrored, NULL);
    picture = photo (png, formats[i % 2], 0, 0, &caps);
    g_assert_true (gst_video_info_from_caps (&info, caps));
    gst_harness_set_src_caps (h, caps);
    gst_segment_init (&segment, GST_FORMAT_TIME); /* forgets */
    gst_harness_push_event (h, gst_event_new_segment (&segment));
    out = show (h, picture, 0);
    g_test_message ("%s in %s", pictures[i / 2], formats[i % 2]);
    compare (gst_buffer_get_tfc_pose_meta (out),
             cJSON_GetObjectItem (cJSON_GetObjectItem (root, "full"), "maxHands4"), info.width,
             info.height, i % 2 ? 0.01 : 0.005, mirrored);
    gst_buffer_unref (out);
    gst_buffer_unref (picture);
    cJSON_Delete (root);
  }
  detect_done (h, NULL);
}

static void
test_defaults (void)
{
  GstElement *element = gst_object_ref_sink (gst_element_factory_make ("tfchands", NULL));
  guint value;

  assert_defaults (element);
  gst_util_set_object_arg (G_OBJECT (element), "model", "lite");
  g_object_get (element, "model", &value, NULL);
  g_assert_cmpuint (value, ==, 1);
  gst_object_unref (element);
}

typedef struct {
  gint n; /* -1: no meta */
  guint64 id[20];
} Seen;

static Seen
look (GstHarness *h, GstBuffer *picture, guint frame)
{
  GstBuffer *out = show (h, picture, frame);
  const GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (out);
  Seen seen = {-1, {0}};

  if (meta) {
    seen.n = (gint)meta->n_poses;
    for (guint i = 0; i < meta->n_poses; i++)
      seen.id[i] = meta->poses[i].track_id;
  }
  gst_buffer_unref (out);
  return seen;
}

static guint64
detector_runs (GstElement *element)
{
  g_autoptr (GstStructure) stats = NULL, stage = NULL;
  guint64 count;

  g_object_get (element, "stats", &stats, NULL);
  g_assert_true (gst_structure_get (stats, "detector", GST_TYPE_STRUCTURE, &stage, NULL));
  g_assert_true (gst_structure_get (stage, "count", G_TYPE_UINT64, &count, NULL));
  return count;
}

/* Numbers take effect on the next frame, hands keep their ids, the detector rests while all are
 * there, other models take over what is followed. */
static void
test_live (void)
{
  GstBuffer *picture;
  GstHarness *h;
  GstBus *bus;
  GstCaps *caps;
  Seen all, seen;

  if (!have_hands ())
    return;
  h = detect_play (hands_new (), &bus);
  g_object_set (h->element, "max-hands", 4, NULL);
  picture = photo ("golden/hand/pictures/raised_four.png", "NV12", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  all = look (h, picture, 0);
  g_assert_cmpint (all.n, ==, 4);
  seen = look (h, picture, 1);
  g_assert_cmpint (seen.n, ==, 4);
  g_assert_cmpmem (seen.id, sizeof seen.id, all.id, sizeof all.id);
  g_assert_cmpuint (detector_runs (h->element), ==, 1);
  g_object_set (h->element, "model", 1, NULL);
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  gst_structure_free (wait_message (bus, "tfc-model-loaded"));
  g_object_set (h->element, "max-hands", 2, NULL);
  seen = look (h, picture, 2);
  g_assert_cmpint (seen.n, ==, 2);
  for (gint i = 0; i < seen.n; i++)
    g_assert_cmpuint (seen.id[i], <=, 4);
  g_object_set (h->element, "detection-confidence", 1.0, "score-threshold", 1.0, NULL);
  seen = look (h, picture, 3); /* nobody is as sure as that */
  g_assert_cmpint (seen.n, ==, 0);
  g_object_set (h->element, "score-threshold", 0.5, NULL);
  seen = look (h, picture, 4);
  g_assert_cmpint (seen.n, ==, 0);
  g_object_set (h->element, "detection-confidence", 0.5, NULL);
  seen = look (h, picture, 5);
  g_assert_cmpint (seen.n, ==, 2);
  g_assert_cmpuint (seen.id[0], >, 4); /* ids are never used again */
  gst_buffer_unref (picture);
  detect_done (h, bus);
}

/* Somebody who sets everything all the time. */
static gpointer
churn (gpointer element)
{
  while (g_atomic_int_get (&churning)) {
    const guint i = g_random_int ();
    g_object_set (element, "model", i & 1, "max-hands", 1 + i % 20, "smoothing", i >> 5 & 1,
                  "mirrored", i >> 6 & 1, "score-threshold", (i >> 8 & 3) / 4.0,
                  "detection-confidence", 0.2 + (i >> 10 & 3) / 4.0, "interval", 1 + (i >> 12 & 1),
                  "mode", i >> 13 & 1, "threads", 1 + (i >> 14 & 1), "tracking", i >> 16 & 1,
                  "track-max-age", i >> 17 & 255, NULL);
    g_usleep (2000);
  }
  return NULL;
}

static void
test_churn (void)
{
  GstBuffer *picture;
  GstHarness *h;
  GThread *thread;
  GstCaps *caps;

  if (!have_hands ())
    return;
  h = detect_play (hands_new (), NULL);
  picture = photo ("golden/hand/pictures/keyboard.png", "NV12", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  look (h, picture, 0);
  g_atomic_int_set (&churning, 1);
  thread = g_thread_new ("churn", churn, h->element);
  for (guint i = 1; i < 60; i++)
    g_assert_cmpint (look (h, picture, i).n, <=, 20);
  g_atomic_int_set (&churning, 0);
  g_thread_join (thread);
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/hands/golden", test_golden},
    {"/hands/defaults", test_defaults},
    {"/hands/live", test_live},
    {"/hands/churn", test_churn},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
