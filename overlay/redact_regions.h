/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#pragma once
/* Which regions of a picture are to be hidden: what is seen on it, and for some time what was seen on
 * the pictures before and is not seen any more. Fails closed: what cannot be read or does not fit hides
 * the whole picture. Numbers only, no pixels. Never allocates; one thread at a time. */
#include "overlay/overlay.h"

#define TFC_PRIVACY_REGIONS 256 /* seen on one picture, and remembered */
#define TFC_PRIVACY_OUTLINE 32  /* points around a face */

typedef struct {
  TfcBox box;            /* finite; may reach outside of the picture */
  const TfcFace *face;   /* borrowed: hide what its mesh covers instead of the box; NULL: the box */
  gfloat grow_x, grow_y; /* by how much that is moved outwards; fractions of the picture */
} TfcRedaction;

/* A region that is remembered. */
typedef struct {
  TfcBox box;           /* as it was last seen */
  guint64 track_id;     /* 0: not tracked */
  gdouble speed[2];     /* of its centre, fractions of the picture per second, x and y */
  guint64 age, settled; /* ns since it was last seen, and since the picture on which it was there */
  gboolean seen;        /* on the newest picture */
  gboolean predicted;   /* on the newest picture, where it was not seen */
} TfcPrivacyRegion;

/* Set up and emptied by tfc_privacy_regions_reset; fields are read by its user, never written. */
typedef struct {
  TfcRedaction redactions[2 * TFC_PRIVACY_REGIONS]; /* what the last update decided */
  guint n_redactions, n_held;                    /* the last n_held of them are not seen any more */
  gboolean whole;                            /* redactions[0] is the whole picture */

  TfcPrivacyRegion region[TFC_PRIVACY_REGIONS];
  guint n_regions;
  gboolean whole_held; /* a picture was hidden whole because of what was seen on it ... */
  guint64 whole_age;   /* ... so many ns ago */
} TfcPrivacyRegions;

/* Nanoseconds. */
typedef struct {
  guint64 elapsed; /* since the picture before; 0 where that is not known */
  guint64 hold;    /* for so long what is lost stays hidden; 0: not at all */
  guint64 age;     /* of what is known: 0 if it was seen on this very picture */
} TfcPrivacyTimes;

void tfc_privacy_regions_reset (TfcPrivacyRegions *regions);

/* Decides about one picture. annotations: what is seen on it, NULL if that is not known (then only what was
 * seen before is hidden); it must live as long as redactions are read. detections: boxes of detections are
 * hidden, not faces alone. */
void tfc_privacy_regions_update (TfcPrivacyRegions *regions, const TfcAnnotations *annotations,
                                 gboolean detections, const TfcPrivacyTimes *times);

/* Hides the whole of the picture that was decided about last, whatever was decided. seen: because of what is
 * seen on it, so that the pictures after it are hidden for some time too. */
void tfc_privacy_regions_redact_whole (TfcPrivacyRegions *regions, gboolean seen);

/* What a face's mesh covers (the oval of its face, and in profile nose and mouth, which stand out of it): a
 * convex outline, a tenth enlarged and grown as redaction says, fractions of the picture. Returns how many
 * points; 0 if there is no mesh that can be used. */
guint tfc_privacy_outline (const TfcRedaction *redaction, gdouble points[TFC_PRIVACY_OUTLINE][2]);
