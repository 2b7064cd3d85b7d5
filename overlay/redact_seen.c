/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/redact_seen.h"
#include "overlay/strokes.h"
#include <math.h>

#define MARGIN 1.1
#define FAR 1e3    /* pictures away: no detector means that */
#define SMALL 0.25 /* a mesh of less than so much of its face's box is none of that face */

static gboolean
finite_box (const TfcBox *b)
{
  return fabsf (b->x) < (gfloat)FAR && fabsf (b->y) < (gfloat)FAR && fabsf (b->w) < (gfloat)FAR &&
         fabsf (b->h) < (gfloat)FAR;
}

static gboolean
has_area (const TfcBox *b)
{
  return b->w > 0 && b->h > 0;
}

static gdouble
outwards (gdouble from_centre, gdouble grow)
{
  return MARGIN * from_centre + copysign (grow, from_centre);
}

/* The point of a mesh that lies furthest in a direction. */
static const TfcPoint *
furthest (const TfcFace *face, gfloat x, gfloat y)
{
  const TfcPoint *best = face->points;
  gfloat most = -INFINITY;
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    gfloat far = face->points[i].x * x + face->points[i].y * y;
    if (far > most) {
      most = far;
      best = &face->points[i];
    }
  }
  return best;
}

guint
tfc_privacy_outline (const TfcRedaction *redaction, gdouble p[TFC_PRIVACY_OUTLINE][2])
{
  const guint n = TFC_PRIVACY_OUTLINE;
  gdouble centre[2] = {0, 0};
  if (!redaction->face || !tfc_face_sane (redaction->face))
    return 0;
  for (guint i = 0; i < n; i++) {
    gdouble angle = 2 * G_PI * i / n;
    const TfcPoint *point = furthest (redaction->face, (gfloat)cos (angle), (gfloat)sin (angle));
    p[i][0] = point->x;
    p[i][1] = point->y;
    for (guint k = 0; k < 2; k++)
      centre[k] += p[i][k] / n;
  }
  for (guint i = 0; i < n; i++) {
    p[i][0] = centre[0] + outwards (p[i][0] - centre[0], redaction->grow_x);
    p[i][1] = centre[1] + outwards (p[i][1] - centre[1], redaction->grow_y);
  }
  return n;
}

static TfcBox
bounds (gdouble (*p)[2], guint n)
{
  gdouble low[2] = {p[0][0], p[0][1]}, high[2] = {p[0][0], p[0][1]};
  for (guint i = 1; i < n; i++)
    for (guint k = 0; k < 2; k++) {
      low[k] = MIN (low[k], p[i][k]);
      high[k] = MAX (high[k], p[i][k]);
    }
  return (TfcBox){(gfloat)low[0], (gfloat)low[1], (gfloat)(high[0] - low[0]),
                  (gfloat)(high[1] - low[1])};
}

static TfcBox
enclosing (const TfcBox *a, const TfcBox *b)
{
  gfloat x = MIN (a->x, b->x), y = MIN (a->y, b->y);
  return (TfcBox){x, y, MAX (a->x + a->w, b->x + b->w) - x, MAX (a->y + a->h, b->y + b->h) - y};
}

/* Whether a mesh that lies in bounds can be that of the face in box. */
static gboolean
belongs (const TfcBox *mesh, const TfcBox *box)
{
  gfloat x = box->x + box->w / 2, y = box->y + box->h / 2;
  return mesh->w >= (gfloat)SMALL * box->w && mesh->h >= (gfloat)SMALL * box->h && x >= mesh->x &&
         x <= mesh->x + mesh->w && y >= mesh->y && y <= mesh->y + mesh->h;
}

/* FALSE: there is no telling where the face is. */
static gboolean
see_face (const TfcFace *face, TfcPrivacySeen *seen)
{
  gdouble p[TFC_PRIVACY_OUTLINE][2];
  *seen = (TfcPrivacySeen){.redaction = {.box = face->box, .face = face},
                           .track_id = face->track_id,
                           .predicted = tfc_is_predicted (face->track_id, &face->track)};
  if (!finite_box (&face->box))
    return FALSE;
  guint n = tfc_privacy_outline (&seen->redaction, p);
  TfcBox mesh = n ? bounds (p, n) : (TfcBox){0};
  if (has_area (&mesh) && belongs (&mesh, &face->box)) {
    seen->redaction.box = mesh;
    return TRUE;
  }
  seen->redaction.face = NULL;
  if (!has_area (&face->box))
    return FALSE;
  if (has_area (&mesh)) /* one of them is wrong */
    seen->redaction.box = enclosing (&mesh, &face->box);
  return TRUE;
}

static gboolean
see_detection (const TfcDetection *d, TfcPrivacySeen *seen)
{
  *seen = (TfcPrivacySeen){.redaction = {.box = d->box},
                           .track_id = d->track_id,
                           .predicted = tfc_is_predicted (d->track_id, &d->track)};
  return finite_box (&d->box) && has_area (&d->box);
}

guint
tfc_privacy_find_seen (const TfcAnnotations *annotations, gboolean detections, TfcPrivacySeen *seen)
{
  guint n_detections = detections ? annotations->n_detections : 0, n = 0;
  if ((guint64)annotations->n_faces + n_detections > TFC_PRIVACY_REGIONS)
    return G_MAXUINT;
  for (guint i = 0; i < annotations->n_faces; i++)
    if (!see_face (annotations->faces[i], &seen[n++]))
      return G_MAXUINT;
  for (guint i = 0; i < n_detections; i++)
    if (!see_detection (&annotations->detections[i], &seen[n++]))
      return G_MAXUINT;
  return n;
}
