/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Behind a detector and a tracker that are not ours: what stands on a buffer as metadata of
 * GStreamer's analytics library is read, and counted, published and drawn as what is ours. */
#include <gst/analytics/analytics.h>
#include <string.h>
#include "gst/collect/gsttfccollect.h"
#include "tests/gst/common/runner.h"
#include "tests/gst/publish/publish-bench.h"
#include "tests/gst/zones/zones-bench.h"

#define TRACK G_GUINT64_CONSTANT (0x100000007)
#define NOW (5 * GST_SECOND)

static GstTfcCollection got;

/* As a detector adds it, pixels. */
static guint
add_object (GstBuffer *buffer, const gchar *label, gint x, gint y, gint w, gint h)
{
  GstAnalyticsODMtd object;

  g_assert_true (gst_analytics_relation_meta_add_od_mtd (
      gst_buffer_add_analytics_relation_meta (buffer), g_quark_from_string (label), x, y, w, h,
      0.75f, &object));
  return object.id;
}

/* As a tracker behind it does; object_id G_MAXUINT: that was not found on this frame. */
static void
add_track (GstBuffer *buffer, guint object_id, guint64 id, GstClockTime first, gboolean lost)
{
  GstAnalyticsRelationMeta *relations = gst_buffer_add_analytics_relation_meta (buffer);
  GstAnalyticsTrackingMtd track;

  g_assert_true (gst_analytics_relation_meta_add_tracking_mtd (relations, id, first, &track));
  if (lost)
    gst_analytics_tracking_mtd_set_lost (&track);
  if (object_id != G_MAXUINT)
    gst_analytics_relation_meta_set_relation (relations, GST_ANALYTICS_REL_TYPE_RELATE_TO,
                                              object_id, track.id);
}

static void
test_read (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  guint lost;

  GST_BUFFER_PTS (buffer) = NOW;
  add_track (buffer, G_MAXUINT, 5, 0, FALSE);
  add_track (buffer, add_object (buffer, "person", 20, 45, 40, 90), TRACK, NOW - GST_SECOND, FALSE);
  lost = add_object (buffer, "car", -10, 0, 400, 180);
  add_track (buffer, lost, 6, NOW + 1, TRUE);
  add_object (buffer, NULL, 0, 0, 1, 1);
  gst_tfc_collect (&got, buffer, 200, 180);
  g_assert_true (got.n == 3 && got.known && !got.cut);
  const GstTfcCollected *o = got.objects;
  g_assert_cmpstr (o[0].label, ==, "person");
  g_assert_cmpfloat_with_epsilon (o[0].box.x, 0.1, 1e-6);
  g_assert_cmpfloat_with_epsilon (o[0].box.y, 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (o[0].box.w, 0.2, 1e-6);
  g_assert_cmpfloat_with_epsilon (o[0].box.h, 0.5, 1e-6);
  g_assert_true (o[0].track_id == TRACK && o[0].seen && o[0].age == GST_SECOND);
  g_assert_true (o[0].score == 0.75f && o[0].class_id == -1 && !o[0].item);
  g_assert_true (o[1].track_id == 6 && !o[1].seen && o[1].age == 0);
  g_assert_true (o[2].track_id == 0 && o[2].seen && !o[2].label);
  gst_buffer_unref (buffer);
}

/* Metadata of ours is nearer to what was found; without any, regions are what is left. */
static void
test_order (void)
{
  const GstTfcDetection d = {.w = 1, .h = 1, .label = "cat"};
  GstBuffer *buffer = gst_buffer_new ();

  gst_buffer_add_video_region_of_interest_meta (buffer, "dog", 1, 2, 3, 4);
  gst_buffer_add_analytics_relation_meta (buffer); /* without objects: it says nothing */
  gst_tfc_collect (&got, buffer, 10, 10);
  g_assert_true (got.n == 1 && g_str_equal (got.objects[0].label, "dog"));
  add_object (buffer, "person", 1, 2, 3, 4);
  gst_tfc_collect (&got, buffer, 10, 10);
  g_assert_true (got.n == 1 && g_str_equal (got.objects[0].label, "person"));
  gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, &d, 1);
  gst_tfc_collect (&got, buffer, 10, 10);
  g_assert_true (got.n == 1 && g_str_equal (got.objects[0].label, "cat"));
  gst_buffer_unref (buffer);
}

/* A person of the tracker's id walks through a zone and over the line in it. */
static void
test_zones (void)
{
  ZonesBench b =
      zones_bench_new (PORCH GATE, "video/x-raw,format=GRAY8,width=200,height=100,framerate=25/1");
  g_autofree gchar *types = NULL;
  guint n;

  for (guint i = 0; i < 70; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, 200 * 100, NULL), *out;
    GST_BUFFER_PTS (buffer) = i * 40 * GST_MSECOND;
    add_track (buffer, add_object (buffer, "person", 20 + 2 * (gint)i, 40, 20, 20), TRACK, 0,
               FALSE);
    out = gst_harness_push_and_pull (b.h, buffer);
    const GstTfcEventMeta *events = gst_buffer_get_tfc_event_meta (out);
    for (n = events ? events->n_events : 0; n--;)
      g_assert_cmpuint (events->events[n].track_id, ==,
                        events->events[n].type == GST_TFC_EVENT_COUNT ? 0 : TRACK);
    gst_buffer_unref (out);
  }
  types = take_messages (&b);
  g_assert_cmpstr (types, ==, "enter count cross leave count");
  zones_bench_free (&b);
}

static void
test_published (void)
{
  gchar *folder = publish_folder ();
  g_autofree gchar *path = g_build_filename (folder, "lines", NULL);
  g_autofree gchar *properties = g_strdup_printf ("when=all location=%s", path);
  GstHarness *h = publish_new (properties);
  GstBuffer *buffer = publish_frame (0);

  add_track (buffer, add_object (buffer, "person", 320, 120, 64, 48), TRACK, 0, FALSE);
  publish_push (h, buffer);
  publish_end (h);
  gst_harness_teardown (h);
  g_auto (GStrv) lines = publish_lines (path);
  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_assert_cmpuint (publish_number (lines[0], "id"), ==, TRACK);
  g_assert_nonnull (strstr (lines[0], "\"label\":\"person\""));
  g_assert_nonnull (strstr (lines[0], "[0.5,0.25,0.1,0.1]"));
  publish_remove_folder (folder);
}

#define BYTES (64 * 64 * 3)

/* A grey picture with that object, drawn. */
static GstMapInfo
drawn (GstHarness *h, gboolean ours)
{
  const GstTfcDetection d = {.x = 0.25f, .y = 0.25f, .w = 0.5f, .h = 0.5f, .score = 0.75f};
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, BYTES, NULL);
  GstMapInfo map;

  gst_buffer_memset (buffer, 0, 128, BYTES);
  GST_BUFFER_PTS (buffer) = 0;
  if (ours)
    gst_buffer_add_tfc_detection_meta (buffer, "m", 0, FALSE, &d, 1);
  else
    add_object (buffer, "person", 16, 16, 32, 32);
  buffer = gst_harness_push_and_pull (h, buffer);
  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  map.user_data[0] = buffer;
  return map;
}

static void
done (GstMapInfo *map)
{
  GstBuffer *buffer = map->user_data[0];

  gst_buffer_unmap (buffer, map);
  gst_buffer_unref (buffer);
}

/* As one of ours at the same place. */
static void
test_drawn (void)
{
  GstHarness *h = gst_harness_new_parse ("tfcoverlay draw-labels=false");
  GstMapInfo ours, foreign;

  gst_harness_set_src_caps_str (h, "video/x-raw,format=RGB,width=64,height=64,framerate=25/1");
  ours = drawn (h, TRUE);
  foreign = drawn (h, FALSE);
  g_assert_cmpmem (ours.data, ours.size, foreign.data, foreign.size);
  g_assert_cmpuint (foreign.data[(32 * 64 + 16) * 3 + 1], !=, 128); /* the left edge */
  g_assert_cmpuint (foreign.data[(32 * 64 + 32) * 3 + 1], ==, 128);
  done (&ours);
  done (&foreign);
  gst_harness_teardown (h);
}

static const TestCase cases[] = {
    {"/collect/analytics/read", test_read},   {"/collect/analytics/order", test_order},
    {"/collect/analytics/zones", test_zones}, {"/collect/analytics/published", test_published},
    {"/collect/analytics/drawn", test_drawn}, {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
