/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "text.h"
#include "blur.h"
#include <math.h>
#include <string.h>

#define MAX_CHARACTERS 64
#define MAX_GLYPHS 1024

typedef struct {
  gint x, y, w, h; /* of both stamps, from the origin */
  gint advance;
  guint8 *cover, *glow;
} Glyph;

static void
glyph_free (gpointer data)
{
  Glyph *glyph = data;
  g_free (glyph->cover);
  g_free (glyph);
}

static const struct {
  const gchar *word;
  gboolean bold, italic;
} styles[] = {
    {"Bold", TRUE, FALSE},     {"Semi-Bold", TRUE, FALSE}, {"Heavy", TRUE, FALSE},
    {"Black", TRUE, FALSE},    {"Italic", FALSE, TRUE},    {"Oblique", FALSE, TRUE},
    {"Regular", FALSE, FALSE}, {"Normal", FALSE, FALSE},   {"Medium", FALSE, FALSE},
    {"Light", FALSE, FALSE},
};

typedef struct {
  gchar *family;
  gboolean bold, italic;
  gdouble size;
} Description;

/* Takes a style word off the end of words; FALSE if the last one is none. */
static gboolean
take_style (gchar **words, guint n, Description *d)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (!g_ascii_strcasecmp (words[n - 1], styles[i].word)) {
      d->bold |= styles[i].bold;
      d->italic |= styles[i].italic;
      g_clear_pointer (&words[n - 1], g_free);
      return TRUE;
    }
  return FALSE;
}

static Description
parse (const gchar *text)
{
  Description d = {NULL, FALSE, FALSE, 24};
  gchar **words = g_strsplit_set (text ? text : "", " ,", 16);
  guint n = g_strv_length (words);
  gchar *end = NULL;
  gdouble size = n ? g_ascii_strtod (words[n - 1], &end) : 0;
  if (n && end != words[n - 1] && (!*end || !g_ascii_strcasecmp (end, "px"))) {
    d.size = isfinite (size) ? CLAMP (size, 1, 512) : d.size;
    g_clear_pointer (&words[--n], g_free);
  }
  while (n && take_style (words, n, &d))
    n--;
  gchar *family = g_strjoinv (" ", words);
  d.family = g_utf8_make_valid (*family ? family : "Sans", -1);
  g_free (family);
  g_strfreev (words);
  return d;
}

void
tfc_font_finish (TfcFont *font)
{
  g_clear_pointer (&font->glyphs, g_hash_table_unref);
  g_clear_pointer (&font->face, cairo_scaled_font_destroy);
  g_clear_pointer (&font->description, g_free);
  memset (font->ascii, 0, sizeof font->ascii);
}

static cairo_scaled_font_t *
make_face (const Description *d, gdouble size)
{
  cairo_font_face_t *face = cairo_toy_font_face_create (
      d->family, d->italic ? CAIRO_FONT_SLANT_ITALIC : CAIRO_FONT_SLANT_NORMAL,
      d->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_matrix_t matrix, identity;
  cairo_matrix_init_scale (&matrix, size, size);
  cairo_matrix_init_identity (&identity);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  cairo_scaled_font_t *scaled = cairo_scaled_font_create (face, &matrix, &identity, options);
  cairo_font_options_destroy (options);
  cairo_font_face_destroy (face);
  return scaled;
}

void
tfc_font_set (TfcFont *font, const gchar *description, gdouble scale)
{
  if (font->face && font->scale == scale && !g_strcmp0 (font->description, description))
    return;
  gchar *copy = g_strdup (description);
  tfc_font_finish (font);
  Description d = parse (description);
  font->description = copy;
  font->scale = scale;
  font->size = CLAMP (d.size * scale, 4, 1024);
  font->face = make_face (&d, font->size);
  font->glow = MAX (1, (gint)lrint (font->size / 6));
  font->glyphs = g_hash_table_new_full (NULL, NULL, NULL, glyph_free);
  cairo_font_extents_t extents;
  cairo_scaled_font_extents (font->face, &extents);
  font->ascent = (gint)CLAMP (ceil (extents.ascent), 0, 4096);
  font->descent = (gint)CLAMP (ceil (extents.descent), 0, 4096);
  g_free (d.family);
}

/* The glow: the glyph blurred by two boxes each way, made stronger. */
static void
make_glow (Glyph *glyph, gint reach)
{
  gint radius = MAX (reach / 2, 1), n = glyph->w * glyph->h;
  guint8 *line = g_malloc (MAX (glyph->w, glyph->h));
  memcpy (glyph->glow, glyph->cover, n);
  tfc_blur (glyph->glow, glyph->w, glyph->h, radius, 2, line);
  for (gint i = 0; i < n; i++)
    glyph->glow[i] = MIN (255, glyph->glow[i] * 2);
  g_free (line);
}

static void
render (TfcFont *font, Glyph *glyph, const cairo_glyph_t *at)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, glyph->w, glyph->h);
  cairo_t *cr = cairo_create (surface);
  cairo_set_scaled_font (cr, font->face);
  cairo_glyph_t moved = {at->index, -glyph->x, -glyph->y};
  cairo_show_glyphs (cr, &moved, 1);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  gint stride = cairo_image_surface_get_stride (surface);
  for (gint y = 0; data && y < glyph->h; y++)
    memcpy (glyph->cover + y * glyph->w, data + y * stride, glyph->w);
  cairo_surface_destroy (surface);
  make_glow (glyph, font->glow);
}

static Glyph *
make_glyph (TfcFont *font, gunichar c)
{
  Glyph *glyph = g_new0 (Glyph, 1);
  gchar utf8[8];
  cairo_glyph_t one, *glyphs = &one;
  gint n = 1, length = g_unichar_to_utf8 (c, utf8);
  if (cairo_scaled_font_text_to_glyphs (font->face, 0, 0, utf8, length, &glyphs, &n, NULL, NULL,
                                        NULL) != CAIRO_STATUS_SUCCESS ||
      n < 1)
    return glyph;
  cairo_text_extents_t e;
  cairo_scaled_font_glyph_extents (font->face, glyphs, 1, &e);
  glyph->advance = (gint)CLAMP (lrint (e.x_advance), 0, 4096);
  if (e.width > 0 && e.height > 0 && e.width < 4096 && e.height < 4096) {
    gint pad = font->glow + 1;
    glyph->x = (gint)floor (e.x_bearing) - pad;
    glyph->y = (gint)floor (e.y_bearing) - pad;
    glyph->w = (gint)ceil (e.width) + 2 * pad + 1;
    glyph->h = (gint)ceil (e.height) + 2 * pad + 1;
    glyph->cover = g_malloc0 (2 * glyph->w * glyph->h);
    glyph->glow = glyph->cover + glyph->w * glyph->h;
    render (font, glyph, glyphs);
  }
  if (glyphs != &one)
    cairo_glyph_free (glyphs);
  return glyph;
}

/* The glyph stays until the next one is asked for. */
static const Glyph *
find_glyph (TfcFont *font, gunichar c)
{
  if (c < 128 && font->ascii[c])
    return font->ascii[c];
  Glyph *glyph = g_hash_table_lookup (font->glyphs, GUINT_TO_POINTER (c));
  if (!glyph) {
    if (g_hash_table_size (font->glyphs) >= MAX_GLYPHS) {
      memset (font->ascii, 0, sizeof font->ascii);
      g_hash_table_remove_all (font->glyphs);
    }
    glyph = make_glyph (font, c);
    g_hash_table_insert (font->glyphs, GUINT_TO_POINTER (c), glyph);
  }
  if (c < 128)
    font->ascii[c] = glyph;
  return glyph;
}

gint
tfc_font_width (TfcFont *font, const gchar *text)
{
  gint width = 0;
  for (; *text; text = g_utf8_next_char (text))
    width += find_glyph (font, g_utf8_get_char (text))->advance;
  return width;
}

void
tfc_font_stamp (TfcFont *font, TfcMask *mask, const gchar *text, gint x, gint y, gboolean glow)
{
  for (; *text; text = g_utf8_next_char (text)) {
    const Glyph *glyph = find_glyph (font, g_utf8_get_char (text));
    if (glyph->cover)
      tfc_mask_stamp (mask, glow ? glyph->glow : glyph->cover, x + glyph->x, y + glyph->y, glyph->w,
                      glyph->h);
    x += glyph->advance;
  }
}

void
tfc_text_append_clean (GString *to, const gchar *text)
{
  for (guint n = 0; *text; n++) {
    gunichar c = g_utf8_get_char_validated (text, -1);
    gboolean valid = c != (gunichar)-1 && c != (gunichar)-2;
    if (n == MAX_CHARACTERS) {
      g_string_append_unichar (to, 0x2026);
      return;
    }
    if (!valid)
      c = 0xfffd;
    g_string_append_unichar (to, g_unichar_iscntrl (c) ? ' ' : c);
    text = valid ? g_utf8_next_char (text) : text + 1;
  }
}
