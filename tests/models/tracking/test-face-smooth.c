/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Smoothing: the filter's promises on made-up points, and what it does to a face: how much a still
 * one trembles under noise and how far a moving one lags. The numbers in docs/lab/faces.md are this
 * test's (--verbose). */
#include "tests/models/face/face-golden.h"
#include "tools/common/picture.h"
#include "models/frame/sample.h"
#include "models/tracking/one_euro.h"
#include "tests/seed.h"

#define SIDE 480
#define FRAMES 40
#define FPS 30.0
#define FRAME ((guint64)(1e9 / FPS))

static guint32 seed;
static TfcFace faces[TFC_MAX_FACES];

static void
test_filter (void)
{
  TfcOneEuro *s = g_new0 (TfcOneEuro, 1);
  TfcPoint p = {10, 20, 30};
  tfc_one_euro (s, &p, 1, 100, 0);
  g_assert_true (p.x == 10 && p.y == 20 && p.z == 30); /* the first as it is */
  p.x = 11;
  tfc_one_euro (s, &p, 1, 100, FRAME);
  g_assert_true (p.x > 10 && p.x < 11); /* between */
  for (guint i = 2; i < 200; i++) {
    p = (TfcPoint){11, 20, 30};
    tfc_one_euro (s, &p, 1, 100, i * FRAME);
  }
  g_assert_cmpfloat (fabs (p.x - 11), <, 1e-4); /* and there in the end */
  p.x = 50;
  tfc_one_euro (s, &p, 1, 100, 10 * FRAME); /* back in time: anew */
  g_assert_cmpfloat (p.x, ==, 50);
  p.x = 60;
  tfc_one_euro (s, &p, 1, 100, 10 * FRAME + (guint64)2e9); /* after a pause: anew */
  g_assert_cmpfloat (p.x, ==, 60);
  p.x = 70;
  tfc_one_euro (s, &p, 1, 100, G_MAXUINT64); /* without time: as if a frame had passed */
  g_assert_true (p.x > 60 && p.x < 70);
  const gfloat there = p.x;
  tfc_one_euro (s, &p, 1, 100, G_MAXUINT64);
  g_assert_true (isfinite (p.x) && p.x == there);
  g_free (s);
}

/* The same whatever the rate: time, not frames, is what counts. */
static void
test_rates (void)
{
  gdouble at[2];
  for (guint k = 0; k < 2; k++) {
    TfcOneEuro *s = g_new0 (TfcOneEuro, 1);
    const guint64 step = k ? (guint64)1e7 : (guint64)2e7;
    TfcPoint p = {0, 0, 0};
    tfc_one_euro (s, &p, 1, 100, 0);
    for (guint64 t = step; t <= (guint64)2e8; t += step) {
      p = (TfcPoint){1, 0, 0};
      tfc_one_euro (s, &p, 1, 100, t);
    }
    at[k] = p.x;
    g_free (s);
  }
  g_assert_cmpfloat (fabs (at[0] - at[1]), <, 0.06);
}

/* A still face seen by a noisy camera: +-2 grey levels. */
static guint8 *
noisy (const TfcFrame *photo, gdouble x, gdouble y, GRand *random)
{
  const TfcTarget target = {
      .width = SIDE, .height = SIDE, .type = TFC_SAMPLE_U8, .border = TFC_BORDER_CLAMP};
  const TfcMap map = {1, 0, x, 0, 1, y};
  TfcSampler *sampler = tfc_sampler_new (&target);
  guint8 *pixels = g_malloc (SIDE * SIDE * 3);
  tfc_sampler_run (sampler, photo, &map, pixels);
  for (gsize i = 0; random && i < SIDE * SIDE * 3; i += 4) {
    const guint32 bits = g_rand_int (random);
    for (guint k = 0; k < 4; k++)
      pixels[i + k] = CLAMP (pixels[i + k] + (gint)((bits >> 8 * k & 255) % 5) - 2, 0, 255);
  }
  tfc_sampler_free (sampler);
  return pixels;
}

typedef struct {
  gdouble mesh,
      iris;    /* mean distance that points move from frame to frame, 1/1000 of the face's width */
  gdouble lag; /* mean distance behind the unfiltered points, same unit */
} Motion;

/* speed: pixels a frame that the camera moves; the noise, if any, is the same in both runs. */
static Motion
measure (TfcFacePipeline *chain, const TfcFrame *photo, gdouble speed, gboolean noise,
         gboolean smoothing, TfcPoint (*plain)[TFC_FACE_POINTS])
{
  TfcFaceOptions options = TFC_FACE_DEFAULTS;
  TfcPoint last[TFC_FACE_POINTS] = {{0}};
  GRand *random = noise ? g_rand_new_with_seed (seed) : NULL;
  Motion m = {0};
  guint n = 0;
  options.smoothing = smoothing;
  tfc_face_reset (chain);
  for (guint f = 0; f < FRAMES; f++) {
    guint8 *pixels = noisy (photo, 150 + speed * f, 0, random);
    const TfcFrame frame = tfc_frame_rgb (pixels, SIDE, SIDE);
    TfcFaceTimes times;
    GError *error = NULL;
    g_assert_cmpint (tfc_face_run (chain, &frame, f * FRAME, &options, faces, &times, &error), ==,
                     1);
    gdouble least = 1, most = 0, mesh = 0, iris = 0, lag = 0;
    for (guint i = 0; i < TFC_FACE_POINTS; i++) {
      const TfcPoint *p = &faces[0].points[i];
      *(i < TFC_MESH_POINTS ? &mesh : &iris) += hypot (p->x - last[i].x, p->y - last[i].y);
      lag += hypot (p->x - plain[f][i].x, p->y - plain[f][i].y);
      least = MIN (least, p->x);
      most = MAX (most, p->x);
    }
    if (f >= FRAMES / 3) { /* the region has come to rest */
      m.mesh += mesh / TFC_MESH_POINTS / (most - least) * 1000;
      m.iris += iris / 10 / (most - least) * 1000;
      m.lag += lag / TFC_FACE_POINTS / (most - least) * 1000;
      n++;
    }
    memcpy (last, faces[0].points, sizeof last);
    if (!smoothing)
      memcpy (plain[f], faces[0].points, sizeof last);
    g_free (pixels);
  }
  if (random)
    g_rand_free (random);
  return (Motion){m.mesh / n, m.iris / n, m.lag / n};
}

static void
test_face (void)
{
  static const gdouble speeds[] = {0.5, 2, 4};
  gchar *path = golden_path ("media/tfjs_portrait.png");
  TfcPicture photo = {0};
  GError *error = NULL;
  if (!path)
    return;
  tfc_picture_load (path, &photo, &error);
  g_assert_no_error (error);
  TfcFacePipeline *chain = face_chain ("xnnpack", TFC_DETECTOR_SHORT_RANGE, TFC_MESH_PLAIN);
  TfcPoint (*plain)[TFC_FACE_POINTS] = g_malloc0 (FRAMES * sizeof *plain);
  const Motion raw = measure (chain, &photo.frame, 0, TRUE, FALSE, plain);
  const Motion calm = measure (chain, &photo.frame, 0, TRUE, TRUE, plain);
  g_test_message (
      "still, noise +-2: mesh trembles by %.2f, smoothed %.2f (1/1000 of the width a frame); "
      "irises %.2f, %.2f (TFC_TEST_SEED=%u)",
      raw.mesh, calm.mesh, raw.iris, calm.iris, seed);
  g_assert_cmpfloat (calm.mesh, <, raw.mesh / 2);
  g_assert_cmpfloat (calm.iris, <, raw.iris / 1.5);
  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++) {
    const Motion is = measure (chain, &photo.frame, speeds[i], FALSE, FALSE, plain);
    const Motion late = measure (chain, &photo.frame, speeds[i], FALSE, TRUE, plain);
    g_test_message ("moves by %.1f of 1000 widths a frame: %.2f behind, that is %.2f frames",
                    is.mesh, late.lag, late.lag / is.mesh);
    g_assert_cmpfloat (late.lag, <, 1.5 * is.mesh);
  }
  g_free (plain);
  g_free (path);
  tfc_face_close (chain);
  tfc_picture_clear (&photo);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  seed = test_seed ();
  g_test_add_func ("/smooth/filter", test_filter);
  g_test_add_func ("/smooth/rates", test_rates);
  g_test_add_func ("/smooth/face", test_face);
  return g_test_run ();
}
