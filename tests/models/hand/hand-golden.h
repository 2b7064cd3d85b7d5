/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What the tests of the hand chain share: networks from the store, pictures, and hands held against
 * the reference's answers. */
#include <math.h>
#include "models/hand/hand_pipeline.h"
#include "models/registry/registry.h"
#include "tests/models/golden.h"
#include "tools/common/picture.h"

/* Pairs of networks, and under which name the golden results have theirs. drift: pixels that a hand
 * may be off on a frame that follows others, because errors feed back; more where the reference's
 * file has other weights in the last digits (float16 against float32). */
typedef struct {
  const gchar *name, *golden, *palm, *landmarks;
  gdouble drift;
} HandNetworks;

static const HandNetworks hand_networks[] = {
    {"full", "full", "hand/palm_full", "hand/landmark_full", 0.25},
    {"lite", "lite", "hand/palm_lite", "hand/landmark_lite", 0.25},
    {"lite-graphmodel", "lite", "hand/palm_lite_graphmodel", "hand/landmark_lite_graphmodel", 0.05},
};

/* As the reference answers: its own rules, no filter, a mirrored picture. */
static inline TfcHandOptions
hand_reference_options (guint max_hands)
{
  TfcHandOptions options = TFC_HAND_DEFAULTS;
  options.max_hands = max_hands;
  options.smoothing = options.keep_followed = FALSE;
  options.mirrored = TRUE;
  return options;
}

/* Path of a model of the registry; asserts that it is there. g_free. */
static inline gchar *
hand_model_path (const gchar *name)
{
  TfcModelFiles stored = {0};
  GError *error = NULL;
  tfc_registry_find (name, NULL, &stored, &error);
  g_assert_no_error (error);
  gchar *path = g_strdup (stored.path);
  tfc_model_files_clear (&stored);
  return path;
}

static inline TfcHandPipeline *
hand_open (const HandNetworks *networks, const gchar *backend)
{
  gchar *palm = hand_model_path (networks->palm),
        *landmarks = hand_model_path (networks->landmarks);
  const TfcHandConfig config = {palm, landmarks, {.backend = backend}};
  GError *error = NULL;
  TfcHandPipeline *pipeline = tfc_hand_open (&config, &error);
  g_assert_no_error (error);
  g_free (palm);
  g_free (landmarks);
  return pipeline;
}

/* FALSE, and the test skipped, if it is not there. tfc_picture_clear. */
static inline gboolean
hand_picture (const gchar *name, TfcPicture *picture)
{
  gchar *file = g_strdup_printf ("golden/hand/pictures/%s.png", name), *path = golden_path (file);
  GError *error = NULL;
  g_free (file);
  if (!path)
    return FALSE;
  tfc_picture_load (path, picture, &error);
  g_assert_no_error (error);
  g_free (path);
  return TRUE;
}

/* How far a hand is from the reference's. */
typedef struct {
  gdouble worst, mean; /* of its points: pixels */
  gdouble z;           /* pixels */
  gdouble world;       /* metres */
  gdouble size;        /* longer edge of the reference's points, pixels */
} HandError;

static inline HandError
hand_error (const TfcPose *hand, const cJSON *golden, const TfcFrame *frame)
{
  const cJSON *points = cJSON_GetObjectItem (golden, "keypoints"),
              *world = cJSON_GetObjectItem (golden, "keypoints3D"),
              *z = cJSON_GetObjectItem (golden, "z");
  HandError e = {0};
  gdouble least[2] = {G_MAXDOUBLE, G_MAXDOUBLE}, most[2] = {-G_MAXDOUBLE, -G_MAXDOUBLE};
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    const cJSON *p = cJSON_GetArrayItem (points, i), *w = cJSON_GetArrayItem (world, i);
    const gdouble at[2] = {golden_number (p, 0), golden_number (p, 1)};
    const gdouble off = hypot ((gdouble)hand->points[i].x * frame->width - at[0],
                               (gdouble)hand->points[i].y * frame->height - at[1]);
    e.worst = fmax (e.worst, off);
    e.mean += off / TFC_HAND_POINTS;
    for (guint k = 0; k < 2; k++) {
      least[k] = fmin (least[k], at[k]);
      most[k] = fmax (most[k], at[k]);
    }
    e.z = fmax (e.z, fabs ((gdouble)hand->points[i].z * frame->width - golden_number (z, i)));
    e.world = fmax (e.world, fabs (hand->world[i].x - golden_number (w, 0)));
    e.world = fmax (e.world, fabs (hand->world[i].y - golden_number (w, 1)));
    e.world = fmax (e.world, fabs (hand->world[i].z - golden_number (w, 2)));
  }
  e.size = fmax (most[0] - least[0], most[1] - least[1]);
  return e;
}

static inline TfcHandedness
hand_golden_side (const cJSON *hand, const gchar *member)
{
  return strcmp (golden_text (hand, member), "Left") ? TFC_HANDEDNESS_RIGHT : TFC_HANDEDNESS_LEFT;
}

/* Ours that is nearest to golden: where its palms tie, order is chance. */
static inline const TfcPose *
hand_nearest (const TfcPose *hands, gint n, const cJSON *golden, const TfcFrame *frame)
{
  const TfcPose *nearest = NULL;
  gdouble best = G_MAXDOUBLE;
  for (gint i = 0; i < n; i++) {
    const HandError e = hand_error (&hands[i], golden, frame);
    if (e.mean < best) {
      best = e.mean;
      nearest = &hands[i];
    }
  }
  return nearest;
}
