/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/tracking/motion_match.h"

#define NONE G_MAXUINT16
#define MEMBERS (TFC_MAX_MOTION_TRACKS + TFC_MOTION_FOUND)
#define UNMATCHED \
  100 /* more than all pairs of a group cost, so that as many as possible are matched */
#define IMPOSSIBLE 1e5

void
tfc_motion_match_add (TfcMotionMatch *m, guint track, guint found, gfloat cost)
{
  if (m->n < TFC_MOTION_PAIRS)
    m->pair[m->n++] = (TfcMotionPair){cost, (guint16)track, (guint16)found, NONE};
}

static guint
root (TfcMotionMatch *m, guint member)
{
  while (m->group[member] != member)
    member = m->group[member] = m->group[m->group[member]];
  return member;
}

/* Pairs that share a track or a box, also by way of others, are chained. */
static void
make_groups (TfcMotionMatch *m)
{
  for (guint i = 0; i < MEMBERS; i++) {
    m->group[i] = (guint16)i;
    m->first[i] = NONE;
  }
  for (guint i = 0; i < m->n; i++) {
    const guint a = root (m, m->pair[i].track);
    const guint b = root (m, TFC_MAX_MOTION_TRACKS + m->pair[i].found);
    m->group[MAX (a, b)] = (guint16)MIN (a, b);
  }
  for (guint i = m->n; i-- > 0;) {
    const guint group = root (m, m->pair[i].track);
    m->pair[i].next = m->first[group];
    m->first[group] = (guint16)i;
  }
}

/* Number of value in the list, which it joins if it is new. */
static guint
place (guint16 *list, guint *n, guint value)
{
  for (guint i = 0; i < *n; i++) {
    if (list[i] == value)
      return i;
  }
  if (*n < TFC_ASSIGN_MAX)
    list[*n] = (guint16)value;
  return (*n)++;
}

/* A column for each box and one for each track that stays alone. FALSE if they are too many. */
static gboolean
assign_group (TfcMotionMatch *m, guint first, guint *of_track)
{
  gdouble *cost = m->cost;
  guint16 tracks[TFC_ASSIGN_MAX], boxes[TFC_ASSIGN_MAX];
  guint n_tracks = 0, n_boxes = 0, column[TFC_ASSIGN_MAX];
  for (guint i = first; i != NONE; i = m->pair[i].next) {
    place (tracks, &n_tracks, m->pair[i].track);
    place (boxes, &n_boxes, m->pair[i].found);
    if (n_tracks + n_boxes > TFC_ASSIGN_MAX)
      return FALSE;
  }
  const guint columns = n_tracks + n_boxes;
  for (guint i = 0; i < n_tracks * columns; i++)
    cost[i] = i % columns < n_boxes ? IMPOSSIBLE : UNMATCHED;
  for (guint i = first; i != NONE; i = m->pair[i].next)
    cost[place (tracks, &n_tracks, m->pair[i].track) * columns +
         place (boxes, &n_boxes, m->pair[i].found)] = (gdouble)m->pair[i].cost;
  tfc_assign (cost, n_tracks, columns, column);
  for (guint i = 0; i < n_tracks; i++) {
    if (column[i] < n_boxes)
      of_track[tracks[i]] = boxes[column[i]];
  }
  return TRUE;
}

/* The cheapest pair left, again and again. */
static void
take_cheapest (TfcMotionMatch *m, guint first, guint *of_track)
{
  guint32 taken[MEMBERS / 32] = {0};
  for (;;) {
    guint best = NONE;
    for (guint i = first; i != NONE; i = m->pair[i].next) {
      const guint t = m->pair[i].track, f = TFC_MAX_MOTION_TRACKS + m->pair[i].found;
      if (!(taken[t / 32] >> t % 32 & 1) && !(taken[f / 32] >> f % 32 & 1) &&
          (best == NONE || m->pair[i].cost < m->pair[best].cost))
        best = i;
    }
    if (best == NONE)
      return;
    const guint t = m->pair[best].track, f = TFC_MAX_MOTION_TRACKS + m->pair[best].found;
    taken[t / 32] |= 1u << t % 32;
    taken[f / 32] |= 1u << f % 32;
    of_track[t] = m->pair[best].found;
  }
}

void
tfc_motion_match_solve (TfcMotionMatch *m, guint *of_track)
{
  make_groups (m);
  for (guint g = 0; g < TFC_MAX_MOTION_TRACKS; g++) {
    const guint first = m->first[g];
    if (first == NONE)
      continue;
    if (m->pair[first].next == NONE)
      of_track[m->pair[first].track] = m->pair[first].found;
    else if (!assign_group (m, first, of_track))
      take_cheapest (m, first, of_track);
  }
  m->n = 0;
}
