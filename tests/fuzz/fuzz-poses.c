/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What hostile networks' outputs can do, over some frames, to what is decoded of bodies and kept of
 * them. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/body/blazepose_filter.h"
#include "models/body/movenet_crop.h"
#include "models/body/multipose_decode.h"
#include "models/body/pose_box.h"
#include "models/body/pose_tracks.h"
#include "models/body/posenet_decode.h"

#define FRAMES 4
#define CELLS 5

static gfloat numbers[TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_MAP * TFC_BLAZEPOSE_LANDMARKS];

/* n numbers in a cycle of some. */
static const gfloat *
fill (FuzzBytes *b, gsize n)
{
  const guint cycle = 1 + fuzz_below (b, 60);

  for (gsize i = 0; i < n; i++)
    numbers[i] = i < cycle ? fuzz_float (b) : numbers[i - cycle];
  return numbers;
}

/* Mostly a frame after the last. */
static guint64
next_pts (FuzzBytes *b, guint64 last)
{
  const guint how = fuzz_below (b, 8);
  return how == 0 ? G_MAXUINT64 : how == 1 ? (guint64)fuzz_take (b, 4) * 1000000 : last + 33000000;
}

static void
check_pose (const TfcPose *pose)
{
  const TfcBox box = tfc_pose_box (pose, 0.3f);

  g_assert_true (isfinite (pose->score));
  g_assert_true (isfinite (box.x + box.y) && box.w >= 0 && box.h >= 0);
  for (guint i = 0; i < pose->n_points; i++) {
    const TfcKeypoint *p = &pose->points[i];
    g_assert_true (isfinite (p->x) && isfinite (p->y) && isfinite (p->z) && isfinite (p->score));
  }
}

static void
movenet (FuzzBytes *b)
{
  TfcMovenetState state = {0};
  guint64 pts = 0;

  for (guint i = 0; i < FRAMES; i++) {
    const guint width = 1 + fuzz_below (b, 4000), height = 1 + fuzz_below (b, 4000);
    TfcPose pose = {0};
    pts = next_pts (b, pts);
    if (tfc_movenet_follow (&state, fill (b, 3 * TFC_COCO_POINTS), width, height, pts,
                            fuzz_float (b), fuzz_below (b, 2), &pose))
      check_pose (&pose);
    const TfcMovenetCrop crop = tfc_movenet_crop (&state, width, height);
    g_assert_true (isfinite (crop.x_min + crop.x_max + crop.y_min + crop.y_max));
  }
}

static void
multipose (FuzzBytes *b)
{
  TfcPoseTracks *tracks = g_new0 (TfcPoseTracks, 1);
  guint64 pts = 0, next_id = 1;

  for (guint i = 0; i < FRAMES; i++) {
    const TfcMultiposeSize size =
        tfc_multipose_size (1 + fuzz_below (b, 5000), 1 + fuzz_below (b, 5000));
    TfcPose poses[TFC_MAX_POSES] = {{.score = 0}};
    guint slot[TFC_MAX_POSES];
    g_assert_true (size.width <= size.padded_width && size.padded_width <= 256 &&
                   size.padded_height % 32 == 0);
    const guint n = tfc_multipose_decode (fill (b, TFC_MULTIPOSE_MAX * TFC_MULTIPOSE_ROW), &size,
                                          fuzz_float (b), poses, fuzz_below (b, TFC_MAX_POSES));
    pts = next_pts (b, pts);
    tfc_pose_tracks_update (tracks,
                            pts & 1 ? TFC_POSE_TRACKER_KEYPOINT : TFC_POSE_TRACKER_BOUNDING_BOX,
                            &next_id, pts, poses, n, slot);
    for (guint k = 0; k < n; k++) {
      TfcPoseTrack *track = &tracks->track[slot[k]];
      g_assert_true (slot[k] < tracks->n && track->id == poses[k].track_id && track->id > 0);
      for (guint j = 0; j < k; j++)
        g_assert_true (poses[j].track_id != poses[k].track_id);
      tfc_movenet_smooth (&track->clock, track->point, pts, poses[k].points);
      check_pose (&poses[k]);
    }
  }
  g_free (tracks);
}

static void
posenet (FuzzBytes *b)
{
  TfcPosenetDecoder *decoder = tfc_posenet_decoder_new (CELLS, CELLS, 16);
  const TfcPosenetOptions options = {.max_poses = 1 + fuzz_below (b, TFC_MAX_POSES),
                                     .score_threshold = fuzz_float (b),
                                     .nms_radius = 20};
  const gfloat *all = fill (b, (gsize)CELLS * CELLS * (17 + 34 + 32 + 32));
  const TfcPosenetMaps maps = {all, all + CELLS * CELLS * 17, all + CELLS * CELLS * 51,
                               all + CELLS * CELLS * 83};
  TfcPosenetPose poses[TFC_MAX_POSES];

  g_assert_true (tfc_posenet_decode (decoder, &maps, &options, poses) <= options.max_poses);
  tfc_posenet_decode_single (decoder, &maps, poses);
  tfc_posenet_decoder_free (decoder);
}

static void
blazepose (FuzzBytes *b)
{
  TfcBlazeposeState *state = g_new0 (TfcBlazeposeState, 1);
  guint64 pts = 0;

  for (guint i = 0; i < FRAMES; i++) {
    const guint width = 1 + fuzz_below (b, 4000), height = 1 + fuzz_below (b, 4000);
    const gfloat *all = fill (b, G_N_ELEMENTS (numbers));
    const TfcBlazeposeDetections detections = {all, all + 1, 13, 13};
    const TfcBlazeposeAnswers answers = {all, all + fuzz_below (b, 100), all, fuzz_below (b, 2)};
    TfcRegion region = {width / 2., height / 2., 100, 0};
    TfcBlazeposeSight sight;
    TfcPose pose = {0};
    if (state->known)
      region = tfc_blazepose_next (state, width, height);
    else if (!tfc_blazepose_find (&detections, fuzz_float (b), width, height, &region))
      region = (TfcRegion){width / 2., height / 2., 100, 0};
    g_assert_true (tfc_blazepose_region_is_sound (&region) || state->known);
    pts = next_pts (b, pts);
    if (tfc_blazepose_see (&answers, &region, &sight)) {
      tfc_blazepose_follow (state, &sight, width, height, pts, fuzz_below (b, 2), &pose);
      check_pose (&pose);
    } else {
      tfc_blazepose_lose (state);
    }
  }
  g_free (state);
}

void
fuzz_one (const guint8 *data, gsize size)
{
  static void (*const all[]) (FuzzBytes *) = {movenet, multipose, posenet, blazepose};
  FuzzBytes b = {data, size};

  all[fuzz_below (&b, G_N_ELEMENTS (all))](&b);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (5);
  guint8 bytes[400];

  for (guint i = 0; i < 40; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = (guint8)g_rand_int (rand);
    bytes[0] = (guint8)i;
    fuzz_seed (bytes, sizeof bytes);
  }
  g_rand_free (rand);
}
