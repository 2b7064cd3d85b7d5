/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* The legend of classes, and the class in an object's label. */
#include <math.h>

#include "overlay/overlay.h"

#define WIDTH 480
#define HEIGHT 480

static const gchar *const names[] = {"tabby, tabby cat", "red fox", "mug"};

/* What is touched: the union of all areas; none: all zeros. */
static TfcArea
touched (const TfcStyle *style, const TfcAnnotations *annotations)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcLayout *layout = tfc_overlay_lay_out (overlay, WIDTH, HEIGHT, style, annotations);
  TfcArea area = {0};

  tfc_layout_areas (layout, &area, 1);
  tfc_overlay_free (overlay);
  return area;
}

/* At the bottom right, a row for each class of the picture and none for an object's. */
static void
test_legend (void)
{
  TfcClass classes[] = {{0, 0.9f, 0}, {1, 0.1f, 0}, {2, 0.5f, 7}};
  TfcAnnotations a = {.n_classes = 1, .classes = classes, .class_names = names};
  TfcStyle style = tfc_style_defaults;
  const TfcArea one = touched (&style, &a);

  g_assert_cmpint (one.x + one.w, >, WIDTH - 10);
  g_assert_cmpint (one.y + one.h, >, HEIGHT - 10);
  g_assert_cmpint (one.h, <, 40);
  g_assert_cmpint (one.w, <, WIDTH / 2);
  a.n_classes = 2;
  const TfcArea two = touched (&style, &a);
  g_assert_cmpint (two.h, >, one.h + 10);
  g_assert_cmpint (two.w, ==, one.w);
  a.n_classes = 3;
  const TfcArea three = touched (&style, &a);
  g_assert_cmpint (three.h, ==, two.h);
  style.draw_classes = FALSE;
  g_assert_cmpint (touched (&style, &a).w, ==, 0);
}

/* Pixels that are touched at most. */
static guint
size (const TfcAnnotations *annotations)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcLayout *layout =
      tfc_overlay_lay_out (overlay, WIDTH, HEIGHT, &tfc_style_defaults, annotations);
  TfcArea areas[64];
  guint pixels = 0;

  for (guint i = tfc_layout_areas (layout, areas, G_N_ELEMENTS (areas)); i--;)
    pixels += (guint)(areas[i].w * areas[i].h);
  tfc_overlay_free (overlay);
  return pixels;
}

/* An object's class makes its label longer: told by track id, or by place where nothing is tracked.
 */
static void
test_label (void)
{
  static const gchar *const what[] = {"cat"};
  TfcDetection found[] = {{{0.4f, 0.5f, 0.1f, 0.1f}, 0.9f, 17, 0}};
  TfcClass classes[] = {{0, 0.9f, 1}, {1, 0.8f, 1}};
  TfcAnnotations a = {.n_detections = 1,
                      .detections = found,
                      .names = what,
                      .classes = classes,
                      .class_names = names};
  const guint plain = size (&a);

  a.n_classes = 2;
  const guint with = size (&a);
  g_assert_cmpuint (with, >, plain + 300);
  found[0].track_id = 5;
  g_assert_cmpuint (size (&a), ==, plain);
  classes[0].object_id = 5;
  g_assert_cmpuint (size (&a), ==, with);
}

/* Scores that are no numbers, names that are missing or long, more classes than there is room for.
 */
static void
test_hostile (void)
{
  static const gfloat scores[] = {NAN, INFINITY, -INFINITY, -1, 2, 0};
  g_autofree gchar *longest = g_strnfill (100000, 'W');
  const gchar *labels[TFC_MAX_CLASSES];
  TfcClass classes[TFC_MAX_CLASSES];
  TfcAnnotations a = {.classes = classes, .class_names = labels};

  for (guint i = 0; i < TFC_MAX_CLASSES; i++) {
    labels[i] = i % 3 ? longest : i % 2 ? NULL : "\xff\n";
    classes[i] = (TfcClass){(gint)i, scores[i % G_N_ELEMENTS (scores)], 0};
  }
  for (a.n_classes = 1; a.n_classes <= TFC_MAX_CLASSES; a.n_classes += 3) {
    const TfcArea area = touched (&tfc_style_defaults, &a);
    g_assert_true (area.x >= 0 && area.y >= 0 && area.w > 0 && area.x + area.w <= WIDTH &&
                   area.y + area.h <= HEIGHT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legend/rows", test_legend);
  g_test_add_func ("/legend/label", test_label);
  g_test_add_func ("/legend/hostile", test_hostile);
  return g_test_run ();
}
