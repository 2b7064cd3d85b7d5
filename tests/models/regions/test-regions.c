/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Which crops a frame gets: bounded, inside their areas, the same for the same input; first what
 * moves, then what was found and lost, then tiles until all was seen. */
#include <string.h>
#include "models/detection/regions_private.h"
#include "tests/seed.h"

static const TfcBox whole = {0, 0, 1, 1};

static TfcRegionFrame
frame_of (guint regions, guint n_moving, const TfcBox *moving)
{
  return (TfcRegionFrame){.width = 1920,
                          .height = 1080,
                          .input_width = 300,
                          .input_height = 300,
                          .n_areas = 1,
                          .areas = &whole,
                          .regions = regions,
                          .n_moving = n_moving,
                          .moving = moving};
}

static gboolean
is_covered (const TfcBox *box, const TfcCrop *crops, guint n)
{
  for (guint i = 0; i < n; i++)
    if (tfc_crop_covers (&crops[i].box, box))
      return TRUE;
  return FALSE;
}

static void
see_all (TfcRegions *r)
{
  const TfcRegionFrame f = frame_of (4, 0, NULL);
  TfcCrop crops[TFC_MAX_CROPS];

  for (guint i = 0; i < 20; i++) {
    tfc_regions_plan (r, &f, crops);
    tfc_regions_learn (r, NULL, 0, FALSE);
  }
}

static void
test_order (void)
{
  const TfcBox moving = {0.2f, 0.3f, 0.01f, 0.03f};
  const TfcDetection found[] = {{.box = {0.8f, 0.2f, 0.01f, 0.03f}, .score = 0.7f, .track_id = 5}};
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  see_all (r);
  for (guint regions = 1; regions <= 3; regions++) {
    const TfcRegionFrame f = frame_of (regions, 1, &moving);
    tfc_regions_learn (r, found, 1, TRUE);
    g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, regions);
    g_assert_true (is_covered (&moving, &crops[0], 1));
    if (regions > 1)
      g_assert_true (is_covered (&found[0].box, &crops[1], 1));
  }
  tfc_regions_free (r);
}

/* One crop shows all of two that are close to each other, and is not much larger than need be. */
static void
test_together (void)
{
  const TfcBox moving[] = {{0.50f, 0.50f, 0.01f, 0.03f}, {0.53f, 0.52f, 0.01f, 0.03f}};
  const TfcRegionFrame f = frame_of (1, 2, moving);
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, 1);
  g_assert_true (is_covered (&moving[0], crops, 1) && is_covered (&moving[1], crops, 1));
  g_assert_cmpfloat (crops[0].box.w * 1920, <=, 301);
  g_assert_cmpfloat_with_epsilon (crops[0].box.w * 1920, crops[0].box.h * 1080, 1);
  tfc_regions_free (r);
}

/* What is large enough to be found in the whole frame gets no crop while that is looked at. */
static void
test_large (void)
{
  const TfcBox moving = {0.3f, 0.2f, 0.3f, 0.6f};
  TfcRegionFrame f = frame_of (1, 1, &moving);
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  see_all (r);
  f.whole = TRUE;
  g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, 2);
  g_assert_cmpmem (&crops[0].box, sizeof whole, &whole, sizeof whole);
  g_assert_false (is_covered (&moving, &crops[1], 1)); /* a tile */
  f.whole = FALSE;
  g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, 1);
  g_assert_true (is_covered (&moving, crops, 1));
  tfc_regions_free (r);
}

static void
test_sweep (void)
{
  static const TfcBox areas[] = {{0, 0, 0.5f, 1}, {0.5f, 0.25f, 0.5f, 0.75f}};
  TfcRegionFrame f = frame_of (1, 0, NULL);
  TfcRegions *r = tfc_regions_new ();
  gboolean seen[20][20] = {0};
  TfcCrop crops[TFC_MAX_CROPS];

  f.areas = areas;
  f.n_areas = 2;
  for (guint i = 0; i < 24; i++) {
    g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, 1);
    for (guint k = 0; k < 400; k++) {
      const TfcBox point = {(k % 20 + 0.5f) / 20, (k / 20 + 0.5f) / 20, 0, 0};
      seen[k / 20][k % 20] |= tfc_crop_covers (&crops[0].box, &point);
    }
  }
  for (guint k = 0; k < 400; k++)
    g_assert_cmpint (seen[k / 20][k % 20], ==, k % 20 < 10 || k / 20 >= 5);
  tfc_regions_free (r);
}

/* Nothing is gained by crops of a picture that is hardly larger than the input. */
static void
test_small_frame (void)
{
  const TfcBox moving = {0.5f, 0.5f, 0.05f, 0.05f};
  TfcRegionFrame f = frame_of (4, 1, &moving);
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  f.width = 400;
  f.height = 300;
  for (guint i = 0; i < 4; i++) { /* and so it is always looked at, due or not */
    f.whole = i % 2;
    g_assert_cmpuint (tfc_regions_plan (r, &f, crops), ==, 1);
    g_assert_cmpmem (&crops[0].box, sizeof whole, &whole, sizeof whole);
  }
  tfc_regions_free (r);
}

/* Of two parts only the large one waits until it is due. */
static void
test_small_area (void)
{
  static const TfcBox areas[] = {{0, 0, 0.5f, 1}, {0.9f, 0.9f, 0.1f, 0.1f}};
  TfcRegionFrame f = frame_of (2, 0, NULL);
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  f.areas = areas;
  f.n_areas = 2;
  for (guint i = 0; i < 8; i++) {
    const guint n = tfc_regions_plan (r, &f, crops);
    g_assert_cmpuint (n, >=, 2);
    g_assert_cmpuint (n, <=, 3);
    g_assert_cmpmem (&crops[0].box, sizeof *areas, &areas[1], sizeof *areas);
    g_assert_true (tfc_crop_covers (&areas[0], &crops[1].box));
  }
  tfc_regions_free (r);
}

/* Without tracking what was found is remembered while nobody looks there. */
static void
test_remembered (void)
{
  const TfcDetection found = {.box = {0.9f, 0.9f, 0.01f, 0.03f}, .score = 0.7f};
  const TfcRegionFrame f = frame_of (1, 0, NULL);
  TfcRegions *r = tfc_regions_new ();
  TfcCrop crops[TFC_MAX_CROPS];

  see_all (r);
  tfc_regions_learn (r, &found, 1, FALSE);
  for (guint i = 0; i < 4; i++) {
    tfc_regions_plan (r, &f, crops);
    g_assert_true (is_covered (&found.box, crops, 1));
    tfc_regions_learn (r, &found, 1, FALSE);
  }
  tfc_regions_learn (r, NULL, 0, FALSE); /* it was looked at, and was not there */
  tfc_regions_plan (r, &f, crops);
  g_assert_cmpuint (r->n_places, ==, 0);
  tfc_regions_free (r);
}

static TfcBox
random_box (GRand *rand)
{
  const gfloat w = (gfloat)g_rand_double_range (rand, 0.001, 0.6),
               h = (gfloat)g_rand_double_range (rand, 0.001, 0.6);

  return (TfcBox){(gfloat)g_rand_double_range (rand, -0.2, 1.1),
                  (gfloat)g_rand_double_range (rand, -0.2, 1.1), w, h};
}

static void
random_frame (GRand *rand, TfcRegionFrame *f, TfcBox areas[TFC_MAX_AREAS], TfcBox moving[64])
{
  *f = frame_of (g_rand_int_range (rand, 0, 2 * TFC_MAX_REGIONS), g_rand_int_range (rand, 0, 64),
                 moving);
  f->width = g_rand_int_range (rand, 1, 5000);
  f->height = g_rand_int_range (rand, 1, 5000);
  f->whole = g_rand_boolean (rand);
  f->n_areas = g_rand_int_range (rand, 1, TFC_MAX_AREAS + 1);
  f->areas = areas;
  for (guint i = 0; i < f->n_areas; i++) {
    const gfloat x = (gfloat)g_rand_double_range (rand, 0, 0.9),
                 y = (gfloat)g_rand_double_range (rand, 0, 0.9);
    areas[i] = (TfcBox){x, y, (gfloat)g_rand_double_range (rand, 0.01, 1 - x),
                        (gfloat)g_rand_double_range (rand, 0.01, 1 - y)};
  }
  for (guint i = 0; i < f->n_moving; i++)
    moving[i] = random_box (rand);
}

static void
check_bounds (const TfcRegionFrame *f, const TfcCrop *crops, guint n)
{
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, f->n_areas + MIN (f->regions, TFC_MAX_REGIONS));
  for (guint i = 0; i < n; i++) {
    const TfcBox *a = &crops[i].area, *c = &crops[i].box;
    gboolean known = FALSE;
    for (guint k = 0; k < f->n_areas; k++)
      known |= tfc_crop_covers (a, &f->areas[k]) && tfc_crop_covers (&f->areas[k], a);
    g_assert_true (known);
    g_assert_true (c->w > 0 && c->h > 0 && c->x >= a->x && c->y >= a->y);
    g_assert_true (c->x + c->w <= a->x + a->w + 1e-5f && c->y + c->h <= a->y + a->h + 1e-5f);
  }
}

static void
test_random (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcRegions *r = tfc_regions_new (), *twin = tfc_regions_new ();

  for (guint round = 0; round < 300; round++) {
    TfcDetection found[100] = {0};
    TfcBox areas[TFC_MAX_AREAS], moving[64];
    TfcCrop crops[TFC_MAX_CROPS], again[TFC_MAX_CROPS];
    const gboolean tracked = g_rand_boolean (rand);
    const guint n_found = g_rand_int_range (rand, 0, 100);
    TfcRegionFrame f;

    random_frame (rand, &f, areas, moving);
    const guint n = tfc_regions_plan (r, &f, crops);
    check_bounds (&f, crops, n);
    g_assert_cmpuint (tfc_regions_plan (twin, &f, again), ==, n);
    g_assert_cmpmem (crops, n * sizeof *crops, again, n * sizeof *again);
    for (guint i = 0; i < n_found; i++) {
      found[i].box = random_box (rand);
      found[i].track_id = tracked ? i + 1 : 0;
      found[i].track.seen = g_rand_boolean (rand);
    }
    tfc_regions_learn (r, found, n_found, tracked);
    tfc_regions_learn (twin, found, n_found, tracked);
  }
  tfc_regions_free (r);
  tfc_regions_free (twin);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/regions/order", test_order);
  g_test_add_func ("/regions/together", test_together);
  g_test_add_func ("/regions/large", test_large);
  g_test_add_func ("/regions/sweep", test_sweep);
  g_test_add_func ("/regions/small-frame", test_small_frame);
  g_test_add_func ("/regions/small-area", test_small_area);
  g_test_add_func ("/regions/remembered", test_remembered);
  g_test_add_func ("/regions/random", test_random);
  return g_test_run ();
}
