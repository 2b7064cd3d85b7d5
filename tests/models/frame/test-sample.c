/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The sampler on random frames, at edges and with wild maps, in every format. */
#include <math.h>
#include <string.h>
#include "models/frame/sample_geometry.h"
#include "tests/models/frame/sample-check.h"

/* Turned crops over every edge and corner, on every instruction set. */
static void
test_edges (gconstpointer data)
{
  static const guint sizes[][2] = {{2, 2}, {3, 3}, {5, 4}, {66, 35}, {131, 67}};
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);
  gfloat pixels[MAX_TARGET * 20 * 3];

  g_test_message ("seed %u", seed);
  for (guint k = 0; tfc_sample_kernel_nth (k); k++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes) * 9; i++) {
      const TfcTarget target = random_target (rand);
      TfcSampler *sampler = tfc_sampler_new_on (&target, tfc_sample_kernel_nth (k));
      Guarded g;
      guarded_init (&g, rand, data, sizes[i / 9][0], sizes[i / 9][1]);
      const TfcMap map = edge_map (rand, &g.frame, &target, i % 9);
      tfc_sampler_run (sampler, &g.frame, &map, pixels);
      compare (&g.frame, &target, &map, pixels);
      guarded_finish (&g);
      tfc_sampler_free (sampler);
    }
  g_rand_free (rand);
}

static void
test_random (gconstpointer data)
{
  static const guint sizes[][2] = {{1, 1}, {2, 1}, {1, 2}, {3, 5}, {2, 2}, {641, 427}, {64, 48}};
  const TfcFormat *format = data;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 12; round++) {
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      check_one (rand, format, sizes[i][0], sizes[i][1]);
    check_one (rand, format, g_rand_int_range (rand, 1, 90), g_rand_int_range (rand, 1, 90));
  }
  g_rand_free (rand);
}

/* Not finite or huge: any pixel of the frame or black, but no fault and no garbage. */
static void
test_wild_maps (void)
{
  const gdouble wild[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e30, -1e10, 4e9, 0.};
  const TfcFormat *format;
  const guint32 seed = g_test_rand_int ();
  GRand *rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint k = 0; (format = tfc_format_nth (k)); k++)
    for (guint round = 0; round < 40; round++) {
      gfloat pixels[19 * 3 * 3];
      TfcTarget target = random_target (rand);
      TfcMap map;
      Guarded g;

      target.width = 19, target.height = 3, target.type = TFC_SAMPLE_F32;
      target.scale = 1., target.offset = 0.;
      TfcSampler *sampler = tfc_sampler_new (&target);
      gdouble *m[] = {&map.xx, &map.xy, &map.x0, &map.yx, &map.yy, &map.y0};
      for (guint i = 0; i < 6; i++)
        *m[i] = wild[g_rand_int_range (rand, 0, G_N_ELEMENTS (wild))];
      guarded_init (&g, rand, format, g_rand_int_range (rand, 1, 40), 11);
      tfc_sampler_run (sampler, &g.frame, &map, pixels);
      for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
        g_assert_true (pixels[i] >= 0. && pixels[i] <= 255.);
      guarded_finish (&g);
      tfc_sampler_free (sampler);
    }
  g_rand_free (rand);
}

/* White, black and the primaries by hand: limited BT.709 as published. */
static void
test_known_colours (void)
{
  static const struct {
    guint8 yuv[3], rgb[3];
  } rows[] = {
      {{235, 128, 128}, {255, 255, 255}}, {{16, 128, 128}, {0, 0, 0}},
      {{63, 102, 240}, {255, 0, 0}},      {{173, 42, 26}, {0, 255, 0}},
      {{32, 240, 118}, {0, 0, 255}},      {{255, 128, 128}, {255, 255, 255}},
  };
  const TfcTarget target = {.width = 1, .height = 1, .type = TFC_SAMPLE_U8};
  TfcSampler *sampler = tfc_sampler_new (&target);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *yuv = rows[i].yuv;
    const TfcFrame frame = {.width = 1,
                            .height = 1,
                            .plane = {yuv, yuv + 1, yuv + 2},
                            .stride = {1, 1, 1},
                            .format = tfc_format_find ("I420"),
                            .matrix = TFC_MATRIX_BT709};
    const TfcMap map = tfc_map_stretch (&frame, 1, 1, FALSE);
    guint8 rgb[3];
    tfc_sampler_run (sampler, &frame, &map, rgb);
    for (guint c = 0; c < 3; c++)
      g_assert_cmpint (ABS (rgb[c] - rows[i].rgb[c]), <=, 1);
  }
  tfc_sampler_free (sampler);
}

int
main (int argc, char **argv)
{
  const TfcFormat *format;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    g_autofree gchar *path = g_strconcat ("/sample/random/", format->name, NULL);
    g_autofree gchar *edges = g_strconcat ("/sample/edges/", format->name, NULL);
    g_test_add_data_func (path, format, test_random);
    g_test_add_data_func (edges, format, test_edges);
  }
  g_test_add_func ("/sample/wild-maps", test_wild_maps);
  g_test_add_func ("/sample/known-colours", test_known_colours);
  return g_test_run ();
}
