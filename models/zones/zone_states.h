/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Private to models/zones: what a watch knows, and how the state of one track in one zone or on one
 * line changes. index: of the zone in the map. */
#include "models/zones/zone_watch.h"

/* Of one track in one zone, or on one line. */
typedef struct {
  guint64 since;      /* when the state that is not true yet began */
  guint64 disturbed;  /* when it last changed, or seemed to; only if restless */
  gfloat reach;       /* how far it went then, as peak; only if restless */
  gfloat peak;        /* greatest distance from the line or edge, in parts of its own size, in
                       * the state that is not true yet */
  guint64 entered;    /* zones */
  const gchar *label; /* zones: with which it entered */
  guint8 tally;       /* zones: under which it was counted when it entered */
  gint8 side;         /* lines: -1 a, 1 b, 0 not known; zones: 1 inside */
  gint8 next;         /* the state that is not true yet; only if pending */
  guint8 pending : 1;
  guint8 loitered : 1;
  guint8 through : 1;  /* lines: it came between the ends */
  guint8 clear : 1;    /* lines: it was clearly on that side when it was last seen */
  guint8 restless : 1; /* it may tremble on the line or edge */
} TfcZoneState;

typedef struct {
  guint64 id; /* 0: a free place */
  guint kind;
  gboolean lost;
  guint64 frame;      /* of the watch, when it was last seen */
  guint64 seen;       /* the time of that */
  const gchar *label; /* that it has had for long enough */
  guint64 trust;      /* ns for which it had that label, less those with others; bounded */
  guint64 doubted;    /* since when it has had others; 0: it has not */
  guint64 wanted;     /* a bit for each zone that wants its label */
  TfcPoint at[TFC_N_ANCHORS];
} TfcZoneTrack;

/* Of one zone: objects without an id. */
typedef struct {
  guint now, next; /* in this frame; what is not true yet */
  guint count;     /* is true */
  guint64 since;
  guint told; /* the count of the last event */
} TfcZoneUntracked;

struct TfcZoneWatch {
  TfcZoneMap *map;
  TfcZoneCounts *counts;        /* of each zone */
  guint in_zone[TFC_MAX_ZONES]; /* of those that are tracked */
  TfcZoneUntracked untracked[TFC_MAX_ZONES];
  TfcZoneTrack tracks[TFC_MAX_ZONE_TRACKS];
  TfcZoneState *states; /* of each track, of each zone */
  guint n_tracks;       /* places that were ever taken */
  guint64 now, frame, dropped;
  gboolean saw_untracked;
  guint n_events;
  TfcZoneEvent events[TFC_MAX_ZONE_EVENTS];
};

void tfc_zone_tell (TfcZoneWatch *w, TfcZoneEvent event);
/* The track is new and wanted; it has been at track->at since then, as large as box. */
void tfc_zone_begin (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                     guint64 since);
void tfc_line_begin (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                     const TfcBox *box);
/* The track was seen in box. */
void tfc_zone_see (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                   const TfcBox *box);
/* It is inside, and has left at that time. */
void tfc_zone_leave (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                     guint64 at);
/* The track was seen in box, and came from there. */
void tfc_line_see (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s,
                   const TfcBox *box, TfcPoint from);
/* It was not seen. */
void tfc_line_miss (TfcZoneWatch *w, guint index, const TfcZoneTrack *track, TfcZoneState *s);
