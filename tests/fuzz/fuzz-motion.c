/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What hostile boxes and times can do to the tracker of moving things: any numbers, up to 1917
 * boxes at once, thresholds that change. */
#include "tests/fuzz/fuzz.h"

#include <math.h>

#include "models/tracking/motion_tracks.h"

static TfcDetection
any_detection (FuzzBytes *b)
{
  TfcDetection d = {.score = fuzz_below (b, 101) / 100.f, .class_id = (gint)fuzz_below (b, 4)};
  if (!fuzz_below (b, 8)) {
    d.box = (TfcBox){fuzz_float (b), fuzz_float (b), fuzz_float (b), fuzz_float (b)};
    d.score = fuzz_float (b);
    d.class_id = (gint)fuzz_take (b, 4);
  } else {
    d.box = (TfcBox){fuzz_below (b, 100) / 100.f, fuzz_below (b, 100) / 100.f,
                     (1 + fuzz_below (b, 60)) / 100.f, (1 + fuzz_below (b, 60)) / 100.f};
  }
  return d;
}

static guint64
any_time (FuzzBytes *b, guint64 last)
{
  switch (fuzz_below (b, 8)) {
    case 0:
      return G_MAXUINT64;
    case 1:
      return (guint64)fuzz_take (b, 4) << 32 | fuzz_take (b, 4);
    case 2:
      return last - fuzz_take (b, 4);
    default:
      return last + (guint64)fuzz_below (b, 100) * 10000000;
  }
}

static void
check (const TfcDetection *out, const guint *index, guint n, guint n_found, guint64 *newest)
{
  guint64 highest = *newest;
  for (guint i = 0; i < n; i++) {
    const TfcDetection *d = &out[i];
    g_assert_true (d->track_id > 0);
    g_assert_true (d->track.seen == (index[i] != G_MAXUINT));
    g_assert_true (index[i] == G_MAXUINT || index[i] < n_found);
    g_assert_true (isfinite (d->box.x) && isfinite (d->box.y) && d->box.w > 0 && d->box.h > 0 &&
                   d->box.w < 17 && d->box.h < 17);
    g_assert_true (isfinite (d->track.speed_x) && isfinite (d->track.speed_y));
    g_assert_true (d->score >= TFC_MOTION_LOWEST && d->score <= 1);
    for (guint k = 0; k < i; k++)
      g_assert_true (out[k].track_id != d->track_id &&
                     (index[i] == G_MAXUINT || index[k] != index[i]));
    highest = MAX (highest, d->track_id);
  }
  *newest = highest;
}

void
fuzz_one (const guint8 *data, gsize size)
{
  static TfcDetection found[TFC_MAX_DETECTIONS], out[TFC_MAX_MOTION_TRACKS];
  static TfcMotionCue cue[TFC_MAX_DETECTIONS];
  static guint index[TFC_MAX_MOTION_TRACKS];
  FuzzBytes b = {data, size};
  TfcMotionTracks *tracks = tfc_motion_tracks_new ();
  guint64 pts = 0, newest = 0;
  for (guint frame = 0; frame < 12 && b.left; frame++) {
    const TfcMotionOptions options = {fuzz_below (&b, 4) ? 0.5f : fuzz_float (&b),
                                      (guint64)fuzz_below (&b, 200) * 10000000, fuzz_below (&b, 4)};
    const guint n = fuzz_below (&b, 16) ? fuzz_below (&b, 20) : TFC_MAX_DETECTIONS;
    const guint max = fuzz_below (&b, 8) ? TFC_MAX_MOTION_TRACKS : fuzz_below (&b, 8);
    for (guint i = 0; i < n; i++) {
      found[i] = b.left ? any_detection (&b) : found[i];
      cue[i].known = fuzz_below (&b, 2);
    }
    if (!fuzz_below (&b, 16))
      tfc_motion_tracks_reset (tracks);
    pts = any_time (&b, pts);
    const guint reported = tfc_motion_tracks_update (tracks, found, fuzz_below (&b, 2) ? cue : NULL,
                                                     n, pts, &options, out, index, max);
    g_assert_cmpuint (reported, <=, max);
    check (out, index, reported, n, &newest);
  }
  tfc_motion_tracks_free (tracks);
}

void
fuzz_seeds (void)
{
  GRand *rand = g_rand_new_with_seed (5);
  static guint8 bytes[20000];
  for (guint i = 0; i < 24; i++) {
    for (guint k = 0; k < sizeof bytes; k++)
      bytes[k] = (guint8)g_rand_int (rand);
    fuzz_seed (bytes, i % 8 ? 1500 : sizeof bytes);
  }
  g_rand_free (rand);
}
