/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/detection/crop_suppression.h"
#include "models/detection/box_coder.h"
#include "models/detection/gfl.h"

#define EDGE 0.02f       /* of a crop's side: a box that comes so near to its edge is cut by it */
#define CUT_OVERLAP 0.5f /* of the smaller box */
#define HELD 0.85f       /* of the smaller box */
#define SURER 2          /* times as high a score */
#define LEAST                                                                         \
  8 /* pixels of the network's: boxes of smaller things are guesses, wide of the mark \
     */
#define SMALL 0.12f  /* of a crop's side: a smaller box is not seen well in it */
#define CLOSER 0.75f /* of its side: a crop that sees better */

enum { CUT_NONE = 0, CUT_LEFT = 1, CUT_RIGHT = 2, CUT_TOP = 4, CUT_BOTTOM = 8 };

void
tfc_crop_to_frame (const TfcCrop *crop, TfcDetection *found, guint n)
{
  const TfcBox *c = &crop->box;

  for (guint i = 0; i < n; i++) {
    TfcBox *b = &found[i].box;
    *b = (TfcBox){c->x + b->x * c->w, c->y + b->y * c->h, b->w * c->w, b->h * c->h};
  }
}

/* By which inner edges of its crop. */
static guint
cuts_of (const TfcCrop *crop, const TfcBox *b)
{
  const TfcBox *c = &crop->box, *a = &crop->area;
  const gfloat dx = EDGE * c->w, dy = EDGE * c->h;
  guint cuts = CUT_NONE;

  cuts |= c->x > a->x + dx && b->x < c->x + dx ? CUT_LEFT : 0;
  cuts |= c->y > a->y + dy && b->y < c->y + dy ? CUT_TOP : 0;
  if (c->x + c->w < a->x + a->w - dx && b->x + b->w > c->x + c->w - dx)
    cuts |= CUT_RIGHT;
  if (c->y + c->h < a->y + a->h - dy && b->y + b->h > c->y + c->h - dy)
    cuts |= CUT_BOTTOM;
  return cuts;
}

static gboolean
has_no_ends (guint cuts)
{
  return (cuts & (CUT_LEFT | CUT_RIGHT)) == (CUT_LEFT | CUT_RIGHT) ||
         (cuts & (CUT_TOP | CUT_BOTTOM)) == (CUT_TOP | CUT_BOTTOM);
}

/* Whether a network can tell what that is. */
static gboolean
is_too_small (const TfcBox *b, const TfcCrop *crop)
{
  return crop->width > 0 && MAX (b->w * crop->width, b->h * crop->height) < LEAST;
}

/* Whether box, which crops[at] has found, is small there, and lies in a crop that has looked at it
 * more closely. What that one says counts. */
static gboolean
was_seen_closer (const TfcBox *b, const TfcCrop *crops, guint n_crops, guint at)
{
  const TfcBox *c = &crops[at].box;

  if (b->w > SMALL * c->w || b->h > SMALL * c->h)
    return FALSE;
  for (guint i = 0; i < n_crops; i++) {
    const TfcBox *k = &crops[i].box;
    if (k->w < CLOSER * c->w && k->h < CLOSER * c->h && b->x >= k->x && b->y >= k->y &&
        b->x + b->w <= k->x + k->w && b->y + b->h <= k->y + k->h)
      return TRUE;
  }
  return FALSE;
}

/* Cut ones after all whole ones: their scores are lower by 1. */
static guint
gather (const TfcDetection *found, const guint *counts, const TfcCrop *crops, guint n_crops,
        TfcCandidate *c)
{
  guint n = 0, index = 0;

  for (guint i = 0; i < n_crops; i++)
    for (guint k = 0; k < counts[i]; k++, index++) {
      const guint cuts = cuts_of (&crops[i], &found[index].box);
      if (has_no_ends (cuts) || is_too_small (&found[index].box, &crops[i]) ||
          was_seen_closer (&found[index].box, crops, n_crops, i))
        continue;
      c[n++] = (TfcCandidate){found[index].score - (cuts ? 1 : 0), index, found[index].class_id,
                              found[index].box};
    }
  return n;
}

/* Of the first n of out, which are whole or better. */
static gboolean
is_part_of_whole (const TfcCandidate *c, const TfcCandidate *kept, guint n)
{
  for (guint i = 0; i < n && kept[i].score >= 0; i++)
    if (kept[i].class_id == c->class_id && tfc_box_overlap (&kept[i].box, &c->box) >= CUT_OVERLAP)
      return TRUE;
  return FALSE;
}

/* A doubtful box around a much surer one of its class, as a squeezed frame gives around somebody
 * small. */
static gboolean
holds_a_surer (const TfcCandidate *c, const TfcCandidate *kept, guint n)
{
  for (guint i = 0; i < n && kept[i].score > SURER * c->score; i++)
    if (kept[i].class_id == c->class_id && kept[i].box.w * kept[i].box.h < c->box.w * c->box.h &&
        tfc_box_overlap (&kept[i].box, &c->box) >= HELD)
      return TRUE;
  return FALSE;
}

static void
insert_by_score (TfcDetection *out, guint n, const TfcDetection *d)
{
  for (; n > 0 && out[n - 1].score < d->score; n--)
    out[n] = out[n - 1];
  out[n] = *d;
}

guint
tfc_suppress_crops (const TfcDetection *found, const guint *counts, const TfcCrop *crops,
                    guint n_crops, gfloat iou_threshold, TfcCandidate *c, TfcDetection *out,
                    guint max)
{
  guint n = gather (found, counts, crops, n_crops, c), kept = 0;

  n = tfc_nms_by_class (c, n, iou_threshold, max);
  for (guint i = 0; i < n; i++) {
    if (c[i].score < 0 ? is_part_of_whole (&c[i], c, i) : holds_a_surer (&c[i], c, i))
      continue;
    insert_by_score (out, kept++, &found[c[i].index]);
  }
  return kept;
}
