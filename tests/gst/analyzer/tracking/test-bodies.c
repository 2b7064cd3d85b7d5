/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcpose and tfchands tracking=motion: ids, points of held frames, what is missed for a moment. */
#include "tests/gst/common/moving.h"
#include "tests/gst/common/tiny.h"

#define STEP 8 /* pixels a frame */

typedef struct {
  const gchar *element, *model; /* path of the model in the mirror */
  MovingPicture picture;
} Kind;

static Kind kinds[] = {
    {"tfcpose", "models/pose/movenet_lightning/model.json", {"golden/pose/media/tree_pose.png"}},
    {"tfchands", "models/hand/hand_landmark_full.tflite", {"golden/hand/pictures/victory.png"}},
};

/* NULL: its model is not there, and the test was skipped. */
static GstHarness *
play (const Kind *kind, const gchar *tracking, guint interval)
{
  g_autofree gchar *models = shared_path ("models");
  GstElement *element;
  GstHarness *h;

  if (!have_shared (kind->model))
    return NULL;
  element = gst_element_factory_make_full (kind->element, "model-path", models, "threads", 1,
                                           "smoothing", FALSE, "interval", interval, NULL);
  set_properties (element, "tracking", tracking, "track-min-hits", 1u, "track-max-age", 200u, NULL);
  h = detect_play (element, NULL);
  gst_harness_set_src_caps (h, moving_caps ());
  return h;
}

typedef struct {
  guint n;
  gboolean held;
  GstTfcPose first;         /* its points are not to be read */
  GstTfcKeypoint points[3]; /* its first ones */
} Look;

static Look
look (GstHarness *h, Kind *kind, guint frame, gint x)
{
  GstBuffer *out = through (h, moving_frame (&kind->picture, frame, x));
  const GstTfcPoseMeta *meta = gst_buffer_get_tfc_pose_meta (out);
  Look look = {0};

  g_assert_nonnull (meta);
  look.n = meta->n_poses;
  look.held = meta->held;
  if (look.n) {
    look.first = meta->poses[0];
    for (guint i = 0; i < G_N_ELEMENTS (look.points); i++)
      look.points[i] = meta->poses[0].points[i];
  }
  gst_buffer_unref (out);
  return look;
}

/* Points stand in the box as they stood in the frame that was analysed. */
static void
assert_moved_whole (const Look *now, const Look *analysed)
{
  const GstTfcPose *a = &analysed->first, *b = &now->first;

  for (guint i = 0; i < G_N_ELEMENTS (now->points); i++) {
    const GstTfcKeypoint *p = &analysed->points[i], *q = &now->points[i];
    g_assert_cmpfloat_with_epsilon ((p->x - a->x) / a->w, (q->x - b->x) / b->w, 0.001);
    g_assert_cmpfloat_with_epsilon ((p->y - a->y) / a->h, (q->y - b->y) / b->h, 0.001);
    g_assert_cmpfloat (p->score, ==, q->score);
  }
}

static void
test_held (gconstpointer data)
{
  Kind *kind = (Kind *)data;
  GstHarness *h = play (kind, "motion", 3);
  Look first, now, analysed = {0};

  for (guint i = 0; h && i < 18; i++) {
    now = look (h, kind, i, (gint)i * STEP);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_cmpint (now.held, ==, i % 3 != 0);
    g_assert_true (now.first.seen);
    first = i ? first : now;
    g_assert_cmpuint (now.first.track_id, ==, first.first.track_id);
    g_assert_cmpuint (now.first.age, ==, i * 40 * GST_MSECOND);
    if (now.held)
      assert_moved_whole (&now, &analysed);
    else
      analysed = now;
    if (now.held && i > 12) {
      g_assert_cmpfloat (now.points[0].x - analysed.points[0].x, >, 0.5 * STEP / MOVING_WIDTH);
      g_assert_cmpfloat_with_epsilon (now.points[0].x - first.points[0].x,
                                      (gfloat)i * STEP / MOVING_WIDTH, 0.04);
    }
  }
  g_assert_true (!h || first.first.track_id > 0);
  if (h)
    detect_done (h, NULL);
}

static void
test_missed (gconstpointer data)
{
  Kind *kind = (Kind *)data;
  GstHarness *h = play (kind, "motion", 1);
  Look last = {0}, now;

  for (guint i = 0; h && i < 8; i++)
    last = look (h, kind, i, (gint)i * STEP);
  for (guint i = 8; h && i < 13; i++) {
    now = look (h, kind, i, -1);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_false (now.first.seen);
    g_assert_cmpuint (now.first.track_id, ==, last.first.track_id);
    g_assert_cmpuint (now.first.n_points, ==, last.first.n_points);
    g_assert_cmpfloat (now.points[0].x, >, last.points[0].x);
    last = now;
  }
  if (h) {
    g_assert_cmpuint (look (h, kind, 13, -1).n, ==, 0);
    now = look (h, kind, 14, 100); /* it is remembered for longer than it is told of */
    g_assert_true (now.first.track_id == last.first.track_id && now.first.seen);
    detect_done (h, NULL);
  }
}

/* Without it held frames say what the analysed one said. */
static void
test_none (gconstpointer data)
{
  Kind *kind = (Kind *)data;
  GstHarness *h = play (kind, "none", 2);
  Look analysed = {0}, now;

  for (guint i = 0; h && i < 6; i++) {
    now = look (h, kind, i, (gint)i * STEP);
    g_assert_cmpuint (now.n, ==, 1);
    g_assert_cmpint (now.held, ==, i % 2);
    if (now.held) {
      g_assert_cmpmem (now.points, sizeof now.points, analysed.points, sizeof now.points);
      g_assert_cmpfloat (now.first.x, ==, analysed.first.x);
    }
    analysed = now;
  }
  if (h)
    detect_done (h, NULL);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree gchar *held = g_strdup_printf ("/tracking/%s/held", kinds[i].element);
    g_autofree gchar *missed = g_strdup_printf ("/tracking/%s/missed", kinds[i].element);
    g_autofree gchar *none = g_strdup_printf ("/tracking/%s/none", kinds[i].element);
    g_test_add_data_func (held, &kinds[i], test_held);
    g_test_add_data_func (missed, &kinds[i], test_missed);
    g_test_add_data_func (none, &kinds[i], test_none);
  }
  result = g_test_run ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    moving_clear (&kinds[i].picture);
  return result;
}
