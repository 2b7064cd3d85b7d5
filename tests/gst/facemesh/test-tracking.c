/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcfacemesh tracking=motion: ids, held frames, faces that are missed; whoever hides faces is told
 * of each that was found. */
#include "tests/gst/common/facemesh.h"
#include "tests/gst/common/moving.h"

#define STEP 8 /* pixels a frame */

static MovingPicture picture = {"media/fdlite_portrait.png", NULL};

typedef struct {
  guint n;
  gboolean held;
  GstTfcFace first; /* its points and head are only compared with NULL */
  GstTfcPoint points[3];
} Face;

static Face
see (GstHarness *h, guint frame, gint x)
{
  GstBuffer *out = through (h, moving_frame (&picture, frame, x));
  const GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  Face face = {0};

  g_assert_nonnull (meta);
  face.n = meta->n_faces;
  face.held = meta->held;
  if (face.n) {
    face.first = meta->faces[0];
    for (guint i = 0; i < G_N_ELEMENTS (face.points); i++)
      face.points[i] = face.first.points[i];
  }
  gst_buffer_unref (out);
  return face;
}

static GstHarness *
play (const gchar *tracking, guint interval, guint min_hits)
{
  return moving_play (mesh_new ("tracking", tracking, "interval", interval, "track-min-hits",
                                min_hits, "track-max-age", 200u, NULL));
}

static void
test_held (void)
{
  Face now, analysed = {0};
  GstHarness *h;

  if (!have_models ())
    return;
  h = play ("motion", 3, 1);
  for (guint i = 0; i < 18; i++) {
    now = see (h, i, (gint)i * STEP);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_cmpint (now.held, ==, i % 3 != 0);
    g_assert_true (now.first.seen);
    g_assert_cmpuint (now.first.track_id, ==, 1);
    g_assert_cmpuint (now.first.age, ==, i * 40 * GST_MSECOND);
    if (!now.held)
      analysed = now;
    for (guint k = 0; now.held && i > 12 && k < G_N_ELEMENTS (now.points); k++) {
      const gfloat moved = now.points[k].x - analysed.points[k].x;
      g_assert_cmpfloat_with_epsilon (moved, now.first.x - analysed.first.x, 1e-4);
      g_assert_cmpfloat_with_epsilon (moved, (gfloat)(i % 3) * STEP / MOVING_WIDTH, 0.01);
    }
  }
  detect_done (h, NULL);
}

/* Missed: predicted for its age with the last mesh, of which no head is told; then gone, and when
 * it is back it is the same. */
static void
test_missed (void)
{
  Face last = {0}, now;
  GstHarness *h;

  if (!have_models ())
    return;
  h = play ("motion", 1, 1);
  for (guint i = 0; i < 8; i++)
    last = see (h, i, (gint)i * STEP);
  g_assert_nonnull (last.first.head);
  for (guint i = 8; i < 13; i++) {
    now = see (h, i, -1);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_true (!now.first.seen && !now.first.head && now.first.presence == 0);
    g_assert_cmpuint (now.first.track_id, ==, last.first.track_id);
    g_assert_cmpuint (now.first.n_points, ==, 478);
    g_assert_cmpfloat (now.points[0].x, >, last.points[0].x);
    last = now;
  }
  g_assert_cmpuint (see (h, 13, -1).n, ==, 0);
  now = see (h, 14, 100);
  g_assert_true (now.n == 1 && now.first.seen && now.first.track_id == last.first.track_id);
  detect_done (h, NULL);
}

/* However often a face must be found to have an id, it is told of at once; and one that the last
 * analysis told of stays on held frames, however long ago that was. */
static void
test_never_left_out (void)
{
  GstHarness *h;
  Face now;

  if (!have_models ())
    return;
  h = moving_play (mesh_new ("tracking", "motion", "interval", 20u, "track-min-hits", 100u,
                             "track-max-age", 40u, "score-threshold", 0.0, NULL));
  for (guint i = 0; i < 20; i++) {
    now = see (h, i, 0);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_true (now.first.seen);
  }
  detect_done (h, NULL);
}

/* Results are those of an element without the property. */
static void
test_none (void)
{
  GstHarness *h, *without;

  if (!have_models ())
    return;
  h = play ("none", 2, 1);
  without = moving_play (mesh_new ("interval", 2u, "share", FALSE, NULL));
  for (guint i = 0; i < 8; i++) {
    const Face a = see (h, i, (gint)i * STEP), b = see (without, i, (gint)i * STEP);
    g_assert_cmpuint (a.n, ==, 1);
    g_assert_cmpmem (a.points, sizeof a.points, b.points, sizeof b.points);
    g_assert_cmpmem (&a.first, G_STRUCT_OFFSET (GstTfcFace, points), &b.first,
                     G_STRUCT_OFFSET (GstTfcFace, points));
  }
  detect_done (h, NULL);
  detect_done (without, NULL);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facemesh-tracking/held", test_held);
  g_test_add_func ("/facemesh-tracking/missed", test_missed);
  g_test_add_func ("/facemesh-tracking/never-left-out", test_never_left_out);
  g_test_add_func ("/facemesh-tracking/none", test_none);
  result = g_test_run ();
  moving_clear (&picture);
  return result;
}
