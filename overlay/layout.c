/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/strokes.h"
#include <math.h>

#define FAR 1e6 /* pixels; nothing is drawn beyond */

TfcStroke *
tfc_stroke_add (TfcLayout *layout, TfcStrokeKind kind, guint32 color, gdouble x0, gdouble y0,
                gdouble x1, gdouble y1)
{
  if (!(x0 < x1) || !(y0 < y1) || x1 <= 0 || y1 <= 0 || x0 >= layout->width || y0 >= layout->height)
    return NULL;
  gint left = (gint)floor (MAX (x0, 0.0)), top = (gint)floor (MAX (y0, 0.0));
  gint right = (gint)ceil (MIN (x1, layout->width));
  gint bottom = (gint)ceil (MIN (y1, layout->height));
  TfcStroke stroke = {kind, color, {left, top, right - left, bottom - top}};
  g_array_append_val (layout->strokes, stroke);
  return &g_array_index (layout->strokes, TfcStroke, layout->strokes->len - 1);
}

gsize
tfc_stroke_text (TfcLayout *layout, const gchar *text)
{
  gsize at = layout->texts->len;
  tfc_text_append_clean (layout->texts, text);
  g_string_append_c (layout->texts, '\0');
  return at;
}

/* Where mirroring happens, once and for all that is drawn. */
gboolean
tfc_layout_box (const TfcLayout *layout, const TfcBox *box, gdouble e[4])
{
  gdouble left = layout->style.mirror ? 1.0 - box->x - box->w : box->x;
  e[0] = left * layout->width;
  e[1] = (gdouble)box->y * layout->height;
  e[2] = e[0] + (gdouble)box->w * layout->width;
  e[3] = e[1] + (gdouble)box->h * layout->height;
  if (!(e[2] >= e[0]) || !(e[3] >= e[1]))
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    if (!isfinite (e[i]))
      return FALSE;
    e[i] = CLAMP (e[i], -FAR, FAR);
  }
  return TRUE;
}

static void
convert_face (const TfcLayout *layout, const TfcFace *face, TfcLayoutFace *to)
{
  to->n_points = tfc_face_sane (face) ? face->n_points : 0;
  for (guint i = 0; i < to->n_points; i++) {
    const TfcPoint *p = &face->points[i];
    to->points[i][0] = (layout->style.mirror ? 1.0 - p->x : p->x) * layout->width;
    to->points[i][1] = (gdouble)p->y * layout->height;
    to->points[i][2] = (gdouble)p->z * layout->width;
  }
}

TfcLayoutFace *
tfc_layout_face (const TfcLayout *layout, guint index)
{
  return &g_array_index (layout->faces, TfcLayoutFace, index);
}

static void
convert_faces (TfcLayout *layout, const TfcAnnotations *annotations)
{
  const gboolean drawn = layout->style.mesh || layout->style.draw_irises ||
                         layout->style.draw_gaze || layout->style.point_cloud;
  g_array_set_size (layout->faces, annotations->n_faces);
  for (guint i = 0; i < annotations->n_faces; i++) {
    TfcLayoutFace *to = tfc_layout_face (layout, i);
    to->n_points = 0;
    if (drawn)
      convert_face (layout, annotations->faces[i], to);
  }
}

static void
begin (TfcLayout *layout, guint width, guint height, const TfcStyle *style)
{
  layout->width = width;
  layout->height = height;
  layout->style = *style;
  layout->style.font = NULL;
  layout->scale = style->scale_with_picture ? MAX (0.5, MIN (width, height) / 480.0) : 1;
  g_array_set_size (layout->strokes, 0);
  g_string_truncate (layout->texts, 0);
}

TfcLayout *
tfc_overlay_lay_out (TfcOverlay *overlay, guint width, guint height, const TfcStyle *style,
                     const TfcAnnotations *annotations)
{
  TfcLayout *layout = &overlay->layout;
  begin (layout, width, height, style);
  if (style->draw_labels && annotations->n_detections) /* fonts cost a thread of Pango's each */
    tfc_font_set (&overlay->font, style->font, layout->scale, width);
  if (style->draw_stats || (style->draw_classes && annotations->n_classes) ||
      (style->draw_zones && annotations->n_zones) ||
      (style->mask == TFC_MASK_TINT_PARTS && annotations->mask_labels))
    tfc_font_set (&overlay->small_font, "Arial Bold 14", layout->scale, width);
  convert_faces (layout, annotations);
  tfc_lay_zones (layout, annotations);
  tfc_lay_faces (layout, annotations);
  tfc_lay_heads (layout, annotations);
  tfc_lay_poses (layout, annotations);
  tfc_lay_boxes (layout, annotations);
  tfc_lay_cloud (layout, annotations);
  tfc_lay_mask_legend (layout, annotations);
  tfc_lay_classes (layout, annotations);
  tfc_lay_stats (layout, annotations);
  return layout;
}

void
tfc_layout_init (TfcLayout *layout, TfcOverlay *overlay)
{
  layout->overlay = overlay;
  layout->strokes = g_array_new (FALSE, TRUE, sizeof (TfcStroke));
  layout->faces = g_array_new (FALSE, FALSE, sizeof (TfcLayoutFace));
  layout->texts = g_string_new (NULL);
}

void
tfc_layout_finish (TfcLayout *layout)
{
  g_array_unref (layout->strokes);
  g_array_unref (layout->faces);
  g_string_free (layout->texts, TRUE);
}
