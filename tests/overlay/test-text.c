/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Labels: scripts, hostile bytes, what is kept, and where they go. */
#include "overlay/overlay.h"
#include "overlay/placement.h"
#include "overlay/text.h"
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
    TfcMask mask = {0};
    gchar *description = g_strdup_printf ("Sans %g", sizes[k]);
    GString *clean = g_string_new (NULL);
    guint refused = 0;
    g_assert_true (tfc_mask_begin (&mask, (TfcArea){0, 0, 400, 300}));
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
    tfc_mask_finish (&mask);
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
  g_test_add_func ("/text/placement", test_placement);
  g_test_add_func ("/text/placement-odd", test_placement_odd);
  g_test_add_func ("/text/scale", test_scale);
  g_test_add_func ("/text/threads", test_threads);
  return g_test_run ();
}
