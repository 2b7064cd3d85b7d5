/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/mask_effect.h"
#include "overlay/strokes.h"

#include <math.h>

#define PAPER 0xb0000000
#define INK 0xffffffff
#define MOST 24 /* rows */

/* Which indices the mask has, as bits. */
static guint32
find_shown (const TfcMask *mask)
{
  const gsize n = (gsize)mask->width * mask->height;
  guint32 shown = 0;

  for (gsize i = 0; i < n; i++)
    shown |= mask->data[i] && mask->data[i] <= MOST ? 1u << (mask->data[i] - 1) : 0;
  return shown;
}

static gint
widest (TfcFont *font, const gchar *const *labels, guint n, guint32 shown)
{
  gint width = 0;

  for (guint i = 0; i < n; i++)
    if (shown >> i & 1)
      width = MAX (width, tfc_font_measure (font, labels[i]).width);
  return width;
}

static void
lay_row (TfcLayout *layout, guint32 color, const gchar *label, gint y, gint width)
{
  const TfcFont *font = &layout->overlay->small_font;
  const gint margin = (gint)rint (4 * layout->scale), line = font->ascent + font->descent;
  const gint right = margin + width, bottom = y + line + margin, top = y + margin / 2;

  tfc_stroke_add (layout, TFC_STROKE_FILL, PAPER, margin, y, right, bottom);
  tfc_stroke_add (layout, TFC_STROKE_FILL, color, 2 * margin, top, 2 * margin + line, top + line);
  TfcStroke *stroke = tfc_stroke_add (layout, TFC_STROKE_CAPTION, INK, margin, y, right, bottom);
  if (!stroke)
    return;
  stroke->text = tfc_stroke_text (layout, label);
  stroke->x = 3 * margin + line;
  stroke->y = top + font->ascent;
}

/* A square of colour and a name for each part that is seen, at the bottom left. */
void
tfc_lay_mask_legend (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const TfcMask *mask = annotations->mask;
  TfcFont *font = &layout->overlay->small_font;

  if (layout->style.mask != TFC_MASK_TINT_PARTS || !mask || mask->kind == TFC_MASK_PERSON ||
      !annotations->mask_labels)
    return;
  const guint n = MIN (mask->n_indices, MOST);
  const guint32 shown = find_shown (mask);
  const gint margin = (gint)rint (4 * layout->scale), line = font->ascent + font->descent;
  const gint width = widest (font, annotations->mask_labels, n, shown) + line + 3 * margin;
  gint y = (gint)layout->height - margin;
  for (guint i = n; i-- > 0;) {
    if (!(shown >> i & 1))
      continue;
    y -= line + margin;
    lay_row (layout, tfc_mask_color (i), annotations->mask_labels[i], y, width);
  }
}
