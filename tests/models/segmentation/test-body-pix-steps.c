/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The decoders of BodyPix and PoseNet on made-up maps: people where they were put, and any numbers
 * at all. */
#include <math.h>
#include <string.h>
#include "models/segmentation/body_pix_private.h"
#include "tests/seed.h"

#define ROWS 17
#define COLUMNS 21
#define CELLS (ROWS * COLUMNS)
#define STRIDE 16

static gfloat heatmaps[CELLS * 17], offsets[CELLS * 34], long_offsets[CELLS * 34],
    forward[CELLS * 32], backward[CELLS * 32], part_heatmaps[CELLS * 24];

static TfcPosenetMaps
maps (void)
{
  return (TfcPosenetMaps){heatmaps, offsets, forward, backward};
}

static void
clear (void)
{
  for (guint i = 0; i < CELLS * 17; i++)
    heatmaps[i] = -9;
  memset (offsets, 0, sizeof offsets);
  memset (long_offsets, 0, sizeof long_offsets);
  memset (forward, 0, sizeof forward);
  memset (backward, 0, sizeof backward);
  memset (part_heatmaps, 0, sizeof part_heatmaps);
}

/* A nose and a left eye to its right, which the nose's cell leads to. */
static void
put (guint row, guint column)
{
  const guint cell = row * COLUMNS + column, eye = cell + 1;

  heatmaps[cell * 17] = 4;
  heatmaps[eye * 17 + 1] = 3;
  forward[cell * 32 + 16] = STRIDE;
  backward[eye * 32 + 16] = -STRIDE;
  offsets[cell * 34 + 17] = 2; /* x of the nose */
  offsets[cell * 34] = -3;     /* y */
}

static void
test_two (void)
{
  const TfcPosenetOptions options = {5, 0.5f, 20};
  TfcPosenetDecoder *d = tfc_posenet_decoder_new (ROWS, COLUMNS, STRIDE);
  const TfcPosenetMaps m = maps ();
  TfcPosenetPose poses[5];

  clear ();
  put (3, 4);
  put (10, 12);
  g_assert_cmpuint (tfc_posenet_decode (d, &m, &options, poses), ==, 2);
  g_assert_cmpfloat (poses[0].points[0].x, ==, 4 * STRIDE + 2);
  g_assert_cmpfloat (poses[0].points[0].y, ==, 3 * STRIDE - 3);
  g_assert_cmpfloat (poses[0].points[1].x, ==, 5 * STRIDE);
  g_assert_cmpfloat (poses[1].points[0].x, ==, 12 * STRIDE + 2);
  g_assert_cmpfloat_with_epsilon (poses[0].point_scores[0], 0.982014f, 1e-5f);
  g_assert_cmpfloat_with_epsilon (poses[0].point_scores[1], 0.952574f, 1e-5f);
  tfc_posenet_decoder_free (d);
}

static gfloat
any_number (GRand *random)
{
  static const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 0};

  return g_rand_int_range (random, 0, 8) ? (gfloat)g_rand_double_range (random, -400, 400)
                                         : odd[g_rand_int_range (random, 0, G_N_ELEMENTS (odd))];
}

static void
fill (GRand *random, gfloat *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = any_number (random);
}

/* No more poses than asked for; points of maps that are all alike are one candidate a cell. */
static void
test_hostile_poses (void)
{
  const TfcPosenetOptions options = {10, 0.4f, 20};
  GRand *random = g_rand_new_with_seed (test_seed ());
  TfcPosenetDecoder *d = tfc_posenet_decoder_new (ROWS, COLUMNS, STRIDE);
  const TfcPosenetMaps m = maps ();
  TfcPosenetPose poses[10];

  for (guint round = 0; round < 20; round++) {
    fill (random, heatmaps, G_N_ELEMENTS (heatmaps));
    fill (random, offsets, G_N_ELEMENTS (offsets));
    fill (random, forward, G_N_ELEMENTS (forward));
    fill (random, backward, G_N_ELEMENTS (backward));
    if (round % 4 == 0)
      for (guint i = 0; i < CELLS * 17; i++)
        heatmaps[i] = 5;
    g_assert_cmpuint (tfc_posenet_decode (d, &m, &options, poses), <=, 10);
  }
  tfc_posenet_decoder_free (d);
  g_rand_free (random);
}

/* As after a run, without a network. */
static TfcBodyPix
made_up (void)
{
  TfcBodyPix b = {
      .stride = STRIDE,
      .prepared = {600, 500, TFC_RESOLUTION_MEDIUM},
      .columns = COLUMNS,
      .rows = ROWS,
      .left = 12,
      .padded_width = 624,
      .padded_height = 500,
      .part_row_y = {-1, -1},
      .grid = {(COLUMNS - 1) * STRIDE + 1, (ROWS - 1) * STRIDE + 1, 1.95, -12, 1.95, 0}};

  b.maps[SHORT_OFFSETS] = offsets;
  b.maps[PART_HEATMAPS] = part_heatmaps;
  b.maps[LONG_OFFSETS] = long_offsets;
  b.maps[HEATMAPS] = heatmaps;
  b.maps[FORWARD] = forward;
  b.maps[BACKWARD] = backward;
  b.decoder = tfc_posenet_decoder_new (ROWS, COLUMNS, STRIDE);
  for (guint i = 0; i < 2; i++)
    b.part_row[i] = g_new (gfloat, (gsize)b.grid.width * TFC_BODY_PIX_PARTS);
  return b;
}

static void
discard (TfcBodyPix *b)
{
  tfc_posenet_decoder_free (b->decoder);
  g_free (b->part_row[0]);
  g_free (b->part_row[1]);
}

/* A part a column of cells; between two, the nearer one. */
static void
test_parts (void)
{
  TfcBodyPix b = made_up ();
  const gsize n = (gsize)b.grid.width * b.grid.height;
  guint8 *mask = g_malloc (n);

  clear ();
  for (guint i = 0; i < CELLS; i++)
    part_heatmaps[i * 24 + i % COLUMNS] = 4;
  memset (mask, 255, n);
  memset (mask + 3 * b.grid.width, 0, b.grid.width); /* nobody */
  tfc_body_pix_parts (&b, &b.grid, mask);
  for (guint x = 0; x < b.grid.width; x++) {
    g_assert_cmpuint (mask[3 * b.grid.width + x], ==, 0);
    g_assert_cmpuint (mask[x], ==, 1 + (x + STRIDE / 2 - (x % STRIDE == STRIDE / 2)) / STRIDE);
  }
  g_free (mask);
  discard (&b);
}

/* Two people, whose pixels' long offsets lead to the noses of either. */
static void
test_people (void)
{
  TfcBodyPix b = made_up ();
  const TfcMaskGrid to = {600, 500, 1, 0, 1, 0};
  guint8 *mask = g_malloc (600 * 500);

  clear ();
  for (guint k = 0; k < 17; k++) /* enough points for two whole poses */
    for (guint i = 0; i < 2; i++)
      heatmaps[(8 * COLUMNS + (i ? 15 : 5)) * 17 + k] = i ? 3 : 4;
  memset (mask, 255, 600 * 500);
  g_assert_cmpuint (tfc_body_pix_people (&b, &to, mask), ==, 2);
  g_assert_cmpuint (mask[250 * 600 + 40], ==, 1);
  g_assert_cmpuint (mask[250 * 600 + 560], ==, 2);
  memset (mask, 0, 600 * 500);
  mask[0] = 255;
  tfc_body_pix_people (&b, &to, mask);
  g_assert_cmpuint (mask[0], ==, 1);
  g_assert_cmpuint (mask[1], ==, 0);
  g_free (mask);
  discard (&b);
}

/* Values stay within what there is. */
static void
test_hostile_masks (void)
{
  GRand *random = g_rand_new_with_seed (test_seed ());
  TfcBodyPix b = made_up ();
  const TfcMaskGrid to = {90, 70, 600 / 90.0, -5, 500 / 70.0, 400};
  guint8 mask[90 * 70];

  for (guint round = 0; round < 10; round++) {
    fill (random, part_heatmaps, G_N_ELEMENTS (part_heatmaps));
    fill (random, heatmaps, G_N_ELEMENTS (heatmaps));
    fill (random, offsets, G_N_ELEMENTS (offsets));
    fill (random, long_offsets, G_N_ELEMENTS (long_offsets));
    fill (random, forward, G_N_ELEMENTS (forward));
    fill (random, backward, G_N_ELEMENTS (backward));
    memset (mask, 255, sizeof mask);
    tfc_body_pix_parts (&b, &to, mask);
    for (guint i = 0; i < sizeof mask; i++)
      g_assert_true (mask[i] >= 1 && mask[i] <= TFC_BODY_PIX_PARTS);
    memset (mask, 255, sizeof mask);
    const guint n = tfc_body_pix_people (&b, &to, mask);
    g_assert_cmpuint (n, <=, TFC_BODY_PIX_MAX_PEOPLE);
    for (guint i = 0; i < sizeof mask; i++)
      g_assert_cmpuint (mask[i], <=, n);
  }
  discard (&b);
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body-pix/two", test_two);
  g_test_add_func ("/body-pix/hostile-poses", test_hostile_poses);
  g_test_add_func ("/body-pix/parts", test_parts);
  g_test_add_func ("/body-pix/people", test_people);
  g_test_add_func ("/body-pix/hostile-masks", test_hostile_masks);
  return g_test_run ();
}
