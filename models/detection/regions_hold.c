/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/regions_private.h"
#include "models/detection/box_coder.h"

#define STANDS 50    /* ticks that a thing is held where nothing has moved since it was found */
#define MOVES 12     /* where something has */
#define RARE 2       /* ticks between two looks above which things have moved too far */
#define OVERLAP 0.5f /* of the smaller box: the two are one thing */

static gboolean
moves (const TfcRegionFrame *f, const TfcBox *box)
{
  for (guint i = 0; i < f->n_moving; i++)
    if (tfc_box_overlap (&f->moving[i], box) > 0)
      return TRUE;
  return FALSE;
}

void
tfc_regions_note_motion (TfcRegions *r, const TfcRegionFrame *f)
{
  for (guint i = 0; i < r->n_places; i++)
    r->place[i].moved |= moves (f, &r->place[i].thing.box);
}

static gboolean
is_wanted (const TfcDetection *d, const TfcSsdOptions *options)
{
  return d->score >= options->score_threshold &&
         (!options->classes || options->classes[d->class_id]);
}

static gboolean
is_found (const TfcDetection *thing, const TfcDetection *found, guint n)
{
  for (guint i = 0; i < n; i++)
    if (found[i].class_id == thing->class_id &&
        tfc_box_overlap (&thing->box, &found[i].box) >= OVERLAP)
      return TRUE;
  return FALSE;
}

static void
insert_by_score (TfcDetection *found, guint n, const TfcDetection *d)
{
  for (; n > 0 && found[n - 1].score < d->score; n--)
    found[n] = found[n - 1];
  found[n] = *d;
}

/* Whether it is still taken to be there after this frame's look. */
static gboolean
lasts (const TfcRegions *r, const TfcPlace *p)
{
  const guint age = p->age + tfc_regions_age_by (r, &p->thing.box);

  return age <= (p->moved ? MOVES : STANDS);
}

guint
tfc_regions_hold (const TfcRegions *r, const TfcSsdOptions *options, TfcDetection *found, guint n,
                  guint max)
{
  for (guint i = 0; r->ticks <= RARE && i < r->n_places && n < max; i++) {
    TfcDetection held = r->place[i].thing;
    if (held.track_id || !is_wanted (&held, options) || !lasts (r, &r->place[i]) ||
        is_found (&held, found, n))
      continue;
    held.track.seen = FALSE;
    insert_by_score (found, n++, &held);
  }
  return n;
}
