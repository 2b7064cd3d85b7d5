/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blend.h"
#include "overlay/overlay.h"
#include "tests/seed.h"
#include <math.h>
#include <string.h>

#define MARGIN 64 /* bytes around each plane that nobody may touch */

typedef struct {
  TfcPixels pixels;
  guint8 *data, *before;
  gsize size;
} Picture;

/* What the planes hold is random; with gray, one colour instead. */
static Picture
picture_new (const TfcFormat *format, guint w, guint h, GRand *rand, gint gray)
{
  Picture p = {{.width = w, .height = h, .format = format}};
  gsize stride = 4 * w + MARGIN, plane = stride * (h + 2);
  p.size = plane * format->n_planes;
  p.data = g_malloc (p.size);
  for (gsize i = 0; i < p.size; i++)
    p.data[i] = gray >= 0 ? gray : g_rand_int_range (rand, 0, 256);
  for (guint i = 0; i < format->n_planes; i++) {
    gboolean upside_down = rand && g_rand_boolean (rand);
    p.pixels.plane[i] = p.data + i * plane + (upside_down ? h : 1) * stride;
    p.pixels.stride[i] = upside_down ? -(gint)stride : (gint)stride;
  }
  return p;
}

static void
picture_keep (Picture *p)
{
  p->before = g_memdup2 (p->data, p->size);
}

static void
picture_free (Picture *p)
{
  g_free (p->data);
  g_free (p->before);
}

static guint
components (const Picture *p)
{
  return p->pixels.format->kind == TFC_PIXELS_GRAY ? 1 : 3;
}

static gsize
at (const Picture *p, guint component, guint x, guint y)
{
  const TfcComponent *c = &p->pixels.format->component[component];
  return p->pixels.plane[c->plane] - p->data +
         (gssize)(y >> c->sub_y) * p->pixels.stride[c->plane] + (gssize)(x >> c->sub_x) * c->step +
         c->offset;
}

/* By the definition of the standards: Kr, Kb; 8-bit limited or full range. */
static const gdouble luma_weights[][2] = {{0.299, 0.114}, {0.2126, 0.0722}, {0.2627, 0.0593}};

static void
to_format (const TfcPixels *p, const gdouble rgb[3], gdouble out[3])
{
  const gdouble *k = luma_weights[p->matrix];
  gdouble y = k[0] * rgb[0] + (1 - k[0] - k[1]) * rgb[1] + k[1] * rgb[2];
  gdouble pb = (rgb[2] - y) / 2 / (1 - k[1]), pr = (rgb[0] - y) / 2 / (1 - k[0]);
  if (p->format->kind == TFC_PIXELS_RGB) {
    memcpy (out, rgb, 3 * sizeof *out);
    return;
  }
  out[0] = p->full_range ? y : 16 + 219 * y / 255;
  out[1] = 128 + (p->full_range ? pb : 224 * pb / 255);
  out[2] = 128 + (p->full_range ? pr : 224 * pr / 255);
}

static void
to_rgb (const TfcPixels *p, const gdouble in[3], gdouble rgb[3])
{
  const gdouble *k = luma_weights[p->matrix];
  gdouble y = p->full_range ? in[0] : (in[0] - 16) * 255 / 219;
  gdouble pb = (in[1] - 128) * (p->full_range ? 1 : 255 / 224.);
  gdouble pr = (in[2] - 128) * (p->full_range ? 1 : 255 / 224.);
  if (p->format->kind == TFC_PIXELS_RGB) {
    memcpy (rgb, in, 3 * sizeof *rgb);
    return;
  }
  rgb[0] = y + 2 * (1 - k[0]) * pr;
  rgb[2] = y + 2 * (1 - k[1]) * pb;
  rgb[1] = (y - k[0] * rgb[0] - k[1] * rgb[2]) / (1 - k[0] - k[1]);
}

/* Mean coverage 0..1 of the pixels of the picture that share the sample of (x, y). */
static gdouble
mean (const Picture *p, const TfcCoverage *cover, const guint8 *values, const TfcComponent *c,
      gint x, gint y)
{
  gint n = 0, sum = 0;
  for (gint j = y >> c->sub_y << c->sub_y; j < ((y >> c->sub_y) + 1) << c->sub_y; j++)
    for (gint i = x >> c->sub_x << c->sub_x; i < ((x >> c->sub_x) + 1) << c->sub_x; i++) {
      gint u = i - cover->x, v = j - cover->y;
      if (i >= (gint)p->pixels.width || j >= (gint)p->pixels.height)
        continue;
      n++;
      if (u >= 0 && u < cover->w && v >= 0 && v < cover->h)
        sum += values[v * cover->stride + u];
    }
  return sum / 255.0 / n;
}

static void
check_blend (const Picture *p, const TfcCoverage *cover, const guint8 *values, guint32 argb)
{
  const gdouble rgb[3] = {argb >> 16 & 255, argb >> 8 & 255, argb & 255};
  gdouble color[3];
  g_autofree guint8 *seen = g_malloc0 (p->size);
  to_format (&p->pixels, rgb, color);
  for (gint y = 0; y < (gint)p->pixels.height; y++)
    for (gint x = 0; x < (gint)p->pixels.width; x++)
      for (guint c = 0; c < components (p); c++) {
        const TfcComponent *k = &p->pixels.format->component[c];
        gsize i = at (p, c, x, y);
        gdouble a = mean (p, cover, values, k, x, y) * (argb >> 24) / 255;
        gdouble want = p->before[i] + (CLAMP (color[c], 0, 255) - p->before[i]) * a;
        if (fabs (p->data[i] - want) > 1.6)
          g_error ("%s %ux%u: component %u at %d,%d is %d, not %f", p->pixels.format->name,
                   p->pixels.width, p->pixels.height, c, x, y, p->data[i], want);
        if (a == 0)
          g_assert_cmpint (p->data[i], ==, p->before[i]);
        seen[i] = 1;
        if (k->step == 4 && !k->sub_x)
          for (guint b = 0; b < 4; b++)
            seen[i - k->offset + b] = 1;
        if (k->step == 4 && k->sub_x) /* the luma beside the last chroma of an odd row */
          seen[i - k->offset + 2 + p->pixels.format->component[0].offset] = 1;
      }
  for (gsize i = 0; i < p->size; i++)
    g_assert_true (seen[i] || p->data[i] == p->before[i]);
}

/* Random coverage, mostly empty or full, on random planes: every sample against double precision.
 */
static void
test_samples (gconstpointer data)
{
  const TfcFormat *format = data;
  GRand *rand = g_rand_new_with_seed (test_seed ());
  for (guint round = 0; round < 60; round++) {
    guint w = g_rand_int_range (rand, 1, round % 8 ? 70 : 700), h = g_rand_int_range (rand, 1, 20);
    Picture p = picture_new (format, w, h, rand, -1);
    p.pixels.matrix = g_rand_int_range (rand, 0, 3);
    p.pixels.full_range = g_rand_boolean (rand);
    picture_keep (&p);
    TfcCoverage cover = {.x = g_rand_int_range (rand, 0, w) & ~1,
                         .y = g_rand_int_range (rand, 0, h) & ~1};
    cover.w = g_rand_int_range (rand, 1, w - cover.x + 1);
    cover.h = g_rand_int_range (rand, 1, h - cover.y + 1);
    cover.w += cover.w & 1;
    cover.h += cover.h & 1;
    cover.stride = (cover.w + TFC_BLEND_ROW - 1) / TFC_BLEND_ROW * TFC_BLEND_ROW;
    cover.data = g_malloc0 (cover.stride * cover.h);
    guint32 argb = g_rand_int (rand) | (g_rand_boolean (rand) ? 0xff000000 : 0);
    gint often = g_rand_int_range (rand, 1, 40);
    for (gint y = 0; y < cover.h; y++)
      for (gint x = 0; x < cover.w; x++)
        if (!g_rand_int_range (rand, 0, often))
          cover.data[y * cover.stride + x] =
              g_rand_boolean (rand) ? 255 : g_rand_int_range (rand, 0, 256);
    g_autofree guint8 *values = g_memdup2 (cover.data, cover.stride * cover.h);
    tfc_blend (&p.pixels, argb, &cover);
    check_blend (&p, &cover, values, argb);
    g_free (cover.data);
    picture_free (&p);
  }
  g_rand_free (rand);
}

static void
draw_box (Picture *p, gdouble x, gdouble y)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{x / p->pixels.width, y / p->pixels.height, 0.5f, 0.5f}, 0.5f};
  TfcAnnotations scene = {.n_detections = 1, .detections = &d};
  TfcOverlay *overlay = tfc_overlay_new ();
  style.draw_labels = style.scale_with_picture = FALSE;
  TfcLayout *layout =
      tfc_overlay_lay_out (overlay, p->pixels.width, p->pixels.height, &style, &scene);
  tfc_layout_paint_pixels (layout, &p->pixels, 0, 0);
  tfc_overlay_free (overlay);
}

/* The colour that p shows where the pixels of plain that share (x, y)'s chroma are of one colour.
 */
static void
compare (const Picture *p, const Picture *plain, gint x, gint y)
{
  gdouble value[3] = {0, 128, 128}, rgb[3], is[3], want[3];
  for (guint c = 0; c < 3; c++)
    rgb[c] = plain->data[at (plain, c, x, y)];
  to_format (&p->pixels, rgb, want);
  to_rgb (&p->pixels, want, rgb);
  for (guint c = 0; c < components (p); c++)
    value[c] = p->data[at (p, c, x, y)];
  to_rgb (&p->pixels, value, is);
  if (components (p) == 1)
    is[0] = value[0], rgb[0] = want[0], is[1] = rgb[1] = is[2] = rgb[2] = 0;
  for (guint c = 0; c < 3; c++)
    if (fabs (is[c] - rgb[c]) > 2)
      g_error ("%s: %d,%d: channel %u is %f, not %f", p->pixels.format->name, x, y, c, is[c],
               rgb[c]);
}

static gboolean
even_color (const Picture *plain, gint x, gint y)
{
  gint n = 0;
  for (gint j = y & ~1; j < MIN ((y & ~1) + 2, (gint)plain->pixels.height); j++)
    for (gint i = x & ~1; i < MIN ((x & ~1) + 2, (gint)plain->pixels.width); i++)
      n += memcmp (plain->data + at (plain, 2, i, j), plain->data + at (plain, 2, x, y), 3) != 0;
  return !n;
}

/* A red box, 3 pixels wide, on gray: converted back it is the box drawn on BGRx. Where red and gray
 * share a sample of chroma, luma and the mean of their chroma are right (test_edges). */
static void
test_red_line (gconstpointer data)
{
  const TfcFormat *format = data;
  for (guint i = 0; i < 24; i++) {
    guint w = 61 + i % 2, h = 40 + i / 2 % 2;
    TfcMatrix matrix = i % 3;
    Picture plain = picture_new (tfc_format_find ("BGRx"), w, h, NULL, 128);
    Picture p = picture_new (format, w, h, NULL, 128);
    p.pixels.matrix = matrix;
    p.pixels.full_range = i / 4 % 2;
    const gdouble gray[3] = {128, 128, 128};
    gdouble value[3];
    to_format (&p.pixels, gray, value);
    for (guint c = 0; c < components (&p); c++)
      for (guint y = 0; y < h; y++)
        for (guint x = 0; x < w; x++)
          p.data[at (&p, c, x, y)] = (guint8)lrint (value[c]);
    draw_box (&plain, 9 + i / 8, 8 + i / 12);
    draw_box (&p, 9 + i / 8, 8 + i / 12);
    guint red = 0;
    for (guint y = 0; y < h; y++)
      for (guint x = 0; x < w; x++)
        if (even_color (&plain, x, y)) {
          compare (&p, &plain, x, y);
          red += plain.data[at (&plain, 1, x, y)] == 0;
        }
    g_assert_cmpuint (red, >, 60);
    picture_free (&plain);
    picture_free (&p);
  }
}

/* The mean of chroma over a whole box is that of the pixels, also where its sides meet and whether
 * lines begin at odd or even places: no sample is counted twice or left out. */
static void
test_edges (gconstpointer data)
{
  const TfcFormat *format = data;
  for (guint i = 0; i < 36; i++) {
    guint w = 47 + i % 2, h = 33 + i / 2 % 2;
    Picture plain = picture_new (tfc_format_find ("BGRx"), w, h, NULL, 0);
    Picture p = picture_new (format, w, h, NULL, 0);
    picture_keep (&p);
    draw_box (&plain, i % 6 - 2, i / 6 - 2);
    draw_box (&p, i % 6 - 2, i / 6 - 2);
    TfcCoverage cover = {.w = w + w % 2, .h = h + h % 2, .stride = 48};
    g_autofree guint8 *values = g_malloc0 (48 * 40);
    for (guint y = 0; y < h; y++)
      for (guint x = 0; x < w; x++)
        values[y * 48 + x] = plain.data[at (&plain, 0, x, y)];
    check_blend (&p, &cover, values, 0xffff0000);
    picture_free (&plain);
    picture_free (&p);
  }
}

/* A window shows the same strokes as the whole picture; on cleared alpha they are premultiplied:
 * put over paper they are what is drawn on paper. */
static void
test_window (void)
{
  TfcStyle style = tfc_style_defaults;
  TfcDetection d = {{0.2f, 0.3f, 0.5f, 0.5f}, 0.5f};
  const gchar *name = "person";
  TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = &name};
  TfcArea areas[8];
  TfcOverlay *overlay = tfc_overlay_new ();
  Picture all = picture_new (tfc_format_find ("BGRA"), 301, 201, NULL, 0);
  TfcLayout *layout = tfc_overlay_lay_out (overlay, 301, 201, &style, &scene);
  guint n = tfc_layout_areas (layout, areas, 8);
  tfc_layout_paint_pixels (layout, &all.pixels, 0, 0);
  g_assert_cmpuint (n, >, 1);
  for (guint i = 0; i < n; i++) {
    const TfcArea *a = &areas[i];
    Picture part = picture_new (tfc_format_find ("BGRA"), a->w, a->h, NULL, 0);
    tfc_layout_paint_pixels (layout, &part.pixels, a->x, a->y);
    for (gint y = 0; y < a->h; y++)
      g_assert_cmpmem (part.data + at (&part, 2, 0, y), 4 * a->w,
                       all.data + at (&all, 2, a->x, a->y + y), 4 * a->w);
    picture_free (&part);
  }
  Picture paper = picture_new (tfc_format_find ("BGRA"), 301, 201, NULL, 100);
  tfc_layout_paint_pixels (layout, &paper.pixels, 0, 0);
  for (guint i = 0; i < 301 * 201 * 3; i++) {
    guint x = i / 3 % 301, y = i / 903;
    const guint8 *over = all.data + at (&all, 2, x, y);
    gdouble want = over[i % 3] + 100 * (255 - over[3]) / 255.0;
    g_assert_cmpfloat (fabs (paper.data[at (&paper, 2, x, y) + i % 3] - want), <, 2);
  }
  picture_free (&paper);
  picture_free (&all);
  tfc_overlay_free (overlay);
}

int
main (int argc, char **argv)
{
  const TfcFormat *format;
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (format = tfc_format_nth (i)); i++) {
    if (!tfc_blend_takes (format))
      continue;
    g_autofree gchar *samples = g_strconcat ("/blend/samples/", format->name, NULL);
    g_autofree gchar *line = g_strconcat ("/blend/red-line/", format->name, NULL);
    g_autofree gchar *edges = g_strconcat ("/blend/edges/", format->name, NULL);
    g_test_add_data_func (samples, format, test_samples);
    g_test_add_data_func (line, format, test_red_line);
    g_test_add_data_func (edges, format, test_edges);
  }
  g_test_add_func ("/blend/window", test_window);
  return g_test_run ();
}
