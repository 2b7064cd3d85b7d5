/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The steps of the pose pipeline on made-up numbers: crops, filters, regions, decoding, who is who.
 */
#include <math.h>
#include <string.h>

#include "models/body/blazepose_filter.h"
#include "models/body/movenet_crop.h"
#include "models/body/multipose_decode.h"
#include "models/body/pose_box.h"
#include "models/body/pose_tracks.h"
#include "models/body/posenet_decode.h"

#define SECOND 1000000000ull
#define near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-5)

static void
check_crop (const TfcMovenetCrop *crop, gdouble x_min, gdouble y_min, gdouble x_max, gdouble y_max)
{
  near (crop->x_min, x_min);
  near (crop->y_min, y_min);
  near (crop->x_max, x_max);
  near (crop->y_max, y_max);
}

/* A person about the middle of the crop: points at (x, y) +- reach of it. */
static void
person (gfloat *network, gfloat x, gfloat y, gfloat reach, gfloat score)
{
  for (guint i = 0; i < TFC_COCO_POINTS; i++) {
    network[3 * i] = y + (i % 2 ? reach : -reach);
    network[3 * i + 1] = x + (i / 2 % 2 ? reach : -reach);
    network[3 * i + 2] = score;
  }
}

/* At first the square of the shorter edge; then as far around the hips as the body goes; the padded
 * frame while no torso is seen; from anew when nobody is there. */
static void
test_movenet_crop (void)
{
  gfloat network[3 * TFC_COCO_POINTS];
  TfcMovenetState state = {0};
  TfcMovenetCrop crop = tfc_movenet_crop (&state, 400, 200);
  TfcPose pose = {0};

  check_crop (&crop, 0.25, 0, 0.75, 1);
  person (network, 0.5f, 0.5f, 0.1f, 0.9f);
  g_assert_true (tfc_movenet_follow (&state, network, 400, 200, 0, 0.25f, TRUE, &pose));
  near (pose.score, 0.9f);
  near (pose.points[0].x, 0.25 + 0.4 * 0.5);
  near (pose.points[0].y, 0.4);
  /* hips 11 and 12 at (0.5 +- 0.1 of 200 pixels, ..): the middle (180, 100); the farthest torso
   * points 40 to the right and 20 up */
  crop = tfc_movenet_crop (&state, 400, 200);
  const gdouble cx = (pose.points[11].x + pose.points[12].x) / 2,
                cy = (pose.points[11].y + pose.points[12].y) / 2;
  near ((crop.x_min + crop.x_max) / 2, cx);
  near ((crop.y_min + crop.y_max) / 2, cy);
  near ((crop.x_max - crop.x_min) * 400, (crop.y_max - crop.y_min) * 200);
  for (guint i = 5; i < TFC_COCO_POINTS; i++)
    network[3 * i + 2] = 0.1f;
  g_assert_true (tfc_movenet_follow (&state, network, 400, 200, 0, 0.25f, TRUE, &pose));
  const TfcMovenetCrop before = crop;
  crop = tfc_movenet_crop (&state, 400, 200); /* nine tenths of the way */
  near (crop.x_min, before.x_min + 0.9 * (0 - before.x_min));
  near (crop.y_max, before.y_max + 0.9 * (1.5 - before.y_max));
  person (network, 0.5f, 0.5f, 0.1f, 0.15f);
  g_assert_false (tfc_movenet_follow (&state, network, 400, 200, 0, 0.25f, TRUE, &pose));
  crop = tfc_movenet_crop (&state, 400, 200);
  check_crop (&crop, 0.25, 0, 0.75, 1);
  network[0] = NAN;
  network[2] = 1;
  g_assert_false (tfc_movenet_follow (&state, network, 400, 200, 0, 0.25f, TRUE, &pose));
}

/* The first value passes, and so does one without a later time; a step is followed by and by, slow
 * noise is damped. */
static void
test_filters (void)
{
  const TfcEuroTuning tuning = {1, 0, 1, 0, 0};
  TfcEuroClock clock = {0};
  TfcEuro filter = {{0}};
  TfcLowPass low = {0};

  near (tfc_low_pass (&low, 5, 0.1), 5);
  near (tfc_low_pass (&low, 10, 0.1), 5.5);
  g_assert_false (tfc_euro_tick (&clock, 0));
  g_assert_false (tfc_euro_tick (&clock, G_MAXUINT64));
  g_assert_true (tfc_euro_tick (&clock, SECOND));
  near (tfc_euro (&filter, &tuning, &clock, 1, 1), 1);
  g_assert_false (tfc_euro_tick (&clock, SECOND));
  g_assert_true (tfc_euro_tick (&clock, SECOND + SECOND / 10));
  near (clock.rate, 10);
  near (tfc_euro (&filter, &tuning, &clock, 1, 2), 1 + 1 / (1 + 10 / (2 * G_PI)));
  for (guint i = 2; i < 100; i++) {
    g_assert_true (tfc_euro_tick (&clock, SECOND + i * SECOND / 10));
    tfc_euro (&filter, &tuning, &clock, 1, 2);
  }
  near (filter.value.value, 2);
}

/* An upright person: not turned; a lying one: turned by a quarter. */
static void
test_blazepose_region (void)
{
  const TfcRegion upright = tfc_blazepose_region (100, 200, 100, 120);
  const TfcRegion lying = tfc_blazepose_region (100, 200, 180, 200);
  const TfcRegion odd[] = {
      {NAN, 0, 10, 0}, {0, INFINITY, 10, 0}, {0, 0, 0.5, 0}, {0, 0, 1e9, 0}, {0, 0, 10, NAN}};

  near (upright.cx, 100);
  near (upright.cy, 200);
  near (upright.size, 200);
  near (upright.angle, 0);
  near (lying.angle, G_PI_2);
  g_assert_true (tfc_blazepose_region_is_sound (&upright));
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    g_assert_false (tfc_blazepose_region_is_sound (&odd[i]));
}

/* The best anchor that has numbers; of the anchors of 8 pixels, 16 and 32. */
static void
test_blazepose_find (void)
{
  static const struct {
    guint anchor;
    gdouble x, y;
  } rows[] = {
      {0, 4, 4}, {2 * 28 * 28 - 1, 220, 220}, {2 * 28 * 28 + 2 * 15, 24, 24}, {2253, 208, 208}};
  g_autofree gfloat *numbers = g_new0 (gfloat, 13 * TFC_BLAZEPOSE_ANCHORS);
  const TfcBlazeposeDetections d = {numbers, numbers + 1, 13, 13};
  TfcRegion region;

  for (guint i = 0; i < TFC_BLAZEPOSE_ANCHORS; i++)
    numbers[13 * i] = -20;
  g_assert_false (tfc_blazepose_find (&d, 0.5f, 224, 224, &region));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    gfloat *row = numbers + 13 * rows[i].anchor;
    row[0] = 1 + i;
    row[8] = -30; /* y of the second point: 30 pixels up */
    g_assert_true (tfc_blazepose_find (&d, 0.5f, 224, 224, &region));
    near (region.cx, rows[i].x);
    near (region.cy, rows[i].y);
    near (region.size, 75);
    near (region.angle, 0);
  }
  g_assert_true (
      tfc_blazepose_find (&d, 0.5f, 112, 56, &region)); /* squared: 28 pixels of black above */
  near (region.cx, 104);
  near (region.cy, 104 - 28);
  numbers[13 * 2253 + 3] = -1; /* no box: the next best one */
  g_assert_true (tfc_blazepose_find (&d, 0.5f, 224, 224, &region));
  near (region.cx, 24);
  numbers[13 * rows[2].anchor + 5] = NAN;
  g_assert_true (tfc_blazepose_find (&d, 0.5f, 224, 224, &region));
  near (region.cx, 220);
  g_assert_false (tfc_blazepose_find (&d, 0.99f, 224, 224, &region));
}

/* A point goes to the middle of the heat around it, if there is enough; the crop is turned back. */
static void
test_blazepose_see (void)
{
  const gsize cells = (gsize)TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_LANDMARKS;
  g_autofree gfloat *heat = g_new0 (gfloat, cells);
  gfloat landmark[5 * TFC_BLAZEPOSE_LANDMARKS] = {0},
                      world[3 * TFC_BLAZEPOSE_LANDMARKS] = {1, 2, 3};
  const TfcBlazeposeAnswers answers = {landmark, world, heat, FALSE};
  const TfcRegion region = {100, 50, 64, 0}, turned = {100, 50, 64, G_PI_2};
  TfcBlazeposeSight sight;

  landmark[0] = landmark[1] = 128; /* cell 32, 32 */
  landmark[2] = 64;
  landmark[3] = 100;
  heat[(32 * TFC_BLAZEPOSE_MAP + 34) * TFC_BLAZEPOSE_LANDMARKS] = 0.4f;
  g_assert_true (tfc_blazepose_see (&answers, &region, &sight));
  near (sight.point[0].x, 100);
  near (sight.point[0].z, 16);
  near (sight.visibility[0], 1);
  near (sight.visibility[1], 0.5);
  heat[(31 * TFC_BLAZEPOSE_MAP + 34) * TFC_BLAZEPOSE_LANDMARKS] = 0.6f;
  g_assert_true (tfc_blazepose_see (&answers, &region, &sight));
  near (sight.point[0].x, 100 + 2); /* a pixel a cell */
  near (sight.point[0].y, 50 - 0.6);
  g_assert_true (tfc_blazepose_see (&answers, &turned, &sight));
  near (sight.point[0].x, 100 + 0.6);
  near (sight.point[0].y, 50 + 2);
  near (sight.world[0].x, -2);
  near (sight.world[0].y, 1);
  landmark[7] = INFINITY;
  g_assert_false (tfc_blazepose_see (&answers, &region, &sight));
}

static void
test_multipose (void)
{
  static const guint sizes[][6] = {
      {640, 480, 256, 192, 256, 192},   {480, 640, 192, 256, 192, 256},
      {1920, 1080, 256, 144, 256, 160}, {100, 100, 256, 256, 256, 256},
      {5000, 1, 256, 1, 256, 32},       {213, 320, 170, 256, 192, 256}};
  gfloat rows[TFC_MULTIPOSE_MAX * TFC_MULTIPOSE_ROW] = {0};
  TfcPose poses[TFC_MAX_POSES];

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const TfcMultiposeSize s = tfc_multipose_size (sizes[i][0], sizes[i][1]);
    g_assert_cmpmem (&s, sizeof s, &sizes[i][2], sizeof s);
  }
  const TfcMultiposeSize s = tfc_multipose_size (1920, 1080);
  gfloat *row = rows + TFC_MULTIPOSE_ROW;
  row[0] = 0.45f; /* y of the nose, of 160 rows of which 144 are the frame */
  row[1] = 0.25f;
  row[51] = 0.09f, row[52] = 0.1f, row[53] = 0.9f, row[54] = 0.3f, row[55] = 0.6f;
  g_assert_cmpuint (tfc_multipose_decode (rows, &s, 0.25f, poses, 6), ==, 1);
  near (poses[0].points[0].y, 0.5);
  near (poses[0].points[0].x, 0.25);
  near (poses[0].box.y, 0.1);
  near (poses[0].box.h, 0.9);
  near (poses[0].box.w, 0.2);
  g_assert_cmpuint (tfc_multipose_decode (rows, &s, 0, poses, 6), ==, 6);
  g_assert_cmpuint (tfc_multipose_decode (rows, &s, 0, poses, 2), ==, 2);
  row[7] = NAN;
  g_assert_cmpuint (tfc_multipose_decode (rows, &s, 0.25f, poses, 6), ==, 0);
}

static void
test_tracks (void)
{
  TfcPoseTracks tracks = {0};
  TfcPose poses[3] = {
      {.box = {0, 0, 0.2f, 0.4f}}, {.box = {0.5f, 0, 0.2f, 0.4f}}, {.box = {0.8f, 0, 0.1f, 0.4f}}};
  guint64 next = 1;
  guint slot[3];

  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, SECOND, poses, 2, slot);
  g_assert_cmpuint (poses[0].track_id, ==, 1);
  g_assert_cmpuint (poses[1].track_id, ==, 2);
  const TfcPose first = poses[0];
  poses[0] = poses[1]; /* the other way round, moved a little, and a third */
  poses[1] = first;
  poses[0].box.x += 0.02f;
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, SECOND + 1, poses, 3,
                          slot);
  g_assert_cmpuint (poses[0].track_id, ==, 2);
  g_assert_cmpuint (poses[1].track_id, ==, 1);
  g_assert_cmpuint (poses[2].track_id, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (tracks.track[slot[i]].id, ==, poses[i].track_id);
  poses[0].box.x -= 0.19f; /* a sliver in common */
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, SECOND + 2, poses, 1,
                          slot);
  g_assert_cmpuint (poses[0].track_id, ==, 4);
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, 3 * SECOND, poses, 1,
                          slot); /* too late */
  g_assert_cmpuint (poses[0].track_id, ==, 5);
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, G_MAXUINT64, poses, 1,
                          slot);
  g_assert_cmpuint (poses[0].track_id, ==, 6);
  for (guint round = 0; round < 50; round++) { /* strangers all the time */
    poses[0].box.x += 1;
    tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_BOUNDING_BOX, &next, 4 * SECOND + round,
                            poses, 1, slot);
    g_assert_cmpuint (slot[0], ==, 0);
    g_assert_cmpuint (tracks.n, <=, TFC_POSE_TRACKS + 1);
  }
}

/* A body of 0.2 x 0.4 at x, all points with that score; its box lies elsewhere. */
static TfcPose
body_at (gfloat x, gfloat score)
{
  TfcPose pose = {.box = {0.9f, 0.9f, 0.01f, 0.01f}};

  for (guint i = 0; i < TFC_COCO_POINTS; i++)
    pose.points[i] = (TfcKeypoint){x + 0.05f * (gfloat)(i % 5), 0.025f * (gfloat)i, 0, score};
  return pose;
}

/* By points: boxes do not count, points without a score neither, and four are needed. */
static void
test_keypoint_tracks (void)
{
  static const struct {
    gfloat x, score;
    guint n_points; /* that have the score */
    guint64 id;
  } looks[] = {
      {0.1f, 0.9f, 17, 1},  {0.12f, 0.9f, 17, 1}, {0.12f, 0.3f, 17, 1}, {0.12f, 0.29f, 17, 2},
      {0.12f, 0.9f, 17, 3}, {0.12f, 0.9f, 4, 3},  {0.12f, 0.9f, 3, 4},  {0.12f, 0.9f, 17, 5},
      {0.5f, 0.9f, 17, 6},  {NAN, 0.9f, 17, 7},   {0.5f, 0.9f, 17, 6},
  };
  TfcPoseTracks tracks = {0};
  guint64 next = 1;
  guint slot[2];

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    TfcPose pose = body_at (looks[i].x, looks[i].score);
    for (guint k = looks[i].n_points; k < TFC_COCO_POINTS; k++)
      pose.points[k].score = 0;
    if (i == 4 || i == 7) /* whoever was before is forgotten */
      tracks.n = 0;
    tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_KEYPOINT, &next, SECOND + i, &pose, 1, slot);
    g_assert_cmpuint (pose.track_id, ==, looks[i].id);
  }
  /* Two in the same box: who is nearer is the same. */
  TfcPose two[2] = {body_at (0.54f, 0.9f), body_at (0.51f, 0.9f)};
  tracks.n = 0;
  next = 1;
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_KEYPOINT, &next, SECOND, two, 2, slot);
  const TfcPose first = two[0];
  two[0] = two[1];
  two[1] = first;
  tfc_pose_tracks_update (&tracks, TFC_POSE_TRACKER_KEYPOINT, &next, SECOND + 1, two, 2, slot);
  g_assert_cmpuint (two[0].track_id, ==, 2);
  g_assert_cmpuint (two[1].track_id, ==, 1);
}

static void
test_posenet_single (void)
{
  gfloat heat[4 * 17], offsets[4 * 34] = {0};
  const TfcPosenetMaps maps = {heat, offsets, NULL, NULL};
  TfcPosenetDecoder *decoder = tfc_posenet_decoder_new (2, 2, 16);
  TfcPosenetPose pose;

  for (guint i = 0; i < 4 * 17; i++)
    heat[i] = i / 17 == 3 ? 0.f : -5.f;
  offsets[3 * 34] = 2; /* y of the nose */
  offsets[3 * 34 + 17] = -3;
  tfc_posenet_decode_single (decoder, &maps, &pose);
  near (pose.points[0].x, 13);
  near (pose.points[0].y, 18);
  near (pose.points[1].x, 16);
  near (pose.score, 0.5);
  tfc_posenet_decoder_free (decoder);
}

static void
test_box (void)
{
  TfcPose pose = {.n_points = 3,
                  .points = {{0.1f, 0.2f, 0, 0.9f}, {0.5f, 0.4f, 0, 0.9f}, {0.9f, 0.9f, 0, 0.1f}}};
  TfcBox box = tfc_pose_box (&pose, 0.3f);

  near (box.x, 0.1);
  near (box.w, 0.4);
  near (box.h, 0.2);
  box = tfc_pose_box (&pose, 0.95f); /* none: all */
  near (box.h, 0.7);
  pose.n_points = 0;
  box = tfc_pose_box (&pose, 0.3f);
  near (box.w, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pose-steps/movenet-crop", test_movenet_crop);
  g_test_add_func ("/pose-steps/filters", test_filters);
  g_test_add_func ("/pose-steps/blazepose-region", test_blazepose_region);
  g_test_add_func ("/pose-steps/blazepose-find", test_blazepose_find);
  g_test_add_func ("/pose-steps/blazepose-see", test_blazepose_see);
  g_test_add_func ("/pose-steps/multipose", test_multipose);
  g_test_add_func ("/pose-steps/tracks", test_tracks);
  g_test_add_func ("/pose-steps/keypoint-tracks", test_keypoint_tracks);
  g_test_add_func ("/pose-steps/posenet-single", test_posenet_single);
  g_test_add_func ("/pose-steps/box", test_box);
  return g_test_run ();
}
