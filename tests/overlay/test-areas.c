/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Where is drawn, by random scenes: areas cover all and do not overlap; fonts that are not there.
 */
#include "tests/overlay/canvas.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

static const gchar *const person[] = {"person"};

static gfloat
hostile (GRand *rand)
{
  const gfloat odd[] = {NAN,  INFINITY, -INFINITY, 1e30f,  -1e30f, 0,
                        -0.f, 1,        -1,        1e-30f, 15.9f,  3e9f};
  if (g_rand_int_range (rand, 0, 8) == 0)
    return odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))];
  return (gfloat)g_rand_double_range (rand, -0.3, 1.3);
}

typedef struct {
  TfcDetection detections[8];
  const gchar *names[8];
  TfcFace face[3];
  const TfcFace *faces[3];
  TfcAnnotations scene;
  TfcStyle style;
} Random;

static void
random_scene (GRand *rand, Random *r)
{
  const gchar *const names[] = {"person",
                                "",
                                NULL,
                                "\xff\xfe",
                                "a\nb",
                                "traffic light",
                                "\xe7\x8c\xab",
                                "0123456789012345678901234567890123456789"
                                "01234567890123456789012345678901234567890"};
  r->style = tfc_style_defaults;
  gboolean *flags[] = {
      &r->style.draw_boxes,  &r->style.draw_labels,   &r->style.draw_irises,
      &r->style.draw_gaze,   &r->style.draw_axes,     &r->style.mesh,
      &r->style.draw_stats,  &r->style.contours_only, &r->style.triangulate_mesh,
      &r->style.point_cloud, &r->style.mirror,        &r->style.scale_with_picture};
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    *flags[i] = g_rand_boolean (rand);
  r->style.box_width = g_rand_double_range (rand, 0, 12);
  r->style.mesh_width = g_rand_double_range (rand, 0, 5);
  r->style.cloud_yaw = g_rand_double_range (rand, -180, 180);
  r->scene = (TfcAnnotations){g_rand_int_range (rand, 0, 9),
                              g_rand_int_range (rand, 0, 4),
                              r->detections,
                              r->names,
                              r->faces,
                              hostile (rand)};
  for (guint i = 0; i < 8; i++) {
    r->names[i] = names[g_rand_int_range (rand, 0, G_N_ELEMENTS (names))];
    r->detections[i].box = (TfcBox){hostile (rand), hostile (rand), hostile (rand), hostile (rand)};
    r->detections[i].score = hostile (rand);
  }
  for (guint i = 0; i < 3; i++) {
    fill_face (&r->face[i], hostile (rand), hostile (rand), hostile (rand));
    if (g_rand_int_range (rand, 0, 8) == 0)
      r->face[i].points[g_rand_int_range (rand, 0, TFC_FACE_POINTS)].y = hostile (rand);
    if (g_rand_boolean (rand))
      r->face[i].n_points = TFC_MESH_POINTS;
    r->face[i].head = (TfcHead){.known = TRUE, .gaze_known = TRUE};
    for (guint k = 0; k < 12; k++)
      r->face[i].head.matrix[k / 4][k % 4] =
          g_rand_int_range (rand, 0, 30) ? g_rand_double_range (rand, -1, 1) : hostile (rand);
    for (guint k = 0; k < 3; k++)
      r->face[i].head.gaze[k] =
          g_rand_int_range (rand, 0, 30) ? g_rand_double_range (rand, -1, 1) : hostile (rand);
    r->faces[i] = &r->face[i];
  }
}

static gboolean
within (const TfcArea *areas, guint n, gint x, gint y)
{
  for (guint i = 0; i < n; i++)
    if (x >= areas[i].x && x < areas[i].x + areas[i].w && y >= areas[i].y &&
        y < areas[i].y + areas[i].h)
      return TRUE;
  return FALSE;
}

static void
check_disjoint (const Canvas *c, const TfcArea *areas, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_assert_true (areas[i].x >= 0 && areas[i].y >= 0 && areas[i].w > 0 && areas[i].h > 0);
    g_assert_true (areas[i].x + areas[i].w <= c->w && areas[i].y + areas[i].h <= c->h);
    for (guint k = 0; k < i; k++)
      g_assert_true (
          areas[i].x >= areas[k].x + areas[k].w || areas[k].x >= areas[i].x + areas[i].w ||
          areas[i].y >= areas[k].y + areas[k].h || areas[k].y >= areas[i].y + areas[i].h);
  }
}

/* Random and hostile scenes: what is touched lies in the areas; drawing area by area gives the
 * whole drawing again. */
static void
test_areas (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint round = 0; round < 60; round++) {
    Random r;
    TfcArea areas[MAX_AREAS];
    random_scene (rand, &r);
    gint w = g_rand_int_range (rand, 1, 300), h = g_rand_int_range (rand, 1, 200);
    guint max = g_rand_int_range (rand, 1, MAX_AREAS + 1);
    Canvas c = canvas_new (w, h), parts = canvas_new (w, h);
    draw (&c, &r.style, &r.scene);
    TfcLayout *layout = tfc_overlay_lay_out (parts.overlay, w, h, &r.style, &r.scene);
    guint n = tfc_layout_areas (layout, areas, max);
    g_assert_cmpuint (n, <=, max);
    check_disjoint (&c, areas, n);
    for (guint i = 0; i < n; i++) {
      cairo_t *cr = cairo_create (parts.surface);
      cairo_rectangle (cr, areas[i].x, areas[i].y, areas[i].w, areas[i].h);
      cairo_clip (cr);
      tfc_layout_paint (layout, cr);
      cairo_destroy (cr);
    }
    cairo_surface_flush (parts.surface);
    for (gint y = 0; y < h; y++)
      for (gint x = 0; x < w; x++) {
        g_assert_true (pixel (&c, x, y) == PAPER || within (areas, n, x, y));
        for (guint k = 0; k < 24; k += 8)
          g_assert_cmpint (
              ABS ((gint)(pixel (&c, x, y) >> k & 255) - (gint)(pixel (&parts, x, y) >> k & 255)),
              <=, 8);
      }
    canvas_free (&c);
    canvas_free (&parts);
  }
  g_rand_free (rand);
}

/* Any font description gives some font and draws. */
static void
test_fonts (void)
{
  const gchar *const fonts[] = {"",
                                "24",
                                "Bold",
                                "Nonesuch Bold Italic 1e9",
                                NULL,
                                "  ",
                                "Arial nan",
                                "\xff\xff 12px",
                                "Sans -5",
                                ", ,",
                                "Nonesuch,Sans Bold 12",
                                "Nonesuch, Sans, Bold 12"};
  TfcDetection d = {{0.25f, 0.25f, 0.5f, 0.5f}, 0.5f};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = person};
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    TfcStyle style = tfc_style_defaults;
    Canvas c = canvas_new (160, 120);
    style.font = fonts[i];
    draw (&c, &style, &scene);
    g_assert_cmphex (pixel (&c, 40, 60), !=, PAPER);
    style.draw_boxes = FALSE;
    TfcArea area;
    TfcLayout *layout = tfc_overlay_lay_out (c.overlay, 160, 120, &style, &scene);
    g_assert_cmpuint (tfc_layout_areas (layout, &area, 1), ==, 1);
    canvas_free (&c);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlay/areas", test_areas);
  g_test_add_func ("/overlay/fonts", test_fonts);
  return g_test_run ();
}
