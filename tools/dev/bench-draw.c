/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What tfcoverlay takes to draw faces: bench-draw PORTRAIT.png [FACES [COUNT [PROPERTY=VALUE...]]].
 * The face that tfcfacemesh finds in the picture stands FACES times (20) side by side on 1920x1080;
 * median CPU time of COUNT buffers (200), straight on the pixels and as rectangles for others to
 * blend. */
#include <gst/check/gstharness.h>
#include <gst/video/video.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "tools/common/picture.h"
#include "gst/lib/tfc.h"

#define WIDTH 1920
#define HEIGHT 1080
#define COLUMNS 5
#define MAX_FACES 60

static const struct {
  const gchar *format;
  gboolean attached;
} ways[] = {{"NV12", FALSE}, {"BGRx", FALSE}, {"NV12", TRUE}};

static gint64
cpu_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

static int
by_value (const void *a, const void *b)
{
  const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* The best face of a picture, NULL if it has none. */
static GstTfcFace *
find_face (const gchar *path)
{
  g_autoptr (GError) error = NULL;
  GstHarness *h = gst_harness_new_parse ("tfcfacemesh max-faces=1");
  g_autofree gchar *caps = NULL;
  GstTfcFace *face = NULL;
  TfcPicture picture;

  if (!tfc_picture_load (path, &picture, &error))
    g_error ("%s", error->message);
  const guint width = picture.frame.width, height = picture.frame.height;
  const guint stride = GST_ROUND_UP_4 (3 * width);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, (gsize)stride * height, NULL);
  for (guint y = 0; y < height; y++)
    gst_buffer_fill (buffer, (gsize)y * stride, picture.pixels + (gsize)y * 3 * width, 3 * width);
  caps =
      g_strdup_printf ("video/x-raw,format=RGB,width=%u,height=%u,framerate=30/1", width, height);
  gst_harness_set_src_caps_str (h, caps);
  buffer = gst_harness_push_and_pull (h, buffer);
  GstTfcFaceMeta *meta = buffer ? gst_buffer_get_tfc_face_meta (buffer) : NULL;
  if (meta && meta->n_faces > 0)
    face = gst_tfc_face_copy (&meta->faces[0]);
  gst_clear_buffer (&buffer);
  gst_harness_teardown (h);
  tfc_picture_clear (&picture);
  return face;
}

/* Copies side by side, each as high as its row. */
static void
add_faces (GstBuffer *buffer, const GstTfcFace *face, guint n)
{
  static GstTfcPoint points[MAX_FACES][478];
  GstTfcFace faces[MAX_FACES];
  const guint rows = (n + COLUMNS - 1) / COLUMNS;
  const gfloat high = 0.9f / rows, wide = 0.9f / COLUMNS;

  for (guint i = 0; i < n; i++) {
    const gfloat left = (i % COLUMNS + 0.05f) / COLUMNS, top = (i / COLUMNS + 0.05f) / rows;
    faces[i] = *face;
    faces[i].track_id = i + 1;
    faces[i].points = points[i];
    faces[i].x = left, faces[i].y = top, faces[i].w = wide, faces[i].h = high;
    for (guint k = 0; k < face->n_points; k++)
      points[i][k] =
          (GstTfcPoint){left + wide * (face->points[k].x - face->x) / face->w,
                        top + high * (face->points[k].y - face->y) / face->h, face->points[k].z};
  }
  gst_buffer_add_tfc_face_meta (buffer, "bench", 0, FALSE, faces, n);
}

static gdouble
time_way (guint way, const gchar *launch, const GstTfcFace *face, guint n, guint count)
{
  GstHarness *h = gst_harness_new_parse (launch);
  g_autofree gint64 *times = g_new (gint64, count);
  g_autofree gchar *caps = g_strdup_printf (
      "video/x-raw,format=%s,width=%d,height=%d,framerate=30/1", ways[way].format, WIDTH, HEIGHT);
  GstVideoInfo info;

  gst_video_info_set_format (&info, gst_video_format_from_string (ways[way].format), WIDTH, HEIGHT);
  if (ways[way].attached)
    gst_harness_add_propose_allocation_meta (h, GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE, NULL);
  gst_harness_set_src_caps_str (h, caps);
  for (guint i = 0; i < count; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, info.size, NULL);
    gst_buffer_memset (buffer, 0, 100, -1);
    add_faces (buffer, face, n);
    GST_BUFFER_PTS (buffer) = i * GST_SECOND / 30;
    const gint64 start = cpu_time ();
    buffer = gst_harness_push_and_pull (h, buffer);
    times[i] = cpu_time () - start;
    if (ways[way].attached != !!gst_buffer_get_video_overlay_composition_meta (buffer))
      g_error ("not drawn as asked for");
    gst_buffer_unref (buffer);
  }
  gst_harness_teardown (h);
  qsort (times, count, sizeof *times, by_value);
  return times[count / 2] / 1e6;
}

int
main (int argc, char **argv)
{
  const guint n = argc > 2 ? CLAMP (atoi (argv[2]), 1, MAX_FACES) : 20;
  const guint count = argc > 3 ? MAX (atoi (argv[3]), 1) : 200;
  g_autofree gchar *properties = argc > 4 ? g_strjoinv (" ", argv + 4) : g_strdup ("");
  g_autofree gchar *launch = g_strconcat ("tfcoverlay ", properties, NULL);

  gst_init (NULL, NULL);
  if (argc < 2)
    return 2;
  GstTfcFace *face = find_face (argv[1]);
  if (!face) {
    g_printerr ("no face in %s\n", argv[1]);
    return 1;
  }
  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    g_print ("%u faces of %u points, %dx%d %s %s: %.2f ms\n", n, face->n_points, WIDTH, HEIGHT,
             ways[way].format, ways[way].attached ? "as rectangles" : "on the pixels",
             time_way (way, launch, face, n, count));
  gst_tfc_face_free (face);
  return 0;
}
