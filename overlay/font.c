/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/font.h"
#include <math.h>
#include <string.h>

#define MAX_BYTES 512 /* of a description */

static const struct {
  const gchar *word;
  PangoWeight weight;
  PangoStyle style;
} styles[] = {
    {"Bold", PANGO_WEIGHT_BOLD, PANGO_STYLE_NORMAL},
    {"Semi-Bold", PANGO_WEIGHT_SEMIBOLD, PANGO_STYLE_NORMAL},
    {"Heavy", PANGO_WEIGHT_HEAVY, PANGO_STYLE_NORMAL},
    {"Black", PANGO_WEIGHT_HEAVY, PANGO_STYLE_NORMAL},
    {"Italic", PANGO_WEIGHT_NORMAL, PANGO_STYLE_ITALIC},
    {"Oblique", PANGO_WEIGHT_NORMAL, PANGO_STYLE_OBLIQUE},
    {"Regular", PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL},
    {"Normal", PANGO_WEIGHT_NORMAL, PANGO_STYLE_NORMAL},
    {"Medium", PANGO_WEIGHT_MEDIUM, PANGO_STYLE_NORMAL},
    {"Light", PANGO_WEIGHT_LIGHT, PANGO_STYLE_NORMAL},
};

/* Takes a style word off the end of words; FALSE if the last one is none. */
static gboolean
take_style (gchar **words, guint n, PangoFontDescription *d)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++) {
    if (g_ascii_strcasecmp (words[n - 1], styles[i].word))
      continue;
    if (styles[i].weight != PANGO_WEIGHT_NORMAL)
      pango_font_description_set_weight (d, styles[i].weight);
    if (styles[i].style != PANGO_STYLE_NORMAL)
      pango_font_description_set_style (d, styles[i].style);
    g_clear_pointer (&words[n - 1], g_free);
    return TRUE;
  }
  return FALSE;
}

PangoFontDescription *
tfc_font_description (const gchar *text, gdouble *size)
{
  PangoFontDescription *d = pango_font_description_new ();
  gchar *bounded = g_strstrip (g_strndup (text ? text : "", MAX_BYTES)), *end = NULL;
  gchar **words = g_strsplit (bounded, " ", 16);
  guint n = g_strv_length (words);
  gdouble number = n ? g_ascii_strtod (words[n - 1], &end) : 0;
  *size = 24;
  if (n && end != words[n - 1] && (!*end || !g_ascii_strcasecmp (end, "px"))) {
    *size = isfinite (number) ? CLAMP (number, 1, 512) : *size;
    g_clear_pointer (&words[--n], g_free);
  }
  while (n && take_style (words, n, d))
    n--;
  gchar *family = g_strjoinv (" ", words), *valid = g_utf8_make_valid (family, -1);
  while (*valid && strchr (", ", valid[strlen (valid) - 1]))
    valid[strlen (valid) - 1] = '\0';
  pango_font_description_set_family (d, *valid ? valid : "Sans");
  g_free (bounded);
  g_free (valid);
  g_free (family);
  g_strfreev (words);
  return d;
}

PangoLayout *
tfc_font_layout (PangoFontDescription *description, gdouble size)
{
  PangoFontMap *map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (context, options);
  pango_font_description_set_absolute_size (description, size * PANGO_SCALE);
  pango_context_set_font_description (context, description);
  PangoLayout *layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  cairo_font_options_destroy (options);
  g_object_unref (context);
  g_object_unref (map);
  return layout;
}
