/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* A layout is all that painting needs. */
#include <string.h>

#include "overlay/overlay.h"

#define WIDTH 320
#define HEIGHT 240

typedef struct {
  TfcFace *face;
  TfcDetection *detection;
  gchar *name;
  const TfcFace *faces[1];
  const gchar *names[1];
  TfcAnnotations annotations;
} Seen;

static Seen
seen_new (void)
{
  Seen s = {g_new0 (TfcFace, 1), g_new0 (TfcDetection, 1), g_strdup ("person")};

  s.face->n_points = TFC_FACE_POINTS;
  for (guint i = 0; i < TFC_FACE_POINTS; i++)
    s.face->points[i] = (TfcPoint){0.2f + 0.3f * (gfloat)(i % 23) / 23,
                                   0.3f + 0.4f * (gfloat)(i / 23) / 21, 0.01f * (gfloat)(i % 7)};
  *s.detection = (TfcDetection){{0.1f, 0.2f, 0.5f, 0.6f}, 0.5f, 1, 0};
  return s;
}

static void
seen_free (Seen *s)
{
  memset (s->face, 0xff, sizeof *s->face);
  memset (s->detection, 0xff, sizeof *s->detection);
  memset (s->name, '?', strlen (s->name));
  g_free (s->face);
  g_free (s->detection);
  g_free (s->name);
}

static TfcLayout *
lay_out (TfcOverlay *overlay, Seen *s, gboolean mirror)
{
  TfcStyle style = tfc_style_defaults;

  s->faces[0] = s->face;
  s->names[0] = s->name;
  s->annotations = (TfcAnnotations){.n_detections = 1,
                                    .n_faces = 1,
                                    .detections = s->detection,
                                    .names = s->names,
                                    .faces = s->faces};
  style.point_cloud = TRUE;
  style.mirror = mirror;
  return tfc_overlay_lay_out (overlay, WIDTH, HEIGHT, &style, &s->annotations);
}

static guint8 *
paint (TfcLayout *layout)
{
  guint8 *data = g_malloc0 (4 * WIDTH * HEIGHT);
  const TfcPixels pixels = {.width = WIDTH,
                            .height = HEIGHT,
                            .plane = {data},
                            .stride = {4 * WIDTH},
                            .format = tfc_format_find ("BGRx")};

  tfc_layout_paint_pixels (layout, &pixels, 0, 0);
  return data;
}

/* What was annotated may be gone when it is painted, and it can be painted again. */
static void
test_keeps_all (void)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  Seen s = seen_new ();
  TfcLayout *layout = lay_out (overlay, &s, FALSE);
  g_autofree guint8 *before = paint (layout), *nothing = g_malloc0 (4 * WIDTH * HEIGHT);

  seen_free (&s);
  g_autofree guint8 *after = paint (layout);
  g_assert_cmpmem (before, 4 * WIDTH * HEIGHT, after, 4 * WIDTH * HEIGHT);
  g_assert_true (memcmp (before, nothing, 4 * WIDTH * HEIGHT) != 0);
  tfc_overlay_free (overlay);
}

/* Boxes and faces are mirrored alike: what is laid out mirrored lies where what was mirrored before
 * does. */
static void
test_mirrors_all (void)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  Seen s = seen_new ();
  TfcArea areas[16], mirrored[16];
  guint n = tfc_layout_areas (lay_out (overlay, &s, TRUE), areas, 16);

  s.detection->box.x = 1 - s.detection->box.x - s.detection->box.w;
  for (guint i = 0; i < TFC_FACE_POINTS; i++)
    s.face->points[i].x = 1 - s.face->points[i].x;
  g_assert_cmpuint (tfc_layout_areas (lay_out (overlay, &s, FALSE), mirrored, 16), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (ABS (areas[i].x - mirrored[i].x) + ABS (areas[i].w - mirrored[i].w), <=, 2);
  seen_free (&s);
  tfc_overlay_free (overlay);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/keeps-all", test_keeps_all);
  g_test_add_func ("/layout/mirrors-all", test_mirrors_all);
  return g_test_run ();
}
