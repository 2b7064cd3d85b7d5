/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/strokes.h"
#include <math.h>
#include <string.h>

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

static gdouble
even_down (gdouble x)
{
  return 2 * floor (x / 2);
}

static gdouble
even_up (gdouble x)
{
  return 2 * ceil (x / 2);
}

static void
add_side (TfcOverlay *overlay, const gint ring[4], gdouble line, gdouble x0, gdouble y0, gdouble x1,
          gdouble y1)
{
  TfcStroke *stroke =
      tfc_stroke_add (overlay, TFC_STROKE_RING, overlay->style.box_color, x0, y0, x1, y1);
  if (!stroke)
    return;
  memcpy (stroke->ring, ring, sizeof stroke->ring);
  stroke->width = line;
}

/* As four sides that meet on even lines, so that no sample of chroma is shared by two of them. */
void
tfc_lay_box (TfcOverlay *overlay, const TfcBox *box)
{
  gdouble e[4], line = MAX (1, rint (overlay->style.box_width * overlay->scale));
  if (overlay->style.box_width <= 0 || !edges (overlay, box, e))
    return;
  gdouble shift = 0.5 - line / 2;
  gdouble left = floor (e[0] + shift), top = floor (e[1] + shift);
  gdouble right = MAX (floor (e[2] + shift) + line, left + 2 * line);
  gdouble bottom = MAX (floor (e[3] + shift) + line, top + 2 * line);
  const gint ring[4] = {(gint)left, (gint)top, (gint)right, (gint)bottom};
  gdouble over = even_up (top + line), under = MAX (over, even_down (bottom - line));
  add_side (overlay, ring, line, left, top, right, over);
  add_side (overlay, ring, line, left, under, right, bottom);
  add_side (overlay, ring, line, left, over, even_up (left + line), under);
  add_side (overlay, ring, line, MAX (even_up (left + line), even_down (right - line)), over, right,
            under);
}

void
tfc_rasterize_ring (TfcOverlay *overlay, const TfcStroke *stroke)
{
  const gint *r = stroke->ring, line = (gint)stroke->width;
  TfcMask *mask = &overlay->mask;
  tfc_mask_fill (mask, (TfcArea){r[0], r[1], r[2] - r[0], line});
  tfc_mask_fill (mask, (TfcArea){r[0], r[3] - line, r[2] - r[0], line});
  tfc_mask_fill (mask, (TfcArea){r[0], r[1], line, r[3] - r[1]});
  tfc_mask_fill (mask, (TfcArea){r[2] - line, r[1], line, r[3] - r[1]});
}

void
tfc_rasterize_fill (TfcOverlay *overlay, const TfcStroke *stroke)
{
  tfc_mask_fill (&overlay->mask, stroke->area);
}

/* "87.3% person", "0.873 person" or "person". name_id: the same for the same name. */
static gsize
label_text (TfcOverlay *overlay, gfloat score, const gchar *name, guint *name_id)
{
  gsize at = overlay->texts->len;
  if (score >= 0 && overlay->style.label_format != TFC_LABEL_NONE) {
    gint thousandths = (gint)lrintf (MIN (score, 1.0f) * 1000);
    if (overlay->style.label_format == TFC_LABEL_PERCENT)
      g_string_append_printf (overlay->texts, "%d.%d%% " TFC_TEXT_JOIN, thousandths / 10,
                              thousandths % 10);
    else
      g_string_append_printf (overlay->texts, "%d.%03d " TFC_TEXT_JOIN, thousandths / 1000,
                              thousandths % 1000);
  }
  gsize cleaned = tfc_stroke_text (overlay, name ? name : "");
  *name_id = g_str_hash (overlay->texts->str + cleaned);
  return at;
}

/* A label that has its place and waits for its turn to be drawn. */
typedef struct {
  gsize text;
  gint x, baseline;
  TfcTextSize size;
} Label;

static gboolean
place_label (TfcOverlay *overlay, const TfcDetection *detection, const gchar *name, Label *label)
{
  TfcFont *font = &overlay->font;
  gdouble line = overlay->style.draw_boxes ? overlay->style.box_width * overlay->scale : 0;
  TfcLabelBox box = {.line = line, .ascent = font->ascent, .descent = font->descent};
  const gdouble *e = box.edges;
  if (!edges (overlay, &detection->box, box.edges) || e[2] <= 0 || e[3] <= 0 ||
      e[0] >= overlay->width || e[1] >= overlay->height)
    return FALSE;
  label->text = label_text (overlay, detection->score, name, &box.name);
  label->size = tfc_font_measure (font, overlay->texts->str + label->text);
  if (!label->size.width)
    return FALSE;
  box.width = label->size.width;
  box.gap = (gint)ceil (line / 2 + font->size / 8);
  TfcLabelPlace place =
      tfc_placement_find (&overlay->placement, &box, overlay->width, overlay->height);
  label->x = place.x;
  label->baseline = place.y + font->ascent;
  return TRUE;
}

static void
lay_label (TfcOverlay *overlay, const Label *label)
{
  const TfcTextSize *size = &label->size;
  TfcStroke *stroke = tfc_stroke_add (overlay, TFC_STROKE_LABEL, overlay->style.box_color,
                                      label->x + size->left, label->baseline + size->top,
                                      label->x + size->right, label->baseline + size->bottom);
  if (!stroke)
    return;
  stroke->text = label->text;
  stroke->x = label->x;
  stroke->y = label->baseline;
}

/* The best detection comes first in the annotations: it chooses its label's place first and is
 * drawn last, on top. */
void
tfc_lay_boxes (TfcOverlay *overlay, const TfcAnnotations *annotations)
{
  Label labels[TFC_LABELS];
  guint n = 0;
  if (overlay->style.draw_boxes)
    for (guint i = annotations->n_detections; i--;)
      tfc_lay_box (overlay, &annotations->detections[i].box);
  tfc_placement_begin (&overlay->placement);
  if (overlay->style.draw_labels)
    for (guint i = 0; i < annotations->n_detections && n < TFC_LABELS; i++)
      n += place_label (overlay, &annotations->detections[i],
                        annotations->names ? annotations->names[i] : NULL, &labels[n]);
  while (n--)
    lay_label (overlay, &labels[n]);
}
