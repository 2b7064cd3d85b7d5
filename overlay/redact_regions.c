/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/redact_seen.h"
#include <math.h>

#define FURTHEST 4.0     /* pictures */
#define SAME 0.15        /* overlap (intersection over union) from which two boxes are one region */
#define LOST_MARGIN 0.1  /* by how much of its size what is lost grows at once, ... */
#define LOST_GROWTH 0.5  /* ... and per second */
#define AGED_GROWTH 0.25 /* the same for what is known of an older picture, per second */
#define SPREAD 0.5       /* growth as a part of the way that what is lost has gone ... */
#define AGED_SPREAD 1.25 /* ... and what is known of an older picture */
#define GROWS_FOR 2.0    /* seconds */
#define LOST_UNKNOWN 1.0 /* seconds since one was seen that is not remembered */

static const TfcRedaction everything = {.box = {0, 0, 1, 1}};

void
tfc_privacy_regions_reset (TfcPrivacyRegions *regions)
{
  regions->n_regions = regions->n_redactions = regions->n_held = 0;
  regions->whole = regions->whole_held = FALSE;
}

static gdouble
seconds (guint64 ns)
{
  return (gdouble)ns * 1e-9;
}

/* How far it goes in some time, bounded so that sums stay exact. */
static gdouble
way (const TfcPrivacyRegion *r, guint axis, gdouble t)
{
  return CLAMP (r->speed[axis] * t, -FURTHEST, FURTHEST);
}

/* Where a region is after some time if it goes on as it went. */
static TfcBox
moved (const TfcPrivacyRegion *r, gdouble t)
{
  return (TfcBox){(gfloat)(r->box.x + way (r, 0, t)), (gfloat)(r->box.y + way (r, 1, t)), r->box.w,
                  r->box.h};
}

/* Seconds from a region's picture to the one that something new was seen on, age ago. */
static gdouble
since (const TfcPrivacyRegion *r, guint64 age)
{
  return r->settled > age ? seconds (r->settled - age) : 0;
}

static TfcBox
grown (const TfcBox *b, gdouble x, gdouble y)
{
  return (TfcBox){(gfloat)(b->x - x), (gfloat)(b->y - y), (gfloat)(b->w + 2 * x),
                  (gfloat)(b->h + 2 * y)};
}

/* Around where it was, and where it would be by now; larger the longer ago that is. */
static TfcBox
lost_box (const TfcPrivacyRegion *r)
{
  gdouble t = seconds (r->settled);
  TfcBox was = r->box, now = moved (r, t), all;
  gdouble growth = LOST_MARGIN + LOST_GROWTH * MIN (t, GROWS_FOR);
  all.x = MIN (was.x, now.x);
  all.y = MIN (was.y, now.y);
  all.w = MAX (was.x, now.x) + was.w - all.x;
  all.h = MAX (was.y, now.y) + was.h - all.y;
  return grown (&all, growth * was.w + SPREAD * fabs (way (r, 0, t)),
                growth * was.h + SPREAD * fabs (way (r, 1, t)));
}

/* Intersection over union; 0 if they do not touch. */
static gdouble
overlap (const TfcBox *a, const TfcBox *b)
{
  gdouble w = MIN (a->x + (gdouble)a->w, b->x + (gdouble)b->w) - MAX (a->x, b->x);
  gdouble h = MIN (a->y + (gdouble)a->h, b->y + (gdouble)b->h) - MAX (a->y, b->y);
  if (!(w > 0) || !(h > 0))
    return 0;
  return w * h / ((gdouble)a->w * a->h + (gdouble)b->w * b->h - w * h);
}

/* 0: something else; more than 1: the same by its id, and not far from where it was. */
static gdouble
likeness (const TfcPrivacyRegion *r, const TfcPrivacySeen *seen, guint64 age)
{
  TfcBox now = moved (r, since (r, age));
  gdouble common = overlap (&now, &seen->redaction.box);
  if (seen->track_id && r->track_id == seen->track_id) {
    TfcBox around = lost_box (r);
    if (overlap (&around, &seen->redaction.box) > 0)
      return 2 + common;
  }
  return common < SAME ? 0 : common;
}

/* The region, not gone on yet, that seen is most likely to go on. */
static void
find_region (TfcPrivacyRegions *regions, TfcPrivacySeen *seen, guint64 age)
{
  seen->region = NULL;
  seen->overlap = 0;
  for (guint i = 0; i < regions->n_regions; i++) {
    TfcPrivacyRegion *r = &regions->region[i];
    if (r->seen)
      continue;
    gdouble how_much = likeness (r, seen, age);
    if (how_much > seen->overlap) {
      seen->region = r;
      seen->overlap = how_much;
    }
  }
}

/* What is known of an older picture and has not moved says nothing about its speed. */
static void
go_on (TfcPrivacyRegion *r, const TfcPrivacySeen *seen, guint64 age)
{
  const TfcBox *is = &seen->redaction.box, *was = &r->box;
  gboolean same = is->x == was->x && is->y == was->y && is->w == was->w && is->h == was->h;
  gdouble t = since (r, age);
  r->seen = TRUE;
  r->age = 0;
  r->track_id = seen->track_id;
  if (same && age)
    return;
  if (t > 0) {
    r->speed[0] = (r->speed[0] + (is->x + is->w / 2 - was->x - was->w / 2) / t) / 2;
    r->speed[1] = (r->speed[1] + (is->y + is->h / 2 - was->y - was->h / 2) / t) / 2;
  }
  r->box = *is;
  r->settled = age;
}

/* A guess goes on nothing: what it is of stays lost. */
static void
match_predicted (TfcPrivacyRegions *regions, TfcPrivacySeen *seen, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; seen[i].predicted && k < regions->n_regions; k++) {
      TfcPrivacyRegion *r = &regions->region[k];
      if (r->track_id != seen[i].track_id || r->seen)
        continue;
      r->predicted = TRUE;
      seen[i].region = r;
    }
}

/* Each region is gone on by at most one thing seen, the surest pairs first. */
static void
match (TfcPrivacyRegions *regions, TfcPrivacySeen *seen, guint n, guint64 age)
{
  for (guint i = 0; i < n; i++)
    if (!seen[i].predicted)
      find_region (regions, &seen[i], age);
  for (guint left = n; left--;) {
    TfcPrivacySeen *best = NULL;
    for (guint i = 0; i < n; i++)
      if (seen[i].overlap > 0 && (!best || seen[i].overlap > best->overlap))
        best = &seen[i];
    if (!best)
      return;
    if (best->region->seen) { /* another has gone it on: which is the next best? */
      find_region (regions, best, age);
      left++;
      continue;
    }
    go_on (best->region, best, age);
    best->overlap = -1;
  }
}

static void
pass_time (TfcPrivacyRegions *regions, const TfcPrivacyTimes *times)
{
  for (guint i = 0; i < regions->n_regions; i++) {
    TfcPrivacyRegion *r = &regions->region[i];
    r->seen = r->predicted = FALSE;
    r->age += MIN (times->elapsed, G_MAXINT64 - r->age);
    r->settled += MIN (times->elapsed, G_MAXINT64 - r->settled);
  }
  regions->whole_age += MIN (times->elapsed, G_MAXINT64 - regions->whole_age);
  regions->whole_held = regions->whole_held && times->hold && regions->whole_age <= times->hold;
}

static gboolean
is_held (const TfcPrivacyRegion *r, guint64 hold)
{
  return !r->seen && hold && r->age <= hold;
}

static void
forget_old (TfcPrivacyRegions *regions, guint64 hold)
{
  guint n = 0;
  for (guint i = 0; i < regions->n_regions; i++) {
    const TfcPrivacyRegion *r = &regions->region[i];
    if (r->seen || r->predicted || is_held (r, hold))
      regions->region[n++] = *r;
  }
  regions->n_regions = n;
}

/* FALSE: no room. */
static gboolean
remember_new (TfcPrivacyRegions *regions, const TfcPrivacySeen *seen, guint n, guint64 age)
{
  for (guint i = 0; i < n; i++) {
    if (seen[i].overlap < 0 || seen[i].predicted)
      continue;
    if (regions->n_regions == TFC_PRIVACY_REGIONS)
      return FALSE;
    regions->region[regions->n_regions++] = (TfcPrivacyRegion){
        .box = seen[i].redaction.box, .track_id = seen[i].track_id, .settled = age, .seen = TRUE};
  }
  return TRUE;
}

/* By how much, as a part of its size and of its way since, what is seen is hidden further out. */
typedef struct {
  gdouble size, spread, time;
} Margin;

static Margin
margin_of (const TfcPrivacySeen *seen, guint64 age)
{
  const gdouble t = seconds (age);
  if (!seen->predicted)
    return (Margin){AGED_GROWTH * MIN (t, GROWS_FOR), AGED_SPREAD, t};
  const gdouble lost = seen->region ? seconds (seen->region->settled) : LOST_UNKNOWN;
  return (Margin){LOST_MARGIN + LOST_GROWTH * MIN (lost, GROWS_FOR), SPREAD, MIN (lost, GROWS_FOR)};
}

static void
redact_seen (TfcPrivacyRegions *regions, const TfcPrivacySeen *seen, guint n, guint64 age)
{
  for (guint i = 0; i < n; i++) {
    TfcRedaction *redaction = &regions->redactions[regions->n_redactions++];
    const TfcPrivacyRegion *r = seen[i].overlap < 0 || seen[i].predicted ? seen[i].region : NULL;
    const Margin m = margin_of (&seen[i], age);
    *redaction = seen[i].redaction;
    gdouble x = m.size * redaction->box.w + (r ? m.spread * fabs (way (r, 0, m.time)) : 0);
    gdouble y = m.size * redaction->box.h + (r ? m.spread * fabs (way (r, 1, m.time)) : 0);
    redaction->grow_x = (gfloat)x;
    redaction->grow_y = (gfloat)y;
    redaction->box = grown (&redaction->box, x, y);
  }
}

static void
redact_lost (TfcPrivacyRegions *regions, guint64 hold)
{
  for (guint i = 0; i < regions->n_regions; i++)
    if (is_held (&regions->region[i], hold)) {
      regions->redactions[regions->n_redactions++] =
          (TfcRedaction){.box = lost_box (&regions->region[i])};
      regions->n_held++;
    }
}

void
tfc_privacy_regions_redact_whole (TfcPrivacyRegions *regions, gboolean seen)
{
  regions->whole = TRUE;
  regions->redactions[0] = everything;
  regions->n_redactions = 1;
  regions->n_held = 0;
  if (seen) {
    regions->whole_held = TRUE;
    regions->whole_age = 0;
  }
}

void
tfc_privacy_regions_update (TfcPrivacyRegions *regions, const TfcAnnotations *annotations,
                            gboolean detections, const TfcPrivacyTimes *times)
{
  TfcPrivacySeen seen[TFC_PRIVACY_REGIONS];
  const guint64 age = MIN (times->age, G_MAXINT64);
  guint n = annotations ? tfc_privacy_find_seen (annotations, detections, seen) : 0;
  gboolean fits = n != G_MAXUINT;
  n = fits ? n : 0;
  regions->whole = FALSE;
  regions->n_redactions = regions->n_held = 0;
  pass_time (regions, times);
  match (regions, seen, n, age);
  match_predicted (regions, seen, n);
  redact_seen (regions, seen, n, age); /* before the regions move in their array */
  forget_old (regions, times->hold);
  fits &= remember_new (regions, seen, n, age);
  redact_lost (regions, times->hold);
  if (!fits || regions->whole_held)
    tfc_privacy_regions_redact_whole (regions, !fits);
}
