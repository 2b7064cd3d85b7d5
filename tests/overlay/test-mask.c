/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Effects of masks on pixels of every format of bytes: against the definition, and nothing beside
 * the picture. */
#include "overlay/mask_effect.h"
#include "overlay/blend/blend.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

/* Memory that runs out: overlay/ is linked statically, so that its calls come here. */
static gboolean no_memory;
__attribute__ ((visibility ("default"))) gpointer g_try_malloc (gsize n);
__attribute__ ((visibility ("default"))) gpointer g_try_malloc0 (gsize n);

gpointer
g_try_malloc (gsize n)
{
  return no_memory ? NULL : g_malloc (n);
}

gpointer
g_try_malloc0 (gsize n)
{
  return no_memory ? NULL : g_malloc0 (n);
}

typedef struct {
  TfcPixels pixels;
  guint8 *data[3], *before[3];
  gsize size[3];
} Picture;

#define MARGIN 37 /* bytes around rows, which must stay */

static Picture
picture_new (const TfcFormat *format, guint w, guint h, GRand *rand)
{
  Picture p = {{w, h, {NULL}, {0}, format, g_rand_boolean (rand), TFC_MATRIX_BT709}};
  for (guint i = 0; i < format->n_planes; i++) {
    guint64 bytes, rows;
    tfc_format_plane_size (format, i, w, h, &bytes, &rows);
    p.pixels.stride[i] = (gint)bytes + MARGIN;
    p.size[i] = (gsize)(bytes + MARGIN) * rows + MARGIN;
    p.data[i] = g_malloc (p.size[i]);
    for (gsize k = 0; k < p.size[i]; k++)
      p.data[i][k] = (guint8)g_rand_int_range (rand, 0, 256);
    p.before[i] = g_memdup2 (p.data[i], p.size[i]);
    p.pixels.plane[i] = p.data[i] + MARGIN;
  }
  return p;
}

static void
picture_free (Picture *p)
{
  for (guint i = 0; i < 3; i++) {
    g_free (p->data[i]);
    g_free (p->before[i]);
  }
}

static gsize
place (const Picture *p, guint component, guint x, guint y)
{
  const TfcComponent *c = &p->pixels.format->component[component];
  return MARGIN + (gsize)y * p->pixels.stride[c->plane] + (gsize)x * c->step + c->offset;
}

static void
samples (const Picture *p, guint component, guint n[2])
{
  const TfcComponent *c = &p->pixels.format->component[component];
  n[0] = (p->pixels.width + (1u << c->sub_x) - 1) >> c->sub_x;
  n[1] = (p->pixels.height + (1u << c->sub_y) - 1) >> c->sub_y;
}

/* A value of the mask at a place of the frame, bilinear; 0 outside its region. */
static gdouble
mask_at (const TfcMask *m, gdouble x, gdouble y)
{
  gdouble u = (x - m->region.x) / m->region.w * m->width - 0.5,
          v = (y - m->region.y) / m->region.h * m->height - 0.5;
  if (u < -0.5 || v < -0.5 || u >= m->width - 0.5 || v >= m->height - 0.5)
    return 0;
  u = CLAMP (u, 0, m->width - 1.0);
  v = CLAMP (v, 0, m->height - 1.0);
  const guint left = (guint)u, top = (guint)v, right = MIN (left + 1, m->width - 1),
              bottom = MIN (top + 1, m->height - 1);
  gdouble q[4] = {m->data[top * m->width + left], m->data[top * m->width + right],
                  m->data[bottom * m->width + left], m->data[bottom * m->width + right]};
  for (guint i = 0; i < 4; i++)
    q[i] = m->kind == TFC_MASK_PERSON ? CLAMP ((q[i] - 51) * 255 / 153, 0, 255)
           : q[i] > 0                 ? 255
                                      : 0;
  return (q[0] * (1 - (u - left)) + q[1] * (u - left)) * (1 - (v - top)) +
         (q[2] * (1 - (u - left)) + q[3] * (u - left)) * (v - top);
}

static TfcMask
random_mask (GRand *rand, guint8 **data)
{
  TfcMask m = {(guint)g_rand_int_range (rand, 1, 30),
               (guint)g_rand_int_range (rand, 1, 30),
               {0, 0, 1, 1},
               g_rand_boolean (rand) ? TFC_MASK_PERSON : TFC_MASK_PARTS,
               24,
               NULL};
  *data = g_malloc ((gsize)m.width * m.height);
  for (guint i = 0; i < m.width * m.height; i++)
    (*data)[i] = (guint8)(m.kind == TFC_MASK_PERSON ? g_rand_int_range (rand, 0, 256)
                                                    : g_rand_int_range (rand, 0, 25));
  m.data = *data;
  if (g_rand_boolean (rand))
    m.region = (TfcBox){(gfloat)g_rand_double_range (rand, -0.3, 0.5),
                        (gfloat)g_rand_double_range (rand, -0.3, 0.5),
                        (gfloat)g_rand_double_range (rand, 0.3, 1.2),
                        (gfloat)g_rand_double_range (rand, 0.3, 1.2)};
  return m;
}

/* What belongs to no component has stayed. */
static void
check_beside (const Picture *p)
{
  const TfcFormat *f = p->pixels.format;
  for (guint i = 0; i < tfc_format_n_components (f); i++) {
    guint n[2];
    samples (p, i, n);
    for (guint y = 0; y < n[1]; y++)
      for (guint x = 0; x < n[0]; x++)
        p->data[f->component[i].plane][place (p, i, x, y)] =
            p->before[f->component[i].plane][place (p, i, x, y)];
  }
  for (guint i = 0; i < f->n_planes; i++)
    g_assert_cmpmem (p->data[i], p->size[i], p->before[i], p->size[i]);
}

/* TINT and REPLACE_BACKGROUND: a known colour, a known share. */
static void
check_colour (const Picture *p, const TfcStyle *style, const TfcMask *mask)
{
  const TfcFormat *f = p->pixels.format;
  const gboolean tint = style->mask == TFC_MASK_TINT;
  guint8 color[3];
  tfc_blend_color (&p->pixels, tint ? style->mask_color : style->background_color, color);
  for (guint i = 0; i < tfc_format_n_components (f); i++) {
    const TfcComponent *c = &f->component[i];
    guint n[2];
    samples (p, i, n);
    for (guint y = 0; y < n[1]; y++)
      for (guint x = 0; x < n[0]; x++) {
        const gdouble w = (gdouble)p->pixels.width / (1u << c->sub_x),
                      h = (gdouble)p->pixels.height / (1u << c->sub_y);
        const gdouble person = mask_at (mask, (x + 0.5) / w, (y + 0.5) / h) / 255;
        const gdouble share = tint ? person * 140 / 255 : 1 - person;
        const guint8 was = p->before[c->plane][place (p, i, x, y)],
                     is = p->data[c->plane][place (p, i, x, y)];
        g_assert_cmpfloat_with_epsilon (is, was + (color[i] - was) * share, 5);
      }
  }
}

static const TfcFormat *
random_format (GRand *rand)
{
  const TfcFormat *f;
  guint n = 0;
  while (tfc_format_nth (n))
    n++;
  do
    f = tfc_format_nth ((guint)g_rand_int_range (rand, 0, (gint)n));
  while (!tfc_overlay_masks (f));
  return f;
}

static void
test_colours (void)
{
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcOverlay *overlay = tfc_overlay_new ();
  for (guint round = 0; round < 400; round++) {
    guint8 *data;
    TfcMask mask = random_mask (rand, &data);
    Picture p = picture_new (random_format (rand), (guint)g_rand_int_range (rand, 1, 70),
                             (guint)g_rand_int_range (rand, 1, 50), rand);
    TfcStyle style = tfc_style_defaults;
    style.mask = g_rand_boolean (rand) ? TFC_MASK_TINT : TFC_MASK_REPLACE_BACKGROUND;
    style.edge_blur = 0;
    g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL));
    check_colour (&p, &style, &mask);
    check_beside (&p);
    picture_free (&p);
    g_free (data);
  }
  tfc_overlay_free (overlay);
  g_rand_free (rand);
}

/* Every effect with every mask, also ones that are none: nothing beside the picture is touched. */
static void
test_anything (void)
{
  static const gfloat odd[] = {NAN, INFINITY, -INFINITY, 1e30f, 0, -1};
  GRand *rand = g_rand_new_with_seed (test_seed ());
  TfcOverlay *overlay = tfc_overlay_new ();
  for (guint round = 0; round < 600; round++) {
    guint8 *data;
    TfcMask mask = random_mask (rand, &data);
    Picture p = picture_new (random_format (rand), (guint)g_rand_int_range (rand, 1, 70),
                             (guint)g_rand_int_range (rand, 1, 50), rand);
    Picture other = picture_new (p.pixels.format, p.pixels.width, p.pixels.height, rand);
    TfcStyle style = tfc_style_defaults;
    style.mask = (TfcMaskEffect)g_rand_int_range (rand, TFC_MASK_NONE, TFC_MASK_CUTOUT + 1);
    style.mask_blur = g_rand_double_range (rand, 0, 100);
    style.edge_blur = g_rand_double_range (rand, 0, 100);
    style.scale_with_picture = g_rand_boolean (rand);
    if (g_rand_int_range (rand, 0, 4) == 0) {
      gfloat *const region[] = {&mask.region.x, &mask.region.y, &mask.region.w, &mask.region.h};
      *region[g_rand_int_range (rand, 0, 4)] = odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))];
    }
    if (g_rand_int_range (rand, 0, 10) == 0)
      mask.width = 0;
    g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style,
                                     g_rand_int_range (rand, 0, 5) ? &mask : NULL,
                                     g_rand_boolean (rand) ? &other.pixels : NULL, NULL));
    check_beside (&p);
    picture_free (&p);
    picture_free (&other);
    g_free (data);
  }
  tfc_overlay_free (overlay);
  g_rand_free (rand);
}

/* A person of one colour before a wall of another. */
static Picture
person_before_wall (const gchar *format, guint w, guint h, guint8 *data, TfcMask *mask)
{
  GRand *rand = g_rand_new_with_seed (1);
  Picture p = picture_new (tfc_format_find (format), w, h, rand);
  *mask = (TfcMask){32, 32, {0, 0, 1, 1}, TFC_MASK_PERSON, 0, data};
  for (guint i = 0; i < 32 * 32; i++)
    data[i] = i % 32 >= 12 && i % 32 < 20 && i / 32 >= 10 ? 255 : 0;
  for (guint i = 0; i < tfc_format_n_components (p.pixels.format); i++) {
    const TfcComponent *c = &p.pixels.format->component[i];
    guint n[2];
    samples (&p, i, n);
    for (guint y = 0; y < n[1]; y++)
      for (guint x = 0; x < n[0]; x++) {
        const gboolean person = x * 32 / n[0] >= 12 && x * 32 / n[0] < 20 && y * 32 / n[1] >= 10;
        p.data[c->plane][place (&p, i, x, y)] = person ? 250 : 90;
      }
  }
  g_rand_free (rand);
  return p;
}

/* The wall is as it was up to the person, and so is the person. Well above the feet, where mask and
 * colour agree to half a value of the mask. */
static void
check_no_halo (const Picture *p)
{
  for (guint c = 0; c < tfc_format_n_components (p->pixels.format); c++) {
    guint n[2];
    samples (p, c, n);
    for (guint i = 0; i < n[0]; i++) {
      const guint8 *plane = p->data[p->pixels.format->component[c].plane];
      const guint is = plane[place (p, c, i, n[1] * 5 / 6)], x = i * 640 / n[0];
      if (MIN (ABS ((gint)x - 240), ABS ((gint)x - 400)) > 15)
        g_assert_cmpint (is, ==, x >= 240 && x < 400 ? 250 : 90);
    }
  }
}

/* No halo: a plain wall stays as it is up to a person of another colour, however strong the blur.
 */
static void
test_no_halo (void)
{
  static const gchar *const formats[] = {"NV12", "I420",  "YUY2", "RGB",
                                         "BGRx", "GRAY8", "Y41B", "YUV9"};
  TfcOverlay *overlay = tfc_overlay_new ();
  for (guint i = 0; i < 2 * G_N_ELEMENTS (formats); i++) {
    guint8 data[32 * 32];
    TfcMask mask;
    Picture p = person_before_wall (formats[i / 2], 640, 480, data, &mask);
    TfcStyle style = tfc_style_defaults;
    style.mask = TFC_MASK_BLUR_BACKGROUND;
    style.mask_blur = i % 2 ? 12 : 4;
    style.edge_blur = 0;
    g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL));
    check_no_halo (&p);
    picture_free (&p);
  }
  tfc_overlay_free (overlay);
}

/* A stripe of one pixel in the background is gone where it is blurred or pixelated, and stays on
 * the person. */
static void
test_details_go (void)
{
  static const TfcMaskEffect effects[] = {TFC_MASK_BLUR_BACKGROUND, TFC_MASK_PIXELATE_BACKGROUND};
  TfcOverlay *overlay = tfc_overlay_new ();
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++) {
    guint8 data[32 * 32];
    TfcMask mask;
    Picture p = person_before_wall ("GRAY8", 640, 480, data, &mask);
    TfcStyle style = tfc_style_defaults;
    style.mask = effects[i];
    for (guint y = 0; y < 480; y++)
      for (guint x = 0; x < 640; x += 8)
        p.data[0][place (&p, 0, x, y)] = 0;
    g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL));
    for (guint x = 16; x < 200; x++)
      g_assert_cmpint (ABS ((gint)p.data[0][place (&p, 0, x, 400)] - 79), <=, 2);
    for (guint x = 280; x < 360; x++)
      g_assert_cmpint (p.data[0][place (&p, 0, x, 400)], ==, x % 8 ? 250 : 0);
    picture_free (&p);
  }
  tfc_overlay_free (overlay);
}

static void
test_cutout (void)
{
  TfcOverlay *overlay = tfc_overlay_new ();
  guint8 data[32 * 32];
  TfcMask mask;
  Picture p = person_before_wall ("RGBA", 64, 64, data, &mask);
  TfcStyle style = tfc_style_defaults;
  const TfcAlphaBytes alpha = {p.pixels.plane[0] + 3, p.pixels.stride[0], 4};
  guint8 *background = p.data[0] + place (&p, 0, 2, 2), *person = p.data[0] + place (&p, 0, 32, 60);
  style.mask = TFC_MASK_CUTOUT;
  background[3] = 255;
  person[3] = 200;
  g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, &alpha));
  g_assert_cmpint (background[3], ==, 0);
  g_assert_cmpint (person[3], ==, 200);
  g_assert_cmpint (background[0], ==, 90); /* colours stay */
  g_assert_true (
      tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL)); /* no alpha: a colour */
  g_assert_cmpint (background[0], ==, style.background_color >> 16 & 255);
  g_assert_cmpint (person[0], ==, 250);
  picture_free (&p);
  tfc_overlay_free (overlay);
}

static void
test_no_memory (void)
{
  for (TfcMaskEffect effect = TFC_MASK_TINT; effect <= TFC_MASK_CUTOUT; effect++) {
    TfcOverlay *overlay = tfc_overlay_new ();
    guint8 data[32 * 32];
    TfcMask mask;
    Picture p = person_before_wall ("NV12", 64, 64, data, &mask);
    TfcStyle style = tfc_style_defaults;
    guint8 *before = g_memdup2 (p.data[0], p.size[0]);
    style.mask = effect;
    no_memory = TRUE;
    g_assert_false (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL));
    g_assert_cmpmem (p.data[0], p.size[0], before, p.size[0]);
    no_memory = FALSE;
    g_assert_true (tfc_overlay_mask (overlay, &p.pixels, &style, &mask, NULL, NULL));
    g_free (before);
    picture_free (&p);
    tfc_overlay_free (overlay);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/colours", test_colours);
  g_test_add_func ("/mask/anything", test_anything);
  g_test_add_func ("/mask/no-halo", test_no_halo);
  g_test_add_func ("/mask/details-go", test_details_go);
  g_test_add_func ("/mask/cutout", test_cutout);
  g_test_add_func ("/mask/no-memory", test_no_memory);
  return g_test_run ();
}
