/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/text.h"
#include "overlay/blend/blur.h"
#include "overlay/font.h"
#include <math.h>
#include <string.h>

#define FRAME_PIXELS (8 << 20) /* made new in a frame */
#define LAYOUT_PIXELS 20000    /* what a layout costs beside its pixels */
#define RUN_PIXELS (2 << 20)   /* of one run */
/* Size in pixels from which outlines are filled: libraries' own caches of pictures of characters
 * are bounded by number alone. */
#define LARGE 48
#define ELLIPSIS "\xe2\x80\xa6"

struct TfcRun {
  GList link;      /* in used */
  gint x, y, w, h; /* of both glyphs, from the origin */
  gint advance;
  guint missing;
  guint8 *coverage, *glow; /* NULL: nothing to see */
  TfcRun **slot;           /* in ascii, or NULL */
  gchar text[];
};

static gsize
bytes_of (const TfcRun *run)
{
  return sizeof *run + strlen (run->text) + 1 + (run->coverage ? 2 * (gsize)run->w * run->h : 0);
}

static void
drop_run (TfcFont *font, TfcRun *run)
{
  font->bytes -= bytes_of (run);
  g_queue_unlink (&font->used, &run->link);
  if (run->slot)
    *run->slot = NULL;
  else
    g_hash_table_remove (font->runs, run->text);
  g_free (run->coverage);
  g_free (run);
}

static void
keep_run (TfcFont *font, TfcRun *run)
{
  font->bytes += bytes_of (run);
  g_queue_push_head_link (&font->used, &run->link);
  while (font->bytes > TFC_TEXT_CACHE && font->used.tail != &run->link)
    drop_run (font, font->used.tail->data);
}

void
tfc_font_finish (TfcFont *font)
{
  while (font->used.tail)
    drop_run (font, font->used.tail->data);
  g_clear_pointer (&font->runs, g_hash_table_unref);
  g_clear_object (&font->layout);
  g_clear_pointer (&font->description, g_free);
}

static void
read_metrics (TfcFont *font)
{
  PangoFontMetrics *m =
      pango_context_get_metrics (pango_layout_get_context (font->layout), NULL, NULL);
  font->ascent = CLAMP (PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (m)), 0, 4096);
  font->descent = CLAMP (PANGO_PIXELS_CEIL (pango_font_metrics_get_descent (m)), 0, 4096);
  pango_font_metrics_unref (m);
}

void
tfc_font_set (TfcFont *font, const gchar *description, gdouble scale, guint width)
{
  font->left = FRAME_PIXELS;
  if (font->layout && font->scale == scale && font->widest == (gint)width &&
      !g_strcmp0 (font->description, description))
    return;
  gchar *copy = g_strdup (description);
  tfc_font_finish (font);
  gdouble size;
  PangoFontDescription *d = tfc_font_description (description, &size);
  font->description = copy;
  font->scale = scale;
  font->widest = (gint)width;
  font->size = CLAMP (size * scale, 4, 1024);
  font->glow = MAX (1, (gint)lrint (font->size / 6));
  font->layout = tfc_font_layout (d, font->size);
  font->runs = g_hash_table_new (g_str_hash, g_str_equal);
  read_metrics (font);
  pango_font_description_free (d);
}

/* The glow: the text blurred by two boxes each way, made stronger. */
static gboolean
make_glow (TfcRun *run, gint reach)
{
  gsize n = (gsize)run->w * run->h;
  guint8 *line = g_try_malloc (MAX (run->w, run->h));
  if (!line)
    return FALSE;
  memcpy (run->glow, run->coverage, n);
  tfc_blur (run->glow, run->w, run->h, MAX (reach / 2, 1), 2, line);
  for (gsize i = 0; i < n; i++)
    run->glow[i] = MIN (255, run->glow[i] * 2);
  g_free (line);
  return TRUE;
}

static gboolean
draw_line (const TfcFont *font, TfcRun *run)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (font->layout, 0);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, run->w, run->h);
  cairo_t *cr = cairo_create (surface);
  cairo_move_to (cr, -run->x, -run->y);
  if (font->size < LARGE) {
    pango_cairo_show_layout_line (cr, line);
  } else {
    pango_cairo_layout_line_path (cr, line);
    cairo_fill (cr);
  }
  gboolean drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  gint stride = cairo_image_surface_get_stride (surface);
  for (gint row = 0; drawn && data && row < run->h; row++)
    memcpy (run->coverage + (gsize)row * run->w, data + (gsize)row * stride, run->w);
  cairo_surface_destroy (surface);
  return drawn && data;
}

/* Lays text out, and cuts it to what a run may be. Measures are from the origin. */
static void
lay_out (const TfcFont *font, const gchar *text, PangoRectangle *ink, PangoRectangle *logical)
{
  gint most = MIN (font->widest - (gint)(5 * font->size), (gint)(RUN_PIXELS / (3 * font->size)));
  most = MAX (most, (gint)ceil (2 * font->size));
  pango_layout_set_width (font->layout, -1);
  pango_layout_set_text (font->layout, text, -1);
  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (font->layout, 0), ink,
                                       logical);
  if (logical->width <= most)
    return;
  pango_layout_set_ellipsize (font->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (font->layout, most * PANGO_SCALE);
  pango_layout_line_get_pixel_extents (pango_layout_get_line_readonly (font->layout, 0), ink,
                                       logical);
}

/* What hangs far out of its line is cut. */
static void
set_place (const TfcFont *font, TfcRun *run, const PangoRectangle *ink,
           const PangoRectangle *logical)
{
  gint pad = font->glow + 1, size = (gint)ceil (font->size);
  gint left = MAX (ink->x, -size), top = MAX (ink->y, -3 * size);
  gint right = MIN (ink->x + ink->width, logical->width + size);
  gint bottom = MIN (ink->y + ink->height, 2 * size);
  run->advance = CLAMP (logical->width, 0, 1 << 20);
  run->missing = pango_layout_get_unknown_glyphs_count (font->layout);
  run->x = left - pad;
  run->y = top - pad;
  run->w = left < right && top < bottom ? right - left + 2 * pad + 1 : 0;
  run->h = bottom - top + 2 * pad + 1;
}

/* NULL if this frame may make no more, or there is no memory. */
static TfcRun *
make_run (TfcFont *font, const gchar *text)
{
  PangoRectangle ink, logical;
  if (font->left <= 0)
    return NULL;
  const gsize length = strlen (text) + 1;
  TfcRun *run = g_malloc0 (sizeof *run + length);
  memcpy (run->text, text, length);
  run->link.data = run;
  lay_out (font, text, &ink, &logical);
  set_place (font, run, &ink, &logical);
  font->left -= LAYOUT_PIXELS;
  if (run->w <= 0)
    return run;
  gsize n = (gsize)run->w * run->h;
  font->left -= (gint64)n;
  run->coverage = g_try_malloc0 (2 * n);
  run->glow = run->coverage ? run->coverage + n : NULL;
  if (run->coverage && draw_line (font, run) && make_glow (run, font->glow))
    return run;
  g_free (run->coverage);
  g_free (run);
  return NULL;
}

/* The run stays until the next one is asked for. NULL: it cannot be had. */
static const TfcRun *
find_run (TfcFont *font, const gchar *text, TfcRun **slot)
{
  TfcRun *run = slot ? *slot : g_hash_table_lookup (font->runs, text);
  if (run) {
    g_queue_unlink (&font->used, &run->link);
    g_queue_push_head_link (&font->used, &run->link);
    return run;
  }
  run = make_run (font, text);
  if (!run)
    return NULL;
  run->slot = slot;
  if (slot)
    *slot = run;
  else
    g_hash_table_insert (font->runs, run->text, run);
  keep_run (font, run);
  return run;
}

static gboolean
is_ascii (const gchar *text)
{
  for (; *text; text++)
    if ((guchar)*text >= 128)
      return FALSE;
  return TRUE;
}

/* Goes through a text piece by piece. */
typedef struct {
  TfcFont *font;
  const gchar *rest;
  gint x;
  gboolean score; /* before the join: single characters */
  gboolean ascii; /* so is the name */
} Walk;

static Walk
walk (TfcFont *font, const gchar *text)
{
  const gchar *join = strstr (text, TFC_TEXT_JOIN);
  return (Walk){font, text, 0, join != NULL, is_ascii (join ? join + 1 : text)};
}

/* The next piece, which begins at *x; NULL at the end. */
static const TfcRun *
next (Walk *w, gint *x)
{
  const TfcRun *run = NULL;
  while (!run && *w->rest) {
    if (w->score && *w->rest == *TFC_TEXT_JOIN) {
      w->score = FALSE;
      w->rest++;
    } else if (w->score || w->ascii) {
      const gchar one[2] = {*w->rest++, 0};
      run = find_run (w->font, one, &w->font->ascii[*one & 127]);
    } else {
      run = find_run (w->font, w->rest, NULL);
      w->rest += strlen (w->rest);
    }
  }
  *x = w->x;
  if (run)
    w->x += run->advance;
  return run;
}

TfcTextSize
tfc_font_measure (TfcFont *font, const gchar *text)
{
  TfcTextSize size = {0, 0, -font->ascent, 0, font->descent, 0};
  Walk w = walk (font, text);
  const TfcRun *run;
  gint x;
  while ((run = next (&w, &x))) {
    size.missing += run->missing;
    if (!run->coverage)
      continue;
    size.left = MIN (size.left, x + run->x);
    size.right = MAX (size.right, x + run->x + run->w);
    size.top = MIN (size.top, run->y);
    size.bottom = MAX (size.bottom, run->y + run->h);
  }
  size.width = w.x;
  return size;
}

void
tfc_font_draw (TfcFont *font, TfcCoverageMask *mask, const gchar *text, gint x, gint y,
               gboolean glow)
{
  Walk w = walk (font, text);
  const TfcRun *run;
  gint at;
  while ((run = next (&w, &at)))
    if (run->coverage)
      tfc_coverage_mask_add (mask, glow ? run->glow : run->coverage, x + at + run->x, y + run->y,
                             run->w, run->h);
}

/* Marks that change the direction of what follows, and of what is drawn behind the name. */
static gboolean
is_bidi_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

void
tfc_text_append_clean (GString *to, const gchar *text)
{
  for (guint n = 0; *text; n++) {
    gunichar c = g_utf8_get_char_validated (text, -1);
    gboolean valid = c != (gunichar)-1 && c != (gunichar)-2;
    if (n == TFC_TEXT_CHARACTERS) {
      g_string_append (to, ELLIPSIS);
      return;
    }
    if (!valid)
      c = 0xfffd;
    if (!is_bidi_control (c))
      g_string_append_unichar (to, is_blank (c) ? ' ' : c);
    text = valid ? g_utf8_next_char (text) : text + 1;
  }
}
