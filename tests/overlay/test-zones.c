/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Zones and lines: what is drawn where in which colour, also mirrored; no numbers do harm. */
#include <math.h>
#include <string.h>

#include "overlay/overlay.h"

#define SIDE 480

static guint32 canvas[SIDE * SIDE];

/* Draws zones on black; whether all that was painted lies in the areas that were said. */
static gboolean
draw (const TfcStyle *style, const TfcDrawnZone *zones, guint n)
{
  const TfcPixels pixels = {.width = SIDE,
                            .height = SIDE,
                            .plane = {(guint8 *)canvas},
                            .stride = {4 * SIDE},
                            .format = tfc_format_find ("BGRx")};
  const TfcAnnotations annotations = {.zones = zones, .n_zones = n};
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcLayout *layout = tfc_overlay_lay_out (overlay, SIDE, SIDE, style, &annotations);
  TfcArea areas[64];
  const guint n_areas = tfc_layout_areas (layout, areas, 64);
  gboolean inside = TRUE;

  memset (canvas, 0, sizeof canvas);
  tfc_layout_paint_pixels (layout, &pixels, 0, 0);
  for (gint i = 0; i < SIDE * SIDE; i++) {
    guint in = 0;
    for (guint k = 0; k < n_areas; k++)
      in += i % SIDE >= areas[k].x && i % SIDE < areas[k].x + areas[k].w &&
            i / SIDE >= areas[k].y && i / SIDE < areas[k].y + areas[k].h;
    inside &= in || !(canvas[i] & 0xffffff);
  }
  tfc_overlay_free (overlay);
  return inside;
}

static guint32
at (gdouble x, gdouble y)
{
  return canvas[(guint)(y * SIDE) * SIDE + (guint)(x * SIDE)] & 0xffffff;
}

static guint
n_painted (void)
{
  guint n = 0;

  for (guint i = 0; i < SIDE * SIDE; i++)
    n += (canvas[i] & 0xffffff) != 0;
  return n;
}

static const TfcPoint square[] = {{0.2f, 0.5f}, {0.4f, 0.5f}, {0.4f, 0.9f}, {0.2f, 0.9f}};
static const TfcPoint up[] = {{0.7f, 0.9f}, {0.7f, 0.3f}};

static void
test_zone (void)
{
  TfcDrawnZone zone = {"porch", FALSE, 4, square};

  g_assert_true (draw (&tfc_style_defaults, &zone, 1));
  g_assert_cmphex (at (0.4, 0.7), ==, 0xffc400);
  g_assert_cmphex (at (0.3, 0.9), ==, 0xffc400);
  g_assert_cmphex (at (0.3, 0.7), ==, 0);
  zone.count = 2;
  g_assert_true (draw (&tfc_style_defaults, &zone, 1));
  g_assert_cmphex (at (0.4, 0.7), ==, 0x2ecc40);
}

/* The arrow is on side b, also in a mirror; the line itself is mirrored. */
static void
test_line (void)
{
  const TfcDrawnZone line = {"gate", TRUE, 2, up};
  TfcStyle style = tfc_style_defaults;

  g_assert_true (draw (&style, &line, 1));
  g_assert_cmphex (at (0.7, 0.4), ==, 0x00b8ff);
  g_assert_cmphex (at (0.715, 0.6), ==, 0x00b8ff);
  g_assert_cmphex (at (0.685, 0.6), ==, 0);
  style.mirror = TRUE;
  g_assert_true (draw (&style, &line, 1));
  g_assert_cmphex (at (0.3, 0.4), ==, 0x00b8ff);
  g_assert_cmphex (at (0.285, 0.6), ==, 0x00b8ff);
  g_assert_cmphex (at (0.315, 0.6), ==, 0);
}

static void
test_off (void)
{
  const TfcDrawnZone zone = {"porch", FALSE, 4, square};
  TfcStyle style = tfc_style_defaults;

  style.draw_zones = FALSE;
  draw (&style, &zone, 1);
  g_assert_cmpuint (n_painted (), ==, 0);
}

/* Another number is another picture. */
static void
test_captions (void)
{
  TfcDrawnZone zone = {"porch", FALSE, 4, square, 1};
  g_autofree guint32 *before = NULL;

  draw (&tfc_style_defaults, &zone, 1);
  before = g_memdup2 (canvas, sizeof canvas);
  zone.count = 2;
  draw (&tfc_style_defaults, &zone, 1);
  if (n_painted () > 0)
    g_assert_cmpint (memcmp (before, canvas, sizeof canvas), !=, 0);
}

static void
test_hostile (void)
{
  static const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, 0, 1, -1, 0.5f, 50};
  TfcPoint points[64];
  GRand *rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 100; round++) {
    TfcDrawnZone zone = {round % 3 ? "\xff\xfe" : NULL,
                         round % 2,
                         round % 65,
                         points,
                         G_MAXUINT,
                         G_MAXUINT64,
                         G_MAXUINT64};
    for (guint i = 0; i < 64; i++)
      points[i] = (TfcPoint){odd[g_rand_int_range (rand, round % 2 ? 0 : 4, 9)],
                             odd[g_rand_int_range (rand, round % 2 ? 0 : 4, 9)], 0};
    g_assert_true (draw (&tfc_style_defaults, &zone, 1));
  }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zones/zone", test_zone);
  g_test_add_func ("/zones/line", test_line);
  g_test_add_func ("/zones/off", test_off);
  g_test_add_func ("/zones/captions", test_captions);
  g_test_add_func ("/zones/hostile", test_hostile);
  return g_test_run ();
}
