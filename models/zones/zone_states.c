/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_states.h"
#include "models/zones/zone_counts.h"
#include "models/zones/zone_geometry.h"

/* From so many parts of its own size on, an object is clearly on one side of a line. */
#define CLEAR 0.25
/* Who has just changed sides, or nearly has, may tremble there: its next change must reach further
 * than that one did, or last PATIENCE times as long. RESTLESS ns without one end this. */
#define FURTHER(reach) MIN (1.5 * (reach) + 0.02, FAR)
#define FAR 0.5            /* parts of its own size; nobody trembles so much */
#define CHANGE_REACH 0.15f /* that of a change counts for no more: it may just have gone on */
#define PATIENCE 25
#define RESTLESS G_GUINT64_CONSTANT (2000000000)

void
tfc_zone_tell (TfcZoneWatch *w, TfcZoneEvent event)
{
  if (w->n_events == TFC_MAX_ZONE_EVENTS)
    w->dropped++;
  else
    w->events[w->n_events++] = event;
}

/* ---- states ---- */

/* What was not true yet is true now, or was nothing; it reached so far. */
static void
settle (const TfcZoneWatch *w, TfcZoneState *s, gfloat reach)
{
  s->reach = s->restless ? MAX (s->reach, reach) : reach;
  s->pending = FALSE;
  s->restless = TRUE;
  s->disturbed = w->now;
}

/* It is in the state that is true, so far from the line or edge. */
static void
stay (const TfcZoneWatch *w, TfcZoneState *s, gdouble distance)
{
  if (s->pending)
    settle (w, s, s->peak);
  if (distance >= FAR || w->now - s->disturbed >= RESTLESS)
    s->restless = FALSE;
}

/* It is in another one since then. */
static void
go (TfcZoneState *s, gint8 state, guint64 since)
{
  s->pending = TRUE;
  s->next = state;
  s->since = since;
  s->peak = 0;
}

/* It still is, so far from the line or edge. TRUE once that has lasted long enough. */
static gboolean
lasts (const TfcZoneWatch *w, TfcZoneState *s, gdouble distance, guint64 inertia)
{
  const gboolean doubted = s->restless && distance < FURTHER (s->reach);

  s->peak = MAX (s->peak, (gfloat)distance);
  return w->now - s->since >= (doubted ? PATIENCE * inertia : inertia);
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

/* Who is not wanted is out of doubt. Nobody asks in which state most are, outside and calm. */
static gdouble
zone_distance (const TfcZone *zone, const TfcZoneState *s, gboolean inside, gboolean wants,
               TfcPoint at, const TfcBox *box)
{
  if (!wants || (inside == (s->side != 0) && !s->pending && !s->restless))
    return FAR;
  return tfc_polygon_distance (zone->points, zone->n_points, at, box);
}

void
tfc_zone_begin (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                guint64 since)
{
  const TfcZone *zone = &w->map->zones[index];

  if (tfc_polygon_contains (zone->points, zone->n_points, track->at[zone->anchor]))
    go (s, 1, since);
}

void
tfc_zone_see (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
              const TfcBox *box)
{
  const TfcZone *zone = &w->map->zones[index];
  const TfcPoint at = tfc_anchor_point (box, zone->anchor);
  const gboolean wants = track->wanted >> index & 1;
  const gboolean inside = wants && tfc_polygon_contains (zone->points, zone->n_points, at);

  const gdouble distance = zone_distance (zone, s, inside, wants, at, box);

  if (inside == (s->side != 0))
    stay (w, s, distance);
  else if (!s->pending)
    go (s, inside, wants ? w->now : track->doubted);
  if (s->pending && lasts (w, s, distance, zone->inertia)) {
    settle (w, s, MIN (s->peak, CHANGE_REACH));
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

  settle (w, s, MIN (s->peak, CHANGE_REACH));
  s->restless = s->side || !s->clear;
  s->side = s->next;
  if (!s->through)
    return;
  tfc_zone_counts_add (counts, tfc_zone_counts_find (counts, track->label), which, 0);
  tfc_zone_tell (w, (TfcZoneEvent){TFC_ZONE_CROSS, crossed, index, track->id, track->label,
                                   TFC_NO_DWELL, (guint)counts->total[which]});
}

void
tfc_line_begin (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                const TfcBox *box)
{
  const TfcZone *line = &w->map->zones[index];
  const TfcPoint at = track->at[line->anchor];

  if (tfc_line_distance (line->points, at, box) >= CLEAR)
    s->side = tfc_line_side (line->points, at) < 0 ? -1 : 1;
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
  const gdouble distance = tfc_line_distance (line->points, at, box);
  const gboolean begins = !s->pending || s->next != now;

  if (side == 0)
    return;
  s->clear = distance >= CLEAR;
  if (now == s->side) {
    stay (w, s, distance);
    return;
  }
  if (begins) {
    go (s, now, w->now);
    s->through = s->side != 0 && tfc_line_is_passed (line->points, from, at);
  }
  if (lasts (w, s, distance, line->inertia) || (!s->side && s->clear))
    change_side (w, index, track, s);
}

/* Not seen in this frame. Who was clearly on the other side and is gone has crossed. */
void
tfc_line_miss (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s)
{
  if (s->pending && s->clear && w->now - s->since >= w->map->zones[index].inertia)
    change_side (w, index, track, s);
}
