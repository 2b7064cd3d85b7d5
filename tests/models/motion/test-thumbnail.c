/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Thumbnails of random frames in every format, of odd sizes and upside down, against plain
 * arithmetic; bytes that are no pixels are not read. */
#include <math.h>
#include <string.h>
#include "models/motion/thumbnail.h"
#include "tests/models/frame/sample-check.h"
#include "tests/seed.h"

/* The sample of luma (RGB: green) at a pixel, as if it had 8 bits. */
static gdouble
light_at (const TfcFrame *f, gint x, gint y)
{
  const TfcComponent *c = &f->format->component[f->format->kind == TFC_PIXELS_RGB];
  const guint8 *p = f->plane[c->plane] +
                    (gssize)CLAMP (y, 0, (gint)f->height - 1) * f->stride[c->plane] +
                    (gssize)CLAMP (x, 0, (gint)f->width - 1) * c->step + c->offset;

  if (f->format->bits == 8)
    return p[0];
  const guint word = f->format->big_endian ? p[0] << 8 | p[1] : p[1] << 8 | p[0];
  const guint mask = (1u << f->format->bits) - 1;
  return (word >> f->format->shift & mask) * 255. / mask;
}

static gdouble
blend_at (const TfcFrame *f, gdouble x, gdouble y)
{
  const gint left = (gint)floor (x), top = (gint)floor (y);
  const gdouble u = x - left, v = y - top;

  return (light_at (f, left, top) * (1 - u) + light_at (f, left + 1, top) * u) * (1 - v) +
         (light_at (f, left, top + 1) * (1 - u) + light_at (f, left + 1, top + 1) * u) * v;
}

static void
check (const TfcFrame *f, TfcThumbnail *thumbnail)
{
  g_autofree guint8 *cells = g_malloc (TFC_THUMBNAIL_CELLS);
  guint width, height;

  tfc_thumbnail_size (f->width, f->height, &width, &height);
  tfc_thumbnail_take (thumbnail, f, cells);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      const gdouble expected =
          blend_at (f, (x + 0.5) * f->width / width - 0.5, (y + 0.5) * f->height / height - 0.5);
      g_assert_cmpfloat (fabs (cells[y * width + x] - expected), <, 0.8);
    }
}

static void
test_formats (void)
{
  static const guint sizes[][2] = {{1, 1}, {2, 3}, {33, 21}, {161, 103}, {103, 260}, {640, 7}};
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcThumbnail *thumbnail = tfc_thumbnail_new ();
  const TfcFormat *format;

  for (guint k = 0; (format = tfc_format_nth (k)); k++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      Guarded g;
      guarded_init (&g, rand, format, sizes[i][0], sizes[i][1]);
      check (&g.frame, thumbnail);
      guarded_finish (&g);
    }
  tfc_thumbnail_free (thumbnail);
  g_rand_free (rand);
}

/* As a picture from some cameras and from OpenGL is. */
static void
test_upside_down (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcThumbnail *thumbnail = tfc_thumbnail_new ();
  Guarded g;

  guarded_init (&g, rand, tfc_format_find ("GRAY8"), 211, 117);
  g.frame.plane[0] += (gssize)(g.frame.height - 1) * g.frame.stride[0];
  g.frame.stride[0] = -g.frame.stride[0];
  check (&g.frame, thumbnail);
  guarded_finish (&g);
  tfc_thumbnail_free (thumbnail);
  g_rand_free (rand);
}

static void
test_sizes (void)
{
  static const guint rows[][4] = {{1920, 1080, 178, 100}, {1080, 1920, 100, 178},
                                  {640, 360, 178, 100},   {1, 1, 1, 1},
                                  {64, 48, 64, 48},       {48, 64, 48, 64},
                                  {4194303, 2, 256, 2},   {100000, 100, 256, 100}};
  guint width, height;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    tfc_thumbnail_size (rows[i][0], rows[i][1], &width, &height);
    g_assert_cmpuint (width, ==, rows[i][2]);
    g_assert_cmpuint (height, ==, rows[i][3]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thumbnail/formats", test_formats);
  g_test_add_func ("/thumbnail/upside-down", test_upside_down);
  g_test_add_func ("/thumbnail/sizes", test_sizes);
  return g_test_run ();
}
