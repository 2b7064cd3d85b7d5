/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "tests/gst/lib/samples.h"
#include "gst/lib/gsttfcresults-private.h"

static void
test_add (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  gchar name[] = "m";
  GstTfcDetectionMeta *meta;

  g_assert_null (gst_buffer_get_tfc_detection_meta (buffer));
  gst_buffer_add_tfc_detection_meta (buffer, name, 42, TRUE, two, 2);
  name[0] = 'x';
  meta = gst_buffer_get_tfc_detection_meta (buffer);
  assert_two (meta);
  g_assert_true (meta->held);
  g_assert_null (gst_buffer_get_tfc_face_meta (buffer));
  gst_buffer_unref (buffer);
}

static void
test_copy_shares (void)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, 64, NULL);
  const GstTfcDetection *array =
      gst_buffer_add_tfc_detection_meta (buffer, "m", 42, FALSE, two, 2)->detections;
  GstBuffer *copy = gst_buffer_copy (buffer);
  GstBuffer *part = gst_buffer_copy_region (buffer, GST_BUFFER_COPY_ALL, 8, 8);

  gst_buffer_unref (buffer);
  assert_two (gst_buffer_get_tfc_detection_meta (copy));
  g_assert_true (gst_buffer_get_tfc_detection_meta (copy)->detections == array);
  g_assert_null (gst_buffer_get_tfc_detection_meta (part));
  gst_buffer_unref (copy);
  gst_buffer_unref (part);
}

/* Readers have the sizes of these structures compiled in: new fields go into the reserved space. */
static void
test_layout (void)
{
  g_assert_cmpuint (sizeof (GstTfcPoint), ==, 3 * sizeof (gfloat));
  g_assert_cmpuint (sizeof (GstTfcDetection), ==, 64 + GST_PADDING * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcFace), ==, 72 + (2 + GST_PADDING) * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcDetectionMeta), ==,
                    sizeof (GstMeta) + 32 + (1 + GST_PADDING) * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcFaceMeta), ==, sizeof (GstTfcDetectionMeta));
}

/* What gst_tfc_*_get_* give is what the arrays hold; counts need not be asked for. */
static void
test_accessors (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstTfcFace faces[2];
  GstTfcDetectionMeta *meta;
  GstTfcFaceMeta *mesh;
  GList *copies;
  guint n;

  make_faces (faces);
  meta = gst_buffer_add_tfc_detection_meta (buffer, "m", 42, FALSE, two, 2);
  mesh = gst_buffer_add_tfc_face_meta (buffer, "mesh", 42, FALSE, faces, 2);
  g_assert_true (gst_tfc_detection_meta_get_detections (meta, &n) == meta->detections && n == 2);
  g_assert_true (gst_tfc_face_meta_get_faces (mesh, &n) == mesh->faces && n == 2);
  g_assert_true (gst_tfc_face_get_points (&mesh->faces[1], &n) == mesh->faces[1].points &&
                 n == 478);
  g_assert_true (gst_tfc_face_meta_get_faces (mesh, NULL) == mesh->faces);
  g_assert_nonnull (gst_tfc_face_get_coordinates (&mesh->faces[0], NULL));
  g_assert_nonnull (gst_tfc_face_get_triangles (NULL));
  g_assert_nonnull (gst_tfc_face_get_region ("oval", NULL));
  copies = gst_tfc_face_meta_dup_faces (mesh);
  gst_buffer_unref (buffer);
  g_assert_cmpuint (g_list_length (copies), ==, 2);
  NEAR (((GstTfcFace *)copies->next->data)->points[477].x, points[1][477].x);
  g_list_free_full (copies, (GDestroyNotify)gst_tfc_face_free);
}

static void
test_topology (void)
{
  guint n, regions = 0;
  const guint16 *triangles = gst_tfc_face_get_triangles (&n), *iris;

  g_assert_cmpuint (n, ==, 3 * 880);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (triangles[i], <, 468);
  while (gst_tfc_face_get_region_name (regions)) {
    g_assert_nonnull (gst_tfc_face_get_region (gst_tfc_face_get_region_name (regions), &n));
    g_assert_cmpuint (n, >, 0);
    regions++;
  }
  g_assert_cmpuint (regions, >=, 9);
  iris = gst_tfc_face_get_region (gst_tfc_face_get_region_name (5), &n); /* the left one */
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (iris[0], ==, 468);
  g_assert_null (gst_tfc_face_get_region ("third-eye", &n));
  g_assert_cmpuint (n, ==, 0);
}

/* Results can be kept when the buffer is gone. */
static void
test_results (void)
{
  GstBuffer *buffer = gst_buffer_new ();
  GstTfcDetectionMeta *meta = gst_buffer_add_tfc_detection_meta (buffer, "m", 42, FALSE, two, 2);
  GstTfcResults *kept = gst_tfc_results_ref (gst_tfc_detection_meta_get_results (meta));
  guint n;

  gst_buffer_unref (buffer);
  g_assert_cmpstr (gst_tfc_results_get_model (kept), ==, "m");
  g_assert_cmpuint (gst_tfc_results_get_pts (kept), ==, 42);
  g_assert_cmpint (gst_tfc_results_get_detections (kept, &n)[1].class_id, ==, 17);
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (gst_tfc_results_get_faces (kept, &n));
  g_assert_cmpuint (n, ==, 0);
  gst_tfc_results_unref (kept);
}

static void
test_pool (void)
{
  GstTfcFace faces[2];
  guint before = 0;

  make_faces (faces);
  for (guint round = 0; round < 3; round++) { /* fill what eight frames in flight need */
    GstBuffer *flight[8];
    for (guint i = 0; i < 8; i++) {
      flight[i] = gst_buffer_new ();
      gst_buffer_add_tfc_detection_meta (flight[i], "m", i, FALSE, two, 2);
      gst_buffer_add_tfc_face_meta (flight[i], "m", i, FALSE, faces, 2);
    }
    if (round == 1)
      before = tfc_results_allocated ();
    for (guint i = 0; i < 8; i++)
      gst_buffer_unref (flight[i]);
  }
  g_assert_cmpuint (tfc_results_allocated (), ==, before);
  g_assert_cmpuint (before, >=, 16);
}

static gpointer
churn (gpointer data)
{
  GstTfcResults *shared = data;

  for (guint i = 0; i < 2000; i++) {
    GstBuffer *buffer = gst_buffer_new ();
    GstTfcResults *own = gst_tfc_results_new_detections ("m", i, two, 1 + i % 2);
    gst_buffer_add_tfc_results (buffer, shared, TRUE);
    gst_buffer_add_tfc_results (buffer, own, FALSE);
    g_assert_cmpuint (own->n, ==, 1 + i % 2);
    g_assert_cmpint (own->detections[0].class_id, ==, 1);
    gst_tfc_results_unref (own);
    gst_buffer_unref (buffer);
  }
  gst_tfc_results_unref (shared);
  return NULL;
}

static void
test_threads (void)
{
  GstTfcResults *shared = gst_tfc_results_new_detections ("m", 42, two, 2);
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("churn", churn, gst_tfc_results_ref (shared));
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (shared->refs, ==, 1);
  g_assert_cmpstr (shared->detections[0].label, ==, "person");
  gst_tfc_results_unref (shared);
}

static GstPadProbeReturn
attach (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  info->data = gst_buffer_make_writable (info->data);
  gst_buffer_add_tfc_detection_meta (info->data, "m", 42, FALSE, two, 2);
  return GST_PAD_PROBE_OK;
}

static void
run_line (const gchar *middle, gboolean kept)
{
  GstElement *pipeline, *probe;
  gchar *line = g_strdup_printf ("videotestsrc num-buffers=1 ! video/x-raw,format=RGBx,width=64,"
                                 "height=48 ! identity name=in ! %s ! fakesink name=out "
                                 "enable-last-sample=true sync=false",
                                 middle);
  GstSample *sample = NULL;
  GstPad *pad;
  GstMessage *message;
  GstBus *bus;

  pipeline = gst_parse_launch (line, NULL);
  probe = gst_bin_get_by_name (GST_BIN (pipeline), "in");
  pad = gst_element_get_static_pad (probe, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, attach, NULL, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, 20 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_message_unref (message);
  gst_object_unref (pad);
  gst_object_unref (probe);
  probe = gst_bin_get_by_name (GST_BIN (pipeline), "out");
  g_object_get (probe, "last-sample", &sample, NULL);
  g_assert_nonnull (sample);
  if (kept)
    assert_two (gst_buffer_get_tfc_detection_meta (gst_sample_get_buffer (sample)));
  else
    g_assert_null (gst_buffer_get_tfc_detection_meta (gst_sample_get_buffer (sample)));
  gst_sample_unref (sample);
  gst_object_unref (probe);
  gst_object_unref (bus);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_free (line);
}

/* What becomes of the meta in real elements. */
static void
test_elements (void)
{
  run_line ("identity", TRUE);
  run_line ("tee ! queue", TRUE);
  run_line ("videoconvert ! video/x-raw,format=I420", TRUE);
  run_line ("videoscale ! video/x-raw,width=32,height=24", TRUE);
  run_line ("videoscale ! video/x-raw,width=64,height=64,pixel-aspect-ratio=1/1", FALSE);
#if !GST_CHECK_VERSION(1, 28, 0) /* from then on it follows: test_matrix_ has the numbers */
  run_line ("videocrop left=8", FALSE);
  run_line ("videoflip video-direction=horiz", FALSE);
#endif
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meta/add", test_add);
  g_test_add_func ("/meta/copy-shares", test_copy_shares);
  g_test_add_func ("/meta/pool", test_pool);
  g_test_add_func ("/meta/threads", test_threads);
  g_test_add_func ("/meta/layout", test_layout);
  g_test_add_func ("/meta/accessors", test_accessors);
  g_test_add_func ("/meta/results", test_results);
  g_test_add_func ("/meta/topology", test_topology);
  g_test_add_func ("/meta/elements", test_elements);
  return g_test_run ();
}
