/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Track ids have 64 bits wherever there is room for them. */
#include <gst/video/video.h>
#include "gst/analyzer/gsttfcexport.h"

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
    d[i] = (GstTfcDetection){.w = 1, .h = 1, .score = 1, .track_id = ids[i].track};
    d[i].label = "cat";
    f[i] = (GstTfcFace){.w = 1, .h = 1, .score = 1, .track_id = ids[i].track};
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

static void
test_messages (gconstpointer faces)
{
  const GstTfcTimes times = {5, 6, GST_CLOCK_TIME_NONE};
  GstTfcResults *results = results_of (faces != NULL);
  GstStructure *s = gst_tfc_results_structure (results, "name", &times);
  const GValue *array = gst_structure_get_value (s, faces ? "faces" : "detections");
  guint64 pts, running, stream, track;

  g_assert_true (gst_structure_get (s, "timestamp", G_TYPE_UINT64, &pts, "running-time",
                                    G_TYPE_UINT64, &running, "stream-time", G_TYPE_UINT64, &stream,
                                    NULL));
  g_assert_true (pts == 5 && running == 6 && stream == GST_CLOCK_TIME_NONE);
  g_assert_cmpstr (gst_structure_get_string (s, "model"), ==, "m");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    const GstStructure *one = gst_value_get_structure (gst_value_array_get_value (array, i));
    g_assert_true (gst_structure_get_uint64 (one, "track_id", &track));
    g_assert_cmpuint (track, ==, ids[i].track);
  }
  gst_structure_free (s);
  gst_tfc_results_unref (results);
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
  return g_test_run ();
}
