/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "gst/overlay/gsttfcannotations.h"
#include "gst/lib/tfc.h"
#include "models/result/skeleton.h"
#include <math.h>
#include <string.h>

G_STATIC_ASSERT (sizeof (GstTfcPoint) == sizeof (TfcPoint));
G_STATIC_ASSERT (sizeof (GstTfcKeypoint) == sizeof (TfcKeypoint));

static void
add_detection (GstTfcAnnotations *s, TfcBox box, gfloat score, const gchar *name, guint64 track_id,
               TfcTrackState track)
{
  guint n = s->plain.n_detections;
  s->known = TRUE;
  if (n == TFC_MAX_DETECTIONS) {
    s->cut = TRUE;
    return;
  }
  s->detections[n] =
      (TfcDetection){.box = box, .score = score, .track_id = track_id, .track = track};
  s->names[n] = name;
  s->plain.n_detections++;
}

static void
add_face (GstTfcAnnotations *s, const GstTfcFace *face)
{
  if (s->plain.n_faces == TFC_MAX_FACES) {
    s->cut = TRUE;
    return;
  }
  TfcFace *to = &s->faces[s->plain.n_faces];
  guint n = MIN (face->n_points, TFC_FACE_POINTS);
  to->box = (TfcBox){face->x, face->y, face->w, face->h};
  to->score = face->score;
  to->presence = face->presence;
  to->track_id = face->track_id;
  to->object_id = face->object_id;
  to->track = (TfcTrackState){face->age, face->seen, face->speed_x, face->speed_y};
  to->rotation = face->rotation;
  to->n_points = face->points ? n : 0;
  if (to->n_points)
    memcpy (to->points, face->points, n * sizeof *to->points);
  to->head.known = face->head != NULL;
  if (face->head) {
    const GstTfcHead *head = face->head;
    memcpy (to->head.matrix, head->matrix, sizeof head->matrix);
    memcpy (to->head.gaze, &head->gaze_x, sizeof to->head.gaze);
    to->head.gaze_known = head->gaze_x != 0 || head->gaze_y != 0 || head->gaze_z != 0;
  }
  s->face_list[s->plain.n_faces++] = to;
}

/* Metas of an earlier picture say which one; where they do not, it was at least the one before. */
static void
note_age (GstTfcAnnotations *s, GstBuffer *buffer, gboolean held, GstClockTime pts)
{
  GstClockTime now = GST_BUFFER_PTS (buffer), age = 0;
  if (!held)
    return;
  if (GST_CLOCK_TIME_IS_VALID (now) && GST_CLOCK_TIME_IS_VALID (pts))
    age = now > pts ? now - pts : pts - now;
  if (!age && GST_BUFFER_DURATION_IS_VALID (buffer))
    age = GST_BUFFER_DURATION (buffer);
  s->age = MAX (s->age, age ? age : 40 * GST_MSECOND);
}

static void
collect_detections (GstTfcAnnotations *s, const GstTfcResults *results)
{
  guint n;
  const GstTfcDetection *d = gst_tfc_results_get_detections (results, &n);
  for (; n--; d++)
    add_detection (s, (TfcBox){d->x, d->y, d->w, d->h}, d->score, d->label, d->track_id,
                   (TfcTrackState){d->age, d->seen, d->speed_x, d->speed_y});
  s->known = TRUE;
}

static void
collect_faces (GstTfcAnnotations *s, const GstTfcResults *results)
{
  guint n;
  const GstTfcFace *faces = gst_tfc_results_get_faces (results, &n);
  for (guint i = 0; i < n; i++)
    add_face (s, &faces[i]);
  s->known = s->own_faces = TRUE;
}

static void
add_pose (GstTfcAnnotations *s, const GstTfcPose *pose)
{
  const TfcSkeleton *skeleton = tfc_skeleton_of ((TfcPointLayout)pose->layout);
  if (!skeleton || s->plain.n_poses == TFC_MAX_POSES)
    return;
  TfcPose *to = &s->poses[s->plain.n_poses++];
  to->box = (TfcBox){pose->x, pose->y, pose->w, pose->h};
  to->score = pose->score;
  to->track_id = pose->track_id;
  to->object_id = pose->object_id;
  to->layout = (TfcPointLayout)pose->layout;
  to->handedness = (TfcHandedness)pose->handedness;
  to->handedness_score = pose->handedness_score;
  to->has_world = FALSE; /* nothing of it is drawn */
  to->n_points = pose->points && pose->n_points >= skeleton->n_points ? skeleton->n_points : 0;
  if (to->n_points)
    memcpy (to->points, pose->points, to->n_points * sizeof *to->points);
}

static void
collect_poses (GstTfcAnnotations *s, const GstTfcResults *results)
{
  guint n;
  const GstTfcPose *poses = gst_tfc_results_get_poses (results, &n);
  for (guint i = 0; i < n; i++)
    add_pose (s, &poses[i]);
  s->own_poses = TRUE;
}

static void
collect_mask (GstTfcAnnotations *s, const GstTfcResults *results)
{
  const GstTfcMask *m = gst_tfc_results_get_mask (results);
  if (!m->width || !m->height)
    return;
  s->mask = (TfcMask){m->width,     m->height, {m->x, m->y, m->w, m->h}, (TfcMaskKind)m->kind,
                      m->n_indices, m->data};
  s->plain.mask = &s->mask;
  s->plain.mask_labels = m->labels;
}

static void
collect_classes (GstTfcAnnotations *s, const GstTfcResults *results)
{
  guint n;
  const GstTfcClass *c = gst_tfc_results_get_classes (results, &n);
  for (; n-- && s->plain.n_classes < TFC_MAX_CLASSES; c++) {
    s->classes[s->plain.n_classes] = (TfcClass){c->class_id, c->score, c->object_id};
    s->class_names[s->plain.n_classes++] = c->label;
  }
}

static void
collect_zones (GstTfcAnnotations *s, const GstTfcResults *results)
{
  guint n, n_points;
  const GstTfcZone *z = gst_tfc_results_get_zones (results, &n);
  for (; n-- && s->plain.n_zones < TFC_MAX_ZONES; z++) {
    const TfcPoint *points = (const TfcPoint *)gst_tfc_zone_get_points (z, &n_points);
    s->zones[s->plain.n_zones++] =
        (TfcDrawnZone){z->name, z->is_line, n_points, points, z->count, z->count_a_b, z->count_b_a};
  }
}

/* NULL: nothing to draw. */
static void (*const collectors[]) (GstTfcAnnotations *s, const GstTfcResults *results) = {
    [GST_TFC_RESULTS_KIND_DETECTIONS] = collect_detections,
    [GST_TFC_RESULTS_KIND_FACES] = collect_faces,
    [GST_TFC_RESULTS_KIND_POSES] = collect_poses,
    [GST_TFC_RESULTS_KIND_MASK] = collect_mask,
    [GST_TFC_RESULTS_KIND_CLASSES] = collect_classes,
    [GST_TFC_RESULTS_KIND_ZONES] = collect_zones,
};

static void
collect_own (GstTfcAnnotations *s, GstBuffer *buffer)
{
  GstMeta *meta;
  gpointer state = NULL;
  while ((meta = gst_buffer_iterate_meta (buffer, &state))) {
    gboolean held;
    const GstTfcResults *results = gst_tfc_meta_get_results (meta, &held);
    if (!results)
      continue;
    const GstTfcResultsKind kind = gst_tfc_results_get_kind (results);
    if (kind >= G_N_ELEMENTS (collectors) || !collectors[kind])
      continue;
    collectors[kind](s, results);
    if (kind == GST_TFC_RESULTS_KIND_DETECTIONS || kind == GST_TFC_RESULTS_KIND_FACES)
      note_age (s, buffer, held, gst_tfc_results_get_pts (results));
  }
}

/* What other elements attached. */
static void
collect_foreign (GstTfcAnnotations *s, GstBuffer *buffer, guint width, guint height)
{
  const GstTfcCollection *c = &s->foreign;
  gst_tfc_collect (&s->foreign, buffer, width, height);
  for (guint i = 0; i < c->n; i++) {
    const GstTfcCollected *o = &c->objects[i];
    add_detection (s, o->box, o->score, o->label, o->track_id, (TfcTrackState){.seen = TRUE});
  }
  s->known |= c->known;
  s->cut |= c->cut;
}

void
gst_tfc_annotations_collect (GstTfcAnnotations *s, GstBuffer *buffer, guint width, guint height)
{
  s->plain = (TfcAnnotations){.detections = s->detections,
                              .names = s->names,
                              .faces = s->face_list,
                              .poses = s->poses,
                              .classes = s->classes,
                              .class_names = s->class_names,
                              .zones = s->zones};
  s->own_faces = s->own_poses = s->known = s->cut = FALSE;
  s->age = 0;
  collect_own (s, buffer);
  if (!s->known && !s->own_poses)
    collect_foreign (s, buffer, width, height);
}
