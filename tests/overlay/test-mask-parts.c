/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Parts of a body in colours: no colour beyond them, and a legend of those that are seen. */
#include <string.h>
#include "overlay/mask_effect.h"

#define W 160
#define H 120

/* Parts 2 and 5 in the middle of nobody. */
static const guint8 values[6 * 8] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                     0, 0, 0, 2, 5, 0, 0, 0, 0, 0, 0, 2, 5, 0, 0, 0,
                                     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const gchar *const labels[] = {"one", "two", "three", "four", "five", "six"};

static TfcMask
mask_of (TfcMaskKind kind)
{
  return (TfcMask){8, 6, {0, 0, 1, 1}, kind, 6, values};
}

/* However soft the edge, a pixel that is nearer to nobody stays. */
static void
test_edge (void)
{
  static guint8 rgb[W * H * 3];
  const TfcPixels pixels = {W, H, {rgb}, {3 * W}, tfc_format_find ("RGB")};
  const TfcMask mask = mask_of (TFC_MASK_PARTS);
  const TfcAlphaBytes none = {0};
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcStyle style = tfc_style_defaults;

  style.mask = TFC_MASK_TINT_PARTS;
  style.edge_blur = 30;
  memset (rgb, 200, sizeof rgb);
  g_assert_true (tfc_overlay_mask (overlay, &pixels, &style, &mask, NULL, &none));
  for (guint y = 0; y < H; y++)
    for (guint x = 0; x < W; x++) {
      const gboolean somebody = values[y * 6 / H * 8 + x * 8 / W] != 0;
      const guint8 *p = rgb + 3 * (y * W + x);
      const gboolean changed = p[0] != 200 || p[1] != 200 || p[2] != 200;
      g_assert_true (somebody ? changed : !changed);
    }
  tfc_overlay_free (overlay);
}

static guint
n_areas (TfcMaskEffect effect, TfcMaskKind kind, const gchar *const *names)
{
  const TfcMask mask = mask_of (kind);
  const TfcAnnotations annotations = {.mask = &mask, .mask_labels = names};
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcStyle style = tfc_style_defaults;
  TfcArea areas[16];

  style.mask = effect;
  const guint n =
      tfc_layout_areas (tfc_overlay_lay_out (overlay, W, H, &style, &annotations), areas, 16);
  for (guint i = 0; i < n; i++)
    g_assert_true (areas[i].x >= 0 && areas[i].y >= H / 3 && areas[i].x + areas[i].w <= W &&
                   areas[i].y + areas[i].h <= H);
  tfc_overlay_free (overlay);
  return n;
}

/* Only parts have one, and only those with names. */
static void
test_legend (void)
{
  g_assert_cmpuint (n_areas (TFC_MASK_TINT_PARTS, TFC_MASK_PARTS, labels), >, 0);
  g_assert_cmpuint (n_areas (TFC_MASK_TINT_PARTS, TFC_MASK_PARTS, NULL), ==, 0);
  g_assert_cmpuint (n_areas (TFC_MASK_TINT_PARTS, TFC_MASK_PERSON, labels), ==, 0);
  g_assert_cmpuint (n_areas (TFC_MASK_TINT, TFC_MASK_PARTS, labels), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask-parts/edge", test_edge);
  g_test_add_func ("/mask-parts/legend", test_legend);
  return g_test_run ();
}
