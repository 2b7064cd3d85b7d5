/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <gst/video/video.h>
#include <math.h>
#include <string.h>
#include "gst/lib/tfc.h"
#include "gst/lib/gsttfctransform-private.h"
#include "gst/lib/gsttfcserialize-private.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

static const GstTfcDetection two[] = {
    {0.25f, 0.5f, 0.25f, 0.25f, 0.9f, 1, 7, "person"},
    {-0.1f, 0.8f, 0.2f, 0.3f, 0.6f, 17, 0, "cat"},
};

static GstTfcPoint points[2][478];

static void
make_faces (GstTfcFace *faces)
{
  for (guint f = 0; f < 2; f++) {
    faces[f] = (GstTfcFace){.x = 0.2f * f,
                            .y = 0.1f,
                            .w = 0.3f,
                            .h = 0.4f,
                            .score = 0.8f,
                            .presence = 0.95f,
                            .track_id = f + 1,
                            .rotation = 0.25f,
                            .n_points = f ? 478 : 468,
                            .points = points[f]};
    for (guint i = 0; i < faces[f].n_points; i++)
      points[f][i] = (GstTfcPoint){0.2f * f + i * 0.0005f, 0.1f + i * 0.0007f, -0.1f + i * 0.0003f};
  }
}

static void
assert_two (const GstTfcDetectionMeta *meta)
{
  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_detections, ==, 2);
  g_assert_cmpstr (meta->model, ==, "m");
  g_assert_cmpuint (meta->pts, ==, 42);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpmem (&meta->detections[i], G_STRUCT_OFFSET (GstTfcDetection, label), &two[i],
                     G_STRUCT_OFFSET (GstTfcDetection, label));
    g_assert_cmpstr (meta->detections[i].label, ==, two[i].label);
  }
}

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
  g_assert_cmpuint (sizeof (GstTfcDetection), ==, 40 + GST_PADDING * sizeof (gpointer));
  g_assert_cmpuint (sizeof (GstTfcFace), ==, 48 + GST_PADDING * sizeof (gpointer));
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

static gboolean
transform (GstBuffer *from, GstBuffer *to, GQuark type, gpointer data)
{
  GstMeta *meta = gst_buffer_get_meta (from, GST_TFC_DETECTION_META_API_TYPE);

  return meta->info->transform_func (to, meta, from, type, data);
}

static void
test_scale (void)
{
  // clang-format off
  static const struct { gint iw, ih, in, id, ow, oh, on, od; gboolean kept; } rows[] = {
    { 640, 480, 1, 1,  320, 240, 1, 1, TRUE },
    { 640, 480, 1, 1,  640, 480, 1, 1, TRUE },  /* a mere conversion */
    { 1920, 1080, 1, 1, 300, 169, 1, 1, TRUE }, /* rounded */
    { 640, 480, 1, 1,  640, 640, 3, 4, FALSE }, /* borders, or another shape */
    { 640, 480, 1, 1,  640, 640, 4, 3, TRUE },  /* the pixels' shape makes up for it */
    { 1280, 720, 1, 1, 640, 480, 1, 1, FALSE },
  };
  // clang-format on
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstBuffer *from = gst_buffer_new (), *to = gst_buffer_new ();
    GstVideoInfo in, out;
    GstVideoMetaTransform t = {&in, &out};

    gst_video_info_set_format (&in, GST_VIDEO_FORMAT_NV12, rows[i].iw, rows[i].ih);
    gst_video_info_set_format (&out, GST_VIDEO_FORMAT_I420, rows[i].ow, rows[i].oh);
    in.par_n = rows[i].in, in.par_d = rows[i].id, out.par_n = rows[i].on, out.par_d = rows[i].od;
    gst_buffer_add_tfc_detection_meta (from, "m", 42, FALSE, two, 2);
    g_assert_cmpint (transform (from, to, gst_video_meta_transform_scale_get_quark (), &t), ==,
                     rows[i].kept);
    if (rows[i].kept)
      assert_two (gst_buffer_get_tfc_detection_meta (to));
    else
      g_assert_null (gst_buffer_get_tfc_detection_meta (to));
    gst_buffer_unref (from);
    gst_buffer_unref (to);
  }
}

static void
test_unknown_transform_drops (void)
{
  GstBuffer *from = gst_buffer_new (), *to = gst_buffer_new ();

  gst_buffer_add_tfc_detection_meta (from, "m", 42, FALSE, two, 2);
  g_assert_false (transform (from, to, g_quark_from_static_string ("some-warp"), NULL));
  g_assert_null (gst_buffer_get_tfc_detection_meta (to));
  gst_buffer_unref (from);
  gst_buffer_unref (to);
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

/* 100x50 frames; the map takes pixel (x, y) to (a x + b y + c, d x + e y + f). */
static TfcHomography
affine (gfloat a, gfloat b, gfloat c, gfloat d, gfloat e, gfloat f, gint w, gint h)
{
  return (TfcHomography){.matrix = {{a, b, c}, {d, e, f}, {0, 0, 1}},
                         .out_width = w,
                         .out_height = h,
                         .old_width = 100,
                         .old_height = 50,
                         .new_width = w,
                         .new_height = h};
}

static void
test_matrix_crop (void)
{
  GstTfcResults *from = gst_tfc_results_new_detections ("m", 42, two, 2), *to;
  TfcHomography m = affine (1, 0, 0, 0, 1, 0, 50, 25);

  m.in_x = 20; /* the window 20..70 x 20..45 */
  m.in_y = 20;
  to = tfc_results_transform (from, &m);
  g_assert_nonnull (to);
  g_assert_cmpuint (to->n, ==, 1); /* the cat ended at x = 10 */
  NEAR (to->detections[0].x, (25 - 20) / 50.0);
  NEAR (to->detections[0].y, (25 - 20) / 25.0);
  NEAR (to->detections[0].w, 25 / 50.0);
  NEAR (to->detections[0].h, 12.5 / 25.0);
  g_assert_cmpuint (to->detections[0].track_id, ==, 7);
  gst_tfc_results_unref (to);
  m.in_x = 80;
  m.in_y = 0;
  g_assert_null (tfc_results_transform (from, &m)); /* all gone */
  gst_tfc_results_unref (from);
}

static void
test_matrix_faces (void)
{
  GstTfcFace faces[2];
  GstTfcResults *from, *to;
  TfcHomography mirror = affine (-1, 0, 100, 0, 1, 0, 100, 50);
  TfcHomography turn = affine (0, -1, 50, 1, 0, 0, 50, 100); /* a quarter clockwise */

  make_faces (faces);
  from = gst_tfc_results_new_faces ("m", 42, faces, 2);
  to = tfc_results_transform (from, &mirror);
  g_assert_cmpuint (to->n, ==, 2);
  NEAR (to->faces[1].x, 1 - 0.2 - 0.3);
  NEAR (to->faces[1].rotation, -0.25);
  NEAR (to->faces[1].points[477].x, 1 - points[1][477].x);
  NEAR (to->faces[1].points[477].y, points[1][477].y);
  NEAR (to->faces[1].points[477].z, points[1][477].z);
  gst_tfc_results_unref (to);
  to = tfc_results_transform (from, &turn);
  NEAR (to->faces[0].points[3].x, 1 - points[0][3].y);
  NEAR (to->faces[0].points[3].y, points[0][3].x);
  NEAR (to->faces[0].points[3].z, points[0][3].z * 2); /* the frame is half as wide now */
  NEAR (to->faces[0].rotation, 0.25 + G_PI / 2);
  gst_tfc_results_unref (to);
  gst_tfc_results_unref (from);
}

static GByteArray *
written (GstTfcResults *results)
{
  GByteArray *bytes = g_byte_array_new ();

  tfc_serial_write (results, TRUE, bytes);
  gst_tfc_results_unref (results);
  return bytes;
}

static void
test_serial (void)
{
  GstTfcFace faces[2];
  GByteArray *bytes = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  gboolean held = FALSE;
  GstTfcResults *back = tfc_serial_read (TFC_RESULTS_DETECTIONS, bytes->data, bytes->len, &held);
  GstBuffer *buffer = gst_buffer_new ();

  g_assert_nonnull (back);
  g_assert_true (held);
  gst_buffer_add_tfc_results (buffer, back, held);
  assert_two (gst_buffer_get_tfc_detection_meta (buffer));
  gst_tfc_results_unref (back);
  gst_buffer_unref (buffer);
  g_byte_array_unref (bytes);

  make_faces (faces);
  bytes = written (gst_tfc_results_new_faces ("m", 42, faces, 2));
  back = tfc_serial_read (TFC_RESULTS_FACES, bytes->data, bytes->len, &held);
  g_assert_nonnull (back);
  g_assert_cmpmem (back->faces[1].points, 478 * sizeof (GstTfcPoint), points[1],
                   478 * sizeof (GstTfcPoint));
  g_assert_cmpmem (&back->faces[1], G_STRUCT_OFFSET (GstTfcFace, points), &faces[1],
                   G_STRUCT_OFFSET (GstTfcFace, points));
  gst_tfc_results_unref (back);
  g_byte_array_unref (bytes);
}

/* Every length of a cut, and random bytes: refused or sound, never out of bounds (run with ASan).
 */
static void
test_serial_hostile (void)
{
  GByteArray *bytes = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  gboolean held;

  for (guint n = 0; n < bytes->len; n++) {
    guint8 *cut = g_memdup2 (bytes->data, n);
    g_assert_null (tfc_serial_read (TFC_RESULTS_DETECTIONS, cut, n, &held));
    g_assert_null (tfc_serial_read (TFC_RESULTS_FACES, cut, n, &held));
    g_free (cut);
  }
  for (guint i = 0; i < 3000; i++) {
    guint at = g_test_rand_int_range (0, bytes->len);
    guint8 old = bytes->data[at];
    GstTfcResults *back;
    bytes->data[at] = g_test_rand_int_range (0, 256);
    back = tfc_serial_read (i % 2, bytes->data, bytes->len, &held);
    gst_tfc_results_unref (back);
    if (i % 7)
      bytes->data[at] = old;
  }
  g_byte_array_unref (bytes);
}

/* Texts stay in memory for good: a stream cannot bring ever new ones. */
static void
test_serial_texts (void)
{
  GByteArray *known = written (gst_tfc_results_new_detections ("m", 42, two, 2));
  GByteArray *bytes = written (gst_tfc_results_new_detections ("00000000", 42, two, 0));
  GstTfcResults *back = NULL;
  gboolean held;
  guint n = 0;

  for (gboolean more = TRUE; more && n < 10000; n++) {
    gchar *text = g_strdup_printf ("%08u", n);
    memcpy (bytes->data + 1 + 8 + 2, text, 8);
    back = tfc_serial_read (TFC_RESULTS_DETECTIONS, bytes->data, bytes->len, &held);
    more = back != NULL;
    gst_tfc_results_unref (back);
    g_free (text);
  }
  g_assert_cmpuint (n, >, 1000);
  g_assert_cmpuint (n, <, 5000);
  back = tfc_serial_read (TFC_RESULTS_DETECTIONS, known->data, known->len, &held);
  g_assert_nonnull (back);
  gst_tfc_results_unref (back);
  g_byte_array_unref (known);
  g_byte_array_unref (bytes);
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
  g_test_add_func ("/meta/scale", test_scale);
  g_test_add_func ("/meta/unknown-transform", test_unknown_transform_drops);
  g_test_add_func ("/meta/pool", test_pool);
  g_test_add_func ("/meta/threads", test_threads);
  g_test_add_func ("/meta/matrix/crop", test_matrix_crop);
  g_test_add_func ("/meta/matrix/faces", test_matrix_faces);
  g_test_add_func ("/meta/serial", test_serial);
  g_test_add_func ("/meta/serial/hostile", test_serial_hostile);
  g_test_add_func ("/meta/layout", test_layout);
  g_test_add_func ("/meta/accessors", test_accessors);
  g_test_add_func ("/meta/topology", test_topology);
  g_test_add_func ("/meta/elements", test_elements);
  g_test_add_func ("/meta/serial/texts", test_serial_texts); /* uses up what may be new: last */
  return g_test_run ();
}
