/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/track_times.h"

#define MEMORY 0.15 /* seconds that the mean of a speed takes in */
#define UNKNOWN G_MAXUINT64

/* That of id, else a free one, else the one that was seen longest ago. */
static TfcTrackTime *
find (TfcTrackTimes *times, guint64 id)
{
  TfcTrackTime *oldest = &times->track[0];

  for (guint i = 0; i < TFC_TRACK_TIMES; i++) {
    TfcTrackTime *t = &times->track[i];
    if (t->id == id)
      return t;
    if (oldest->id && (!t->id || t->last < oldest->last))
      oldest = t;
  }
  return oldest;
}

static void
mean (gfloat *speed, gdouble way, gdouble seconds, gboolean first)
{
  const gdouble now = way / seconds, share = first ? 1 : seconds / (seconds + MEMORY);

  *speed += share * (now - *speed);
}

TfcTrackState
tfc_track_times_see (TfcTrackTimes *times, guint64 id, const TfcBox *box, guint64 pts)
{
  const gfloat x = box->x + box->w / 2, y = box->y + box->h / 2;
  TfcTrackTime *t = find (times, id);

  if (pts == UNKNOWN)
    return (TfcTrackState){.seen = TRUE};
  if (t->id != id)
    *t = (TfcTrackTime){.id = id, .first = pts, .last = pts, .x = x, .y = y};
  t->first = MIN (t->first, pts);
  if (pts > t->last) {
    const gdouble seconds = (pts - t->last) / 1e9;
    const gboolean first = t->last == t->first;
    mean (&t->speed_x, x - t->x, seconds, first);
    mean (&t->speed_y, y - t->y, seconds, first);
  }
  t->last = pts;
  t->x = x;
  t->y = y;
  return (TfcTrackState){pts - t->first, TRUE, t->speed_x, t->speed_y};
}
