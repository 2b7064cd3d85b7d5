/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Effects of masks in the element: which frames change, the file of a background, formats. The
 * effects themselves: tests/overlay/test-mask.c. */
#include <glib/gstdio.h>
#include "tests/gst/overlay/overlay-bench.h"

#define W 160
#define H 120
#define GREEN "background-color=0xff00ff00 edge-blur=0"

/* The left half is a person. */
static void
add_mask (GstBuffer *buffer, gboolean held)
{
  guint8 data[16 * 2];
  const GstTfcMask mask = {.width = 16, .height = 2, .w = 1, .h = 1, .data = data};

  for (guint i = 0; i < sizeof data; i++)
    data[i] = i % 16 < 8 ? 255 : 0;
  fail_unless (gst_buffer_add_tfc_mask_meta (buffer, "test", 0, held, &mask) != NULL);
}

static GstBuffer *
push (OverlayBench *b, gboolean with_mask)
{
  GstBuffer *buffer = picture (b);

  if (with_mask)
    add_mask (buffer, FALSE);
  return gst_harness_push_and_pull (b->h, buffer);
}

/* Luma or red of pure green. */
static gint
green_of (const OverlayBench *b)
{
  if (GST_VIDEO_INFO_IS_RGB (&b->info))
    return 0;
  return 145; /* BT.601, limited range */
}

GST_START_TEST (test_replace)
{
  static const gchar *const formats[] = {"NV12", "I420", "YUY2", "RGB", "BGRx"};

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    OverlayBench b = overlay_bench_new ("mask=replace-background " GREEN, formats[i], W, H, i % 2);
    GstBuffer *before = picture (&b), *out = push (&b, TRUE);

    for (gint x = 0; x < W; x += 7) {
      if (x < W / 2 - 6) {
        fail_unless_equals_int (sample (&b, out, 0, x, 50), sample (&b, before, 0, x, 50));
      } else if (x > W / 2 + 6) {
        fail_unless (ABS (sample (&b, out, 0, x, 50) - green_of (&b)) <= 1);
      }
    }
    gst_buffer_unref (out);
    out = push (&b, FALSE); /* without a mask: nobody */
    for (gint x = 0; x < W; x += 7)
      fail_unless (ABS (sample (&b, out, 0, x, 50) - green_of (&b)) <= 1);
    gst_buffer_unref (out);
    gst_buffer_unref (before);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* What says nothing about the background leaves frames without a mask alone. */
GST_START_TEST (test_tint)
{
  OverlayBench b = overlay_bench_new ("mask=tint", "NV12", W, H, FALSE);
  GstBuffer *before = picture (&b), *out = push (&b, TRUE);

  fail_unless (differences (before, out) > 0);
  for (gint x = W / 2 + 16; x < W; x++)
    fail_unless_equals_int (sample (&b, out, 0, x, 50), sample (&b, before, 0, x, 50));
  gst_buffer_unref (out);
  out = push (&b, FALSE);
  fail_unless_equals_uint64 (differences (before, out), 0);
  gst_buffer_unref (out);
  gst_buffer_unref (before);
  overlay_bench_free (&b);
}
GST_END_TEST;

/* The whole background is another one, in each hiding effect, and a mirrored picture has a mirrored
 * person. */
GST_START_TEST (test_mirror)
{
  OverlayBench b =
      overlay_bench_new ("mask=replace-background mirror=true " GREEN, "NV12", W, H, FALSE);
  GstBuffer *before = picture (&b), *out = push (&b, TRUE);

  for (gint x = 0; x < W; x += 7) {
    if (x < W / 2 - 6) {
      fail_unless (ABS (sample (&b, out, 0, x, 50) - green_of (&b)) <= 1);
    } else if (x > W / 2 + 6) {
      fail_unless_equals_int (sample (&b, out, 0, x, 50), sample (&b, before, 0, W - 1 - x, 50));
    }
  }
  gst_buffer_unref (out);
  gst_buffer_unref (before);
  overlay_bench_free (&b);
}
GST_END_TEST;

GST_START_TEST (test_cutout)
{
  OverlayBench b = overlay_bench_new ("mask=cutout edge-blur=0", "RGBA", W, H, FALSE);
  GstBuffer *before = picture (&b), *out = push (&b, TRUE);

  fail_unless_equals_int (sample (&b, out, 3, 10, 50), sample (&b, before, 3, 10, 50));
  fail_unless_equals_int (sample (&b, out, 3, 150, 50), 0);
  fail_unless_equals_int (sample (&b, out, 0, 150, 50), sample (&b, before, 0, 150, 50));
  gst_buffer_unref (out);
  gst_buffer_unref (before);
  overlay_bench_free (&b);
}
GST_END_TEST;

static gchar *
picture_file (void)
{
  g_autoptr (GString) text = g_string_new ("P6 40 10 255\n");
  gchar *name = NULL;
  const gint fd = g_file_open_tmp ("tfc-background-XXXXXX.ppm", &name, NULL);

  for (guint i = 0; i < 400;
       i++) /* red, blue, red: only the middle covers a frame of another shape */
    g_string_append_len (text, i % 40 >= 10 && i % 40 < 30 ? "\0\0\377" : "\377\0\0", 3);
  fail_unless (fd >= 0 && g_close (fd, NULL));
  fail_unless (g_file_set_contents (name, text->str, (gssize)text->len, NULL));
  return name;
}

static guint
warnings (GstBus *bus)
{
  guint n = 0;
  GstMessage *message;

  while ((message = gst_bus_pop (bus))) {
    n += GST_MESSAGE_TYPE (message) == GST_MESSAGE_WARNING;
    gst_message_unref (message);
  }
  return n;
}

GST_START_TEST (test_file)
{
  g_autofree gchar *file = picture_file ();
  g_autofree gchar *settings =
      g_strdup_printf ("mask=replace-background background-file=%s " GREEN, file);
  OverlayBench b = overlay_bench_new (settings, "RGB", W, H, FALSE);
  GstElement *overlay = gst_harness_find_element (b.h, "tfcoverlay");
  GstBus *bus = gst_bus_new ();
  GstBuffer *out;

  gst_element_set_bus (overlay, bus);
  out = push (&b, TRUE);
  for (gint x = W / 2 + 6; x < W; x += 7) { /* blue alone: the red sides are cut off */
    fail_unless (sample (&b, out, 2, x, 50) >= 250);
    fail_unless (sample (&b, out, 0, x, 50) <= 5);
  }
  gst_buffer_unref (out);
  fail_unless_equals_int (warnings (bus), 0);
  g_object_set (overlay, "background-file", "/nowhere/at all.png", NULL);
  for (guint i = 0; i < 3; i++) { /* told once; the colour, not the room */
    out = push (&b, TRUE);
    fail_unless_equals_int (sample (&b, out, 0, 150, 50), 0);
    fail_unless_equals_int (sample (&b, out, 1, 150, 50), 255);
    gst_buffer_unref (out);
  }
  fail_unless_equals_int (warnings (bus), 1);
  g_object_set (overlay, "background-file", file, NULL);
  out = push (&b, TRUE);
  fail_unless (sample (&b, out, 2, 150, 50) >= 250);
  gst_buffer_unref (out);
  gst_element_set_bus (overlay, NULL);
  gst_object_unref (bus);
  gst_object_unref (overlay);
  overlay_bench_free (&b);
  g_unlink (file);
}
GST_END_TEST;

/* A video has a rate, and its buffers may have wider rows than the picture needs. */
GST_START_TEST (test_file_in_video)
{
  static const gchar *const modes[] = {"progressive", "interleaved"};
  g_autofree gchar *file = picture_file ();
  g_autofree gchar *settings =
      g_strdup_printf ("mask=replace-background background-file=%s " GREEN, file);

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree gchar *caps =
        g_strdup_printf ("video/x-raw,format=RGB,width=%d,height=%d,framerate=30/1,"
                         "interlace-mode=%s",
                         W, H, modes[i]);
    OverlayBench b = overlay_bench_new (settings, "RGB", W, H, FALSE);
    gsize offset[4] = {0};
    gint stride[4] = {4 * W};
    GstBuffer *wide = gst_buffer_new_allocate (NULL, 4 * W * H, NULL), *out;

    gst_harness_set_src_caps_str (b.h, caps);
    GST_BUFFER_PTS (wide) = 0;
    gst_buffer_add_video_meta_full (wide, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_RGB, W, H, 1,
                                    offset, stride);
    out = gst_harness_push_and_pull (b.h, wide);
    fail_unless (sample (&b, out, 2, 150, H - 1) >= 250);
    fail_unless (sample (&b, out, 1, 150, H - 1) <= 5);
    gst_buffer_unref (out);
    overlay_bench_free (&b);
  }
  g_unlink (file);
}
GST_END_TEST;

/* A mask is that of one picture: what lies in another one of the same buffer would be seen. */
GST_START_TEST (test_views)
{
  static const struct {
    const gchar *effect;
    guint passed;
  } cases[] = {{"mask=blur-background", 0}, {"mask=cutout", 0}, {"mask=tint", 1}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    OverlayBench b = overlay_bench_new (cases[i].effect, "GRAY8", W, H, FALSE);
    GstBuffer *two = gst_buffer_new_allocate (NULL, 2 * W * H, NULL);
    gsize offset[4] = {W * H};
    gint stride[4] = {W};

    add_mask (two, FALSE);
    gst_buffer_add_video_meta (two, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8, W, H);
    gst_buffer_add_video_meta_full (two, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8, W, H, 1,
                                    offset, stride)
        ->id = 1;
    fail_unless_equals_int (gst_harness_push (b.h, two), GST_FLOW_OK);
    fail_unless_equals_int (gst_harness_buffers_in_queue (b.h), cases[i].passed);
    overlay_bench_free (&b);
  }
}
GST_END_TEST;

/* A file of a kilobyte may claim a gigabyte: nothing is read. */
GST_START_TEST (test_huge_file)
{
  static const gchar header[] = "P6 16000 16000 255\n";
  g_autofree gchar *file = picture_file ();
  g_autofree gchar *settings =
      g_strdup_printf ("mask=replace-background background-file=%s " GREEN, file);
  OverlayBench b;
  GstElement *overlay;
  GstBus *bus = gst_bus_new ();
  GstMessage *message;
  GError *error = NULL;

  fail_unless (g_file_set_contents (file, header, sizeof header - 1, NULL));
  b = overlay_bench_new (settings, "RGB", W, H, FALSE);
  overlay = gst_harness_find_element (b.h, "tfcoverlay");
  gst_element_set_bus (overlay, bus);
  gst_buffer_unref (push (&b, TRUE));
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_WARNING);
  fail_unless (message != NULL);
  gst_message_parse_warning (message, &error, NULL);
  fail_unless (strstr (error->message, "16000 x 16000") != NULL);
  g_error_free (error);
  gst_message_unref (message);
  gst_element_set_bus (overlay, NULL);
  gst_object_unref (bus);
  gst_object_unref (overlay);
  overlay_bench_free (&b);
  g_unlink (file);
}
GST_END_TEST;

/* Samples of more than 8 bits are not offered while an effect is on. */
GST_START_TEST (test_formats)
{
  GstHarness *h = gst_harness_new_parse ("tfcoverlay mask=blur-background");
  GstCaps *caps = gst_pad_peer_query_caps (h->srcpad, NULL), *ten, *eight;

  ten = gst_caps_from_string ("video/x-raw,format=P010_10LE,width=64,height=64");
  eight = gst_caps_from_string ("video/x-raw,format=NV12,width=64,height=64");
  fail_if (gst_caps_can_intersect (caps, ten));
  fail_unless (gst_caps_can_intersect (caps, eight));
  gst_caps_unref (ten);
  gst_caps_unref (eight);
  gst_caps_unref (caps);
  gst_harness_teardown (h);
}
GST_END_TEST;

static Suite *
mask_suite (void)
{
  Suite *s = suite_create ("overlay-mask");
  TCase *tc = tcase_create ("general");

  suite_add_tcase (s, tc);
  tcase_add_test (tc, test_replace);
  tcase_add_test (tc, test_tint);
  tcase_add_test (tc, test_mirror);
  tcase_add_test (tc, test_cutout);
  tcase_add_test (tc, test_file);
  tcase_add_test (tc, test_file_in_video);
  tcase_add_test (tc, test_huge_file);
  tcase_add_test (tc, test_views);
  tcase_add_test (tc, test_formats);
  return s;
}

GST_CHECK_MAIN (mask);
