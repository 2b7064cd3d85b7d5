/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/redact.h"
#include "models/result/topology.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

typedef struct {
  TfcPixels pixels;
  guint8 *data, *before;
  gsize size;
} Picture;

/* Memory that runs out: overlay/ is linked statically, so that its calls come here. */
static gboolean no_memory;
__attribute__ ((visibility ("default"))) gpointer g_try_malloc (gsize n);

gpointer
g_try_malloc (gsize n)
{
  return no_memory ? NULL : g_malloc (n);
}

/* Hides what is on one picture alone. */
static void
hide_scene (TfcOverlay *overlay, const TfcPixels *pixels, TfcPrivacy privacy,
            const TfcAnnotations *scene, gboolean detections)
{
  static TfcPrivacyRegions regions;
  const TfcPrivacyTimes times = {0};
  tfc_privacy_regions_reset (&regions);
  tfc_privacy_regions_update (&regions, scene, detections, &times);
  tfc_overlay_redact (overlay, pixels, privacy, regions.redactions, regions.n_redactions);
}

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
check_black (const Picture *p, guint x0, guint y0, guint x1, guint y1)
{
  gboolean rgb = p->pixels.format->kind == TFC_PIXELS_RGB;
  for (guint y = y0; y < y1; y++)
    for (guint x = x0; x < x1; x++)
      for (guint c = 0; c < components (p); c++)
        g_assert_cmpint (p->data[at (p, c, x, y)], ==, rgb ? 0 : c ? 128 : 16);
}

static void
test_box (gconstpointer format)
{
  const gint w = 97, h = 75;
  TfcDetection d = {{20.f / 97, 16.f / 75, 40.f / 97, 40.f / 75}, 1};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d};
  GRand *rand = g_rand_new_with_seed (7);
  for (TfcPrivacy privacy = TFC_PRIVACY_BLUR; privacy <= TFC_PRIVACY_FILL; privacy++) {
    Picture p = picture_new (format, w, h, rand);
    TfcOverlay *overlay = tfc_overlay_new ();
    hide_scene (overlay, &p.pixels, privacy, &scene, FALSE);
    g_assert_cmpint (memcmp (p.data, p.before, p.size), ==, 0);
    hide_scene (overlay, &p.pixels, privacy, &scene, TRUE);
    check_outside (&p, 19, 15, 61, 57);
    gdouble was = roughness (&p, p.before, 24, 20, 56, 52);
    gdouble is = roughness (&p, p.data, 24, 20, 56, 52);
    g_assert_cmpfloat (is, <, was / 4);
    if (privacy == TFC_PRIVACY_FILL)
      check_black (&p, 21, 17, 59, 55);
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
  TfcAnnotations scene = {.n_faces = 1, .faces = faces};
  GRand *rand = g_rand_new_with_seed (8);
  Picture p = picture_new (format, 200, 200, rand);
  TfcOverlay *overlay = tfc_overlay_new ();
  round_face (&face, 0.5f, 0.5f, 0.25f);
  hide_scene (overlay, &p.pixels, TFC_PRIVACY_FILL, &scene, FALSE);
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
  hide_scene (overlay, &p.pixels, TFC_PRIVACY_FILL, &scene, FALSE);
  g_assert_cmpint (p.data[at (&p, 0, 52, 52)], ==,
                   p.pixels.format->kind == TFC_PIXELS_RGB ? 0 : 16);
  tfc_overlay_free (overlay);
  picture_free (&p);
  g_rand_free (rand);
}

/* Any size and any box, on the smallest pictures too: nothing outside it changes; but a box that
 * cannot be right hides everything. */
static void
test_random (gconstpointer format)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
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
    TfcAnnotations scene = {.n_detections = 1, .detections = &d};
    TfcPrivacy privacy = g_rand_int_range (rand, 1, 4);
    hide_scene (overlay, &p.pixels, privacy, &scene, TRUE);
    gboolean sane = v[2] > 0 && v[3] > 0;
    for (guint k = 0; k < 4; k++)
      sane &= fabsf (v[k]) < 1000;
    if (sane)
      check_outside (&p, (gint)CLAMP (floor ((gdouble)v[0] * w) - 1, -2, 99),
                     (gint)CLAMP (floor ((gdouble)v[1] * h) - 1, -2, 99),
                     (gint)CLAMP (ceil (((gdouble)v[0] + v[2]) * w) + 1, -2, 99),
                     (gint)CLAMP (ceil (((gdouble)v[1] + v[3]) * h) + 1, -2, 99));
    else if (privacy == TFC_PRIVACY_FILL)
      check_black (&p, 0, 0, w, h);
    picture_free (&p);
  }
  tfc_overlay_free (overlay);
  g_rand_free (rand);
}

/* Without memory what would be blurred is black, and perhaps some of what is around it. */
static void
test_memory (gconstpointer format)
{
  TfcDetection d = {{20.f / 97, 16.f / 75, 40.f / 97, 40.f / 75}, 1};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d};
  GRand *rand = g_rand_new_with_seed (9);
  Picture p = picture_new (format, 97, 75, rand);
  TfcOverlay *overlay = tfc_overlay_new ();
  no_memory = TRUE;
  hide_scene (overlay, &p.pixels, TFC_PRIVACY_BLUR, &scene, TRUE);
  no_memory = FALSE;
  check_black (&p, 20, 16, 60, 56);
  check_outside (&p, 16, 8, 68, 64);
  tfc_overlay_free (overlay);
  picture_free (&p);
  g_rand_free (rand);
}

/* On the largest picture and the smallest a whole one shows no more than a few colours: neighbours
 * differ by next to nothing, and so do pixels a fiftieth of the picture apart. */
static void
test_whole (void)
{
  static const gint sizes[][2] = {{160, 120}, {640, 480}, {1920, 1080}, {480, 1000}};
  const TfcRedaction all = {.box = {0, 0, 1, 1}};
  GRand *rand = g_rand_new_with_seed (10);
  TfcOverlay *overlay = tfc_overlay_new ();
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    const gint w = sizes[i][0], h = sizes[i][1], step = MAX (w, h) / 50;
    Picture p = picture_new (tfc_format_find ("GRAY8"), w, h, rand);
    for (gint y = 0; y < h; y++) /* stripes as wide as an eye */
      for (gint x = 0; x < w; x++)
        p.data[at (&p, 0, x, y)] = x / step % 2 ? 255 : 0;
    tfc_overlay_redact (overlay, &p.pixels, TFC_PRIVACY_BLUR, &all, 1);
    for (gint y = 0; y < h; y++)
      for (gint x = 0; x + step < w; x++)
        g_assert_cmpint (abs (p.data[at (&p, 0, x, y)] - p.data[at (&p, 0, x + step, y)]), <, 16);
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
    if (format->bits != 8) /* gst/ unpacks those before */
      continue;
    g_autofree gchar *box = g_strconcat ("/privacy/box/", format->name, NULL);
    g_autofree gchar *oval = g_strconcat ("/privacy/oval/", format->name, NULL);
    g_autofree gchar *any = g_strconcat ("/privacy/random/", format->name, NULL);
    g_test_add_data_func (box, format, test_box);
    g_test_add_data_func (oval, format, test_oval);
    g_autofree gchar *memory = g_strconcat ("/privacy/memory/", format->name, NULL);
    g_test_add_data_func (any, format, test_random);
    g_test_add_data_func (memory, format, test_memory);
  }
  g_test_add_func ("/privacy/whole", test_whole);
  return g_test_run ();
}
