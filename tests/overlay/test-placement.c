/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Labels: where they go, and how large they are. */
#include "overlay/overlay.h"
#include "overlay/placement.h"
#include "overlay/text.h"
#include <math.h>
#include <string.h>

static gboolean
overlap (const TfcLabelPlace *a, const TfcLabelPlace *b)
{
  return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h && b->y < a->y + a->h;
}

/* Random boxes that tremble: labels lie in the picture, do not cover each other, stay where they
 * are. */
static void
test_placement (void)
{
  TfcPlacement *p = g_new0 (TfcPlacement, 1), *again = g_new0 (TfcPlacement, 1);
  GRand *rand = g_rand_new_with_seed (5);
  guint moved = 0, seen = 0;
  for (guint play = 0; play < 100; play++) {
    gdouble box[12][4];
    const guint n = g_rand_int_range (rand, 2, 13);
    for (guint i = 0; i < n; i++) {
      box[i][0] = g_rand_double_range (rand, 300, 1300);
      box[i][1] = g_rand_double_range (rand, 200, 700);
      box[i][2] = g_rand_double_range (rand, 60, 500);
      box[i][3] = g_rand_double_range (rand, 60, 300);
    }
    p->n_now = again->n_now = 0;
    for (guint frame = 0; frame < 10; frame++) {
      TfcLabelPlace places[12];
      tfc_placement_begin (p);
      tfc_placement_begin (again);
      for (guint i = 0; i < n; i++) {
        const gdouble dx = g_rand_double_range (rand, -2, 2),
                      dy = g_rand_double_range (rand, -2, 2);
        const TfcLabelBox label = {{box[i][0] + dx, box[i][1] + dy, box[i][0] + box[i][2] + dx,
                                    box[i][1] + box[i][3] + dy},
                                   3,
                                   150,
                                   24,
                                   6,
                                   4,
                                   i};
        const TfcLabelPlace last = p->n_last > i ? p->last[i] : (TfcLabelPlace){0};
        places[i] = tfc_placement_find (p, &label, 1920, 1080);
        const TfcLabelPlace same = tfc_placement_find (again, &label, 1920, 1080);
        g_assert_true (same.x == places[i].x && same.y == places[i].y);
        g_assert_true (places[i].x >= 0 && places[i].x + places[i].w <= 1920);
        g_assert_true (places[i].y >= 0 && places[i].y + places[i].h <= 1080);
        for (guint k = 0; k < i; k++)
          g_assert_false (overlap (&places[i], &places[k]));
        if (frame) {
          seen++;
          moved += last.spot != places[i].spot;
        }
      }
    }
  }
  g_test_message ("%u of %u labels changed their place on a frame", moved, seen);
  g_assert_cmpuint (moved * 50, <, seen);
  g_rand_free (rand);
  g_free (p);
  g_free (again);
}

/* More labels than can be placed, and boxes that are absurd. */
static void
test_placement_odd (void)
{
  TfcPlacement *p = g_new0 (TfcPlacement, 1);
  tfc_placement_begin (p);
  for (guint i = 0; i < TFC_LABELS + 10; i++) {
    const gdouble far = i % 3 ? 1e6 : -1e6;
    const TfcLabelBox label = {
        {-far, i % 2 ? far : 5, far, 1e6}, 100, (gint)(i * i), 50, 20, 4, i % 2};
    tfc_placement_find (p, &label, 1 + i % 7, 1 + i % 5);
  }
  g_assert_cmpuint (p->n_now, ==, TFC_LABELS);
  g_free (p);
}

static gint
label_height (guint width, guint height, const gchar *font)
{
  TfcStyle style = tfc_style_defaults;
  const TfcDetection d = {{0.2f, 0.5f, 0.5f, 0.3f}, -1};
  const gchar *name = "H";
  const TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = &name};
  TfcOverlay *overlay = tfc_overlay_new ();
  TfcArea area;
  style.draw_boxes = FALSE;
  style.font = font;
  TfcLayout *layout = tfc_overlay_lay_out (overlay, width, height, &style, &scene);
  g_assert_cmpuint (tfc_layout_areas (layout, &area, 1), ==, 1);
  tfc_overlay_free (overlay);
  return area.h;
}

/* The smaller side decides how large labels are. */
static void
test_scale (void)
{
  const gint plain = label_height (640, 480, "Sans 24");
  g_assert_cmpint (label_height (480, 640, "Sans 24"), ==, plain);
  g_assert_cmpint (label_height (480, 1920, "Sans 24"), ==, plain);
  g_assert_cmpint (label_height (3840, 2160, "Sans 24"), ==, label_height (2160, 3840, "Sans 24"));
  g_assert_cmpint (label_height (3840, 2160, "Sans 24"), >, 4 * plain);
  g_assert_cmpint (label_height (480, 640, "Sans 48"), >, 3 * plain / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/placement", test_placement);
  g_test_add_func ("/text/placement-odd", test_placement_odd);
  g_test_add_func ("/text/scale", test_scale);
  return g_test_run ();
}
