/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Frames flagged GAP repeat a picture, as videorate, livesync and intervideosrc send them: they
 * carry what was seen last, as held, and are analysed only where nothing was. Every buffer has its
 * metadata. */
#include "tests/gst/common/tiny.h"

/* A stream as letters: R a real frame, g a repeated one (GAP); and what comes of each: A analysed,
 * h held. */
typedef struct {
  const gchar *source, *frames, *expected;
  guint interval;
} Stream;

static const Stream streams[] = {
    {"videorate, doubling", "RgRgRg", "AhAhAh", 1},
    {"videorate, 10 to 30", "RggRggRgg", "AhhAhhAhh", 1},
    {"livesync, input gone and back", "RRgggggRR", "AAhhhhhAA", 1},
    {"intervideosrc, before its first picture", "ggRggRgg", "AhAhhAhh", 1},
    {"the same, and the first picture does not wait for the interval", "ggRggRgg", "AhAhhhhh", 6},
    {"nothing else", "gggg", "Ahhh", 1},
    {"every second frame is looked at: the real ones", "RgRgRgRg", "AhAhAhAh", 2},
    {"repeated ones count, but make no real one wait twice", "RggRggRgg", "AhhAhhAhh", 3},
    {"due at a repeated one: the next real one", "RRgRRgRR", "AhhAhhAh", 2},
    {"interval as without", "RRRRRRR", "AhhAhhA", 3},
};

static void
push_flush (GstHarness *h)
{
  GstSegment segment;

  gst_segment_init (&segment, GST_FORMAT_TIME);
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_start ()));
  g_assert_true (gst_harness_push_event (h, gst_event_new_flush_stop (TRUE)));
  g_assert_true (gst_harness_push_event (h, gst_event_new_segment (&segment)));
}

static void
play_stream (GstHarness *h, const Stream *s)
{
  guint analysed = 0;

  g_test_message ("%s: %s", s->source, s->frames);
  g_object_set (h->element, "interval", s->interval, NULL);
  push_flush (h);
  for (guint i = 0; s->frames[i]; i++) {
    const gboolean gap = s->frames[i] == 'g';
    const Sight sight = sight_of (through (h, white (i, gap ? GST_BUFFER_FLAG_GAP : 0)));
    g_assert_cmpint (sight.n, ==, 1);
    g_assert_cmpint (sight.held, ==, s->expected[i] == 'h');
    if (!sight.held)
      analysed = i;
    g_assert_cmpuint (sight.pts, ==, analysed * (GST_SECOND / 30));
  }
}

static void
test_sync (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    play_stream (h, &streams[i]);
  detect_done (h, NULL);
}

/* Repeated frames are counted as such. */
static void
test_stats (void)
{
  GstHarness *h = tiny_play (tiny_new ("max-detections", 20, NULL), NULL);

  play_stream (h, &streams[1]);
  g_assert_cmpuint (stat_of (h->element, "frames"), ==, 9);
  g_assert_cmpuint (stat_of (h->element, "analysed"), ==, 3);
  g_assert_cmpuint (stat_of (h->element, "repeated"), ==, 6);
  detect_done (h, NULL);
}

/* What was seen before a flush, other caps or a jump is not what a repeated frame shows. */
static void
test_anew (void)
{
  GstHarness *h = tiny_play (tiny_new ("interval", 100, NULL), NULL);
  GstBuffer *far_on;

  g_assert_false (look_at (h, 0).held);
  push_flush (h);
  g_assert_false (sight_of (through (h, white (1, GST_BUFFER_FLAG_GAP))).held);
  gst_harness_set_src_caps (h, caps_of ("BGR", 16, 16));
  g_assert_false (sight_of (through (h, white (2, GST_BUFFER_FLAG_GAP))).held);
  far_on = white (300, GST_BUFFER_FLAG_GAP | GST_BUFFER_FLAG_DISCONT);
  g_assert_false (sight_of (through (h, far_on)).held);
  g_assert_true (sight_of (through (h, white (301, GST_BUFFER_FLAG_GAP))).held);
  detect_done (h, NULL);
}

/* Behind a leaky queue a repeated frame may be the first that is left of its picture. */
static void
test_lost (void)
{
  GstHarness *h = tiny_play (tiny_new ("interval", 1, NULL), NULL);

  g_assert_false (look_at (h, 0).held);
  g_assert_false (
      sight_of (through (h, white (2, GST_BUFFER_FLAG_GAP | GST_BUFFER_FLAG_DISCONT))).held);
  g_assert_true (sight_of (through (h, white (3, GST_BUFFER_FLAG_GAP))).held);
  detect_done (h, NULL);
}

/* Another model: what is repeated is looked at again, by it. */
static void
test_swap (void)
{
  GstHarness *h = tiny_play (tiny_new ("interval", 100, NULL), NULL);
  Sight sight = look_at (h, 0);

  g_object_set (h->element, "label-file", other_labels, NULL);
  for (guint i = 1; !g_str_equal (sight.label, "ant"); i++) {
    sight = sight_of (through (h, white (i, GST_BUFFER_FLAG_GAP)));
    g_assert_cmpint (sight.n, ==, 1);
    g_assert_cmpint (sight.held, ==, g_str_equal (sight.label, "ape"));
  }
  detect_done (h, NULL);
}

static void
assert_told (GstBus *bus, guint n)
{
  g_autoptr (GstStructure) message = wait_message (bus, "tfcdetect");
  guint64 pts;

  g_assert_nonnull (message);
  g_assert_true (gst_structure_get_uint64 (message, "timestamp", &pts));
  g_assert_cmpuint (pts, ==, n * (GST_SECOND / 30));
}

/* mode=latest: a repeated frame is offered only where nothing was yet; then all carry a result. */
static void
test_latest (gconstpointer first_is_gap)
{
  const GstBufferFlags first = first_is_gap ? GST_BUFFER_FLAG_GAP : 0;
  GstHarness *h;
  GstBus *bus;
  Sight sight;

  h = tiny_play (tiny_new ("mode", "latest", "post-messages", "all", NULL), &bus);
  sight_of (through (h, white (0, first)));
  assert_told (bus, 0);
  for (guint i = 1; i < 4; i++) {
    sight = sight_of (through (h, white (i, GST_BUFFER_FLAG_GAP)));
    g_assert_cmpint (sight.n, ==, 1);
    g_assert_true (sight.held);
    g_assert_cmpuint (sight.pts, ==, 0);
  }
  g_assert_cmpint (look_at (h, 4).n, ==, 1);
  assert_told (bus, 4); /* and nothing between */
  g_assert_cmpuint (stat_of (h->element, "analysed"), ==, 2);
  g_assert_cmpuint (stat_of (h->element, "dropped"), ==, 0);
  detect_done (h, bus);
}

/* From latest, before it saw anything, to sync: the first frame there has its result, repeated or
 * not. */
static void
test_switch (void)
{
  for (guint gap = 0; gap < 2; gap++) {
    GstHarness *h = tiny_play (tiny_new ("mode", "latest", "interval", 100, NULL), NULL);
    sight_of (through (h, white (0, 0)));
    set_properties (h->element, "mode", "sync", NULL);
    for (guint i = 1; i < 4; i++)
      g_assert_cmpint (sight_of (through (h, white (i, gap ? GST_BUFFER_FLAG_GAP : 0))).n, ==, 1);
    detect_done (h, NULL);
  }
}

/* Faces: the same, and who is followed keeps the id. */
static void
test_faces (void)
{
  g_autofree gchar *models = shared_path ("models");
  GstBuffer *picture;
  GstHarness *h;
  GstCaps *caps;

  if (!have_model ())
    return;
  h = detect_play (
      gst_element_factory_make_full ("tfcfacemesh", "model-path", models, "threads", 1, NULL),
      NULL);
  picture = photo ("media/tfjs_portrait.png", "RGB", 0, 0, &caps);
  gst_harness_set_src_caps (h, caps);
  for (guint i = 0; i < 9; i++) {
    GstBuffer *buffer = gst_buffer_copy (picture), *out;
    const GstTfcFaceMeta *meta;
    GST_BUFFER_PTS (buffer) = i * (GST_SECOND / 30);
    if (i % 3)
      GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_GAP);
    out = through (h, buffer);
    meta = gst_buffer_get_tfc_face_meta (out);
    g_assert_nonnull (meta);
    g_assert_cmpuint (meta->n_faces, ==, 1);
    g_assert_cmpuint (meta->faces[0].track_id, ==, 1);
    g_assert_cmpint (meta->held, ==, i % 3 != 0);
    gst_buffer_unref (out);
  }
  gst_buffer_unref (picture);
  detect_done (h, NULL);
}

static const TestCase cases[] = {
    {"/gap/sync", test_sync},
    {"/gap/stats", test_stats},
    {"/gap/anew", test_anew},
    {"/gap/lost", test_lost},
    {"/gap/swap", test_swap},
    {"/gap/latest/real-first", NULL, test_latest, NULL},
    {"/gap/latest/gap-first", NULL, test_latest, "gap"},
    {"/gap/switch", test_switch},
    {"/gap/faces", test_faces},
    {NULL},
};

int
main (int argc, char **argv)
{
  return run_cases (argc, argv, cases, tiny_init, tiny_done);
}
