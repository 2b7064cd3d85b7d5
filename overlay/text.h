/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once
/* Text from cached glyph stamps (coverage and the glow around it), so that a changing label costs
 * no rasterising: Cairo's toy fonts, which ask fontconfig for the nearest installed family. One
 * font face at a time, no shaping: what COCO's names and numbers need, not what Arabic needs. */
#include "mask.h"

typedef struct {
  gchar *description; /* what the face was made from */
  gdouble scale;
  cairo_scaled_font_t *face;
  gdouble size;           /* pixels */
  gint ascent, descent;   /* pixels, of the font */
  gint glow;              /* pixels that the glow reaches beyond a glyph */
  GHashTable *glyphs;     /* code point -> glyph */
  gpointer ascii[128];    /* the same glyphs, found at once */
} TfcFont;

/* Takes the face that description ("Arial Bold 24": size in pixels, 1..512) means, scale times as
 * big. Cheap when nothing changed. A zeroed TfcFont at first. */
void tfc_font_set (TfcFont *font, const gchar *description, gdouble scale);
void tfc_font_finish (TfcFont *font); /* a zeroed one is fine */

/* Pixels from the first glyph's origin to behind the last one. */
gint tfc_font_width (TfcFont *font, const gchar *text);
/* Gathers text in mask, origin of the first glyph at (x, baseline y); glow: the glow, not the glyphs. */
void tfc_font_stamp (TfcFont *font, TfcMask *mask, const gchar *text, gint x, gint y,
                     gboolean glow);
/* text as valid UTF-8 of at most 64 characters (what is cut ends in an ellipsis), one line. */
void tfc_text_append_clean (GString *to, const gchar *text);
