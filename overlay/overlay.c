/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Copyright (C) 2026 the tfc authors */
#include "overlay/blend/blend.h"
#include "overlay/mask/private.h"
#include "overlay/strokes.h"
#include <math.h>

const TfcStyle tfc_style_defaults = {
    .draw_boxes = TRUE,
    .draw_labels = TRUE,
    .draw_classes = TRUE,
    .draw_zones = TRUE,
    .draw_irises = TRUE,
    .mesh = TRUE,
    .draw_skeletons = TRUE,
    .draw_points = TRUE,
    .point_threshold = 0.3,
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
    .mask_color = 0xff00c0ff,
    .background_color = 0xff00b140,
    .mask_blur = 12,
    .edge_blur = 3,
};

TfcOverlay *
tfc_overlay_new (void)
{
  TfcOverlay *overlay = g_new0 (TfcOverlay, 1);
  tfc_layout_init (&overlay->layout, overlay);
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
  tfc_coverage_mask_finish (&overlay->mask);
  tfc_layout_finish (&overlay->layout);
  tfc_masking_free (overlay->masking);
  g_array_unref (overlay->rectangles);
  g_free (overlay->scratch);
  g_free (overlay);
}

/* On the window's grid of two, which subsampled formats are blended on. */
gboolean
tfc_target_begin (TfcOverlay *overlay, TfcArea area)
{
  const TfcArea *w = &overlay->target.window;
  gint x = (area.x - w->x) & ~1, y = (area.y - w->y) & ~1;
  gint right = (area.x - w->x + area.w + 1) & ~1, bottom = (area.y - w->y + area.h + 1) & ~1;
  return tfc_coverage_mask_begin (&overlay->mask,
                                  (TfcArea){w->x + x, w->y + y, right - x, bottom - y});
}

static void
put_on_cairo (cairo_t *cr, const TfcCoverageMask *mask, guint32 argb)
{
  const TfcArea *a = &mask->area;
  cairo_surface_t *surface =
      cairo_image_surface_create_for_data (mask->data, CAIRO_FORMAT_A8, a->w, a->h, mask->stride);
  cairo_set_source_rgba (cr, (argb >> 16 & 255) / 255.0, (argb >> 8 & 255) / 255.0,
                         (argb & 255) / 255.0, (argb >> 24) / 255.0);
  cairo_mask_surface (cr, surface, a->x, a->y);
  cairo_surface_destroy (surface);
}

void
tfc_target_put (TfcOverlay *overlay, guint32 argb)
{
  const TfcTarget *target = &overlay->target;
  const TfcCoverageMask *mask = &overlay->mask;
  const TfcArea *a = &mask->area;
  const TfcCoverage coverage = {
      mask->data, mask->stride, a->x - target->window.x, a->y - target->window.y, a->w, a->h};
  if (target->cr)
    put_on_cairo (target->cr, mask, argb);
  else
    tfc_blend (target->pixels, argb, &coverage);
}

static void
rasterize_text (TfcLayout *layout, const TfcStroke *stroke, gboolean glow)
{
  gboolean label = stroke->kind == TFC_STROKE_LABEL;
  tfc_font_draw (label ? &layout->overlay->font : &layout->overlay->small_font,
                 &layout->overlay->mask, layout->texts->str + stroke->text, stroke->x, stroke->y,
                 glow);
}

static void
rasterize_caption (TfcLayout *layout, const TfcStroke *stroke)
{
  rasterize_text (layout, stroke, FALSE);
}

static void (*const rasterizers[]) (TfcLayout *, const TfcStroke *) = {
    [TFC_STROKE_FILL] = tfc_rasterize_fill,         [TFC_STROKE_RING] = tfc_rasterize_ring,
    [TFC_STROKE_LABEL] = rasterize_caption,         [TFC_STROKE_CAPTION] = rasterize_caption,
    [TFC_STROKE_MESH] = tfc_rasterize_mesh,         [TFC_STROKE_DOTS] = tfc_rasterize_dots,
    [TFC_STROKE_CONTOURS] = tfc_rasterize_contours, [TFC_STROKE_IRIS] = tfc_rasterize_iris,
    [TFC_STROKE_LINE] = tfc_rasterize_line,       [TFC_STROKE_DOT] = tfc_rasterize_dot,
};

static void
paint (TfcLayout *layout, const TfcStroke *stroke, TfcArea area)
{
  if (stroke->kind == TFC_STROKE_LABEL && tfc_target_begin (layout->overlay, area)) {
    rasterize_text (layout, stroke, TRUE);
    tfc_target_put (layout->overlay, 0xffffffff);
  }
  if (stroke->kind == TFC_STROKE_CLOUD) {
    tfc_paint_cloud (layout, stroke, area);
  } else if (tfc_target_begin (layout->overlay, area)) {
    rasterizers[stroke->kind](layout, stroke);
    tfc_target_put (layout->overlay, stroke->color);
  }
}

static void
paint_all (TfcLayout *layout, TfcTarget target)
{
  TfcArea w = target.window;
  layout->overlay->target = target;
  for (guint i = 0; i < layout->strokes->len; i++) {
    const TfcStroke *stroke = &g_array_index (layout->strokes, TfcStroke, i);
    TfcArea a = stroke->area;
    gint left = MAX (a.x, w.x), right = MIN (a.x + a.w, w.x + w.w);
    gint top = MAX (a.y, w.y), bottom = MIN (a.y + a.h, w.y + w.h);
    if (left < right && top < bottom)
      paint (layout, stroke, (TfcArea){left, top, right - left, bottom - top});
  }
}

void
tfc_layout_paint (TfcLayout *layout, cairo_t *cr)
{
  gdouble x0, y0, x1, y1;
  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_clip_extents (cr, &x0, &y0, &x1, &y1);
  gint left = (gint)floor (CLAMP (x0, 0, layout->width));
  gint top = (gint)floor (CLAMP (y0, 0, layout->height));
  gint right = (gint)ceil (CLAMP (x1, 0, layout->width));
  gint bottom = (gint)ceil (CLAMP (y1, 0, layout->height));
  paint_all (layout, (TfcTarget){cr, NULL, {left, top, right - left, bottom - top}});
  cairo_restore (cr);
}

void
tfc_layout_paint_pixels (TfcLayout *layout, const TfcPixels *pixels, gint x, gint y)
{
  TfcArea window = {x, y, (gint)pixels->width, (gint)pixels->height};
  paint_all (layout, (TfcTarget){NULL, pixels, window});
}

void
tfc_overlay_draw (TfcOverlay *overlay, cairo_t *cr, guint width, guint height,
                  const TfcStyle *style, const TfcAnnotations *annotations)
{
  tfc_layout_paint (tfc_overlay_lay_out (overlay, width, height, style, annotations), cr);
}

gboolean
tfc_overlay_paints (const TfcFormat *format)
{
  return tfc_blend_takes (format);
}
