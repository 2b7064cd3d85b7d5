/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/hand/hand_pipeline.h"

#include "models/hand/hand_follow.h"
#include "models/hand/hand_landmarks.h"
#include "models/hand/palm_detector.h"
#include "models/clock.h"

#include <string.h>

#define SAME_HAND 0.5 /* IoU from which on a new hand is one that is held */

struct TfcHandPipeline {
  TfcPalmDetector *detector;
  TfcHandLandmarks *landmarks;
  guint threads;
  TfcHandState *state, *own;
};

/* What one frame shows. */
typedef struct {
  TfcHandRegion
      region[2 * TFC_MAX_POSES]; /* where to look; then, of the hands found, where to look next */
  guint n;
  TfcHandSight sight[TFC_MAX_POSES];
  gdouble size[TFC_MAX_POSES]; /* of the region that was looked at */
} Seen;

TfcHandPipeline *
tfc_hand_open (const TfcHandConfig *config, GError **error)
{
  TfcHandPipeline *h = g_new0 (TfcHandPipeline, 1);
  h->threads = config->model.pool ? tfc_pool_threads (config->model.pool) : 1;
  h->state = h->own = tfc_hand_state_new ();
  h->detector = tfc_palm_detector_open (config->detector_path, &config->model, error);
  if (h->detector)
    h->landmarks = tfc_hand_landmarks_open (config->landmarks_path, &config->model, error);
  if (h->landmarks)
    return h;
  tfc_hand_close (h);
  return NULL;
}

void
tfc_hand_close (TfcHandPipeline *h)
{
  if (!h)
    return;
  tfc_palm_detector_close (h->detector);
  tfc_hand_landmarks_close (h->landmarks);
  tfc_hand_state_free (h->own);
  g_free (h);
}

void
tfc_hand_use_state (TfcHandPipeline *h, TfcHandState *state)
{
  h->state = state ? state : h->own;
}

gboolean
tfc_hand_warm_up (TfcHandPipeline *h, GError **error)
{
  static const guint8 black[16 * 16 * 3];
  static const TfcRegion region = {8, 8, 16, 0};
  const TfcFrame frame = tfc_frame_rgb (black, 16, 16);
  TfcHandTimes times = {0};
  TfcHandSight sight;
  TfcPalm palm;
  return tfc_palm_detector_run (h->detector, &frame, 1, &palm, 1, &times, error) >= 0 &&
         tfc_hand_landmarks_run (h->landmarks, &frame, &region, &sight, &times, error);
}

guint
tfc_hand_threads (const TfcHandPipeline *h)
{
  return h->threads;
}

gsize
tfc_hand_bytes (const TfcHandPipeline *h)
{
  return tfc_palm_detector_bytes (h->detector) + tfc_hand_landmarks_bytes (h->landmarks);
}

/* ---- where to look ---- */

static gboolean
detect (TfcHandPipeline *h, const TfcFrame *frame, const TfcHandOptions *o, Seen *seen,
        TfcHandTimes *times, GError **error)
{
  TfcPalm palms[TFC_MAX_POSES];
  const gint n = tfc_palm_detector_run (h->detector, frame, o->detection_confidence, palms,
                                        o->max_hands, times, error);
  seen->n = 0;
  for (gint i = 0; i < n; i++) {
    seen->region[seen->n] = (TfcHandRegion){tfc_hand_region_from_palm (&palms[i]), 0};
    seen->n += tfc_hand_region_is_sound (&seen->region[seen->n].region);
  }
  if (o->keep_followed)
    seen->n = tfc_hand_state_add (h->state, seen->region, seen->n, o->max_hands);
  else
    seen->n = tfc_hand_state_replace (h->state, seen->region, seen->n);
  return n >= 0;
}

/* ---- what is there ---- */

/* Looks at all regions; keeps those with a hand. FALSE on failure. */
static gboolean
look (TfcHandPipeline *h, const TfcFrame *frame, const TfcHandOptions *o, Seen *seen,
      TfcHandTimes *times, GError **error)
{
  guint found = 0;
  for (guint i = 0; i < seen->n; i++) {
    const TfcHandRegion at = seen->region[i];
    TfcHandSight *sight = &seen->sight[found];
    if (!tfc_hand_landmarks_run (h->landmarks, frame, &at.region, sight, times, error))
      return FALSE;
    const TfcRegion next = tfc_hand_region_from_points (sight->points);
    if (!(sight->presence >= o->score_threshold) || !tfc_hand_sight_is_finite (sight) ||
        !tfc_hand_region_is_sound (&next))
      continue;
    seen->size[found] = at.region.size;
    seen->region[found++] = (TfcHandRegion){next, at.id};
  }
  seen->n = found;
  return TRUE;
}

/* Whether the i-th is new, but of a hand that is followed: its palm lay too far from the hand's
 * region. */
static gboolean
is_double (const Seen *seen, guint i)
{
  for (guint k = 0; !seen->region[i].id && k < seen->n; k++) {
    if (seen->region[k].id &&
        tfc_region_iou (&seen->region[i].region, &seen->region[k].region) > SAME_HAND)
      return TRUE;
  }
  return FALSE;
}

static void
drop_doubles (Seen *seen)
{
  for (guint i = seen->n; i--;) {
    if (!is_double (seen, i))
      continue;
    const guint behind = --seen->n - i;
    memmove (&seen->region[i], &seen->region[i + 1], behind * sizeof *seen->region);
    memmove (&seen->sight[i], &seen->sight[i + 1], behind * sizeof *seen->sight);
    memmove (&seen->size[i], &seen->size[i + 1], behind * sizeof *seen->size);
  }
}

/* ---- results ---- */

/* The network's "left" is a mirrored picture's. */
static void
tell_handedness (const TfcHandSight *sight, gboolean mirrored, TfcPose *pose)
{
  const gboolean left = sight->handedness >= 0.5f;
  pose->handedness = left == mirrored ? TFC_HANDEDNESS_LEFT : TFC_HANDEDNESS_RIGHT;
  pose->handedness_score = left ? sight->handedness : 1 - sight->handedness;
}

static void
to_result (const TfcHandSight *sight, const TfcFrame *frame, TfcPose *pose)
{
  const TfcRect rect = tfc_rect_around (sight->points, TFC_HAND_POINTS);
  const gdouble sx = 1.0 / frame->width, sy = 1.0 / frame->height;
  pose->box =
      (TfcBox){rect.x0 * sx, rect.y0 * sy, (rect.x1 - rect.x0) * sx, (rect.y1 - rect.y0) * sy};
  pose->score = sight->presence;
  pose->object_id = 0;
  pose->layout = TFC_LAYOUT_HAND_21;
  pose->n_points = TFC_HAND_POINTS;
  pose->has_world = TRUE;
  for (guint i = 0; i < TFC_HAND_POINTS; i++) {
    const TfcPoint *p = &sight->points[i];
    pose->points[i] = (TfcKeypoint){p->x * sx, p->y * sy, p->z * sx, sight->presence};
  }
  memcpy (pose->world, sight->world, sizeof sight->world);
}

/* The i-th hand, which has its id. */
static void
finish (TfcHandState *s, Seen *seen, guint i, const TfcFrame *frame, guint64 pts,
        const TfcHandOptions *o, TfcPose *pose)
{
  TfcHandSight *sight = &seen->sight[i];
  if (o->smoothing)
    tfc_hand_state_smooth (s, seen->region[i].id, sight->points, sight->world, seen->size[i], pts);
  to_result (sight, frame, pose);
  tell_handedness (sight, o->mirrored, pose);
  pose->track_id = seen->region[i].id;
  pose->track = tfc_track_times_see (&s->times, pose->track_id, &pose->box, pts);
}

/* Who has been there longest comes first; to the state it is the other way round. */
static void
sort_by_age (TfcPose *poses, guint n)
{
  for (guint i = 1; i < n; i++) {
    for (guint k = i; k && poses[k - 1].track_id > poses[k].track_id; k--) {
      const TfcPose pose = poses[k];
      poses[k] = poses[k - 1];
      poses[k - 1] = pose;
    }
  }
}

gint
tfc_hand_run (TfcHandPipeline *h, const TfcFrame *frame, guint64 pts, const TfcHandOptions *options,
              TfcPose *out, TfcHandTimes *times, GError **error)
{
  TfcHandState *s = h->state;
  TfcHandTimes unasked = {0};
  Seen seen;
  times = times ? times : &unasked;
  *times = (TfcHandTimes){0};
  s->n = MIN (s->n, options->max_hands);
  if (s->n == options->max_hands)
    seen.n = tfc_hand_state_follow (s, seen.region);
  else if (!detect (h, frame, options, &seen, times, error))
    return -1;
  if (!look (h, frame, options, &seen, times, error))
    return -1;
  const gint64 start = tfc_now ();
  if (options->keep_followed)
    drop_doubles (&seen);
  tfc_hand_state_hold (s, seen.region, seen.n);
  for (guint i = 0; i < seen.n; i++)
    finish (s, &seen, i, frame, pts, options, &out[i]);
  if (options->keep_followed)
    sort_by_age (out, seen.n);
  times->decode += tfc_now () - start;
  return seen.n;
}
