/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Labels: scripts, hostile bytes, and what is kept. */
#include "overlay/overlay.h"
#include "overlay/text.h"
#include <math.h>
#include <string.h>

#define RED 0xffff0000u

/* Whether an installed font has every character: then ours must find it. */
static gboolean
can_show (const gchar *text)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  pango_layout_set_text (layout, text, -1);
  const gint missing = pango_layout_get_unknown_glyphs_count (layout);
  g_object_unref (layout);
  g_object_unref (context);
  return missing == 0;
}

/* 1280 x 720 with labels on it. */
typedef struct {
  guint width, height;
  guint32 *pixels;
  TfcOverlay *overlay;
} Canvas;

static void
draw (Canvas *c, const TfcStyle *style, const TfcAnnotations *scene)
{
  const TfcPixels pixels = {
      c->width, c->height, {(guint8 *)c->pixels}, {4 * (gint)c->width}, tfc_format_find ("BGRx")};
  memset (c->pixels, 0x40, 4 * (gsize)c->width * c->height);
  TfcLayout *layout = tfc_overlay_lay_out (c->overlay, c->width, c->height, style, scene);
  tfc_layout_paint_pixels (layout, &pixels, 0, 0);
}

static Canvas
canvas (guint width, guint height)
{
  return (Canvas){width, height, g_malloc (4 * (gsize)width * height), tfc_overlay_new ()};
}

static void
canvas_clear (Canvas *c)
{
  g_free (c->pixels);
  tfc_overlay_free (c->overlay);
}

static guint
count_red (const Canvas *c)
{
  guint n = 0;
  for (gsize i = 0; i < (gsize)c->width * c->height; i++)
    n += (c->pixels[i] | 0xff000000) == RED;
  return n;
}

static guint
hash (const Canvas *c)
{
  guint h = 5381;
  for (gsize i = 0; i < (gsize)c->width * c->height; i++)
    h = h * 33 + c->pixels[i];
  return h;
}

static guint
label_hash (const gchar *name)
{
  TfcStyle style = tfc_style_defaults;
  const TfcDetection d = {{0.1f, 0.5f, 0.5f, 0.4f}, -1};
  const TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = &name};
  Canvas c = canvas (640, 480);
  draw (&c, &style, &scene);
  const guint h = hash (&c);
  canvas_clear (&c);
  return h;
}

/* Two characters that look alike are boxes in place of characters. */
static void
test_scripts (void)
{
  static const struct {
    const gchar *script, *one, *other;
  } cases[] = {
      {"Han", "\xe6\xb1\xbd", "\xe8\xbd\xa6"},
      {"Kana", "\xe3\x81\x8b", "\xe3\x81\xaa"},
      {"Hangul", "\xec\x9e\x90", "\xeb\x8f\x99"},
      {"Arabic", "\xd8\xb3", "\xd9\x8a"},
      {"Hebrew", "\xd7\x9b", "\xd7\xa0"},
      {"Cyrillic", "\xd0\xb6", "\xd1\x88"},
      {"Greek", "\xce\xb1", "\xce\xbb"},
      {"Devanagari", "\xe0\xa4\xae", "\xe0\xa4\x95"},
      {"Thai", "\xe0\xb8\xa3", "\xe0\xb8\x96"},
      {"Han and Latin", "car \xe6\xb1\xbd", "car \xe8\xbd\xa6"},
      {"Cyrillic and Latin", "\xd0\xb6 car", "\xd1\x88 car"},
  };
  guint shown = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    TfcFont font = {0};
    if (!can_show (cases[i].one) || !can_show (cases[i].other)) {
      g_test_message ("no font for %s", cases[i].script);
      continue;
    }
    tfc_font_set (&font, "Arial Bold 24", 1, 640);
    g_assert_cmpuint (tfc_font_measure (&font, cases[i].one).missing, ==, 0);
    tfc_font_finish (&font);
    g_assert_cmphex (label_hash (cases[i].one), !=, label_hash (cases[i].other));
    shown++;
  }
  if (!shown)
    g_test_skip ("no font for any script");
}

/* Arabic letters join: a word is not its letters side by side. */
static void
test_shaping (void)
{
  static const gchar *const letters[] = {"\xd8\xb3", "\xd9\x8a", "\xd8\xa7", "\xd8\xb1",
                                         "\xd8\xa9"};
  TfcFont font = {0};
  gint sum = 0;
  gchar *word = g_strjoin ("", letters[0], letters[1], letters[2], letters[3], letters[4], NULL);
  if (!can_show (word)) {
    g_test_skip ("no Arabic font");
    g_free (word);
    return;
  }
  tfc_font_set (&font, "Arial Bold 24", 2, 640);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    sum += tfc_font_measure (&font, letters[i]).width;
  const TfcTextSize size = tfc_font_measure (&font, word);
  g_assert_cmpint (size.width, >, 0);
  g_assert_cmpint (size.width, <, sum - 5);
  /* What is read from right to left begins at its origin all the same. */
  g_assert_cmpint (size.left, >, -20);
  g_assert_cmpint (size.right, <, size.width + 20);
  tfc_font_finish (&font);
  g_free (word);
}

static void
check_clean (const gchar *text, const gchar *clean)
{
  GString *s = g_string_new ("before ");
  tfc_text_append_clean (s, text);
  g_assert_cmpstr (s->str + 7, ==, clean);
  g_assert_true (g_utf8_validate (s->str, (gssize)s->len, NULL));
  g_string_free (s, TRUE);
}

static void
test_clean (void)
{
  gchar *many = g_strnfill (3000000, 'x'), *cut = g_strnfill (TFC_TEXT_CHARACTERS + 3, 'x');
  memcpy (cut + TFC_TEXT_CHARACTERS, "\xe2\x80\xa6", 3);
  check_clean ("person", "person");
  check_clean ("", "");
  check_clean ("a\nb\tc\x7f" TFC_TEXT_JOIN "d", "a b c  d");
  check_clean ("a\xe2\x80\xa8z\xc2\x85", "a z ");
  check_clean ("\xe2\x80\xae"
               "evil\xe2\x81\xa6",
               "evil");
  check_clean ("\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd");
  check_clean ("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  check_clean (many, cut);
  g_free (many);
  g_free (cut);
}

static gchar *
random_name (GRand *rand)
{
  GString *s = g_string_new (NULL);
  const guint n = g_rand_int_range (rand, 0, 80);
  const guint32 begins[] = {0x20,   0x300,  0x400,  0x600,   0x900,   0x200b,
                            0x4e00, 0xac00, 0xe000, 0x1f600, 0x10ff00};
  for (guint i = 0; i < n; i++) {
    if (g_rand_int_range (rand, 0, 10) == 0)
      g_string_append_c (s, (gchar)g_rand_int_range (rand, 1, 256));
    else
      g_string_append_unichar (s, begins[g_rand_int_range (rand, 0, G_N_ELEMENTS (begins))] +
                                      g_rand_int_range (rand, 0, 200));
  }
  return g_string_free (s, FALSE);
}

/* Ever new labels in every size: what is kept, and what a frame makes, is bounded. */
static void
test_bounded (void)
{
  static const gdouble sizes[] = {1, 24, 100, 512};
  GRand *rand = g_rand_new_with_seed (11);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    TfcFont font = {0};
    TfcCoverageMask mask = {0};
    gchar *description = g_strdup_printf ("Sans %g", sizes[k]);
    GString *clean = g_string_new (NULL);
    guint refused = 0;
    g_assert_true (tfc_coverage_mask_begin (&mask, (TfcArea){0, 0, 400, 300}));
    for (guint frame = 0; frame < 6; frame++) {
      tfc_font_set (&font, description, 2, 1920);
      for (guint i = 0; i < 24; i++) {
        gchar *name = random_name (rand);
        g_string_truncate (clean, 0);
        tfc_text_append_clean (clean, name);
        const TfcTextSize size = tfc_font_measure (&font, clean->str);
        refused += size.width == 0 && *name;
        g_assert_cmpint (size.bottom - size.top, <, 8 * font.size + 100);
        tfc_font_draw (&font, &mask, clean->str, -100, 100, i % 2);
        g_assert_cmpuint (font.bytes, <=, TFC_TEXT_CACHE);
        g_free (name);
      }
    }
    if (sizes[k] == 512)
      g_assert_cmpuint (refused, >, 0);
    if (sizes[k] <= 24)
      g_assert_cmpuint (refused, <, 6 * 24 / 4);
    tfc_coverage_mask_finish (&mask);
    tfc_font_finish (&font);
    g_string_free (clean, TRUE);
    g_free (description);
  }
  g_rand_free (rand);
}

/* A label that was there on the frame before costs nothing new, neither does another score. */
static void
test_kept (void)
{
  TfcFont font = {0};
  const gchar *const texts[] = {
      "87.3% " TFC_TEXT_JOIN "\xd0\xb6\xd1\x88", "12.4% " TFC_TEXT_JOIN "person",
      "90.6% " TFC_TEXT_JOIN "\xd0\xb6\xd1\x88", "5.0% " TFC_TEXT_JOIN "person"};
  gint64 left = 0;
  for (guint i = 0; i < 24; i++) {
    tfc_font_set (&font, "Sans 24", 1, 1920);
    if (i == 4)
      left = font.left;
    g_assert_cmpint (tfc_font_measure (&font, texts[i % 4]).width, >, 0);
    if (i > 4)
      g_assert_cmpint (font.left, ==, left);
  }
  tfc_font_finish (&font);
}

/* Names that are wider than the picture end in an ellipsis. */
static void
test_cut (void)
{
  TfcFont font = {0};
  const gchar *name = "\xd0\xb6 a name that goes on and on beyond the edge of a narrow picture";
  tfc_font_set (&font, "Sans 24", 1, 4000);
  const gint whole = tfc_font_measure (&font, name).width;
  tfc_font_set (&font, "Sans 24", 1, 300);
  const gint cut = tfc_font_measure (&font, name).width;
  g_assert_cmpint (whole, >, 500);
  g_assert_cmpint (cut, <=, 300);
  g_assert_cmpint (cut, >, 60);
  tfc_font_finish (&font);
}

/* Labels that want the same place are both to be read. */
static void
test_crowd (void)
{
  static const gchar *const names[] = {"person", "person", "person", "person", "person", "person"};
  TfcDetection d[6];
  TfcStyle style = tfc_style_defaults;
  TfcAnnotations scene = {.n_detections = 1, .detections = d, .names = names};
  Canvas c = canvas (640, 480);
  style.draw_boxes = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (d); i++)
    d[i] = (TfcDetection){{0.4f + 0.01f * i, 0.4f - 0.01f * i, 0.3f, 0.3f}, 0.873f};
  draw (&c, &style, &scene);
  const guint one = count_red (&c);
  scene.n_detections = G_N_ELEMENTS (d);
  draw (&c, &style, &scene);
  g_assert_cmpuint (one, >, 300);
  g_assert_cmpuint (count_red (&c), >=, G_N_ELEMENTS (d) * (one - one / 50));
  canvas_clear (&c);
}

/* From one thread to the next, as a stream's elements are used. */
static gpointer
draw_elsewhere (gpointer data)
{
  Canvas *c = data;
  TfcStyle style = tfc_style_defaults;
  const TfcDetection d = {{0.1f, 0.5f, 0.5f, 0.4f}, 0.5f};
  const gchar *name = "\xd0\xb6 car";
  const TfcAnnotations scene = {.n_detections = 1, .detections = &d, .names = &name};
  draw (c, &style, &scene);
  return GUINT_TO_POINTER (hash (c));
}

static void
test_threads (void)
{
  Canvas a = canvas (640, 480), b = canvas (640, 480);
  const gpointer here = draw_elsewhere (&a);
  for (guint i = 0; i < 8; i++) {
    GThread *first = g_thread_new ("first", draw_elsewhere, &a);
    GThread *second = g_thread_new ("second", draw_elsewhere, &b);
    g_assert_true (g_thread_join (first) == here);
    g_assert_true (g_thread_join (second) == here);
  }
  canvas_clear (&a);
  canvas_clear (&b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/scripts", test_scripts);
  g_test_add_func ("/text/shaping", test_shaping);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/bounded", test_bounded);
  g_test_add_func ("/text/kept", test_kept);
  g_test_add_func ("/text/cut", test_cut);
  g_test_add_func ("/text/crowd", test_crowd);
  g_test_add_func ("/text/threads", test_threads);
  return g_test_run ();
}
