/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>
#include "anchors.h"

static void
near (gfloat a, gdouble b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-6);
}

static void
check (const TfcAnchor *a, gdouble cy, gdouble cx, gdouble h, gdouble w)
{
  near (a->cy, cy);
  near (a->cx, cx);
  near (a->h, h);
  near (a->w, w);
}

/* Anchors picked by hand: the first cells and the last one. */
static void
test_known (void)
{
  static TfcAnchor a[TFC_SSD_ANCHORS];
  guint map1 = 19 * 19 * 3, map5 = TFC_SSD_ANCHORS - 6;

  tfc_anchors_ssd (a);
  check (&a[0], 0.5 / 19, 0.5 / 19, 0.1, 0.1);
  check (&a[1], 0.5 / 19, 0.5 / 19, 0.2 / sqrt (2), 0.2 * sqrt (2));
  check (&a[2], 0.5 / 19, 0.5 / 19, 0.2 * sqrt (2), 0.2 / sqrt (2));
  check (&a[3], 0.5 / 19, 1.5 / 19, 0.1, 0.1);
  check (&a[19 * 3], 1.5 / 19, 0.5 / 19, 0.1, 0.1);
  check (&a[map1], 0.05, 0.05, 0.35, 0.35);
  check (&a[map1 + 3], 0.05, 0.05, 0.35 / sqrt (3), 0.35 * sqrt (3));
  check (&a[map1 + 5], 0.05, 0.05, sqrt (0.35 * 0.5), sqrt (0.35 * 0.5));
  check (&a[map5], 0.5, 0.5, 0.95, 0.95);
  check (&a[map5 + 5], 0.5, 0.5, sqrt (0.95), sqrt (0.95));
}

/* Each map tiles the picture evenly: centres inside, and their mean in the middle. */
static void
test_tiling (void)
{
  static TfcAnchor a[TFC_SSD_ANCHORS];
  gdouble y = 0, x = 0;

  tfc_anchors_ssd (a);
  for (guint i = 0; i < TFC_SSD_ANCHORS; i++) {
    g_assert_true (a[i].cy > 0 && a[i].cy < 1 && a[i].cx > 0 && a[i].cx < 1);
    g_assert_true (a[i].h > 0.05 && a[i].h < 2 && a[i].w > 0.05 && a[i].w < 2);
    y += a[i].cy;
    x += a[i].cx;
  }
  near (y / TFC_SSD_ANCHORS, 0.5);
  near (x / TFC_SSD_ANCHORS, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/anchors/known", test_known);
  g_test_add_func ("/anchors/tiling", test_tiling);
  return g_test_run ();
}
