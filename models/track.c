/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "track.h"

/* The reference replaces a region from this overlap down. */
#define SAME_FACE 0.25
#define TWIN 0.7

void
tfc_tracks_init (TfcTracks *t)
{
  t->n = 0;
  t->next_id = 1;
  for (guint i = 0; i < TFC_MAX_FACES; i++)
    t->track[i] = &t->store[i];
}

/* The held track, not yet taken, that overlaps region most, or -1. */
static gint
best_match (const TfcTracks *t, guint held, const gboolean *taken, const TfcRegion *region)
{
  gdouble best = SAME_FACE;
  gint index = -1;
  for (guint i = 0; i < held; i++) {
    const gdouble iou = tfc_region_iou (&t->track[i]->region, region);
    if (!taken[i] && iou >= best) {
      best = iou;
      index = i;
    }
  }
  return index;
}

void
tfc_tracks_update (TfcTracks *t, const TfcRegion *found, const gfloat *scores, guint n, guint max)
{
  const guint held = t->n;
  gboolean taken[TFC_MAX_FACES] = {FALSE};
  for (guint i = 0; i < n; i++) {
    const gint match = best_match (t, held, taken, &found[i]);
    if (match >= 0) {
      taken[match] = TRUE;
      t->track[match]->score = scores[i];
    } else if (t->n < MIN (max, TFC_MAX_FACES)) {
      TfcTrack *track = t->track[t->n++];
      track->region = found[i];
      track->id = t->next_id++;
      track->score = scores[i];
      track->smooth.started = FALSE;
    }
  }
}

gboolean
tfc_tracks_is_twin (const TfcTracks *t, guint index)
{
  for (guint i = 0; i < index; i++) {
    if (tfc_region_iou (&t->track[i]->region, &t->track[index]->region) > TWIN)
      return TRUE;
  }
  return FALSE;
}

void
tfc_tracks_drop (TfcTracks *t, guint index)
{
  TfcTrack *gone = t->track[index];
  t->n--;
  for (guint i = index; i < t->n; i++)
    t->track[i] = t->track[i + 1];
  t->track[t->n] = gone;
}

void
tfc_tracks_clear (TfcTracks *t)
{
  t->n = 0;
}
