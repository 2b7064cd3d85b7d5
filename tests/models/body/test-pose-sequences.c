/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What the pipeline keeps from frame to frame, against what the published packages keep: states
 * alone fed with the networks' recorded answers, and whole chains on frames, where errors feed
 * back. */
#include <math.h>

#include "models/body/blazepose_filter.h"
#include "models/body/movenet_crop.h"
#include "tests/emulated.h"
#include "tests/models/body/pose-golden.h"

#define SEQUENCE "golden/pose/sequences/"

static guint64
pts_of (const cJSON *root, gint frame)
{
  return (guint64)llround (golden_number (cJSON_GetObjectItem (root, "timestamps_ms"), frame) *
                           1e6);
}

static cJSON *
load (const gchar *run)
{
  g_autofree gchar *name = g_strdup_printf (SEQUENCE "%s.json", run);

  return golden_json (name);
}

/* ---- states alone ---- */

/* MoveNet's crop and filters: recorded answers in, crops and points out. */
static void
test_movenet_state (gconstpointer run)
{
  const gboolean smoothing = !strstr (run, "nosmooth");
  cJSON *root = load (run);
  TfcMovenetState state = {0};
  gdouble worst = 0, edges = 0;
  const cJSON *frame;
  gint k = 0;

  if (!root)
    return;
  const guint width = (guint)golden_member (root, "width"),
              height = (guint)golden_member (root, "height");
  cJSON_ArrayForEach (frame, cJSON_GetObjectItem (root, "frames")) {
    const TfcMovenetCrop crop = tfc_movenet_crop (&state, width, height);
    const gdouble ours[4] = {crop.y_min, crop.x_min, crop.y_max, crop.x_max};
    const cJSON *want = cJSON_GetObjectItem (frame, "crop"),
                *points = cJSON_GetObjectItem (frame, "keypoints");
    const cJSON *recorded = cJSON_GetObjectItem (frame, "network");
    gfloat network[3 * TFC_COCO_POINTS];
    TfcPose pose = {0};
    for (gint i = 0; i < 4; i++)
      edges = fmax (edges, fabs (ours[i] - golden_number (want, i)));
    for (gint i = 0; i < 3 * TFC_COCO_POINTS; i++)
      network[i] = (gfloat)golden_number (cJSON_GetArrayItem (recorded, i / 3), i % 3);
    const gboolean found = tfc_movenet_follow (&state, network, width, height, pts_of (root, k++),
                                               0.25f, smoothing, &pose);
    g_assert_cmpint (found, ==, cJSON_IsArray (points));
    if (found)
      worst = fmax (worst, pose_error (&pose, points, width, height, 0, 1).worst);
  }
  g_test_message ("%d frames: points %.6f px, crop %.7f at most", k, worst, edges);
  g_assert_cmpfloat (worst, <=, 1e-3);
  g_assert_cmpfloat (edges, <=, 1e-5);
  cJSON_Delete (root);
}

static TfcBlazeposePoint
unit_point (const cJSON *p, gdouble x, gdouble y, gdouble z)
{
  return (TfcBlazeposePoint){golden_number (p, 0) * x, golden_number (p, 1) * y,
                             golden_number (p, 2) * z};
}

/* BlazePose's filters: recorded points in (fractions of the frame), filtered ones out. */
static void
test_blazepose_state (gconstpointer run)
{
  cJSON *root = load (run);
  TfcBlazeposeState state = {0};
  gdouble worst = 0, worst_world = 0, worst_score = 0;
  const cJSON *frame;
  gint k = 0;

  if (!root)
    return;
  const guint width = (guint)golden_member (root, "width"),
              height = (guint)golden_member (root, "height");
  cJSON_ArrayForEach (frame, cJSON_GetObjectItem (root, "frames")) {
    const cJSON *raw = cJSON_GetObjectItem (frame, "unfiltered"),
                *points = cJSON_GetObjectItem (frame, "keypoints");
    const cJSON *world = cJSON_GetObjectItem (frame, "keypoints3D");
    TfcBlazeposeSight sight;
    TfcPose pose = {0};
    const guint64 pts = pts_of (root, k++);
    if (!cJSON_IsObject (raw)) {
      tfc_blazepose_lose (&state);
      continue;
    }
    for (gint i = 0; i < TFC_BLAZEPOSE_POINTS; i++) {
      const cJSON *p = cJSON_GetArrayItem (cJSON_GetObjectItem (raw, "landmarks"), i);
      sight.point[i] = unit_point (p, width, height, width);
      sight.visibility[i] = golden_number (p, 3);
      sight.world[i] =
          unit_point (cJSON_GetArrayItem (cJSON_GetObjectItem (raw, "world"), i), 1, 1, 1);
    }
    for (gint i = 0; i < 2; i++)
      sight.point[TFC_BLAZEPOSE_POINTS + i] = unit_point (
          cJSON_GetArrayItem (cJSON_GetObjectItem (raw, "auxiliary"), i), width, height, width);
    tfc_blazepose_follow (&state, &sight, width, height, pts, TRUE, &pose);
    PoseError e = pose_error (&pose, points, width, height, 0, width);
    pose_world_error (&pose, world, &e);
    worst = fmax (worst, fmax (e.worst, e.z));
    worst_world = fmax (worst_world, e.world);
    worst_score = fmax (worst_score, e.score);
  }
  g_test_message ("%d frames: points %.6f px, world %.7f m, visibility %.7f at most", k, worst,
                  worst_world, worst_score);
  g_assert_cmpfloat (worst, <=, 1e-3);
  g_assert_cmpfloat (worst_world, <=, 1e-5);
  g_assert_cmpfloat (worst_score, <=, 1e-5);
  cJSON_Delete (root);
}

/* ---- whole chains ---- */

/* frames: its folder, or NULL for gap. median, most (95 %), worst: of points in pixels. */
typedef struct {
  const gchar *run, *frames;
  TfcPoseKind kind;
  const gchar *model, *detector;
  gdouble point, median, most, worst;
} Chain;

#define MOVENET(run, frames, model)                              \
  {                                                              \
    run, frames, TFC_POSE_MOVENET, model, NULL, 0.3, 0.3, 1.5, 5 \
  }
#define BLAZEPOSE(run, frames)                                         \
  {                                                                    \
    run, frames, TFC_POSE_BLAZEPOSE, "pose/blazepose_lite_graphmodel", \
        "pose/blazepose_detector_graphmodel", 0, 0.1, 0.1, 0.1         \
  }

static const Chain chains[] = {
    MOVENET ("squats.movenet_lightning", "squats", "pose/movenet_lightning"),
    MOVENET ("squats.movenet_lightning_nosmooth", "squats", "pose/movenet_lightning"),
    MOVENET ("squats.movenet_thunder", "squats", "pose/movenet_thunder"),
    MOVENET ("arms.movenet_lightning", "arms", "pose/movenet_lightning"),
    MOVENET ("arms.movenet_thunder", "arms", "pose/movenet_thunder"),
    MOVENET ("gap.movenet_lightning", NULL, "pose/movenet_lightning"),
    BLAZEPOSE ("squats.blazepose_lite", "squats"),
    BLAZEPOSE ("squats.blazepose_lite_nosmooth", "squats"),
    BLAZEPOSE ("arms.blazepose_lite", "arms"),
    BLAZEPOSE ("gap.blazepose_lite", NULL),
};

/* The k-th picture of a sequence; gap: eight squats, three grey ones, nine further squats. */
static gboolean
frame_picture (const gchar *frames, gint k, TfcPicture *picture)
{
  const gboolean grey = !frames && k >= 8 && k < 11;
  const gint number = !frames && k >= 11 ? k - 3 : grey ? 0 : k;
  g_autofree gchar *name =
      g_strdup_printf ("sequences/%s/%03d", frames ? frames : "squats", number);

  if (!pose_picture (name, picture))
    return FALSE;
  if (grey)
    for (guint y = 0; y < picture->frame.height; y++)
      memset ((guint8 *)picture->frame.plane[0] + (gssize)y * picture->frame.stride[0], 128,
              (gsize)picture->frame.width * 3);
  return TRUE;
}

static gint
by_size (gconstpointer a, gconstpointer b)
{
  const gdouble *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static void
add_points (GArray *off, const TfcPose *pose, const cJSON *points, const TfcFrame *frame,
            gdouble least)
{
  for (guint i = 0; i < pose->n_points; i++) {
    const cJSON *p = cJSON_GetArrayItem (points, (gint)i);
    const gdouble pixels =
        hypot ((gdouble)pose->points[i].x * frame->width - golden_number (p, 0),
               (gdouble)pose->points[i].y * frame->height - golden_number (p, 1));
    if (golden_number (p, cJSON_GetArraySize (p) - 1) >= least)
      g_array_append_val (off, pixels);
  }
}

static void
check_blazepose (const TfcPose *pose, const cJSON *frame, const TfcFrame *view, gboolean smoothing,
                 const TfcPoseTimes *times)
{
  PoseError e = pose_error (pose, cJSON_GetObjectItem (frame, "keypoints"), view->width,
                            view->height, 0, smoothing ? view->width : 1);
  pose_world_error (pose, cJSON_GetObjectItem (frame, "keypoints3D"), &e);
  g_assert_cmpfloat (e.z, <=, 0.5);
  g_assert_cmpfloat (e.world, <=, 2e-3);
  g_assert_cmpint (times->detector_ran, ==,
                   cJSON_IsTrue (cJSON_GetObjectItem (frame, "detector_ran")));
}

static void
test_chain (gconstpointer data)
{
  const Chain *c = data;
  g_autoptr (GArray) off = g_array_new (FALSE, FALSE, sizeof (gdouble));
  cJSON *root = load (c->run);
  TfcPoseOptions options = TFC_POSE_DEFAULTS;
  const cJSON *frame;
  gint k = 0;

  if (!root)
    return;
  TfcPosePipeline *pipeline = pose_open (c->kind, c->model, c->detector, "auto");
  options.smoothing = !strstr (c->run, "nosmooth");
  cJSON_ArrayForEach (frame, cJSON_GetObjectItem (root, "frames")) {
    const cJSON *points = cJSON_GetObjectItem (frame, "keypoints");
    TfcPicture picture = {0};
    TfcPose poses[TFC_MAX_POSES];
    TfcPoseTimes times;
    if (!frame_picture (c->frames, k, &picture))
      break;
    const gint n =
        tfc_pose_run (pipeline, &picture.frame, pts_of (root, k++), &options, poses, &times, NULL);
    g_assert_cmpint (n, ==, cJSON_IsArray (points) && cJSON_GetArraySize (points) ? 1 : 0);
    if (n == 1)
      add_points (off, poses, points, &picture.frame, c->point);
    if (n == 1 && c->kind == TFC_POSE_BLAZEPOSE)
      check_blazepose (poses, frame, &picture.frame, options.smoothing, &times);
    tfc_picture_clear (&picture);
  }
  if (off->len > 0) {
    const gdouble *all = (const gdouble *)off->data;
    g_array_sort (off, by_size);
    g_test_message ("%d frames, %u points: median %.4f, 95 %% %.4f, worst %.4f px", k, off->len,
                    all[off->len / 2], all[off->len * 95 / 100], all[off->len - 1]);
    g_assert_cmpfloat (all[off->len / 2], <=, c->median);
    g_assert_cmpfloat (all[off->len * 95 / 100], <=, c->most);
    g_assert_cmpfloat (all[off->len - 1], <=, c->worst);
  }
  tfc_pose_close (pipeline);
  cJSON_Delete (root);
}

/* A window of a picture. */
static TfcFrame
window (const TfcFrame *frame, const cJSON *xywh)
{
  TfcFrame part = *frame;

  part.plane[0] +=
      (gssize)golden_number (xywh, 1) * part.stride[0] + (gssize)golden_number (xywh, 0) * 3;
  part.width = (guint)golden_number (xywh, 2);
  part.height = (guint)golden_number (xywh, 3);
  return part;
}

/* Ours with that id; NULL: none. */
static const TfcPose *
with_id (const TfcPose *poses, gint n, guint64 id)
{
  for (gint i = 0; i < n; i++)
    if (poses[i].track_id == id)
      return &poses[i];
  return NULL;
}

/* Several people in a window that moves over a picture: who is who by either tracker (in the
 * keypoint one's answers somebody has another id than in the box one's), and their points. */
static void
test_pan (gconstpointer data)
{
  const TfcPoseTracker tracker = (TfcPoseTracker)GPOINTER_TO_UINT (data);
  g_autoptr (GArray) off = g_array_new (FALSE, FALSE, sizeof (gdouble));
  cJSON *root =
      load (tracker == TFC_POSE_TRACKER_KEYPOINT ? "pan.multipose_keypoint" : "pan.multipose_box");
  TfcPoseOptions options = TFC_POSE_DEFAULTS;
  TfcPicture picture = {0};
  const cJSON *frame, *pose;
  gint k = 0;

  if (!root || !pose_picture ("media/cheerleaders", &picture))
    return;
  TfcPosePipeline *pipeline =
      pose_open (TFC_POSE_MULTIPOSE, "pose/movenet_multipose", NULL, "auto");
  options.max_poses = 6;
  options.tracker = tracker;
  cJSON_ArrayForEach (frame, cJSON_GetObjectItem (root, "frames")) {
    const cJSON *want = cJSON_GetObjectItem (frame, "poses");
    const TfcFrame part =
        window (&picture.frame, cJSON_GetArrayItem (cJSON_GetObjectItem (root, "windows_xywh"), k));
    TfcPose poses[TFC_MAX_POSES];
    const gint n = tfc_pose_run (pipeline, &part, pts_of (root, k++), &options, poses, NULL, NULL);
    g_assert_cmpint (n, ==, cJSON_GetArraySize (want));
    cJSON_ArrayForEach (pose, want) {
      const TfcPose *ours = with_id (poses, n, (guint64)golden_member (pose, "id"));
      g_assert_nonnull (ours);
      add_points (off, ours, cJSON_GetObjectItem (pose, "keypoints"), &part, 0.3);
    }
  }
  const gdouble *all = (const gdouble *)off->data;
  g_array_sort (off, by_size);
  g_test_message ("%d frames, %u points: median %.4f, worst %.4f px", k, off->len,
                  all[off->len / 2], all[off->len - 1]);
  g_assert_cmpfloat (all[off->len / 2], <=, 0.1);
  g_assert_cmpfloat (all[off->len - 1], <=, 0.25);
  tfc_pose_close (pipeline);
  tfc_picture_clear (&picture);
  cJSON_Delete (root);
}

static void
add (const gchar *folder, const gchar *run, gconstpointer data, GTestDataFunc func)
{
  g_autofree gchar *path = g_strdup_printf ("/pose-sequences/%s/%s", folder, run);
  g_test_add_data_func (path, data, func);
}

int
main (int argc, char **argv)
{
  static const gchar *const blazepose[] = {"squats.blazepose_lite", "gap.blazepose_lite"};

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (chains) && chains[i].kind == TFC_POSE_MOVENET; i++)
    add ("state", chains[i].run, chains[i].run, test_movenet_state);
  for (guint i = 0; i < G_N_ELEMENTS (blazepose); i++)
    add ("state", blazepose[i], blazepose[i], test_blazepose_state);
  for (guint i = 0; i < G_N_ELEMENTS (chains); i += emulated () ? 3 : 1)
    add ("chain", chains[i].run, &chains[i], test_chain);
  add ("pan", "bounding-box", GUINT_TO_POINTER (TFC_POSE_TRACKER_BOUNDING_BOX), test_pan);
  add ("pan", "keypoint", GUINT_TO_POINTER (TFC_POSE_TRACKER_KEYPOINT), test_pan);
  return g_test_run ();
}
