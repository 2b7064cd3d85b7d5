/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>
#include <string.h>

#define DASH 4 /* lengths of a dash and of the gap behind it, in widths of the line */

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
add_side (TfcLayout *layout, const TfcStroke *ring, gdouble x0, gdouble y0, gdouble x1, gdouble y1)
{
  TfcStroke *stroke =
      tfc_stroke_add (layout, TFC_STROKE_RING, layout->style.box_color, x0, y0, x1, y1);
  if (!stroke)
    return;
  memcpy (stroke->ring, ring->ring, sizeof stroke->ring);
  stroke->width = ring->width;
  stroke->dashed = ring->dashed;
}

/* As four sides that meet on even lines, so that no sample of chroma is shared by two of them. */
void
tfc_lay_box (TfcLayout *layout, const TfcBox *box, gboolean dashed)
{
  gdouble e[4], line = MAX (1, rint (layout->style.box_width * layout->scale));
  if (layout->style.box_width <= 0 || !tfc_layout_box (layout, box, e))
    return;
  gdouble shift = 0.5 - line / 2;
  gdouble left = floor (e[0] + shift), top = floor (e[1] + shift);
  gdouble right = MAX (floor (e[2] + shift) + line, left + 2 * line);
  gdouble bottom = MAX (floor (e[3] + shift) + line, top + 2 * line);
  const TfcStroke ring = {
      .width = line, .dashed = dashed, .ring = {(gint)left, (gint)top, (gint)right, (gint)bottom}};
  gdouble over = even_up (top + line), under = MAX (over, even_down (bottom - line));
  add_side (layout, &ring, left, top, right, over);
  add_side (layout, &ring, left, under, right, bottom);
  add_side (layout, &ring, left, over, even_up (left + line), under);
  add_side (layout, &ring, MAX (even_up (left + line), even_down (right - line)), over, right,
            under);
}

/* A side as dashes, from its left or upper end; only those that lie in area. */
static void
fill_dashes (TfcCoverageMask *mask, TfcArea side, TfcArea area, gint dash)
{
  const gboolean across = side.w > side.h;
  const gint from = across ? side.x : side.y, to = from + (across ? side.w : side.h);
  const gint first = across ? area.x : area.y, last = first + (across ? area.w : area.h);
  gint at = from + MAX (first - from, 0) / (2 * dash) * 2 * dash;

  for (; at < MIN (to, last); at += 2 * dash) {
    const gint length = MIN (dash, to - at);
    tfc_coverage_mask_fill (mask, across ? (TfcArea){at, side.y, length, side.h}
                                         : (TfcArea){side.x, at, side.w, length});
  }
}

static void
rasterize_dashes (TfcLayout *layout, const TfcStroke *stroke)
{
  const gint *r = stroke->ring, line = (gint)stroke->width, dash = DASH * line;
  TfcCoverageMask *mask = &layout->overlay->mask;
  const TfcArea area = stroke->area;

  fill_dashes (mask, (TfcArea){r[0], r[1], r[2] - r[0], line}, area, dash);
  fill_dashes (mask, (TfcArea){r[0], r[3] - line, r[2] - r[0], line}, area, dash);
  fill_dashes (mask, (TfcArea){r[0], r[1], line, r[3] - r[1]}, area, dash);
  fill_dashes (mask, (TfcArea){r[2] - line, r[1], line, r[3] - r[1]}, area, dash);
}

void
tfc_rasterize_ring (TfcLayout *layout, const TfcStroke *stroke)
{
  const gint *r = stroke->ring, line = (gint)stroke->width;
  TfcCoverageMask *mask = &layout->overlay->mask;
  if (stroke->dashed) {
    rasterize_dashes (layout, stroke);
    return;
  }
  tfc_coverage_mask_fill (mask, (TfcArea){r[0], r[1], r[2] - r[0], line});
  tfc_coverage_mask_fill (mask, (TfcArea){r[0], r[3] - line, r[2] - r[0], line});
  tfc_coverage_mask_fill (mask, (TfcArea){r[0], r[1], line, r[3] - r[1]});
  tfc_coverage_mask_fill (mask, (TfcArea){r[2] - line, r[1], line, r[3] - r[1]});
}

void
tfc_rasterize_fill (TfcLayout *layout, const TfcStroke *stroke)
{
  tfc_coverage_mask_fill (&layout->overlay->mask, stroke->area);
}

/* Behind a label, in front of its end: the first of a class's names. */
static void
append_class (TfcLayout *layout, const gchar *name)
{
  gchar first[4 * TFC_TEXT_CHARACTERS];
  gchar *comma;

  g_strlcpy (first, name, sizeof first);
  comma = strchr (first, ',');
  if (comma)
    *comma = 0;
  g_string_truncate (layout->texts, layout->texts->len - 1);
  g_string_append (layout->texts, ": ");
  tfc_stroke_text (layout, first);
}

/* "87.3% person", "0.873 person", "#7 person" or "person", and ": class" of an object that was
 * classified. name_id: the same for the same name. */
static gsize
label_text (TfcLayout *layout, const TfcDetection *detection, const gchar *name,
            const gchar *class_name, guint *name_id)
{
  const gfloat score = detection->score;
  gsize at = layout->texts->len;
  if (layout->style.label_format == TFC_LABEL_ID) {
    if (detection->track_id)
      g_string_append_printf (layout->texts, "#%" G_GUINT64_FORMAT " " TFC_TEXT_JOIN,
                              detection->track_id);
  } else if (score >= 0 && layout->style.label_format != TFC_LABEL_NONE) {
    gint thousandths = (gint)lrintf (MIN (score, 1.0f) * 1000);
    if (layout->style.label_format == TFC_LABEL_PERCENT)
      g_string_append_printf (layout->texts, "%d.%d%% " TFC_TEXT_JOIN, thousandths / 10,
                              thousandths % 10);
    else
      g_string_append_printf (layout->texts, "%d.%03d " TFC_TEXT_JOIN, thousandths / 1000,
                              thousandths % 1000);
  }
  gsize cleaned = tfc_stroke_text (layout, name ? name : "");
  *name_id = g_str_hash (layout->texts->str + cleaned);
  if (class_name)
    append_class (layout, class_name);
  return at;
}

/* A label that has its place and waits for its turn to be drawn. */
typedef struct {
  gsize text;
  gint x, baseline;
  TfcTextSize size;
} Label;

static gboolean
place_label (TfcLayout *layout, const TfcAnnotations *annotations, guint index, Label *label)
{
  const TfcDetection *detection = &annotations->detections[index];
  const gchar *name = annotations->names ? annotations->names[index] : NULL;
  const gchar *class_name =
      layout->style.draw_classes ? tfc_class_of_object (annotations, index) : NULL;
  TfcFont *font = &layout->overlay->font;
  gdouble line = layout->style.draw_boxes ? layout->style.box_width * layout->scale : 0;
  TfcLabelBox box = {.line = line, .ascent = font->ascent, .descent = font->descent};
  const gdouble *e = box.edges;
  if (!tfc_layout_box (layout, &detection->box, box.edges) || e[2] <= 0 || e[3] <= 0 ||
      e[0] >= layout->width || e[1] >= layout->height)
    return FALSE;
  label->text = label_text (layout, detection, name, class_name, &box.name);
  label->size = tfc_font_measure (font, layout->texts->str + label->text);
  if (!label->size.width)
    return FALSE;
  box.width = label->size.width;
  box.gap = (gint)ceil (line / 2 + font->size / 8);
  TfcLabelPlace place =
      tfc_placement_find (&layout->overlay->placement, &box, layout->width, layout->height);
  label->x = place.x;
  label->baseline = place.y + font->ascent;
  return TRUE;
}

static void
lay_label (TfcLayout *layout, const Label *label)
{
  const TfcTextSize *size = &label->size;
  TfcStroke *stroke = tfc_stroke_add (layout, TFC_STROKE_LABEL, layout->style.box_color,
                                      label->x + size->left, label->baseline + size->top,
                                      label->x + size->right, label->baseline + size->bottom);
  if (!stroke)
    return;
  stroke->text = label->text;
  stroke->x = label->x;
  stroke->y = label->baseline;
}

gboolean
tfc_is_predicted (guint64 track_id, const TfcTrackState *track)
{
  return track_id && !track->seen && track->age;
}

/* The best detection comes first in the annotations: it chooses its label's place first and is
 * drawn last, on top. */
void
tfc_lay_boxes (TfcLayout *layout, const TfcAnnotations *annotations)
{
  Label labels[TFC_LABELS];
  guint n = 0;
  if (layout->style.draw_boxes)
    for (guint i = annotations->n_detections; i--;)
      tfc_lay_box (layout, &annotations->detections[i].box,
                   tfc_is_predicted (annotations->detections[i].track_id,
                                     &annotations->detections[i].track));
  tfc_placement_begin (&layout->overlay->placement);
  if (layout->style.draw_labels)
    for (guint i = 0; i < annotations->n_detections && n < TFC_LABELS; i++)
      n += place_label (layout, annotations, i, &labels[n]);
  while (n--)
    lay_label (layout, &labels[n]);
}
