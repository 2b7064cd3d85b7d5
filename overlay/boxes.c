/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "strokes.h"
#include <math.h>

#define FAR 1e6 /* pixels; nothing is drawn beyond */

/* Edges in pixels of the picture, mirrored if so wanted; FALSE for what cannot be drawn. */
static gboolean
edges (const TfcOverlay *overlay, const TfcBox *box, gdouble e[4])
{
  gdouble left = overlay->style.mirror ? 1.0 - box->x - box->w : box->x;
  e[0] = left * overlay->width;
  e[1] = (gdouble)box->y * overlay->height;
  e[2] = e[0] + (gdouble)box->w * overlay->width;
  e[3] = e[1] + (gdouble)box->h * overlay->height;
  if (!(e[2] >= e[0]) || !(e[3] >= e[1]))
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    if (!isfinite (e[i]))
      return FALSE;
    e[i] = CLAMP (e[i], -FAR, FAR);
  }
  return TRUE;
}

void
tfc_lay_box (TfcOverlay *overlay, const TfcBox *box)
{
  gdouble e[4], line = MAX (1, rint (overlay->style.box_width * overlay->scale));
  guint32 color = overlay->style.box_color;
  if (overlay->style.box_width <= 0 || !edges (overlay, box, e))
    return;
  gdouble shift = 0.5 - line / 2;
  gdouble left = floor (e[0] + shift), top = floor (e[1] + shift);
  gdouble right = MAX (floor (e[2] + shift) + line, left + 2 * line);
  gdouble bottom = MAX (floor (e[3] + shift) + line, top + 2 * line);
  tfc_stroke_add (overlay, TFC_STROKE_FILL, color, left, top, right, top + line);
  tfc_stroke_add (overlay, TFC_STROKE_FILL, color, left, bottom - line, right, bottom);
  tfc_stroke_add (overlay, TFC_STROKE_FILL, color, left, top + line, left + line, bottom - line);
  tfc_stroke_add (overlay, TFC_STROKE_FILL, color, right - line, top + line, right, bottom - line);
}

/* "87.3% person", "0.873 person" or "person". */
static gsize
label_text (TfcOverlay *overlay, gfloat score, const gchar *name)
{
  gsize at = overlay->texts->len;
  if (score >= 0 && overlay->style.label_format != TFC_LABEL_NONE) {
    gint thousandths = (gint)lrintf (MIN (score, 1.0f) * 1000);
    if (overlay->style.label_format == TFC_LABEL_PERCENT)
      g_string_append_printf (overlay->texts, "%d.%d%% ", thousandths / 10, thousandths % 10);
    else
      g_string_append_printf (overlay->texts, "%d.%03d ", thousandths / 1000, thousandths % 1000);
  }
  tfc_stroke_text (overlay, name ? name : "");
  return at;
}

static void
lay_label (TfcOverlay *overlay, const TfcDetection *detection, const gchar *name)
{
  TfcFont *font = &overlay->font;
  gdouble e[4], line = overlay->style.draw_boxes ? overlay->style.box_width * overlay->scale : 0;
  if (!edges (overlay, &detection->box, e) || e[2] <= 0 || e[3] <= 0 || e[0] >= overlay->width ||
      e[1] >= overlay->height)
    return;
  gsize text = label_text (overlay, detection->score, name);
  gint width = tfc_font_width (font, overlay->texts->str + text);
  if (!width)
    return;
  gint gap = (gint)ceil (line / 2 + font->size / 8);
  gint baseline = (gint)floor (e[1]) - gap;
  if (baseline < font->ascent)
    baseline = (gint)ceil (MAX (e[1], 0) + line / 2) + font->ascent;
  gint x = (gint)CLAMP (e[0] - line / 2, 0, MAX (0, (gdouble)overlay->width - width));
  gint reach = font->glow + 2;
  TfcStroke *stroke =
      tfc_stroke_add (overlay, TFC_STROKE_LABEL, overlay->style.box_color,
                      x - font->size / 4 - reach, baseline - font->ascent - reach,
                      x + width + font->size / 4 + reach, baseline + font->descent + reach);
  if (!stroke)
    return;
  stroke->text = text;
  stroke->x = x;
  stroke->y = baseline;
}

/* The best detection comes first in the scene and is drawn last, on top. */
void
tfc_lay_boxes (TfcOverlay *overlay, const TfcScene *scene)
{
  if (overlay->style.draw_boxes)
    for (guint i = scene->n_detections; i--;)
      tfc_lay_box (overlay, &scene->detections[i].box);
  if (overlay->style.draw_labels)
    for (guint i = scene->n_detections; i--;)
      lay_label (overlay, &scene->detections[i], scene->names ? scene->names[i] : NULL);
}
