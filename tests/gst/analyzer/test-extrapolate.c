/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Results moved to where things will be by now: tracked ones go on, others stay. */
#include "gst/analyzer/gsttfcextrapolate.h"

#define MS(n) ((n)*GST_MSECOND)

static GstTfcResults *
faces (GstClockTime pts, gfloat x, gfloat y, gfloat w, guint64 track)
{
  GstTfcPoint points[3] = {{x, y, 0.1f}, {x + w, y + w, 0.2f}, {x + w / 2, y + w / 4, -0.1f}};
  GstTfcFace face = {x, y, w, w, 0.9f, 0.95f, track, 0.5f, 3, points};

  return gst_tfc_results_new_faces ("mesh", pts, &face, 1);
}

static GstTfcFace
face_of (GstTfcResults *results)
{
  guint n;
  const GstTfcFace *face = gst_tfc_results_get_faces (results, &n);

  g_assert_cmpuint (n, ==, 1);
  return *face;
}

#define near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

static void
test_faces (void)
{
  GstTfcExtrapolator forward = {NULL};
  GstTfcResults *before = faces (MS (100), 0.2f, 0.3f, 0.2f, 7);
  GstTfcResults *newest = faces (MS (200), 0.3f, 0.3f, 0.22f, 7), *moved;
  GstTfcFace face;

  for (guint round = 0; round < 2; round++) {
    moved = gst_tfc_extrapolate (&forward, before, newest, MS (250));
    face = face_of (moved);
    near (face.x + face.w / 2, 0.41f + 0.055f); /* half of the way again */
    near (face.y + face.h / 2, 0.41f + 0.005f);
    near (face.w, 0.23f);
    near (face.points[0].x, face.x);
    near (face.points[1].x, face.x + face.w);
    near (face.points[2].y, face.y + face.h / 4);
    near (face.points[1].z, 0.2f * 0.23f / 0.22f);
    g_assert_cmpuint (face.track_id, ==, 7);
    g_assert_cmpuint (face.n_points, ==, 3);
    g_assert_cmpfloat (face.rotation, ==, 0.5f);
    g_assert_cmpfloat (face.presence, ==, 0.95f);
    g_assert_cmpuint (gst_tfc_results_get_pts (moved), ==, MS (200));
    g_assert_cmpstr (gst_tfc_results_get_model (moved), ==, "mesh");
    gst_tfc_results_unref (moved);
  }
  moved =
      gst_tfc_extrapolate (&forward, before, newest, MS (900)); /* not further than once again */
  near (face_of (moved).x + face_of (moved).w / 2, 0.41f + 0.11f);
  gst_tfc_results_unref (moved);
  gst_tfc_results_unref (before);
  gst_tfc_results_unref (newest);
  gst_tfc_extrapolator_clear (&forward);
  gst_tfc_extrapolator_clear (&forward);
}

static void
assert_stays (GstTfcResults *before, GstTfcResults *newest, GstClockTime pts)
{
  GstTfcExtrapolator forward = {NULL};
  GstTfcResults *same = gst_tfc_extrapolate (&forward, before, newest, pts);

  g_assert_true (same == newest);
  gst_tfc_results_unref (same);
  gst_tfc_results_unref (before);
  gst_tfc_results_unref (newest);
  gst_tfc_extrapolator_clear (&forward);
}

#define NONE GST_CLOCK_TIME_NONE

static void
test_stays (void)
{
  assert_stays (NULL, faces (MS (200), 0.3f, 0.3f, 0.2f, 7), MS (250));
  /* of another, of none */
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 8), faces (MS (200), 0.3f, 0.3f, 0.2f, 7),
                MS (250));
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 0), faces (MS (200), 0.3f, 0.3f, 0.2f, 0),
                MS (250));
  /* a jump */
  assert_stays (faces (MS (100), 0.05f, 0.3f, 0.2f, 7), faces (MS (200), 0.3f, 0.3f, 0.2f, 7),
                MS (250));
  /* times that say nothing */
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 7), faces (MS (700), 0.3f, 0.3f, 0.2f, 7),
                MS (750));
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 7), faces (MS (200), 0.3f, 0.3f, 0.2f, 7),
                MS (200));
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 7), faces (MS (200), 0.3f, 0.3f, 0.2f, 7),
                MS (50));
  assert_stays (faces (MS (200), 0.2f, 0.3f, 0.2f, 7), faces (MS (100), 0.3f, 0.3f, 0.2f, 7),
                MS (250));
  assert_stays (faces (NONE, 0.2f, 0.3f, 0.2f, 7), faces (MS (200), 0.3f, 0.3f, 0.2f, 7), MS (250));
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 7), faces (NONE, 0.3f, 0.3f, 0.2f, 7), MS (250));
  assert_stays (faces (MS (100), 0.2f, 0.3f, 0.2f, 7), faces (MS (200), 0.3f, 0.3f, 0.2f, 7), NONE);
}

static void
test_detections (void)
{
  const GstTfcDetection old[] = {{0.1f, 0.1f, 0.2f, 0.2f, 0.8f, 1, 5, "person"},
                                 {0.5f, 0.5f, 0.1f, 0.1f, 0.7f, 17, 0, "cat"}};
  const GstTfcDetection new[] = {{0.6f, 0.5f, 0.1f, 0.1f, 0.7f, 17, 0, "cat"},
                                 {0.1f, 0.2f, 0.2f, 0.2f, 0.8f, 1, 5, "person"}};
  GstTfcExtrapolator forward = {NULL};
  GstTfcResults *before = gst_tfc_results_new_detections ("ssd", MS (0), old, 2);
  GstTfcResults *newest = gst_tfc_results_new_detections ("ssd", MS (40), new, 2);
  GstTfcResults *moved = gst_tfc_extrapolate (&forward, before, newest, MS (60));
  guint n;
  const GstTfcDetection *d = gst_tfc_results_get_detections (moved, &n);

  g_assert_cmpuint (n, ==, 2);
  near (d[0].x, 0.6f); /* not tracked */
  near (d[1].x, 0.1f);
  near (d[1].y, 0.25f);
  near (d[1].h, 0.2f);
  g_assert_cmpstr (d[1].label, ==, "person");
  gst_tfc_results_unref (moved);
  gst_tfc_results_unref (newest);
  gst_tfc_results_unref (before);
  gst_tfc_extrapolator_clear (&forward);
}

/* tracking=motion: each by its own speed, without those that nobody has seen for too long. */
static void
test_seen (void)
{
  const GstTfcDetection found[] = {
      {0.6f, 0.5f, 0.1f, 0.1f, 0.7f, 17, 1, "cat", MS (500), TRUE, 0.5f, -0.25f},
      {0.1f, 0.2f, 0.2f, 0.2f, 0.8f, 1, 2, "person", MS (900), FALSE, 1, 0},
      {0.3f, 0.2f, 0.2f, 0.2f, 0.8f, 1, 3, "person", MS (700), FALSE, 0, 1}};
  GstTfcLastSeen seen = {MS (200), {MS (1000), MS (700), MS (900)}};
  GstTfcExtrapolator forward = {NULL};
  GstTfcResults *newest = gst_tfc_results_new_detections ("ssd", MS (1000), found, 3);
  GstTfcResults *moved = gst_tfc_extrapolate_seen (&forward, &seen, newest, MS (1100));
  guint n;
  const GstTfcDetection *d = gst_tfc_results_get_detections (moved, &n);

  g_assert_cmpuint (n, ==, 2);
  near (d[0].x, 0.65f);
  near (d[0].y, 0.475f);
  near (d[0].w, 0.1f);
  g_assert_true (d[0].track_id == 1 && d[0].seen && d[0].age == MS (600));
  near (d[1].y, 0.3f);
  g_assert_true (d[1].track_id == 3 && !d[1].seen && d[1].age == MS (800));
  g_assert_cmpuint (gst_tfc_results_get_pts (moved), ==, MS (1000));
  gst_tfc_results_unref (moved);
  moved = gst_tfc_extrapolate_seen (&forward, &seen, newest, MS (1201));
  gst_tfc_results_get_detections (moved, &n);
  g_assert_cmpuint (n, ==, 0);
  gst_tfc_results_unref (moved);
  for (guint i = 0; i < 3; i++) { /* no time to go on in, and nothing is followed by motion */
    const GstClockTime pts[] = {MS (1000), NONE, MS (1100)};
    seen.max_age = i == 2 ? NONE : MS (200);
    moved = gst_tfc_extrapolate_seen (&forward, &seen, newest, pts[i]);
    g_assert_true (moved == newest);
    gst_tfc_results_unref (moved);
  }
  gst_tfc_results_unref (newest);
  gst_tfc_extrapolator_clear (&forward);
}

static GstTfcResults *
pose (GstClockTime pts, gfloat x)
{
  const GstTfcKeypoint points[17] = {{x, 0.3f, 0.1f, 0.9f}, {x + 0.2f, 0.5f, 0.1f, 0.8f}};
  const GstTfcPoint world[17] = {{0.5f, 0.25f, 1}};
  const GstTfcPose p = {
      x, 0.3f, 0.2f, 0.2f, 0.9f, 7, .n_points = 17, .points = points, .world = world};

  return gst_tfc_results_new_poses ("body", pts, &p, 1);
}

static void
test_poses (void)
{
  GstTfcExtrapolator forward = {NULL};
  GstTfcResults *before = pose (MS (0), 0.2f), *newest = pose (MS (40), 0.3f);
  GstTfcResults *moved = gst_tfc_extrapolate (&forward, before, newest, MS (60));
  const GstTfcPose *p = gst_tfc_results_get_poses (moved, NULL);

  near (p->x, 0.35f);
  near (p->points[0].x, 0.35f);
  near (p->points[1].x, 0.55f);
  near (p->points[1].score, 0.8f);
  near (p->world[0].x, 0.5f); /* from the hips: it stays */
  gst_tfc_results_unref (moved);
  gst_tfc_results_unref (newest);
  gst_tfc_results_unref (before);
  gst_tfc_extrapolator_clear (&forward);
}

/* What has no box stays. */
static void
test_classes (void)
{
  const GstTfcClass c = {.object_id = 7};

  assert_stays (gst_tfc_results_new_classes ("m", MS (100), &c, 1),
                gst_tfc_results_new_classes ("m", MS (200), &c, 1), MS (250));
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forward/faces", test_faces);
  g_test_add_func ("/forward/stays", test_stays);
  g_test_add_func ("/forward/detections", test_detections);
  g_test_add_func ("/forward/seen", test_seen);
  g_test_add_func ("/forward/poses", test_poses);
  g_test_add_func ("/forward/classes", test_classes);
  return g_test_run ();
}
