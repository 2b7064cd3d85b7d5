/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Each network of bodies on each picture, its state fresh, against what the published packages
 * answer: as many people in the same order, points, scores, world points within the tolerances of
 * the golden results; of NV12 within twice of what these ask for as a share of the body, because
 * its colours are others. */
#include <math.h>

#include "tests/emulated.h"
#include "tests/models/body/pose-golden.h"

static const gchar *const pictures[] = {
    "cheerleaders",    "couple_snow", "jump",       "man_in_black", "no_person",
    "seated",          "squat",       "tennis",     "three_people", "tree_pose",
    "tree_pose_rot90", "two_depths",  "upper_body", "yoga_beach"};

/* point: golden scores from which on points are compared. px, score, pose, z (of the longer edge),
 * world: tolerances. */
typedef struct {
  const gchar *name;
  TfcPoseKind kind;
  const gchar *model, *detector;
  const gchar *path[3]; /* to the answer, in the picture's file */
  guint max_poses;
  gdouble point, px, score, pose, world;
  gboolean black_border;
} Network;

static const Network networks[] = {
    {"movenet-lightning",
     TFC_POSE_MOVENET,
     "pose/movenet_lightning",
     NULL,
     {"movenet", "lightning", "pose"},
     1,
     0.3,
     0.25,
     0.01,
     5e-3,
     0},
    {"movenet-thunder",
     TFC_POSE_MOVENET,
     "pose/movenet_thunder",
     NULL,
     {"movenet", "thunder", "pose"},
     1,
     0.3,
     0.25,
     0.01,
     5e-3,
     0},
    {"movenet-multipose",
     TFC_POSE_MULTIPOSE,
     "pose/movenet_multipose",
     NULL,
     {"movenet", "multipose", "poses"},
     6,
     0.3,
     0.25,
     0.01,
     0.01,
     0},
    {"posenet-single",
     TFC_POSE_POSENET,
     "pose/posenet",
     NULL,
     {"posenet", "single"},
     1,
     0.1,
     0.05,
     1e-3,
     1e-3,
     0},
    {"posenet-multi",
     TFC_POSE_POSENET,
     "pose/posenet",
     NULL,
     {"posenet", "multi"},
     5,
     0.1,
     0.05,
     1e-3,
     1e-3,
     0},
    {"posenet-222-single",
     TFC_POSE_POSENET,
     "pose/posenet",
     NULL,
     {"posenet222", "single"},
     1,
     0.1,
     0.05,
     1e-3,
     1e-3,
     0,
     TRUE},
    {"posenet-222-multi",
     TFC_POSE_POSENET,
     "pose/posenet",
     NULL,
     {"posenet222", "multi"},
     5,
     0.1,
     0.05,
     1e-3,
     1e-3,
     0,
     TRUE},
    {"blazepose-lite-graphmodel",
     TFC_POSE_BLAZEPOSE,
     "pose/blazepose_lite_graphmodel",
     "pose/blazepose_detector_graphmodel",
     {"blazepose", "lite", "pose"},
     1,
     0,
     0.1,
     1e-3,
     1e-3,
     1e-3},
    {"blazepose-lite",
     TFC_POSE_BLAZEPOSE,
     "pose/blazepose_lite",
     "pose/blazepose_detector",
     {"blazepose_tflite", "lite", "pose"},
     1,
     0,
     0.1,
     1e-3,
     1e-3,
     1e-3},
    {"blazepose-full",
     TFC_POSE_BLAZEPOSE,
     "pose/blazepose_full",
     "pose/blazepose_detector",
     {"blazepose_tflite", "full", "pose"},
     1,
     0,
     0.1,
     1e-3,
     1e-3,
     1e-3},
};

typedef struct {
  const Network *network;
  const gchar *picture;
  gboolean nv12;
} Case;

static TfcPosePipeline *
open_network (const Case *c)
{
  static TfcPosePipeline *open;
  static const Network *network;

  if (open && network == c->network)
    return open;
  tfc_pose_close (open);
  network = c->network;
  open = network ? pose_open (network->kind, network->model, network->detector, "auto") : NULL;
  return open;
}

static PoseError
compare_pose (const Case *c, const TfcPose *pose, const cJSON *golden, const TfcFrame *frame)
{
  const Network *n = c->network;
  const cJSON *world = cJSON_GetObjectItem (golden, "keypoints3D");
  PoseError e = pose_error (pose, cJSON_GetObjectItem (golden, "keypoints"), frame->width,
                            frame->height, n->point, 1);

  if (world)
    pose_world_error (pose, world, &e);
  g_test_message (
      "%u points: %.4f px at most, %.4f px = %.3f %% on average, scores %.5f, pose %.6f, "
      "z %.4f px, world %.2f mm",
      e.n, e.worst, e.mean, 100 * e.mean / MAX (e.box, 1), e.score,
      pose->score - golden_member (golden, "score"), e.z, 1000 * e.world);
  if (c->nv12)
    return e;
  g_assert_cmpfloat (e.worst, <=, n->px);
  g_assert_cmpfloat (e.score, <=, n->score);
  g_assert_cmpfloat (fabs (pose->score - golden_member (golden, "score")), <=, n->pose);
  g_assert_cmpfloat (e.world, <=, n->world);
  g_assert_cmpfloat (e.z, <=, 1e-3 * MAX (frame->width, frame->height));
  return e;
}

/* As shipped, boxes are fractions of the padded picture; ours are of the frame. */
static void
compare_box (const TfcPose *pose, const cJSON *golden, const TfcFrame *frame, const cJSON *input)
{
  const gdouble height = golden_number (input, 0), width = golden_number (input, 1);
  const gdouble longer = MAX (frame->width, frame->height);
  const gdouble y_scale = height / (256. * frame->height / longer),
                x_scale = width / (256. * frame->width / longer);
  const cJSON *box = cJSON_GetObjectItem (golden, "box");

  /* sides are rounded to whole pixels: half a pixel of 256 */
  g_assert_cmpfloat (fabs (pose->box.y - golden_number (box, 0) * y_scale), <=, 5e-3);
  g_assert_cmpfloat (fabs (pose->box.x - golden_number (box, 1) * x_scale), <=, 5e-3);
  g_assert_cmpfloat (fabs (pose->box.y + pose->box.h - golden_number (box, 2) * y_scale), <=, 5e-3);
  g_assert_cmpfloat (fabs (pose->box.x + pose->box.w - golden_number (box, 3) * x_scale), <=, 5e-3);
}

static const cJSON *
find_answer (const Network *network, const cJSON *root)
{
  for (guint k = 0; k < G_N_ELEMENTS (network->path) && network->path[k]; k++)
    root = cJSON_GetObjectItem (root, network->path[k]);
  g_assert_nonnull (root);
  return root;
}

static void
compare (const Case *c, const TfcPose *poses, gint n, const cJSON *root, const TfcFrame *frame)
{
  const cJSON *golden = find_answer (c->network, root), *pose;
  const cJSON *multipose = cJSON_GetObjectItem (cJSON_GetObjectItem (root, "movenet"), "multipose");
  gint i = 0;

  if (!cJSON_IsArray (golden)) {
    g_assert_cmpint (n, ==, cJSON_IsNull (golden) ? 0 : 1);
    if (n > 0)
      compare_pose (c, &poses[0], golden, frame);
    return;
  }
  g_assert_cmpint (n, ==, cJSON_GetArraySize (golden));
  cJSON_ArrayForEach (pose, golden) {
    compare_pose (c, &poses[i], pose, frame);
    if (c->network->kind == TFC_POSE_MULTIPOSE)
      compare_box (&poses[i], pose, frame, cJSON_GetObjectItem (multipose, "input"));
    i++;
  }
}

/* Picture and answers; FALSE, and the test skipped, if they are not there. */
static gboolean
load (const gchar *picture, TfcPicture *rgb, cJSON **root)
{
  g_autofree gchar *name = g_strdup_printf ("golden/pose/photos/%s.json", picture);
  g_autofree gchar *media = g_strdup_printf ("media/%s", picture);

  *root = golden_json (name);
  return *root && pose_picture (media, rgb);
}

static gint
run (const Case *c, const TfcFrame *frame, TfcPose *poses)
{
  TfcPoseOptions options = TFC_POSE_DEFAULTS;
  TfcPosePipeline *pipeline = open_network (c);
  TfcPoseState *state = tfc_pose_state_new ();
  GError *error = NULL;

  options.max_poses = c->network->max_poses;
  options.black_border = c->network->black_border;
  tfc_pose_use_state (pipeline, state);
  const gint n = tfc_pose_run (pipeline, frame, G_MAXUINT64, &options, poses, NULL, &error);
  tfc_pose_use_state (pipeline, NULL);
  g_assert_no_error (error);
  tfc_pose_state_free (state);
  return n;
}

static void
test_picture (gconstpointer data)
{
  const Case *c = data;
  TfcPose poses[TFC_MAX_POSES];
  TfcPicture rgb = {0};
  cJSON *root;

  if (!load (c->picture, &rgb, &root))
    return;
  compare (c, poses, run (c, &rgb.frame, poses), root, &rgb.frame);
  tfc_picture_clear (&rgb);
  cJSON_Delete (root);
}

/* Ours that is nearest. */
static gdouble
part_of_body (const Case *c, const TfcPose *poses, gint n, const cJSON *golden,
              const TfcFrame *frame)
{
  gdouble least = INFINITY;

  for (gint i = 0; i < n; i++) {
    const PoseError e = compare_pose (c, &poses[i], golden, frame);
    least = fmin (least, e.mean / e.box);
  }
  return least;
}

/* The strongest of each picture. */
static void
test_nv12 (gconstpointer data)
{
  const Case *c = data;
  gdouble sum = 0;
  guint n_pictures = 0;

  for (guint p = 0; p < G_N_ELEMENTS (pictures); p++) {
    TfcPose poses[TFC_MAX_POSES];
    TfcPicture rgb = {0}, nv12 = {0};
    cJSON *root;
    if (!strcmp (pictures[p], "no_person"))
      continue;
    if (!load (pictures[p], &rgb, &root))
      return;
    g_assert_true (tfc_picture_convert (&rgb, tfc_format_find ("NV12"), &nv12));
    const gint n = run (c, &nv12.frame, poses);
    const cJSON *golden = find_answer (c->network, root);
    golden = cJSON_IsArray (golden) ? cJSON_GetArrayItem (golden, 0) : golden;
    g_assert_cmpint (n, >, 0);
    const gdouble part = part_of_body (c, poses, n, golden, &nv12.frame);
    g_test_message ("%s: %.3f %%", pictures[p], 100 * part);
    sum += part;
    n_pictures++;
    tfc_picture_clear (&rgb);
    tfc_picture_clear (&nv12);
    cJSON_Delete (root);
  }
  g_test_message ("%.3f %% on average", 100 * sum / n_pictures);
  g_assert_cmpfloat (sum / n_pictures, <=, 0.01);
}

static void
add (const Network *network, const gchar *picture)
{
  g_autofree gchar *path =
      g_strdup_printf ("/pose-golden/%s/%s", network->name, picture ? picture : "nv12");
  Case *c = g_new (Case, 1);

  *c = (Case){network, picture, !picture};
  g_test_add_data_func_full (path, c, picture ? test_picture : test_nv12, g_free);
}

int
main (int argc, char **argv)
{
  static const Case none = {0};

  g_test_init (&argc, &argv, NULL);
  for (guint n = 0; n < G_N_ELEMENTS (networks); n++) {
    for (guint p = 0; p < G_N_ELEMENTS (pictures); p += few_will_do () ? 3 : 1)
      add (&networks[n], pictures[p]);
    add (&networks[n], NULL);
  }
  const int failed = g_test_run ();
  open_network (&none);
  return failed;
}
