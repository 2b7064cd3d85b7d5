/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "overlay/strokes.h"
#include <math.h>

const TfcStyle tfc_style_defaults = {
    .draw_boxes = TRUE,
    .draw_labels = TRUE,
    .draw_irises = TRUE,
    .mesh = TRUE,
    .triangulate_mesh = TRUE,
    .scale_with_picture = TRUE,
    .cloud_yaw = 30,
    .cloud_pitch = 10,
    .box_color = 0xffff0000,
    .mesh_color = 0xff32eedb,
    .iris_color = 0xffff2c35,
    .cloud_color = 0xff157ab3,
    .box_width = 3,
    .mesh_width = 0.5,
    .font = "Arial Bold 24",
    .label_format = TFC_LABEL_PERCENT,
    .privacy = TFC_PRIVACY_NONE,
    .privacy_hold = 500,
    .privacy_unknown = TFC_PRIVACY_UNKNOWN_HIDE,
};

TfcOverlay *
tfc_overlay_new (void)
{
  TfcOverlay *overlay = g_new0 (TfcOverlay, 1);
  overlay->strokes = g_array_new (FALSE, TRUE, sizeof (TfcStroke));
  overlay->texts = g_string_new (NULL);
  overlay->rectangles = g_array_new (FALSE, FALSE, sizeof (cairo_rectangle_int_t));
  return overlay;
}

void
tfc_overlay_free (TfcOverlay *overlay)
{
  if (!overlay)
    return;
  tfc_font_finish (&overlay->font);
  tfc_font_finish (&overlay->small_font);
  tfc_mask_finish (&overlay->mask);
  g_array_unref (overlay->strokes);
  g_array_unref (overlay->rectangles);
  g_string_free (overlay->texts, TRUE);
  g_free (overlay->scratch);
  g_free (overlay);
}

TfcStroke *
tfc_stroke_add (TfcOverlay *overlay, TfcStrokeKind kind, guint32 color, gdouble x0, gdouble y0,
                gdouble x1, gdouble y1)
{
  if (!(x0 < x1) || !(y0 < y1) || x1 <= 0 || y1 <= 0 || x0 >= overlay->width ||
      y0 >= overlay->height)
    return NULL;
  gint left = (gint)floor (MAX (x0, 0.0)), top = (gint)floor (MAX (y0, 0.0));
  gint right = (gint)ceil (MIN (x1, overlay->width));
  gint bottom = (gint)ceil (MIN (y1, overlay->height));
  TfcStroke stroke = {kind, color, {left, top, right - left, bottom - top}};
  g_array_append_val (overlay->strokes, stroke);
  return &g_array_index (overlay->strokes, TfcStroke, overlay->strokes->len - 1);
}

gsize
tfc_stroke_text (TfcOverlay *overlay, const gchar *text)
{
  gsize at = overlay->texts->len;
  tfc_text_append_clean (overlay->texts, text);
  g_string_append_c (overlay->texts, '\0');
  return at;
}

static void
lay_out (TfcOverlay *overlay, guint width, guint height, const TfcStyle *style,
         const TfcAnnotations *annotations)
{
  overlay->width = width;
  overlay->height = height;
  overlay->style = *style;
  overlay->style.font = NULL;
  overlay->scale = style->scale_with_picture ? MAX (0.5, MIN (width, height) / 480.0) : 1;
  g_array_set_size (overlay->strokes, 0);
  g_string_truncate (overlay->texts, 0);
  if (style->draw_labels && annotations->n_detections) /* fonts cost a thread of Pango's each */
    tfc_font_set (&overlay->font, style->font, overlay->scale, width);
  if (style->draw_stats)
    tfc_font_set (&overlay->small_font, "Arial Bold 14", overlay->scale, width);
  tfc_lay_faces (overlay, annotations);
  tfc_lay_boxes (overlay, annotations);
  tfc_lay_cloud (overlay, annotations);
  tfc_lay_stats (overlay, annotations);
}

static void
rasterize_text (TfcOverlay *overlay, const TfcStroke *stroke, gboolean glow)
{
  gboolean label = stroke->kind == TFC_STROKE_LABEL;
  tfc_font_draw (label ? &overlay->font : &overlay->small_font, &overlay->mask,
                 overlay->texts->str + stroke->text, stroke->x, stroke->y, glow);
}

static void
rasterize_caption (TfcOverlay *overlay, const TfcStroke *stroke)
{
  rasterize_text (overlay, stroke, FALSE);
}

static void (*const rasterizers[]) (TfcOverlay *, const TfcStroke *) = {
    [TFC_STROKE_FILL] = tfc_rasterize_fill,         [TFC_STROKE_RING] = tfc_rasterize_ring,
    [TFC_STROKE_LABEL] = rasterize_caption,         [TFC_STROKE_CAPTION] = rasterize_caption,
    [TFC_STROKE_MESH] = tfc_rasterize_mesh,         [TFC_STROKE_DOTS] = tfc_rasterize_dots,
    [TFC_STROKE_CONTOURS] = tfc_rasterize_contours, [TFC_STROKE_IRIS] = tfc_rasterize_iris,
};

static void
paint (TfcOverlay *overlay, const TfcStroke *stroke, TfcArea area)
{
  if (stroke->kind == TFC_STROKE_LABEL && tfc_target_begin (overlay, area)) {
    rasterize_text (overlay, stroke, TRUE);
    tfc_target_put (overlay, 0xffffffff);
  }
  if (stroke->kind == TFC_STROKE_CLOUD) {
    tfc_paint_cloud (overlay, stroke, area);
  } else if (tfc_target_begin (overlay, area)) {
    rasterizers[stroke->kind](overlay, stroke);
    tfc_target_put (overlay, stroke->color);
  }
}

static void
paint_all (TfcOverlay *overlay, TfcTarget target)
{
  TfcArea w = target.window;
  overlay->target = target;
  for (guint i = 0; i < overlay->strokes->len; i++) {
    const TfcStroke *stroke = &g_array_index (overlay->strokes, TfcStroke, i);
    TfcArea a = stroke->area;
    gint left = MAX (a.x, w.x), right = MIN (a.x + a.w, w.x + w.w);
    gint top = MAX (a.y, w.y), bottom = MIN (a.y + a.h, w.y + w.h);
    if (left < right && top < bottom)
      paint (overlay, stroke, (TfcArea){left, top, right - left, bottom - top});
  }
}

void
tfc_overlay_paint (TfcOverlay *overlay, cairo_t *cr)
{
  gdouble x0, y0, x1, y1;
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  gint left = (gint)floor (CLAMP (x0, 0, overlay->width));
  gint top = (gint)floor (CLAMP (y0, 0, overlay->height));
  gint right = (gint)ceil (CLAMP (x1, 0, overlay->width));
  gint bottom = (gint)ceil (CLAMP (y1, 0, overlay->height));
  paint_all (overlay, (TfcTarget){cr, NULL, {left, top, right - left, bottom - top}});
  cairo_restore (cr);
}

void
tfc_overlay_paint_pixels (TfcOverlay *overlay, const TfcPixels *pixels, gint x, gint y)
{
  TfcArea window = {x, y, (gint)pixels->width, (gint)pixels->height};
  paint_all (overlay, (TfcTarget){NULL, pixels, window});
}

void
tfc_overlay_draw (TfcOverlay *overlay, cairo_t *cr, guint width, guint height,
                  const TfcStyle *style, const TfcAnnotations *annotations)
{
  lay_out (overlay, width, height, style, annotations);
  tfc_overlay_paint (overlay, cr);
}

guint
tfc_overlay_areas (TfcOverlay *overlay, guint width, guint height, const TfcStyle *style,
                   const TfcAnnotations *annotations, TfcArea *areas, guint max)
{
  lay_out (overlay, width, height, style, annotations);
  return tfc_merge_damage (overlay, areas, max);
}
