/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is attached for GStreamer's analytics library, as it reads it: boxes, classes and the ids
 * that objects keep; and how tfcjoin takes it to a larger frame. */
#include <gst/analytics/analytics.h>
#include "gst/analyzer/gsttfcexport.h"
#include "tests/gst/join/join-bench.h"

static const GstTfcDetection objects[] = {
    {.x = 0.25f,
     .y = 0.5f,
     .w = 0.25f,
     .h = 0.25f,
     .score = 0.75f,
     .label = "cat",
     .track_id = G_GUINT64_CONSTANT (0x100000007),
     .age = 3 * GST_SECOND,
     .seen = TRUE},
    {.x = 0.5f,
     .y = 0.5f,
     .w = 0.5f,
     .h = 0.25f,
     .score = 0.25f,
     .label = "cat",
     .track_id = 8,
     .age = GST_SECOND},
    {.x = 0, .y = 0, .w = 0.5f, .h = 0.5f, .score = 0.5f, .label = "dog", .seen = TRUE}};

/* What a frame at NOW shows, which was analysed a little earlier. */
#define NOW (10 * GST_SECOND)
#define ANALYSED (NOW - 40 * GST_MSECOND)

/* A frame of 320 x 180 with all of them. */
static GstBuffer *
frame (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstTfcResults *results =
      gst_tfc_results_new_detections ("m", ANALYSED, objects, G_N_ELEMENTS (objects));

  GST_BUFFER_PTS (buffer) = NOW;
  gst_tfc_attach (buffer, results, FALSE, GST_TFC_ATTACH_OWN | GST_TFC_ATTACH_ANALYTICS, 320, 180);
  gst_tfc_results_unref (results);
  return buffer;
}

/* What is related to an object says what its track does; nothing is where it has none. */
static void
assert_track (GstAnalyticsRelationMeta *relations, guint object_id, const GstTfcDetection *d)
{
  GstAnalyticsMtd tracking;
  gpointer state = NULL;
  guint64 id;
  GstClockTime first, last;
  gboolean lost;
  const gboolean found = gst_analytics_relation_meta_get_direct_related (
      relations, object_id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
      gst_analytics_tracking_mtd_get_mtd_type (), &state, &tracking);

  g_assert_cmpint (found, ==, d->track_id != 0);
  if (!found)
    return;
  g_assert_true (gst_analytics_tracking_mtd_get_info (&tracking, &id, &first, &last, &lost));
  g_assert_cmpuint (id, ==, d->track_id);
  g_assert_cmpuint (first, ==, NOW - d->age);
  g_assert_cmpuint (last, ==, ANALYSED);
  g_assert_cmpint (lost, ==, !d->seen);
}

/* All objects of a frame that is scale times as large as frame's. */
static void
assert_objects (GstBuffer *buffer, gint scale)
{
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsMtd mtd;
  gpointer state = NULL;
  guint n = 0;

  g_assert_nonnull (relations);
  while (gst_analytics_relation_meta_iterate (relations, &state,
                                              gst_analytics_od_mtd_get_mtd_type (), &mtd)) {
    const GstTfcDetection *d = &objects[n++];
    gint x, y, w, h;
    gfloat score;
    g_assert_true (gst_analytics_od_mtd_get_location (&mtd, &x, &y, &w, &h, &score));
    g_assert_cmpint (x, ==, (gint)(d->x * 320) * scale);
    g_assert_cmpint (y, ==, (gint)(d->y * 180) * scale);
    g_assert_cmpint (w, ==, (gint)(d->w * 320) * scale);
    g_assert_cmpint (h, ==, (gint)(d->h * 180) * scale);
    g_assert_cmpfloat (score, ==, d->score);
    g_assert_cmpstr (g_quark_to_string (gst_analytics_od_mtd_get_obj_type (&mtd)), ==, d->label);
    assert_track (relations, mtd.id, d);
  }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (objects));
}

static void
test_attached (void)
{
  GstBuffer *buffer = frame ();

  assert_objects (buffer, 1);
  gst_buffer_unref (buffer);
}

static void
test_joined (void)
{
  JoinBench b = join_bench_new ("");
  GstBuffer *out;

  g_assert_cmpint (gst_harness_push (b.small, frame ()), ==, GST_FLOW_OK);
  for (guint i = 0; i < 2; i++) { /* twice the same small frame */
    out = pass (&b, NOW + MS (i));
    assert_objects (out, 4);
    g_assert_cmpuint (gst_buffer_get_n_meta (out, GST_ANALYTICS_RELATION_META_API_TYPE), ==, 1);
    gst_buffer_unref (out);
  }
  join_bench_free (&b);
}

/* The surest class of an object, as upstream's overlay asks for it; NULL: there is none. */
static const gchar *
class_of (GstAnalyticsRelationMeta *relations, guint object_id)
{
  GstAnalyticsClsMtd classes;

  return gst_analytics_relation_meta_get_direct_related (
             relations, object_id, GST_ANALYTICS_REL_TYPE_RELATE_TO,
             gst_analytics_cls_mtd_get_mtd_type (), NULL, &classes)
             ? g_quark_to_string (gst_analytics_cls_mtd_get_quark (&classes, 0))
             : NULL;
}

/* Classes of the first object, which is tracked, of the third, which is not, of one that is not
 * there, and of the frame. */
static void
test_classes (void)
{
  static const GstTfcClass classes[] = {
      {.score = 0.5f, .object_id = G_GUINT64_CONSTANT (0x100000007), .label = "tabby"},
      {.score = 0.25f, .rank = 1, .object_id = G_GUINT64_CONSTANT (0x100000007), .label = "lynx"},
      {.score = 0.5f, .object_id = 3, .label = "poodle"},
      {.score = 0.5f, .object_id = 2, .label = "nobody"},
      {.score = 0.5f, .label = "room"}};
  static const gchar *const want[] = {"tabby", NULL, "poodle"};
  GstTfcResults *results = gst_tfc_results_new_classes ("m", NOW, classes, G_N_ELEMENTS (classes));
  GstBuffer *buffer = frame ();
  GstAnalyticsRelationMeta *relations = gst_buffer_get_analytics_relation_meta (buffer);
  GstAnalyticsMtd mtd;
  gpointer state = NULL;
  guint n = 0;

  gst_tfc_attach (buffer, results, FALSE, GST_TFC_ATTACH_ANALYTICS, 320, 180);
  while (gst_analytics_relation_meta_iterate (relations, &state,
                                              gst_analytics_od_mtd_get_mtd_type (), &mtd))
    g_assert_cmpstr (class_of (relations, mtd.id), ==, want[n++]);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (want));
  state = NULL;
  for (n = 0; gst_analytics_relation_meta_iterate (relations, &state,
                                                   gst_analytics_cls_mtd_get_mtd_type (), &mtd);)
    n++;
  g_assert_cmpuint (n, ==, 4);
  gst_buffer_unref (buffer);
  gst_tfc_results_unref (results);
}

static const TestCase cases[] = {
    {"/analytics/attached", test_attached},
    {"/analytics/classes", test_classes},
    {"/analytics/joined", test_joined},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
