/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>

/* Three tiles at the top left, in the colours of the panel that web demos carry. */
void
tfc_lay_stats (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const struct {
    const gchar *unit;
    gdouble value;
    guint32 ink, paper;
  } tiles[] = {
      {"FPS", annotations->fps, 0xff00ffff, 0xd9000022},
      {"ms", annotations->ms, 0xff00ff00, 0xd9002200},
      {"MB", annotations->mbytes, 0xffff0088, 0xd9220011},
  };
  TfcFont *font = &layout->overlay->small_font;
  if (!layout->style.draw_stats)
    return;
  gint margin = (gint)rint (4 * layout->scale), x = margin;
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++) {
    gdouble value = isfinite (tiles[i].value) ? CLAMP (tiles[i].value, 0, 999999) : 0;
    gchar text[40];
    gint tenths = (gint)rint (value * 10);
    if (tenths < 1000)
      g_snprintf (text, sizeof text, "%d.%d %s", tenths / 10, tenths % 10, tiles[i].unit);
    else
      g_snprintf (text, sizeof text, "%d %s", (tenths + 5) / 10, tiles[i].unit);
    gint w = tfc_font_measure (font, text).width, h = font->ascent + font->descent;
    gint right = x + w + 2 * margin, bottom = 2 * margin + h;
    tfc_stroke_add (layout, TFC_STROKE_FILL, tiles[i].paper, x, margin, right, bottom);
    TfcStroke *stroke =
        tfc_stroke_add (layout, TFC_STROKE_CAPTION, tiles[i].ink, x, margin, right, bottom);
    if (stroke) {
      stroke->text = tfc_stroke_text (layout, text);
      stroke->x = x + margin;
      stroke->y = margin + margin / 2 + font->ascent;
    }
    x = right + margin / 2;
  }
}
