/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/zones/zone_watch.h"
#include <math.h>
#include <string.h>
#include "models/zones/zone_counts.h"
#include "models/zones/zone_geometry.h"
#include "models/zones/zone_states.h"

#define LABEL_TRUST G_GUINT64_CONSTANT (400000000)

G_STATIC_ASSERT (TFC_MAX_ZONES <= 64 && TFC_MAX_ZONE_TALLIES <= 256);

TfcZoneWatch *
tfc_zone_watch_new (TfcZoneMap *map)
{
  TfcZoneWatch *w = g_new0 (TfcZoneWatch, 1);

  w->map = map;
  w->counts = g_new0 (TfcZoneCounts, map->n);
  w->states = g_new0 (TfcZoneState, (gsize)TFC_MAX_ZONE_TRACKS * map->n);
  return w;
}

void
tfc_zone_watch_free (TfcZoneWatch *w)
{
  if (!w)
    return;
  tfc_zone_map_free (w->map);
  g_free (w->counts);
  g_free (w->states);
  g_free (w);
}

void
tfc_zone_watch_inherit (TfcZoneWatch *w, const TfcZoneWatch *other)
{
  for (guint i = 0; i < w->map->n; i++) {
    const TfcZone *zone = &w->map->zones[i];
    for (guint k = 0; k < other->map->n; k++) {
      if (other->map->zones[k].is_line != zone->is_line ||
          strcmp (other->map->zones[k].name, zone->name))
        continue;
      tfc_zone_counts_inherit (&w->counts[i], &other->counts[k], zone->is_line);
      w->untracked[i].told = other->untracked[k].told;
    }
  }
}

const TfcZoneMap *
tfc_zone_watch_map (const TfcZoneWatch *w)
{
  return w->map;
}

const TfcZoneCounts *
tfc_zone_watch_counts (const TfcZoneWatch *w, guint index)
{
  return &w->counts[index];
}

gboolean
tfc_zone_watch_saw_untracked (const TfcZoneWatch *w)
{
  return w->saw_untracked;
}

guint64
tfc_zone_watch_dropped (const TfcZoneWatch *w)
{
  return w->dropped;
}

static TfcZoneState *
states_of (const TfcZoneWatch *w, const TfcZoneTrack *track)
{
  return &w->states[(gsize)(track - w->tracks) * w->map->n];
}

/* ---- tracks ---- */

static void
lose (TfcZoneWatch *w, TfcZoneTrack *track)
{
  TfcZoneState *s = states_of (w, track);

  track->lost = TRUE;
  for (guint i = 0; i < w->map->n_zones; i++) {
    if (s[i].side)
      tfc_zone_leave (w, i, track, &s[i], track->seen);
    s[i].pending = s[i].restless = FALSE;
  }
}

static void
miss (TfcZoneWatch *w, TfcZoneTrack *track)
{
  TfcZoneState *s = states_of (w, track);

  for (guint i = w->map->n_zones; i < w->map->n; i++)
    tfc_line_miss (w, i, track, &s[i]);
  if (!track->lost && w->now - track->seen > TFC_ZONE_GRACE)
    lose (w, track);
  if (w->now - track->seen > TFC_ZONE_MEMORY)
    track->id = 0;
}

/* The place of a track; else a free one, or that of the one that was lost first. NULL: none. */
static TfcZoneTrack *
place_for (TfcZoneWatch *w, guint kind, guint64 id)
{
  TfcZoneTrack *place = NULL;

  for (guint i = 0; i < w->n_tracks; i++) {
    TfcZoneTrack *t = &w->tracks[i];
    if (t->id == id && t->kind == kind)
      return t;
    if ((!t->id || t->lost) && (!place || (place->id && (!t->id || t->seen < place->seen))))
      place = t;
  }
  if ((!place || place->id) && w->n_tracks < TFC_MAX_ZONE_TRACKS)
    place = &w->tracks[w->n_tracks++];
  return place;
}

static guint64
wanted (const TfcZoneMap *map, const gchar *label)
{
  guint64 bits = 0;

  for (guint i = 0; i < map->n; i++) {
    if (tfc_zone_wants (&map->zones[i], label))
      bits |= G_GUINT64_CONSTANT (1) << i;
  }
  return bits;
}

static void
find_anchors (const TfcBox *box, TfcPoint at[TFC_N_ANCHORS])
{
  for (guint i = 0; i < TFC_N_ANCHORS; i++)
    at[i] = tfc_anchor_point (box, i);
}

/* Where it was when it was first seen, if that was a moment ago. */
static void
begin_track (TfcZoneWatch *w, TfcZoneTrack *t, const TfcZoneObject *object)
{
  const guint64 age = MIN (object->age, w->now);
  const gfloat seconds = (gfloat)age / 1e9f;
  TfcZoneState *s = states_of (w, t);
  TfcBox box = object->box;

  if (!age || age > TFC_ZONE_GRACE || !isfinite (object->speed_x) || !isfinite (object->speed_y))
    return;
  box.x -= object->speed_x * seconds;
  box.y -= object->speed_y * seconds;
  find_anchors (&box, t->at);
  for (guint i = 0; i < w->map->n; i++) {
    if (t->wanted >> i & 1 && i < w->map->n_zones)
      tfc_zone_begin (w, i, t, &s[i], w->now - age);
    else if (t->wanted >> i & 1)
      tfc_line_begin (w, i, t, &s[i], &box);
  }
}

/* Its label is another once it has had others for as long as that one, or LABEL_TRUST. */
static void
hear_label (TfcZoneWatch *w, TfcZoneTrack *t, const gchar *label)
{
  const guint64 passed = t->frame ? MIN (w->now - t->seen, LABEL_TRUST) : 0;

  if (t->frame && label == t->label) {
    t->trust = MIN (t->trust + passed, LABEL_TRUST);
    t->doubted = 0;
    return;
  }
  if (!t->doubted)
    t->doubted = w->now;
  if (t->frame && t->trust >= passed) {
    t->trust -= passed;
    return;
  }
  t->label = label;
  t->trust = 0;
  t->wanted = wanted (w->map, label);
}

/* NULL: it is not followed, or has been here already in this frame. */
static TfcZoneTrack *
follow (TfcZoneWatch *w, const TfcZoneObject *object)
{
  TfcZoneTrack *t = place_for (w, object->kind, object->track_id);
  gboolean is_new;

  if (!t) {
    w->dropped++;
    return NULL;
  }
  is_new = t->id != object->track_id || t->kind != object->kind;
  if (is_new) {
    *t = (TfcZoneTrack){.id = object->track_id, .kind = object->kind};
    find_anchors (&object->box, t->at);
    memset (states_of (w, t), 0, w->map->n * sizeof (TfcZoneState));
  } else if (t->frame == w->frame) {
    return NULL;
  }
  hear_label (w, t, object->label);
  if (is_new)
    begin_track (w, t, object);
  t->frame = w->frame;
  t->seen = w->now;
  t->lost = FALSE;
  return t;
}

static void
watch_track (TfcZoneWatch *w, const TfcZoneObject *object)
{
  TfcZoneTrack *t = follow (w, object);
  TfcPoint at[TFC_N_ANCHORS];

  if (!t)
    return;
  find_anchors (&object->box, at);
  for (guint i = 0; i < w->map->n; i++) {
    const TfcZone *zone = &w->map->zones[i];
    TfcZoneState *s = &states_of (w, t)[i];
    if (!zone->is_line)
      tfc_zone_see (w, i, t, s, &object->box);
    else if (t->wanted >> i & 1)
      tfc_line_see (w, i, t, s, &object->box, t->at[zone->anchor]);
  }
  memcpy (t->at, at, sizeof at);
}

/* ---- objects without an id ---- */

static void
watch_untracked (TfcZoneWatch *w, const TfcZoneObject *object)
{
  for (guint i = 0; i < w->map->n_zones; i++) {
    const TfcZone *zone = &w->map->zones[i];
    if (!tfc_polygon_contains (zone->points, zone->n_points,
                               tfc_anchor_point (&object->box, zone->anchor)) ||
        !tfc_zone_wants (zone, object->label))
      continue;
    w->untracked[i].now++;
    w->saw_untracked = TRUE;
  }
}

/* Their number changes as states do, once it has lasted; then whether the zone's has changed. */
static void
count_zone (TfcZoneWatch *w, guint index)
{
  TfcZoneUntracked *u = &w->untracked[index];
  TfcZoneCounts *counts = &w->counts[index];

  if (u->now != u->next) {
    u->next = u->now;
    u->since = w->now;
  }
  if (u->next != u->count && w->now - u->since >= w->map->zones[index].inertia)
    u->count = u->next;
  u->now = 0;
  counts->count = w->in_zone[index] + u->count;
  if (counts->count == u->told)
    return;
  u->told = counts->count;
  tfc_zone_tell (
      w, (TfcZoneEvent){
             .type = TFC_ZONE_COUNT, .zone = index, .dwell = TFC_NO_DWELL, .count = counts->count});
}

/* ---- frames ---- */

/* Time does not go back, or everything is over. */
static void
begin_frame (TfcZoneWatch *w, guint64 now)
{
  w->n_events = 0;
  w->frame++;
  if (now + TFC_ZONE_GRACE >= w->now) {
    w->now = MAX (w->now, now);
    return;
  }
  for (guint i = 0; i < w->n_tracks; i++) {
    if (w->tracks[i].id && !w->tracks[i].lost)
      lose (w, &w->tracks[i]);
    w->tracks[i].id = 0;
  }
  for (guint i = 0; i < w->map->n_zones; i++)
    w->untracked[i].since = now;
  w->now = now;
}

const TfcZoneEvent *
tfc_zone_watch_update (TfcZoneWatch *w, const TfcZoneObject *objects, guint n_objects, guint64 now,
                       guint *n)
{
  begin_frame (w, now);
  for (guint i = 0; i < n_objects; i++) {
    if (!objects[i].track_id)
      watch_untracked (w, &objects[i]);
    else if (objects[i].seen)
      watch_track (w, &objects[i]);
  }
  for (guint i = 0; i < w->n_tracks; i++) {
    if (w->tracks[i].id && w->tracks[i].frame != w->frame)
      miss (w, &w->tracks[i]);
  }
  for (guint i = 0; i < w->map->n_zones; i++)
    count_zone (w, i);
  *n = w->n_events;
  return w->events;
}
