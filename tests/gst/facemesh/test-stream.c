/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcfacemesh: what it remembers and forgets from frame to frame. */
#include <malloc.h>
#include <math.h>
#include "tests/emulated.h"
#include "tests/gst/common/facemesh.h"

static void
forget_by_flush (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_harness_push_event (h, gst_event_new_flush_start ());
  gst_harness_push_event (h, gst_event_new_flush_stop (TRUE));
  gst_harness_push_event (h, gst_event_new_segment (&segment));
}

static void
forget_by_caps (GstHarness *h)
{
  gst_harness_set_src_caps (h, gst_caps_from_string ("video/x-raw,format=RGB,width=1,height=1,"
                                                     "framerate=30/1"));
}

static void
forget_by_state (GstHarness *h)
{
  gst_element_set_state (h->element, GST_STATE_READY);
  gst_element_set_state (h->element, GST_STATE_PLAYING);
  forget_by_segment (h);
}

/* Each of these is the end of who was followed: the same face has a new id, never an old one. */
static void
test_forgets (void)
{
  static void (*const ways[]) (GstHarness *) = {forget_by_flush, forget_by_segment, forget_by_caps,
                                                forget_by_state};
  GstSample *sample;
  GstHarness *h;
  guint64 last = 0;

  if (!have_models ())
    return;
  h = detect_play (mesh_new (NULL), NULL);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i <= G_N_ELEMENTS (ways); i++) {
    Seen seen = look (h, sample, 0);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], >, last);
    last = seen.id[0];
    seen = look (h, sample, 1);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], ==, last);
    if (i < G_N_ELEMENTS (ways))
      ways[i](h);
  }
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

/* With the flag: a jump in time, ahead by more than a second or back by more than a frame, is
 * another scene; the next frame in time, a little late or early or even before the last one (a
 * lossy network), a few frames less (a leaky queue) and no time at all are not. */
static void
test_discontinuity (void)
{
  static const struct {
    GstClockTimeDiff gap;
    gboolean anew;
  } cases[] = {
      {20 * GST_SECOND, TRUE}, {FRAME, FALSE},      {4 * FRAME, FALSE}, {GST_SECOND / 2, FALSE},
      {-10 * FRAME, TRUE},     {FRAME, FALSE},      {0, FALSE},         {2 * GST_SECOND, TRUE},
      {FRAME / 5, FALSE},      {-FRAME / 3, FALSE}, {2 * FRAME, FALSE}, {-FRAME, FALSE},
      {-2 * FRAME, TRUE}};
  GstSample *sample;
  GstHarness *h;
  GstClockTime pts = 0;
  guint64 last;

  if (!have_models ())
    return;
  h = detect_play (mesh_new (NULL), NULL);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  last = look (h, sample, 0).id[0];
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
    guint64 id;
    pts += cases[i].gap;
    GST_BUFFER_PTS (buffer) = pts;
    GST_BUFFER_DURATION (buffer) = FRAME;
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
    if (cases[i].gap == 0)
      GST_BUFFER_PTS (buffer) = GST_CLOCK_TIME_NONE;
    g_assert_cmpint (gst_harness_push (h, buffer), ==, GST_FLOW_OK);
    buffer = gst_harness_pull (h);
    id = gst_buffer_get_tfc_face_meta (buffer)->faces[0].track_id;
    g_assert_cmpint (id != last, ==, cases[i].anew);
    last = id;
    gst_buffer_unref (buffer);
  }
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

static void
test_interval (void)
{
  GstSample *sample;
  GstHarness *h;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("interval", 3, NULL), NULL);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i < 8; i++) {
    Seen seen = look (h, sample, i);
    g_assert_cmpint (seen.n, ==, 1);
    g_assert_cmpuint (seen.id[0], ==, 1);
    g_assert_cmpint (seen.held, ==, i % 3 != 0);
  }
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

/* An empty picture costs one run of the detector each and nothing grows. */
static void
test_empty (void)
{
  const guint frames = emulated () ? 100 : 1000; /* an emulator is slow */
  GstSample *sample = blank ("NV12", 64, 48);
  GstHarness *h;
  gsize before = 0;

  if (!have_models ()) {
    gst_sample_unref (sample);
    return;
  }
  h = detect_play (mesh_new ("max-faces", 10, NULL), NULL);
  for (guint i = 0; i < frames; i++) {
    g_assert_cmpint (look (h, sample, i).n, ==, 0);
    if (i == frames / 10)
      before = mallinfo2 ().uordblks;
  }
  /* the tracer of leaks, where it is on, has a few words for every object that there was */
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before + 200 * (frames - frames / 10));
  g_assert_cmpuint (stage_count (h->element, "detector"), ==, frames);
  g_assert_cmpuint (stage_count (h->element, "mesh"), ==, 0);
  g_assert_cmpuint (stage_count (h->element, "total"), ==, frames);
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

/* One face that is followed: the detector rests. */
static void
test_tracked (void)
{
  GstSample *sample;
  GstHarness *h;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("smoothing", TRUE, NULL), NULL);
  sample = sample_of ("tfjs_portrait.png", "NV12", "");
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (look (h, sample, i).n, ==, 1);
  g_assert_cmpuint (stage_count (h->element, "detector"), ==, 1);
  g_assert_cmpuint (stage_count (h->element, "mesh"), ==, 20);
  g_assert_cmpuint (stage_count (h->element, "iris"), ==, 20);
  gst_sample_unref (sample);
  detect_done (h, NULL);
}

#define STEP 4 /* pixels that the picture moves from frame to frame */

/* The portrait as the frame-th picture of a camera that pans. */
static GstSample *
pan (guint frame)
{
  g_autofree gchar *crop =
      g_strdup_printf ("videocrop left=%u right=%u !", 40 + frame * STEP, 120 - frame * STEP);

  return sample_of ("tfjs_portrait.png", "NV12", crop);
}

/* Where the middle of the only face of out, which is taken, stands, in pixels. */
static gdouble
face_middle (GstBuffer *out, GstSample *sample, GstClockTime pts)
{
  const GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  gint width;
  gdouble middle;

  g_assert_nonnull (meta);
  g_assert_cmpuint (meta->n_faces, ==, 1);
  g_assert_cmpuint (meta->faces[0].track_id, ==, 1);
  g_assert_cmpuint (meta->pts, ==, pts);
  gst_structure_get_int (gst_caps_get_structure (gst_sample_get_caps (sample), 0), "width", &width);
  middle = (meta->faces[0].x + meta->faces[0].w / 2) * width;
  gst_buffer_unref (out);
  return middle;
}

/* mode=latest: a face that was followed in frames 2 and 6 stands in frame 10 where a look at that
 * one finds it, not where it was last seen. */
static void
test_latest (void)
{
  static const guint looked_at[] = {0, 2, 6};
  GstSample *pictures[11];
  GstHarness *h;
  GstBus *bus;
  gdouble seen, moved, found;

  if (!have_models ())
    return;
  h = detect_play (mesh_new ("mode", "latest", "post-messages", "all", NULL), &bus);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    pictures[i] = pan (i);
  for (guint i = 0; i < G_N_ELEMENTS (looked_at); i++) {
    gst_buffer_unref (show (h, pictures[looked_at[i]], looked_at[i]));
    gst_structure_free (wait_message (bus, "tfcfacemesh"));
  }
  moved = face_middle (show (h, pictures[10], 10), pictures[10], 6 * FRAME);
  gst_structure_free (wait_message (bus, "tfcfacemesh"));
  found = face_middle (show (h, pictures[10], 11), pictures[10], 10 * FRAME);
  seen = found + 4 * STEP;
  g_test_message ("at %.1f, found at %.1f, last seen at %.1f", moved, found, seen);
  g_assert_cmpfloat (fabs (moved - found), <, STEP);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    gst_sample_unref (pictures[i]);
  detect_done (h, bus);
}

static const TestCase cases[] = {
    {"/facemesh/forgets", test_forgets},
    {"/facemesh/discontinuity", test_discontinuity},
    {"/facemesh/interval", test_interval},
    {"/facemesh/empty", test_empty},
    {"/facemesh/tracked", test_tracked},
    {"/facemesh/latest", test_latest},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, NULL, NULL);
}
