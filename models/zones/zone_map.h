/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Zones and lines of a picture, as a zone file says them: a key file with groups [zone NAME] and
 * [line NAME]; docs/guide/zones.md has its keys. Coordinates are fractions of the frame. */
#include <glib.h>
#include "models/result/result.h"

/* Bounds of a zone file; what has more is refused. */
#define TFC_MAX_ZONES 64 /* zones and lines together */
#define TFC_MAX_ZONE_POINTS 64
#define TFC_MAX_ZONE_LABELS 32    /* in a list of labels */
#define TFC_ZONE_NAME_BYTES 64    /* of a name or a label, at most */
#define TFC_ZONE_FILE_BYTES 65536 /* of a file */

/* Which point of a box counts. */
typedef enum { TFC_ANCHOR_BOTTOM_CENTER, TFC_ANCHOR_CENTER, TFC_N_ANCHORS } TfcAnchor;

typedef struct {
  gchar *name;
  gboolean is_line;
  TfcAnchor anchor;
  guint64 inertia;                      /* ns that a state must last */
  guint64 loiter;                       /* ns in a zone until it is told; 0: never */
  gchar **labels;                       /* NULL: all */
  guint n_points;                       /* a line has two */
  TfcPoint points[TFC_MAX_ZONE_POINTS]; /* z is 0 */
} TfcZone;

typedef struct {
  guint n, n_zones; /* n_zones zones, then lines: n in all; each in the order of the file */
  TfcZone zones[TFC_MAX_ZONES];
} TfcZoneMap;

/* Of a file, or of a text of length bytes that stands in a property: there lines may also end with
 * `|` or the two characters `\n`. NULL with error set (NOT_FOUND, READ, SETTINGS), which names the
 * group and the key and says what would be right. Any thread. */
TfcZoneMap *tfc_zone_map_open (const gchar *path, GError **error);
TfcZoneMap *tfc_zone_map_parse (const gchar *text, gsize length, GError **error);
void tfc_zone_map_free (TfcZoneMap *map);

/* Whether what is called label (NULL: not known) counts there; upper and lower case are the same.
 */
gboolean tfc_zone_wants (const TfcZone *zone, const gchar *label);
