/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/overlay.h"
#include "models/result/topology.h"
#include <math.h>
#include <string.h>

/* Fontconfig and Pango keep their configuration to the end; leak checkers need not tell. */
__attribute__ ((visibility ("default"))) const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig\nleak:libpango";
}

#define RED 0xffff0000u
#define PAPER 0xff406080u /* what pictures are filled with before drawing */
#define MAX_AREAS 64

typedef struct {
  gint w, h;
  cairo_surface_t *surface;
  TfcOverlay *overlay;
} Canvas;

static Canvas
canvas_new (gint w, gint h)
{
  Canvas c = {w, h, cairo_image_surface_create (CAIRO_FORMAT_RGB24, w, h), tfc_overlay_new ()};
  cairo_t *cr = cairo_create (c.surface);
  cairo_set_source_rgb (cr, 0x40 / 255.0, 0x60 / 255.0, 0x80 / 255.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return c;
}

static void
canvas_free (Canvas *c)
{
  cairo_surface_destroy (c->surface);
  tfc_overlay_free (c->overlay);
}

static void
draw (Canvas *c, const TfcStyle *style, const TfcAnnotations *scene)
{
  cairo_t *cr = cairo_create (c->surface);
  tfc_overlay_draw (c->overlay, cr, c->w, c->h, style, scene);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (c->surface);
}

static guint32
pixel (const Canvas *c, gint x, gint y)
{
  const guint8 *data = cairo_image_surface_get_data (c->surface);
  const guint8 *row = data + (gsize)y * cairo_image_surface_get_stride (c->surface);
  return ((const guint32 *)row)[x] | 0xff000000;
}

static guint
count (const Canvas *c, TfcArea a, guint32 color)
{
  guint n = 0;
  for (gint y = MAX (a.y, 0); y < MIN (a.y + a.h, c->h); y++)
    for (gint x = MAX (a.x, 0); x < MIN (a.x + a.w, c->w); x++)
      n += pixel (c, x, y) == color;
  return n;
}

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
  TfcDetection d = {{0.1f, 0.5f, 0.5f, 0.4f}, score};
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
  g_assert_cmphex (label_hash (TFC_LABEL_SCORE, 1, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "1.000 cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_PERCENT, NAN, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_PERCENT, -1, "cat"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "cat"));
  g_assert_cmphex (label_hash (TFC_LABEL_NONE, 0, "c\xff"), ==,
                   label_hash (TFC_LABEL_NONE, 0, "c\xef\xbf\xbd"));
}

/* A face whose mesh points lie on rings around (x, y). */
static void
fill_face (TfcFace *face, gfloat x, gfloat y, gfloat size)
{
  memset (face, 0, sizeof *face);
  face->n_points = TFC_FACE_POINTS;
  face->box = (TfcBox){x - size, y - size, 2 * size, 2 * size};
  for (guint i = 0; i < TFC_MESH_POINTS; i++) {
    gfloat radius = size * (i % 13 + 1) / 13, angle = i * 0.7f;
    face->points[i] =
        (TfcPoint){x + radius * cosf (angle), y + radius * sinf (angle), radius * 0.3f};
  }
  for (guint k = 0; k < 2; k++) {
    TfcPoint *iris = &face->points[TFC_MESH_POINTS + 5 * k];
    gfloat cx = x + (k ? -0.4f : 0.4f) * size, r = size / 8;
    const gfloat at[5][2] = {{0, 0}, {r, 0}, {0, -r}, {-r, 0}, {0, r}};
    for (guint i = 0; i < 5; i++)
      iris[i] = (TfcPoint){cx + at[i][0], y + at[i][1], 0};
  }
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
  gboolean *flags[] = {&r->style.draw_boxes,       &r->style.draw_labels,
                       &r->style.draw_irises,      &r->style.mesh,
                       &r->style.draw_stats,       &r->style.contours_only,
                       &r->style.triangulate_mesh, &r->style.point_cloud,
                       &r->style.mirror,           &r->style.scale_with_picture};
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
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  GRand *rand = g_rand_new_with_seed (seed);
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
  g_test_add_func ("/overlay/box", test_box);
  g_test_add_func ("/overlay/label", test_label);
  g_test_add_func ("/overlay/format", test_format);
  g_test_add_func ("/overlay/iris", test_iris);
  g_test_add_func ("/overlay/mesh", test_mesh);
  g_test_add_func ("/overlay/small-faces", test_small_faces);
  g_test_add_func ("/overlay/mirror", test_mirror);
  g_test_add_func ("/overlay/areas", test_areas);
  g_test_add_func ("/overlay/fonts", test_fonts);
  return g_test_run ();
}
