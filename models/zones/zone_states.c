/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_states.h"
#include "models/zones/zone_counts.h"
#include "models/zones/zone_geometry.h"

/* From so many parts of its own size on, an object is clearly on one side of a line. */
#define CLEAR 0.25

void
tfc_zone_tell (TfcZoneWatch *w, TfcZoneEvent event)
{
  if (w->n_events == TFC_MAX_ZONE_EVENTS)
    w->dropped++;
  else
    w->events[w->n_events++] = event;
}

/* ---- zones ---- */

static void
enter (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s)
{
  TfcZoneCounts *counts = &w->counts[index];

  s->side = 1;
  s->entered = s->since;
  s->label = track->label;
  s->loitered = FALSE;
  s->tally = (guint8)tfc_zone_counts_find (counts, track->label);
  tfc_zone_counts_add (counts, s->tally, 0, 1);
  w->in_zone[index]++;
  tfc_zone_tell (w, (TfcZoneEvent){TFC_ZONE_ENTER, TFC_CROSSED_NONE, index, track->id, track->label,
                                   TFC_NO_DWELL, counts->count});
}

void
tfc_zone_leave (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                guint64 at)
{
  TfcZoneCounts *counts = &w->counts[index];

  s->side = 0;
  tfc_zone_counts_add (counts, s->tally, 1, -1);
  w->in_zone[index]--;
  tfc_zone_tell (w, (TfcZoneEvent){TFC_ZONE_LEAVE, TFC_CROSSED_NONE, index, track->id, s->label,
                                   at > s->entered ? at - s->entered : 0, counts->count});
}

/* TRUE once what is not true yet has lasted long enough. */
static gboolean
lasts (const TfcZoneWatch *w, TfcZoneState *s, gint8 state, guint64 inertia)
{
  if (!s->pending || s->next != state) {
    s->pending = TRUE;
    s->next = state;
    s->since = w->now;
  }
  return w->now - s->since >= inertia;
}

void
tfc_zone_see (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
              gboolean inside)
{
  const TfcZone *zone = &w->map->zones[index];

  if (inside == (s->side != 0)) {
    s->pending = FALSE;
  } else if (lasts (w, s, inside, zone->inertia)) {
    s->pending = FALSE;
    if (inside)
      enter (w, index, track, s);
    else
      tfc_zone_leave (w, index, track, s, s->since);
  }
  if (!s->side || s->pending || s->loitered || !zone->loiter || w->now - s->entered < zone->loiter)
    return;
  s->loitered = TRUE;
  tfc_zone_tell (w, (TfcZoneEvent){TFC_ZONE_LOITER, TFC_CROSSED_NONE, index, track->id, s->label,
                                   w->now - s->entered, w->counts[index].count});
}

/* ---- lines ---- */

static void
change_side (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s)
{
  const TfcCrossed crossed = s->next > 0 ? TFC_CROSSED_A_TO_B : TFC_CROSSED_B_TO_A;
  const guint which = crossed == TFC_CROSSED_A_TO_B ? 0 : 1;
  TfcZoneCounts *counts = &w->counts[index];

  s->side = s->next;
  s->pending = FALSE;
  if (!s->through)
    return;
  tfc_zone_counts_add (counts, tfc_zone_counts_find (counts, track->label), which, 0);
  tfc_zone_tell (w, (TfcZoneEvent){TFC_ZONE_CROSS, crossed, index, track->id, track->label,
                                   TFC_NO_DWELL, (guint)counts->total[which]});
}

/* Where it is first seen is its side as soon as that is clear. */
void
tfc_line_see (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
              const TfcBox *box, TfcPoint from)
{
  const TfcZone *line = &w->map->zones[index];
  const TfcPoint at = tfc_anchor_point (box, line->anchor);
  const gdouble side = tfc_line_side (line->points, at);
  const gint8 now = side < 0 ? -1 : 1;
  const gboolean begins = !s->pending || s->next != now;

  if (side == 0)
    return;
  s->clear = tfc_line_distance (line->points, at, box) >= CLEAR;
  if (now == s->side) {
    s->pending = FALSE;
    return;
  }
  if (begins)
    s->through = s->side != 0 && tfc_line_is_passed (line->points, from, at);
  if (lasts (w, s, now, line->inertia) || (!s->side && s->clear))
    change_side (w, index, track, s);
}

/* Not seen in this frame. Who was clearly on the other side and is gone has crossed. */
void
tfc_line_miss (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s)
{
  if (s->pending && s->clear && w->now - s->since >= w->map->zones[index].inertia)
    change_side (w, index, track, s);
}
