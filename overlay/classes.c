/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
/* Classes of the whole picture: a small legend at the bottom right, a bar behind each name. */
#include <math.h>

#include "overlay/strokes.h"

#define ROWS 10u /* at most */
#define PAPER 0xa6101418
#define BAR 0xd92a78b8
#define INK 0xffffffff

typedef struct {
  gsize text;
  gdouble score; /* 0..1 */
} Row;

/* "34.2% tabby"; a score that is unknown goes without. */
static gsize
row_text (TfcLayout *layout, gfloat score, const gchar *name)
{
  const gsize at = layout->texts->len;
  const gint tenths = score >= 0 ? (gint)lrint (MIN ((gdouble)score, 1) * 1000) : 0;

  if (score >= 0 && layout->style.label_format == TFC_LABEL_PERCENT)
    g_string_append_printf (layout->texts, "%d.%d%% " TFC_TEXT_JOIN, tenths / 10, tenths % 10);
  else if (score >= 0 && layout->style.label_format == TFC_LABEL_SCORE)
    g_string_append_printf (layout->texts, "%d.%03d " TFC_TEXT_JOIN, tenths / 1000, tenths % 1000);
  tfc_stroke_text (layout, name ? name : "");
  return at;
}

/* The rows that there are, and how wide the widest is. */
static guint
collect (TfcLayout *layout, const TfcAnnotations *annotations, Row *rows, gint *width)
{
  guint n = 0;

  for (guint i = 0; i < annotations->n_classes && n < ROWS; i++) {
    const TfcClass *c = &annotations->classes[i];
    if (c->object_id)
      continue;
    rows[n] = (Row){
        row_text (layout, c->score, annotations->class_names ? annotations->class_names[i] : NULL),
        c->score >= 0 ? MIN ((gdouble)c->score, 1) : 0};
    const gint w =
        tfc_font_measure (&layout->overlay->small_font, layout->texts->str + rows[n].text).width;
    *width = MAX (*width, w);
    n++;
  }
  return n;
}

static void
lay_row (TfcLayout *layout, const Row *row, gint x, gint y, gint width, gint height, gint margin)
{
  TfcStroke *stroke;

  tfc_stroke_add (layout, TFC_STROKE_FILL, BAR, x, y, x + rint (width * row->score), y + height);
  stroke = tfc_stroke_add (layout, TFC_STROKE_CAPTION, INK, x, y, x + width, y + height);
  if (!stroke)
    return;
  stroke->text = row->text;
  stroke->x = x + margin;
  stroke->y = y + margin / 2 + layout->overlay->small_font.ascent;
}

void
tfc_lay_classes (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const TfcFont *font = &layout->overlay->small_font;
  const gint margin = (gint)rint (6 * layout->scale), gap = MAX (1, margin / 3);
  Row rows[ROWS];
  gint width = 0;

  if (!layout->style.draw_classes || !annotations->n_classes)
    return;
  const guint n = collect (layout, annotations, rows, &width);
  const gint height = font->ascent + font->descent + margin;
  if (!n)
    return;
  width = MIN (MAX (width + 2 * margin, 8 * height), (gint)layout->width - 2 * margin);
  const gint x = (gint)layout->width - margin - width;
  gint y = (gint)layout->height - margin - (gint)n * (height + gap) + gap;
  tfc_stroke_add (layout, TFC_STROKE_FILL, PAPER, x - gap, y - gap, x + width + gap,
                  y + (gint)n * (height + gap));
  for (guint i = 0; i < n; i++, y += height + gap)
    lay_row (layout, &rows[i], x, y, width, height, margin);
}

const gchar *
tfc_class_of_object (const TfcAnnotations *annotations, guint detection)
{
  const guint64 track_id = annotations->detections[detection].track_id;
  const guint64 object_id = track_id ? track_id : 1 + (guint64)detection;

  for (guint i = 0; i < annotations->n_classes; i++)
    if (annotations->classes[i].object_id == object_id)
      return annotations->class_names ? annotations->class_names[i] : NULL;
  return NULL;
}
