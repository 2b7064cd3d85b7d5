/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "models/face/face_pipeline.h"

#include "models/face/blazeface.h"
#include "models/clock.h"
#include "models/face/face_mesh.h"
#include "models/face/head.h"
#include "models/face/iris.h"
#include "models/tracking/track.h"
#include "models/tracking/track_times.h"

#include <math.h>
#include <string.h>

struct TfcFaceState {
  TfcTracks tracks;
  TfcTrackTimes times;
  guint since_detector; /* runs since the detector ran */
};

struct TfcFacePipeline {
  TfcBlazeface *detector;
  TfcFacemesh *mesh;
  TfcMeshModel mesh_model;
  TfcIris *iris; /* or NULL */
  guint threads;
  TfcFaceState *state, *own;
};

TfcFaceState *
tfc_face_state_new (void)
{
  TfcFaceState *state = g_new0 (TfcFaceState, 1);
  tfc_tracks_init (&state->tracks);
  return state;
}

void
tfc_face_state_free (TfcFaceState *state)
{
  g_free (state);
}

void
tfc_face_state_reset (TfcFaceState *state)
{
  tfc_tracks_clear (&state->tracks);
  state->since_detector = 0;
}

TfcFacePipeline *
tfc_face_open (const TfcFaceConfig *config, GError **error)
{
  TfcFacePipeline *c = g_new0 (TfcFacePipeline, 1);
  c->threads = config->model.pool ? tfc_pool_threads (config->model.pool) : 1;
  c->mesh_model = config->mesh;
  c->state = c->own = tfc_face_state_new ();
  c->detector = tfc_blazeface_open (config->detector, config->detector_path, &config->model, error);
  if (c->detector)
    c->mesh = tfc_facemesh_open (config->mesh, config->mesh_path, &config->model, error);
  if (c->mesh && config->iris_path && config->mesh == TFC_MESH_PLAIN)
    c->iris = tfc_iris_open (config->iris_path, &config->model, error);
  if (c->mesh && (c->iris || !config->iris_path || config->mesh != TFC_MESH_PLAIN))
    return c;
  tfc_face_close (c);
  return NULL;
}

void
tfc_face_close (TfcFacePipeline *c)
{
  if (!c)
    return;
  tfc_blazeface_close (c->detector);
  tfc_facemesh_close (c->mesh);
  tfc_iris_close (c->iris);
  tfc_face_state_free (c->own);
  g_free (c);
}

void
tfc_face_reset (TfcFacePipeline *c)
{
  tfc_face_state_reset (c->state);
}

void
tfc_face_use_state (TfcFacePipeline *c, TfcFaceState *state)
{
  c->state = state ? state : c->own;
}

gboolean
tfc_face_has_irises (const TfcFacePipeline *c)
{
  return c->iris || c->mesh_model == TFC_MESH_ATTENTION;
}

gboolean
tfc_face_warm_up (TfcFacePipeline *c, GError **error)
{
  static const guint8 black[16 * 16 * 3];
  static const TfcRegion region = {8, 8, 16, 0};
  const TfcFrame frame = tfc_frame_rgb (black, 16, 16);
  TfcDetectedFace found[TFC_MAX_FACES];
  TfcPoint points[TFC_FACE_POINTS];
  TfcFaceTimes times = {0};
  gfloat presence;
  return tfc_blazeface_run (c->detector, &frame, 1, 1, found, 1, &times, error) >= 0 &&
         tfc_facemesh_run (c->mesh, &frame, &region, points, &presence, &times, error) &&
         (!c->iris || tfc_iris_run (c->iris, tfc_facemesh_crop (c->mesh), points, &times, error));
}

guint
tfc_face_threads (const TfcFacePipeline *c)
{
  return c->threads;
}

gsize
tfc_face_bytes (const TfcFacePipeline *c)
{
  return tfc_blazeface_bytes (c->detector) + tfc_facemesh_bytes (c->mesh) +
         (c->iris ? tfc_iris_bytes (c->iris) : 0);
}

/* As the reference: one face is followed until it is lost; several are looked for again only every
 * few frames while some are missing. Not as the reference: it also looks when a face may be before
 * another. */
static gboolean
detector_due (const TfcFaceState *s, const TfcFaceOptions *o)
{
  if (tfc_tracks_want_detector (&s->tracks))
    return TRUE;
  if (s->tracks.n == 0 || o->max_faces == 1)
    return s->tracks.n == 0;
  return s->tracks.n < o->max_faces && s->since_detector >= o->max_continuous_checks;
}

static gboolean
detect (TfcFacePipeline *c, const TfcFrame *frame, const TfcFaceOptions *o, TfcFaceTimes *times,
        GError **error)
{
  TfcDetectedFace found[TFC_MAX_FACES];
  TfcRegion regions[TFC_MAX_FACES];
  gfloat scores[TFC_MAX_FACES];
  const gboolean by_eyes = c->mesh_model == TFC_MESH_ATTENTION;
  const guint more = tfc_tracks_want_detector (&c->state->tracks);
  const gint n = tfc_blazeface_run (c->detector, frame, o->score_threshold, o->iou_threshold, found,
                                    MIN (o->max_faces + more, TFC_MAX_FACES), times, error);
  for (gint i = 0; i < n; i++) {
    regions[i] = by_eyes ? tfc_region_from_eyes (&found[i]) : tfc_region_from_detection (&found[i]);
    scores[i] = found[i].score;
  }
  tfc_tracks_update (&c->state->tracks, regions, scores, MAX (n, 0), o->max_faces);
  c->state->since_detector = 0;
  return n >= 0;
}

/* A mesh that has run away is no face: its next region would be nonsense. */
static gboolean
region_is_sound (const TfcRegion *r)
{
  return isfinite (r->cx) && isfinite (r->cy) && isfinite (r->angle) && r->size >= 1 &&
         r->size < 1e6;
}

/* What one frame shows of each track. */
typedef struct {
  TfcSighting sighting[TFC_MAX_FACES];
  gdouble size[TFC_MAX_FACES]; /* of the region that was looked at */
  TfcRect rect[TFC_MAX_FACES];
} Seen;

/* In pixels of the frame still. */
static void
read_head (TfcTrack *track, TfcFace *face, guint64 pts)
{
  TfcHead *head = &face->head;
  tfc_head_from_mesh (head, face->points, face->n_points);
  if (head->known)
    tfc_blink_update (&track->blink, (head->eye_openness[0] + head->eye_openness[1]) / 2, pts);
  head->eyes_closed = head->known && track->blink.closed;
  head->blinks = track->blink.count;
}

/* Pixels of the frame to what results are made of. */
static void
to_result (const TfcTrack *track, const TfcRect *rect, const TfcFrame *frame, TfcFace *face)
{
  const gfloat sx = 1.0f / frame->width, sy = 1.0f / frame->height;
  face->box = (TfcBox){rect->x0 * sx, rect->y0 * sy, (rect->x1 - rect->x0) * sx,
                       (rect->y1 - rect->y0) * sy};
  face->score = track->score;
  face->track_id = track->id;
  face->object_id = 0;
  for (guint i = 0; i < face->n_points; i++)
    face->points[i] =
        (TfcPoint){face->points[i].x * sx, face->points[i].y * sy, face->points[i].z * sx};
  for (guint i = 0; i < 12; i++)
    face->head.matrix[i / 4][i % 4] *= sx;
}

/* Mesh and irises in the i-th track's region, in pixels of the frame. FALSE on failure. */
static gboolean
look (TfcFacePipeline *c, guint i, const TfcFrame *frame, const TfcFaceOptions *o, Seen *seen,
      TfcFace *face, TfcFaceTimes *times, GError **error)
{
  const TfcRegion region = c->state->tracks.track[i]->region;
  TfcSighting *sighting = &seen->sighting[i];
  guint n = tfc_facemesh_run (c->mesh, frame, &region, face->points, &face->presence, times, error);
  sighting->found = FALSE;
  if (!n || !(face->presence >= o->detection_confidence))
    return n > 0;
  tfc_appearance_read (&sighting->appearance, tfc_facemesh_crop (c->mesh), TFC_CROP, face->points);
  if (!o->predict_irises) {
    n = TFC_MESH_POINTS;
  } else if (c->iris) { /* the attention mesh brings its own */
    if (!tfc_iris_run (c->iris, tfc_facemesh_crop (c->mesh), face->points, times, error))
      return FALSE;
    n = TFC_FACE_POINTS;
  }
  const gint64 start = tfc_now ();
  tfc_region_points (&region, face->points, n);
  sighting->region = tfc_region_from_mesh (face->points, n, &seen->rect[i]);
  sighting->found = region_is_sound (&sighting->region);
  seen->size[i] = region.size;
  face->rotation = region.angle;
  face->n_points = n;
  times->decode += tfc_now () - start;
  return TRUE;
}

/* Puts the faces that tracks have taken in the tracks' order: faces[i] becomes what was
 * faces[from[i]]. from is used up. */
static void
arrange (TfcFace *faces, Seen *seen, guint *from, guint n)
{
  for (guint i = 0; i < n; i++) {
    const guint k = from[i];
    if (k == i)
      continue;
    const TfcFace face = faces[i];
    const TfcRect rect = seen->rect[i];
    const gdouble size = seen->size[i];
    faces[i] = faces[k];
    seen->rect[i] = seen->rect[k];
    seen->size[i] = seen->size[k];
    faces[k] = face;
    seen->rect[k] = rect;
    seen->size[k] = size;
    for (guint later = i + 1; later < n; later++) {
      if (from[later] == i)
        from[later] = k;
    }
  }
}

static void
finish (TfcFacePipeline *c, const TfcFrame *frame, guint64 pts, const TfcFaceOptions *o, Seen *seen,
        TfcFace *faces, guint n)
{
  for (guint i = 0; i < n; i++) {
    TfcTrack *track = c->state->tracks.track[i];
    if (o->smoothing) {
      tfc_one_euro (&track->smooth, faces[i].points, faces[i].n_points, seen->size[i], pts);
      tfc_region_from_mesh (faces[i].points, faces[i].n_points, &seen->rect[i]);
    }
    read_head (track, &faces[i], pts);
    to_result (track, &seen->rect[i], frame, &faces[i]);
    faces[i].track = tfc_track_times_see (&c->state->times, track->id, &faces[i].box, pts);
  }
}

gint
tfc_face_run (TfcFacePipeline *c, const TfcFrame *frame, guint64 pts, const TfcFaceOptions *options,
              TfcFace *out, TfcFaceTimes *times, GError **error)
{
  TfcTracks *tracks = &c->state->tracks;
  TfcFaceTimes unasked = {0};
  Seen seen;
  guint from[TFC_MAX_FACES];
  memset (seen.size, 0, sizeof seen.size);
  times = times ? times : &unasked;
  *times = (TfcFaceTimes){0};
  while (tracks->n > options->max_faces)
    tfc_tracks_drop (tracks, tracks->n - 1);
  if (!detector_due (c->state, options))
    c->state->since_detector++;
  else if (!detect (c, frame, options, times, error))
    return -1;
  for (guint i = 0; i < tracks->n; i++) {
    if (!look (c, i, frame, options, &seen, &out[i], times, error))
      return -1;
  }
  const gint64 start = tfc_now ();
  const guint n = tfc_tracks_observe (tracks, seen.sighting, from);
  arrange (out, &seen, from, n);
  finish (c, frame, pts, options, &seen, out, n);
  times->decode += tfc_now () - start;
  return n;
}
