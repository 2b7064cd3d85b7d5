/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Who is who from frame to frame: the pure step first, then faces cut out of photos that move,
 * turn, cross, leave and come back. */
#include "tests/models/face/face-golden.h"
#include "tools/common/picture.h"
#include "models/frame/sample.h"
#include "models/tracking/track.h"

#define SIDE 640

static TfcFace faces[TFC_MAX_FACES];

static TfcRegion
square (gdouble cx, gdouble cy, gdouble size)
{
  return (TfcRegion){cx, cy, size, 0};
}

static void
test_tracks (void)
{
  TfcTracks *t = g_new0 (TfcTracks, 1);
  const TfcRegion two[2] = {square (100, 100, 80), square (300, 100, 80)};
  const TfcRegion later[3] = {square (310, 102, 80), square (500, 300, 90), square (102, 99, 80)};
  const gfloat scores[3] = {0.9f, 0.8f, 0.7f};
  tfc_tracks_init (t);
  tfc_tracks_update (t, two, scores, 2, 3);
  g_assert_cmpuint (t->n, ==, 2);
  g_assert_cmpuint (t->track[0]->id, ==, 1);
  g_assert_cmpuint (t->track[1]->id, ==, 2);
  tfc_tracks_update (t, later, scores, 3, 3); /* in another order, and one is new */
  g_assert_cmpuint (t->n, ==, 3);
  g_assert_cmpfloat (t->track[0]->region.cx, ==, 100); /* held ones stay where the mesh put them */
  g_assert_cmpfloat (t->track[0]->score, ==, 0.7f);
  g_assert_cmpfloat (t->track[1]->score, ==, 0.9f);
  g_assert_cmpfloat (t->track[2]->region.cx, ==, 500);
  tfc_tracks_drop (t, 0);
  g_assert_cmpuint (t->n, ==, 2);
  g_assert_cmpuint (t->track[0]->id, ==, 2);
  tfc_tracks_update (t, two, scores, 2, 2); /* no room for the first */
  g_assert_cmpuint (t->n, ==, 2);
  tfc_tracks_update (t, two, scores, 2, 3); /* who comes back is somebody new */
  g_assert_cmpuint (t->track[2]->id, ==, 4);
  tfc_tracks_clear (t);
  tfc_tracks_update (t, two, scores, 1, 3);
  g_assert_cmpuint (t->n, ==, 1);
  g_assert_cmpuint (t->track[0]->id, ==, 5);
  g_free (t);
}

/* Two meshes on one face: the younger goes. */
static void
test_twins (void)
{
  TfcTracks *t = g_new0 (TfcTracks, 1);
  const TfcRegion two[2] = {square (100, 100, 100), square (300, 100, 100)};
  const gfloat scores[2] = {0.9f, 0.8f};
  TfcSighting seen[2] = {{TRUE, two[0]}, {TRUE, two[1]}};
  guint from[2];
  tfc_tracks_init (t);
  tfc_tracks_update (t, two, scores, 2, 3);
  g_assert_cmpuint (tfc_tracks_observe (t, seen, from), ==, 2);
  seen[1].region.cx = 120; /* IoU 80 / 120 */
  g_assert_cmpuint (tfc_tracks_observe (t, seen, from), ==, 2);
  seen[1].region.cx = 115; /* 85 / 115 */
  g_assert_cmpuint (tfc_tracks_observe (t, seen, from), ==, 1);
  g_assert_cmpuint (from[0], ==, 0);
  g_assert_cmpuint (t->track[0]->id, ==, 1);
  g_free (t);
}

static gboolean
load_photo (const gchar *name, TfcPicture *picture)
{
  gchar *file = g_strdup_printf ("media/%s.png", name), *path = golden_path (file);
  GError *error = NULL;
  g_free (file);
  if (!path)
    return FALSE;
  tfc_picture_load (path, picture, &error);
  g_assert_no_error (error);
  g_free (path);
  return TRUE;
}

/* A width x height picture of what map finds in from. */
static guint8 *
view (const TfcFrame *from, guint width, guint height, const TfcMap *map)
{
  const TfcTarget target = {
      .width = width, .height = height, .type = TFC_SAMPLE_U8, .border = TFC_BORDER_CLAMP};
  TfcSampler *sampler = tfc_sampler_new (&target);
  guint8 *pixels = g_malloc ((gsize)width * height * 3);
  tfc_sampler_run (sampler, from, map, pixels);
  tfc_sampler_free (sampler);
  return pixels;
}

static gint
run_chain (TfcFacePipeline *chain, const TfcFrame *frame, const TfcFaceOptions *options,
           TfcFaceTimes *times)
{
  GError *error = NULL;
  const gint n = tfc_face_run (chain, frame, G_MAXUINT64, options, faces, times, &error);
  g_assert_no_error (error);
  return n;
}

/* Turned about the face's middle by degrees, clockwise on the screen. */
static TfcMap
turned (gdouble cx, gdouble cy, gdouble degrees)
{
  const gdouble c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180), h = SIDE / 2;
  return (TfcMap){c, s, cx - c * h - s * h, -s, c, cy + s * h - c * h};
}

/* The head turns from one side to the other in steps of ten degrees: one track, and a mesh that is
 * the upright one turned. */
static void
test_turned (void)
{
  const TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPicture photo = {0};
  TfcPoint upright[TFC_FACE_POINTS];
  TfcFaceTimes times;
  if (!load_photo ("tfjs_portrait", &photo))
    return;
  TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  const gdouble cx = 403, cy = 224;
  guint64 id = 0;
  for (gint pass = 0; pass < 2; pass++) { /* the first only to come to rest upright */
    for (gint degrees = pass ? -90 : 0; degrees <= (pass ? 90 : 0); degrees += pass ? 10 : 1) {
      const gdouble c = cos (degrees * G_PI / 180), s = sin (degrees * G_PI / 180);
      const TfcMap map = turned (cx, cy, degrees);
      guint8 *pixels = view (&photo.frame, SIDE, SIDE, &map);
      const TfcFrame frame = tfc_frame_rgb (pixels, SIDE, SIDE);
      gdouble least = 1, most = 0, sum = 0;
      if (!pass || degrees == -90)
        tfc_face_reset (chain);
      for (guint settle = 0; settle < (!pass || degrees == -90 ? 4 : 1); settle++)
        g_assert_cmpint (run_chain (chain, &frame, &options, &times), ==, 1);
      if (!pass)
        memcpy (upright, faces[0].points, sizeof upright);
      for (guint i = 0; i < TFC_FACE_POINTS; i++) {
        const gdouble x = faces[0].points[i].x - 0.5, y = faces[0].points[i].y - 0.5;
        sum += hypot (c * x + s * y - (upright[i].x - 0.5), -s * x + c * y - (upright[i].y - 0.5));
        least = MIN (least, upright[i].x);
        most = MAX (most, upright[i].x);
      }
      sum /= TFC_FACE_POINTS * (most - least);
      g_test_message ("%d degrees: %.2f %% of the width, region turned %.1f", degrees, 100 * sum,
                      faces[0].rotation * 180 / G_PI);
      g_assert_cmpfloat (sum, <, 0.03);
      if (pass && degrees > -90)
        g_assert_cmpuint (faces[0].track_id, ==, id);
      id = faces[0].track_id;
      g_free (pixels);
    }
  }
  tfc_face_close (chain);
  tfc_picture_clear (&photo);
}

/* width x height grey, onto which faces are laid. */
typedef struct {
  guint width, height;
  guint8 *pixels;
} Canvas;

static Canvas
canvas (guint width, guint height)
{
  Canvas c = {width, height, g_malloc ((gsize)width * height * 3)};
  memset (c.pixels, 128, (gsize)width * height * 3);
  return c;
}

/* The square of side pixels around (cx, cy) of photo, scaled to size, with its middle at (x, y). */
static void
lay (Canvas *to, const TfcFrame *photo, gdouble cx, gdouble cy, gdouble side, guint size, gint x,
     gint y)
{
  const gdouble k = side / size;
  const TfcMap map = {k, 0, cx - side / 2, 0, k, cy - side / 2};
  guint8 *pixels = view (photo, size, size, &map);
  for (gint v = 0; v < (gint)size; v++) {
    for (gint u = 0; u < (gint)size; u++) {
      const gint tx = x - (gint)size / 2 + u, ty = y - (gint)size / 2 + v;
      if (tx >= 0 && ty >= 0 && tx < (gint)to->width && ty < (gint)to->height)
        memcpy (to->pixels + 3 * ((gsize)ty * to->width + tx), pixels + 3 * ((gsize)v * size + u),
                3);
    }
  }
  g_free (pixels);
}

/* One goes left to right, the other, lower by half a region, right to left. */
static void
test_crossing (void)
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPicture photo = {0};
  if (!load_photo ("tfjs_portrait", &photo))
    return;
  TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  guint64 upper = 0, lower = 0;
  options.max_faces = 4;
  for (gint i = 0; i <= 30; i++) {
    Canvas c = canvas (SIDE, SIDE);
    TfcFaceTimes times;
    lay (&c, &photo.frame, 403, 224, 320, 180, 130 + i * 12, 230);
    lay (&c, &photo.frame, 403, 224, 320, 180, 510 - i * 12, 410);
    const TfcFrame frame = tfc_frame_rgb (c.pixels, c.width, c.height);
    g_assert_cmpint (run_chain (chain, &frame, &options, &times), ==, 2);
    const guint top = faces[0].points[1].y < faces[1].points[1].y ? 0 : 1;
    g_assert_true (i == 0 || faces[top].track_id == upper);
    g_assert_true (i == 0 || faces[!top].track_id == lower);
    g_assert_cmpfloat (fabs (faces[top].points[1].x * SIDE - (130 + i * 12)), <, 20);
    upper = faces[top].track_id;
    lower = faces[!top].track_id;
    g_free (c.pixels);
  }
  g_assert_cmpuint (upper, !=, lower);
  tfc_face_close (chain);
  tfc_picture_clear (&photo);
}

/* Out at the right edge and back in: half a face may be followed, an empty picture has none, and
 * who comes back has a new id. */
static void
test_leaves (void)
{
  const TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPicture photo = {0};
  guint64 first = 0, second = 0;
  if (!load_photo ("tfjs_portrait", &photo))
    return;
  TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  for (gint i = 0; i <= 60; i++) {
    const gint x = 320 + 20 * MIN (i, 60 - i);
    Canvas c = canvas (SIDE, SIDE);
    TfcFaceTimes times;
    lay (&c, &photo.frame, 403, 224, 320, 240, x, 300);
    const TfcFrame frame = tfc_frame_rgb (c.pixels, c.width, c.height);
    const gint n = run_chain (chain, &frame, &options, &times);
    if (x <= 520)
      g_assert_cmpint (n, ==, 1);
    if (x >= 780)
      g_assert_cmpint (n, ==, 0);
    if (i == 0)
      first = faces[0].track_id;
    else if (i == 10)
      g_assert_cmpuint (faces[0].track_id, ==, first);
    else if (i == 60)
      second = faces[0].track_id;
    g_free (c.pixels);
  }
  g_assert_cmpuint (second, >, first);
  tfc_face_close (chain);
  tfc_picture_clear (&photo);
}

/* Fewer may be followed: the youngest go; a state outlives the networks that it was used with. */
static void
test_state (void)
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPicture photo = {0};
  TfcFaceTimes times;
  guint64 ids[TFC_MAX_FACES];
  if (!load_photo ("montage6", &photo))
    return;
  TfcFaceState *state = tfc_face_state_new ();
  TfcFacePipeline *chain = face_chain (NULL, TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  tfc_face_use_state (chain, state);
  options.max_faces = 10;
  const gint n = run_chain (chain, &photo.frame, &options, &times);
  g_assert_cmpint (n, ==, 6);
  for (gint i = 0; i < n; i++)
    ids[i] = faces[i].track_id;
  tfc_face_close (chain);
  chain = face_chain ("reference", TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  tfc_face_use_state (chain, state);
  options.max_faces = 2;
  options.predict_irises = FALSE;
  g_assert_cmpint (run_chain (chain, &photo.frame, &options, &times), ==, 2);
  g_assert_false (times.detector_ran);
  for (gint i = 0; i < 2; i++) {
    g_assert_cmpuint (faces[i].track_id, ==, ids[i]);
    g_assert_cmpuint (faces[i].n_points, ==, TFC_MESH_POINTS);
  }
  tfc_face_close (chain);
  tfc_face_state_free (state);
  tfc_picture_clear (&photo);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face-track/tracks", test_tracks);
  g_test_add_func ("/face-track/twins", test_twins);
  g_test_add_func ("/face-track/turned", test_turned);
  g_test_add_func ("/face-track/crossing", test_crossing);
  g_test_add_func ("/face-track/leaves", test_leaves);
  g_test_add_func ("/face-track/state", test_state);
  return g_test_run ();
}
