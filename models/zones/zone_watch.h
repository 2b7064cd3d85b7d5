/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* What tracked objects do in zones and on lines, frame by frame: events and counters.
 *
 * A state (in or out of a zone, this or that side of a line) becomes true when it has lasted for
 * `inertia`, and is told as of when it began. Frames may come at any distance. A track is lost when
 * it was not seen for TFC_ZONE_GRACE; then it leaves its zones, as of when it was last seen. On
 * which side of a line it was is kept for TFC_ZONE_MEMORY, as ids are never given to another. A
 * track that is new here, and was first seen within the grace, came from where its speed says. What
 * is only predicted is not seen. Time that goes back by more than the grace begins anew: all are
 * lost. */
#include "models/zones/zone_map.h"

#define TFC_ZONE_GRACE G_GUINT64_CONSTANT (500000000)
#define TFC_ZONE_MEMORY G_GUINT64_CONSTANT (5000000000)

/* Bounds: what is over them is not followed, told or counted by itself; see dropped. */
#define TFC_MAX_ZONE_TRACKS 512
#define TFC_MAX_ZONE_EVENTS 256 /* of a frame */
#define TFC_MAX_ZONE_TALLIES 32 /* labels that a zone or line counts each by itself */

typedef struct {
  TfcBox box;
  guint64 track_id;   /* 0: not tracked */
  guint kind;         /* ids are of a kind */
  const gchar *label; /* NULL: not known; must outlive the watch (interned) */
  gboolean seen;
  guint64 age;             /* ns since it was first seen; 0: now, or not known */
  gfloat speed_x, speed_y; /* fractions of the frame's width, height a second */
} TfcZoneObject;

typedef enum {
  TFC_ZONE_ENTER,
  TFC_ZONE_LEAVE,
  TFC_ZONE_CROSS,
  TFC_ZONE_LOITER,
  TFC_ZONE_COUNT
} TfcZoneEventType;

typedef enum { TFC_CROSSED_NONE, TFC_CROSSED_A_TO_B, TFC_CROSSED_B_TO_A } TfcCrossed;

#define TFC_NO_DWELL G_MAXUINT64

typedef struct {
  TfcZoneEventType type;
  TfcCrossed crossed;
  guint zone;         /* index in the map */
  guint64 track_id;   /* 0: of no single one */
  const gchar *label; /* as given */
  guint64 dwell;      /* ns in the zone, of LEAVE and LOITER; else TFC_NO_DWELL */
  guint count;        /* in the zone after it, or crossings in this direction */
} TfcZoneEvent;

/* Of one label. Zones: entered, left; lines: from a to b, from b to a. */
typedef struct {
  const gchar *label; /* "unknown": had none; "others": those for which there was no room */
  guint count;        /* in the zone now */
  guint64 total[2];
} TfcZoneTally;

typedef struct {
  guint count; /* in the zone now, with those that are not tracked */
  guint64 total[2];
  guint n_tallies;
  TfcZoneTally tallies[TFC_MAX_ZONE_TALLIES];
} TfcZoneCounts;

typedef struct TfcZoneWatch TfcZoneWatch;

/* Takes map. All memory is allocated here. */
TfcZoneWatch *tfc_zone_watch_new (TfcZoneMap *map);
void tfc_zone_watch_free (TfcZoneWatch *watch); /* and the map */
const TfcZoneMap *tfc_zone_watch_map (const TfcZoneWatch *watch);
/* Takes over the counters of zones and lines that another watch has under the same name. Those that
 * are in them there have left, and will come in again. */
void tfc_zone_watch_inherit (TfcZoneWatch *watch, const TfcZoneWatch *other);

/* One frame at now (ns). Of several objects with one id the first counts. The events of this frame,
 * *n of them, until the next call. */
const TfcZoneEvent *tfc_zone_watch_update (TfcZoneWatch *watch, const TfcZoneObject *objects,
                                           guint n_objects, guint64 now, guint *n);
/* Of the index-th of the map; as long as the watch, changed by update. */
const TfcZoneCounts *tfc_zone_watch_counts (const TfcZoneWatch *watch, guint index);
/* Whether an object without an id has been in a zone: it counts there while it is seen, and no
 * more. */
gboolean tfc_zone_watch_saw_untracked (const TfcZoneWatch *watch);
/* How many objects and events were over the bounds. */
guint64 tfc_zone_watch_dropped (const TfcZoneWatch *watch);
