/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "face.h"

#include "blazeface.h"
#include "clock.h"
#include "facemesh.h"
#include "iris.h"
#include "track.h"

#include <math.h>

struct TfcFaceState {
  TfcTracks tracks;
  guint since_detector; /* runs since the detector ran */
};

struct TfcFaceChain {
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

TfcFaceChain *
tfc_face_open (const TfcFaceConfig *config, GError **error)
{
  TfcFaceChain *c = g_new0 (TfcFaceChain, 1);
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
tfc_face_close (TfcFaceChain *c)
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
tfc_face_reset (TfcFaceChain *c)
{
  tfc_face_state_reset (c->state);
}

void
tfc_face_use_state (TfcFaceChain *c, TfcFaceState *state)
{
  c->state = state ? state : c->own;
}

gboolean
tfc_face_has_irises (const TfcFaceChain *c)
{
  return c->iris || c->mesh_model == TFC_MESH_ATTENTION;
}

gboolean
tfc_face_warm_up (TfcFaceChain *c, GError **error)
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
tfc_face_threads (const TfcFaceChain *c)
{
  return c->threads;
}

gsize
tfc_face_bytes (const TfcFaceChain *c)
{
  return tfc_blazeface_bytes (c->detector) + tfc_facemesh_bytes (c->mesh) +
         (c->iris ? tfc_iris_bytes (c->iris) : 0);
}

/* As the reference: one face is followed until it is lost; several are looked for again only every
 * few frames while some are missing. */
static gboolean
detector_due (const TfcFaceState *s, const TfcFaceOptions *o)
{
  if (s->tracks.n == 0 || o->max_faces == 1)
    return s->tracks.n == 0;
  return s->tracks.n < o->max_faces && s->since_detector >= o->max_continuous_checks;
}

static gboolean
detect (TfcFaceChain *c, const TfcFrame *frame, const TfcFaceOptions *o, TfcFaceTimes *times,
        GError **error)
{
  TfcDetectedFace found[TFC_MAX_FACES];
  TfcRegion regions[TFC_MAX_FACES];
  gfloat scores[TFC_MAX_FACES];
  const gboolean by_eyes = c->mesh_model == TFC_MESH_ATTENTION;
  const gint n = tfc_blazeface_run (c->detector, frame, o->score_threshold, o->iou_threshold, found,
                                    o->max_faces, times, error);
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

/* Pixels of the frame to what results are made of. */
static void
report (const TfcTrack *track, const TfcRect *rect, gfloat presence, gdouble angle, guint n,
        const TfcFrame *frame, TfcFace *face)
{
  const gfloat sx = 1.0f / frame->width, sy = 1.0f / frame->height;
  face->box = (TfcBox){rect->x0 * sx, rect->y0 * sy, (rect->x1 - rect->x0) * sx,
                       (rect->y1 - rect->y0) * sy};
  face->score = track->score;
  face->presence = presence;
  face->track_id = track->id;
  face->rotation = angle;
  face->n_points = n;
  for (guint i = 0; i < n; i++)
    face->points[i] =
        (TfcPoint){face->points[i].x * sx, face->points[i].y * sy, face->points[i].z * sx};
}

/* Mesh and irises of one track: 1 and the face filled, 0 if it is lost, -1 on failure. */
static gint
follow (TfcFaceChain *c, TfcTrack *track, const TfcFrame *frame, guint64 pts,
        const TfcFaceOptions *o, TfcFace *face, TfcFaceTimes *times, GError **error)
{
  const TfcRegion seen = track->region;
  gfloat presence;
  TfcRect rect;
  guint n = tfc_facemesh_run (c->mesh, frame, &seen, face->points, &presence, times, error);
  if (!n)
    return -1;
  if (!(presence >= o->detection_confidence))
    return 0;
  if (!o->predict_irises) {
    n = TFC_MESH_POINTS;
  } else if (c->iris) { /* the attention mesh brings its own */
    if (!tfc_iris_run (c->iris, tfc_facemesh_crop (c->mesh), face->points, times, error))
      return -1;
    n = TFC_FACE_POINTS;
  }
  const gint64 start = tfc_now ();
  tfc_region_points (&seen, face->points, n);
  track->region = tfc_region_from_mesh (face->points, n, &rect);
  if (!region_is_sound (&track->region))
    return 0;
  if (o->smoothing) {
    tfc_smooth (&track->smooth, face->points, n, seen.size, pts);
    tfc_region_from_mesh (face->points, n, &rect);
  }
  report (track, &rect, presence, seen.angle, n, frame, face);
  times->decode += tfc_now () - start;
  return 1;
}

gint
tfc_face_run (TfcFaceChain *c, const TfcFrame *frame, guint64 pts, const TfcFaceOptions *options,
              TfcFace *out, TfcFaceTimes *times, GError **error)
{
  TfcTracks *tracks = &c->state->tracks;
  TfcFaceTimes unasked = {0};
  guint n = 0;
  times = times ? times : &unasked;
  *times = (TfcFaceTimes){0};
  while (tracks->n > options->max_faces)
    tfc_tracks_drop (tracks, tracks->n - 1);
  if (!detector_due (c->state, options))
    c->state->since_detector++;
  else if (!detect (c, frame, options, times, error))
    return -1;
  for (guint i = 0; i < tracks->n;) {
    const gint found = follow (c, tracks->track[i], frame, pts, options, &out[n], times, error);
    if (found < 0)
      return -1;
    if (found && !tfc_tracks_is_twin (tracks, i)) {
      n++;
      i++;
    } else {
      tfc_tracks_drop (tracks, i);
    }
  }
  return n;
}
