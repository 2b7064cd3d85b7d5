/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* What is drawn: boxes, labels, irises, meshes, and mirrored. */
#include "models/result/topology.h"
#include "tests/overlay/canvas.h"
#include <math.h>
#include <string.h>

static const gchar *const person[] = {"person"};

static void
test_box (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{0.25f, 0.25f, 0.5f, 0.5f}, 0.873f};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = person};
  style.draw_labels = FALSE;
  Canvas c = canvas_new (640, 480);
  draw (&c, &style, &scene);
  /* 3 pixels, centred on x = 160 and 480, y = 120 and 360, or half a pixel off. */
  for (gint y = 124; y < 356; y++) {
    g_assert_cmphex (pixel (&c, 159, y), ==, RED);
    g_assert_cmphex (pixel (&c, 160, y), ==, RED);
    g_assert_cmphex (pixel (&c, 157, y), ==, PAPER);
    g_assert_cmphex (pixel (&c, 163, y), ==, PAPER);
    g_assert_cmphex (pixel (&c, 480, y), ==, RED);
    g_assert_cmphex (pixel (&c, 483, y), ==, PAPER);
  }
  g_assert_cmphex (pixel (&c, 300, 120), ==, RED);
  g_assert_cmphex (pixel (&c, 300, 360), ==, RED);
  g_assert_cmpuint (count (&c, (TfcArea){163, 123, 314, 234}, PAPER), ==, 314 * 234);
  guint edge = count (&c, (TfcArea){0, 0, 640, 480}, RED);
  g_assert_cmpuint (edge, ==, 2 * 3 * 323 + 2 * 3 * (243 - 6));
  canvas_free (&c);
}

/* Of what is tracked and was not seen: dashes of four widths, gaps as long. */
static void
test_dashed (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{0.25f, 0.25f, 0.5f, 0.5f}, 0.873f, .track_id = 7, .track.age = 1};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = person};
  style.draw_labels = FALSE;
  Canvas c = canvas_new (640, 480);
  draw (&c, &style, &scene);
  const guint whole = 2 * 3 * 323 + 2 * 3 * (243 - 6);
  const guint edge = count (&c, (TfcArea){0, 0, 640, 480}, RED);
  g_assert_cmpuint (edge, >, whole * 45 / 100);
  g_assert_cmpuint (edge, <, whole * 55 / 100);
  g_assert_cmphex (pixel (&c, 165, 120), ==, RED);
  g_assert_cmphex (pixel (&c, 175, 120), ==, PAPER);
  g_assert_cmphex (pixel (&c, 187, 120), ==, RED);
  canvas_free (&c);
}

/* Where the label's red is: above a box, below the top edge of a box at the top. */
static void
test_label (void)
{
  const struct {
    gfloat y;
    TfcArea with, without;
  } cases[] = {
      {0.5f, {160, 205, 320, 30}, {160, 250, 320, 100}},
      {0.0f, {160, 4, 320, 30}, {160, 40, 320, 100}},
      {-0.2f, {160, 4, 320, 30}, {160, 40, 320, 100}},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    TfcStyle style = tfc_style_defaults;
    TfcDetection d = {{0.25f, cases[i].y, 0.5f, 0.7f}, 0.873f};
    TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = person};
    style.draw_boxes = FALSE;
    Canvas c = canvas_new (640, 480);
    draw (&c, &style, &scene);
    g_assert_cmpuint (count (&c, cases[i].with, RED), >, 100);
    g_assert_cmpuint (count (&c, cases[i].with, 0xffffffff), >, 20); /* the glow */
    g_assert_cmpuint (count (&c, cases[i].without, PAPER), ==,
                      cases[i].without.w * cases[i].without.h);
    canvas_free (&c);
  }
}

static guint
label_hash (TfcLabelFormat format, gfloat score, const gchar *name)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{0.1f, 0.5f, 0.5f, 0.4f}, score, .track_id = format == TFC_LABEL_ID ? 12 : 0};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = &name};
  style.label_format = format;
  Canvas c = canvas_new (640, 480);
  draw (&c, &style, &scene);
  guint hash = 5381;
  for (gint y = 0; y < c.h; y++)
    for (gint x = 0; x < c.w; x++)
      hash = hash * 33 + pixel (&c, x, y);
  canvas_free (&c);
  return hash;
}

/* Formats by comparing drawings: an unknown score leaves just the name, like TFC_LABEL_NONE with
 * the whole text as name. */
static void
test_format (void)
{
  g_assert_cmphex (label_hash (TFC_LABEL_PERCENT, 0.873f, "person"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "87.3% person"));
  g_assert_cmphex (label_hash (TFC_LABEL_SCORE, 0.873f, "person"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "0.873 person"));
  g_assert_cmphex (label_hash (TFC_LABEL_ID, 0.873f, "person"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "#12 person"));
  g_assert_cmphex (label_hash (TFC_LABEL_SCORE, 1, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "1.000 cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_PERCENT, NAN, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_PERCENT, -1, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_NONE, 0, "c\xff"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "c\xef\xbf\xbd"));
}

static void
test_iris (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcFace face;
  const TfcFace *faces[] = {&face};
  TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  style.mesh = style.draw_boxes = FALSE;
  style.iris_color = RED;
  fill_face (&face, 0.5f, 0.5f, 0.4f);
  Canvas c = canvas_new (480, 480);
  draw (&c, &style, &scene);
  /* Centre 240 + 76.8, radius 24: red at the right and the left, not at the centre. */
  g_assert_cmpuint (count (&c, (TfcArea){339, 236, 4, 8}, PAPER), <, 24);
  g_assert_cmpuint (count (&c, (TfcArea){291, 236, 4, 8}, PAPER), <, 24);
  g_assert_cmpuint (count (&c, (TfcArea){302, 226, 28, 28}, PAPER), ==, 28 * 28);
  g_assert_cmpuint (count (&c, (TfcArea){0, 0, 480, 200}, PAPER), ==, 480 * 200);
  face.n_points = TFC_MESH_POINTS;
  TfcArea area;
  TfcLayout *layout = tfc_overlay_lay_out (c.overlay, 480, 480, &style, &scene);
  g_assert_cmpuint (tfc_layout_areas (layout, &area, 1), ==, 0);
  canvas_free (&c);
}

/* Each mesh style leaves its own kind of trace. */
static void
test_mesh (void)
{
  TfcFace face;
  const TfcFace *faces[] = {&face};
  TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  guint touched[3];
  fill_face (&face, 0.5f, 0.5f, 0.4f);
  for (guint i = 0; i < 3; i++) {
    TfcStyle style = tfc_style_defaults;
    style.draw_irises = FALSE;
    style.triangulate_mesh = i == 0;
    style.contours_only = i == 2;
    Canvas c = canvas_new (480, 480);
    draw (&c, &style, &scene);
    touched[i] = 480 * 480 - count (&c, (TfcArea){0, 0, 480, 480}, PAPER);
    canvas_free (&c);
  }
  g_assert_cmpuint (touched[0], >, touched[1]);
  g_assert_cmpuint (touched[0], >, touched[2]);
  g_assert_cmpuint (touched[1], >=, TFC_MESH_POINTS);
  g_assert_cmpuint (touched[1], <=, TFC_MESH_POINTS * 9);
  g_assert_cmpuint (touched[2], >, 100);
}

/* A face as wide and high as size (of the picture): its oval on an ellipse, every other point
 * amidst those that it is joined with. */
static void
spread_face (TfcFace *face, gfloat size)
{
  const TfcMeshRegion *oval = &tfc_topology_regions[TFC_REGION_OVAL];
  gboolean fixed[TFC_MESH_POINTS] = {FALSE};
  fill_face (face, 0.5f, 0.5f, size / 2);
  for (guint i = 0; i < oval->n; i++) {
    const gfloat angle = 2 * (gfloat)G_PI * i / oval->n;
    face->points[oval->points[i]] =
        (TfcPoint){0.5f + 0.4f * size * sinf (angle), 0.5f - 0.5f * size * cosf (angle), 0};
    fixed[oval->points[i]] = TRUE;
  }
  for (guint round = 0; round < 400; round++) {
    gfloat sum[TFC_MESH_POINTS][3] = {{0}};
    for (guint i = 0; i < TFC_TOPOLOGY_EDGES; i++) {
      const guint ends[2] = {tfc_topology_edges[i].a, tfc_topology_edges[i].b};
      for (guint k = 0; k < 2; k++) {
        sum[ends[k]][0] += face->points[ends[!k]].x;
        sum[ends[k]][1] += face->points[ends[!k]].y;
        sum[ends[k]][2]++;
      }
    }
    for (guint i = 0; i < TFC_MESH_POINTS; i++)
      if (!fixed[i])
        face->points[i] = (TfcPoint){sum[i][0] / sum[i][2], sum[i][1] / sum[i][2], 0};
  }
}

/* Which part of a face of size pixels, on a picture of side x side, is more than half covered by
 * what is drawn of it. */
static gdouble
covered (const TfcStyle *style, gint side, gdouble size)
{
  TfcFace face;
  const TfcFace *faces[] = {&face};
  const TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  guint n = 0;
  spread_face (&face, (gfloat)(size / side));
  Canvas c = canvas_new (side, side);
  draw (&c, style, &scene);
  for (gint y = 0; y < side; y++)
    for (gint x = 0; x < side; x++)
      n += (pixel (&c, x, y) >> 8 & 255) > (0x60 + 0xee) / 2;
  canvas_free (&c);
  return n / (0.4 * 0.5 * G_PI * size * size);
}

/* A small face stays a face: neither is it painted over, nor is nothing drawn of it. */
static void
test_small_faces (void)
{
  const gint sides[] = {480, 1080, 2160};
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint k = 0; k < 3; k++)
      for (gdouble size = 20; size <= 250; size *= 1.4) {
        TfcStyle style = tfc_style_defaults;
        style.triangulate_mesh = k == 0;
        style.contours_only = k == 2;
        style.draw_irises = FALSE;
        gdouble part = covered (&style, sides[i], size);
        g_test_message ("%d: face of %.0f: %.2f", sides[i], size, part);
        g_assert_cmpfloat (part, <, 0.42);
        g_assert_cmpfloat (part, >, 0.02);
      }
}

/* A mirrored scene drawn plainly is the scene drawn mirrored, but for rounding of edges; text is
 * not turned. */
static void
test_mirror (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{0.125f, 0.25f, 0.25f, 0.5f}, 0.5f}, e = d;
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = person}, turned = scene;
  e.box.x = 1 - d.box.x - d.box.w;
  turned.detections = &e;
  style.mirror = TRUE;
  Canvas a = canvas_new (640, 480), b = canvas_new (640, 480);
  draw (&a, &style, &scene);
  style.mirror = FALSE;
  draw (&b, &style, &turned);
  for (gint y = 0; y < 480; y++)
    for (gint x = 0; x < 640; x++)
      g_assert_cmphex (pixel (&a, x, y), ==, pixel (&b, x, y));
  g_assert_cmphex (pixel (&a, 640 - 80, 200), ==, RED);
  g_assert_cmphex (pixel (&a, 80, 200), ==, PAPER);
  canvas_free (&a);
  canvas_free (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlay/box", test_box);
  g_test_add_func ("/overlay/dashed", test_dashed);
  g_test_add_func ("/overlay/label", test_label);
  g_test_add_func ("/overlay/format", test_format);
  g_test_add_func ("/overlay/iris", test_iris);
  g_test_add_func ("/overlay/mesh", test_mesh);
  g_test_add_func ("/overlay/small-faces", test_small_faces);
  g_test_add_func ("/overlay/mirror", test_mirror);
  return g_test_run ();
}
