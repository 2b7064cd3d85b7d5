/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "privacy.h"
#include "topology.h"
#include <math.h>
#include <string.h>

typedef struct {
  TfcPixels pixels;
  guint8 *data, *before;
  gsize size;
} Picture;

static Picture
picture_new (const TfcFormat *format, guint w, guint h, GRand *rand)
{
  Picture p = {{w, h, {NULL}, {0}, format, FALSE}};
  gsize plane = (gsize)(4 * w + 64) * (h + 2);
  p.size = plane * format->n_planes;
  p.data = g_malloc (p.size);
  for (gsize i = 0; i < p.size; i++)
    p.data[i] = g_rand_int_range (rand, 0, 256);
  p.before = g_memdup2 (p.data, p.size);
  for (guint i = 0; i < format->n_planes; i++) {
    p.pixels.plane[i] = p.data + i * plane;
    p.pixels.stride[i] = 4 * w + 64;
  }
  return p;
}

static void
picture_free (Picture *p)
{
  g_free (p->data);
  g_free (p->before);
}

static gsize
at (const Picture *p, guint component, guint x, guint y)
{
  const TfcComponent *c = &p->pixels.format->component[component];
  return p->pixels.plane[c->plane] - p->data + (gsize)(y >> c->sub_y) * p->pixels.stride[c->plane] +
         (gsize)(x >> c->sub_x) * c->step + c->offset;
}

static guint
components (const Picture *p)
{
  return p->pixels.format->kind == TFC_PIXELS_GRAY ? 1 : 3;
}

/* Marks what belongs to pixels within reach of [x0, x1) x [y0, y1); whatever else changed is an
 * error. */
static void
check_outside (const Picture *p, gint x0, gint y0, gint x1, gint y1)
{
  g_autofree guint8 *may = g_malloc0 (p->size);
  for (gint y = MAX (y0, 0); y < MIN (y1, (gint)p->pixels.height); y++)
    for (gint x = MAX (x0, 0); x < MIN (x1, (gint)p->pixels.width); x++)
      for (guint c = 0; c < components (p); c++)
        may[at (p, c, x, y)] = 1;
  for (gsize i = 0; i < p->size; i++)
    g_assert_true (may[i] || p->data[i] == p->before[i]);
}

/* How far neighbours differ on average inside a rectangle: noise is what blur must kill. */
static gdouble
roughness (const Picture *p, const guint8 *data, guint x0, guint y0, guint x1, guint y1)
{
  gdouble sum = 0;
  for (guint y = y0; y < y1; y++)
    for (guint x = x0; x < x1; x += 2)
      sum += abs (data[at (p, 0, x, y)] - data[at (p, 0, x + 2, y)]);
  return sum / ((x1 - x0) / 2 * (y1 - y0));
}

static void
test_box (gconstpointer format)
{
  const gint w = 97, h = 75;
  TfcDetection d = {{20.f / 97, 16.f / 75, 40.f / 97, 40.f / 75}, 1};
  TfcScene scene = {.n_detections = 1, .detections = &d};
  GRand *rand = g_rand_new_with_seed (7);
  for (TfcPrivacy privacy = TFC_PRIVACY_BLUR; privacy <= TFC_PRIVACY_FILL; privacy++) {
    Picture p = picture_new (format, w, h, rand);
    TfcOverlay *overlay = tfc_overlay_new ();
    g_assert_true (tfc_overlay_privacy (overlay, &p.pixels, privacy, &scene, FALSE));
    g_assert_cmpint (memcmp (p.data, p.before, p.size), ==, 0);
    g_assert_true (tfc_overlay_privacy (overlay, &p.pixels, privacy, &scene, TRUE));
    check_outside (&p, 19, 15, 61, 57);
    gdouble was = roughness (&p, p.before, 24, 20, 56, 52);
    gdouble is = roughness (&p, p.data, 24, 20, 56, 52);
    g_assert_cmpfloat (is, <, was / 4);
    if (privacy == TFC_PRIVACY_FILL)
      for (guint y = 17; y < 55; y++)
        for (guint x = 21; x < 59; x++) {
          gboolean rgb = p.pixels.format->kind == TFC_PIXELS_RGB;
          g_assert_cmpint (p.data[at (&p, 0, x, y)], ==, rgb ? 0 : 16);
          if (components (&p) > 1)
            g_assert_cmpint (p.data[at (&p, 2, x, y)], ==, rgb ? 0 : 128);
        }
    tfc_overlay_free (overlay);
    picture_free (&p);
  }
  g_rand_free (rand);
}

static void
round_face (TfcFace *face, gfloat x, gfloat y, gfloat radius)
{
  memset (face, 0, sizeof *face);
  face->n_points = TFC_MESH_POINTS;
  face->box = (TfcBox){x - radius, y - radius, 2 * radius, 2 * radius};
  for (guint i = 0; i < TFC_MESH_POINTS; i++)
    face->points[i] = (TfcPoint){x, y, 0};
  const TfcMeshRegion *oval = &tfc_topology_regions[TFC_REGION_OVAL];
  for (guint i = 0; i < oval->n; i++) {
    gdouble angle = 2 * G_PI * i / oval->n;
    face->points[oval->points[i]].x += radius * (gfloat)cos (angle);
    face->points[oval->points[i]].y += radius * (gfloat)sin (angle);
  }
}

/* The oval hides the middle and leaves the corners of its box alone. */
static void
test_oval (gconstpointer format)
{
  TfcFace face;
  const TfcFace *faces[] = {&face};
  TfcScene scene = {.n_faces = 1, .faces = faces};
  GRand *rand = g_rand_new_with_seed (8);
  Picture p = picture_new (format, 200, 200, rand);
  TfcOverlay *overlay = tfc_overlay_new ();
  round_face (&face, 0.5f, 0.5f, 0.25f);
  g_assert_true (tfc_overlay_privacy (overlay, &p.pixels, TFC_PRIVACY_FILL, &scene, FALSE));
  for (gint y = 0; y < 200; y++)
    for (gint x = 0; x < 200; x++) {
      gdouble away = hypot (x + 0.5 - 100, y + 0.5 - 100);
      guint8 is = p.data[at (&p, 0, x, y)], was = p.before[at (&p, 0, x, y)];
      if (away < 50)
        g_assert_cmpint (is, ==, p.pixels.format->kind == TFC_PIXELS_RGB ? 0 : 16);
      if (away > 66)
        g_assert_cmpint (is, ==, was);
    }
  /* A broken mesh: the box instead. */
  memcpy (p.data, p.before, p.size);
  face.points[100].x = NAN;
  g_assert_true (tfc_overlay_privacy (overlay, &p.pixels, TFC_PRIVACY_FILL, &scene, FALSE));
  g_assert_cmpint (p.data[at (&p, 0, 52, 52)], ==,
                   p.pixels.format->kind == TFC_PIXELS_RGB ? 0 : 16);
  tfc_overlay_free (overlay);
  picture_free (&p);
  g_rand_free (rand);
}

/* Any size and any box, on the smallest pictures too: nothing outside it changes. */
static void
test_random (gconstpointer format)
{
  guint32 seed = g_random_int ();
  g_test_message ("seed %u", seed);
  GRand *rand = g_rand_new_with_seed (seed);
  TfcOverlay *overlay = tfc_overlay_new ();
  const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f, 1e6f, 0};
  for (guint i = 0; i < 200; i++) {
    guint w = g_rand_int_range (rand, 1, 40), h = g_rand_int_range (rand, 1, 40);
    Picture p = picture_new (format, w, h, rand);
    gfloat v[4];
    for (guint k = 0; k < 4; k++)
      v[k] = g_rand_int_range (rand, 0, 10) ? (gfloat)g_rand_double_range (rand, -0.5, 1.5)
                                            : odd[g_rand_int_range (rand, 0, 7)];
    TfcDetection d = {{v[0], v[1], v[2], v[3]}, 1};
    TfcScene scene = {.n_detections = 1, .detections = &d};
    g_assert_true (
        tfc_overlay_privacy (overlay, &p.pixels, g_rand_int_range (rand, 1, 4), &scene, TRUE));
    gboolean any = v[2] > 0 && v[3] > 0;
    gdouble left = any ? v[0] * w : 0, top = any ? v[1] * h : 0;
    gdouble right = any ? ((gdouble)v[0] + v[2]) * w : 0;
    gdouble bottom = any ? ((gdouble)v[1] + v[3]) * h : 0;
    check_outside (&p, (gint)CLAMP (floor (left) - 1, -2, 99),
                   (gint)CLAMP (floor (top) - 1, -2, 99), (gint)CLAMP (ceil (right) + 1, -2, 99),
                   (gint)CLAMP (ceil (bottom) + 1, -2, 99));
    picture_free (&p);
  }
  tfc_overlay_free (overlay);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const TfcFormat *format;
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    if (format->bits != 8)
      continue;
    g_autofree gchar *box = g_strconcat ("/privacy/box/", format->name, NULL);
    g_autofree gchar *oval = g_strconcat ("/privacy/oval/", format->name, NULL);
    g_autofree gchar *any = g_strconcat ("/privacy/random/", format->name, NULL);
    g_test_add_data_func (box, format, test_box);
    g_test_add_data_func (oval, format, test_oval);
    g_test_add_data_func (any, format, test_random);
  }
  return g_test_run ();
}
