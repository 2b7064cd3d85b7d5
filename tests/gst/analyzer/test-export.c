/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Track ids have 64 bits wherever there is room for them; each kind of results has what it has in
 * messages. */
#include <gst/video/video.h>
#include <string.h>
#include "gst/analyzer/gsttfcexport.h"
#include "gst/analyzer/gsttfcmessage.h"
#include "gst/analyzer/gsttfcobject.h"

static const struct {
  guint64 track;
  gint roi;
} ids[] = {{0, 0},
           {1, 1},
           {G_MAXINT, G_MAXINT},
           {G_GUINT64_CONSTANT (0x80000000), 1},
           {G_GUINT64_CONSTANT (0x100000000), 2},
           {G_GUINT64_CONSTANT (0x100000007), 9},
           {G_MAXUINT64, 3}};

static GstTfcResults *
results_of (gboolean faces)
{
  GstTfcDetection d[G_N_ELEMENTS (ids)] = {{0}};
  GstTfcFace f[G_N_ELEMENTS (ids)] = {{0}};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    d[i] = (GstTfcDetection){.w = 1, .h = 1, .score = 1, .track_id = ids[i].track, .label = "cat"};
    f[i] = (GstTfcFace){.w = 1, .h = 1, .score = 1, .track_id = ids[i].track, .object_id = 11 + i};
    d[i].age = f[i].age = i * GST_SECOND;
    d[i].seen = f[i].seen = i % 2 == 0;
    d[i].speed_x = f[i].speed_x = 0.5f;
    d[i].speed_y = f[i].speed_y = -0.25f;
  }
  return faces ? gst_tfc_results_new_faces ("m", 0, f, G_N_ELEMENTS (ids))
               : gst_tfc_results_new_detections ("m", 0, d, G_N_ELEMENTS (ids));
}

static void
test_regions (gconstpointer faces)
{
  GstTfcResults *results = results_of (faces != NULL);
  GstBuffer *buffer = gst_buffer_new ();
  gpointer state = NULL;

  gst_tfc_attach (buffer, results, FALSE, GST_TFC_ATTACH_ROI, 64, 48);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    GstVideoRegionOfInterestMeta *roi =
        (GstVideoRegionOfInterestMeta *)gst_buffer_iterate_meta_filtered (
            buffer, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE);
    guint64 track;
    g_assert_nonnull (roi);
    g_assert_cmpint (roi->id, ==, ids[i].roi);
    g_assert_true (gst_structure_get_uint64 (
        gst_video_region_of_interest_meta_get_param (roi, "detection"), "track-id", &track));
    g_assert_cmpuint (track, ==, ids[i].track);
  }
  gst_buffer_unref (buffer);
  gst_tfc_results_unref (results);
}

/* As results_of makes them. */
static void
assert_track (const GstStructure *one, guint i)
{
  gfloat speed_x, speed_y;
  gboolean seen;
  guint64 age;

  g_assert_true (gst_structure_get (one, "age", G_TYPE_UINT64, &age, "seen", G_TYPE_BOOLEAN, &seen,
                                    "speed_x", G_TYPE_FLOAT, &speed_x, "speed_y", G_TYPE_FLOAT,
                                    &speed_y, NULL));
  g_assert_true (age == i * GST_SECOND && seen == (i % 2 == 0));
  g_assert_true (speed_x == 0.5f && speed_y == -0.25f);
}

static void
test_messages (gconstpointer faces)
{
  const GstTfcTimes times = {5, 6, GST_CLOCK_TIME_NONE};
  GstTfcResults *results = results_of (faces != NULL);
  GstStructure *s = gst_tfc_results_structure (results, "name", &times);
  const GValue *array = gst_structure_get_value (s, faces ? "faces" : "detections");
  guint64 pts, running, stream, track, object;

  g_assert_true (gst_structure_get (s, "timestamp", G_TYPE_UINT64, &pts, "running-time",
                                    G_TYPE_UINT64, &running, "stream-time", G_TYPE_UINT64, &stream,
                                    NULL));
  g_assert_true (pts == 5 && running == 6 && stream == GST_CLOCK_TIME_NONE);
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==, "m");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    const GstStructure *one = gst_value_get_structure (gst_value_array_get_value (array, i));
    g_assert_true (gst_structure_get_uint64 (one, "track_id", &track));
    g_assert_cmpuint (track, ==, ids[i].track);
    g_assert_true (gst_structure_get_uint64 (one, "object_id", &object) == (faces != NULL));
    if (faces)
      g_assert_cmpuint (object, ==, 11 + i);
    assert_track (one, i);
  }
  gst_structure_free (s);
  gst_tfc_results_unref (results);
}

static const GstTfcKeypoint keypoints[21] = {{0.5f, 0.25f, -0.125f, 0.75f}};
static const GstTfcPoint metres[21] = {{0.25f, 0.5f, 1}};

static GstTfcResults *
hand (void)
{
  const GstTfcPose pose = {0.25f,
                           0.5f,
                           0.25f,
                           0.25f,
                           0.9f,
                           7,
                           3,
                           GST_TFC_POINT_LAYOUT_HAND_21,
                           GST_TFC_HANDEDNESS_RIGHT,
                           0.5f,
                           21,
                           keypoints,
                           metres};

  return gst_tfc_results_new_poses ("m", 0, &pose, 1);
}

static GstTfcResults *
mask_of (guint8 value)
{
  const guint8 values[4] = {value, 0, 0, 0};
  const GstTfcMask mask = {2, 2, 0, 0, 1, 1, .data = values};

  return gst_tfc_results_new_mask ("m", 0, &mask);
}

static GstTfcResults *
class_of (const gchar *label)
{
  const GstTfcClass classes[2] = {{3, 0.75f, 0, 9, label}, {4, 0.25f, 1, 9, NULL}};

  return gst_tfc_results_new_classes ("m", 0, classes, 2);
}

/* The message's only array entry, or its first, as text; frees results. */
static gchar *
first (GstTfcResults *results, const gchar *array, guint n)
{
  const GstTfcTimes times = {5, 6, 7};
  GstStructure *s = gst_tfc_results_structure (results, "name", &times);
  const GValue *all = gst_structure_get_value (s, array);
  gchar *text;

  g_assert_nonnull (all);
  g_assert_cmpuint (gst_value_array_get_size (all), ==, n);
  text = gst_structure_to_string (gst_value_get_structure (gst_value_array_get_value (all, 0)));
  gst_structure_free (s);
  gst_tfc_results_unref (results);
  return text;
}

static void
assert_says (gchar *text, const gchar *const *parts)
{
  for (guint i = 0; parts[i]; i++) {
    if (!strstr (text, parts[i]))
      g_error ("%s is not in %s", parts[i], text);
  }
  g_free (text);
}

static void
test_kinds (void)
{
  // clang-format off
  assert_says (first (hand (), "poses", 1), (const gchar *const[]){
      "label=(string)hand", "track_id=(guint64)7", "object_id=(guint64)3", "layout=(string)hand-21",
      "handedness=(string)right", "handedness_score=(float)0.5", "x=(float)0.25", "n_points=(uint)21",
      "< < (float)0.5, (float)0.25, (float)-0.125, (float)0.75 >,",
      "< < (float)0.25, (float)0.5, (float)1 >,", NULL});
  assert_says (first (mask_of (200), "segments", 1), (const gchar *const[]){
      "width=(uint)2", "kind=(string)person", "coverage=(float)0.25", NULL});
  assert_says (first (class_of ("cup"), "classes", 2), (const gchar *const[]){
      "label=(string)cup", "class_id=(int)3", "score=(float)0.75", "rank=(uint)0", "object_id=(guint64)9", NULL});
  // clang-format on
}

static void
assert_differ (GstTfcResults *a, GstTfcResults *b, gboolean differ)
{
  g_assert_cmpint (gst_tfc_results_differ (a, b), ==, differ);
  gst_tfc_results_unref (a);
  gst_tfc_results_unref (b);
}

static void
test_differ (void)
{
  assert_differ (hand (), hand (), FALSE);
  assert_differ (hand (), gst_tfc_results_new_poses ("m", 0, NULL, 0), TRUE);
  assert_differ (mask_of (200), mask_of (150), FALSE);
  assert_differ (mask_of (200), mask_of (50), TRUE);
  assert_differ (class_of ("cup"), class_of ("cup"), FALSE);
  assert_differ (class_of ("cup"), class_of ("cat"), TRUE);
  assert_differ (class_of ("cup"), class_of (NULL), TRUE);
}

/* A pose has a region, a mask and classes have none. */
static void
test_boxes (void)
{
  GstTfcResults *all[] = {hand (), mask_of (1), class_of ("cup")};

  for (guint i = 0; i < 3; i++) {
    GstBuffer *buffer = gst_buffer_new ();
    gst_tfc_attach (buffer, all[i], FALSE, GST_TFC_ATTACH_OWN | GST_TFC_ATTACH_ROI, 64, 48);
    GstVideoRegionOfInterestMeta *roi = gst_buffer_get_video_region_of_interest_meta (buffer);
    g_assert_true (!!roi == (i == 0));
    if (roi) {
      g_assert_cmpstr (g_quark_to_string (roi->roi_type), ==, "hand");
      g_assert_true (roi->x == 16 && roi->y == 24 && roi->w == 16 && roi->h == 12);
    }
    g_assert_true (!!gst_buffer_get_tfc_mask_meta (buffer) == (i == 1));
    gst_buffer_unref (buffer);
    gst_tfc_results_unref (all[i]);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/attach/regions/objects", NULL, test_regions);
  g_test_add_data_func ("/attach/regions/faces", "faces", test_regions);
  g_test_add_data_func ("/attach/messages/objects", NULL, test_messages);
  g_test_add_data_func ("/attach/messages/faces", "faces", test_messages);
  g_test_add_func ("/attach/messages/kinds", test_kinds);
  g_test_add_func ("/attach/differ", test_differ);
  g_test_add_func ("/attach/boxes", test_boxes);
  return g_test_run ();
}
